"""Constraints in SPARQL at work: focus nodes, values, paths, messages, and what must not pass in silence."""

import pyoxigraph
import pytest
from support.shacl_graphs import BASE, turtle

from dcat_hk.checking.shacl import compile_shapes, engine
from dcat_hk.checking.shacl.query_checks import QueryFailed
from dcat_hk.checking.validating.profiles import load_shapes
from dcat_hk.checking.validating.pyshacl_adapter import validate_with_pyshacl


def found(shapes, data, engine="compiled"):
    """Return focus node, path, value, severity and messages of the results."""
    graphs = turtle(shapes), turtle(data)
    results = (
        compile_shapes(graphs[0]).validate(graphs[1]) if engine == "compiled" else validate_with_pyshacl(*graphs[::-1])
    )
    return [(r.focus_node, r.path, r.value, r.severity, r.messages) for r in results]


def query(text, more=""):
    """Return a constraint in SPARQL."""
    return f"sh:sparql [ sh:select '''{text}''' {more} ]"


AGREED = {
    "node shape": f"ex:s a sh:NodeShape ; sh:targetClass ex:C ; {query('SELECT $this { $this <urn:x:p> 1 }')} .",
    "value": f"ex:s a sh:NodeShape ; sh:targetClass ex:C ; {query('SELECT $this ?value { $this <urn:x:p> ?value }')} .",
    "path": f"ex:s a sh:NodeShape ; sh:targetClass ex:C ; {query('SELECT $this ?path { $this ?path ?v }')} .",
    "property shape": (
        "ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; "
        f"{query('SELECT $this ?value { $this $PATH ?value FILTER(?value > 1) }')} ] ."
    ),
    "lacking": (
        "ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:q ; "
        f"{query('SELECT $this { FILTER NOT EXISTS { $this $PATH ?v } }')} ] ."
    ),
    "severity": f"ex:s a sh:NodeShape ; sh:severity sh:Info ; sh:targetClass ex:C ; {query('SELECT $this { }')} .",
    "nested": (
        "ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:r ; sh:node ex:t ] . "
        f"ex:t a sh:NodeShape ; {query('SELECT $this { $this <urn:x:p> 2 }')} ."
    ),
    "not": (
        "ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:not ex:t . "
        f"ex:t a sh:NodeShape ; {query('SELECT $this { $this <urn:x:p> 2 }')} ."
    ),
}
DATA = "ex:a a ex:C ; ex:p 1, 2 ; ex:r ex:b . ex:b a ex:C ; ex:p 2 . ex:c a ex:D ; ex:p 1 . _:d a ex:C ; ex:q 1 ."


@pytest.mark.parametrize("case", AGREED)
def test_both_engines_agree_on_queries(case):
    """Focus nodes, values, paths and severities are those that pyshacl states, blank nodes counted."""

    def shown(results):
        return sorted(
            (f[:1] if f.startswith("_:") else f, p, v[:1] if v.startswith("_:") else v, s) for f, p, v, s, _m in results
        )

    ours = shown(found(AGREED[case], DATA))
    assert ours == shown(found(AGREED[case], DATA, "pyshacl"))
    assert ours


@pytest.mark.parametrize(
    ("text", "more", "messages"),
    [
        ("SELECT $this ?value { $this <urn:x:p> ?value }", "; sh:message 'is {?value} at {$this}, {?other}'@en",
         (("en", "is 1 at urn:x:a, {?other}"),)),
        ("SELECT $this ?n { BIND(7 AS ?n) }", "; sh:message '{?n}'", (("", "7"),)),
        ("SELECT $this ?message { BIND('own'@zh-hant AS ?message) }", "; sh:message 'other'", (("zh-Hant", "own"),)),
        ("SELECT $this { }", "", (("", "of the shape"),)),
    ],
)  # fmt: skip
def test_messages_come_from_the_query_its_constraint_or_the_shape(text, more, messages):
    """A binding of ?message comes first, then the constraint's messages with placeholders filled, then the shape's."""
    shapes = f"ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:message 'of the shape' ; {query(text, more)} ."
    assert [result[-1] for result in found(shapes, "ex:a ex:p 1 .")] == [messages]


def test_shapes_are_a_graph_that_queries_may_ask():
    """$shapesGraph and $currentShape lead to what the shape itself states."""
    text = "SELECT $this { GRAPH $shapesGraph { $currentShape <urn:x:level> 3 } }"
    shapes = f"ex:s a sh:NodeShape ; sh:targetNode ex:a ; ex:level 3 ; {query(text)} ."
    assert len(found(shapes, "ex:a ex:p 1 .")) == 1


