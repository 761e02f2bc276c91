"""
Constraints -> functions: tests of one value, and checks of all values at a focus node.

A test returns whether a value node conforms. A check gets the focus node, the value nodes, the neighbourhood and the
list that results are added to. Where value nodes come from is not known here.

Spec: SHACL, section 4 (core constraint components).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from ...core.results import shacl_name
from .literals import XSD, compare, parts_of, text_of, well_formed
from .matching import make_search
from .patterns import MalformedPattern

if TYPE_CHECKING:
    from .neighbourhood import Neighbourhood
    from .shapes import Constraint, Shape

Values = Sequence[str]
#: Number of the source, focus node, value, path if it is not the shape's own.
RawResult = tuple[int, str, str, str]
Test = Callable[[str, "Neighbourhood"], bool]
Check = Callable[[str, Values, "Neighbourhood", list[RawResult]], None]
Conforms = Callable[[str, "Neighbourhood"], bool]

_TRUE = f'"true"^^<{XSD}boolean>'
_ONE = f'"1"^^<{XSD}boolean>'


class NotCompilable(ValueError):
    """The value of a parameter of a shape cannot be compiled; the text names it."""

    def __init__(self, text: str, node: str) -> None:
        """Keep the node of the shape."""
        super().__init__(text)
        self.node = node


class ConstraintContext(NamedTuple):
    """What a constraint needs to be compiled: the number of a source for results, and a test for other shapes."""

    source: Callable[[str], int]
    conforms: Callable[[str], Conforms]


# ---- tests of one value


def make_test(
    shape: Shape, constraint: Constraint, context: ConstraintContext, closure: Callable[[str], frozenset[str]]
) -> Test:
    """
    Return the test of a constraint that looks at value nodes one by one.

    Args:
        shape: The shape that the constraint belongs to.

        constraint: One whose parameter is in `TESTS`.

        context: Compiles other shapes.

        closure: Returns a class and its subclasses; called when the test first needs them.

    Raises:
        NotCompilable: A pattern is none.
    """
    name, value, inner = constraint.parameter, constraint.value, constraint.members
    if name == "datatype":
        return _datatype(value[1:-1])
    if name == "class":
        return _class(value, closure)
    if name in {"minLength", "maxLength"}:
        return _length(int(parts_of(value)[0]), name == "minLength")
    if name == "pattern":
        return _pattern(parts_of(value)[0], "".join(map(text_of, shape.also("flags"))), shape.node)
    if name in _BOUNDS:
        return _bound(value, _BOUNDS[name])
    if name == "languageIn":
        return _language_in(tuple(text_of(tag).lower() for tag in inner))
    if name == "in":
        allowed = frozenset(inner)
        return lambda node, _neighbourhood: node in allowed
    return _logical(name, [context.conforms(node) for node in (inner or (value,))])


#: Bounds: what `compare` must return.
_BOUNDS = {"minExclusive": {1}, "minInclusive": {0, 1}, "maxExclusive": {-1}, "maxInclusive": {-1, 0}}

#: Parameters of constraints that look at value nodes one by one.
TESTS = {
    *("datatype", "class", "minLength", "maxLength", "pattern", "languageIn", "in"),
    *("not", "and", "or", "xone", "node", *_BOUNDS),
}


def _datatype(datatype: str) -> Test:
    """Return a test for well-formed literals of a datatype."""
    if datatype.endswith("#langString"):
        return lambda node, _neighbourhood: node[0] == '"' and node[-1] != '"' and node[-1] != ">"
    check = well_formed(datatype)
    if datatype == f"{XSD}string":
        return lambda node, _neighbourhood: node[0] == '"' and node[-1] == '"'
    ending = f'"^^<{datatype}>'
    if check is None:
        return lambda node, _neighbourhood: node.endswith(ending) and node[0] == '"'
    good = check
    return lambda node, _neighbourhood: node.endswith(ending) and node[0] == '"' and good(parts_of(node)[0])


def _class(class_: str, closure: Callable[[str], frozenset[str]]) -> Test:
    """Return a test for instances of a class."""

    def test(node: str, neighbourhood: Neighbourhood) -> bool:
        types = neighbourhood.types.get(node)
        return types is not None and (class_ in types or not closure(class_).isdisjoint(types))

    return test


def _length(count: int, least: bool) -> Test:
    """Return a test for the length of the text, which blank nodes have not."""
    if least:
        return lambda node, _neighbourhood: node[0] != "_" and len(text_of(node)) >= count
    return lambda node, _neighbourhood: node[0] != "_" and len(text_of(node)) <= count


def _pattern(pattern: str, flags: str, shape: str) -> Test:
    """Return a test for text in which a pattern is found; a value whose time was up is counted, and passes."""
    try:
        search = make_search(pattern, flags)
    except MalformedPattern as error:
        raise NotCompilable(f"malformed sh:pattern “{pattern}”: {error}", shape) from error
    if search.longest is None:
        quick = search.quick
        return lambda node, _neighbourhood: node[0] != "_" and quick(text_of(node)) is not None

    def test(node: str, neighbourhood: Neighbourhood) -> bool:
        if node[0] == "_":
            return False
        answer = search(text_of(node))
        if answer is None:
            neighbourhood.pass_over(pattern, shape)
        return answer is not False

    return test


def _bound(limit: str, allowed: set[int]) -> Test:
    """Return a test for values on one side of a limit."""
    return lambda node, _neighbourhood: compare(node, limit) in allowed


def _language_in(ranges: tuple[str, ...]) -> Test:
    """Return a test for texts in one of some languages, by basic filtering."""
    in_range: dict[str, bool] = {}

    def test(node: str, _neighbourhood: Neighbourhood) -> bool:
        if node[0] != '"' or node[-1] in '">':
            return False
        tag = node[node.rindex("@") + 1 :].lower()
        if tag not in in_range:
            in_range[tag] = any(tag == r or tag.startswith(f"{r}-") or r == "*" for r in ranges)
        return in_range[tag]

    return test


def _logical(name: str, shapes: list[Conforms]) -> Test:
    """Return a test for conforming to one, none, all, some or just one of some shapes."""
    if name == "node":
        return shapes[0]
    if name == "not":
        return lambda node, neighbourhood: not shapes[0](node, neighbourhood)
    if name == "and":
        return lambda node, neighbourhood: all(conforms(node, neighbourhood) for conforms in shapes)
    if name == "or":
        return lambda node, neighbourhood: any(conforms(node, neighbourhood) for conforms in shapes)
    return lambda node, neighbourhood: sum(conforms(node, neighbourhood) for conforms in shapes) == 1


# ---- checks of all values


def make_check(shape: Shape, constraint: Constraint, context: ConstraintContext) -> Check | None:
    """
    Return the check of a constraint that looks at all value nodes at once; None if it requires nothing.

    Args:
        shape: The shape that the constraint belongs to.

        constraint: One whose parameter is in `CHECKS`.

        context: Compiles other shapes and numbers the sources of results.
    """
    name, value = constraint.parameter, constraint.value
    if name == "nodeKind":
        return _node_kind(shacl_name(value), context.source(name))
    if name in {"minCount", "maxCount"}:
        return _count(int(parts_of(value)[0]), name == "minCount", context.source(name))
    if name == "hasValue":
        return _has_value(value, context.source(name))
    if name == "uniqueLang":
        return _unique_language(context.source(name)) if value == _TRUE else None
    if name == "closed":
        return _closed(shape, context.source(name)) if value in {_TRUE, _ONE} else None
    if name in {"lessThan", "lessThanOrEquals"}:
        return _less(value, {-1} if name == "lessThan" else {-1, 0}, context.source(name))
    if name == "equals":
        return _equals(value, context.source(name))
    if name == "disjoint":
        return _disjoint(value, context.source(name))
    return _qualified(shape, value, context)


#: Parameters of constraints that look at all value nodes at once.
CHECKS = {
    *("nodeKind", "minCount", "maxCount", "hasValue", "uniqueLang", "closed", "lessThan", "lessThanOrEquals"),
    *("equals", "disjoint", "qualifiedValueShape"),
}

#: Parameters of constraints that can be violated without any value node.
CAN_LACK = {"minCount", "hasValue", "equals", "closed", "qualifiedValueShape"}


def _node_kind(kind: str, source: int) -> Check:
    """Return a check for IRIs, blank nodes or literals, known by the first character: no call for each value."""
    marks = {"IRI": "<", "BlankNode": "_", "Literal": '"'}
    allowed = frozenset(mark for name, mark in marks.items() if name in kind)

    def check(focus: str, values: Values, _neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        for node in values:
            mark = node[0]
            # A triple that is a term begins like an IRI, and is none of the three.
            if mark not in allowed or (mark == "<" and node[1] == "<"):
                out.append((source, focus, node, ""))

    return check


def _count(count: int, least: bool, source: int) -> Check:
    """Return a check of how many values there are."""

    def at_least(focus: str, values: Values, _neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        if len(values) < count:
            out.append((source, focus, "", ""))

    def at_most(focus: str, values: Values, _neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        if len(values) > count:
            out.append((source, focus, "", ""))

    return at_least if least else at_most


def _has_value(value: str, source: int) -> Check:
    """Return a check that one of the values is a given one."""

    def check(focus: str, values: Values, _neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        if value not in values:
            out.append((source, focus, "", ""))

    return check


def _unique_language(source: int) -> Check:
    """Return a check that no language has two texts: one result for each that has."""

    def check(focus: str, values: Values, _neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        if len(values) < 2:
            return
        counts: dict[str, int] = {}
        for node in values:
            if node[0] == '"' and node[-1] not in '">':
                tag = node[node.rindex("@") + 1 :].lower()
                counts[tag] = counts.get(tag, 0) + 1
        out.extend((source, focus, "", "") for count in counts.values() if count > 1)

    return check


def _closed(shape: Shape, source: int) -> Check:
    """Return a check that nodes have no other properties than a shape names."""
    allowed = frozenset((*shape.also("properties"), *shape.also("ignoredProperties")))

    def check(focus: str, values: Values, neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        for node in values:
            for predicate, objects in neighbourhood.triples(node):
                if predicate not in allowed:
                    out.extend((source, focus, value, predicate[1:-1]) for value in objects)

    return check


def _less(predicate: str, allowed: set[int], source: int) -> Check:
    """Return a check that every value is less than every value of another property."""

    def check(focus: str, values: Values, neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        others = neighbourhood.objects(focus, predicate)
        out.extend(
            (source, focus, node, "") for node in values for other in others if compare(node, other) not in allowed
        )

    return check


def _equals(predicate: str, source: int) -> Check:
    """Return a check that another property has the same values."""

    def check(focus: str, values: Values, neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        others, here = frozenset(neighbourhood.objects(focus, predicate)), frozenset(values)
        out.extend((source, focus, node, "") for node in sorted(others ^ here))

    return check


def _disjoint(predicate: str, source: int) -> Check:
    """Return a check that another property has none of the values."""

    def check(focus: str, values: Values, neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        others = frozenset(neighbourhood.objects(focus, predicate))
        out.extend((source, focus, node, "") for node in values if node in others)

    return check


def _qualified(shape: Shape, qualified: str, context: ConstraintContext) -> Check:
    """Return a check of how many values conform to a shape and to none of its sibling shapes."""
    conforms = context.conforms(qualified)
    siblings = [context.conforms(node) for node in shape.also("siblings") if node != qualified]
    least, most = (shape.also(f"qualified{name}Count") for name in ("Min", "Max"))
    minimum = int(text_of(least[0])) if least else 0
    maximum = int(text_of(most[0])) if most else None
    too_few, too_many = context.source("qualifiedMinCount"), context.source("qualifiedMaxCount")

    def check(focus: str, values: Values, neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        count = 0
        for node in values:
            count += conforms(node, neighbourhood) and not any(sibling(node, neighbourhood) for sibling in siblings)
        if count < minimum:
            out.append((too_few, focus, "", ""))
        if maximum is not None and count > maximum:
            out.append((too_many, focus, "", ""))

    return check
