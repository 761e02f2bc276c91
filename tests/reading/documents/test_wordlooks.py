"""Text in Word files has the marks that a reader of the page sees, by its own format or by its styles."""

import pytest
from lxml.etree import fromstring

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.wordlooks import rotation_of
from tests.support.word_and_web_files import WORD, cell, package, paragraph, table, word_file

STRUCK = "<w:strike/>"
WHITE = '<w:color w:val="FFFFFF"/>'


def marked(body, **parts):
    """Return the marked stretches of a Word file with a body, and the kinds of their marks."""
    document = read_bytes(word_file(body, **parts), "plan.docx")
    return [(document.slice(mark.span), mark.kind) for mark in document.marks]


def run(text, properties=""):
    """Return a run with properties as XML."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def line(*runs, properties=""):
    """Return a paragraph of runs."""
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def style(name, inner, kind="paragraph", more=""):
    """Return a style of runs as XML."""
    return f'<w:style w:type="{kind}" w:styleId="{name}">{more}<w:rPr>{inner}</w:rPr></w:style>'


def shade(fill, pattern="clear", color="auto"):
    """Return a `shd` element."""
    return f'<w:shd w:val="{pattern}" w:color="{color}" w:fill="{fill}"/>'


@pytest.mark.parametrize(
    ("properties", "kinds"),
    [
        (STRUCK, ["struck"]),
        ("<w:dstrike/>", ["struck"]),
        ('<w:strike w:val="0"/>', []),
        ('<w:strike w:val="false"/><w:dstrike w:val="off"/>', []),
        ('<w:vertAlign w:val="superscript"/>', ["raised"]),
        ('<w:vertAlign w:val="subscript"/>', ["lowered"]),
        ('<w:vertAlign w:val="baseline"/>', []),
        ('<w:position w:val="8"/><w:sz w:val="14"/>', ["raised"]),
        ('<w:position w:val="-6"/><w:sz w:val="14"/>', ["lowered"]),
        ('<w:position w:val="8"/><w:sz w:val="24"/>', []),
        ('<w:sz w:val="2"/>', ["hidden"]),
        ('<w:sz w:val="1"/>', ["hidden"]),
        ('<w:sz w:val="8"/>', []),
        (WHITE, ["hidden"]),
        ('<w:color w:val="FDFDFD"/>', ["hidden"]),
        ('<w:color w:val="D9D9D9"/>', []),
        ('<w:color w:val="auto"/>', []),
        (WHITE + '<w:highlight w:val="black"/>', []),
        ('<w:color w:val="FFFF00"/><w:highlight w:val="yellow"/>', ["hidden"]),
        (WHITE + shade("FFFFFF"), ["hidden"]),
        (WHITE + shade("1F3864"), []),
        (WHITE + shade("auto", "solid", "1F3864"), []),
        (WHITE + shade("FFFFFF", "pct50", "000000"), []),
        ('<w:color w:val="808080"/>' + shade("FFFFFF", "pct50", "000000"), ["hidden"]),
        (WHITE + shade("FFFFFF", "diagStripe", "000000"), []),
        (WHITE + "<w:outline/>", []),
        (WHITE + '<w:outline w:val="0"/><w:emboss w:val="false"/>', ["hidden"]),
        (WHITE + "<w:textOutline><w:noFill/></w:textOutline>", ["hidden"]),
        (WHITE + "<w:textOutline><w:solidFill/></w:textOutline>", []),
        (WHITE + '<w:textFill><w:solidFill><w:srgbClr w:val="FFFFFF"/></w:solidFill></w:textFill>', ["hidden"]),
        (WHITE + '<w:textFill><w:solidFill><w:srgbClr w:val="000000"/></w:solidFill></w:textFill>', []),
        ('<w:color w:val="FFFFFF"/><w14:textFill xmlns:w14="urn:w14"><w14:noFill/></w14:textFill>', []),
        (STRUCK + WHITE, ["struck", "hidden"]),
    ],
)
def test_what_a_run_states(properties, kinds):
    """A run is struck, raised, lowered or unseen as its own properties say."""
    assert sorted(kind for _text, kind in marked(line(run("a "), run("date", properties)))) == sorted(kinds)


def test_marks_stand_at_the_text_of_their_runs():
    """Runs of one look are one stretch; blanks around it and the number that Word counts are not of it."""
    runs = [run("03/2025 ", STRUCK), run("or", STRUCK + "<w:b/>"), run(" 09/2025")]
    assert marked(line(*runs)) == [("03/2025 or", "struck")]
    document = read_bytes(word_file(line(run("  "), *runs, run(" "))), "plan.docx")
    assert document.lines == ("03/2025 or 09/2025",)


def test_styles_strike_out_and_turn_one_another_round():
    """A struck character style in a struck paragraph style is not struck; what the run states is so."""
    styles = style("P", STRUCK) + style("C", STRUCK, "character") + style("Q", "", more='<w:basedOn w:val="P"/>')

    def kinds(paragraph_style, properties=""):
        """Return the marks of a run in a paragraph of a style."""
        body = line(run("x", properties), properties=f'<w:pStyle w:val="{paragraph_style}"/>')
        return [kind for _text, kind in marked(body, styles=styles)]

    named = '<w:rStyle w:val="C"/>'
    assert kinds("P") == kinds("Q") == kinds("none", named) == ["struck"]
    assert kinds("P", named) == kinds("P", '<w:strike w:val="0"/>') == []
    assert kinds("P", named + STRUCK) == ["struck"]


def test_the_style_of_a_table_and_the_defaults_strike_out():
    """Text is struck out by its table's style, or where the whole file is unless it says otherwise."""
    rows = table("".join(cell(text) for text in "abc"), "".join(cell(text) for text in "def"))
    named = rows.replace("<w:tblGrid>", '<w:tblPr><w:tblStyle w:val="T"/></w:tblPr><w:tblGrid>')
    assert [text for text, _kind in marked(named, styles=style("T", STRUCK, "table"))] == list("abcdef")
    defaults = f"<w:docDefaults><w:rPrDefault><w:rPr>{STRUCK}</w:rPr></w:rPrDefault></w:docDefaults>"
    assert marked(line(run("a"), run("b", '<w:strike w:val="0"/>')), styles=defaults) == [("a", "struck")]


