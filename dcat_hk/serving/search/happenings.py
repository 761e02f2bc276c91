"""
A store -> what plans promised and what became of it, as rows of two tables of the index.

In: a dataset and the values of its records and of its promise. Out: rows of `promise` and of `event`. Nothing is judged
here: states, months and fates are those of the catalogue, and nothing depends on the day.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from ...core.namespaces import DCT, PROV, RDF, PlanTerms
from ...core.terms import Iri
from .stored import StoredThings, Values

#: The tables; `dataset` is the number that the index gives a dataset.
TABLES = """
CREATE TABLE promise (dataset INTEGER, iri TEXT, standing TEXT, first TEXT, last TEXT, until TEXT, delivered TEXT,
    delay INTEGER, moves INTEGER, plan TEXT, record TEXT, told TEXT, start TEXT);
CREATE TABLE event (dataset INTEGER, iri TEXT, month TEXT, kind TEXT, months INTEGER, plan TEXT, record TEXT,
    stage TEXT, target TEXT, start TEXT, UNIQUE (dataset, iri));
"""
INDEXES = """
CREATE INDEX promise_of ON promise (dataset); CREATE INDEX promise_by_month ON promise (standing, last);
CREATE INDEX event_of ON event (dataset); CREATE INDEX event_by_month ON event (month, iri);
"""
#: How many values the rows of each table have.
PROMISE_SIZE, EVENT_SIZE = 13, 10
#: What a row is where the plan before does not list it.
NEW = "new"


class PlanOfRecord(NamedTuple):
    """The plan that a record is a row of, and the month that it was issued; both empty if they are not stated."""

    iri: Iri = ""
    month: str = ""


class HappeningGatherer:
    """
    Gathers what happened to datasets; plans are looked up once.

    Args:
        things: The things of the catalogue.

        base: The base IRI of the catalogue.
    """

    def __init__(self, things: StoredThings, base: Iri) -> None:
        """Keep the things; no plan is known yet."""
        self._things, self._plan = things, PlanTerms(base)
        # No function that keeps results: it would hold this, and with it the store open.
        self._plans: dict[Iri, PlanOfRecord] = {}

    def gather_promises(self, around: Mapping[Iri, Values]) -> Iterator[tuple[Any, ...]]:
        """
        Yield the rows of the table of promises, without the number of the dataset.

        Args:
            around: The values of the records and the promise of a dataset, by IRI.
        """
        plan = self._plan
        for iri, values in around.items():
            if not _is_a(values, plan.Promise):
                continue
            record = _first(values, plan.lastPromise)
            row = (around.get(record) or self._things.find_values(record)) if record else {}
            told = self._plan_of(row) if record else PlanOfRecord()
            months = [_first(values, name) for name in (plan.firstTarget, plan.lastTarget, plan.until, plan.delivered)]
            numbers = [_read_number(_first(values, name)) for name in (plan.delay, plan.moves)]
            standing = _first(values, plan.standing).rpartition("#")[2]
            start = self._find_start(row, months[1])
            yield (iri, standing, *months, *numbers, told.iri, record, told.month, start)

    def gather_events(self, around: Mapping[Iri, Values]) -> Iterator[tuple[Any, ...]]:
        """
        Yield the rows of the table of events, without the number of the dataset.

        An event is what a plan says of a row of the plan before, or a row that the plan before does not have.

        Args:
            around: The values of the records and the promise of a dataset, by IRI.
        """
        rows = {iri: values for iri, values in around.items() if _is_a(values, self._plan.Entry)}
        followed = {record: self._things.find_subjects(self._plan.after, record) for record in rows}
        # Rows under one number are parts of one dataset: what is said of one of them stands for all in its plan.
        told = {self._plan_of(rows[record]).iri for record, changes in followed.items() if changes}
        seen: set[Iri] = set()
        for record, changes in followed.items():
            for change in changes or self._find_endings(record):
                if change not in seen:
                    seen.add(change)
                    yield self._describe_change(change, record, rows[record] if changes else {})
            plan = self._plan_of(rows[record])
            if plan.iri not in told:
                told.add(plan.iri)
                yield (record, plan.month, NEW, None, plan.iri, record, *self._describe_row(rows[record]))

    def _find_endings(self, record: Iri) -> list[Iri]:
        """Return the changes that say that no row goes on with a record."""
        changes = self._things.find_subjects(self._plan.before, record)
        return [change for change in changes if not self._things.find_values(change).get(self._plan.after)]

    def _describe_change(self, change: Iri, record: Iri, row: Values) -> tuple[Any, ...]:
        """Return the row of a change; `row` is that of the newer plan, empty if it has none."""
        values = self._things.find_values(change)
        plan = _first(values, self._plan.inPlan)
        fate = _first(values, self._plan.fate).rpartition("#")[2]
        months = _read_number(_first(values, self._plan.months))
        return (change, self._find_plan(plan).month, fate, months, plan, record, *self._describe_row(row))

    def _describe_row(self, row: Values) -> tuple[str, str, str]:
        """Return the stage of a row, the last month that it states, and the first one of an interval."""
        plan = self._plan
        stage = _first(row, plan.stage).rpartition("#")[2]
        names = (plan.targetEnd, plan.targetDate, plan.releaseEnd, plan.releaseDate)
        month = next((month for name in names if (month := _first(row, name))), "")
        return stage, month, self._find_start(row, month)

    def _find_start(self, row: Values, month: str) -> str:
        """Return the first month of the interval of a row that ends with a month; empty if it states none."""
        plan = self._plan
        spans = ((plan.targetStart, plan.targetEnd), (plan.releaseStart, plan.releaseEnd))
        return next((_first(row, start) for start, end in spans if month and _first(row, end) == month), "")

    def _plan_of(self, record: Values) -> PlanOfRecord:
        """Return the plan of a record."""
        source = _first(record, PROV.wasDerivedFrom)
        plan = _first(self._things.find_values(source), PROV.specializationOf) if source else ""
        return self._find_plan(plan) if plan else PlanOfRecord()

    def _find_plan(self, plan: Iri) -> PlanOfRecord:
        """Return a plan with its month."""
        if plan and plan not in self._plans:
            self._plans[plan] = PlanOfRecord(plan, _first(self._things.find_values(plan), DCT.issued))
        return self._plans.get(plan, PlanOfRecord())


def _is_a(values: Values, kind: Iri) -> bool:
    """Return whether a thing is of a class."""
    return any(term.value == kind for term in values.get(RDF.type, ()))


def _first(values: Values, predicate: Iri) -> str:
    """Return the first value of a property as text; empty if there is none."""
    return next((str(term.value) for term in values.get(predicate, ())), "")


def _read_number(text: str) -> int | None:
    """Return a whole number; None if there is none."""
    return int(text) if text else None
