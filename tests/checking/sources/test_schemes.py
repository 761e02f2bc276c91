"""IRIs with a scheme that nobody registered."""

import json

import pytest
from support.web_documents import command

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FILES = {
    "a.ttl": "@prefix h: <htp://b.example/> .\n<urn:ex:a> <urn:ex:p> <dct:title> , h:x , '<foo:bar>' . # <foo:bar>\n",
    "a.nq": "\n<urn:ex:a> <urn:ex:p> <dct:title> .\n<urn:ex:a> <urn:ex:p> <htp://b.example/> .\n",
    "a.rdf": f'<rdf:RDF xmlns:rdf="{RDF}" xmlns:e="urn:ex:">\n<rdf:Description rdf:about="dct:title"><e:p rdf:resource="htp://b.example/"/></rdf:Description></rdf:RDF>',
    "a.jsonld": '{"@id": "urn:ex:a", "urn:ex:p":\n [{"@id": "dct:title"}, {"@id": "htp://b.example/"}, "foo:bar"]}',
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_an_unregistered_scheme_is_a_warning_with_its_line(make_file, name):
    """Prefixes that nobody declared and slips of the keyboard look like schemes; RDF allows them, so they only warn."""
    path = make_file(name, FILES[name])
    done = command("validate", "--allow-empty", "--profile", "dcat-ap", "--format", "json", path)
    seen = {r["value"]: r["focus_node"] for r in json.loads(done.stdout)["results"] if "unregistered" in r["component"]}
    assert set(seen) == {'"dct:title"', '"htp://b.example/"'}
    assert seen['"dct:title"'] == f"{path}:2"
    assert command("validate", "--allow-empty", "--profile", "dcat-ap", "--fail-on", "warning", path).exit_code == 4


def test_usual_schemes_are_not_told(make_file):
    """Nothing is said of IRIs as they should be, whatever the case of their scheme."""
    text = "".join(
        f"<urn:ex:a> <urn:ex:p> <{scheme}:x> .\n" for scheme in ("HTTP", "https", "doi", "tel", "did", "ark")
    )
    assert "scheme" not in command("validate", "--allow-empty", "--profile", "dcat-ap", make_file("a.ttl", text)).stdout
