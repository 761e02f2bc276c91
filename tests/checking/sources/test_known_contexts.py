"""Contexts that are known by their addresses."""

import json

import pytest
from pyld import jsonld
from support.paths import SHARED

from dcat_hk.checking.sources.known_contexts import _addresses, context_without_address, known_context


def test_every_known_context_is_one():
    """Each can be used by a processor, with http as with https."""
    assert _addresses()
    for address in _addresses():
        context = known_context(f"http://{address}")
        assert context == known_context(f"https://{address}")
        jsonld.expand({"@context": context, "@id": "urn:a", "title": "x"})


def test_others_are_not_known():
    """Nothing is guessed from an address that looks alike."""
    assert known_context("https://project-open-data.cio.gov/v2/schema/catalog.jsonld") is None
    assert context_without_address(b'{"conformsTo": "https://a.example/"}') == ""
    assert (
        context_without_address(b'{"@context": {}, "conformsTo": "https://project-open-data.cio.gov/v1.1/schema"}')
        == ""
    )
    assert json.loads(context_without_address(b'{"conformsTo":"https://project-open-data.cio.gov/v1.1/schema"}'))


def test_the_context_of_dcat_ap_is_the_official_one_without_its_invalid_terms():
    """Each term of the official file has its meaning here; five that JSON-LD 1.1 forbids are left out."""
    path = SHARED / "reference/dcat-ap-3.0.1/context.jsonld"
    if not path.is_file():
        pytest.skip("the official files of DCAT-AP are not at hand")
    official = json.loads(path.read_text(encoding="utf-8"))["@context"]
    ours = known_context("https://semiceu.github.io/DCAT-AP/releases/3.0.1/context/dcat-ap.jsonld")

    def meanings(context):
        """Return the IRI and the type of each term by class and name."""
        definitions = {("", term): entry for term, entry in context.items() if not str(entry).endswith(("/", "#"))}
        for term, entry in context.items():
            if isinstance(entry, dict):
                definitions |= {(term, inner): definition for inner, definition in entry.get("@context", {}).items()}
        entries = {key: {"@id": entry} if isinstance(entry, str) else entry for key, entry in definitions.items()}
        return {key: (entry["@id"], entry.get("@type", "")) for key, entry in entries.items() if key[1] != "@version"}

    expected = meanings(official)
    invalid = {key for key in expected if key[1].startswith("Xsd:")}
    assert len(invalid) == 5
    ours = {term: entry for term, entry in ours.items() if term != "@version"}
    assert meanings(ours) == {key: value for key, value in expected.items() if key not in invalid}


SEMIC = "https://semiceu.github.io/DCAT-AP/releases"


@pytest.mark.parametrize(
    ("context", "node", "told"),
    [
        (
            "2.1.1/dcat-ap_2.1.1.jsonld",
            {"@type": "Dataset", "title": "T", "landingPage": f"{SEMIC}/x", "version": "1", "byteSize": "2"},
            [
                "22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset>",
                '<http://purl.org/dc/terms/title> "T" .',
                f"<http://www.w3.org/ns/dcat#landingPage> <{SEMIC}/x>",
                '<http://www.w3.org/2002/07/owl#versionInfo> "1" .',
                '<http://www.w3.org/ns/dcat#byteSize> "2"^^<http://www.w3.org/2001/XMLSchema#decimal>',
            ],
        ),
        ("2.1.1/dcat-ap_lang_2.1.1.jsonld", {"title": {"de": "T"}}, ['<http://purl.org/dc/terms/title> "T"@de']),
        (
            "2.2.0-hvd/context/hvd.jsonld",
            {"@type": "Dataset", "hvdCategory": f"{SEMIC}/x", "endpointUrl": "not of a dataset"},
            [
                "22-rdf-syntax-ns#type> <http://www.w3.org/ns/dcat#Dataset>",
                f"<http://data.europa.eu/r5r/hvdCategory> <{SEMIC}/x>",
            ],
        ),
        (
            "3.0.0-hvd/context/hvd.jsonld",
            {"dcat:accessURL": f"{SEMIC}/x", "dcatap:hvdCategory": {"@id": f"{SEMIC}/y"}},
            [
                f"<http://www.w3.org/ns/dcat#accessURL> <{SEMIC}/x>",
                f"<http://data.europa.eu/r5r/hvdCategory> <{SEMIC}/y>",
            ],
        ),
    ],
)
def test_other_contexts_of_dcat_ap_say_what_the_official_ones_say(context, node, told):
    """Terms of 2.x have their meaning everywhere, those of the profile for high-value datasets in their class."""
    document = {"@context": known_context(f"{SEMIC}/{context}"), "@id": "urn:a"} | node
    lines = jsonld.to_rdf(document, {"format": "application/n-quads"}).splitlines()
    assert len(lines) == len(told)
    assert [part for part in told if not any(part in line for line in lines)] == []


def test_terms_that_mean_something_else_in_one_class_do_so():
    """DCAT-US has titles of people beside titles of things, and codes relative to their lists."""
    address = "https://raw.githubusercontent.com/DOI-DO/dcat-us/main/context/dcat-us-3.0.jsonld"
    document = {
        "@context": known_context(address),
        "@graph": [
            {"@type": "vcard:Kind", "title": "Dr"},
            {"@type": "dcat:Dataset", "title": "T", "language": "en", "titleMap": {"es": "U"}},
        ],
    }
    seen = jsonld.to_rdf(document, {"format": "application/n-quads"})
    for part in (
        '<http://www.w3.org/2006/vcard/ns#title> "Dr"',
        '<http://purl.org/dc/terms/title> "T"',
        '<http://purl.org/dc/terms/title> "U"@es',
        "<http://id.loc.gov/vocabulary/iso639-1/en>",
    ):
        assert part in seen
