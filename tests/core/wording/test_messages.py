"""Texts in three languages."""

import copy
import tomllib

import pytest
from support.paths import ROOT

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.wording.messages import (
    TEXT_NAMES,
    load_composed_texts,
    load_finding_wordings,
    read_composed_texts,
    read_finding_wordings,
)
from dcat_hk.core.wording.records import WordingError

PACKAGE = ROOT / "dcat_hk"
MESSAGE = {"en": "“{date}” is no date.", "zh-Hant": "「{date}」不是日期。", "zh-Hans": "“{date}”不是日期。"}
ADVICE = dict.fromkeys(LANGUAGES, "x")
FINDING = {"severity": "warning", "message": MESSAGE, "advice": ADVICE}


def test_a_finding_has_its_severity_and_texts():
    """The table of a code becomes its record."""
    wording = read_finding_wordings({"no-date": FINDING})["no-date"]
    assert (wording.severity, wording.message["en"].format(date="x")) == ("warning", "“x” is no date.")


@pytest.mark.parametrize("text", ["No date.", "「{day}」", "「{date}{day}」", "「{}」", "「{date」"])
def test_every_language_has_the_fields_of_the_english_text(text):
    """A field that is missing, has another name or no name would fail when the message is printed."""
    tables = {"no-date": FINDING | {"message": MESSAGE | {"zh-Hant": text}}}
    with pytest.raises(WordingError, match=r"^findings\.toml: no-date\.message\.zh-Hant: "):
        read_finding_wordings(tables)


def test_a_field_without_a_name_is_refused():
    """Texts are filled in by name: “{}” would fail in every language."""
    with pytest.raises(WordingError, match="without a name"):
        read_finding_wordings({"no-date": FINDING | {"message": dict.fromkeys(LANGUAGES, "{} is no date.")}})


@pytest.mark.parametrize(("key", "value"), [("severity", "grave"), ("advice", {"en": "x"})])
def test_other_severities_and_missing_languages_are_refused(key, value):
    """A severity that is none of three, and a text without one of the languages, are named."""
    with pytest.raises(WordingError, match=rf"no-date\.{key}"):
        read_finding_wordings({"no-date": FINDING | {key: value}})


def test_all_composed_texts_must_be_there():
    """A text that the catalogue needs cannot be left out."""
    tables = {name: dict(text) for name, text in load_composed_texts().items()}
    assert set(read_composed_texts(tables)) == set(TEXT_NAMES)
    lacking = copy.deepcopy(tables)
    del lacking["plan-title"]
    with pytest.raises(WordingError, match="plan-title"):
        read_composed_texts(lacking)


def test_the_finding_of_a_build_is_worded():
    """The code with which a build refuses a plan without a body is among the findings."""
    assert {"missing-bureau", "repeated-plan"} <= set(load_finding_wordings())


def simplified_texts(value, is_simplified=False):
    """Yield the texts in simplified Chinese of a parsed file."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from simplified_texts(item, is_simplified or key == "zh-Hans")
    elif isinstance(value, list):
        for item in value:
            yield from simplified_texts(item, is_simplified)
    elif is_simplified and isinstance(value, str):
        yield value


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.toml")), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_simplified_chinese_is_that_of_the_mainland(path):
    """Words for files, cells and characters, and marks of quotation, are not those of Hong Kong in other letters."""
    texts = " ".join(simplified_texts(tomllib.loads(path.read_text(encoding="utf-8"))))
    assert [word for word in ("档案", "储存", "字元", "程式", "试算表", "资料夹", "「", "」") if word in texts] == []
