"""What the parts of one plan's mapping have in common."""

from dataclasses import replace

from support.mappings import BASE, TABS, make_mappings
from support.plan_texts import as_tabs

from dcat_hk.catalogue.mapping.context import PlanMapping, make_thing
from dcat_hk.core.plan import Edition
from dcat_hk.core.terms import Literal, expand


def with_english_edition(mapping):
    """Return the mapping of the same plan with an English edition that states the first row too."""
    first, *others = mapping.plan.entries
    english = first._replace(title="Tide prediction", description="")
    edition = Edition("en.txt", "e" * 64, "Hong Kong Observatory", "", "Latn", None)
    plan = replace(mapping.plan, entries=(first._replace(also=((1, english),)), *others), editions=(edition,))
    return PlanMapping(mapping.context, replace(mapping.identified, plan=plan), 0)


def test_a_plan_is_in_the_languages_of_its_files():
    """A plan in one file is in Chinese; an English edition adds a file and a language."""
    (mapping,) = make_mappings(as_tabs(TABS))
    both = with_english_edition(mapping)
    assert mapping.languages == [expand("language:ZHO")]
    assert both.languages == [expand("language:ZHO"), expand("language:ENG")]
    assert [file.name for file in both.files] == ["0.txt", "en.txt"]
    assert both.files[1].iri == f"{both.plan_iri}/source/eeeeeeeeeeee"


def test_a_row_of_two_editions_says_both():
    """The titles of both editions stand together; a column that one leaves empty has the other's text alone."""
    (mapping,) = make_mappings(as_tabs(TABS))
    both = with_english_edition(mapping)
    entry = both.plan.entries[0]
    assert both.say(entry, "title")[:2] == (Literal("潮汐預報", "zh-Hant"), Literal("Tide prediction", "en"))
    assert both.say(entry, "description") == ()


def test_rows_are_grouped_by_dataset():
    """Every row stands under the one dataset that it is about, in order."""
    (mapping,) = make_mappings(as_tabs(TABS))
    assert sum(len(rows) for rows in mapping.rows_of.values()) == len(mapping.plan.entries) == 4
    assert sorted(mapping.rows_of) == mapping.datasets


def test_a_known_frequency_is_pointed_at_and_an_unknown_one_is_nothing():
    """Only a frequency of the vocabulary is a concept, and it is noted that it is pointed at."""
    (mapping,) = make_mappings(as_tabs(TABS))
    daily, *_others, unknown = mapping.plan.entries
    assert mapping.frequency(daily) == (expand("frequency:DAILY"),)
    assert mapping.pointed_at == {expand("frequency:DAILY")}
    assert mapping.frequency(unknown) == ()


def test_properties_without_a_value_are_left_out():
    """A thing has no empty property, and its values are tuples."""
    assert make_thing(BASE, {"https://a.example/p": [], "https://a.example/q": ["x"]}).properties == {
        "https://a.example/q": ("x",)
    }
