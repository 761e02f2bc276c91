"""Files as users name them, and contexts and imports from elsewhere: fetched when that is asked for, never else."""

import functools
import gzip
import json
import os
import socket
import threading
from pathlib import Path

import pyoxigraph
import pytest
from click.testing import CliRunner
from support.stores import ScriptedServer

from dcat_hk.checking.sources import Intake, contexts, fetching
from dcat_hk.checking.sources.fetching import Fetcher
from dcat_hk.checking.sources.syntaxes import likely_syntaxes, statements
from dcat_hk.checking.validating import shape_files as shapes_module
from dcat_hk.commands.cli import main
from dcat_hk.core.errors import NotRdf, NotReadable

TURTLE = '<urn:ex:a> <urn:ex:p> "1" .\n'
NAMES = """
@prefix ex: <urn:ex:> . @prefix sh: <http://www.w3.org/ns/shacl#> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
"""
#: A shape that finds one thing wrong, and a context for data that it does find.
SHAPE = f"{NAMES} ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:maxCount 0 ] . "
OTHER = f"{NAMES} ex:t sh:targetNode ex:a ; sh:property [ sh:path ex:q ; sh:minCount 1 ] . "
CONTEXT = {"@context": {"ex": "urn:ex:", "p": "ex:p"}}
DATA = {"@context": "HOST/c", "@id": "urn:ex:a", "p": "1"}
JSON, TTL = {"Content-Type": "application/ld+json"}, {"Content-Type": "text/turtle"}


def command(name, *arguments, **options):
    """Run a command in this process."""
    return CliRunner().invoke(main, [name, *map(str, arguments)], **options)


def triples(*sources, fetch=False):
    """Return what sources say, as lines of N-Triples."""
    with Intake(fetch) as intake:
        return sorted(str(q.triple) for f in intake.files(sources) for q in statements(f.path, f.kind, f.base))


class Web(ScriptedServer):
    """A server with documents by path; `HOST` in them is its address. What it has not is 404."""

    def __init__(self, documents):
        self.documents = {}
        super().__init__(lambda _method, path, _body: self.documents.get(path, (404, {}, b"nothing here")))
        self.host = self.address.removesuffix("/store")
        for path, document in documents.items():
            status, headers, body = document if isinstance(document, tuple) else (200, JSON, document)
            text = body if isinstance(body, bytes | str) else json.dumps(body)
            data = text if isinstance(text, bytes) else text.replace("HOST", self.host).encode()
            headers = {name: value.replace("HOST", self.host) for name, value in headers.items()}
            self.documents[path] = (status, headers, data)

    @property
    def paths(self):
        """Return the paths that were asked for."""
        return [path for _method, path, _headers, _body in self.asked]


@pytest.fixture
def web():
    """Give a function that starts a server with documents."""
    started = []

    def start(**documents):
        started.append(Web({f"/{name.replace('_', '.')}": document for name, document in documents.items()}))
        return started[-1]

    yield start
    for server in started:
        server.__exit__()


@pytest.fixture
def made(tmp_path):
    """Give a function that writes a file and returns its path."""

    def write(name, content, server=None):
        path = tmp_path / name
        text = content if isinstance(content, bytes | str) else json.dumps(content)
        data = text if isinstance(text, bytes) else text.replace("HOST", server.host if server else "HOST").encode()
        path.write_bytes(data)
        return path

    return write


# ---- files


