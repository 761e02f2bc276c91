"""Text in OpenDocument files has the marks that a reader of the page sees, by its styles."""

import pytest
from lxml.etree import fromstring

from dcat_hk.core.limits import Budget
from dcat_hk.reading.documents.odflooks import entered_in
from dcat_hk.reading.documents.opendocument import read_opendocument


def style(name, family, properties, parent=""):
    """Return a style as XML."""
    return f'<style name="{name}" family="{family}" parent-style-name="{parent}">{properties}</style>'


def letters(name, attributes, parent=""):
    """Return a style of letters as XML."""
    return style(name, "text", f"<text-properties {attributes}/>", parent)


def read(body, styles="", layout=""):
    """Return a text with styles and the layout of its pages as a document."""
    automatic = f"<automatic-styles>{styles}<page-layout>{layout}</page-layout></automatic-styles>"
    data = f"<document>{automatic}<body><text>{body}</text></body></document>".encode()
    return read_opendocument(data, "plan.fodt", Budget("plan.fodt"))


def marked(body, styles="", layout=""):
    """Return the marked stretches of a text and the kinds of their marks."""
    document = read(body, styles, layout)
    return [(document.slice(mark.span), mark.kind) for mark in document.marks]


WHITE = letters("White", 'color="#ffffff"')
GHOST = '<p><span style-name="White">ghost</span></p>'


@pytest.mark.parametrize(
    ("attributes", "kinds"),
    [
        ('text-line-through-style="solid" text-line-through-type="single"', ["struck"]),
        ('text-line-through-type="double"', ["struck"]),
        ('text-line-through-style="none" text-line-through-type="single"', []),
        ('text-position="super 58%"', ["raised"]),
        ('text-position="sub 58%"', ["lowered"]),
        ('text-position="33% 58%"', ["raised"]),
        ('text-position="-33% 58%"', ["lowered"]),
        ('text-position="57% 100%" font-size="7pt"', ["raised"]),
        ('text-position="57% 100%"', []),
        ('text-position="0% 100%"', []),
        ('font-size="1pt"', ["hidden"]),
        ('font-size="0.03cm"', ["hidden"]),
        ('font-size="4pt"', []),
        ('opacity="0%" color="#000000"', ["hidden"]),
        ('color="#ffffff"', ["hidden"]),
        ('color="#ffffff" use-window-font-color="true"', []),
        ('color="#ffffff" background-color="#000000"', []),
        ('color="#ffffff" background-color="transparent"', ["hidden"]),
        ('color="#ffff00" background-color="#ffff00"', ["hidden"]),
        ('color="#ffffff" text-outline="true"', []),
        ('text-rotation-angle="90"', ["turned"]),
        ('text-rotation-angle="0"', []),
        ('text-rotation-angle="NaN"', []),
        ('text-rotation-angle="1e999"', []),
    ],
)
def test_what_a_style_of_letters_states(attributes, kinds):
    """Text is struck, raised, unseen or turned as its style says."""
    body = '<p>a <span style-name="T">date</span></p>'
    assert marked(body, letters("T", attributes)) == [("date", kind) for kind in kinds]


def test_inner_styles_go_before_outer_ones_and_parents():
    """What a span states goes before its paragraph, what a style states before the one it follows."""
    styles = (
        style("Old", "paragraph", '<text-properties text-line-through-style="solid"/>')
        + style("Older", "paragraph", "", "Old")
        + letters("Not", 'text-line-through-style="none"')
        + letters("Auto", 'use-window-font-color="true"')
    )
    body = '<p style-name="Older">old <span style-name="Not">new</span><span> older</span></p>'
    assert marked(body, styles) == [("old", "struck"), ("older", "struck")]
    auto = '<p><span style-name="Auto">a<span style-name="White">b</span></span></p>'
    assert marked(auto, styles + WHITE) == [("b", "hidden")]


def test_a_number_of_a_list_looks_as_its_paragraph_does():
    """The number before a struck item is struck with it."""
    styles = style("Old", "paragraph", '<text-properties text-line-through-style="solid"/>')
    styles += '<list-style name="L"><list-level-style-number level="1" num-format="1" num-suffix="."/></list-style>'
    body = '<list style-name="L"><list-item><p style-name="Old">a  b</p></list-item></list>'
    assert marked(body, styles) == [("1. a b", "struck")]


@pytest.mark.parametrize(
    ("layout", "seen"),
    [
        ("", False),
        ('<page-layout-properties background-color="transparent"/>', False),
        ('<page-layout-properties background-color="#ffffff" fill="solid"/>', False),
        ('<page-layout-properties background-color="#1f3864"/>', True),
        ('<page-layout-properties fill="bitmap"/>', True),
    ],
)
def test_the_page_is_behind_letters(layout, seen):
    """White letters are hidden on a white page, seen on a dark one and where nothing is known."""
    assert (marked(GHOST, WHITE, layout) == []) is seen


def test_what_else_is_behind_letters():
    """The ground of a paragraph counts; a picture behind the text leaves it unknown."""
    dark = style("Dark", "paragraph", '<paragraph-properties background-color="#000000"/>')
    assert marked(GHOST.replace("<p>", '<p style-name="Dark">'), WHITE + dark) == []
    behind = style("G", "graphic", '<graphic-properties run-through="background"/>')
    frame = '<p><d:frame xmlns:d="urn:x:drawing:1.0" style-name="G"/></p>'
    assert marked(frame + GHOST, WHITE + behind) == []
    assert len(marked(frame + GHOST, WHITE)) == 1


def table(cell="", row="", whole=""):
    """Return a table with white letters, by the names of the styles of its cells, rows and itself."""
    inner = "".join(f'<table-cell style-name="{cell}">{GHOST}</table-cell>' for _number in range(3))
    rows = f'<table-row style-name="{row}">{inner}</table-row>' * 2
    return f'<table style-name="{whole}">{rows}</table>'


