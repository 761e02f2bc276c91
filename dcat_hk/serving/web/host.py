"""
The build that is served, and the next one: taken up whole while the old one still answers.

In: an output folder. Out: for each request a build that stays until the request is done.
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
from .library import Library, fill
from .query_workers import Limits, Workers
from .site import Site
from .snapshot import Mark, Snapshot, mark_of, take

log = logging.getLogger("dcat_hk.web")

#: How long a build that cannot be taken up is left alone.
_AGAIN = 30.0


@dataclass(slots=True)
class Build:
    """A build that answers requests; `inside` are those that are being answered."""

    snapshot: Snapshot
    site: Site
    workers: Workers
    inside: int = 0
    retired: bool = False
    done: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(frozen=True, slots=True)
class Options:
    """How a folder is served: where the feed of changes and copies are kept, how often the folder is looked at."""

    history: Path | None = None
    keep_in: Path | None = None
    watch: float = 2.0
    page_size: int = paging.SIZE
    limits: Limits = field(default_factory=Limits)


class Host:
    """
    Keeps the build of a folder open.

    Args:
        folder: An output folder.

        options: How it is served.
    """

    def __init__(self, folder: Path, options: Options) -> None:
        """Keep both; `open` does the work."""
        self._folder, self._options = folder, options
        self._build: Build | None = None
        self._mark: Mark | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def limits(self) -> Limits:
        """Return what queries may cost."""
        return self._options.limits

    def _prepare(self) -> Site:
        """Copy the build, fill its store, note what changed: what takes time and needs no event loop."""
        snapshot = take(self._folder, self._options.keep_in)
        try:
            fill(snapshot)
            library = Library(snapshot)
            # Read now, so that no request has to wait for it.
            library.fragments(library.base)
            if self._options.history is not None:
                changes.update(library, self._options.history)
            return Site(library, self._options.history, size=self._options.page_size)
        except BaseException:
            snapshot.discard()
            raise

    async def open(self) -> None:
        """
        Take up the build that is in the folder, in place of the one that was served.

        Raises:
            NotReadable: The folder holds no published catalogue.
        """
        mark, began = mark_of(self._folder), time.monotonic()
        site = await asyncio.to_thread(self._prepare)
        snapshot = site.library.snapshot
        workers = Workers(snapshot, self._options.limits)
        try:
            await workers.start()
        except BaseException:
            await workers.close()
            snapshot.discard()
            raise
        old, self._build, self._mark = self._build, Build(snapshot, site, workers), mark
        log.info("build %s with %d datasets, taken up in %.1f s", snapshot.digest[:12], len(site.library.datasets),
                 time.monotonic() - began)  # fmt: skip
        if old is not None:
            self._spawn(self._retire(old))

    def _spawn(self, work: object) -> None:
        """Let something be done beside requests."""
        task = asyncio.ensure_future(work)  # type: ignore[call-overload]
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _retire(self, build: Build) -> None:
        """Close a build once the last request that it answers is done."""
        build.retired = True
        if build.inside:
            await build.done.wait()
        await build.workers.close()
        await asyncio.to_thread(build.snapshot.discard)

    @asynccontextmanager
    async def current(self) -> AsyncIterator[Build]:
        """Give the build of the day; it stays open until the block ends."""
        build = self._build
        assert build is not None
        build.inside += 1
        try:
            yield build
        finally:
            build.inside -= 1
            if build.retired and not build.inside:
                build.done.set()

    async def watch(self) -> None:
        """Take up every new build, until cancelled; one that cannot be read leaves the old one in its place."""
        failed, since = None, 0.0
        while True:
            await asyncio.sleep(self._options.watch)
            mark = mark_of(self._folder)
            if mark in {None, self._mark} or (mark == failed and time.monotonic() - since < _AGAIN):
                continue
            try:
                await self.open()
            except (DcatHkError, OSError, SyntaxError) as error:
                log.warning("the new build is not taken up: %s", error)
                failed, since = mark, time.monotonic()

    async def close(self) -> None:
        """Close everything."""
        for task in list(self._tasks):
            task.cancel()
        if self._build is not None:
            await self._build.workers.close()
            await asyncio.to_thread(self._build.snapshot.discard)