@pytest.mark.parametrize("name", ["TURTLE", "N_TRIPLES", "N_QUADS", "TRIG", "JSON_LD", "RDF_XML"])
@pytest.mark.parametrize("packed", [True, False])
def test_content_says_what_a_name_does_not(made, name, packed):
    """Every syntax is read without a telling name, also gzipped, and by the names of its endings."""
    syntax = getattr(pyoxigraph.RdfFormat, name)
    quads = list(pyoxigraph.parse(TURTLE, format=pyoxigraph.RdfFormat.TURTLE))
    graph = pyoxigraph.NamedNode("urn:ex:g") if name in {"N_QUADS", "TRIG"} else pyoxigraph.DefaultGraph()
    quads = [pyoxigraph.Quad(*quad.triple, graph) for quad in quads]
    data = pyoxigraph.serialize(quads if syntax.supports_datasets else [q.triple for q in quads], format=syntax)
    data = gzip.compress(data) if packed else data
    assert triples(made("x", data)) == triples(made(f"x.{syntax.file_extension.upper()}", data)) != []


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (b"[] a <urn:x> .", "TURTLE"),
        (b"[ a <urn:x> ] .", "TURTLE"),
        (b'[\n{"@id"', "JSON_LD"),
        (b'{ "a"', "JSON_LD"),
        (b"{ <urn:a> <urn:b> 1 }", "TURTLE"),
        (b"\xef\xbb\xbf<?xml", "RDF_XML"),
        (b"<urn:a>", "TURTLE"),
        (b"", "TURTLE"),
    ],
)
def test_beginnings_are_told_apart(start, first):
    """What Turtle, TriG and JSON-LD may all begin with is told apart by what follows."""
    assert likely_syntaxes(start)[0] == getattr(pyoxigraph.RdfFormat, first)


def test_trig_may_begin_with_a_brace(made):
    """A graph without a name at the beginning makes a file no JSON."""
    assert triples(made("x", "{ <urn:ex:a> <urn:ex:b> <urn:ex:c> }")) == ["<urn:ex:a> <urn:ex:b> <urn:ex:c>"]


