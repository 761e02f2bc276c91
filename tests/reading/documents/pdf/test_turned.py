"""Text that runs up or down is the text of the cell in which it stands."""

import pytest
from support.pdf_files import lines, marked, pdf, text
from support.pdf_text import lattice

from dcat_hk.reading.documents import Row, read_bytes
from dcat_hk.reading.documents.pdf.glyphs import Stretch
from dcat_hk.reading.documents.pdf.turned import bounds_on_page, into_cells, on_page, seen_at

#: Two rows of three cells, the middle ones being one.
GRID = lines((50, 200, 400, 200), (50, 300, 400, 300), (50, 250, 150, 250), (200, 250, 400, 250)) + lines(
    *[(x, 200, x, 300) for x in (50, 150, 200, 400)]
)
ROWS = text(60, 270, "1") + text(210, 270, "Fireboats") + text(60, 220, "2") + text(210, 220, "Hydrants of all kinds")
UP, DOWN = "0 1 -1 0", "0 -1 1 0"


def read(commands):
    """Return the rows and marks of a page, fragments joined by a stroke."""
    document = read_bytes(pdf(GRID + ROWS + commands), "plan.pdf")
    rows = [block for block in document.blocks if isinstance(block, Row)]
    cells = [["|".join(document.slice(part.span) for part in cell) for cell in row.cells] for row in rows]
    return cells, marked(document)


@pytest.mark.parametrize(
    ("commands", "words"),
    [
        (text(180, 210, "Transport", matrix=UP), "Transport"),
        (text(170, 290, "Transport", matrix=DOWN), "Transport"),
        (text(170, 210, "Law and", matrix=UP) + text(185, 210, "Security", matrix=UP), "Law and Security"),
        (text(185, 290, "Law and", matrix=DOWN) + text(170, 290, "Security", matrix=DOWN), "Law and Security"),
        (text(180, 210, "交通", matrix=UP) + text(195, 210, "運輸", matrix=UP), "交通運輸"),
        ("".join(text(180, 210 + 10 * i, c, matrix=UP) for i, c in enumerate("交通")), "交通"),
        (text(180, 205, "Cut ", matrix=UP) + text(180, 260, "Short", matrix=UP), "Cut Short"),
    ],
    ids=["up", "down", "two-lines-up", "two-lines-down", "two-lines-zh", "one-by-one", "gap"],
)
def test_turned_text_is_one_text_of_its_cell(commands, words):
    """It is read in its own direction, line after line, and stands where the cell begins."""
    rows, marks = read(commands)
    assert rows == [["1", words, "Fireboats"], ["2", "", "Hydrants of all kinds"]]
    assert marks == [("turned", words)]


def test_turned_text_outside_of_tables_comes_last():
    """At the side of the page it is a line of its own."""
    document = read_bytes(pdf(GRID + text(30, 100, "Printed in 2024", matrix=UP) + ROWS), "plan.pdf")
    assert document.lines[-1] == "Printed in 2024"
    assert marked(document) == [("turned", "Printed in 2024")]


def test_cells_one_over_the_other_keep_their_own_text():
    """Text in one column of turned text is parted by the cells' walls."""
    two = [Stretch(50, 10, ["a"], [-90], [-80], turn=1), Stretch(50, 10, ["b"], [-40], [-30], turn=1)]
    cells, others = into_cells(two, [lattice([40, 60], [20, 60, 100])])
    assert ([cell.text for cell in cells], others) == ([["a"], ["b"]], [])
    assert [cell.middle for cell in cells] == [pytest.approx(85), pytest.approx(35)]


def test_a_point_comes_back_after_four_quarters():
    """Askew text has the frame of the page, and so has text that runs along."""
    assert [seen_at(turn, 3, 4) for turn in (0, 1, 2, 3, -1)] == [(3, 4), (4, -3), (-3, -4), (-4, 3), (3, 4)]


def test_text_upside_down_is_not_turned():
    """It keeps its place on the page but has no mark."""
    one = on_page([Stretch(-50, 10, ["a", "b"], [-90, -80], [-80, -70], turn=2)])
    assert (one.left, one.right, one.looks) == (70, 90, ())
    assert bounds_on_page(one)[1] < 50 < bounds_on_page(one)[3] + 10
