"""
The command `link`: says which record of the portal each row of a plan is.

In: plans, a snapshot of the portal, and the folder of links. Out: a table, JSON or CSV on standard output, remarks on
standard error; with --write the files of links.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import __version__
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
    path_type,
    sources_argument,
)
from .output import check_output, write_output
from .progress import progress_shown
from .remarks import print_findings, print_outcomes, print_repeats

if TYPE_CHECKING:
    from ..build.timeline import Timeline
    from ..core.settings import Settings
    from ..core.terms import Iri
    from ..linking.matching import LinkingTask
    from ..linking.models import LanguageModels
    from ..linking.outcomes import RowLink
    from ..linking.weights import Model
    from ..portal.snapshots import PortalSnapshot
    from ..reconciliation.linkfiles import LinkFiles
    from ..reconciliation.sssom import SssomMapping

_link_options = add_options(
    click.option("--portal", type=path_type, required=True, metavar="SNAPSHOT", help="Snapshot of the portal."),
    choice_option(
        "--model",
        choices=("none", "use", "use+e5"),
        default="none",
        help="Models of language that compare titles; they need the extra link.",
    ),
    choice_option("--format", "format_name", choices=("table", "json", "csv"), default="table", help="Output format."),
    output_option,
    links_option,
    decisions_option,
    click.option("--write", is_flag=True, help="Write the links found, and what waits for a person."),
    jobs_option,
    *cache_options,
    config_option,
)


@click.command(
    epilog=epilog(
        "dcat-hk link plans/ --portal links/portal/2025-09-13.jsonl.gz",
        "dcat-hk link plans/ --portal links/portal/2025-09-13 --model use+e5 --write",
    )
)
@sources_argument
@_link_options
@common_options
def link(
    sources: tuple[Path, ...],
    portal: Path,
    model: Model,
    format_name: str,
    output: Path | None,
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
    Say which record of the portal each row of a plan is.

    FILE is a plan, a folder or ZIP file of plans, or - for standard input. A row is looked for among the records of the
    bodies that its plan names. What is sure is linked; for every other row up to five records are named, and a person
    has to say (review). A row that is not due on the day of the snapshot is never linked. What people say in the folder
    of links comes first. With --write the links and what waits for a person go into that folder, the folder links
    beside the plans if none is named. The exit code is 3 if a file cannot be read, and 4 if one is left out because
    another is the plan of its body and years; nothing is written then.
    """
    from ..build.linkfolder import default_folder, find_links, kept_links, load_decisions
    from ..build.timeline import read_timeline
    from ..core.settings import load_settings
    from ..linking.lasting import find_lasting
    from ..linking.matching import link_rows
    from ..linking.models import open_models
    from ..linking.packages import name_tool
    from ..portal.snapshots import find_snapshot_files, read_snapshot
    from ..reconciliation.linkfiles import read_links
    from .link_views import FORMATS

    language = language_of(lang)
    read = [*sources, *find_snapshot_files(portal)]
    check_output(output, read, config, links=links_folder, decisions=decisions_folder)
    settings = load_settings(config, {})
    models = open_models(model, kept := cache_of(settings, cache, no_cache))
    snapshot, folder = read_snapshot(portal), find_links(sources, links_folder, settings)
    print_repeats(sources, quiet, language)
    links = read_links(folder, settings.base_iri, may_be_new=write)
    decisions = load_decisions(sources, decisions_folder, settings)
    options: dict[str, Any] = {"jobs": jobs, "cache": kept, "decisions": decisions}
    with progress_shown(quiet) as progress:
        timeline = read_timeline(sources, settings, kept_links(links), progress=progress, **options)
    exit_code = print_outcomes(timeline.outcomes, quiet, verbose, language)
    found = link_rows(_make_task(timeline, snapshot, model, models, links, settings, options))
    _print_gone(timeline, links, snapshot, settings.base_iri, quiet, language)
    _print_limits(snapshot, model, quiet, language)
    write_output([FORMATS[format_name](found, snapshot, language)], output, format_name, quiet=quiet)
    if exit_code:
        raise click.exceptions.Exit(exit_code)
    if write:
        tool, lasting = name_tool(__version__, models.names), find_lasting(links, snapshot, settings.base_iri)
        _write(folder or default_folder(sources), found, snapshot, tool, lasting, settings, quiet, language)


def _print_gone(
    timeline: Timeline, links: LinkFiles, snapshot: PortalSnapshot, base: Iri, quiet: bool, language: str
) -> None:
    """Say which links lead to a record or begin at a dataset that is not there any more."""
    from ..linking.lasting import find_remarks

    datasets = {f"{base}dataset/{item.kept}" for plan in timeline.plans for item in plan.items} | timeline.records
    print_findings(list(find_remarks(links, snapshot, datasets, base)), quiet, True, language)


def _make_task(
    timeline: Timeline,
    snapshot: PortalSnapshot,
    model: Model,
    models: LanguageModels,
    links: LinkFiles,
    settings: Settings,
    options: dict[str, Any],
) -> LinkingTask:
    """Return what is linked with what; rows that one plan and the next have in common are looked for once."""
    from ..core.vocabularies import load
    from ..core.vocabularies.additions import extend
    from ..linking.deciding import decide_links
    from ..linking.matching import LinkingTask
    from ..portal.providers import fill_providers
    from ..reconciliation.deciding import decide
    from ..reconciliation.reconcile import reconcile

    pairs = reconcile(timeline.plans, timeline.successors, decide(links, timeline.plans), kept=options["cache"])
    same = tuple(
        (outcome.before.record, after.record)
        for pair in pairs
        for outcome in pair.outcomes
        if outcome.before and outcome.link_class in {"same", "renamed", "judged"}
        for after in outcome.after
    )
    vocabularies = extend(load(settings.base_iri), options["decisions"])
    return LinkingTask(
        timeline.plans,
        fill_providers(snapshot, vocabularies),
        vocabularies,
        timeline.successors,
        model,
        models.embed if models.names else None,
        decide_links(links.judgements, timeline.plans, settings.base_iri),
        same,
    )


def _write(
    folder: Path,
    found: list[RowLink],
    snapshot: PortalSnapshot,
    tool: str,
    lasting: list[SssomMapping],
    settings: Settings,
    quiet: bool,
    language: str,
) -> None:
    """Write the files of links, and say how much went into them."""
    from ..linking.linkwriting import write_rows

    written = write_rows(found, snapshot, tool, folder, settings.base_iri, lasting)
    if not quiet:
        counts = {"links": written.links, "candidates": written.candidates}
        click.echo(say("link-views.wrote", language, folder=str(folder), **counts), err=True)


def _print_limits(snapshot: PortalSnapshot, model: str, quiet: bool, language: str) -> None:
    """Print what limits what was found."""
    if quiet:
        return
    if not snapshot.head.complete:
        click.echo(say("link-views.incomplete", language, date=snapshot.head.date), err=True)
    if model == "none":
        from ..linking.packages import INSTALL

        click.echo(say("link-views.without-models", language, install=INSTALL), err=True)
