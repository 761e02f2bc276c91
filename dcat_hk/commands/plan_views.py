"""
What `dcat-hk parse` shows of plans: JSON, CSV and tables for a terminal.

In: plans, rows of editions, ledgers. Out: text, or values for JSON.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from ..core.plan import Entry, Plan
from ..core.text import guard_formula
from ..core.wording.printed import make_agree, translate_place
from ..reading.editions import AlignedRow
from ..reading.parsing.ledger import KINDS, Ledger
from ..reading.quality import Copy
from .output import format_table

#: The fields of an entry, in the order in which they are printed.
ENTRY_FIELDS = (
    "section",
    "spatial",
    "organisation",
    "group",
    "number",
    "part",
    "category",
    "title",
    "description",
    "date_raw",
    "date",
    "period",
    "date_role",
    "frequency_raw",
    "frequency",
    "formats",
    "publisher",
    "place",
)
_PLAN_FIELDS = ("doc", "bureau", "plan_title", "years", "script", "dated")


def plan_as_json(plan: Plan) -> dict[str, Any]:
    """Return a plan as the JSON Schema `plan.schema.json` describes it."""
    head = {name: getattr(plan, name) for name in _PLAN_FIELDS}
    return head | {"years": list(plan.years), "entries": [_entry_as_json(entry) for entry in plan.entries]}


def _entry_as_json(entry: Entry) -> dict[str, Any]:
    """Return an entry with its fields in order."""
    values = {name: getattr(entry, name) for name in ENTRY_FIELDS}
    period = list(entry.period) if entry.period else None
    return values | {"period": period, "formats": list(entry.formats), "place": entry.place.as_json()}


def ledgers_as_json(ledgers: Sequence[tuple[str, Ledger]]) -> dict[str, Any]:
    """
    Return the account of one or several documents as `ledger.schema.json` describes it.

    Args:
        ledgers: Documents' names and ledgers.
    """
    return {
        "characters": sum(ledger.characters for _name, ledger in ledgers),
        "accounted": {kind: sum(ledger.accounted[kind] for _name, ledger in ledgers) for kind in KINDS},
        "leftovers": [
            {"doc": name, "place": left.place.as_json(), "text": left.text}
            for name, ledger in ledgers
            for left in ledger.leftovers
        ],
    }


def plans_as_csv(plans: Iterable[Plan]) -> str:
    """Return one line for each entry, with the plan it is from; formats are separated by spaces."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(name for name in _PLAN_FIELDS if name != "years"), "first_year", "last_year", *ENTRY_FIELDS])
    for plan in plans:
        head = [getattr(plan, name) for name in _PLAN_FIELDS if name != "years"] + list(plan.years)
        for entry in plan.entries:
            values = {name: getattr(entry, name) for name in ENTRY_FIELDS}
            values |= {"period": " ".join(entry.period or ()), "formats": " ".join(entry.formats)}
            values |= {"place": str(entry.place)}
            writer.writerow([_cell(value) for value in (*head, *values.values())])
    return out.getvalue()


def _cell(value: Any) -> str:
    """Return a value as CSV writes it; text that a spreadsheet would run as a formula is quoted."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else guard_formula(str(value))


# ---- tables


def plan_table(plan: Plan, width: int | None = None) -> str:
    """Return a plan's entries as a table for a terminal."""
    years = "–".join(map(str, sorted(set(plan.years))))
    title = f"{plan.bureau}  {years}  ({plan.doc}, {make_agree(f'{len(plan.entries)} rows')})"
    rows = [_row(entry) for entry in plan.entries]
    columns = ("row", "title", "category", "date", "frequency", "formats", "lines")
    return format_table(title, columns, rows, width=width)


def _row(entry: Entry) -> list[str]:
    """Return an entry's cells."""
    date = entry.date or entry.date_raw
    frequency = entry.frequency or entry.frequency_raw
    formats = " ".join(entry.formats)
    return [entry.row_name, entry.title, entry.category, date, frequency, formats, entry.place.short]


def alignment_table(copies: Sequence[Copy], rows: Sequence[AlignedRow], width: int | None = None) -> str:
    """Return the rows of copies side by side as a table for a terminal, and why the first one leads."""
    columns = ("row", *(copy.plan.doc for copy in copies), "differs")
    cells = []
    for row in rows:
        first = next(entry for entry in row.entries if entry)
        titles = [entry.title if entry else "–" for entry in row.entries]
        cells.append([_row(first)[0], *titles, " ".join(code.removeprefix("edition-") for code in row.differences)])
    reasons = [
        [str(place), copy.plan.doc, copy.plan.dated or "", copy.plan.script, ", ".join(copy.quality.reasons)]
        for place, copy in enumerate(copies, 1)
    ]
    why = format_table("", ("place", "copy", "dated", "script", "how it was read"), reasons, width=width)
    return f"{format_table('', columns, cells, width=width)}\n{why}"


def alignment_as_json(copies: Sequence[Copy], rows: Sequence[AlignedRow]) -> dict[str, Any]:
    """Return the rows of copies side by side as JSON has them."""
    return {
        "editions": [
            {
                "doc": copy.plan.doc,
                "script": copy.plan.script,
                "dated": copy.plan.dated,
                "rows": len(copy.plan.entries),
                "quality": list(copy.quality.reasons),
            }
            for copy in copies
        ],
        "rows": [
            {
                "entries": [_entry_as_json(entry) if entry else None for entry in row.entries],
                "differences": list(row.differences),
            }
            for row in rows
        ],
    }


def ledger_table(name: str, ledger: Ledger, width: int | None = None) -> str:
    """Return a ledger as a table for a terminal, with what is left over."""
    rows = [[kind, str(count)] for kind, count in ledger.accounted.items()]
    rows.append(["all", str(ledger.characters)])
    table = format_table(name, ("kind", "characters"), rows, ("characters",), width)
    return table + "".join(f"{translate_place(str(left.place), 'en')}: {left.text}\n" for left in ledger.leftovers)
