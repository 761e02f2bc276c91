"""
Paths -> what there is: the one table that the server and the static host are made from.

In: a path under the base IRI, without a slash at its beginning. Out: bytes or a file with its media type, or the
forms that a thing comes in. It knows nothing of HTTP. No path is ever joined to a folder: names are looked up.
"""

from __future__ import annotations

import gzip
import hashlib
import re
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import IO

from ...catalogue.publishing.export import Selection, export
from ...core.files import MANIFEST, replace_file
from ...core.pages import style_sheet
from . import changes, paging, sitemap
from .addresses import page_language
from .forms import FEED_PREFIXES, write
from .library import Library
from .media import FORMS, GRAPH_FORMS, OTHER_FORMS, media_type
from .pages import Pages

_DUMPS = {"catalogue.rdf": "rdfxml", "catalogue.nt": "ntriples"}
_ZIPPED = frozenset(f"catalogue.{form}.gz" for form in ("ttl", "jsonld", "rdf", "nt", "nq"))
_DATA_FORMS = {form: media for form, media in FORMS.items() if form != "html"}
_FEED_PAGE = re.compile(r"feed/datasets(?:/from-[A-Za-z0-9._-]{1,200})?")
_CHANGES_PAGE = re.compile(r"changes/([1-9][0-9]{0,8})\.(trig|nq)")
_SITEMAP = re.compile(r"sitemap-([1-9][0-9]{0,5})\.xml")
#: Endings of what is no thing's IRI, and the beginnings of paths that are looked up elsewhere.
_ENDINGS = frozenset(FORMS | GRAPH_FORMS | OTHER_FORMS)
_NO_THINGS = ("feed/", "changes", "report")
#: The name of the graph of all terms; what they mean is told by the first of its documents.
_TERMS = "def/"
#: How many documents, pages of the feed and sitemaps are kept as they were written.
_KEPT, _KEPT_PAGES, _KEPT_MAPS = 512, 16, 4


