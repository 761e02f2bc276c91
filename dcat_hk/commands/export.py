"""
The command `export`: writes a published catalogue in another format.

In: an output folder. Out: a file or standard output.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..core.errors import UsageError
from ..core.languages import CHINESE_SCRIPTS, DERIVED_CHOICES
from .limited import LimitedCommand
from .options import (
    DERIVED_HELP,
    add_options,
    bom_option,
    choice_option,
    config_option,
    epilog,
    find_month,
    output_option,
    published_option,
    quiet_option,
)
from .output import write_output

_TABLES = ("csv", "xlsx", "sqlite", "parquet")
_FORMATS = ("turtle", "jsonld", "ntriples", "nquads", "trig", "rdfxml", *_TABLES, "schema")

_export_options = add_options(
    choice_option(
        "--format",
        "format_name",
        choices=_FORMATS,
        default="turtle",
        help="Output format; schema: the Table Schema of CSV.",
    ),
    click.option(
        "--framed",
        is_flag=True,
        help="With jsonld: datasets alone, each as a tree with the names of publisher, format, theme and the like.",
    ),
    click.option(
        "--of",
        "tables",
        type=click.Choice(("datasets", "records", "promises")),
        multiple=True,
        help="With csv, xlsx, sqlite and parquet: what rows are of; may be repeated for xlsx and sqlite.  "
        "[default: records; datasets and records for xlsx and sqlite]",
    ),
    click.option("--as-of", "month", metavar="YYYY-MM", help="Month that promises are as of; default this month."),
    bom_option,
    published_option,
    output_option,
    click.option("--plan", default="", metavar="ORG/YEARS", help="Only this plan, such as hk-hkpf/2024-2026."),
    click.option("--organisation", default="", metavar="CODE", help="Only this publisher's datasets: hospital, …"),
    choice_option("--stage", choices=("planned", "released"), help="Only datasets at this stage."),
    choice_option("--script", choices=CHINESE_SCRIPTS, help="Only this Chinese script, and English."),
    choice_option(
        "--derived",
        choices=DERIVED_CHOICES,
        default="tagged",
        help=DERIVED_HELP,
    ),
    choice_option(
        "--dates",
        choices=("month", "full"),
        default="month",
        help="full: write the first day of each month, for software that cannot read months. Plans state no days.",
    ),
    choice_option(
        "--keywords",
        choices=("text", "tags"),
        default="text",
        help="tags: leave out brackets, commas and other punctuation, which CKAN refuses.",
    ),
    config_option,
    quiet_option,
)


@click.command(
    cls=LimitedCommand,
    epilog=epilog(
        "dcat-hk export --format xlsx --of datasets --stage planned -o planned.xlsx",
        "dcat-hk export --format sqlite -o catalogue.db",
    ),
)
@_export_options
def export(
    format_name: str,
    framed: bool,
    tables: tuple[str, ...],
    month: str | None,
    bom: bool,
    folder: Path,
    output: Path | None,
    plan: str,
    organisation: str,
    stage: str | None,
    script: str | None,
    derived: str,
    dates: str,
    keywords: str,
    quiet: bool,
    config: Path | None,  # noqa: ARG001 - states the limits
) -> None:
    """Write a published catalogue, or part of it, in another format."""
    from ..build.exporting import TableChoice, export_tables
    from ..catalogue.publishing.export import Selection, export_framed
    from ..catalogue.publishing.export import export as export_catalogue
    from ..core.reporting import format_json
    from ..core.tables import table_layouts, table_schema

    if framed and format_name != "jsonld":
        raise UsageError.of("options.framed")
    if format_name == "schema":
        schemas = [table_schema(table_layouts()[name]) for name in tables or ("records",)]
        write_output([format_json(schemas if len(schemas) > 1 else schemas[0])], output, format_name, quiet=quiet)
        return
    if tables and format_name not in _TABLES:
        raise UsageError.of("tables.no-table", f"--format {format_name}")
    selection = Selection(plan, organisation, stage or "", script or "", derived, dates, keywords)
    if format_name in _TABLES:
        if format_name != "csv" and not output and sys.stdout.isatty():
            raise UsageError.of("tables.needs-file", f"--format {format_name}")
        choice = TableChoice(tables, selection, find_month(month), bom)
        write_output(export_tables(folder, format_name, choice), output, format_name, quiet=quiet)
        return
    pieces = export_framed(folder, selection) if framed else export_catalogue(folder, format_name, selection)
    write_output(pieces, output, format_name, quiet=quiet)
