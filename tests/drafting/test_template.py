"""What an empty plan has, in every language and for any years."""

import pytest

from dcat_hk.core.errors import UsageError
from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.text import plain
from dcat_hk.core.vocabularies import load
from dcat_hk.core.wording.plans import load_plan_wording
from dcat_hk.drafting.template import make_template, read_years
from dcat_hk.reading.recognisers.formats import find_formats
from dcat_hk.reading.recognisers.headings import read_section_heading
from dcat_hk.reading.recognisers.values import read_frequency


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("last", [2026, 2027, 2028, 2030])
def test_headings_are_those_that_the_reader_knows(language, last):
    """Each section is there once, with spatial data before the other data; a plan of one year has no section B."""
    template = make_template(language, (2026, last))
    headings = [read_section_heading(plain(table.headings[0])) for table in template.tables[::2]]
    assert [heading.code for heading in headings if heading] == list("ACD" if last == 2026 else "ABCD")
    assert len(template.tables) == 2 * len(headings)
    assert all(len(table.columns) == len(table.labels) for table in template.tables)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_is_understood(language):
    """Each category, frequency and format that can be chosen is read as what it is, and none is there twice."""
    choices, vocabularies = make_template(language, (2026, 2028)).choices, load()
    assert {vocabularies.find_category(one).notation for one in choices["category"]} == set(vocabularies.categories)
    frequencies = [read_frequency(one) for one in choices["frequency"]]
    assert len(set(frequencies)) == len(choices["frequency"])
    assert "OTHER" not in frequencies
    assert None not in frequencies
    codes = [find_formats(f"({one})") for one in choices["format"]]
    assert {code for (code,), _unknown in codes} == set(vocabularies.formats)


def test_whose_plan_it_is_can_be_said_in_several_ways():
    """A code and a name in any language give the name in the language of the plan; an unknown name stays."""
    names = [
        make_template("zh-Hant", (2026, 2028), body).bureau for body in ("hk-hko", "Hong Kong Observatory", "風箏署")
    ]
    assert names == ["香港天文台", "香港天文台", "風箏署"]
    assert not make_template("en", (2026, 2028)).named


def test_the_month_of_issue_can_be_given():
    """Without one it is the December before the plan."""
    assert [make_template("en", (2026, 2028), dated=month).month for month in ("", "2026-02")] == [
        "December 2025",
        "February 2026",
    ]


@pytest.mark.parametrize("text", ["", "next year", "2028-2026", "1826-1828", "2026-2099", "26-28", "2026-2028-2030"])
def test_years_that_are_none_are_refused(text):
    """The error says what was expected, in every language."""
    with pytest.raises(UsageError) as raised:
        read_years(text)
    assert len({raised.value.tell(language) for language in LANGUAGES}) == 3


@pytest.mark.parametrize("values", [{"dated": "2026-13"}, {"dated": "soon"}, {"body": "a\nb"}, {"body": "x" * 201}])
def test_what_cannot_be_written_is_refused(values):
    """A month that is none, and names that are none."""
    with pytest.raises(UsageError):
        make_template("en", (2026, 2028), **values)


def test_labels_of_columns_are_known_to_the_reader():
    """The words of templates are words of plans."""
    known = {label for column in load_plan_wording().columns for label in column.labels + column.cell_labels}
    template = make_template("en", (2026, 2028))
    assert {"no.", "category", "name of dataset", "data format", "update frequency"} <= known
    assert {label.partition(" (")[0].lower() for table in template.tables for label in table.labels} <= known
