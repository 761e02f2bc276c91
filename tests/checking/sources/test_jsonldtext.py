"""JSON-LD that must be rearranged, or in which terms are wrong; a processor of another family agrees."""

import json

import pyoxigraph
import pytest
from pyld import jsonld
from support.web_documents import command

from dcat_hk.checking.sources import Intake
from dcat_hk.checking.sources.jsonldtext import TextLines
from dcat_hk.checking.sources.syntaxes import statements

PREFIXES = {"@version": 1.1, "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/"}
SCOPED = {"@id": "dcat:Dataset", "@context": {"name": "dct:title"}}
E, NODE = "http://a.example/", {"@id": "http://a.example/d", "dct:title": "T"}


def canonical(quads):
    """Return statements in canonical form."""
    dataset = pyoxigraph.Dataset(quads)
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.UNSTABLE)
    return sorted(map(str, dataset))


def read(path):
    """Return what is read of a file, mended if it must be, and its findings."""
    with Intake() as intake:
        quads = intake.read(
            intake.files([path]), lambda files: [q for f in files for q in statements(f.path, f.kind, f.base)]
        )
        return canonical(quads), sorted(finding.rule for finding in intake.findings)


def document(terms, body):
    """Return JSON-LD with a context of some terms."""
    return {"@context": PREFIXES | terms, "@id": f"{E}c"} | body


def mapped(container, **more):
    """Return the definition of a term for datasets in a kind of map."""
    return {"ds": {"@id": "dcat:dataset", "@container": container} | more}


def by_type(nodes, **terms):
    """Return JSON-LD with a type map."""
    return document(mapped("@type") | terms, {"ds": nodes})


X = {"@type": "dct:X", "dct:title": "T"}
IDS = {"id": "@id", "type": "@type"}
VALID = {
    "type map": by_type({"dcat:Dataset": NODE}),
    "type map of lists": by_type({"dcat:Dataset": [NODE, {"@id": f"{E}e"}], "dct:X": {}}),
    "type map of @none": by_type({"@none": NODE}),
    "type map with types": by_type({"dcat:Dataset": NODE | {"@type": ["dct:X"]}}),
    "type map with an alias": by_type({"dcat:Dataset": {"id": f"{E}d", "type": "dct:X"}}, **IDS),
    "type map with scoped context": by_type({"D": {"@id": f"{E}d", "name": "T"}}, D=SCOPED),
    "type map of addresses": document(mapped("@type", **{"@type": "@id"}), {"ds": {"dcat:Dataset": [f"{E}d", NODE]}}),
    "type map in a type map": by_type({"dct:X": {"@id": f"{E}x", "ds": {"dcat:Dataset": NODE}}}),
    "type map in a set": document(mapped(["@type", "@set"]), {"ds": {"dcat:Dataset": NODE, "dct:D": [NODE | X]}}),
    "type map of a scoped context": document(
        {"C": {"@id": "dcat:Catalog", "@context": mapped("@type")}}, {"@type": "C", "ds": {"dcat:Dataset": NODE}}
    ),
    "id map": document(mapped("@id"), {"ds": {f"{E}d": X}}),
    "index map": document(mapped("@index"), {"ds": {"1": NODE, "2": {"@id": f"{E}e"}}}),
    "graph map": document(mapped(["@graph", "@id"]), {"ds": {f"{E}g": NODE}}),
    "language map": document(
        {"t": {"@id": "dct:title", "@container": "@language"}}, {"t": {"en": "a", "zh-hant": ["b", "c"]}}
    ),
    "nest": document({"n": "@nest", "t": {"@id": "dct:title", "@nest": "n"}}, {"n": {"t": "T"}}),
    "included": document({}, {"@included": [NODE | {"@type": "dct:X"}]}),
    "json": document({"j": {"@id": "dct:x", "@type": "@json"}}, {"j": {"b": [1, {"a": None}], "a": "x"}}),
    "type last": document({"D": SCOPED}, {"name": "T", "dct:x": {"dct:y": 1, "@id": f"{E}z"}, "@type": "D"}),
    "context last": {"@id": f"{E}c", "dct:title": "T", "@type": "dct:X", "@context": PREFIXES},
    "reverse": document({"in": {"@reverse": "dcat:dataset"}}, {"in": NODE}),
    "arrays in arrays": [[document({}, NODE)], [[document({}, {"dct:x": True})]]],
}


@pytest.mark.parametrize("name", VALID)
@pytest.mark.parametrize("order", ["as it is", "turned around"])
def test_valid_json_ld_is_read_as_another_processor_reads_it(make_file, name, order):
    """Maps of each kind, nesting, and keys in any order."""

    def turned(value):
        if isinstance(value, list):
            return [turned(item) for item in value]
        return {key: turned(item) for key, item in reversed(value.items())} if isinstance(value, dict) else value

    stated = VALID[name] if order == "as it is" else turned(VALID[name])
    expected = jsonld.to_rdf(stated, {"format": "application/n-quads"})
    assert read(make_file("a.jsonld", stated)) == (
        canonical(pyoxigraph.parse(expected, format=pyoxigraph.RdfFormat.N_QUADS)),
        [],
    )
    assert command("validate", "--allow-empty", make_file("b.json", stated)).exit_code in {0, 4}


