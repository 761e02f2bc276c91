"""
Questions -> datasets, with the number found and how many have each value of each facet.

In: the file that `indexing` wrote, a question, filters, an order. Out: IRIs of datasets, page by page. A question never
fails: what cannot be searched for finds nothing.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ...core.languages import LANGUAGES
from ...core.terms import Iri
from .columns import SORTING, DatasetColumns
from .indexing import FACETS, choose_label
from .matching import MAX_KEPT, WordMatcher
from .words import QuestionPart, SearchColumns, make_expression, split_question

#: The orders of results; the last is that of what was asked for without words.
ORDERS = ("relevance", "month", "-month", "late", "name")
#: Words of a question may stand apart in what names the dataset, which is short. Names of bodies, categories and
#: formats are known in every language, and those of bodies hold one another.
SEARCH_COLUMNS = SearchColumns(apart=("title", "keyword"), labels=("about", "body", "other"), named=("body",))
#: Values of a facet that are counted where no other number is asked for: more would be a list of their own.
MAX_VALUES = 200


class FacetCondition(NamedTuple):
    """A condition: a dataset has one of these values of a facet, or it has none of them (`is_wanted` is False)."""

    kind: str
    values: tuple[str, ...]
    is_wanted: bool = True


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """
    What is looked for: words, values of facets, an order, a page.

    `filters` has for each kind of facet the values of which a dataset must have one; `conditions` are kept, too, all of
    them.
    """

    words: str = ""
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: str = "relevance"
    start: int = 0
    rows: int = 20
    language: str = LANGUAGES[0]
    conditions: Sequence[FacetCondition] = ()


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet: its code, its label in the language of the question, how many datasets have it."""

    code: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The number of datasets found, the IRIs of those on the page, the facets, and the parts of the question."""

    count: int
    datasets: tuple[Iri, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    parts: tuple[QuestionPart, ...] = ()


class SearchIndex:
    """
    An index that is open for reading; any number of threads may use it.

    The file is open as often as searches ran at the same time. Threads come and go: none keeps the file open.

    Args:
        path: The file that `write_index` wrote.

        room: How many numbers are kept of what was found before.
    """

    def __init__(self, path: Path, room: int = MAX_KEPT) -> None:
        """Keep the path; the file is opened by the first search."""
        self._path, self._lock, self._is_closed = path, threading.Lock(), False
        self._idle: list[sqlite3.Connection] = []
        self._columns, self._matcher = DatasetColumns(), WordMatcher(room)

    def search(self, question: SearchQuestion, facets: Sequence[str] = FACETS, most: int = MAX_VALUES) -> SearchResult:
        """
        Return the datasets that a question finds.

        Args:
            question: The question.

            facets: The facets whose values are counted, among the datasets found.

            most: How many values of a facet are returned, the most frequent first.
        """
        with self.use_connection() as database:
            parts = tuple(split_question(question.words, self._columns.list_names(database)))
            if question.words.strip() and not parts:
                return SearchResult(0, (), dict.fromkeys(facets, ()), parts)
            return self._search(database, question, facets, parts, most)

    def _search(
        self,
        database: sqlite3.Connection,
        question: SearchQuestion,
        facets: Sequence[str],
        parts: tuple[QuestionPart, ...],
        most: int,
    ) -> SearchResult:
        """Return the datasets that a question finds, through a connection that nobody else uses."""
        columns, order = self._columns, question.order
        found = np.ones(columns.count(database), np.bool_)
        expression = make_expression(parts, SEARCH_COLUMNS)
        if expression:
            found[:] = False
            is_ranked = order not in SORTING and not question.filters and not question.conditions
            found[self._matcher.match(database, expression, is_ranked=is_ranked)] = True
        for kind, values in question.filters.items():
            if values:
                found &= columns.select(database, kind, values)
        for condition in question.conditions:
            selected = columns.select(database, condition.kind, condition.values)
            found &= selected if condition.is_wanted else ~selected
        counted = {
            kind: tuple(
                FacetValue(*one) for one in columns.count_values(database, kind, found, question.language, most)
            )
            for kind in facets
        }
        sorted_ones = columns.sort(database, found, order, question.language)
        if expression and order not in SORTING:
            # How well a dataset fits takes most of the time, and counts only where they are sorted by it. What is as
            # good stays in the order of the index.
            ranks = self._matcher.rank(database, expression, sorted_ones)
            sorted_ones = sorted_ones[np.argsort(-ranks, kind="stable")]
        page = sorted_ones[question.start : question.start + question.rows].tolist()
        return SearchResult(len(sorted_ones), self._list_page(database, page), counted, parts)

    def add_facet(
        self,
        kind: str,
        mark: str,
        read: Callable[[], Iterable[tuple[Iri, str]]],
        labels: Mapping[str, Sequence[str]],
    ) -> None:
        """
        Add a facet that questions can ask for, unless it is there under the same mark.

        Args:
            kind: The facet.

            mark: What its values depend on, such as a month.

            read: Returns the IRI of each dataset with its value.

            labels: What values are called, in the order of `LANGUAGES`.
        """
        with self.use_connection() as database:
            self._columns.add_facet(database, kind, mark, read, labels)

    def find_label(self, kind: str, value: str, language: str) -> str:
        """
        Return what a value of a facet is called; empty if no dataset has it.

        Args:
            kind: The kind of the facet.

            value: The code of the value.

            language: The language of the label; without one, it is that of a language near to it.
        """
        language = language if language in LANGUAGES else LANGUAGES[0]
        with self.use_connection() as database:
            row = database.execute(
                f"SELECT {choose_label(language)} FROM label WHERE kind = ? AND value = ?",  # noqa: S608 - our own names
                (kind, value),
            ).fetchone()
        return row[0] or "" if row else ""

    def find_by_uuid(self, value: str) -> Iri | None:
        """
        Return the dataset that has a UUID, or a distribution with it; None if there is none.

        Args:
            value: The UUID, in lower case.
        """
        read = "SELECT iri FROM uuid JOIN dataset ON id = dataset WHERE value = ?"
        with self.use_connection() as database:
            row = database.execute(read, (value,)).fetchone()
        return row[0] if row else None

    def close(self) -> None:
        """Close the file; what is being searched is closed at its end."""
        with self._lock:
            self._is_closed = True
            idle, self._idle = self._idle, []
        for connection in idle:
            connection.close()

    def _list_page(self, database: sqlite3.Connection, numbers: Sequence[int]) -> tuple[Iri, ...]:
        """Return the IRIs of the datasets on a page."""
        read = "SELECT iri FROM dataset WHERE id = ?"
        return tuple(database.execute(read, (number + 1,)).fetchone()[0] for number in numbers)

    @contextmanager
    def use_connection(self) -> Iterator[sqlite3.Connection]:
        """Give a connection that nobody else uses; it is kept for the next search."""
        with self._lock:
            connection = self._idle.pop() if self._idle else None
        connection = connection or self._open()
        try:
            yield connection
        finally:
            with self._lock:
                is_kept = not self._is_closed
                if is_kept:
                    self._idle.append(connection)
            if not is_kept:
                connection.close()

    def _open(self) -> sqlite3.Connection:
        """Return a new connection, which threads may hand to each other."""
        address = f"{self._path.resolve().as_uri()}?mode=ro&immutable=1"
        connection = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection
