"""
Queries -> results, within limits of time, rows, size, memory and concurrency.

In: a `QueryRequest`. Out: bytes, or an error. Each query runs in a process that is ended when the time limit is
reached; a new process replaces it. While all processes are busy, some queries wait; further ones are refused.
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
from .query_checks import QueryRequest
from .query_results import NotAcceptable
from .snapshot import Snapshot

_HEADER_SIZE = 5
#: Seconds after the time limit before a process is ended.
_GRACE = 0.5


class ServerBusy(DcatHkError):
    """Too many queries are running and waiting."""


class QueryLimitExceeded(DcatHkError):
    """A query exceeds the limit of time or memory."""


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """Limits: seconds, rows, bytes of a result, bytes of memory, and the number of queries that run and that wait."""

    seconds: float = 10.0
    rows: int = 10_000
    size: int = 16_000_000
    memory: int = 1_000_000_000
    running: int = 2
    waiting: int = 16


class QueryWorkers:
    """
    Processes that run queries on one store.

    Args:
        snapshot: The snapshot with the store.

        limits: The limits of queries.
    """

    def __init__(self, snapshot: Snapshot, limits: QueryLimits) -> None:
        """Keep the limits; processes are started by `start`."""
        self._store, self._base, self.limits = str(snapshot.store), snapshot.base, limits
        self._idle: list[asyncio.subprocess.Process | None] = []
        # A semaphore is fair: the query that has waited longest comes first.
        self._free = asyncio.Semaphore(0)
        self._all: set[asyncio.subprocess.Process] = set()
        self._active = 0
        self._closed = False

    async def start(self) -> None:
        """Start all processes."""
        for process in await asyncio.gather(*(self._start_process() for _ in range(self.limits.running))):
            self._release_process(process)

    async def _start_process(self) -> asyncio.subprocess.Process:
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
        await process.stdout.readexactly(_HEADER_SIZE)
        return process

    async def close(self) -> None:
        """End all processes."""
        self._closed = True
        for process in list(self._all):
            await self._end_process(process)

    async def _end_process(self, process: asyncio.subprocess.Process) -> None:
        """End a process, now."""
        self._all.discard(process)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()

    async def answer_query(self, request: QueryRequest, media: Sequence[str], rows: int = 0) -> tuple[bytes, str]:
        """
        Return the results of a query and their media type.

        Args:
            request: A query that was checked.

            media: The accepted media types, the preferred one first.

            rows: The number of rows that the result may have; 0 for the number in the limits.

        Raises:
            ServerBusy: Too many queries are waiting.

            QueryLimitExceeded: The query exceeds the limit of time or memory.

            NotAcceptable: The results are not available in any accepted format.

            UsageError: The query is not valid, or its result is too large.
        """
        if self._closed or self._active >= self.limits.running + self.limits.waiting:
            raise ServerBusy("Too many queries are running.", "", "Try again in a moment.")
        self._active += 1
        try:
            await self._wait_for_process()
            process = self._idle.pop()
            try:
                process = process or await self._start_process()
                return await self._run_query(process, request, media, rows)
            finally:
                self._release_process(process)
        finally:
            self._active -= 1

    async def _wait_for_process(self) -> None:
        """Wait until a process is idle."""
        try:
            async with asyncio.timeout(self.limits.seconds if self._free.locked() else None):
                await self._free.acquire()
        except TimeoutError as error:
            raise ServerBusy("Too many queries are running.", "", "Try again in a moment.") from error

    def _release_process(self, process: asyncio.subprocess.Process | None) -> None:
        """Make a process available to the next query; None if a new one has to be started."""
        alive = process is not None and process in self._all and process.returncode is None
        self._idle.append(process if alive else None)
        self._free.release()

    async def _run_query(
        self, process: asyncio.subprocess.Process, request: QueryRequest, media: Sequence[str], rows: int
    ) -> tuple[bytes, str]:
        """Run a query in a process; end the process on timeout, or if the request was cancelled."""
        is_answered = False
        try:
            async with asyncio.timeout(self.limits.seconds + _GRACE):
                answer = await self._exchange(process, request, media, rows)
            is_answered = True
            return answer
        except UsageError:
            is_answered = True
            raise
        except TimeoutError as error:
            advice = "Make the query simpler, or load the dumps into your own store."
            raise QueryLimitExceeded(
                f"The query took longer than {self.limits.seconds:g} seconds.", "", advice
            ) from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            advice = "Make the query simpler, or load the dumps into your own store."
            raise QueryLimitExceeded("The query exceeded the limit of time or memory.", "", advice) from error
        finally:
            if not is_answered:
                await asyncio.shield(self._end_process(process))

    async def _exchange(
        self, process: asyncio.subprocess.Process, request: QueryRequest, media: Sequence[str], rows: int
    ) -> tuple[bytes, str]:
        """Send a query to a process and collect the results."""
        assert process.stdin is not None
        assert process.stdout is not None
        message = json.dumps(_make_message(request, media, self.limits, rows, self._base)).encode()
        process.stdin.write(len(message).to_bytes(4, "big") + message)
        await process.stdin.drain()
        pieces: list[bytes] = []
        while True:
            head = await process.stdout.readexactly(_HEADER_SIZE)
            data = await process.stdout.readexactly(int.from_bytes(head[:4], "big"))
            if head[4:] == b"D":
                pieces.append(data)
            elif head[4:] == b"K":
                return b"".join(pieces), data.decode()
            elif head[4:] == b"N":
                raise NotAcceptable(data.decode())
            else:
                raise UsageError(data.decode())


def _make_message(
    request: QueryRequest, media: Sequence[str], limits: QueryLimits, rows: int, base: Iri
) -> dict[str, object]:
    """Return the message for a process; with a time limit of its own, in case the server is killed."""
    return {
        "query": request.text,
        "base": base,
        "union": request.uses_union,
        "default_graph": list(request.default_graphs),
        "named_graphs": list(request.named_graphs),
        "media": list(media),
        "rows": rows or limits.rows,
        "bytes": limits.size,
        "seconds": limits.seconds + 2 * _GRACE,
    }


__all__ = ["QueryLimitExceeded", "QueryLimits", "QueryWorkers", "ServerBusy"]
