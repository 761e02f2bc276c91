"""
Rows of cells that are no datasets: sums, who signed, how to reach whom, tables of other things below the last row.

In: the texts of rows, and what the columns of the table above them hold. Out: yes or no. A row that has a month or an
update frequency of its own is never one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

from ....core.text import plain
from ....core.wording.plans import load_plan_wording
from ...recognisers.dates import read_date
from ...recognisers.frequencies import read_frequency
from ...recognisers.headers import is_other_header
from ...recognisers.values import is_none
from ..rows import read_code, read_number

_CELLS = load_plan_wording().cells
#: So many cells with the same words are one text that was written into each.
_FEWEST_ALIKE = 3


def is_aside_row(texts: Sequence[str], fields: Sequence[str], is_category: Callable[[str], bool]) -> bool:
    """
    Tell whether a row of a table is a sum, a signature, an address or a note, by its first words and what it lacks.

    Args:
        texts: The texts of its cells.

        fields: The field that each column fills, nothing for a column that fills none.

        is_category: Tells whether a text is a known category.

    >>> fields = ("number", "category", "title", "date", "frequency")
    >>> [is_aside_row((first, "2", "", "", ""), fields, bool) for first in ("Total", "小計", "3")]
    [True, True, False]
    >>> is_aside_row(("4", "Transport", "Sub-total", "", ""), fields, bool)
    True
    >>> is_aside_row(("4", "Transport", "Total", "03/2026", "Monthly"), fields, bool)
    False
    >>> is_aside_row(("Prepared by", "K. Y. Lam", "", "", ""), fields, lambda text: False)
    True
    """
    filled = [plain(text).strip() for text in texts if text.strip()]
    if not filled:
        return False
    if len(filled) >= _FEWEST_ALIKE and len(set(filled)) == 1:
        return bool(_CELLS.note.match(filled[0]))
    if len(filled) == 1 and _CELLS.sum_alone.fullmatch(filled[0]):
        return True
    if (_CELLS.sum.fullmatch(filled[0]) or _CELLS.sum_of.fullmatch(filled[0])) and _are_counts(filled[1:]):
        return True
    if _is_named_sum(texts, fields):
        return True
    return bool(_CELLS.signing.match(filled[0])) and not states_dataset(texts, fields, is_category, with_date=False)


def _are_counts(texts: Sequence[str]) -> bool:
    """Tell whether plain texts are figures, or say that there is nothing."""
    return all(_CELLS.counted.fullmatch(text) for text in texts)


def _is_named_sum(texts: Sequence[str], fields: Sequence[str]) -> bool:
    """Tell whether a word for a sum stands where numbers do, or as the name of a row that has no number or no words."""
    by_field = {name: plain(text).strip() for name, text in zip(fields, texts, strict=False) if name}
    number, title = by_field.get("number", ""), by_field.get("title", "")
    if _CELLS.sum.fullmatch(number):
        return True
    if not title or not (_CELLS.sum.fullmatch(title) or _CELLS.sum_of.fullmatch(title)):
        return False
    said = by_field.get("description", "")
    is_bare = ("number" in fields and not number) or not by_field.get("frequency")
    return is_bare and _are_counts([said] if said else [])


def states_dataset(
    texts: Sequence[str], fields: Sequence[str], is_category: Callable[[str], bool], with_date: bool = True
) -> bool:
    """
    Tell whether a row states something that only a dataset has: a known category, a frequency, a month.

    Args:
        texts: The texts of its cells.

        fields: The field that each column fills.

        is_category: Tells whether a text is a known category.

        with_date: Whether a month counts, which signatures have, too.

    >>> states_dataset(("1", "Rainfall", "Daily"), ("number", "title", "frequency"), lambda text: False)
    True
    """
    for text, name in zip_longest(texts, fields[: len(texts)], fillvalue=""):
        if not text.strip():
            continue
        if name == "category" and is_category(text):
            return True
        if name == "frequency" and read_frequency(text):
            return True
        if name == "date" and with_date and read_date(text).is_stated:
            return True
    return False


def is_other_table(
    rows: Sequence[Sequence[str]], fields: Sequence[str], last: int | None, is_category: Callable[[str], bool]
) -> bool:
    """
    Tell whether a table without a header goes on with none: no row states a dataset, nor does the first count on.

    Args:
        rows: The texts of its rows.

        fields: The field that each column of the table before fills.

        last: The number of the last row before it.

        is_category: Tells whether a text is a known category.

    >>> is_other_table([("Name", "Post"), ("K. Y. Lam", "Manager")], ("number", "title", "date"), 2, lambda text: False)
    True
    >>> is_other_table([("3", "Rainfall")], ("number", "title", "date"), 2, lambda text: False)
    False
    """
    if rows and is_other_header(rows[0]):
        return True
    if any(states_dataset(texts, fields, is_category) for texts in rows):
        return False
    first = read_code(rows[0][0]) if rows and rows[0] else None
    return first is None or last is None or first != last + 1


def is_note_text(text: str, below: bool) -> bool:
    """
    Tell whether a plain text says that it is a note, or sums up; below a table a mark is enough.

    Args:
        text: Plain text.

        below: Whether it stands below a table, apart from it.

    >>> is_note_text("注:日期或会更改", False), is_note_text("共3个数据集", False), is_note_text("雨量", True)
    (True, True, False)
    """
    if _CELLS.note.match(text) or _CELLS.sum_alone.fullmatch(text):
        return True
    return below and bool(_CELLS.footnote.match(text))


def is_note_row(texts: Sequence[str]) -> bool:
    """
    Tell whether a row is a note that stands in its first cell, alone or merged over all columns.

    Args:
        texts: The texts of its cells.

    >>> is_note_row(["Note: dates may change.", "", ""]), is_note_row(["", "Note: dates may change.", ""])
    (True, False)
    """
    filled = [text for text in texts if text]
    return len(filled) == 1 and bool(texts[0]) and is_note_text(plain(filled[0]), True)


def says_none(
    texts: Sequence[str],
    columns: Sequence[tuple[str, ...]],
    fields: Sequence[str],
    is_category: Callable[[str], bool],
) -> bool:
    """
    Tell whether a row says, in every filled cell but its number, that there is nothing.

    Args:
        texts: The texts of its cells.

        columns: What each column is called.

        fields: The field that each column fills.

        is_category: Tells whether a text is a known category.

    >>> columns, fields = [("number",), ("category",), ("title",)], ["number", "category", "title"]
    >>> says_none(("1", "Housing", "Nil"), columns, fields, lambda text: text == "Housing")
    True
    """
    filled = [text for text, names in zip_longest(texts, columns[: len(texts)]) if text and names != ("number",)]
    if len(filled) > 1 and read_number(filled[0]) is not None:
        # A table without a column of numbers may number its only row all the same.
        filled = filled[1:]
    filled = filled or [text for text in texts if text]
    title = next((text for text, name in zip(texts, fields, strict=False) if name == "title"), "")
    if title and is_none(title):
        # Whose name says that there is nothing is nothing of any category.
        filled = [text for text in filled if not is_category(text)]
    return bool(filled) and all(is_none(text) for text in filled)
