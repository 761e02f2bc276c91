"""
The command `build`: reads plans and publishes a catalogue.

In: arguments. Out: an output folder, a table of what was read on standard output, findings on standard error.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from ..core.errors import DcatHkError, UsageError
from ..core.languages import CHINESE_SCRIPTS, DERIVED_CHOICES
from ..core.text import list_some, printable
from ..core.wording.refusals import say
from .options import (
    DERIVED_HELP,
    add_options,
    cache_of,
    cache_options,
    choice_option,
    common_options,
    config_option,
    dask_option,
    decisions_option,
    epilog,
    jobs_option,
    language_of,
    links_option,
    path_type,
)
from .output import check_output, write_output
from .progress import progress_shown
from .spoken import print_error

if TYPE_CHECKING:
    from ..build import BuildResult
    from .watching import WatchedFiles

#: Standard input.
STDIN = Path("-")

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
_telling_options = add_options(
    click.option(
        "--summary/--no-summary",
        default=None,
        help="Print departments and causes, or each plan and finding; default the first if there are more than 20.",
    ),
    click.option("--report", type=path_type, metavar="FILE", help="Write all that there is to say as a page (HTML)."),
)


@click.command(epilog=epilog("dcat-hk build seeds -o output --base-iri https://data.example.hk/plans/"))
@click.argument("sources", nargs=-1, required=True, type=path_type, metavar="SOURCE…")
@click.option("-o", "--output", required=True, type=path_type, help="Folder to publish in; it is replaced as a whole.")
@links_option
@decisions_option
@jobs_option
@click.option("--skip-validation", is_flag=True, help="Publish without validating the catalogue.")
@dask_option("read and write")
@click.option("--watch", is_flag=True, help="Build again whenever a source changes, until Ctrl-C.")
@_telling_options
@add_options(*cache_options)
@_settings_options
@common_options
def build(
    sources: tuple[Path, ...],
    output: Path,
    watch: bool,
    config: Path | None,
    quiet: bool,
    lang: str,
    **options: Any,
) -> None:
    """
    Read plans and publish them as one validated catalogue.

    SOURCE is a plan, a folder or ZIP file of plans, or - for standard input. Nothing is published if anything violates
    the shapes, or if a plan that is already published would vanish because its file can no longer be read. The output
    folder stays as it is until the new catalogue is complete. The exit code is 3 if a plan or all of its rows could not
    be read, and 4 if some rows of a plan are not published.
    """
    run = _BuildRun(sources, output, config, quiet, language_of(lang), options)
    if watch:
        run.watch()
    exit_code = run.build()
    if exit_code:
        raise click.exceptions.Exit(exit_code)


@dataclass(frozen=True, slots=True)
class _BuildRun:
    """One build after another with the same arguments."""

    sources: tuple[Path, ...]
    output: Path
    config: Path | None
    quiet: bool
    language: str
    options: dict[str, Any]

    def build(self) -> int:
        """Build, say what there is to say, and return the exit code."""
        from ..build import build as publish
        from ..build.linkfolder import find_decisions, find_links
        from ..core.settings import load_settings
        from .remarks import print_repeats

        given = self.options
        self._check_report()
        chosen = {name: given[name] for name in ("base_iri", "derived", "script")}
        settings = load_settings(self.config, chosen)
        links = find_links(self.sources, given["links_folder"], settings)
        print_repeats(self.sources, self.quiet, self.language)
        with progress_shown(self.quiet, language=self.language) as progress:
            result = publish(
                self.sources,
                self.output,
                settings,
                jobs=given["jobs"],
                dask=given["dask"],
                validated=not given["skip_validation"],
                progress=progress,
                links=links,
                cache=cache_of(settings, given["cache"], given["no_cache"]),
                decisions=find_decisions(self.sources, given["decisions_folder"], settings),
            )
        self._tell(result)
        if not result.published:
            print_error(result.refusal or result.reason)
            return 4 if result.violations else 3
        if any(outcome.refused for outcome in result.outcomes):
            return 3
        return 4 if any(one.loses_rows for outcome in result.outcomes for one in outcome.findings) else 0

    def _check_report(self) -> None:
        """Check before anything is built that the page takes the place of nothing, and goes where it may stay."""
        report = self.options["report"]
        if not report:
            return
        if report.absolute().resolve().is_relative_to(self.output.absolute().resolve()):
            raise UsageError.of("options.report-in-output", f"--report {report}")
        check_output(
            report,
            self.sources,
            self.config,
            "--report",
            links=self.options["links_folder"],
            decisions=self.options["decisions_folder"],
        )

    def _tell(self, result: BuildResult) -> None:
        """Print findings, refused files, violations and the table, and write the page."""
        from . import build_summary as views
        from .build_report import build_page
        from .remarks import print_findings, result_lines

        verbose, wanted = self.options["verbose"], self.options["summary"]
        findings = [one for one in views.findings_of(result) if verbose or one.severity != "info"]
        is_long = not verbose if wanted is None else wanted
        by_cause = is_long and (bool(wanted) or len(findings) > views.MOST_LISTED)
        if by_cause and not self.quiet:
            click.echo(views.cause_lines(views.group_findings(findings), self.language), err=True, nl=False)
            click.echo(say("build.all-findings", self.language), err=True)
        else:
            print_findings(findings, self.quiet, verbose, self.language)
        click.echo(views.refused_lines(result.outcomes, self.language), err=True, nl=False)
        if result.violations:
            click.echo(result_lines(result.violations, self.language), err=True, nl=False)
        if not self.quiet:
            by_department = is_long and (bool(wanted) or len(result.outcomes) > views.MOST_LISTED)
            table = (
                views.department_table(result, self.language)
                if by_department
                else views.plan_table(result, self.language)
            )
            click.echo(table, nl=False)
        if self.options["report"]:
            write_output(build_page(result, self.language), self.options["report"], "HTML", quiet=self.quiet)

    def _watched(self) -> WatchedFiles:
        """Return what is watched: plans, settings, and the folders of links and decisions, also those to come."""
        from ..build.linkfolder import list_beside
        from ..core.settings import FILE, Settings, load_settings
        from .watching import WatchedFiles

        given = self.options
        try:
            settings = load_settings(self.config, {})
        except DcatHkError:
            # The build has told it; the file is looked at until it can be used again.
            settings = Settings()
        beside = list_beside(self.sources, given["links_folder"], given["decisions_folder"], settings)
        written = (given["report"], given["cache"], Path(settings.cache) if settings.cache else None)
        return WatchedFiles([*self.sources, self.config or Path(FILE), *beside], [self.output, *filter(None, written)])

    def watch(self) -> NoReturn:
        """Build whenever something changes; what cannot be built is told, and the output stays as it was."""
        from .watching import watch_files

        if STDIN in self.sources:
            raise UsageError.of("options.watch-standard-input", "--watch")
        changes = watch_files(self._watched)
        while True:
            try:
                exit_code = self.build()
            except DcatHkError as error:
                print_error(error)
                exit_code = error.exit_code
            if exit_code in {2, 3} and not self.quiet:
                click.echo(say("build.kept", self.language), err=True)
            if not self.quiet:
                click.echo(say("build.watching", self.language), err=True)
            names = next(changes)
            if not self.quiet:
                listed = list_some([printable(name) for name in names], 3)
                click.echo(say("build.changed", self.language, names=listed), err=True)
