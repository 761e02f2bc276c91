"""
IRIs -> relative addresses: where the description of a thing is, seen from another page.

In: IRIs under the base IRI. Out: relative addresses, so that pages work behind any proxy, under any path and on any
static host.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from ...core.languages import LANGUAGES
from ...core.terms import Iri

#: Characters of a path segment that are not percent-encoded.
_SAFE = "-._~!$&'()*+,;=:@%"
#: Suffixes of files in one language, besides pages; their names say which.
SPOKEN_SUFFIXES = ("svg", "atom")
#: Links are made only for these schemes, never for others such as javascript:.
_LINKED_SCHEMES = ("http://", "https://", "mailto:")


def get_local_path(iri: Iri, base: Iri) -> str | None:
    """
    Return the path of an IRI under the base IRI, without fragment; None if the IRI is not under it.

    >>> get_local_path("https://example.org/a/b#c", "https://example.org/")
    'a/b'
    """
    return iri[len(base) :].partition("#")[0] if iri.startswith(base) else None


def get_root_address(path: str) -> str:
    """
    Return the relative address of the root folder of the site, seen from a page.

    >>> get_root_address("a/b.html"), get_root_address("a.html")
    ('../', './')
    """
    return "../" * path.count("/") or "./"


def get_page_suffix(language: str) -> str:
    """
    Return the suffix of the file name of a page in a language.

    >>> get_page_suffix("zh-Hant"), get_page_suffix("en")
    ('.html', '.en.html')
    """
    return ".html" if language == LANGUAGES[0] else f".{language}.html"


def split_page_path(path: str) -> tuple[str, str]:
    """
    Return the path of the thing and the language of a page.

    >>> split_page_path("dataset/a.en.html"), split_page_path("dataset/a.html")
    (('dataset/a', 'en'), ('dataset/a', 'zh-Hant'))
    """
    stem = path.removesuffix(".html")
    for language in LANGUAGES[1:]:
        if stem.endswith(f".{language}"):
            return stem.removesuffix(f".{language}"), language
    return stem, LANGUAGES[0]


def split_view_path(path: str) -> tuple[str, str, str]:
    """
    Return the path without suffix, the suffix and the language of a page, a list, a feed or a chart.

    >>> split_view_path("months/2026-12.en.html"), split_view_path("years.zh-Hant.svg"), split_view_path("overdue.csv")
    (('months/2026-12', 'html', 'en'), ('years', 'svg', 'zh-Hant'), ('overdue', 'csv', ''))
    >>> split_view_path("overdue")
    ('overdue', '', '')
    """
    stem, _dot, suffix = path.rpartition(".")
    if suffix == "html":
        return split_page_path(path)[0], suffix, split_page_path(path)[1]
    if not stem or "/" in suffix:
        return path, "", ""
    if suffix in SPOKEN_SUFFIXES:
        inner, _dot, language = stem.rpartition(".")
        return (inner, suffix, language) if language in LANGUAGES else (stem, suffix, LANGUAGES[0])
    return stem, suffix, ""


def make_link(iri: Iri, base: Iri, page: str, language: str) -> str:
    """
    Return the address of the page of a thing, for a link; empty if its IRI must not be linked.

    Args:
        iri: The thing.

        base: The base IRI.

        page: The path of the page that contains the link.

        language: The language of that page.

    >>> make_link("https://e.org/dataset/a#b", "https://e.org/", "plan/x/2024.en.html", "en")
    '../../dataset/a.en.html#b'
    >>> make_link("javascript:alert(1)", "https://e.org/", "a.html", "en")
    ''
    """
    path = get_local_path(iri, base)
    if path:
        fragment = iri.partition("#")[2]
        return (
            get_root_address(page)
            + quote(path, safe="/" + _SAFE)
            + get_page_suffix(language)
            + (f"#{fragment}" if fragment else "")
        )
    return iri if iri.startswith(_LINKED_SCHEMES) else ""


def make_sibling_link(path: str, name: str) -> str:
    """
    Return the relative address of a file in the same folder, for a Location or Link header.

    >>> make_sibling_link("dataset/a", ".ttl")
    './a.ttl'
    """
    return "./" + quote(unquote(path.rpartition("/")[2]), safe=_SAFE.replace("%", "")) + name
