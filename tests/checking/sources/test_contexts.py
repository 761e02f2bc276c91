"""Contexts from elsewhere, put in the place of their addresses."""

import json

import pytest
from support.web_documents import CONTEXT, DATA, command, triples

from dcat_hk.checking.sources import Intake, contexts, fetching
from dcat_hk.checking.sources.syntaxes import statements
from dcat_hk.core.errors import NotRdf

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
def test_contexts_stand_where_their_addresses_stood(web, make_file, case):
    """Contexts in arrays, named by contexts, imported, and null have the same meaning as if they stood in the file."""
    documents, context, expected = EXPECTED[case]
    server = web(**documents)
    assert triples(make_file("x.jsonld", DATA | {"@context": context}, server), fetch=True) == expected
    assert len(server.paths) == len(set(server.paths)) == len(documents)


def test_contexts_of_terms_are_fetched_and_bases_do_not_count(web, make_file):
    """A term's own context is put in its place, relative to that of its context; a foreign @base is not heard."""
    server = web(n=NESTED, d={"@context": {"p": "urn:not"}}, c=CONTEXT)
    data = {"@context": "HOST/n", "@id": "a", "in": {"@id": "b", "p": "1"}}
    path = make_file("x.jsonld", data, server)
    base = path.parent.as_uri()
    assert triples(path, fetch=True) == [f"<{base}/a> <urn:in> <{base}/b>", f'<{base}/b> <urn:ex:p> "1"']
    assert sorted(server.paths) == ["/c", "/d", "/n"]


def test_a_large_file_keeps_all_that_is_no_context(web, make_file):
    """Texts that look like contexts, keys beside them and characters of any width are copied byte for byte."""
    server = web(c=CONTEXT)
    text = '\\"@context\\": \\"HOST/none\\" 計劃'
    nodes = [{"@id": f"urn:ex:{n}", "p": f"{n} {'é' * (n % 7)}"} for n in range(20_000)]
    data = json.dumps({"@context": ["HOST/c", {"q": "urn:q", "long": "urn:" + "計" * 30_000}], "@graph": nodes})
    data = data.replace('"p": "7 ', f'"p": "{text} ').replace('"p": "8 ', '"@context" :"HOST/c", "p": "8 ')
    with_context = triples(make_file("x.jsonld", data, server), fetch=True)
    inline = data.replace('"@context" :"HOST/c", ', "").replace('"HOST/c"', json.dumps(CONTEXT["@context"]))
    assert with_context == triples(make_file("y.jsonld", inline, server))
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
def test_contexts_that_cannot_be_had_are_refused(web, make_file, case):
    """Cycles, depth, size, errors of HTTP, what is no context: one line with the address and the reason."""
    documents, context, message = BAD[case]
    server = web(**documents)
    done = command("validate", "--fetch", make_file("x.jsonld", DATA | {"@context": context}, server))
    assert (done.exit_code, done.stdout) == (3, "")
    assert message.replace("HOST", server.host) in done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b" not in done.stderr
    assert len(server.paths) == len(set(server.paths))


def test_a_file_cannot_grow_without_end(web, make_file, monkeypatch):
    """A file that names a context again and again is refused before it fills the disk."""
    monkeypatch.setattr(contexts, "_MOST_ADDED", 100)
    server = web(c=CONTEXT)
    with pytest.raises(NotRdf, match="names contexts too often"):
        triples(make_file("x.jsonld", [DATA] * 9, server), fetch=True)


def embedded(make_file, document, fetch=None):
    """Return the file that stands for a document, and where a copy would be."""
    path = make_file("x.jsonld", document)
    copy = path.with_name("copy")
    return contexts.Contexts(fetch).embedded(path, "https://a.example/x", "x", lambda: copy), path, copy


def test_a_file_that_needs_no_context_is_not_copied(make_file):
    """A file with contexts of its own, or without any, stands for itself, also if it is empty."""
    for document in ([CONTEXT | {"@id": "urn:a"}], {"@id": "urn:a"}, "", '"\\"@context\\": \\"https://b.example/\\""'):
        result, path, copy = embedded(make_file, document)
        assert result == path
        assert not copy.exists()


