"""The characters of a page become stretches, each where its reader sees it."""

import pypdfium2
import pytest
from support.pdf_files import pdf, pdf_of_glyphs, text

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.pdf import fonts
from dcat_hk.reading.documents.pdf.fonts import use_fixed_fonts
from dcat_hk.reading.documents.pdf.glyphs import placed, read_text_of
from dcat_hk.reading.documents.pdf.textlines import numbered


def read(*commands, page="", before=0, **limits):
    """Return the text of the first page of a PDF with these drawing commands."""
    use_fixed_fonts()
    document = pypdfium2.PdfDocument(pdf("".join(commands), page=page))
    try:
        return read_text_of(document[0], Budget("plan.pdf", Limits(**limits)), before)
    finally:
        document.close()


def read_glyphs(commands, letters, **options):
    """Return the text of a page with an embedded font."""
    use_fixed_fonts()
    document = pypdfium2.PdfDocument(pdf_of_glyphs(commands, letters, fonts._FONT, **options))
    try:
        return read_text_of(document[0], Budget("plan.pdf"))
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


@pytest.mark.parametrize("ligature", ["ff", "fi", "ffi", "tt", "tti", "ti", "ll", "\u6578\u64da"])
def test_letters_that_one_glyph_draws_share_its_width(ligature):
    """A glyph for several letters is all of them, side by side, in one stretch with the letters around it."""
    (stretch,) = read_glyphs("BT /G 10 Tf 50 300 Td <000100020003> Tj ET", ["a", ligature, "b"]).stretches
    assert words([stretch]) == [f"a{ligature}b"]
    assert stretch.lefts == sorted(set(stretch.lefts))
    assert stretch.rights[:-1] == pytest.approx(stretch.lefts[1:], abs=0.1)


def test_a_glyph_printed_twice_is_not_a_glyph_for_two_letters():
    """The same letter in another text object at the same place is double print, not another letter of the glyph."""
    once = "BT /G 10 Tf 50 300 Td <0001> Tj ET\n"
    singles, _doubles = numbered(read_glyphs(once + once.replace("50 300", "50.5 300"), ["t"]).stretches)
    assert words(singles) == ["t"]
    singles, doubles = numbered(read_glyphs(once + once.replace("50 300", "50.5 300"), ["tt"]).stretches)
    assert (words(singles), doubles) == (["tt"], 0)


def test_a_blank_behind_the_last_letter_is_kept_as_a_mark():
    """A line's end says whether the file has a blank there, which is in no text."""
    first, second = read(text(50, 300, "Traffic "), text(50, 288, "data")).stretches
    assert words([first, second]) == ["Traffic", "data"]
    assert first.blank_after == pytest.approx(2.78, abs=0.1)
    assert (second.blank_after, first.part(0, 3).blank_after) == (0, 0)
    assert read(text(50, 300, "a b")).stretches[0].part(0, 1).blank_after > 0


def test_glyphs_without_letters_are_counted():
    """A glyph that the file gives no letter is unreadable; how many there are is known."""
    drawn = "BT /G 10 Tf 50 300 Td <00010003> Tj ET"
    result = read_glyphs(drawn, ["a", "b", "c"], mapped=False)
    assert (result.letters, result.unmapped) == (2, 2)
    assert words(result.stretches) == ["\ufffd\ufffd"]
    assert read_glyphs(drawn, ["a", "b", "c"]).unmapped == 0


def test_recognised_text_that_is_not_painted_keeps_its_letters():
    """The codes of text under a scan are its letters, whatever its font states."""
    drawn = "BT /G 10 Tf 50 300 Td <00010041> Tj ET"
    assert read_glyphs(drawn, ["a"], mapped=False).unmapped == 2
    result = read_glyphs(f"3 Tr {drawn}", ["a"], mapped=False)
    assert (words(result.stretches), result.unmapped) == (["\ufffdA"], 1)


def test_a_narrow_gap_is_a_space_where_it_is_wider_than_those_between_the_letters():
    """Kerning takes some of the space between two capitals; letters that are set apart are one word."""
    assert words(read("BT /F 10 Tf 1 0 0 1 50 300 Tm [(YET) -165 (AND)] TJ ET").stretches) == ["YET AND"]
    assert words(read("BT /F 10 Tf 1 0 0 1 50 300 Tm [(Y) -165 (E) -165 (T)] TJ ET").stretches) == ["YET"]
    assert words(read("BT /F 10 Tf 1 0 0 1 50 300 Tm [(YE) -60 (T)] TJ ET").stretches) == ["YET"]
