"""What is typed into a form, and free text on the page, is text; notes and empty fields are none."""

import pytest
from support.pdf_files import field, grid, lines, marked, pdf_of_fields, text

from dcat_hk.reading.documents import Row, read_bytes

BOX = (155, 205, 245, 225)
PAGE = (
    lines(*grid([50, 150, 250], [200, 230, 260])) + text(60, 240, "No.") + text(160, 240, "Date") + text(60, 210, "1")
)
OPTIONS = "/Opt [[(m) (Monthly)] [(d) (Daily)]]"
#: The signs of a ticked box and of a chosen button.
TICK, DOT = "\u2611", "\u25c9"
STATES = "/AP << /N << /Yes 7 0 R /Off 7 0 R >> >>"
EMPTY = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 0 >>\nstream\n\nendstream"


def read(*fields, commands=PAGE):
    """Return the second cell of the second row, and the marks."""
    document = read_bytes(pdf_of_fields(commands, *fields), "plan.pdf")
    rows = [block for block in document.blocks if isinstance(block, Row)]
    return "|".join(document.slice(part.span) for part in rows[1].cells[1]), marked(document)


@pytest.mark.parametrize(
    ("entries", "value"),
    [
        ("/FT /Tx /V (09/2025)", "09/2025"),
        ("/FT /Tx /V <FEFF6BCF67087684>", "每月的"),
        ("/FT /Tx /Ff 4096 /V (Daily\\rWeekly)", "Daily|Weekly"),
        ("/FT /Tx /Ff 1 /V (  Read   only )", "Read only"),
        (f"/FT /Ch /Ff 131072 {OPTIONS} /V (m)", "Monthly"),
        ("/FT /Ch /Ff 393216 /Opt [(Monthly)] /V (When needed)", "When needed"),
        (f"/FT /Ch {OPTIONS} /V [(m)]", "Monthly"),
        (f"/FT /Btn {STATES} /V /Yes /AS /Yes", TICK),
        (
            "/FT /Tx /V (A value that is too long for a narrow field)",
            "A value that is too long for a narrow field",
        ),
    ],
    ids=["text", "unicode", "lines", "read-only", "chosen", "typed-choice", "list", "ticked", "long"],
)
def test_what_was_typed_is_the_text_of_its_cell(entries, value):
    """Values stand where their fields are, without appearance streams, and are marked."""
    words, marks = read(field("f", BOX, entries), EMPTY)
    assert words == value
    assert marks == [("typed", part) for part in value.split("|")]


@pytest.mark.parametrize(
    "entries",
    [
        "/FT /Tx",
        "/FT /Tx /V ()",
        "/FT /Tx /V (   )",
        f"/FT /Ch /Ff 131072 {OPTIONS}",
        f"/FT /Btn {STATES} /V /Off /AS /Off",
        "/FT /Btn /Ff 65536 /MK << /CA (Print) >>",
        "/FT /Sig",
        "/FT /Tx /Ff 8192 /V (secret)",
        "/FT /Tx /V (unseen) /F 2",
    ],
    ids=["nothing", "empty", "blank", "not-chosen", "not-ticked", "button", "signature", "password", "hidden"],
)
def test_a_field_that_shows_nothing_gives_nothing(entries):
    """Empty fields, buttons, passwords and hidden fields are no text."""
    own = field("f", BOX, entries).replace("/F 4 ", "") if "/F 2" in entries else field("f", BOX, entries)
    assert read(own, EMPTY) == ("", [])


def test_a_value_that_the_page_shows_is_read_once():
    """A form that was flattened has its values in the page, too."""
    shown = PAGE + text(160, 211, "09/2025")
    assert read(field("f", BOX, "/FT /Tx /V (09/2025)"), commands=shown) == ("09/2025", [])


def test_a_value_is_found_at_the_parent_of_its_widget():
    """A field with its widget apart states the value for it."""
    widget = field("", BOX, "/Parent 7 0 R").replace("/T ()", "")
    parent = "<< /FT /Tx /T (f) /V (09/2025) /Kids [6 0 R] >>"
    assert read(widget, parent) == ("09/2025", [("typed", "09/2025")])


def test_free_text_is_text_and_a_sticky_note_is_not():
    """What an annotation writes onto the page is read without a mark."""
    note = "<< /Type /Annot /Subtype /{} /Rect [155 205 245 225] /F 4 /DA (/F 9 Tf) /Contents (09/2025) >>"
    assert read(note.format("FreeText")) == ("09/2025", [])
    assert read(note.format("Text")) == ("", [])
    assert read(note.format("Popup")) == ("", [])


def test_a_chosen_button_has_a_sign():
    """Of the buttons of one choice the chosen one is seen."""
    own = field("f", BOX, f"/FT /Btn /Ff 32768 {STATES} /V /Yes /AS /Yes")
    assert read(own, EMPTY) == (DOT, [("typed", DOT)])
