"""Large words across a page are stamps and stay out of the words below; headings are none."""

import pytest
from support.pdf_files import grid, lines, marked, pdf, pdf_of_fields, text

from dcat_hk.reading.documents import Row, read_bytes
from dcat_hk.reading.documents.pdf import stamps as stamps_module
from dcat_hk.reading.documents.pdf.glyphs import Stretch
from dcat_hk.reading.documents.pdf.rules import RuledLines
from dcat_hk.reading.documents.pdf.stamps import find_stamps

HEADING = "A. Departmental datasets to be released in 2025"
GRID = lines(*grid([50, 200, 400], [200, 240, 280]))
PLAIN = text(50, 300, HEADING) + GRID + text(60, 255, "No.") + text(210, 255, "Title") + text(60, 215, "1")
GREY = "0.8 g\n"


def stamps(*commands):
    """Return the marks on a page, whose text is as without the stamp."""
    document = read_bytes(pdf(PLAIN + "".join(commands)), "plan.pdf")
    assert document.lines[:4] == (HEADING, "No.", "Title", "1")
    return marked(document)


@pytest.mark.parametrize(
    "commands",
    [
        GREY + text(100, 100, "DRAFT", size=60, matrix="0.7 0.7 -0.7 0.7"),
        text(100, 100, "DRAFT", size=60, matrix="0.7 0.7 -0.7 0.7"),
        GREY + text(300, 300, "DRAFT", size=40, matrix="0.8 -0.6 0.6 0.8"),
        GREY + text(80, 290, "DRAFT", size=40),
        GREY + text(60, 245, "DRAFT", size=30),
        GREY + text(230, 225, "DRAFT", size=30),
        GREY + text(150, 205, "DRAFT", size=30),
        "1 0.75 0.75 rg\n" + text(80, 285, "DRAFT", size=40),
        "1 0 0 rg\n" + text(40, 215, "DRAFT", size=120),
        GREY + text(500, 100, "DRAFT", size=50, matrix="0 1 -1 0"),
    ],
    ids=[
        "up",
        "dark",
        "down",
        "over-heading",
        "over-header",
        "over-rule",
        "over-wall",
        "pink",
        "over-all",
        "at-the-side",
    ],
)
def test_a_large_word_over_the_page_is_a_stamp(commands):
    """Whatever its direction, it is marked, comes last and takes no letter from the text."""
    assert stamps(commands) == [("stamp", "DRAFT")]


@pytest.mark.parametrize(
    "commands",
    [
        "0.5 g\n" + text(50, 350, "Annual Open Data Plan", size=24),
        GREY + text(50, 350, "Annual Open Data Plan", size=24),
        text(50, 320, "Annual Open Data Plan", size=24),
        GREY + text(50, 150, "not applicable", size=10),
        text(300, 100, "see note", size=10, matrix="0.7 0.7 -0.7 0.7"),
    ],
    ids=["grey-title", "pale-title", "title", "pale-text", "slanted-note"],
)
def test_a_heading_or_small_text_is_no_stamp(commands):
    """Large text that stands by itself is a heading, even in pale grey."""
    document = read_bytes(pdf(commands + PLAIN), "plan.pdf")
    assert marked(document) == []


def test_a_stamp_is_known_again_where_it_lies_over_nothing():
    """On a page with little text the same word is the same stamp."""
    last = text(50, 380, "December 2024") + text(50, 360, "Director") + GREY + text(80, 100, "DRAFT", size=40)
    document = read_bytes(pdf(PLAIN + GREY + text(80, 290, "DRAFT", size=40), last), "plan.pdf")
    assert marked(document) == [("stamp", "DRAFT")] * 2


def test_a_stamp_can_be_an_annotation():
    """Its words are read, marked, and not taken for text of the page."""
    note = "<< /Type /Annot /Subtype /Stamp /Rect [100 100 300 200] /F 4 /Contents (CONFIDENTIAL) >>"
    document = read_bytes(pdf_of_fields(PLAIN, note), "plan.pdf")
    assert marked(document) == [("stamp", "CONFIDENTIAL")]
    assert sum(isinstance(block, Row) for block in document.blocks) == 2


def test_text_without_anything_under_it_is_no_stamp():
    """One text, however pale and large, is what the page says."""
    assert find_stamps([Stretch(10, 40, ["D"], [0], [30], looks=("pale",))], [], RuledLines(), set()) == []


