"""
The command line: each command calls one function and prints.

In: arguments. Out: data on standard output, remarks on standard error, an exit code. Everything a command
needs is imported when it runs, so that help comes at once.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from .. import __version__
from ..core.errors import DcatHkError, UsageError
from . import stores as cli_stores
from . import validate as cli_validate
from . import web as cli_web
from .options import (
    EXIT_CODES,
    common_options,
    config_option,
    language_of,
    progress_shown,
    published_option,
    quiet_option,
    write_out,
)

if TYPE_CHECKING:
    from ..core.errors import Finding
    from ..core.settings import Settings
    from ..reading.parsing import Reading

_Command = TypeVar("_Command", bound=Callable[..., Any])

_SYNTAXES = ("turtle", "jsonld", "ntriples", "nquads", "trig", "rdfxml", "csv")


class Cli(click.Group):
    """Turns every error of ours into lines on standard error and its own exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except DcatHkError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:
            # Whoever read our output has stopped: that is no error of ours.
            sys.stderr.close()
            ctx.exit(0)


@click.group(cls=Cli, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dcat-hk")
def main() -> None:
    """
    Read Hong Kong's open data plans and publish them as DCAT-AP 3 linked data.

    \b
    dcat-hk build seeds -o output      read plans, validate, publish
    dcat-hk parse plan.txt             show what is read from a plan
    dcat-hk explain dataset/hk-…       where a thing came from
    """


def _settings_options(command: _Command) -> _Command:
    """Add the options for settings."""
    options = [
        config_option,
        click.option("--base-iri", metavar="IRI", help="What all IRIs begin with; ends in a slash."),
        click.option("--derived", type=click.Choice(["tagged", "plain", "none"]), help="Labels in the other script."),
        click.option("--script", type=click.Choice(["Hant", "Hans"]), help="Write one Chinese script only."),
    ]
    return functools.reduce(lambda wrapped, option: option(wrapped), reversed(options), command)


def _load_settings(config: Path | None, base_iri: str | None, derived: str | None, script: str | None) -> Settings:
    """Return the settings of file and options."""
    from ..core.settings import load_settings

    return load_settings(config, {"base_iri": base_iri, "derived": derived, "script": script})


def _tell(findings: Sequence[Finding], quiet: bool, verbose: bool, language: str) -> None:
    """Print findings on standard error."""
    from .tables import finding_line

    for finding in findings:
        if not quiet and (verbose or finding.severity != "info"):
            click.echo(finding_line(finding, language), err=True)


# ---- parse


@main.command(epilog="\b\nExample:\n  dcat-hk parse --format csv plan.txt > plan.csv\n\n" + EXIT_CODES)
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--format", "form", type=click.Choice(["json", "csv", "table"]), help="Default: table on a terminal, else json."
)
@click.option("--ledger", is_flag=True, help="Account for every character instead of printing entries.")
@click.option("--align", is_flag=True, help="Show editions of one plan row by row beside one another.")
@config_option
@common_options
def parse(
    sources: tuple[Path, ...],
    form: str | None,
    ledger: bool,
    align: bool,
    config: Path | None,
    quiet: bool,
    verbose: bool,
    lang: str,
) -> None:
    """
    Print what is read from plans: one object for each document, with its entries.

    FILE is a plan of any kind (PDF, DOCX, XLSX, HTML, CSV, text), a folder or ZIP file of plans, or - for standard
    input. A file that is no plan is told of; the others are still read.
    """
    language = language_of(lang)
    form = form or ("table" if sys.stdout.isatty() else "json")
    readings, failed = _read(sources, ledger, config)
    for reading in readings:
        _tell(reading.findings, quiet, verbose, language)
    click.echo(_aligned(readings, form) if align else _printed(readings, form, ledger), nl=False)
    if failed:
        raise click.exceptions.Exit(failed)


def _read(sources: Sequence[Path], ledger: bool, config: Path | None) -> tuple[list[Reading], int]:
    """Return the readings of inputs, telling of those that cannot be read, and the exit code for them."""
    from ..build.pipeline import find_inputs, limits_of, read_input
    from ..core.settings import load_settings

    limits = limits_of(load_settings(config, {}))

    readings: list[Reading] = []
    failed = 0
    for source in find_inputs(sources, limits):
        try:
            reading = read_input(source, limits)
            if not ledger:
                reading.require()
            readings.append(reading)
        except DcatHkError as error:
            click.echo(f"Error: {error}", err=True)
            failed = error.exit_code
    return readings, failed


