"""
The build that is served, and its replacement by a new one without interruption.

In: an output folder. Out: for each request a build that stays open until the request is finished.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ...core.errors import DcatHkError
from . import changes, paging
from .library import Library, fill_store
from .query_workers import QueryLimits, QueryWorkers
from .site import Site
from .snapshot import BuildMark, Snapshot, read_mark, take_snapshot

log = logging.getLogger("dcat_hk.web")

#: Seconds until a build that could not be opened is tried again.
_RETRY_AFTER = 30.0


@dataclass(slots=True)
class ServedBuild:
    """A build that answers requests; `active` is the number of requests that are being answered."""

    snapshot: Snapshot
    site: Site
    workers: QueryWorkers
    active: int = 0
    retired: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """Options: the folders for the feed of changes and for snapshots, seconds between checks, page size, limits."""

    history: Path | None = None
    keep_in: Path | None = None
    watch: float = 2.0
    page_size: int = paging.PAGE_SIZE
    limits: QueryLimits = field(default_factory=QueryLimits)


class BuildHost:
    """
    The host of the current build of a folder.

    Args:
        folder: An output folder.

        options: The options of the server.
    """

    def __init__(self, folder: Path, options: ServerOptions) -> None:
        """Keep the folder and the options; `open` opens the build."""
        self._folder, self._options = folder, options
        self._build: ServedBuild | None = None
        self._mark: BuildMark | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def limits(self) -> QueryLimits:
        """Return the limits of queries."""
        return self._options.limits

    def _prepare(self) -> Site:
        """Take a snapshot, fill its store and update the feed of changes; this takes time and runs in a thread."""
        snapshot = take_snapshot(self._folder, self._options.keep_in)
        try:
            fill_store(snapshot)
            library = Library(snapshot)
            # Computed now, so that no request has to wait for it.
            library.find_fragments(library.base)
            if self._options.history is not None:
                changes.update_feed(library, self._options.history)
            return Site(library, self._options.history, size=self._options.page_size)
        except BaseException:
            snapshot.discard()
            raise

    async def open(self) -> None:
        """
        Open the build in the folder and serve it in place of the current one.

        Raises:
            NotReadable: There is no published catalogue in the folder.
        """
        mark, started = read_mark(self._folder), time.monotonic()
        site = await asyncio.to_thread(self._prepare)
        snapshot = site.library.snapshot
        workers = QueryWorkers(snapshot, self._options.limits)
        try:
            await workers.start()
        except BaseException:
            await workers.close()
            snapshot.discard()
            raise
        old, self._build, self._mark = self._build, ServedBuild(snapshot, site, workers), mark
        log.info("opened build %s with %d datasets in %.1f s", snapshot.digest[:12], len(site.library.datasets),
                 time.monotonic() - started)  # fmt: skip
        if old is not None:
            self._start_task(self._retire(old))

    def _start_task(self, work: object) -> None:
        """Start a background task."""
        task = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _retire(self, build: ServedBuild) -> None:
        """Close a build when its last request is finished."""
        build.retired = True
        if build.active:
            await build.done.wait()
        await build.workers.close()
        await asyncio.to_thread(build.snapshot.discard)

    @asynccontextmanager
    async def use_build(self) -> AsyncIterator[ServedBuild]:
        """Give the current build, which stays open until the block ends."""
        build = self._build
        assert build is not None
        build.active += 1
        try:
            yield build
        finally:
            build.active -= 1
            if build.retired and not build.active:
                build.done.set()

    async def watch(self) -> None:
        """Open every new build until cancelled; if a new build cannot be read, the old one stays."""
        failed, since = None, 0.0
        while True:
            await asyncio.sleep(self._options.watch)
            mark = read_mark(self._folder)
            if mark in {None, self._mark} or (mark == failed and time.monotonic() - since < _RETRY_AFTER):
                continue
            try:
                await self.open()
            except (DcatHkError, OSError, SyntaxError) as error:
                log.warning("the new build cannot be opened: %s", error)
                failed, since = mark, time.monotonic()

    async def close(self) -> None:
        """Close the current build and cancel the background tasks."""
        for task in list(self._tasks):
            task.cancel()
        if self._build is not None:
            await self._build.workers.close()
            await asyncio.to_thread(self._build.snapshot.discard)