@pytest.mark.parametrize(
    ("body", "line", "value", "rule"),
    [
        ({"dct:x": {"@id": "http://a.example/b c"}}, 9, "http://a.example/b c", "invalid-iri"),
        ({"dct:x": {"@id": " http://a.example/b "}}, 9, " http://a.example/b ", "blanks-around-iri"),
        ({"dct:x": {"@id": "{x}"}}, 9, None, "invalid-iri"),
        ({"dct:x": {"@id": "mailto: a@b.example"}}, 9, "mailto: a@b.example", "invalid-iri"),
        ({"dct:x": {"@value": "x", "@language": "zh_Hant"}}, 10, "zh_Hant", "invalid-language-tag"),
        ({"dct:x": {"@value": "x", "@type": "http://a.example/d t"}}, 10, "http://a.example/d t", "invalid-iri"),
        ({"@type": "dct:a b"}, 8, None, "invalid-iri"),
    ],
)
def test_wrong_terms_are_told_with_their_lines_and_the_rest_is_read(make_file, body, line, value, rule):
    """The standard drops these in silence; here each is a violation, and nothing is dropped."""
    path = make_file("a.jsonld", json.dumps(document({}, body | {"dct:title": "T"}), indent=1))
    done = command("validate", "--profile", "dcat-ap", "--format", "json", path)
    results = [result for result in json.loads(done.stdout)["results"] if "dcat-hk:source" in result["component"]]
    assert done.exit_code == 4
    assert [(result["focus_node"], result["component"].rpartition(":")[2]) for result in results] == [
        (f"{path}:{line}", rule)
    ]
    assert value is None or value in results[0]["value"]
    assert len(read(path)[0]) == 2


def test_lines_are_found_in_one_pass(make_file, monkeypatch):
    """However many values are wrong, the file is gone through once for all, whether they stand as they are or not."""
    reads = []
    looked = TextLines._first_lines
    monkeypatch.setattr(TextLines, "_first_lines", lambda lines, parts: reads.append(1) or looked(lines, parts))
    things = [{"@id": f"{E}{n} x", "dct:x": {"@id": f"dct:é{n} y"}, 'dct:"': f"{n}"} for n in range(500)]
    text = json.dumps({"@context": PREFIXES, "@graph": things}, indent=1, ensure_ascii=True)
    path = make_file("a.jsonld", text)
    with Intake() as intake:
        intake.read(intake.files([path]), lambda files: [list(statements(f.path, f.kind, f.base)) for f in files])
        found = {(finding.line, finding.value) for finding in intake.findings}
    lines = text.split("\n")
    expected = {(number, f"{E}{n} x") for n in range(500) for number in [lines.index(f'   "@id": "{E}{n} x",') + 1]} | {
        (number, f"http://purl.org/dc/terms/é{n} y")
        for n in range(500)
        for number in [lines.index(f'    "@id": "dct:\\u00e9{n} y"') + 1]
    }
    assert {pair for pair in found if '"' not in pair[1]} == expected
    assert reads == [1]


def test_definitions_that_a_context_may_not_have_are_left_out_and_told(make_file):
    """A term that looks like an IRI and stands for another one is wrong, and some official contexts have such."""
    terms = {
        "dct:own": {"@id": "dct:other"},
        "dcat:dataset": {"@id": "dcat:dataset", "@type": "@id"},
        "x": {"@id": "dct:x", "@type": ""},
    }
    path = make_file("a.jsonld", document(terms, {"dcat:dataset": f"{E}d", "dct:own": 1}))
    quads, rules = read(path)
    assert rules == ["invalid-context-term"] * 2
    assert any("<http://www.w3.org/ns/dcat#dataset> <http://a.example/d>" in quad for quad in quads)
    assert any("<http://purl.org/dc/terms/own>" in quad for quad in quads)


def test_a_document_that_is_too_large_to_be_rearranged_is_refused(make_file, monkeypatch, tmp_path):
    """What must be held in memory has a limit."""
    make_file("dcat-hk.toml", "[rdf-limits]\nwhole = 100\n")
    monkeypatch.chdir(tmp_path)
    done = command("validate", make_file("a.jsonld", document({"dct:own": "dct:other"}, {})))
    assert (done.exit_code, "more than 100 bytes and must be rearranged" in done.stderr) == (3, True)


@pytest.mark.parametrize(
    "value", ["@id", '"', "", " ", "_:b c", "a b", "{", "http://[", "\ud800", "x" * 3000 + " ", "::", "%"]
)
def test_no_value_whatever_ends_the_reading(make_file, value):
    """What stands for an IRI, a type, a datatype or a tag may be anything: a finding, or nothing, but no traceback."""
    stated = document({}, {"dct:x": {"@id": value}, "@type": value, "dct:y": {"@value": "1", "@type": value}})
    for body in (stated, stated | {"dct:y": {"@value": "1", "@language": value}}, stated | {"@id": value}):
        done = command("validate", "--allow-empty", make_file("a.jsonld", body))
        assert done.exit_code in {0, 3, 4}
        assert done.exception is None or isinstance(done.exception, SystemExit)
