"""Shapes of the user, with what they import: fetched only when asked for, each once."""

import gzip
import json

import pyoxigraph
import pytest
from support.web_documents import NAMES, OTHER, SHAPE, TTL, TURTLE, command

from dcat_hk.checking.sources import Intake
from dcat_hk.checking.validating import shape_files
from dcat_hk.core.errors import NotReadable


def validate_with(*arguments, shapes):
    """Return the shapes that answered, what was said on standard error, and the exit code."""
    done = command("validate", "--format", "json", "--shapes", shapes, *arguments)
    results = json.loads(done.stdout)["results"] if done.stdout else []
    return len(results), done.stderr, done.exit_code


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_imports_are_told_of_and_not_fetched(web, make_file, engine):
    """Without --fetch shapes are used as they stand, no engine asks anybody, and a note names what was left out."""
    server = web(t=(200, TTL, OTHER))
    shapes = make_file("s.ttl", f"{SHAPE} ex:o owl:imports <HOST/t>, <urn:ex:elsewhere> .", server)
    data = make_file("d.ttl", TURTLE)
    count, message, code = validate_with("--engine", engine, data, shapes=shapes)
    assert (count, code, server.asked) == (1, 4, [])
    assert f"without --fetch: the shapes import {server.host}/t." in message
    assert "only http and https are: the shapes import urn:ex:elsewhere." in message
    assert validate_with("--engine", engine, "--quiet", data, shapes=shapes)[1] == ""


def as_xml(text):
    """Return Turtle as RDF/XML."""
    parsed = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE)
    return pyoxigraph.serialize((quad.triple for quad in parsed), format=pyoxigraph.RdfFormat.RDF_XML)


IMPORTED = {
    "turtle": (200, TTL, OTHER),
    "turtle as text": (200, {"Content-Type": "text/plain; charset=utf-8"}, OTHER),
    "xml": (200, {"Content-Type": "application/rdf+xml"}, as_xml(OTHER)),
    "xml as xml": (200, {"Content-Type": "application/xml"}, as_xml(OTHER)),
    "without type": (200, {}, as_xml(OTHER)),
    "gzipped": (200, {"Content-Type": "application/gzip"}, gzip.compress(OTHER.encode())),
}


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
@pytest.mark.parametrize("case", IMPORTED)
def test_imports_are_fetched_when_asked_for(web, make_file, case, engine):
    """With --fetch imported shapes answer too, in whichever syntax the media type or the content says."""
    server = web(t=IMPORTED[case])
    shapes = make_file("s.ttl", f"{SHAPE} ex:o owl:imports <HOST/t#part> .", server)
    assert validate_with("--fetch", "--engine", engine, make_file("d.ttl", TURTLE), shapes=shapes) == (2, "", 4)
    assert server.paths == ["/t"]
    assert server.asked[0][2]["Accept"].startswith("text/turtle")


def test_imports_of_imports_are_fetched_once(web, make_file):
    """Imports that lead in a circle end, and blank nodes of two documents are not taken for one another."""
    node = "_:x sh:path ex:p ; sh:maxCount 0 . ex:NAME sh:targetNode ex:a ; sh:property _:x . "
    documents = {
        "a": (200, TTL, f"{NAMES} {node.replace('NAME', 'a')} <HOST/a> owl:imports <HOST/b>, <b> ."),
        "b": (200, TTL, f"{NAMES} {node.replace('NAME', 'b')} <HOST/b> owl:imports <HOST/a> ."),
    }
    server = web(**documents)
    shapes = make_file("s.ttl", f"{NAMES} {node.replace('NAME', 's')} ex:o owl:imports <HOST/a> .", server)
    assert validate_with("--fetch", make_file("d.ttl", TURTLE), shapes=shapes) == (3, "", 4)
    assert server.paths == ["/a", "/b"]


def test_what_is_there_is_not_fetched(web, make_file, tmp_path):
    """An import that another given file is, or describes as an ontology, is neither fetched nor told of."""
    server = web()
    folder = tmp_path / "shapes"
    folder.mkdir()
    make_file("shapes/s.ttl", f"{SHAPE} <HOST/s> a owl:Ontology ; owl:imports <HOST/t>, <t.ttl> .", server)
    make_file("shapes/t.ttl", f"{OTHER} <HOST/t> a owl:Ontology ; owl:imports <HOST/s> .", server)
    make_file("shapes/context.jsonld", "a context beside shapes is none of them")
    for option in ([], ["--fetch"]):
        assert validate_with(*option, make_file("d.ttl", TURTLE), shapes=folder) == (2, "", 4)
    assert server.asked == []


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ((404, {}, ""), "HOST/t: The address cannot be fetched: the server answers 404."),
        ((200, {"Content-Type": "text/html"}, "<html>"), "a web page, no RDF"),
        ((200, TTL, "garbage"), "HOST/t:1: The file holds no RDF"),
        ((200, {}, "garbage"), "HOST/t: The file holds no RDF: it is plain text."),
        ((200, {}, b"\x1f\x8bgarbage"), "HOST/t: The file is damaged"),
    ],
)
def test_imports_that_cannot_be_had_are_refused(web, make_file, document, message):
    """An import that is missing or no RDF ends the work in one line with its address."""
    server = web(t=document)
    shapes = make_file("s.ttl", f"{SHAPE} ex:o owl:imports <HOST/t> .", server)
    count, stderr, code = validate_with("--fetch", make_file("d.ttl", TURTLE), shapes=shapes)
    assert (count, code) == (0, 3)
    assert message.replace("HOST", server.host) in stderr


