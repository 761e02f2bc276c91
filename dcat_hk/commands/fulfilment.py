"""
The command `fulfilment`: says what became of every promise, as of a month.

In: plans, or an output folder. Out: a table, CSV, JSON or a page on standard output; remarks on standard error.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import UsageError
from .options import (
    add_options,
    bom_option,
    choice_option,
    config_option,
    decisions_option,
    epilog,
    find_month,
    jobs_option,
    language_of,
    language_option,
    links_option,
    output_option,
    path_type,
    quiet_option,
)
from .output import check_output, write_output
from .progress import progress_shown
from .remarks import print_outcomes, print_repeats

if TYPE_CHECKING:
    from ..reconciliation.summaries import Dimension

_fulfilment_options = add_options(
    click.option("--from", "folder", type=path_type, help="Output folder of a build to read instead of plans."),
    click.option("--as-of", "month", metavar="YYYY-MM", help="Month to answer for; default this month."),
    click.option(
        "--by", default="body,year", show_default=True, help="What figures are given by: body, year, category."
    ),
    choice_option("--promise", "judged", choices=("first", "last"), default="last", help="Target to judge by."),
    choice_option(
        "--format",
        "format_name",
        choices=("table", "csv", "json", "html"),
        help="Output format; default table on a terminal, else json.",
    ),
    bom_option,
    output_option,
    links_option,
    decisions_option,
    jobs_option,
    config_option,
    language_option,
    quiet_option,
)


@click.command(epilog=epilog("dcat-hk fulfilment --as-of 2025-06 plans/", "dcat-hk fulfilment --from output --by body"))
@click.argument("sources", nargs=-1, type=path_type, metavar="[FILE…]")
@_fulfilment_options
def fulfilment(
    sources: tuple[Path, ...],
    folder: Path | None,
    month: str | None,
    by: str,
    judged: str,
    format_name: str | None,
    output: Path | None,
    quiet: bool,
    lang: str,
    **options: Any,
) -> None:
    """
    Say what became of every promise, as of a month.

    FILE is a plan, a folder or ZIP file of plans, or - for standard input. Only plans dated up to the month count, so
    that the answer for a past month stays the same when newer plans come. After the end of the newest plan of a body
    nothing more is known of what it still planned. The exit code is 3 if a file cannot be read, and 4 if one is
    left out because another is the plan of its body and years.
    """
    from ..build.fulfilment import read_promises, read_published_promises
    from ..build.linkfolder import find_decisions, find_links
    from ..core.settings import load_settings
    from ..core.tables import BOM
    from ..reconciliation.states import state_of
    from ..reconciliation.summaries import summarise
    from .fulfilment_views import FORMATS, Fulfilment, remark_lines

    language, dimensions = language_of(lang), _find_dimensions(by)
    if bool(sources) == bool(folder):
        raise UsageError.of("options.plans-or-folder")
    as_of = find_month(month)
    check_output(
        output, sources, options["config"], links=options["links_folder"], decisions=options["decisions_folder"]
    )
    if folder:
        source = read_published_promises(folder, as_of)
    else:
        settings = load_settings(options["config"], {})
        print_repeats(sources, quiet, language)
        with progress_shown(quiet) as progress:
            links = find_links(sources, options["links_folder"], settings)
            people = {"links": links, "decisions": find_decisions(sources, options["decisions_folder"], settings)}
            source = read_promises(sources, as_of, settings, **people, jobs=options["jobs"], progress=progress)
    states = [state_of(promise, as_of, judged) for promise in source.promises]  # type: ignore[arg-type]
    result = Fulfilment(as_of, judged, source.base, states, dimensions, summarise(states, as_of, dimensions))
    exit_code = print_outcomes(source.missing, True, False, language)
    if not quiet:
        for line in remark_lines(result, source.undated, language):
            click.echo(line, err=True)
    shown = format_name or ("table" if sys.stdout.isatty() and not output else "json")
    text = FORMATS[shown](result, language)
    write_output([BOM + text if shown == "csv" and options["bom"] else text], output, shown, quiet=quiet)
    if exit_code:
        raise click.exceptions.Exit(exit_code)


def _find_dimensions(by: str) -> tuple[Dimension, ...]:
    """Return what figures are given by."""
    from ..reconciliation.summaries import DIMENSIONS

    names = [name.strip() for name in by.split(",") if name.strip()]
    for name in names:
        if name not in DIMENSIONS:
            raise UsageError.of("options.no-dimension", "--by", name=name, choices=DIMENSIONS)
    return tuple(one for one in DIMENSIONS if one in names) or DIMENSIONS[:2]
