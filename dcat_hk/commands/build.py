"""
The command `build`: reads plans and publishes a catalogue.

In: arguments. Out: an output folder, a table of what was read on standard output, findings on standard error.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.languages import CHINESE_SCRIPTS, DERIVED_CHOICES
from ..core.wording.printed import make_agree
from .options import (
    DERIVED_HELP,
    add_options,
    cache_of,
    cache_options,
    choice_option,
    common_options,
    config_option,
    decisions_option,
    epilog,
    jobs_option,
    language_of,
    links_option,
    path_type,
)
from .output import format_table, progress_shown

if TYPE_CHECKING:
    from ..build import BuildResult

_settings_options = add_options(
    config_option,
    click.option("--base-iri", metavar="IRI", help="Start of all IRIs of the catalogue; ends in a slash."),
    choice_option(
        "--derived",
        choices=DERIVED_CHOICES,
        help=DERIVED_HELP,
    ),
    choice_option("--script", choices=CHINESE_SCRIPTS, help="Write only this Chinese script."),
)


@click.command(epilog=epilog("dcat-hk build seeds -o output --base-iri https://data.example.hk/plans/"))
@click.argument("sources", nargs=-1, required=True, type=path_type, metavar="SOURCE…")
@click.option("-o", "--output", required=True, type=path_type, help="Folder to publish in; it is replaced as a whole.")
@links_option
@decisions_option
@jobs_option
@click.option("--skip-validation", is_flag=True, help="Publish without validating the catalogue.")
@add_options(*cache_options)
@_settings_options
@common_options
def build(
    sources: tuple[Path, ...],
    output: Path,
    links_folder: Path | None,
    decisions_folder: Path | None,
    jobs: int,
    skip_validation: bool,
    cache: Path | None,
    no_cache: bool,
    config: Path | None,
    base_iri: str | None,
    derived: str | None,
    script: str | None,
    quiet: bool,
    verbose: bool,
    lang: str,
) -> None:
    """
    Read plans and publish them as one validated catalogue.

    SOURCE is a plan, a folder or ZIP file of plans, or - for standard input. Nothing is published if anything violates
    the shapes, or if a plan that is already published would vanish because its file can no longer be read. The output
    folder stays as it is until the new catalogue is complete. The exit code is 3 if a plan or all of its rows could not
    be read, and 4 if some rows of a plan are not published.
    """
    from ..build import build as publish
    from ..build.linkfolder import find_decisions, find_links
    from ..core.settings import load_settings
    from .remarks import print_findings, print_repeats, result_lines

    language = language_of(lang)
    settings = load_settings(config, {"base_iri": base_iri, "derived": derived, "script": script})
    links = find_links(sources, links_folder, settings)
    print_repeats(sources, quiet, language)
    with progress_shown(quiet) as progress:
        options: dict[str, Any] = {"jobs": jobs, "validated": not skip_validation, "links": links}
        options["cache"] = cache_of(settings, cache, no_cache)
        options["decisions"] = find_decisions(sources, decisions_folder, settings)
        result = publish(sources, output, settings, progress=progress, **options)
    print_findings(result.remarks, quiet, verbose, language)
    for outcome in result.outcomes:
        if outcome.refused:
            click.echo(f"Error: {outcome.refused}", err=True)
        print_findings(outcome.findings, quiet, verbose, language)
    if result.violations:
        click.echo(result_lines(result.violations, language), err=True, nl=False)
    if not quiet:
        click.echo(build_table(result), nl=False)
    if not result.published:
        click.echo(f"Error: {result.reason}", err=True)
        raise click.exceptions.Exit(4 if result.violations else 3)
    if any(outcome.refused for outcome in result.outcomes):
        raise click.exceptions.Exit(3)
    if any(finding.loses_rows for outcome in result.outcomes for finding in outcome.findings):
        raise click.exceptions.Exit(4)


def build_table(result: BuildResult, width: int | None = None) -> str:
    """Return a small table of what was read: rows, stages, findings and violations by plan."""
    columns = ("plan", "input", "rows", "released", "planned", "findings", "violations")
    rows: list[list[str]] = []
    totals = [0] * 5
    for outcome in sorted(result.outcomes, key=lambda o: (not o.path, o.path, bool(o.edition_of), o.name)):
        violated = sum(1 for one in outcome.results if one.severity == "Violation")
        counts = [outcome.rows, outcome.released, outcome.planned, len(outcome.findings), violated]
        name = outcome.path.removeprefix("plans/") or ("refused" if outcome.refused else "repeated")
        if outcome.edition_of:
            # Its rows are the plan's, which are counted once.
            rows.append([f"{name} (edition)", outcome.name, "", "", "", str(counts[3]), ""])
            totals[3] += counts[3]
            continue
        rows.append([name, outcome.name, *map(str, counts)])
        totals = [total + count for total, count in zip(totals, counts, strict=True)]
    rows.append(["all", make_agree(f"{len(result.outcomes)} inputs"), *map(str, totals)])
    return format_table("", columns, rows, columns[2:], width)
