"""
The command line: each command calls one function and prints.

In: arguments. Out: data on standard output, remarks on standard error, an exit code. Everything a command
needs is imported when it runs, so that help comes at once.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from . import __version__
from .errors import DcatHkError, UsageError

if TYPE_CHECKING:
    from .errors import Finding
    from .parsing import Reading
    from .settings import Settings

_Command = TypeVar("_Command", bound=Callable[..., Any])

_EXIT_CODES = """\b
Exit codes: 0 done; 1 a bug; 2 wrong usage; 3 an input cannot be read; 4 the shapes are violated."""
#: Languages that messages come in.
_LANGUAGES = ("en", "zh-Hant", "zh-Hans")
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


@click.group(cls=Cli, epilog=_EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dcat-hk")
def main() -> None:
    """
    Read Hong Kong's open data plans and publish them as DCAT-AP 3 linked data.

    \b
    dcat-hk build seeds -o output      read plans, validate, publish
    dcat-hk parse plan.txt             show what is read from a plan
    dcat-hk explain dataset/hk-…       where a thing came from
    """


_quiet = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
_published = click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    default="output",
    show_default=True,
    help="Output folder of a build.",
)


def _common(command: _Command) -> _Command:
    """Add the options of commands that have something to say."""
    command = _quiet(command)
    command = click.option("-v", "--verbose", is_flag=True, help="Also tell of what is only worth knowing.")(command)
    return click.option("--lang", default="en", metavar="TAG", help="Language of messages: en, zh-Hant or zh-Hans.")(
        command
    )


def _language(_context: click.Context | None, wanted: str) -> str:
    """Return the language of messages that serves best."""
    from .text import match_language

    found = match_language(wanted, _LANGUAGES)
    if not found:
        raise UsageError(f"There are no messages in “{wanted}”.", "--lang", f"Languages are {', '.join(_LANGUAGES)}.")
    return found


def _settings_options(command: _Command) -> _Command:
    """Add the options for settings."""
    options = [
        click.option(
            "--config", type=click.Path(path_type=Path), help="Settings file; default dcat-hk.toml, if there."
        ),
        click.option("--base-iri", metavar="IRI", help="What all IRIs begin with; ends in a slash."),
        click.option("--derived", type=click.Choice(["tagged", "plain", "none"]), help="Labels in the other script."),
        click.option("--script", type=click.Choice(["Hant", "Hans"]), help="Write one Chinese script only."),
    ]
    return functools.reduce(lambda wrapped, option: option(wrapped), reversed(options), command)


def _load_settings(config: Path | None, base_iri: str | None, derived: str | None, script: str | None) -> Settings:
    """Return the settings of file and options."""
    from .settings import load_settings

    return load_settings(config, {"base_iri": base_iri, "derived": derived, "script": script})


@contextmanager
def _progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows progress on a terminal and does nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # Refreshed by hand: a thread of its own would be copied into the worker processes.
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False) as shown:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = shown.add_task(stage, total=total)
            shown.update(tasks[stage], completed=done)
            shown.refresh()

        yield tell


def _tell(findings: Sequence[Finding], quiet: bool, verbose: bool, language: str) -> None:
    """Print findings on standard error."""
    from .presentation import finding_line

    for finding in findings:
        if not quiet and (verbose or finding.severity != "info"):
            click.echo(finding_line(finding, language), err=True)


# ---- parse


@main.command(epilog="\b\nExample:\n  dcat-hk parse --format csv plan.txt > plan.csv\n\n" + _EXIT_CODES)
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--format", "form", type=click.Choice(["json", "csv", "table"]), help="Default: table on a terminal, else json."
)
@click.option("--ledger", is_flag=True, help="Account for every character instead of printing entries.")
@_common
def parse(sources: tuple[Path, ...], form: str | None, ledger: bool, quiet: bool, verbose: bool, lang: str) -> None:
    """
    Print what is read from plans: one object for each document, with its entries.

    FILE is a text file, a folder of them, or - for standard input. A file that is no plan is told of; the others
    are still read.
    """
    from .pipeline import find_inputs

    language = _language(None, lang)
    form = form or ("table" if sys.stdout.isatty() else "json")
    readings, failed = _read(find_inputs(sources), ledger)
    for reading in readings:
        _tell(reading.findings, quiet, verbose, language)
    click.echo(_printed(readings, form, ledger), nl=False)
    if failed:
        raise click.exceptions.Exit(failed)


def _read(inputs: list[tuple[Path, str]], ledger: bool) -> tuple[list[Reading], int]:
    """Return the readings of inputs, telling of those that cannot be read, and the exit code for them."""
    from .pipeline import read_input

    readings: list[Reading] = []
    failed = 0
    for path, name in inputs:
        try:
            reading = read_input(path, name)
            if not ledger:
                reading.require()
            readings.append(reading)
        except DcatHkError as error:
            click.echo(f"Error: {error}", err=True)
            failed = error.exit_code
    return readings, failed


def _printed(readings: Sequence[Reading], form: str, ledger: bool) -> str:
    """Return readings as they are printed."""
    from . import presentation as show

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


# ---- build


@main.command(
    epilog="\b\nExample:\n  dcat-hk build seeds -o output --base-iri https://data.example.hk/plans/\n\n" + _EXIT_CODES
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="SOURCE…")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="Folder to publish in; replaced as a whole."
)
@click.option("-j", "--jobs", type=click.IntRange(min=0), default=0, help="Processes; default one for each processor.")
@click.option("--skip-validation", is_flag=True, help="Publish without validating: for catalogues validated elsewhere.")
@_settings_options
@_common
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

    SOURCE is a text file or a folder of them. Nothing is published if anything violates the shapes, or if a plan that
    the output folder holds would vanish because its file cannot be read any more. The old output stays whole
    until the new one is complete.
    """
    from .pipeline import build as run
    from .presentation import build_table, result_lines

    language = _language(None, lang)
    settings = _load_settings(config, base_iri, derived, script)
    with _progress(quiet) as progress:
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


