"""
A process that runs queries, one after the other, and can be ended at any time.

In: on standard input, for each query a length and JSON. Out: on standard output, messages of a length, a letter and
data. The letters are D for data, K for the end of a result, E for an error, N if no accepted format is available, and
M if memory ran out. Started by `query_workers`, and ends with the process that started it.
"""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO

import pyoxigraph

from ...core.confined import end_with
from ...core.errors import DcatHkError, UsageError
from ...core.terms import CONCEPT_PREFIXES, PREFIXES
from ..queries.language_tags import restore_tags, run_query
from ..stores.query_parsing import check_text
from .confinement import confine_process, set_time_limit
from .query_results import GRAPH_FORMATS, TABLE_FORMATS, NotAcceptable, write_boolean, write_table

HEAD = struct.Struct(">IB")
#: Bytes of a result that are collected before they are sent.
_PIECE_SIZE = 1 << 16
#: The number of triples that are serialised at a time.
_BATCH = 1000


def main(store: str, memory: int) -> None:
    """
    Answer queries until standard input ends.

    Args:
        store: The folder of the store.

        memory: The memory that this process may use, in bytes.
    """
    database = pyoxigraph.Store.read_only(store)
    confine_process(memory)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    _send_piece(sink, "K", b"")
    while head := source.read(4):
        request = json.loads(source.read(int.from_bytes(head, "big")))
        set_time_limit(request["seconds"])
        try:
            media = _answer_query(database, request, sink)
            _send_piece(sink, "K", media.encode())
        except NotAcceptable as error:
            _send_error(sink, "N", error)
        except UsageError as error:
            _send_error(sink, "E", error)
        except SyntaxError as error:
            _send_error(sink, "E", UsageError.of("web.invalid-query", reason=str(error)))
        except MemoryError:
            _send_piece(sink, "M", b"")
        except (ValueError, OSError, RuntimeError) as error:
            _send_error(sink, "E", UsageError.of("web.failed-query", reason=str(error)))
        set_time_limit(0)


def _send_piece(sink: BinaryIO, letter: str, data: bytes) -> None:
    """Send a message; data is not flushed, so that a short result is sent at once at its end."""
    sink.write(HEAD.pack(len(data), ord(letter)) + data)
    if letter != "D":
        sink.flush()


def _send_error(sink: BinaryIO, letter: str, error: DcatHkError) -> None:
    """Send what is told of an error, in every language."""
    _send_piece(sink, letter, json.dumps(error.refusal).encode())


def _answer_query(store: Any, request: dict[str, Any], sink: BinaryIO) -> str:
    """Run a query, send its results, and return their media type."""
    graphs = {
        key: [pyoxigraph.NamedNode(iri) for iri in request[key]]
        for key in ("default_graph", "named_graphs")
        if request[key]
    }
    names_graphs = check_text(request["query"], request["base"])
    results = run_query(
        store,
        request["query"],
        base_iri=request["base"],
        use_default_graph_as_union=not (names_graphs or graphs),
        **graphs,
    )
    rows, size = request["rows"], request["bytes"]
    offered = GRAPH_FORMATS if isinstance(results, pyoxigraph.QueryTriples) else TABLE_FORMATS
    media = next((name for name in request["media"] if name in offered), "")
    if not media:
        raise NotAcceptable.of("web.no-result-format", formats=list(offered))
    if isinstance(results, pyoxigraph.QueryBoolean):
        pieces: Iterable[str] = [write_boolean(media, bool(results))]
    elif isinstance(results, pyoxigraph.QueryTriples):
        pieces = _write_graph(_limit_items(results, rows), media, request["base"])
    else:
        names = [variable.value for variable in results.variables]
        pieces = write_table(media, names, _limit_items((tuple(solution) for solution in results), rows))
    _send_pieces(pieces, size, sink)
    return media


def _limit_items(items: Iterable[Any], limit: int) -> Iterator[Any]:
    """Yield items; more than the limit is an error, because a truncated result looks like a complete one."""
    for number, item in enumerate(items):
        if number == limit:
            raise UsageError.of("web.many-rows", most=limit)
        yield item


def _write_graph(triples: Iterable[Any], media: str, base: str) -> Iterator[str]:
    """Yield a graph; N-Triples is written in pieces, the other formats at once."""
    kind = getattr(pyoxigraph.RdfFormat, GRAPH_FORMATS[media])
    options: dict[str, Any] = {}
    if GRAPH_FORMATS[media] in {"TURTLE", "TRIG", "RDF_XML"}:
        options["prefixes"] = {**PREFIXES, **CONCEPT_PREFIXES, "plan": f"{base}def/plan#"}
    if GRAPH_FORMATS[media] not in {"N_TRIPLES", "N_QUADS"}:
        yield _serialize(list(triples), kind, options)
        return
    batch: list[Any] = []
    for triple in triples:
        batch.append(triple)
        if len(batch) == _BATCH:
            yield _serialize(batch, kind, options)
            batch = []
    yield _serialize(batch, kind, options)


def _serialize(triples: list[Any], kind: Any, options: dict[str, Any]) -> str:
    """Return triples in a format."""
    text = (pyoxigraph.serialize(triples, format=kind, **options) or b"").decode()
    return restore_tags(text, kind.name)


def _send_pieces(pieces: Iterable[str], limit: int, sink: BinaryIO) -> None:
    """Send pieces as they are written, up to the limit of bytes."""
    buffer, size, total = [], 0, 0
    for piece in pieces:
        data = piece.encode()
        total += len(data)
        if total > limit:
            raise UsageError.of("web.many-bytes", most=limit)
        buffer.append(data)
        size += len(data)
        if size >= _PIECE_SIZE:
            _send_piece(sink, "D", b"".join(buffer))
            buffer, size = [], 0
    _send_piece(sink, "D", b"".join(buffer))


if __name__ == "__main__":
    end_with(int(sys.argv[3]))
    main(sys.argv[1], int(sys.argv[2]))
