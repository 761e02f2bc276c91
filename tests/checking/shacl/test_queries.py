"""Queries of shapes: what SHACL forbids, and variables that are bound before in every group."""

import time

import pyoxigraph
import pytest
from support.bounds import is_within

from dcat_hk.checking.shacl import queries
from dcat_hk.checking.shacl.queries import MalformedQuery, as_named, as_term, make_query

STORE = """<urn:a> <urn:p> "x", <urn:x-dcat-hk:blank:b> . <urn:x-dcat-hk:blank:b> <urn:p> <urn:a> ."""


def ask(text, values, **options):
    """Return the answer of a query over a small store: truth, or the values of each solution."""
    store = pyoxigraph.Store()
    store.load(STORE, format=pyoxigraph.RdfFormat.TURTLE)
    query = make_query(text, list(values), {}, **options)
    answer = query.ask(store, {name: as_named(value) for name, value in values.items()})
    if query.is_ask:
        return answer
    return sorted(tuple("" if value is None else as_term(value) for value in solution) for solution in answer)


BOUND = [
    "FILTER($this = <urn:a>)",
    "{ FILTER(false) } UNION { FILTER(?this = <urn:a>) }",
    "{ { FILTER($this = <urn:a>) } FILTER bound($this) } FILTER(true)",
    "BIND($this AS ?that) FILTER(?that = <urn:a>)",
    "{ FILTER(bound($this)) } $this <urn:p> 'x' . FILTER(bound($this))",
    "{ SELECT $this WHERE { FILTER($this = <urn:a>) } }",
    "FILTER NOT EXISTS { { FILTER($this != <urn:a>) } }",
    "OPTIONAL { FILTER(bound($this)) BIND($this AS ?one) } FILTER(?one = <urn:a>)",
    "GRAPH ?g { FILTER(false) } # } { a comment\n",
    "FILTER('{ $this' != \"} WHERE {\" && $this = <urn:a>)",
]


@pytest.mark.parametrize("pattern", BOUND)
def test_the_variable_has_its_value_in_every_group(pattern):
    """Filters, unions, subqueries and inner groups see the value; texts and comments are left alone."""
    found = ask(f"SELECT $this WHERE {{ {pattern} }}", {"this": "<urn:a>"})
    assert found == ([] if "GRAPH" in pattern else [("<urn:a>",)])
    assert ask(f"SELECT $this WHERE {{ {pattern} }}", {"this": "<urn:other>"}) == []


def test_blank_nodes_are_bound_too_and_stay_blank_nodes():
    """A blank node is itself in answers, is blank and no IRI, and has no text."""
    this = {"this": "_:b"}
    assert ask("SELECT ?v { $this <urn:p> ?v }", this) == [("<urn:a>",)]
    assert ask("SELECT ?v { ?v <urn:p> $this }", this) == [("<urn:a>",)]
    assert ask("SELECT ?v { <urn:a> <urn:p> ?v FILTER(isBlank(?v)) }", this) == [("_:b",)]
    assert ask("SELECT ?v { <urn:a> <urn:p> ?v FILTER(ISIRI(?v) || isUri(?v)) }", this) == []
    assert ask("SELECT ?v { ?v <urn:p> ?o FILTER(isIRI(?v)) }", this) == [("<urn:a>",), ("<urn:a>",)]
    assert ask("SELECT (STR(?v) AS ?s) { <urn:a> <urn:p> ?v }", this) == [("",), ('"x"',)]
    assert ask("ASK { FILTER(isBlank($this) && sameTerm($this, ?this)) }", this, asks=True) is True


def test_a_literal_can_be_bound_where_it_can_only_fail():
    """A text is the subject of nothing, which is no error."""
    assert ask("SELECT ?v { $this <urn:p> ?v }", {"this": '"x"'}) == []
    assert ask("ASK { FILTER($value = 'x') }", {"value": '"x"'}, asks=True) is True


def test_the_path_of_the_shape_takes_the_place_of_its_variable():
    """$PATH is the path as SPARQL writes it; without a path it cannot be used."""
    text = "SELECT ?v { $this $PATH ?v }"
    assert ask(text, {"this": "<urn:a>"}, path="<urn:p>/<urn:p>") == [("<urn:a>",)]
    with pytest.raises(MalformedQuery, match=r"\$PATH at a shape without a path"):
        make_query(text, ["this"], {})


