"""Tables for a terminal."""

from dcat_hk.core.terminal import WIDTH_IN_A_PIPE, make_table, render
from dcat_hk.core.text import width


def test_no_line_is_wider_than_the_terminal_and_no_text_is_lost():
    """What does not fit a column goes on below, counted in columns of the terminal."""
    title = "按年齡及性別劃分的人數" * 5
    lines = render([make_table(["title"], [[title]])], 40).splitlines()
    assert all(width(line) <= 40 for line in lines)
    assert "".join(line.strip() for line in lines[3:]) == title


def test_columns_of_numbers_are_aligned_to_the_right():
    """Numbers end in the same column, texts begin in the same one."""
    rows = [["a", "1"], ["bb", "1000"]]
    lines = [line for line in render([make_table(["name", "count"], rows, ["count"])], 40).splitlines() if "1" in line]
    assert len({len(line) for line in lines}) == 1
    assert [line.strip()[0] for line in lines] == ["a", "b"]


def test_a_pipe_is_wide_and_gets_no_colours():
    """Without a terminal a table has 160 columns and no control character."""
    text = render([make_table(["title"], [["x" * 300]], title="Rows")])
    assert max(map(len, text.splitlines())) <= WIDTH_IN_A_PIPE
    assert "\x1b" not in text
    assert text.startswith("Rows\n")


def test_cells_are_text_and_not_commands():
    """Square brackets are printed as they are, and control characters do not reach the terminal."""
    text = render([make_table(["title"], [["[red]x[/red] :smile:"], ["a\x1b[31mb\x07"]])], 60)
    assert "[red]x[/red] :smile:" in text
    assert not {"\x1b", "\x07"} & set(text)