def test_cells_rows_and_tables_are_behind_their_text():
    """The nearest ground counts: the cell's, then the row's, then the table's."""
    styles = WHITE + "".join(
        style(f"{family}-{name}", family, f'<{family}-properties background-color="{colour}"/>')
        for family in ("table-cell", "table-row", "table")
        for name, colour in (("dark", "#1f3864"), ("white", "#ffffff"))
    )
    assert len(marked(table(), styles)) == 6
    for names in (("table-cell-dark",), ("", "table-row-dark"), ("", "", "table-dark")):
        assert marked(table(*names), styles) == []
    assert len(marked(table("table-cell-white", "table-row-dark"), styles)) == 6


@pytest.mark.parametrize(
    "properties", ['writing-mode="bt-lr"', 'writing-mode="tb-rl"', 'rotation-angle="90"', 'rotation-angle="45"']
)
def test_cells_whose_text_is_turned(properties):
    """Text in a cell that runs upwards or downwards is turned, never a stamp."""
    styles = style("Up", "table-cell", f"<table-cell-properties {properties}/>")
    cells = '<table-cell style-name="Up"><p>運輸</p></table-cell>' + "<table-cell><p>甲</p></table-cell>" * 2
    assert marked(f"<table>{f'<table-row>{cells}</table-row>' * 2}</table>", styles) == [("運輸", "turned")] * 2


def test_boxes_and_shapes():
    """A shape turned across the page is a stamp; white letters in a box count as seen unless it is white."""

    def shape(attributes, styles=""):
        """Return the kinds of marks of white letters in a shape."""
        body = f'<p><d:custom-shape xmlns:d="urn:x:drawing:1.0" {attributes}>{GHOST}</d:custom-shape></p>'
        return [kind for _text, kind in marked(body, WHITE + styles)]

    assert shape("") == []
    assert shape('transform="rotate (0.785398) translate (0in 1in)"') == ["stamp"]
    assert shape('transform="rotate(1.5708)"') == ["turned"]
    white = style("G", "graphic", '<graphic-properties fill="solid" fill-color="#ffffff"/>')
    assert shape('style-name="G"', white) == ["hidden"]
    upright = style("G", "graphic", '<graphic-properties writing-mode="tb-rl"/>')
    assert shape('style-name="G"', upright) == ["turned"]


def test_fields_of_forms():
    """What was put into a field is text; boxes and entries of lists that no text holds are, too."""
    body = (
        '<p>Name: <fieldmark-start type="x.FORMTEXT"/><fieldmark-separator/>Traffic<fieldmark-end/> data</p>'
        '<p><fieldmark type="x.FORMDROPDOWN"><param name="Dropdown_ListEntry" value="Daily"/>'
        '<param name="Dropdown_ListEntry" value="Yearly"/><param name="Dropdown_Selected" value="1"/></fieldmark></p>'
        "<p>Date: <text-input>03/2025</text-input></p><p><content-control>CSV</content-control></p>"
        '<p><fieldmark-start type="x.PAGEREF"/>7<fieldmark-end/></p>'
    )
    assert marked(body) == [(text, "typed") for text in ("Traffic", "Yearly", "03/2025", "CSV")]
    assert entered_in(fromstring('<fieldmark type="x.FORMCHECKBOX"/>')) == "☐"
    assert entered_in(fromstring('<fieldmark type="x.FORMDROPDOWN"/>')) == ""


def test_prompts_are_told_of_and_are_no_text():
    """What only asks for text is not read; findings say so."""
    body = (
        '<p>Date: <placeholder placeholder-type="text">&lt;date&gt;</placeholder></p>'
        '<p>Name: <content-control showing-place-holder="true"><span>Click here</span></content-control></p>'
    )
    document = read(body)
    assert document.lines == ("Date:", "Name:")
    assert [(finding.code, finding.values["text"]) for finding in document.findings] == [
        ("unfilled-field", "<date>"),
        ("unfilled-field", "Click here"),
    ]


def test_cells_that_reach_over_others():
    """Spanned columns and rows are extents; places that are covered are empty."""
    one, two = (f"<table-cell><p>{number}</p></table-cell><table-cell><p>x</p></table-cell>" for number in (1, 2))
    tall = f"<table-row><table-cell number-rows-spanned='2'><p>運輸</p></table-cell>{one}</table-row>"
    wide = "<table-cell number-columns-spanned='3'><p>環境</p></table-cell>"
    body = (
        f"<table>{tall}<table-row><covered-table-cell/>{two}</table-row>"
        f"<table-row>{wide}<covered-table-cell number-columns-repeated='2'/></table-row></table>"
    )
    rows = read(body).blocks
    assert [tuple(row.extent(0)) for row in rows] == [(1, 2), (1, 1), (3, 1)]
    assert [[bool(cell) for cell in row.cells] for row in rows] == [
        [True, True, True],
        [False, True, True],
        [True, False, False],
    ]


def test_letters_drawn_as_large_as_a_shape_are_seen():
    """Letters along a path are as large as the shape, whatever size they state."""
    tiny = letters("Tiny", 'font-size="1pt"')
    path = '<d:enhanced-geometry xmlns:d="urn:x:drawing:1.0" text-path="true"/>'
    text = '<p><span style-name="Tiny">Plan</span></p>'
    body = f'<p><d:custom-shape xmlns:d="urn:x:drawing:1.0">{text}{{}}</d:custom-shape></p>'
    assert marked(body.format(path), tiny) == []
    assert marked(body.format(""), tiny) == [("Plan", "hidden")]
