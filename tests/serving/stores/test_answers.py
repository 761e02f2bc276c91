"""Results of stores are read strictly and written as table, CSV, JSON and Turtle."""

from __future__ import annotations

import io
import json

import pyoxigraph
import pytest
from click.testing import CliRunner
from support.stores import ScriptedServer

from dcat_hk.commands.cli import main
from dcat_hk.core.errors import StoreError, UsageError
from dcat_hk.core.terms import Literal
from dcat_hk.serving.stores.access import Credentials
from dcat_hk.serving.stores.answers import (
    AskResult,
    GraphResult,
    SelectResult,
    read_results,
    read_solutions,
    write_csv,
    write_json,
    write_table,
    write_turtle,
)
from dcat_hk.serving.stores.client import StoreResponse
from dcat_hk.serving.stores.querying import query_store

INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        ((400, {}, b"Parse \x07error"), UsageError),
        ((500, {}, b"oops"), StoreError),
        ((200, {"Content-Type": "text/html"}, b"<html>"), StoreError),
        ((200, {"Content-Type": "application/sparql-results+json"}, b"[1"), StoreError),
        (
            (200, {"Content-Type": "application/sparql-results+xml"}, b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>"),
            StoreError,
        ),
        ((200, {"Content-Type": "application/n-triples"}, b"<a> <b> ."), StoreError),
    ],
)
def test_an_invalid_response_is_an_error(answer, error):
    """A response that is not a SPARQL result is an error with a printable message."""
    with ScriptedServer(lambda *_asked: answer) as fake:
        with pytest.raises(error) as caught, query_store(fake.address, "SELECT * {}", Credentials(), 5) as outcome:
            list(outcome.rows)
        assert str(caught.value).isprintable()


def test_a_truncated_result_gives_a_warning():
    """Virtuoso truncates long results and states it only in a header."""
    body = b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><results/></sparql>'
    kind = {"Content-Type": "application/sparql-results+xml", "X-SPARQL-MaxRows": "10000"}
    with ScriptedServer(lambda *_asked: (200, kind, body)) as fake:
        done = CliRunner().invoke(main, ["query", "SELECT * {}", "--endpoint", fake.address])
    assert done.exit_code == 0, done.output
    assert "at most 10,000 rows" in done.stderr


def respond(media, body, **headers):
    """Return a response of a store."""
    return StoreResponse(200, {"content-type": media, **headers}, io.BytesIO(body))


def test_solutions_are_read_from_json_with_unbound_variables():
    """Unbound variables are None, blank nodes are labels, literals keep language and datatype."""
    body = {
        "head": {"vars": ["a", "b"]},
        "results": {
            "bindings": [
                {"a": {"type": "uri", "value": "urn:x"}},
                {"a": {"type": "bnode", "value": "n1"}, "b": {"type": "literal", "value": "x", "xml:lang": "en"}},
                {"b": {"type": "literal", "value": "1", "datatype": INTEGER}},
            ]
        },
    }
    response = respond("application/sparql-results+json; charset=utf-8", json.dumps(body).encode())
    variables, rows = read_solutions(response, "http://h/")
    assert variables == ["a", "b"]
    assert list(rows) == [["urn:x", None], ["_:n1", Literal("x", "en")], [None, Literal("1", "", INTEGER)]]


def test_an_ask_result_is_not_a_table():
    """A truth value in place of a table is an error for a caller that needs rows."""
    body = b'{"head": {}, "boolean": true}'
    assert read_results(respond("application/sparql-results+json", body), "http://h/") == AskResult(True)
    with pytest.raises(StoreError, match="not a table"):
        read_solutions(respond("application/sparql-results+json", body), "http://h/")


def test_triples_are_sorted_and_distinct():
    """A graph is in the order of its N-Triples, whatever the order of the response."""
    body = b"<urn:b> <urn:p> <urn:o> .\n<urn:a> <urn:p> <urn:o> .\n<urn:b> <urn:p> <urn:o> .\n"
    result = read_results(respond("application/n-triples", body), "http://h/")
    assert [triple.subject.value for triple in result.triples] == ["urn:a", "urn:b"]


def test_csv_cells_are_not_formulas():
    """Text that begins like a formula gets an apostrophe; negative numbers stay numbers."""
    rows = [[Literal("=1+1"), Literal("-5", "", INTEGER), None], ["urn:x", Literal('a "b", c', "en"), Literal("@x")]]
    text = "".join(write_csv(SelectResult(["a", "b", "c"], rows)))
    assert text == 'a,b,c\r\n\'=1+1,-5,\r\nurn:x,"a ""b"", c",\'@x\r\n'


def test_json_has_language_tags_in_canonical_case():
    """Stores lower the case of tags; the output has them as in BCP 47, and omits unbound variables."""
    rows = [[Literal("x", "zh-hant"), None, "_:n1"]]
    found = json.loads("".join(write_json(SelectResult(["a", "b", "c"], rows))))
    assert found["head"]["vars"] == ["a", "b", "c"]
    assert found["results"]["bindings"] == [
        {"a": {"type": "literal", "value": "x", "xml:lang": "zh-Hant"}, "c": {"type": "bnode", "value": "n1"}}
    ]


def test_turtle_with_blank_nodes_is_the_same_graph():
    """A graph with blank nodes, which other stores may return, is written, too."""
    blank, node = pyoxigraph.BlankNode("n"), pyoxigraph.NamedNode("urn:p")
    triples = [pyoxigraph.Triple(blank, node, pyoxigraph.Literal("x"))]
    text = "".join(write_turtle(GraphResult(triples), "https://e.example/"))
    parsed = list(pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.TURTLE))
    assert [(quad.predicate, quad.object.value) for quad in parsed] == [(node, "x")]


def test_a_format_that_does_not_fit_names_one_that_does():
    """A graph is not written as CSV, a table not as Turtle; the advice names suitable formats."""
    with pytest.raises(UsageError, match="Give turtle"):
        list(write_csv(GraphResult([])))
    with pytest.raises(UsageError, match="Give table, csv or json"):
        list(write_turtle(SelectResult([], []), "https://e.example/"))
    assert list(write_table(AskResult(False), None)) == ["no\n"]
    assert list(write_csv(AskResult(True))) == ["true\n"]
