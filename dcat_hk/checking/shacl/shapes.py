"""
A shapes graph -> shapes as values, or an error that names what is not supported.

In: triples, terms as N-Triples has them. Out: every shape that can be reached from a target. Nothing is compiled here.

Spec: SHACL, sections 2 (shapes) and 4 (core constraint components).
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from ...core.errors import InputError
from ...core.results import name_of, shacl_name
from ...core.terms import PREFIXES
from ...core.text import list_first
from .components import ComponentReader
from .literals import XSD, parts_of, rank
from .neighbourhood import TYPE
from .paths import SH, MalformedPath, Path, TermGraph, members, read_path
from .queries import MalformedQuery, QueryConstraint, ShapeQuery
from .shape_names import ShapeNames
from .terms import idle_terms, listed, other_terms, refused_at_shapes, unknown_terms, vocabulary

_BOOLEANS = {f'"{text}"^^<{XSD}boolean>' for text in ("true", "false", "1", "0")}
#: None and one, as counts.
_FEW = tuple(f'"{count}"^^<{XSD}integer>' for count in (0, 1))
_RDFS_CLASS, _OWL_CLASS = f"<{PREFIXES['rdfs']}Class>", f"<{PREFIXES['owl']}Class>"
_TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
#: Parameters whose values are lists.
LISTS = {"and", "or", "xone", "in", "languageIn"}
_SHAPES = {"not", "node", "property", "qualifiedValueShape"}
_COUNTS = {"minCount", "maxCount", "minLength", "maxLength"}
#: Digits of a count; there are never more things or characters than that.
_MOST_DIGITS = 18
_POINTING = {*_SHAPES, "and", "or", "xone"}
_IRIS = {"class", "datatype", "equals", "disjoint", "lessThan", "lessThanOrEquals"}
_LITERALS = {"pattern", "minInclusive", "minExclusive", "maxInclusive", "maxExclusive"}
_FLAGS = {"closed", "uniqueLang", "qualifiedValueShapesDisjoint", "deactivated"}
_NODE_KINDS = {"IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"}
#: So deep may shapes lie inside each other.
_DEEPEST = 100
#: Shapes that one thing is looked at with, at most: each as often as others name it.
_MOST_LOOKS = 100_000
#: So many shapes are named for one thing that is wrong with them.
_SHOWN = 5
#: Parameters that only a property shape may have.
_ON_PROPERTY = {"minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape"}


class Unsupported(InputError):
    """
    Shapes have what is not checked, or are malformed.

    Args:
        constructs: Pairs of what is not supported or wrong, and the name of the shape that has it.

        nodes: The nodes of these shapes in the graph.

    >>> print(Unsupported([("sh:js", "urn:s"), ("sh:js", "urn:t")]))
    The shapes cannot be used: sh:js is not checked (urn:s, urn:t). Correct them, or leave out what cannot be checked.
    """

    def __init__(self, constructs: Iterable[tuple[str, str]], nodes: Iterable[str] = ()) -> None:
        """Group shapes by construct."""
        self.constructs = tuple(sorted(set(constructs)))
        self.nodes = tuple(sorted(set(nodes)))
        shapes: dict[str, list[str]] = {}
        for construct, shape in self.constructs:
            shapes.setdefault(construct, []).append(shape)
        listing = "; ".join(f"{_told(construct)} ({list_first(names, _SHOWN)})" for construct, names in shapes.items())
        advice = "Correct them, or leave out what cannot be checked."
        super().__init__(f"The shapes cannot be used: {listing}.", "", advice)


def _told(construct: str) -> str:
    """Return a construct as a message tells it; a term alone is told to be one that is not checked."""
    return construct if " " in construct else f"{construct} is not checked"


@dataclass(frozen=True, slots=True)
class Constraint:
    """A parameter of a shape with one value, or with a list's members."""

    parameter: str
    value: str
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape: its targets and path, its constraints, and how its results are reported."""

    node: str
    path: Path | None
    severity: str
    messages: tuple[tuple[str, str], ...]
    deactivated: bool
    constraints: tuple[Constraint, ...]
    extras: dict[str, tuple[str, ...]]
    targets: tuple[tuple[str, str], ...] = ()
    queries: tuple[QueryConstraint, ...] = ()
    #: Queries that select focus nodes, with the values of their variables.
    selecting: tuple[tuple[ShapeQuery, dict[str, str]], ...] = ()

    def also(self, name: str) -> tuple[str, ...]:
        """Return the values of a parameter that stands beside another, such as `flags`."""
        return self.extras.get(name, ())


@dataclass(slots=True)
class ShapeSet:
    """Every shape that can be reached from a target, by its node."""

    by_node: dict[str, Shape] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    names: ShapeNames = field(default_factory=lambda: ShapeNames({}))

    @property
    def targeted(self) -> list[Shape]:
        """Return the active shapes that have targets."""
        shapes = [shape for _node, shape in sorted(self.by_node.items())]
        return [shape for shape in shapes if (shape.targets or shape.selecting) and not shape.deactivated]


@cache
def parameters_of(component: str) -> tuple[str, ...]:
    """
    Return the parameters of a constraint component, the one that it is named after first.

    >>> parameters_of("PatternConstraintComponent"), parameters_of("QualifiedMaxCountConstraintComponent")
    (('pattern', 'flags'), ('qualifiedValueShape', 'qualifiedMaxCount'))
    """
    beside = {"PatternConstraintComponent": ("pattern", "flags")}
    if component.startswith("Qualified"):
        name = component.removesuffix("ConstraintComponent")
        return "qualifiedValueShape", name[0].lower() + name[1:]
    names = tuple(name for name, term in vocabulary()["compiled"].items() if term["component"] == component)
    return beside.get(component, names)


def graph_of(triples: Iterable[tuple[str, str, str]]) -> TermGraph:
    """
    Return triples by subject and predicate, each once, in an order that does not depend on how they come.

    >>> graph_of([("<urn:s>", "<urn:p>", "<urn:o>")])
    {'<urn:s>': {'<urn:p>': ['<urn:o>']}}
    """
    graph: TermGraph = {}
    for subject, predicate, object_ in sorted(set(triples)):
        graph.setdefault(subject, {}).setdefault(predicate, []).append(object_)
    return graph


def read_shapes(graph: TermGraph) -> ShapeSet:
    """
    Return the shapes of a graph.

    Raises:
        Unsupported: A shape that a target can reach has what is not compiled, or is malformed.
    """
    return _ShapeReader(graph).read()


class _ShapeReader:
    """Reads shapes, starting from those with targets, and collects what is refused."""

    def __init__(self, graph: TermGraph) -> None:
        self.graph = graph
        self.names = ShapeNames(graph)
        self.shapes = ShapeSet(names=self.names)
        self.refused: list[tuple[str, str]] = []
        self.remarks: list[tuple[str, str]] = []
        self.components = ComponentReader(graph)
        self.pointed = self._pointed()

    def read(self) -> ShapeSet:
        """Return every shape that a target can reach."""
        refused = other_terms()["refused"]["anywhere"]
        for node in self.graph:
            stated = self.components.terms(node)
            for name in refused:
                if stated.get(name):
                    self.refuse(f"sh:{name}", node)
            targets, selecting = self.targets(node), self.selecting(node)
            if targets or selecting:
                self.follow(node)
        self._check_recursion()
        if self.refused:
            named = [(construct, self.names.of(node)) for construct, node in self.refused]
            raise Unsupported(named, (node for _construct, node in self.refused))
        self.remarks += unknown_terms(self.graph, self.names)
        for node in self.shapes.by_node:
            self.remarks += idle_terms(self.graph, node, self.names)
            incomplete = self.components.incomplete_at(node)
            self.remarks += [(remark, self.names.of(node)) for remark in incomplete]
        self.remarks += self.components.useless()
        self.shapes.warnings = listed(self.remarks)
        return self.shapes

    def values(self, node: str, name: str) -> list[str]:
        """Return the values of a term of SHACL at a node."""
        return self.components.values(node, name)

    def targets(self, node: str) -> tuple[tuple[str, str], ...]:
        """Return the targets of a node: its own, and itself if it is a class and a shape."""
        if node not in self.graph:
            return ()
        targets = [(name, value) for name in _TARGETS for value in self.values(node, name)]
        types = self.graph[node].get(TYPE, [])
        classes = self.components.classes_of(node)
        if f"<{SH}ShapeClass>" in classes or (
            not classes.isdisjoint({_RDFS_CLASS, _OWL_CLASS}) and self.is_shape(node, types)
        ):
            targets.append(("targetClass", node))
        return tuple(dict.fromkeys(targets))

    def selecting(self, node: str) -> tuple[tuple[ShapeQuery, dict[str, str]], ...]:
        """Return the queries that select focus nodes of a node."""
        queries = []
        for target in self.values(node, "target"):
            try:
                queries.append(self.components.target(target))
            except MalformedQuery as error:
                self.refuse(f"sh:target that {error}", node)
        return tuple(queries)

    def is_shape(self, node: str, types: list[str]) -> bool:
        """Return whether a node is a shape: by its class, by a parameter, or because a shape points at it."""
        if any(shacl_name(type_) in {"NodeShape", "PropertyShape"} for type_ in types):
            return True
        return node in self.pointed or any(
            values and name in vocabulary()["compiled"] for name, values in self.components.terms(node).items()
        )

    def _pointed(self) -> set[str]:
        """Return the values of parameters that expect shapes, lists' members among them."""
        single = {value for node in self.graph for name in _SHAPES for value in self.values(node, name)}
        for value in (v for node in self.graph for name in ("and", "or", "xone") for v in self.values(node, name)):
            # A broken list is refused at the shape that has it, if a target reaches that.
            with contextlib.suppress(MalformedPath):
                single.update(members(self.graph, value))
        return single

    def follow(self, start: str) -> None:
        """Read a shape and the shapes that it refers to."""
        queue = [start]
        while queue:
            node = queue.pop()
            if node in self.shapes.by_node:
                continue
            shape = self.shapes.by_node[node] = self.shape(node)
            queue += [inner for inner in pointed_at(shape) if not inner.startswith('"')]

    def shape(self, node: str) -> Shape:
        """Return one shape; a deactivated one has no constraints."""
        self.check_rest(node)
        deactivated = self.components.is_true(node, "deactivated")
        path = self.path(node)
        constraints = () if deactivated else tuple(self.constraints(node))
        queries = () if deactivated else tuple(self.queries(node, path))
        messages = self.components.messages(node)
        severity = self.one(node, "severity") or f"<{SH}Violation>"
        extras = {
            name: tuple(self.values(node, name))
            for name in ("flags", "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint")
        }
        extras["ignoredProperties"] = tuple(
            member
            for value in self.values(node, "ignoredProperties")
            for member in self.list(node, value, "ignoredProperties")
        )
        extras["properties"] = tuple(
            value for inner in self.values(node, "property") for value in self.values(inner, "path")
        )
        extras["siblings"] = tuple(self.siblings(node))
        return Shape(
            node, path, shacl_name(severity), messages, deactivated, constraints, extras,
            self.targets(node), queries, self.selecting(node),
        )  # fmt: skip

    def queries(self, node: str, path: Path | None) -> Iterator[QueryConstraint]:
        """Yield the constraints of a shape that are checked by queries."""
        notation = str(path) if path else ""
        for value in self.values(node, "sparql"):
            try:
                constraint = self.components.sparql_constraint(value, node, notation)
            except MalformedQuery as error:
                self.refuse(f"sh:sparql that {error}", node)
                continue
            if constraint:
                yield constraint
        try:
            yield from self.components.of_components(node, None if path is None else notation)
        except MalformedQuery as error:
            self.refuse(f"constraint component {error}", node)

    def siblings(self, node: str) -> list[str]:
        """Return the qualified value shapes beside those of a shape: of all property shapes of its parents."""
        if not self.components.is_true(node, "qualifiedValueShapesDisjoint"):
            return []
        parents = [parent for parent in self.graph if node in self.values(parent, "property")]
        siblings = {
            shape
            for parent in parents
            for inner in self.values(parent, "property")
            for shape in self.values(inner, "qualifiedValueShape")
        }
        return sorted(siblings)

    def path(self, node: str) -> Path | None:
        """Return the path of a property shape."""
        values = self.values(node, "path")
        is_property = f"<{SH}PropertyShape>" in self.graph.get(node, {}).get(TYPE, [])
        if not values:
            if is_property:
                self.refuse("property shape without sh:path", node)
            return None
        if len(values) > 1:
            self.refuse("several values of sh:path", node)
            return None
        try:
            return read_path(self.graph, values[0])
        except MalformedPath as error:
            self.refuse(f"malformed sh:path: {error}", node)
            return None

    def one(self, node: str, name: str) -> str:
        """Return the only value of a term, or nothing; several are refused."""
        values = self.values(node, name)
        if len(values) > 1:
            self.refuse(f"several values of sh:{name}", node)
        return values[0] if values else ""

    def list(self, node: str, value: str, name: str) -> tuple[str, ...]:
        """Return a list's members; one that is none is refused."""
        try:
            return tuple(members(self.graph, value))
        except MalformedPath as error:
            self.refuse(f"malformed sh:{name}: {error}", node)
            return ()

    def refuse(self, construct: str, node: str) -> None:
        """Note what is not supported at a shape."""
        self.refused.append((construct, node))

    def constraints(self, node: str) -> Iterator[Constraint]:
        """Yield the constraints of a shape."""
        properties = self.graph.get(node, {})
        defined = {parameter.property for component in self.components.components for parameter in component.parameters}
        for predicate, shown in refused_at_shapes().items():
            if predicate in properties and predicate not in defined:
                self.refuse(shown, node)
        stated = self.components.terms(node)
        for name, term in vocabulary()["compiled"].items():
            values = stated.get(name)
            if not values or name == "sparql":
                continue
            if len(values) > 1 and not term.get("many"):
                self.refuse(f"several values of sh:{name}", node)
            if name in _ON_PROPERTY and not self.values(node, "path"):
                self.at_node_shape(node, name, values)
                continue
            for value in values:
                yield from self.constraint(node, name, value)

    def at_node_shape(self, node: str, name: str, values: Sequence[str]) -> None:
        """Tell of what only a property shape may have; a node shape has just one value, which may satisfy it always."""
        right = self.is_right(name, values[0], ())
        always = {
            "uniqueLang": right,
            "minCount": values[0] in _FEW,
            "maxCount": right and values[0] != _FEW[0],
        }
        if len(values) == 1 and always.get(name):
            self.remarks.append((f"sh:{name} has no effect at a node shape", self.names.of(node)))
        else:
            self.refuse(f"sh:{name} at a node shape", node)

    def constraint(self, node: str, name: str, value: str) -> Iterator[Constraint]:
        """Yield a constraint, unless it is malformed."""
        before = len(self.refused)
        inner = self.list(node, value, name) if name in LISTS else ()
        if len(self.refused) > before:
            return
        if not self.is_right(name, value, inner):
            self.refuse(f"malformed sh:{name}: {_shown(value)} is not {_expected(name)}", node)
            return
        if name == "uniqueLang" and parts_of(value)[0] == "1":
            self.remarks.append(("sh:uniqueLang has no effect with 1, only with true", self.names.of(node)))
        if name in _POINTING:
            for shape in inner if name in LISTS else (value,):
                if shape not in self.graph:
                    where = self.names.of(node if shape.startswith("_:") else shape)
                    self.remarks.append((f"sh:{name} leads to a shape that is not described and asks nothing", where))
        yield Constraint(name, value, inner)

    def is_right(self, name: str, value: str, inner: tuple[str, ...]) -> bool:
        """Return whether a parameter has a value of the kind that it must have."""
        if name in _COUNTS:
            is_count = rank(value) is not None and value.endswith(f"<{XSD}integer>") and not value.startswith('"-')
            return is_count and len(parts_of(value)[0]) <= _MOST_DIGITS
        if name == "nodeKind":
            return shacl_name(value) in _NODE_KINDS
        if name in _IRIS:
            return value.startswith("<")
        if name in _LITERALS:
            return value.startswith('"')
        if name in _FLAGS:
            return value in _BOOLEANS
        if name == "languageIn":
            return all(member.endswith('"') for member in inner)
        if name == "property":
            # The official DCAT-AP file points at two shapes that it does not describe: they ask nothing, which is told.
            return bool(self.values(value, "path")) or (value not in self.graph and not value.startswith('"'))
        if name in {"and", "or", "xone"} and not inner:
            return False
        return not any(node.startswith('"') for node in (*inner, value) if name in _POINTING)

    def check_rest(self, node: str) -> None:
        """Refuse malformed terms that are no constraints themselves."""
        for name in ("qualifiedMinCount", "qualifiedMaxCount"):
            self.expect(node, name, "minCount")
            self.one(node, name)
        for name in ("flags", "message"):
            self.expect(node, name, "pattern")
        for name in ("qualifiedValueShapesDisjoint", "deactivated"):
            self.expect(node, name, name)
            self.one(node, name)
        self.one(node, "flags")
        for name in ("severity", *_TARGETS[1:]):
            self.expect(node, name, "class")
        for value in self.values(node, "targetNode"):
            if value.startswith("_:"):
                self.refuse("malformed sh:targetNode: a blank node is not an IRI or a text", node)

    def expect(self, node: str, name: str, kind: str) -> None:
        """Refuse values of a term that are not as those of another must be."""
        for value in self.values(node, name):
            if not self.is_right(kind, value, ()):
                self.refuse(f"malformed sh:{name}: {_shown(value)} is not {_expected(kind)}", node)

    def _check_recursion(self) -> None:
        """
        Refuse recursive shapes: the recommendation does not define what they mean.

        Sixty shapes that each name the next one twice would be looked at more often than any machine can: what is
        looked at for one thing is counted, too.
        """
        done: dict[str, int] = {}
        for start in sorted(self.shapes.by_node):
            trail: list[tuple[str, Iterator[str]]] = [(start, iter(pointed_at(self.shapes.by_node[start])))]
            inside = {start}
            while trail and start not in done:
                node, rest = trail[-1]
                inner = next(rest, None)
                if inner is None:
                    trail.pop()
                    inside.discard(node)
                    shape = self.shapes.by_node[node]
                    done[node] = 1 + sum(done.get(one, 1) for one in (*_refer(shape), *shape.also("siblings")))
                    if done[node] > _MOST_LOOKS:
                        self.refuse(f"shapes that would be looked at more than {_MOST_LOOKS:,} times", node)
                        return
                elif inner in inside:
                    self.refuse("recursive shape", inner)
                elif len(trail) > _DEEPEST:
                    self.refuse(f"shapes more than {_DEEPEST} deep inside each other", start)
                    return
                elif inner not in done:
                    inside.add(inner)
                    trail.append((inner, iter(pointed_at(self.shapes.by_node[inner]))))


def _shown(value: str) -> str:
    """Return a value as a message shows it."""
    return "a blank node" if value.startswith("_:") else name_of(value)


def _expected(name: str) -> str:
    """Return what the value of a parameter must be."""
    if name in _COUNTS:
        return f"a whole number (xsd:integer) from 0, of {_MOST_DIGITS} digits at most"
    if name in _FLAGS:
        return "true or false (xsd:boolean)"
    if name in _IRIS:
        return "an IRI"
    if name in _LITERALS:
        return "a text" if name == "pattern" else "a literal"
    words = {
        "nodeKind": "a kind of node",
        "languageIn": "a list of language tags",
        "property": "a property shape with sh:path",
    }
    return words.get(name, "a list of shapes" if name in LISTS else "a shape")


def pointed_at(shape: Shape) -> list[str]:
    """Return the shapes that a shape refers to."""
    return list(dict.fromkeys([*_refer(shape), *shape.also("siblings")]))


def _refer(shape: Shape) -> Iterator[str]:
    """Yield the shapes that a shape refers to, each as often as it does."""
    for constraint in shape.constraints:
        if constraint.parameter in _SHAPES:
            yield constraint.value
        elif constraint.parameter in {"and", "or", "xone"}:
            yield from constraint.members