def test_styles_raise_and_hide():
    """A character style raises note marks; a paragraph style may have the colour of the page or no size."""
    styles = style("Note", '<w:vertAlign w:val="superscript"/>', "character") + style("White", WHITE)
    body = line(run("a"), run("1", '<w:rStyle w:val="Note"/>')) + line(
        run("b"), run("c", '<w:color w:val="auto"/>'), properties='<w:pStyle w:val="White"/>'
    )
    assert marked(body, styles=styles) == [("1", "raised"), ("b", "hidden")]


def test_a_number_that_word_counts_looks_as_its_paragraph_does():
    """The number of a struck row is struck; it is formatted as the mark that ends the paragraph."""
    lists = (
        '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    counted = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    body = line(run("old", STRUCK), properties=counted + f"<w:rPr>{STRUCK}</w:rPr>") + line(
        run("new", STRUCK), properties=counted
    )
    assert marked(body, numbering=lists) == [("1. old", "struck"), ("new", "struck")]


# ---- what is behind


def in_table(*properties, look="", style_name="", text=WHITE):
    """Return the cells that nobody sees, of a table of as many rows as there are properties of cells."""
    rows = [
        "".join(cell(line(run(f"{number}{column}", text)), inner) for column in "abc")
        for number, inner in enumerate(properties)
    ]
    settings = f'<w:tblPr><w:tblStyle w:val="{style_name}"/>{look}</w:tblPr>'
    return table(*rows).replace("<w:tblGrid>", settings + "<w:tblGrid>")


