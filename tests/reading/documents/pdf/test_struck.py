"""Lines through the middle of letters cross them out, and are no borders."""

import pytest
from support.pdf_files import grid, lines, marked, pdf, pdf_of_fields, text

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents import Row, read_bytes
from dcat_hk.reading.documents.pdf.glyphs import Stretch
from dcat_hk.reading.documents.pdf.rules import RuledLine
from dcat_hk.reading.documents.pdf.struck import strike_out

#: Helvetica, 10 points: "03/2025 " is 33.4 points wide, with its blank 36.1.
WORDS = text(50, 300, "03/2025 09/2025")


def struck(commands, data=None):
    """Return the marked text of a page."""
    return marked(read_bytes(data or pdf(text(50, 100, "A. Datasets") + commands), "plan.pdf"))


@pytest.mark.parametrize(
    "line",
    [
        "50 302.6 33.4 0.5 re f\n",
        lines((50, 302.8, 83.4, 302.8)),
        "2 w " + lines((49, 303, 84, 303)),
        "[2 1] 0 d " + lines((50, 302.8, 83.4, 302.8)),
        lines((50, 302, 83.4, 302), (50, 304, 83.4, 304)),
        lines((50, 303, 62, 303), (62, 303, 83.4, 303)),
        "1 0 0 rg 50 304 34 0.7 re f\n",
        "50 302.5 m 83 302.5 l 83 303.2 l 50 303.2 l h f\n",
    ],
    ids=["box", "line", "thick", "dashed", "double", "two-pieces", "red", "path"],
)
def test_a_line_through_letters_crosses_them_out(line):
    """However the line is drawn, the characters under it are struck, and no others."""
    assert struck(WORDS + line) == [("struck", "03/2025")]


@pytest.mark.parametrize(
    "line",
    [
        lines((50, 299, 83.4, 299)),
        lines((50, 297.5, 83.4, 297.5)),
        lines((50, 307.8, 83.4, 307.8)),
        lines((10, 303, 590, 303)),
        lines((60, 303, 400, 303)),
        "10 w " + lines((50, 303, 83, 303)),
    ],
    ids=["underline", "lower-underline", "overline", "from-side-to-side", "runs-on", "bar"],
)
def test_other_lines_near_letters_cross_nothing_out(line):
    """Underlines and overlines, rules that run on, and bars are no strikes."""
    assert struck(WORDS + line) == []


def test_a_strike_is_no_border_of_a_cell():
    """Two cells crossed out beside one another stay in one row."""
    words = text(60, 280, "No.") + text(160, 280, "Date") + text(142, 230, "1") + text(152, 230, "03/2025 x 10/2016")
    strikes = lines((141, 232.7, 148, 232.7), (152, 232.7, 234, 232.7))
    document = read_bytes(pdf(lines(*grid([50, 150, 250], [200, 250, 300])) + words + strikes), "plan.pdf")
    rows = [block for block in document.blocks if isinstance(block, Row)]
    assert [[len(cell) for cell in row.cells] for row in rows] == [[1, 1], [1, 1]]
    assert marked(document) == [("struck", "1"), ("struck", "03/2025 x 10/2016")]


def test_a_pen_line_through_a_whole_row_crosses_all_of_it_out():
    """A line through the letters of three texts or more need not end where they do."""
    texts = [Stretch(10, 10, ["a", "b"], [left, left + 5], [left + 5, left + 10]) for left in (0, 100, 200)]
    assert strike_out(texts, [RuledLine(7, -30, 240)]) == {RuledLine(7, -30, 240)}
    assert [text.struck for text in texts] == [((0, 2),)] * 3


def test_a_reviewer_crosses_text_out():
    """An annotation that strikes text out marks the characters in its area, unless it is hidden."""
    quad = "/Rect [50 298 84 309] /QuadPoints [50 309 83.5 309 50 298 83.5 298]"
    note = f"<< /Type /Annot /Subtype /StrikeOut {quad} /F 4 >>"
    assert struck("", pdf_of_fields(WORDS, note)) == [("struck", "03/2025")]
    assert struck("", pdf_of_fields(WORDS, note.replace("/F 4", "/F 2"))) == []


def test_part_of_a_word_can_be_struck():
    """Ideographs beside the new ones are struck alone, and the line stays one line."""
    document = read_bytes(pdf(text(50, 300, "漁船海上垃圾收集量") + lines((50, 303, 70, 303))), "plan.pdf")
    assert document.lines == ("漁船海上垃圾收集量",)
    assert marked(document) == [("struck", "漁船")]


def test_looking_for_strikes_ends_when_the_time_is_up():
    """However many texts and lines a page has, they are not compared longer than the budget allows."""
    texts = [Stretch(10, 10, ["a"], [0], [5])]
    with pytest.raises(NotAPlan):
        strike_out(texts, [RuledLine(7, 0, 5)], (), Budget("plan.pdf", Limits(seconds=-1)))


def test_areas_far_from_a_text_do_not_strike_it():
    """Of many areas that a reviewer marked, those at the height of a text cross it out."""
    texts = [Stretch(20 * line, 10, ["a"], [0], [5]) for line in range(100)]
    strike_out(texts, [], [(0, 20 * line - 6, 5, 20 * line) for line in (3, 90)])
    assert [number for number, text in enumerate(texts) if text.struck] == [3, 90]
