"""
Files of RDF -> the assurance that a parser can read them within limits: nothing nested too deep, no piece too long.

In: files without compression, in UTF-8. Out: nothing, or an error that names the limit. Parsers read nested things by
calling themselves, and a long literal again with each block, so a small file could end this process or never end.
What is looked for is found without parsing, at a small part of a parser's time.

Spec: XML 1.0, sections 4.2 and 4.4 (entities).
"""

from __future__ import annotations

import json
import mmap
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.parsers import expat

from pyoxigraph import RdfFormat

from ...core.errors import NotRdf
from ...core.limits import RdfLimits
from ...core.wording.refusals import Phrase
from .encodings import refuse_parser_encoding
from .mapped import WINDOW, find_mark, give_back, open_mapped
from .turtletext import tokens

_BLOCK = 1 << 20
#: What statements may say in full, in characters, whatever the size of the file; longer IRIs could fill a memory.
FULL, LONG_IRI = 10_000_000, 1000
_NOT_BRACKETS = bytes(set(range(256)) - set(b'{}[]"'))
_STRING = re.compile(rb'"[^"]*"')
_REFERENCE = re.compile(rb"&([^#&;\s<]+);")
_PREDEFINED = frozenset({"amp", "lt", "gt", "apos", "quot"})
_QUOTED = re.compile(rb"<<|>>")
_LONG_QUOTES = (b'"""', b"'''")
#: A line below so many bytes has not enough quoted triples in it to harm.
_SAFE_LINE = 50_000


def check_limits(path: Path, kind: RdfFormat, limits: RdfLimits, name: str) -> None:
    """
    Raise if a parser could not read a file within limits.

    Args:
        path: A file without compression, in UTF-8.

        kind: Its syntax.

        limits: What it may use.

        name: The name for an error.

    Raises:
        NotRdf: It exceeds a limit, or it is XML with entities that are refused.

        OSError: It cannot be read.
    """
    if not path.stat().st_size:
        return
    with open_mapped(path) as data:
        if kind == RdfFormat.JSON_LD:
            _check_gaps(data, b'"', limits, name)
            _check_json_depth(data, limits, name)
            _check_contexts(data, limits, name)
        elif kind == RdfFormat.RDF_XML:
            _check_gaps(data, b"<", limits, name)
            _XmlScan(limits, name).check(data)
        else:
            _check_gaps(data, b"\n", limits, name)
            if kind in {RdfFormat.TURTLE, RdfFormat.TRIG}:
                _check_long_texts(data, limits, name)
            _check_quoted_triples(data, kind, limits, name)


def exceeded(limit: str, most: int, what: str, name: str) -> NotRdf:
    """
    Return what to raise for a file that exceeds a limit.

    Args:
        limit: The limit's name.

        most: Its value.

        what: What there is too much of: the name of units in the wording of errors of RDF.

        name: The file's name.

    >>> print(exceeded("depth", 500, "json", "a.jsonld"))  # doctest: +ELLIPSIS
    a.jsonld: The file has more than 500 levels of nested JSON. If it is to be trusted, raise the limit “depth” ...
    """
    return NotRdf.of("rdf.limit", name, most=most, units=Phrase(f"rdf.units-{what}"), limit=limit)


# ---- long pieces of text


def _check_gaps(data: mmap.mmap, mark: bytes, limits: RdfLimits, name: str) -> None:
    """Raise if there is a long stretch without a byte that every literal ends with, or begins after."""
    most = limits.literal
    start, size = 0, len(data)
    while size - start > most:
        found = data.rfind(mark, start, start + most + 1)
        if found < 0:
            raise exceeded("literal", most, "literal-or-line", name)
        give_back(data, start, found)
        start = found + 1


def _check_long_texts(data: mmap.mmap, limits: RdfLimits, name: str) -> None:
    """Raise if a text over several lines is too long; between two such texts there may be as much as one likes."""
    starts = [start for quotes in _LONG_QUOTES for start in _find_far_apart(data, quotes, limits.literal)]
    if starts and any(
        token.start <= start < token.end
        for token in tokens(data)
        if token.end - token.start > limits.literal
        for start in starts
    ):
        raise exceeded("literal", limits.literal, "literal", name)


def _find_far_apart(data: mmap.mmap, quotes: bytes, most: int) -> Iterator[int]:
    """Yield where quotation marks stand that have the next ones more than so many bytes behind them."""
    start = find_mark(data, quotes)
    while start >= 0:
        end = find_mark(data, quotes, start + 3)
        if (end if end >= 0 else len(data)) - start > most:
            yield start
        start = end


