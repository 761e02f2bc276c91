"""
The command `load`: puts a published catalogue into a SPARQL store.

In: an output folder and the address of a store. Out: a table of graphs; exit code 5 if the load is not complete.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import UsageError
from .limited import LimitedCommand
from .options import add_options, config_option, epilog, folder_argument, quiet_option, seconds_type
from .progress import progress_shown
from .spoken import print_refusal, run_language
from .store_options import access_for, auth_option

if TYPE_CHECKING:
    from ..serving.stores.loading import LoadOutcome

_load_options = add_options(
    click.option("--endpoint", default="", metavar="URL", help="Endpoint of the SPARQL 1.1 Graph Store Protocol."),
    click.option("--update-endpoint", default="", metavar="URL", help="SPARQL Update endpoint, if there is no other."),
    click.option(
        "--query-endpoint",
        default="",
        metavar="URL",
        help="Query endpoint, to count triples; for most stores it is derived from the other.",
    ),
    auth_option,
    click.option(
        "--prune", is_flag=True, help="Delete graphs of plans under this base IRI that the folder no longer has."
    ),
    click.option("--no-check", is_flag=True, help="Do not count the triples after loading."),
    click.option("--dry-run", is_flag=True, help="Print what would be sent and deleted, but change nothing."),
    click.option(
        "--timeout", type=seconds_type, default=300.0, show_default=True, help="Seconds to wait for the store."
    ),
    click.option(
        "--retries", type=click.IntRange(0, 20), default=4, show_default=True, help="Retries after a failure."
    ),
    config_option,
    quiet_option,
)


@click.command(cls=LimitedCommand, epilog=epilog("dcat-hk load --endpoint http://localhost:7878/store --prune output"))
@folder_argument
@_load_options
def load(folder: Path, endpoint: str, update_endpoint: str, query_endpoint: str, quiet: bool, **options: Any) -> None:
    """
    Load a published catalogue into a SPARQL store.

    FOLDER is the output folder of a build. Each plan is loaded into a named graph of its own, which replaces the graph
    in the store; loading twice adds nothing. The table lists the state of each graph. The exit code is 0 only if all
    graphs are loaded and the store counts the same number of triples.
    """
    from ..serving.stores.client import StoreClient
    from ..serving.stores.graphs import QuadsFile
    from ..serving.stores.loading import load_graphs
    from ..serving.stores.tables import make_load_table
    from ..serving.stores.target import TargetStore

    addresses = _addresses(endpoint, update_endpoint, query_endpoint, options["prune"])
    credentials = access_for(options["auth"], endpoint or update_endpoint)
    with (
        QuadsFile(folder) as quads,
        StoreClient(credentials, options["timeout"], options["retries"]) as client,
        progress_shown(quiet, in_bytes=True) as progress,
    ):
        outcome = load_graphs(
            quads,
            TargetStore(client, addresses),
            prune=options["prune"],
            check=not options["no_check"],
            dry_run=options["dry_run"],
            progress=progress,
            language=run_language(),
        )
    if not quiet:
        click.echo(make_load_table(outcome, language=run_language()), nl=False)
    _report(outcome)


def _addresses(graphs: str, update: str, query: str, prune: bool) -> Any:
    """Return the addresses of a store, checked."""
    from ..serving.stores.access import check_address
    from ..serving.stores.target import StoreAddresses

    if bool(graphs) == bool(update):
        raise UsageError.of("options.load-where")
    for address, option in ((graphs, "--endpoint"), (update, "--update-endpoint"), (query, "--query-endpoint")):
        if address:
            check_address(address, option)
    addresses = StoreAddresses(graphs, update, query).complete()
    if prune and not addresses.query:
        raise UsageError.of("options.prune-query", "--prune")
    return addresses


def _report(outcome: LoadOutcome) -> None:
    """Print what is wrong, and exit with code 5 if anything is."""
    for remark in outcome.remarks:
        click.echo(remark, err=True)
    if not outcome.is_complete:
        from ..serving.stores.loading import COMPLETE_STATES

        wrong = [graph for graph in outcome.graphs if graph.state not in COMPLETE_STATES]
        print_refusal("views.not-loaded", wrong=len(wrong), all=len(outcome.graphs))
        raise click.exceptions.Exit(5)
