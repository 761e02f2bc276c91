"""
The build that is served, and its replacement by a new one without interruption.

In: an output folder. Out: for each request a build that stays open until the request is finished.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import subprocess
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ...core.errors import DcatHkError, NotReadable
from ...core.today import find_current_month
from . import changes, paging
from .library import Library, fill_store
from .query_workers import QueryLimits, QueryWorkers
from .site import Site
from .snapshot import BuildMark, Snapshot, read_mark, take_snapshot
from .uploads import CheckLimits

log = logging.getLogger("dcat_hk.web")

#: Seconds until a build that could not be opened is tried again.
_RETRY_AFTER = 30.0
#: How often a folder is looked at before it is said to have no build: it may be replaced at this moment.
_MISSING_TIMES = 3


@dataclass(slots=True)
class ServedBuild:
    """
    A build that answers requests; `active` is the number of requests that are being answered.

    `modified` is the time that clients compare their copies with, in seconds: when it was published, but later than
    the build before, also if the clock was set back or two were published within a second.
    """

    snapshot: Snapshot
    site: Site
    workers: QueryWorkers
    modified: int
    active: int = 0
    retired: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class ServerOptions:
    """
    Options: the folders for the feed of changes and for snapshots, seconds between checks, page size, limits.

    `checks` are the limits on documents that people send to have them checked; None if nobody may.
    """

    history: Path | None = None
    keep_in: Path | None = None
    watch: float = 2.0
    page_size: int = paging.PAGE_SIZE
    limits: QueryLimits = field(default_factory=QueryLimits)
    checks: CheckLimits | None = None


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
        self._builds: list[ServedBuild] = []
        self._mark: BuildMark | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._filling: subprocess.Popen[bytes] | None = None
        self._is_closed = False

    @property
    def limits(self) -> QueryLimits:
        """Return the limits of queries."""
        return self._options.limits

    @property
    def checks(self) -> CheckLimits | None:
        """Return the limits on documents that are sent to be checked; None if there is no page for them."""
        return self._options.checks

    def _prepare(self) -> Site:
        """Take a snapshot, fill its store and update the feed of changes; this takes time and runs in a thread."""
        snapshot = take_snapshot(self._folder, self._options.keep_in)
        try:
            fill_store(snapshot, self._watch_filling)
            library = Library(snapshot)
            # Computed now, so that no request has to wait for it.
            library.find_fragments(library.base)
            if self._options.history is not None:
                changes.update_feed(library, self._options.history)
            site = Site(library, self._options.history, size=self._options.page_size, month=find_current_month)
            site.views.months.get(site.views.months.usual)
            if self._is_closed:
                raise NotReadable("The server stops.")
            return site
        except BaseException:
            snapshot.discard()
            raise

    def _watch_filling(self, process: subprocess.Popen[bytes]) -> None:
        """Remember the process that fills a store; `close` ends it."""
        self._filling = process
        if self._is_closed:
            process.kill()

    async def open(self) -> None:
        """
        Open the build in the folder and serve it in place of the current one.

        Raises:
            NotReadable: There is no published catalogue in the folder.

            ServerBusy: The processes for its queries cannot be started.
        """
        mark, started = read_mark(self._folder), time.monotonic()
        site = await asyncio.to_thread(self._prepare)
        snapshot = site.library.snapshot
        before = self._build.modified if self._build is not None else snapshot.published - 1
        modified = max(snapshot.published, before + 1)
        build = ServedBuild(snapshot, site, QueryWorkers(snapshot, self._options.limits), modified)
        self._builds.append(build)
        try:
            await build.workers.start()
        except BaseException:
            await self._discard(build)
            raise
        old, self._build, self._mark = self._build, build, mark
        log.info("opened build %s with %d datasets in %.1f s", snapshot.digest[:12], len(site.library.datasets),
                 time.monotonic() - started)  # fmt: skip
        if old is not None:
            self._start_task(self._retire(old))

    async def _discard(self, build: ServedBuild) -> None:
        """End the processes of a build and remove its copy."""
        await build.workers.close()
        build.site.library.index.close()
        await asyncio.to_thread(build.snapshot.discard)
        if build in self._builds:
            self._builds.remove(build)

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
        await self._discard(build)

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
        """
        Open every new build until cancelled.

        A build that cannot be opened, for whatever reason, is logged once and tried again from time to time; the one
        before is served on, and the next one is taken up.
        """
        failed, since, missing, told = None, 0.0, 0, ""
        while True:
            await asyncio.sleep(self._options.watch)
            mark = read_mark(self._folder)
            missing = 0 if mark else missing + 1
            if missing == _MISSING_TIMES:
                log.warning("there is no build in %s any more: the last one is served on", self._folder)
            if mark in {None, self._mark} or (mark == failed and time.monotonic() - since < _RETRY_AFTER):
                continue
            try:
                await self.open()
                failed, told = None, ""
            except Exception as error:  # noqa: BLE001 - one bad build, or a bug in it, must not be the last that is tried
                told = _log_failure(error, told if mark == failed else "")
                failed, since = mark, time.monotonic()

    async def close(self) -> None:
        """Close all builds and cancel the background tasks; nothing happens if that was done already."""
        self._is_closed = True
        if self._filling is not None:
            self._filling.kill()
        for task in list(self._tasks):
            task.cancel()
        for build in list(self._builds):
            with contextlib.suppress(OSError):
                await self._discard(build)


def _log_failure(error: Exception, told: str) -> str:
    """Log why a build cannot be opened, unless it was told already, and return what was told."""
    is_expected = isinstance(error, (DcatHkError, OSError, SyntaxError))
    message = str(error) if is_expected else f"{type(error).__name__}: {error}"
    if message != told:
        log.warning("the new build cannot be opened: %s", message, exc_info=None if is_expected else error)
    return message
