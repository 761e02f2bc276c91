"""How plans are worded: placeholders and parts of patterns."""

import copy
import tomllib
from importlib.resources import files

import pytest

from dcat_hk.core.wording.plans import CELL_COLUMNS, COLUMNS, load_plan_wording, read_plan_wording
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


@pytest.mark.parametrize("name", ["columns", "cell_columns"])
def test_columns_are_the_ones_that_are_known(name):
    """A column that no reader knows is refused, and one that is left out as well."""
    for change in ({"colour": ["red"]}, None):
        tables = copy.deepcopy(TABLES)
        if change:
            tables[name] |= change
        else:
            del tables[name]["title"]
        with pytest.raises(WordingError, match=rf"^plans\.toml: {name}\."):
            read_plan_wording(tables)


def test_columns_have_labels_in_the_order_of_the_file():
    """Every known column has at least one label."""
    wording = load_plan_wording()
    assert set(wording.columns) == set(COLUMNS)
    assert set(wording.cell_columns) == set(CELL_COLUMNS)
    assert all(wording.columns.values())
    assert all(wording.cell_columns.values())


@pytest.mark.parametrize(("table", "value"), [("title", "x"), ("headings", 3), ("months", ["May"])])
def test_a_table_that_is_none_is_named(table, value):
    """What placeholders and headings are made of must be tables."""
    with pytest.raises(WordingError, match=rf"^plans\.toml: {table}: Expected a table"):
        read_plan_wording(copy.deepcopy(TABLES) | {table: value})
