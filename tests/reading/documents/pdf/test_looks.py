"""Text that no reader of a page sees is hidden, and only that."""

import pytest
from support.pdf_files import grid, lines, marked, pdf, text

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.pdf.drawing import Drawing, TextObject
from dcat_hk.reading.documents.pdf.looks import looks_of

WORDS = text(50, 300, "Fireboat")
WHITE, BLACK, BLUE = "1 1 1 rg\n", "0 0 0 rg\n", "0.1 0.2 0.4 rg\n"
#: Larger than the word, and a part of it.
BOX, HALF, PAGE = "40 290 100 30 re f\n", "40 290 30 30 re f\n", "0 0 600 400 re f\n"


def hidden(commands, **options):
    """Return the hidden text of a page that has one more, plain line."""
    document = read_bytes(pdf(commands + "0 Tr 0 g\n" + text(50, 100, "A. Datasets"), **options), "plan.pdf")
    return marked(document)


@pytest.mark.parametrize(
    "commands",
    [
        WHITE + WORDS,
        "0.97 g\n" + WORDS,
        "0 0 0 0 k\n" + WORDS,
        BLACK + BOX + WORDS,
        BLUE + PAGE + WHITE + BOX + WORDS,
        BLUE + BOX + BLUE + WORDS,
        "3 Tr\n" + WORDS,
        "7 Tr\n" + WORDS,
        text(50, 300, "Fireboat", size=0.1),
        WORDS + BOX,
        WORDS + WHITE + BOX,
        "q 300 300 50 50 re W n\n" + WORDS + "Q\n",
        "1 Tr 1 1 1 RG\n" + WORDS,
        text(700, 300, "Fireboat"),
    ],
    ids=[
        "white",
        "nearly-white",
        "no-ink",
        "black-on-black",
        "white-box-on-blue-page",
        "blue-on-blue",
        "not-painted",
        "only-clips",
        "tiny",
        "covered",
        "whited-out",
        "cut-off",
        "white-outlines",
        "beside-the-page",
    ],
)
def test_text_that_cannot_be_seen_is_hidden(commands):
    """It has the colour of its ground, is not painted, cut off, covered, far too small, or beside the page."""
    assert hidden(commands) == [("hidden", "Fireboat")]


@pytest.mark.parametrize(
    "commands",
    [
        WORDS,
        "0.5 g\n" + WORDS,
        BLUE + BOX + WHITE + WORDS,
        BLUE + PAGE + WHITE + WORDS,
        WHITE + BOX + BLACK + WORDS,
        BLUE + HALF + WHITE + WORDS,
        WORDS + HALF,
        "q 200 300 50 50 re W n\n" + WHITE + PAGE + "Q\n" + BLACK + WORDS,
        BLUE + BOX + "q 200 200 50 50 re W n\n" + WHITE + PAGE + "Q\n" + WHITE + WORDS,
        WORDS + "q 200 200 50 50 re W n\n" + PAGE + "Q\n",
        WORDS + "1 0 0 rg 40 290 m 140 290 l 40 320 l h f\n",
        "q 40 290 100 30 re W n\n" + WORDS + "Q\n",
        "2 Tr 0 0 0 RG\n" + WHITE + WORDS,
        "20 w 0.1 0.2 0.4 RG 40 305 m 140 305 l S\n" + WHITE + WORDS,
    ],
    ids=[
        "black",
        "grey",
        "white-on-blue",
        "white-on-blue-page",
        "black-on-white-box",
        "half-on-blue",
        "half-covered",
        "box-elsewhere",
        "white-box-elsewhere",
        "cover-elsewhere",
        "triangle",
        "within-its-clip",
        "outlined",
        "on-a-thick-line",
    ],
)
def test_text_that_can_be_seen_is_not_hidden(commands):
    """White letters on a dark ground, and what is covered in part or not for sure, are seen."""
    assert hidden(commands) == []


def test_text_that_is_clear_is_hidden():
    """Letters through which everything shows cannot be seen."""
    state = "<< /Type /ExtGState /ca 0 >>"
    data = pdf("/X6 gs\n" + WORDS, extra=[state]).replace(b"/XObject << /X6", b"/ExtGState<< /X6")
    assert marked(read_bytes(data, "plan.pdf")) == [("hidden", "Fireboat")]


def test_text_under_a_scan_is_recognised():
    """Letters that are not painted were read from the picture that they stand on; a logo is no such picture."""
    picture = (
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Length 1 >>\n"
        "stream\nA\nendstream"
    )
    page = "q 600 0 0 400 0 0 cm /X6 Do Q 3 Tr\n" + WORDS
    assert marked(read_bytes(pdf(page, extra=[picture]), "plan.pdf")) == [("recognised", "Fireboat")]
    logo = "q 40 0 0 40 50 290 cm /X6 Do Q 3 Tr\n" + WORDS
    assert hidden(logo, extra=[picture]) == [("hidden", "Fireboat")]


def test_hidden_text_stays_in_its_cell():
    """A white row is in the table, with marks; what it means is not for the reader to say."""
    words = text(60, 240, "1") + text(160, 240, "Fireboats") + WHITE + text(60, 210, "2") + text(160, 210, "Withdrawn")
    document = read_bytes(pdf(lines(*grid([50, 150, 300], [200, 230, 260])) + words), "plan.pdf")
    assert document.lines == ("1", "Fireboats", "2", "Withdrawn")
    assert marked(document) == [("hidden", "2"), ("hidden", "Withdrawn")]


def test_looking_at_text_objects_ends_when_the_time_is_up():
    """However many text objects a page has, what they look like is not asked longer than the budget allows."""
    drawing = Drawing(texts=[TextObject(1, None, None)])
    with pytest.raises(NotAPlan):
        looks_of(drawing, 1.0, Budget("plan.pdf", Limits(seconds=-1)))
