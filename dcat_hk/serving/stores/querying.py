"""
A question -> what the published folder, or a store, answers.

In: the text of a query. Out: an outcome of `results`. Only questions are asked: what changes a store or has it
ask others is refused before. The folder is read in a process of its own, which can be stopped when time is up.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path

from ...core.errors import NotReadable, StoreError, UsageError
from ..queries import check_question, names_graphs
from .access import Access
from .answers import Outcome, read_answer
from .client import Answer, Client, one_line
from .target import ask

_TABLE = "application/sparql-results+xml, application/sparql-results+json;q=0.9"
_GRAPH = "application/n-triples, text/turtle;q=0.9"
#: A query that fails is not asked over and over.
_RETRIES = 2


@contextmanager
def ask_store(address: str, text: str, access: Access, timeout: float) -> Iterator[Outcome]:
    """
    Give what a store answers.

    Args:
        address: Its SPARQL endpoint.

        text: A query.

        access: How to be let in.

        timeout: Seconds after which no more is waited.

    Raises:
        UsageError: The text is no question, or the store does not understand it.

        StoreError: The store cannot be reached, refuses, or answers what is no SPARQL result.
    """
    accept = _TABLE if check_question(text) in {"SELECT", "ASK"} else _GRAPH
    with Client(access, timeout, _RETRIES, timeout) as client, ask(client, address, text, accept) as answer:
        if answer.status == 400:
            raise UsageError(f"The store does not understand the query: {answer.excerpt()}.", address)
        if not answer.is_good:
            raise StoreError(f"The store did not answer: {answer.status}: {answer.excerpt()}.", address)
        yield read_answer(answer, address)


@contextmanager
def ask_folder(folder: Path, text: str, timeout: float) -> Iterator[Outcome]:
    """
    Give what a published catalogue answers, all its graphs together unless the query names some.

    Args:
        folder: An output folder.

        text: A query.

        timeout: Seconds that reading the catalogue and answering may take.

    Raises:
        UsageError: The text is no question.

        NotReadable: The folder holds no published catalogue.

        StoreError: Time is up.
    """
    check_question(text)
    union = not names_graphs(text)
    path = folder / "catalogue.nq"
    if not path.is_file():
        raise NotReadable("There is no published catalogue in this folder.", str(folder), "Run dcat-hk build first.")
    with tempfile.TemporaryDirectory(prefix="dcat-hk-") as place:
        results = Path(place) / "results"
        kind, said = _run((str(path), text, str(results), union), timeout)
        if kind == "syntax":
            raise UsageError(f"This is no SPARQL 1.1 query: {said}.", "", "Check its syntax.")
        if kind == "error":
            raise StoreError(f"The query failed: {said}.", str(folder))
        with results.open("rb") as file, Answer(200, {"content-type": kind}, file) as answer:
            yield read_answer(answer, str(folder))


def _run(asked: tuple[str, str, str, bool], timeout: float) -> tuple[str, str]:
    """Return the media type of the results, or what went wrong."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(*asked, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        if not ours.poll(timeout):
            advice = "Ask for less, give it more time with --timeout, or load the catalogue into a store."
            raise StoreError(f"The answer took longer than {timeout:g} seconds.", "", advice)
        kind, said = ours.recv()
        return str(kind), str(said)
    except EOFError:
        raise StoreError("The process that read the catalogue ended; perhaps memory ran out.") from None
    finally:
        ours.close()
        process.kill()
        process.join()


def _answer(path: str, text: str, results: str, union: bool, connection: Connection) -> None:
    """Write what a catalogue answers into a file and tell its media type; runs in a process of its own."""
    import pyoxigraph

    store = pyoxigraph.Store()
    try:
        store.bulk_load(path=path, format=pyoxigraph.RdfFormat.N_QUADS)
        found = store.query(text, use_default_graph_as_union=union)
        is_graph = isinstance(found, pyoxigraph.QueryTriples)
        form = pyoxigraph.RdfFormat.N_TRIPLES if is_graph else pyoxigraph.QueryResultsFormat.JSON
        found.serialize(results, form)  # type: ignore[arg-type]
        connection.send(("application/n-triples" if is_graph else "application/sparql-results+json", ""))
    except SyntaxError as error:
        connection.send(("syntax", _shortened(one_line(str(error)))))
    except (OSError, ValueError, RuntimeError) as error:
        connection.send(("error", one_line(str(error))))


def _shortened(said: str) -> str:
    """
    Return what a parser says without the signs that it would have read in place of a prefix that nobody declared.

    >>> _shortened("error at 1:29: expected one of Prefix not found, ['%'], ['-' | '0' ..= '9']")
    'error at 1:29: a prefix is not declared'
    """
    place, found, _signs = said.partition("expected one of Prefix not found")
    return f"{place}a prefix is not declared" if found else said
