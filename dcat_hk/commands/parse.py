"""
The command `parse`: prints what is read from plans.

In: arguments. Out: entries on standard output, findings on standard error.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.errors import UsageError
from .inputs import read_documents, read_inputs
from .options import (
    add_options,
    bom_option,
    cache_of,
    cache_options,
    choice_option,
    common_options,
    config_option,
    decisions_option,
    epilog,
    language_of,
    output_option,
    sources_argument,
)
from .output import check_output, write_output
from .spoken import run_language
from .steps import STEPS, show_page, show_step

if TYPE_CHECKING:
    from ..build.readings import KeptReading
    from ..reading.parsing import Reading


@click.command(
    epilog=epilog(
        "dcat-hk parse --format csv plan.txt > plan.csv",
        "dcat-hk parse --show rows plan.docx",
        "dcat-hk parse --show page --page 3 plan.pdf -o page.svg",
    )
)
@sources_argument
@choice_option(
    "--format",
    "format_name",
    choices=("json", "csv", "table"),
    help="Output format; default table on a terminal, else json.",
)
@click.option("--ledger", is_flag=True, help="Print how each character is accounted for, instead of entries.")
@click.option("--align", is_flag=True, help="Print the rows of several editions of one plan side by side.")
@choice_option(
    "--show", "step", choices=STEPS, help="Print what a step of reading hands over; draw a page of a PDF as SVG."
)
@click.option("--page", type=click.IntRange(min=1), help="Which page --show page draws.  [default: 1]")
@bom_option
@output_option
@decisions_option
@add_options(*cache_options)
@config_option
@common_options
def parse(
    sources: tuple[Path, ...],
    format_name: str | None,
    ledger: bool,
    align: bool,
    step: str | None,
    page: int | None,
    bom: bool,
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
    Print the entries that are read from plans.

    FILE is a plan (PDF, Word, Excel, OpenDocument, HTML, Markdown, CSV or text), a folder or ZIP file of plans, or -
    for standard input. JSON has one object for each document. A file that is no plan is reported as an error; the
    others are still read. What people add to the vocabularies counts; rows are shown as printed, not as corrected.
    """
    from ..build.linkfolder import load_decisions
    from ..core.settings import load_settings
    from .remarks import print_findings, print_repeats

    language = language_of(lang)
    _check_options(format_name, ledger or align, step, page)
    check_output(output, sources, config, decisions=decisions_folder)
    if step == "page":
        write_output([show_page(sources, page or 1, config)], output, "SVG", quiet=quiet)
        return
    settings = load_settings(config, {})
    decisions = load_decisions(sources, decisions_folder, settings)
    print_repeats(sources, quiet, language)
    shown = format_name or ("table" if sys.stdout.isatty() and not output else "json")
    exit_code: int
    if ledger or step:
        documents, exit_code = read_documents(sources, settings, decisions)
        findings = [reading.findings for reading in documents if verbose or not step]
        text = show_step(documents, step, format_name) if step else _format_ledgers(documents, shown)
    else:
        plans, exit_code = read_inputs(sources, settings, cache_of(settings, cache, no_cache), decisions)
        findings = [reading.findings for reading in plans]
        text = _align(plans, shown) if align else _format(plans, shown, bom)
    for each in findings:
        print_findings(each, quiet, verbose, language)
    write_output([text], output)
    if exit_code:
        raise click.exceptions.Exit(exit_code)


def _check_options(format_name: str | None, other: bool, step: str | None, page: int | None) -> None:
    """
    Check that options go together.

    Raises:
        UsageError: They do not.
    """
    if step and other:
        raise UsageError.of("options.one-thing", "--show")
    if page is not None and step != "page":
        raise UsageError.of("options.page-alone", "--page")
    if step == "page" and format_name:
        raise UsageError.of("options.page-format", "--show page")
    if step and format_name == "csv":
        raise UsageError.of("options.step-csv", "--show")


def _format_ledgers(readings: Sequence[Reading], format_name: str) -> str:
    """Return how each character is accounted for, in a format."""
    from ..core.reporting import format_json
    from . import plan_views as views

    if format_name == "table":
        language = run_language()
        return "".join(views.ledger_table(reading.document.name, reading.ledger, language) for reading in readings)
    return format_json(views.ledgers_as_json([(reading.document.name, reading.ledger) for reading in readings]))


def _format(readings: Sequence[KeptReading], format_name: str, bom: bool) -> str:
    """Return plans in a format."""
    from ..core.plan_values import plan_as_json, rows_of_plans
    from ..core.reporting import format_json
    from ..core.tables import table_layouts, write_csv
    from . import plan_views as views

    plans = [reading.require() for reading in readings]
    if format_name == "csv":
        return "".join(write_csv(table_layouts()["rows"], rows_of_plans(plans), bom=bom))
    if format_name == "table":
        return "\n".join(views.plan_table(plan, run_language()) for plan in plans)
    return format_json([plan_as_json(plan) for plan in plans])


def _align(readings: Sequence[KeptReading], format_name: str) -> str:
    """Return editions side by side, the leading one first."""
    from ..core.reporting import format_json
    from ..core.vocabularies import load
    from ..reading.editions import aligned_rows, leading, unfold_copies
    from . import plan_views as views

    copies = unfold_copies(leading([reading.copy for reading in readings]))
    if len(copies) < 2:
        raise UsageError.of("options.align-one", "--align")
    if format_name == "csv":
        raise UsageError.of("options.align-csv", "--align")
    rows = aligned_rows(copies, load())
    if format_name == "table":
        return views.alignment_table(copies, rows, run_language())
    return format_json(views.alignment_as_json(copies, rows))
