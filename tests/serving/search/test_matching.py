"""What an expression finds and how well it fits is what SQLite says, kept or not, of all or of some datasets."""

import sqlite3

import numpy as np
import pytest

from dcat_hk.serving.search.indexing import FIELDS
from dcat_hk.serving.search.matching import MAX_KEPT, WordMatcher

EXPRESSIONS = ['"医"*', '"csv"', '("急症") OR ("医院")', '"nothing at all"']


@pytest.fixture(scope="module")
def database(library):
    """Open the index of the seeds' catalogue."""
    with sqlite3.connect(library.snapshot.index) as opened:
        yield opened


def list_rows(database, expression):
    """Return position and rank of what an expression finds, row by row."""
    weights = ", ".join(map(str, FIELDS.values()))
    statement = f"SELECT rowid - 1, bm25(words, {weights}) FROM words WHERE words MATCH ? ORDER BY rowid"  # noqa: S608
    return np.array(database.execute(statement, (expression,)).fetchall(), float).reshape(-1, 2)


@pytest.mark.parametrize("room", [0, 200, MAX_KEPT])
@pytest.mark.parametrize("is_ranked", [False, True])
def test_everything_is_found_and_ranked(database, room, is_ranked):
    """Again and again, whatever is kept."""
    matcher = WordMatcher(room)
    for expression in EXPRESSIONS * 3:
        rows = list_rows(database, expression)
        numbers = matcher.match(database, expression, is_ranked=is_ranked)
        assert numbers.tolist() == rows[:, 0].tolist()
        ranks = matcher.rank(database, expression, numbers)
        assert np.allclose(ranks / -1e12, rows[:, 1], rtol=1e-6)
        assert np.array_equal(np.argsort(-ranks, kind="stable"), np.argsort(rows[:, 1], kind="stable"))


@pytest.mark.parametrize("step", [2, 30])
def test_some_are_ranked_as_all_are(database, step):
    """Also where so few are left that they are ranked alone."""
    rows = list_rows(database, '"csv"')[::step]
    numbers = rows[:, 0].astype(np.int32)
    assert len(numbers) > 1
    ranks = WordMatcher().rank(database, '"csv"', numbers)
    assert np.allclose(ranks / -1e12, rows[:, 1], rtol=1e-6)


def test_what_is_kept_is_not_asked_again(database):
    """And what nobody asked for the longest is forgotten first."""
    asked = []
    database.set_trace_callback(lambda text: asked.append(text) if text.startswith("SELECT group_concat") else None)
    matcher = WordMatcher(len(list_rows(database, '"csv"')) + 10)
    for expression in ('"csv"', '"zzz"', '"csv"', '"xxx"', '"csv"', '"zzz"'):
        matcher.match(database, expression)
    database.set_trace_callback(None)
    assert [text.partition('"')[2][:3] for text in asked] == ["csv", "zzz", "xxx", "zzz"]
