"""
Tables for a terminal: the outcome of a load, and the named queries.

In: an outcome. Out: text. Control characters in messages of a store are replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ...core.terminal import make_table, render
from ..queries import load_named_queries
from .client import one_line
from .loading import LoadOutcome

_WIDTH_WITHOUT_TERMINAL = 200


def make_load_table(outcome: LoadOutcome, width: int | None = None) -> str:
    """Return a table of the outcome for every graph, with a line of totals."""
    rows = [
        [
            graph.iri,
            f"{graph.triples:,}",
            "" if graph.counted is None else f"{graph.counted:,}",
            graph.state,
            graph.remark,
        ]
        for graph in outcome.graphs
    ]
    sent = sum(graph.triples for graph in outcome.graphs)
    counted = sum(graph.counted or 0 for graph in outcome.graphs)
    rows.append([f"{len(outcome.graphs)} graphs", f"{sent:,}", f"{counted:,}" if counted else "", "", ""])
    return _render_table(
        ["graph", "triples", "in the store", "state", "remark"], rows, {"triples", "in the store"}, width
    )


def make_query_table(language: str, width: int | None = None) -> str:
    """Return a table of the named queries with their descriptions and parameters."""
    rows = []
    for query in load_named_queries().values():
        stated = [f"{p.name}={p.default}  {p.description[language]}" for p in query.parameters]
        rows.append([query.name, "\n".join([query.description[language], *stated])])
    return _render_table(["name", "what it answers, parameters"], rows, set(), width)


def _render_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], numeric: Collection[str], width: int | None
) -> str:
    """Return a rendered table; a cell may have several lines."""
    cells = [["\n".join(map(one_line, cell.split("\n"))) for cell in row] for row in rows]
    return render([make_table(columns, cells, numeric)], width, _WIDTH_WITHOUT_TERMINAL)
