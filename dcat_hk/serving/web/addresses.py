"""
IRIs and paths: where the description of a thing is, seen from any page.

In: IRIs under the base IRI. Out: relative addresses, so that pages work behind any proxy, under any path and on any
static host.
"""

from __future__ import annotations

from urllib.parse import quote, unquote

from ...core.languages import LANGUAGES
from ...core.terms import Iri

#: What a segment of a path may hold without being written with percent signs.
_SAFE = "-._~!$&'()*+,;=:@%"
#: Addresses with these can be followed; with any other, such as javascript:, not.
_FOLLOWED = ("http://", "https://", "mailto:")


def local(iri: Iri, base: Iri) -> str | None:
    """
    Return the path of an IRI under the base IRI, without fragment; None if it is elsewhere.

    >>> local("https://example.org/a/b#c", "https://example.org/")
    'a/b'
    """
    return iri[len(base) :].partition("#")[0] if iri.startswith(base) else None


def root(path: str) -> str:
    """
    Return how a page names the folder that everything is in.

    >>> root("a/b.html"), root("a.html")
    ('../', './')
    """
    return "../" * path.count("/") or "./"


def ending(language: str) -> str:
    """
    Return how the name of a page in a language ends.

    >>> ending("zh-Hant"), ending("en")
    ('.html', '.en.html')
    """
    return ".html" if language == LANGUAGES[0] else f".{language}.html"


def page_language(path: str) -> tuple[str, str]:
    """
    Return the path of a thing and the language of its page.

    >>> page_language("dataset/a.en.html"), page_language("dataset/a.html")
    (('dataset/a', 'en'), ('dataset/a', 'zh-Hant'))
    """
    stem = path.removesuffix(".html")
    for language in LANGUAGES[1:]:
        if stem.endswith(f".{language}"):
            return stem.removesuffix(f".{language}"), language
    return stem, LANGUAGES[0]


def address(iri: Iri, base: Iri, page: str, language: str) -> str:
    """
    Return the address of a thing's page for a link, empty if a link must not lead there.

    Args:
        iri: The thing.

        base: The base IRI.

        page: The path of the page that has the link.

        language: The language of that page.

    >>> address("https://e.org/dataset/a#b", "https://e.org/", "plan/x/2024.en.html", "en")
    '../../dataset/a.en.html#b'
    >>> address("javascript:alert(1)", "https://e.org/", "a.html", "en")
    ''
    """
    path = local(iri, base)
    if path:
        fragment = iri.partition("#")[2]
        return root(page) + quote(path, safe="/" + _SAFE) + ending(language) + (f"#{fragment}" if fragment else "")
    return iri if iri.startswith(_FOLLOWED) else ""


def beside(path: str, name: str) -> str:
    """
    Return the relative address of a file in the same folder, for a Location or Link header.

    >>> beside("dataset/a", ".ttl")
    './a.ttl'
    """
    return "./" + quote(unquote(path.rpartition("/")[2]), safe=_SAFE.replace("%", "")) + name
