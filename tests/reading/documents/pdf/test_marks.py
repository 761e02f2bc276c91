"""Marks stand on the characters of the text that was written."""

from support.pdf_files import grid, lines, pdf, text

from dcat_hk.reading.documents import Row, read_bytes
from dcat_hk.reading.documents.document import Mark, Span
from dcat_hk.reading.documents.pdf.glyphs import Stretch
from dcat_hk.reading.documents.pdf.marks import marks_in, moved
from dcat_hk.reading.documents.pdf.textlines import TextLine


def one(words, left, **options):
    """Return a stretch with characters five points wide."""
    edges = [left + 5 * index for index in range(len(words) + 1)]
    return Stretch(10, 10, list(words), edges[:-1], edges[1:], **options)


def test_plain_text_has_no_marks():
    """What looks as usual, or is merely pale, has none."""
    assert marks_in([TextLine([one("ab", 0, looks=("pale",))])], "ab", 0) == []


def test_neighbours_of_one_kind_share_a_mark():
    """A blank between them is in it; another kind has its own."""
    line = TextLine([one("ab", 0, looks=("hidden",)), one("ab", 12, looks=("hidden", "raised"))])
    assert marks_in([line], "ab ab", 3) == [
        Mark(Span(3, 0, 5), "hidden"),
        Mark(Span(3, 3, 5), "raised"),
    ]


def test_struck_characters_are_counted_from_their_stretch():
    """Blanks at the ends are not struck, and a second line begins after the first."""
    two = [TextLine([one("ab", 0)]), TextLine([one("ab cd", 0, struck=((2, 5),))])]
    assert marks_in(two, "abab cd", 1) == [Mark(Span(1, 5, 7), "struck")]


def test_marks_move_with_their_text():
    """A line that is put behind another takes its marks along."""
    marks = [Mark(Span(4, 0, 2), "struck"), Mark(Span(5, 0, 2), "struck")]
    assert moved(marks, 5, 4, 7) == [marks[0], Mark(Span(4, 7, 9), "struck")]


def test_marks_of_a_document_are_in_order():
    """By line and start, whatever was found first."""
    words = text(60, 240, "1") + text(160, 240, "Old New") + text(60, 210, "2") + "1 g\n" + text(160, 210, "Withdrawn")
    grid_lines = lines(*grid([50, 150, 300], [200, 230, 260]), (160, 243, 177, 243))
    document = read_bytes(pdf(grid_lines + words), "plan.pdf")
    assert [(mark.kind, document.slice(mark.span)) for mark in document.marks] == [
        ("struck", "Old"),
        ("hidden", "Withdrawn"),
    ]
    assert list(document.marks) == sorted(document.marks)
    assert all(isinstance(block, Row) for block in document.blocks)
