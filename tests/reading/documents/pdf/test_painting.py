"""Where page objects are, how they are painted and what cuts them off."""

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from support.pdf_files import pdf

from dcat_hk.reading.documents.pdf.fonts import use_fixed_fonts
from dcat_hk.reading.documents.pdf.painting import (
    bounds_of,
    clip_of,
    colour_of,
    common,
    holds,
    matrix_of,
    meets,
    moved,
    product,
)


def ask(commands, question):
    """Return what a question says of the first object on a page."""
    use_fixed_fonts()
    document = pypdfium2.PdfDocument(pdf(commands))
    try:
        page = document[0]
        return question(pdfium.FPDFPage_GetObject(page.raw, 0))
    finally:
        document.close()


def test_bounds_are_right_and_down():
    """A matrix of a form moves them."""
    box = "50 200 100 40 re f\n"
    assert ask(box, lambda thing: bounds_of(thing, None)) == (50, -240, 150, -200)
    assert ask(box, lambda thing: bounds_of(thing, (1, 0, 0, 1, 10, -20))) == (60, -220, 160, -180)
    assert ask(box, lambda thing: bounds_of(thing, (1e9, 0, 0, 1, 0, 0))) is None


def test_colours_are_of_the_filling_or_of_the_line():
    """Both are red, green and blue, with how opaque they are."""
    commands = "1 0 0 rg 0 1 0 RG 50 200 100 40 re B\n"
    assert ask(commands, colour_of) == ((255, 0, 0), 255)
    assert ask(commands, lambda thing: colour_of(thing, stroked=True)) == ((0, 255, 0), 255)


@pytest.mark.parametrize(
    ("clip", "bounds"),
    [
        ("", None),
        ("60 210 20 10 re W n\n", (60, -220, 80, -210)),
        ("60 210 20 10 re W n 70 200 50 50 re W n\n", (70, -220, 80, -210)),
    ],
)
def test_a_clip_is_what_all_its_paths_have_in_common(clip, bounds):
    """Rectangles are known exactly."""
    found, is_exact = ask(clip + "50 200 100 40 re f\n", lambda thing: clip_of(thing, None))
    assert found == (pytest.approx(bounds, abs=0.1) if bounds else None)
    assert is_exact


def test_boxes_hold_and_meet_one_another():
    """A box that ends where another begins does not meet it."""
    assert holds((0, 0, 9, 9), (1, 1, 9.5, 9), 1)
    assert not holds((0, 0, 9, 9), (1, 1, 11, 9), 1)
    assert meets((0, 0, 9, 9), (8, 8, 20, 20))
    assert not meets((0, 0, 9, 9), (9, 0, 20, 9))
    left, _top, right, _bottom = common((0, 0, 9, 9), (12, 0, 20, 9))
    assert left > right


def test_matrices_move_one_after_the_other():
    """The product of two moves a point as one after the other does."""
    twice, right = (2, 0, 0, 2, 0, 0), (1, 0, 0, 1, 10, 0)
    assert moved(product(twice, right), 1, 1) == moved(right, *moved(twice, 1, 1)) == (12, 2)
    assert product(twice, None) == twice
    assert ask("50 200 100 40 re f\n", matrix_of)[:4] == (1, 0, 0, 1)
