"""How text objects are written is asked once for each."""

import ctypes

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from support.pdf_files import pdf, text

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.pdf.fonts import use_fixed_fonts
from dcat_hk.reading.documents.pdf.lettering import Letterings


def letterings(commands, looks=None):
    """Return the lettering of each character of a page, and how most are turned."""
    use_fixed_fonts()
    document = pypdfium2.PdfDocument(pdf(commands))
    try:
        page = document[0]
        handle = pdfium.FPDFText_LoadPage(page.raw)
        known = {ctypes.addressof(pdfium.FPDFPage_GetObject(page.raw, 0).contents): looks} if looks else {}
        own = Letterings(handle, known)
        count = pdfium.FPDFText_CountChars(handle)
        result = [own.of(index) for index in range(count)], own.turn(count)
        pdfium.FPDFText_ClosePage(handle)
        return result
    finally:
        document.close()


@pytest.mark.parametrize(
    ("matrix", "turn"), [("1 0 0 1", 0), ("0 1 -1 0", 1), ("-1 0 0 -1", 2), ("0.7 0.7 -0.7 0.7", -1)]
)
def test_text_is_turned_by_quarters_or_askew(matrix, turn):
    """The turn is that of the object on the page."""
    (one, *_rest), _turn = letterings(text(100, 100, "ab", matrix=matrix))
    assert one.turn == turn
    assert one.em == pytest.approx(10, abs=0.2)


def test_most_characters_say_how_a_page_is_turned():
    """A few that run another way, or askew, do not count."""
    upwards = text(100, 100, "upwards", matrix="0 1 -1 0")
    assert letterings(upwards + text(10, 10, "a"))[1] == 1
    assert letterings(text(10, 10, "askew", matrix="0.7 0.7 -0.7 0.7"))[1] == 0


def test_looks_are_those_of_the_object_and_of_its_size():
    """What is known of an object holds for its characters; letters too small to be seen are hidden."""
    (one, *_rest), _turn = letterings(text(100, 100, "a"), ("pale",))
    assert one.looks == ("pale",)
    (tiny, *_rest), _turn = letterings(text(100, 100, "a", size=0.2))
    assert tiny.looks == ("hidden",)


def test_letters_of_one_point_that_a_matrix_enlarges_are_as_large_as_they_are_seen():
    """A blank that pdfium supposes before a word does not say how large the letters of the word are."""
    rows = "".join(f"BT 6 0 0 6 50 {390 - 6 * n} Tm /F 1 Tf [(ab)-2000(cd)] TJ ET\n" for n in range(60))
    document = read_bytes(pdf(rows), "plan.pdf")
    assert [[document.slice(run.span) for run in block.runs] for block in document.blocks] == [["ab", "cd"]] * 60
