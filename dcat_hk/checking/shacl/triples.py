"""
Files -> triples as strings of N-Triples, file by file or piece by piece. The only module here that knows pyoxigraph.

A file is cut into pieces where that is certain to be right: lines of N-Triples and N-Quads always; Turtle only if it
has no text over several lines and all its prefixes stand at its beginning. Anything else is one piece. Named graphs
are read as one graph.

Spec: RDF 1.1 Turtle, sections 2.4 and 6.5; RDF 1.1 N-Quads.
"""

from __future__ import annotations

import mmap
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

import pyoxigraph

from ...core.errors import NotReadable
from ...core.wording.refusals import SystemReason
from ..sources import Intake, RdfFile
from ..sources.mapped import find_mark, give_back, open_mapped
from ..sources.syntaxes import LINES, refusal, statements
from .neighbourhood import Block

Output = TypeVar("Output")

#: A piece is about so many bytes, if the file can be cut, or less, so that a file has at least so many pieces. Neither
#: depends on the number of processes, since blank nodes are named by the piece that they stand in.
PIECE, _LEAST_PIECES = 2_000_000, 32
#: A line of Turtle that begins outside any text or IRI and ends with the end of a statement.
_STATEMENT_END = re.compile(rb"""(?:[^"'<#\\\n]|<[^>\n]*>|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')*\.[ \t\r]*\n""")
_DIRECTIVE = re.compile(rb"""(?:@prefix|@base|\bprefix\s+(?:[^\s<"]*:\s*[<#]|#)|\bbase\s*[<#])""")
#: rdflib turns these around; XML Schema knows them as here.
_REALS = {"inf": "INF", "-inf": "-INF", "nan": "NaN"}
#: Prefixes are looked for in so many bytes.
_HEAD = 100_000
#: Marks of texts over several lines.
_LONG_QUOTES = (b'"""', b"'''")
#: So much of a file is looked at together for prefixes.
_STRETCH = 1 << 20
#: The label that pyoxigraph makes up for a blank node without one: another each time that a file is read.
_MADE_UP = re.compile(r"_:[a-f][0-9a-f]{15,31}")
_LIKE_MADE_UP = re.compile(rb"_:[a-f][0-9a-f]{15,31}")
#: What the labels begin with that we give instead.
_ANONYMOUS = "_:anonymous."


class WronglyCut(Exception):
    """A file was cut without being looked at before, and may not be cut: another piece means something else alone."""


@dataclass(frozen=True, slots=True)
class FilePiece:
    """
    Part of a file: bytes from start to end, after bytes that declare prefixes.

    `is_guess` says that whoever reads the piece must see whether the file may be cut. `data` is what stands in the
    piece where it is read on another machine, which has no such file.
    """

    file: RdfFile
    start: int = 0
    end: int = 0
    head: bytes = b""
    mark: str = ""
    is_guess: bool = False
    data: bytes | None = None

    def with_bytes(self) -> FilePiece:
        """
        Return the piece with what stands in it, to be read on another machine.

        Raises:
            NotReadable: The file cannot be opened.
        """
        try:
            return replace(self, data=self._read_bytes() if self.end else self.file.path.read_bytes())
        except OSError as error:
            raise NotReadable.of("inputs.unreadable", self.file.name, reason=SystemReason.of(error)) from error

    @property
    def size(self) -> int:
        """Return how many bytes it has."""
        return self.end - self.start if self.end else self.file.path.stat().st_size

    def quads(self) -> Iterable[Any]:
        """
        Return the quads of the piece, terms as pyoxigraph has them.

        Raises:
            NotReadable: The file cannot be opened.

            WronglyCut: A text over several lines may lie across the ends of the piece.
        """
        file = self.file
        try:
            whole = file.path if self.data is None else self.data
            source = self.head + self._read_bytes() if self.end else whole
            if self.is_guess and isinstance(source, bytes) and any(quotes in source for quotes in _LONG_QUOTES):
                raise WronglyCut
            return statements(source, file.kind, file.base, file.ratio)
        except OSError as error:
            raise NotReadable.of("inputs.unreadable", file.name, reason=SystemReason.of(error)) from error

    def _read_bytes(self) -> bytes:
        """Return the bytes of a piece that is not a whole file, without those put before them."""
        if self.data is not None:
            return self.data
        with self.file.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.end - self.start)

    def check_prefixes(self, quads: Any) -> None:
        """
        Raise `WronglyCut` if other prefixes, or another base, hold at the end of a piece than at its beginning.

        Args:
            quads: What `quads` returned, read to the end.
        """
        head = cast(Any, statements(self.head, self.file.kind, self.file.base))
        deque(head, maxlen=0)
        if (head.prefixes, head.base_iri) != (quads.prefixes, quads.base_iri):
            raise WronglyCut

    def stated_labels(self) -> set[str] | None:
        """
        Return the labels of blank nodes in the text of the piece that look like made-up ones.

        None if it may have no made-up ones: lines of N-Triples have none, and in Turtle there are brackets around what
        has no label. Of what is no such text no label is looked for: it is read as a whole, and none meets another.
        """
        if self.file.kind in LINES:
            return None
        if not self.end:
            return set()
        data = self._read_bytes()
        if b"_:" not in data:
            return set() if b"[" in data or b"(" in data else None
        return {label.decode() for label in _LIKE_MADE_UP.findall(data)}

    def lines_before(self) -> int:
        """Return how many lines of the file stand before the piece, less those of the prefixes put before it."""
        if not self.end or self.data is not None:
            # Of bytes that came from another machine, that one knows.
            return 0
        with self.file.path.open("rb") as file:
            return file.read(self.start).count(b"\n") - self.head.count(b"\n")


