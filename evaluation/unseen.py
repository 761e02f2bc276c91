"""
Rows that somebody worded who knows nothing of the program -> plans, and the records of the portal that their rows are.

In: `portal/unseen.tsv`, a line for each row. Out: for each department and language a plan, with its truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from dcat_hk.core.place import Place
from dcat_hk.core.plan import Entry, Plan
from dcat_hk.reading.recognisers.formats import find_formats

FILE = Path(__file__).parent / "portal/unseen.tsv"
_SCRIPTS = {"zh-Hant": "Hant", "zh-Hans": "Hans", "en": "Latn"}
#: The departments whose rows were read to mend what is at fault; the others are a hold-out.
_READ = frozenset(
    {
        "Marine Department",
        "Labour Department",
        "Correctional Services Department",
        "Food and Environmental Hygiene Department",
    }
)
_PERIOD, _DATED = (2024, 2026), "2023-12"


class UnseenPlan(NamedTuple):
    """
    A plan of a department in one language.

    Args:
        department: The name of the department in English.

        plan: The plan.

        truth: The records that each row is, by its document and name.

        is_read: Whether the rows were read for mending.
    """

    department: str
    plan: Plan
    truth: Mapping[tuple[str, str], frozenset[str]]
    is_read: bool


def read_unseen(file: Path = FILE) -> Iterator[UnseenPlan]:
    """
    Yield the plans of a file.

    Args:
        file: The file.
    """
    head, *lines = file.read_text(encoding="utf-8").splitlines()
    rows = [dict(zip(head.split("\t"), line.split("\t"), strict=True)) for line in lines]
    for number, (key, own) in enumerate(groupby(rows, key=lambda row: (row["department"], row["language"]))):
        yield _make_plan(number, key, list(own))


def _make_plan(number: int, key: tuple[str, str], rows: list[dict[str, str]]) -> UnseenPlan:
    """Return the plan of a department in one language."""
    department, language = key
    entries = [_make_entry(number, row) for number, row in enumerate(rows, 1)]
    name = f"unseen{number}"
    bureau = department if language == "en" else rows[0]["department_zh"]
    plan = Plan(f"{name}.tsv", "0" * 64, bureau, "", _PERIOD, _SCRIPTS[language], _DATED, tuple(entries))  # type: ignore[arg-type]
    records = [frozenset() if row["records"] == "-" else frozenset(row["records"].split("|")) for row in rows]
    return UnseenPlan(
        department,
        plan,
        {(name, entry.row_name): own for entry, own in zip(entries, records, strict=True)},
        department in _READ,
    )


def _make_entry(number: int, row: Mapping[str, str]) -> Entry:
    """Return the entry of a line."""
    section = row["section"]
    return Entry(
        section=section,  # type: ignore[arg-type]
        spatial=row["spatial"] == "i",
        organisation=None,
        group=None,
        number=number,
        part=0,
        category=row["category"],
        title=row["title"],
        description=row["remarks"],
        date_raw=row["month"],
        date=row["month"],
        date_role="released" if section == "D" else "target",
        frequency_raw="",
        frequency=None,
        formats=find_formats(row["remarks"])[0],
        place=Place(1, 1),
    )
