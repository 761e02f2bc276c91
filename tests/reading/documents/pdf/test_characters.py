"""Characters that are asked for many at once are those that pdfium tells one by one."""

import ctypes
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from support.pdf_files import pdf, text

from dcat_hk.core.limits import Budget
from dcat_hk.reading.documents.pdf import glyphs
from dcat_hk.reading.documents.pdf.characters import Batch, is_generated
from dcat_hk.reading.documents.pdf.fonts import use_fixed_fonts
from dcat_hk.reading.documents.pdf.glyphs import read_text_of

EVALUATION = Path(__file__).parents[4] / "evaluation" / "documents"
PAGES = {
    "words": text(50, 300, "Names of stands") + text(50, 280, "數據集 (CSV, JSON)"),
    "pieces": text(50, 300, "De") + text(61, 300, "part") + text(80, 300, "ment") + text(120, 300, "of"),
    "blanks": text(50, 300, "a  b ") + text(70, 300, " c") + text(90, 300, "  "),
    "double": text(50, 300, "twice") + text(50.2, 300, "twice"),
    "sizes": text(50, 300, "km") + text(63, 304, "2", size=6) + text(70, 300, "and", size=10.5),
    "turned": text(100, 50, "upwards", matrix="0 1 -1 0") + text(300, 100, "DRAFT", matrix="0.7 0.7 -0.7 0.7"),
    "backwards": text(80, 300, "last") + text(50, 300, "first") + text(55, 300, "over"),
}


def opened(data):
    """Return the first page of a PDF and its document, which must stay."""
    use_fixed_fonts()
    document = pypdfium2.PdfDocument(data)
    return document[0], document


def test_a_batch_has_what_pdfium_tells_of_each_character():
    """Code, text object, origin and box of the characters from one number on; pointers are numbers."""
    page, _document = opened(pdf(PAGES["words"]))
    handle = pdfium.FPDFText_LoadPage(page.raw)
    address = ctypes.cast(handle, ctypes.c_void_p).value
    count = pdfium.FPDFText_CountChars(handle)
    batch = Batch(address, 2, count)
    assert [character[0] for character in batch] == list(range(2, count))
    assert "".join(map(chr, batch.codes)).startswith("mes of stands")
    assert batch.unmapped == []
    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    for index, _code, thing, *places in batch:
        pdfium.FPDFText_GetCharOrigin(handle, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(handle, index, box)
        assert places == [x.value, y.value, box.left, box.right]
        assert batch.box(index).top == box.top
        assert bool(thing) == (is_generated(address, index) != 1)


def stretches_of(page):
    """Return all that is known of the text of a page."""
    found = read_text_of(page, Budget("plan.pdf"))
    return repr((found.stretches, found.strays, found.letters, found.unmapped))


@pytest.mark.parametrize("name", [*PAGES, *sorted(p.name for p in EVALUATION.glob("*.pdf"))[::4]])
def test_characters_that_just_follow_are_where_they_are_one_by_one(name, monkeypatch):
    """Taking letters in one go changes no stretch: not its text, nor an edge, nor what it looks like."""
    path = EVALUATION / name
    page, _document = opened(pdf(PAGES[name]) if name in PAGES else path.read_bytes())
    at_once = stretches_of(page)
    monkeypatch.setattr(glyphs._GlyphReader, "_can_go_on", lambda *_arguments: False)
    assert stretches_of(page) == at_once