def _printed(readings: Sequence[Reading], form: str, ledger: bool) -> str:
    """Return readings as they are printed."""
    from . import tables as show

    if ledger and form == "table":
        return "".join(show.ledger_table(reading.document.name, reading.ledger) for reading in readings)
    if ledger:
        return show.dump(show.ledgers_as_json([(reading.document.name, reading.ledger) for reading in readings]))
    plans = [reading.require() for reading in readings]
    if form == "csv":
        return show.plans_as_csv(plans)
    if form == "table":
        return "\n".join(show.plan_table(plan) for plan in plans)
    return show.dump([show.plan_as_json(plan) for plan in plans])


def _aligned(readings: Sequence[Reading], form: str) -> str:
    """Return editions beside one another, the one that leads first."""
    from ..core.vocabularies import load
    from ..reading.editions import aligned_rows, leading
    from . import tables as show

    plans = leading([reading.require() for reading in readings])
    if len(plans) < 2 or form == "csv":
        raise UsageError("Rows are aligned of two or more files, as table or JSON.", "--align", "Name the editions.")
    rows = aligned_rows(plans, load())
    return show.alignment_table(plans, rows) if form == "table" else show.dump(show.alignment_as_json(plans, rows))


# ---- lint


@main.command(epilog="\b\nExample:\n  dcat-hk lint --lang zh-HK plan.docx\n\n" + EXIT_CODES)
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--format", "form", type=click.Choice(["text", "json", "sarif"]), default="text", show_default=True)
@click.option("--strict", is_flag=True, help="Warnings count like errors: the exit code is 4 if there are any.")
@config_option
@common_options
def lint(
    sources: tuple[Path, ...], form: str, strict: bool, config: Path | None, quiet: bool, verbose: bool, lang: str
) -> None:
    """
    Tell the writer of a plan what cannot be read in it, where, and what to do.

    Findings come in the order of the document. An error costs a row or a character, a warning a fact; --verbose also
    tells what is only worth knowing. The exit code is 4 if there are errors.
    """
    from ..catalogue.publishing.report import finding_as_json
    from ..core.sarif import sarif_of_findings
    from .tables import dump, lint_lines

    language = language_of(lang)
    readings, failed = _read(sources, False, config)
    counted = {"error", "warning", *(["info"] if verbose else [])}
    told = [finding for reading in readings for finding in reading.findings if finding.severity in counted]
    if form == "sarif":
        click.echo(dump(sarif_of_findings(told, language)), nl=False)
    elif form == "json":
        click.echo(dump([{"doc": finding.document, **finding_as_json(finding)} for finding in told]), nl=False)
    else:
        click.echo(lint_lines(readings, told, language, quiet), nl=False)
    grave = {"error", "warning"} if strict else {"error"}
    if failed or any(finding.severity in grave for finding in told):
        raise click.exceptions.Exit(failed or 4)


# ---- build


