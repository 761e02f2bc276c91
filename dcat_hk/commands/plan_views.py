"""
What `dcat-hk parse` shows of plans besides rows: ledgers, editions side by side, tables for a terminal.

In: plans, rows of editions, ledgers. Out: text, or values for JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.plan import Entry, Plan
from ..core.plan_values import entry_as_json
from ..core.wording.printed import make_agree, translate_place
from ..reading.editions import AlignedRow
from ..reading.parsing.ledger import KINDS, Ledger
from ..reading.quality import Copy
from .output import format_table


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
                "entries": [entry_as_json(entry) if entry else None for entry in row.entries],
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
