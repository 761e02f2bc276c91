"""Pairs of plans as tables, CSV and pages."""

from support.compared_plans import compare, make_plan, planned, released

from dcat_hk.commands.comparison_views import pairs_as_csv, pairs_as_page, pairs_as_table, remark_lines
from dcat_hk.reconciliation.outcomes import FATES


def test_a_title_that_would_be_a_formula_is_quoted():
    """No cell of CSV begins with a sign that a spreadsheet runs."""
    pairs = compare(make_plan(2021, planned("=1+1", "2021-06")), make_plan(2022))
    assert ",'=1+1," in pairs_as_csv(pairs, FATES, "en")


def test_a_page_escapes_what_plans_print():
    """A title with markup is text."""
    pairs = compare(make_plan(2021, planned("<b>雨量</b>", "2021-06")), make_plan(2022))
    assert "&lt;b&gt;雨量" in pairs_as_page(pairs, FATES, "en")


def test_skipped_years_and_languages_are_told():
    """A missing year, plans without a common language and an unread successor are remarks."""
    old = make_plan(2021, released("雨量"), body="hk-a")
    new = make_plan(2023, released("Rain"), body="hk-b", script="Latn")
    lines = list(remark_lines(compare(old, new, successors={"hk-a": ("hk-b", "hk-c")}), "en"))
    assert [line.rpartition("): ")[2] for line in lines] == [
        "No plan was read for 2022.",
        "The two plans have no language in common: rows of the one cannot be found in the other.",
        "A body that replaced this one has no plan that was read: what is not found may stand there.",
    ]


def test_a_renamed_dataset_has_both_titles():
    """The line of a row that was renamed shows the older and the newer title."""
    remark = "各水域內已登記的漁船和養殖魚排的編號、長度、船主名稱及登記日期"
    others = [released(word, number=n) for n, word in enumerate(("潮汐", "渡輪", "船員", "燈塔"), 2)]
    old = make_plan(2021, planned("漁船和養殖魚排登記名冊", "2021-06", description=remark), *others)
    new = make_plan(2022, planned("已登記漁船和養殖魚排名冊", "2021-06", description=remark), *others)
    assert "漁船和養殖魚排登記名冊 → 已登記漁船和養殖魚排名冊" in pairs_as_table(compare(old, new), FATES, "en")
