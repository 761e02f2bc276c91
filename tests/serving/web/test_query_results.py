"""Solutions are written as JSON, XML, CSV and TSV that another reader reads to the same solutions."""

from __future__ import annotations

import json

import pyoxigraph
import pytest

from dcat_hk.core.errors import UsageError
from dcat_hk.serving.web.query_results import TABLE_FORMATS, write_boolean, write_table

NODE, BLANK = pyoxigraph.NamedNode("urn:a"), pyoxigraph.BlankNode("n1")
INTEGER = pyoxigraph.NamedNode("http://www.w3.org/2001/XMLSchema#integer")
ROWS = [
    (NODE, None),
    (pyoxigraph.Literal('<&>"\t\n數'), pyoxigraph.Literal("5", datatype=INTEGER)),
    (BLANK, pyoxigraph.Literal("x", language="en")),
]
SYNTAXES = {
    "application/sparql-results+json": pyoxigraph.QueryResultsFormat.JSON,
    "application/sparql-results+xml": pyoxigraph.QueryResultsFormat.XML,
    "text/tab-separated-values": pyoxigraph.QueryResultsFormat.TSV,
}


def write(media, rows=ROWS):
    """Return a table with two variables."""
    return "".join(write_table(media, ["a", "b"], rows))


@pytest.mark.parametrize("media", list(SYNTAXES))
def test_another_reader_gets_the_same_solutions(media):
    """Unbound variables, markup, tabs, line breaks, datatypes, tags and blank nodes survive."""
    results = pyoxigraph.parse_query_results(write(media).encode(), format=SYNTAXES[media])
    assert [variable.value for variable in results.variables] == ["a", "b"]
    assert [tuple(solution) for solution in results] == ROWS


def test_csv_has_plain_values():
    """Lines end in CR LF; a value with a quote or a line break is quoted; an unbound variable is empty."""
    assert write("text/csv") == 'a,b\r\nurn:a,\r\n"<&>""\t\n數",5\r\nn1,x\r\n'


@pytest.mark.parametrize("media", list(TABLE_FORMATS))
def test_an_empty_result_has_only_a_head(media):
    """Without solutions the result is still valid and names the variables."""
    text = write(media, [])
    assert "a" in text
    if media in SYNTAXES:
        assert list(pyoxigraph.parse_query_results(text.encode(), format=SYNTAXES[media])) == []


def test_a_control_character_is_an_error_in_xml_only():
    """XML 1.0 cannot contain most control characters, JSON escapes them."""
    rows = [(pyoxigraph.Literal("a\x01"), None)]
    with pytest.raises(UsageError, match="Request JSON"):
        write("application/sparql-results+xml", rows)
    (row,) = json.loads(write("application/sparql-results+json", rows))["results"]["bindings"]
    assert row == {"a": {"type": "literal", "value": "a\x01"}}


@pytest.mark.parametrize("value", [True, False])
def test_truth_values(value):
    """JSON and XML are read back to the truth value; CSV and TSV have a word."""
    for media in list(SYNTAXES)[:2]:
        results = pyoxigraph.parse_query_results(write_boolean(media, value).encode(), format=SYNTAXES[media])
        assert bool(results) is value
    assert write_boolean("text/csv", value) == f"{str(value).lower()}\n"


def test_language_tags_have_their_canonical_case():
    """Stores keep tags in lower case; results have them as in BCP 47."""
    row = (pyoxigraph.Literal("x", language="zh-hans-t-zh-hant"), None)
    assert '"xml:lang": "zh-Hans-t-zh-hant"' in write("application/sparql-results+json", [row])
