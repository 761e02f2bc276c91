"""Pages of a PDF as drawings."""

from xml.etree import ElementTree

from support.paths import ROOT
from support.traced_plans import PDF, pages, read

from dcat_hk.reading.tracing.pages import draw_page

SVG = "{http://www.w3.org/2000/svg}"


def drawing(number):
    """Return a page drawn, as text and as a tree."""
    text = draw_page(pages(PDF)[number], read(PDF, "plan.pdf"))
    return text, ElementTree.fromstring(text)  # noqa: S314 - ours


def titles(tree, group):
    """Return the titles of the elements of a group."""
    return [title.text for title in tree.findall(f"{SVG}g[@id='{group}']/*/{SVG}title")]


def test_a_drawing_is_the_same_each_time(golden):
    """The same page gives the same bytes."""
    text, _tree = drawing(0)
    assert text == drawing(0)[0]
    golden("steps/page.svg", text)


def test_cells_columns_and_rows_of_a_table_are_drawn():
    """Each cell tells its place and text, each column what it holds, each row its name."""
    _text, tree = drawing(0)
    assert len(tree.findall(f"{SVG}g[@id='cells']/{SVG}rect")) == 12
    assert "table 1, row 2, column 3: 03/2024" in titles(tree, "cells")
    assert [title for title in titles(tree, "columns") if not title.startswith("column")] == [
        "number",
        "title",
        "date_target",
        "frequency",
    ]
    assert titles(tree, "rows") == ["row A 1", "row A 1", "row A 2", "row A 2"]
    assert "A 2 frequency: Hourly" in titles(tree, "fields")
    assert len(titles(tree, "rules")) == 9


def test_a_row_is_drawn_around_its_own_text():
    """A cell that is merged over several rows belongs to the frame of the first: frames do not lie over each other."""
    data = (ROOT / "evaluation" / "documents" / "harbour-en.ruled.pdf").read_bytes()
    tree = ElementTree.fromstring(draw_page(pages(data)[0], read(data, "plan.pdf")))  # noqa: S314 - ours
    tops = [float(each.get("y")) for each in tree.findall(f"{SVG}g[@id='rows']/{SVG}rect")]
    assert tops[:5] == sorted(set(tops[:5]))


def test_columns_and_rows_without_rules_are_drawn():
    """Text without rules has no cells, but the columns and rows that were found."""
    _text, tree = drawing(1)
    assert tree.find(f"{SVG}g[@id='cells']") is None
    assert titles(tree, "rows")[::2] == ["row D 1", "row D 2", "row D 3"]
    assert {"title", "frequency"} <= {title for title in titles(tree, "columns") if not title.startswith("column")}


def test_every_word_is_text_in_its_place():
    """Words are text that can be searched, as wide as on the page, with a title."""
    _text, tree = drawing(0)
    words = [each for each in tree.iter(f"{SVG}text") if each.get("class") == "text"]
    assert {"Lightning", "&", "rain", "Observatory"} <= {each.find(f"{SVG}title").tail for each in words}
    assert all(float(each.get("textLength")) > 0 for each in words)


def test_the_legend_names_and_counts_what_is_drawn():
    """The legend has each kind of element with its colour and how many there are."""
    _text, tree = drawing(0)
    legend = [each.text for each in tree.findall(f"{SVG}text") if each.get("class") == "legend"]
    assert legend[:4] == ["cells 12", "rows 2", "fields of rows 6", "rules 9"]
    assert [each.split()[0] for each in legend[4:]] == ["columns", "letters", "words"]
