"""Files that would exhaust a parser are refused before it begins; those that only look so are read."""

import json
import sys
import time

import pytest
from pyoxigraph import RdfFormat
from support.bounds import is_within
from support.large_files import run_looking, write_large_triples
from support.web_documents import command, triples

from dcat_hk.checking.sources import Intake
from dcat_hk.core.errors import NotRdf
from dcat_hk.core.limits import RdfLimits

HEAD = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:ex:">'
    '<rdf:Description rdf:about="urn:ex:a"><e:p>'
)
TAIL = "</e:p></rdf:Description></rdf:RDF>"
SEEN = '<urn:ex:a> <urn:ex:p> "{}"'
LAUGHS = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
N = 100_000
BIG = "x" * 12_000_000

DANGEROUS = {
    "billion-laughs.rdf": f'<!DOCTYPE r [<!ENTITY l0 "lol">{LAUGHS}]>{HEAD}&l9;{TAIL}',
    "laughs-in-attribute.rdf": f'<!DOCTYPE r [<!ENTITY l0 "lol">{LAUGHS}]>' + HEAD.replace("urn:ex:a", "&l9;") + TAIL,
    "quadratic.rdf": f'<!DOCTYPE r [<!ENTITY a "{"a" * 100_000}">]>{HEAD}{"&a;" * 100_000}{TAIL}',
    "external.rdf": f'<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>{HEAD}&a;{TAIL}',
    "parameter.rdf": f'<!DOCTYPE r [<!ENTITY % a SYSTEM "http://a.example/x.dtd"> %a;]>{HEAD}{TAIL}',
    "recursive.rdf": f'<!DOCTYPE r [<!ENTITY a "&b;"><!ENTITY b "&a;">]>{HEAD}&a;{TAIL}',
    "deep.rdf": HEAD + "<e:q><e:r>" * N + "</e:r></e:q>" * N + TAIL,
    "deep-literal.rdf": HEAD.replace("<e:p>", '<e:p rdf:parseType="Literal">') + "<b>" * N + "</b>" * N + TAIL,
    "long.rdf": HEAD + BIG + TAIL,
    "long-attribute.rdf": HEAD.replace("urn:ex:a", "urn:ex:" + BIG) + TAIL,
    "deep.jsonld": '{"@id":"urn:ex:a","urn:ex:p":' * N + "1" + "}" * N,
    "deep-arrays.jsonld": '{"@id":"urn:ex:a","urn:ex:p":' + "[" * N + "1" + "]" * N + "}",
    "deep-literal.jsonld": '{"urn:ex:p":{"@type":"@json","@value":' + "[" * N + "]" * N + "}}",
    "deep-context.jsonld": '{"@context":' + "[" * N + "]" * N + "}",
    "deep-unclosed.jsonld": '{"urn:ex:p":' * N,
    "deep-behind-texts.jsonld": '{"a":"}","urn:ex:p":' * N + "1" + "}" * N,
    "deep-behind-escapes.jsonld": r'{"a":"\"}\\","urn:ex:p":' * N + "1" + "}" * N,
    "long.jsonld": f'{{"urn:ex:p":"{BIG}"}}',
    "quoted.ttl": "<urn:ex:a> <urn:ex:p> " + "<<( <urn:s> <urn:p>\n" * N + "<urn:o> " + ")>> " * N + ".",
    "quoted.nt": "<urn:ex:a> <urn:ex:p> " + "<<( <urn:s> <urn:p> " * N + "<urn:o> " + ")>> " * N + ".",
    "long.ttl": f'<urn:ex:a> <urn:ex:p> "{BIG}" .',
    "long-lines.ttl": f'<urn:ex:a> <urn:ex:p> """{BIG.replace("xxxxxxxxxx", "xxxxxxxxx" + chr(10))}""" .',
    "long-iri.trig": f"<urn:ex:a> <urn:ex:p> <urn:{BIG}> .",
    "long-comment.ttl": f"# {BIG}\n<urn:ex:a> <urn:ex:p> 1 .",
    "long.nq": f'<urn:ex:a> <urn:ex:p> "{BIG}" .',
    "long": f'<urn:ex:a> <urn:ex:p> "{BIG}" .',
}

