"""
Document -> what belongs to its pages and not to its text: running heads and feet, page numbers.

In: a document whose lines say on which page they are. Out: spans. It does not know what a plan is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...core.text import collapse, plain
from ...core.wording.plans import load_plan_wording
from ..documents import Document, Line, Span
from .positions.header import header_at
from .positions.words import words_of

_CELLS = load_plan_wording().cells
_FIGURES = re.compile(r"\d+")

#: A table's header that is repeated on every page is within so many lines.
_LINES_OF_A_HEADER = 8
#: What begins like this is text: a heading with a number or letter, a note in brackets, a row.
_NO_HEAD = re.compile(r"[(\[]|\w{1,3}[.)]|\d")
#: A running head has no more stretches than this.
_MOST_RUNS = 3
#: Points: it stands no farther from where it stands on another page.
_SAME_LEFT, _SAME_TOP = 12.0, 3.0

#: A running head is one of so many first lines of a text, too.
_LINES_WITH_HEAD = 3
#: Lines that are no more than a number, at most, that are looked at for numbers of pages.
_MOST_PAGES = 5000
#: A line at the foot of a page: words, the number of the page, how many there are.
_COUNTED_FOOT = re.compile(r"(?P<words>\S.{0,60}?)\s+(?P<page>[1-9]\d{0,3})\s?/\s?(?P<pages>[1-9]\d{0,3})")
#: The name of a body or plan is no shorter, and words for a page beside it are no longer; what may stand between them.
_SHORTEST_HEAD, _LONGEST_PAGE_MARK = 3, 24
_APART = re.compile(r"\s{2,}")
_BETWEEN = re.compile(r"^[\s|·,:;\-–—]++|(?<![\s|·,:;\-–—])[\s|·,:;\-–—]++$")
#: A number of more figures counts no pages; one of thousands would not even be read.
_MOST_FIGURES = 9


def find_running(document: Document) -> frozenset[Span]:
    """
    Return the lines that stand at the top or at the foot of several pages; the first line of all is none.

    Args:
        document: One whose lines say on which page they are; of others no line is known to be one.

    >>> find_running(Document("a.txt", "", ("text", "1"), ()))
    frozenset()
    """
    pages: dict[int, list[Line]] = {}
    for block in document.blocks:
        if isinstance(block, Line) and block.page:
            pages.setdefault(block.page, []).append(block)
    lines_by_text: dict[str, list[tuple[Line, bool]]] = {}
    for number, lines in enumerate(pages.values()):
        for line in {lines[0], lines[-1]} if number else [lines[-1]]:
            text = plain(document.slice(line.span)).strip()
            if not (len(line.runs) <= _MOST_RUNS and _can_run(text, line.page)):
                continue
            if line is not lines[-1] and _begins_with_header(document, lines):
                continue
            lines_by_text.setdefault(_FIGURES.sub("#", text), []).append((line, _stands_apart(lines, line)))
    least = max(2, (len(pages) - 1) / 2)
    heads = (_leave_out_cells(document, found) for found in lines_by_text.values() if len(found) >= least)
    return frozenset(line.span for found in heads if len(found) >= least for line in found)


def _is_measured(line: Line) -> bool:
    """Tell whether it is known from a page where a line stands, and not from the blanks of a text."""
    return any(run.right - run.left != run.span.end - run.span.start for run in line.runs)


def _leave_out_cells(document: Document, found: Sequence[tuple[Line, bool]]) -> list[Line]:
    """
    Return lines at the edges of pages, each with whether a gap parts it from its page, without those of cells.

    On a page whose measures are known, a head stands apart, or at the place of one that does, or it counts the pages.
    """
    if len({_count_beyond_page(document, line) for line, _apart in found} - {None}) == 1:
        return [line for line, _apart in found]
    sure = [line for line, apart in found if apart or not _is_measured(line)]
    return [line for line, _apart in found if any(_is_at_place_of(line, other) for other in sure)]


def _count_beyond_page(document: Document, line: Line) -> int | None:
    """Return by how much the last figures of a line are more than the number of its page, None if it has none."""
    figures = _FIGURES.findall(document.slice(line.span))
    return int(figures[-1][-_MOST_FIGURES:]) - line.page if figures else None


def _is_at_place_of(line: Line, other: Line) -> bool:
    """Tell whether two lines stand at one place of their pages."""
    left = abs(line.runs[0].left - other.runs[0].left) if line.runs and other.runs else 0.0
    return line is other or (left <= _SAME_LEFT and abs(line.top - other.top) <= _SAME_TOP)


def _stands_apart(lines: Sequence[Line], line: Line) -> bool:
    """Tell whether a gap parts the first or the last line of a page from the others: it is of no cell."""
    return line.apart if line is lines[-1] else len(lines) > 1 and lines[1].apart


def _begins_with_header(document: Document, lines: Sequence[Line]) -> bool:
    """Tell whether a page begins with the header of a table, which is repeated and no running head."""
    placed = [words_of(document, line, 1.0) for line in lines[:_LINES_OF_A_HEADER]]
    return header_at(document, placed) is not None


def find_page_turns(document: Document) -> frozenset[Span]:
    """
    Return page numbers in text, each with the running head that follows it: one and the same line, of the first ones.

    Args:
        document: Any; a text need not say where its pages end. The numbers count the pages from 1 on.

    >>> texts = ("Water Department", "Plan", "1", "Water Department", "a row", "2", "Water Department", "a row", "3")
    >>> lines = tuple(Line(Span(number, 0, len(text)), False) for number, text in enumerate(texts))
    >>> sorted(span.line for span in find_page_turns(Document("a.txt", "", texts, lines)))
    [2, 3, 5, 6, 8]
    """
    lines = [block for block in document.blocks if isinstance(block, Line)]
    texts = [plain(document.slice(line.span)).strip() for line in lines]
    numbers = {index: int(number) for index, text in enumerate(texts) if (number := _read_page(text))}
    for head in dict.fromkeys(texts[:_LINES_WITH_HEAD]):
        turns = [index for index in list(numbers)[:_MOST_PAGES] if texts[index + 1 : index + 2] == [head]]
        # A figure alone may be a row's number; words for a page are sure.
        fewest = 1 if turns and not texts[turns[0]].isdecimal() else 2
        if len(turns) >= fewest and [numbers[index] for index in turns] == list(range(1, len(turns) + 1)):
            last = [index for index in list(numbers)[-1:] if numbers[index] == len(turns) + 1 and index > turns[-1]]
            feet = [*turns, *(index + 1 for index in turns), *(index for index in last if index == len(lines) - 1)]
            return frozenset(lines[index].span for index in feet)
    return frozenset()


def find_counted_feet(document: Document) -> frozenset[Span]:
    """
    Return the lines that end with the number of a page and of all pages, after the same words, and what follows each.

    They count only if they number all pages in turn; a line that follows is a running head if it is always the same.

    Args:
        document: Any; a text need not say where its pages end.

    >>> foot = "Version 1.0 {} / 3".format
    >>> texts = ("Plan", "a row", foot(1), "Plan", "a row", foot(2), "Plan", "a row", foot(3))
    >>> lines = tuple(Line(Span(number, 0, len(text)), False) for number, text in enumerate(texts))
    >>> sorted(span.line for span in find_counted_feet(Document("a.txt", "", texts, lines)))
    [2, 3, 5, 6, 8]
    """
    lines = [block for block in document.blocks if isinstance(block, Line)]
    texts = [collapse(plain(document.slice(line.span))).strip() for line in lines]
    feet: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for index, text in enumerate(texts):
        if match := _COUNTED_FOOT.fullmatch(text):
            feet.setdefault((match["words"], match["pages"]), []).append((index, int(match["page"])))
    found: list[int] = []
    for (_words, pages), counted in feet.items():
        if len(counted) > 1 and [page for _index, page in counted] == list(range(1, int(pages) + 1)):
            turns = [index for index, _page in counted]
            heads = {texts[index + 1] for index in turns[:-1]}
            found += turns + ([index + 1 for index in turns[:-1]] if len(heads) == 1 and len(turns) > 2 else [])
    return frozenset(lines[index].span for index in found)


def find_titled_pages(document: Document) -> frozenset[Span]:
    """
    Return the lines that say which page it is beside the name of the body or of the plan, one of the first lines.

    Args:
        document: Any; a text need not say where its pages end, and such a line may stand inside of a row.

    >>> texts = ("Water Works   Page 1", "Plan for 2026", "a row", "Water Works   Page 2", "Water Works (2)")
    >>> lines = tuple(Line(Span(number, 0, len(text)), False) for number, text in enumerate(texts))
    >>> sorted(span.line for span in find_titled_pages(Document("a.txt", "", texts, lines)))
    [3]
    """
    lines = [block for block in document.blocks if isinstance(block, Line)]
    texts = [collapse(plain(document.slice(line.span))).strip() for line in lines]
    opening = [plain(document.slice(line.span)).strip() for line in lines[:_LINES_WITH_HEAD]]
    # The first page may have its number there, too.
    parts = [[part for part in _APART.split(text) if not _CELLS.page.fullmatch(part)] for text in opening]
    heads = {collapse(own[0]) for own in parts if len(own) == 1 and len(own[0]) >= _SHORTEST_HEAD}
    return frozenset(
        line.span
        for line, text in zip(lines[_LINES_WITH_HEAD:], texts[_LINES_WITH_HEAD:], strict=True)
        for head in heads
        if len(text) <= len(head) + _LONGEST_PAGE_MARK and _names_page_beside(text, head)
    )


def _names_page_beside(text: str, head: str) -> bool:
    """Tell whether a text is another one with words for a page before or behind it; a figure alone says nothing."""
    if text.startswith(head):
        rest = text[len(head) :]
    elif text.endswith(head):
        rest = text[: -len(head)]
    else:
        return False
    rest = _BETWEEN.sub("", rest)
    return not rest.isdecimal() and bool(_CELLS.page.fullmatch(rest))


def _read_page(text: str) -> str:
    """Return the number of a page if a plain line says nothing else; else nothing."""
    number = text
    if not text.isdecimal():
        first = _FIGURES.search(text)
        number = first[0] if first and _CELLS.page.fullmatch(text) else ""
    return number if len(number) <= _MOST_FIGURES else ""


def find_prints(document: Document) -> frozenset[Span]:
    """
    Return the lines that a browser printed above and below each page: the time, a title, the address, page 1 of 3.

    They count only if the feet number all pages of one print in turn.

    Args:
        document: Any; a text need not say where its pages end.

    >>> texts = ("1/2/2025, 9:30 AM Plans", "a row", "https://www.example.org/plan 1/1")
    >>> lines = tuple(Line(Span(number, 0, len(text)), False) for number, text in enumerate(texts))
    >>> sorted(span.line for span in find_prints(Document("a.txt", "", texts, lines)))
    [0, 2]
    """
    lines = [block for block in document.blocks if isinstance(block, Line)]
    texts = [collapse(plain(document.slice(line.span))).strip() for line in lines]
    feet = {index: match for index, text in enumerate(texts) if (match := _CELLS.printed_foot.fullmatch(text))}
    numbers = [
        (int(match["page"] or match["number"]), int(match["pages"] or match["numbers"])) for match in feet.values()
    ]
    if not numbers or numbers != [(page, len(numbers)) for page in range(1, len(numbers) + 1)]:
        return frozenset()
    heads = [index for index, text in enumerate(texts) if index not in feet and _CELLS.printed_head.fullmatch(text)]
    return frozenset(lines[index].span for index in (*feet, *heads[: len(feet)]))


def edges_of(document: Document) -> frozenset[Span]:
    """
    Return the first and the last line of each page, where a page has its number.

    Args:
        document: One whose lines say on which page they are; of others no line is known to be one.
    """
    edges: dict[int, tuple[Span, Span]] = {}
    for block in document.blocks:
        if isinstance(block, Line) and block.page:
            first, _last = edges.get(block.page, (block.span, block.span))
            edges[block.page] = first, block.span
    return frozenset(span for pair in edges.values() for span in pair)


def _can_run(text: str, page: int) -> bool:
    """Tell whether a line can belong to its page: its number, or words that are no end of a sentence in brackets."""
    return text == str(page) or not _NO_HEAD.match(text)
