"""Property paths: read, written as SPARQL has them, turned round and followed."""

import pytest
from support.shacl_graphs import turtle

from dcat_hk.checking.shacl.neighbourhood import Neighbourhood, PropertyIndex
from dcat_hk.checking.shacl.paths import MalformedPath, Path, members, needs, plain, read_path, turned, walk
from dcat_hk.checking.shacl.shapes import graph_of
from dcat_hk.checking.shacl.triples import strings


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("[ sh:inversePath ( ex:p ex:q ) ]", "^(<urn:x:p>/<urn:x:q>)"),
        ("[ sh:zeroOrMorePath [ sh:inversePath ex:p ] ]", "(^<urn:x:p>)*"),
        ("[ sh:alternativePath ( ex:p ( ex:q ex:r ) ) ]", "<urn:x:p>|<urn:x:q>/<urn:x:r>"),
        ("( [ sh:alternativePath ( ex:p ex:q ) ] ex:r )", "(<urn:x:p>|<urn:x:q>)/<urn:x:r>"),
        ("[ sh:inversePath [ sh:oneOrMorePath ex:p ] ]", "^<urn:x:p>+"),
    ],
)
def test_paths_are_written_as_sparql_has_them(path, written):
    """A path has brackets where SPARQL needs them."""
    graph = graph_of(strings(turtle(f"ex:s sh:path {path} .")))
    (node,) = graph["<urn:x:s>"]["<http://www.w3.org/ns/shacl#path>"]
    assert str(read_path(graph, node)) == written


P, Q = Path("iri", "<urn:p>"), Path("iri", "<urn:q>")


def graph(text):
    """Return the graph of a Turtle text, and the node of the path of urn:x:s."""
    triples = graph_of(strings(turtle(f"ex:s sh:path {text}")))
    return triples, triples["<urn:x:s>"]["<http://www.w3.org/ns/shacl#path>"][0]


@pytest.mark.parametrize(
    "text",
    [
        "( ex:p ) .",
        "[ sh:alternativePath ( ) ] .",
        "[ ex:other ex:p ] .",
        "'text' .",
        "rdf:nil .",
        "_:x . _:x sh:inversePath _:x .",
        "_:x . _:x rdf:first ex:p ; rdf:rest _:x .",
        "_:x . _:x rdf:first ex:p, ex:q ; rdf:rest rdf:nil .",
    ],
)
def test_what_is_no_path_is_refused(text):
    """Lists of fewer than two paths, circles, texts and unknown kinds of paths are malformed."""
    with pytest.raises(MalformedPath):
        read_path(*graph(text))


def test_members_of_a_list_come_in_order():
    """The empty list has no members; others have theirs in the order of the list."""
    assert members({}, "<http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>") == []
    assert members(*graph("( ex:q ex:p ex:q ) .")) == ["<urn:x:q>", "<urn:x:p>", "<urn:x:q>"]


def test_a_path_turned_twice_is_itself():
    """Turning a path round twice gives the path that only inverts predicates."""
    path = Path("/", "", (P, Path("^", "", (Path("*", "", (Path("|", "", (P, Q)),)),))))
    assert turned(turned(path)) == plain(path)
    assert str(plain(path)) == "<urn:p>/(^<urn:p>|^<urn:q>)*"


def test_needs_are_those_of_other_nodes():
    """The first step from the focus node needs no index; later steps, repeated ones and inverse ones do."""
    assert list(needs(P, near=True)) == []
    assert list(needs(Path("/", "", (P, Q)), near=True)) == [("forward", "<urn:q>")]
    assert list(needs(Path("*", "", (P,)), near=True)) == [("forward", "<urn:p>")]
    assert list(needs(Path("?", "", (P,)), near=True)) == []
    assert list(needs(Path("^", "", (P,)), near=True)) == [("inverse", "<urn:p>")]
    assert list(needs(Path("|", "", (P, Q)), near=False)) == [("forward", "<urn:p>"), ("forward", "<urn:q>")]


@pytest.mark.parametrize(
    ("path", "ends"),
    [
        (Path("*", "", (P,)), {"<urn:a>", "<urn:b>", "<urn:c>"}),
        (Path("+", "", (P,)), {"<urn:a>", "<urn:b>", "<urn:c>"}),
        (Path("+", "", (Q,)), {"<urn:d>"}),
        (Path("*", "", (Q,)), {"<urn:a>", "<urn:d>"}),
        (Path("?", "", (P,)), {"<urn:a>", "<urn:b>"}),
        (Path("/", "", (P, P)), {"<urn:c>"}),
        (Path("|", "", (P, Q)), {"<urn:b>", "<urn:d>"}),
    ],
)
def test_paths_are_followed_to_each_end_once(path, ends):
    """A circle ends; the start is an end of a repeated path if it may be repeated no time, or is reached again."""
    circle = {"<urn:a>": ["<urn:b>"], "<urn:b>": ["<urn:c>"], "<urn:c>": ["<urn:a>"]}
    neighbourhood = Neighbourhood(PropertyIndex({"<urn:p>": circle, "<urn:q>": {"<urn:a>": ["<urn:d>"]}}))
    nodes = list(walk(path)("<urn:a>", neighbourhood))
    assert len(nodes) == len(set(nodes))
    assert set(nodes) == ends
