"""
A shapes graph -> shapes as values, or an error that names what is not supported.

In: triples, terms as N-Triples has them. Out: every shape that can be reached from a target. Nothing is compiled here.

Spec: SHACL, sections 2 (shapes) and 4 (core constraint components).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ...core.errors import InputError
from ...core.languages import canonical_tag
from ...core.results import name_of, shacl_name
from ...core.terms import PREFIXES
from ...core.wording.records import read_toml
from .literals import XSD, parts_of, rank
from .neighbourhood import SUBCLASS, TYPE
from .paths import SH, MalformedPath, Path, TermGraph, members, read_path

_TRUE = f'"true"^^<{XSD}boolean>'
_RDFS_CLASS, _OWL_CLASS = f"<{PREFIXES['rdfs']}Class>", f"<{PREFIXES['owl']}Class>"
_TARGETS = ("targetNode", "targetClass", "targetSubjectsOf", "targetObjectsOf")
#: Parameters whose values are lists.
LISTS = {"and", "or", "xone", "in", "languageIn"}
_SHAPES = {"not", "node", "property", "qualifiedValueShape"}
_COUNTS = {"minCount", "maxCount", "minLength", "maxLength"}
_POINTING = {*_SHAPES, "and", "or", "xone"}
_IRIS = {"class", "datatype", "equals", "disjoint", "lessThan", "lessThanOrEquals"}
_LITERALS = {"pattern", "closed", "uniqueLang", "minInclusive", "minExclusive", "maxInclusive", "maxExclusive"}
_NODE_KINDS = {"IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral"}
#: Parameters that only a property shape may have.
_ON_PROPERTY = {"minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals", "qualifiedValueShape"}


class Unsupported(InputError):
    """
    Shapes have constructs that cannot be compiled, or are malformed: another engine has to validate.

    Args:
        constructs: Pairs of what is not supported and the shape that has it.

    >>> print(Unsupported([("sh:sparql", "urn:s"), ("sh:sparql", "urn:t")]))
    Not supported by the compiled engine: sh:sparql (urn:s, urn:t). Use pyshacl.
    """

    def __init__(self, constructs: Iterable[tuple[str, str]]) -> None:
        """Group shapes by construct."""
        self.constructs = tuple(sorted(set(constructs)))
        shapes: dict[str, list[str]] = {}
        for construct, shape in self.constructs:
            shapes.setdefault(construct, []).append(shape)
        listing = "; ".join(f"{construct} ({', '.join(nodes)})" for construct, nodes in shapes.items())
        super().__init__(f"Not supported by the compiled engine: {listing}.", "", "Use pyshacl.")


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

    def also(self, name: str) -> tuple[str, ...]:
        """Return the values of a parameter that stands beside another, such as `flags`."""
        return self.extras.get(name, ())


@dataclass(slots=True)
class ShapeSet:
    """Every shape that can be reached from a target, by its node."""

    by_node: dict[str, Shape] = field(default_factory=dict)

    @property
    def targeted(self) -> list[Shape]:
        """Return the active shapes that have targets."""
        return [shape for _node, shape in sorted(self.by_node.items()) if shape.targets and not shape.deactivated]


@cache
def vocabulary() -> dict[str, Any]:
    """
    Return which terms of SHACL can be compiled and which are refused.

    >>> vocabulary()["compiled"]["minCount"]["component"]
    'MinCountConstraintComponent'
    """
    return read_toml(__package__, "constraints.toml")


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
        self.shapes = ShapeSet()
        self.refused: list[tuple[str, str]] = []
        self.custom = self._custom_parameters()
        self.pointed = self._pointed()

    def read(self) -> ShapeSet:
        """Return every shape that a target can reach."""
        for node in self.graph:
            for name in vocabulary()["refused"]["anywhere"]:
                if self.values(node, name):
                    self.refused.append((f"sh:{name}", name_of(node)))
            if targets := self.targets(node):
                self.follow(node, targets)
            if self.values(node, "target"):
                self.refused.append(("sh:target", name_of(node)))
        self._check_recursion()
        if self.refused:
            raise Unsupported(self.refused)
        return self.shapes

    def values(self, node: str, name: str) -> list[str]:
        """Return the values of a term of SHACL at a node."""
        return self.graph.get(node, {}).get(f"<{SH}{name}>", [])

    def targets(self, node: str) -> tuple[tuple[str, str], ...]:
        """Return the targets of a node: its own, and itself if it is a class and a shape."""
        targets = [(name, value) for name in _TARGETS for value in self.values(node, name)]
        types = self.graph[node].get(TYPE, [])
        if any(_RDFS_CLASS in self.above(type_) for type_ in types) and self.is_shape(node, types):
            targets.append(("targetClass", node))
        elif _OWL_CLASS in types and self.is_shape(node, types):
            self.refuse("owl:Class that is a shape but no rdfs:Class", node)
        return tuple(dict.fromkeys(targets))

    def is_shape(self, node: str, types: list[str]) -> bool:
        """Return whether a node is a shape: by its class, by a parameter, or because a shape points at it."""
        if any(shacl_name(type_) in {"NodeShape", "PropertyShape"} for type_ in types):
            return True
        return node in self.pointed or any(self.values(node, name) for name in vocabulary()["compiled"])

    def _pointed(self) -> set[str]:
        """Return the values of parameters that expect shapes, lists' members among them."""
        single = {value for node in self.graph for name in _SHAPES for value in self.values(node, name)}
        lists = [value for node in self.graph for name in ("and", "or", "xone") for value in self.values(node, name)]
        return single.union(*(self.list(value, value) for value in lists))

    def above(self, class_: str) -> set[str]:
        """Return a class and the classes above it."""
        classes, queue = {class_}, [class_]
        while queue:
            for high in self.graph.get(queue.pop(), {}).get(SUBCLASS, []):
                if high not in classes:
                    classes.add(high)
                    queue.append(high)
        return classes

    def _custom_parameters(self) -> set[str]:
        """Return the parameters of constraint components that the graph itself defines."""
        return {
            path
            for node, properties in self.graph.items()
            if f"<{SH}ConstraintComponent>" in properties.get(TYPE, []) and not node.startswith(f"<{SH}")
            for parameter in self.values(node, "parameter")
            for path in self.values(parameter, "path")
        }

    def follow(self, start: str, targets: tuple[tuple[str, str], ...]) -> None:
        """Read a shape and the shapes that it refers to."""
        queue = [(start, targets)]
        while queue:
            node, aims = queue.pop()
            if node in self.shapes.by_node:
                continue
            shape = self.shape(node, aims or self.targets_of(node))
            self.shapes.by_node[node] = shape
            queue += [(inner, ()) for inner in pointed_at(shape) if not inner.startswith('"')]

    def targets_of(self, node: str) -> tuple[tuple[str, str], ...]:
        """Return the targets of a node that may say nothing."""
        return self.targets(node) if node in self.graph else ()

    def shape(self, node: str, targets: tuple[tuple[str, str], ...]) -> Shape:
        """Return one shape; a deactivated one has no constraints."""
        self.check_rest(node)
        deactivated = _TRUE in self.values(node, "deactivated")
        path = self.path(node)
        constraints = () if deactivated else tuple(self.constraints(node, path))
        messages = sorted(
            (canonical_tag(language), text)
            for text, language, _type in (parts_of(m) for m in self.values(node, "message") if m.startswith('"'))
        )
        severity = self.one(node, "severity") or f"<{SH}Violation>"
        extras = {
            name: tuple(self.values(node, name))
            for name in ("flags", "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint")
        }
        extras["ignoredProperties"] = tuple(
            member for value in self.values(node, "ignoredProperties") for member in self.list(node, value)
        )
        extras["properties"] = tuple(
            value for inner in self.values(node, "property") for value in self.values(inner, "path")
        )
        extras["siblings"] = tuple(self.siblings(node))
        return Shape(node, path, shacl_name(severity), tuple(messages), deactivated, constraints, extras, targets)

    def siblings(self, node: str) -> list[str]:
        """Return the qualified value shapes beside those of a shape: of all property shapes of its parents."""
        if _TRUE not in self.values(node, "qualifiedValueShapesDisjoint"):
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
        try:
            if len(values) > 1:
                raise MalformedPath(node)
            return read_path(self.graph, values[0])
        except MalformedPath:
            self.refuse("malformed sh:path", node)
            return None

    def one(self, node: str, name: str) -> str:
        """Return the only value of a term, or nothing; several are refused."""
        values = self.values(node, name)
        if len(values) > 1:
            self.refuse(f"several values of sh:{name}", node)
        return values[0] if values else ""

    def list(self, node: str, value: str) -> tuple[str, ...]:
        """Return a list's members; one that is none is refused."""
        try:
            return tuple(members(self.graph, value))
        except MalformedPath:
            self.refuse("malformed list", node)
            return ()

    def refuse(self, construct: str, node: str) -> None:
        """Note what is not supported at a shape."""
        self.refused.append((construct, name_of(node)))

    def constraints(self, node: str, path: Path | None) -> Iterator[Constraint]:
        """Yield the constraints of a shape."""
        terms = vocabulary()
        properties = self.graph.get(node, {})
        for name in terms["refused"]["terms"]:
            if f"<{SH}{name}>" in properties:
                self.refuse(f"sh:{name}", node)
        for predicate in sorted(self.custom.intersection(properties)):
            self.refuse(f"constraint component with parameter {name_of(predicate)}", node)
        for name, term in terms["compiled"].items():
            values = self.values(node, name)
            if len(values) > 1 and not term.get("many"):
                self.refuse(f"several values of sh:{name}", node)
            if values and path is None and name in _ON_PROPERTY:
                self.refuse(f"sh:{name} at a node shape", node)
            for value in values:
                inner = self.list(node, value) if name in LISTS else ()
                if self.is_right(name, value, inner):
                    yield Constraint(name, value, inner)
                else:
                    self.refuse(f"malformed sh:{name}", node)

    def is_right(self, name: str, value: str, inner: tuple[str, ...]) -> bool:
        """Return whether a parameter has a value of the kind that it must have."""
        if name in _COUNTS:
            return rank(value) is not None and value.endswith(f"<{XSD}integer>")
        if name == "nodeKind":
            return shacl_name(value) in _NODE_KINDS
        if name in _IRIS:
            return value.startswith("<")
        if name in _LITERALS:
            return value.startswith('"')
        if name == "languageIn":
            return all(member.endswith('"') for member in inner)
        if name == "property":
            # The official DCAT-AP file points at two shapes that it does not describe: they ask nothing.
            return bool(self.values(value, "path")) or (value not in self.graph and not value.startswith('"'))
        if name in {"and", "or", "xone"} and not inner:
            return False
        return not any(node.startswith('"') for node in (*inner, value) if name in _POINTING)

    def check_rest(self, node: str) -> None:
        """Refuse malformed terms that are no constraints themselves."""
        for name in ("qualifiedMinCount", "qualifiedMaxCount"):
            if not all(self.is_right("minCount", value, ()) for value in self.values(node, name)):
                self.refuse(f"malformed sh:{name}", node)
            self.one(node, name)
        for name in ("flags", "message", "deactivated", "qualifiedValueShapesDisjoint"):
            if not all(value.startswith('"') for value in self.values(node, name)):
                self.refuse(f"malformed sh:{name}", node)
        if not set(self.values(node, "deactivated")) <= {_TRUE, _TRUE.replace("true", "false")}:
            self.refuse("malformed sh:deactivated", node)
        for name in ("severity", *_TARGETS[1:]):
            if not all(value.startswith("<") for value in self.values(node, name)):
                self.refuse(f"malformed sh:{name}", node)

    def _check_recursion(self) -> None:
        """Refuse recursive shapes: the recommendation does not define what they mean."""
        done: set[str] = set()
        for start in sorted(self.shapes.by_node):
            trail: list[tuple[str, Iterator[str]]] = [(start, iter(pointed_at(self.shapes.by_node[start])))]
            inside = {start}
            while trail and start not in done:
                node, rest = trail[-1]
                inner = next(rest, None)
                if inner is None:
                    trail.pop()
                    inside.discard(node)
                    done.add(node)
                elif inner in inside:
                    self.refuse("recursive shape", inner)
                elif inner not in done:
                    inside.add(inner)
                    trail.append((inner, iter(pointed_at(self.shapes.by_node[inner]))))


def pointed_at(shape: Shape) -> list[str]:
    """Return the shapes that a shape refers to."""
    nodes: list[str] = []
    for constraint in shape.constraints:
        if constraint.parameter in _SHAPES:
            nodes.append(constraint.value)
        elif constraint.parameter in {"and", "or", "xone"}:
            nodes += constraint.members
    return list(dict.fromkeys([*nodes, *shape.also("siblings")]))
