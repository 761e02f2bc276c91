"""
Property paths: read from a graph of shapes, written in the notation of SPARQL, followed from a node.

Spec: SHACL, section 2.3.1 (property paths).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...core.terms import PREFIXES

if TYPE_CHECKING:
    from .neighbourhood import Neighbourhood

RDF, SH = PREFIXES["rdf"], PREFIXES["sh"]
FIRST, REST, NIL = f"<{RDF}first>", f"<{RDF}rest>", f"<{RDF}nil>"
_REPEATED = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}

#: So deep may paths lie inside each other.
_DEEPEST = 60
#: How tightly each kind of path holds together in SPARQL's notation.
_BINDING = {"|": 0, "/": 1, "^": 2, "*": 3, "+": 3, "?": 3, "iri": 4}

#: A graph of shapes: subject to predicate to objects, terms as N-Triples has them.
TermGraph = dict[str, dict[str, list[str]]]
#: From a node and what is known of its surroundings to the nodes at the end of a path, each once.
Walk = Callable[[str, "Neighbourhood"], Sequence[str]]


class MalformedPath(ValueError):
    """A path or list that the recommendation does not allow; says what it is instead."""


@dataclass(frozen=True, slots=True)
class Path:
    """
    A path: `kind` is `iri` (with a predicate), `^`, `/`, `|`, `*`, `+` or `?` (with steps).

    >>> str(Path("/", "", (Path("iri", "<urn:p>"), Path("^", "", (Path("iri", "<urn:q>"),)))))
    '<urn:p>/^<urn:q>'
    """

    kind: str
    predicate: str = ""
    steps: tuple[Path, ...] = ()

    def __str__(self) -> str:
        """Return the notation of SPARQL."""
        if self.kind == "iri":
            return self.predicate
        steps = [step.within(self.kind) for step in self.steps]
        if self.kind in "/|":
            return self.kind.join(steps)
        return f"^{steps[0]}" if self.kind == "^" else f"{steps[0]}{self.kind}"

    def within(self, outer: str) -> str:
        """Return the notation as part of a path of another kind, in brackets where they are needed."""
        return str(self) if _BINDING[self.kind] > _BINDING[outer] else f"({self})"

    @property
    def shown(self) -> str:
        """Return what a result states: the IRI of a predicate, else the notation of SPARQL."""
        return self.predicate[1:-1] if self.kind == "iri" else str(self)


# ---- read


def members(graph: TermGraph, node: str) -> list[str]:
    """
    Return the members of a list.

    Raises:
        MalformedPath: It is no list, or never ends.
    """
    items: list[str] = []
    seen: set[str] = set()
    while node != NIL:
        properties = graph.get(node, {})
        if node in seen:
            raise MalformedPath("a list that leads back to itself")
        if len(properties.get(FIRST, ())) != 1 or len(properties.get(REST, ())) != 1:
            raise MalformedPath("no list, or one that is broken off or branches")
        seen.add(node)
        items.append(properties[FIRST][0])
        node = properties[REST][0]
    return items


def read_path(graph: TermGraph, node: str, inside: frozenset[str] = frozenset()) -> Path:
    """
    Return the path that a node of a graph of shapes stands for.

    Raises:
        MalformedPath: The node is no path, or is part of itself.

    >>> read_path({}, "<urn:p>").shown
    'urn:p'
    """
    if node.startswith("<") and node != NIL:
        return Path("iri", node)
    if node in inside:
        raise MalformedPath("a path that leads back to itself")
    if node not in graph or len(inside) > _DEEPEST:
        raise MalformedPath("paths too deep inside each other" if node in graph else "no path")
    properties, inside = graph[node], inside | {node}
    if FIRST in properties:
        return _several("/", graph, members(graph, node), inside)
    kinds = sorted(name[len(SH) + 1 : -1] for name in properties if name.startswith(f"<{SH}"))
    kinds = [kind for kind in kinds if kind in _REPEATED or kind in {"alternativePath", "inversePath"}]
    if len(kinds) != 1 or len(properties[f"<{SH}{kinds[0]}>"]) != 1:
        raise MalformedPath("several paths where one is expected" if kinds else "no path")
    kind, (value,) = kinds[0], properties[f"<{SH}{kinds[0]}>"]
    if kind == "alternativePath":
        return _several("|", graph, members(graph, value), inside)
    return Path(_REPEATED.get(kind, "^"), "", (read_path(graph, value, inside),))


def _several(kind: str, graph: TermGraph, nodes: list[str], inside: frozenset[str]) -> Path:
    """Return a sequence or a choice of at least two paths."""
    if len(nodes) < 2:
        raise MalformedPath(f"a sequence or choice of {len(nodes)}, where two or more are expected")
    return Path(kind, "", tuple(read_path(graph, node, inside) for node in nodes))


def turned(path: Path) -> Path:
    """
    Return the path that leads the other way, with only predicates inverted.

    >>> str(turned(Path("/", "", (Path("iri", "<urn:p>"), Path("iri", "<urn:q>")))))
    '^<urn:q>/^<urn:p>'
    """
    if path.kind == "iri":
        return Path("^", "", (path,))
    if path.kind == "^":
        return plain(path.steps[0])
    steps = tuple(turned(step) for step in path.steps)
    return Path(path.kind, "", steps[::-1] if path.kind == "/" else steps)


def plain(path: Path) -> Path:
    """Return a path that means the same, with only predicates inverted."""
    if path.kind == "iri":
        return path
    if path.kind == "^":
        return turned(path.steps[0])
    return Path(path.kind, "", tuple(plain(step) for step in path.steps))


# ---- needed


def needs(path: Path, near: bool) -> Iterator[tuple[str, str]]:
    """
    Yield which predicates must be known of other nodes than the focus: pairs of `forward` or `inverse` and predicate.

    Args:
        path: A path as `plain` gives it.

        near: Whether it starts at the focus node, whose own triples are at hand.
    """
    if path.kind == "iri":
        if not near:
            yield "forward", path.predicate
    elif path.kind == "^":
        yield "inverse", path.steps[0].predicate
    elif path.kind == "/":
        for number, step in enumerate(path.steps):
            yield from needs(step, near and not number)
    else:
        for step in path.steps:
            yield from needs(step, near and path.kind in "|?")


# ---- followed


def walk(path: Path) -> Walk:
    """
    Return a function that follows a path.

    Args:
        path: A path as `plain` gives it.
    """
    predicate = path.predicate
    if path.kind == "iri":
        return lambda node, neighbourhood: neighbourhood.objects(node, predicate)
    if path.kind == "^":
        name = path.steps[0].predicate
        return lambda node, neighbourhood: neighbourhood.subjects(node, name)
    steps = [walk(step) for step in path.steps]
    if path.kind == "/":
        return lambda node, neighbourhood: _sequence(steps, node, neighbourhood)
    if path.kind == "|":
        return lambda node, neighbourhood: list(
            dict.fromkeys(end for step in steps for end in step(node, neighbourhood))
        )
    if path.kind == "?":
        return lambda node, neighbourhood: list(dict.fromkeys([node, *steps[0](node, neighbourhood)]))
    return lambda node, neighbourhood: _closure(steps[0], node, neighbourhood, path.kind == "*")


def _sequence(steps: list[Walk], node: str, neighbourhood: Neighbourhood) -> list[str]:
    """Return the ends of one step after another."""
    ends = [node]
    for step in steps:
        ends = list(dict.fromkeys(end for start in ends for end in step(start, neighbourhood)))
    return ends


def _closure(step: Walk, node: str, neighbourhood: Neighbourhood, reflexive: bool) -> list[str]:
    """Return the ends of a step repeated, at least once or not at all."""
    ends: dict[str, None] = {node: None} if reflexive else {}
    queue = [node]
    while queue:
        for end in step(queue.pop(), neighbourhood):
            if end not in ends:
                ends[end] = None
                queue.append(end)
    return list(ends)
