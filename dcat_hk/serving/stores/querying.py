"""
Run a query on a published folder or on a store.

In: the text of a query. Out: a `QueryResult`. Updates and federated queries are refused before anything is sent. The
folder is queried in a separate process, which is ended when the time limit is reached. A large catalogue is kept as a
store for the next query.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

from ...core.allowance import explain_end, is_limited, lacks_memory
from ...core.caching import NO_CACHE, Cache
from ...core.errors import NotReadable, StoreError, UsageError
from ...core.processes import begin_worker, can_fork
from ...core.scratch import ScratchFolder
from ...core.wording.refusals import EnglishReason
from ..queries import check_query_form
from .access import Credentials
from .answers import QueryResult, read_results
from .client import StoreClient, StoreResponse, one_line
from .target import send_query

if TYPE_CHECKING:
    import pyoxigraph

_ACCEPT_TABLE = "application/sparql-results+xml, application/sparql-results+json;q=0.9"
_ACCEPT_GRAPH = "application/n-triples, text/turtle;q=0.9"
#: Fewer retries than for a load: a user waits for the answer.
_RETRIES = 2
#: Bytes from which a catalogue is kept as a store: smaller ones are read as quickly as a store is opened.
LEAST_KEPT = 4_000_000
#: Nanoseconds after which a file that is written again has another time, whatever the file system.
_TICK = 2_000_000_000
#: Against what relative IRIs of a query are resolved to look at its text; they are errors when it is run.
_NOWHERE = "http://example.org/"


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
            raise UsageError.of("stores.query-rejected", address, excerpt=response.excerpt())
        if not response.is_success:
            raise StoreError.of("stores.query-status", address, status=response.status, excerpt=response.excerpt())
        yield read_results(response, address)


@contextmanager
def query_folder(folder: Path, text: str, timeout: float, kept: Cache = NO_CACHE) -> Iterator[QueryResult]:
    """
    Run a query on a published folder; a context manager that gives the result.

    The default graph is the union of all graphs, unless the query has a dataset clause.

    Args:
        folder: An output folder.

        text: The query.

        timeout: Seconds for reading the catalogue and answering the query.

        kept: Keeps a large catalogue as a store for the next query.

    Raises:
        UsageError: The text is not a valid, read-only query.

        NotReadable: There is no published catalogue in the folder, or a broken one.

        StoreError: The time limit was reached, or the query failed.
    """
    path = folder / "catalogue.nq"
    if not path.is_file():
        raise NotReadable.of("catalogue.none", str(folder))
    with ScratchFolder() as scratch:
        results = scratch / "results"
        kind, detail = _run_process((str(path), text, str(results), kept), timeout)
        if kind == "syntax":
            # That parser says more: whether it is an update, or asks another server.
            check_query_form(text)
            raise UsageError.of("queries.invalid", reason=EnglishReason(detail))
        if kind == "memory" and is_limited():
            raise MemoryError
        if kind == "memory":
            raise StoreError.of("stores.query-lost")
        if kind == "broken":
            raise NotReadable.of("catalogue.broken", str(path), reason=EnglishReason(detail))
        if kind == "error":
            raise StoreError.of("stores.query-failed", str(folder), reason=EnglishReason(detail))
        with results.open("rb") as file, StoreResponse(200, {"content-type": kind}, file) as response:
            yield read_results(response, str(folder))


def _find_store_key(path: Path, kept: Cache) -> str:
    """Return the name under which the store of a catalogue is kept; empty if the catalogue is read each time."""
    import pyoxigraph

    if not kept.is_open:
        return ""
    state = path.stat()
    if state.st_size < LEAST_KEPT or time.time_ns() - state.st_mtime_ns <= _TICK:
        return ""
    # A store belongs to the file as it is: its place, length and time.
    marks = (path.resolve(), *_marks(state), pyoxigraph.__version__)
    return f"store-{hashlib.sha256(repr(marks).encode()).hexdigest()[:32]}"


def _marks(state: os.stat_result) -> tuple[int, int, int]:
    """Return by what a file differs from one that was written in its place."""
    return state.st_size, state.st_mtime_ns, state.st_ino


def open_published(path: Path, kept: Cache) -> pyoxigraph.Store:
    """
    Return a store with the statements of a published catalogue: a kept one, if it is large, else one in memory.

    Args:
        path: The N-Quads of the catalogue.

        kept: Keeps stores for the next time.

    Raises:
        NotReadable: The file is not N-Quads.

        OSError: The file cannot be read.

        ValueError: A kept store is spoiled.
    """
    import pyoxigraph

    try:
        key = _find_store_key(path, kept)
        folder = kept.keep_folder(key, partial(_fill_store, path, kept)) if key else None
        if folder is not None:
            return pyoxigraph.Store.read_only(str(folder))
        store = pyoxigraph.Store()
        store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
    except SyntaxError as error:
        reason = EnglishReason(one_line(str(error)))
        raise NotReadable.of("catalogue.broken", str(path), reason=reason) from error
    return store


def _fill_store(path: Path, kept: Cache, folder: Path) -> None:
    """Write the statements of a file into a store in a folder; an OSError if the file has changed meanwhile."""
    import pyoxigraph

    before = _marks(path.stat())
    # Room is made before: what is larger than all that may be kept is there for the next query at least.
    kept.trim()
    store = pyoxigraph.Store(str(folder))
    store.bulk_load(path=str(path), format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    del store
    if _marks(path.stat()) != before:
        raise OSError(f"{path} has changed")


def _can_copy() -> bool:
    """
    Tell whether a copy of this process can open a store.

    A store has threads that Python does not know of. They are not copied, and the copy would wait for them forever.
    """
    tasks = Path("/proc/self/task")
    has_threads = len(list(tasks.iterdir())) > 1 if tasks.is_dir() else "pyoxigraph" in sys.modules
    return can_fork() and not has_threads


def _run_process(arguments: tuple[str, str, str, Cache], timeout: float) -> tuple[str, str]:
    """Return the media type of the results; or `syntax`, `broken`, `memory` or `error`, with the reason."""
    # A copy of this process need not import anything again.
    context: multiprocessing.context.BaseContext = multiprocessing.get_context("fork" if _can_copy() else "spawn")
    receiver, sender = context.Pipe(duplex=False)
    arguments_of_process = (*arguments, sender, os.getpid())
    process = context.Process(target=_write_results, args=arguments_of_process, daemon=True)  # type: ignore[attr-defined]
    process.start()
    sender.close()
    try:
        if not receiver.poll(timeout):
            raise StoreError.of("stores.slow-query", seconds=float(timeout))
        kind, detail = receiver.recv()
        return str(kind), str(detail)
    except EOFError:
        process.join()
        name = str(Path(arguments[0]).parent)
        raise explain_end(process.exitcode or 0, name) or StoreError.of("stores.query-lost") from None
    finally:
        receiver.close()
        process.kill()
        process.join()


def _write_results(path: str, text: str, results: str, kept: Cache, connection: Connection, parent: int) -> None:
    """Write the results of a query into a file and send their media type; runs in a separate process."""
    from .query_parsing import check_text

    begin_worker(parent)
    try:
        union = not check_text(text, _NOWHERE)
    except (SyntaxError, UsageError) as error:
        connection.send(("syntax", shorten_message(one_line(str(error)))))
        return
    try:
        try:
            connection.send((_answer(Path(path), text, results, kept, union), ""))
        except (OSError, ValueError, RuntimeError) as error:
            if lacks_memory(error):
                raise
            key = _find_store_key(Path(path), kept)
            if not key:
                raise
            # A kept store may be spoiled, or another run has just removed it: the catalogue itself is asked.
            media = _answer(Path(path), text, results, NO_CACHE, union)
            kept.forget(key)
            connection.send((media, ""))
    except SyntaxError as error:
        connection.send(("syntax", shorten_message(one_line(str(error)))))
    except NotReadable as error:
        connection.send(("broken", one_line(str(error.__cause__))))
    except (OSError, ValueError, RuntimeError, MemoryError) as error:
        connection.send(("memory", "") if lacks_memory(error) else ("error", one_line(str(error))))


def _answer(path: Path, text: str, results: str, kept: Cache, union: bool) -> str:
    """Write the results of a query of a catalogue into a file and return their media type."""
    import pyoxigraph

    from ..queries.language_tags import run_query

    result = run_query(open_published(path, kept), text, use_default_graph_as_union=union)
    if isinstance(result, pyoxigraph.QueryTriples):
        result.serialize(results, pyoxigraph.RdfFormat.N_TRIPLES)
        return "application/n-triples"
    result.serialize(results, pyoxigraph.QueryResultsFormat.JSON)
    return "application/sparql-results+json"


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
