"""Two languages of one document."""

from dataclasses import replace

import pytest
from support.plan_readings import codes, read
from support.shaped_plans import WORDS, both_languages, expected_rows, plan_of, rows_of

from dcat_hk.reading.parsing.uniting import is_in_english, unite_editions

SHAPE = lambda labels, rows: ["\t".join(row) for row in (labels, *rows)]  # noqa: E731
CHINESE, ENGLISH = (read(plan_of(language, SHAPE)).require() for language in ("zh-Hant", "en"))


def test_what_both_say_is_one_plan_with_two_editions():
    """Each row has what the other language says of it; a finding counts the rows."""
    plan, findings = unite_editions(CHINESE, ENGLISH)
    assert [entry.also[0][1].title for entry in plan.entries] == [entry.title for entry in ENGLISH.entries]
    assert [(finding.code, finding.values["count"]) for finding in findings] == [("bilingual-cells", "3")]


def test_rows_that_only_one_language_has_leave_the_other_out():
    """Where the languages have different rows, the first is published alone, and that is told."""
    plan, findings = unite_editions(CHINESE, replace(ENGLISH, entries=ENGLISH.entries[:2]))
    assert plan == CHINESE
    assert [finding.values["count"] for finding in findings] == ["0"]


def test_the_same_titles_are_one_language():
    """Two readings with the same titles are one edition, of which there is nothing to say."""
    assert unite_editions(CHINESE, CHINESE) == (CHINESE, [])


def test_the_language_of_titles_is_known():
    """A plan is in English if most of its datasets have English names."""
    assert (is_in_english(ENGLISH), is_in_english(CHINESE)) == (True, False)


@pytest.mark.parametrize("join", [lambda row: "  ".join(row), "\n".join, " ".join], ids=["gaps", "lines", "blanks"])
def test_text_without_cells_in_two_languages_is_told_once(join):
    """Where nothing parts the languages, no row is published with both in one title, and one finding says why."""
    text = "\n".join(join(line.split("\t")) for line in both_languages(" ").split("\n"))
    reading = read(text)
    assert not reading.require().entries
    assert codes(reading).count("bilingual-text") == 1
    assert len(codes(reading)) <= 4


def test_a_plan_with_headings_in_two_languages_keeps_its_rows():
    """Rows in one language under headings in two are published."""
    text = plan_of("zh-Hant", lambda labels, rows: [cell for row in (labels, *rows) for cell in row])
    for one, other in zip(
        (*WORDS["zh-Hant"][4], *WORDS["zh-Hant"][5]), (*WORDS["en"][4], *WORDS["en"][5]), strict=True
    ):
        text = text.replace(f". {one}", f". {other} {one}")
    assert rows_of(read(text)) == expected_rows("zh-Hant")


def test_words_that_both_readings_share_are_in_the_language_they_are_written_in():
    """Where the names alone stand in two languages, the other cells are Chinese and no English text."""
    labels = "編號\t數據集（中文名稱）\t數據集（英文名稱）\t類別\t發放日期\t更新頻率"
    rows = [
        "1\t入伙紙統計\tOccupation permits issued\t房屋\t26年3月\t按月",
        "2\t已批圖則\tApproved plans\t房屋\t2026.4\t按年",
    ]
    lines = ["屋宇署", "2026至2028年度開放數據計劃", "", "A. 將於2026年發放的數據集", "", labels, *rows]
    plan = read("\n".join(lines), "plan.tsv").require()
    english = [entry.also[0][1] for entry in plan.entries]
    assert (plan.script, [edition.script for edition in plan.editions]) == ("Hant", ["Latn"])
    assert [(each.title, each.category, each.date_raw, each.frequency_raw, each.date) for each in english] == [
        ("Occupation permits issued", "", "", "", "2026-03"),
        ("Approved plans", "", "2026.4", "", "2026-04"),
    ]
    assert plan.editions[0].plan_title == ""
