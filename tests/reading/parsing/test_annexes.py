"""Tests of `dcat_hk.reading.parsing.annexes`: what the text of a letter says of its annexes."""

import pytest
from support.plan_readings import read

HEADER = "Item\tDataset\tDate\tUpdate"


def annexes(text, letters=("Annex A", "Annex B"), head=("Drainage Services Department", "Open Data Plan 2023")):
    """Return the role of the dates of each annex of a letter with some text."""
    lines = [*head, text, letters[0], HEADER, "1\tFood waste\tMay 2023\tMonthly", "", letters[1], HEADER]
    entries = read("\n".join([*lines, "1\tAir quality\tJanuary 2018\tHourly"])).require().entries
    return [entry.date_role for entry in entries]


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "We plan to release the datasets in Annex A. We have released the datasets in Annex B.",
            ["target", "released"],
        ),
        (
            "The datasets to be released are listed in Annex A and those already released in Annex B.",
            ["target", "released"],
        ),
        (
            "The datasets released so far are set out in Annex A. Those to be released in 2023 are in Annex B.",
            ["released", "target"],
        ),
    ],
)
def test_an_annex_is_what_the_text_says(text, roles):
    """Its letter is none of a section then."""
    assert annexes(text) == roles


def test_annexes_in_chinese_are_read_alike():
    """「載於附件甲」 says of annex A what stands before it."""
    text = "本署於2023年開放的數據集載於附件甲；已開放的數據集載於附件乙。"
    assert annexes(text, ("附件甲", "附件乙"), ("渠務署", "2023年度開放數據計劃")) == ["target", "released"]


def test_without_a_word_of_the_text_the_letter_is_the_section():
    """Annex A is section A where nothing else is said."""
    assert annexes("The datasets are in the annexes below.") == ["target", "target"]
