"""Tables of which rules show only a part are read as lines, with the places of their words."""

from itertools import pairwise

import pytest
from support.pdf_files import grid, lines, pdf, running, text
from support.pdf_text import lattice, page, stretch

from dcat_hk.core.limits import Limits
from dcat_hk.reading.documents import Row, read_bytes
from dcat_hk.reading.documents.pdf.partial import give_back_partial
from dcat_hk.reading.documents.pdf.textlines import fill

XS = (40, 90, 200, 400, 560)
HEADER = ("No.", "Category", "Title", "Date")
SHOWN = [HEADER, *((str(number), "Transport", f"Vessels {number}", "9/2025") for number in (1, 2, 3, 4))]
TOP, HEIGHT = 380, 20


def words(rows=SHOWN, top=TOP, xs=XS):
    """Return the commands that write rows, one below the other."""
    placed = [
        (x, top - HEIGHT * row - 14, cell) for row, cells in enumerate(rows) for x, cell in zip(xs, cells, strict=False)
    ]
    return "".join(text(x + 4, y, cell) for x, y, cell in placed if cell)


def box(first, last, xs=XS, top=TOP):
    """Return the commands that draw a grid around rows."""
    return lines(*grid(xs, [top - HEIGHT * row for row in range(first, last + 1)]))


def filled(first, last, left, right):
    """Return the commands that fill rows with colour from one place to another."""
    return f"0.9 g {left} {TOP - HEIGHT * last} {right - left} {HEIGHT * (last - first)} re f 0 g\n"


def read(*pages):
    """Return the document of a PDF."""
    return read_bytes(pdf(*pages), "plan.pdf", Limits())


def has_rows(document):
    """Tell whether a document has rows of cells."""
    return any(isinstance(block, Row) for block in document.blocks)


@pytest.mark.parametrize(
    "drawn",
    [
        box(0, 1),
        box(1, 5),
        box(0, 2),
        box(0, 1) + lines(*grid(XS, [TOP - HEIGHT, TOP - 5 * HEIGHT])),
        lines(*grid((XS[0], XS[1], XS[-1]), [TOP - HEIGHT * row for row in range(6)])),
        lines(*grid((*XS[:3], XS[-1]), [TOP - HEIGHT * row for row in range(6)])),
        box(0, 5, XS[1:]),
        "".join(filled(row, row + 1, *edges) for row in (0, 2, 4) for edges in pairwise(XS)),
    ],
    ids=[
        "header",
        "all-but-header",
        "first-row",
        "rows-in-one",
        "three-columns",
        "two-columns",
        "all-but-numbers",
        "every-second",
    ],
)
def test_a_grid_that_shows_a_part_of_the_table_makes_no_rows(drawn):
    """A boxed header, rows in one box, columns in one box and every second row filled leave the table to positions."""
    document = read(drawn + words())
    assert not has_rows(document)
    assert [line.split("|") for line in running(document)] == [list(row) for row in SHOWN]


def test_what_goes_on_on_other_pages_is_read_alike():
    """The part of a table on the next page, and the next but one, is lines where the first part is."""
    document = read(box(0, 1) + words(), box(0, 5) + words(), box(0, 5) + words())
    assert not has_rows(document)
    assert len(running(document)) == 15


@pytest.mark.parametrize(
    "below",
    [
        text(44, TOP - 5 * HEIGHT - 14, "The departments of Transport, of Harbours and Waterways say: vessels in port"),
        text(44, TOP - 5 * HEIGHT - 14, "Note") + text(204, TOP - 5 * HEIGHT - 14, "vessels in port"),
        words([("5", "Transport", "Vessels 5", "9/2025")], TOP - 8 * HEIGHT),
        words([("5", "Transport", "Vessels 5", "9/2025")], TOP - 5 * HEIGHT, (10, 60, 170, 370)),
    ],
    ids=["sentence", "note", "far", "other-columns"],
)
def test_text_below_a_ruled_table_is_not_of_it(below):
    """A sentence, a note of two parts, and rows far away or in other columns leave a ruled table what it is."""
    assert sum(isinstance(block, Row) for block in read(box(0, 5) + words() + below).blocks) == 5


def test_words_in_a_cell_can_stand_apart():
    """Two stretches in a line of a cell, and numbers that do not count on, are no columns and no rows."""
    shown = [HEADER, ("1", "Transport", "Vessels", "9/2025"), ("2", "Harbour", "", "")]
    cell = text(204, TOP - 54, "CSV") + text(260, TOP - 54, "JSON")
    letters = "".join(text(404 + 16 * place, TOP - 54, letter) for place, letter in enumerate("Dates"))
    numbers = "".join(text(44, TOP - 74 - 12 * line, number) for line, number in enumerate(("3", "7", "8")))
    ends = grid(XS, [TOP, TOP - 20, TOP - 40, TOP - 60, TOP - 120])
    assert has_rows(read(lines(*ends) + words(shown) + cell + letters + numbers))


@pytest.mark.parametrize(("right", "is_kept"), [(155, True), (140, False)])
def test_lines_that_are_flush_on_both_sides_are_of_one_cell(right, is_kept):
    """Words that a maker moved apart to fill the column are no columns; words that end before its edge may be."""
    xs, ys = [40, 60, 160, 300], [20, 80, 140, 200, 260]
    stretches = []
    for top in ys[:-1]:
        words = stretch("Commerce", 65, top + 14), stretch("and", right - 15, top + 14)
        stretches += [*words, stretch("1", 45, top + 14), stretch("Industry", 65, top + 26)]
    tables, _outside = fill([lattice(xs, ys)], stretches)
    made = page(1, [], tables)
    give_back_partial([made])
    assert bool(made.tables) is is_kept


def test_a_line_with_gaps_of_one_width_is_of_one_cell():
    """The gaps of a line that is set flush on both sides are all as wide, those between columns are not."""
    for places, is_kept in (((65, 95, 125), True), ((65, 90, 125), False)):
        stretches = [stretch("1", 45, 34), stretch("two", 165, 34)]
        stretches += [stretch("abc", x, baseline) for baseline in (34, 46) for x in places]
        tables, _outside = fill([lattice([40, 60, 160, 300], [20, 80])], stretches)
        made = page(1, [], tables)
        give_back_partial([made])
        assert bool(made.tables) is is_kept
