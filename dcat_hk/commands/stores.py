"""
The commands that speak with SPARQL stores: load and query.

In: arguments, and environment variables for who we are. Out: as all commands. A load that is not complete ends with
exit code 5, whatever part of it is in.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ..core.errors import UsageError
from .options import EXIT_CODES, language_of, language_option, progress_shown, published_option, quiet_option

if TYPE_CHECKING:
    from ..serving.queries import Query
    from ..serving.stores.access import Access
    from ..serving.stores.answers import Outcome
    from ..serving.stores.loading import Outcome as Loaded

_Command = TypeVar("_Command", bound=Callable[..., Any])
_seconds = click.FloatRange(min=0, min_open=True)
_auth = click.option(
    "--auth",
    type=click.Choice(["auto", "none", "basic", "digest", "bearer"]),
    default="auto",
    show_default=True,
    help="How to be let in, with DCAT_HK_USER and DCAT_HK_PASSWORD, or DCAT_HK_TOKEN, from the environment; what is "
    "missing is asked for. auto: as the store wishes.",
)


# ---- load


@click.command(
    epilog="\b\nExample:\n  dcat-hk load --endpoint http://localhost:7878/store --prune output\n\n" + EXIT_CODES
)
@click.argument("folder", type=click.Path(path_type=Path), default="output", metavar="[FOLDER]")
@click.option("--endpoint", default="", metavar="URL", help="Where graphs are put: SPARQL 1.1 Graph Store Protocol.")
@click.option("--update-endpoint", default="", metavar="URL", help="For a store that has SPARQL Update only.")
@click.option("--query-endpoint", default="", metavar="URL", help="Where triples are counted; known of most stores.")
@_auth
@click.option("--prune", is_flag=True, help="Delete graphs of plans under our base IRI that the folder has no more.")
@click.option("--no-check", is_flag=True, help="Do not count the triples afterwards.")
@click.option("--dry-run", is_flag=True, help="Send nothing; say what would be sent and deleted.")
@click.option("--timeout", type=_seconds, default=300.0, show_default=True, help="Seconds a store may be silent.")
@click.option("--retries", type=click.IntRange(0, 20), default=4, show_default=True, help="Tries after a failed one.")
@quiet_option
def load(folder: Path, endpoint: str, update_endpoint: str, query_endpoint: str, quiet: bool, **given: Any) -> None:
    """
    Put a published catalogue into a SPARQL store, one named graph for each plan.

    FOLDER is the output folder of a build. A graph that the store holds is replaced, so loading twice adds nothing.
    The table says which graphs are in; the exit code is 0 only if all are and the store counts as many triples.
    """
    from ..serving.stores.client import Client
    from ..serving.stores.graphs import Quads
    from ..serving.stores.loading import load as run
    from ..serving.stores.tables import load_table
    from ..serving.stores.target import Target

    addresses = _addresses(endpoint, update_endpoint, query_endpoint, given["prune"])
    access = _access(given["auth"], endpoint or update_endpoint)
    with (
        Quads(folder) as quads,
        Client(access, given["timeout"], given["retries"]) as client,
        progress_shown(quiet, in_bytes=True) as progress,
    ):
        outcome = run(
            quads,
            Target(client, addresses),
            prune=given["prune"],
            check=not given["no_check"],
            dry_run=given["dry_run"],
            progress=progress,
        )
    if not quiet:
        click.echo(load_table(outcome), nl=False)
    _end(outcome)


def _addresses(graphs: str, update: str, query: str, prune: bool) -> Any:
    """Return the addresses of a store, checked."""
    from ..serving.stores.access import check_address
    from ..serving.stores.target import Addresses

    if bool(graphs) == bool(update):
        raise UsageError(
            "Where to load to is not clear.",
            "",
            "Give --endpoint for the Graph Store Protocol or --update-endpoint for SPARQL Update, and not both.",
        )
    for address, option in ((graphs, "--endpoint"), (update, "--update-endpoint"), (query, "--query-endpoint")):
        if address:
            check_address(address, option)
    addresses = Addresses(graphs, update, query).completed()
    if prune and not addresses.query:
        raise UsageError("The store's graphs cannot be listed.", "--prune", "Give --query-endpoint.")
    return addresses


def _access(kind: str, address: str) -> Access:
    """Return how to be let in, asking a person at a terminal for what is missing."""
    from ..serving.stores.access import access_from, is_open

    def ask(label: str, hidden: bool) -> str:
        return str(click.prompt(label, hide_input=hidden, err=True))

    access = access_from(kind, os.environ, ask if sys.stdin.isatty() else None)
    if access.kind in {"basic", "bearer", "auto"} and is_open(address):
        click.echo("Warning: without https, others on the way can read the password or token.", err=True)
    return access


def _end(outcome: Loaded) -> None:
    """Tell what is not as it should be, and end with exit code 5 if anything is."""
    for note in outcome.notes:
        click.echo(note, err=True)
    if not outcome.is_complete:
        from ..serving.stores.loading import GOOD

        wrong = [graph for graph in outcome.graphs if graph.state not in GOOD]
        click.echo(f"Error: {len(wrong)} of {len(outcome.graphs)} graphs are not as they should be.", err=True)
        raise click.exceptions.Exit(5)


# ---- query


def _query_options(command: _Command) -> _Command:
    """Add the options of the command query."""
    path = click.Path(path_type=Path)
    options = [
        published_option,
        click.option("--endpoint", default="", metavar="URL", help="Ask this SPARQL endpoint instead of a folder."),
        _auth,
        click.option("--format", "form", type=click.Choice(["table", "csv", "json", "turtle"]),
                     help="Default: table on a terminal, else json; turtle for graphs."),
        click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Give a parameter a value."),
        click.option("--base-iri", metavar="IRI", help="Base IRI of what the endpoint holds; default by settings."),
        click.option("--list", "listed", is_flag=True, help="List the named queries with their parameters."),
        click.option("--show", is_flag=True, help="Print the query with its values instead of asking it."),
        click.option("--timeout", type=_seconds, default=60.0, show_default=True, help="Seconds to wait in all."),
        click.option("-o", "--output", type=path, help="File to write; default standard output."),
        language_option,
    ]  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command


@click.command(
    epilog="\b\nExample:\n  dcat-hk query --list\n  dcat-hk query overdue --set as_of=2026-11 --format csv\n\n"
    + EXIT_CODES
)
@click.argument("question", required=False, metavar="[NAME|FILE|QUERY]")
@_query_options
def query(question: str | None, values: tuple[str, ...], output: Path | None, lang: str, **given: Any) -> None:
    """
    Ask a question of a published catalogue, or of a SPARQL endpoint.

    NAME is one of the named queries, FILE holds SPARQL, QUERY is SPARQL: SELECT, ASK, CONSTRUCT or DESCRIBE. All graphs
    are asked together. What would change a store or have it ask others is refused.
    """
    from ..core.files import write_file
    from ..serving.queries import bind
    from ..serving.stores.answers import FORMS
    from ..serving.stores.tables import query_list

    language = language_of(lang)
    if given["listed"]:
        click.echo(query_list(language), nl=False)
        return
    found = _found(question)
    base = _base(given["endpoint"], given["folder"], given["base_iri"])
    pairs = _pairs(found, values, lang)
    text = bind(found, pairs, base)
    if given["show"]:
        click.echo(text)
        return
    _tell_example(found, pairs)
    with _asked(text, given) as outcome:
        form = given["form"] or _usual_form(outcome, output)
        pieces = FORMS[form](outcome, base, None if sys.stdout.isatty() and not output else 200)
        if output:
            write_file(output, pieces)
        else:
            for piece in pieces:
                click.echo(piece.encode(), nl=False)
        _tell_cut(outcome)


def _found(question: str | None) -> Query:
    """Return the query that is named, given, or in a file."""
    from ..serving.queries import find_query, no_such_query, read_query

    if not question:
        raise UsageError("There is no question.", "", "Give a query or its name; dcat-hk query --list shows them.")
    found = find_query(question)
    if found:
        return found
    path = Path(question)
    try:
        return read_query(path.name, path.read_text(encoding="utf-8").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise UsageError("The file is no text in UTF-8.", question) from error
    except (OSError, ValueError) as error:
        raise no_such_query(question[:80]) from error


def _pairs(found: Query, values: tuple[str, ...], lang: str) -> dict[str, str]:
    """Return values by parameter; names come in the language of messages if a query has a parameter for it."""
    pairs = dict(value.partition("=")[::2] for value in values)
    bad = next((value for value in values if "=" not in value), None)
    if bad is not None:
        raise UsageError(f"“{bad[:80]}” is no NAME=VALUE.", "--set", "Give it like as_of=2026-11.")
    given = click.get_current_context().get_parameter_source("lang") is not click.core.ParameterSource.DEFAULT
    if given and any(parameter.kind == "language" for parameter in found.parameters):
        pairs.setdefault("language", lang)
    return pairs


def _tell_example(found: Query, pairs: Mapping[str, str]) -> None:
    """Say so if a query about one dataset is asked of the dataset that stands in it as an example."""
    for parameter in found.parameters:
        if parameter.kind == "dataset" and parameter.name not in pairs:
            said = f"This asks for {parameter.default}, which stands in the query as an example."
            click.echo(f"{said} Give yours with --set {parameter.name}=…; dcat-hk query search finds it.", err=True)


def _base(endpoint: str, folder: Path, base_iri: str | None) -> str:
    """Return the base IRI of what is asked."""
    from ..catalogue.publishing.published import base_of
    from ..core.settings import load_settings
    from ..serving.stores.access import check_address

    if not endpoint:
        return base_of(folder)
    check_address(endpoint, "--endpoint")
    return load_settings(None, {"base_iri": base_iri}).base_iri


def _asked(text: str, given: dict[str, Any]) -> AbstractContextManager[Outcome]:
    """Return what gives the answer of a folder or an endpoint."""
    from ..serving.stores.querying import ask_folder, ask_store

    if not given["endpoint"]:
        return ask_folder(given["folder"], text, given["timeout"])
    return ask_store(given["endpoint"], text, _access(given["auth"], given["endpoint"]), given["timeout"])


def _usual_form(outcome: Outcome, output: Path | None) -> str:
    """Return the form that suits an answer and where it goes."""
    from ..serving.stores.answers import Triples

    if isinstance(outcome, Triples):
        return "turtle"
    return "table" if sys.stdout.isatty() and not output else "json"


def _tell_cut(outcome: Outcome) -> None:
    """Warn if rows may be missing, and end with exit code 5 if they are known to be."""
    from ..serving.stores.answers import Solutions

    if isinstance(outcome, Solutions) and outcome.cut:
        click.echo(f"Warning: rows may be missing: {outcome.cut}.", err=True)