# ---- nesting


def _check_quoted_triples(data: mmap.mmap, kind: RdfFormat, limits: RdfLimits, name: str) -> None:
    """Raise if triples are quoted in triples that are quoted, and so on."""
    if kind in {RdfFormat.N_TRIPLES, RdfFormat.N_QUADS} and not _has_long_line(data):
        return
    if find_mark(data, b"<<") < 0:
        return
    # Signs in texts are not told apart at first, because few files have so many.
    if _most_quoted([data]) > limits.depth and _most_quoted(_outside_tokens(data)) > limits.depth:
        raise exceeded("depth", limits.depth, "quoted", name)


def _most_quoted(pieces: Iterable[bytes | mmap.mmap]) -> int:
    """Return how many more quoted triples begin than end at most."""
    depth = most = 0
    for piece in pieces:
        for mark in _QUOTED.finditer(piece):
            depth = depth + 1 if mark[0] == b"<<" else max(depth - 1, 0)
            most = max(depth, most)
    return most


def _outside_tokens(data: mmap.mmap) -> Iterator[bytes]:
    """Yield what stands between comments, texts and IRIs."""
    start = 0
    for token in tokens(data):
        yield data[start : token.start]
        start = token.end
    yield data[start:]


def _has_long_line(data: mmap.mmap) -> bool:
    """Return whether a line is so long that it could hold very many quoted triples."""
    start, size, given_back = 0, len(data), 0
    while size - start > _SAFE_LINE:
        found = data.rfind(b"\n", start, start + _SAFE_LINE)
        if found < 0:
            return True
        start = found + 1
        if start - given_back > WINDOW:
            give_back(data, given_back, start)
            given_back = start
    return False


def _check_json_depth(data: mmap.mmap, limits: RdfLimits, name: str) -> None:
    """Raise if JSON is nested too deep: pairs of brackets with nothing in them are taken away until none is left."""
    brackets = _STRING.sub(b"", b"".join(_json_marks(data)))
    for _level in range(limits.depth):
        size = len(brackets)
        brackets = brackets.replace(b"{}", b"").replace(b"[]", b"")
        if len(brackets) == size:
            # What is left does not fit: the parser will say so, but must not get far before it does.
            if max(brackets.count(b"{"), brackets.count(b"[")) <= limits.depth:
                return
            break
    if brackets:
        raise exceeded("depth", limits.depth, "json", name)


def _json_marks(data: mmap.mmap) -> Iterator[bytes]:
    """Yield the brackets and quotation marks of JSON, those in texts included, escaped quotation marks not."""
    rest = b""
    for start in range(0, len(data), _BLOCK):
        block = rest + data[start : start + _BLOCK]
        slashes = len(block) - len(block.rstrip(b"\\"))
        rest = b"\\" if slashes % 2 else b""
        block = block[: len(block) - len(rest)].replace(b"\\\\", b"").replace(b'\\"', b"")
        yield block.translate(None, _NOT_BRACKETS).replace(b'""', b"")


# ---- contexts


def _check_contexts(data: mmap.mmap, limits: RdfLimits, name: str) -> None:
    """
    Raise if names that stand for very long IRIs fill a memory; parsers of JSON-LD give nothing before they have it all.

    Each string may be such a name. Whether a long string stands in a context is seen only where it could do harm.
    """
    most = FULL + len(data) * limits.ratio
    longest = max((len(text) for text in _long_strings(data)), default=0)
    count = sum(block.count(b'"') for block in _blocks(data)) // 2
    if count * longest <= most or len(data) > limits.whole:
        return
    try:
        document = json.loads(data[:])
    except (ValueError, RecursionError):
        return
    lengths, bases = _measure_names(_contexts_in(document))
    if sum(_measure_text(text, lengths, bases) for text in _texts_in(document)) > most:
        raise NotRdf.of("checking.expansion", name, ratio=limits.ratio)


def _long_strings(data: mmap.mmap) -> Iterator[bytes]:
    """Yield strings of JSON that are long, or parts of them that are."""
    start, size = 0, len(data)
    while size - start > LONG_IRI:
        found = data.rfind(b'"', start, start + LONG_IRI)
        if found >= 0:
            start = found + 1
            continue
        end = data.find(b'"', start)
        yield data[start : end if end >= 0 else size]
        give_back(data, start, end)
        start = end + 1 if end >= 0 else size


def _blocks(data: mmap.mmap) -> Iterator[bytes]:
    """Yield a file block by block."""
    for start in range(0, len(data), _BLOCK):
        yield data[start : start + _BLOCK]
        give_back(data, start, start + _BLOCK)


