"""
Documents that people send -> what is read in them, by a program apart, within limits.

In: the body of a form with a file. Out: a JSON value. Nothing is kept: the document is in memory until it is read. The
program is known by its name only: what reads documents is not a part of the server.

Spec: RFC 7578 (multipart/form-data).
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...core.processes import python_command

_BOUNDARY = re.compile(
    r"multipart/form-data\s{0,5};\s{0,5}boundary=(?:\"([^\"]{1,70})\"|([^\s;\"]{1,70}))", re.IGNORECASE
)
_NAME, _FILE = (
    re.compile(rf'(?<![A-Za-z*]){key}="([^"\r\n]{{0,300}})"', re.IGNORECASE) for key in ("name", "filename")
)
#: Fields that a form may have, and bytes of what stands before a field.
_MAX_FIELDS, _MAX_HEAD = 20, 2000
#: Characters of the name of a file that are kept.
_MAX_NAME = 100
#: By how many times its seconds a program may outlast them on a busy machine, and seconds until it is ready.
_PATIENCE, _START = 4, 30


class CheckRefused(Exception):
    """A document cannot be checked now, or the form has none; `word` says why: it is a part of the key of a label."""

    def __init__(self, word: str) -> None:
        """Keep the word."""
        super().__init__(word)
        self.word = word


@dataclass(frozen=True, slots=True)
class CheckLimits:
    """
    The program that reads documents, and limits: bytes, seconds, bytes of memory, how many at a time and how many wait.

    `program` is the name of a module.
    """

    program: str
    size: int = 16_000_000
    seconds: int = 30
    memory: int = 1_000_000_000
    running: int = 1
    waiting: int = 4


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file in a form: its name, its bytes, and the other fields of the form."""

    name: str
    data: bytes
    fields: Mapping[str, str]


def read_form(kind: str, body: bytes) -> SentFile | None:
    """
    Return the file in a form and the other fields; None if there is no file, or if the form is damaged.

    Args:
        kind: The Content-Type of the form.

        body: Its body.

    >>> body = b'--x\\r\\nContent-Disposition: form-data; name="f"; filename="a.txt"\\r\\n\\r\\nhello\\r\\n--x--\\r\\n'
    >>> read_form("multipart/form-data; boundary=x", body).data
    b'hello'
    """
    match = _BOUNDARY.match(kind)
    if match is None:
        return None
    mark = b"--" + (match[1] or match[2]).encode("ascii", "replace")
    fields: dict[str, str] = {}
    found: tuple[str, bytes] | None = None
    for part in (b"\r\n" + body).split(b"\r\n" + mark, _MAX_FIELDS)[1:]:
        head, separator, content = part.partition(b"\r\n\r\n")
        if part.startswith(b"--") or not separator or len(head) > _MAX_HEAD:
            continue
        text = head.decode("utf-8", "replace")
        name, file = _NAME.search(text), _FILE.search(text)
        if file is not None and found is None:
            found = (_shorten(file[1]), content)
        elif name is not None and file is None:
            fields[name[1]] = content[:_MAX_HEAD].decode("utf-8", "replace")
    return SentFile(*found, fields) if found and found[1] else None


def _shorten(name: str) -> str:
    """
    Return the name of a file without folders and without what cannot be printed.

    >>> _shorten("C:\\\\plans\\\\2026.docx"), _shorten("../../etc/passwd"), _shorten("")
    ('2026.docx', 'passwd', 'plan')
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign for sign in last if sign.isprintable())
    return plain[-_MAX_NAME:].lstrip("-. ") or "plan"


class UploadChecker:
    """
    Checks documents, so many at a time.

    Args:
        limits: The program and the limits.
    """

    def __init__(self, limits: CheckLimits) -> None:
        """Keep the limits; nobody waits yet."""
        self.limits = limits
        self._free, self._waiting = asyncio.Semaphore(limits.running), 0

    async def check(self, file: SentFile, annotated: str = "") -> Any:
        """
        Return what is read in a document.

        Args:
            file: The document.

            annotated: The language of comments in the document that comes back; empty for none.

        Raises:
            CheckRefused: Too many are being checked, or the program took too long or failed.
        """
        if self._waiting >= self.limits.waiting:
            raise CheckRefused("busy")
        self._waiting += 1
        try:
            async with self._free:
                return await self._run(file, annotated)
        finally:
            self._waiting -= 1

    async def _run(self, file: SentFile, annotated: str) -> Any:
        """Return what the program says of a document; it is ended when its time is up, or when nobody waits for it."""
        limits = {"size": self.limits.size, "seconds": self.limits.seconds, "memory": self.limits.memory}
        language = [annotated] if annotated else []
        command = python_command(self.limits.program, str(os.getpid()), file.name, json.dumps(limits), *language)
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        try:
            async with asyncio.timeout(_PATIENCE * self.limits.seconds + _START):
                answer, _errors = await process.communicate(file.data)
            if process.returncode:
                raise CheckRefused("failed")
            # What is said of a large document is long, too.
            return await asyncio.to_thread(json.loads, answer)
        except TimeoutError as error:
            raise CheckRefused("slow") from error
        except ValueError as error:
            raise CheckRefused("failed") from error
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
