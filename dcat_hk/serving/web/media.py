"""
Media types and languages: what is offered, and proactive negotiation with a client.

In: Accept and Accept-Language headers, valid or not. Out: a media type, a language.

Spec: RFC 9110, section 12.5.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from starlette.datastructures import Headers

from ...core.languages import LANGUAGES, match_language

#: Formats of the description of a thing, by suffix of the file name.
FORMATS = {
    "ttl": "text/turtle",
    "html": "text/html",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nt": "application/n-triples",
}
#: Formats for several graphs.
GRAPH_FORMATS = {"trig": "application/trig", "nq": "application/n-quads"}
#: Formats in which the server describes a thing; a static site has fewer files.
ALL_FORMATS = FORMATS | GRAPH_FORMATS
#: Formats of everything else that is served.
OTHER_FORMATS = {
    "atom": "application/atom+xml",
    "css": "text/css",
    "js": "text/javascript",
    "csv": "text/csv",
    "gz": "application/gzip",
    "json": "application/json",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml",
}
#: Other media types that clients send for one of these formats.
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
#: Codes of English, of Chinese and the languages that are written like it, and of the scripts of Chinese.
_SUBTAGS = frozenset(
    ["en", "eng", "zh", "zho", "chi", "cmn", "yue", "gan", "hak", "hsn", "lzh", "nan", "wuu", "hant", "hans"]
)
#: Only this many characters and parts of a header are read: few enough for any pattern or loop.
_MAX_LENGTH, _MAX_PARTS = 4096, 50


def get_media_type(name: str) -> str:
    """
    Return the media type of a file by its name, with the charset for text.

    >>> get_media_type("dataset/a.ttl"), get_media_type("catalogue.nq.gz")
    ('text/turtle; charset=utf-8', 'application/gzip')
    """
    ending = name.rpartition(".")[2]
    media = (ALL_FORMATS | OTHER_FORMATS).get(ending, "application/octet-stream")
    return f"{media}; charset=utf-8" if media.startswith("text/") else media


def join_headers(headers: Headers, name: str) -> str:
    """
    Return the value of a header that may stand on several lines: as one list.

    Args:
        headers: The headers of a request.

        name: The name of a header whose value is a list, in lower case.

    >>> join_headers(Headers(raw=[(b"accept", b"text/html;q=0.5"), (b"accept", b"text/turtle")]), "accept")
    'text/html;q=0.5, text/turtle'

    Spec: RFC 9110, section 5.3.
    """
    return ", ".join(headers.getlist(name)[:_MAX_PARTS])


def parse_preferences(header: str) -> tuple[tuple[str, float], ...]:
    """
    Return the media ranges or language ranges of a header with their weights; invalid parts are skipped.

    >>> parse_preferences("text/turtle;q=0.5, */*;q=x, ;;, text/html")
    (('text/turtle', 0.5), ('text/html', 1.0))
    >>> parse_preferences('application/ld+json;profile="a,b;q=1";q=0.1, text/html;q=0.5')
    (('application/ld+json', 0.1), ('text/html', 0.5))
    """
    # Shortened before it is looked up: a cache of long headers would be memory that strangers fill.
    return _parse_preferences(header[:_MAX_LENGTH])


@lru_cache(maxsize=1 << 10)
def _parse_preferences(header: str) -> tuple[tuple[str, float], ...]:
    """Return the ranges of a header with their weights."""
    ranges = []
    for part in _split_outside_quotes(header, ",")[:_MAX_PARTS]:
        name, *parameters = (piece.strip() for piece in _split_outside_quotes(part, ";"))
        weight = _read_weight(parameters)
        if name and weight is not None and all("!" <= sign <= "~" for sign in name):
            ranges.append((name.lower(), weight))
    return tuple(ranges)


def _split_outside_quotes(header: str, sign: str) -> list[str]:
    """Return the parts of a header between signs that stand outside quoted strings, in which a backslash escapes."""
    parts, start, quoted, position = [], 0, False, 0
    while position < len(header):
        character = header[position]
        if quoted and character == "\\":
            position += 1
        elif character == '"':
            quoted = not quoted
        elif character == sign and not quoted:
            parts.append(header[start:position])
            start = position + 1
        position += 1
    return [*parts, header[start:]]


def _read_weight(parameters: Sequence[str]) -> float | None:
    """Return the weight (q) among parameters; None if it is not a number from 0 to 1."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            plain = value.strip()
            if not plain.replace(".", "", 1).isdecimal() or not plain.isascii() or len(plain) > 5:
                return None
            return float(plain) if float(plain) <= 1 else None
    return 1.0


