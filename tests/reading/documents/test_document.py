"""A document knows where each of its characters stands, in lines or in words of the file."""

from dcat_hk.reading.documents.document import Document, Span

LINES = ("Plan", "", " one ", "two")
PLACES = ("page 1, line 1", "page 1, line 2", "page 2, line 1", "page 2, line 2")
PLAIN = Document("a.txt", "", LINES, ())
PAGED = Document("a.pdf", "", LINES, (), places=PLACES)


def test_a_span_cuts_its_line():
    """Offsets count from the line's beginning, the last one behind the last character."""
    assert PLAIN.slice(Span(0, 1, 3)) == "la"
    assert PLAIN.slice(Span(1, 0, 0)) == ""


def test_the_place_of_spans_goes_from_the_first_to_the_last():
    """Spans in any order have one place, counted from 1, or in words where the file has its own."""
    spans = [Span(3, 0, 1), Span(0, 0, 1)]
    assert str(PLAIN.place(spans)) == "lines 1-4"
    assert str(PAGED.place(spans)) == "page 1, line 1 to page 2, line 2"
    assert (PAGED.place(spans).first, PAGED.place(spans).last) == (1, 4)


def test_the_lines_of_a_place_are_found_again():
    """What a place says of lines gives these lines, without blank ones and the blanks around them."""
    assert PLAIN.lines_at(str(PLAIN.place_of_lines(0, 2))) == ("Plan", "one")
    assert PAGED.lines_at(str(PAGED.place_of_lines(0, 2))) == ("Plan", "one")
    assert PAGED.lines_at("page 2, line 2") == ("two",)


def test_a_place_that_the_document_lacks_has_no_lines():
    """An edition that has changed gives no lines for an old place, not the wrong ones."""
    assert PAGED.lines_at("page 9, line 1") == ()
    assert PLAIN.lines_at("page 1, line 1") == ()
