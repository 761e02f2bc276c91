"""Queries of a folder or a store: read only, within a time limit, on the graphs that the query names."""

from __future__ import annotations

import os

import pyoxigraph
import pytest
from support.stores import ScriptedServer

from dcat_hk.core.caching import Cache
from dcat_hk.core.errors import NotReadable, StoreError, UsageError
from dcat_hk.core.settings import Settings
from dcat_hk.serving.stores.access import Credentials
from dcat_hk.serving.stores.graphs import QuadsFile
from dcat_hk.serving.stores.querying import LEAST_KEPT, query_folder, query_store

SECONDS = 120


CHANGES = ["DROP ALL", "LOAD <http://127.0.0.1:9/x>", "INSERT DATA { <a:a> <a:b> <a:c> }", "CLEAR DEFAULT"]


OTHERS = [
    "SELECT * { SERVICE <http://127.0.0.1:9/x> { ?s ?p ?o } }",
    "ASK { OPTIONAL { { SELECT * { GRAPH ?g { service silent ?x { ?a ?b ?c } } } } } }",
    "SELECT (EXISTS { SERVICE <a:b> {} } AS ?x) {}",
    "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { SERVICE <a:b> {} })",
    "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o MINUS { SERVICE <a:b> { ?s ?p ?o } } }",
    "\\u0053ELECT * { \\u0053ERVICE <a:b> {} }",
]


@pytest.mark.parametrize("text", [*CHANGES, *OTHERS, "SELECT * {}; DROP ALL", "junk {", "ASK " + "{" * 5000])
def test_only_read_queries_are_sent(text, catalogue):
    """An update or a federated query is refused before it reaches a store or a folder."""
    with ScriptedServer(lambda *_asked: (200, {}, b"")) as fake:
        with pytest.raises(UsageError), query_store(fake.address, text, Credentials(), 5):
            pass
        with pytest.raises(UsageError), query_folder(catalogue, text, 5):
            pass
        assert fake.asked == []


def test_an_endless_query_is_ended(catalogue):
    """The time limit ends a query on a folder, with an error."""
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
    with pytest.raises(StoreError, match="longer than 2 seconds"), query_folder(catalogue, endless, 2):
        pass


def test_a_dataset_clause_selects_graphs(catalogue):
    """FROM and FROM NAMED exclude the other graphs of a folder, as in a store."""
    count = "SELECT (COUNT(*) AS ?n) {} WHERE {{ {} }}"
    iri = f"{Settings().base_iri}def/"
    with QuadsFile(catalogue) as quads:
        triples = next(graph.triples for graph in quads.graphs if graph.iri == iri)
    for text in (
        count.format(f"FROM <{iri}>", "?s ?p ?o"),
        count.format(f"FROM NAMED <{iri}>", "GRAPH ?g { ?s ?p ?o }"),
    ):
        with query_folder(catalogue, text, SECONDS) as outcome:
            assert [row[0].value for row in outcome.rows] == [str(triples)]


def test_an_undeclared_prefix_is_named_in_the_message(catalogue):
    """The message says that a prefix is missing and omits the tokens that the parser expected."""
    with pytest.raises(UsageError) as caught, query_folder(catalogue, "SELECT * { ?s a dcat:Catalog }", SECONDS):
        pass
    assert "a prefix is not declared" in str(caught.value)
    assert len(str(caught.value)) < 120


