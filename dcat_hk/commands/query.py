"""
The command `query`: queries a published catalogue or a SPARQL endpoint.

In: a query, or the name of one. Out: the answer on standard output or in a file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import UsageError
from ..core.wording.refusals import EnglishReason, say
from .limited import LimitedCommand
from .options import (
    add_options,
    choice_option,
    config_option,
    epilog,
    language_of,
    language_option,
    output_option,
    published_option,
    seconds_type,
)
from .output import check_not_read, write_output
from .spoken import print_warning, run_language
from .store_options import access_for, auth_option

if TYPE_CHECKING:
    from ..serving.queries import Query
    from ..serving.stores.answers import QueryResult, Solution

_query_options = add_options(
    published_option,
    click.option("--endpoint", default="", metavar="URL", help="SPARQL endpoint to query instead of a folder."),
    auth_option,
    choice_option(
        "--format",
        "format_name",
        choices=("table", "csv", "json", "turtle"),
        help="Output format; default table on a terminal, else json; turtle for graphs.",
    ),
    click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="Set a parameter of the query."),
    click.option(
        "--base-iri", metavar="IRI", help="Base IRI of the catalogue at the endpoint; default that of the settings."
    ),
    click.option("--list", "listed", is_flag=True, help="List the named queries and their parameters."),
    click.option("--show", is_flag=True, help="Print the query with its parameters set, but do not run it."),
    click.option("--timeout", type=seconds_type, default=60.0, show_default=True, help="Seconds to wait in all."),
    output_option,
    config_option,
    language_option,
)


@click.command(
    cls=LimitedCommand, epilog=epilog("dcat-hk query --list", "dcat-hk query overdue --set as_of=2026-11 --format csv")
)
@click.argument("question", required=False, metavar="[NAME|FILE|QUERY]")
@_query_options
def query(question: str | None, values: tuple[str, ...], output: Path | None, lang: str, **options: Any) -> None:
    """
    Query a published catalogue or a SPARQL endpoint.

    NAME is one of the named queries, FILE is a file with a SPARQL query, QUERY is SPARQL: SELECT, ASK, CONSTRUCT or
    DESCRIBE. The default graph is the union of all graphs. Updates and federated queries are refused.
    """
    from ..serving.queries import bind_parameters

    language = language_of(lang)
    if options["listed"]:
        from ..serving.stores.tables import make_query_table

        click.echo(make_query_table(language), nl=False)
        return
    if question:
        check_not_read(output, [Path(question)])
    asked = _read_question(question)
    base = _base_iri(options)
    parameters = _parameters(asked, values, lang)
    text = bind_parameters(asked, parameters, base)
    if options["show"]:
        click.echo(text)
        return
    _note_example(asked, parameters)
    with _run(text, options) as result:
        is_empty = _write(result, base, options["format_name"], output)
    if is_empty:
        _warn_of_unknown(asked, parameters, text, base, options)


def _warn_of_unknown(
    asked: Query, parameters: Mapping[str, str], text: str, base: str, options: dict[str, Any]
) -> None:
    """Warn if nothing was found because the catalogue has no such body, dataset or theme."""
    from ..serving.queries import list_named_things
    from ..serving.stores.answers import AskResult

    for name, things in list_named_things(asked, parameters, text, base):
        ways = " UNION ".join(f"{{ <{iri}> ?p ?o }} UNION {{ ?s ?p <{iri}> }}" for iri in things)
        with _run(f"ASK {{ {ways} }}", options) as known:
            if isinstance(known, AskResult) and not known.value:
                print_warning("views.not-in-catalogue", name=name, value=parameters[name])


def _write(result: QueryResult, base: str, format_name: str | None, output: Path | None) -> bool:
    """Write what a query answers, and warn if rows may be missing; return whether there is nothing."""
    from ..serving.stores.answers import WRITERS, GraphResult, SelectResult

    rows = _WatchedRows(result.rows if isinstance(result, SelectResult) else ())
    if isinstance(result, SelectResult):
        result.rows = iter(rows)
    on_terminal = sys.stdout.isatty() and not output
    usual = "turtle" if isinstance(result, GraphResult) else "table" if on_terminal else "json"
    pieces = WRITERS[format_name or usual](result, base, None if on_terminal else 200)
    write_output(pieces, output)
    if not isinstance(result, SelectResult):
        return isinstance(result, GraphResult) and not result.triples
    if result.truncation:
        print_warning("views.rows-missing", reason=EnglishReason(result.truncation))
    return rows.are_none


class _WatchedRows:
    """Rows of an answer, of which it is known afterwards whether there were none."""

    def __init__(self, rows: Iterable[Solution]) -> None:
        """Keep the rows; none has been given yet."""
        self._rows, self.are_none = rows, True

    def __iter__(self) -> Iterator[Solution]:
        """Give the rows once."""
        for row in self._rows:
            self.are_none = False
            yield row


def _read_question(question: str | None) -> Query:
    """Return the query of this name, in this file, or with this text."""
    from ..serving.queries import find_query, make_unknown_query_error, read_query

    if not question:
        raise UsageError.of("options.no-query")
    named = find_query(question)
    if named:
        return named
    path = Path(question)
    try:
        return read_query(path.name, path.read_text(encoding="utf-8").replace("\r\n", "\n"))
    except UnicodeDecodeError as error:
        raise UsageError.of("options.query-encoding", question) from error
    except (OSError, ValueError) as error:
        raise make_unknown_query_error(question[:80]) from error


def _parameters(asked: Query, values: tuple[str, ...], lang: str) -> dict[str, str]:
    """Return values by parameter; --lang also sets the language of labels, if the query has a parameter for it."""
    parameters = dict(value.partition("=")[::2] for value in values)
    bad = next((value for value in values if "=" not in value), None)
    if bad is not None:
        raise UsageError.of("options.no-value", "--set", text=bad[:80])
    is_given = click.get_current_context().get_parameter_source("lang") is not click.core.ParameterSource.DEFAULT
    if is_given and any(parameter.kind == "language" for parameter in asked.parameters):
        parameters.setdefault("language", lang)
    return parameters


def _note_example(asked: Query, parameters: Mapping[str, str]) -> None:
    """Print a note if a query about one dataset is run for its example."""
    for parameter in asked.parameters:
        if parameter.kind == "dataset" and parameter.name not in parameters:
            values = {"dataset": parameter.default, "name": parameter.name}
            click.echo(say("views.example-dataset", run_language(), **values), err=True)


def _base_iri(options: dict[str, Any]) -> str:
    """Return the base IRI of the catalogue that is queried; a query that is only shown needs no catalogue."""
    from ..catalogue.publishing.published import base_of
    from ..core.settings import load_settings
    from ..serving.stores.access import check_address

    endpoint, folder, base_iri = options["endpoint"], options["folder"], options["base_iri"]
    if not endpoint and not (options["show"] and (base_iri or not folder.exists())):
        return base_of(folder)
    if endpoint:
        check_address(endpoint, "--endpoint")
    return load_settings(options["config"], {"base_iri": base_iri}).base_iri


def _run(text: str, options: dict[str, Any]) -> AbstractContextManager[QueryResult]:
    """Return a context manager that gives the answer of a folder or an endpoint."""
    from ..core.caching import open_cache
    from ..core.settings import load_settings
    from ..serving.stores.querying import query_folder, query_store

    if not options["endpoint"]:
        kept = open_cache(load_settings(options["config"], {}).cache)
        return query_folder(options["folder"], text, options["timeout"], kept)
    return query_store(options["endpoint"], text, access_for(options["auth"], options["endpoint"]), options["timeout"])