# ---- validate


@main.command(epilog="\b\nExample:\n  dcat-hk validate --lang zh-HK output/catalogue.ttl\n\n" + _EXIT_CODES)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--profile", type=click.Choice(["dcat-ap", "dcat-ap-hk"]), default="dcat-ap-hk", show_default=True)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
@click.option("--base-iri", metavar="IRI", help="Base IRI of our own terms; default that of the catalogue.")
@_common
def validate(file: Path, profile: str, form: str, base_iri: str | None, quiet: bool, verbose: bool, lang: str) -> None:
    """
    Validate a catalogue: any RDF file, or - for standard input.

    Turtle, N-Triples, N-Quads, TriG, JSON-LD and RDF/XML are read, also gzipped. Nothing is fetched from the network.
    """
    from .presentation import dump, result_as_json, result_lines
    from .publication.reading import base_in, read_graph
    from .rdf.validation import load_shapes, today, violations
    from .rdf.validation import validate as run
    from .vocabularies import DEFAULT_BASE

    language = _language(None, lang)
    graph = read_graph(file, base_iri or DEFAULT_BASE)
    base = base_iri or base_in(graph) or DEFAULT_BASE
    results = run(graph, load_shapes(profile, base, today()))
    shown = results if verbose else [result for result in results if result.severity != "Info"]
    found = violations(results)
    if form == "json":
        click.echo(dump({"conforms": not found, "results": [result_as_json(r) for r in shown]}), nl=False)
    else:
        click.echo(result_lines(shown, language), nl=False)
        if not quiet:
            click.echo(f"{len(found)} violations, {len(results) - len(found)} other results.")
    if found:
        raise click.exceptions.Exit(4)


# ---- export


@main.command(
    epilog="\b\nExample:\n  dcat-hk export --format csv --stage planned --organisation hospital -o planned.csv\n\n"
    + _EXIT_CODES
)
@click.option("--format", "form", type=click.Choice(_SYNTAXES), default="turtle", show_default=True)
@_published
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
@_quiet
def export(
    form: str,
    folder: Path,
    output: Path | None,
    plan: str,
    organisation: str,
    stage: str | None,
    script: str | None,
    derived: str,
    quiet: bool,
) -> None:
    """Write a published catalogue, whole or in part, in another syntax."""
    from .publication.export import Selection
    from .publication.export import export as run
    from .publication.folder import write_file

    pieces = run(folder, form, Selection(plan, organisation, stage or "", script or "", derived))
    if output:
        size = write_file(output, pieces)
        if not quiet:
            click.echo(f"{output}: {size:,} bytes of {form}.", err=True)
    else:
        for piece in pieces:
            click.echo(piece.encode(), nl=False)


# ---- explain


@main.command(
    epilog="\b\nExample:\n  dcat-hk explain record/hk-hkpf/2024-2026/D-ii-7.1 --sources seeds\n\n" + _EXIT_CODES
)
@click.argument("iri")
@_published
@click.option(
    "--sources", multiple=True, type=click.Path(path_type=Path), help="Where the plans lie, to show their lines."
)
def explain(iri: str, folder: Path, sources: tuple[Path, ...]) -> None:
    """
    Tell which file, lines and words a thing came from.

    IRI may be whole or begin behind the base IRI: dataset/hk-hkpf-….
    """
    from .publication.explaining import explain as run

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
