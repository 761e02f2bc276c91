"""
A process that runs queries, one after the other, and can be ended at any moment.

In: on standard input, a length and JSON for each query. Out: on standard output, pieces with a length and a letter:
D for data, K for the end of an answer, E for why there is none, N for that it has none of the forms that were asked
for. Started by `workers`, never by hand.
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import pyoxigraph

from ...core.errors import UsageError
from ...core.terms import CONCEPT_PREFIXES, PREFIXES
from .confinement import confine, end_after
from .query_results import GRAPHS, TABLES, NotOffered, write_table, write_truth

HEAD = struct.Struct(">IB")
#: How much of an answer is gathered before it is sent.
_PIECE = 1 << 16
#: How many statements of a graph are written at a time.
_STATEMENTS = 1000


def main(store: str, memory: int) -> None:
    """
    Answer queries until standard input ends.

    Args:
        store: The folder of the store.

        memory: How many bytes of memory this process may use.
    """
    opened = pyoxigraph.Store.read_only(store)
    confine(memory)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    _send(sink, "K", b"")
    while head := source.read(4):
        asked = json.loads(source.read(int.from_bytes(head, "big")))
        end_after(asked["seconds"])
        try:
            media = _answer(opened, asked, sink)
            _send(sink, "K", media.encode())
        except NotOffered as error:
            _send(sink, "N", str(error).encode())
        except UsageError as error:
            _send(sink, "E", str(error).encode())
        except SyntaxError as error:
            _send(sink, "E", f"The query cannot be read: {error}.".encode())
        except (ValueError, OSError, RuntimeError, MemoryError) as error:
            _send(sink, "E", f"The query cannot be answered: {error}.".encode())
        end_after(0)


def _send(sink: BinaryIO, letter: str, data: bytes) -> None:
    """Send a piece; data may wait for the end of the answer, so that a short one comes at once."""
    sink.write(HEAD.pack(len(data), ord(letter)) + data)
    if letter != "D":
        sink.flush()


def _answer(store: Any, asked: dict[str, Any], sink: BinaryIO) -> str:
    """Run a query, send what it gives, and return the form that it is in."""
    graphs = {
        key: [pyoxigraph.NamedNode(iri) for iri in asked[key]]
        for key in ("default_graph", "named_graphs")
        if asked[key]
    }
    found = store.query(asked["query"], base_iri=asked["base"], use_default_graph_as_union=asked["union"], **graphs)
    rows, size = asked["rows"], asked["bytes"]
    offered = GRAPHS if isinstance(found, pyoxigraph.QueryTriples) else TABLES
    media = next((name for name in asked["media"] if name in offered), "")
    if not media:
        raise NotOffered(
            "The answer has none of the forms that were asked for.", "", f"It can be {', '.join(offered)}."
        )
    if isinstance(found, pyoxigraph.QueryBoolean):
        pieces: Iterable[str] = [write_truth(media, bool(found))]
    elif isinstance(found, pyoxigraph.QueryTriples):
        pieces = _graph(_limited(found, rows), media, asked["base"])
    else:
        names = [variable.value for variable in found.variables]
        pieces = write_table(media, names, _limited((tuple(solution) for solution in found), rows))
    _forward(pieces, size, sink)
    return media


def _limited(found: Iterable[Any], most: int) -> Iterator[Any]:
    """Yield what was found; more than allowed is an error, since an answer that is cut off looks like a whole one."""
    for number, item in enumerate(found):
        if number == most:
            raise UsageError(f"The answer has more than {most:,} rows.", "", "Add LIMIT and OFFSET, or take the dumps.")
        yield item


def _graph(triples: Iterable[Any], media: str, base: str) -> Iterator[str]:
    """Yield a graph; only Turtle and N-Triples can be written in pieces."""
    kind = getattr(pyoxigraph.RdfFormat, GRAPHS[media])
    options: dict[str, Any] = {}
    if GRAPHS[media] in {"TURTLE", "RDF_XML"}:
        options["prefixes"] = {**PREFIXES, **CONCEPT_PREFIXES, "plan": f"{base}def/plan#"}
    if GRAPHS[media] != "N_TRIPLES":
        yield _written(list(triples), kind, options)
        return
    waiting: list[Any] = []
    for triple in triples:
        waiting.append(triple)
        if len(waiting) == _STATEMENTS:
            yield _written(waiting, kind, options)
            waiting = []
    yield _written(waiting, kind, options)


def _written(triples: list[Any], kind: Any, options: dict[str, Any]) -> str:
    """Return statements in a form."""
    return (pyoxigraph.serialize(triples, format=kind, **options) or b"").decode()


def _forward(pieces: Iterable[str], most: int, sink: BinaryIO) -> None:
    """Send pieces as they come, and no more than allowed."""
    waiting, size, total = [], 0, 0
    for piece in pieces:
        data = piece.encode()
        total += len(data)
        if total > most:
            raise UsageError(f"The answer is longer than {most:,} bytes.", "", "Ask for less, or take the dumps.")
        waiting.append(data)
        size += len(data)
        if size >= _PIECE:
            _send(sink, "D", b"".join(waiting))
            waiting, size = [], 0
    _send(sink, "D", b"".join(waiting))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
