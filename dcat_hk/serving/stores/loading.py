"""
A published catalogue into a store, graph by graph, and an outcome that says which are in.

In: an output folder and a target. Out: an `Outcome`. A load that stops can be done again: each graph is replaced as a
whole, and what was there before stays until then as far as the store allows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ...core.errors import NoAnswerError, StoreError
from ...core.terms import Iri
from .graphs import Graph, Quads
from .target import Target

#: What is known of a graph. `put` is taken, and nobody was to count it; `not counted`: the store was asked and gave no
#: number; `unknown`: the connection was lost while it was sent.
State = Literal[
    "checked", "put", "not counted", "differs", "refused", "unknown", "not tried", "deleted", "not deleted", "dry run"
]
#: States that a load need not be done again for.
GOOD = {"checked", "put", "deleted", "dry run"}


@dataclass(slots=True)
class GraphOutcome:
    """What became of a graph: its triples here, those counted in the store (None: not counted), why."""

    iri: Iri
    triples: int
    state: State
    found: int | None = None
    note: str = ""


@dataclass(slots=True)
class Outcome:
    """What became of every graph, in the order in which they were sent; `notes` are about the whole."""

    graphs: list[GraphOutcome] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Return whether every graph is in, or gone, as it should be."""
        return all(graph.state in GOOD for graph in self.graphs)


def load(
    quads: Quads,
    target: Target,
    *,
    prune: bool = False,
    check: bool = True,
    dry_run: bool = False,
    progress: Callable[[str, int, int], None] = lambda _stage, _done, _total: None,
) -> Outcome:
    """
    Put every graph of a catalogue into a store, then count them there.

    Args:
        quads: The catalogue.

        target: The store.

        prune: Delete the graphs of plans under our base IRI that the catalogue has no more; not if anything failed.

        check: Count the triples of each graph in the store.

        dry_run: Change nothing, and only say what would be done.

        progress: Told stage, bytes done, bytes in all.

    Raises:
        StoreError: The store cannot be reached or does not let us in; nothing was sent.
    """
    if dry_run:
        outcome = Outcome([GraphOutcome(graph.iri, graph.triples, "dry run") for graph in quads.graphs])
    else:
        target.knock(quads.graphs[0].iri)
        outcome = _put_all(quads, target, progress)
        if check:
            _check_all(outcome, target)
    if prune:
        _prune(quads, target, outcome, dry_run)
    return outcome


def _put_all(quads: Quads, target: Target, progress: Callable[[str, int, int], None]) -> Outcome:
    """Put graph after graph; after a lost connection that does not come back, the rest is not tried."""
    outcome = Outcome()
    total, done = sum(graph.size for graph in quads.graphs), 0
    lost = ""

    def tell(sent: int) -> None:
        progress("load", done + sent, total)

    for graph in quads.graphs:
        result = GraphOutcome(graph.iri, graph.triples, "not tried", note=lost)
        outcome.graphs.append(result)
        if not lost:
            lost = _put(quads, graph, target, result, tell)
        done += graph.size
    return outcome


def _put(quads: Quads, graph: Graph, target: Target, result: GraphOutcome, progress: Callable[[int], None]) -> str:
    """Put a graph and note what became of it; return why it makes no sense to go on."""
    try:
        target.put(quads, graph, progress)
        result.state = "put"
    except NoAnswerError as error:
        result.state, result.note = "unknown", error.message
        return "the store was lost before"
    except StoreError as error:
        result.state, result.note = "refused", error.message
    return ""


def _check_all(outcome: Outcome, target: Target) -> None:
    """Count every graph that was sent; of one that the store will not count the reason is noted."""
    lost = False
    for graph in outcome.graphs:
        if graph.state == "not tried":
            continue
        try:
            graph.found = None if lost else target.count(graph.iri)
        except NoAnswerError as error:
            outcome.notes.append(f"Not all graphs were counted: {error.message}")
            lost = True
        except StoreError as error:
            graph.note = graph.note or error.message
        if graph.state == "put":
            graph.state = _counted(graph)


def _counted(graph: GraphOutcome) -> State:
    """Return the state of a graph that the store took and was asked to count."""
    if graph.found is None:
        return "not counted"
    return "checked" if graph.found == graph.triples else "differs"


def _prune(quads: Quads, target: Target, outcome: Outcome, dry_run: bool) -> None:
    """Delete the graphs of vanished plans."""
    if not outcome.is_complete:
        outcome.notes.append("Nothing was pruned, because not every graph is in.")
        return
    ours = {graph.iri for graph in quads.graphs}
    for iri in target.plans_under(quads.base):
        if iri in ours:
            continue
        result = GraphOutcome(iri, 0, "dry run" if dry_run else "not deleted", note="of no plan of this catalogue")
        outcome.graphs.append(result)
        result.found = target.count(iri)
        if dry_run:
            continue
        try:
            target.delete(iri)
            result.found = target.count(iri)
            result.state = "deleted" if not result.found else "not deleted"
        except StoreError as error:
            result.note = error.message
