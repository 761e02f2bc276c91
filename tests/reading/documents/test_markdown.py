"""Markdown files: tables with strokes or in HTML between headings."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.kinds import as_markdown, fields_of
from support.plan_texts import english_plan, plan_with
from support.word_and_web_files import beside, shown

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Limits
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.kinds import kind_of

LABELS = "|No.|Category|Name|\n|---|:-:|--:|\n"


def blocks(text, name="plan.md"):
    """Return the blocks of a Markdown file as texts."""
    assert kind_of(text.encode(), name) == "markdown"
    return shown(read_bytes(text.encode(), name))


@pytest.mark.parametrize("plan", [plan_with(), english_plan()], ids=["zh", "en"])
@pytest.mark.parametrize("in_html", [False, True])
def test_a_plan_in_markdown_says_what_the_same_text_says(plan, in_html):
    """Headings with strokes, tables with bars or in HTML: the entries are those of the plan as text."""
    data = as_markdown(plan, in_html)
    assert kind_of(data, "plan.txt") == "markdown"
    assert fields_of(data, "plan.txt") == fields_of(plan.encode(), "plan.txt")


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| 1 | Transport | Ships |", ["1", "Transport", "Ships"]),
        ("1 | Transport | Ships", ["1", "Transport", "Ships"]),
        (r"|1|Sea\|Air|Ships|", ["1", "Sea|Air", "Ships"]),
        ("|1|Sea<br>Air|Ships|", ["1", "Sea/Air", "Ships"]),
        ("|**1**|_Transport_|`Ships`|", ["1", "Transport", "Ships"]),
        (
            r"|1\.|a \* b|[Ships](https://example.org/a_(b) 'x')|",
            ["1.", "a * b", "[Ships](https://example.org/a_(b) 'x')"],
        ),
        ('|1|![](a.png)Sea|[Ships](https://example.org/a_(b) "x")|', ["1", "Sea", "Ships"]),
        ("|1|<https://example.org/a_b_>|A < B <CSV>|", ["1", "https://example.org/a_b_", "A < B <CSV>"]),
        ("|1|FILE_OF_NAMES|2*3*4 &amp; 5|", ["1", "FILE_OF_NAMES", "234 & 5"]),
        ("|1| |Ships|", ["1", "", "Ships"]),
        ("|1|-|-|", ["1", "-", "-"]),
        ("> |1|Transport|Ships|", ["1", "Transport", "Ships"]),
    ],
)
def test_cells_are_read_as_they_are_shown(row, cells):
    """Escapes, emphasis, code, links, breaks and HTML in a cell are shown, not printed; what is no markup is text."""
    assert blocks(LABELS + row) == [["No.", "Category", "Name"], cells]


def test_a_drawn_table_is_read_by_its_rows():
    """Lines of a row between lines of strokes are joined cell by cell, without a blank between ideographs."""
    text = (
        "Plan\n\n+---+-----+------+\n|No.|種類 | Name |\n+===+=====+======+\n| 1 | 運  | Big  |\n|   | 輸  | Ships|\n"
    )
    text += "+---+-----+------+\n| 2 |     | Jets |\n+---+-----+------+\nEnd\n"
    assert blocks(text) == ["Plan", ["No.", "種類", "Name"], ["1", "運輸", "Big Ships"], ["2", "", "Jets"], "End"]
    assert read_bytes(text.encode(), "plan.md").places[4:8] == ("line 6", "line 6", "line 6", "line 9")


def test_an_empty_first_cell_is_kept_where_rows_have_no_bars_at_their_ends():
    """A row that continues another begins with its bar; in other tables the first bar is the edge."""
    assert blocks("a | b | c\n--|--|--\n | x | y")[1] == ["", "x", "y"]
    assert blocks("a | b | c\n--|--|--\n| x | y | z |")[1] == ["x", "y", "z"]
    assert blocks(LABELS + "| x | y | z")[1] == ["x", "y", "z"]


def test_marks_of_notes_are_no_part_of_a_name():
    """A mark stands beside the text, and the note below has none."""
    text = LABELS + "|1|Sea|Ships[^1]|\n\n[^1]: Note: of all kinds.\n"
    assert blocks(text)[1:] == [["1", "Sea", "Ships"], "Note: of all kinds."]
    assert beside(read_bytes(text.encode(), "plan.md")) == [("furniture", "1")]


def test_a_row_with_more_cells_than_labels_loses_none():
    """A bar that was not escaped makes a cell more, and nothing is left out."""
    assert blocks(LABELS + "|1|Sea|Ships|Boats|")[1] == ["1", "Sea", "Ships", "Boats"]


def test_lines_and_headings_stand_by_themselves():
    """Signs of headings, lists, quotes and rules are no text; every line of a paragraph stays a line."""
    text = "Buildings Department\nPlan for 2025\n===\n\n## A. Datasets ##\n"
    text += "- one\n* two\n***\n1. three\n2. four\n\n> five\n\n"
    expected = ["Buildings Department", "Plan for 2025", "A. Datasets", "one", "two", "1. three", "2. four", "five"]
    assert blocks(text + LABELS) == [*expected, ["No.", "Category", "Name"]]


def test_a_header_repeated_within_a_table_is_a_row():
    """Programs that turn pages into Markdown repeat labels and strokes at the top of a page."""
    assert blocks(LABELS + "|1|Sea|Ships|\n" + LABELS + "|2|Air|Planes|")[1:] == [
        ["1", "Sea", "Ships"],
        ["No.", "Category", "Name"],
        ["2", "Air", "Planes"],
    ]


def test_text_below_a_table_is_no_row():
    """A line without a bar ends the table, even if no blank line stands before it."""
    assert blocks(LABELS + "|1|Sea|Ships|\nDecember 2024")[-1] == "December 2024"


def test_html_goes_on_until_a_blank_line_or_the_end_of_its_table():
    """Blank lines between rows do not cut an HTML table, and a heading may follow it at once."""
    first, second = (
        "".join(f"<td>{cell}</td>" for cell in row) for row in (["1", "Sea", "Ships"], ["2", "Air", "Jets"])
    )
    rows = f"<table>\n<tr>{first}</tr>\n\n<tr>{second}</tr>\n</table>"
    assert blocks(f"# Plan\n{rows}\n## B. Datasets\n") == [
        "Plan",
        ["1", "Sea", "Ships"],
        ["2", "Air", "Jets"],
        "B. Datasets",
    ]


def test_comments_are_no_text_and_code_is():
    """A comment is not shown, in whatever lines; code is text as it stands, without its fence."""
    text = "<!-- made\n\nby hand -->\n# Plan\n```text\n# *x*\n\n```\n```markdown\n" + LABELS + "```\n"
    assert blocks(text) == ["Plan", "# *x*", ["No.", "Category", "Name"]]


@pytest.mark.parametrize(
    "text", ["a | b\nc | d\n", "# 數據種類／數據集名稱\n1 罪案\n", "a\n---\n", "---|---\n", "x <table> y\n"]
)
def test_other_text_is_no_markdown(text):
    """Bars, strokes and number signs alone are characters of a text."""
    assert kind_of(text.encode(), "plan.md") in {"text", "delimited"}


def test_headings_alone_are_markdown_where_the_name_says_so():
    """A plan without tables, whose datasets are items of lists, is Markdown by the name of its file."""
    text = "# Plan\n## A. Datasets\n1. **Air**\n   - Category: Environment\n"
    assert blocks(text) == ["Plan", "A. Datasets", "1. Air", "Category: Environment"]
    assert kind_of(text.encode(), "plan.txt") == "text"


def test_a_page_without_markdown_stays_a_page():
    """A fragment of HTML is a web page, unless it has headings as Markdown has them."""
    table = "<table><tr><td>1</td></tr></table>\n"
    assert kind_of(table.encode(), "x") == "html"
    assert kind_of(f"{table}\n## A. Datasets\n".encode(), "x") == "markdown"
    assert kind_of(f"<!doctype html>{table}\n## A. Datasets\n".encode(), "x") == "html"


@pytest.mark.parametrize(("limits", "words"), [(Limits(cells=5), "5 cells"), (Limits(characters=9), "9 characters")])
def test_limits_hold(limits, words):
    """Cells and characters are counted as in any other file."""
    with pytest.raises(NotAPlan, match=words):
        read_bytes((LABELS + "|1|Sea|Ships|\n").encode(), "plan.md", limits)


@given(st.text(st.sampled_from("ab12 船|\\*_~`<>[]()!&#-\t數"), max_size=60))
def test_no_letter_of_a_cell_is_lost(text):
    """Whatever signs a cell has, its letters and digits outside of links and HTML are there."""
    wanted = [sign for sign in text if sign.isalnum()]
    if any(sign in text for sign in "<[&|"):
        return
    read = "".join(blocks(LABELS + f"|x|y|{text}z|\n")[1])
    assert [sign for sign in read if sign.isalnum()] == ["x", "y", *wanted, "z"]


@pytest.mark.parametrize(
    ("cell", "text", "marks"),
    [
        ("~~03/2025~~ 09/2025", "03/2025 09/2025", [("03/2025", "struck")]),
        ("~old~ new", "old new", [("old", "struck")]),
        ("<del>old</del> <s>er</s> new", "old er new", [("old er", "struck")]),
        ("Arrivals^1^ by km^2^", "Arrivals1 by km2", [("1", "raised"), ("2", "raised")]),
        ("Arrivals<sup>1</sup>", "Arrivals1", [("1", "raised")]),
        ("H~2~O", "H2O", [("2", "lowered")]),
        ("~~**a** b~~", "a b", [("a b", "struck")]),
        ("2019~2020, 2021~2022", "2019~2020, 2021~2022", []),
        ("~5 m, ~10 m", "~5 m, ~10 m", []),
        ("10^6 and 10^9", "10^6 and 10^9", []),
        (r"\~\~a\~\~", "~~a~~", []),
        ("`~~a~~`", "~~a~~", []),
    ],
)
def test_signs_for_struck_and_raised_text(cell, text, marks):
    """Signs around words strike out, raise or lower them; the same signs elsewhere are text."""
    data = f"|no.|title|\n|-|-|\n|1|{cell}|\n".encode()
    document = read_bytes(data, "plan.md")
    assert document.lines[-1] == text
    assert [(document.slice(mark.span), mark.kind) for mark in document.marks] == marks
