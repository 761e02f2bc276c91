"""The host serves one build and replaces it by the next without interrupting a request."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest
from support.web_servers import BASE, DATASET, republish

from dcat_hk.core.errors import NotReadable
from dcat_hk.serving.search.searching import SearchQuestion
from dcat_hk.serving.web.host import BuildHost, ServerOptions
from dcat_hk.serving.web.query_workers import QueryLimits

LIMITS = QueryLimits(running=1)


def list_open_files():
    """Return the names of the files that this process has open; none where the system does not tell."""
    return [str(link.resolve()) for link in list(Path("/proc/self/fd").glob("*"))]


def get_title(build):
    """Return the first title of a dataset in a build."""
    return build.site.library.find_labels(BASE + DATASET)[0].value


def test_a_request_keeps_its_build(catalogue, tmp_path):
    """A request that began with the old build finishes with it; the next one gets the new build."""
    copies = tmp_path / "copies"
    copies.mkdir()
    republish(catalogue, tmp_path / "output", lambda quads: quads)

    async def main():
        host = BuildHost(tmp_path / "output", ServerOptions(keep_in=copies, limits=LIMITS))
        await host.open()
        async with host.use_build() as old:
            assert old.site.library.index.search(SearchQuestion("罪案數字比較")).count == 1
            republish(catalogue, tmp_path / "output", lambda quads: quads.replace("罪案數字比較", "罪案"))
            await host.open()
            async with host.use_build() as new:
                titles = get_title(old), get_title(new)
            # The background task that closes the old build waits for this request.
            await asyncio.sleep(0)
            assert old.snapshot.folder.exists()
        while old.snapshot.folder.exists():
            await asyncio.sleep(0.01)
        # Other tests in this process have copies of their own.
        assert not any(f"{copies}/" in name and "search.sqlite" in name for name in list_open_files())
        await host.close()
        return titles

    assert asyncio.run(main()) == ("罪案數字比較", "罪案")
    assert list(copies.iterdir()) == []


def test_a_later_build_is_newer_although_the_clock_went_back(catalogue, tmp_path):
    """Clients that know nothing but a time would keep the old build otherwise."""
    output = tmp_path / "output"
    republish(catalogue, output, lambda quads: quads)

    async def main():
        host = BuildHost(output, ServerOptions(limits=LIMITS))
        times = []
        for back in (0, 0, 86_400):
            now = (output / "manifest.json").stat().st_mtime - back
            os.utime(output / "manifest.json", (now, now))
            await host.open()
            async with host.use_build() as build:
                times.append(build.modified)
        await host.close()
        return times

    first, second, third = asyncio.run(main())
    assert first < second < third


def test_a_folder_without_a_catalogue_leaves_nothing_behind(tmp_path):
    """Opening an empty folder is an error, and no copy stays."""
    copies = tmp_path / "copies"
    copies.mkdir()
    host = BuildHost(tmp_path, ServerOptions(keep_in=copies))
    with pytest.raises(NotReadable):
        asyncio.run(host.open())
    asyncio.run(host.close())
    assert list(copies.iterdir()) == []


def test_a_build_that_cannot_be_opened_leaves_the_old_one(catalogue, tmp_path, caplog):
    """While a new build is damaged, the watcher logs why, and the old build stays."""
    republish(catalogue, tmp_path / "output", lambda quads: quads)

    async def main():
        host = BuildHost(tmp_path / "output", ServerOptions(watch=0.01, limits=LIMITS))
        await host.open()
        async with host.use_build() as first:
            pass
        watcher = asyncio.create_task(host.watch())
        republish(catalogue, tmp_path / "output", lambda quads: quads + "half a line")
        while "cannot be opened" not in caplog.text:
            await asyncio.sleep(0.01)
        watcher.cancel()
        async with host.use_build() as now:
            is_same = now is first
        await host.close()
        return is_same

    assert asyncio.run(asyncio.wait_for(main(), 300))