def choose_media_type(header: str, offered: tuple[str, ...]) -> str | None:
    """
    Return the offered media type that a client prefers; None if it accepts none of them.

    Args:
        header: An Accept header; empty if there is none.

        offered: Media types; the first one is for clients without a preference.

    >>> choose_media_type("text/html,*/*;q=0.8", ("text/turtle", "text/html"))
    'text/html'
    >>> choose_media_type("image/png", ("text/turtle", "text/html"))
    """
    return next(iter(rank_media_types(header, offered)), None)


def rank_media_types(header: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    """
    Return the offered media types that a client accepts, in its order of preference.

    A header without any valid part is treated like a missing one.

    >>> rank_media_types("text/csv;q=0.5, application/json", ("text/csv", "application/ld+json", "text/html"))
    ('application/ld+json', 'text/csv')
    """
    return _rank_media_types(header[:_MAX_LENGTH], offered)


@lru_cache(maxsize=1 << 10)
def _rank_media_types(header: str, offered: tuple[str, ...]) -> tuple[str, ...]:
    """Return the offered media types that a header accepts."""
    ranges = parse_preferences(header)
    if not ranges:
        return offered
    weights = {media: _compute_weight(media, ranges) for media in offered}
    return tuple(sorted((media for media in offered if weights[media]), key=lambda media: -weights[media]))


def _compute_weight(media: str, ranges: Sequence[tuple[str, float]]) -> float:
    """Return the weight of a media type: that of the most specific range that matches."""
    weights: dict[int, float] = {}
    for name, weight in ranges:
        if name == media:
            weights[4] = weight
        elif media in ALIASES.get(name, ()):
            # Slightly less than the media type itself, in case both are offered.
            weights[3] = max(weights.get(3, 0.0), weight * 0.999)
        elif name == media.partition("/")[0] + "/*":
            weights[2] = weight * 0.99
        elif name == "*/*":
            weights[1] = weight * 0.98
    return weights[max(weights)] if weights else 0.0


def choose_language(header: str) -> str:
    """
    Return the language of pages that matches an Accept-Language header best; Traditional Chinese if none matches.

    >>> [choose_language(header) for header in ("en-GB,en;q=0.9", "zh-CN", "zh-HK;q=0.5, fr", "")]
    ['en', 'zh-Hans', 'zh-Hant', 'zh-Hant']
    """
    return _choose_language(header[:_MAX_LENGTH])


@lru_cache(maxsize=1 << 10)
def _choose_language(header: str) -> str:
    """Return the language of pages that matches a header best."""
    for name, weight in sorted(parse_preferences(header), key=lambda item: -item[1]):
        known = _keep_known_subtags(name) if weight else ""
        tag = match_language(known, LANGUAGES) if known else None
        if tag:
            return tag
    return LANGUAGES[0]


def _keep_known_subtags(name: str) -> str:
    """
    Return a language tag with the subtags that decide about a page; empty if there is no page in that language.

    langcodes keeps every tag that it has read for ever. So it is given only tags of which there are few.
    """
    primary, *others = name.split("-")[:4]
    kept = [part for part in others if part in _SUBTAGS or (len(part) == 2 and part.isascii() and part.isalpha())]
    return "-".join([primary, *kept]) if primary in _SUBTAGS else ""
