"""
A store as a place for named graphs: put, delete, list, count, by Graph Store Protocol or by SPARQL Update.

In: an address and a graph. Out: what the store said. Every request may be repeated without harm.
"""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from urllib.parse import urlencode

from ...core.errors import StoreError
from ...core.terms import Iri
from .answers import read_solutions
from .client import Answer, Client
from .graphs import Graph, Quads

#: Bounds of one INSERT DATA: stores compile an update as a whole, and limit how long it may be.
_MOST_TRIPLES, _MOST_BYTES = 1000, 200_000
#: What is put behind a graph's IRI while it comes in pieces.
STAGING = "#loading"
_RESULTS = "application/sparql-results+xml, application/sparql-results+json;q=0.9"


@dataclass(frozen=True, slots=True)
class Addresses:
    """
    Where a store takes graphs, updates and questions; empty where it does not or is not known to.

    >>> Addresses(graphs="http://localhost:7878/store").completed().query
    'http://localhost:7878/query'
    >>> Addresses(graphs="http://localhost:9999/unheard-of").completed().query
    ''
    """

    graphs: str = ""
    update: str = ""
    query: str = ""

    def completed(self) -> Addresses:
        """Return the addresses with that of questions, where the kind of store tells it."""
        if self.query:
            return self
        rows = tomllib.loads(files(__package__).joinpath("addresses.toml").read_text(encoding="utf-8"))["store"]
        for kind, address in (("graphs", self.graphs), ("update", self.update)):
            for row in rows:
                ending = row[kind].removeprefix("{}")
                if address and address.endswith(ending):
                    return Addresses(self.graphs, self.update, row["query"].format(address.removesuffix(ending)))
        return self


