"""The JSON Schema of settings files: it is published, and accepts what the program accepts."""

import json
import tomllib

import jsonschema
import pytest
from hypothesis import given, settings
from support.generated_settings import DOCUMENTS, SINGLE, write_document
from support.paths import ROOT

from dcat_hk.core.errors import UsageError
from dcat_hk.core.reporting import format_json
from dcat_hk.core.settings import load_settings, setting_types
from dcat_hk.core.settingschema import make_schema
from dcat_hk.core.wording.messages import load_setting_wordings

SCHEMA = make_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
#: What no schema can say: these two compare settings with one another.
COMPARING = {"settings.publisher-under-base", "settings.publisher-is-page"}


def accepts(folder, text):
    """Tell whether the program accepts a settings file but for what a schema cannot say."""
    path = folder / "any.toml"
    path.write_text(text, encoding="utf-8", newline="")
    try:
        load_settings(path, {}, {})
    except UsageError as error:
        return error.code in COMPARING
    return True


def test_the_published_file_is_current(golden):
    """What the program prints is the file that is published."""
    golden("settings.schema.json", format_json(SCHEMA), ROOT / "dcat_hk/core/schemas")


def test_the_schema_is_one_and_describes_every_setting():
    """It is valid JSON Schema, and says of each setting what it is for."""
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert list(load_setting_wordings()) == list(setting_types())
    assert all(SCHEMA["properties"][key]["description"] for key in setting_types())
    assert json.loads(format_json(SCHEMA)) == SCHEMA


@pytest.mark.parametrize("key", setting_types())
def test_the_examples_and_defaults_are_valid(key, tmp_path):
    """What the documentation shows is accepted by both."""
    text = f"{key} = {load_setting_wordings()[key].example}"
    assert accepts(tmp_path, text)
    assert VALIDATOR.is_valid(tomllib.loads(text))
    assert VALIDATOR.is_valid({key: SCHEMA["properties"][key]["default"]})


def check_agreement(folder, document):
    """Check that the schema and the program accept the same; what is no value of JSON, only the program can refuse."""
    text = write_document(document)
    stated = tomllib.loads(text)
    assert accepts(folder, text) == (can_be_json(stated) and VALIDATOR.is_valid(stated)), text


def can_be_json(value):
    """Tell whether a value can be written as JSON: "not a number" cannot."""
    try:
        return bool(json.dumps(value, allow_nan=False, default=str))
    except ValueError:
        return False


@pytest.mark.parametrize("number", ["nan", "inf", "-inf"])
def test_what_is_no_number_of_json_is_refused(number, tmp_path):
    """No schema can say so."""
    check_agreement(tmp_path, {"portal-pause": float(number)})


@settings(max_examples=500)
@given(SINGLE)
def test_both_accept_the_same_settings(tmp_path_factory, document):
    """One setting with a value that is right or nearly right."""
    check_agreement(tmp_path_factory.getbasetemp(), document)


@settings(max_examples=500)
@given(DOCUMENTS)
def test_both_accept_the_same_documents(tmp_path_factory, document):
    """Several keys, known and unknown, with values of any kind."""
    check_agreement(tmp_path_factory.getbasetemp(), document)


def test_a_key_in_both_spellings_is_refused_by_both(tmp_path):
    """base-iri and base_iri contradict one another."""
    check_agreement(tmp_path, {"base-iri": "https://a.example/", "base_iri": "https://a.example/"})
