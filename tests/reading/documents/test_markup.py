"""What tells Markdown and saved web pages from other text, and the cells of a row."""

import pytest

from dcat_hk.reading.documents.markup import count_ruled, has_headings, is_markdown, is_message, split_cells


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a|b\r\n-|-\r\n1|2", True),
        ("+--+--+\n|a |b |\n+--+--+", True),
        ("Plan\n<table>\n<tr><td>1</td></tr></table>", True),
        ("a|b\n1|2", False),
        ("a|b\n---", False),
        ("+--+--+\na b", False),
        ("x <table><tr>", False),
        ("<table>\nof contents", False),
    ],
)
def test_a_table_makes_a_text_markdown(text, expected):
    """A row of strokes below labels, a drawn table and an HTML table at the start of a line are Markdown."""
    assert is_markdown(text) is expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [("# A", True), ("##A", True), ("###### A", True), ("#1 A", False), ("####### A", False), ("A # B", False)],
)
def test_headings_begin_with_one_to_six_signs(line, expected):
    """One sign needs a blank after it, so that a row's number is no heading."""
    assert has_headings(f"text\n{line}\ntext") is expected


def test_bars_end_cells_unless_they_are_escaped():
    """Bars at both ends are edges; without them a bar at the start ends an empty cell."""
    assert split_cells("|1|Sea|") == ["1", "Sea"]
    assert split_cells(r"1|Sea\|Air") == ["1", r"Sea\|Air"]
    assert split_cells("|x|y", barred=False) == ["", "x", "y"]
    assert split_cells("|x|y|", barred=False) == ["x", "y"]


def test_strokes_are_counted_by_cell():
    """Every cell of the row needs a stroke, and one of them as many as are asked for."""
    assert count_ruled("| --- | :-: | - |") == 3
    assert count_ruled("|--|-|", 2) == 2
    assert count_ruled("|-|-|", 2) == 0
    assert count_ruled("|---||") == 0
    assert count_ruled("---") == 0


@pytest.mark.parametrize(
    ("start", "expected"),
    [
        (b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html;\r\n charset=utf-8\r\n\r\n<p>", True),
        (b"Snapshot-Content-Location: x\nContent-Type: multipart/related\n\n", True),
        (b"MIME-Version: 1.0\nContent-Type: text/plain\n\n", False),
        (b"Content-Type: text/html\n\n", False),
        (b"Plan\nMIME-Version: 1.0\nContent-Type: text/html\n\n", False),
    ],
)
def test_a_message_begins_with_its_headers(start, expected):
    """The headers must stand first, name a page and be those of a message."""
    assert is_message(start) is expected
