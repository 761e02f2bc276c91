"""
Which section a table without a heading is: what the label of its dates and all of them say.

In: labels, the texts of rows, the years of the plan. Out: the code of a section. It knows no lines and no headings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..recognisers.headers import header_of_row
from ..recognisers.values import read_date

_DATES = {("date_target",), ("date_released",)}


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
    months = [date.month or (date.period[1] if date.period else "") for date in dates]
    years = [int(month[:4]) for month in months if month]
    if not years or len(years) < len(dates):
        return ""
    first, last = plan[0], plan[-1]
    if names == ["date_released"]:
        return "D" if max(years) < first else ""
    if {first} == set(years):
        return "A"
    return "B" if first < min(years) and max(years) <= last else ""


def are_gone_by(rows: Iterable[Sequence[str]], plan: tuple[int, ...]) -> bool:
    """
    Tell whether all months that the rows of a table state, at least one, are before the years of the plan.

    Args:
        rows: The texts of the rows.

        plan: The first and the last year of the plan.

    >>> are_gone_by([("Tides", "03/2021", "Daily")], (2025, 2025)), are_gone_by([("Tides", "Daily")], (2025, 2025))
    (True, False)
    """
    months = [month for texts in rows for text in texts if (month := read_date(text).month)]
    return bool(months) and all(int(month[:4]) < plan[0] for month in months)
