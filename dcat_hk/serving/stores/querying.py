"""
Run a query on a published folder or on a store.

In: the text of a query. Out: a `QueryResult`. Updates and federated queries are refused before anything is sent. The
folder is queried in a separate process, which is ended when the time limit is reached.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from ...core.errors import NotReadable, StoreError, UsageError
from ...core.processes import begin_worker
from ...core.scratch import ScratchFolder
from ..queries import check_query_form, has_dataset_clause
from .access import Credentials
from .answers import QueryResult, read_results
from .client import StoreClient, StoreResponse, one_line
from .target import send_query

_ACCEPT_TABLE = "application/sparql-results+xml, application/sparql-results+json;q=0.9"
_ACCEPT_GRAPH = "application/n-triples, text/turtle;q=0.9"
#: Fewer retries than for a load: a user waits for the answer.
_RETRIES = 2


@contextmanager
def query_store(address: str, text: str, credentials: Credentials, timeout: float) -> Iterator[QueryResult]:
    """
    Run a query on a store; a context manager that gives the result.

    Args:
        address: The SPARQL endpoint.

        text: The query.

        credentials: Credentials for the store.

        timeout: Seconds to wait in all.

    Raises:
        UsageError: The text is not a read-only query, or the store reports a syntax error.

        StoreError: The store cannot be reached, refuses the query, or does not return SPARQL results.
    """
    accept = _ACCEPT_TABLE if check_query_form(text) in {"SELECT", "ASK"} else _ACCEPT_GRAPH
    with (
        StoreClient(credentials, timeout, _RETRIES, timeout) as client,
        send_query(client, address, text, accept) as response,
    ):
        if response.status == 400:
            raise UsageError(f"The store rejects the query: {response.excerpt()}.", address)
        if not response.is_success:
            raise StoreError(f"The query failed with status {response.status}: {response.excerpt()}.", address)
        yield read_results(response, address)


@contextmanager
def query_folder(folder: Path, text: str, timeout: float) -> Iterator[QueryResult]:
    """
    Run a query on a published folder; a context manager that gives the result.

    The default graph is the union of all graphs, unless the query has a dataset clause.

    Args:
        folder: An output folder.

        text: The query.

        timeout: Seconds for reading the catalogue and answering the query.

    Raises:
        UsageError: The text is not a valid, read-only query.

        NotReadable: There is no published catalogue in the folder.

        StoreError: The time limit was reached, or the query failed.
    """
    check_query_form(text)
    union = not has_dataset_clause(text)
    path = folder / "catalogue.nq"
    if not path.is_file():
        raise NotReadable.of("catalogue.none", str(folder))
    with ScratchFolder() as scratch:
        results = scratch / "results"
        kind, detail = _run_process((str(path), text, str(results), union), timeout)
        if kind == "syntax":
            raise UsageError(f"This is not a valid SPARQL 1.1 query: {detail}.", "", "Check its syntax.")
        if kind == "error":
            raise StoreError(f"The query failed: {detail}.", str(folder))
        with results.open("rb") as file, StoreResponse(200, {"content-type": kind}, file) as response:
            yield read_results(response, str(folder))


def _run_process(arguments: tuple[str, str, str, bool], timeout: float) -> tuple[str, str]:
    """Return the media type of the results; or `syntax` or `error`, with the message."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_write_results, args=(*arguments, sender, os.getpid()), daemon=True)
    process.start()
    sender.close()
    try:
        if not receiver.poll(timeout):
            advice = "Make the query simpler, raise --timeout, or load the catalogue into a store."
            raise StoreError(f"The query took longer than {timeout:g} seconds.", "", advice)
        kind, detail = receiver.recv()
        return str(kind), str(detail)
    except EOFError:
        raise StoreError("The process that ran the query ended; it may have run out of memory.") from None
    finally:
        receiver.close()
        process.kill()
        process.join()


def _write_results(path: str, text: str, results: str, union: bool, connection: Connection, parent: int) -> None:
    """Write the results of a query into a file and send their media type; runs in a separate process."""
    import pyoxigraph

    from ..queries.language_tags import run_query

    begin_worker(parent)
    store = pyoxigraph.Store()
    try:
        store.bulk_load(path=path, format=pyoxigraph.RdfFormat.N_QUADS)
        result = run_query(store, text, use_default_graph_as_union=union)
        is_graph = isinstance(result, pyoxigraph.QueryTriples)
        results_format = pyoxigraph.RdfFormat.N_TRIPLES if is_graph else pyoxigraph.QueryResultsFormat.JSON
        result.serialize(results, results_format)
        connection.send(("application/n-triples" if is_graph else "application/sparql-results+json", ""))
    except SyntaxError as error:
        connection.send(("syntax", shorten_message(one_line(str(error)))))
    except (OSError, ValueError, RuntimeError) as error:
        connection.send(("error", one_line(str(error))))


def shorten_message(message: str) -> str:
    """
    Return a parser's message; for an undeclared prefix without the long list of tokens that it expected.

    Args:
        message: The message.

    >>> shorten_message("error at 1:29: expected one of Prefix not found, ['%'], ['-' | '0' ..= '9']")
    'error at 1:29: a prefix is not declared'
    """
    start, match, _rest = message.partition("expected one of Prefix not found")
    return f"{start}a prefix is not declared" if match else message