#: A name of a hundred thousand characters, and statements that say it again and again.
LONG = "http://a.example/" + "a" * 100_000 + "/"
TIMES = range(600)
XMLNS = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
EXPANDING = {
    "prefix.ttl": f"@prefix a: <{LONG}> .\n" + "".join(f"a:{n} a:p a:o .\n" for n in TIMES),
    "late-prefix.ttl": "<urn:a> <urn:b> 1 .\n" * 100
    + f"PREFIX a: <{LONG}>\n"
    + "".join(f"a:{n} a:p a:o .\n" for n in TIMES),
    "base.trig": f"@base <{LONG}> .\n" + "".join(f"<{n}> <p> <o> .\n" for n in TIMES),
    "bases.ttl": f"@base <{LONG[:30]}/> .\n"
    + f"@base <{'a' * 900}/> .\n" * 100
    + "".join(f"<{n}> <p> <o> .\n" for n in TIMES),
    "prefix-by-base.ttl": f"@base <{LONG}> . @prefix a: <#> .\n" + "".join(f"a:{n} a:p a:o .\n" for n in TIMES),
    "namespace.rdf": f'<rdf:RDF {XMLNS} xmlns:a="{LONG}">'
    + "".join(f'<rdf:Description rdf:about="urn:{n}"><a:p>1</a:p></rdf:Description>' for n in TIMES)
    + "</rdf:RDF>",
    "base.rdf": f'<rdf:RDF {XMLNS} xmlns:a="urn:a:" xml:base="{LONG}">'
    + "".join(f'<rdf:Description rdf:about="{n}"><a:p rdf:resource="x"/></rdf:Description>' for n in TIMES)
    + "</rdf:RDF>",
    "vocabulary.jsonld": json.dumps(
        {"@context": {"@vocab": LONG}, "@graph": [{"@id": f"urn:a:{n}", "p": n} for n in TIMES]}
    ),
    "term.jsonld": json.dumps({"@context": [{"a": LONG}], "@graph": [{"@id": f"a:{n}", "a:p": n} for n in TIMES]}),
    "hidden-context.jsonld": json.dumps(
        {"@context": {"@base": LONG}, "@graph": [{"@id": f"{n}", "urn:a:p": {"@id": "x"}} for n in TIMES]}
    ).replace("@context", "\\u0040context"),
}


@pytest.mark.parametrize("command_name", ["validate", "score"])
@pytest.mark.parametrize("name", EXPANDING)
def test_a_long_name_may_not_be_said_again_and_again(make_file, name, command_name):
    """Statements that are, in full, hundreds of times as long as their file are refused before they fill a memory."""
    path, started = make_file(name, EXPANDING[name]), time.process_time()
    done = command(command_name, path)
    assert done.exit_code == 3, done.output
    assert f"{name}: The file has statements that are, in full, more than 200 times as long" in done.stderr
    assert is_within(time.process_time() - started, 20)


def test_long_texts_beside_a_context_are_read(make_file):
    """A long text without a blank, as Chinese has them, is no name, however many strings stand beside it."""
    texts = {"urn:a:t": "字" * 50_000, **{f"urn:a:p{n}": f"v{n}" for n in range(1000)}}
    path = make_file("texts.jsonld", json.dumps({"@context": {"a": "urn:a:"}, "@id": "a:x", **texts}))
    assert len(triples(path)) == 1001


@pytest.mark.parametrize("command_name", ["validate", "score"])
@pytest.mark.parametrize("name", DANGEROUS)
def test_what_would_exhaust_a_parser_is_refused_in_a_sentence(make_file, name, command_name):
    """Exit code 3, the name of the file, a limit or a reason, soon; no traceback."""
    path, started = make_file(name, DANGEROUS[name]), time.process_time()
    done = command(command_name, path)
    assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (3, "", 1)
    assert done.stderr.startswith(f"Error: {path}")
    assert any(part in done.stderr for part in ("limit “", "refused", "no RDF that can be read", "no XML that can be"))
    assert is_within(time.process_time() - started, 5)


