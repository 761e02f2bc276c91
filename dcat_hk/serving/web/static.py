"""
A build -> a website as files for a static host: pages, every format of every thing, feeds, dumps, sitemaps.

In: an output folder. Out: the folder of the website, replaced as a whole. Things are written one by one in several
processes, so memory does not grow with the catalogue. The site is the same as the server's, without SPARQL.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ...core.errors import NotReadable
from ...core.files import MANIFEST, replace_folder
from ...core.languages import LANGUAGES
from ...core.processes import begin_worker, ending_early
from ...core.reporting import Progress, no_progress
from . import changes, descriptions, paging, sitemap
from .addresses import get_page_suffix
from .library import Library, fill_store
from .media import FORMATS, GRAPH_FORMATS
from .pages import CARD
from .pointers import NAME as POINTER
from .pointers import write_pointer
from .site import MISSING_PAGE, Representation, Site
from .snapshot import Snapshot, take_snapshot
from .static_search import SCRIPT, write_static_index
from .static_search import STEM as SEARCH_STEM

#: The file that marks a folder as written by this program.
MARK = "feed.json"
#: The page that hosts send at the root.
START_PAGE = "index.html"
#: The number of things that a process writes in one task.
_GROUP = 200

_FEED_SUFFIXES = tuple(f".{suffix}" for suffix in FORMATS if suffix != "html")

#: Paths of things or pages, and the suffixes that each is written with.
_Part = tuple[Sequence[str], Sequence[str]]
#: The part for the pages of changes, and the parts for dumps; one process writes all dumps of a format.
_CHANGES: _Part = ((changes.START,), ())
_DUMPS: Sequence[_Part] = [
    (("catalogue.rdf",), ("", ".gz")),
    (("catalogue.nq",), (".gz",)),
    (("catalogue.nt",), ("", ".gz")),
    (("catalogue.jsonld",), (".gz",)),
    (("catalogue.ttl",), (".gz",)),
    ((descriptions.DATA_JSON,), ("",)),
]
#: The suffix of small pages that lead from identifiers to pages.
_POINTERS = f"/{POINTER}"
_DUMPED = frozenset(name + last for names, suffixes in _DUMPS for name in names for last in suffixes)


@dataclass(frozen=True, slots=True)
class SiteSelection:
    """
    The formats of things to write, the languages of pages, and the month that promises are as of.

    Without a month it is that of the newest plan.
    """

    formats: Sequence[str] = tuple(FORMATS)
    languages: Sequence[str] = LANGUAGES
    month: str = ""

    @property
    def suffixes(self) -> list[str]:
        """Return the suffixes of the files of each thing."""
        pages = [get_page_suffix(tag) for tag in self.languages] if "html" in self.formats else []
        return [*(f".{suffix}" for suffix in self.formats if suffix != "html"), *pages]


class SiteCounts(NamedTuple):
    """Counts of what was written: things, files, bytes, and changes since the last time."""

    things: int
    files: int
    size: int
    changes: int


def write_site(
    folder: Path,
    target: Path,
    selection: SiteSelection,
    *,
    jobs: int = 0,
    size: int = paging.PAGE_SIZE,
    progress: Progress = no_progress,
) -> SiteCounts:
    """
    Write the website as files and return the counts.

    The feed of changes in the target folder is continued.

    Args:
        folder: An output folder.

        target: The folder to write; it is replaced as a whole.

        selection: The formats and languages to write.

        jobs: The number of processes; 0 for one per processor.

        size: The number of datasets on a page of the feed.

        progress: Called with the stage, the parts done and the parts in all.

    Raises:
        NotReadable: There is no published catalogue in the folder.

        UsageError: The target folder has files that this program did not write.
    """
    snapshot = take_snapshot(folder)
    try:
        fill_store(snapshot)
        library = _open_library(snapshot, selection)
        with replace_folder(target, MARK, progress=progress) as new:
            return _write(library, target, new, selection, jobs, size, progress)
    finally:
        snapshot.discard()


def _write(
    library: Library, target: Path, new: Path, selection: SiteSelection, jobs: int, size: int, progress: Progress
) -> SiteCounts:
    """Copy the old feed of changes into a new folder, and write everything else."""
    if (target / changes.START).is_dir():
        shutil.copytree(target / changes.START, new / changes.START)
    choose = partial(str, selection.month) if selection.month else None
    site = Site(library, new / changes.START, queries=False, size=size, packs=False, month=choose)
    single = [*_list_single_files(library), *site.list_descriptions()]
    if "html" in selection.formats:
        single += [MISSING_PAGE, SCRIPT, *(SEARCH_STEM + get_page_suffix(tag) for tag in selection.languages)]
    counted = [_write_file(site, name, new) for name in single]
    searched = write_static_index(library, new) if "html" in selection.formats else (0, 0)
    names = [iri.removeprefix(library.base) for iri in library.list_documents()]
    # The parts that take longest come first, so that all processes finish at about the same time.
    work: list[_Part] = [_CHANGES, *_DUMPS]
    work += [(names[first : first + _GROUP], selection.suffixes) for first in range(0, len(names), _GROUP)]
    work += [([name], _FEED_SUFFIXES) for name in paging.list_pages(library, size)]
    if "html" in selection.formats:
        listed = list(site.views.list_paths(selection.languages))
        views = [_name_view(*parts) for parts in listed]
        work += [(views[first : first + _GROUP], ("",)) for first in range(0, len(views), _GROUP)]
        pointed = sorted({*names, *(stem for stem, suffix, _tag in listed if suffix == "html")} - {"index"})
        pointed = [name for name in pointed if name and not name.endswith("/")]
        work += [(pointed[first : first + _GROUP], (_POINTERS,)) for first in range(0, len(pointed), _GROUP)]
    (files, length), changed = searched, 0
    # Closed also when this block fails, so that nobody still writes into a folder that is being removed.
    with closing(_write_parts(library.snapshot, new, work, size, jobs, selection)) as parts:
        for done, written in enumerate(parts, 1):
            files, length, changed = files + written[0], length + written[1], changed + written[2]
            progress("parts", done, len(work))
    counted += [_write_file(site, f"{changes.START}.{suffix}", new) for suffix in GRAPH_FORMATS]
    if "html" in selection.formats and LANGUAGES[0] not in selection.languages:
        # Hosts look for this name at the root; without a page of it in the first language, it leads to another one.
        counted.append((new / START_PAGE).write_bytes(write_pointer("index", library.languages, up="./")))
    mark = {"build": library.snapshot.digest, "base": library.base, "things": len(names)}
    (new / MARK).write_text(json.dumps(mark, indent=2) + "\n", encoding="utf-8")
    return SiteCounts(len(names), files + len(counted), length + sum(counted), changed)


def _open_library(snapshot: Snapshot, selection: SiteSelection) -> Library:
    """Return the library of a site that has pages in some languages, and some formats."""
    library = Library(snapshot)
    library.languages = [tag for tag in LANGUAGES if tag in selection.languages]
    library.formats = [suffix for suffix in FORMATS if suffix in selection.formats and suffix != "html"]
    return library


def _list_single_files(library: Library) -> Iterator[str]:
    """Yield the paths of what takes little work: files of the build, the style sheet, sitemaps."""
    yield from sorted(library.snapshot.files)
    yield MANIFEST
    yield from ("assets/style.css", CARD, "robots.txt", "sitemap.xml", *sitemap.list_names(library))


def _write_file(site: Site, path: str, new: Path) -> int:
    """Write the representation of a path into a file and return its size."""
    representation = site.find(path)
    if not isinstance(representation, Representation):
        raise NotReadable("There is nothing at this path.", path)
    parts = PurePosixPath(path).parts
    if ".." in parts or PurePosixPath(path).is_absolute() or len(parts[-1].encode()) > 255:
        raise NotReadable("This path cannot be a file name.", path)
    goal = new.joinpath(*parts)
    goal.parent.mkdir(parents=True, exist_ok=True)
    if representation.file is not None:
        shutil.copyfile(representation.file, goal)
        return goal.stat().st_size
    return goal.write_bytes(representation.body)


def _name_view(stem: str, suffix: str, language: str) -> str:
    """Return the path of a page, a list, a feed or a chart."""
    if suffix == "html":
        return stem + get_page_suffix(language)
    return f"{stem}.{language}.{suffix}" if language else f"{stem}.{suffix}"


def _write_parts(
    snapshot: Snapshot, new: Path, work: Sequence[_Part], size: int, jobs: int, selection: SiteSelection
) -> Generator[tuple[int, int, int], None, None]:
    """Write the parts of the site in several processes; yield files, bytes and changes of each."""
    task = partial(_write_part, new=new, selection=selection)
    if jobs == 1 or len(work) < 2:
        _open_site(snapshot, size, selection)
        yield from map(task, work)
        return
    # Spawned, not forked: an open store must not be copied into another process.
    context = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(
            jobs or None, context, _begin_site_worker, (snapshot, size, selection, os.getpid())
        ) as pool,
        ending_early(pool),
    ):
        yield from pool.map(task, work)


_open_sites: list[Site] = []


def _begin_site_worker(snapshot: Snapshot, size: int, selection: SiteSelection, parent: int) -> None:
    """Open the site in a process that ends with the one that it works for."""
    begin_worker(parent)
    _open_site(snapshot, size, selection)


def _open_site(snapshot: Snapshot, size: int, selection: SiteSelection) -> None:
    """Open the site in this process."""
    choose = partial(str, selection.month) if selection.month else None
    library = _open_library(snapshot, selection)
    _open_sites[:] = [Site(library, queries=False, size=size, packs=False, month=choose)]


def _write_part(part: _Part, new: Path, selection: SiteSelection) -> tuple[int, int, int]:
    """Write a part and return files, bytes and changes; the dumps replace the description of the catalogue."""
    if part == _CHANGES:
        return 0, 0, changes.update_feed(_open_sites[0].library, new / changes.START)
    names, suffixes = part
    if suffixes == (_POINTERS,):
        written = [_write_pointer(name, new, selection) for name in names]
        return len(written), sum(written), 0
    paths = [name + last for name in names for last in suffixes]
    if part not in _DUMPS:
        paths = [path for path in paths if path not in _DUMPED]
    sizes = [_write_file(_open_sites[0], path, new) for path in paths if not (new / path).exists()]
    return len(sizes), sum(sizes), 0


def _write_pointer(name: str, new: Path, selection: SiteSelection) -> int:
    """Write the page that leads from an identifier to its page, and return its size."""
    library = _open_sites[0].library
    is_thing = library.has_document(library.base + name)
    formats = [suffix for suffix in selection.formats if suffix != "html"] if is_thing else []
    goal = new.joinpath(*PurePosixPath(name).parts, POINTER)
    goal.parent.mkdir(parents=True, exist_ok=True)
    return goal.write_bytes(write_pointer(name, selection.languages, formats))