def test_without_a_dataset_clause_the_default_graph_is_the_union(catalogue):
    """A query of a folder finds the triples of all graphs."""
    with QuadsFile(catalogue) as quads:
        largest = max(graph.triples for graph in quads.graphs)
    with query_folder(catalogue, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", SECONDS) as result:
        ((count,),) = result.rows
    assert int(count.value) > largest


def test_a_folder_without_a_catalogue_is_an_error(tmp_path):
    """An empty folder is not readable; the message names the command that publishes a catalogue."""
    with pytest.raises(NotReadable, match="dcat-hk build"), query_folder(tmp_path, "ASK {}", SECONDS):
        pass


COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def count(folder, kept):
    """Return how many statements a folder has."""
    with query_folder(folder, COUNT, SECONDS, kept) as result:
        ((number,),) = result.rows
    return int(number.value)


def write_numbers(folder, first, most=12_000):
    """Write a catalogue of so many statements, of some length whatever they are, as it was a minute ago."""
    lines = [f"<urn:long-enough-to-be-kept> <urn:{'p' * 300}> <urn:{first}{number:08}> .\n" for number in range(most)]
    folder.mkdir(exist_ok=True)
    path = folder / "catalogue.nq"
    path.write_text("".join(lines), encoding="utf-8")
    made = path.stat().st_mtime_ns - 60_000_000_000
    os.utime(path, ns=(made, made))
    return path


@pytest.fixture
def kept(tmp_path):
    """Give a cache of its own."""
    return Cache(tmp_path / "cache")


def list_stores(kept):
    """Return what is kept, and when it was made."""
    return {path: path.stat().st_ctime_ns for path in kept.folder.glob("*/store-*/CURRENT")}


def test_a_store_that_is_open_in_this_process_stops_no_query(tmp_path, kept):
    """Its threads are in no copy of this process: a copy that opened a store would wait for them."""
    write_numbers(tmp_path / "output", "a")
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.bulk_load(b"<urn:a> <urn:a> <urn:a> .", format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    with query_folder(tmp_path / "output", COUNT, 30, kept) as result:
        assert [[cell.value for cell in row] for row in result.rows] == [["12000"]]
    assert len(store) == 1
    assert len(list_stores(kept)) == 1


def test_a_large_catalogue_is_kept_as_a_store(tmp_path, kept):
    """It is read once; the answers are the same."""
    path = write_numbers(tmp_path / "output", "a")
    assert path.stat().st_size >= LEAST_KEPT
    assert count(tmp_path / "output", kept) == 12_000
    made = list_stores(kept)
    assert len(made) == 1
    assert count(tmp_path / "output", kept) == 12_000
    assert list_stores(kept) == made


def test_a_changed_catalogue_is_read_anew(tmp_path, kept):
    """Also if it is as long as before, and one that was written just now is not kept at all."""
    write_numbers(tmp_path / "output", "a")
    count(tmp_path / "output", kept)
    path = write_numbers(tmp_path / "output", "b")
    with query_folder(tmp_path / "output", "ASK { ?s ?p <urn:b00000001> }", SECONDS, kept) as result:
        assert result.value
    assert len(list_stores(kept)) == 2
    path.write_bytes(path.read_bytes().replace(b"urn:b", b"urn:c"))
    with query_folder(tmp_path / "output", "ASK { ?s ?p <urn:c00000001> }", SECONDS, kept) as result:
        assert result.value
    assert len(list_stores(kept)) == 2


def test_a_small_catalogue_is_not_kept(catalogue, kept):
    """It is read as quickly as a store is opened."""
    assert count(catalogue, kept) > 0
    assert list_stores(kept) == {}


def test_a_spoiled_store_is_not_used(tmp_path, kept):
    """Whatever of it is spoiled, the catalogue is read instead, and a new store is made the next time."""
    write_numbers(tmp_path / "output", "a")
    for name in ("CURRENT", "MANIFEST-*", "*.sst"):
        assert count(tmp_path / "output", kept) == 12_000
        (current,) = list_stores(kept)
        for spoiled in current.parent.glob(name):
            spoiled.write_bytes(spoiled.read_bytes()[:20] + b"spoiled")
        assert count(tmp_path / "output", kept) == 12_000
    assert count(tmp_path / "output", kept) == 12_000
    assert len(list_stores(kept)) == 1


def test_a_broken_catalogue_is_no_fault_of_the_query(tmp_path):
    """The message says what to do."""
    write_numbers(tmp_path / "output", "a").write_text("<urn:a> <urn:b> oh", encoding="utf-8")
    with pytest.raises(NotReadable, match="is broken"), query_folder(tmp_path / "output", COUNT, SECONDS):
        pass


def test_stores_are_cleared_with_the_rest(tmp_path, kept):
    """They count with all their files, and what is too much goes."""
    write_numbers(tmp_path / "output", "a")
    count(tmp_path / "output", kept)
    assert kept.measure().size > 10_000
    kept.trim(1000)
    assert list_stores(kept) == {}
    count(tmp_path / "output", kept)
    kept.clear()
    assert kept.measure() == (0, 0)


@pytest.mark.parametrize(
    ("text", "media"),
    [("ASK {}", "application/sparql-results+xml"), ("DESCRIBE <urn:a>", "application/n-triples")],
)
def test_a_store_is_asked_for_the_format_of_the_query_form(text, media):
    """SELECT and ASK accept SPARQL results, CONSTRUCT and DESCRIBE accept RDF; the query is sent as a form."""
    with (
        ScriptedServer(lambda *_asked: (400, {}, b"no")) as server,
        pytest.raises(UsageError, match="rejects the query: no"),
        query_store(server.address, text, Credentials(), 5),
    ):
        pass
    ((method, _path, headers, body),) = server.asked
    assert method == "POST"
    assert headers["Accept"].startswith(media)
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert body.startswith(b"query=")
