"""
Rows with letters below a row with a number -> rows of a group.

In: the raw rows of a table; where a column of numbers has a letter, that is the first text of the name. Out: the rows
with their names alone. A row that has no date, frequency or description of its own is what groups those below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ....core.text import plain
from ....core.wording.plans import load_plan_wording
from ...documents import Document
from ..ledger import text_of
from ..rows import RawRow

_LETTER = load_plan_wording().cells.row_letter
#: Letters of a code of one word without figures that stands where numbers do.
_LONGEST_CODE = 12
_OWN_FIELDS = ("description", "date", "frequency")


def group_lettered_rows(document: Document, rows: Sequence[RawRow]) -> list[RawRow]:
    """
    Return the rows of a table, those with letters in the group and the category of the row above them.

    Args:
        document: Where the rows are.

        rows: All rows of the table.
    """
    result: list[RawRow] = []
    above: RawRow | None = None
    group: str | None = None
    for row in rows:
        if not _has_letter(document, row):
            above, group = row, row.group
            result.append(row)
            continue
        if above and above.number is not None and result[-1:] == [above] and not any(map(above.cell, _OWN_FIELDS)):
            result.pop()
            group = text_of(document, above.cell("title"))
        category = row.cell("category") or (above.cell("category") if above else ())
        named = row.replace_cells(title=row.cell("title")[1:], category=category)
        result.append(replace(named, group=group))
    return result


def is_code(text: str) -> bool:
    """
    Tell whether the text of a cell where numbers stand is a code of any kind: it has a figure, or is one short word.

    A letter is none: rows with letters belong to the row with a number above them.

    >>> is_code("GIS/7b"), is_code("新"), is_code("(a)"), is_code("Rainfall of all districts")
    (True, True, False, False)
    """
    bare = plain(text).strip()
    if _LETTER.fullmatch(bare):
        return False
    return any(map(str.isdigit, bare)) or (0 < len(bare) <= _LONGEST_CODE and len(bare.split()) == 1)


def _has_letter(document: Document, row: RawRow) -> bool:
    """Tell whether a letter stands before the name of a row that has no number."""
    title = row.cell("title")
    if row.number is not None or len(title) < 2:
        return False
    return bool(_LETTER.fullmatch(plain(text_of(document, title[:1])).strip()))
