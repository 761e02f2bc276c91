"""
A catalogue -> sitemaps: which pages a search engine should know.

In: the library. Out: XML. Pages of datasets, plans, bodies and catalogues; others are found from these.

Spec: sitemaps.org protocol 0.9: at most 50,000 addresses in a file; here 10,000, for each comes in three languages.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from ...core.languages import LANGUAGES
from ...core.terms import Iri
from .library import Library

#: How many things are in one sitemap.
SIZE = 10_000
_CLASSES = ("dcat:Catalog", "foaf:Document", "org:Organization")
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _addresses(library: Library) -> list[Iri]:
    """Return the IRIs of all things that are listed."""
    others = {iri for name in _CLASSES for iri in library.of_type(name) if "#" not in iri}
    return [*sorted(others), *library.datasets]


def names(library: Library) -> list[str]:
    """Return the names of all sitemaps but the first, which lists these."""
    count = -(-len(_addresses(library)) // SIZE)
    return [f"sitemap-{number}.xml" for number in range(1, count + 1)]


def index(library: Library) -> bytes:
    """Return the sitemap of sitemaps."""
    lines = [f"  <sitemap><loc>{escape(library.base + name)}</loc></sitemap>\n" for name in names(library)]
    return f"{_HEAD}<sitemapindex {_SPACE}>\n{''.join(lines)}</sitemapindex>\n".encode()


def sitemap(library: Library, number: int) -> bytes | None:
    """
    Return one sitemap, None if there is none of that number.

    Args:
        library: Where things are looked up.

        number: Counted from 1.
    """
    listed = _addresses(library)[(number - 1) * SIZE : number * SIZE] if number > 0 else []
    return "".join(_lines(listed)).encode() if listed else None


def _lines(listed: list[Iri]) -> Iterator[str]:
    """Yield a sitemap; each page names the same in the other languages."""
    yield f'{_HEAD}<urlset {_SPACE} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for iri in listed:
        yield f"  <url><loc>{escape(iri)}.html</loc>\n"
        for language in LANGUAGES:
            address = f"{iri}.html" if language == LANGUAGES[0] else f"{iri}.{language}.html"
            yield f'    <xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(address)}/>\n'
        yield "  </url>\n"
    yield "</urlset>\n"


def robots(library: Library) -> bytes:
    """Return what robots are told: to leave queries alone, and where the sitemap is."""
    path = "/" + library.base.split("/", 3)[3]
    return f"User-agent: *\nDisallow: {path}sparql?\n\nSitemap: {library.base}sitemap.xml\n".encode()
