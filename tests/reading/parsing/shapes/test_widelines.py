"""Unruled tables whose columns are on two pages."""

from dataclasses import replace

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Document, Line, Run, Span
from dcat_hk.reading.parsing import read_plan

FIRST = ["海事處", "2025至2027年度開放數據計劃", "D. 已發放的數據集", "編號|數據集名稱", "1|港口統計", "2024年12月"]
SECOND = ["發放日期|更新頻率", "03/2019|每季"]


def printed(*pages):
    """Return a document with lines on pages; a stroke is a gap between two runs."""
    lines, blocks = [], []
    for page, texts in enumerate(pages, 1):
        for top, text in enumerate(texts):
            runs, left = [], 0
            for part in text.split("|"):
                runs.append(Run(Span(len(lines), left, left + len(part)), left * 40.0, left * 40.0 + 30))
                left += len(part) + 1
            blocks.append(Line(Span(len(lines), 0, len(text)), not top, tuple(runs), top * 20.0, page))
            lines.append(text.replace("|", " "))
    return Document("plan.pdf", "", tuple(lines), tuple(blocks))


def test_both_halves_are_left_out_and_told_once():
    """Names on one page and dates on the next are one finding, and no row; the month dates the plan."""
    reading = read_plan(printed(FIRST, SECOND), load())
    assert [finding.code for finding in reading.findings] == ["columns-elsewhere"]
    assert reading.require().entries == ()
    assert reading.plan.dated == "2024-12"
    assert not reading.ledger.leftovers


def test_a_header_over_two_lines_of_a_page_is_no_half():
    """Labels below others on the same page are the rest of a header."""
    reading = read_plan(printed([*FIRST[:4], *SECOND]), load())
    assert "columns-elsewhere" not in [finding.code for finding in reading.findings]


def test_lines_without_pages_are_left_alone():
    """Text that has no pages has no columns on another."""
    document = printed(FIRST, SECOND)
    flat = replace(document, blocks=tuple(block._replace(page=0) for block in document.blocks))
    assert "columns-elsewhere" not in [finding.code for finding in read_plan(flat, load()).findings]
