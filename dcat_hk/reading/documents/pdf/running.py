"""
Pages -> the lines that are no part of the text: heads, feet and page numbers that stand at one place of many pages.

In: the lines and tables of all pages. Out: which lines run. It knows no wording.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from .assembly import PdfPage
from .textlines import TextLine, runs_of

#: A head or foot has no more lines than this, and no more parts beside one another.
_MOST_LINES = 3
_MOST_RUNS = 3
#: It stands on this share of the pages, to allow for odd and even ones; of a few pages on at least two.
_SHARE = 0.4
_FEW = 3
#: It is within this share of the page's height, and its place differs by so many points at most.
_MARGIN = 0.15
_SAME_PLACE = 3.0
#: Between it and the text is a gap of so many sizes of the font, from baseline to baseline.
_GAP = 2.0

#: A line with the number of its page is no longer than this.
_LONGEST_NUMBER = 16
_NUMBER = re.compile(r"\d{1,4}")
_BARE_NUMBER = re.compile(r"[-–—.\s]{0,4}\d{1,4}[-–—.\s]{0,4}")
_DIGITS = re.compile(r"\d+")
#: What begins with a letter or number of its own, as headings do, is text. In what is compared, each number is a `#`,
#: and blanks are left out.
_ENUMERATED = re.compile(r"[(\[]?(?:[A-Za-z]{1,3}|#|[^\W\d_A-Za-z]{1,2})(?:[)\]][.、]?|[.、])[^\W\d_]{2}")
_BLANKS = re.compile(r"\s+")


def find_running(pages: Sequence[PdfPage]) -> dict[int, bool]:
    """
    Return the lines that run, by identity, and whether a line is the first of its kind.

    Args:
        pages: All pages of the document.
    """
    places: defaultdict[tuple[str, int, str], list[list[TextLine]]] = defaultdict(list)
    for page in pages:
        for edge, rank, line in _outer(page):
            if not _ENUMERATED.match(text := _text(line)):
                _add(places[edge, rank, text], line)
    least = 2 if len(pages) <= _FEW else max(_FEW, _SHARE * len(pages))
    first_of_kind = dict.fromkeys(_numbers_of_pages(pages), False)
    for groups in places.values():
        for group in groups:
            if len(group) >= least:
                first_of_kind |= {id(line): index == 0 for index, line in enumerate(group)}
    return first_of_kind


def _numbers_of_pages(pages: Sequence[PdfPage]) -> Iterator[int]:
    """
    Yield the outermost lines that number pages, by identity, however near to the text they stand.

    They count the pages at one place, or are the number of their page outside of a table.
    """
    kinds: defaultdict[tuple[str, str, int], list[list[TextLine]]] = defaultdict(list)
    for page in pages:
        for edge, lines in _edges(page):
            text = "".join(words for words, _left, _right in runs_of(lines[0])) if lines else ""
            number = _NUMBER.search(text)
            if not number or len(text) > _LONGEST_NUMBER:
                continue
            _add(kinds[edge, _text(lines[0]), int(number[0]) - page.number], lines[0])
            if page.tables and _BARE_NUMBER.fullmatch(text) and int(number[0]) == page.number:
                yield id(lines[0])
    for groups in kinds.values():
        for group in groups:
            if len(group) > 1:
                yield from map(id, group)


def _add(groups: list[list[TextLine]], line: TextLine) -> None:
    """Add a line to those that stand at the same place."""
    for group in groups:
        last = group[-1]
        if (
            abs(last.baseline - line.baseline) < _SAME_PLACE
            and abs(last.stretches[0].left - line.stretches[0].left) < _SAME_PLACE * 4
        ):
            group.append(line)
            return
    groups.append([line])


def _text(line: TextLine) -> str:
    """Return the text of a line without blanks, all numbers alike."""
    return _DIGITS.sub("#", _BLANKS.sub("", "".join(words for words, _left, _right in runs_of(line))))


def _edges(page: PdfPage) -> tuple[tuple[str, list[TextLine]], ...]:
    """Return the lines at the top and at the bottom of a page outside of its tables, the outermost first."""
    tops = [table.lattice.top for table in page.tables]
    bottoms = [table.lattice.ys[-1] for table in page.tables]
    margin = _MARGIN * (page.bottom - page.top)
    above = [line for line in page.lines if line.baseline < min([page.top + margin, *tops])]
    below = [line for line in reversed(page.lines) if line.baseline - line.em > max([page.bottom - margin, *bottoms])]
    return ("top", above), ("bottom", below)


def _outer(page: PdfPage) -> Iterator[tuple[str, int, TextLine]]:
    """Yield the lines at the edges of a page that a gap parts from its text: edge, how far in, line."""
    tops = [table.lattice.top for table in page.tables]
    bottoms = [table.lattice.ys[-1] for table in page.tables]
    for edge, outer in _edges(page):
        count = _parted(outer, [line for line in page.lines if line not in outer], tops, bottoms)
        for rank, line in enumerate(outer[:count]):
            yield edge, rank, line


def _parted(
    outer: Sequence[TextLine], others: Sequence[TextLine], tops: Sequence[float], bottoms: Sequence[float]
) -> int:
    """Return how many of the outermost lines are parted from the rest by a gap."""
    best = 0
    for count, line in enumerate(outer[:_MOST_LINES], 1):
        if len(runs_of(line)) > _MOST_RUNS:
            break
        rest = [other.baseline for other in (*outer[count:], *others)]
        rest += [top + line.em for top in tops] + list(bottoms)
        if all(abs(line.baseline - baseline) > _GAP * line.em for baseline in rest):
            best = count
    return best
