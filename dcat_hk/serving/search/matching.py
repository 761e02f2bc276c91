"""
An expression of full-text search -> the datasets that it finds, and how well each fits.

In: the index, an expression. Out: positions of datasets, and ranks. SQLite gives all of them as one text, in one step:
row by row, threads that search at the same time would wait for each other at every row. What was found is kept, because
people ask for the next page, another order, a filter or a file of the same words.
"""

from __future__ import annotations

import sqlite3
import threading
from collections import OrderedDict

import numpy as np
import numpy.typing as npt

from .columns import DatasetList
from .indexing import FIELDS

#: How well each of some datasets fits, the better the higher.
Ranks = npt.NDArray[np.int64]
#: Numbers that are kept in all, of eight bytes at most: 32 MB.
MAX_KEPT = 4_000_000
#: Ranks are whole numbers of this unit. A word that is nearly everywhere counts a millionth of others.
_RANK_UNIT = "1e12"
_BM25 = f"CAST(-{_RANK_UNIT} * bm25(words, {', '.join(map(str, FIELDS.values()))}) AS INTEGER)"
_MATCH = "SELECT group_concat(rowid - 1) FROM words WHERE words MATCH ?"
#: Without the limit SQLite would look for ranks outside of the search, where there are none.
_RANK = (
    "SELECT group_concat(number), group_concat(rank)"  # noqa: S608 - our own names
    f" FROM (SELECT rowid - 1 AS number, {_BM25} AS rank FROM words WHERE words MATCH ? {{}} LIMIT -1)"
)
_RANK_ALL, _RANK_SOME = _RANK.format(""), _RANK.format("AND +rowid IN (SELECT value + 1 FROM json_each(?))")
#: Some datasets are ranked alone if all that were found are as many times more.
_MANY_MORE = 4


class WordMatcher:
    """
    Finds datasets by expressions, in an index that does not change; any number of threads may use it.

    Args:
        room: How many numbers are kept of what was found before.
    """

    def __init__(self, room: int = MAX_KEPT) -> None:
        """Keep nothing yet."""
        self._lock, self._room = threading.Lock(), room
        self._kept: OrderedDict[tuple[str, str], tuple[DatasetList, Ranks]] = OrderedDict()
        self._size = 0

    def match(self, database: sqlite3.Connection, expression: str, *, is_ranked: bool = False) -> DatasetList:
        """
        Return the positions of the datasets that an expression finds, ascending.

        Args:
            database: The index.

            expression: The expression, by `make_expression`.

            is_ranked: Whether it will be asked how well all of them fit: both are found together.
        """
        found = self._find("ranked", expression) or (None if is_ranked else self._find("matched", expression))
        if found is None and is_ranked:
            found = self._rank_all(database, expression)
        elif found is None:
            (text,) = database.execute(_MATCH, (expression,)).fetchone()
            found = self._keep("matched", expression, _read_numbers(text).astype(np.int32), np.empty(0, np.int64))
        return found[0]

    def rank(self, database: sqlite3.Connection, expression: str, numbers: DatasetList) -> Ranks:
        """
        Return how well each of some datasets fits an expression.

        Args:
            database: The index.

            expression: The expression.

            numbers: Positions of datasets that it finds, ascending.
        """
        if not len(numbers):
            return np.empty(0, np.int64)
        found = self._find("ranked", expression)
        if found is None:
            if len(numbers) * _MANY_MORE < len(self.match(database, expression)):
                listed = f"[{','.join(map(str, numbers.tolist()))}]"
                return _sort(*database.execute(_RANK_SOME, (expression, listed)).fetchone())[1]
            found = self._rank_all(database, expression)
        return found[1][np.searchsorted(found[0], numbers)]

    def _rank_all(self, database: sqlite3.Connection, expression: str) -> tuple[DatasetList, Ranks]:
        """Return the datasets that an expression finds, and how well each fits."""
        return self._keep("ranked", expression, *_sort(*database.execute(_RANK_ALL, (expression,)).fetchone()))

    def _find(self, kind: str, expression: str) -> tuple[DatasetList, Ranks] | None:
        """Return what is kept; None if it is not."""
        with self._lock:
            found = self._kept.get((kind, expression))
            if found is not None:
                self._kept.move_to_end((kind, expression))
            return found

    def _keep(self, kind: str, expression: str, numbers: DatasetList, ranks: Ranks) -> tuple[DatasetList, Ranks]:
        """Keep what was found, and forget what nobody has asked for the longest."""
        with self._lock:
            if (kind, expression) not in self._kept:
                self._kept[kind, expression] = numbers, ranks
                # An expression has a size, too, so that those that find nothing are forgotten like others.
                self._size += _measure(expression, numbers, ranks)
            while self._size > self._room:
                (_, old), (gone, unranked) = self._kept.popitem(last=False)
                self._size -= _measure(old, gone, unranked)
        return numbers, ranks


def _measure(expression: str, numbers: DatasetList, ranks: Ranks) -> int:
    """Return how much room something takes that is kept."""
    return len(expression) + len(numbers) + len(ranks)


def _sort(numbers: str | None, ranks: str | None) -> tuple[DatasetList, Ranks]:
    """Return positions, ascending, with their ranks."""
    listed, values = _read_numbers(numbers), _read_numbers(ranks)
    order = np.argsort(listed, kind="stable")
    return listed[order].astype(np.int32), values[order]


def _read_numbers(text: str | None) -> Ranks:
    """Return the numbers of a text, which commas part; no text has none."""
    return np.fromstring(text, np.int64, sep=",") if text else np.empty(0, np.int64)
