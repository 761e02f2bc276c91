"""
Media types: which there are, and which one serves a client best.

In: Accept and Accept-Language headers, as strange as clients send them. Out: a form, a language.

Spec: RFC 9110, section 12.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from ...core.languages import LANGUAGES, match_language

#: Forms of a thing's description by the ending of their files.
FORMS = {
    "ttl": "text/turtle",
    "html": "text/html",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
}
#: Forms that hold several graphs.
GRAPH_FORMS = {"trig": "application/trig", "nq": "application/n-quads"}
#: Everything else that is served.
OTHER_FORMS = {
    "css": "text/css",
    "gz": "application/gzip",
    "json": "application/json",
    "txt": "text/plain",
    "xml": "application/xml",
}
#: What clients also say when they mean one of these forms.
ALIASES = {
    "application/xhtml+xml": ("text/html",),
    "application/json": ("application/ld+json", "application/sparql-results+json"),
    "application/x-turtle": ("text/turtle",),
    "application/xml": ("application/rdf+xml", "application/sparql-results+xml"),
    "text/xml": ("application/rdf+xml", "application/sparql-results+xml"),
    "text/plain": ("application/n-triples",),
    "text/n3": ("text/turtle",),
    "text/x-nquads": ("application/n-quads",),
    "application/x-trig": ("application/trig",),
}
#: Longer headers and more parts than that are not looked at.
_LONGEST, _MOST = 4096, 50


def media_type(name: str) -> str:
    """
    Return the media type of a file by its name, with the character set where there is text.

    >>> media_type("dataset/a.ttl"), media_type("catalogue.nq.gz")
    ('text/turtle; charset=utf-8', 'application/gzip')
    """
    ending = name.rpartition(".")[2]
    found = (FORMS | GRAPH_FORMS | OTHER_FORMS).get(ending, "application/octet-stream")
    return f"{found}; charset=utf-8" if found.startswith("text/") else found


@lru_cache(maxsize=1 << 10)
def preferences(header: str) -> tuple[tuple[str, float], ...]:
    """
    Return what a header names with its weights; parts that are no media ranges or tags are left out.

    >>> preferences("text/turtle;q=0.5, */*;q=x, ;;, text/html")
    (('text/turtle', 0.5), ('text/html', 1.0))
    """
    found = []
    for part in header[:_LONGEST].split(",")[:_MOST]:
        name, *parameters = (piece.strip() for piece in part.split(";"))
        weight = _weight(parameters)
        if name and weight is not None and all("!" <= sign <= "~" for sign in name):
            found.append((name.lower(), weight))
    return tuple(found)


def _weight(parameters: Sequence[str]) -> float | None:
    """Return the weight that parameters give, None for one that is no number from 0 to 1."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            plain = value.strip()
            if not plain.replace(".", "", 1).isdecimal() or not plain.isascii() or len(plain) > 5:
                return None
            return float(plain) if float(plain) <= 1 else None
    return 1.0


def choose(header: str, offered: tuple[str, ...]) -> str | None:
    """
    Return the offered media type that a client wants most, None if it wants none of them.

    Args:
        header: An Accept header, empty if there was none.

        offered: Media types, the best first: this one goes to clients that do not care.

    >>> choose("text/html,*/*;q=0.8", ("text/turtle", "text/html"))
    'text/html'
    >>> choose("image/png", ("text/turtle", "text/html"))
    """
    return next(iter(ranked(header, offered)), None)


@lru_cache(maxsize=1 << 10)
def ranked(header: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return the offered media types that a client wants at all, in its order.

    A header in which nothing can be read counts as none.

    >>> ranked("text/csv;q=0.5, application/json", ("text/csv", "application/ld+json", "text/html"))
    ('application/ld+json', 'text/csv')
    """
    wanted = preferences(header)
    if not wanted:
        return offered
    weights = {media: _weight_of(media, wanted) for media in offered}
    return tuple(sorted((media for media in offered if weights[media]), key=lambda media: -weights[media]))


def _weight_of(media: str, wanted: Sequence[tuple[str, float]]) -> float:
    """Return how much a media type is wanted: the most particular range decides."""
    named: dict[int, float] = {}
    for name, weight in wanted:
        if name == media:
            named[4] = weight
        elif media in ALIASES.get(name, ()):
            # A little less than its own name: both may be offered.
            named[3] = max(named.get(3, 0.0), weight * 0.999)
        elif name == media.partition("/")[0] + "/*":
            named[2] = weight * 0.99
        elif name == "*/*":
            named[1] = weight * 0.98
    return named[max(named)] if named else 0.0


@lru_cache(maxsize=1 << 10)
def language(header: str) -> str:
    """
    Return the language of pages that serves a client best; Traditional Chinese for those that do not say.

    >>> language("en-GB,en;q=0.9"), language("zh-CN"), language("zh-HK;q=0.5, fr"), language("")
    ('en', 'zh-Hans', 'zh-Hant', 'zh-Hant')
    """
    for name, weight in sorted(preferences(header), key=lambda item: -item[1]):
        short = len(name) <= 35 and all(piece.isalnum() for piece in name.split("-"))
        if weight and short and name.isascii():
            found = match_language(name, LANGUAGES)
            if found:
                return found
    return LANGUAGES[0]
