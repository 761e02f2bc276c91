"""Raised and lowered signs stand at their place in the line, and are marked."""

import pytest
from support.pdf_files import grid, lines, marked, pdf, text
from support.pdf_text import table

from dcat_hk.reading.documents import Row, read_bytes
from dcat_hk.reading.documents.pdf.glyphs import Stretch
from dcat_hk.reading.documents.pdf.raised import mark_raised, mark_wrapped
from dcat_hk.reading.documents.pdf.rules import RuledLine

#: "09/2025" in Helvetica of 10 points ends at 83.4.
DATE = text(50, 300, "09/2025")


def read(*commands):
    """Return the document in a PDF with these commands."""
    return read_bytes(pdf("".join(commands)), "plan.pdf")


@pytest.mark.parametrize(
    ("sign", "kind"),
    [
        (text(83.5, 303.5, "1", size=6), "raised"),
        (text(84, 305, "(a)", size=5.8), "raised"),
        (text(83.5, 303.3, "*", size=8.3), "raised"),
        (text(83.5, 306.5, "1", size=7), "raised"),
        (text(83.5, 304, "2", size=10), "raised"),
        (text(85, 304, "2, 3", size=6), "raised"),
        (text(83.5, 303.5, "st", size=6), "raised"),
        (text(83.5, 298.5, "2", size=6), "lowered"),
        (text(83.5, 296.7, "x", size=6), "lowered"),
    ],
)
def test_a_sign_beside_a_date_is_marked(sign, kind):
    """It is on the line of the date, behind it, and is no part of the date."""
    document = read(DATE, sign)
    ((found, words),) = marked(document)
    assert found == kind
    assert document.lines == (f"09/2025{words}",)


@pytest.mark.parametrize(
    "other",
    [
        text(83.5, 300, "1", size=6),
        text(150, 303.5, "1", size=6),
        text(83.5, 312, "1", size=6),
        text(50, 289, "1", size=6),
        text(83.5, 303.5, "data of 13 letters", size=6),
        text(83.5, 303.5, "abc", size=10),
    ],
    ids=["on-the-line", "far-away", "line-above", "line-below", "long", "as-large"],
)
def test_other_small_text_is_not_marked(other):
    """Small letters on the baseline, far away, on other lines and long ones are text like any other."""
    assert marked(read(DATE, other)) == []


def test_a_sign_before_its_text_is_marked():
    """A note begins with its raised sign."""
    document = read(text(50, 303.5, "1", size=6), text(53.5, 300, "Subject to tests"), text(50, 280, "more"))
    assert document.lines == ("1Subject to tests", "more")
    assert marked(document) == [("raised", "1")]


def test_small_text_in_the_next_cell_is_not_raised():
    """A wall stands between them."""
    grid_lines = lines(*grid([40, 84, 200], [280, 320, 360]))
    document = read(grid_lines, text(42, 340, "No."), text(100, 340, "Note"), DATE, text(84.8, 303.5, "1", size=6))
    assert marked(document) == []
    *_head, row = (block for block in document.blocks if isinstance(block, Row))
    assert [len(cell) for cell in row.cells] == [1, 1]


def test_signs_that_follow_one_another_have_one_text():
    """Two raised pieces side by side belong to the same line."""
    title = Stretch(10, 10, ["a"], [0], [5])
    signs = [Stretch(6, 6, ["1"], [5], [8]), Stretch(6, 6, [","], [9], [10])]
    mark_raised([title, *signs], [])
    assert [(sign.looks, sign.baseline) for sign in signs] == [(("raised",), 10)] * 2
    again = Stretch(6, 6, ["1"], [5.5], [8])
    mark_raised([title, again], [RuledLine(5.2, 0, 20)])
    assert again.looks == ()


def test_a_sign_that_found_no_room_is_marked():
    """A small sign alone on the last line of a cell was raised on a line that was full."""
    cells = table([0, 100], [0, 60], [["甲乙丙|1"]])
    (own,) = cells.lines.values()
    for em in (6.0, 8.33):
        own[1].stretches[0].em, own[1].stretches[0].looks = em, ()
        mark_wrapped([cells])
        assert [line.stretches[0].looks for line in own] == [(), ("raised",)]
    own[1].stretches[0].em, own[1].stretches[0].looks = 9.0, ()
    mark_wrapped([cells])
    assert own[1].stretches[0].looks == ()
    own[1].stretches[0].text = ["*"]
    mark_wrapped([cells])
    assert own[1].stretches[0].looks == ("raised",)
