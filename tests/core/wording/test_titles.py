"""How titles of datasets are worded."""

import copy

import pytest

from dcat_hk.core.text import transform
from dcat_hk.core.wording.records import WordingError, read_toml
from dcat_hk.core.wording.titles import load_titles_wording, read_titles_wording

TABLES = read_toml("dcat_hk.core.wording", "titles.toml")


def test_the_year_stands_in_every_form():
    """{year} is filled in, so that a form matches a year and no other number."""
    forms = load_titles_wording().periods.forms
    assert {form.kind for form in forms} == {"years", "financial", "quarter", "half", "since", "year"}
    assert not any("{year}" in form.pattern.pattern for form in forms)


@pytest.mark.parametrize(
    ("part", "key", "value"),
    [("periods", "left", "("), ("periods", "data", 5), ("keywords", "most", "six"), ("keywords", "names", None)],
)
def test_what_cannot_be_used_is_named(part, key, value):
    """A pattern that does not compile, a value of another type, and a missing key name file and key."""
    tables = copy.deepcopy(TABLES)
    tables[part][key] = value
    if value is None:
        del tables[part][key]
    with pytest.raises(WordingError, match=rf"^titles\.toml: {part}\.{key}"):
        read_titles_wording(tables)


@pytest.mark.parametrize("key", ["common_zh", "clauses", "openings", "alone", "breaks_zh", "periods", "quoted"])
def test_what_titles_are_cut_by_stands_in_both_scripts(key):
    """What is dropped from a Traditional title is dropped from a Simplified one: no word stands in one script only."""
    pattern = TABLES["keywords"][key]
    converted = transform(pattern, "Hant")
    pieces = {piece.strip() for piece in pattern.replace("(", "|").replace(")", "|").split("|")}
    wanted = {piece.strip() for piece in converted.replace("(", "|").replace(")", "|").split("|")}
    ideographs = {piece for piece in wanted if piece and all("\u4e00" <= letter <= "\u9fff" for letter in piece)}
    assert ideographs <= pieces
