"""What is drawn on a page becomes level and upright rules, however it is drawn."""

import pypdfium2
import pytest
from support.pdf_files import lines, pdf, text

from dcat_hk.core.limits import Budget
from dcat_hk.reading.documents.pdf.drawing import read_drawing_of
from dcat_hk.reading.documents.pdf.fonts import use_fixed_fonts
from dcat_hk.reading.documents.pdf.rules import RuledLine


def read(commands, turn=0, extra=()):
    """Return what is drawn on the first page of a PDF with these drawing commands."""
    use_fixed_fonts()
    document = pypdfium2.PdfDocument(pdf(commands, extra=extra))
    try:
        return read_drawing_of(document[0], Budget("plan.pdf")).rules(turn)
    finally:
        document.close()


def about(*rule):
    """Return a rule to within the width of a line."""
    return RuledLine(*(pytest.approx(end, abs=1.1) for end in rule))


@pytest.mark.parametrize(
    "commands",
    [lines((50, 300, 150, 300)), "50 299.7 100 0.6 re f\n", "[4 2] 0 d 50 300 m 150 300 l S\n"],
    ids=["line", "thin-rectangle", "dashed"],
)
def test_a_level_rule_may_be_drawn_in_any_way(commands):
    """A stroked line, a thin filled rectangle and a dashed line are the same rule."""
    drawing = read(commands)
    assert drawing.level == [about(-300, 50, 150)]
    assert drawing.upright == []


def test_a_box_that_is_stroked_has_four_sides_and_one_that_is_filled_is_a_box():
    """The sides of an outline are rules; a filled area is kept as an area, right and down."""
    stroked, filled = read("50 200 100 40 re S\n"), read("50 200 100 40 re f\n")
    assert stroked.level == [about(-240, 50, 150), about(-200, 50, 150)]
    assert stroked.upright == [about(50, -240, -200), about(150, -240, -200)]
    assert (filled.level, filled.upright) == ([], [])
    assert [tuple(map(round, box)) for box in filled.boxes] == [(50, -240, 150, -200)]


def test_slanted_lines_and_what_is_far_outside_are_no_rules():
    """Neither a slope nor a line at a place that no page has can be a border."""
    drawing = read(lines((50, 300, 150, 340), (50, 9e9, 150, 9e9)))
    assert (drawing.level, drawing.upright) == ([], [])


def test_a_turned_page_has_its_rules_turned():
    """On a page whose text runs upwards, an upright line is level to the reader."""
    drawing = read(lines((100, 50, 100, 150)), turn=1)
    assert drawing.level == [about(100, 50, 150)]


def test_pictures_and_paths_are_counted():
    """A page that is one picture, and one of outlines, can be told from an empty page."""
    image = (
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        "/Length 1 >>\nstream\n0\nendstream"
    )
    drawing = read("q 60 0 0 40 0 0 cm /X6 Do Q\n" + lines((0, 0, 90, 0), (0, 9, 90, 9)), extra=[image])
    assert (drawing.pictures, drawing.paths) == (1, 2)


def test_areas_and_text_are_in_the_order_of_drawing():
    """A page tells what was painted before a text and what after it, and where the area is cut off."""
    use_fixed_fonts()
    commands = (
        "1 0 0 rg 50 200 100 40 re f\n" + text(60, 210, "a") + "q 0 0 80 400 re W n 60 200 m 90 200 l 60 240 l h f Q\n"
    )
    document = pypdfium2.PdfDocument(pdf(commands))
    try:
        drawing = read_drawing_of(document[0], Budget("plan.pdf"))
        first, second = drawing.areas
        assert first.order < drawing.texts[0].order < second.order
        assert (first.bounds, first.colour, first.solid) == ((50, -240, 150, -200), (255, 0, 0), True)
        assert second.bounds == pytest.approx((60, -240, 80, -200), abs=1)
        assert not second.solid
    finally:
        document.close()