def test_pipes_and_standard_input_are_read_once(made, tmp_path):
    """What can be read only once is read once, and may be named twice."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(gzip.compress(TURTLE.encode())))
    writer.start()
    assert triples(pipe) == ['<urn:ex:a> <urn:ex:p> "1"']
    writer.join()
    shapes = made("s.ttl", SHAPE)
    done = command("validate", "--shapes", shapes, "--format", "json", "-", "-", input=TURTLE)
    assert json.loads(done.stdout)["counts"]["Violation"] == 1


def test_a_folder_stands_for_its_catalogue_or_for_its_files(made, tmp_path):
    """Of a build the N-Quads are read alone; without them the Turtle; without both every file of RDF."""
    made("a.ttl", '<urn:ex:a> <urn:ex:p> "a" .')
    made("b.nt.gz", gzip.compress(b'<urn:ex:a> <urn:ex:p> "b" .'))
    made("notes.txt", "no RDF")
    said = [len(triples(tmp_path))]
    made("catalogue.ttl", TURTLE)
    said.append(triples(tmp_path))
    made("catalogue.nq", '<urn:ex:a> <urn:ex:p> "nq" <urn:ex:g> .')
    said.append(triples(tmp_path))
    assert said == [2, ['<urn:ex:a> <urn:ex:p> "1"'], ['<urn:ex:a> <urn:ex:p> "nq"']]
    for name in ("validate", "score"):
        (tmp_path / "empty").mkdir(exist_ok=True)
        done = command(name, tmp_path / "empty")
        assert (done.exit_code, "The folder holds no RDF." in done.stderr) == (3, True)


def test_relative_iris_are_relative_to_the_file_that_was_named(made, monkeypatch, tmp_path):
    """Neither compression nor a name that says nothing changes what relative IRIs mean."""
    text = "<> <urn:ex:p> <b> ."
    assert triples(made("x", gzip.compress(text.encode()))) == [
        f"<{tmp_path.as_uri()}/x> <urn:ex:p> <{tmp_path.as_uri()}/b>"
    ]
    monkeypatch.chdir(tmp_path)
    with made("in.ttl", text).open(encoding="utf-8") as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert triples(Path("-")) == [f"<{tmp_path.as_uri()}/> <urn:ex:p> <{tmp_path.as_uri()}/b>"]
        assert not stream.closed


@pytest.mark.parametrize("name", ["validate", "score"])
@pytest.mark.parametrize(
    ("file", "data", "said"),
    [
        ("x.ttl.gz", gzip.compress(TURTLE.encode() * 90, mtime=0)[:-12], "The file is damaged"),
        ("x", b"\x1f\x8bgarbage", "The file is damaged"),
        ("x", b"\x1f\x8b\x08\x00" + b"\xff" * 40, "The file is damaged"),
        ("x", b'<urn:a> <urn:b> "1" .\n<urn:a> <urn:b> 1 .\n{ oops', "x:3: The file holds no RDF that can be read"),
        ("x.ttl", b"no turtle", "x.ttl:1: The file holds no RDF that can be read"),
        ("x.rdf", b"<rdf:RDF", "x.rdf: The file holds no RDF that can be read"),
        # JSON-LD has these dropped without a word; a dataset would be gone, and nothing found wrong with it.
        ("x.jsonld", b'{"@id": "urn:a b", "urn:p": 1}', "(no IRI: 'urn:a b')"),
        ("x.jsonld", b'{"urn:p": {"@id": "urn:<b>"}}', "(no IRI: 'urn:<b>')"),
        ("x.jsonld", b'{"urn:p": {"@value": "a", "@language": "zh_Hant"}}', "(no language tag: 'zh_Hant')"),
    ],
)
def test_what_cannot_be_read_is_refused_by_its_name(made, name, file, data, said):
    """Damaged and broken files are refused in one line, with the name that the user gave."""
    done = command(name, made(file, data))
    assert (done.exit_code, done.stdout) == (3, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    missing = command(name, "no/such.ttl")
    assert "no/such.ttl: The file cannot be read: No such file or directory." in missing.stderr


# ---- contexts


@pytest.mark.parametrize("name", ["validate", "score"])
def test_nothing_is_fetched_unasked(web, made, name):
    """A context elsewhere is refused with its address and with what would fetch it, and nobody is asked."""
    server = web(c=CONTEXT)
    done = command(name, made("x.jsonld", DATA, server))
    assert done.exit_code == 3
    assert f"x.jsonld: The file needs a context from elsewhere, and nothing is fetched unasked: {server.host}/c." in (
        done.stderr
    )
    assert "--fetch" in done.stderr
    inner = {"@context": ["HOST/a", {"t": {"@id": "urn:t", "@context": "b"}, "@import": "HOST/c"}], "@id": "urn:x"}
    refused = command(name, made("y.jsonld", inner, server)).stderr
    assert all(address in refused for address in (f"{server.host}/a", "file:///", "/b", f"{server.host}/c"))
    assert server.asked == []


@pytest.mark.parametrize("name", ["validate", "score"])
def test_contexts_are_fetched_when_asked_for(web, made, name):
    """With --fetch the data are read with the context, which is asked for once, by name, as JSON-LD."""
    graph = {"ex": "urn:ex:", "p": "ex:p", "Dataset": "http://www.w3.org/ns/dcat#Dataset"}
    server = web(c={"@context": graph})
    node = {"@context": "HOST/c#part", "@id": "urn:ex:a", "@type": "Dataset", "p": "1"}
    path = made("x.jsonld", [node, node | {"p": ["é", '"@context": "HOST/none"'], "@id": "ex:b"}], server)
    options = ["--shapes", made("s.ttl", SHAPE)] if name == "validate" else ["--skip-validation"]
    report = json.loads(command(name, "--fetch", "--format", "json", *options, path).stdout)
    if name == "validate":
        assert report["counts"]["Violation"] == 1
    else:
        assert [dataset["iri"] for dataset in report["datasets"]] == ["urn:ex:a", "urn:ex:b"]
    ((method, path, headers, _body),) = server.asked
    assert (method, path) == ("GET", "/c")
    assert headers["User-Agent"].startswith("dcat-hk/")
    assert "application/ld+json" in headers["Accept"]


NESTED = {
    "@context": {"@version": 1.1, "@base": "urn:wrong:", "in": {"@id": "urn:in", "@context": ["d", None, "HOST/c"]}}
}
EXPECTED = {
    "array": ({"c": CONTEXT}, ["HOST/c", {"q": "urn:q"}], ['<urn:ex:a> <urn:ex:p> "1"']),
    "context in context": (
        {"c": {"@context": ["HOST/sub/d", {"x": "urn:x"}]}, "sub/d": {"@context": "../e"}, "e": CONTEXT},
        "HOST/c",
        ['<urn:ex:a> <urn:ex:p> "1"'],
    ),
    "import": (
        {"c": {"@context": {"p": "urn:old", "q": "urn:q"}}},
        {"@version": 1.1, "@import": "HOST/c", "p": "urn:new"},
        ['<urn:ex:a> <urn:new> "1"'],
    ),
    "null": ({"c": {"@context": None}}, [{"p": "urn:gone"}, "HOST/c", {"p": "urn:new"}], ['<urn:ex:a> <urn:new> "1"']),
}


@pytest.mark.parametrize("case", EXPECTED)
def test_contexts_stand_where_their_addresses_stood(web, made, case):
    """Contexts in arrays, named by contexts, imported, and null have the same meaning as if they stood in the file."""
    documents, context, expected = EXPECTED[case]
    server = web(**documents)
    assert triples(made("x.jsonld", DATA | {"@context": context}, server), fetch=True) == expected
    assert len(server.paths) == len(set(server.paths)) == len(documents)


def test_contexts_of_terms_are_fetched_and_bases_do_not_count(web, made):
    """A term's own context is put in its place, relative to that of its context; a foreign @base is not heard."""
    server = web(n=NESTED, d={"@context": {"p": "urn:not"}}, c=CONTEXT)
    data = {"@context": "HOST/n", "@id": "a", "in": {"@id": "b", "p": "1"}}
    path = made("x.jsonld", data, server)
    base = path.parent.as_uri()
    assert triples(path, fetch=True) == [f"<{base}/a> <urn:in> <{base}/b>", f'<{base}/b> <urn:ex:p> "1"']
    assert sorted(server.paths) == ["/c", "/d", "/n"]