class Target:
    """
    A store that graphs are loaded into.

    Args:
        client: What speaks with it.

        addresses: Where; with an address of graphs the Graph Store Protocol is spoken, else SPARQL Update.
    """

    def __init__(self, client: Client, addresses: Addresses) -> None:
        """Speak with nobody yet."""
        self._client, self.addresses = client, addresses

    def knock(self, iri: Iri) -> None:
        """
        Find out whether the store answers and lets us in, before anything is sent.

        Raises:
            StoreError: It does not.
        """
        if self.addresses.graphs:
            with self._client.send("GET", self.addresses.graphs, {"graph": iri}, headers=_TRIPLES) as answer:
                if answer.is_good and answer.kind == "text/html":
                    advice = "Check the address: it is where the store speaks the Graph Store Protocol."
                    raise StoreError("A web page answers here, no store.", self.addresses.graphs, advice)
                return
        self._update(f"DROP SILENT GRAPH <{iri}{STAGING}>")

    def put(self, quads: Quads, graph: Graph, progress: Callable[[int], None]) -> None:
        """
        Put a graph into the store in place of what it holds of it.

        Args:
            quads: The file.

            graph: Which graph of it.

            progress: Told how many bytes of the graph were sent.

        Raises:
            StoreError: The store did not take it.

        Spec: SPARQL 1.1 Graph Store HTTP Protocol, section 5.3; SPARQL 1.1 Update, section 3.
        """
        if not self.addresses.graphs:
            self._put_by_update(quads, graph, progress)
            return
        # Not every store understands a body of unstated length.
        headers = {"Content-Type": "application/n-triples", "Content-Length": str(graph.size)}
        body = _Body(quads, graph, progress)
        with self._client.send("PUT", self.addresses.graphs, {"graph": graph.iri}, body, headers) as answer:
            _require(answer, self.addresses.graphs, "put the graph")

    def _put_by_update(self, quads: Quads, graph: Graph, progress: Callable[[int], None]) -> None:
        """
        Put a graph into the store by SPARQL Update.

        What fits into one request replaces the graph in that request. What does not comes into a graph beside it,
        in pieces, and is copied over at the end, so the graph itself is never there in part. COPY and DROP may be
        repeated; MOVE may not, since after a first one whose answer was lost it would empty the graph.
        """
        batches = _batches(quads.lines(graph))
        first = next(batches, b"")
        second = next(batches, None)
        if second is None:
            self._update(f"DROP SILENT GRAPH <{graph.iri}> ;\n{_insert(graph.iri, first)}")
            progress(graph.size)
            return
        beside = f"{graph.iri}{STAGING}"
        self._update(f"DROP SILENT GRAPH <{beside}> ;\n{_insert(beside, first)}")
        sent = len(first)
        for batch in itertools.chain([second], batches):
            self._update(_insert(beside, batch))
            sent += len(batch)
            progress(sent)
        self._update(f"COPY SILENT GRAPH <{beside}> TO GRAPH <{graph.iri}>")
        self._update(f"DROP SILENT GRAPH <{beside}>")

    def delete(self, iri: Iri) -> None:
        """
        Delete a graph; one that is not there is no error.

        Raises:
            StoreError: The store did not.
        """
        if not self.addresses.graphs:
            self._update(f"DROP SILENT GRAPH <{iri}>")
            return
        with self._client.send("DELETE", self.addresses.graphs, {"graph": iri}) as answer:
            if answer.status != 404:
                _require(answer, self.addresses.graphs, "delete the graph")

    def count(self, iri: Iri) -> int:
        """
        Return how many triples the store holds in a graph.

        Raises:
            StoreError: It cannot be asked, or answers what is no number.
        """
        if self.addresses.query:
            rows = list(self._ask(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"))
            if len(rows) == 1 and rows[0][0].isdecimal():
                return int(rows[0][0])
            raise StoreError("The store answers no number.", self.addresses.query)
        if not self.addresses.graphs:
            raise StoreError("Nothing is known to ask.", self.addresses.update, "Give --query-endpoint.")
        with self._client.send("GET", self.addresses.graphs, {"graph": iri}, headers=_TRIPLES) as answer:
            if answer.status == 404:
                return 0
            _require(answer, self.addresses.graphs, "show the graph")
            if answer.kind != "application/n-triples":
                raise StoreError(
                    f"The store answers {answer.kind or 'something'}, no N-Triples.", self.addresses.graphs
                )
            return sum(1 for line in answer.body if line.strip() and not line.startswith(b"#"))

    def plans_under(self, base: Iri) -> list[Iri]:
        """
        Return the graphs of plans that the store holds under a base IRI, and what was left of loading them.

        Raises:
            StoreError: The store cannot be asked.
        """
        start = f"{base}catalogue/"
        text = f'SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), "{start}")) }}'
        # The store's word is not enough for something that is deleted.
        return sorted({row[0] for row in self._ask(text) if row[0].startswith(start)})

    def _ask(self, text: str) -> Iterator[list[str]]:
        """Yield the rows that answer a question, values as text."""
        address = self.addresses.query
        with ask(self._client, address, text, _RESULTS) as answer:
            _require(answer, address, "answer")
            _names, rows = read_solutions(answer, address)
            for row in rows:
                yield [term if isinstance(term, str) else term.value if term else "" for term in row]

    def _update(self, text: str | bytes) -> None:
        """Have the store do an update."""
        data = text.encode() if isinstance(text, str) else text
        headers = {"Content-Type": "application/sparql-update"}
        with self._client.send("POST", self.addresses.update, None, data, headers) as answer:
            _require(answer, self.addresses.update, "do the update")


_TRIPLES = {"Accept": "application/n-triples"}


def ask(client: Client, address: str, text: str, accept: str) -> Answer:
    """Return what a store answers to a query: sent as a form, which every store reads and none takes for an update."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
    return client.send("POST", address, None, urlencode({"query": text}).encode(), headers)


def _require(answer: Answer, address: str, what: str) -> None:
    """Raise if a store did not do what was asked."""
    if answer.is_good:
        return
    said = answer.excerpt()
    raise StoreError(f"The store did not {what}: {answer.status}{': ' + said if said else ''}.", address)


class _Body:
    """A graph as the body of a request: it can be sent again from the beginning."""

    def __init__(self, quads: Quads, graph: Graph, progress: Callable[[int], None]) -> None:
        """Keep what is to be sent."""
        self._quads, self._graph, self._progress = quads, graph, progress

    def __iter__(self) -> Iterator[bytes]:
        """Yield the graph in pieces."""
        sent = 0
        for piece in _joined(self._quads.lines(self._graph), _MOST_BYTES):
            yield piece
            sent += len(piece)
            self._progress(sent)


def _joined(lines: Iterable[bytes], most: int) -> Iterator[bytes]:
    """Yield lines in pieces of a bounded size."""
    waiting: list[bytes] = []
    size = 0
    for line in lines:
        waiting.append(line)
        size += len(line)
        if size >= most:
            yield b"".join(waiting)
            waiting, size = [], 0
    if waiting:
        yield b"".join(waiting)


def _batches(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines in pieces that one update may hold."""
    waiting: list[bytes] = []
    size = 0
    for line in lines:
        if waiting and (len(waiting) >= _MOST_TRIPLES or size + len(line) > _MOST_BYTES):
            yield b"".join(waiting)
            waiting, size = [], 0
        waiting.append(line)
        size += len(line)
    if waiting:
        yield b"".join(waiting)


def _insert(iri: Iri, triples: bytes) -> str:
    """Return an update that adds triples to a graph."""
    return f"INSERT DATA {{ GRAPH <{iri}> {{\n{triples.decode()}}} }}"
