"""
Tables of rows of plans -> plans, and the records of the portal that their rows are.

In: lines of cells, the first of which names the columns. Out: plans with their truth. It knows nothing of who worded
the rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

from dcat_hk.core.place import Place
from dcat_hk.core.plan import Entry, Plan
from dcat_hk.reading.recognisers.formats import find_formats

Script = Literal["Hant", "Hans", "Latn"]
#: The document and name of a row, and the records that it is.
Truth = Mapping[tuple[str, str], frozenset[str]]


def read_rows(head: str, lines: Sequence[str]) -> list[dict[str, str]]:
    """
    Return the rows of a table, each by the names of its columns.

    Args:
        head: The line that names them.

        lines: The other lines.

    >>> read_rows("section\\ttitle", ["A\\tPiers"])
    [{'section': 'A', 'title': 'Piers'}]
    """
    return [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]


def make_plan(
    name: str, bureau: str, period: tuple[int, int], script: Script, dated: str, rows: Sequence[Mapping[str, str]]
) -> tuple[Plan, Truth]:
    """
    Return a plan, and the records that its rows are.

    Args:
        name: What it is called.

        bureau: Whose it is.

        period: Its first and last year.

        script: The script of its texts.

        dated: The month that it is of.

        rows: Its rows: section, spatial (`i`) or not, number, category, title, remarks, date, frequency and records.
    """
    entries = tuple(map(_make_entry, rows))
    plan = Plan(f"{name}.tsv", "0" * 64, bureau, "", period, script, dated, entries)
    return plan, {
        (name, entry.row_name): split_records(row["records"]) for entry, row in zip(entries, rows, strict=True)
    }


def _make_entry(row: Mapping[str, str]) -> Entry:
    """Return the entry of a row."""
    section = row["section"]
    return Entry(
        section=section,  # type: ignore[arg-type]
        spatial=row["spatial"] == "i",
        organisation=None,
        group=None,
        number=int(row["number"]),
        part=0,
        category=row["category"],
        title=row["title"],
        description=row["remarks"],
        date_raw=row["date"],
        date=row["date"] or None,
        date_role="released" if section == "D" else "target",
        frequency_raw=row["frequency"],
        frequency=None,
        formats=find_formats(row["remarks"])[0],
        place=Place(1, 1),
    )


def split_records(text: str) -> frozenset[str]:
    """
    Return the records of a cell.

    Args:
        text: Their names with bars between them, or a dash for none.

    >>> sorted(split_records("hk-a|hk-b")), split_records("-")
    (['hk-a', 'hk-b'], frozenset())
    """
    return frozenset() if text == "-" else frozenset(text.split("|"))
