"""Words stand where the letters of their line put them."""

import pytest

from dcat_hk.reading.documents import Document, Line, Run, Span, read_bytes
from dcat_hk.reading.parsing.positions.words import is_date, is_frequency, unit_of, words_of


def words(text):
    """Return the words of the first line of a text that was laid out with blanks."""
    document = read_bytes(text.encode(), "plan.txt")
    line = document.blocks[0]
    return words_of(document, line, unit_of(document, [line]))


def test_words_have_their_places_and_the_blanks_before_them():
    """In text laid out with blanks places are whole numbers."""
    found = words("No.   Dataset Name    Date\n1     Taxi stands     03/2025\n2     Tunnels         03/2025\n")
    assert [(word.text, word.left, word.right) for word in found] == [
        ("No.", 0, 3),
        ("Dataset", 6, 13),
        ("Name", 14, 18),
        ("Date", 22, 26),
    ]
    assert [word.gap for word in found[1:]] == [3, 1, 4]


@pytest.mark.parametrize(("text", "date", "often"), [("03/2025", True, False), ("Monthly", False, True)])
def test_a_word_may_be_a_date_or_a_frequency(text, date, often):
    """A word is asked what it is."""
    assert (is_date(text), is_frequency(text)) == (date, often)


def test_an_ideograph_is_two_widths():
    """Where letters have their places on a page, half an ideograph is one width, as a Latin letter is."""
    text = "數據集名稱"
    line = Line(Span(0, 0, 5), False, (Run(Span(0, 0, 5), 100.0, 150.0),))
    document = Document("plan.pdf", "", (text,), (line,))
    assert unit_of(document, [line]) == 5.0
    assert [(word.left, word.right) for word in words_of(document, line, 5.0)] == [(20.0, 30.0)]
