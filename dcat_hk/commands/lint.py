"""
The command `lint`: reports to the writer of a plan what cannot be read in it.

In: arguments. Out: findings on standard output; exit code 4 if there are errors, 3 if no row of a plan was read.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from ..core.errors import UsageError
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
    path_type,
    sources_argument,
)
from .output import check_output, write_output

if TYPE_CHECKING:
    from ..build.readings import KeptReading
    from ..build.suggestions import Suggestion
    from ..core.errors import Finding
    from ..core.settings import Settings
    from ..core.vocabularies import Vocabularies


class NamedDocument(NamedTuple):
    """A document to give back: its name and its bytes."""

    name: str
    data: bytes


@click.command(epilog=epilog("dcat-hk lint --lang zh-HK plan.docx"))
@sources_argument
@choice_option("--format", "format_name", choices=("text", "json", "sarif"), default="text", help="Output format.")
@click.option("--strict", is_flag=True, help="Exit with code 4 for warnings, too.")
@click.option("--suggest", is_flag=True, help="Print the lines for the folder of decisions that settle findings.")
@click.option("--annotate", is_flag=True, help="Write the Word or Excel file with a comment at each finding; needs -o.")
@click.option("-o", "--output", type=path_type, help="File to write; default standard output.")
@decisions_option
@add_options(*cache_options)
@config_option
@common_options
def lint(
    sources: tuple[Path, ...],
    format_name: str,
    strict: bool,
    suggest: bool,
    annotate: bool,
    output: Path | None,
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
    lost, a warning that a fact is lost; --verbose also lists findings of severity info. With --annotate, -o gets the
    document itself with a comment at each place. The exit code is 4 if there are errors, and 3 if a file cannot be read
    or no row of a plan was read.
    """
    from ..build.linkfolder import load_decisions
    from ..core.errors import exit_code_of
    from ..core.settings import load_settings
    from ..core.vocabularies import load
    from ..core.vocabularies.additions import extend
    from .remarks import print_repeats

    language = language_of(lang)
    check_output(output, sources, config, decisions=decisions_folder)
    settings = load_settings(config, {})
    document = _read_document(sources, output, settings) if annotate else None
    print_repeats(sources, quiet, language)
    decisions = load_decisions(sources, decisions_folder, settings)
    kept = cache_of(settings, cache, no_cache)
    readings, exit_code = read_inputs(sources, settings, kept, decisions, corrected=True)
    listed = {"error", "warning", *(["info"] if verbose else [])}
    found = [
        (reading, one) for reading in readings for one in reading.findings if one.severity in listed or one.is_oversight
    ]
    findings = [finding for _reading, finding in found]
    suggestions = _suggest(found, extend(load(settings.base_iri), decisions)) if suggest else [None] * len(found)
    places = _locate(sources, findings, settings) if format_name == "sarif" else {}
    text = _format(format_name, readings, findings, suggestions, (language, quiet), places)
    if document and output:
        kind = output.suffix.removeprefix(".")
        write_output([_add_comments(document, findings, language, settings)], output, kind, quiet=quiet)
    write_output([text], None if document else output, format_name, quiet=quiet)
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


def _format(
    format_name: str,
    readings: Sequence[KeptReading],
    findings: Sequence[Finding],
    suggestions: Sequence[Suggestion | None],
    spoken: tuple[str, bool],
    places: dict[str, str],
) -> str:
    """Return findings, and what to write about them, in a format, in a language, with or without summaries."""
    from ..core.errors import findings_as_json
    from ..core.reporting import format_json
    from ..core.sarif import sarif_of_findings
    from .remarks import lint_lines

    language, quiet = spoken
    if format_name == "sarif":
        return format_json(sarif_of_findings(findings, language, places))
    if format_name == "json":
        return format_json(
            [
                values | ({"suggestion": one._asdict()} if one else {})
                for values, one in zip(findings_as_json(findings), suggestions, strict=True)
            ]
        )
    lines = [f"decisions/{one.file}:\n{one.text}" if one else "" for one in suggestions]
    return lint_lines(readings, findings, language, quiet, lines)


def _add_comments(document: NamedDocument, findings: Sequence[Finding], language: str, settings: Settings) -> bytes:
    """Return a document with a comment for each finding."""
    from ..build import limits_of
    from ..drafting.annotate import annotate as add_comments

    return add_comments(document.data, document.name, findings, language, limits_of(settings))


def _read_document(sources: Sequence[Path], output: Path | None, settings: Settings) -> NamedDocument:
    """Return the only document that is named, which can be given back under the name to write."""
    from ..build import find_inputs, limits_of
    from ..drafting.annotate import check_ending
    from ..reading.documents.inputs import STDIN

    limits = limits_of(settings)
    if output is None:
        raise UsageError.of("annotate.no-output", "--annotate")
    # Standard input can be read only once, and the plan in it is read as well.
    inputs = [] if STDIN in sources else find_inputs(sources, limits)
    if len(inputs) != 1:
        raise UsageError.of("annotate.one-document", "--annotate")
    data = inputs[0].read(limits)
    check_ending(data, inputs[0].name, output.suffix, limits)
    return NamedDocument(inputs[0].name, data)


def _suggest(found: Sequence[tuple[KeptReading, Finding]], vocabularies: Vocabularies) -> list[Suggestion | None]:
    """Return what to write into the folder of decisions about each finding, None where no decision would help."""
    from ..build.suggestions import Suggester

    suggesters: dict[str, Suggester] = {}
    for reading, _finding in found:
        suggesters.setdefault(reading.name, Suggester(reading.require(), vocabularies))
    return [suggesters[reading.name].suggest(finding) for reading, finding in found]
