"""A target store puts, deletes and counts graphs by either protocol, with requests that may be repeated."""

from __future__ import annotations

import contextlib

import pytest
from support.stores import ScriptedServer

from dcat_hk.core.errors import StoreError
from dcat_hk.serving.stores.access import Credentials
from dcat_hk.serving.stores.client import StoreClient
from dcat_hk.serving.stores.graphs import QuadsFile
from dcat_hk.serving.stores.target import STAGING, StoreAddresses, TargetStore

GRAPH = "https://example.org/dcat-hk/catalogue/x"
XML = {"Content-Type": "application/sparql-results+xml"}


def term(value):
    """Return an IRI or a literal."""
    name = "uri" if ":" in value else "literal"
    return f"<{name}>{value}</{name}>"


def results(*values):
    """Return SPARQL results in XML with one variable."""
    rows = "".join(f'<result><binding name="v">{term(value)}</binding></result>' for value in values)
    head = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="v"/></head>'
    return f"{head}<results>{rows}</results></sparql>".encode()


@contextlib.contextmanager
def scripted(answer, **addresses):
    """Give a target store that always gives one answer, without retries, and the requests that it gets."""
    with ScriptedServer(lambda *_asked: answer) as server, StoreClient(Credentials(), 5, 0) as client:
        names = {name: server.address.removesuffix("/store") + path for name, path in addresses.items()}
        yield TargetStore(client, StoreAddresses(**names)), server.asked


@pytest.mark.parametrize(
    ("graphs", "update", "query"),
    [
        ("http://h/sparql-graph-crud-auth", "", "http://h/sparql"),
        ("", "http://h/sparql-auth", "http://h/sparql"),
        ("http://h/plans/data", "", "http://h/plans/query"),
        ("", "http://h/repositories/plans/statements", "http://h/repositories/plans"),
        ("", "http://h/other", ""),
    ],
)
def test_the_query_endpoint_is_derived_from_another_address(graphs, update, query):
    """The documented addresses of Virtuoso, Fuseki and RDF4J give their query endpoint; unknown ones give none."""
    assert StoreAddresses(graphs, update).complete().query == query


def test_a_given_query_endpoint_is_kept():
    """A query endpoint that the user gives is not replaced by a derived one."""
    assert StoreAddresses("http://h/store", "", "http://h/mine").complete().query == "http://h/mine"


def test_a_web_page_is_not_a_store():
    """A server that answers the first request with HTML is refused before anything is sent."""
    page = (200, {"Content-Type": "text/html; charset=utf-8"}, b"<html>")
    with scripted(page, graphs="/store") as (target, asked):
        with pytest.raises(StoreError, match="web page"):
            target.check_access(GRAPH)
        assert [method for method, *_rest in asked] == ["GET"]


def test_a_graph_that_does_not_exist_is_deleted_and_has_no_triples():
    """404 is success for a deletion, and zero for a count; another status is an error."""
    with scripted((404, {}, b""), graphs="/store") as (target, _asked):
        target.delete(GRAPH)
        assert target.count(GRAPH) == 0
    with (
        scripted((409, {}, b"locked"), graphs="/store") as (target, _asked),
        pytest.raises(StoreError, match="409: locked"),
    ):
        target.delete(GRAPH)


def test_triples_are_counted_from_n_triples_without_comments():
    """Without a query endpoint the lines of the graph are counted; comments and empty lines are not triples."""
    body = b"# comment\n<urn:a> <urn:b> <urn:c> .\n\n<urn:a> <urn:b> <urn:d> .\n"
    with scripted((200, {"Content-Type": "application/n-triples"}, body), graphs="/store") as (target, _asked):
        assert target.count(GRAPH) == 2
    turtle = (200, {"Content-Type": "text/turtle"}, body)
    with scripted(turtle, graphs="/store") as (target, _asked), pytest.raises(StoreError, match="not N-Triples"):
        target.count(GRAPH)


def test_only_graphs_under_the_base_iri_are_listed():
    """A store that returns other graphs than the query asks for cannot have them deleted."""
    base = "https://example.org/dcat-hk/"
    body = results(f"{base}catalogue/b", f"{base}catalogue/a#loading", "https://example.org/other", f"{base}def/")
    with scripted((200, XML, body), query="/query") as (target, _asked):
        listed = target.list_plan_graphs(base)
    assert listed == [f"{base}catalogue/a#loading", f"{base}catalogue/b"]


@pytest.mark.parametrize("body", [results(), results("many"), results("1", "2"), results("-1")])
def test_a_count_that_is_not_one_number_is_an_error(body):
    """No row, a word, two rows or a negative number are not a count."""
    store = scripted((200, XML, body), query="/query")
    with store as (target, _asked), pytest.raises(StoreError, match="did not return a number"):
        target.count(GRAPH)


def test_a_large_graph_is_staged_and_copied(catalogue):
    """By SPARQL Update a large graph is inserted into a staging graph, copied in one request, and staging dropped."""
    with scripted((204, {}, b""), update="/update") as (target, asked), QuadsFile(catalogue) as quads:
        large, sent = max(quads.graphs, key=lambda graph: graph.triples), []
        target.put(quads, large, sent.append)
        lines = sum(1 for _ in quads.read_lines(large))
    updates = [body.decode() for _method, _path, _headers, body in asked]
    staging = f"<{large.iri}{STAGING}>"
    assert lines > 1000
    assert updates[-2:] == [f"COPY SILENT GRAPH {staging} TO GRAPH <{large.iri}>", f"DROP SILENT GRAPH {staging}"]
    assert all(staging in text and f"GRAPH <{large.iri}>" not in text for text in updates[:-2])
    assert all(text.count(" .\n") <= 1000 and len(text.encode()) < 201_000 for text in updates[:-2])
    assert sum(text.count(" .\n") for text in updates[:-2]) == lines
    assert sent == sorted(sent)


def test_a_small_graph_is_replaced_in_one_update(catalogue):
    """DROP and INSERT DATA are one request, so a reader never sees the graph empty."""
    with scripted((204, {}, b""), update="/update") as (target, asked), QuadsFile(catalogue) as quads:
        small = min(quads.graphs, key=lambda graph: graph.triples)
        target.put(quads, small, lambda _sent: None)
    assert small.triples < 1000
    assert [
        body.decode().startswith(f"DROP SILENT GRAPH <{small.iri}> ;\nINSERT DATA {{ GRAPH <{small.iri}>")
        for *_rest, body in asked
    ] == [True]
