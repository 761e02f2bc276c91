"""Text of OpenDocument files, from its XML."""

import pytest
from lxml.etree import fromstring

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.flow import FlowLine, FlowTable, paragraphs_in
from dcat_hk.reading.documents.odfstyles import OdfStyles
from dcat_hk.reading.documents.odftext import OdfText, rows_in


def reader(limits=None):
    """Return a reader of a file without styles."""
    return OdfText(OdfStyles(), Budget("plan.odt", limits or Limits()))


def texts(flow):
    """Return the lines of paragraphs, a list for each."""
    return [[line.text for line in paragraph.lines] for paragraph in paragraphs_in(flow)]


def test_a_paragraph_has_its_blanks_and_lines():
    """Blanks of the XML are one, stated ones as many; a break ends a line; comments are no text."""
    body = "<text><p> a \n b<s c='2'/>c<line-break/><span>d</span><annotation><p>no</p></annotation>e</p></text>"
    assert texts(reader().flow(fromstring(body))) == [["a b  c", "de"]]


def test_notes_wait_beside_the_text():
    """A note's body is kept apart, with its place; its mark is not read."""
    note = "<note id='n1' note-class='endnote'><note-citation>i</note-citation><note-body><p>why</p></note-body></note>"
    read = reader()
    assert texts(read.flow(fromstring(f"<text><p>Plan{note}</p></text>"))) == [["Plan"]]
    (paragraph,) = read.notes
    assert (paragraph.kind, paragraph.lines) == ("note", [FlowLine("why", "endnote n1")])


def test_margins_have_each_text_once():
    """Heads of left and first pages are read if they say something else."""
    pages = "<a><header><p>Head</p></header><header-left><p>Head</p></header-left>"
    pages += "<header-first><p>First</p></header-first><footer><p>Foot</p></footer></a>"
    flow = reader().margins(fromstring(pages), "header")
    assert [(part.kind, part.lines) for part in flow] == [
        ("furniture", [FlowLine("Head", "page header 1")]),
        ("furniture", [FlowLine("First", "page header 2")]),
    ]
    assert reader().margins(None, "header") == []


def test_a_table_has_its_rows_and_gaps():
    """Labels and groups are rows in order; a cell over two columns leaves the second empty."""
    cells = "<table-cell number-columns-spanned='2'><p>wide</p></table-cell><covered-table-cell/>"
    body = "<table><table-header-rows><table-row><table-cell><p>a</p></table-cell><table-cell><p>b</p></table-cell>"
    body += f"</table-row></table-header-rows><table-row-group><table-row>{cells}</table-row></table-row-group></table>"
    table = fromstring(body)
    assert ["".join(row.itertext()) for row in rows_in(table)] == ["ab", "wide"]
    (read,) = reader().flow(fromstring(f"<text>{body}</text>"))
    assert isinstance(read, FlowTable)
    assert [[texts(cell or []) for cell in row] for row in read.rows] == [[[["a"]], [["b"]]], [[["wide"]], []]]


def test_a_table_in_a_shape_is_read():
    """Newer programs put tables into shapes, with elements of a namespace of their own."""
    row = "<x:table-row>" + "<x:table-cell><p>a</p></x:table-cell>" * 3 + "</x:table-row>"
    shape = f"<d:custom-shape><x:table>{row * 2}</x:table></d:custom-shape>"
    body = fromstring(f'<text xmlns:d="urn:x:drawing:1.0" xmlns:x="urn:y"><p>{shape}</p></text>')
    (read, _paragraph) = reader().flow(body)
    assert isinstance(read, FlowTable)
    assert texts([read]) == [["a"]] * 6


def test_depth_is_limited():
    """Elements that stand too deep in one another are refused."""
    with pytest.raises(NotAPlan, match="more than 5 levels"):
        reader(Limits(depth=5)).flow(fromstring("<text><p>" + "<a>" * 9 + "</a>" * 9 + "</p></text>"))
