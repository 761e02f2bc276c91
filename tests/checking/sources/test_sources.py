"""Files as users name them, and contexts and imports from elsewhere: fetched when that is asked for, never else."""

import gzip
import json

import pytest
from support.web_documents import CONTEXT, DATA, SHAPE, TURTLE, command


@pytest.mark.parametrize("name", ["validate", "score"])
@pytest.mark.parametrize(
    ("file", "data", "message"),
    [
        ("x.ttl.gz", gzip.compress(TURTLE.encode() * 90, mtime=0)[:-12], "The file is damaged"),
        ("x", b"\x1f\x8bgarbage", "The file is damaged"),
        ("x", b"\x1f\x8b\x08\x00" + b"\xff" * 40, "The file is damaged"),
        ("x", b'<urn:a> <urn:b> "1" .\n<urn:a> <urn:b> 1 .\n{ oops', "x:3: The file holds no RDF that can be read"),
        ("x.ttl", b"<urn:a> <urn:b> .", "x.ttl:1: The file holds no RDF that can be read"),
        ("x.ttl", b"no turtle", "x.ttl: The file holds no RDF: it is plain text."),
        ("x.rdf", b"<rdf:RDF", "x.rdf:1: The file is no XML that can be read"),
        ("x.jsonld", b'{"@id": ', "x.jsonld:1: The file holds no RDF that can be read"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(make_file, name, file, data, message):
    """Damaged and broken files are refused in one line, with the name that the user gave."""
    done = command(name, make_file(file, data))
    assert (done.exit_code, done.stdout) == (3, "")
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    missing = command(name, "no/such.ttl")
    assert "no/such.ttl: The file cannot be read: No such file or directory." in missing.stderr


@pytest.mark.parametrize("name", ["validate", "score"])
def test_nothing_is_fetched_unasked(web, make_file, name):
    """A context elsewhere is refused with its address and with what would fetch it, and nobody is asked."""
    server = web(c=CONTEXT)
    done = command(name, make_file("x.jsonld", DATA, server))
    assert done.exit_code == 3
    assert f"x.jsonld: The file needs a context from elsewhere, and nothing is fetched unasked: {server.host}/c." in (
        done.stderr
    )
    assert "--fetch" in done.stderr
    inner = {"@context": ["HOST/a", {"t": {"@id": "urn:t", "@context": "b"}, "@import": "HOST/c"}], "@id": "urn:x"}
    refused = command(name, make_file("y.jsonld", inner, server)).stderr
    assert all(address in refused for address in (f"{server.host}/a", "file:///", "/b", f"{server.host}/c"))
    assert server.asked == []


@pytest.mark.parametrize("name", ["validate", "score"])
def test_contexts_are_fetched_when_asked_for(web, make_file, name):
    """With --fetch the data are read with the context, which is asked for once, by name, as JSON-LD."""
    graph = {"ex": "urn:ex:", "p": "ex:p", "Dataset": "http://www.w3.org/ns/dcat#Dataset"}
    server = web(c={"@context": graph})
    node = {"@context": "HOST/c#part", "@id": "urn:ex:a", "@type": "Dataset", "p": "1"}
    path = make_file("x.jsonld", [node, node | {"p": ["é", '"@context": "HOST/none"'], "@id": "ex:b"}], server)
    options = ["--shapes", make_file("s.ttl", SHAPE)] if name == "validate" else ["--skip-validation"]
    report = json.loads(command(name, "--fetch", "--format", "json", *options, path).stdout)
    if name == "validate":
        assert report["counts"]["Violation"] == 1
    else:
        assert [dataset["iri"] for dataset in report["datasets"]] == ["urn:ex:a", "urn:ex:b"]
    ((method, path, headers, _body),) = server.asked
    assert (method, path) == ("GET", "/c")
    assert headers["User-Agent"].startswith("dcat-hk/")
    assert "application/ld+json" in headers["Accept"]
