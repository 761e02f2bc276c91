"""Heads and feet of pages are known by where they stand, not by what they say."""

import pytest
from support.pdf_text import line, page, table

from dcat_hk.reading.documents.pdf.running import find_running


def find(*pages):
    """Return the text of the lines that run, and which of them are the first of their kind."""
    first_of_kind = find_running(pages)
    lines = [own for one in pages for own in one.lines if id(own) in first_of_kind]
    return [("".join(own.stretches[0].text), first_of_kind[id(own)]) for own in lines]


def test_a_line_at_one_place_of_many_pages_runs():
    """Page numbers count as alike; only the first of a kind is marked as first."""
    pages = [page(n, [line("text", 50, 100 + 20 * n), line(f"Page {n}", 300, 390)]) for n in (1, 2, 3)]
    assert find(*pages) == [("Page 1", True), ("Page 2", False), ("Page 3", False)]


def test_a_line_on_few_pages_does_not_run():
    """A line must stand on two pages at least, and on four of ten."""
    assert find(page(1, [line("Plan", 50, 20), line("text", 50, 200)])) == []
    pages = [page(n, [line("Plan" if n <= 3 else f"{'x' * n}", 50, 20), line("text", 50, 200)]) for n in range(1, 11)]
    assert find(*pages) == []
    pages[3] = page(4, [line("Plan", 50, 20), line("text", 50, 200)])
    assert [text for text, _first in find(*pages)] == ["Plan"] * 4


def test_the_first_line_of_the_text_does_not_run():
    """A line that no gap parts from the text below it, or from a table, is text."""
    assert find(*(page(n, [line("Plan", 50, height) for height in (20, 34, 48, 62)]) for n in (1, 2, 3))) == []
    near = [page(n, [line("Plan", 50, 20)], [table([50, 90, 170], [24, 60], [["1", "甲"]])]) for n in (1, 2, 3)]
    assert find(*near) == []


def test_a_line_that_moves_does_not_run():
    """The same words at another height or further right are not a head."""
    assert find(*(page(n, [line("Plan", 50, 10 * n), line("text", 50, 200)]) for n in (1, 2, 3))) == []
    assert find(*(page(n, [line("Plan", 50 * n, 20), line("text", 50, 200)]) for n in (1, 2, 3))) == []


def test_numbers_of_pages_run_however_near_to_the_text_they_are():
    """What counts the pages at one place is no row; outside of a table the number of one page is enough."""
    rows = [[line("x" * n, 50, height) for height in (334, 348, 362, 376)] for n in (1, 2)]
    pages = [page(n, [*rows[n - 1], line(f"- {n} -", 300, 390)]) for n in (1, 2)]
    assert find(*pages) == [("- 1 -", False), ("- 2 -", False)]
    pages[1].number = 3
    assert find(*pages) == []
    full = table([50, 90, 170], [24, 386], [["1", "甲"]])
    assert find(page(1, [line("1", 300, 397)], [full])) == [("1", False)]
    assert find(page(2, [line("1", 300, 397)], [full])) == []


@pytest.mark.parametrize(
    "heading",
    ["(ii) Non-spatial Data", "(ii) 非空間數據", "(1) 香港電台", "D. Datasets released", "二、已發放的數據集"],
)
def test_a_heading_with_a_letter_or_number_of_its_own_is_text(heading):
    """Though it stands at the top of several pages, where the rows of a part begin each time."""
    assert find(*(page(n, [line(heading, 50, 20), line("text", 50, 200)]) for n in (1, 2, 3))) == []


@pytest.mark.parametrize("head", ["(Restricted)", "2026-2028年度開放數據計劃", "P. 3", "3.", "(3)", "v1.2 Plan"])
def test_other_heads_begin_with_brackets_and_numbers_too(head):
    """What marks or numbers a page is no heading."""
    pages = [page(n, [line(head, 50, 20), line("text", 50, 200)]) for n in (1, 2, 3)]
    assert [text for text, _first in find(*pages)] == [head] * 3
