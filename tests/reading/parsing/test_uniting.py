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
