"""
What a build has to say, as text: the table of plans or of departments, findings by cause, refused files.

In: the result of a build. Out: lines. Nothing that people copy is cut: where the terminal is too narrow for a table,
there is a line for each row.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from ..core.errors import Finding
from ..core.results import violations
from ..core.terminal import terminal_width
from ..core.text import harmless
from ..core.vocabularies import load
from ..core.wording.messages import load_printed_texts
from ..core.wording.refusals import say
from .output import format_table

if TYPE_CHECKING:
    from ..build import BuildResult
    from ..catalogue.publishing.report import InputOutcome

#: More files or findings than that are not listed one by one, unless somebody asks for it.
MOST_LISTED = 20
#: How many places of a cause are named.
_FIRST_PLACES = 3
#: The terminal must be as wide as that for a table.
_WIDE_ENOUGH = 76
_SEVERITIES = ("error", "warning", "info")
_NUMBERS = ("rows", "released", "planned", "findings", "violations")
#: What a file of a plan is that is not simply an edition of it, by the finding that says so.
_KINDS = {"plan-in-parts": "part", "plan-issued-again": "older-issue"}
#: The columns of the table of departments.
COLUMNS = ("department", "plans", "files", *_NUMBERS)


class CauseGroup(NamedTuple):
    """The findings of one kind, in the order of files and places."""

    code: str
    severity: str
    findings: list[Finding]

    @property
    def files(self) -> int:
        """Return in how many files they are."""
        return len({finding.document for finding in self.findings})


@dataclass(slots=True)
class DepartmentCount:
    """What was read of the plans of one department."""

    name: str
    plans: set[str] = field(default_factory=set)
    files: int = 0
    numbers: list[int] = field(default_factory=lambda: [0] * len(_NUMBERS))

    def add(self, outcome: InputOutcome, findings: int) -> None:
        """Count a file; an edition has the rows of its plan, which are counted once."""
        self.files += 1
        self.plans.add(outcome.path)
        counts = [0, 0, 0] if outcome.edition_of else [outcome.rows, outcome.released, outcome.planned]
        counts += [findings, len(violations(outcome.results))]
        self.numbers = [one + other for one, other in zip(self.numbers, counts, strict=True)]

    def cells(self) -> list[str]:
        """Return the cells of its row."""
        return [self.name, f"{len(self.plans)}", f"{self.files}", *(f"{number}" for number in self.numbers)]


def is_repeated(outcome: InputOutcome) -> bool:
    """Tell whether a file was read and left out, because another says the same plan."""
    return not outcome.path and not is_refused(outcome)


def is_refused(outcome: InputOutcome) -> bool:
    """Tell whether a file was not read, or left out with rows of its own."""
    return bool(outcome.refused or outcome.left_out)


def findings_of(result: BuildResult) -> list[Finding]:
    """
    Return the findings on the build and on each file, those on files with the same bytes once.

    Args:
        result: What a build did.
    """
    findings = list(result.remarks)
    known: set[str] = set()
    for outcome in sorted(result.outcomes, key=lambda one: (is_repeated(one), one.name)):
        is_copy = is_repeated(outcome) and outcome.sha256 in known
        findings += [one for one in outcome.findings if not is_copy or one.code == "repeated-plan"]
        known.add(outcome.sha256)
    return findings


def group_findings(findings: Iterable[Finding]) -> list[CauseGroup]:
    """
    Return findings by their kind: the worst first, then the most frequent.

    Args:
        findings: Findings of any files.

    >>> groups = group_findings([Finding(code, "a.txt") for code in ("missing-date", "missing-title", "missing-date")])
    >>> [(group.severity, group.code, len(group.findings)) for group in groups]
    [('error', 'missing-title', 1), ('warning', 'missing-date', 2)]
    """
    groups: dict[str, CauseGroup] = {}
    for finding in findings:
        group = groups.setdefault(finding.code, CauseGroup(finding.code, finding.severity, []))
        group.findings.append(finding)
    return sorted(groups.values(), key=lambda one: (_SEVERITIES.index(one.severity), -len(one.findings), one.code))


def cause_lines(groups: Sequence[CauseGroup], language: str) -> str:
    """
    Return findings by cause as lines: how many in how many files, the first places, and what to do.

    Args:
        groups: The findings.

        language: The language.
    """
    lines: list[str] = []
    for group in groups:
        severity = load_printed_texts()[group.severity][language]
        values = {"severity": severity, "count": f"{len(group.findings):,}", "files": f"{group.files:,}"}
        lines.append(say("build.cause", language, **values, code=group.code))
        shown = first_places(group)
        lines += [f"    {finding.where_in(language)}: {finding.message(language)}" for finding in shown]
        more = len(group.findings) - len(shown)
        if more:
            lines.append("    " + say("build.more", language, count=f"{more:,}"))
        lines.append(f"    → {shown[0].advice(language)}")
    return "".join(f"{harmless(line)}\n" for line in lines)


def first_places(group: CauseGroup) -> list[Finding]:
    """Return the first findings of a kind, of as many files as possible."""
    of_files = {finding.document: finding for finding in reversed(group.findings)}
    first = sorted(of_files.values(), key=group.findings.index)[:_FIRST_PLACES]
    return first if len(first) == _FIRST_PLACES else group.findings[:_FIRST_PLACES]


def refused_lines(outcomes: Sequence[InputOutcome], language: str) -> str:
    """
    Return which files were refused and why, in one list.

    Args:
        outcomes: What became of each input.

        language: The language.
    """
    refused = [outcome.refused_in(language) for outcome in outcomes if outcome.refused]
    if len(refused) == 1:
        return say("commands.error", language, text=refused[0]) + "\n"
    if not refused:
        return ""
    heading = say("build.refused", language, count=len(refused), total=len(outcomes))
    return "".join(f"{line}\n" for line in [heading, *(f"  {one}" for one in refused)])


def count_departments(result: BuildResult, language: str) -> list[DepartmentCount]:
    """
    Return what was read of each department, by its name, and the sum of all.

    Args:
        result: What a build did.

        language: The language of the names.
    """
    bodies = load().organisations
    counts: dict[str, DepartmentCount] = {}
    total = DepartmentCount(say("build.all", language))
    for outcome in result.outcomes:
        if outcome.path:
            code = outcome.path.split("/")[1]
            name = bodies[code].label(language) if code in bodies else outcome.bureau
            for count in (counts.setdefault(code, DepartmentCount(name)), total):
                count.add(outcome, len(outcome.findings))
    return [*sorted(counts.values(), key=lambda one: one.name), total]


def count_files(result: BuildResult, language: str) -> str:
    """
    Return how many files were read, how many are copies and how many were refused, in a sentence.

    Args:
        result: What a build did.

        language: The language.
    """
    kinds = Counter(
        "refused" if is_refused(one) else "copies" if is_repeated(one) else "read" for one in result.outcomes
    )
    values = {name: kinds[name] for name in ("read", "copies", "refused")}
    return say("build.counted", language, total=len(result.outcomes), **values)


def department_table(result: BuildResult, language: str, width: int | None = None) -> str:
    """
    Return what was read as a table by department, or as a line for each where there is no room for a table.

    Args:
        result: What a build did.

        language: The language.

        width: Columns of the terminal; None for those of this one.
    """
    columns = [say(f"build.{name}", language) for name in COLUMNS]
    rows = [count.cells() for count in count_departments(result, language)]
    return f"{_format_rows(columns, rows, 1, width)}{count_files(result, language)}\n"


def plan_table(result: BuildResult, language: str = "en", width: int | None = None) -> str:
    """
    Return what was read as a table by plan, or as a line for each where there is no room for a table.

    Args:
        result: What a build did.

        language: The language of headings.

        width: Columns of the terminal; None for those of this one.
    """
    heads = ("plan", "input", "rows-head", "released", "planned", "findings", "violations")
    columns = [say(f"views.{name}", language) for name in heads]
    rows: list[list[str]] = []
    totals = [0] * len(_NUMBERS)
    for outcome in sorted(result.outcomes, key=lambda o: (not o.path, o.path, bool(o.edition_of), o.name)):
        violated = len(violations(outcome.results))
        counts = [outcome.rows, outcome.released, outcome.planned, len(outcome.findings), violated]
        plan = outcome.path.removeprefix("plans/")
        if outcome.edition_of or not outcome.path:
            # Its rows are the plan's, which are counted once.
            name = say(f"views.{_kind_of(outcome)}", language, plan=plan)
            rows.append([name, outcome.name, "", "", "", str(counts[3]), ""])
            totals[3] += counts[3]
            continue
        rows.append([plan, outcome.name, *map(str, counts)])
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
    counted = say("views.inputs", language, count=len(result.outcomes))
    rows.append([say("views.all", language), counted, *map(str, totals)])
    return _format_rows(columns, rows, 2, width)


def _kind_of(outcome: InputOutcome) -> str:
    """Return the name of what a file is that leads no plan."""
    if not outcome.path:
        return "left-out" if outcome.left_out else "refused" if outcome.refused else "repeated"
    codes = {finding.code for finding in outcome.findings}
    return next((kind for code, kind in _KINDS.items() if code in codes), "edition")


def _format_rows(columns: Sequence[str], rows: Sequence[Sequence[str]], names: int, width: int | None) -> str:
    """Return rows as a table, or as lines if the terminal is narrow; the first so many columns are names."""
    if terminal_width(width) >= _WIDE_ENOUGH:
        return format_table("", columns, rows, columns[names:], width)
    lines: list[str] = []
    for row in rows:
        lines.append(", ".join(row[:names]))
        numbers = zip(columns[names:], row[names:], strict=True)
        lines.append("    " + ", ".join(f"{column} {number}" for column, number in numbers if number not in {"", "0"}))
    return "".join(f"{harmless(line.rstrip())}\n" for line in lines if line.strip())