REFUSED = {
    "SELECT $this { $this ?p ?o MINUS { $this ?p 1 } }": "has MINUS",
    "SELECT $this { values ?x { 1 } }": "has VALUES",
    "SELECT $this { SERVICE <urn:s> { $this ?p ?o } }": "has SERVICE",
    "SELECT $this FROM <urn:g> { $this ?p ?o }": "has FROM",
    "SELECT $this { BIND(1 AS $this) }": r"assigns \$this",
    "SELECT (1 AS ?this) { }": r"assigns \?this",
    "SELECT $this { { SELECT ?o { ?s ?p ?o } } }": r"has a subquery that does not return \$this",
    "SELECT $this { { SELECT * { ?this ?p ?o } } }": r"has a subquery that does not return \$this",
    "SELECT $this { { SELECT (COUNT($this) AS ?n) { $this ?p ?o } } }": r"does not return \$this",
    "SELECT $this { FILTER(<urn:f>($this)) }": "custom function <urn:f> is not supported",
    "SELECT $this { $this e:p 1 }": "uses the prefix “e:”, which is not declared",
    "SELECT $this { FILTER(:f($this)) }": "uses the prefix “:”, which is not declared",
    "PREFIX e: <urn:e> SELECT $this { $this a?x; f:p _:b }": "uses the prefix “f:”, which is not declared",
    "SELECT $this { ": "cannot be asked",
    "ASK { }": "is no SELECT query",
    "CONSTRUCT { $this ?p ?o } WHERE { $this ?p ?o }": "is no SELECT query",
    "DELETE WHERE { ?s ?p ?o }": "is no SELECT query",
    "": "is no SELECT query",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_gives_no_sure_answer_is_refused(text):
    """What SHACL forbids with pre-bound variables, functions that nobody defined, and what is no query."""
    with pytest.raises(MalformedQuery, match=REFUSED[text]):
        make_query(text, ["this"], {})


@pytest.mark.parametrize(
    "text",
    [
        "SELECT $this { $this <urn:minus> 'MINUS { VALUES' }",
        "SELECT $this { $this <urn:values>/<urn:service> ?minus }",
        "PREFIX minus: <urn:m> SELECT $this { $this minus:values 1 }",
        "prefix : <urn:m> prefix a.b: <urn:n> SELECT $this { $this :p/a.b:p _:c . _:c ^a.b: <e:f>, 'g:h' }",
        "SELECT $this { $this ?p ?o } GROUP BY $this HAVING (COUNT(?o) > 1)",
        "SELECT $this { ?x ?p ?o FILTER(?p<$this&&?o>?x) }",
        '''SELECT $this { $this ?p """a "{" b""" }''',
    ],
)
def test_words_that_only_look_forbidden_are_not(text):
    """Names, texts and variables may be called what they like."""
    assert make_query(text, ["this"], {}).variables == ("this",)


def test_only_variables_of_the_query_are_bound():
    """A variable that the query does not use changes nothing."""
    query = make_query("SELECT ?x { ?x ?p ?o }", ["this", "shapesGraph"], {})
    assert query.text({"this": "<urn:a>"}) == "SELECT ?x { ?x ?p ?o }"
    assert query.returned == {"x"}


@pytest.mark.parametrize(
    "text",
    [
        "SELECT $this " + "{" * 50_000 + "}" * 50_000,
        "SELECT $this { FILTER" + "(" * 50_000 + "1" + ")" * 50_000 + " }",
        "SELECT $this { FILTER(" + "!" * 50_000 + "1) }",
        "SELECT $this { " + "FILTER EXISTS {" * 5000 + "}" * 5000 + " }",
        "SELECT $this { FILTER(1" + "+1" * 50_000 + ") }",
        "SELECT $this { {}" + "UNION{}" * 50_000 + " }",
        "SELECT $this { $this <a:a>" + "/<a:a>" * 4000 + " ?o }",
    ],
    ids=["groups", "parentheses", "negations", "filters", "sums", "unions", "paths"],
)
def test_queries_that_crash_a_parser_are_refused(monkeypatch, text):
    """What is nested too deeply, or takes too long to understand, ends a process of its own, not the program."""
    monkeypatch.setattr(queries, "_TRYING", 1)
    with pytest.raises(MalformedQuery, match="nested too deeply"):
        make_query(text, ["this"], {})


def test_words_with_dots_take_time_in_proportion():
    """Words that look like the beginning of a name are no reason to look at the rest again and again."""
    before = time.process_time()
    with pytest.raises(MalformedQuery):
        make_query("SELECT $this { " + "a." * 20_000 + " }", ["this"], {})
    assert is_within(time.process_time() - before, 5)
