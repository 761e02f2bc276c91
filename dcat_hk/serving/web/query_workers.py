"""
Queries -> answers, within limits of time, rows, size, memory and number.

In: a `Question`. Out: bytes, or why there are none. Each query runs in a process that is ended when its time is over;
a new one takes its place. While all are busy, a few more wait; others are told to come back.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass

from ...core.errors import DcatHkError, UsageError
from ...core.processes import python_command
from ...core.terms import Iri
from .query_checks import Question
from .query_results import NotOffered
from .snapshot import Snapshot

_HEAD = 5
#: How much longer than allowed a process may take to say so before it is ended.
_GRACE = 0.5


class Busy(DcatHkError):
    """Too many queries are being answered."""


class TooMuch(DcatHkError):
    """A query needs more time or memory than it may have."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may cost: seconds, rows, bytes of an answer, bytes of memory, and how many run and wait."""

    seconds: float = 10.0
    rows: int = 10_000
    size: int = 16_000_000
    memory: int = 1_000_000_000
    running: int = 2
    waiting: int = 16


class Workers:
    """
    Processes that answer queries on one store.

    Args:
        snapshot: Whose store is asked.

        limits: What queries may cost.
    """

    def __init__(self, snapshot: Snapshot, limits: Limits) -> None:
        """Keep the limits; processes are started by `start`."""
        self._store, self._base, self.limits = str(snapshot.store), snapshot.base, limits
        self._idle: list[asyncio.subprocess.Process | None] = []
        # Lets in whoever came first; with a queue of processes newcomers overtake those that wait.
        self._free = asyncio.Semaphore(0)
        self._all: set[asyncio.subprocess.Process] = set()
        self._inside = 0
        self._closed = False

    async def start(self) -> None:
        """Start all processes."""
        for process in await asyncio.gather(*(self._new() for _ in range(self.limits.running))):
            self._give_back(process)

    async def _new(self) -> asyncio.subprocess.Process:
        """Start a process and wait until it is ready."""
        command = python_command(f"{__package__}.query_worker", self._store, str(self.limits.memory))
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={key: value for key, value in os.environ.items() if "proxy" not in key.lower()},
            start_new_session=True,
        )
        self._all.add(process)
        assert process.stdout is not None
        await process.stdout.readexactly(_HEAD)
        return process

    async def close(self) -> None:
        """End all processes."""
        self._closed = True
        for process in list(self._all):
            await self._end(process)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        """End a process, now."""
        self._all.discard(process)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def ask(self, question: Question, media: Sequence[str], rows: int = 0) -> tuple[bytes, str]:
        """
        Return the answer to a query and the form that it is in.

        Args:
            question: A query that was checked.

            media: The forms that will do, the best first.

            rows: How many rows it may have; default what the limits say.

        Raises:
            Busy: Too many others are waiting.

            TooMuch: It takes too long, or more memory than it may.

            NotOffered: Its answer has none of the forms.

            UsageError: It cannot be read, or its answer is too large.
        """
        if self._closed or self._inside >= self.limits.running + self.limits.waiting:
            raise Busy("Too many queries are being answered.", "", "Try again in a moment.")
        self._inside += 1
        try:
            await self._turn()
            process = self._idle.pop()
            try:
                process = process or await self._new()
                return await self._run(process, question, media, rows)
            finally:
                self._give_back(process)
        finally:
            self._inside -= 1

    async def _turn(self) -> None:
        """Wait until a process is idle."""
        try:
            async with asyncio.timeout(self.limits.seconds if self._free.locked() else None):
                await self._free.acquire()
        except TimeoutError as error:
            raise Busy("Too many queries are being answered.", "", "Try again in a moment.") from error

    def _give_back(self, process: asyncio.subprocess.Process | None) -> None:
        """Let the next query have a process; None stands for one that has to be started."""
        alive = process is not None and process in self._all and process.returncode is None
        self._idle.append(process if alive else None)
        self._free.release()

    async def _run(
        self, process: asyncio.subprocess.Process, question: Question, media: Sequence[str], rows: int
    ) -> tuple[bytes, str]:
        """Ask a process; end it if it does not answer in time, or if nobody waits for the answer any more."""
        answered = False
        try:
            async with asyncio.timeout(self.limits.seconds + _GRACE):
                found = await self._talk(process, question, media, rows)
            answered = True
            return found
        except UsageError:
            answered = True
            raise
        except TimeoutError as error:
            advice = "Ask for less, or load the dumps into a store of your own."
            raise TooMuch(f"The query took longer than {self.limits.seconds:g} seconds.", "", advice) from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            advice = "Ask for less, or load the dumps into a store of your own."
            raise TooMuch("The query needs more time or memory than it may have.", "", advice) from error
        finally:
            if not answered:
                await asyncio.shield(self._end(process))

    async def _talk(
        self, process: asyncio.subprocess.Process, question: Question, media: Sequence[str], rows: int
    ) -> tuple[bytes, str]:
        """Send a query and gather the answer."""
        assert process.stdin is not None
        assert process.stdout is not None
        asked = json.dumps(_as_sent(question, media, self.limits, rows, self._base)).encode()
        process.stdin.write(len(asked).to_bytes(4, "big") + asked)
        await process.stdin.drain()
        gathered: list[bytes] = []
        while True:
            head = await process.stdout.readexactly(_HEAD)
            data = await process.stdout.readexactly(int.from_bytes(head[:4], "big"))
            if head[4:] == b"D":
                gathered.append(data)
            elif head[4:] == b"K":
                return b"".join(gathered), data.decode()
            elif head[4:] == b"N":
                raise NotOffered(data.decode())
            else:
                raise UsageError(data.decode())


def _as_sent(question: Question, media: Sequence[str], limits: Limits, rows: int, base: Iri) -> dict[str, object]:
    """Return a query as the process reads it; the kernel ends the process if we do not live to do so."""
    return {
        "query": question.query,
        "base": base,
        "union": question.asks_union,
        "default_graph": list(question.default_graphs),
        "named_graphs": list(question.named_graphs),
        "media": list(media),
        "rows": rows or limits.rows,
        "bytes": limits.size,
        "seconds": limits.seconds + 2 * _GRACE,
    }


__all__ = ["Busy", "Limits", "TooMuch", "Workers"]