def test_a_large_file_keeps_all_that_is_no_context(web, made):
    """Texts that look like contexts, keys beside them and characters of any width are copied byte for byte."""
    server = web(c=CONTEXT)
    text = '\\"@context\\": \\"HOST/none\\" 計劃'
    nodes = [{"@id": f"urn:ex:{n}", "p": f"{n} {'é' * (n % 7)}"} for n in range(20_000)]
    data = json.dumps({"@context": ["HOST/c", {"q": "urn:q", "long": "urn:" + "計" * 30_000}], "@graph": nodes})
    data = data.replace('"p": "7 ', f'"p": "{text} ').replace('"p": "8 ', '"@context" :"HOST/c", "p": "8 ')
    with_context = triples(made("x.jsonld", data, server), fetch=True)
    inline = data.replace('"@context" :"HOST/c", ', "").replace('"HOST/c"', json.dumps(CONTEXT["@context"]))
    assert with_context == triples(made("y.jsonld", inline, server))
    assert len(with_context) == 20_000
    assert server.paths == ["/c"]


LOOP = {"a": {"@context": "HOST/b"}, "b": {"@context": [{"x": "urn:x"}, "a"]}}
MANY = {f"m{n}": {"@context": [f"HOST/m{n + 1}"] * 40} for n in range(9)} | {"m9": {"@context": {"p": "urn:p" * 9}}}
BAD = {
    "loop": (LOOP, "HOST/a", "The context leads back to itself"),
    "itself": ({"a": {"@context": {"@import": "HOST/a"}}}, "HOST/a", "The context leads back to itself"),
    "deep": ({f"c{n}": {"@context": f"HOST/c{n + 1}"} for n in range(40)}, "HOST/c0", "more than 10 times"),
    "many": (MANY, "HOST/m0", "too large"),
    "import of many": ({"a": {"@context": [{}]}}, {"@import": "HOST/a"}, "none that can be imported"),
    "missing": ({}, "HOST/a", "HOST/a: The address cannot be fetched: the server answers 404."),
    "garbage": ({"a": b"\xff\x00 garbage"}, "HOST/a", "HOST/a: The address gives no JSON, so no context."),
    "nested": ({"a": b"[" * 200_000}, "HOST/a", "no JSON"),
    "a page": ({"a": (200, {"Content-Type": "text/html"}, "<html>")}, "HOST/a", "no JSON"),
    "no context": ({"a": {"x": 1}}, "HOST/a", "JSON without a context"),
    "turned round": ({"a": (302, {"Location": "HOST/a"}, "")}, "HOST/a", "more than 5 redirections"),
    "led astray": ({"a": (302, {"Location": "file:///etc/passwd"}, "")}, "HOST/a", "it leads to file:"),
    "file": ({}, "/etc/passwd", "file:///etc/passwd: The address cannot be fetched: only http and https are."),
    "ftp": ({}, "ftp://a.example/\x1b[31m", "only http and https"),
    "no address": ({}, "http://[/", "no address of a context"),
    "no port": ({}, "http://a.example:99999999/", "cannot be fetched"),
    "no host": ({}, "http:///x", "cannot be fetched"),
}