@pytest.mark.parametrize(
    ("properties", "seen"),
    [("", False), (shade("auto"), False), (shade("1F3864"), True), (shade("FFFFFF"), False), (shade("", "nil"), False)],
)
def test_white_letters_are_seen_where_the_cell_is_dark(properties, seen):
    """White letters in a cell without a colour or in a white one are hidden, in a dark one they are not."""
    assert (marked(in_table(properties, properties)) == []) is seen


GRID = (
    '<w:style w:type="table" w:styleId="Grid">{base}'
    '<w:tblStylePr w:type="firstRow"><w:rPr><w:color w:val="FFFFFF"/></w:rPr>'
    '<w:tcPr><w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr>{more}</w:style>'
)


def test_a_dark_first_row_by_style_is_seen_and_other_rows_are_not():
    """White letters are seen in the row that the table's style makes dark, if the table asks for it."""
    body = in_table("", "", "", style_name="Grid", look='<w:tblLook w:val="0620"/>')
    styles = GRID.format(base="", more="")
    assert {text[0] for text, _kind in marked(body, styles=styles)} == {"1", "2"}
    without = in_table("", "", style_name="Grid", look='<w:tblLook w:val="0620" w:firstRow="0"/>')
    assert {text[0] for text, _kind in marked(without, styles=styles)} == {"0", "1"}


def test_a_row_that_may_be_dark_is_seen():
    """Where a style's bands or corners may be dark, white letters count as seen."""
    band = '<w:tblStylePr w:type="band1Horz"><w:tcPr><w:shd w:val="clear" w:fill="4472C4"/></w:tcPr></w:tblStylePr>'
    body = in_table("", "", style_name="Grid", look='<w:tblLook w:val="0400"/>')
    assert marked(body, styles=GRID.format(base="", more=band)) == []
    assert marked(body, styles=GRID.format(base="", more=band.replace("band1Horz", "nwCell"))) == []
    assert len(marked(body, styles=GRID.format(base="", more=""))) == 6
    assert marked(body, styles=GRID.format(base=f"<w:tcPr>{shade('4472C4')}</w:tcPr>", more="")) == []


def test_a_shaded_paragraph_is_behind_its_text():
    """White letters on a dark paragraph are seen, by its own format or its style."""
    dark = f'<w:style w:type="paragraph" w:styleId="Dark"><w:pPr>{shade("000000")}</w:pPr></w:style>'
    assert marked(line(run("a", WHITE), properties=shade("000000"))) == []
    assert marked(line(run("a", WHITE), properties='<w:pStyle w:val="Dark"/>'), styles=dark) == []
    assert marked(line(run("a", WHITE), properties=shade("auto"))) == [("a", "hidden")]


def whole_file(inner, background="", settings=""):
    """Return the marks of a Word file that has a background and settings."""
    settings = f"<w:settings {WORD}>{settings}</w:settings>"
    document = f"<w:document {WORD}>{background}<w:body>{inner}</w:body></w:document>"
    return read_bytes(package(document, **{"settings.xml": settings}), "plan.docx").marks


def test_the_colour_of_the_page_counts_where_it_is_shown():
    """A dark page makes white letters seen, but only if the settings show the background."""
    dark, shown = '<w:background w:color="000000"/>', "<w:displayBackgroundShape/>"
    assert whole_file(line(run("a", WHITE)), dark, shown) == ()
    assert len(whole_file(line(run("a", WHITE)), dark)) == 1
    assert len(whole_file(line(run("a", '<w:color w:val="000000"/>')), dark, shown)) == 1


def test_letters_over_a_picture_count_as_seen():
    """Where a picture lies behind the text nothing is known of what is behind the letters."""
    picture = '<w:r><w:drawing><wp:anchor xmlns:wp="urn:wp" behindDoc="1"/></w:drawing></w:r>'
    assert marked(line(picture) + line(run("a", WHITE))) == []


