"""What a line says as the heading of a section, and which section it opens."""

import pytest

from dcat_hk.core.text import plain
from dcat_hk.reading.recognisers.headings import (
    choose_section,
    complete_heading,
    drop_tail,
    nearest_heading,
    read_section_heading,
    read_signs,
    read_spatial,
    read_stage,
    read_years,
)

ALL = frozenset("ABCD")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("D. 進度：已經上載的數據集", "D"),
        ("C. 其他機構將開放的數據集", "C"),
        ("A. Datasets to be released in 2024", "A"),
    ],
)
def test_a_usual_heading_has_its_letter(text, code):
    """The letter before usual words is the section's code, and it is certain."""
    heading = read_section_heading(plain(text))
    assert (heading.code, heading.lettered) == (code, True)


def test_a_name_of_a_dataset_is_no_heading():
    """Text without the words of a heading opens no section."""
    assert read_section_heading(plain("1. 交通統計數字")) is None


def test_years_of_a_heading_are_all_from_first_to_last():
    """A range of years holds those between, and a pair such as 2024/25 is one year of two."""
    assert read_years("2025至2027年") == ((2025, 2026, 2027), True)
    assert read_years("2024/25") == ((2024, 2025), False)


def test_a_section_that_nothing_tells_is_not_guessed():
    """Without letter and words the order and the date label must leave one section, else there is none."""
    signs = read_signs(plain("雨量"))
    assert choose_section(signs, (2024, 2026), ("C", ""), ALL) == "D"
    assert choose_section(signs, (2024, 2026), ("A", ""), ALL) == ""


def test_the_nearest_heading_of_a_slip_is_the_usual_one():
    """A finding names the heading that a text with a slip is most like."""
    assert nearest_heading("D. Datasets alredy released").startswith("D. ")


@pytest.mark.parametrize("count", [200, 20_000])
@pytest.mark.parametrize("text", ["Datasets to be released in{}2025{}$", "A.{}將於2025年{}發放的數據集{}x", "{}"])
def test_runs_of_blanks_in_a_heading_cost_no_more_than_their_length(text, count):
    """Where a pattern could go back over blanks, this test would not end."""
    blanks = " " * count
    assert read_section_heading(text.format(blanks, blanks, blanks)) is None
    assert drop_tail(text.format(blanks, blanks, blanks)) is not None


@pytest.mark.parametrize("mark", ["", "i", "i ", "I ", "ii", "ii ", "ⅰ. ", "ⅱ. ", "Ⅱ ", "(iii) "])
@pytest.mark.parametrize(("text", "spatial"), [("空間數據", True), ("非空間數據集", False), ("Spatial data", True)])
def test_a_roman_number_needs_no_mark_behind_it(mark, text, spatial):
    """Spatial and other data are headed whether a mark, a blank or nothing stands between number and words."""
    assert read_spatial(plain(mark + text)) is spatial


@pytest.mark.parametrize(
    ("text", "spatial"),
    [
        ("(i) Spatial", True),
        ("(a) Geo-spatial", True),
        ("i. 空間", True),
        ("(ii) Non-spatial", False),
        ("2) 非空間", False),
    ],
)
def test_a_marked_word_is_enough(text, spatial):
    """Behind the sign of a part, "spatial" needs no word for data."""
    assert read_spatial(plain(text)) is spatial
    assert read_spatial(plain("Spatial")) is None


@pytest.mark.parametrize(
    "text", ["Summary of changes from last year's plan", "與去年計劃的改動", "Comparison with last year's plan"]
)
def test_what_is_compared_with_last_year_was_not_released_then(text):
    """The words name a year that something differs from."""
    assert read_signs(plain(text)).codes == frozenset()


@pytest.mark.parametrize("text", ["i 空間數據站", "ii 雨量", "iv 空間數據", "1 空間數據"])
def test_other_words_after_a_roman_number_head_nothing(text):
    """A name, and a number that a row could have, are no heading of spatial data."""
    assert read_spatial(plain(text)) is None


@pytest.mark.parametrize(
    "text",
    ["2025年發放的數據集", "數據集在2025年開放", "於2025年公開的數據", "二、2025年推出的數據集"],
)
def test_what_was_released_before_the_plan_is_not_planned(text):
    """A heading that says neither "to be" nor "already" is of released datasets if its years are before the plan's."""
    heading = read_section_heading(plain(text))
    assert complete_heading(heading, (2026, 2028)).code == "D"
    assert complete_heading(heading, (2025, 2027)).code == "A"


@pytest.mark.parametrize(
    "text", ["2025 releases", "Released in 2025", "Published: 2025", "Datasets published during 2025"]
)
def test_other_words_for_releasing_before_the_plan_are_not_planned(text):
    """The same holds for headings in other words."""
    assert choose_section(read_signs(plain(text)), (2026, 2028), ("A", ""), ALL) == "D"


@pytest.mark.parametrize("text", ["Datasets to be released in 2025", "2025年將發放的數據集"])
def test_a_plan_for_years_gone_by_stays_a_plan(text):
    """A year that was not changed makes nothing released."""
    assert complete_heading(read_section_heading(plain(text)), (2026, 2028)).code == "B"


@pytest.mark.parametrize(
    "text",
    [
        "已取消發放的數據集",
        "C. 已撤回的已發放數據集",
        "暫緩公開的數據",
        "不再發放的數據集",
        "Cancelled datasets",
        "Datasets already released but withdrawn",
        "Datasets no longer to be released",
        "Datasets to be discontinued",
        "擬停止更新的數據集",
    ],
)
def test_datasets_that_will_not_come_are_neither_planned_nor_released(text):
    """A heading for what was withdrawn opens a section of its own that nobody knows."""
    heading, signs = read_section_heading(plain(text)), read_signs(plain(text))
    assert heading is None or heading.code == ""
    assert heading or (signs.is_heading and choose_section(signs, (2026, 2028), ("B", ""), ALL) == "")


