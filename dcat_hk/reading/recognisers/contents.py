"""
Columns whose label nobody knows: what they hold, by what stands in them.

In: what the labels of a table name, the labels, and what stands below each. Out: columns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...core.text import plain
from ...core.wording.plans import load_plan_wording
from .columns import field_of
from .dates import read_date
from .formats import names_only_formats
from .frequencies import read_frequency
from .headers import ColumnBelow

#: A longer text is no label.
_LONGEST_LABEL = 60
_YEAR = re.compile(r"\d{4}")
_HEADER = load_plan_wording().header


def name_by_contents(
    header: Sequence[tuple[str, ...]], labels: Sequence[str], below: Sequence[ColumnBelow], role: str
) -> list[tuple[str, ...]]:
    """
    Return a header in which columns with an unknown label are named, where it is plain what they are.

    A column of nothing but frequencies, formats, dates or known categories is what it holds, and one whose label
    speaks of names or contents is the title or the description: always if no other column is that. Where nothing names
    the titles, they are the first column of text that differs from row to row and is about nothing else.

    Args:
        header: The columns that each label names.

        labels: The labels.

        below: What stands in each column.

        role: What the dates of the section are, if it is known: `target` or `released`.

    >>> often, text = ColumnBelow(True, frequencies=True), ColumnBelow(True)
    >>> name_by_contents([("title",), (), ()], ["Dataset", "How regularly", "What it holds"], [text, often, text], "")
    [('title',), ('frequency',), ('description',)]
    >>> name_by_contents([("title",), ()], ["Dataset", "Contact"], [text, text], "")
    [('title',), ()]
    >>> name_by_contents([("date_released",)], ["Released?"], [ColumnBelow(True, statuses=True)], "target")
    [('status',)]
    """
    named = list(header)
    known = {field_of(name) for names in header for name in names}
    for place, (names, label, look) in enumerate(zip(header, labels, below, strict=True)):
        if names == ("date_released",) and not look.dates and (look.statuses or plain(label).rstrip().endswith("?")):
            # "Released" stands over dates, "Released?" over yes and no.
            named[place] = ("status",)
            continue
        is_unknown = not names and look.filled and label.strip() and not _reaches_on(header, labels, place)
        column = _column_of(plain(label), look, role) if is_unknown else ""
        if column and field_of(column) not in known:
            named[place] = (column,)
            known.add(field_of(column))
    texts = [place for place, label in enumerate(labels) if not header[place] and _may_be_titles(label, below[place])]
    if texts and "title" not in known:
        named[next((place for place in texts if not named[place]), texts[0])] = ("title",)
    return named


def states_month(text: str) -> bool:
    """
    Tell whether a text is a month or a period and no bare year.

    >>> states_month("10/2025"), states_month("2025")
    (True, False)
    """
    return read_date(text).is_stated and not text.strip().isdecimal()


def _reaches_on(header: Sequence[tuple[str, ...]], labels: Sequence[str], place: int) -> bool:
    """Tell whether a label may stand over the next column, too, which has none of its own."""
    return place + 1 < len(labels) and not labels[place + 1].strip() and not header[place + 1]


def is_header_by_contents(cells: Sequence[str], below: Sequence[ColumnBelow]) -> bool:
    """
    Tell whether a row is a header of labels that nobody knows: what stands below each of them says it.

    Every column has a label, none of which is a number, and below them are titles, dates and frequencies.

    Args:
        cells: The texts of the row.

        below: What stands in each column below it.

    >>> below = [ColumnBelow(True, distinct=True), ColumnBelow(True, dates=True), ColumnBelow(True, frequencies=True)]
    >>> is_header_by_contents(["What", "When", "How often"], below)
    True
    >>> is_header_by_contents(["Rainfall", "10/2025", "Daily"], below)
    False
    """
    if len(set(cells)) < len(cells) or not all(map(_may_be_label, cells)):
        return False
    named = name_by_contents([()] * len(cells), cells, below, "")
    return {"title", "date", "frequency"} <= {field_of(name) for names in named for name in names}


def _may_be_label(text: str) -> bool:
    """Tell whether a text has the form of a label: it is short, and no number, date, frequency or format."""
    if not 0 < len(text) <= _LONGEST_LABEL or _YEAR.search(text) or text.strip("()[]. ").isdecimal():
        return False
    often = read_frequency(text) and not _HEADER.asking.search(plain(text))
    return not (read_date(text).is_stated or often or names_only_formats(text))


def _may_be_titles(label: str, look: ColumnBelow) -> bool:
    """Tell whether a column with an unknown label can be the names of datasets."""
    told = look.numbered or look.dates or look.frequencies or look.formats or look.categories or look.short
    return look.distinct and bool(label.strip()) and not told and not _HEADER.other_text.search(plain(label))


def _column_of(label: str, look: ColumnBelow, role: str) -> str:
    """Return the column that a plain label and what stands below it speak for, nothing if they do not."""
    if look.frequencies:
        return "" if _HEADER.other_frequency.search(label) else "frequency"
    if look.dates:
        return "" if _HEADER.other_date.search(label) else "date_target" if role == "target" else "date_released"
    if look.categories:
        return "category"
    if look.statuses:
        return "status"
    if look.numbered or _HEADER.other_text.search(label):
        return ""
    if look.formats:
        return "format"
    return "description" if _HEADER.describing.search(label) else "title" if _HEADER.naming.search(label) else ""
