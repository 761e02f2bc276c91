"""
Constraints and targets that a graph of shapes defines in SPARQL -> queries with the values of their parameters.

In: a graph of shapes. Out: queries. Nothing is asked here.

Spec: SHACL, sections 5 (SPARQL-based constraints) and 6 (constraint components); SHACL Advanced Features, section 3.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...core.languages import canonical_tag
from ...core.results import name_of
from ...core.terms import PREFIXES
from .literals import XSD, parts_of, text_of
from .neighbourhood import SUBCLASS, TYPE
from .paths import SH, TermGraph
from .queries import MalformedQuery, QueryConstraint, ShapeQuery, make_query

_TRUE = {f'"true"^^<{XSD}boolean>', f'"1"^^<{XSD}boolean>'}
#: What the terms of SHACL begin with, as N-Triples has them.
_OF_SHACL = f"<{SH}"
_IMPORTS = "<http://www.w3.org/2002/07/owl#imports>"
#: Prefixes that queries use without declaring them, and that mean one thing only.
_WELL_KNOWN = {name: PREFIXES[name] for name in ("rdf", "rdfs", "owl", "xsd", "sh")}
_NAME = re.compile(r"[A-Za-z_]\w*$")
_RESERVED = {"this", "shapesGraph", "currentShape", "path", "PATH", "value"}
#: Variables that every query of a constraint may use.
_CONTEXT = ("this", "shapesGraph", "currentShape")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a constraint component or a target type: its property, and the variable that it becomes."""

    property: str
    variable: str
    optional: bool


@dataclass(frozen=True, slots=True)
class ConstraintComponent:
    """A constraint component that a graph defines."""

    node: str
    parameters: tuple[Parameter, ...]

    def is_complete(self, properties: Mapping[str, list[str]]) -> bool:
        """Return whether a shape has every parameter that the component cannot do without."""
        return all(parameter.optional or parameter.property in properties for parameter in self.parameters)


def _about_this(query: ShapeQuery) -> ShapeQuery:
    """
    Return the query of a constraint.

    Raises:
        MalformedQuery: It does not return $this, so that it says the same of every focus node.
    """
    if "this" in query.returned or ("*" in query.returned and "this" in query.variables):
        return query
    raise MalformedQuery("does not return $this")