def test_a_query_that_says_it_failed_ends_the_validation():
    """A binding of ?failure is a failure, not a result."""
    shapes = f"ex:s a sh:NodeShape ; sh:targetNode ex:a ; {query('SELECT $this ?failure { BIND(true AS ?failure) }')} ."
    with pytest.raises(QueryFailed, match="says that it has failed") as caught:
        found(shapes, "ex:a ex:p 1 .")
    assert (caught.value.exit_code, caught.value.where) == (3, "urn:x:a")


def test_our_shapes_as_published_find_what_lies_in_the_future():
    """The query for the present finds a date after it and no other, as the pattern that replaces it does."""
    program = compile_shapes(load_shapes("dcat-ap-hk", BASE))
    data = turtle(
        "@prefix dcat: <http://www.w3.org/ns/dcat#> . @prefix dct: <http://purl.org/dc/terms/> . "
        "ex:a a dcat:Dataset ; dct:issued '2099-01'^^xsd:gYearMonth . "
        "ex:b a dcat:Dataset ; dct:issued '2020-01-01'^^xsd:date ."
    )
    results = [r for r in program.validate(data) if r.component == "SPARQLConstraintComponent"]
    assert [(r.focus_node, r.path, r.severity) for r in results] == [
        ("urn:x:a", "http://purl.org/dc/terms/issued", "Violation")
    ]


def test_a_target_selects_nodes_of_any_kind_each_once():
    """What a query returns as ?this is a focus node: IRIs, blank nodes, texts; nothing for an unbound one."""
    target = "[ sh:select 'SELECT ?this { { ?this <urn:x:p> ?o } UNION { ?s <urn:x:p> ?this } UNION { } }' ]"
    program = compile_shapes(turtle(f"ex:s a sh:NodeShape ; sh:target {target} ; sh:hasValue ex:none ."))
    results = program.validate(turtle("ex:a ex:p 1, _:b . _:b ex:p 'x'@en ."))
    assert sorted(result.focus_node.split("^")[0][:5] for result in results) == sorted(
        ["urn:x", '"1"', '"x"@e', *[r.focus_node[:5] for r in results if r.focus_node.startswith("_:")]]
    )
    assert program.focus_nodes == 4


def test_queries_that_never_end_are_ended(monkeypatch):
    """The process that asks them is ended by the kernel, and the error names the shape."""
    monkeypatch.setattr(engine, "_QUERY_SECONDS", 0.5)
    cross = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
    endless = query(f"SELECT $this {{ $this a ?t . {cross} FILTER(CONCAT(STR(?a), STR(?d), STR(?g)) = STR(?j)) }}")
    shapes = f"ex:s a sh:NodeShape ; sh:targetClass ex:C ; {endless} ."
    data = "".join(f"ex:a{number} a ex:C ; ex:p {number} .\n" for number in range(500))
    with pytest.raises(QueryFailed, match="s: The queries of the shapes took more than 1 second"):
        found(shapes, data)


def divide_by_zero(*_arguments):
    """Fail as a bug does."""
    return 1 // 0


def test_a_crash_is_not_told_as_a_limit(monkeypatch):
    """What goes wrong in the process that asks queries is told as what it is."""
    monkeypatch.setattr(engine, "_judge_apart", divide_by_zero)
    shapes = f"ex:s a sh:NodeShape ; sh:targetClass ex:C ; {query('SELECT $this { }')} ."
    with pytest.raises(QueryFailed, match=r"not checked: Reading stopped at a bug .*ZeroDivisionError"):
        found(shapes, "ex:a a ex:C .")


def test_queries_ask_data_with_triples_as_terms():
    """A triple that is a term is part of the data that queries ask, and neither IRI, blank node nor literal."""
    shapes = turtle(
        "ex:s a sh:NodeShape ; sh:targetClass ex:C ; sh:property [ sh:path ex:p ; sh:nodeKind sh:BlankNodeOrIRI ] ; "
        f"{query('SELECT $this ?value { $this <urn:x:p> ?value FILTER(isTRIPLE(?value)) }')} ."
    )
    node, type_ = (
        pyoxigraph.NamedNode("urn:x:a"),
        pyoxigraph.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type"),
    )
    quoted = pyoxigraph.Triple(node, pyoxigraph.NamedNode("urn:x:q"), pyoxigraph.Literal("x", language="en"))
    data = [
        pyoxigraph.Triple(node, type_, pyoxigraph.NamedNode("urn:x:C")),
        pyoxigraph.Triple(node, pyoxigraph.NamedNode("urn:x:p"), quoted),
    ]
    results = compile_shapes(shapes).validate(data)
    assert {result.value for result in results} == {'<<( <urn:x:a> <urn:x:q> "x"@en )>>'}
    assert len(results) == 2
