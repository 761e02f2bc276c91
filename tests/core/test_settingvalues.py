"""Values of settings: texts of the environment, tables, and how a wrong value is told."""

import datetime

import pytest

from dcat_hk.core.errors import UsageError
from dcat_hk.core.languages import COMMAND_LANGUAGES
from dcat_hk.core.settings import setting_types
from dcat_hk.core.settingvalues import convert_setting
from dcat_hk.core.wording.refusals import load_wording

TYPES = setting_types()


def convert(key, value, **options):
    """Return the value of a setting."""
    return convert_setting(key, value, TYPES[key], "here", **options)


def refused(key, value, **options):
    """Return the error of a value, which names it and differs by language."""
    with pytest.raises(UsageError, match=r"^here: ") as caught:
        convert(key, value, **options)
    lines = {caught.value.tell(language) for language in COMMAND_LANGUAGES}
    assert len(lines) == 3
    assert all(key in line for line in lines)
    return str(caught.value)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("jobs", "3", 3),
        ("title", '{ en = "Plans" }', {"en": "Plans"}),
        ("limits", "{ pages = 10, seconds = 1.5 }", {"pages": 10, "seconds": 1.5}),
        ("language", "zh_HK", "zh-Hant"),
        ("language", "zh-CN", "zh-Hans"),
        ("reviewer", "5", "5"),
    ],
)
def test_texts_of_the_environment_become_values(key, text, value):
    """Numbers are read, tables are written as in the settings file, and language tags are matched."""
    assert convert(key, text, loose=True) == value


@pytest.mark.parametrize(
    ("key", "text"),
    [("jobs", "many"), ("jobs", "-1"), ("jobs", "9" * 5000), ("limits", "pages = 3"), ("limits", "{"), ("title", "x"),
     ("limits", "[" * 100_000), ("language", "fr"), ("reviewer", "a\udcffb"), ("title", "1 \n b = 2")],
)  # fmt: skip
def test_texts_that_stand_for_nothing_are_refused(key, text):
    """The error repeats no more of the text than can be read."""
    assert len(refused(key, text, loose=True)) < 400


def test_a_whole_number_may_be_written_as_a_fraction():
    """2.0 is two, as for every reader of JSON Schema; 2.5 is no number of pages."""
    assert convert("limits", {"pages": 2.0}) == {"pages": 2}
    assert "2.5" in refused("limits", {"pages": 2.5})


@pytest.mark.parametrize(
    ("value", "found"),
    [("", "empty"), (True, "true"), ({}, "a table"), ([1], "a list"), (datetime.time(1), "a date or time"),
     (10**400, "a very large number"), (float("nan"), "nan"), (12, "12")],
)  # fmt: skip
def test_what_was_found_is_told_by_its_kind(value, found):
    """A value that cannot be repeated is told by what it is."""
    assert f"“base-iri” is {found}. Expected: http(s)://host/path/" in refused("base-iri", value)


def test_a_name_in_a_table_is_named_with_its_table():
    """The key is the path of the file: limits.pages, title.en."""
    assert "“limits.pages” is 0" in refused("limits", {"pages": 0})
    assert "“limits.seconds” is -1. Expected: a number of seconds from 1" in refused("limits", {"seconds": -1})
    assert "“title.en” is 5" in refused("title", {"en": 5})
    assert "Did you mean “title.zh-Hant”" in refused("title", {"zh-hant": "x"})
    assert "There are title.en, title.zh-Hans, title.zh-Hant" in refused("title", {"qqqqqqqq": "x"})


def test_it_is_said_of_every_setting_what_is_expected():
    """No setting can be refused without a word on what it should be."""
    known = load_wording("settings")
    assert [key for key in TYPES if f"expected-{key}" not in known] == []
    assert all(f"expected-{key}-member" in known for key in ("title", "description", "publisher", "limits"))