@pytest.mark.parametrize("case", BAD)
def test_contexts_that_cannot_be_had_are_refused(web, made, case):
    """Cycles, depth, size, errors of HTTP, what is no context: one line with the address and the reason."""
    documents, context, said = BAD[case]
    server = web(**documents)
    done = command("validate", "--fetch", made("x.jsonld", DATA | {"@context": context}, server))
    assert (done.exit_code, done.stdout) == (3, "")
    assert said.replace("HOST", server.host) in done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    assert len(server.paths) == len(set(server.paths))


def test_a_file_cannot_grow_without_end(web, made, monkeypatch):
    """A file that names a context again and again is refused before it fills the disk."""
    monkeypatch.setattr(contexts, "_MOST_ADDED", 100)
    server = web(c=CONTEXT)
    with pytest.raises(NotRdf, match="names contexts too often"):
        triples(made("x.jsonld", [DATA] * 9, server), fetch=True)


def test_redirections_and_links_are_followed(web, made):
    """A context may have moved, and a page may name its JSON-LD; addresses are relative to where it was found."""
    link = {"Content-Type": "text/html", "Link": '</style>; rel=x, <v1/c>; rel="alternate"; type="application/ld+json"'}
    moved = {"a": (303, {"Location": "/page"}, ""), "page": (200, link, "<html>")}
    server = web(**moved, **{"v1/c": {"@context": "d"}, "v1/d": CONTEXT})
    assert triples(made("x.jsonld", DATA | {"@context": "HOST/a"}, server), fetch=True) == ['<urn:ex:a> <urn:ex:p> "1"']
    assert server.paths == ["/a", "/page", "/v1/c", "/v1/d"]


def test_answers_have_limits_of_size_and_time(web, made, monkeypatch):
    """What is too large, silent, or sends a byte now and then, is given up in time."""
    server = web(c={"@context": {"p": "urn:" + "x" * 3000}})
    path = made("x.jsonld", DATA, server)
    monkeypatch.setattr(fetching, "Fetcher", functools.partial(Fetcher, size=2000))
    assert "the answer is larger than 2,000 bytes" in command("validate", "--fetch", path).stderr
    monkeypatch.setattr(fetching, "Fetcher", functools.partial(Fetcher, limit=0.3))
    for address in (silent(), dripping()):
        with address as host:
            done = command("validate", "--fetch", made("x.jsonld", DATA | {"@context": host}))
            assert (done.exit_code, host in done.stderr) == (3, True)
            assert "in time" in done.stderr or "it takes longer than 0.3 seconds" in done.stderr
    monkeypatch.setattr(fetching, "Fetcher", Fetcher)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/"
        assert "refused" in command("validate", "--fetch", made("x.jsonld", DATA | {"@context": nobody})).stderr


class dripping:  # noqa: N801 - used like a function
    """A server that sends a byte of its answer now and then, without end."""

    beginning = b"HTTP/1.1 200 OK\r\n"

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.ended = threading.Event()
        self.thread = threading.Thread(target=self.serve)
        self.thread.start()
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/"

    def serve(self):
        """Answer one request."""
        connection, _address = self.socket.accept()
        with connection:
            connection.sendall(self.beginning)
            while not self.ended.wait(0.05):
                if self.beginning:
                    connection.sendall(b"x")

    def __exit__(self, *_error):
        self.ended.set()
        self.thread.join()
        self.socket.close()


class silent(dripping):  # noqa: N801 - used like a function
    """A server that takes a request and never answers."""

    beginning = b""


# ---- what shapes import


