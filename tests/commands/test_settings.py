"""The command settings, and settings in general as commands meet them: from files, the environment and options."""

import json
import os

import jsonschema
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from support.generated_settings import DOCUMENTS, KEYS, write_document
from support.paths import SEEDS

from dcat_hk.commands.cli import main
from dcat_hk.commands.settings import settings_as_json, settings_as_table
from dcat_hk.core.settingfiles import PREFIX, variable_of
from dcat_hk.core.settings import trace_settings

PLAN = min(SEEDS.iterdir())


def run(*arguments, **environment):
    """Run a command and return its result, which is no traceback."""
    result = CliRunner(env=environment).invoke(main, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), (arguments, environment)
    return result


def test_each_value_is_shown_with_its_source(tmp_path):
    """The file, the variable and the default are told apart."""
    config = tmp_path / "my.toml"
    config.write_text('script = "Hant"\njobs = 3\ntitle = { zh-Hant = "計劃" }', encoding="utf-8")
    shown = json.loads(run("settings", "--config", config, "--format", "json", DCAT_HK_JOBS="2").output)
    found = {one["setting"]: (one["value"], one["source"], one["name"]) for one in shown}
    assert found["jobs"] == (2, "environment", "DCAT_HK_JOBS")
    assert found["script"] == ("Hant", "file", str(config))
    assert found["derived"] == ("tagged", "default", None)
    assert list(found) == list(KEYS)
    table = run("settings", "--config", config).output
    assert '{ zh-Hant = "計劃" }' in table
    assert f"file{config}" in "".join(table.split())


def test_the_table_speaks_the_language():
    """Heads and sources are told in the language that is asked for."""
    traced = trace_settings(None, {}, {"DCAT_HK_JOBS": "2"})
    assert "環境變數DCAT_HK_JOBS" in settings_as_table(traced, "zh-Hant")
    assert "环境变量DCAT_HK_JOBS" in settings_as_table(traced, "zh-Hans")
    assert settings_as_json(traced)[0]["source"] == "default"


def test_each_limit_that_applies_is_shown():
    """Limits that nobody gave are shown with their defaults, each in a row of its own."""
    rows = settings_as_table(trace_settings(None, {}, {"DCAT_HK_LIMITS": "{ pages = 7 }"}), "en").splitlines()
    shown = {row.split()[0]: row.split()[1:] for row in rows if "limits." in row}
    assert shown["limits.pages"] == ["7", "environment", "DCAT_HK_LIMITS"]
    assert shown["limits.cells"] == ["1000000", "default"]
    assert shown["rdf-limits.depth"] == ["500", "default"]


def test_the_schema_is_printed():
    """It needs no settings, so that a wrong file does not keep anyone from it."""
    schema = json.loads(run("settings", "--schema", DCAT_HK_JOBS="x").output)
    jsonschema.Draft202012Validator.check_schema(schema)


@pytest.mark.parametrize(("key", "value"), [("base-iri", "x"), ("jobs", "-1"), ("limits", "{ pages = 0 }")])
def test_a_wrong_variable_is_named_with_its_value(key, value):
    """Wrong usage says which variable, which setting, what was found and what is expected."""
    result = run("settings", **{variable_of(key): value})
    assert result.exit_code == 2
    assert f"{variable_of(key)}: “{key}" in result.output
    assert "Expected: " in result.output


@settings(max_examples=1000)
@given(DOCUMENTS)
def test_no_document_gives_a_traceback(tmp_path_factory, document):
    """Whatever a settings file holds, the command shows it or ends with wrong usage or unreadable input."""
    config = tmp_path_factory.getbasetemp() / "generated.toml"
    config.write_text(write_document(document), encoding="utf-8", newline="")
    assert run("settings", "--config", config).exit_code in {0, 2, 3}


@settings(max_examples=300)
@given(
    st.dictionaries(
        st.one_of(
            st.sampled_from([variable_of(key) for key in KEYS]), st.from_regex(f"{PREFIX}[A-Z_]{{1,9}}", fullmatch=True)
        ),
        st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=20),
        max_size=3,
    ),
    st.binary(max_size=3).filter(lambda data: b"\0" not in data),
)
def test_no_variable_gives_a_traceback(variables, data):
    """Whatever variables hold, also bytes that are no UTF-8."""
    variables = {name.strip(): text for name, text in variables.items()}
    assert run("settings", **variables).exit_code in {0, 2}
    assert run("settings", DCAT_HK_REVIEWER=os.fsdecode(data)).exit_code in {0, 2}


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from(["pages", "size", "steps", "characters", "lines", "cell", "cells", "elements", "depth"]),
        st.sampled_from([1, 7, 1000, 2**31, 2**32, 2**53 - 1]),
        max_size=4,
    ),
    st.sampled_from([1, 1.5, 120, 1_000_000]),
    st.sampled_from([10**8, 2**32, 2**53 - 1]),
)
def test_no_valid_limit_gives_a_traceback(tmp_path_factory, numbers, seconds, memory):
    """Every limit that is accepted can be worked with: a plan is read, or refused by the name of a limit."""
    config = tmp_path_factory.getbasetemp() / "limits.toml"
    config.write_text(write_document({"limits": {**numbers, "seconds": seconds, "memory": memory}}), encoding="utf-8")
    assert run("lint", PLAN, "--config", config).exit_code in {0, 3, 4}
