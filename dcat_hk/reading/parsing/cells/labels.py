"""
The labels of a table -> what each of its columns holds.

In: labels, the rows of the header with how far their cells reach, and the rows below. Out: columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from ....core.text import plain
from ....core.wording.plans import load_plan_wording
from ...documents import Block, Document, Row
from ...recognisers.columns import field_of
from ...recognisers.contents import states_month
from ...recognisers.formats import names_only_formats
from ...recognisers.frequencies import read_frequency
from ...recognisers.headers import ColumnBelow, columns_of_cell, header_of_row, is_aside, spread_labels
from ...recognisers.otherlabels import is_part_of_unit
from ...recognisers.statements import read_status
from ..ledger import text_of, texts_of
from ..rows import read_number

Columns = list[tuple[str, ...]]

_PART_OF_DATE, _JOINT = load_plan_wording().header.part_of_date, load_plan_wording().header.joint

_BRACKET_AT_END = re.compile(r"\s*+\(([^()]{1,30})\)\s*+$")
#: How many rows below a header show what stands in its columns.
_ROWS_BELOW = 12
#: A longer text is no mere letter or sign before a name.
_LONGEST_SIGN = 4


def rows_of_units(document: Document, blocks: Sequence[Block]) -> list[Row]:
    """
    Return the first rows that hold nothing but units and examples of the labels above them.

    Args:
        document: Where the rows are.

        blocks: What stands below a header.
    """
    rows: list[Row] = []
    for block in blocks:
        texts = [text_of(document, cell) for cell in block.cells if cell] if isinstance(block, Row) else []
        # One part of a unit alone may be the rest of a remark that a page has cut.
        parts = is_part_of_unit if len(texts) > 1 else is_aside
        if not isinstance(block, Row) or not texts or not all(is_aside(text) or parts(text) for text in texts):
            break
        rows.append(block)
    return rows


def name_parts(columns: Sequence[tuple[str, ...]], labels: Sequence[str]) -> Columns:
    """
    Return columns where the label of the names says that numbers or formats stand beside them, if no other column does.

    Args:
        columns: The columns of each cell of a header.

        labels: The labels.

    >>> name_parts([("title",), ("date",)], ["No. and name of dataset", "Date"])[0]
    ('number', 'title')
    >>> name_parts([("format",), ("date",)], ["Dataset / Format", "Date"])[0]
    ('title', 'format')
    """
    named = {name for names in columns for name in names}
    return [
        parts if (parts := _name_parts(label)) and set(parts) - named and set(names) <= set(parts) else names
        for names, label in zip(columns, labels, strict=True)
    ]


def _name_parts(label: str) -> tuple[str, ...]:
    """Return number and title, or title and format, where the two parts of a label name them; else nothing."""
    sides = _JOINT.split(_BRACKET_AT_END.sub(r" / \1", plain(label)), maxsplit=1)
    parts = tuple(name for side in sides for name in columns_of_cell(side.strip()))
    return parts if parts in {("number", "title"), ("title", "format")} else ()


def look_below(
    document: Document, blocks: Sequence[Block], start: int, width: int, is_category: Callable[[str], bool]
) -> list[ColumnBelow]:
    """
    Return what stands in each column in the first rows below a header, without bands, to another header.

    Args:
        document: Where the rows are.

        blocks: The blocks of a table.

        start: The block after the header.

        width: How many columns there are.

        is_category: Tells whether a text is a known category.
    """
    below: list[tuple[Row, list[str]]] = []
    for block in blocks[start : start + _ROWS_BELOW]:
        texts = texts_of(document, block) if isinstance(block, Row) else []
        if not isinstance(block, Row) or header_of_row(texts):
            break
        below += [(block, texts)] if sum(1 for text in texts if text) > 1 else []
    return [_look_at_column(below, place, is_category) for place in range(width)]


def _look_at_column(
    below: Sequence[tuple[Row, Sequence[str]]], place: int, is_category: Callable[[str], bool]
) -> ColumnBelow:
    """Return what stands in a column in some rows with their texts."""
    cells = [(row, texts[place]) for row, texts in below if place < len(texts) and texts[place]]
    if not cells:
        return ColumnBelow()
    return ColumnBelow(
        filled=True,
        numbered=all(read_number(text) is not None for _row, text in cells),
        categories=all(is_category(text) for _row, text in cells),
        merged=any(row.extent(place).rows > 1 for row, _text in cells),
        formats=all(names_only_formats(text) for _row, text in cells),
        short=all(len(text) <= _LONGEST_SIGN for _row, text in cells),
        dates=all(states_month(text) for _row, text in cells),
        statuses=all(read_status(text).kind not in {"", "unknown"} for _row, text in cells),
        frequencies=all(read_frequency(text) for _row, text in cells),
        distinct=len({text for _row, text in cells}) == len(below),
    )


def spread_header(header: Columns, labels: Sequence[str], rows: Sequence[Row], below: Sequence[ColumnBelow]) -> Columns:
    """
    Return what the columns below a header hold, where labels reach over several or none stands over a column.

    Args:
        header: The columns that each label names.

        labels: The labels.

        rows: The rows of the header.

        below: What stands in each column.
    """
    columns = spread_labels(header, _find_reach(labels, rows), below)
    bare = [not label.strip() and not names for label, names in zip(labels, columns, strict=True)]
    if not any(bare):
        return columns
    has_categories = any("category" in names for names in columns)
    for place, look in enumerate(below):
        if bare[place] and look.categories and not has_categories:
            columns[place], has_categories = ("category",), True
        elif bare[place] and look.merged and not look.numbered:
            columns[place] = ("group",)
    return columns


def join_parts_of_dates(header: Columns, labels: Sequence[str], role: str) -> Columns:
    """
    Return the columns of a header in which the year and the month of a date, each with a column of its own, are dates.

    Args:
        header: The columns that each label names.

        labels: The labels.

        role: What the dates of the section are.

    >>> join_parts_of_dates([("title",), (), ("date_released",)], ["Dataset", "Year of release", "Month"], "released")
    [('title',), ('date_released',), ('date_released',)]
    """
    columns = list(header)
    parts = [_PART_OF_DATE.fullmatch(plain(label).strip()) for label in labels]
    for place, (one, other) in enumerate(pairwise(parts)):
        if one and other and {one.lastgroup, other.lastgroup} == {"year", "month"}:
            named = [names for names in columns[place : place + 2] if names]
            if all(field_of(name) == "date" for names in named for name in names):
                columns[place : place + 2] = [named[0] if named else (f"date_{role or 'target'}",)] * 2
    return columns


#: A column of remarks may hold formats, too: those that it names are found in it.
_REMARKS = ("description",)
_REMARKS_AND_FORMATS = {"description", "format"}


def fields_of_columns(columns: Sequence[tuple[str, ...]], role: str) -> list[str]:
    """
    Return the part of a row that each column fills, nothing for those that fill none or several.

    Of two kinds of dates, those that the section is about are the dates; dates of release beside target dates are those
    of rows that have come since.

    Args:
        columns: What the columns hold.

        role: What the dates of the section are, if it is known: `target` or `released`.

    >>> fields_of_columns([("title",), ("date_target",), ("date_released",)], "target")
    ['title', 'date', 'actual']
    >>> fields_of_columns([("title",), ("date_target",), ("date_released",)], "released")
    ['title', '', 'date']
    >>> fields_of_columns([("title",), ("description", "format")], "target")
    ['title', 'description']
    """
    columns = [_REMARKS if set(names) == _REMARKS_AND_FORMATS else names for names in columns]
    fields = [field_of(names[0]) if len(names) == 1 else "" for names in columns]
    fields = [
        name if name and (_is_alone(columns, name) or names[0] == f"{name}_{role}") else ""
        for name, names in zip(fields, columns, strict=True)
    ]
    if role == "released":
        return ["" if name == "revised" else name for name in fields]
    has_target = role == "target" and "date" in fields
    return [
        name or ("actual" if has_target and names == ("date_released",) else "")
        for name, names in zip(fields, columns, strict=True)
    ]


def _is_alone(columns: Sequence[tuple[str, ...]], name: str) -> bool:
    """Tell whether only one kind of column fills a field."""
    return len({other for names in columns for other in names if field_of(other) == name}) == 1


def spread_texts(labels: Sequence[str], rows: Sequence[Row]) -> list[str]:
    """
    Return what each column is called where labels reach over several.

    Args:
        labels: The labels.

        rows: The rows of the header.
    """
    reach = _find_reach(labels, rows)
    return [labels[max(i for i in range(place + 1) if reach[i] or not i)] for place in range(len(labels))]


def _find_reach(labels: Sequence[str], rows: Sequence[Row]) -> list[int]:
    """Return over how many columns each label reaches; where no extents are known, over blank ones before the last."""
    reach = [1] * len(labels)
    if any(row.extents for row in rows):
        for row in rows:
            for place in range(len(labels)):
                columns = min(row.extent(place).columns, len(labels) - place)
                if row.cells[place] and columns > 1 and not any(labels[place + 1 : place + columns]):
                    reach[place : place + columns] = [columns] + [0] * (columns - 1)
        return reach
    last = max(place for place, label in enumerate(labels) if label.strip())
    start = 0
    for place in range(1, last):
        if not labels[place].strip() and labels[start].strip():
            reach[place], reach[start] = 0, reach[start] + 1
        else:
            start = place
    return reach
