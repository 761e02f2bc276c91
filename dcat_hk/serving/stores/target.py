"""
The target store of a load: put, delete, list and count graphs by Graph Store Protocol or SPARQL Update.

In: addresses and a graph. Out: nothing, or what the store returns; failures are errors. Every request is idempotent.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from ...core.errors import StoreError
from ...core.terms import Iri
from ...core.wording.records import read_toml
from ...core.wording.refusals import Phrase
from .answers import read_solutions
from .client import StoreClient, StoreResponse
from .graphs import NamedGraph, QuadsFile

#: Limits of one INSERT DATA: stores parse an update as a whole, and limit its length.
_MAX_TRIPLES, _MAX_BYTES = 1000, 200_000
#: Suffix of the IRI of the staging graph, into which a large graph is loaded in pieces.
STAGING = "#loading"
_ACCEPT_RESULTS = "application/sparql-results+xml, application/sparql-results+json;q=0.9"


@dataclass(frozen=True, slots=True)
class StoreAddresses:
    """
    The addresses of a store for the Graph Store Protocol, for updates and for queries; empty if there is none.

    >>> StoreAddresses(graphs="http://localhost:7878/store").complete().query
    'http://localhost:7878/query'
    >>> StoreAddresses(graphs="http://localhost:9999/unheard-of").complete().query
    ''
    """

    graphs: str = ""
    update: str = ""
    query: str = ""

    def complete(self) -> StoreAddresses:
        """Return the addresses with a query endpoint, if it can be derived from the others."""
        if self.query:
            return self
        rows = read_toml(__package__, "addresses.toml")["store"]
        for protocol, address in (("graphs", self.graphs), ("update", self.update)):
            for row in rows:
                ending = row[protocol].removeprefix("{}")
                if address and address.endswith(ending):
                    return StoreAddresses(self.graphs, self.update, row["query"].format(address.removesuffix(ending)))
        return self


class TargetStore:
    """
    A store that graphs are loaded into.

    Args:
        client: The HTTP client.

        addresses: The addresses; with an address for graphs the Graph Store Protocol is used, else SPARQL Update.
    """

    def __init__(self, client: StoreClient, addresses: StoreAddresses) -> None:
        """Keep the client and the addresses; nothing is sent yet."""
        self._client, self.addresses = client, addresses

    def check_access(self, iri: Iri) -> None:
        """
        Check that the store can be reached and accepts the credentials, before anything is loaded.

        Args:
            iri: The graph to request; it need not exist.

        Raises:
            StoreError: The store cannot be reached, refuses the credentials, or is a web page.
        """
        if self.addresses.graphs:
            with self._client.send("GET", self.addresses.graphs, {"graph": iri}, headers=_ACCEPT_TRIPLES) as response:
                if response.is_success and response.media_type == "text/html":
                    raise StoreError.of("stores.web-page", self.addresses.graphs)
                return
        self._send_update(f"DROP SILENT GRAPH <{iri}{STAGING}>")

    def put(self, quads: QuadsFile, graph: NamedGraph, progress: Callable[[int], None]) -> None:
        """
        Put a graph into the store; it replaces the graph of the same IRI.

        Args:
            quads: The file with the graph.

            graph: The graph.

            progress: Called with the number of bytes of the graph that were sent.

        Raises:
            StoreError: The store did not accept the graph.

        Spec: SPARQL 1.1 Graph Store HTTP Protocol, section 5.3; SPARQL 1.1 Update, section 3.
        """
        if not self.addresses.graphs:
            self._put_by_update(quads, graph, progress)
            return
        # Not every store accepts a request body without Content-Length.
        headers = {"Content-Type": "application/n-triples", "Content-Length": str(graph.size)}
        body = _GraphBody(quads, graph, progress)
        with self._client.send("PUT", self.addresses.graphs, {"graph": graph.iri}, body, headers) as response:
            _require_success(response, self.addresses.graphs, Phrase("stores.put-graph"))

    def _put_by_update(self, quads: QuadsFile, graph: NamedGraph, progress: Callable[[int], None]) -> None:
        """
        Put a graph into the store by SPARQL Update.

        A graph that fits into one request is replaced by that request. A larger one is loaded in pieces into a staging
        graph and copied at the end, so the graph itself is never incomplete. COPY and DROP are idempotent; MOVE is not:
        repeated after a lost response, it would empty the graph.
        """
        batches = _split_batches(quads.read_lines(graph))
        first = next(batches, b"")
        second = next(batches, None)
        if second is None:
            self._send_update(f"DROP SILENT GRAPH <{graph.iri}> ;\n{_format_insert(graph.iri, first)}")
            progress(graph.size)
            return
        beside = f"{graph.iri}{STAGING}"
        self._send_update(f"DROP SILENT GRAPH <{beside}> ;\n{_format_insert(beside, first)}")
        sent = len(first)
        for batch in itertools.chain([second], batches):
            self._send_update(_format_insert(beside, batch))
            sent += len(batch)
            progress(sent)
        self._send_update(f"COPY SILENT GRAPH <{beside}> TO GRAPH <{graph.iri}>")
        self._send_update(f"DROP SILENT GRAPH <{beside}>")

    def delete(self, iri: Iri) -> None:
        """
        Delete a graph; it is not an error if there is no such graph.

        Raises:
            StoreError: The store did not delete the graph.
        """
        if not self.addresses.graphs:
            self._send_update(f"DROP SILENT GRAPH <{iri}>")
            return
        with self._client.send("DELETE", self.addresses.graphs, {"graph": iri}) as response:
            if response.status != 404:
                _require_success(response, self.addresses.graphs, Phrase("stores.delete-graph"))

    def count(self, iri: Iri) -> int:
        """
        Return the number of triples in a graph of the store.

        Raises:
            StoreError: The graph cannot be counted, or the response is not a number.
        """
        if self.addresses.query:
            rows = list(self._select(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"))
            if len(rows) == 1 and rows[0][0].isdecimal():
                return int(rows[0][0])
            raise StoreError.of("stores.no-number", self.addresses.query)
        if not self.addresses.graphs:
            raise StoreError.of("stores.no-query-endpoint", self.addresses.update)
        with self._client.send("GET", self.addresses.graphs, {"graph": iri}, headers=_ACCEPT_TRIPLES) as response:
            if response.status == 404:
                return 0
            _require_success(response, self.addresses.graphs, Phrase("stores.return-graph"))
            if response.media_type != "application/n-triples":
                kind = response.media_type or Phrase("stores.no-media-type")
                raise StoreError.of("stores.no-ntriples", self.addresses.graphs, kind=kind)
            return sum(1 for line in response.body if line.strip() and not line.startswith(b"#"))

    def list_plan_graphs(self, base: Iri) -> list[Iri]:
        """
        Return the IRIs of the graphs of plans under a base IRI in the store, with staging graphs of earlier loads.

        Raises:
            StoreError: The store cannot be queried.
        """
        start = f"{base}catalogue/"
        text = f'SELECT DISTINCT ?g WHERE {{ GRAPH ?g {{ ?s ?p ?o }} FILTER (STRSTARTS(STR(?g), "{start}")) }}'
        # Checked again here, because these graphs may be deleted.
        return sorted({row[0] for row in self._select(text) if row[0].startswith(start)})

    def _select(self, text: str) -> Iterator[list[str]]:
        """Yield the rows of a SELECT query, values as text."""
        address = self.addresses.query
        with send_query(self._client, address, text, _ACCEPT_RESULTS) as response:
            _require_success(response, address, Phrase("stores.answer-query"))
            _names, rows = read_solutions(response, address)
            for row in rows:
                yield [term if isinstance(term, str) else term.value if term else "" for term in row]

    def _send_update(self, text: str | bytes) -> None:
        """Send an update."""
        data = text.encode() if isinstance(text, str) else text
        headers = {"Content-Type": "application/sparql-update"}
        with self._client.send("POST", self.addresses.update, None, data, headers) as response:
            _require_success(response, self.addresses.update, Phrase("stores.execute-update"))


_ACCEPT_TRIPLES = {"Accept": "application/n-triples"}


def send_query(client: StoreClient, address: str, text: str, accept: str) -> StoreResponse:
    """Return the response to a query; it is sent as a form, which every store accepts and none takes for an update."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
    return client.send("POST", address, None, urlencode({"query": text}).encode(), headers)