ROWS = {
    "Vessel arrivals": (230, 215),
    "09/2020": (330, 215),
    "Berths": (230, 175),
    "11/2021": (330, 175),
}
TABLE = lines(*grid([50, 200, 320, 400], [160, 200, 240, 280])) + "".join(
    text(x, y, words) for words, (x, y) in {"No.": (60, 255), "Title": (210, 255), "Date": (330, 255), **ROWS}.items()
)
RED, BLUE = "1 0 0 rg\n", "0 0 1 rg\n"


@pytest.mark.parametrize(
    "commands",
    [
        RED + text(240, 213, "DRAFT", size=14),
        RED + text(240, 215, "COPY"),
        RED + text(325, 217, "COPY", size=11),
        RED + text(302, 215, "COPY", size=8),
        RED + text(325, 214, "not for issue", size=7),
        text(220, 180, "DRAFT", size=30),
        BLUE + text(300, 170, "RECEIVED", size=22),
    ],
    ids=["over-title", "same-size", "over-date", "beside-title", "small", "black", "blue"],
)
def test_a_level_stamp_takes_no_letter_of_the_cells_below(commands):
    """A stamp that runs as the text does is set aside by its letters that lie on others, or by what it says in red."""
    document = read_bytes(pdf(TABLE + commands), "plan.pdf")
    assert [kind for kind, _words in marked(document)] == ["stamp"]
    texts = [
        document.slice(fragment.span)
        for row in document.blocks
        if isinstance(row, Row)
        for cell in row.cells
        for fragment in cell
    ]
    assert set(ROWS) <= set(texts)


@pytest.mark.parametrize(
    "commands",
    [
        RED + text(210, 185, "Marine refuse"),
        RED + text(285, 215, "of all kinds of ships and boats", size=10),
        text(210, 300, "COPY"),
        RED + text(50, 300, "Copy machines of the department"),
    ],
    ids=["red-cell", "too-little-room", "black-word", "red-heading"],
)
def test_red_text_of_the_page_is_no_stamp(commands):
    """Red text in a cell, text that runs into the next one, and words of stamps in black are read."""
    document = read_bytes(pdf(TABLE + commands), "plan.pdf")
    assert marked(document) == []


@pytest.mark.parametrize(
    ("box", "words", "kinds"),
    [
        ((225, 205, 300, 225), "DRAFT", ["stamp"]),
        ((225, 205, 300, 225), "for discussion", ["stamp"]),
        ((60, 310, 200, 330), "COPY", ["stamp"]),
        ((60, 205, 190, 225), "1", []),
        ((60, 310, 200, 330), "December 2024", []),
    ],
)
def test_free_text_over_other_text_is_a_stamp(box, words, kinds):
    """What a reader wrote onto the page fills empty cells; over other text, or in words of stamps, it is a stamp."""
    note = f"<< /Type /Annot /Subtype /FreeText /Rect [{' '.join(map(str, box))}] /F 4 /Contents ({words}) >>"
    document = read_bytes(pdf_of_fields(TABLE, note), "plan.pdf")
    assert [kind for kind, _words in marked(document)] == kinds


def test_large_letters_are_compared_with_texts_around_them_only(monkeypatch):
    """A page of large letters and small ones is looked at in time that grows with it: not every pair is compared."""
    compared = []
    monkeypatch.setattr(stamps_module, "_collision", lambda one, *_others: compared.append(one) or 0.0)
    monkeypatch.setattr(stamps_module, "_are_over", lambda one, *_others: compared.append(one) or False)
    small = [Stretch(20.0 * row, 10, ["a"], [10.0], [20.0]) for row in range(300)]
    large = [Stretch(20.0 * row, 20, ["B"], [500.0], [520.0], looks=("pale",)) for row in range(300)]
    assert find_stamps([*small, *large], [], RuledLines(), set()) == []
    assert len(compared) < len(small) * len(large) / 10


def test_letters_at_places_that_are_no_numbers_are_no_stamps():
    """Whatever a file says of where its letters are, looking for stamps ends."""
    odd = [Stretch(place, 40, ["A"], [place], [place]) for place in (float("nan"), float("inf"), float("-inf"))]
    assert find_stamps([*odd, Stretch(10, 10, list("text"), [0, 1, 2, 3], [1, 2, 3, 4])], [], RuledLines(), set()) == []
