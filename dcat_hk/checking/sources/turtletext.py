"""
Turtle, TriG, N-Triples and N-Quads -> the same text with IRIs and language tags that can be read.

In: text that a parser refuses. Out: a copy, line for line, in which only wrong IRIs and tags are others. The text is
cut into comments, texts and IRIs; all else is left as it is, and so is what cannot be told.

Spec: RDF 1.1 Turtle, section 6.5 (grammar); RDF 1.1 N-Quads, section 5.
"""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .iris import TermFixer
from .mapped import open_mapped

#: The possessive quantifiers make it linear whatever the text is.
_TOKEN = re.compile(
    rb"""
      \#[^\n]*+
    | (?: "{3} (?: [^"\\]++ | \\. | "(?!"") )*+ "{3} | '{3} (?: [^'\\]++ | \\. | '(?!'') )*+ '{3}
        | " (?: [^"\\\n]++ | \\. )*+ " | ' (?: [^'\\\n]++ | \\. )*+ ' )
      (?P<tag> @[A-Za-z0-9_\-]++ )?
    | < (?P<iri> [^<>]++ | (?=>) ) >
    | \\.
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


class TurtleToken(NamedTuple):
    """A comment, text or IRI: the bytes from start to end, the IRI if it is one, the language tag of a text."""

    start: int
    end: int
    iri: bytes | None
    tag: bytes | None


def tokens(data: bytes | mmap.mmap) -> Iterator[TurtleToken]:
    """
    Yield the comments, texts and IRIs of a document.

    >>> [(token.iri, token.tag) for token in tokens(b'<urn:a> <urn:b> "<c>"@en . # <d>')]
    [(b'urn:a', None), (b'urn:b', None), (None, b'en'), (None, None)]
    """
    for match in _TOKEN.finditer(data):
        tag = match["tag"]
        yield TurtleToken(match.start(), match.end(), match["iri"], tag[1:] if tag else None)


def rewrite_turtle(path: Path, copy: Path, fixer: TermFixer) -> None:
    """
    Write a copy of a file with IRIs and language tags that can be read.

    Args:
        path: The file, in UTF-8.

        copy: The copy.

        fixer: Says what to write for a term, and notes what it changed.

    Raises:
        OSError: The file cannot be read, or the copy not written.
    """
    with open_mapped(path) as data, copy.open("wb") as out:
        done, counted, line = 0, 0, 1
        for token in tokens(data):
            if token.iri is None and token.tag is None:
                continue
            at = token.start if token.tag is None else token.end
            line += data[counted:at].count(b"\n")
            counted = at
            if token.iri is not None:
                new = _rewritten_iri(token.iri, fixer, line)
                start, end = token.start + 1, token.end - 1
            else:
                assert token.tag is not None
                new = fixer.tag(token.tag.decode(), line).encode()
                start, end = token.end - len(token.tag), token.end
            if new is not None and new != data[start:end]:
                out.write(data[done:start])
                out.write(new)
                done = end
        out.write(data[done:])


def _rewritten_iri(stated: bytes, fixer: TermFixer, line: int) -> bytes | None:
    """Return an IRI as it can be read; None if it is none but what stands between two signs."""
    try:
        value = _ESCAPE.sub(lambda match: chr(int(match[1] or match[2], 16)), stated.decode())
    except (UnicodeDecodeError, ValueError, OverflowError):
        return None
    if "\n" in value.strip():
        return None
    fixed = fixer.iri(value, line)
    return None if fixed == value else fixed.encode()
