"""The text of a page is shown as browsers show it, and told from ways to other pages."""

from dcat_hk.reading.documents.flow import FlowTable, Paragraph
from dcat_hk.reading.documents.webtext import FlowWriter, settle_titles


def written(*pieces, **more):
    """Return the paragraph of pieces: text, or text and the target of the link that it is in."""
    writer = FlowWriter()
    for piece in pieces:
        if isinstance(piece, tuple):
            writer.add_link(piece[1])
            writer.add(piece[0], 1, link=True)
        else:
            writer.add(piece, 1)
    writer.close(**more)
    return writer.flow[0] if writer.flow else None


def lines(paragraph):
    """Return the text of a paragraph's lines."""
    return [line.text for line in paragraph.lines]


def test_blanks_show_as_one_and_line_ends_between_ideographs_as_none():
    """A line end in the source is a blank between Latin words only."""
    assert lines(written("  one \t two\n three ")) == ["one two three"]
    assert lines(written("開放\n  數據 計劃")) == ["開放數據 計劃"]
    assert written(" \n ") is None


def test_preformatted_text_keeps_its_lines_and_blanks():
    """Blanks within a line stay, each line has its place in the source."""
    writer = FlowWriter()
    writer.add("a  b\nc", 5, preformatted=True)
    writer.close()
    assert [(line.text, line.place) for line in writer.flow[0].lines] == [("a  b", "line 5"), ("c", "line 6")]


def test_a_line_is_placed_where_its_text_begins():
    """Blank lines before a text are not its place."""
    writer = FlowWriter()
    writer.add("\n\n text", 3)
    writer.end_line()
    writer.add("next", 9)
    writer.close()
    assert [line.place for line in writer.flow[0].lines] == ["line 5", "line 9"]


def test_the_number_of_an_item_stands_before_its_first_line():
    """A label waits for text, and is written once."""
    writer = FlowWriter(label="1. ")
    writer.end_line()
    writer.add("one", 1)
    writer.end_line()
    writer.add("two", 2)
    writer.close()
    assert lines(writer.flow[0]) == ["1. one", "two"]


def test_ways_to_other_pages_are_links():
    """Several links with little between them, a trail of steps and a link to the top only lead elsewhere."""
    assert written(("Home", "/"), " | ", ("Plans", "/plans")).kind == "links"
    assert written(("Home", "/"), " > Open data plan").kind == "links"
    assert written(("Top", "#top")).kind == "links"


def test_text_with_links_is_text():
    """A sentence, a document to download and a heading before a trail are text, and what is kept is text too."""
    assert written("See the ", ("plan", "/plan"), " for what is released when.").kind == ""
    assert written(("Plan.csv", "/plan.csv")).kind == ""
    assert written("Plan", "> ", ("2024", "/2024")).kind == ""
    assert written(("Home", "/"), ("Plans", "/plans"), keep=True).kind == ""


def test_a_remark_needs_text_but_no_line():
    """Hidden text is told of even where nothing else stands; nothing hidden is not."""
    writer = FlowWriter()
    writer.remark("hidden-text", "")
    writer.close()
    writer.remark("hidden-text", "x")
    writer.close()
    assert [(paragraph.lines, paragraph.remarks) for paragraph in writer.flow] == [([], [("hidden-text", "x")])]


def titled(text):
    """Return the paragraph of a text in the head of a page."""
    return written(text, kind="furniture", head=True)


def test_the_title_of_a_plan_in_the_head_of_a_page_is_text_once():
    """It is text where the page has no other title, and furniture where the text has the same or a part of it."""
    assert titled("Welcome").kind == "furniture"
    alone = titled("2024年度開放數據計劃")
    settle_titles([alone, written("數據")])
    assert alone.kind == ""
    again = titled("衞生署 2024年度開放數據計劃")
    settle_titles([again, FlowTable([[[written("2024年度開放數據計劃")]]])])
    assert again.kind == "furniture"


def test_a_page_without_such_a_title_stays_as_it_is():
    """Other kinds of paragraphs are left alone."""
    note = Paragraph([], kind="note")
    settle_titles([note])
    assert note.kind == "note"
