"""Several files of one plan become one plan."""

from dataclasses import replace

from support.editions import CHINESE, ENGLISH
from support.plan_texts import PlanText, Row, as_layout, as_tabs

from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.editions import aligned_rows, leading, merge
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reading.quality import copy_of


def copy(text, name="plan.txt"):
    """Return the copy of a plan that a text is."""
    return copy_of(read_plan(read_bytes(text.encode(), name), load()))


def plan(text, name="plan.txt"):
    """Return the plan that a text is."""
    return copy(text, name).plan


def doubted(one):
    """Return a copy as if its cells had not been certain."""
    return one._replace(quality=replace(one.quality, doubtful=True))


def test_the_traditional_edition_leads():
    """Of editions of one date Traditional comes first, then Simplified, then English."""
    copies = [copy(ENGLISH, "a"), copy(transform(as_tabs(CHINESE), "Hant"), "b"), copy(as_tabs(CHINESE), "c")]
    assert [one.plan.doc for one in leading(copies)] == ["c", "b", "a"]


def test_a_doubtful_copy_does_not_lead():
    """A Traditional copy whose cells are not certain comes after an English one that was read well."""
    copies = [doubted(copy(as_tabs(CHINESE), "a")), copy(ENGLISH, "b")]
    assert [one.plan.doc for one in leading(copies)] == ["b", "a"]


def test_guessed_columns_do_not_lead():
    """Text without cells does not lead a table in another language, nor does it add rows to it."""
    rows = [Row("氣象", name, f"0{n}/2020", "每小時", f"各區{name} (CSV)", "") for n, name in enumerate("雨風雲", 1)]
    laid = copy(as_layout(PlanText("香港天文台", 2024, {("D", ""): rows}, "2023年12月")), "a.txt")
    english = copy(ENGLISH, "b.txt")
    copies = leading([laid, english])
    assert [one.plan.doc for one in copies] == ["b.txt", "a.txt"]
    assert len(merge(copies, load()).plan.entries) == len(english.plan.entries)


def test_neither_name_nor_order_decides_which_copy_leads():
    """Two copies that were read equally well are ordered by their content."""
    texts = [as_tabs(CHINESE), as_tabs(CHINESE) + "\n"]
    orders = [
        [one.plan.sha256 for one in leading([copy(texts[i], name), copy(texts[1 - i], other)])]
        for i in (0, 1)
        for name, other in (("a", "b"), ("b", "a"))
    ]
    assert orders[1:] == orders[:-1]


def test_a_row_that_only_a_doubtful_copy_has_is_not_published():
    """Such a row is told and left out; `aligned_rows` still shows it."""
    copies = leading([doubted(copy(ENGLISH, "en.txt")), copy(as_tabs(CHINESE), "tc.txt")])
    merged = merge(copies, load())
    assert "Lightning" not in [entry.title for entry in merged.plan.entries]
    codes = [(f.code, f.values["title"]) for f in merged.findings["en.txt"]]
    assert codes[-1] == ("edition-row-doubtful", "Lightning")
    assert aligned_rows(copies, load())[-1].differences == ("edition-lacks-row", "edition-row-doubtful")


def test_a_row_of_a_doubtful_copy_that_another_copy_has_is_published():
    """A row that the leading copy lacks is published if one of the others is not doubtful about it."""
    english = ENGLISH.replace("Lightning", "Lightning strikes")
    copies = leading([doubted(copy(ENGLISH, "a")), copy(english, "b"), copy(as_tabs(CHINESE), "c")])
    titles_of = [entry.title for entry in merge(copies, load()).plan.entries]
    assert titles_of[-1] == "Lightning strikes"


