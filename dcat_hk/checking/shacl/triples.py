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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph

from ...core.errors import NotReadable
from ..sources import Intake, RdfFile
from ..sources.syntaxes import LINES, refusal, statements

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
#: So much of a file is looked at together for prefixes.
_STRETCH = 1 << 20
#: The label that pyoxigraph makes up for a blank node without one: another each time that a file is read.
_MADE_UP = re.compile(r"_:[a-f][0-9a-f]{15,31}")
_LIKE_MADE_UP = re.compile(rb"_:[a-f][0-9a-f]{15,31}")
#: What the labels begin with that we give instead.
_ANONYMOUS = "_:anonymous."


@dataclass(frozen=True, slots=True)
class FilePiece:
    """Part of a file: bytes from start to end, after bytes that declare prefixes."""

    file: RdfFile
    start: int = 0
    end: int = 0
    head: bytes = b""
    mark: str = ""

    def quads(self) -> Iterable[Any]:
        """
        Return the quads of the piece, terms as pyoxigraph has them.

        Raises:
            NotReadable: The file cannot be opened.
        """
        file = self.file
        try:
            if not self.end:
                return statements(file.path, file.kind, file.base)
            data = self.head + self.read_bytes()
        except OSError as error:
            raise NotReadable(f"The file cannot be read: {error.strerror}.", file.name) from error
        return statements(data, file.kind, file.base)

    def read_bytes(self) -> bytes:
        """Return the bytes of a piece that is not a whole file, without those put before them."""
        with self.file.path.open("rb") as file:
            file.seek(self.start)
            return file.read(self.end - self.start)

    def may_have_made_up_labels(self) -> bool:
        """Return whether it may have blank nodes without a label: lines of N-Triples have none, Turtle has brackets."""
        if self.file.kind in LINES:
            return False
        if not self.end:
            return True
        data = self.read_bytes()
        return any(mark in data for mark in (b"[", b"(", b"_:"))

    def lines_before(self) -> int:
        """Return how many lines of the file stand before the piece, less those of the prefixes put before it."""
        if not self.end:
            return 0
        with self.file.path.open("rb") as file:
            return file.read(self.start).count(b"\n") - self.head.count(b"\n")


def divide(files: Iterable[RdfFile], first: int = 0) -> list[FilePiece]:
    """
    Return the pieces of files, always the same ones.

    Args:
        files: What `Intake` gave.

        first: The number of the first file among all of a graph, so that blank nodes of two files stay apart.

    Raises:
        NotReadable: A file cannot be opened.
    """
    pieces: list[FilePiece] = []
    for number, file in enumerate(files, first):
        try:
            pieces += _cut(FilePiece(file, mark=f"f{number}." if number else ""))
        except OSError as error:
            raise NotReadable(f"The file cannot be read: {error.strerror or error}.", file.name) from error
    return pieces


