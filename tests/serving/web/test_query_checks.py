"""Queries are checked before they are run: size, SERVICE, and the graphs that they name."""

from __future__ import annotations

import pytest

from dcat_hk.core.errors import UsageError
from dcat_hk.serving.web.query_checks import MAX_LENGTH, QueryRequest, check_request, find_words


def test_names_and_strings_are_not_keywords():
    """What only looks like SERVICE passes: variables, names, IRIs, strings and comments."""
    assert find_words('SELECT ?SERVICE { ex:SERVICE <SERVICE> "SERVICE" . } # SERVICE') == {"SELECT"}
    check_request(QueryRequest("SELECT ?service { ?service ?p 'SERVICE' }", ""))


@pytest.mark.parametrize(
    "query",
    [
        "ASK { service silent <a:b> {} }",
        "ASK { \\u0053ERVICE <a:b> {} }",
        "ASK { \\U00000053ERVICE <a:b> {} }",
        "ASK { ?s ?p '''it''s'''SERVICE<a:b>{} }",
        'ASK { ?s ?p "a\\"b" . SERVICE <a:b> {} }',
        "ASK { # comment\rSERVICE <a:b> {} }",
        "ASK { FILTER(1<2)SERVICE <a:b> {} FILTER(3>2) }",
    ],
)
def test_service_is_refused_however_it_is_written(query):
    """Case, code point escapes, missing spaces, strings and comments around it do not hide SERVICE."""
    with pytest.raises(UsageError, match="SERVICE"):
        check_request(QueryRequest(query, ""))


def test_empty_and_long_queries_are_refused():
    """A query of only spaces is none; the limit of characters is included."""
    with pytest.raises(UsageError, match="no query"):
        check_request(QueryRequest(" \n", ""))
    check_request(QueryRequest("#" * MAX_LENGTH, ""))
    with pytest.raises(UsageError, match="longer than 100,000 characters"):
        check_request(QueryRequest("#" * (MAX_LENGTH + 1), ""))


def test_the_union_is_the_default_graph_unless_graphs_are_named():
    """FROM in the query or graphs in the request replace the union; the word in a string does not."""
    assert QueryRequest("ASK { ?s ?p 'FROM' }", "").uses_union
    assert not QueryRequest("ASK from <a:b> {}", "").uses_union
    assert not QueryRequest("ASK {}", "", ("a:b",)).uses_union
    assert not QueryRequest("ASK {}", "", (), ("a:b",)).uses_union


def test_an_escape_that_is_no_character_is_harmless():
    """Surrogates and numbers beyond Unicode in an escape are replaced, not an exception."""
    assert find_words("ASK \\uD800 \\UFFFFFFFF") == {"ASK"}
