"""
Queries -> results, within limits of time, rows, size, memory and concurrency.

In: a `QueryRequest`. Out: bytes, or an error. Each query runs in a process that is ended when the time limit is
reached; a new process replaces it. While all processes are busy, some queries wait; further ones are refused.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import os
import signal
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from ...core.errors import DcatHkError, Refusal, UsageError
from ...core.processes import python_command
from ...core.terms import Iri
from .query_checks import QueryRequest
from .query_results import NotAcceptable
from .snapshot import Snapshot

log = logging.getLogger("dcat_hk.web.requests")

_HEADER_SIZE = 5
#: Seconds after the time limit before a process is ended, and seconds for a new process to get ready.
_GRACE, _START_TIMEOUT = 0.5, 60.0
#: Seconds after which a process is started again that could not be started.
_RESTART_AFTER = 2.0
#: Seconds until the exit code of a process that ended by itself is known.
_EXIT_TIMEOUT = 2.0
#: How a process ends by itself that needs more memory, or a deeper stack, than it may have.
_OVERRUNS = frozenset({signal.SIGABRT, signal.SIGSEGV, getattr(signal, "SIGBUS", None), signal.SIGILL})


class ServerBusy(DcatHkError):
    """Too many queries are running and waiting, or none can be run at the moment."""


class QueryLimitExceeded(DcatHkError):
    """A query exceeds the limit of memory or nesting."""


class QueryTimedOut(DcatHkError):
    """A query exceeds the limit of time."""


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
        self._failed_at = float("-inf")

    async def start(self) -> None:
        """
        Start all processes.

        Raises:
            ServerBusy: A process cannot be started.
        """
        for process in await asyncio.gather(*(self._start_process() for _ in range(self.limits.running))):
            self._release_process(process)

    async def _start_process(self) -> asyncio.subprocess.Process:
        """Start a process and wait until it is ready."""
        loop = asyncio.get_running_loop()
        if self._closed or loop.time() < self._failed_at + _RESTART_AFTER:
            raise ServerBusy.of("web.no-processes")
        process, is_ready = None, False
        try:
            process = await self._spawn_process()
            self._all.add(process)
            assert process.stdout is not None
            async with asyncio.timeout(_START_TIMEOUT):
                await process.stdout.readexactly(_HEADER_SIZE)
            is_ready = not self._closed
            return process
        except (OSError, EOFError, TimeoutError) as error:
            self._failed_at = loop.time()
            if not self._closed:
                log.warning("a process for queries cannot be started: %s", error or type(error).__name__)
            raise ServerBusy.of("web.no-processes") from error
        finally:
            if process is not None and not is_ready:
                await asyncio.shield(self._end_process(process))

    async def _spawn_process(self) -> asyncio.subprocess.Process:
        """Start a process without waiting for it."""
        limits = (str(self.limits.memory), str(os.getpid()))
        command = python_command(f"{__package__}.query_worker", self._store, *limits)
        return await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={key: value for key, value in os.environ.items() if "proxy" not in key.lower()},
            start_new_session=True,
        )

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

    async def answer_query(
        self,
        request: QueryRequest,
        media: Sequence[str],
        rows: int = 0,
        *,
        is_wanted: Callable[[], Awaitable[bool]] | None = None,
    ) -> tuple[bytes, str]:
        """
        Return the results of a query and their media type.

        Args:
            request: A query that was checked.

            media: The accepted media types, the preferred one first.

            rows: The number of rows that the result may have; 0 for the number in the limits.

            is_wanted: Tells whether the client still waits; asked when it is the turn of a query that had to wait.

        Raises:
            ServerBusy: Too many queries are waiting, or no process can be started.

            QueryTimedOut: The query exceeds the limit of time.

            QueryLimitExceeded: The query exceeds the limit of memory.

            NotAcceptable: The results are not available in any accepted format.

            UsageError: The query is not valid, or its result is too large.
        """
        if self._closed or self._active >= self.limits.running + self.limits.waiting:
            raise ServerBusy.of("web.many-queries")
        self._active += 1
        try:
            has_waited = self._free.locked()
            await self._wait_for_process()
            process = self._idle.pop()
            try:
                if has_waited and is_wanted is not None and not await is_wanted():
                    raise ServerBusy.of("web.client-gone")
                if process is None or process.returncode is not None:
                    # The process was ended while it was idle, or with the query before.
                    self._all.discard(process)
                    process = None
                    process = await self._start_process()
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
            raise ServerBusy.of("web.many-queries") from error

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
            raise self._make_timeout() from error
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise await self._explain_end(process) from error
        finally:
            if not is_answered:
                await asyncio.shield(self._end_process(process))

    def _make_timeout(self) -> QueryTimedOut:
        """Return the error of a query that took too long."""
        return QueryTimedOut.of("web.slow-query", seconds=f"{self.limits.seconds:g}")

    async def _explain_end(self, process: asyncio.subprocess.Process) -> DcatHkError:
        """Return the error of a query whose process ended by itself, or was ended by others."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_EXIT_TIMEOUT):
                await process.wait()
        code = -(process.returncode or 0)
        if code == getattr(signal, "SIGALRM", None):
            return self._make_timeout()
        if code in _OVERRUNS:
            return QueryLimitExceeded.of("web.overrun-query")
        if not self._closed:
            log.warning("a process for queries was ended from outside, with exit code %s", process.returncode)
        return ServerBusy.of("web.ended-query")

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
                raise NotAcceptable.from_refusal(Refusal(*json.loads(data)))
            elif head[4:] == b"M":
                raise QueryLimitExceeded.of("web.large-query")
            else:
                raise UsageError.from_refusal(Refusal(*json.loads(data)))


def _make_message(
    request: QueryRequest, media: Sequence[str], limits: QueryLimits, rows: int, base: Iri
) -> dict[str, object]:
    """Return the message for a process; with a time limit of its own, in case the server is killed."""
    return {
        "query": request.text,
        "base": base,
        "default_graph": list(request.default_graphs),
        "named_graphs": list(request.named_graphs),
        "media": list(media),
        "rows": rows or limits.rows,
        "bytes": limits.size,
        "seconds": limits.seconds + 2 * _GRACE,
    }


__all__ = ["QueryLimitExceeded", "QueryLimits", "QueryTimedOut", "QueryWorkers", "ServerBusy"]
