"""
Outcomes of loading and the list of queries as a person reads them.

In: an outcome. Out: text. Everything that a store said is made harmless for a terminal.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from ...core.terminal import make_table, render
from ..queries import named_queries
from .client import one_line
from .loading import Outcome

_WIDTH_IN_A_PIPE = 200


def load_table(outcome: Outcome, width: int | None = None) -> str:
    """Return what became of every graph, as a table with a line for all."""
    rows = [
        [graph.iri, f"{graph.triples:,}", "" if graph.found is None else f"{graph.found:,}", graph.state, graph.note]
        for graph in outcome.graphs
    ]
    sent = sum(graph.triples for graph in outcome.graphs)
    found = sum(graph.found or 0 for graph in outcome.graphs)
    rows.append([f"{len(outcome.graphs)} graphs", f"{sent:,}", f"{found:,}" if found else "", "", ""])
    return _table(["graph", "triples", "in the store", "state", "remark"], rows, {"triples", "in the store"}, width)


def query_list(language: str, width: int | None = None) -> str:
    """Return the named queries with what they answer and their parameters, as a table."""
    rows = []
    for query in named_queries().values():
        stated = [f"{p.name}={p.default}  {p.about[language]}" for p in query.parameters]
        rows.append([query.name, "\n".join([query.about[language], *stated])])
    return _table(["name", "what it answers, parameters"], rows, set(), width)


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]], numeric: Collection[str], width: int | None) -> str:
    """Return a table of cells that may have several lines."""
    cells = [["\n".join(map(one_line, cell.split("\n"))) for cell in row] for row in rows]
    return render([make_table(columns, cells, numeric)], width, _WIDTH_IN_A_PIPE)