def test_guessed_columns_add_no_row_to_a_better_copy_of_the_language():
    """A row that only text without cells has is not published beside a table, but is beside a table of a language."""
    rows = [Row("氣象", name, f"0{n}/2020", "每小時", f"各區{name} (CSV)", "") for n, name in enumerate("雨風雲", 1)]
    table = copy(as_tabs(PlanText("香港天文台", 2024, {("D", "ii"): rows[:2]})), "a.txt")
    laid = copy(as_layout(PlanText("香港天文台", 2024, {("D", ""): rows})), "b.txt")
    assert (len(laid.plan.entries), laid.quality.guessed) == (3, True)
    merged = merge(leading([laid, table]), load())
    assert [entry.title for entry in merged.plan.entries] == ["雨", "風"]
    assert [f.code for f in merged.findings["b.txt"]] == ["edition-row-doubtful"]


def test_differences_are_findings():
    """What editions disagree on is told with both values; nothing is lost."""
    merged = merge(leading([copy(ENGLISH, "en.txt"), copy(as_tabs(CHINESE), "tc.txt")]), load())
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
    one = copy(as_tabs(PlanText("香港天文台", 2024, tabs)), "a.txt")
    other = copy(as_layout(PlanText("香港天文台", 2024, laid)), "b.txt")
    merged = merge(leading([one, other]), load())
    assert [edition.doc for edition in merged.plan.editions] == ["b.txt"]
    assert len(merged.plan.entries) == 1


def issue(month, rows, name, head="香港天文台"):
    """Return a copy of a plan that prints a month; rows by section."""
    return copy(as_tabs(PlanText(head, 2024, rows, month)), name)


#: Rows that both issues of a plan have, one that was dropped, and one that moved from planned to released.
STAYS = [Row("氣象", name, "02/2020", "每小時", f"各區{name} (CSV)") for name in ("雨量", "氣溫", "氣壓")]
DROPPED = Row("氣象", "雷暴警告", "05/2024", "每日", "時間 (CSV)")
MOVED = Row("氣象", "潮汐預報", "03/2024", "每日", "各站潮汐 (JSON)")


def test_rows_of_an_older_issue_are_not_published():
    """A row that the newer issue dropped is left out, and one that it lists as released stands once."""
    first = issue("2023年12月", {("A", "ii"): [DROPPED, MOVED], ("D", "ii"): STAYS}, "a.txt")
    again = issue("2024年5月", {("D", "ii"): [*STAYS, MOVED]}, "b.txt")
    copies = leading([first, again])
    merged = merge(copies, load())
    assert [(one.section, one.title) for one in merged.plan.entries] == [("D", row.title) for row in (*STAYS, MOVED)]
    superseded = [one for one in merged.findings["a.txt"] if one.code == "edition-row-superseded"]
    assert [one.values for one in superseded] == [{"title": row.title, "other": "b.txt"} for row in (DROPPED, MOVED)]
    unpublished = [row for row in aligned_rows(copies, load()) if "edition-row-superseded" in row.differences]
    assert len(unpublished) == 2


def test_a_translation_of_another_month_is_no_older_issue():
    """An English edition that prints an earlier month adds its rows, but not beside an older Chinese issue."""
    english = copy(ENGLISH + "\nHong Kong Observatory\nNovember 2023\n", "en.txt")
    assert english.plan.dated == "2023-11"
    newest = replace(CHINESE, dated="2024年5月")
    copies = [copy(as_tabs(newest), "b.txt"), english]
    assert "Lightning" in [one.title for one in merge(copies, load()).plan.entries]
    copies.append(copy(as_tabs(CHINESE), "a.txt"))
    assert "Lightning" not in [one.title for one in merge(copies, load()).plan.entries]


def test_an_older_issue_is_no_source_of_a_row_of_the_newest():
    """A row that took the place of another is not said to be in the older issue too."""
    first = issue("2023年12月", {("A", "ii"): [DROPPED], ("D", "ii"): STAYS}, "a.txt")
    again = issue("2024年5月", {("A", "ii"): [replace(DROPPED, title="潮汐")], ("D", "ii"): STAYS}, "b.txt")
    assert [one.also for one in merge(leading([first, again]), load()).plan.entries] == [(), (), (), ()]