def divide(files: Iterable[RdfFile], first: int = 0, *, guess: bool = False) -> list[FilePiece]:
    """
    Return the pieces of files, always the same ones.

    Files that may be cut are cut in the same way whether that is guessed or not.

    Args:
        files: What `Intake` gave.

        first: The number of the first file among all of a graph, so that blank nodes of two files stay apart.

        guess: Whether files of Turtle are cut without being looked at from end to end. `blocks` raises `WronglyCut`
            for a piece of one that may not be cut; then it must be asked for pieces without a guess.

    Raises:
        NotReadable: A file cannot be opened.
    """
    pieces: list[FilePiece] = []
    for number, file in enumerate(files, first):
        try:
            pieces += _cut(FilePiece(file, mark=f"f{number}." if number else ""), guess)
        except OSError as error:
            raise NotReadable.of("inputs.unreadable", file.name, reason=SystemReason.of(error)) from error
    return pieces


def in_pieces(files: Sequence[RdfFile], work: Callable[[list[FilePiece]], Output]) -> Output:
    """
    Return what a function returns for the pieces of files, which are looked at from end to end only if they must be.

    Args:
        files: What `Intake` gave.

        work: Reads all pieces; called a second time if the first ones were a wrong guess.

    Raises:
        NotReadable: A file cannot be opened.
    """
    try:
        return work(divide(files, guess=True))
    except WronglyCut:
        return work(divide(files))


