"""The JSON Schema of our JSON-LD: it holds for what we write, and for nothing that is broken."""

import json

import jsonschema
import pytest

from dcat_hk.core.properties import ROWS
from dcat_hk.core.syntaxes.framed import FramedJsonLd
from dcat_hk.core.syntaxes.jsonld import JsonLd
from dcat_hk.core.syntaxes.jsonschema import make_schema

BASE = "https://example.org/dcat-hk/"
SCHEMA = make_schema(BASE)
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
CONCEPT = {"@id": "https://a.example/c", "@type": "skos:Concept", "prefLabel": {"en": "C"}}
DATASET = {
    "@id": f"{BASE}dataset/a",
    "@type": ["dcat:Dataset"],
    "title": {"zh-Hant": "雨量"},
    "description": {"en": ["One.", "Two."]},
    "identifier": "a",
    "publisher": f"{BASE}organisation/o",
    "status": CONCEPT,
}


def errors_of(*things, **more):
    """Return what is wrong with a document of some things."""
    return [error.message for error in VALIDATOR.iter_errors({"@context": {}, "@graph": list(things), **more})]


def test_it_is_a_schema_of_every_term():
    """Each term of both contexts has its key, and no key is none."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    keys = set(SCHEMA["$defs"]["thing"]["properties"]) - {"@id", "@type"}
    prefixes = {name for name, value in JsonLd(BASE).context.items() if isinstance(value, str)}
    assert keys == set(JsonLd(BASE).context) - prefixes - {"@version"}
    assert set(FramedJsonLd(BASE).context) - prefixes - {"@version"} < keys
    assert len(keys) == sum(bool(row.kind) + bool(row.months) for row in ROWS.values())


def test_every_file_of_a_build_is_as_the_schema_says(catalogue):
    """The whole catalogue, each plan, and the published schema is the one that the code makes."""
    assert json.loads((catalogue / "schema.json").read_text(encoding="utf-8")) == SCHEMA
    files = [catalogue / "catalogue.jsonld", *catalogue.glob("plans/*/*.jsonld")]
    assert len(files) == 6
    for path in files:
        VALIDATOR.validate(json.loads(path.read_text(encoding="utf-8")))


def test_things_stand_where_their_iris_can():
    """A thing inside another and its IRI are both right."""
    assert errors_of(DATASET) == errors_of(DATASET | {"publisher": {"@id": "urn:o", "name": {"en": "O"}}}) == []


@pytest.mark.parametrize(
    "change",
    [
        {"titel": {"en": "Rain"}},
        {"title": "Rain"},
        {"title": {"fr": "Pluie"}},
        {"title": {}},
        {"issued": "2024-13"},
        {"issued": "soon"},
        {"keyword": {"en": "rain"}},
        {"theme": CONCEPT},
        {"status": {"@id": "urn:s", "@type": "skos:Concept"}},
        {"publisher": "the Observatory"},
        {"@id": ""},
        {"description": None},
    ],
)
def test_what_is_broken_is_found(change):
    """A misspelt key, text without language, a month that is none, and the like."""
    assert errors_of(DATASET) == []
    assert errors_of(DATASET | change)


@pytest.mark.parametrize("key", ["title", "description", "identifier", "publisher", "status"])
def test_what_a_dataset_must_have_is_missed(key):
    """Without it the dataset is not as we write it."""
    assert errors_of({name: value for name, value in DATASET.items() if name != key})


def test_other_vocabularies_stand_under_iris_or_prefixed_names():
    """What no term stands for keeps its IRI or its prefix."""
    assert errors_of(DATASET | {"http://purl.org/dc/terms/hasPart": "x", "dct:issued": {"@type": "xsd:date"}}) == []
    assert errors_of(DATASET, more={})
