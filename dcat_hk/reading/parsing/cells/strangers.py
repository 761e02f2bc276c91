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
from ..rows import read_code

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
    >>> is_aside_row(("Prepared by", "K. Y. Lam", "", "", ""), fields, lambda text: False)
    True
    """
    filled = [plain(text).strip() for text in texts if text.strip()]
    if not filled:
        return False
    if len(filled) >= _FEWEST_ALIKE and len(set(filled)) == 1:
        return bool(_CELLS.note.match(filled[0]))
    if _CELLS.sum.fullmatch(filled[0]):
        return all(_CELLS.counted.fullmatch(text) for text in filled[1:])
    return bool(_CELLS.signing.match(filled[0])) and not states_dataset(texts, fields, is_category, with_date=False)


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
    if any(states_dataset(texts, fields, is_category) for texts in rows):
        return False
    first = read_code(rows[0][0]) if rows and rows[0] else None
    return first is None or last is None or first != last + 1