def test_imports_have_an_end(web, make_file, monkeypatch):
    """Shapes that import ever more are refused."""
    monkeypatch.setattr(shape_files, "_MOST", 5)
    many = {f"t{n}": (200, TTL, f"{NAMES} ex:o owl:imports <HOST/t{n + 1}> .") for n in range(9)}
    server = web(**many)
    shapes = make_file("s.ttl", f"{SHAPE} ex:o owl:imports <HOST/t0> .", server)
    assert "more than 5 documents" in validate_with("--fetch", make_file("d.ttl", TURTLE), shapes=shapes)[1]
    with Intake(fetch=True) as intake, pytest.raises(NotReadable, match="404"):
        intake.imported(f"{server.host}/none")


def test_folders_inside_a_folder_of_shapes_are_told(make_file, tmp_path):
    """Their shapes check nothing, which must not look like a pass."""
    for place, text in {"s/a.ttl": SHAPE, "s/b/c.ttl": OTHER, "s/docs/readme.md": "shapes"}.items():
        (tmp_path / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / place).write_text(NAMES + text)
    count, message, code = validate_with(make_file("d.ttl", TURTLE), shapes=tmp_path / "s")
    assert (count, code) == (1, 4)
    assert f"Not read, as they lie inside a folder of shapes: {tmp_path / 's' / 'b'}." in message
    graph = shape_files.read_shapes_graph([tmp_path / "s", tmp_path / "s" / "b" / "c.ttl"], Intake())
    assert graph.left_out == []


XML = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="urn:x:">\n{}</r:RDF>'
SHAPES_LINE = "<urn:x:s> <http://www.w3.org/ns/shacl#targetClass> <{}> .\n"
WRONG = {
    "s.ttl": (
        f"{SHAPES_LINE.format('urn:x:C')}\n{SHAPES_LINE.format('http://a.example/b c')}",
        3,
        "b c” cannot be read",
    ),
    "s.nt": (SHAPES_LINE.format("urn:x:C{"), 1, "“urn:x:C{” cannot be read as an IRI"),
    "s.trig": (f'{SHAPES_LINE.format("urn:x:C")}<urn:x:s> <urn:x:p> "x"@zh_Hant .', 2, "“zh_Hant” cannot be read as a"),
    "s.jsonld": ('{"@id": "urn:x:s",\n"urn:x:p": {"@id": "http://a.example/%"}}', 2, "“http://a.example/%” cannot"),
    "s.rdf": (
        XML.format('<r:Description><x:p r:nodeID="1 2"/></r:Description>'),
        2,
        "“1 2” cannot be an identifier",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_single_wrong_value_in_shapes_is_named(make_file, name):
    """Shapes are never used with another value than they state; the error says which value of which line it is."""
    text, line, told = WRONG[name]
    shapes = make_file(name, text)
    # The data has a wrong IRI as well, which is no reason not to read it.
    count, message, code = validate_with(make_file("d.ttl", f"{TURTLE} <urn:a> <urn:b> <urn:c d> ."), shapes=shapes)
    assert (count, code) == (0, 3)
    assert message.startswith(f"Error: {shapes}:{line}: ")
    assert told in message


def test_a_single_wrong_value_in_background_is_named(make_file):
    """What is known beside the data is used as it is written, too; a broken file is told as such."""
    make_file("s.ttl", SHAPE)
    profile = make_file(
        "p.toml", 'about = {en = "X.", zh-Hant = "火車。"}\nshapes = ["s.ttl"]\nbackground = ["b.ttl"]\n'
    )
    data = make_file("d.ttl", TURTLE)
    for text, told in (
        ("<urn:a> <urn:b> <urn:c d> .", "b.ttl:1: “urn:c d” cannot"),
        ("<urn:a> <urn:b>", "holds no RDF"),
    ):
        make_file("b.ttl", text)
        done = command("validate", "--profiles", profile.parent, "--profile", "p", data)
        assert (done.exit_code, told in done.stderr) == (3, True)
