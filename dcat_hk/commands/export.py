"""
The command `export`: writes a published catalogue in another format.

In: an output folder. Out: a file or standard output.
"""

from __future__ import annotations

from pathlib import Path

import click

from .options import add_options, epilog, output_option, published_option, quiet_option
from .output import write_output

_FORMATS = ("turtle", "jsonld", "ntriples", "nquads", "trig", "rdfxml", "csv")

_export_options = add_options(
    click.option(
        "--format",
        "format_name",
        type=click.Choice(_FORMATS),
        default="turtle",
        show_default=True,
        help="Output format.",
    ),
    published_option,
    output_option,
    click.option("--plan", default="", metavar="ORG/YEARS", help="Only this plan, such as hk-hkpf/2024-2026."),
    click.option("--organisation", default="", metavar="CODE", help="Only this publisher's datasets: hospital, …"),
    click.option("--stage", type=click.Choice(["planned", "released"]), help="Only datasets at this stage."),
    click.option("--script", type=click.Choice(["Hant", "Hans"]), help="Only this Chinese script, and English."),
    click.option(
        "--derived",
        type=click.Choice(["tagged", "plain", "none"]),
        default="tagged",
        show_default=True,
        help="Labels converted to the other Chinese script: tagged as derived, tagged as printed (plain), or none.",
    ),
    click.option(
        "--dates",
        type=click.Choice(["month", "full"]),
        default="month",
        show_default=True,
        help="full: write the first day of each month, for software that cannot read months. Plans state no days.",
    ),
    click.option(
        "--keywords",
        type=click.Choice(["text", "tags"]),
        default="text",
        show_default=True,
        help="tags: leave out brackets, commas and other punctuation, which CKAN refuses.",
    ),
    quiet_option,
)


@click.command(
    epilog=epilog("dcat-hk export --format csv --stage planned -o planned.csv"),
)
@_export_options
def export(
    format_name: str,
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
) -> None:
    """Write a published catalogue, or part of it, in another format."""
    from ..catalogue.publishing.export import Selection
    from ..catalogue.publishing.export import export as export_catalogue

    selection = Selection(plan, organisation, stage or "", script or "", derived, dates, keywords)
    write_output(export_catalogue(folder, format_name, selection), output, format_name, quiet=quiet)
