"""
The command that validates catalogues.

In: arguments. Out: a report on standard output, an exit code. What it needs is imported when it runs.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from .options import EXIT_CODES, common_options, language_of

_EXAMPLES = """\b
Example:
  dcat-hk validate --lang zh-HK output
  dcat-hk validate --shapes official/ --fail-on warning --format sarif a.ttl b.jsonld.gz

"""


@click.command(epilog=_EXAMPLES + EXIT_CODES)
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--profile", type=click.Choice(["dcat-ap", "dcat-ap-hk"]), help="Default dcat-ap-hk, or none beside --shapes."
)
@click.option("--shapes", multiple=True, type=click.Path(path_type=Path), help="Shapes of yours: a file or a folder.")
@click.option("--engine", type=click.Choice(["auto", "compiled", "pyshacl"]), default="auto", show_default=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "ttl", "sarif", "html", "junit"]),
    default="text",
    show_default=True,
)
@click.option(
    "--fail-on",
    type=click.Choice(["violation", "warning", "info"]),
    default="violation",
    show_default=True,
    help="The least severity for which the exit code is 4.",
)
@click.option(
    "--by",
    "grouped",
    type=click.Choice(["cause", "thing"]),
    default="cause",
    show_default=True,
    help="Order of the text.",
)
@click.option("--fetch", is_flag=True, help="Fetch contexts of JSON-LD, and what --shapes import, over http and https.")
@click.option("--summary", is_flag=True, help="Only causes and how often; in text and JSON.")
@click.option("--base-iri", metavar="IRI", help="Base IRI of our own terms; default that of the catalogue.")
@common_options
def validate(
    sources: tuple[Path, ...],
    profile: str | None,
    shapes: tuple[Path, ...],
    engine: str,
    form: str,
    fail_on: str,
    grouped: str,
    fetch: bool,
    summary: bool,
    base_iri: str | None,
    quiet: bool,
    verbose: bool,
    lang: str,
) -> None:
    """
    Validate catalogues, ours or others': any RDF files, as one graph.

    FILE is Turtle, N-Triples, N-Quads, TriG, JSON-LD or RDF/XML, also gzipped, a folder of such files, the output
    folder of a build, or - for standard input. Results are grouped by cause or by thing, with advice; for catalogues of
    ours, with the plan and its lines. Nothing is fetched from the network unless --fetch is given.
    """
    from ..checking.validating import FORMATS, ValidationOptions, validate_files
    from ..checking.validating.report_json import as_json
    from ..checking.validating.report_text import as_summary, as_text, as_text_by_thing, total

    options = ValidationOptions(profile or "", shapes, engine, base_iri or "", language_of(lang), fail_on, fetch)
    outcome = validate_files(sources, options)
    if outcome.note and not quiet:
        click.echo(outcome.note, err=True)
    shown = outcome
    if not verbose and fail_on != "info":
        shown = replace(outcome, results=[result for result in outcome.results if result.severity != "Info"])
    if form == "text":
        written = as_summary if summary else as_text if grouped == "cause" else as_text_by_thing
        click.echo(written(shown), nl=False)
        if not quiet:
            click.echo(total(outcome))
    else:
        click.echo(as_json(shown, summary) if form == "json" else FORMATS[form](shown), nl=False)
    if outcome.failed:
        raise click.exceptions.Exit(4)
