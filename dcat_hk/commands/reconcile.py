"""
The command `reconcile`: compares the plans of a body, year by year, and says what became of every dataset.

In: plans, and the folder of links. Out: a table, JSON, CSV or a page on standard output, remarks on standard error;
with --write the files of links.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import UsageError
from ..core.wording.refusals import say
from .options import (
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
    output_option,
    sources_argument,
)
from .output import check_output, write_output
from .progress import progress_shown
from .remarks import print_findings, print_outcomes, print_repeats

if TYPE_CHECKING:
    from ..build.timeline import Timeline
    from ..core.settings import Settings
    from ..reconciliation.linkfiles import LinkFiles
    from ..reconciliation.outcomes import PlanPair

_reconcile_options = add_options(
    choice_option(
        "--format", "format_name", choices=("table", "json", "csv", "html"), default="table", help="Output format."
    ),
    output_option,
    click.option(
        "--only", default="", metavar="FATE,…", help="Show only datasets with one of these fates, such as slipped,open."
    ),
    links_option,
    decisions_option,
    click.option("--write", is_flag=True, help="Write the links found, and keep the identifiers published first."),
    jobs_option,
    *cache_options,
    config_option,
)


@click.command(
    epilog=epilog("dcat-hk reconcile --only slipped,no-longer-listed plans/", "dcat-hk reconcile plans/ --write")
)
@sources_argument
@_reconcile_options
@common_options
def reconcile(
    sources: tuple[Path, ...],
    format_name: str,
    output: Path | None,
    only: str,
    links_folder: Path | None,
    decisions_folder: Path | None,
    write: bool,
    jobs: int,
    cache: Path | None,
    no_cache: bool,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    lang: str,
) -> None:
    """
    Say what became of every dataset from one plan to the next.

    FILE is a plan, a folder or ZIP file of plans, or - for standard input; their order does not matter. Plans of one
    body, and of the bodies that replaced it, are compared in pairs of consecutive years. A dataset whose title is found
    again, or found reworded with nothing else as like it, is linked; what may be another dataset is open: a person has
    to say. What people say in the folder of links comes first. With --write the links, what waits for a person and the
    ledger of identifiers go into that folder, the folder links beside the plans if none is named. The exit code is 3 if
    a file cannot be read, and 4 if one is left out because another is the plan of its body and years; nothing is
    written then.
    """
    from ..build.linkfolder import default_folder, find_links, kept_links, load_decisions
    from ..build.timeline import read_timeline
    from ..core.settings import load_settings
    from ..reconciliation.deciding import decide
    from ..reconciliation.linkfiles import read_links
    from ..reconciliation.reconcile import reconcile as compare
    from .comparison_views import FORMATS, remark_lines

    language, fates = language_of(lang), _find_fates(only)
    check_output(output, sources, config, links=links_folder, decisions=decisions_folder)
    settings = load_settings(config, {})
    folder = find_links(sources, links_folder, settings)
    print_repeats(sources, quiet, language)
    links = read_links(folder, settings.base_iri, may_be_new=write)
    kept = cache_of(settings, cache, no_cache)
    options: dict[str, Any] = {"jobs": jobs, "cache": kept}
    options["decisions"] = load_decisions(sources, decisions_folder, settings)
    with progress_shown(quiet) as progress:
        timeline = read_timeline(sources, settings, kept_links(links), progress=progress, **options)
    links.identities.check_known(timeline.identifiers)
    pairs = compare(
        timeline.plans, timeline.successors, decide(links, timeline.plans, with_written=not write), kept=kept
    )
    exit_code = print_outcomes(timeline.outcomes, quiet, verbose, language)
    print_findings(links.judgements.findings(timeline.records | links.records), quiet, verbose, language)
    if not quiet:
        for line in remark_lines(pairs, language):
            click.echo(line, err=True)
    write_output([FORMATS[format_name](pairs, fates, language)], output, format_name, quiet=quiet)
    if exit_code:
        raise click.exceptions.Exit(exit_code)
    if write:
        _write(folder or default_folder(sources), timeline, pairs, links, settings, quiet, language)


def _write(
    folder: Path,
    timeline: Timeline,
    pairs: list[PlanPair],
    links: LinkFiles,
    settings: Settings,
    quiet: bool,
    language: str,
) -> None:
    """Write the files of links, and say how much went into them."""
    from ..reconciliation.linkwriting import apart_findings, write_links

    written = write_links(timeline.plans, pairs, links.judgements, folder, settings.base_iri)
    print_findings(apart_findings(written), quiet, True, language)
    if not quiet:
        counts = {"links": written.links, "candidates": written.candidates, "identities": written.identities}
        click.echo(say("views.wrote-links", language, folder=str(folder), **counts), err=True)


def _find_fates(only: str) -> frozenset[str]:
    """Return the fates that are shown."""
    from ..core.languages import COMMAND_LANGUAGES
    from ..reconciliation.outcomes import FATES
    from ..reconciliation.wording import name_term

    # What the table prints is understood too.
    known = {name_term(fate, language).casefold(): fate for fate in FATES for language in COMMAND_LANGUAGES}
    known |= {fate: fate for fate in FATES}
    names = [name.strip().casefold() for name in only.split(",") if name.strip()]
    for name in names:
        if name not in known:
            raise UsageError.of("options.no-fate", "--only", name=name, choices=FATES)
    return frozenset(known[name] for name in names) or frozenset(FATES)
