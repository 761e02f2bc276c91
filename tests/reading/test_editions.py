"""Several files of one plan become one plan."""

from support.editions import CHINESE, ENGLISH
from support.plan_texts import PlanText, Row, as_layout, as_tabs

from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.editions import align, are_editions, leading, merge
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


def test_the_traditional_edition_leads():
    """Of editions of one date Traditional comes first, then Simplified, then English."""
    plans = [plan(ENGLISH, "a"), plan(transform(as_tabs(CHINESE), "Hant"), "b"), plan(as_tabs(CHINESE), "c")]
    assert [p.doc for p in leading(plans)] == ["c", "b", "a"]


def test_differences_are_findings():
    """What editions disagree on is told with both values; nothing is lost."""
    merged = merge(leading([plan(ENGLISH, "en.txt"), plan(as_tabs(CHINESE), "tc.txt")]), load())
    told = [(f.code, f.values["title"]) for f in merged.findings["en.txt"]]
    assert told == [
        ("edition-date-differs", "Rainfall"),
        ("edition-lacks-row", "熱帶氣旋警告"),
        ("edition-has-more", "Lightning"),
    ]
    assert [(e.title, e.edition) for e in merged.plan.entries][-2:] == [("熱帶氣旋警告", 0), ("Lightning", 1)]


def test_one_plan_in_two_formats_keeps_both_files():
    """A plan that was also given as text without cells is an edition with the same titles."""
    laid = {("D", ""): [Row("氣象", "雨量", "02/2020", "每小時", "各區雨量 (CSV)", "")]}
    tabs = {("D", "ii"): laid[("D", "")]}
    one = plan(as_tabs(PlanText("香港天文台", 2024, tabs)), "a.txt")
    other = plan(as_layout(PlanText("香港天文台", 2024, laid)), "b.txt")
    merged = merge(leading([one, other]), load())
    assert [edition.doc for edition in merged.plan.editions] == ["b.txt"]
    assert len(merged.plan.entries) == 1
