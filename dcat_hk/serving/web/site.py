"""
Paths -> representations; both the server and the static site are made from this module.

In: a path under the base IRI, without leading slash. Out: a representation as bytes or a file, or a resource with the
formats to negotiate. This module knows nothing of HTTP. A path is never joined to a folder: names are looked up.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from importlib.resources import files
from pathlib import Path

from ...catalogue.publishing.export import Selection, export
from ...core.files import MANIFEST, replace_file
from ...core.pages import style_sheet
from . import changes, cite, descriptions, feeds, paging, sitemap, static_search
from .addresses import get_page_suffix, split_page_path, split_view_path
from .coding import GZIP, MIN_LENGTH, is_packable, pack_body, pack_file
from .formats import FEED_PREFIXES, write_document
from .library import Library
from .media import ALL_FORMATS, FORMATS, GRAPH_FORMATS, OTHER_FORMATS, get_media_type
from .pages import CARD, SitePageWriter
from .promise_months import PromiseMonths
from .view_files import ViewFiles

_DUMPS = {"catalogue.rdf": "rdfxml", "catalogue.nt": "ntriples", "catalogue.trig": "trig"}
_ZIPPED = frozenset(f"catalogue.{suffix}.gz" for suffix in ("ttl", "jsonld", "rdf", "nt", "nq"))
_DUMPED = _ZIPPED | _DUMPS.keys() | {descriptions.DATA_JSON}
_DATA_FORMATS = {suffix: media for suffix, media in ALL_FORMATS.items() if suffix != "html"}
_FEED_PAGE = re.compile(r"feed/datasets(?:/from-[A-Za-z0-9._-]{1,200})?")
_CHANGES_PAGE = re.compile(r"changes/([1-9][0-9]{0,8})\.(trig|nq)")
_SITEMAP = re.compile(r"sitemap-([1-9][0-9]{0,5})\.xml")
#: The page that static hosts send where there is nothing.
MISSING_PAGE = "404.html"
#: Suffixes of formats, which no IRI of a thing has, and prefixes of paths that are not things.
_SUFFIXES = frozenset(ALL_FORMATS | OTHER_FORMATS)
_OTHER_PREFIXES = ("feed/", "changes", "report")
#: The path of the graph of all terms; it redirects to the document that describes the terms of plans.
_TERMS = "def/"
#: The number of documents, pages of the feed and sitemaps in the caches.
_MAX_DOCUMENTS, _MAX_FEED_PAGES, _MAX_SITEMAPS = 512, 16, 4
#: The bytes of all representations in a cache.
_MAX_CACHED = 64_000_000


@dataclass(frozen=True, slots=True)
class Representation:
    """
    A representation: bytes, or a file; `etag` identifies its content, `is_immutable` says that it never changes.

    `packs` says that the bytes are packed for clients that accept it; each coding is made once, when it is wanted.
    """

    media: str
    etag: str
    body: bytes = b""
    file: Path | None = None
    language: str = ""
    is_immutable: bool = False
    packs: bool = False
    _packed: dict[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    @property
    def size(self) -> int:
        """Return the most bytes in memory: packed in every coding, a body is shorter than it is."""
        return len(self.body) * (2 if self.packs else 1)

    def is_ready(self, coding: str) -> bool:
        """Return whether the bytes in a coding are there already; an empty coding is the bytes as they are."""
        return not coding or coding in self._packed

    def get_body(self, coding: str) -> bytes:
        """Return the bytes in a coding; an empty one is the bytes as they are."""
        if not self.is_ready(coding):
            self._packed[coding] = pack_body(self.body, coding)
        return self._packed[coding] if coding else self.body


@dataclass(frozen=True, slots=True)
class NegotiableResource:
    """
    A resource with several formats: path and media types by suffix; a format is at the path with the suffix.

    `pages` is the path of its pages, where they are elsewhere.
    """

    path: str
    formats: Mapping[str, str]
    pages: str = ""


class RepresentationCache:
    """
    A cache of the representations that were used last.

    Args:
        make: Makes the representation of a path.

        limit: The number of representations to keep.
    """

    def __init__(self, make: Callable[[str], Representation], limit: int) -> None:
        """Keep the function and the limit; the cache is empty."""
        self._make, self._limit = make, limit
        self._answers: OrderedDict[str, Representation] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, path: str) -> Representation | None:
        """Return the representation of a path if it is in the cache, else None."""
        with self._lock:
            representation = self._answers.get(path)
            if representation is not None:
                self._answers.move_to_end(path)
            return representation

    def get_or_make(self, path: str) -> Representation:
        """Return the representation of a path; it is made if it is not in the cache."""
        representation = self.get(path) or self._make(path)
        with self._lock:
            before = self._answers.pop(path, None)
            self._answers[path] = representation
            self._size += representation.size - (before.size if before else 0)
            while len(self._answers) > self._limit or self._size > _MAX_CACHED:
                self._size -= self._answers.popitem(last=False)[1].size
        return representation


class Site:
    """
    All resources of the website of one build.

    Args:
        library: The library of things.

        history: The folder of the feed of changes, if there is one.

        queries: Whether the site has a SPARQL endpoint.

        size: The number of datasets on a page of the feed.

        packs: Whether representations are made in gzip, too; files for a static host are not.

        month: Returns the month as of which promises are overdue; without it, it is that of the newest plan, so that
            files do not depend on the day.
    """

    def __init__(
        self,
        library: Library,
        history: Path | None = None,
        queries: bool = True,
        size: int = paging.PAGE_SIZE,
        packs: bool = True,
        month: Callable[[], str] | None = None,
    ) -> None:
        """Keep the library and the options; representations are made on request."""
        # A static site always has the feed of changes, whichever process writes the page.
        self.library, self.pages = library, SitePageWriter(library, queries, history is not None or not queries)
        months = PromiseMonths(library.snapshot, month)
        self.views = ViewFiles(library, months, queries)
        self._history, self._size, self._packs = history, size, packs
        self.cite, self._feed_writer = cite.CitePages(library, queries), feeds.FeedWriter(library, months)
        self._queries, self._months = queries, months
        self._making, self._gathering = threading.Lock(), threading.Lock()
        self._written, self._feeds = (
            RepresentationCache(self._write_document, _MAX_DOCUMENTS),
            RepresentationCache(self._write_document, _MAX_FEED_PAGES),
        )
        self._sitemap = lru_cache(maxsize=_MAX_SITEMAPS)(partial(sitemap.write_sitemap, library))
        self._contents = lru_cache(maxsize=_MAX_SITEMAPS)(partial(paging.gather_contents, library, size=size))

    def find(self, path: str) -> Representation | NegotiableResource | None:
        """
        Return the resource at a path; None if there is none.

        Args:
            path: A path under the base IRI.
        """
        return (
            self._find_file(path)
            or self._find_index(path)
            or self._find_description(path)
            or self._find_feed_page(path)
            or self.find_view(path)
            or self._find_thing(path)
        )

    def list_descriptions(self) -> list[str]:
        """Return the paths of feeds, of pages on how to cite, and of descriptions of the whole, but for dumps."""
        pages = [cite.STEM + get_page_suffix(tag) for tag in self.library.languages]
        return [*pages, descriptions.VOID, *self._feed_writer.list_paths()]

    def has_view(self, path: str) -> bool:
        """
        Return whether a path is one of the pages and lists about promises, whose parameters mean something.

        Args:
            path: A path under the base IRI.
        """
        return bool(self.views.list_formats(split_view_path(path)[0]))

    def find_view(
        self, path: str, parameters: Mapping[str, Sequence[str]] | None = None
    ) -> Representation | NegotiableResource | None:
        """
        Return a page or a list about promises; None if there is none at the path.

        Args:
            path: A path under the base IRI.

            parameters: The parameters of a request: all values by name.
        """
        stem, suffix, language = split_view_path(path)
        formats = self.views.list_formats(stem)
        if not suffix:
            return NegotiableResource(path, formats) if formats else None
        if suffix not in formats:
            return None
        body = self.views.write(stem, suffix, language, parameters)
        return None if body is None else self._represent(body, get_media_type(path), language)

    def find_ready(self, path: str) -> Representation | NegotiableResource | None:
        """
        Return the resource at a path if it needs no work: the formats of a thing, or a cached document.

        Args:
            path: A path under the base IRI.
        """
        representation = self._written.get(path) or self._feeds.get(path)
        if (
            representation is not None
            or not path
            or path.rpartition(".")[2] in _SUFFIXES
            or path.startswith(_OTHER_PREFIXES)
        ):
            return representation
        return NegotiableResource(path, ALL_FORMATS) if self.library.has_document(self.library.base + path) else None

    def has(self, path: str) -> bool:
        """
        Return whether there is a resource at a path; nothing is made.

        Args:
            path: A path under the base IRI.
        """
        if self.find_ready(path) is not None or path in self.library.snapshot.files or path in _DUMPED:
            return True
        if self.has_view(path):
            return True
        suffix = path.rpartition(".")[2]
        stem = split_page_path(path)[0] if suffix == "html" else path.removesuffix(f".{suffix}")
        return suffix in ALL_FORMATS and bool(stem) and self.library.has_document(self.library.base + stem)

    def is_dump(self, path: str) -> bool:
        """
        Return whether there is a dump at a path that has to be made first, which may take minutes.

        Args:
            path: A path under the base IRI.
        """
        return path in _DUMPED and not (self.library.snapshot.made / path).exists()

    def _find_file(self, path: str) -> Representation | None:
        """Return a file of the build, or a dump."""
        snapshot = self.library.snapshot
        if path in snapshot.files:
            return Representation(get_media_type(path), snapshot.files[path][:32], file=snapshot.output / path)
        if path == MANIFEST:
            return Representation(get_media_type(path), snapshot.digest[:32], file=snapshot.output / path)
        if path in _DUMPED:
            return Representation(get_media_type(path), f"{snapshot.digest[:24]}-{path}", file=self._make_dump(path))
        return None

    def _make_dump(self, name: str) -> Path:
        """Return the file of a dump; it is made when it is first requested."""
        goal = self.library.snapshot.made / name
        plain = self.library.snapshot.output / name.removesuffix(".gz")
        if name in _ZIPPED and name.removesuffix(".gz") in _DUMPS:
            plain = self._make_dump(name.removesuffix(".gz"))
        with self._making:
            if not goal.exists():
                # Other processes may make the same dump at the same time.
                with replace_file(goal) as file:
                    if name in _ZIPPED:
                        pack_file(plain, file, GZIP)
                    elif name == descriptions.DATA_JSON:
                        file.writelines(piece.encode() for piece in descriptions.write_data_json(self.library))
                    else:
                        pieces = export(self.library.snapshot.output, _DUMPS[name], Selection())
                        file.writelines(piece.encode() for piece in pieces)
        return goal

    def pack_file(self, path: str, representation: Representation, coding: str) -> Representation:
        """
        Return the representation of a file as a file in a coding; it is made when it is first requested.

        Args:
            path: The path of the representation.

            representation: What is found there, with a file.

            coding: The coding.

        Raises:
            OSError: There is no room for it.
        """
        assert representation.file is not None
        if coding == GZIP and f"{path}.gz" in _ZIPPED:
            return replace(representation, file=self._make_dump(f"{path}.gz"))
        goal = self.library.snapshot.made / f"{representation.etag}.{coding}"
        with self._making:
            if not goal.exists():
                with replace_file(goal) as file:
                    pack_file(representation.file, file, coding)
        return replace(representation, file=goal)

    def _find_index(self, path: str) -> Representation | None:
        """Return the style sheet, a sitemap or robots.txt."""
        match = _SITEMAP.fullmatch(path)
        body = None
        if path == "assets/style.css":
            body = style_sheet().encode()
        elif path == CARD:
            body = files(__package__).joinpath(CARD).read_bytes()
        elif path == "robots.txt":
            body = sitemap.write_robots(self.library)
        elif path == "sitemap.xml":
            body = sitemap.write_index(self.library)
        elif match:
            body = self._sitemap(int(match[1]))
        return self._represent(body, get_media_type(path)) if body is not None else None

    def _find_description(self, path: str) -> Representation | None:
        """Return a feed of what happens to promises, a page on how to cite, or a description of the whole."""
        if path == descriptions.VOID:
            return self._represent(descriptions.write_void(self.library, self._queries), get_media_type("void.ttl"))
        stem, language = split_page_path(path)
        if path == static_search.SCRIPT and not self._queries:
            return self._represent(static_search.read_script(), get_media_type(path))
        if path == MISSING_PAGE and not self._queries:
            return self._represent(
                self.pages.write_missing_page("", self.library.languages[0], self.library.base), get_media_type(path)
            )
        if stem == static_search.STEM and path == stem + get_page_suffix(language) and not self._queries:
            return self._represent(
                static_search.write_static_search_page(language, self.library.languages), get_media_type(path), language
            )
        if stem == cite.STEM and path == stem + get_page_suffix(language):
            return self._represent(self.cite.write_page("", language), get_media_type(path), language)
        feed = feeds.read_feed_path(path)
        body = self._feed_writer.write(path, self._months.usual) if feed else None
        if feed is None or body is None:
            return None
        return self._represent(body, feeds.MEDIA_TYPES[feed.suffix], feed.language)

    def _find_feed_page(self, path: str) -> Representation | NegotiableResource | None:
        """Return a page of the feed of datasets or of the feed of changes."""
        if _FEED_PAGE.fullmatch(path) and path.rpartition(".")[2] not in ALL_FORMATS:
            return NegotiableResource(path, _DATA_FORMATS)
        stem, _, suffix = path.rpartition(".")
        if suffix in _DATA_FORMATS and _FEED_PAGE.fullmatch(stem):
            return self._feeds.get_or_make(path)
        if self._history is None:
            return None
        if path == changes.START:
            return NegotiableResource(path, GRAPH_FORMATS)
        if stem == changes.START and suffix in GRAPH_FORMATS:
            return self._represent(changes.write_start_page(self.library, self._history, suffix), get_media_type(path))
        match = _CHANGES_PAGE.fullmatch(path)
        if match and int(match[1]) <= len(changes.read_page_times(self._history)):
            file = self._history / f"{int(match[1])}.{match[2]}"
            return Representation(
                get_media_type(path), hashlib.sha256(file.read_bytes()).hexdigest()[:32], file=file, is_immutable=True
            )
        return None

    def _find_thing(self, path: str) -> Representation | NegotiableResource | None:
        """Return the description of a thing, or the formats that it is available in."""
        if path in {"", "report"}:
            return (
                NegotiableResource("catalogue", ALL_FORMATS, "index")
                if not path
                else NegotiableResource(path, {"ttl": FORMATS["ttl"]})
            )
        if path == _TERMS and self.library.has_document(f"{self.library.base}{_TERMS}plan"):
            return NegotiableResource(f"{_TERMS}plan", ALL_FORMATS)
        if self.library.has_document(self.library.base + path):
            return NegotiableResource(path, ALL_FORMATS)
        suffix = path.rpartition(".")[2]
        stem = split_page_path(path)[0] if suffix == "html" else path.removesuffix(f".{suffix}")
        if suffix in ALL_FORMATS and stem and self.library.has_document(self.library.base + stem):
            return self._written.get_or_make(path)
        return None

    def _write_document(self, path: str) -> Representation:
        """Return the document at a path that is known to exist."""
        stem, _, suffix = path.rpartition(".")
        base, language, prefixes = self.library.base, "", None
        if suffix == "html":
            stem, language = split_page_path(path)
            body = self.pages.write_thing_page(stem, self.library.find_document(base + stem), language)
        elif _FEED_PAGE.fullmatch(stem):
            prefixes = {"hydra": FEED_PREFIXES["hydra"]}
            # Locked: concurrent requests for the same page would otherwise all gather its contents.
            with self._gathering:
                contents = self._contents(stem)
            things = paging.make_page(self.library, stem, suffix, self._size, contents)
            body = write_document(things, suffix, base, prefixes)
        else:
            body = write_document(self.library.find_document(base + stem), suffix, base)
        return self._represent(body, get_media_type(path), language)

    def _represent(self, body: bytes, media: str, language: str = "") -> Representation:
        """Return bytes as a representation, with an ETag from their digest."""
        packs = self._packs and len(body) >= MIN_LENGTH and is_packable(media)
        return Representation(media, hashlib.sha256(body).hexdigest()[:32], body, language=language, packs=packs)