def test_planned_datasets_without_a_year_are_those_of_the_first_section_that_is_free():
    """Sections A and B are planned both: a heading that names no year loses no row."""
    signs = read_signs(plain("一、擬開放數據集"))
    assert choose_section(signs, (2026, 2026), ("", "D"), ALL) == "A"
    assert choose_section(signs, (2026, 2028), ("A", "D"), ALL) == "B"


@pytest.mark.parametrize("text", ["其他數據", "(ii) 其他數據集", "Other data", "General datasets", "(ii) Others"])
def test_other_data_are_those_that_are_not_spatial(text):
    """Below a heading of spatial data, "other data" heads what is not spatial; elsewhere it says nothing."""
    assert (read_spatial(plain(text), after_spatial=True), read_spatial(plain(text))) == (False, None)


@pytest.mark.parametrize(
    "text", ["Unreleased datasets", "Not yet released", "未曾發放的數據集", "Datasets yet to be opened"]
)
def test_what_was_never_released_is_to_come(text):
    """Words that deny a release say that it is still to come, whatever year that is."""
    assert choose_section(read_signs(plain(text)), (2026, 2028), ("", ""), ALL) == "A"
    assert read_stage(plain(text)) == "target"


@pytest.mark.parametrize("text", ["Datasets deferred from 2025", "2025年度成果"])
def test_what_denies_or_only_names_a_year_gone_by_is_not_released(text):
    """No year before the plan alone makes a heading one of released datasets."""
    assert choose_section(read_signs(plain(text)), (2026, 2028), ("", ""), ALL) == ""
    assert read_section_heading(plain(text)) is None


@pytest.mark.parametrize(
    "text",
    [
        "去年發放的數據集",
        "過去一年已公開的數據",
        "現正開放的數據集",
        "可供下載的數據集",
        "Datasets now available",
        "Available datasets",
        "What data we have released",
        "Datasets published over the past year",
        "過往發放的數據集",
        "往年已公開的資料集",
        "2026年以前發放的數據集",
        "2025年及之前年度發放的數據集",
        "截至2025年底發放的數據集",
        "Past releases",
        "Previously released datasets",
        "Datasets released in the past",
        "Datasets released in or before 2025",
        "Datasets published prior to 2026",
        "Datasets opened in previous years",
        "Datasets released up to 2025",
    ],
)
def test_datasets_that_can_be_had_are_released(text):
    """Whatever the words are that say so."""
    assert choose_section(read_signs(plain(text)), (2026, 2028), ("", ""), ALL) == "D"
    assert read_stage(plain(f"D. {text}")) == "released"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("早前公布但未發放的數據集", "target"),
        ("Datasets to be released before 2027", "target"),
        ("Datasets deferred from previous years", None),
        ("將於2027年以前發放的數據集", "target"),
        ("Upcoming releases", "target"),
    ],
)
def test_words_for_what_was_before_do_not_outweigh_those_for_what_is_to_come(text, stage):
    """Datasets that were named before, or are to be released before a year, are not taken to be released."""
    assert "D" not in read_signs(plain(text)).codes
    assert read_stage(plain(text)) == stage


def test_a_letter_in_its_place_outweighs_years_of_the_section_before():
    """Section D of a plan from 2026 on has what was released "in 2026 and years before", so it does without one."""
    for heading in ("D. 2026年及以往年度發放的數據集", "2026年及以往年度發放的數據集"):
        assert choose_section(read_signs(plain(heading)), (2026, 2028), ("A", ""), ALL) == "D"


@pytest.mark.parametrize(
    ("text", "code", "years"),
    [
        ("（一） 將於二零二四年發放之數據集", "A", (2024,)),
        ("（二） 將於二零二五及二零二六年發放之數據集", "B", (2025, 2026)),
        ("將於二〇二五年度至二〇二六年度發放的部門數據集", "B", (2025, 2026)),
    ],
)
def test_headings_may_write_years_in_chinese_digits(text, code, years):
    """They say as much as figures."""
    heading = read_section_heading(plain(text))
    assert (heading.code, heading.years) == (code, years)


@pytest.mark.parametrize(
    "text",
    [
        "Datasets not yet released",
        "Datasets that have not been released",
        "Unreleased datasets",
        "Data we were unable to release",
        "未開放的數據集",
        "尚未發放的數據集",
        "已承諾但未開放的數據集",
        "已獲批准開放的數據集",
        "已排期發放的數據集",
        "已計劃開放的資料集",
        "原定發放的數據集",
    ],
)
def test_what_was_promised_or_denied_is_not_released(text):
    """Neither "已" before a promise nor "released" behind "not" says that anything was released."""
    for heading in (text, f"D. {text}"):
        usual = read_section_heading(plain(heading))
        assert usual is None or usual.code != "D"
        assert "D" not in read_signs(plain(heading)).codes
        assert read_stage(plain(heading)) != "released"


@pytest.mark.parametrize("text", ["Planned datasets now released", "2024年計劃開放而已開放的數據集"])
def test_what_was_planned_and_came_is_released(text):
    """A plan that the heading says was kept is none any more."""
    assert read_section_heading(plain(text)) is None
    assert read_signs(plain(text)).codes == {"D"}
    assert read_stage(plain(text)) == "released"
