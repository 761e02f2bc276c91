"""
Rows that count from 1 again below a heading that nobody knows: they are of another section than the rows above.

In: the rows of a region, what its dates are, the years of the plan. Out: the rows of the section, and a finding on the
others. Only dates tell: groups of one section count from 1 again, too.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core.errors import Finding
from ...core.plan import DateRole
from ..documents import Document
from ..recognisers.headings import nearest_heading
from ..recognisers.values import read_date
from .ledger import text_of
from .rows import RawRow

#: How much of a heading a finding quotes.
_QUOTED = 60


def leave_out_restart(
    document: Document, rows: Sequence[RawRow], role: DateRole, plan: Sequence[int]
) -> tuple[Sequence[RawRow], Finding | None]:
    """
    Return the rows without those of another section, and the finding on these, None if there are none.

    Args:
        document: Where the rows are.

        rows: The rows of a region, in order.

        role: What the dates of the region are.

        plan: The years of the plan; where there are none, all rows stay.
    """
    if not plan:
        return rows, None
    starts = [place for place, row in enumerate(rows) if place and row.number == 1 and not row.part]
    years = [_read_year(document, row) for row in rows] if starts else []
    for start in starts:
        before, since = [[year for year in part if year] for part in (years[:start], years[start:])]
        if before and since and _are_of_two_stages(before, since, role, plan[0]):
            first = rows[start]
            text = first.group or _line_above(document, rows[start - 1], first) or "–"
            values = {"text": text[:_QUOTED], "nearest": nearest_heading(text), "count": str(len(rows) - start)}
            return rows[:start], Finding("unread-heading", document.name, first.place, values)
    return rows, None


def _are_of_two_stages(before: Sequence[int], since: Sequence[int], role: DateRole, first: int) -> bool:
    """Tell whether years are those of the section before some row, and none of them is from this row on."""
    if role == "target":
        return max(since) < first <= max(before)
    return max(before) < first <= min(since)


def _read_year(document: Document, row: RawRow) -> int:
    """Return the year of a row's date, 0 if it states none."""
    month = read_date(text_of(document, row.cell("date"))).month
    return int(month[:4]) if month else 0


def _line_above(document: Document, before: RawRow, row: RawRow) -> str:
    """Return the first line of text between two rows, nothing if there is none."""
    between = document.lines[before.place.last : row.place.first - 1]
    return next((line.strip() for line in between if line.strip()), "")
