"""The index holds every dataset, with what it is found by, and is the same each time."""

import sqlite3

import pyoxigraph
import pytest

from dcat_hk.serving.search.indexing import FACETS, write_index
from dcat_hk.serving.web.library import read_vocabularies

BASE = "https://example.org/dcat-hk/"


@pytest.fixture(scope="module")
def stores(catalogue):
    """Return the store of the seeds' catalogue and that of its vocabularies."""
    store = pyoxigraph.Store()
    store.bulk_load(path=str(catalogue / "catalogue.nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    return store, read_vocabularies(catalogue, BASE)


def read_all(path):
    """Return all rows of all tables of an index."""
    with sqlite3.connect(path) as database:
        return [
            database.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()  # noqa: S608
            for table in ("dataset", "facet", "label")
        ]


def test_the_same_catalogue_gives_the_same_index(stores, tmp_path):
    """Every dataset is in it once, with titles in all languages and values of facets that have labels."""
    for name in ("a", "b"):
        write_index(tmp_path / name, *stores, BASE)
    datasets, facets, labels = read_all(tmp_path / "a")
    assert read_all(tmp_path / "a") == read_all(tmp_path / "b")
    assert len(datasets) == len({row[1] for row in datasets}) == 187
    assert all(title for row in datasets for title in row[-3:])
    assert {kind for kind, _value, _dataset in facets} == {*FACETS, "keyword"}
    labelled = {(kind, value) for kind, value, *_names in labels}
    assert {(kind, value) for kind, value, _dataset in facets if kind not in {"year", "keyword"}} == labelled


def test_a_promised_format_is_a_facet_before_anything_is_released(stores, tmp_path):
    """A planned dataset has no distribution, but its plan says the format."""
    write_index(tmp_path / "index", *stores, BASE)
    with sqlite3.connect(tmp_path / "index") as database:
        planned = "SELECT dataset FROM facet WHERE kind = 'stage' AND value = 'planned'"
        formats = "SELECT COUNT(DISTINCT dataset) FROM facet WHERE kind = 'format' AND dataset IN"
        assert database.execute(f"{formats} ({planned})").fetchone()[0] > 20
