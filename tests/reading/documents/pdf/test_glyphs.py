"""The characters of a page become stretches, each where its reader sees it."""

import pypdfium2
import pytest
from support.pdf_files import pdf, text

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.pdf.glyphs import placed, read_text_of


def read(*commands, page="", before=0, **limits):
    """Return the text of the first page of a PDF with these drawing commands."""
    document = pypdfium2.PdfDocument(pdf("".join(commands), page=page))
    try:
        return read_text_of(document[0], Budget("plan.pdf", Limits(**limits)), before)
    finally:
        document.close()


def words(stretches):
    """Return the text of each stretch."""
    return ["".join(stretch.text) for stretch in stretches]


def test_a_stretch_has_the_edges_of_its_characters():
    """Ideographs are as wide as the font's size; the baseline grows downwards."""
    (stretch,) = read(text(50, 300, "數據", size=12)).stretches
    assert (stretch.left, stretch.right) == (pytest.approx(50, abs=0.1), pytest.approx(74, abs=0.1))
    assert (stretch.baseline, stretch.em) == (pytest.approx(-300), pytest.approx(12))
    assert words([stretch.part(1, 2)]) == ["據"]
    assert stretch.part(1, 2).left == pytest.approx(62, abs=0.1)


def test_a_wide_gap_ends_a_stretch_and_a_narrow_one_is_a_space():
    """Between Latin letters a gap is a space though none is written; between ideographs it is none."""
    assert words(read(text(50, 300, "No"), text(66, 300, "Title"), text(200, 300, "Date")).stretches) == [
        "No Title",
        "Date",
    ]
    assert words(read(text(50, 300, "數"), text(63, 300, "據"), text(80, 300, "集")).stretches) == ["數據", "集"]


def test_text_on_another_line_or_of_another_size_is_a_stretch_of_its_own():
    """A raised note sign and the next line do not go on a word."""
    stretches = read(text(50, 300, "km"), text(63.5, 304, "2", size=6), text(50, 288, "next")).stretches
    assert words(stretches) == ["km", "2", "next"]
    assert words(read(text(50, 300, "km"), text(63.5, 300, "2", size=6)).stretches) == ["km", "2"]


def test_a_turned_page_is_read_as_its_reader_sees_it():
    """Text that runs up the page runs to the right, and slanted text is set aside."""
    stamp = text(300, 100, "DRAFT", matrix="0.7 0.7 -0.7 0.7")
    result = read(text(100, 50, "Datasets of 2024", matrix="0 1 -1 0"), stamp)
    assert result.turn == 1
    assert words(result.stretches) == ["Datasets of 2024"]
    assert words(result.strays) == ["DRAFT"]
    (stretch,) = result.stretches
    assert (stretch.left, stretch.baseline) == (pytest.approx(50, abs=1), pytest.approx(100))


def test_a_point_keeps_its_distances_however_a_page_is_turned():
    """Four quarters bring a point back, and two of them turn it around."""
    assert [placed(turn, 3, 4) for turn in range(4)] == [(3, -4), (4, 3), (-3, 4), (-4, -3)]


def test_characters_of_all_pages_count():
    """The limit on characters holds for the pages before and this one together."""
    assert read(text(50, 300, "words"), before=5, characters=10).characters == 5
    with pytest.raises(NotAPlan, match="more than 9 characters"):
        read(text(50, 300, "words"), before=5, characters=9)