def _cut(whole: FilePiece, guess: bool) -> list[FilePiece]:
    """Return the pieces of a file."""
    path, kind = whole.file.path, whole.file.kind
    size = path.stat().st_size
    step = min(PIECE, size // _LEAST_PIECES + 1)
    if size < PIECE // 10 or (kind not in LINES and kind != pyoxigraph.RdfFormat.TURTLE):
        return [whole]
    with open_mapped(path) as data:
        if kind in LINES:
            ends = _line_ends(data, step)
            head, guess = 0, False
        else:
            head = _end_of_prefixes(data, whole.file, guess)
            if head < 0:
                return [whole]
            ends = _statement_ends(data, head, step)
        prefixes = data[:head]
    starts = [head, *ends[:-1]]
    return [
        FilePiece(whole.file, start, end, prefixes, whole.mark, guess)
        for start, end in zip(starts, ends, strict=True)
        if end > start
    ]


def _line_ends(data: mmap.mmap, step: int) -> list[int]:
    """Return where pieces of whole lines end."""
    ends, at, given_back = [], step, 0
    while at < len(data):
        newline = find_mark(data, b"\n", at)
        if newline < 0:
            break
        ends.append(newline + 1)
        # With a page come those around it.
        give_back(data, given_back, newline)
        given_back = newline
        at = newline + 1 + step
    return [*ends, len(data)]


def _end_of_prefixes(data: mmap.mmap, file: RdfFile, guess: bool) -> int:
    """Return where prefixes end, or -1 if the file may not be cut."""
    if not guess and any(find_mark(data, quotes) >= 0 for quotes in _LONG_QUOTES):
        return -1
    end = 0
    for start in range(0, _HEAD if guess else len(data), _STRETCH):
        # A directive that lies across two stretches is seen whole in the first of them.
        text = data[start : start + _STRETCH + _HEAD // 100].lower()
        give_back(data, start, start + _STRETCH)
        for directive_end in _directives(text):
            end = max(end, start + directive_end)
            if end > _HEAD:
                return -1
    end = data.find(b"\n", end) + 1 if end else 0
    try:
        alone = not any(True for _quad in statements(data[:end], file.kind, file.base))
    except SyntaxError:
        return -1
    return end if alone else -1


def _directives(text: bytes) -> Iterator[int]:
    """Yield where directives end in small letters; looking for the words first is far faster than the pattern alone."""
    for word in (b"prefix", b"base"):
        at = text.find(word)
        while at >= 0:
            match = _DIRECTIVE.match(text, max(at - 1, 0)) or _DIRECTIVE.match(text, at)
            if match:
                yield match.end()
            at = text.find(word, at + 1)


def _statement_ends(data: mmap.mmap, head: int, step: int) -> list[int]:
    """Return where pieces of whole statements end, looking at one line after another."""
    ends, at, given_back = [], head + step, 0
    while at < len(data):
        line = None
        start = data.find(b"\n", at) + 1
        while start and line is None:
            line = _STATEMENT_END.match(data, start)
            start = data.find(b"\n", start) + 1
        if line is None:
            break
        ends.append(line.end())
        give_back(data, given_back, line.end())
        given_back = line.end()
        at = line.end() + step
    return [*ends, len(data)]


# ---- terms


def term(value: Any) -> str:
    """
    Return a term of pyoxigraph or rdflib, or a string of N-Triples, as N-Triples has it.

    >>> term(pyoxigraph.Literal("x", language="en"))
    '"x"@en'
    >>> node = pyoxigraph.NamedNode("urn:a")
    >>> term(pyoxigraph.Triple(node, node, pyoxigraph.Literal("x")))
    '<<( <urn:a> <urn:a> "x" )>>'
    """
    kind = type(value).__name__
    if kind == "URIRef":
        return f"<{value}>"
    if kind == "BNode":
        return f"_:{value}"
    if kind == "Literal" and isinstance(value, str):
        return _literal(value)
    return _quoted(value) if isinstance(value, pyoxigraph.Triple) else str(value)


def _quoted(triple: pyoxigraph.Triple, labels: Mapping[str, str] | None = None) -> str:
    """Return a triple that is a term as N-Triples has it, blank nodes in it under other labels, if there are any."""
    parts = []
    for part in (triple.subject, triple.predicate, triple.object):
        text = _quoted(part, labels) if isinstance(part, pyoxigraph.Triple) else term(part)
        parts.append(labels[text] if labels is not None and text[0] == "_" else text)
    return f"<<( {' '.join(parts)} )>>"


def _literal(value: Any) -> str:
    """Return a literal of rdflib as N-Triples has it."""
    text, datatype = str(value), value.datatype
    if value.language:
        return f"{pyoxigraph.Literal(text)}@{value.language.lower()}"
    if datatype is None:
        return str(pyoxigraph.Literal(text))
    if str(datatype).endswith(("#double", "#float")):
        text = _REALS.get(text, text)
    return str(pyoxigraph.Literal(text, datatype=pyoxigraph.NamedNode(str(datatype))))


def strings(triples: Iterable[Any]) -> Iterator[tuple[str, str, str]]:
    """
    Yield triples (or quads) of pyoxigraph, rdflib or strings as strings of N-Triples.

    >>> list(strings([("<urn:s>", "<urn:p>", '"o"')]))
    [('<urn:s>', '<urn:p>', '"o"')]
    """
    for triple in triples:
        subject, predicate, object_ = tuple(triple)[:3]
        yield term(subject), term(predicate), term(object_)


def read_text(text: str) -> Iterator[tuple[str, str, str]]:
    """
    Yield the triples of a Turtle document that is at hand as text.

    Raises:
        SyntaxError: It is no Turtle.

    >>> list(read_text('<urn:s> <urn:p> "o"@EN .'))
    [('<urn:s>', '<urn:p>', '"o"@en')]
    """
    return strings(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE))


def blocks_of_text(text: str | bytes) -> Iterator[tuple[str, Block]]:
    """
    Yield neighbouring triples of a subject, as `blocks` does, of a Turtle document that is at hand.

    Args:
        text: The document. Its blank nodes keep the labels that pyoxigraph gives them.

    Raises:
        SyntaxError: It is no Turtle.

    >>> list(blocks_of_text("<urn:s> <urn:p> 1, 1, <urn:o> ."))
    [('<urn:s>', {'<urn:p>': ['"1"^^<http://www.w3.org/2001/XMLSchema#integer>', '<urn:o>']})]
    """
    return _grouped(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE), _SameLabels())


