"""A published folder as a store in memory."""

import pytest

from dcat_hk.core.errors import NotReadable, StoreError, UsageError
from dcat_hk.serving.stores.answers import AskResult, GraphResult
from dcat_hk.serving.stores.memory import MemoryStore


def test_forms_of_queries_have_their_answers(catalogue):
    """A table, a truth value, a graph; the default graph is the union, unless the query says otherwise."""
    store = MemoryStore(catalogue)
    assert store.query("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").variables == ["n"]
    assert store.query("ASK { ?s ?p ?o }") == AskResult(True)
    assert store.query("ASK FROM <urn:none> { ?s ?p ?o }") == AskResult(False)
    assert isinstance(store.query("DESCRIBE <urn:none>"), GraphResult)


def test_languages_are_compared_as_they_are_shown(catalogue):
    """As the endpoint and the command have them, in the case of BCP 47, though the store keeps them in lower case."""
    store = MemoryStore(catalogue)
    assert store.query('ASK { ?s ?p ?o FILTER(LANG(?o) = "zh-Hant") }') == AskResult(True)
    rows = store.query("SELECT DISTINCT (LANG(?o) AS ?tag) { ?s ?p ?o FILTER(LANG(?o) != '') }").rows
    assert {row[0].value for row in rows} >= {"zh-Hant", "zh-Hans", "en"}


def test_what_cannot_be_answered_is_an_error(catalogue, tmp_path):
    """No catalogue, a broken one, an update."""
    with pytest.raises(NotReadable):
        MemoryStore(tmp_path)
    (tmp_path / "catalogue.nq").write_text("<broken", encoding="utf-8")
    with pytest.raises(NotReadable, match="broken"):
        MemoryStore(tmp_path)
    with pytest.raises((UsageError, StoreError)):
        MemoryStore(catalogue).query("DROP ALL")
