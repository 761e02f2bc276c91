"""The text of a query is checked before it is run: nesting, SERVICE, and whether it names graphs."""

from __future__ import annotations

import string

import pytest

from dcat_hk.core.errors import UsageError
from dcat_hk.serving.stores.query_parsing import MAX_NESTING, _measure_nesting, check_text

BASE = "https://example.org/"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service ?p 'SERVICE' }",
        'SELECT ?SERVICE { ?SERVICE ?p <SERVICE>, "SERVICE", """SERVICE <a:b> {}""" . } # SERVICE <a:b> {}',
        "PREFIX service: <a:b> ASK { service:SERVICE service:silent _:SERVICE }",
        "PREFIX SERVICEp: <a:> ASK { ?s ?p SERVICEp:x {} }",
        "ASK { ?s ?p 'x'@service }",
        "ASK { ?s ?p 'x\\u0027 . SERVICE <a:b> {} #' }",
        "ASK { FILTER(1<2) ?service ?p 'a\\'SERVICE <a:b> {}' }",
        "ASK { ?servicq ?SERVICE ?service }",
    ],
)
def test_what_only_looks_like_service_passes(query):
    """Variables, names, IRIs, strings, languages and comments are no clause."""
    assert not check_text(query, BASE)


@pytest.mark.parametrize(
    "query",
    [
        "ASK { SERVICE <a:b> {} }",
        "ASK { service silent <a:b> {} }",
        "ASK { SERVICESILENT<a:b>{} }",
        "PREFIX p: <a:> ASK { SERVICEp:x{} }",
        "ASK { SERVICE?x{} }",
        "ASK { ?s ?p '''it''s'''SERVICE<a:b>{} }",
        'ASK { ?s ?p "a\\"b" . SERVICE <a:b> {} }',
        "ASK { ?s ?p 'x\\u0027' . SERVICE <a:b> {} #'\n}",
        "ASK { # comment\rSERVICE <a:b> {} }",
        "ASK { FILTER(1<2)SERVICE <a:b> {} FILTER(3>2) }",
        "ASK { { SELECT * { OPTIONAL { GRAPH ?g { MINUS { SERVICE ?g {} } } } } } }",
        "ASK { FILTER EXISTS { SERVICE <a:b> { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } { SERVICE <a:b> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused_however_it_is_written(query):
    """Case, missing spaces, strings, escapes, comments and nesting do not hide SERVICE."""
    with pytest.raises(UsageError, match=r"SERVICE \(federated query\) is not allowed"):
        check_text(query, BASE)


@pytest.mark.parametrize("query", ["ASK { SERVICE", "ASK { \\u0053ERVICE <a:b> {} }", "service", "ASK { ?service }"])
def test_what_is_no_query_at_all_is_a_syntax_error(query):
    """With the word in it, the parser decides all the same; an escaped keyword is none."""
    if "\\" in query:
        assert not check_text(query, BASE)
    else:
        with pytest.raises(SyntaxError):
            check_text(query, BASE)


def test_a_query_that_has_every_similar_word_is_refused():
    """If there is no letter left to replace the last one by, nothing can be told about the query."""
    similar = " ".join(f"servic{letter}" for letter in string.ascii_lowercase)
    with pytest.raises(UsageError, match="SERVICE"):
        check_text(f"ASK {{}} # {similar}", BASE)


@pytest.mark.parametrize(
    ("query", "names_graphs"),
    [
        ("ASK { ?s ?p 'FROM' }", False),
        ("SELECT ?from { ?from ?p <FROM> } # from <a:b>", False),
        ("PREFIX from: <a:> DESCRIBE from:x", False),
        ("ASK from <a:b> {}", True),
        ("ASK FROM<a:b>{}", True),
        ("PREFIX p: <a:> SELECT * FROMp:g {}", True),
        ("SELECT(1<2AS?x)FROM NAMED<a:b>{}", True),
        ("DESCRIBE <a:b> FROM <a:c>", True),
        ("ASK {}", False),
    ],
)
def test_graphs_that_a_query_names_are_found(query, names_graphs):
    """FROM is found where it is a clause; the word in a string, a name or a comment is none."""
    assert check_text(query, BASE) is names_graphs


@pytest.mark.parametrize(
    ("before", "opening", "middle", "closing", "after"),
    [
        ("ASK ", "{", "", "}", ""),
        ("ASK {FILTER(", "(", "1", ")", ")}"),
        ("ASK {FILTER(", "!(", "1", ")", ")}"),
        ("ASK {FILTER(", "STR(", "1", ")", ")}"),
        ("ASK {FILTER(", "COALESCE(1,", "1", ")", ")}"),
        ("ASK ", "{SELECT*{", "", "}}", ""),
        ("ASK {", "FILTER EXISTS{", "", "}", "}"),
        ("ASK {", "OPTIONAL{", "", "}", "}"),
        ("ASK {", "GRAPH?g{", "", "}", "}"),
        ("ASK {?s ", "^(", "<a:b>", ")", " ?o}"),
        ("ASK {?s ?p ", "[<a:b> ", "1", "]", "}"),
    ],
)
def test_as_many_brackets_as_are_allowed_harm_nobody(before, opening, middle, closing, after):
    """At the limit a query is parsed, beyond it refused: the parser would need more stack than it has."""

    def write(count):
        return before + opening * count + middle + closing * count + after

    layers = (MAX_NESTING - _measure_nesting(before + after)) // len(closing)
    assert _measure_nesting(write(layers)) in {MAX_NESTING, MAX_NESTING - 1}
    check_text(write(layers) + " # SERVICE FROM", BASE)
    for count in (layers + 1, 10_000):
        with pytest.raises(UsageError, match="brackets are nested"):
            check_text(write(count), BASE)
