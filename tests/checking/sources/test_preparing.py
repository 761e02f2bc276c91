"""How a file is prepared: compression, limits, names, one after another."""

import gzip
import json

import pytest
from support.web_documents import TURTLE, command, triples

from dcat_hk.checking.sources import Intake
from dcat_hk.core.errors import NotRdf
from dcat_hk.core.limits import RdfLimits


def test_gzip_in_parts_is_read_and_damaged_gzip_is_refused(make_file):
    """Programs append to compressed files; a file that was cut off is not read as if it were whole."""
    other = TURTLE.replace("ex:a", "ex:b")
    data = gzip.compress(TURTLE.encode()) + gzip.compress(other.encode())
    assert len(triples(make_file("a.ttl.gz", data))) == 2
    for name, broken in {"cut.gz": data[:-9], "cut2.gz": data[:30], "junk.gz": data + b"junk"}.items():
        done = command("validate", make_file(name, broken))
        assert (done.exit_code, "damaged" in done.stderr) == (3, True)


@pytest.mark.parametrize("command_name", ["validate", "score"])
def test_a_bomb_is_refused_while_it_is_unpacked(make_file, command_name, monkeypatch, tmp_path):
    """Neither the ratio nor the size may be beyond the limits, and nothing is left."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    done = command(command_name, make_file("a.ttl.gz", gzip.compress(bytes(60_000_000))))
    assert (done.exit_code, "more than 200 times its packed size" in done.stderr) == (3, True)
    assert list(folder.iterdir()) == []
    packed = make_file("b.ttl.gz", gzip.compress(TURTLE.encode() * 99))
    with Intake(limits=RdfLimits(unpacked=500)) as intake, pytest.raises(NotRdf, match="500 bytes when unpacked"):
        intake.files([packed])


def test_gzip_in_gzip_is_told(make_file):
    """What is packed twice is no text."""
    done = command("validate", make_file("a.ttl.gz", gzip.compress(gzip.compress(TURTLE.encode()))))
    assert (done.exit_code, "compressed" in done.stderr) == (3, True)


def test_data_json_of_project_open_data_needs_no_context(make_file):
    """A file that only says which schema it follows is read by it."""
    data = {
        "conformsTo": "https://project-open-data.cio.gov/v1.1/schema",
        "dataset": [{"@type": "dcat:Dataset", "title": "T", "keyword": ["k"], "modified": "2024-01-01"}],
    }
    seen = triples(make_file("data.json", data))
    assert any('<http://purl.org/dc/terms/title> "T"' in triple for triple in seen)
    assert any('<http://www.w3.org/ns/dcat#keyword> "k"' in triple for triple in seen)
    assert any("<http://www.w3.org/ns/dcat#dataset>" in triple for triple in seen)
    named = {"@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld"} | data
    assert len(triples(make_file("b.json", json.dumps(named)))) == len(seen)


def test_a_million_blank_nodes_are_read(make_file):
    """Many small things are no attack."""
    path = make_file("a.nt", "".join(f'_:b{n} <urn:ex:p> "1" .\n' for n in range(200_000)))
    with Intake() as intake:
        assert len(intake.files([path])) == 1


RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_QUAD = "<http://a.example/d> <http://a.example/p> <http://a.example/o>"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("turtle.nt", f"@prefix a: <http://a.example/> .\n{_QUAD} ."),
        ("turtle.nq", "# a comment\nPREFIX a: <http://a.example/>\na:d a:p a:o ."),
        ("trig.nt", "@prefix a: <http://a.example/> .\na:g { a:d a:p a:o }"),
        ("trig.ttl", "@prefix a: <http://a.example/> .\na:g { a:d a:p a:o }"),
        ("quads.nt", f"{_QUAD} <http://a.example/g> ."),
        ("quads.ttl", f"{_QUAD} <http://a.example/g> .\n{_QUAD} <http://a.example/h> ."),
    ],
)
def test_what_a_file_holds_decides_if_its_name_says_another_syntax(make_file, name, text):
    """The syntaxes of one family are mixed up often."""
    assert set(triples(make_file(name, text.encode()))) == set(triples(make_file("right.ttl", f"{_QUAD} .".encode())))


@pytest.mark.parametrize(("name", "expected"), [("a.nt", 1), ("a.nq", 1), ("a.ttl", 0), ("a", 0)])
@pytest.mark.parametrize("subject", ["<d>", "<a/b>", "<d/>"])
def test_a_relative_iri_at_the_beginning_is_no_tag(make_file, name, expected, subject):
    """An IRI stands in angle brackets as a tag of XML does; only lines have no relative IRIs."""
    text = f"{subject} <{RDF}type> <http://www.w3.org/ns/dcat#Dataset> ."
    done = command("validate", "--profile", "dcat-ap", "--format", "json", make_file(name, text.encode()))
    assert done.exit_code == 4
    told = [result["component"] for result in json.loads(done.stdout)["results"]]
    assert told.count("urn:dcat-hk:source:relative-iri") == expected


def test_tags_at_the_beginning_are_no_iris(make_file):
    """Other XML than RDF/XML is still called by its name, whatever the file's name says."""
    for text in ("<d> <e/> </d>", "<d>\n<e>http://a.example/</e></d>", '<d> <e f="http://a.example/"/></d>'):
        assert "root is <d>" in command("validate", make_file("a.ttl", text.encode())).stderr
