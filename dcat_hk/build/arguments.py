"""
Arguments of Python programs -> the same, known to be of the kind that they must be.

In: anything. Out: a path, a text, a number, bytes; or a `UsageError` that names the argument and what it may be, where
Python would stop somewhere inside with an error of its own.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from ..core.errors import NotReadable, UsageError
from ..core.text import printable
from ..core.wording.refusals import EnglishReason, SystemReason

#: So much of a name that no file can have is told.
_TOLD = 80


def checked_path(value: Any, argument: str) -> Path:
    """
    Return the name of a file or folder, which need not be there.

    Args:
        value: What was given.

        argument: The name of the argument, for the error.

    Raises:
        UsageError: It is something else, or empty: that would be the working directory.

        NotReadable: No file can have this name: it is too long, or has a character that no name has.

    >>> checked_path("plans", "sources").name
    'plans'
    >>> checked_path(3, "output")
    Traceback (most recent call last):
    dcat_hk.core.errors.UsageError: int cannot be given as output. Give the name of a file or folder, a str or a Path.
    """
    name = os.fspath(value) if isinstance(value, str | os.PathLike) else None
    if not isinstance(name, str):
        raise UsageError.of("api.no-path", kind=type(value).__name__, name=argument)
    if not name:
        raise UsageError.of("options.empty-name", argument)
    path = Path(name)
    try:
        path.lstat()
    except (ValueError, OSError) as error:
        # What is not there, or must not be looked at, has a name all the same.
        if isinstance(error, ValueError) or error.errno == errno.ENAMETOOLONG:
            raise NotReadable.of("inputs.impossible-name", printable(name[:_TOLD])) from error
    return path


def checked_folder(value: Any, argument: str) -> Path | None:
    """
    Return the name of a folder, or None if none is given.

    Args:
        value: What was given.

        argument: The name of the argument, for the error.

    Raises:
        UsageError: It is something else.

        NotReadable: No folder can have this name.

    >>> checked_folder(None, "links"), checked_folder("", "links")
    (None, None)
    """
    return None if value is None or value == "" else checked_path(value, argument)


def checked_text(value: Any, argument: str) -> str:
    """
    Return a text.

    Args:
        value: What was given.

        argument: The name of the argument, for the error.

    Raises:
        UsageError: It is something else.

    >>> checked_text("police.txt", "name")
    'police.txt'
    """
    if not isinstance(value, str):
        raise UsageError.of("api.no-text", kind=type(value).__name__, name=argument)
    return value


def checked_choice(value: Any, argument: str, choices: Collection[str]) -> str:
    """
    Return one of several words.

    Args:
        value: What was given.

        argument: The name of the argument, for the error.

        choices: The words.

    Raises:
        UsageError: It is something else.

    >>> checked_choice("skip", "on_error", ("raise", "skip"))
    'skip'
    """
    if not isinstance(value, str) or value not in choices:
        raise UsageError.of("api.no-choice", value=printable(str(value)[:_TOLD]), name=argument, names=list(choices))
    return value


def checked_count(value: Any, argument: str) -> int:
    """
    Return a number from 0 on.

    Args:
        value: What was given.

        argument: The name of the argument, for the error.

    Raises:
        UsageError: It is something else.

    >>> checked_count(2, "jobs")
    2
    """
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise UsageError.of("api.no-count", value=printable(str(value)[:_TOLD]), name=argument)
    return value


def checked_table(value: Any, argument: str) -> Mapping[str, Any]:
    """
    Return a dictionary.

    Args:
        value: What was given.

        argument: The name of the argument, for the error.

    Raises:
        UsageError: It is something else.

    >>> checked_table({"pages": 3}, "limits")
    {'pages': 3}
    """
    if not isinstance(value, Mapping):
        raise UsageError.of("api.no-table", kind=type(value).__name__, name=argument)
    return value


def read_open_file(file: Any) -> bytes:
    """
    Return what is in an open file from where it stands, as bytes.

    Args:
        file: The file, of bytes or text.

    Raises:
        UsageError: It is closed, it is text in another encoding, or gives neither bytes nor text.

        NotReadable: The system cannot read it.

    >>> from io import StringIO
    >>> read_open_file(StringIO("A"))
    b'A'
    """
    name = printable(Path(str(getattr(file, "name", ""))).name[:_TOLD])
    try:
        data = file.read()
        if isinstance(data, str):
            return data.encode()
    except OSError as error:
        raise NotReadable.of("inputs.unreadable", name, reason=SystemReason.of(error)) from error
    except ValueError as error:
        raise UsageError.of("api.unreadable-file", name, reason=EnglishReason(str(error))) from error
    if not isinstance(data, bytes | bytearray | memoryview):
        raise UsageError.of("api.no-bytes", name, kind=type(data).__name__)
    return bytes(data)
