"""
Shapes -> functions that validate one focus node at a time.

In: shapes as values. Out: raw results for a focus node and its triples. Where triples come from is not known here.

Spec: SHACL, section 3.4 (validation definitions).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ...core.results import Result, name_of, with_canonical_tag
from .constraints import (
    CAN_LACK,
    CHECKS,
    TESTS,
    Check,
    Conforms,
    ConstraintContext,
    NotCompilable,
    RawResult,
    Test,
    make_check,
    make_test,
)
from .neighbourhood import SUBCLASS, TYPE, Block, Neighbourhood, PropertyIndex
from .paths import Walk, needs, plain, walk
from .queries import QueryConstraint
from .query_checks import Messages, QueryStore, make_query_check
from .shapes import Constraint, Shape, ShapeSet, Unsupported, parameters_of
from .terms import vocabulary

#: The most value nodes for which a shape that looks at nothing else remembers whether they conform, and the most
#: combinations of classes for which it is remembered which shapes look at their nodes.
_KEPT = 1 << 15
_QUALIFIED = {
    "qualifiedMinCount": "QualifiedMinCountConstraintComponent",
    "qualifiedMaxCount": "QualifiedMaxCountConstraintComponent",
}

Run = Callable[[str, Sequence[str], Neighbourhood, list[RawResult]], None]


@dataclass(frozen=True, slots=True)
class ResultSource:
    """What the results of one constraint have in common."""

    path: str
    component: str
    severity: str
    shape: str
    messages: tuple[tuple[str, str], ...]
    parameters: tuple[tuple[str, str], ...]


@dataclass(slots=True)
class CompiledShape:
    """A shape as functions: one finds the value nodes, the other checks them."""

    shape: Shape
    run: Run
    steps: Walk | None
    predicate: str
    can_lack: bool
    inner: list[str]

    def report(self, focus: str, neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        """Add the results of validating a node against the shape to a list."""
        self.run(focus, (focus,) if self.steps is None else self.steps(focus, neighbourhood), neighbourhood, out)


@dataclass(slots=True)
class CompiledPlan:
    """The functions for focus nodes of the same shapes: for the node as a whole, and by property."""

    whole: list[CompiledShape] = field(default_factory=list)
    by_predicate: dict[str, list[Run]] = field(default_factory=dict)
    absent: list[tuple[str, Run]] = field(default_factory=list)


#: Stands for the plan of nodes of classes that have not been met together.
_UNKNOWN = CompiledPlan()


class Compiler:
    """
    Compiles shapes once; `judge` then validates one focus node after another.

    Args:
        shapes: Every shape that can be reached from a target.

    Raises:
        Unsupported: A parameter has a value that cannot be compiled.
    """

    def __init__(self, shapes: ShapeSet) -> None:
        """Compile every shape, inner ones first."""
        self.shapes = shapes
        self.sources: list[ResultSource] = []
        self.compiled: dict[str, CompiledShape] = {}
        self.index = PropertyIndex()
        self._closures: dict[str, frozenset[str]] = {}
        self._plans: dict[tuple[str, ...], CompiledPlan] = {}
        self._plans_of_types: dict[tuple[str, ...], CompiledPlan | None] = {}
        refused: set[tuple[str, str]] = set()
        for node in sorted(shapes.by_node):
            try:
                self.compile(node)
            except NotCompilable as error:
                refused.add((str(error), error.node))
        if refused:
            named = [(construct, shapes.names.of(node)) for construct, node in refused]
            raise Unsupported(named, (node for _construct, node in refused))
        self.targets = self._targets()
        self._last_focus = "", ""

    # ---- compiling

    def compile(self, node: str) -> CompiledShape:
        """Return a shape as functions."""
        if node not in self.compiled:
            shape = self.shapes.by_node[node]
            run, inner = self._run(shape)
            path = None if shape.path is None else plain(shape.path)
            names = {constraint.parameter for constraint in shape.constraints}
            self.compiled[node] = CompiledShape(
                shape=shape,
                run=run,
                steps=None if path is None else walk(path),
                predicate=path.predicate if path is not None and path.kind == "iri" else "",
                can_lack=bool(names & CAN_LACK) or any(not constraint.query.is_ask for constraint in shape.queries),
                inner=inner,
            )
        return self.compiled[node]

    def _run(self, shape: Shape) -> tuple[Run, list[str]]:
        """Return the function that checks the value nodes of a shape, and the property shapes of the shape."""
        tests: list[tuple[Test, int]] = []
        checks: list[Check] = []
        inner: list[str] = []
        for constraint in shape.constraints:
            if constraint.parameter in TESTS:
                test = make_test(shape, constraint, self._context(shape, constraint), self.closure)
                tests.append((test, self._source(shape, constraint, constraint.parameter)))
            elif constraint.parameter in CHECKS:
                check = make_check(shape, constraint, self._context(shape, constraint))
                checks += [check] if check else []
            else:
                inner.append(constraint.value)
        checks += [self._query_check(shape, constraint) for constraint in shape.queries]
        nested = [self.compile(node) for node in inner]
        return joined(tests, checks, nested), inner

    def _query_check(self, shape: Shape, constraint: QueryConstraint) -> Check:
        """Return the check of a constraint in SPARQL, whose results may each have messages of their own."""
        numbers: dict[Messages, int] = {}
        path = shape.path.shown if shape.path else ""

        def source_of(messages: Messages) -> int:
            if messages not in numbers:
                numbers[messages] = len(self.sources)
                node, parameters = name_of(shape.node), constraint.parameters
                source = ResultSource(path, constraint.component, shape.severity, node, messages, parameters)
                self.sources.append(source)
            return numbers[messages]

        return make_query_check(constraint, shape.path is None, source_of, shape.messages)

    def _context(self, shape: Shape, constraint: Constraint) -> ConstraintContext:
        """Return what a constraint needs to be compiled."""
        return ConstraintContext(lambda parameter: self._source(shape, constraint, parameter), self.conforms)

    def _source(self, shape: Shape, constraint: Constraint, parameter: str) -> int:
        """Return the number of a source for results."""
        component = _QUALIFIED.get(parameter) or vocabulary()["compiled"][parameter]["component"]
        path = shape.path.shown if shape.path else ""
        parameters = _parameters(shape, constraint, component)
        source = ResultSource(path, component, shape.severity, name_of(shape.node), shape.messages, parameters)
        self.sources.append(source)
        return len(self.sources) - 1

    def conforms(self, node: str) -> Conforms:
        """Return a function that tells whether a node conforms to a shape; it remembers pure shapes' answers."""
        report = self.compile(node).report

        def conforms(value: str, neighbourhood: Neighbourhood) -> bool:
            out: list[RawResult] = []
            report(value, neighbourhood, out)
            return not out

        if not self.is_pure(node):
            return conforms
        answers: dict[str, bool] = {}

        def remembered(value: str, neighbourhood: Neighbourhood) -> bool:
            answer = answers.get(value)
            if answer is None:
                if len(answers) >= _KEPT:
                    answers.clear()
                answer = answers[value] = conforms(value, neighbourhood)
            return answer

        return remembered

    def is_pure(self, node: str) -> bool:
        """Return whether a shape looks at nothing but the value node itself."""
        shape = self.shapes.by_node[node]
        constraints = shape.constraints
        return shape.path is None and not shape.queries and all(self._is_pure(constraint) for constraint in constraints)

    def _is_pure(self, constraint: Constraint) -> bool:
        """Return whether a constraint looks at nothing but the value node itself."""
        if constraint.parameter in {"not", "and", "or", "xone", "node"}:
            return all(self.is_pure(node) for node in constraint.members or (constraint.value,))
        return bool(vocabulary()["compiled"][constraint.parameter].get("pure"))

    # ---- what must be known of other nodes

    @property
    def asks(self) -> bool:
        """Return whether any constraint is checked by a query, while focus nodes are judged."""
        return any(shape.queries for shape in self.shapes.by_node.values())

    @property
    def selects(self) -> bool:
        """Return whether any focus nodes are selected by a query, before they are judged."""
        return any(shape.selecting for shape in self.shapes.targeted)

    @property
    def querying(self) -> list[str]:
        """Return the names of the shapes that have queries."""
        shapes = self.shapes.by_node.values()
        return sorted(self.shapes.names.of(shape.node) for shape in shapes if shape.queries or shape.selecting)

    def needed(self) -> tuple[set[str], set[str], bool]:
        """Return the predicates to index forward and inverse, and whether all predicates must be indexed."""
        pairs = {("forward", SUBCLASS)}
        for shape in self.shapes.targeted:
            pairs |= set(self._needs(shape, True))
        pairs |= {("inverse", value) for name, value in self.targets if name == "targetObjectsOf"}
        forward = {predicate for way, predicate in pairs if way == "forward"}
        inverse = {predicate for way, predicate in pairs if way == "inverse"}
        return forward, inverse, ("all", "") in pairs

    def _needs(self, shape: Shape, near: bool) -> Iterator[tuple[str, str]]:
        """Yield the predicates that a shape needs at the focus node or at another node."""
        if shape.path is not None:
            yield from needs(plain(shape.path), near)
        values_near = near and shape.path is None
        for constraint in shape.constraints:
            name, value = constraint.parameter, constraint.value
            if name == "class":
                yield "forward", TYPE
            elif name in {"equals", "disjoint", "lessThan", "lessThanOrEquals"} and not near:
                yield "forward", value
            elif name == "closed" and not values_near:
                yield "all", ""
            elif name in {"and", "or", "xone", "not", "node", "property", "qualifiedValueShape"}:
                for node in (*(constraint.members or (value,)), *shape.also("siblings")):
                    yield from self._needs(self.shapes.by_node[node], values_near)

    # ---- choosing shapes

    def _targets(self) -> dict[tuple[str, str], list[str]]:
        """Return the shapes of each target."""
        targets: dict[tuple[str, str], list[str]] = {}
        for shape in self.shapes.targeted:
            for target in shape.targets:
                targets.setdefault(target, []).append(shape.node)
        return targets

    def use(self, index: PropertyIndex) -> None:
        """Use an index of other nodes; the subclasses of target classes become targets as well."""
        self.index = index
        self._closures.clear()
        self._plans.clear()
        self._plans_of_types.clear()
        self._classes: dict[str, list[str]] = {}
        for (name, value), nodes in self.targets.items():
            if name == "targetClass":
                for class_ in self.closure(value):
                    self._classes.setdefault(class_, []).extend(nodes)
        self._subjects_of = {
            value: nodes for (name, value), nodes in self.targets.items() if name == "targetSubjectsOf"
        }
        self._objects_of = {value: nodes for (name, value), nodes in self.targets.items() if name == "targetObjectsOf"}
        self._nodes = {value: list(nodes) for (name, value), nodes in self.targets.items() if name == "targetNode"}

    def select(self, store: QueryStore) -> None:
        """Add the focus nodes that queries select in the data."""
        for shape in self.shapes.targeted:
            for query, values in shape.selecting:
                for node in sorted(store.select(query, values)):
                    self._nodes.setdefault(node, []).append(shape.node)

    def closure(self, class_: str) -> frozenset[str]:
        """Return a class and its subclasses."""
        classes = self._closures.get(class_)
        if classes is None:
            classes = self._closures[class_] = self.index.close(class_)
        return classes

    def extra_focus_nodes(self) -> set[str]:
        """Return focus nodes that need not be the subject of anything."""
        nodes = set(self._nodes)
        for predicate in self._objects_of:
            nodes |= self.index.inverse[predicate].keys()
        return nodes

    def shapes_of(self, focus: str, block: Block) -> tuple[str, ...]:
        """Return the shapes whose targets select a node."""
        nodes = [shape for type_ in block.get(TYPE, ()) for shape in self._classes.get(type_, ())]
        for predicate, shapes in self._subjects_of.items():
            if predicate in block:
                nodes += shapes
        for predicate, shapes in self._objects_of.items():
            if focus in self.index.inverse[predicate]:
                nodes += shapes
        if self._nodes:
            nodes += self._nodes.get(focus, ())
        return tuple(dict.fromkeys(nodes))

    def _plan_for(self, focus: str, block: Block) -> CompiledPlan | None:
        """Return the plan for a node; None if no shape looks at it. Nodes of the same classes mostly have the same."""
        if self._subjects_of or self._objects_of or focus in self._nodes:
            shapes = self.shapes_of(focus, block)
            return self.plan(shapes) if shapes else None
        types = tuple(block.get(TYPE, ()))
        plan = self._plans_of_types.get(types, _UNKNOWN)
        if plan is _UNKNOWN:
            if len(self._plans_of_types) >= _KEPT:
                self._plans_of_types.clear()
            shapes = self.shapes_of(focus, block)
            plan = self._plans_of_types[types] = self.plan(shapes) if shapes else None
        return plan

    def plan(self, shapes: tuple[str, ...]) -> CompiledPlan:
        """Return the plan for focus nodes of some shapes."""
        plan = self._plans.get(shapes)
        if plan is None:
            plan = self._plans[shapes] = CompiledPlan()
            for node in shapes:
                self._add(plan, self.compiled[node])
        return plan

    def _add(self, plan: CompiledPlan, compiled: CompiledShape) -> None:
        """Add a shape to a plan; the property shapes of a node shape are added separately."""
        if compiled.predicate:
            plan.by_predicate.setdefault(compiled.predicate, []).append(compiled.run)
            if compiled.can_lack:
                plan.absent.append((compiled.predicate, compiled.run))
        elif compiled.shape.path is None:
            rest = [c for c in compiled.shape.constraints if c.parameter != "property"]
            if rest or compiled.shape.queries:
                plan.whole.append(self._without_properties(compiled))
            for node in compiled.inner:
                self._add(plan, self.compiled[node])
        else:
            plan.whole.append(compiled)

    def _without_properties(self, compiled: CompiledShape) -> CompiledShape:
        """Return a node shape without its property shapes."""
        if not compiled.inner:
            return compiled
        shape = compiled.shape
        constraints = tuple(c for c in shape.constraints if c.parameter != "property")
        alone = replace(shape, constraints=constraints, targets=(), selecting=())
        run, inner = self._run(alone)
        return CompiledShape(alone, run, None, "", False, inner)

    # ---- judging

    def judge(self, focus: str, block: Block, neighbourhood: Neighbourhood, out: list[RawResult]) -> bool:
        """Add the results of a node to a list; return whether any shape looks at it."""
        plan = self._plan_for(focus, block)
        if plan is None:
            return False
        neighbourhood.look(focus, block)
        for compiled in plan.whole:
            compiled.report(focus, neighbourhood, out)
        by_predicate = plan.by_predicate
        for predicate, values in block.items():
            for run in by_predicate.get(predicate, ()):
                run(focus, values, neighbourhood, out)
        for predicate, run in plan.absent:
            if predicate not in block:
                run(focus, (), neighbourhood, out)
        return True

    def result(self, raw: RawResult) -> Result:
        """Return a raw result together with what its source states."""
        number, focus, value, path = raw
        source = self.sources[number]
        return Result(
            severity=source.severity,
            focus_node=self._focus_name(focus),
            path=path or source.path,
            value=with_canonical_tag(value),
            component=source.component,
            source_shape=source.shape,
            messages=source.messages,
            parameters=source.parameters,
        )

    def _focus_name(self, focus: str) -> str:
        """Return the name of a focus node: one text for all its results, which follow one another."""
        if focus != self._last_focus[0]:
            self._last_focus = focus, focus if focus.startswith('"') else name_of(focus)
        return self._last_focus[1]


