"""Stores are read in one order, and closed with the last thing that reads them."""

import gc

import pyoxigraph
import pytest

from dcat_hk.serving.search.indexing import write_index
from dcat_hk.serving.search.stored import StoredThings
from dcat_hk.serving.web.library import read_vocabularies

QUADS = b"""
<urn:a> <urn:title> "\xe6\xb5\xb7"@zh-Hans-t-zh-hant <urn:g> .
<urn:a> <urn:title> "Sea"@en <urn:g> .
<urn:b> <urn:about> <urn:a> <urn:g> .
<urn:a> <urn:about> <urn:a> <urn:h> .
"""


def load(quads):
    """Return a store in memory with quads."""
    store = pyoxigraph.Store()
    store.load(quads, format=pyoxigraph.RdfFormat.N_QUADS)
    return store


def test_values_and_subjects_have_one_order():
    """Printed texts come before converted ones; what two graphs or stores say is there once."""
    things = StoredThings(load(QUADS), load(QUADS))
    assert [term.value for term in things.find_values("urn:a")["urn:title"]] == ["Sea", "海"]
    assert things.find_subjects("urn:about", "urn:a") == ["urn:a", "urn:b"]
    assert (things.find_values("urn:c"), things.find_subjects("urn:about", "urn:b")) == ({}, [])


def test_nothing_holds_the_store_when_the_index_is_written(followed, tmp_path):
    """Also without the collector of cycles: a store that is still open could not be opened for writing."""
    output, base = followed.snapshot.output, followed.base
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.bulk_load((output / "catalogue.nq").read_bytes(), format=pyoxigraph.RdfFormat.N_QUADS)
    gc.collect()
    gc.disable()
    try:
        write_index(tmp_path / "index", store, read_vocabularies(output, base), base)
        with pytest.raises(OSError, match=r"(?i)lock"):
            pyoxigraph.Store(str(tmp_path / "store"))
        del store
        assert len(pyoxigraph.Store(str(tmp_path / "store"))) > 100
    finally:
        gc.enable()
