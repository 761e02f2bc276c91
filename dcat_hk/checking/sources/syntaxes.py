"""
Which syntax of RDF a file is in: by its name, by a media type, by how it begins, at last by reading it.

In: names, bytes. Out: pyoxigraph's name of the syntax, statements, and the error for what is no RDF.
"""

from __future__ import annotations

import io
import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import IO, Any, cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from ...core.errors import NotRdf
from ...core.limits import RdfLimits
from ...core.terms import Iri
from ...core.text import printable
from .iris import is_iri, is_tag
from .scanning import FULL, LONG_IRI

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
#: So much of what a parser says is told.
_LONGEST_REASON = 300
#: Prefixes are looked at after so many statements.
_LOOK_EVERY = 64
#: The parsers of these tell the prefixes that they have seen.
_WITH_PREFIXES = frozenset({RdfFormat.TURTLE, RdfFormat.TRIG})
#: How often a file may be said in full, unless a setting says otherwise.
_RATIO = RdfLimits().ratio
#: So much of a file is enough to guess by.
START = 4096
_JSON = re.compile(rb'\{\s*["}]|\[\s*[\[{]')
#: An IRI that needs no closer look.
_PLAIN_IRI = re.compile(r"https?://[A-Za-z0-9.-]+(?:/[A-Za-z0-9/._~:#?=&;,@!$()*+-]*)?")
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


def find_syntax(path: Path, base: Iri) -> RdfFormat:
    """
    Return the syntax of a file by what it holds: of several possible ones that in which most of it can be read.

    Args:
        path: A file without compression.

        base: What relative IRIs are relative to.

    Raises:
        OSError: It cannot be opened.
    """
    with path.open("rb") as file:
        choices = likely_syntaxes(file.read(START))
    if len(choices) == 1:
        return choices[0]
    problems: list[Exception] = []
    for choice in choices:
        try:
            deque(statements(path, choice, base), maxlen=0)
        except (SyntaxError, ValueError, MemoryError) as error:
            problems.append(error)
        else:
            return choice
    # The syntax in which most could be read is the one that was meant; what is wrong is told when it is read.
    lines = [getattr(error, "lineno", None) or 0 for error in problems]
    return choices[lines.index(max(lines))]


def fitting_syntax(kind: RdfFormat, start: bytes, base: Iri) -> RdfFormat:
    """
    Return the syntax in which the first statement of a text can be read: the one that its name says, if it can be.

    Args:
        kind: What its name or media type says.

        start: Its beginning.

        base: What relative IRIs are relative to.

    >>> fitting_syntax(RdfFormat.N_TRIPLES, b"@prefix a: <urn:> . a:b a:c a:d .", "https://a.example/")
    <RdfFormat Turtle>
    """
    choices = [kind, RdfFormat.TURTLE, RdfFormat.N_QUADS, RdfFormat.TRIG]
    return next((choice for choice in choices if _begins_in(choice, start, base)), kind)


def _begins_in(kind: RdfFormat, start: bytes, base: Iri) -> bool:
    """Return whether the first statement of a text can be read in a syntax to its end; values may be wrong."""
    quads = parsed(start, kind, None if kind in LINES else base, lenient=True)
    try:
        # A statement is told before its full stop is seen.
        deque(islice(quads, 2), maxlen=0)
    except (SyntaxError, ValueError, MemoryError):
        return False
    return True


class ExpansionError(SyntaxError):
    """
    Statements say far more in full than the file has, because a prefix or a base IRI is very long.

    Args:
        ratio: How many times as much they may say.
    """

    def __init__(self, ratio: int) -> None:
        """Keep the limit."""
        super().__init__(f"more than {ratio:,} times its size when prefixes are written out")
        self.ratio = ratio


class BoundedStatements:
    """
    Statements of a parser, up to a number of characters.

    A prefix of a million characters, which each statement names three times, fills any memory and any disk.

    Args:
        quads: What a parser gives.

        kind: The syntax.

        size: How many bytes the file has.

        ratio: How many times as many characters statements may have.

    >>> quads = parse(b"@prefix a: <urn:a> . a:b a:c a:d .", format=RdfFormat.TURTLE)
    >>> bounded = BoundedStatements(quads, RdfFormat.TURTLE, 34, 200)
    >>> len([*bounded]), bounded.prefixes
    (1, {'a': 'urn:a'})
    """

    def __init__(self, quads: Any, kind: RdfFormat, size: int, ratio: int) -> None:
        """Keep what the parser gives."""
        self._quads, self._kind, self._size, self._ratio = quads, kind, size, ratio

    def __iter__(self) -> Iterator[Quad]:
        """
        Yield the statements.

        Raises:
            ExpansionError: They are too long.
        """
        # Counting takes a third of the parser's time: it begins where a prefix or the base is long enough to need it.
        while self._kind in _WITH_PREFIXES and not self._has_long_prefixes():
            count = 0
            for quad in islice(self._quads, _LOOK_EVERY):
                count += 1
                yield quad
            if count < _LOOK_EVERY:
                return
        left = FULL + self._size * self._ratio
        for quad in self._quads:
            left -= len(str(quad))
            if left < 0:
                raise ExpansionError(self._ratio)
            yield quad

    def _has_long_prefixes(self) -> bool:
        """Tell whether a prefix that has been declared, or the base, is long."""
        return any(len(iri) > LONG_IRI for iri in (self.base_iri or "", *self.prefixes.values()))

    @property
    def prefixes(self) -> dict[str, str]:
        """Return the prefixes that hold where the parser is."""
        return cast("dict[str, str]", self._quads.prefixes)

    @property
    def base_iri(self) -> str | None:
        """Return the base IRI that holds where the parser is."""
        return cast("str | None", self._quads.base_iri)


