"""Facets are counted and datasets sorted in memory as the tables of the index have them."""

import sqlite3

import numpy as np
import pytest

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.serving.search.columns import SORTING, DatasetColumns
from dcat_hk.serving.search.indexing import FACETS, KEYWORD


@pytest.fixture(scope="module")
def database(library):
    """Open the index of the seeds' catalogue."""
    with sqlite3.connect(library.snapshot.index) as opened:
        yield opened


@pytest.fixture
def columns():
    """Return columns of which nothing is read yet."""
    return DatasetColumns()


@pytest.mark.parametrize("kind", [*FACETS, KEYWORD])
def test_values_are_counted_among_what_was_found(database, columns, kind):
    """As SQL counts them, the most frequent first, those of the same number by code."""
    size = columns.count(database)
    for found in (np.ones(size, np.bool_), np.arange(size) % 3 == 0, np.zeros(size, np.bool_)):
        chosen = ", ".join(str(number + 1) for number in np.flatnonzero(found))
        expected = database.execute(
            f"SELECT value, COUNT(*) FROM facet WHERE kind = ? AND dataset IN ({chosen}) "  # noqa: S608
            "GROUP BY value ORDER BY COUNT(*) DESC, value",
            (kind,),
        ).fetchall()
        counted = [(code, number) for code, _label, number in columns.count_values(database, kind, found, "en", 10**6)]
        assert counted == expected
        assert len(list(columns.count_values(database, kind, found, "en", 2))) == min(2, len(expected))


@pytest.mark.parametrize("order", SORTING)
def test_orders_are_those_of_the_index(database, columns, order):
    """In every language, of all or of some datasets."""
    found = np.arange(columns.count(database)) % 2 == 0
    for tag in LANGUAGES:
        sorting = SORTING[order].format(title=f"title-{tag}")
        expected = [row[0] for row in database.execute(f"SELECT id - 1 FROM dataset ORDER BY {sorting}")]  # noqa: S608
        assert columns.sort(database, found, order, tag).tolist() == [one for one in expected if found[one]]
    assert columns.sort(database, found, "relevance", "en").tolist() == np.flatnonzero(found).tolist()


def test_datasets_with_one_of_some_values_are_selected(database, columns):
    """A value that no dataset has selects none."""
    both = columns.select(database, "stage", ["planned", "released", "nothing"])
    assert both.sum() == columns.count(database)
    planned = columns.select(database, "stage", ["planned"])
    number = database.execute("SELECT COUNT(*) FROM facet WHERE kind = 'stage' AND value = 'planned'").fetchone()[0]
    assert planned.sum() == number > 0
    assert columns.select(database, "body", ["zzz", "", "hk"]).sum() == 0
    assert list(columns.count_values(database, "nothing", both, "en", 5)) == []


def test_labels_are_in_the_language_of_the_question(database, columns):
    """Where there is none, the code stands for it."""
    found = np.ones(columns.count(database), np.bool_)
    labels = {code: label for code, label, _number in columns.count_values(database, "body", found, "en", 100)}
    assert labels["hk-hhb"] == "Health Bureau"
    assert all(label == code for code, label, _ in columns.count_values(database, "year", found, "zh-Hant", 100))
