"""
A catalogue -> sitemaps for search engines.

In: the library. Out: XML with the pages of datasets, plans, bodies and catalogues; other pages are linked from these.

Spec: sitemaps.org protocol 0.9: at most 50,000 addresses in a file; here 10,000, each with its languages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from ...core.namespaces import DCAT, FOAF, ORG
from ...core.terms import Iri
from .addresses import get_page_suffix
from .library import Library

#: The number of things in a sitemap.
SIZE = 10_000
_CLASSES = (DCAT.Catalog, FOAF.Document, ORG.Organization)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_XMLNS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def _list_iris(library: Library) -> list[Iri]:
    """Return the IRIs of all things in the sitemaps."""
    others = {iri for name in _CLASSES for iri in library.list_instances(name) if "#" not in iri}
    return [*sorted(others), *library.datasets]


def list_names(library: Library) -> list[str]:
    """Return the names of all sitemaps, without the index."""
    count = -(-len(_list_iris(library)) // SIZE)
    return [f"sitemap-{number}.xml" for number in range(1, count + 1)]


def write_index(library: Library) -> bytes:
    """Return the sitemap index."""
    lines = [f"  <sitemap><loc>{escape(library.base + name)}</loc></sitemap>\n" for name in list_names(library)]
    return f"{_HEAD}<sitemapindex {_XMLNS}>\n{''.join(lines)}</sitemapindex>\n".encode()


def write_sitemap(library: Library, number: int) -> bytes | None:
    """
    Return a sitemap; None if there is none of this number.

    Args:
        library: The library of things.

        number: The number of the sitemap, from 1.
    """
    listed = _list_iris(library)[(number - 1) * SIZE : number * SIZE] if number > 0 else []
    return "".join(_write_lines(listed, library.languages)).encode() if listed else None


def _write_lines(listed: list[Iri], languages: Sequence[str]) -> Iterator[str]:
    """Yield a sitemap; each page has links to the same page in all languages."""
    yield f'{_HEAD}<urlset {_XMLNS} xmlns:xhtml="http://www.w3.org/1999/xhtml">\n'
    for iri in listed:
        yield f"  <url><loc>{escape(iri + get_page_suffix(languages[0]))}</loc>\n"
        for language in languages:
            address = iri + get_page_suffix(language)
            yield f'    <xhtml:link rel="alternate" hreflang="{language}" href={quoteattr(address)}/>\n'
        yield "  </url>\n"
    yield "</urlset>\n"


def write_robots(library: Library) -> bytes:
    """Return robots.txt, which excludes queries and names the sitemap index."""
    path = "/" + library.base.split("/", 3)[3]
    return f"User-agent: *\nDisallow: {path}sparql?\n\nSitemap: {library.base}sitemap.xml\n".encode()