def statements(source: Path | bytes, kind: RdfFormat, base: Iri | None, ratio: int = _RATIO) -> Iterable[Quad]:
    """
    Return the statements of a file or of a piece of one, read one after another.

    Args:
        source: A file without compression, or bytes.

        kind: The syntax.

        base: What relative IRIs are relative to.

        ratio: How many times the size of the source the statements may have in full.

    Raises:
        SyntaxError: It is not in that syntax, or too long in full; told when it is read.

        OSError: The file cannot be opened.

    >>> [str(quad.object) for quad in statements(b"<urn:a> <urn:b> <c> .", RdfFormat.TURTLE, "https://a.example/")]
    ['<https://a.example/c>']
    """
    base = None if kind in LINES else base
    if kind == RdfFormat.JSON_LD:
        return _of_jsonld(source, base, ratio)
    return parsed(source, kind, base, ratio=ratio)


def parsed(
    source: Path | bytes | CountedLines,
    kind: RdfFormat,
    base: Iri | None,
    *,
    lenient: bool = False,
    ratio: int = _RATIO,
) -> Iterable[Quad]:
    """
    Return what the parser makes of a file, of bytes or of lines, as `statements` does, without a check of its own.

    Args:
        source: A file without compression, bytes, or lines.

        kind: The syntax.

        base: What relative IRIs are relative to.

        lenient: Whether IRIs and language tags are taken as they are.

        ratio: How many times the size of the source the statements may have in full.

    Raises:
        SyntaxError: It is not in that syntax, or too long in full; told when it is read.

        OSError: The file cannot be opened.
    """
    if isinstance(source, Path):
        quads = parse(path=str(source), format=kind, base_iri=base, lenient=lenient)
        size = source.stat().st_size
    else:
        quads = parse(cast("IO[bytes]", source), format=kind, base_iri=base, lenient=lenient)
        size = source.size if isinstance(source, CountedLines) else len(source)
    return quads if kind in LINES else cast("Iterable[Quad]", BoundedStatements(quads, kind, size, ratio))


class CountedLines:
    """
    Gives a file to a parser line by line, so that it is known how far it came. `line` is the last one given.

    >>> import io
    >>> reader = CountedLines(io.BytesIO(b"a\\nb\\n"))
    >>> reader.read(), reader.line
    (b'a\\n', 1)
    """

    def __init__(self, file: IO[bytes]) -> None:
        """Give nothing yet."""
        self._file = file
        self.line = 0
        self.size = file.seek(0, io.SEEK_END)
        file.seek(0)

    def read(self, size: int = -1) -> bytes:
        """Return a line or, of a long one, a part."""
        part = self._file.readline(size)
        self.line += part.endswith(b"\n") or bool(part and size < 0)
        return part


def _of_jsonld(source: Path | bytes, base: Iri | None, ratio: int) -> Iterator[Quad]:
    """
    Yield statements of JSON-LD, and raise if one has what is no IRI or no language tag.

    The standard has such statements dropped in silence, with all that is said of the thing; any other syntax refuses
    them. Keys that stand for nothing are left out, as the standard says: they are not meant as RDF.
    """
    for quad in parsed(source, RdfFormat.JSON_LD, base, lenient=True, ratio=ratio):
        if ":" not in quad.predicate.value:
            continue
        for term in quad:
            if isinstance(term, NamedNode) and not (_PLAIN_IRI.fullmatch(term.value) or is_iri(term.value)):
                raise SyntaxError(f"no IRI: {term.value!r}")
            elif isinstance(term, Literal) and not _is_literal(term.language or "", term.datatype.value):
                what = "language tag" if term.language else "IRI"
                raise SyntaxError(f"no {what}: {term.language or term.datatype.value!r}")
        yield _with_small_tag(quad)


def _with_small_tag(quad: Quad) -> Quad:
    """Return a statement with its language tag in small letters, as a parser that is not lenient gives it."""
    term = quad.object
    if not isinstance(term, Literal) or not term.language or term.language.islower():
        return quad
    literal = Literal(term.value, language=term.language.lower(), direction=term.direction)
    return Quad(quad.subject, quad.predicate, literal, quad.graph_name)


@lru_cache(maxsize=256)
def _is_literal(language: str, datatype: Iri) -> bool:
    """Return whether a literal can have a language tag or a datatype."""
    return is_tag(language) if language else is_iri(datatype)


def refusal(error: Exception, name: str, before: int = 0) -> NotRdf:
    """
    Return what to raise for something that is no RDF.

    Args:
        error: What the parser says.

        name: The name that the user knows the file by.

        before: How many lines of the file stand before what was read.

    >>> print(refusal(ValueError("odd"), "a.ttl"))
    a.ttl: The file holds no RDF that can be read (odd). Check its syntax.
    """
    if isinstance(error, ExpansionError):
        return NotRdf.of("checking.expansion", name, ratio=error.ratio)
    if isinstance(error, MemoryError):
        return NotRdf.of("rdf.too-long", name)
    line = getattr(error, "lineno", None)
    # The parser quotes the file, whose characters may be anything.
    reason = printable((getattr(error, "msg", None) or str(error))[:_LONGEST_REASON])
    place = f"{name}:{line + before}" if line else name
    return NotRdf.of("checking.rdf-broken", place, reason=reason)
