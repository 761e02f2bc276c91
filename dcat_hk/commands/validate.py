"""
The command `validate`: validates RDF files.

In: RDF files and shapes. Out: a report on standard output; exit code 4 if the data does not conform.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .limited import LimitedCommand
from .options import (
    add_options,
    choice_option,
    common_options,
    config_option,
    context_option,
    contexts_of,
    dask_option,
    epilog,
    language_of,
    path_type,
    profiles_option,
    rdf_limits,
    sources_argument,
)
from .profiles import find_profiles_folder

if TYPE_CHECKING:
    from ..checking.validating import ValidationOptions

_validate_options = add_options(
    click.option(
        "--profile",
        metavar="NAME",
        help="Profile to validate against, as dcat-hk profiles lists them; default dcat-ap-hk, or none with --shapes.",
    ),
    profiles_option,
    config_option,
    click.option("--shapes", multiple=True, type=path_type, help="File or folder of your own SHACL shapes."),
    choice_option(
        "--engine",
        choices=("auto", "compiled", "pyshacl"),
        default="auto",
        help="SHACL engine; auto is the compiled one.",
    ),
    choice_option(
        "--format",
        "format_name",
        choices=("text", "json", "ttl", "sarif", "html", "junit"),
        default="text",
        help="Output format.",
    ),
    choice_option(
        "--fail-on",
        choices=("violation", "warning", "info"),
        default="violation",
        help="Lowest severity for which the exit code is 4.",
    ),
    choice_option("--by", "grouped", choices=("cause", "thing"), default="cause", help="How the text groups results."),
    context_option,
    click.option("--fetch", is_flag=True, help="Fetch JSON-LD contexts, and shapes that shapes import, over http(s)."),
    click.option("--summary", is_flag=True, help="Print only causes and counts, as text or JSON."),
    click.option("--allow-empty", is_flag=True, help="Accept data in which no shape looks at anything."),
    click.option("--base-iri", metavar="IRI", help="Base IRI of the catalogue's own terms; default as in the data."),
    dask_option("validate"),
)


@click.command(
    cls=LimitedCommand,
    epilog=epilog(
        "dcat-hk validate --lang zh-HK output",
        "dcat-hk validate --profiles profiles --profile dcat-ap-de catalogue.rdf",
        "dcat-hk validate --shapes official/ --fail-on warning a.ttl b.jsonld.gz",
    ),
)
@sources_argument
@_validate_options
@common_options
def validate(
    sources: tuple[Path, ...],
    format_name: str,
    grouped: str,
    summary: bool,
    quiet: bool,
    verbose: bool,
    **values: Any,
) -> None:
    """
    Validate RDF files against DCAT-AP or your own shapes.

    FILE is Turtle, N-Triples, N-Quads, TriG, JSON-LD or RDF/XML, also gzipped, a folder of such files, the output
    folder of a build, or - for standard input. All files are validated as one graph. Results are grouped by cause or
    by thing, with advice; for a catalogue that dcat-hk has built, also with the plan and its lines. Nothing is fetched
    from the network without --fetch.
    """
    from ..checking.validating import FORMATS, validate_files
    from ..checking.validating.report_json import as_json
    from ..checking.validating.report_text import as_summary, as_text, as_text_by_thing, total

    outcome = validate_files(sources, _validation_options(values))
    if outcome.note and not quiet:
        click.echo(outcome.note, err=True)
    shown = outcome.shown(verbose)
    if format_name == "text":
        as_lines = as_summary if summary else as_text if grouped == "cause" else as_text_by_thing
        click.echo(as_lines(shown), nl=False)
        if not quiet:
            click.echo(total(outcome))
    else:
        click.echo(as_json(shown, summary) if format_name == "json" else FORMATS[format_name](shown), nl=False)
    if outcome.failed:
        raise click.exceptions.Exit(4)


def _validation_options(values: dict[str, Any]) -> ValidationOptions:
    """Return the options of a validation."""
    from ..checking.validating import ValidationOptions
    from ..core.settings import checked_base

    folder = find_profiles_folder(values["profiles_folder"], values["config"])
    return ValidationOptions(
        profile=values["profile"] or "",
        shapes=values["shapes"],
        engine=values["engine"],
        base=checked_base(values["base_iri"]),
        language=language_of(values["lang"]),
        fail_on=values["fail_on"],
        fetch=values["fetch"],
        profiles=folder,
        allow_empty=values["allow_empty"],
        contexts=contexts_of(values["contexts"]),
        limits=rdf_limits(values["config"]),
        dask=values["dask"],
    )
