"""
The index -> facets and orders of all datasets in memory, where 100,000 are counted and sorted in milliseconds.

In: the file of the index, a set of datasets. Out: counts of the values of facets, which datasets have a value, their
order. Each facet and each order is read when it is first asked for, and kept as long as the index is open.
"""

from __future__ import annotations

import sqlite3
import threading
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ...core.languages import LANGUAGES
from ...core.terms import Iri
from .indexing import choose_label

#: A set of datasets: for each of them whether it is in it. A list of them: their positions, from 0.
DatasetSet = npt.NDArray[np.bool_]
DatasetList = npt.NDArray[np.int32]
#: What datasets are sorted by; `{title}` is the column of titles in a language.
SORTING = {
    "month": "month = '', month, id",
    "-month": "month DESC, id",
    "late": "late DESC, id",
    "name": '"{title}", id',
    "-name": '"{title}" DESC, id',
    "identifier": "name, id",
    "-identifier": "name DESC, id",
}


class FacetColumn(NamedTuple):
    """A facet: its values, sorted, and the datasets that have each of them, one value's after the other's."""

    values: tuple[str, ...]
    labels: tuple[tuple[str, ...], ...]
    datasets: DatasetList
    starts: npt.NDArray[np.int64]


class DatasetColumns:
    """What is known of all datasets of an index; any number of threads may use it."""

    def __init__(self) -> None:
        """Read nothing yet."""
        self._lock = threading.Lock()
        self._facets: dict[str, FacetColumn] = {}
        self._places: dict[str, DatasetList] = {}
        self._size: int | None = None
        self._names: frozenset[str] | None = None
        self._added: dict[str, str] = {}

    def count(self, database: sqlite3.Connection) -> int:
        """
        Return how many datasets there are.

        Args:
            database: The index.
        """
        if self._size is None:
            self._size = int(database.execute("SELECT COUNT(*) FROM dataset").fetchone()[0])
        return self._size

    def list_names(self, database: sqlite3.Connection) -> frozenset[str]:
        """
        Return the terms of the whole names of bodies, formats, frequencies and stages.

        Args:
            database: The index.
        """
        if self._names is None:
            self._names = frozenset(name for (name,) in database.execute("SELECT term FROM name"))
        return self._names

    def add_facet(
        self,
        database: sqlite3.Connection,
        kind: str,
        mark: str,
        read: Callable[[], Iterable[tuple[Iri, str]]],
        labels: Mapping[str, Sequence[str]],
    ) -> None:
        """
        Add a facet that the index does not have, unless it is there under the same mark.

        Args:
            database: The index.

            kind: The facet.

            mark: What its values depend on, such as a month.

            read: Returns the IRI of each dataset with its value.

            labels: What values are called, in the order of `LANGUAGES`.
        """
        with self._lock:
            if self._added.get(kind) == mark:
                return
            numbers = {iri: number - 1 for iri, number in database.execute("SELECT iri, id FROM dataset")}
            rows = sorted({(value, numbers[iri]) for iri, value in read() if iri in numbers})
            self._facets[kind] = _gather_facet(rows, {value: tuple(names) for value, names in labels.items()})
            self._added[kind] = mark

    def select(self, database: sqlite3.Connection, kind: str, values: Sequence[str]) -> DatasetSet:
        """
        Return the datasets that have one of some values of a facet.

        Args:
            database: The index.

            kind: The facet.

            values: The values; those that no dataset has select none.
        """
        column, chosen = self._read_facet(database, kind), np.zeros(self.count(database), np.bool_)
        for value in values:
            number = _find(column.values, value)
            if number is not None:
                chosen[column.datasets[column.starts[number] : column.starts[number + 1]]] = True
        return chosen

    def count_values(
        self, database: sqlite3.Connection, kind: str, found: DatasetSet, language: str, most: int
    ) -> Iterator[tuple[str, str, int]]:
        """
        Yield the values of a facet among some datasets: code, label, number; the most frequent first.

        Args:
            database: The index.

            kind: The facet.

            found: The datasets.

            language: The language of labels.

            most: How many values at most.
        """
        column = self._read_facet(database, kind)
        if not column.values:
            return
        # How many of the datasets before each place were found; so many more behind it are those of the value.
        before = np.concatenate(([0], np.cumsum(found[column.datasets])))
        counts = before[column.starts[1:]] - before[column.starts[:-1]]
        tag = LANGUAGES.index(language) if language in LANGUAGES else 0
        for number in np.argsort(-counts, kind="stable")[:most].tolist():
            if counts[number]:
                yield column.values[number], column.labels[number][tag], int(counts[number])

    def sort(self, database: sqlite3.Connection, found: DatasetSet, order: str, language: str) -> DatasetList:
        """
        Return datasets in an order.

        Args:
            database: The index.

            found: The datasets.

            order: One of `SORTING`; any other is the order of the index.

            language: The language of titles.
        """
        numbers: DatasetList = np.flatnonzero(found).astype(np.int32)
        if order not in SORTING:
            return numbers
        places = self._read_places(database, order, language)
        return numbers[np.argsort(places[numbers], kind="stable")]

    def _read_facet(self, database: sqlite3.Connection, kind: str) -> FacetColumn:
        """Return a facet."""
        with self._lock:
            if kind not in self._facets:
                self._facets[kind] = _read_facet(database, kind)
            return self._facets[kind]

    def _read_places(self, database: sqlite3.Connection, order: str, language: str) -> DatasetList:
        """Return the place of each dataset in an order."""
        tag = language if language in LANGUAGES else LANGUAGES[0]
        sorting = SORTING[order].format(title=f"title-{tag}")
        with self._lock:
            if sorting not in self._places:
                statement = f"SELECT id - 1 FROM dataset ORDER BY {sorting}"  # noqa: S608 - only our own names
                listed = np.fromiter((row[0] for row in database.execute(statement)), np.int32)
                places = np.empty(len(listed), np.int32)
                places[listed] = np.arange(len(listed), dtype=np.int32)
                self._places[sorting] = places
            return self._places[sorting]


def _read_facet(database: sqlite3.Connection, kind: str) -> FacetColumn:
    """Return a facet as the index has it."""
    names = ", ".join(choose_label(tag) for tag in LANGUAGES)
    labels = {
        row[0]: tuple(row[1:])
        for row in database.execute(f"SELECT value, {names} FROM label WHERE kind = ?", (kind,))  # noqa: S608 - ours
    }
    rows = database.execute("SELECT value, dataset - 1 FROM facet WHERE kind = ? ORDER BY value, dataset", (kind,))
    return _gather_facet(rows, labels)


def _gather_facet(rows: Iterable[tuple[str, int]], labels: Mapping[str, tuple[str, ...]]) -> FacetColumn:
    """Return a facet of values and positions of datasets, which are sorted."""
    values: list[str] = []
    starts: list[int] = []
    datasets: list[int] = []
    for value, dataset in rows:
        if not values or values[-1] != value:
            values.append(value)
            starts.append(len(datasets))
        datasets.append(dataset)
    starts.append(len(datasets))
    said = tuple(labels.get(value, (value,) * len(LANGUAGES)) for value in values)
    return FacetColumn(tuple(values), said, np.array(datasets, np.int32), np.array(starts, np.int64))


def _find(values: Sequence[str], value: str) -> int | None:
    """Return the place of a value among sorted ones; None if it is not there."""
    # SQLite sorts by bytes of UTF-8, Python by code points: the same order.
    place = bisect_left(values, value)
    return place if place < len(values) and values[place] == value else None