def test_addresses_are_those_of_the_document(make_file):
    """A context is asked for by its whole address, without what names a part, and each once."""
    asked = []

    def fetch(address, accept, _is_named):
        asked.append((address, "json" in accept))
        return fetching.Fetched(address, "application/ld+json", json.dumps(CONTEXT).encode())

    document = [{"@context": "c#part", "@id": "urn:a"}, {"@context": ["https://a.example/c", {"q": "urn:q"}]}]
    result, _path, copy = embedded(make_file, document, fetch)
    assert result == copy
    assert asked == [("https://a.example/c", True)]
    first, second = json.loads(copy.read_text(encoding="utf-8"))
    assert first == {"@context": CONTEXT["@context"], "@id": "urn:a"}
    assert second == {"@context": [CONTEXT["@context"], {"q": "urn:q"}]}


def test_a_refusal_names_the_first_addresses(make_file):
    """A file with many contexts elsewhere is refused with the first five and the number of the others."""
    with pytest.raises(NotRdf, match=r"contexts .*/c4 and 2 more"):
        embedded(make_file, {"@context": [f"https://a.example/c{n}" for n in range(7)]})


def test_a_context_can_be_given_as_a_file(make_file, tmp_path):
    """--context takes the place of an address, and of those that other contexts name; nothing is fetched."""
    address = "https://a.example/c?v=1#x"
    make_file("inner.jsonld", {"@context": {"p": "urn:ex:p"}})
    make_file("outer.jsonld", {"@context": ["https://a.example/inner", {"q": "urn:ex:q"}]})
    data = make_file("a.jsonld", {"@context": address, "@id": "urn:ex:a", "p": "1", "q": "2"})
    given = [
        "--context",
        f"{address}={tmp_path}/outer.jsonld",
        "--context",
        f"https://a.example/inner={tmp_path}/inner.jsonld",
    ]
    for name in ("validate", "score"):
        assert "nothing is fetched unasked: https://a.example/c?v=1." in command(name, data).stderr
        assert "https://a.example/inner" in command(name, *given[:2], data).stderr
    assert command("validate", "--allow-empty", *given, data).exit_code == 0
    assert "There is no dataset in it" in command("score", *given, data).stderr
    with Intake(
        contexts={"https://a.example/inner": tmp_path / "inner.jsonld", address: tmp_path / "outer.jsonld"}
    ) as intake:
        (file,) = intake.files([data])
        assert len(list(statements(file.path, file.kind, file.base))) == 2


@pytest.mark.parametrize(
    ("content", "message"), [("[", "is no JSON"), ("{}", "without a context"), (None, "cannot be read")]
)
def test_a_file_that_is_no_context_is_refused(make_file, tmp_path, content, message):
    """The error names the file that was given."""
    path = tmp_path / "c.jsonld"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    data = make_file("a.jsonld", {"@context": "https://a.example/c", "@id": "urn:ex:a"})
    done = command("validate", "--context", f"https://a.example/c={path}", data)
    assert (done.exit_code, message in done.stderr, "c.jsonld" in done.stderr) == (3, True, True)
    assert command("validate", "--context", "https://a.example/c", data).exit_code == 2


def test_a_context_beside_the_file_is_read_and_no_other_file_is(make_file, tmp_path):
    """A relative name leads to a file of the same machine; a whole file: address, or an absolute path, is refused."""
    (tmp_path / "d").mkdir()
    make_file("c.jsonld", {"@context": {"p": "urn:ex:p"}})
    for name, stated in {"d/a.jsonld": "../c.jsonld", "b.jsonld": "./c.jsonld"}.items():
        assert triples(make_file(name, {"@context": stated, "@id": "urn:ex:a", "p": "1"})) == [
            '<urn:ex:a> <urn:ex:p> "1"'
        ]
    for stated in (f"file://{tmp_path}/c.jsonld", f"{tmp_path}/c.jsonld", "no-such.jsonld"):
        done = command("validate", make_file("b.jsonld", {"@context": stated, "@id": "urn:ex:a", "p": "1"}))
        assert (done.exit_code, "nothing is fetched unasked" in done.stderr) == (3, True)