@main.command(
    epilog="\b\nExample:\n  dcat-hk build seeds -o output --base-iri https://data.example.hk/plans/\n\n" + EXIT_CODES
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE…")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder to publish in; replaced as a whole."
)
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes; default one for each processor.")
@click.option("--skip-validation", is_flag=True, help="Publish without validating: for catalogues validated elsewhere.")
@_settings_options
@common_options
def build(
    sources: tuple[Path, ...],
    output: Path,
    jobs: int,
    skip_validation: bool,
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
    the shapes, or if a plan that the output folder holds would vanish because its file cannot be read any more. The
    old output stays whole until the new one is complete.
    """
    from ..build.pipeline import build as run
    from .tables import build_table, result_lines

    language = language_of(lang)
    settings = _load_settings(config, base_iri, derived, script)
    with progress_shown(quiet) as progress:
        done = run(sources, output, settings, jobs=jobs, validated=not skip_validation, progress=progress)
    for outcome in done.outcomes:
        if outcome.refused:
            click.echo(f"Error: {outcome.refused}", err=True)
        _tell(outcome.findings, quiet, verbose, language)
    if done.violations:
        click.echo(result_lines(done.violations, language), err=True, nl=False)
    if not quiet:
        click.echo(build_table(done), nl=False)
    if not done.published:
        click.echo(f"Error: {done.reason}", err=True)
        raise click.exceptions.Exit(4 if done.violations else 3)
    if any(outcome.refused for outcome in done.outcomes):
        raise click.exceptions.Exit(3)


# ---- export


@main.command(
    epilog="\b\nExample:\n  dcat-hk export --format csv --stage planned --organisation hospital -o planned.csv\n\n"
    + EXIT_CODES
)
@click.option("--format", "form", type=click.Choice(_SYNTAXES), default="turtle", show_default=True)
@published_option
@click.option("-o", "--output", type=click.Path(path_type=Path), help="File to write; default standard output.")
@click.option("--plan", default="", metavar="ORG/YEARS", help="Only this plan, such as hk-hkpf/2024-2026.")
@click.option("--organisation", default="", metavar="CODE", help="Only this publisher's datasets, such as hospital.")
@click.option("--stage", type=click.Choice(["planned", "released"]), default=None, help="Only datasets at this stage.")
@click.option(
    "--script", type=click.Choice(["Hant", "Hans"]), default=None, help="Only this Chinese script, and English."
)
@click.option(
    "--derived",
    type=click.Choice(["tagged", "plain", "none"]),
    default="tagged",
    show_default=True,
    help="Labels in the other script.",
)
@click.option(
    "--dates",
    type=click.Choice(["month", "full"]),
    default="month",
    show_default=True,
    help="full: the first day stands for the month, which is not what plans say; for readers that know no months.",
)
@click.option(
    "--keywords",
    type=click.Choice(["text", "tags"]),
    default="text",
    show_default=True,
    help="tags: without brackets, commas and other marks; CKAN refuses datasets that have them.",
)
@quiet_option
def export(
    form: str,
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
    """Write a published catalogue, whole or in part, in another syntax."""
    from ..catalogue.publishing.export import Selection
    from ..catalogue.publishing.export import export as run

    pieces = run(folder, form, Selection(plan, organisation, stage or "", script or "", derived, dates, keywords))
    write_out(pieces, output, form, quiet)


# ---- explain


@main.command(
    epilog="\b\nExample:\n  dcat-hk explain record/hk-hkpf/2024-2026/D-ii-7.1 --sources seeds\n\n" + EXIT_CODES
)
@click.argument("iri")
@published_option
@click.option(
    "--sources", multiple=True, type=click.Path(path_type=Path), help="Where the plans lie, to show their lines."
)
def explain(iri: str, folder: Path, sources: tuple[Path, ...]) -> None:
    """
    Tell which file, lines and words a thing came from.

    IRI may be whole or begin behind the base IRI: dataset/hk-hkpf-….
    """
    from ..build.explain import explain as run

    found = run(folder, iri, sources)
    click.echo(f"{found.label}\n<{found.iri}>")
    if found.note:
        click.echo(found.note)
    for origin in found.origins:
        click.echo(f"\n{origin.file}, {origin.place}  (sha256 {origin.sha256[:12]}…)\n  <{origin.record}>")
        width = max((len(name) for name in origin.words), default=0)
        for name, words in origin.words.items():
            click.echo(f"  {name:<{width}}  {words}")
        for line in origin.lines:
            click.echo(f"  | {line}")


# ---- score


def _score_options(command: _Command) -> _Command:
    """Add the options of the quality score."""
    path = click.Path(path_type=Path)
    options = [
        click.option("--format", "form", type=click.Choice(["text", "json", "html", "ttl", "nquads"]), default="text",
                     show_default=True, help="ttl and nquads: measurements in DQV, in a graph of their own."),
        click.option("-o", "--output", type=path, help="File to write; default standard output."),
        click.option("--dataset", default="", metavar="IRI", help="Only this dataset: its IRI or the end of it."),
        click.option("--base-iri", metavar="IRI", help="Base IRI of measurements; default that of the catalogue."),
        click.option("--fetch", is_flag=True, help="Fetch contexts of JSON-LD, over http and https."),
        click.option("--skip-validation", is_flag=True, help="Do not measure whether datasets conform to DCAT-AP."),
        click.option("--check-urls", is_flag=True, help="Ask the addresses: one request at a time to a host."),
        click.option("--url-cache", type=path, help="File that keeps the answers for the next time."),
        click.option("--url-age", type=click.FloatRange(min=0), default=7.0, show_default=True, metavar="DAYS",
                     help="How old a kept answer may be."),
        click.option("--url-pause", type=click.FloatRange(min=0), default=1.0, show_default=True, metavar="SECONDS",
                     help="Pause between two requests to a host."),
        click.option("--url-limit", type=click.FloatRange(min=0), default=600.0, show_default=True, metavar="SECONDS",
                     help="How long asking may take; what is not asked by then is not measured."),
        click.option("--allow-private", is_flag=True, help="Also ask addresses that are not on the public internet."),
        click.option("--status-codes", default="200-299", show_default=True, metavar="FROM-TO",
                     help="HTTP codes that count as an answer."),
        click.option("--alignment", type=click.Choice(["either", "both"]), default="either", show_default=True,
                     help="Whether format or media type must be from a vocabulary, or both."),
        click.option("--format-penalty", is_flag=True, help="Take off 5 points each for a missing format, media type."),
        click.option("--aggregate", type=click.Choice(["piveau", "share"]), default="piveau", show_default=True,
                     help="Catalogue: the mean of its datasets, or points by the share that fulfils each indicator."),
    ]  # fmt: skip
    return functools.reduce(lambda wrapped, option: option(wrapped), reversed(options), command)


@main.command(epilog="\b\nExample:\n  dcat-hk score --format html --lang zh-HK -o score.html output\n\n" + EXIT_CODES)
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@_score_options
@common_options
def score(sources: tuple[Path, ...], form: str, output: Path | None, quiet: bool, verbose: bool, **given: Any) -> None:
    """
    Score the metadata quality of a catalogue as data.europa.eu does: 405 points at most.

    FILE is any RDF file, also gzipped, the output folder of a build, or - for standard input. The strict score
    stands beside that of released datasets only and that of what applies; every lost point has its reason.
    """
    from ..checking.scoring.dqv import left_out
    from ..checking.scoring.report_text import as_text
    from ..checking.scoring.run import FORMATS, score_catalogue

    options = _scoring_options(given)
    with progress_shown(quiet) as progress:
        found = score_catalogue(sources, options, progress)
    if form in {"ttl", "nquads"} and left_out(found) and not quiet:
        click.echo(f"{left_out(found)} datasets have no IRI; nothing can be said of them in RDF.", err=True)
    pieces = iter([as_text(found, every=True)]) if form == "text" and verbose else FORMATS[form](found)
    write_out(pieces, output, form, quiet)


def _scoring_options(given: dict[str, Any]) -> Any:
    """Return the options of a scoring as it takes them."""
    from ..checking.scoring.links import RequestPolicy
    from ..checking.scoring.measuring import ScoringRules
    from ..checking.scoring.run import ScoringOptions

    first, _dash, last = given["status_codes"].partition("-")
    if not (first.isdecimal() and last.isdecimal() and 100 <= int(first) <= int(last) <= 599):
        raise UsageError(f"“{given['status_codes']}” are no HTTP codes.", "--status-codes", "Give them like 200-299.")
    policy = RequestPolicy(
        pause=given["url_pause"], limit=given["url_limit"], age=given["url_age"], private=given["allow_private"]
    )
    rules = ScoringRules(
        int(first), int(last), given["alignment"], given["format_penalty"], given["aggregate"] == "share"
    )
    return ScoringOptions(
        base=_base_iri(given["base_iri"]),
        language=language_of(given["lang"]),
        dataset=given["dataset"],
        validated=not given["skip_validation"],
        rules=rules,
        policy=policy if given["check_urls"] else None,
        cache=given["url_cache"],
        fetch=given["fetch"],
    )


def _base_iri(given: str | None) -> str:
    """Return a base IRI that was checked as settings are; nothing if none was given."""
    from ..core.settings import load_settings

    return load_settings(None, {"base_iri": given}).base_iri if given else ""


main.add_command(cli_validate.validate)
main.add_command(cli_stores.load)
main.add_command(cli_stores.query)
main.add_command(cli_web.serve)
main.add_command(cli_web.feed)