def _cut(whole: FilePiece) -> list[FilePiece]:
    """Return the pieces of a file."""
    path, kind = whole.file.path, whole.file.kind
    size = path.stat().st_size
    step = min(PIECE, size // _LEAST_PIECES + 1)
    if size < PIECE // 10 or (kind not in LINES and kind != pyoxigraph.RdfFormat.TURTLE):
        return [whole]
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if kind in LINES:
            ends = _line_ends(data, step)
            head = 0
        else:
            head = _end_of_prefixes(data, whole.file)
            if head < 0:
                return [whole]
            ends = _statement_ends(data, head, step)
        prefixes = data[:head]
    starts = [head, *ends[:-1]]
    return [
        FilePiece(whole.file, start, end, prefixes, whole.mark)
        for start, end in zip(starts, ends, strict=True)
        if end > start
    ]


def _line_ends(data: mmap.mmap, step: int) -> list[int]:
    """Return where pieces of whole lines end."""
    ends, at = [], step
    while at < len(data):
        newline = data.find(b"\n", at)
        if newline < 0:
            break
        ends.append(newline + 1)
        at = newline + 1 + step
    return [*ends, len(data)]


def _end_of_prefixes(data: mmap.mmap, file: RdfFile) -> int:
    """Return where prefixes end, or -1 if the file may not be cut."""
    if data.find(b'"""') >= 0 or data.find(b"'''") >= 0:
        return -1
    end = 0
    for start in range(0, len(data), _STRETCH):
        # A directive that lies across two stretches is seen whole in the first of them.
        for directive_end in _directives(data[start : start + _STRETCH + _HEAD // 100].lower()):
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
    ends, at = [], head + step
    while at < len(data):
        line = None
        start = data.find(b"\n", at) + 1
        while start and line is None:
            line = _STATEMENT_END.match(data, start)
            start = data.find(b"\n", start) + 1
        if line is None:
            break
        ends.append(line.end())
        at = line.end() + step
    return [*ends, len(data)]


# ---- terms


def term(value: Any) -> str:
    """
    Return a term of pyoxigraph or rdflib, or a string of N-Triples, as N-Triples has it.

    >>> term(pyoxigraph.Literal("x", language="en"))
    '"x"@en'
    """
    kind = type(value).__name__
    if kind == "URIRef":
        return f"<{value}>"
    if kind == "BNode":
        return f"_:{value}"
    if kind == "Literal" and isinstance(value, str):
        return _literal(value)
    return str(value)


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
            for subject, pairs in blocks(piece):
                for number in range(0, len(pairs), 2):
                    yield subject, pairs[number], pairs[number + 1]


def blocks(piece: FilePiece) -> Iterator[tuple[str, list[str]]]:
    """
    Yield neighbouring triples of a subject: it, and predicates and objects in turn.

    Raises:
        NotReadable: The file cannot be opened.

        NotRdf: The piece holds no RDF that can be read.
    """
    neighbours = _plain(piece)
    if piece.may_have_made_up_labels():
        neighbours = _renamed(neighbours, _BlankLabels(piece))
    if piece.mark:
        neighbours = _marked(neighbours, piece.mark)
    try:
        yield from neighbours
    except (SyntaxError, ValueError, MemoryError) as error:
        raise refusal(error, piece.file.name, piece.lines_before()) from error


def _plain(piece: FilePiece) -> Iterator[tuple[str, list[str]]]:
    """Yield the blocks of a piece, blank nodes as pyoxigraph labels them."""
    names: dict[Any, str] = {}
    last, name, pairs = None, "", list[str]()
    for subject, predicate, object_, _graph in piece.quads():
        if subject != last:
            if pairs:
                yield name, pairs
            last, name, pairs = subject, str(subject), []
        predicate_name = names.get(predicate)
        if predicate_name is None:
            predicate_name = names[predicate] = str(predicate)
        pairs.append(predicate_name)
        pairs.append(str(object_))
    if pairs:
        yield name, pairs


def _renamed(blocks: Iterable[tuple[str, list[str]]], labels: _BlankLabels) -> Iterator[tuple[str, list[str]]]:
    """Yield blocks with blank nodes under labels that are always the same."""
    for subject, pairs in blocks:
        name = labels[subject] if subject[0] == "_" else subject
        for number in range(1, len(pairs), 2):
            if pairs[number][0] == "_":
                pairs[number] = labels[pairs[number]]
        yield name, pairs


class _BlankLabels(dict[str, str]):
    """
    Labels of blank nodes that are the same each time that a piece is read.

    A blank node without a label is numbered within its piece, which it never leaves. A label of the file is kept,
    though it look like a made-up one: in another piece it means the same blank node.
    """

    def __init__(self, piece: FilePiece) -> None:
        """Find the labels that look like made-up ones and are not."""
        super().__init__()
        self._start, self._kept = piece.start, set[str]()
        self._count = 0
        if piece.end:
            self._kept = {label.decode() for label in _LIKE_MADE_UP.findall(piece.read_bytes())}

    def __missing__(self, label: str) -> str:
        """Return the label for one that pyoxigraph gives."""
        if _MADE_UP.fullmatch(label) and label not in self._kept:
            self._count += 1
            self[label] = f"{_ANONYMOUS}{self._start}.{self._count}"
            return self[label]
        return label.replace(_ANONYMOUS, f"{_ANONYMOUS}x", 1) if label.startswith(_ANONYMOUS) else label


def _marked(blocks: Iterable[tuple[str, list[str]]], mark: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the blocks of a further file, whose blank nodes are other ones than those of the files before."""
    blank = f"_:{mark}"
    for subject, pairs in blocks:
        for number in range(1, len(pairs), 2):
            if pairs[number].startswith("_:"):
                pairs[number] = blank + pairs[number][2:]
        yield (blank + subject[2:] if subject.startswith("_:") else subject), pairs