def found(*arguments, shapes):
    """Return the shapes that answered, what was said on standard error, and the exit code."""
    done = command("validate", "--format", "json", "--shapes", shapes, *arguments)
    results = json.loads(done.stdout)["results"] if done.stdout else []
    return len(results), done.stderr, done.exit_code


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_imports_are_told_of_and_not_fetched(web, made, engine):
    """Without --fetch shapes are used as they stand, no engine asks anybody, and a note names what was left out."""
    server = web(t=(200, TTL, OTHER))
    shapes = made("s.ttl", f"{SHAPE} ex:o owl:imports <HOST/t>, <urn:ex:elsewhere> .", server)
    data = made("d.ttl", TURTLE)
    count, said, code = found("--engine", engine, data, shapes=shapes)
    assert (count, code, server.asked) == (1, 4, [])
    assert f"without --fetch: the shapes import {server.host}/t." in said
    assert "only http and https are: the shapes import urn:ex:elsewhere." in said
    assert found("--engine", engine, "--quiet", data, shapes=shapes)[1] == ""


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
def test_imports_are_fetched_when_asked_for(web, made, case, engine):
    """With --fetch imported shapes answer too, in whichever syntax the media type or the content says."""
    server = web(t=IMPORTED[case])
    shapes = made("s.ttl", f"{SHAPE} ex:o owl:imports <HOST/t#part> .", server)
    assert found("--fetch", "--engine", engine, made("d.ttl", TURTLE), shapes=shapes) == (2, "", 4)
    assert server.paths == ["/t"]
    assert server.asked[0][2]["Accept"].startswith("text/turtle")


def test_imports_of_imports_are_fetched_once(web, made):
    """Imports that lead in a circle end, and blank nodes of two documents are not taken for one another."""
    node = "_:x sh:path ex:p ; sh:maxCount 0 . ex:NAME sh:targetNode ex:a ; sh:property _:x . "
    documents = {
        "a": (200, TTL, f"{NAMES} {node.replace('NAME', 'a')} <HOST/a> owl:imports <HOST/b>, <b> ."),
        "b": (200, TTL, f"{NAMES} {node.replace('NAME', 'b')} <HOST/b> owl:imports <HOST/a> ."),
    }
    server = web(**documents)
    shapes = made("s.ttl", f"{NAMES} {node.replace('NAME', 's')} ex:o owl:imports <HOST/a> .", server)
    assert found("--fetch", made("d.ttl", TURTLE), shapes=shapes) == (3, "", 4)
    assert server.paths == ["/a", "/b"]


def test_what_is_there_is_not_fetched(web, made, tmp_path):
    """An import that another given file is, or describes as an ontology, is neither fetched nor told of."""
    server = web()
    folder = tmp_path / "shapes"
    folder.mkdir()
    made("shapes/s.ttl", f"{SHAPE} <HOST/s> a owl:Ontology ; owl:imports <HOST/t>, <t.ttl> .", server)
    made("shapes/t.ttl", f"{OTHER} <HOST/t> a owl:Ontology ; owl:imports <HOST/s> .", server)
    made("shapes/context.jsonld", "a context beside shapes is none of them")
    for option in ([], ["--fetch"]):
        assert found(*option, made("d.ttl", TURTLE), shapes=folder) == (2, "", 4)
    assert server.asked == []


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ((404, {}, ""), "HOST/t: The address cannot be fetched: the server answers 404."),
        ((200, {"Content-Type": "text/html"}, "<html>"), "a web page, no RDF"),
        ((200, TTL, "garbage"), "HOST/t:1: The file holds no RDF"),
        ((200, {}, "garbage"), "HOST/t:1: The file holds no RDF"),
        ((200, {}, b"\x1f\x8bgarbage"), "HOST/t: The file is damaged"),
    ],
)
def test_imports_that_cannot_be_had_are_refused(web, made, document, said):
    """An import that is missing or no RDF ends the work in one line with its address."""
    server = web(t=document)
    shapes = made("s.ttl", f"{SHAPE} ex:o owl:imports <HOST/t> .", server)
    count, stderr, code = found("--fetch", made("d.ttl", TURTLE), shapes=shapes)
    assert (count, code) == (0, 3)
    assert said.replace("HOST", server.host) in stderr


def test_imports_have_an_end(web, made, monkeypatch):
    """Shapes that import ever more are refused."""
    monkeypatch.setattr(shapes_module, "_MOST", 5)
    many = {f"t{n}": (200, TTL, f"{NAMES} ex:o owl:imports <HOST/t{n + 1}> .") for n in range(9)}
    server = web(**many)
    shapes = made("s.ttl", f"{SHAPE} ex:o owl:imports <HOST/t0> .", server)
    assert "more than 5 documents" in found("--fetch", made("d.ttl", TURTLE), shapes=shapes)[1]
    with Intake(fetch=True) as intake, pytest.raises(NotReadable, match="404"):
        intake.imported(f"{server.host}/none")