ENTITIES = '<!DOCTYPE rdf:RDF [<!ENTITY e "urn:ex:"><!ENTITY ep "&e;p"><!ENTITY amp "&#38;#38;">]>'
HARMLESS = {
    "entities.rdf": (f"{ENTITIES}{HEAD.replace('urn:ex:a', '&e;a')}&ep; &amp;{TAIL}", "urn:ex:p &"),
    "external-type.rdf": (f'<!DOCTYPE rdf:RDF PUBLIC "-//A//B" "http://a.example/c.dtd">{HEAD}1{TAIL}', "1"),
    "many.rdf": (f"{ENTITIES}{HEAD}{'&ep; ' * 50_000}{TAIL}", "urn:ex:p " * 50_000),
    "wide.rdf": (HEAD.replace("<e:p>", "<e:q></e:q>" * 10_000 + "<e:p>") + "1" + TAIL, "1"),
    "texts.jsonld": ('{"@id":"urn:ex:a","urn:ex:p":"' + "{[" * 5_000 + '"}', "{[" * 5_000),
    "escapes.jsonld": (
        r'{"@id":"urn:ex:a","urn:ex:p":"\\\"{\\\\"}',
        r"\"{\\".replace("\\", "\\\\").replace('"', '\\"'),
    ),
    "signs.ttl": ("<urn:ex:a> <urn:ex:p> '" + "<<" * 5_000 + "' .", "<<" * 5_000),
    "signs.nt": ('<urn:ex:a> <urn:ex:p> "' + "<<" * 400 + '" .', "<<" * 400),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_looks_dangerous_is_read(make_file, name):
    """Entities for namespaces are usual; brackets in texts are texts."""
    text, seen = HARMLESS[name]
    assert SEEN.format(seen) in triples(make_file(name, text))


def test_texts_far_apart_are_not_taken_for_one(make_file):
    """Between two texts over several lines there may be more than a text may have."""
    path = make_file(
        "a.ttl",
        '<urn:ex:a> <urn:ex:p> """1""" .\n' + "<urn:ex:b> <urn:ex:q> 2 .\n" * 9 + "<urn:ex:c> <urn:ex:p> '''3''' .",
    )
    with Intake(limits=RdfLimits(literal=100)) as intake:
        assert len(intake.files([path])) == 1
    with Intake(limits=RdfLimits(literal=20)) as intake, pytest.raises(NotRdf, match="“literal”"):
        intake.files([path])


def test_limits_are_settings(make_file, monkeypatch, tmp_path):
    """A limit of the settings file counts; an unknown one is an error of usage."""
    nested = make_file("a.jsonld", '{"@id":"urn:ex:a","urn:ex:p":' * 30 + "1" + "}" * 30)
    monkeypatch.chdir(tmp_path)
    assert "levels of nested JSON" not in command("validate", nested).stderr
    make_file("dcat-hk.toml", "[rdf-limits]\ndepth = 20\n")
    for name in ("validate", "score"):
        done = command(name, nested)
        assert (done.exit_code, "more than 20 levels of nested JSON" in done.stderr) == (3, True)
    make_file("dcat-hk.toml", "[rdf-limits]\ndeepness = 20\n")
    assert (command("validate", nested).exit_code, command("score", nested).exit_code) == (2, 2)


@pytest.mark.skipif(sys.platform != "linux", reason="needs what Linux says of memory")
@pytest.mark.parametrize("kind", [RdfFormat.N_QUADS, RdfFormat.TURTLE])
def test_a_file_that_was_looked_at_is_no_memory_of_the_process(tmp_path, kind):
    """Pages of a file count for whoever maps them: gigabytes would fill what a process may use."""
    path = tmp_path / "data"
    write_large_triples(path)
    code = """
from pyoxigraph import RdfFormat
from dcat_hk.checking.sources.scanning import check_limits
from dcat_hk.core.limits import RdfLimits
check_limits(Path(sys.argv[1]), RdfFormat.from_extension(sys.argv[2]), RdfLimits(), "data")
print(look())
"""
    [most] = run_looking(code, path, kind.file_extension)
    assert most < 200


_RDF_ROOT = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:u:">'


@pytest.mark.parametrize("command_name", ["validate", "score"])
@pytest.mark.parametrize(
    "wrong",
    ["<rdf:Description u:p=']]>'>]]></rdf:Description>", "\x01", "<!-- a -- b -->", "<?xml version='1.0'?>", "<"],
)
def test_entities_of_broken_xml_are_not_expanded(make_file, wrong, command_name):
    """Where one parser stops another may read on: what it would expand was not counted."""
    entity = f'<!DOCTYPE r [<!ENTITY a "{"x" * 100_000}">]>'
    text = f"<rdf:Description><u:p>{'&a;' * 5000}</u:p></rdf:Description></rdf:RDF>"
    done = command(command_name, make_file("a.rdf", entity + _RDF_ROOT + wrong + text))
    assert (done.exit_code, "a.rdf:1: The file is no XML that can be read" in done.stderr) == (3, True)


@pytest.mark.parametrize("encoding", ["x" * 5000, "hex" + " " * 2000, "x-unknown"])
def test_encodings_that_nobody_knows_are_told(make_file, encoding):
    """However long their names are, and wherever they stand."""
    text = f'<?xml version="1.0" {" " * 2000} encoding="{encoding}"?>{_RDF_ROOT}</rdf:RDF>'
    done = command("validate", make_file("a.rdf", text))
    assert (done.exit_code, "Traceback" in done.stderr, done.stderr.startswith("Error: ")) == (3, False, True)
