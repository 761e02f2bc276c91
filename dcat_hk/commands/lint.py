"""
The command `lint`: reports to the writer of a plan what cannot be read in it.

In: arguments. Out: findings on standard output; exit code 4 if there are errors, 3 if no row of a plan was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .inputs import read_inputs
from .options import (
    add_options,
    cache_of,
    cache_options,
    choice_option,
    common_options,
    config_option,
    decisions_option,
    epilog,
    language_of,
    sources_argument,
)

if TYPE_CHECKING:
    from ..build.readings import KeptReading
    from ..build.suggestions import Suggestion
    from ..core.errors import Finding
    from ..core.settings import Settings
    from ..core.vocabularies import Vocabularies


@click.command(epilog=epilog("dcat-hk lint --lang zh-HK plan.docx"))
@sources_argument
@choice_option("--format", "format_name", choices=("text", "json", "sarif"), default="text", help="Output format.")
@click.option("--strict", is_flag=True, help="Exit with code 4 for warnings, too.")
@click.option("--suggest", is_flag=True, help="Print the lines for the folder of decisions that settle findings.")
@decisions_option
@add_options(*cache_options)
@config_option
@common_options
def lint(
    sources: tuple[Path, ...],
    format_name: str,
    strict: bool,
    suggest: bool,
    decisions_folder: Path | None,
    cache: Path | None,
    no_cache: bool,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    lang: str,
) -> None:
    """
    Report what cannot be read in plans, and how to correct it.

    FILE is a plan (PDF, Word, Excel, OpenDocument, HTML, Markdown, CSV or text), a folder or ZIP file of plans, or -
    for standard input. Findings are listed in the order of the document. An error means that a row or a character is
    lost, a warning that a fact is lost; --verbose also lists findings of severity info. The exit code is 4 if there are
    errors, and 3 if a file cannot be read or no row of a plan was read.
    """
    from ..build.linkfolder import load_decisions
    from ..core.errors import exit_code_of, findings_as_json
    from ..core.reporting import format_json
    from ..core.sarif import sarif_of_findings
    from ..core.settings import load_settings
    from ..core.vocabularies import load
    from ..core.vocabularies.additions import extend
    from .remarks import lint_lines, print_repeats

    language = language_of(lang)
    settings = load_settings(config, {})
    print_repeats(sources, quiet, language)
    decisions = load_decisions(sources, decisions_folder, settings)
    kept = cache_of(settings, cache, no_cache)
    readings, exit_code = read_inputs(sources, settings, kept, decisions, corrected=True)
    listed = {"error", "warning", *(["info"] if verbose else [])}
    found = [(reading, one) for reading in readings for one in reading.findings if one.severity in listed]
    findings = [finding for _reading, finding in found]
    suggestions = _suggest(found, extend(load(settings.base_iri), decisions)) if suggest else [None] * len(found)
    if format_name == "sarif":
        text = format_json(sarif_of_findings(findings, language, _locate(sources, findings, settings)))
    elif format_name == "json":
        text = format_json(
            [
                values | ({"suggestion": one._asdict()} if one else {})
                for values, one in zip(findings_as_json(findings), suggestions, strict=True)
            ]
        )
    else:
        lines = [f"decisions/{one.file}:\n{one.text}" if one else "" for one in suggestions]
        text = lint_lines(readings, findings, language, quiet, lines)
    click.echo(text, nl=False)
    plans = [(len(reading.require().entries), reading.findings) for reading in readings]
    if exit_code or any(exit_code_of(rows, of_plan) == 3 for rows, of_plan in plans):
        raise click.exceptions.Exit(exit_code or 3)
    failing = {"error", "warning"} if strict else {"error"}
    if any(finding.severity in failing for finding in findings):
        raise click.exceptions.Exit(4)


def _locate(sources: Sequence[Path], findings: Sequence[Finding], settings: Settings) -> dict[str, str]:
    """Return where the files of documents are, as seen from here: code hosts and editors look for them."""
    from ..build import find_inputs, limits_of

    files = {
        source.name: source.path.absolute()
        for source in find_inputs(sources, limits_of(settings))
        if source.content is None and str(source.path) != "-"
    }
    here = Path.cwd()
    places: dict[str, str] = {}
    for document in {finding.document for finding in findings}:
        # A language of a file with several goes by its name and the language in brackets.
        path = files.get(document) or files.get(document.rpartition(" (")[0])
        if path:
            places[document] = (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()
    return places


def _suggest(found: Sequence[tuple[KeptReading, Finding]], vocabularies: Vocabularies) -> list[Suggestion | None]:
    """Return what to write into the folder of decisions about each finding, None where no decision would help."""
    from ..build.suggestions import Suggester

    suggesters: dict[str, Suggester] = {}
    for reading, _finding in found:
        suggesters.setdefault(reading.name, Suggester(reading.require(), vocabularies))
    return [suggesters[reading.name].suggest(finding) for reading, finding in found]
