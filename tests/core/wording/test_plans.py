"""How plans are worded: placeholders and parts of patterns."""

import copy
import tomllib
from importlib.resources import files

import pytest

from dcat_hk.core.wording.plans import load_plan_wording, read_plan_wording
from dcat_hk.core.wording.records import WordingError

TABLES = tomllib.loads(files("dcat_hk.core.wording").joinpath("plans.toml").read_text(encoding="utf-8"))


def test_a_placeholder_stands_for_every_word_of_its_table():
    """A word that is added to a table is matched by the patterns with its placeholder, longest words first."""
    tables = copy.deepcopy(TABLES)
    tables["units"] |= {"wee": ["day", 1], "wee-while": ["day", 1]}
    tables["frequency"]["patterns"] = ["per {unit}"]
    (pattern,) = read_plan_wording(tables).frequency.patterns
    assert pattern.match("per wee-while")[0] == "per wee-while"
    assert not pattern.fullmatch("per {unit}")


def test_words_are_matched_literally():
    """A dot in the abbreviation of a month stands for itself, not for any character."""
    tables = copy.deepcopy(TABLES)
    tables["months"]["Xyz."] = 5
    tables["dates"]["patterns"] = ["{month}"]
    (pattern,) = read_plan_wording(tables).dates.patterns
    assert pattern.fullmatch("Xyz.")
    assert not pattern.fullmatch("Xyz!")


def test_the_heading_of_a_section_has_leader_and_tail():
    """Patterns of sections stand between what all headings share; others do not."""
    tables = copy.deepcopy(TABLES)
    tables["headings"]["leader"], tables["headings"]["tail"] = r"\d+\. ?", "[:]?"
    tables["sections"][0]["patterns"] = ["released|open"]
    tables["cells"]["page"] = "released"
    wording = read_plan_wording(tables)
    (heading,) = wording.sections[0].patterns
    assert all(heading.fullmatch(text) for text in ("released", "1. open:", "2.released:"))
    assert not wording.cells.page.fullmatch("1. released")


def test_a_column_may_have_labels_of_one_kind_only():
    """A column is found by labels in running text, by labels in cells, or by both."""
    by_name = {column.name: column for column in load_plan_wording().columns}
    tables = copy.deepcopy(TABLES)
    tables["columns"][0]["cell_labels"] = []
    assert read_plan_wording(tables).columns[0].labels
    assert not read_plan_wording(tables).columns[0].cell_labels
    assert not by_name["organisation"].labels
    assert by_name["organisation"].cell_labels


@pytest.mark.parametrize(("table", "value"), [("title", "x"), ("headings", 3), ("months", ["May"])])
def test_a_table_that_is_none_is_named(table, value):
    """What placeholders and headings are made of must be tables."""
    with pytest.raises(WordingError, match=rf"^plans\.toml: {table}: Expected a table"):
        read_plan_wording(copy.deepcopy(TABLES) | {table: value})


def test_words_in_braces_stand_for_every_word_of_their_list():
    """A label of several such words is spelled out in all ways; an unknown list is named."""
    tables = copy.deepcopy(TABLES)
    tables["label_words"] = {"what": ["colour", "shade"], "where": ["roof", "door"]}
    for column in tables["columns"]:
        column["labels"], column["cell_labels"] = [column["name"]], []
    tables["columns"][0]["labels"] = ["{what} of {where}", "plain"]
    labels = read_plan_wording(tables).columns[0].labels
    assert labels == ("colour of roof", "colour of door", "shade of roof", "shade of door", "plain")
    tables["columns"][0]["cell_labels"] = ["{when}"]
    with pytest.raises(WordingError, match=r"^plans\.toml: label_words\.when: The key is missing\."):
        read_plan_wording(tables)
