"""Rows of editions of a plan are paired."""

from support.editions import CHINESE, ENGLISH
from support.plan_texts import PlanText, Row, as_tabs

from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.alignment import align, are_editions
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan


def plan(text, name="plan.txt"):
    """Return the plan that a text is."""
    return read_plan(read_bytes(text.encode(), name), load()).require()


def titles(pairs, one, other):
    """Return the titles of pairs."""
    return [
        (one.entries[a].title if a is not None else None, other.entries[b].title if b is not None else None)
        for a, b in pairs
    ]


def test_rows_of_two_languages_are_aligned():
    """Rows are paired by what does not depend on the language; rows that one edition lacks stand alone."""
    one, other = plan(as_tabs(CHINESE)), plan(ENGLISH)
    assert titles(align(one, other, load()), one, other) == [
        ("潮汐預報", "Tide prediction"),
        ("自動氣象站", "Automatic weather stations"),
        ("雨量", "Rainfall"),
        ("紫外線指數", "UV index"),
        ("熱帶氣旋警告", None),
        (None, "Lightning"),
    ]


def test_rows_in_another_order_are_aligned_by_name():
    """In one language the name decides, wherever the row stands."""
    rows = CHINESE.rows[("D", "ii")]
    turned = PlanText(CHINESE.bureau, 2024, {**CHINESE.rows, ("D", "ii"): rows[::-1]}, CHINESE.dated)
    one, other = plan(as_tabs(CHINESE)), plan(transform(as_tabs(turned), "Hant"))
    pairs = align(one, other, load())
    assert all(transform(a, "Hant") == b for a, b in titles(pairs, one, other))


def test_plans_of_other_rows_are_no_editions():
    """Two plans of one body and period that share few rows are not taken for one."""
    other = PlanText(CHINESE.bureau, 2024, {("D", "ii"): [Row("房屋", "單位", "01/2001", "每年", "")] * 4})
    assert are_editions(plan(as_tabs(CHINESE)), plan(ENGLISH), load())
    assert not are_editions(plan(as_tabs(CHINESE)), plan(as_tabs(other)), load())
