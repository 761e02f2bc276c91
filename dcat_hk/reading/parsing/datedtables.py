"""
Which sections a table allows by itself: what the label of its dates, all of them, or its column about the status say.

In: labels, the texts of rows, the years of the plan. Out: codes of sections. It knows no lines and no headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set

from ..recognisers.headers import header_of_row
from ..recognisers.headings import CODES
from ..recognisers.statements import read_status
from ..recognisers.values import read_date

_DATES = {("date_target",), ("date_released",)}
#: What a status says that tells whether a dataset is planned or has been released.
_TELLING = {"released", "planned", "underway", "deferred", "withdrawn"}
#: Of so many rows one may have a status that nobody knows: it is left out, and the others are read.
_ROWS_FOR_UNKNOWN = 3
#: A row with fewer filled cells is a heading of others.
_FEWEST_FILLED = 2
#: The sections that a table may be whose dates all have a label for what is to come.
PROMISED = frozenset("ABC")


def find_roles(labels: Sequence[str]) -> frozenset[str]:
    """
    Return the codes of the sections that the labels of a table allow; a mere "release date" allows all.

    Args:
        labels: The labels of its columns.

    >>> sorted(find_roles(["編號", "數據集名稱", "目標發放日期"]))
    ['A', 'B', 'C']
    """
    return allow_sections({name for names in header_of_row(labels) or [] for name in names})


def allow_sections(columns: Set[str]) -> frozenset[str]:
    """
    Return the codes of the sections that the columns of a table allow.

    Args:
        columns: The names of its columns.
    """
    dates = {name for name in columns if name.startswith("date_") or name == "revised_date"}
    return PROMISED if dates and dates <= {"date_target", "revised_date"} else frozenset(CODES)


def read_code_of_dates(labels: Sequence[str], rows: Iterable[Sequence[str]], plan: Sequence[int]) -> str:
    """
    Return the code of the section that the dates of a table say; nothing where one of them does not.

    Args:
        labels: The labels of its columns.

        rows: The texts of the cells of its rows.

        plan: The years of the plan.

    >>> labels = ["編號", "數據種類", "數據集名稱", "目標發放日期", "更新頻率"]
    >>> rows = {date: [["1", "運輸", "的士", date, "每月"]] for date in ("06/2025", "05/2026", "待定")}
    >>> [read_code_of_dates(labels, cells, (2025, 2026, 2027)) for cells in rows.values()]
    ['A', 'B', '']
    """
    columns = header_of_row(labels) or []
    names = [name for column in columns for name in column if name.startswith("date_")]
    place = next((place for place, column in enumerate(columns) if column in _DATES), -1)
    if len(names) != 1 or place < 0 or ("organisation",) in columns:
        return ""
    dates = [read_date(cells[place]) for cells in rows if place < len(cells) and cells[place].strip()]
    years = [int(date.span[1][:4]) for date in dates if date.is_stated]
    if not years or len(years) < len(dates):
        return ""
    first, last = plan[0], plan[-1]
    if names == ["date_released"]:
        return "D" if max(years) < first else ""
    if {first} == set(years):
        return "A"
    return "B" if first < min(years) and max(years) <= last else ""


def are_told_by_status(labels: Sequence[str], rows: Iterable[Sequence[str]]) -> bool:
    """
    Tell whether a table has a column about the status that says of its rows whether they are planned or released.

    Of every three rows one may say what nobody knows, or nothing.

    Args:
        labels: The labels of its columns.

        rows: The texts of the cells of its rows.

    >>> labels = ["Dataset", "Release date", "Update frequency", "Status"]
    >>> are_told_by_status(labels, [("Tides", "03/2021", "Daily", "Released"), ("Wind", "05/2026", "Daily", "Planned")])
    True
    >>> are_told_by_status(labels, [("Tides", "03/2021", "Daily", "Released"), ("Wind", "05/2026", "Daily", "Amber")])
    False

    Only then is `tells_stage` asked of each.
    """
    columns = header_of_row(labels) or []
    place = next((place for place, names in enumerate(columns) if names == ("status",)), -1)
    if place < 0 or ("organisation",) in columns:
        return False
    texts = [cells[place] if place < len(cells) else "" for cells in rows if sum(map(bool, cells)) >= _FEWEST_FILLED]
    unknown = sum(not tells_stage(text) for text in texts)
    return bool(texts) and unknown * _ROWS_FOR_UNKNOWN <= len(texts)


def tells_stage(status: str) -> bool:
    """
    Tell whether a cell about the status says whether its dataset is planned or has been released.

    >>> tells_stage("Released"), tells_stage("Amber"), tells_stage("")
    (True, False, False)
    """
    return read_status(status).kind in _TELLING


def are_gone_by(rows: Iterable[Sequence[str]], plan: tuple[int, ...]) -> bool:
    """
    Tell whether all months that the rows of a table state, at least one, are before the years of the plan.

    Args:
        rows: The texts of the rows.

        plan: The first and the last year of the plan.

    >>> are_gone_by([("Tides", "03/2021", "Daily")], (2025, 2025)), are_gone_by([("Tides", "Daily")], (2025, 2025))
    (True, False)
    """
    months = (month for texts in rows for text in texts if (month := read_date(text).month))
    is_any = False
    for month in months:
        # A table may have many thousands of rows: the first month within the years tells.
        if int(month[:4]) >= plan[0]:
            return False
        is_any = True
    return is_any
