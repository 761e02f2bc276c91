"""The reading room takes any file and gives a plan, or says what was missing."""

import pytest
from support.plan_readings import read
from support.plan_texts import english_plan
from support.word_and_web_files import as_page, as_word

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan


def test_the_kind_of_file_makes_no_difference_to_the_plan():
    """Text, Word file and web page of one plan have the same head and entries, but for the places."""
    plans = [
        read_plan(read_bytes(data, "plan"), load()).require()
        for data in (english_plan().encode(), as_word(english_plan()), as_page(english_plan()))
    ]
    assert len({(plan.bureau, plan.years, plan.dated, plan.plan_title) for plan in plans}) == 1
    assert len({(e.number, e.category, e.title, e.date, e.frequency, e.formats) for p in plans for e in p.entries}) == 1
    assert [len(plan.entries) for plan in plans] == [1, 1, 1]


def test_what_is_no_plan_is_refused_when_a_plan_is_needed():
    """A text of something else is read without an error; the error names the file and what a plan has."""
    reading = read("Minutes of a meeting", "minutes.txt")
    assert reading.plan is None
    with pytest.raises(NotAPlan, match=r"minutes\.txt: No open data plan was found"):
        reading.require()
