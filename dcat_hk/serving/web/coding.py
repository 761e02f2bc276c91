"""
Content codings: which one a client accepts, and bodies in it.

In: an Accept-Encoding header, bytes. Out: `br`, `gzip` or nothing, and bytes that are the same at each time.

Spec: RFC 9110, sections 8.4.1 and 12.5.3; RFC 7932 (Brotli).
"""

from __future__ import annotations

import gzip
import shutil
from pathlib import Path
from typing import IO

import brotli

from .media import parse_preferences

GZIP, BROTLI = "gzip", "br"
#: Shorter bodies are sent as they are: they fit into one packet.
MIN_LENGTH = 860
#: Bytes of a file that are packed at a time.
_PIECE = 1 << 20
#: Media types, besides text, that become shorter.
_PACKABLE = ("json", "xml", "n-triples", "n-quads", "trig", "openapi")
#: The level for what is kept and sent often, and for what is sent once and may be long, by coding.
_LEVELS, _FAST_LEVELS = {GZIP: 6, BROTLI: 5}, {GZIP: 1, BROTLI: 1}


def choose_coding(header: str) -> str:
    """
    Return the content coding for a client: Brotli before gzip if it likes both alike; empty if it wants none.

    Who accepts anything (`*`) gets gzip, which everybody understands.

    Args:
        header: An Accept-Encoding header; empty if there is none.

    >>> [choose_coding(header) for header in ("gzip, br", "gzip, br;q=0.5", "*", "", "br;q=0", "identity, gzip;q=0.5")]
    ['br', 'gzip', 'gzip', '', '', '']
    """
    weights = dict(parse_preferences(header))
    offered = {BROTLI: weights.get(BROTLI, 0.0), GZIP: weights.get(GZIP, weights.get("x-gzip", weights.get("*", 0.0)))}
    best = max(offered, key=offered.__getitem__)
    return best if offered[best] and offered[best] >= weights.get("identity", 0.0) else ""


def is_packable(media: str) -> bool:
    """
    Return whether bodies of a media type become shorter.

    >>> is_packable("text/html; charset=utf-8"), is_packable("application/ld+json"), is_packable("application/gzip")
    (True, True, False)
    """
    return media.startswith("text/") or media.partition(";")[0].endswith(_PACKABLE)


def pack_body(body: bytes, coding: str, *, once: bool = False) -> bytes:
    """
    Return a body in a coding; the same body gives the same bytes.

    Args:
        body: The body.

        coding: The coding, as `choose_coding` returns it.

        once: Whether it is sent only once, so that time counts more than length.

    >>> len(pack_body(b"plan " * 1000, "br")) < len(pack_body(b"plan " * 1000, "gzip"))
    True
    """
    level = (_FAST_LEVELS if once else _LEVELS)[coding]
    return brotli.compress(body, quality=level) if coding == BROTLI else gzip.compress(body, level, mtime=0)


def pack_file(source: Path, goal: IO[bytes], coding: str) -> None:
    """
    Write a file in a coding into another; the same content gives the same bytes.

    Args:
        source: The file.

        goal: The open file to write into.

        coding: The coding, as `choose_coding` returns it.

    Raises:
        OSError: A file cannot be read or written.
    """
    with source.open("rb") as plain:
        if coding == BROTLI:
            packer = brotli.Compressor(quality=_LEVELS[coding])
            while piece := plain.read(_PIECE):
                goal.write(packer.process(piece))
            goal.write(packer.finish())
            return
        with gzip.GzipFile("", "wb", _LEVELS[coding], goal, mtime=0) as packed:
            shutil.copyfileobj(plain, packed, _PIECE)
