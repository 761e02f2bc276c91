"""
Rows that somebody worded who knows nothing of the program -> plans, and the records of the portal that their rows are.

In: `portal/unseen.tsv`, a line for each row. Out: for each department and language a plan, with its truth.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from rowtables import Script, Truth, make_plan, read_rows

from dcat_hk.core.plan import Plan

FILE = Path(__file__).parent / "portal/unseen.tsv"
_SCRIPTS: Mapping[str, Script] = {"zh-Hant": "Hant", "zh-Hans": "Hans", "en": "Latn"}
#: The departments whose rows were read to mend what is at fault; the others are a hold-out.
_READ = frozenset(
    {
        "Marine Department",
        "Labour Department",
        "Correctional Services Department",
        "Food and Environmental Hygiene Department",
    }
)
#: Departments whose rows were worded later, as a second hold-out.
_LATER = frozenset({"Water Supplies Department", "Electrical and Mechanical Services Department"})
#: Departments whose rows were worded last, as a third hold-out.
_LAST = frozenset(
    {"Environmental Protection Department", "Inland Revenue Department", "Transport Department", "Education Bureau"}
)
_PERIOD, _DATED = (2024, 2026), "2023-12"


class UnseenPlan(NamedTuple):
    """
    A plan of a department in one language.

    Args:
        department: The name of the department in English.

        plan: The plan.

        truth: The records that each row is, by its document and name.

        group: Which of the departments it is one of, as tables call them.
    """

    department: str
    plan: Plan
    truth: Truth
    group: str


def read_unseen(file: Path = FILE) -> Iterator[UnseenPlan]:
    """
    Yield the plans of a file.

    Args:
        file: The file.
    """
    head, *lines = file.read_text(encoding="utf-8").splitlines()
    rows = groupby(read_rows(head, lines), key=lambda row: (row["department"], row["language"]))
    for number, ((department, language), own) in enumerate(rows):
        yield _make_plan(number, department, language, list(own))


def _make_plan(number: int, department: str, language: str, rows: Sequence[Mapping[str, str]]) -> UnseenPlan:
    """Return the plan of a department in one language; its rows are numbered as they come."""
    bureau = department if language == "en" else rows[0]["department_zh"]
    whole = [{**row, "number": str(place), "date": row["month"], "frequency": ""} for place, row in enumerate(rows, 1)]
    plan, truth = make_plan(f"unseen{number}", bureau, _PERIOD, _SCRIPTS[language], _DATED, whole)
    return UnseenPlan(department, plan, truth, _name_group(department))


def _name_group(department: str) -> str:
    """Return which of the departments one is of: read for mending, not read, or worded later or last."""
    if department in _LATER | _LAST:
        return "two departments later" if department in _LATER else "four departments last"
    return "four departments read" if department in _READ else "four departments not read"