@dataclass(frozen=True, slots=True)
class Answer:
    """What is at a path: bytes, or a file; `tag` stands for its content, `lasting` says that it never changes."""

    media: str
    tag: str
    body: bytes = b""
    file: Path | None = None
    language: str = ""
    lasting: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A thing: its description is at the path with one of these endings, by their media types."""

    path: str
    forms: Mapping[str, str]


class Kept:
    """
    The answers that were made last.

    Args:
        make: Makes the answer of a path.

        most: How many are kept.
    """

    def __init__(self, make: Callable[[str], Answer], most: int) -> None:
        """Begin with none."""
        self._make, self._most = make, most
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def kept(self, path: str) -> Answer | None:
        """Return an answer if it is kept."""
        with self._lock:
            found = self._answers.get(path)
            if found is not None:
                self._answers.move_to_end(path)
            return found

    def of(self, path: str) -> Answer:
        """Return an answer, made anew if it is not kept."""
        found = self.kept(path) or self._make(path)
        with self._lock:
            self._answers[path] = found
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
        return found


class Site:
    """
    Everything that is served of one build.

    Args:
        library: Where things are looked up.

        history: The folder of the feed of changes, if there is one.

        queries: Whether there is a place to ask queries.

        size: How many datasets are on a page of the feed.
    """

    def __init__(
        self, library: Library, history: Path | None = None, queries: bool = True, size: int = paging.SIZE
    ) -> None:
        """Keep what answers are made from."""
        self.library, self.pages = library, Pages(library, queries)
        self._history, self._size = history, size
        self._making, self._gathering = threading.Lock(), threading.Lock()
        self._written, self._feeds = Kept(self._write, _KEPT), Kept(self._write, _KEPT_PAGES)
        self._sitemap = lru_cache(maxsize=_KEPT_MAPS)(partial(sitemap.sitemap, library))
        self._contents = lru_cache(maxsize=_KEPT_MAPS)(partial(paging.contents, library, size=size))

    def at(self, path: str) -> Answer | Choice | None:
        """
        Return what is at a path, None if there is nothing.

        Args:
            path: A path under the base IRI.
        """
        return self._file(path) or self._list(path) or self._feed(path) or self._thing(path)

    def ready(self, path: str) -> Answer | Choice | None:
        """
        Return what is at a path if that takes no work: a thing's forms, a document that was just written.

        Args:
            path: A path under the base IRI.
        """
        kept = self._written.kept(path) or self._feeds.kept(path)
        if kept is not None or not path or path.rpartition(".")[2] in _ENDINGS or path.startswith(_NO_THINGS):
            return kept
        return Choice(path, FORMS) if self.library.has(self.library.base + path) else None

    def _file(self, path: str) -> Answer | None:
        """Return a file of the build, or one that is made of it."""
        snapshot = self.library.snapshot
        if path in snapshot.files:
            return Answer(media_type(path), snapshot.files[path][:32], file=snapshot.output / path)
        if path == MANIFEST:
            return Answer(media_type(path), snapshot.digest[:32], file=snapshot.output / path)
        if path in _DUMPS or path in _ZIPPED:
            return Answer(media_type(path), f"{snapshot.digest[:24]}-{path}", file=self._made(path))
        return None

    def _made(self, name: str) -> Path:
        """Return a dump that is made when it is first asked for."""
        goal = self.library.snapshot.made / name
        plain = self.library.snapshot.output / name.removesuffix(".gz")
        if name in _ZIPPED and name.removesuffix(".gz") in _DUMPS:
            plain = self._made(name.removesuffix(".gz"))
        with self._making:
            if not goal.exists():
                # Other processes may make the same dump.
                with replace_file(goal) as file:
                    if name in _ZIPPED:
                        _zip(plain, file)
                    else:
                        pieces = export(self.library.snapshot.output, _DUMPS[name], Selection())
                        file.writelines(piece.encode() for piece in pieces)
        return goal

    def _list(self, path: str) -> Answer | None:
        """Return the style sheet, a sitemap, or what robots are told."""
        found = _SITEMAP.fullmatch(path)
        body = None
        if path == "assets/style.css":
            body = style_sheet().encode()
        elif path == "robots.txt":
            body = sitemap.robots(self.library)
        elif path == "sitemap.xml":
            body = sitemap.index(self.library)
        elif found:
            body = self._sitemap(int(found[1]))
        return _answer(body, media_type(path)) if body is not None else None

    def _feed(self, path: str) -> Answer | Choice | None:
        """Return a page of datasets or of changes."""
        if _FEED_PAGE.fullmatch(path) and path.rpartition(".")[2] not in FORMS:
            return Choice(path, _DATA_FORMS)
        stem, _, form = path.rpartition(".")
        if form in _DATA_FORMS and _FEED_PAGE.fullmatch(stem):
            return self._feeds.of(path)
        if self._history is None:
            return None
        if path == changes.START:
            return Choice(path, GRAPH_FORMS)
        if stem == changes.START and form in GRAPH_FORMS:
            return _answer(changes.start(self.library, self._history, form), media_type(path))
        found = _CHANGES_PAGE.fullmatch(path)
        if found and int(found[1]) <= len(changes.read_head(self._history)):
            file = self._history / f"{int(found[1])}.{found[2]}"
            return Answer(media_type(path), hashlib.sha256(file.read_bytes()).hexdigest()[:32], file=file, lasting=True)
        return None

    def _thing(self, path: str) -> Answer | Choice | None:
        """Return the description of a thing, or the forms that it comes in."""
        if path in {"", "report"}:
            return Choice("catalogue", FORMS) if not path else Choice(path, {"ttl": FORMS["ttl"]})
        if path == _TERMS and self.library.has(f"{self.library.base}{_TERMS}plan"):
            return Choice(f"{_TERMS}plan", FORMS)
        if self.library.has(self.library.base + path):
            return Choice(path, FORMS)
        form = path.rpartition(".")[2]
        stem = page_language(path)[0] if form == "html" else path.removesuffix(f".{form}")
        if form in FORMS and stem and self.library.has(self.library.base + stem):
            return self._written.of(path)
        return None

    def _write(self, path: str) -> Answer:
        """Return a document that is there."""
        stem, _, form = path.rpartition(".")
        base, language, prefixes = self.library.base, "", None
        if form == "html":
            stem, language = page_language(path)
            body = self.pages.thing(stem, self.library.document(base + stem), language)
        elif _FEED_PAGE.fullmatch(stem):
            prefixes = {"hydra": FEED_PREFIXES["hydra"]}
            # One after the other: many who ask for the same page at once would each gather it.
            with self._gathering:
                found = self._contents(stem)
            things = paging.page(self.library, stem, form, self._size, found)
            body = write(things, form, base, prefixes)
        else:
            body = write(self.library.document(base + stem), form, base)
        return _answer(body, media_type(path), language)


def _answer(body: bytes, media: str, language: str = "") -> Answer:
    """Return bytes with the tag that their content gives."""
    return Answer(media, hashlib.sha256(body).hexdigest()[:32], body, language=language)


def _zip(source: Path, goal: IO[bytes]) -> None:
    """Compress a file into another; the same content gives the same bytes."""
    with source.open("rb") as plain, gzip.GzipFile("", "wb", 6, goal, mtime=0) as packed:
        shutil.copyfileobj(plain, packed, 1 << 20)
