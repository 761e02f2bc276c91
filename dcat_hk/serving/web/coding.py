"""
Content codings: which one a client accepts, and bodies in it.

In: an Accept-Encoding header, bytes. Out: `gzip` or nothing, and bytes that are the same at each time.

Spec: RFC 9110, sections 8.4.1 and 12.5.3.
"""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import IO

from .media import parse_preferences

GZIP = "gzip"
#: Shorter bodies are sent as they are: they fit into one packet.
MIN_LENGTH = 860
#: Media types, besides text, that become shorter.
_PACKABLE = ("json", "xml", "n-triples", "n-quads", "trig", "openapi")
#: The level for what is kept and sent often, and for what is sent once and may be long.
_LEVEL, _FAST_LEVEL = 6, 1


def choose_coding(header: str) -> str:
    """
    Return the content coding for a client: gzip if a body without coding is not preferred; else an empty text.

    Args:
        header: An Accept-Encoding header; empty if there is none.

    >>> [choose_coding(header) for header in ("gzip, br", "*", "", "gzip;q=0", "identity, gzip;q=0.5", "x-gzip")]
    ['gzip', 'gzip', '', '', '', 'gzip']
    """
    weights = dict(parse_preferences(header))
    weight = weights.get(GZIP, weights.get("x-gzip", weights.get("*", 0.0)))
    return GZIP if weight and weight >= weights.get("identity", 0.0) else ""


def is_packable(media: str) -> bool:
    """
    Return whether bodies of a media type become shorter.

    >>> is_packable("text/html; charset=utf-8"), is_packable("application/ld+json"), is_packable("application/gzip")
    (True, True, False)
    """
    return media.startswith("text/") or media.partition(";")[0].endswith(_PACKABLE)


def pack_body(body: bytes, *, once: bool = False) -> bytes:
    """
    Return a body in gzip; the same body gives the same bytes.

    Args:
        body: The body.

        once: Whether it is sent only once, so that time counts more than length.
    """
    return gzip.compress(body, _FAST_LEVEL if once else _LEVEL, mtime=0)


def pack_file(source: Path, goal: IO[bytes]) -> None:
    """
    Write a file in gzip into another; the same content gives the same bytes.

    Args:
        source: The file.

        goal: The open file to write into.

    Raises:
        OSError: A file cannot be read or written.
    """
    with source.open("rb") as plain, gzip.GzipFile("", "wb", _LEVEL, goal, mtime=0) as packed:
        shutil.copyfileobj(plain, packed, 1 << 20)