def _parameters(shape: Shape, constraint: Constraint, component: str) -> tuple[tuple[str, str], ...]:
    """Return what a constraint requires, as results state it."""
    own = [(constraint.parameter, value) for value in constraint.members or (constraint.value,)]
    return (*own, *((name, value) for name in parameters_of(component)[1:] for value in shape.also(name)))


def joined(tests: list[tuple[Test, int]], checks: list[Check], nested: list[CompiledShape]) -> Run:
    """Return one function for the tests, checks and property shapes of a shape."""
    if len(tests) == 1 and not checks and not nested:
        return _only(*tests[0])
    if len(checks) == 1 and not tests and not nested:
        return checks[0]
    if len(checks) == 2 and not tests and not nested:
        return _both(*checks)

    def run(focus: str, values: Sequence[str], neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        for test, source in tests:
            for value in values:
                if not test(value, neighbourhood):
                    out.append((source, focus, value, ""))  # noqa: PERF401 - mostly nothing is added
        for check in checks:
            check(focus, values, neighbourhood, out)
        for compiled in nested:
            for value in values:
                compiled.report(value, neighbourhood, out)

    return run


def _both(first: Check, second: Check) -> Run:
    """Return a function for two checks, which is what most shapes have."""

    def run(focus: str, values: Sequence[str], neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        first(focus, values, neighbourhood, out)
        second(focus, values, neighbourhood, out)

    return run


def _only(test: Test, source: int) -> Run:
    """Return a function for a single test."""

    def run(focus: str, values: Sequence[str], neighbourhood: Neighbourhood, out: list[RawResult]) -> None:
        for value in values:
            if not test(value, neighbourhood):
                out.append((source, focus, value, ""))  # noqa: PERF401 - mostly nothing is added

    return run
