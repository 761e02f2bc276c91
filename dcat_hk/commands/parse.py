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
from .inputs import read_inputs
from .options import choice_option, common_options, config_option, epilog, language_of, sources_argument

if TYPE_CHECKING:
    from ..reading.parsing import Reading


@click.command(epilog=epilog("dcat-hk parse --format csv plan.txt > plan.csv"))
@sources_argument
@choice_option(
    "--format",
    "format_name",
    choices=("json", "csv", "table"),
    help="Output format; default table on a terminal, else json.",
)
@click.option("--ledger", is_flag=True, help="Print how each character is accounted for, instead of entries.")
@click.option("--align", is_flag=True, help="Print the rows of several editions of one plan side by side.")
@config_option
@common_options
def parse(
    sources: tuple[Path, ...],
    format_name: str | None,
    ledger: bool,
    align: bool,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    lang: str,
) -> None:
    """
    Print the entries that are read from plans.

    FILE is a plan (PDF, DOCX, XLSX, HTML, CSV or text), a folder or ZIP file of plans, or - for standard input. JSON
    has one object for each document. A file that is no plan is reported as an error; the others are still read.
    """
    from .remarks import print_findings

    language = language_of(lang)
    format_name = format_name or ("table" if sys.stdout.isatty() else "json")
    readings, exit_code = read_inputs(sources, config, only_plans=not ledger)
    for reading in readings:
        print_findings(reading.findings, quiet, verbose, language)
    text = _align(readings, format_name) if align else _format(readings, format_name, ledger)
    click.echo(text, nl=False)
    if exit_code:
        raise click.exceptions.Exit(exit_code)


def _format(readings: Sequence[Reading], format_name: str, ledger: bool) -> str:
    """Return readings in a format."""
    from ..core.reporting import format_json
    from . import plan_views as views

    if ledger and format_name == "table":
        return "".join(views.ledger_table(reading.document.name, reading.ledger) for reading in readings)
    if ledger:
        return format_json(views.ledgers_as_json([(reading.document.name, reading.ledger) for reading in readings]))
    plans = [reading.require() for reading in readings]
    if format_name == "csv":
        return views.plans_as_csv(plans)
    if format_name == "table":
        return "\n".join(views.plan_table(plan) for plan in plans)
    return format_json([views.plan_as_json(plan) for plan in plans])


def _align(readings: Sequence[Reading], format_name: str) -> str:
    """Return editions side by side, the leading one first."""
    from ..core.reporting import format_json
    from ..core.vocabularies import load
    from ..reading.editions import aligned_rows, leading, unfold
    from ..reading.quality import copy_of
    from . import plan_views as views

    copies = [each for copy in leading([copy_of(reading) for reading in readings]) for each in unfold(copy)]
    if len(copies) < 2:
        raise UsageError("There is only one edition to align.", "--align", "Name two or more editions of one plan.")
    if format_name == "csv":
        raise UsageError("Aligned rows cannot be written as CSV.", "--align", "Use --format table or --format json.")
    rows = aligned_rows(copies, load())
    if format_name == "table":
        return views.alignment_table(copies, rows)
    return format_json(views.alignment_as_json(copies, rows))
