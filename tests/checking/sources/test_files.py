"""Files as users name them: folders, pipes, compression, relative IRIs."""

import gzip
import json
import os
import threading
from pathlib import Path

import pyoxigraph
import pytest
from support.web_documents import SHAPE, TURTLE, command, triples

from dcat_hk.checking.sources import Intake
from dcat_hk.core.errors import NotReadable


@pytest.mark.parametrize("name", ["TURTLE", "N_TRIPLES", "N_QUADS", "TRIG", "JSON_LD", "RDF_XML"])
@pytest.mark.parametrize("packed", [True, False])
def test_content_says_what_a_name_does_not(make_file, name, packed):
    """Every syntax is read without a telling name, also gzipped, and by the names of its endings."""
    syntax = getattr(pyoxigraph.RdfFormat, name)
    quads = list(pyoxigraph.parse(TURTLE, format=pyoxigraph.RdfFormat.TURTLE))
    graph = pyoxigraph.NamedNode("urn:ex:g") if name in {"N_QUADS", "TRIG"} else pyoxigraph.DefaultGraph()
    quads = [pyoxigraph.Quad(*quad.triple, graph) for quad in quads]
    data = pyoxigraph.serialize(quads if syntax.supports_datasets else [q.triple for q in quads], format=syntax)
    data = gzip.compress(data) if packed else data
    assert triples(make_file("x", data)) == triples(make_file(f"x.{syntax.file_extension.upper()}", data)) != []


def test_trig_may_begin_with_a_brace(make_file):
    """A graph without a name at the beginning makes a file no JSON."""
    assert triples(make_file("x", "{ <urn:ex:a> <urn:ex:b> <urn:ex:c> }")) == ["<urn:ex:a> <urn:ex:b> <urn:ex:c>"]


def test_pipes_and_standard_input_are_read_once(make_file, tmp_path):
    """What can be read only once is read once, and may be named twice."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(gzip.compress(TURTLE.encode())))
    writer.start()
    assert triples(pipe) == ['<urn:ex:a> <urn:ex:p> "1"']
    writer.join()
    shapes = make_file("s.ttl", SHAPE)
    done = command("validate", "--shapes", shapes, "--format", "json", "-", "-", input=TURTLE)
    assert json.loads(done.stdout)["counts"]["Violation"] == 1


def test_a_folder_stands_for_its_catalogue_or_for_its_files(make_file, tmp_path):
    """Of a build the N-Quads are read alone; without them the Turtle; without both every file of RDF."""
    make_file("a.ttl", '<urn:ex:a> <urn:ex:p> "a" .')
    make_file("b.nt.gz", gzip.compress(b'<urn:ex:a> <urn:ex:p> "b" .'))
    make_file("notes.txt", "no RDF")
    contents = [len(triples(tmp_path))]
    make_file("catalogue.ttl", TURTLE)
    contents.append(triples(tmp_path))
    make_file("catalogue.nq", '<urn:ex:a> <urn:ex:p> "nq" <urn:ex:g> .')
    contents.append(triples(tmp_path))
    assert contents == [2, ['<urn:ex:a> <urn:ex:p> "1"'], ['<urn:ex:a> <urn:ex:p> "nq"']]
    for name in ("validate", "score"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        done = command(name, tmp_path / "empty")
        assert (done.exit_code, "The folder holds no RDF." in done.stderr) == (3, True)


def test_relative_iris_are_relative_to_the_file_that_was_named(make_file, monkeypatch, tmp_path):
    """Neither compression nor a name that says nothing changes what relative IRIs mean."""
    text = "<> <urn:ex:p> <b> ."
    assert triples(make_file("x", gzip.compress(text.encode()))) == [
        f"<{tmp_path.as_uri()}/x> <urn:ex:p> <{tmp_path.as_uri()}/b>"
    ]
    monkeypatch.chdir(tmp_path)
    with make_file("in.ttl", text).open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert triples(Path("-")) == [f"<{tmp_path.as_uri()}/> <urn:ex:p> <{tmp_path.as_uri()}/b>"]
        assert not stream.closed


def test_each_file_is_taken_once_and_copies_last_as_long_as_the_intake(make_file):
    """A file that is named twice is read once; the unpacked copy of a compressed one goes with the intake."""
    packed, plain = make_file("a.ttl.gz", gzip.compress(TURTLE.encode())), make_file("b.ttl", TURTLE)
    with Intake() as intake:
        files = intake.files([packed, plain, packed])
        assert [file.name for file in files] == [str(packed), str(plain)]
        assert files[1].path == plain
        assert files[0].path.read_text(encoding="utf-8") == TURTLE
        assert files[0].base == packed.as_uri()
        assert intake.files(files) == files
    assert not files[0].path.exists()
    assert plain.exists()


def test_what_cannot_be_read_is_named_with_what_to_do(make_file, tmp_path):
    """A missing file, a damaged one and a folder without RDF are errors that name it."""
    damaged = make_file("a.ttl.gz", gzip.compress(TURTLE.encode())[:-9])
    (tmp_path / "empty").mkdir()
    for path, reason in ((tmp_path / "none", "No such file"), (damaged, "damaged"), (tmp_path / "empty", "no RDF")):
        with Intake() as intake, pytest.raises(NotReadable, match=reason) as caught:
            intake.files([path])
        assert caught.value.where == str(path)


def test_folders_inside_a_folder_are_told(tmp_path):
    """Files in them are not validated, so that nobody takes them for valid; what is named as well is not told."""
    for place in ("a.ttl", "b/c/d.nt", "e/readme.md", ".git/f.ttl"):
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TURTLE)
    with Intake() as intake:
        assert [file.name for file in intake.files([tmp_path])] == [str(tmp_path / "a.ttl")]
        assert [(found.file, found.rule) for found in intake.findings] == [(str(tmp_path / "b"), "folder-left-out")]
    (tmp_path / "b" / "g.ttl").write_text(TURTLE)
    with Intake() as intake:
        assert len(intake.files([tmp_path, tmp_path / "b"])) == 2
        assert [found.file for found in intake.findings] == [str(tmp_path / "b" / "c")]
