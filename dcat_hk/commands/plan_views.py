"""
What `dcat-hk parse` shows of plans besides rows: ledgers, editions side by side, tables for a terminal.

In: plans, rows of editions, ledgers. Out: text, or values for JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..core.plan import Entry, Plan
from ..core.plan_values import entry_as_json
from ..core.wording.printed import translate_place
from ..core.wording.refusals import join_items, say
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


def plan_table(plan: Plan, language: str = "en", width: int | None = None) -> str:
    """Return a plan's entries as a table for a terminal, with headings in a language."""
    years = "–".join(map(str, sorted(set(plan.years))))
    counted = {"doc": plan.doc, "rows": len(plan.entries)}
    title = say("views.plan-title", language, bureau=plan.bureau, years=years, **counted)
    rows = [_row(entry, language) for entry in plan.entries]
    columns = _heads(language, "row", "title", "category", "date", "frequency", "formats", "lines")
    return format_table(title, columns, rows, width=width)


def _heads(language: str, *names: str) -> list[str]:
    """Return headings in a language."""
    return [say(f"views.{name}", language) for name in names]


def _row(entry: Entry, language: str) -> list[str]:
    """Return an entry's cells."""
    date = entry.date or entry.date_raw
    frequency = entry.frequency or entry.frequency_raw
    formats = " ".join(entry.formats)
    place = translate_place(entry.place.short, language) if entry.place.start else entry.place.short
    return [entry.row_name, entry.title, entry.category, date, frequency, formats, place]


def alignment_table(
    copies: Sequence[Copy], rows: Sequence[AlignedRow], language: str = "en", width: int | None = None
) -> str:
    """Return the rows of copies side by side as a table for a terminal, and why the first one leads."""
    columns = (say("views.row", language), *(copy.plan.doc for copy in copies), say("views.differs", language))
    cells = []
    for row in rows:
        first = next(entry for entry in row.entries if entry)
        titles = [entry.title if entry else "–" for entry in row.entries]
        cells.append([first.row_name, *titles, " ".join(code.removeprefix("edition-") for code in row.differences)])
    reasons = [
        [
            str(place),
            copy.plan.doc,
            copy.plan.dated or "",
            copy.plan.script,
            join_items(copy.quality.reasons_in(language), language),
        ]
        for place, copy in enumerate(copies, 1)
    ]
    heads = _heads(language, "place", "copy", "dated", "script", "how-read")
    why = format_table("", heads, reasons, width=width)
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


def ledger_table(name: str, ledger: Ledger, language: str = "en", width: int | None = None) -> str:
    """Return a ledger as a table for a terminal, with what is left over."""
    heads = _heads(language, "kind", "characters")
    rows = [[say(f"views.kind-{kind}", language), str(count)] for kind, count in ledger.accounted.items()]
    rows.append([say("views.all", language), str(ledger.characters)])
    table = format_table(name, heads, rows, heads[1:], width)
    places = [(translate_place(str(left.place), language), left.text) for left in ledger.leftovers]
    return table + "".join(f"{place}: {text}\n" for place, text in places)