def _texts_in(document: Any) -> Iterator[str]:
    """Yield the keys and texts in JSON."""
    waiting = [document]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            yield from value
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str):
            yield value


def _contexts_in(document: Any) -> Iterator[dict[str, Any]]:
    """Yield the contexts in JSON, of lists of contexts each."""
    waiting = [(document, False)]
    while waiting:
        value, is_context = waiting.pop()
        if isinstance(value, dict):
            if is_context:
                yield value
            waiting += [(inner, key == "@context") for key, inner in value.items()]
        elif isinstance(value, list):
            waiting += [(inner, is_context) for inner in value]


def _measure_names(contexts: Iterable[dict[str, Any]]) -> tuple[dict[str, int], int]:
    """Return how long the IRIs are that names stand for, if they are long, and all bases one after another."""
    lengths: dict[str, int] = {}
    bases = 0
    for context in contexts:
        for name, stated in context.items():
            iri = stated.get("@id") if isinstance(stated, dict) else stated
            if not isinstance(iri, str):
                continue
            if name in {"@base", "@vocab"}:
                bases += len(iri)
                continue
            if len(iri) > LONG_IRI:
                lengths[name] = max(len(iri), lengths.get(name, 0))
    return lengths, bases if bases > LONG_IRI else 0


def _measure_text(text: str, lengths: Mapping[str, int], bases: int) -> int:
    """Return how long an IRI may be that a key or text stands for; nothing if it is not long."""
    if text in lengths:
        return lengths[text]
    prefix, colon, _rest = text.partition(":")
    return lengths.get(prefix, 0) if colon else 0 if text.startswith("@") else bases


# ---- XML


@dataclass(slots=True)
class _XmlScan:
    """Reads XML for its entities and its depth alone."""

    limits: RdfLimits
    name: str
    depth: int = 0
    entities: dict[str, int] = field(default_factory=dict)

    def check(self, data: mmap.mmap) -> None:
        """Raise if XML exceeds limits; what is no XML is left to the parser."""
        parser = expat.ParserCreate()
        parser.EntityDeclHandler = self._declare
        # Whatever an entity stands for is not read here: references are counted.
        parser.DefaultHandler = _ignore
        parser.SkippedEntityHandler = _ignore
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            for start in range(0, len(data), _BLOCK):
                parser.Parse(data[start : start + _BLOCK], False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            # The parser may read on where this one does not, and expand what was not counted.
            if find_mark(data, b"<!ENTITY") < 0:
                return
            reason = expat.ErrorString(error.code)
            raise NotRdf.of("checking.xml-broken", f"{self.name}:{error.lineno}", reason=reason) from error
        except (LookupError, ValueError) as error:
            raise refuse_parser_encoding(error, self.name) from error
        self._check_references(data)

    def _declare(
        self,
        entity: str,
        is_parameter: bool,
        value: str | None,
        _base: Any,
        system: str | None,
        _public: Any,
        _kind: Any,
    ) -> None:
        """Take in an entity if it is harmless."""
        if is_parameter or system or value is None:
            raise NotRdf.of("checking.entity", self.name)
        size = len(value.encode())
        for reference in _REFERENCE.findall(value.encode()):
            size += self.entities.get(reference.decode(errors="replace"), 0)
        self.entities.setdefault(entity, size)
        self._check_size(size)

    def _check_references(self, data: mmap.mmap) -> None:
        """Raise if what all entities stand for is too much."""
        if not self.entities.keys() - _PREDEFINED:
            return
        size = 0
        for match in _REFERENCE.finditer(data):
            size += self.entities.get(match[1].decode(errors="replace"), 0)
            # A file may say a short thing as often as it likes, but not grow many times over.
            if size > len(data) * self.limits.ratio:
                self._check_size(size)
        self._check_size(size - len(data) * 10)

    def _check_size(self, size: int) -> None:
        """Raise if entities stand for too much."""
        if size > self.limits.entities:
            raise exceeded("entities", self.limits.entities, "entities", self.name)

    def _start(self, _name: str, _attributes: Any) -> None:
        """Go one level down."""
        self.depth += 1
        if self.depth > self.limits.depth:
            raise exceeded("depth", self.limits.depth, "xml", self.name)

    def _end(self, _name: str) -> None:
        """Go one level up."""
        self.depth -= 1


_ignore: Callable[..., None] = lambda *_arguments: None  # noqa: E731 - a handler that does nothing