def _require_success(response: StoreResponse, address: str, action: Phrase) -> None:
    """Raise an error if a request did not succeed."""
    if response.is_success:
        return
    if excerpt := response.excerpt():
        raise StoreError.of("stores.not-done-because", address, action=action, status=response.status, excerpt=excerpt)
    raise StoreError.of("stores.not-done", address, action=action, status=response.status)


class _GraphBody:
    """A graph as the body of a request; each iteration starts from the beginning, for retries."""

    def __init__(self, quads: QuadsFile, graph: NamedGraph, progress: Callable[[int], None]) -> None:
        """Keep the graph; it is read when it is sent."""
        self._quads, self._graph, self._progress = quads, graph, progress

    def __iter__(self) -> Iterator[bytes]:
        """Yield the graph in pieces."""
        sent = 0
        for piece in _join_lines(self._quads.read_lines(self._graph), _MAX_BYTES):
            yield piece
            sent += len(piece)
            self._progress(sent)


def _join_lines(lines: Iterable[bytes], limit: int) -> Iterator[bytes]:
    """Yield lines joined to pieces of at least a given size, except for the last."""
    buffer: list[bytes] = []
    size = 0
    for line in lines:
        buffer.append(line)
        size += len(line)
        if size >= limit:
            yield b"".join(buffer)
            buffer, size = [], 0
    if buffer:
        yield b"".join(buffer)


def _split_batches(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines joined to pieces that fit into one update."""
    buffer: list[bytes] = []
    size = 0
    for line in lines:
        if buffer and (len(buffer) >= _MAX_TRIPLES or size + len(line) > _MAX_BYTES):
            yield b"".join(buffer)
            buffer, size = [], 0
        buffer.append(line)
        size += len(line)
    if buffer:
        yield b"".join(buffer)


def _format_insert(iri: Iri, triples: bytes) -> str:
    """Return an update that adds triples to a graph."""
    return f"INSERT DATA {{ GRAPH <{iri}> {{\n{triples.decode()}}} }}"
