"""
What a line of a table is: part of a row, the heading of a group of rows, a note, or page furniture.

In: a line, its words by column, and the columns. Out: a kind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ....core.text import fold, plain
from ....core.wording.plans import load_plan_wording
from ...documents import Line
from ...recognisers.otherlabels import are_column_numbers
from ...recognisers.values import date_at, find_formats, frequency_at, is_none
from ..head import is_clutter
from ..rows import read_code
from .places import Column
from .regions import PlacedRegion
from .weights import POSITIONS
from .words import Word

_WORDING = load_plan_wording()
_CELLS, _HEADINGS = _WORDING.cells, _WORDING.headings
_CAPITAL = re.compile("[A-Z]")
_GROUP_WORDS = frozenset(map(fold, _HEADINGS.group_words))

#: What a line can be.
LineKind = Literal["row", "group", "note", "furniture"]


@dataclass(frozen=True, slots=True)
class SortedLine:
    """A line of a table with its row number, its other words by column, and what it costs to sort them so."""

    line: Line
    words: Sequence[Word]
    number: Word | None
    cells: list[list[Word]]
    cost: float


def kind_of_line(placed: PlacedRegion, columns: Sequence[Column], each: SortedLine, in_note: bool) -> LineKind:
    """
    Return what a line of a table is.

    Args:
        placed: The region.

        columns: Where columns stand.

        each: The line.

        in_note: Whether the line above is a note.
    """
    if are_column_numbers([word.text for word in each.words]):
        return "furniture"
    if _is_page_number(placed, columns, each) or _is_clutter(placed, columns, each):
        return "furniture"
    if in_note and _is_short_note(each):
        return "note"
    if each.number:
        return "row"
    if _states_nothing(placed, each) or _is_note(placed, columns, each, in_note):
        return "note"
    return "group" if _heads_rows(placed, columns, each) else "row"


def starts_outside(columns: Sequence[Column], words: Sequence[Word]) -> bool:
    """Tell whether a line begins where row numbers stand, with something else."""
    first = columns[0]
    left = first.left if first.starts else max(first.left, first.under[0])
    at_number = first.names == ("number",) and words[0].left <= left + POSITIONS.at_column
    return at_number and read_code(words[0].text) is None


def lies_across(columns: Sequence[Column], words: Sequence[Word]) -> bool:
    """Tell whether a line goes on without gaps from where row numbers stand, without one or over several columns."""
    first = columns[0]
    at_number = first.names == ("number",) and words[0].left < first.right
    if not at_number or not _is_alone(words):
        return False
    return read_code(words[0].text) is None or words[-1].right > columns[1].right


def stands_alone(columns: Sequence[Column], each: SortedLine) -> bool:
    """
    Tell whether a line stands apart, without gaps and dates, over the edge of columns or where none of them begins.

    Args:
        columns: Where columns stand.

        each: The line.
    """
    if not each.line.apart or each.number or not _is_alone(each.words):
        return False
    filled = [column for column, cell in zip(columns, each.cells, strict=True) if cell]
    if any(column.holding.has_dates for column in filled):
        return False
    return len(filled) > 1 or not any(
        abs(each.words[0].left - start) <= POSITIONS.at_column for column in filled for start in column.usual_starts
    )


def is_whole(words: Sequence[Word], furthest: float) -> bool:
    """Tell whether a line goes on without gaps from where the leftmost words of a table stand, and has no number."""
    at_left = words[0].left <= furthest + POSITIONS.at_column
    return at_left and _is_alone(words) and read_code(words[0].text) is None


def _is_alone(words: Sequence[Word]) -> bool:
    """Tell whether no wide blank space stands between words."""
    return all(word.gap <= POSITIONS.wide for word in words[1:])


def _is_page_number(placed: PlacedRegion, columns: Sequence[Column], each: SortedLine) -> bool:
    """Tell whether a line is the number of its page, and not that of a row."""
    # On a page whose measures are known, a gap parts its number from the last cell.
    if each.line.span not in placed.around.edges or not (each.line.apart or placed.is_laid_out):
        return False
    right = columns[0].right + POSITIONS.beside_column
    outside = each.words[0].left > right or columns[0].names != ("number",)
    return outside and placed.around.document.slice(each.line.span).strip() == str(each.line.page)


def _is_clutter(placed: PlacedRegion, columns: Sequence[Column], each: SortedLine) -> bool:
    """Tell whether a line belongs to the controls of a page, and stands where no cell begins but that of the number."""
    return starts_outside(columns, each.words) and is_clutter(placed.around.document.slice(each.line.span))


def _is_short_note(each: SortedLine) -> bool:
    """Tell whether a line below a note has few stretches and no date, so that it goes on with the note."""
    few = len(each.line.runs) < POSITIONS.columns_of_a_row
    return few and not any(date_at(word.text) for word in each.words)


def _states_nothing(placed: PlacedRegion, each: SortedLine) -> bool:
    """Tell whether a line says in most columns that there is nothing: it says so of the table."""
    document = placed.around.document
    nothing = sum(is_none(document.slice(run.span)) for run in each.line.runs)
    return nothing >= max(POSITIONS.columns_of_a_row, len(each.line.runs) / 2)


def _is_note(placed: PlacedRegion, columns: Sequence[Column], each: SortedLine, in_note: bool) -> bool:
    """Tell whether a line is a note, or goes on with one, and does not stand in the columns."""
    beside = starts_outside(columns, each.words) or each.cost > POSITIONS.most_strange
    text = plain(placed.around.document.slice(each.line.span))
    at_left = each.words[0].left < columns[0].left + POSITIONS.beside_column
    begins = (beside or at_left) and bool(_CELLS.note.match(text))
    return begins or (in_note and not each.line.apart and beside)


def _heads_rows(placed: PlacedRegion, columns: Sequence[Column], each: SortedLine) -> bool:
    """Tell whether a line heads a group of rows: alone where row numbers stand, or with the name of a group."""
    if not _is_alone(each.words):
        return False
    text = placed.around.document.slice(each.line.span)
    heads = starts_outside(columns, each.words) or (_is_group(placed, text) and not _describes(columns, each))
    return heads and not frequency_at(text) and not date_at(text)


def _describes(columns: Sequence[Column], each: SortedLine) -> bool:
    """
    Tell whether a line is a line of a description alone: right below another, where descriptions usually begin.

    So is the rest of a name, where a column of numbers stands before it.
    """
    filled = [column for column, cell in zip(columns, each.cells, strict=True) if cell]
    if each.line.apart or len(filled) != 1:
        return False
    is_name = filled[0].holds("title") and columns[0].names == ("number",)
    if not is_name and not filled[0].holds("description"):
        return False
    return any(abs(each.words[0].left - start) <= POSITIONS.at_column for start in filled[0].usual_starts)


def _is_group(placed: PlacedRegion, text: str) -> bool:
    """Tell whether a text can be the heading of a group of rows."""
    if plain(text).rstrip().endswith(tuple(_CELLS.goes_on)):
        return False
    if fold(text) in _GROUP_WORDS:
        return True
    match = _HEADINGS.group.fullmatch(plain(text).strip())
    if match:
        # An abbreviation is in capitals, what a name of a dataset ends with is not.
        return not any(find_formats(f"({match['short']})")) and len(_CAPITAL.findall(text[match.start("short") :])) > 1
    return placed.around.is_body(text)
