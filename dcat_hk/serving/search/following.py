"""
Promises and what became of them -> lists, filtered and in order, out of the index.

In: an index, a body or a category. Out: rows. What is overdue in a month is not told here: see `serving/promises`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from ...core.languages import LANGUAGES
from ...core.terms import Iri
from .searching import SearchIndex

#: What says nothing new: a row stays as it was in the plan before.
SILENT_FATES = ("kept", "unchanged")
_PROMISE = (
    "one.iri, one.standing, one.first, one.last, one.until, one.delivered, one.delay, one.moves, one.plan, one.record, "
    "one.told, one.start"
)
_EVENT = "one.iri, one.month, one.kind, one.months, one.plan, one.record, one.stage, one.target, one.start"


@dataclass(frozen=True, slots=True)
class FollowedList:
    """What a list is restricted to: a body or a category by its code; both empty for everything."""

    body: str = ""
    category: str = ""


class PromiseRow(NamedTuple):
    """
    A promise: its dataset, what all plans together say of it, months, and the row that lists it last as planned.

    Where it is planned for an interval, `start` is the first month of it, and `last` the last.
    """

    dataset: Iri
    name: str
    title: str
    iri: Iri
    standing: str
    first: str
    last: str
    until: str
    delivered: str
    delay: int | None
    moves: int
    plan: Iri
    record: Iri
    told: str
    start: str


class EventRow(NamedTuple):
    """
    What a plan says of a row of the plan before, or that it has a new row.

    `kind` is a fate, or `new`; `months` goes with some fates; `stage`, `target` and `start` are those of the newer row.
    Where it is planned for an interval, `start` is the first month of it, and `target` the last.
    """

    dataset: Iri
    name: str
    title: str
    iri: Iri
    month: str
    kind: str
    months: int | None
    plan: Iri
    record: Iri
    stage: str
    target: str
    start: str


class Followed:
    """
    The lists of one build.

    Args:
        index: The index of its datasets.
    """

    def __init__(self, index: SearchIndex) -> None:
        """Keep the index."""
        self._index = index

    def list_events(self, of: FollowedList, language: str, most: int) -> list[EventRow]:
        """
        Return the newest events, the newest first.

        Args:
            of: A body or a category.

            language: The language of titles.

            most: How many at most.
        """
        marks = ", ".join("?" * len(SILENT_FATES))
        condition, values = f"one.kind NOT IN ({marks}) AND one.month <> ''", [*SILENT_FATES]
        rows = self._select(_EVENT, "event", condition, values, of, language, "one.month DESC, one.iri, d.id", most)
        return [EventRow(*row) for row in rows]

    def list_promised(self, of: FollowedList, language: str, most: int) -> list[PromiseRow]:
        """
        Return the promises that the newest plans list as planned with a month, the earliest month first.

        Args:
            of: A body or a category.

            language: The language of titles.

            most: How many at most.
        """
        return self._list_promises(
            "one.standing = 'planned' AND LENGTH(one.last) = 7", [], of, language, "one.last, d.id", most
        )

    def list_codes(self, kind: str) -> list[str]:
        """
        Return the codes of all bodies or categories that have datasets, sorted.

        Args:
            kind: body or category.
        """
        with self._index.use_connection() as database:
            rows = database.execute("SELECT DISTINCT value FROM facet WHERE kind = ? ORDER BY value", (kind,))
            return [row[0] for row in rows]

    def find_label(self, kind: str, code: str, language: str) -> str:
        """
        Return the name of a body or category; its code if it has none.

        Args:
            kind: body or category.

            code: Its code.

            language: The language of the name.
        """
        return self._index.find_label(kind, code, language) or code

    def _list_promises(
        self, condition: str, values: list[Any], of: FollowedList, language: str, order: str, most: int
    ) -> list[PromiseRow]:
        """Return promises that meet a condition."""
        rows = self._select(_PROMISE, "promise", condition, values, of, language, order, most)
        return [PromiseRow(*row) for row in rows]

    def _select(
        self,
        columns: str,
        table: str,
        condition: str,
        values: Sequence[Any],
        of: FollowedList,
        language: str,
        order: str,
        most: int,
    ) -> list[tuple[Any, ...]]:
        """Return rows of a table with their datasets."""
        tag = language if language in LANGUAGES else LANGUAGES[0]
        chosen = {kind: value for kind, value in (("body", of.body), ("category", of.category)) if value}
        kept = "".join(" AND d.id IN (SELECT dataset FROM facet WHERE kind = ? AND value = ?)" for _ in chosen)
        with self._index.use_connection() as database:
            rows = database.execute(
                f'SELECT d.iri, d.name, d."title-{tag}", {columns} FROM {table} '  # noqa: S608 - only our own names
                f"AS one JOIN dataset AS d ON d.id = one.dataset WHERE {condition}{kept} ORDER BY {order} LIMIT ?",
                (*values, *(part for pair in chosen.items() for part in pair), most),
            )
            return rows.fetchall()
