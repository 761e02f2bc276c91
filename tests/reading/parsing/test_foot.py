"""The foot of a plan."""

import pytest
from support.plan_readings import leftovers, read
from support.shaped_plans import expected_rows, plan_of, rows_of

from dcat_hk.reading.parsing.foot import is_end_mark

FEET = (
    ["海事處", "2024年12月"],
    ["海事處　2024年12月"],
    ["- 完 -", "2024年12月"],
    ["2024年12月", "- 3 -"],
    ["海事處", "二零二四年十二月二十日"],
    ["*** End ***", "Marine Department", "December 2024"],
    ["註：日期或會更改。", "海事處", "2024年12月"],
    ["(2024年12月)"],
    ["第 3 頁", "2024年12月"],
    ["December 2024", "- END -"],
)


def cells(labels, rows):
    """Return a table with cells."""
    return ["\t".join(row) for row in (labels, *rows)]


def lines(labels, rows):
    """Return a table as a dump of text has it, a line for each cell."""
    return [text for row in (labels, *rows) for text in row]


@pytest.mark.parametrize("foot", FEET, ids=" / ".join)
@pytest.mark.parametrize("shape", [cells, lines], ids=lambda shape: shape.__name__)
@pytest.mark.parametrize("gap", ["", "\n"], ids=["directly below", "apart"])
def test_what_stands_below_the_last_row_is_the_plans(foot, shape, gap):
    """Signature, month, end mark and page number date the plan and are no part of the last row."""
    body, _month = plan_of("zh-Hant", shape).rsplit("\n\n", 1)
    reading = read(f"{body}\n{gap}" + "\n".join(foot))
    if foot == ["(2024年12月)"] and shape is lines and not gap:
        pytest.skip("a bracket directly below a cell may be its note")
    assert rows_of(reading) == expected_rows("zh-Hant")
    assert reading.plan.dated == "2024-12"
    assert not leftovers(reading)


@pytest.mark.parametrize("mark", ["完", "- 完 -", "全文完", "End", "--- END ---", "End of document", "（完）"])
def test_a_mark_of_the_end_is_a_note(mark):
    """A line that only says that the plan ends is a note and leaves nothing over."""
    body, _month = plan_of("en", cells).rsplit("\n\n", 1)
    reading = read(f"{body}\n\n{mark}")
    assert rows_of(reading) == expected_rows("en")
    assert not leftovers(reading)


def test_words_that_begin_like_a_mark_are_none():
    """A title that begins with the word for the end is no mark of it."""
    assert not any(map(is_end_mark, ["End date", "完成的工程", "Weekend traffic", ""]))
