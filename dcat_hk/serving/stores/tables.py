"""
Tables for a terminal: the outcome of a load, and the named queries.

In: an outcome. Out: text. Control characters in messages of a store are replaced.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from ...core.terminal import make_table, render
from ...core.wording.refusals import Phrase, fill_in, say
from ..queries import load_named_queries
from .client import one_line
from .loading import LoadOutcome, LoadState

_WIDTH_WITHOUT_TERMINAL = 200
_HEADS = (
    Phrase("stores.head-graph"),
    Phrase("stores.head-triples"),
    Phrase("stores.head-counted"),
    Phrase("stores.head-state"),
    Phrase("stores.head-remark"),
)
#: What each state of a graph is called.
_STATES: Mapping[LoadState, Phrase] = {
    "checked": Phrase("stores.state-checked"),
    "put": Phrase("stores.state-put"),
    "not counted": Phrase("stores.state-not-counted"),
    "differs": Phrase("stores.state-differs"),
    "refused": Phrase("stores.state-refused"),
    "unknown": Phrase("stores.state-unknown"),
    "not tried": Phrase("stores.state-not-tried"),
    "deleted": Phrase("stores.state-deleted"),
    "not deleted": Phrase("stores.state-not-deleted"),
    "dry run": Phrase("stores.state-dry-run"),
}


def make_load_table(outcome: LoadOutcome, width: int | None = None, language: str = "en") -> str:
    """Return a table of the outcome for every graph, with a line of totals."""
    rows = [
        [
            graph.iri,
            f"{graph.triples:,}",
            "" if graph.counted is None else f"{graph.counted:,}",
            fill_in(_STATES[graph.state], language),
            graph.remark,
        ]
        for graph in outcome.graphs
    ]
    sent = sum(graph.triples for graph in outcome.graphs)
    counted = sum(graph.counted or 0 for graph in outcome.graphs)
    totals = say("stores.graphs", language, count=len(outcome.graphs))
    rows.append([totals, f"{sent:,}", f"{counted:,}" if counted else "", "", ""])
    heads = [fill_in(head, language) for head in _HEADS]
    return _render_table(heads, rows, set(heads[1:3]), width)


def make_query_table(language: str, width: int | None = None) -> str:
    """Return a table of the named queries with their descriptions and parameters."""
    rows = []
    for query in load_named_queries().values():
        stated = [f"{p.name}={p.default}  {p.description[language]}" for p in query.parameters]
        rows.append([query.name, "\n".join([query.description[language], *stated])])
    heads = [say(f"stores.head-{head}", language) for head in ("name", "answers")]
    return _render_table(heads, rows, set(), width)


def _render_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], numeric: Collection[str], width: int | None
) -> str:
    """Return a rendered table; a cell may have several lines."""
    cells = [["\n".join(map(one_line, cell.split("\n"))) for cell in row] for row in rows]
    return render([make_table(columns, cells, numeric)], width, _WIDTH_WITHOUT_TERMINAL)
