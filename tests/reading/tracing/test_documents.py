"""What a reader hands over, as it is shown."""

from support.traced_plans import PAGE, PDF, read

from dcat_hk.reading.documents import Aside, Document, Extent, Fragment, Mark, Row, Span
from dcat_hk.reading.tracing.documents import document_as_text, trace_document

#: A table with a merged cell, a torn word, a mark and a page number.
DOCUMENT = Document(
    "a.docx",
    "0" * 64,
    ("Name", "Traf", "fic", "struck", "1"),
    (
        Row(
            ((Fragment(Span(0, 0, 4)),), (Fragment(Span(1, 0, 4)), Fragment(Span(2, 0, 3), torn=True)), ()),
            True,
            (Extent(1, 2), Extent(2, 1), Extent()),
        ),
        Row(((), (Fragment(Span(3, 0, 6)),), ()), False),
    ),
    asides=(Aside(Span(4, 0, 1), "furniture"),),
    marks=(Mark(Span(3, 0, 6), "struck"),),
    kind="docx",
)


def test_cells_are_shown_as_they_are(golden):
    """Lines and rows of a web page stand in order, numbered, each row with its cells."""
    golden("steps/document.txt", document_as_text(read(PAGE, "plan.html").document))


def test_lines_of_a_page_are_shown_with_their_positions(golden):
    """Lines of a PDF have page, height and the edges of their runs."""
    golden("steps/document-pdf.txt", document_as_text(read(PDF, "plan.pdf").document))


def test_extents_marks_and_text_beside_are_shown():
    """A merged cell says over how much it reaches, a torn word where it was torn; marks and asides come last."""
    assert document_as_text(DOCUMENT).splitlines() == [
        "a.docx: docx, 5 lines, 2 blocks",
        "1 row of 3 cells, apart",
        "    1 (1 × 2) | Name",
        "    2 (2 × 1) | Traf + fic",
        "    3 |",
        "2 row of 3 cells",
        "    1 |",
        "    2 | struck",
        "    3 |",
        "furniture | 5:1 | 1",
        "struck | 4:1 | struck",
    ]


def test_values_for_programs_hold_the_same():
    """JSON has every fragment with its line and characters, counted from 1."""
    traced = trace_document(DOCUMENT)
    cell = traced["blocks"][0]["cells"][1]
    assert (cell["columns"], cell["rows"]) == (2, 1)
    assert cell["fragments"][1] == {"text": "fic", "line": 3, "characters": [1, 3], "torn": True}
    assert [mark["kind"] for mark in traced["marks"]] == ["struck"]