def test_letters_in_a_box_are_seen_unless_the_box_has_their_colour():
    """White letters in a text box count as seen unless its fill is stated and white."""

    def box(fill):
        """Return the marks of white letters in a box of a fill."""
        inner = f"<w:txbxContent>{line(run('a', WHITE))}</w:txbxContent>"
        shape = f'<v:rect xmlns:v="urn:v" {fill}><v:textbox>{inner}</v:textbox></v:rect>'
        return marked(f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>")

    assert box("") == box('fillcolor="#1F3864"') == []
    assert box('fillcolor="#ffffff"') == [("a", "hidden")]


# ---- turned and stamped


@pytest.mark.parametrize(
    ("direction", "kinds"), [("btLr", ["turned"]), ("tbRl", ["turned"]), ("tbRlV", ["turned"]), ("lrTb", [])]
)
def test_the_direction_of_a_cell(direction, kinds):
    """Text in a cell that runs upwards or downwards is turned."""
    turned = cell("運輸", f'<w:textDirection w:val="{direction}"/>') + cell("1") + cell("甲")
    body = table(turned, "".join(cell(text) for text in "xyz"))
    assert marked(body) == [("運輸", kind) for kind in kinds]


def test_boxes_that_are_turned():
    """Text in a box that is turned by any angle is a stamp, by a right angle it is turned."""

    def box(rotation, vertical="horz"):
        """Return the kinds of marks of the text in a box."""
        inner = f"<w:txbxContent>{paragraph('草稿')}</w:txbxContent>"
        shape = (
            f'<x:wsp xmlns:x="urn:x"><x:spPr><x:xfrm rot="{rotation}"/></x:spPr>{inner}'
            f'<x:bodyPr vert="{vertical}"/></x:wsp>'
        )
        return [kind for _text, kind in marked(f"<w:p><w:r><w:drawing>{shape}</w:drawing></w:r></w:p>")]

    assert box(0) == box(10800000) == []
    assert box(5400000) == box(0, "vert270") == ["turned"]
    assert box(18900000) == ["stamp"]


def test_letters_drawn_as_large_as_a_box_are_seen():
    """Letters that are bent into a box are as large as the box, whatever size they state."""
    tiny = line(run("Plan", '<w:sz w:val="2"/>'))
    inner = f"<w:txbxContent>{tiny}</w:txbxContent>"
    box = '<w:p><w:r><w:drawing><x:wsp xmlns:x="urn:x">{}<x:bodyPr>{}</x:bodyPr></x:wsp></w:drawing></w:r></w:p>'
    assert marked(box.format(inner, '<x:prstTxWarp prst="textWave1"/>')) == []
    assert marked(box.format(inner, '<x:prstTxWarp prst="textNoShape"/>')) == [("Plan", "hidden")]
    assert marked(box.format(inner, "")) == [("Plan", "hidden")]


def drawn(string, rotation):
    """Return a paragraph with text drawn along a path by an older program."""
    shape = f'<v:shape xmlns:v="urn:v" style="{rotation}"><v:textpath string="{string}"/></v:shape>'
    return f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>"


def test_drawn_text_is_a_stamp_if_it_runs_across():
    """Letters drawn across the page are a stamp; a title drawn as a picture is text."""
    assert marked(drawn("作廢", "rotation:315")) == [("作廢", "stamp")]
    document = read_bytes(word_file(drawn("開放數據計劃", "width:9pt")), "plan.docx")
    assert (document.lines, document.marks) == (("開放數據計劃",), ())


def test_turns_of_shapes():
    """Older programs state degrees or parts of them, newer ones too."""
    assert rotation_of(fromstring('<shape style="rotation:-2949120fd"/>')) == -45
    assert rotation_of(fromstring('<shape style="rotation:x;width:1pt"/>')) == 0
