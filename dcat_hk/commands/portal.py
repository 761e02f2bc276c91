"""
The command `portal`: makes snapshots of what DATA.GOV.HK and CSDI have, and shows them.

In: files of the portal, or its answers. Out: a snapshot, remarks on standard error; with `show` a table or JSON.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..core.errors import UsageError
from ..core.wording.refusals import say
from .options import (
    FiniteRange,
    choice_option,
    common_options,
    config_option,
    epilog,
    language_of,
    output_option,
    path_type,
    sources_argument,
)
from .output import check_not_read, write_output
from .progress import progress_shown
from .remarks import print_findings

if TYPE_CHECKING:
    from ..core.settings import Settings
    from ..core.vocabularies import Vocabularies
    from ..core.wording.refusals import Phrase
    from ..portal.reading import PortalReading

#: The exit code for findings that say that something is missing.
_INCOMPLETE = 4

snapshot_option = click.option(
    "-o",
    "--output",
    type=path_type,
    required=True,
    metavar="SNAPSHOT",
    help="Snapshot to write, or the folder of them.",
)
date_option = click.option(
    "--date", default="", metavar="DATE", help="Day or month of the snapshot; default that of the files."
)
portal_decisions_option = click.option(
    "--decisions",
    "decisions_folder",
    type=path_type,
    metavar="DIR",
    help="Folder of what people decided, with further bodies; default the folder decisions beside the folder of links.",
)
loss_option = click.option(
    "--accept-loss",
    is_flag=True,
    help="Write the snapshot although more than a tenth of the records are gone, or the one before is damaged.",
)


@click.group(
    epilog=epilog(
        "dcat-hk portal fetch -o links/portal",
        "dcat-hk portal read answers/*.json -o links/portal",
        "dcat-hk portal show links/portal",
    )
)
def portal() -> None:
    """
    Make snapshots of DATA.GOV.HK and CSDI, and show them.

    A snapshot is what the portal had on a day: NAME.jsonl.gz has one record a line, NAME.json says when and from where.
    Plans are linked to snapshots, so that a build needs no network.
    """


@portal.command(
    epilog=epilog(
        "dcat-hk portal read answers/*.json -o links/portal", "dcat-hk portal read list-2025-09.tsv -o 2025-09.jsonl.gz"
    )
)
@sources_argument
@snapshot_option
@date_option
@click.option("--language", "stated", default="", metavar="TAG", help="Language of files that do not say it.")
@loss_option
@portal_decisions_option
@config_option
@common_options
def read(
    sources: tuple[Path, ...],
    output: Path,
    date: str,
    stated: str,
    accept_loss: bool,
    decisions_folder: Path | None,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    lang: str,
) -> None:
    """
    Make a snapshot from files.

    FILE is an answer of package_search or package_show, packages as a list or a line each, the portal's list of
    datasets as JSON, a table with a column “slug”, or - for standard input. All files are of one day. Their language is
    that in their addresses, their names, or of their titles. What cannot be used is told, and the exit code is 4. A
    snapshot is marked as incomplete where something was lost, and where nothing says that the files have all records.
    One that lost more than a tenth of the records of the one before is not written.
    """
    from ..core.errors import find_language
    from ..core.settings import load_settings
    from ..portal.dates import find_date
    from ..portal.files import read_inputs
    from ..portal.reading import read_portal

    language = language_of(lang)
    tag = find_language(stated, where="--language") if stated else ""
    named = "" if _is_folder(output) else find_date(output.name)
    vocabularies = _load_vocabularies(output, decisions_folder, load_settings(config, {}))
    reading = read_portal(read_inputs(sources), date=date, named=named, language=tag, vocabularies=vocabularies)
    print_findings(reading.findings, quiet, verbose, language)
    exit_code = _write(reading, output, accept_loss, quiet, language, sources)
    if exit_code:
        raise click.exceptions.Exit(exit_code)


def _write(
    reading: PortalReading,
    output: Path,
    accept_loss: bool,
    quiet: bool,
    language: str,
    sources: Sequence[Path] = (),
) -> int:
    """Write a snapshot, say what is in it, and return the exit code: whether something is missing."""
    from ..portal.losses import count_lost, find_loss, refuse_loss, refuse_unknown_loss
    from ..portal.snapshots import NotASnapshot, record_loss, snapshot_paths, write_snapshot

    snapshot = reading.snapshot
    path = output / snapshot.head.date if _is_folder(output) else output
    for file in snapshot_paths(path):
        check_not_read(file, sources)
    try:
        loss = find_loss(snapshot, path)
    except NotASnapshot as error:
        if not accept_loss:
            raise refuse_unknown_loss(error) from error
        loss = None
    if loss and loss.is_too_large and not accept_loss:
        raise refuse_loss(loss)
    lines, _head = write_snapshot(record_loss(snapshot, count_lost(snapshot, path, loss)), path)
    if not quiet:
        code = "portal-views.wrote" if snapshot.head.complete else "portal-views.wrote-incomplete"
        values = {"records": snapshot.head.records, "date": snapshot.head.date, "languages": snapshot.head.languages}
        click.echo(say(code, language, file=str(lines), **values), err=True)
    return _INCOMPLETE if any(finding.severity == "error" for finding in reading.findings) else 0


def _load_vocabularies(output: Path, decisions_folder: Path | None, settings: Settings) -> Vocabularies:
    """Return the vocabularies with the bodies that people added for the plans which the snapshot goes with."""
    from ..build.linkfolder import load_decisions_for
    from ..core.vocabularies import load
    from ..core.vocabularies.additions import extend

    folder = output if _is_folder(output) else output.parent
    return extend(load(settings.base_iri), load_decisions_for(folder, decisions_folder, settings))


def _is_folder(output: Path) -> bool:
    """Return whether a path is that of a folder of snapshots: it is there, or it is named like neither file nor day."""
    from ..portal.dates import find_date

    return output.is_dir() or not (output.suffix or find_date(output.name))


@portal.command(
    epilog=epilog(
        "dcat-hk portal fetch -o links/portal", "dcat-hk portal fetch --languages en,tc --csdi -o links/portal"
    )
)
@snapshot_option
@click.option(
    "--languages", default="en,tc,sc", show_default=True, metavar="NAMES", help="Languages of the portal: en, tc, sc."
)
@click.option("--csdi", is_flag=True, help="Fetch the catalogue of CSDI, too.")
@click.option("--no-lists", is_flag=True, help="Do without the portal's own lists of datasets.")
@click.option("--rows", type=click.IntRange(1, 1000), default=500, show_default=True, help="Records on a page.")
@click.option(
    "--pause",
    type=FiniteRange(0, 3600),
    metavar="SECONDS",
    help="Seconds between two requests; default as in the settings.",
)
@click.option("--restart", is_flag=True, help="Fetch everything anew, also what an earlier run has fetched.")
@date_option
@loss_option
@portal_decisions_option
@config_option
@common_options
def fetch(
    output: Path,
    languages: str,
    csdi: bool,
    no_lists: bool,
    rows: int,
    pause: float | None,
    restart: bool,
    date: str,
    accept_loss: bool,
    decisions_folder: Path | None,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    lang: str,
) -> None:
    """
    Make a snapshot of the portal itself.

    One page is asked for at a time, with a pause between, and after growing pauses again where the portal is busy. Only
    the hosts of the settings portal, portal-lists and portal-csdi are asked. A run that was ended is gone on with by
    the same command on the same day or the next. The day of the snapshot is that on which its first page was fetched.
    """
    from ..core.settings import load_settings
    from ..portal.asking import PortalClient
    from ..portal.fetching import fetched_portal, make_plan
    from ..portal.reading import checked_date, read_portal

    language, settings = language_of(lang), load_settings(config, {"portal_pause": pause})
    day = checked_date(date)
    plan = make_plan(settings, languages, rows, with_lists=not no_lists, with_csdi=csdi)
    folder = output if _is_folder(output) else output.parent
    # A folder of decisions that cannot be used is told before anything is fetched.
    vocabularies = _load_vocabularies(output, decisions_folder, settings)

    def told(reason: Phrase, pause: float) -> None:
        if not quiet:
            click.echo(say("portal-views.asked-again", language, reason=reason, pause=pause), err=True)

    client = PortalClient(plan.addresses, settings.portal_pause, settings.contact or settings.homepage, told=told)
    with (
        client,
        progress_shown(quiet, language=language) as progress,
        fetched_portal(plan, folder, client, day=day, restart=restart, progress=progress) as fetched,
    ):
        reading = read_portal(fetched.inputs, date=fetched.date, more=fetched.findings, vocabularies=vocabularies)
        print_findings(reading.findings, quiet, verbose, language)
        exit_code = _write(reading, output, accept_loss, quiet, language)
    if exit_code:
        raise click.exceptions.Exit(exit_code)


@portal.command(
    epilog=epilog("dcat-hk portal show links/portal/2025-09", "dcat-hk portal show 2025-09.jsonl.gz hk-hkpf-x")
)
@click.argument("snapshot", type=path_type)
@click.argument("slugs", nargs=-1, metavar="[SLUG]…")
@choice_option("--format", "format_name", choices=("table", "json"), default="table", help="Output format.")
@output_option
@common_options
def show(
    snapshot: Path,
    slugs: tuple[str, ...],
    format_name: str,
    output: Path | None,
    quiet: bool,
    verbose: bool,  # noqa: ARG001 - an option of all commands
    lang: str,
) -> None:
    """
    Show a snapshot, or some of its records.

    SNAPSHOT is the path of one of its files. Without SLUG all records are shown.
    """
    from ..portal.snapshots import find_snapshot_files, read_snapshot
    from .portal_views import FORMATS

    check_not_read(output, find_snapshot_files(snapshot))
    found = read_snapshot(snapshot)
    for slug in slugs:
        if slug not in found.records:
            raise _no_slug(slug, found.slugs, str(snapshot))
    records = [found.records[slug] for slug in slugs] if slugs else list(found.records.values())
    text = FORMATS[format_name](found.head, records, language_of(lang))
    write_output([text], output, format_name, quiet=quiet)


def _no_slug(slug: str, slugs: Sequence[str], where: str) -> UsageError:
    """Return what to raise for a record that is not there."""
    from difflib import get_close_matches

    nearest = get_close_matches(slug, slugs, 1)
    if not nearest:
        return UsageError.of("portal.no-slug", where, slug=slug)
    return UsageError.of("portal.no-slug-near", where, slug=slug, nearest=nearest[0])
