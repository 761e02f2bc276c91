"""
Findings and validation results as lines of text.

In: findings, results. Out: lines for standard error or standard output.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.errors import Finding
from ..core.results import Result
from ..core.text import printable
from ..core.wording.messages import load_printed_texts
from ..core.wording.printed import make_agree
from ..core.wording.refusals import say
from .spoken import print_error

if TYPE_CHECKING:
    from ..build.readings import KeptReading
    from ..catalogue.publishing.report import InputOutcome


#: What is said of a cause of results, by severity.
_CAUSES = {"Violation": "views.violation", "Warning": "views.warning", "Info": "views.info"}
#: Findings that say which files were left out or are older, and which have no date.
_ALWAYS_TOLD = frozenset({"repeated-plan", "plan-issued-again", "undated-plan"})


def print_findings(findings: Sequence[Finding], quiet: bool, verbose: bool, language: str) -> None:
    """
    Print findings on standard error.

    Args:
        findings: What to print.

        quiet: Whether to print none.

        verbose: Whether to print those of severity info, too.

        language: The language of messages.
    """
    for finding in findings:
        if not quiet and (verbose or finding.severity != "info"):
            click.echo(finding_line(finding, language), err=True)


def print_outcomes(outcomes: Sequence[InputOutcome], quiet: bool, verbose: bool, language: str) -> int:
    """
    Print on standard error what could not be read, and which files were left out or have no date.

    Args:
        outcomes: What became of each file of several plans that are compared.

        quiet: Whether to print no findings; which files are missing in the answer is always told.

        verbose: Whether to print all other findings, too.

        language: The language of messages.

    Returns:
        The exit code for it: 3 if a file could not be read, 4 if one was left out with rows of its own, else 0.
    """
    for outcome in outcomes:
        if outcome.refused:
            print_error(outcome.refused_in(language))
        told = [one for one in outcome.findings if verbose or one.code in _ALWAYS_TOLD]
        print_findings([one for one in told if one is not outcome.left_out], quiet, True, language)
    left_out = [finding for outcome in outcomes if (finding := outcome.left_out)]
    print_findings(left_out, False, True, language)
    return 3 if any(outcome.refused for outcome in outcomes) else 4 if left_out else 0


def print_repeats(sources: Sequence[Path], quiet: bool, language: str) -> None:
    """
    Print on standard error which files are named more than once.

    Args:
        sources: The files and folders that a command is given.

        quiet: Whether to print none.

        language: The language of messages.
    """
    from ..reading.documents.inputs import find_repeats

    for path in () if quiet else find_repeats(sources):
        click.echo(load_printed_texts()["named-twice"][language].format(name=printable(str(path))), err=True)


def finding_line(finding: Finding, language: str = "en") -> str:
    """Return a finding on one line: where, severity, message, advice."""
    text = f"{finding.message(language)} {finding.advice(language)}"
    return f"{_opening(finding, language)}: {text} [{finding.code}]"


def _opening(finding: Finding, language: str) -> str:
    """Return where a finding is and its severity."""
    return f"{finding.where_in(language)}: {load_printed_texts()[finding.severity][language]}"


def lint_lines(
    readings: Sequence[KeptReading],
    findings: Sequence[Finding],
    language: str = "en",
    quiet: bool = False,
    suggestions: Sequence[str] = (),
) -> str:
    """
    Return findings for the writer of a plan: by document, in its order, each with advice.

    Args:
        readings: The documents, including those without findings.

        findings: The findings to list.

        language: The language of messages.

        quiet: Whether the summary line of each document is left out.

        suggestions: For each finding what to write about it, or nothing; empty for none at all.
    """
    suggested = dict(zip(map(id, findings), suggestions, strict=False))
    lines: list[str] = []
    for reading in readings:
        name = reading.name
        own = [finding for finding in findings if finding.document == name]
        lines += [line for finding in own for line in _lint_lines(finding, language, suggested.get(id(finding), ""))]
        if not quiet:
            counts = Counter(finding.severity for finding in own)
            rows = len(reading.require().entries)
            summary = load_printed_texts()["summary"][language]
            text = summary.format(rows=rows, errors=counts["error"], warnings=counts["warning"])
            lines.append(f"{name}: {make_agree(text) if language == 'en' else text}")
    return "".join(f"{line}\n" for line in lines)


def _lint_lines(finding: Finding, language: str, suggestion: str) -> list[str]:
    """Return a finding with its advice on a line of its own, and what to write about it."""
    return [
        f"{_opening(finding, language)}: {finding.message(language)} [{finding.code}]",
        f"    → {finding.advice(language)}",
        *(f"    | {line}" for line in suggestion.splitlines()),
    ]


def result_lines(results: Sequence[Result], language: str = "en", most: int = 20) -> str:
    """Return validation results grouped by cause, each with its count and the first things concerned."""
    causes: dict[tuple[str, str], list[Result]] = {}
    for result in results:
        causes.setdefault((result.severity, result.message(language)), []).append(result)
    lines: list[str] = []
    for (severity, message), same in sorted(causes.items(), key=lambda cause: (cause[0][0] != "Violation", cause[0])):
        lines.append(say(_CAUSES[severity], language, count=len(same), message=message))
        lines += [f"    {result.focus_node}" + (f"  {result.value}" if result.value else "") for result in same[:most]]
        if len(same) > most:
            lines.append(f"    {say('views.more', language, count=len(same) - most)}")
    return "".join(f"{line}\n" for line in lines)
