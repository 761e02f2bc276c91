"""
Where on a page of a PDF the letters of a document's lines stand.

In: a page with its stretches and cells, and the document that was made of all pages. Out: boxes of letters by line and
character.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from ..documents import Document, Span
from ..documents.pdf.assembly import PdfPage
from ..documents.pdf.textlines import TextLine

#: How far letters go up and down from their baseline, in sizes of the font.
_ASCENT, _DESCENT = 0.86, 0.18


class Box(NamedTuple):
    """A rectangle on a page, growing to the right and downwards."""

    left: float
    top: float
    right: float
    bottom: float


class Letter(NamedTuple):
    """A character on a page and its box."""

    text: str
    box: Box
    baseline: float
    em: float


def letters_of(line: TextLine) -> list[Letter]:
    """Return the characters of a visual line, from left to right."""
    return [
        Letter(
            text,
            Box(left, stretch.baseline - _ASCENT * stretch.em, right, stretch.baseline + _DESCENT * stretch.em),
            stretch.baseline,
            stretch.em,
        )
        for stretch in line.stretches
        for text, left, right in zip(stretch.text, stretch.lefts, stretch.rights, strict=True)
    ]


def text_lines_of(page: PdfPage) -> list[list[TextLine]]:
    """
    Return the visual lines of a page: those of each cell together, then each of the others.

    Text that runs another way or outside of the page is numbered after the lines of the page, as in the document.
    """
    cells = [lines for table in page.tables for lines in table.lines.values()]
    for number, stray in enumerate(page.strays, max((line.number for line in page.lines), default=0) + 1):
        stray.line = number
    return [*cells, *([line] for line in page.lines), *([TextLine([stray])] for stray in page.strays)]


def words_of(letters: Iterable[Letter]) -> list[list[Letter]]:
    """
    Return letters cut at blanks.

    >>> box = Box(0, 0, 5, 10)
    >>> [len(word) for word in words_of(Letter(text, box, 8, 10) for text in "to be")]
    [2, 2]
    """
    words: list[list[Letter]] = [[]]
    for letter in letters:
        if letter.text.isspace():
            words.append([])
        else:
            words[-1].append(letter)
    return [word for word in words if word]


def surround(boxes: Iterable[Box]) -> Box:
    """
    Return the smallest box around boxes, of which there is at least one.

    >>> surround([Box(0, 5, 9, 9), Box(3, 0, 12, 4)])
    Box(left=0, top=0, right=12, bottom=9)
    """
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return Box(min(lefts), min(tops), max(rights), max(bottoms))


class PageLetters:
    """
    The letters of a page by the lines of the document.

    Args:
        page: A page.

        document: What was made of all pages; its places say which lines are of this page.
    """

    def __init__(self, page: PdfPage, document: Document) -> None:
        """Look up the lines of the page."""
        self._lines: dict[int, list[Letter]] = {}
        groups = text_lines_of(page)
        used: set[tuple[int, int]] = set()
        wanted = f"page {page.number}, line "
        for number, place in enumerate(document.places):
            if place.startswith(wanted):
                visual = int(place.removeprefix(wanted)) - 1
                self._lines[number] = _find(groups, visual, document.lines[number], used)

    def at(self, document: Document, span: Span) -> list[Letter]:
        """Return the letters of a stretch of a line, nothing if they are on another page or cannot be found."""
        letters = self._lines.get(span.line, [])
        before = _count(document.lines[span.line][: span.start])
        return letters[before : before + _count(document.slice(span))]


def _count(text: str) -> int:
    """Return how many characters are no blanks."""
    return sum(1 for character in text if not character.isspace())


def _find(groups: Sequence[Sequence[TextLine]], visual: int, text: str, used: set[tuple[int, int]]) -> list[Letter]:
    """Return the letters of a document's line that begins in a visual line, without blanks."""
    wanted = "".join(text.split())
    for place, (group, start) in enumerate(_starts(groups, visual)):
        letters = [letter for line in group[start:] for letter in letters_of(line) if not letter.text.isspace()]
        count = 0
        length = 0
        while count < len(letters) and length < len(wanted):
            length += len(letters[count].text)
            count += 1
        if wanted and (visual, place) not in used and "".join(each.text for each in letters[:count]) == wanted:
            used.add((visual, place))
            return letters[:count]
    return []


def _starts(groups: Sequence[Sequence[TextLine]], visual: int) -> Iterator[tuple[Sequence[TextLine], int]]:
    """Yield the groups of lines, and from which line on, that have a line of a number."""
    for group in groups:
        for start, line in enumerate(group):
            if line.number == visual:
                yield group, start
