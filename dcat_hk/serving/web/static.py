"""
A build -> a folder for any static host: pages in three languages, every form of every thing, feeds, dumps, sitemaps.

In: an output folder. Out: another folder, replaced as a whole. Things are written one by one in several processes, so
that memory does not grow with the catalogue. It is the same site that the server has, without queries.
"""

from __future__ import annotations

import json
import multiprocessing
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from ...core.errors import NotReadable
from ...core.files import MANIFEST, replace_folder
from ...core.languages import LANGUAGES
from . import changes, paging, sitemap
from .addresses import ending
from .library import Library, fill
from .media import FORMS, GRAPH_FORMS
from .site import Answer, Site
from .snapshot import Snapshot, take

#: The file that tells a folder of ours.
MARK = "feed.json"
#: How many things a process writes before it says so.
_GROUP = 200

_FEED_ENDINGS = tuple(f".{form}" for form in FORMS if form != "html")

#: Names of things or pages, and the endings that each is written with.
_Part = tuple[Sequence[str], Sequence[str]]
#: What stands for the pages of changes; dumps that are made, those of one form by one process.
_CHANGES: _Part = ((changes.START,), ())
_DUMPS: Sequence[_Part] = [
    (("catalogue.rdf",), ("", ".gz")),
    (("catalogue.nq",), (".gz",)),
    (("catalogue.nt",), ("", ".gz")),
    (("catalogue.jsonld",), (".gz",)),
    (("catalogue.ttl",), (".gz",)),
]
_DUMPED = frozenset(name + last for names, endings in _DUMPS for name in names for last in endings)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is written of each thing: forms and, of pages, languages."""

    forms: Sequence[str] = tuple(FORMS)
    languages: Sequence[str] = LANGUAGES

    @property
    def endings(self) -> list[str]:
        """Return the endings of the files of each thing."""
        pages = [ending(tag) for tag in self.languages] if "html" in self.forms else []
        return [*(f".{form}" for form in self.forms if form != "html"), *pages]


class Written(NamedTuple):
    """What was written: things, files, bytes, and changes since the last time."""

    things: int
    files: int
    size: int
    changes: int


def write_site(
    folder: Path,
    target: Path,
    wanted: Wanted,
    *,
    jobs: int = 0,
    size: int = paging.SIZE,
    progress: Progress = lambda _stage, _done, _total: None,
) -> Written:
    """
    Write everything that needs no server and return how much it is.

    Pages of changes that the target holds are kept, and those of the new build added.

    Args:
        folder: An output folder.

        target: Where the site goes; replaced as a whole.

        wanted: What is written of each thing.

        jobs: Processes; 0 for one for each processor.

        size: How many datasets a page of the feed has.

        progress: Is told how far the work is.

    Raises:
        NotReadable: The folder holds no published catalogue.

        UsageError: The target holds files that are not ours.
    """
    snapshot = take(folder)
    try:
        fill(snapshot)
        library = Library(snapshot)
        with replace_folder(target, MARK) as new:
            return _write(library, target, new, wanted, jobs, size, progress)
    finally:
        snapshot.discard()


def _write(
    library: Library, target: Path, new: Path, wanted: Wanted, jobs: int, size: int, progress: Progress
) -> Written:
    """Write into a new folder what there was before of changes, and everything else anew."""
    if (target / changes.START).is_dir():
        shutil.copytree(target / changes.START, new / changes.START)
    site = Site(library, new / changes.START, queries=False, size=size)
    counted = [_put(site, name, new) for name in _single(library)]
    names = [iri.removeprefix(library.base) for iri in library.documents()]
    # What takes longest comes first, so that no process is left with it at the end.
    work: list[_Part] = [_CHANGES, *_DUMPS]
    work += [(names[first : first + _GROUP], wanted.endings) for first in range(0, len(names), _GROUP)]
    work += [([name], _FEED_ENDINGS) for name in paging.starts(library, size)]
    files = length = changed = 0
    for done, written in enumerate(_shared_out(library.snapshot, new, work, size, jobs), 1):
        files, length, changed = files + written[0], length + written[1], changed + written[2]
        progress("parts", done, len(work))
    (new / changes.START / changes.LOCK).unlink()
    counted += [_put(site, f"{changes.START}.{form}", new) for form in GRAPH_FORMS]
    if "html" in wanted.forms and LANGUAGES[0] in wanted.languages:
        shutil.copyfile(new / "catalogue.html", new / "index.html")
    mark = {"build": library.snapshot.digest, "base": library.base, "things": len(names)}
    (new / MARK).write_text(json.dumps(mark, indent=2) + "\n", encoding="utf-8")
    return Written(len(names), files + len(counted), length + sum(counted), changed)


def _single(library: Library) -> Iterator[str]:
    """Yield the paths of everything that takes little work: files of the build, pages that lead to others."""
    yield from sorted(library.snapshot.files)
    yield MANIFEST
    yield from ("assets/style.css", "robots.txt", "sitemap.xml", *sitemap.names(library))


def _put(site: Site, path: str, new: Path) -> int:
    """Write what a site has at a path and return its size."""
    found = site.at(path)
    if not isinstance(found, Answer):
        raise NotReadable("There is nothing to write.", path)
    parts = PurePosixPath(path).parts
    if ".." in parts or PurePosixPath(path).is_absolute() or len(parts[-1].encode()) > 255:
        raise NotReadable("This cannot be the name of a file.", path)
    goal = new.joinpath(*parts)
    goal.parent.mkdir(parents=True, exist_ok=True)
    if found.file is not None:
        shutil.copyfile(found.file, goal)
        return goal.stat().st_size
    return goal.write_bytes(found.body)


def _shared_out(
    snapshot: Snapshot, new: Path, work: Sequence[_Part], size: int, jobs: int
) -> Iterable[tuple[int, int, int]]:
    """Write parts of the site in several processes; yield for each the number of files, bytes and changes."""
    task = partial(_group, new=new)
    if jobs == 1 or len(work) < 2:
        _open(snapshot, size)
        yield from map(task, work)
        return
    # Not forked: a store that is open must not be copied into another process.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(jobs or None, context, _open, (snapshot, size)) as pool:
        yield from pool.map(task, work)


_opened: list[Site] = []


def _open(snapshot: Snapshot, size: int) -> None:
    """Open the site in a process of its own."""
    _opened[:] = [Site(Library(snapshot), queries=False, size=size)]


def _group(part: _Part, new: Path) -> tuple[int, int, int]:
    """Write a part; whole dumps stand where a catalogue's own description would."""
    if part == _CHANGES:
        return 0, 0, changes.update(_opened[0].library, new / changes.START)
    names, endings = part
    paths = [name + last for name in names for last in endings]
    if part not in _DUMPS:
        paths = [path for path in paths if path not in _DUMPED]
    sizes = [_put(_opened[0], path, new) for path in paths if not (new / path).exists()]
    return len(sizes), sum(sizes), 0
