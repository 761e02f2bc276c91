"""
Load a published catalogue into a store, graph by graph, and report the state of each graph.

In: the quads of a catalogue and a target store. Out: a `LoadOutcome`. An interrupted load can be repeated: each graph
is replaced as a whole, and the old graph stays until then as far as the store allows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from ...core.errors import NoAnswerError, StoreError
from ...core.reporting import Progress, no_progress
from ...core.terms import Iri
from ...core.wording.refusals import say
from .graphs import NamedGraph, QuadsFile
from .target import TargetStore

#: The state of a graph after a load. `put`: the store accepted it, and counting was not requested; `not counted`: the
#: store accepted it but did not return a number; `unknown`: the connection was lost while the graph was sent.
LoadState = Literal[
    "checked", "put", "not counted", "differs", "refused", "unknown", "not tried", "deleted", "not deleted", "dry run"
]
#: States that do not require another load.
COMPLETE_STATES = {"checked", "put", "deleted", "dry run"}


@dataclass(slots=True)
class GraphOutcome:
    """The outcome for a graph: its triples in the file, those counted in the store (None: not counted), its state."""

    iri: Iri
    triples: int
    state: LoadState
    counted: int | None = None
    remark: str = ""


@dataclass(slots=True)
class LoadOutcome:
    """The outcome for every graph, in the order of loading; `remarks` are about the load as a whole."""

    graphs: list[GraphOutcome] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Return whether every graph was loaded or deleted as requested."""
        return all(graph.state in COMPLETE_STATES for graph in self.graphs)


def load_graphs(
    quads: QuadsFile,
    target: TargetStore,
    *,
    prune: bool = False,
    check: bool = True,
    dry_run: bool = False,
    progress: Progress = no_progress,
    language: str = "en",
) -> LoadOutcome:
    """
    Load every graph of a catalogue into a store, then count the triples there.

    Args:
        quads: The catalogue.

        target: The store.

        prune: Delete the graphs of plans under the base IRI that the catalogue no longer has, unless a graph failed.

        check: Count the triples of each graph in the store.

        dry_run: Change nothing, and report what would be sent and deleted.

        progress: Called with the stage, the bytes sent and the bytes in all.

        language: The language of remarks.

    Raises:
        StoreError: The store cannot be reached or refuses the credentials; nothing was sent.
    """
    if dry_run:
        outcome = LoadOutcome([GraphOutcome(graph.iri, graph.triples, "dry run") for graph in quads.graphs])
    else:
        target.check_access(quads.graphs[0].iri)
        outcome = _put_graphs(quads, target, progress, language)
        if check:
            _count_graphs(outcome, target, language)
    if prune:
        _prune_graphs(quads, target, outcome, dry_run, language)
    return outcome


def _put_graphs(quads: QuadsFile, target: TargetStore, progress: Progress, language: str) -> LoadOutcome:
    """Put graph after graph; once the store does not answer any more, the remaining graphs are not tried."""
    outcome = LoadOutcome()
    total, done = sum(graph.size for graph in quads.graphs), 0
    lost = ""

    def report(sent: int) -> None:
        progress("load", done + sent, total)

    for graph in quads.graphs:
        result = GraphOutcome(graph.iri, graph.triples, "not tried", remark=lost)
        outcome.graphs.append(result)
        if not lost and not _put_graph(quads, graph, target, result, report, language):
            lost = say("stores.stopped", language)
        done += graph.size
    return outcome


def _put_graph(
    quads: QuadsFile,
    graph: NamedGraph,
    target: TargetStore,
    result: GraphOutcome,
    progress: Callable[[int], None],
    language: str,
) -> bool:
    """Put a graph and record its state; return whether the load can continue."""
    try:
        target.put(quads, graph, progress)
        result.state = "put"
    except NoAnswerError as error:
        result.state, result.remark = "unknown", _message(error, language)
        return False
    except StoreError as error:
        result.state, result.remark = "refused", _message(error, language)
    return True


def _count_graphs(outcome: LoadOutcome, target: TargetStore, language: str) -> None:
    """Count the triples of every graph that was sent; if the store does not return a number, record the reason."""
    lost = False
    for graph in outcome.graphs:
        if graph.state == "not tried":
            continue
        try:
            graph.counted = None if lost else target.count(graph.iri)
        except NoAnswerError as error:
            outcome.remarks.append(say("stores.not-all-counted", language, reason=_message(error, language)))
            lost = True
        except StoreError as error:
            graph.remark = graph.remark or _message(error, language)
        if graph.state == "put":
            graph.state = _get_state(graph)


def _get_state(graph: GraphOutcome) -> LoadState:
    """Return the state of a graph that the store accepted and was asked to count."""
    if graph.counted is None:
        return "not counted"
    return "checked" if graph.counted == graph.triples else "differs"


def _prune_graphs(quads: QuadsFile, target: TargetStore, outcome: LoadOutcome, dry_run: bool, language: str) -> None:
    """Delete the graphs of plans that the catalogue no longer has."""
    if not outcome.is_complete:
        outcome.remarks.append(say("stores.nothing-pruned", language))
        return
    catalogue_graphs = {graph.iri for graph in quads.graphs}
    for iri in target.list_plan_graphs(quads.base):
        if iri in catalogue_graphs:
            continue
        result = GraphOutcome(iri, 0, "dry run" if dry_run else "not deleted", remark=say("stores.no-plan", language))
        outcome.graphs.append(result)
        result.counted = target.count(iri)
        if dry_run:
            continue
        try:
            target.delete(iri)
            result.counted = target.count(iri)
            result.state = "deleted" if not result.counted else "not deleted"
        except StoreError as error:
            result.remark = _message(error, language)


def _message(error: StoreError, language: str) -> str:
    """Return what is wrong, in a language if it can be told in it."""
    return error.texts.get(language, (error.message, ""))[0]
