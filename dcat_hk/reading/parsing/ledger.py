"""
Accounts for every character of a document: nothing is lost in silence.

In: a document and the claims that reading made on it. Out: a `Ledger`. What nobody claimed is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...core.place import Place
from ...core.text import collapse, is_noise, join_lines, normalise, plain
from ...core.wording.plans import load_plan_wording
from ..documents import Document, Fragment, Row, Span

_CELLS = load_plan_wording().cells
#: Bullets at the start of a text.
_BULLETS = re.compile(rf"({_CELLS.bullet.pattern}\s*)+(?=\S)")

#: Texts are looked at by several passes, so that what their lines join to is remembered; longer ones are rare.
_LONGEST_REMEMBERED = 2000
#: The texts of so many rows of a document are remembered.
_MOST_ROWS = 1 << 14
#: A stretch of one kind in the kinds of a line's characters.
_STRETCH = re.compile(rb"(.)\1*", re.DOTALL)

#: What a character can be: part of a row, heading, table header, note, page furniture; or left over.
KINDS = ("field", "heading", "header", "note", "furniture", "leftover")
#: What stands for each kind where characters are claimed; 0 is what nobody claimed.
_CODES = {kind: bytes([code]) for code, kind in enumerate(KINDS, 1)}


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text that belongs to no field, heading or note, and where it stands."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class SharedText:
    """Text of a merged cell or a heading that is a field of other rows, too: where it stands, and where they do."""

    place: Place
    text: str
    rows: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Ledger:
    """
    How many non-blank characters were read, how many are of each kind, and the text left over.

    `shared` is text that holds for more rows than its own; its characters are counted once.
    """

    characters: int
    accounted: dict[str, int]
    leftovers: tuple[Leftover, ...]
    shared: tuple[SharedText, ...] = ()


class Claims:
    """
    What each character of a document was read as.

    A character can be claimed once: reading it twice would be a mistake in a rule.
    """

    def __init__(self, document: Document) -> None:
        """Begin with nothing claimed."""
        self._document = document
        self._kinds = [bytearray(len(line)) for line in document.lines]
        self._aside: dict[int, list[tuple[int, int]]] = {}
        self._shared: dict[tuple[Span, ...], list[Place]] = {}

    def add(self, spans: Iterable[Span], kind: str) -> None:
        """
        Claim spans as one kind; signs in them that are no text become page furniture.

        Raises:
            ValueError: A character has been claimed before.
        """
        for span in spans:
            for start, end in self._parts(span) if span.line in self._aside else (span[1:],):
                self._claim(span.line, start, end, kind)

    def set_aside(self, spans: Sequence[Span], kind: str) -> None:
        """
        Claim spans that are no part of what is read; later claims on stretches around them leave them out.

        Args:
            spans: What is set aside.

            kind: What it is.

        Raises:
            ValueError: A character has been claimed before.
        """
        self.add(spans, kind)
        for span in spans:
            self._aside[span.line] = sorted([*self._aside.get(span.line, ()), (span.start, span.end)])

    def share(self, spans: Sequence[Span], place: Place) -> None:
        """
        Take note that a row holds text that is claimed elsewhere.

        Args:
            spans: The text.

            place: Where the row is.
        """
        for line in dict.fromkeys(span.line for span in spans):
            self._shared.setdefault(tuple(span for span in spans if span.line == line), []).append(place)

    def _parts(self, span: Span) -> Iterator[tuple[int, int]]:
        """Yield the parts of a span that are not set aside."""
        start = span.start
        for first, last in self._aside.get(span.line, ()):
            if start < last and first < span.end:
                yield start, max(start, first)
                start = last
        yield start, max(start, span.end)

    def _claim(self, number: int, start: int, end: int, kind: str) -> None:
        """Claim a stretch of a line."""
        kinds, line = self._kinds[number], self._document.lines[number]
        if kinds[start:end].strip(b"\0"):
            claimed = [line[i] for i in range(start, end) if kinds[i] and not line[i].isspace()]
            if claimed:
                raise ValueError(f"claimed twice: {''.join(claimed)!r} in line {number + 1}")
        kinds[start:end] = _CODES[kind] * (end - start)
        for first, last in signs(line[start:end]):
            kinds[start + first : start + last] = _CODES["furniture"] * (last - first)

    def unite(self, other: Claims) -> None:
        """Take over the claims of another reading of the same document on what nobody claimed here."""
        for kinds, others in zip(self._kinds, other._kinds, strict=True):
            for position, kind in enumerate(others):
                kinds[position] = kinds[position] or kind

    def copy(self) -> Claims:
        """Return claims that say the same, and go on by themselves."""
        other = Claims(self._document)
        other.replace(self)
        return other

    def replace(self, other: Claims) -> None:
        """Take over the claims of another reading of the same document, and forget all of these."""
        self._kinds = [bytearray(kinds) for kinds in other._kinds]
        self._aside = {line: list(stretches) for line, stretches in other._aside.items()}
        self._shared = {spans: list(places) for spans, places in other._shared.items()}

    def is_free(self, span: Span) -> bool:
        """Tell whether nothing in a span has been claimed."""
        return not any(self._kinds[span.line][span.start : span.end])

    def balance(self) -> Ledger:
        """Return the account of the whole document."""
        counts = [0] * (len(KINDS) + 1)
        leftovers: list[Leftover] = []
        for number, (line, kinds) in enumerate(zip(self._document.lines, self._kinds, strict=True)):
            unclaimed: list[str] = []
            for kind, start, end in _stretches_of(kinds):
                text = line[start:end]
                counts[kind] += len("".join(text.split()))
                unclaimed += [] if kind else [text]
            text = collapse(" ".join(unclaimed))
            if text:
                leftovers.append(Leftover(self._document.place_of_lines(number, number), text))
        accounted = dict(zip(KINDS, counts[1:], strict=True))
        accounted["leftover"] += counts[0]
        shared = [
            SharedText(self._document.place(spans), " ".join(map(self._document.slice, spans)), tuple(rows))
            for spans, rows in sorted(self._shared.items())
        ]
        return Ledger(sum(counts), accounted, tuple(leftovers), tuple(shared))


def _stretches_of(kinds: bytearray) -> list[tuple[int, int, int]]:
    """Return the stretches of one kind in a line, each with its kind; the line of a cell has one."""
    if kinds.count(kinds[:1]) == len(kinds):
        return [(kinds[0], 0, len(kinds))] if kinds else []
    return [(match[0][0], *match.span()) for match in _STRETCH.finditer(kinds)]


@lru_cache(maxsize=1 << 14)
def signs(text: str) -> tuple[tuple[int, int], ...]:
    """
    Return where in a stretch of text something stands that is no text: markup, bullets, symbol glyphs.

    >>> signs("<ul>• 名單")
    ((0, 4), (4, 6))
    """
    return tuple(_find_signs(text))


def _find_signs(text: str) -> Iterator[tuple[int, int]]:
    """Yield where something stands that is no text."""
    folded = plain(text)
    starts = [0]
    for match in _CELLS.markup.finditer(folded) if "<" in text else ():
        yield match.span()
        starts.append(match.end())
    for start in starts:
        # Blanks before it are skipped here: a pattern that begins with any number of them is slow to search for.
        first = len(folded) - len(folded[start:].lstrip())
        if opening := _BULLETS.match(folded, first):
            yield start, opening.end()
    if not text.isprintable() or "\ufffd" in text:
        for position, character in enumerate(text):
            if is_noise(character):
                yield position, position + 1


@lru_cache(maxsize=1 << 14)
def clean_text(raw: str) -> str:
    """
    Return a stretch of text on one line: signs dropped, characters normalised.

    >>> clean_text("• 名單  (CSV)")
    '名單 (CSV)'
    """
    stretches = signs(raw)
    if not stretches:
        return collapse(normalise(raw))
    characters = list(raw)
    for start, end in stretches:
        characters[start:end] = " " * (end - start) if raw[start] == "<" else "\0" * (end - start)
    return collapse(normalise("".join(characters).replace("\0", "")))


def text_of(document: Document, fragments: Sequence[Fragment]) -> str:
    """
    Return the text of a field on one line: signs dropped, characters normalised, wrapped lines joined.

    Args:
        document: Where the fragments are.

        fragments: The field's text in reading order.
    """
    if len(fragments) == 1:
        return clean_text(document.slice(fragments[0].span))
    pieces = tuple((document.slice(fragment.span), fragment.apart, fragment.torn) for fragment in fragments)
    is_short = sum(len(text) for text, _apart, _torn in pieces) <= _LONGEST_REMEMBERED
    return _join_pieces(pieces) if is_short else _join_pieces.__wrapped__(pieces)


def texts_of(document: Document, row: Row) -> list[str]:
    """Return the texts of the cells of a row, see `text_of`."""
    texts = document.texts.get(row)
    if texts is None:
        texts = tuple([text_of(document, cell) if cell else "" for cell in row.cells])
        if len(document.texts) < _MOST_ROWS:
            document.texts[row] = texts
    return list(texts)


@lru_cache(maxsize=1 << 14)
def _join_pieces(pieces: tuple[tuple[str, bool, bool], ...]) -> str:
    """Return the text of pieces; of each is known whether it begins a paragraph, or is the rest of a word."""
    paragraphs: list[list[str]] = []
    for raw, apart, torn in pieces:
        text = clean_text(raw)
        if apart or not paragraphs:
            paragraphs.append([])
        if torn and paragraphs[-1]:
            paragraphs[-1][-1] += text
        else:
            paragraphs[-1].append(text)
    return collapse(" ".join(join_lines(lines) for lines in paragraphs))
