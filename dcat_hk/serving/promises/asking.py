"""
Questions about promises as of a month -> figures, plans, and lists page by page with facets.

In: the file that `recording` wrote. Out: rows. Any number of threads may ask.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...core.languages import LANGUAGES
from ...core.terms import Iri
from .recording import LISTS

#: The orders of lists; the first that a list has is its own.
_SORTING: Mapping[str, Mapping[str, str]] = {
    "promise": {
        "late": "state = 'overdue' DESC, COALESCE(months, 0) DESC, id",
        "month": "target IS NULL, target, id",
        "-month": "target IS NULL, target DESC, id",
        "name": "shown, id",
        "plan": "id",
    },
    "arrival": {"-month": "month DESC, id", "month": "month, id", "name": "shown, id"},
    "change": {"-month": "id", "month": "month, id", "name": "shown, id"},
}
#: Values of a facet that are counted.
_MAX_VALUES = 200

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ListQuestion:
    """
    Which list, what its rows must have, in which order, which part of it.

    `filters` has for each kind of facet the values of which a row must have one. `since` is the month from which rows
    of lists with a month count.
    """

    name: str
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: str = ""
    start: int = 0
    rows: int = 20
    language: str = LANGUAGES[0]
    since: str = ""


@dataclass(frozen=True, slots=True)
class ListAnswer:
    """The number of rows found, those of the part asked for, and how many rows have each value of each facet."""

    count: int
    rows: tuple[Row, ...]
    facets: Mapping[str, tuple[tuple[str, int], ...]]


def list_orders(name: str) -> tuple[str, ...]:
    """
    Return the orders of a list, its own first.

    >>> list_orders("arrival")
    ('-month', 'month', 'name')
    """
    return tuple(_SORTING[name])


class PromiseMonth:
    """
    What is known of promises as of a month.

    Args:
        path: The file that `write_month` wrote.
    """

    def __init__(self, path: Path) -> None:
        """Keep the path, and read what the month is and which months are known of."""
        self._path = path
        with self._open() as database:
            facts = dict(database.execute("SELECT name, value FROM fact").fetchall())
        #: The month; the month of the first plan, of the newest known one, and the last month that any plan is for.
        self.month, self.first, self.newest, self.last = (facts[name] for name in ("month", "first", "newest", "last"))

    def list_figures(self, grouping: str, body: str = "") -> list[Row]:
        """
        Return the figures of each group, sorted.

        Args:
            grouping: all, body, year or body-year.

            body: The code of the only body that is wanted; empty for all.
        """
        sql = "SELECT * FROM figure WHERE grouping = ? AND (? = '' OR body = ?) ORDER BY body, year IS NULL, year"
        return self._read(sql, (grouping, body, body))

    def list_plans(self, body: str = "") -> list[Row]:
        """
        Return the known plans, the newest first.

        Args:
            body: The code of the only body that is wanted; empty for all.
        """
        sql = "SELECT * FROM plan WHERE (? = '' OR body = ?) ORDER BY month DESC, body, first_year DESC"
        return self._read(sql, (body, body))

    def list_bodies(self) -> list[str]:
        """Return the codes of all bodies with a known plan, sorted."""
        return [row["body"] for row in self._read("SELECT DISTINCT body FROM plan ORDER BY body")]

    def list_months(self) -> list[Row]:
        """Return each promised month with the number of promises, in all and by state."""
        sql = (
            "SELECT target AS month, COUNT(*) AS promises, SUM(state = 'kept') AS kept, "
            "SUM(state = 'kept-late') AS late, SUM(state = 'overdue') AS overdue FROM promise "
            "WHERE target IS NOT NULL GROUP BY target ORDER BY target"
        )
        return self._read(sql)

    def count_values(self, name: str, kind: str) -> list[tuple[str, int]]:
        """
        Return all values of a facet of a list with the number of rows that have them, sorted.

        Args:
            name: The list.

            kind: The kind of the facet.
        """
        sql = "SELECT value, COUNT(*) AS number FROM facet WHERE list = ? AND kind = ? GROUP BY value ORDER BY value"
        return [(row["value"], row["number"]) for row in self._read(sql, (name, kind))]

    def find_promise(self, dataset: str) -> Row | None:
        """
        Return the promise of a dataset; None if no plan has promised it.

        Args:
            dataset: The IRI of the dataset.
        """
        return next(iter(self._read("SELECT * FROM promise WHERE dataset = ? ORDER BY id LIMIT 1", (dataset,))), None)

    def find_promises(self, datasets: Sequence[Iri]) -> dict[Iri, Row]:
        """
        Return the promises of some datasets by their IRIs; those that no plan has promised are not among them.

        Args:
            datasets: The IRIs; few enough for a page.
        """
        sql = f"SELECT * FROM promise WHERE dataset IN ({', '.join('?' * len(datasets))}) ORDER BY id DESC"  # noqa: S608
        return {row["dataset"]: row for row in self._read(sql, datasets)}

    def list_states(self) -> list[tuple[Iri, str]]:
        """Return the IRI of each promised dataset with the state of its promise."""
        return [(row["dataset"], row["state"]) for row in self._read("SELECT dataset, state FROM promise")]

    def ask(self, question: ListQuestion, facets: Sequence[str] = ()) -> ListAnswer:
        """
        Return a part of a list.

        Args:
            question: The question.

            facets: The kinds of facets whose values are counted, among all rows that were found.
        """
        name, values = question.name, [question.since] if question.since else []
        assert name in LISTS
        conditions = ["month >= ?"] if question.since else []
        for kind, chosen in question.filters.items():
            if chosen:
                marks = ", ".join("?" * len(chosen))
                conditions.append(f"id IN (SELECT id FROM facet WHERE list = ? AND kind = ? AND value IN ({marks}))")  # noqa: S608
                values += [name, kind, *chosen]
        where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
        language = question.language if question.language in LANGUAGES else LANGUAGES[0]
        orders = _SORTING[name]
        order = orders.get(question.order) or next(iter(orders.values()))
        with self._open() as database:
            count = database.execute(f"SELECT COUNT(*) FROM {name} {where}", values).fetchone()[0]  # noqa: S608 - our own names; values have marks
            rows = database.execute(
                f'SELECT *, "title-{language}" AS shown FROM {name} {where} ORDER BY {order} LIMIT ? OFFSET ?',  # noqa: S608 - as above
                (*values, question.rows, question.start),
            ).fetchall()
            counted = {
                kind: tuple(
                    (row[0], row[1])
                    for row in database.execute(
                        "SELECT value, COUNT(*) FROM facet WHERE list = ? AND kind = ? "  # noqa: S608 - as above
                        f"AND id IN (SELECT id FROM {name} {where}) "
                        f"GROUP BY value ORDER BY 2 DESC, value LIMIT {_MAX_VALUES}",
                        (name, kind, *values),
                    )
                )
                for kind in facets
            }
        return ListAnswer(count, tuple(map(dict, rows)), counted)

    def _read(self, sql: str, values: Sequence[str] = ()) -> list[Row]:
        """Return the rows that a statement finds."""
        with self._open() as database:
            return [dict(row) for row in database.execute(sql, tuple(values))]

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """Give a connection for reading; the file never changes."""
        address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as database:
            database.row_factory = sqlite3.Row
            yield database