def _terms_of(properties: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the values of terms of SHACL among properties."""
    return {
        predicate.removeprefix(_OF_SHACL)[:-1]: values
        for predicate, values in properties.items()
        if predicate.startswith(_OF_SHACL)
    }


class ComponentReader:
    """
    Reads the queries that a graph of shapes defines.

    Args:
        graph: The graph of shapes.
    """

    def __init__(self, graph: TermGraph) -> None:
        """Find the constraint components."""
        self.graph = graph
        # Shapes are asked for all terms of SHACL, and have few.
        self._terms = {node: _terms_of(properties) for node, properties in graph.items()}
        self.components = [
            ConstraintComponent(node, self.parameters(node))
            for node in sorted(graph)
            if not node.startswith(f"<{SH}") and f"<{SH}ConstraintComponent>" in self.classes_of(node)
        ]

    def values(self, node: str, name: str) -> list[str]:
        """Return the values of a term of SHACL at a node."""
        return self.terms(node).get(name, [])

    def terms(self, node: str) -> Mapping[str, list[str]]:
        """Return the values of all terms of SHACL that a node has, by the terms' names."""
        return self._terms.get(node, {})

    def is_true(self, node: str, name: str) -> bool:
        """Return whether a term of SHACL has the value true at a node."""
        return not _TRUE.isdisjoint(self.values(node, name))

    def classes_of(self, node: str) -> set[str]:
        """Return the classes that a node is an instance of, with those above them."""
        queue = list(self.graph.get(node, {}).get(TYPE, []))
        classes = set(queue)
        for class_ in queue:
            above = [high for high in self.graph.get(class_, {}).get(SUBCLASS, []) if high not in classes]
            classes.update(above)
            queue += above
        return classes

    def parameters(self, node: str) -> tuple[Parameter, ...]:
        """Return the parameters of a constraint component or a target type."""
        return tuple(
            Parameter(path, re.split(r"[#/:]", path[1:-1])[-1], self.is_true(parameter, "optional"))
            for parameter in self.values(node, "parameter")
            for path in self.values(parameter, "path")
            if path.startswith("<")
        )

    def useless(self) -> Iterator[tuple[str, str]]:
        """Yield each component that no shape can use: a remark, and its IRI."""
        for component in self.components:
            if not component.parameters:
                yield "a constraint component without a parameter is never checked", name_of(component.node)

    def incomplete_at(self, shape: str) -> Iterator[str]:
        """Yield a remark for each parameter at a shape that has no effect, because others of its component lack."""
        properties = self.graph.get(shape, {})
        for component in self.components:
            if not component.is_complete(properties):
                missing = [name_of(p.property) for p in component.parameters if p.property not in properties]
                for parameter in component.parameters:
                    if parameter.property in properties:
                        yield f"{name_of(parameter.property)} has no effect without {' and '.join(missing)}"

    # ---- constraints

    def sparql_constraint(self, node: str, shape: str, path: str) -> QueryConstraint | None:
        """
        Return a constraint of sh:sparql; None if it is deactivated.

        Args:
            node: The value of sh:sparql.

            shape: The shape.

            path: The path of the shape in SPARQL's notation; empty at a node shape.

        Raises:
            MalformedQuery: It has no query, or one that is not allowed.
        """
        if self.is_true(node, "deactivated"):
            return None
        query = _about_this(self.query(node, "select", _CONTEXT, path))
        values = {"currentShape": shape}
        return QueryConstraint("SPARQLConstraintComponent", query, values, self.messages(node), (("sparql", node),))

    def of_components(self, shape: str, path: str | None) -> Iterator[QueryConstraint]:
        """
        Yield the constraints of a shape whose components the graph itself defines.

        Raises:
            MalformedQuery: A component cannot be used at the shape.
        """
        properties = self.graph.get(shape, {})
        for component in self.components:
            used = [parameter for parameter in component.parameters if parameter.property in properties]
            if used and component.is_complete(properties):
                yield from self._constraints(component, used, shape, path)

    def _constraints(
        self, component: ConstraintComponent, used: list[Parameter], shape: str, path: str | None
    ) -> Iterator[QueryConstraint]:
        """Yield the constraints of a component at a shape: one for each value if it has one parameter only."""
        lists = [self.graph[shape][parameter.property] for parameter in used]
        if len(used) > 1 and any(len(values) > 1 for values in lists):
            raise MalformedQuery(f"{name_of(component.node)} has several values for one of its parameters")
        wrong = [p.variable for p in component.parameters if not _NAME.match(p.variable) or p.variable in _RESERVED]
        if wrong:
            raise MalformedQuery(f"{name_of(component.node)} has a parameter that cannot be a variable: “{wrong[0]}”")
        validator, kind = self._validator(component, path)
        bound = (*_CONTEXT, *(["value"] if kind == "ask" else []), *(p.variable for p in component.parameters))
        query = self.query(validator, kind, bound, path or "")
        query = query if query.is_ask else _about_this(query)
        messages = self.messages(validator) or self.messages(component.node)
        for row in zip(*lists, strict=True) if len(used) > 1 else ((value,) for value in lists[0]):
            values = {parameter.variable: value for parameter, value in zip(used, row, strict=True)}
            stated = tuple((name_of(p.property), value) for p, value in zip(used, row, strict=True))
            yield QueryConstraint(name_of(component.node), query, values | {"currentShape": shape}, messages, stated)

    def _validator(self, component: ConstraintComponent, path: str | None) -> tuple[str, str]:
        """Return the validator of a component for a kind of shape, and the kind of its query."""
        own = "nodeValidator" if path is None else "propertyValidator"
        for node in (*self.values(component.node, own), *self.values(component.node, "validator")):
            for kind in ("ask", "select"):
                if self.values(node, kind):
                    return node, kind
        kind_of_shape = "node" if path is None else "property"
        raise MalformedQuery(f"{name_of(component.node)} has no validator in SPARQL for a {kind_of_shape} shape")

    # ---- targets

    def target(self, node: str) -> tuple[ShapeQuery, dict[str, str]]:
        """
        Return the query that selects the focus nodes of a value of sh:target, and the values of its parameters.

        Raises:
            MalformedQuery: It is no target in SPARQL, or its query is not allowed.
        """
        if node not in self.graph:
            raise MalformedQuery("is not described among the shapes")
        if self.values(node, "select"):
            return self._selecting(self.query(node, "select", (), "")), {}
        for type_ in self.graph.get(node, {}).get(TYPE, []):
            if self.values(type_, "select"):
                return self._of_type(node, type_)
        raise MalformedQuery("has no sh:select")

    def _of_type(self, node: str, type_: str) -> tuple[ShapeQuery, dict[str, str]]:
        """Return the query of a target whose type the graph defines."""
        values: dict[str, str] = {}
        for parameter in self.parameters(type_):
            found = self.graph[node].get(parameter.property, [])
            if len(found) > 1 or (not found and not parameter.optional):
                raise MalformedQuery(f"has not just one value for its parameter {name_of(parameter.property)}")
            if found:
                values[parameter.variable] = found[0]
        return self._selecting(self.query(type_, "select", tuple(values), "")), values

    def _selecting(self, query: ShapeQuery) -> ShapeQuery:
        """Return the query of a target, which must return ?this."""
        if query.returned.isdisjoint({"this", "*"}):
            raise MalformedQuery("does not return ?this")
        return query

    # ---- parts

    def query(self, node: str, kind: str, bound: tuple[str, ...], path: str) -> ShapeQuery:
        """Return the query at a node."""
        if node not in self.graph:
            raise MalformedQuery("is not described among the shapes")
        texts = self.values(node, kind)
        if len(texts) != 1 or not texts[0].startswith('"'):
            raise MalformedQuery(f"has not just one text as sh:{kind}")
        return make_query(text_of(texts[0]), bound, self.prefixes(node), path, kind == "ask")

    def prefixes(self, node: str) -> dict[str, str]:
        """Return the prefixes of a query: what its sh:prefixes declare, and what those import."""
        queue = list(self.values(node, "prefixes"))
        namespaces: dict[str, str] = {}
        for at in queue:
            queue += [other for other in self.graph.get(at, {}).get(_IMPORTS, []) if other not in queue]
            for declaration in self.values(at, "declare"):
                pairs = [self.values(declaration, name) for name in ("prefix", "namespace")]
                if any(len(values) != 1 for values in pairs):
                    raise MalformedQuery("has a prefix without just one name and namespace")
                prefix, namespace = (name_of(v) if v.startswith("<") else text_of(v) for (v,) in pairs)
                if namespaces.setdefault(prefix, namespace) != namespace:
                    raise MalformedQuery(f"has two namespaces for the prefix “{prefix}”")
        return {**_WELL_KNOWN, **namespaces}

    def messages(self, node: str) -> tuple[tuple[str, str], ...]:
        """Return the messages at a node by language."""
        texts = (parts_of(value) for value in self.values(node, "message") if value.startswith('"'))
        return tuple(sorted((canonical_tag(language), text) for text, language, _type in texts))
