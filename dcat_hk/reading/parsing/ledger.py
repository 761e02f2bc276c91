"""
Accounts for every character of a document: nothing is lost in silence.

In: a document and the claims that reading made on it. Out: a `Ledger`. What nobody claimed is left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...core.place import Place
from ...core.text import collapse, is_noise, join_lines, normalise, plain
from ...core.wording.plans import load_plan_wording
from ..documents import Document, Fragment, Span

_CELLS = load_plan_wording().cells
#: Bullets at the start of a text.
_BULLETS = re.compile(rf"\s*({_CELLS.bullet.pattern}\s*)+(?=\S)")

#: What a character can be: part of a row, heading, table header, note, page furniture; or left over.
KINDS = ("field", "heading", "header", "note", "furniture", "leftover")


@dataclass(frozen=True, slots=True)
class Leftover:
    """Text that belongs to no field, heading or note, and where it stands."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class Ledger:
    """How many non-blank characters were read, how many are of each kind, and the text left over."""

    characters: int
    accounted: dict[str, int]
    leftovers: tuple[Leftover, ...]


class Claims:
    """
    What each character of a document was read as.

    A character can be claimed once: reading it twice would be a mistake in a rule.
    """

    def __init__(self, document: Document) -> None:
        """Begin with nothing claimed."""
        self._document = document
        self._kinds = [bytearray(len(line)) for line in document.lines]

    def add(self, spans: Iterable[Span], kind: str) -> None:
        """
        Claim spans as one kind; signs in them that are no text become page furniture.

        Raises:
            ValueError: A character has been claimed before.
        """
        code, furniture = KINDS.index(kind) + 1, KINDS.index("furniture") + 1
        for span in spans:
            kinds, line = self._kinds[span.line], self._document.lines[span.line]
            claimed = [line[i] for i in range(span.start, span.end) if kinds[i] and not line[i].isspace()]
            if claimed:
                raise ValueError(f"claimed twice: {''.join(claimed)!r} in line {span.line + 1}")
            kinds[span.start : span.end] = bytes([code]) * (span.end - span.start)
            for start, end in signs(line[span.start : span.end]):
                kinds[span.start + start : span.start + end] = bytes([furniture]) * (end - start)

    def unite(self, other: Claims) -> None:
        """Take over the claims of another reading of the same document on what nobody claimed here."""
        for kinds, others in zip(self._kinds, other._kinds, strict=True):
            for position, kind in enumerate(others):
                kinds[position] = kinds[position] or kind

    def is_free(self, span: Span) -> bool:
        """Tell whether nothing in a span has been claimed."""
        return not any(self._kinds[span.line][span.start : span.end])

    def balance(self) -> Ledger:
        """Return the account of the whole document."""
        counts = [0] * (len(KINDS) + 1)
        leftovers: list[Leftover] = []
        for number, (line, kinds) in enumerate(zip(self._document.lines, self._kinds, strict=True)):
            for character, kind in zip(line, kinds, strict=True):
                if not character.isspace():
                    counts[kind] += 1
            text = "".join(c if not kind else " " for c, kind in zip(line, kinds, strict=True))
            if text.strip():
                leftovers.append(Leftover(self._document.place_of_lines(number, number), collapse(text)))
        accounted = dict(zip(KINDS, counts[1:], strict=True))
        accounted["leftover"] += counts[0]
        return Ledger(sum(counts), accounted, tuple(leftovers))


def signs(text: str) -> Iterator[tuple[int, int]]:
    """
    Yield where in a stretch of text something stands that is no text: markup, bullets, symbol glyphs.

    >>> list(signs("<ul>• 名單"))
    [(0, 4), (4, 6)]
    """
    folded = plain(text)
    starts = [0]
    for match in _CELLS.markup.finditer(folded) if "<" in text else ():
        yield match.span()
        starts.append(match.end())
    for start in starts:
        opening = _BULLETS.match(folded, start)
        if opening:
            yield opening.span()
    if not text.isprintable() or "\ufffd" in text:
        for position, character in enumerate(text):
            if is_noise(character):
                yield position, position + 1


def text_of(document: Document, fragments: Iterable[Fragment]) -> str:
    """
    Return the text of a field on one line: signs dropped, characters normalised, wrapped lines joined.

    Args:
        document: Where the fragments are.

        fragments: The field's text in reading order.
    """
    paragraphs: list[list[str]] = []
    for fragment in fragments:
        raw = document.slice(fragment.span)
        characters = list(raw)
        for start, end in signs(raw):
            characters[start:end] = " " * (end - start) if raw[start] == "<" else "\0" * (end - start)
        text = collapse(normalise("".join(characters).replace("\0", "")))
        if fragment.apart or not paragraphs:
            paragraphs.append([])
        if fragment.torn and paragraphs[-1]:
            paragraphs[-1][-1] += text
        else:
            paragraphs[-1].append(text)
    return collapse(" ".join(join_lines(lines) for lines in paragraphs))