def read_triples(sources: Iterable[Path | RdfFile], first: int = 0) -> Iterator[tuple[str, str, str]]:
    """
    Yield the triples of small files, such as shapes.

    Args:
        sources: Whatever `Intake` takes in.

        first: The number of the first file, as `divide` takes it.

    Raises:
        NotReadable: A file cannot be opened.

        NotRdf: A file holds no RDF that can be read.
    """
    with Intake() as intake:
        for piece in divide(intake.files(sources), first):
            for subject, block in blocks(piece):
                for predicate, values in block.items():
                    for value in values:
                        yield subject, predicate, value


def blocks(piece: FilePiece) -> Iterator[tuple[str, Block]]:
    """
    Yield neighbouring triples of a subject: it, and its objects by predicate, each once.

    Raises:
        NotReadable: The file cannot be opened.

        NotRdf: The piece holds no RDF that can be read.

        WronglyCut: The piece is a guess, and its file may not be cut.
    """
    quads = piece.quads()
    try:
        yield from _grouped(quads, _BlankLabels(piece))
    except (SyntaxError, ValueError, MemoryError) as error:
        if piece.is_guess:
            raise WronglyCut from error
        raise refusal(error, piece.file.name, piece.lines_before()) from error
    if piece.is_guess:
        piece.check_prefixes(quads)


def _grouped(quads: Iterable[Any], labels: Mapping[str, str]) -> Iterator[tuple[str, Block]]:
    """Yield quads as blocks, blank nodes under other labels. It runs once for each triple: little must happen here."""
    names: dict[Any, str] = {}
    last, name = None, ""
    block: dict[str, list[str]] = {}
    several: list[list[str]] = []
    triple_type = pyoxigraph.Triple
    for quad in quads:
        subject = quad.subject
        if subject != last:
            if block:
                yield name, _without_repeats(block, several)
            last, name, block, several = subject, str(subject), {}, []
            if name[0] == "_":
                name = labels[name]
        predicate = quad.predicate
        key = names.get(predicate)
        if key is None:
            key = names[predicate] = str(predicate)
        object_ = quad.object
        value = str(object_) if type(object_) is not triple_type else _quoted(object_, labels)
        if value[0] == "_":
            value = labels[value]
        values = block.get(key)
        if values is None:
            block[key] = [value]
        else:
            if len(values) == 1:
                several.append(values)
            values.append(value)
    if block:
        yield name, _without_repeats(block, several)


def _without_repeats(block: dict[str, list[str]], several: Iterable[list[str]]) -> Block:
    """Return a block; of the lists of values that have several of them each keeps those that are no repetition."""
    for values in several:
        if len(set(values)) < len(values):
            values[:] = dict.fromkeys(values)
    return cast(Block, block)


class _SameLabels(dict[str, str]):
    """Labels of blank nodes, each that which the node has."""

    def __missing__(self, label: str) -> str:
        """Return a label as it is."""
        return label


class _BlankLabels(dict[str, str]):
    """
    Labels of blank nodes that are the same each time that a piece is read, and others in each file of a graph.

    A blank node without a label is numbered within its piece, which it never leaves. A label of the file is kept,
    though it look like a made-up one: in another piece it means the same blank node.
    """

    def __init__(self, piece: FilePiece) -> None:
        """Look for nothing yet: most pieces have no blank node."""
        super().__init__()
        self._piece, self._start, self._mark = piece, piece.start, f"_:{piece.mark}"
        self._count = 0

    @cached_property
    def _stated(self) -> set[str] | None:
        """Return the labels that look like made-up ones and are not; None if there are no made-up ones."""
        return self._piece.stated_labels()

    def __missing__(self, label: str) -> str:
        """Return the label for one that pyoxigraph gives."""
        if self._stated is not None:
            if _MADE_UP.fullmatch(label) and label not in self._stated:
                self._count += 1
                self[label] = self._mark + f"{_ANONYMOUS}{self._start}.{self._count}"[2:]
                return self[label]
            if label.startswith(_ANONYMOUS):
                label = label.replace(_ANONYMOUS, f"{_ANONYMOUS}x", 1)
        return self._mark + label[2:]
