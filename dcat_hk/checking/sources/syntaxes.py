"""
Which syntax of RDF a file is in: by its name, by a media type, by how it begins, at last by reading it.

In: names, bytes. Out: pyoxigraph's name of the syntax, statements, and the error for what is no RDF.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ...core.errors import NotRdf
from ...core.terms import Iri

#: Endings of names that say what a file holds.
ENDINGS: Mapping[str, RdfFormat] = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".jsonld": RdfFormat.JSON_LD,
    ".json": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
}
#: Media types that say it; others, such as text/plain, are given to anything.
_MEDIA_TYPES = {kind.media_type: kind for kind in ENDINGS.values()} | {"application/x-turtle": RdfFormat.TURTLE}
#: Every line is a statement, without prefixes and relative IRIs.
LINES = frozenset({RdfFormat.N_TRIPLES, RdfFormat.N_QUADS})
#: So much of a file is enough to guess by.
START = 4096
_JSON = re.compile(rb'\{\s*["}]|\[\s*\{')
#: An absolute IRI without the characters that none may have; a language tag.
_IRI = re.compile(r'[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>"{}|^`\\]*')
_TAG = re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*")
_XML = re.compile(rb"<(?:\?xml|!--|!DOCTYPE|rdf:RDF)")


def syntax_of(path: Path) -> RdfFormat | None:
    """
    Return the syntax that a file's name names, if any; `.gz` may follow.

    >>> syntax_of(Path("a.JSON.gz")), syntax_of(Path("catalogue"))
    (<RdfFormat JSON-LD>, None)
    """
    return ENDINGS.get(Path(path.name.lower().removesuffix(".gz")).suffix)


def syntax_of_media_type(kind: str) -> RdfFormat | None:
    """
    Return the syntax that a media type names, if it is a type of RDF alone.

    >>> syntax_of_media_type("text/turtle; charset=utf-8"), syntax_of_media_type("text/plain")
    (<RdfFormat Turtle>, None)
    """
    return _MEDIA_TYPES.get(kind.partition(";")[0].strip().lower())


def likely_syntaxes(start: bytes) -> list[RdfFormat]:
    """
    Return the syntaxes that a file may be in that begins so, the likeliest first.

    >>> likely_syntaxes(b'[ {"@id": "urn:a"} ]'), likely_syntaxes(b"<?xml version='1.0'?>")
    ([<RdfFormat JSON-LD>], [<RdfFormat RDF/XML>])
    """
    start = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _JSON.match(start):
        return [RdfFormat.JSON_LD]
    if _XML.match(start):
        return [RdfFormat.RDF_XML]
    return [RdfFormat.TURTLE, RdfFormat.N_QUADS, RdfFormat.TRIG]


def find_syntax(path: Path, base: Iri, name: str) -> RdfFormat:
    """
    Return the syntax of a file by what it holds: of several possible ones that in which the whole of it can be read.

    Args:
        path: A file without compression.

        base: What relative IRIs are relative to.

        name: The name for an error.

    Raises:
        NotRdf: It can be read in none.

        OSError: It cannot be opened.
    """
    with path.open("rb") as file:
        choices = likely_syntaxes(file.read(START))
    if len(choices) == 1:
        return choices[0]
    problems: list[SyntaxError | ValueError] = []
    for choice in choices:
        try:
            deque(statements(path, choice, base), maxlen=0)
        except (SyntaxError, ValueError) as error:
            problems.append(error)
        else:
            return choice
    # The syntax in which most could be read is the one that was meant.
    furthest = max(problems, key=lambda error: getattr(error, "lineno", None) or 0)
    raise refusal(furthest, name) from furthest


def statements(source: Path | bytes, kind: RdfFormat, base: Iri | None) -> Iterator[Quad]:
    """
    Return the statements of a file or of a piece of one, read one after another.

    Args:
        source: A file without compression, or bytes.

        kind: The syntax.

        base: What relative IRIs are relative to.

    Raises:
        SyntaxError: It is not in that syntax, told when it is read.

        OSError: The file cannot be opened.

    >>> [str(quad.object) for quad in statements(b"<urn:a> <urn:b> <c> .", RdfFormat.TURTLE, "https://a.example/")]
    ['<https://a.example/c>']
    """
    base = None if kind in LINES else base
    if kind == RdfFormat.JSON_LD:
        return _of_jsonld(source, base)
    return _parsed(source, kind, base)


def _parsed(source: Path | bytes, kind: RdfFormat, base: Iri | None, lenient: bool = False) -> Iterator[Quad]:
    """Return what the parser makes of a file or of bytes."""
    if isinstance(source, Path):
        return parse(path=str(source), format=kind, base_iri=base, lenient=lenient)
    return parse(source, format=kind, base_iri=base, lenient=lenient)


def _of_jsonld(source: Path | bytes, base: Iri | None) -> Iterator[Quad]:
    """
    Yield statements of JSON-LD, and raise if one has what is no IRI or no language tag.

    The standard has such statements dropped in silence, with all that is said of the thing; any other syntax refuses
    them. Keys that stand for nothing are left out, as the standard says: they are not meant as RDF.
    """
    for quad in _parsed(source, RdfFormat.JSON_LD, base, lenient=True):
        if ":" not in quad.predicate.value:
            continue
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, NamedNode) and not _IRI.fullmatch(term.value):
                raise SyntaxError(f"no IRI: {term.value!r}")
            if isinstance(term, Literal) and term.language and not _TAG.fullmatch(term.language):
                raise SyntaxError(f"no language tag: {term.language!r}")
    yield from _parsed(source, RdfFormat.JSON_LD, base)


def refusal(error: SyntaxError | ValueError, name: str, before: int = 0) -> NotRdf:
    """
    Return what to raise for something that is no RDF.

    Args:
        error: What the parser says.

        name: The name that the user knows the file by.

        before: How many lines of the file stand before what was read.

    >>> print(refusal(ValueError("odd"), "a.ttl"))
    a.ttl: The file holds no RDF that can be read (odd). Check its syntax.
    """
    line = getattr(error, "lineno", None)
    reason = getattr(error, "msg", None) or str(error)
    place = f"{name}:{line + before}" if line else name
    return NotRdf(f"The file holds no RDF that can be read ({reason}).", place, "Check its syntax.")
