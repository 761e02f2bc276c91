"""Paragraphs and tables in one another become a document that holds each text once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.document import Extent, Mark, Span
from dcat_hk.reading.documents.flow import FlowLine, FlowMark, FlowTable, Paragraph, compose


def budget(**limits):
    """Return a budget with some limits."""
    return Budget("plan", Limits(**limits))


words = st.text("ab ", min_size=1, max_size=4)
paragraphs = st.builds(
    Paragraph,
    st.lists(st.builds(FlowLine, words), max_size=3),
    st.sampled_from(["", "", "links", "furniture", "note"]),
)


@st.composite
def tables(draw, inner):
    """Draw a table whose cells hold flows."""
    width = draw(st.integers(1, 5))
    cell = st.one_of(st.none(), st.lists(inner, max_size=3))
    return FlowTable(draw(st.lists(st.lists(cell, min_size=width, max_size=width), max_size=4)))


flows = st.lists(st.recursive(paragraphs, tables, max_leaves=20), max_size=4)


def text_in(flow):
    """Return all text of a flow."""
    parts = []
    for part in flow:
        if isinstance(part, Paragraph):
            parts += [line.text for line in part.lines]
        else:
            parts += [text_in(cell or []) for row in part.rows for cell in row]
    return "".join(parts)


@given(flows)
def test_a_document_holds_all_text_of_a_flow_once(flow):
    """Blocks and asides together cover every character of the lines, once, and rows of a table are of one width."""
    document = compose(flow, b"", budget())
    assert "".join(document.lines) == text_in(flow)
    assert len(document.places) == len(document.lines)
    spans = [aside.span for aside in document.asides]
    for block in document.blocks:
        spans += [block.span] if hasattr(block, "span") else [f.span for cell in block.cells for f in cell]
    assert len({span.line for span in spans}) == len(spans) == len(document.lines)
    assert (
        "".join(document.slice(s) for s in sorted(spans)).split()
        == "".join(line.strip() for line in document.lines).split()
    )


def paragraph(text, **more):
    """Return a paragraph of one line."""
    return Paragraph([FlowLine(text)], **more)


def row(*texts):
    """Return a row of cells with one paragraph each, None for an empty text."""
    return [[paragraph(text)] if text else None for text in texts]


def kinds(document):
    """Return the kind of each block."""
    return [type(block).__name__ for block in document.blocks]


def test_places_count_paragraphs_and_rows():
    """Paragraphs are counted without what stands beside the text, rows within their table."""
    data = FlowTable([row("1", "甲", "乙"), row("2", "丙", "丁")])
    flow = [paragraph("menu", kind="furniture"), paragraph("計劃"), data, paragraph("註", kind="note"), paragraph("完")]
    document = compose(flow, b"", budget())
    places = dict(zip(document.lines, document.places, strict=True))
    assert (places["計劃"], places["1"], places["丁"], places["完"]) == (
        "paragraph 1",
        "table 1, row 1",
        "table 1, row 2",
        "paragraph 2",
    )
    assert [(document.slice(aside.span), aside.kind) for aside in document.asides] == [
        ("menu", "furniture"),
        ("註", "note"),
    ]


def test_a_table_of_one_column_is_read_as_the_page():
    """A box around a heading, also beside a picture, is no row; two columns with text in both are rows."""
    assert kinds(compose([FlowTable([row("計劃"), row("2024")])], b"", budget())) == ["Line", "Line"]
    assert kinds(compose([FlowTable([row("", "計劃")])], b"", budget())) == ["Line"]
    assert kinds(compose([FlowTable([row("甲", "乙")])], b"", budget())) == ["Row"]


def test_a_table_around_a_table_of_data_is_read_as_the_page():
    """A frame with a menu beside the table is no row; a small table in a row of data is text of its cell."""
    data = FlowTable([row("1", "甲", "乙"), row("2", "丙", "丁")])
    framed = FlowTable([[[paragraph("menu")], [data]]])
    assert kinds(compose([framed], b"", budget())) == ["Line", "Row", "Row"]
    document = compose([FlowTable([[*row("1", "甲", "乙"), [data]]])], b"", budget())
    assert kinds(document) == ["Row"]
    assert [document.slice(fragment.span) for fragment in document.blocks[0].cells[3]] == [*"1甲乙", *"2丙丁"]


def test_only_paragraphs_of_a_cell_stand_apart():
    """A wrapped line goes on the line above; the first line of a cell begins nothing."""
    cell = [Paragraph([FlowLine("a"), FlowLine("b")]), paragraph("c")]
    document = compose([FlowTable([[cell, *row("1", "2")]])], b"", budget())
    assert [fragment.apart for fragment in document.blocks[0].cells[0]] == [False, False, True]


def test_a_remark_becomes_a_finding_where_the_paragraph_stands():
    """A finding quotes the beginning of the text, also of a paragraph without lines at the document's end."""
    hidden = Paragraph([], remarks=[("hidden-text", "x" * 100)])
    (finding,) = compose([paragraph("計劃"), hidden], b"", budget()).findings
    assert (finding.code, str(finding.place)) == ("hidden-text", "paragraph 1")
    assert finding.values["text"] == "x" * 60 + "…"


def test_limits_hold_for_a_flow():
    """Long paragraphs, much text and large tables are refused by the limit's name."""
    with pytest.raises(NotAPlan, match="more than 3 characters in one cell"):
        compose([paragraph("abcd")], b"", budget(cell=3))
    with pytest.raises(NotAPlan, match="more than 5 characters"):
        compose([paragraph("abc"), paragraph("def")], b"", budget(characters=5))
    with pytest.raises(NotAPlan, match="more than 2 cells"):
        compose([FlowTable([row("a", "b", "c")])], b"", budget(cells=2))


def test_marks_of_lines_stand_at_their_places():
    """A mark of a line is one of the document, without the white space around the line."""
    line = FlowLine(" old new ", "", (FlowMark(0, 4, "struck"), FlowMark(8, 9, "hidden")))
    document = compose([paragraph("Plan"), Paragraph([line])], b"", budget())
    assert document.marks == (Mark(Span(1, 1, 4), "struck"),)
    assert document.slice(document.marks[0].span) == "old"


def test_extents_count_rows_that_hold_text():
    """A cell reaches over as many rows as are left when those without text are left out."""
    rows = [row("A", "1", "x", "y"), row("", "", "", ""), row("", "2", "x", "y"), row("", "3", "x", "y")]
    plain = ()
    extents = [(Extent(1, 3), Extent(), Extent(), Extent()), plain, plain, plain]
    blocks = compose([FlowTable(rows, [], extents)], b"", budget()).blocks
    assert [block.extent(0) for block in blocks] == [Extent(1, 2), Extent(), Extent()]
