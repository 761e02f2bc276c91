"""
What people see on a terminal, and the plain forms of what was read: tables, JSON, CSV.

In: plans, findings, builds. Out: text.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from ..core.errors import Finding
from ..core.plan import Entry, Plan
from ..core.results import Result
from ..core.terminal import make_table, render
from ..reading.editions import AlignedRow
from ..reading.parsing.ledger import KINDS, Ledger

if TYPE_CHECKING:
    from ..build.pipeline import Build
    from ..reading.parsing import Reading

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
    "date_role",
    "frequency_raw",
    "frequency",
    "formats",
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
    return values | {"formats": list(entry.formats), "place": entry.place.as_json()}


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


def dump(value: Any) -> str:
    """Return JSON that people can read."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def plans_as_csv(plans: Iterable[Plan]) -> str:
    """Return one line for each entry, with the plan it is from; formats are parted by blanks."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*(name for name in _PLAN_FIELDS if name != "years"), "first_year", "last_year", *ENTRY_FIELDS])
    for plan in plans:
        head = [getattr(plan, name) for name in _PLAN_FIELDS if name != "years"] + list(plan.years)
        for entry in plan.entries:
            values = {name: getattr(entry, name) for name in ENTRY_FIELDS}
            values |= {"formats": " ".join(entry.formats), "place": str(entry.place)}
            writer.writerow([_cell(value) for value in (*head, *values.values())])
    return out.getvalue()


def _cell(value: Any) -> str:
    """Return a value as CSV writes it; text that a spreadsheet would take for a formula is quoted."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    text = str(value)
    return f"'{text}" if text[:1] in "=+-@" and not isinstance(value, int) else text


# ---- tables


def plan_table(plan: Plan, width: int | None = None) -> str:
    """Return a plan's entries as a table for a terminal."""
    years = "–".join(map(str, sorted(set(plan.years))))
    title = f"{plan.bureau}  {years}  ({plan.doc}, {len(plan.entries)} rows)"
    rows = [_row(entry) for entry in plan.entries]
    columns = ("row", "title", "category", "date", "frequency", "formats", "lines")
    return render([make_table(columns, rows, title=title)], width)


def _row(entry: Entry) -> list[str]:
    """Return an entry's cells."""
    subsection = {True: "i", False: "ii", None: ""}[entry.spatial]
    number = "" if entry.number is None else str(entry.number)
    name = ".".join(filter(None, [entry.section, subsection, number + (f".{entry.part}" if entry.part else "")]))
    date = entry.date or entry.date_raw
    frequency = entry.frequency or entry.frequency_raw
    formats = " ".join(entry.formats)
    return [name, entry.title, entry.category, date, frequency, formats, entry.place.short]


def alignment_table(plans: Sequence[Plan], rows: Sequence[AlignedRow], width: int | None = None) -> str:
    """Return the rows of editions beside one another as a table for a terminal."""
    columns = ("row", *(plan.doc for plan in plans), "differs")
    cells = []
    for row in rows:
        first = next(entry for entry in row.entries if entry)
        titles = [entry.title if entry else "–" for entry in row.entries]
        cells.append([_row(first)[0], *titles, " ".join(code.removeprefix("edition-") for code in row.differences)])
    return render([make_table(columns, cells)], width)


def alignment_as_json(plans: Sequence[Plan], rows: Sequence[AlignedRow]) -> dict[str, Any]:
    """Return the rows of editions beside one another as JSON has them."""
    return {
        "editions": [{"doc": plan.doc, "script": plan.script, "rows": len(plan.entries)} for plan in plans],
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
    table = make_table(("kind", "characters"), rows, ("characters",), name)
    return render([table], width) + "".join(f"{left.place}: {left.text}\n" for left in ledger.leftovers)


def build_table(build: Build, width: int | None = None) -> str:
    """Return a small table of what was read: rows, stages, findings and violations by plan."""
    columns = ("plan", "input", "rows", "released", "planned", "findings", "violations")
    rows: list[list[str]] = []
    totals = [0] * 5
    for outcome in sorted(build.outcomes, key=lambda o: (not o.path, o.path, bool(o.edition_of), o.name)):
        violated = sum(1 for result in outcome.results if result.severity == "Violation")
        counts = [outcome.rows, outcome.released, outcome.planned, len(outcome.findings), violated]
        name = outcome.path.removeprefix("plans/") or ("refused" if outcome.refused else "repeated")
        if outcome.edition_of:
            # Its rows are the plan's, which are counted once.
            rows.append([f"{name} (edition)", outcome.name, "", "", "", str(counts[3]), ""])
            totals[3] += counts[3]
            continue
        rows.append([name, outcome.name, *map(str, counts)])
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
    rows.append(["all", f"{len(build.outcomes)} inputs", *map(str, totals)])
    return render([make_table(columns, rows, columns[2:])], width)


# ---- lines


def finding_line(finding: Finding, language: str = "en") -> str:
    """Return a finding on one line: where, how serious, what, what to do."""
    said = f"{finding.message(language)} {finding.advice(language)}"
    return f"{finding.where}: {finding.severity}: {said} [{finding.code}]"


def lint_lines(
    readings: Sequence[Reading], findings: Sequence[Finding], language: str = "en", quiet: bool = False
) -> str:
    """
    Return findings as the writer of a plan reads them: by document, in its order, each with what to do.

    Args:
        readings: The documents, for those without findings.

        findings: What is to be told of them.

        language: The language of messages.

        quiet: Whether the line that sums up each document is left out.
    """
    lines: list[str] = []
    for reading in readings:
        name = reading.document.name
        told = [finding for finding in findings if finding.document == name]
        lines += [line for finding in told for line in _lint_lines(finding, language)]
        if not quiet:
            counts = Counter(finding.severity for finding in told)
            rows = len(reading.require().entries)
            lines.append(f"{name}: {rows} rows, {counts['error']} errors, {counts['warning']} warnings.")
    return "".join(f"{line}\n" for line in lines)


def _lint_lines(finding: Finding, language: str) -> list[str]:
    """Return a finding with its advice on a line of its own."""
    return [
        f"{finding.where}: {finding.severity}: {finding.message(language)} [{finding.code}]",
        f"    → {finding.advice(language)}",
    ]


def result_lines(results: Sequence[Result], language: str = "en", most: int = 20) -> str:
    """Return validation results grouped by cause, each with how often and the first things concerned."""
    causes: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        causes.setdefault((result.severity, result.message(language)), []).append(result)
    lines: list[str] = []
    for (severity, message), found in sorted(causes.items(), key=lambda cause: (cause[0][0] != "Violation", cause[0])):
        lines.append(f"{severity} × {len(found)}: {message}")
        lines += [f"    {result.focus_node}" + (f"  {result.value}" if result.value else "") for result in found[:most]]
        if len(found) > most:
            lines.append(f"    … and {len(found) - most} more")
    return "".join(f"{line}\n" for line in lines)
