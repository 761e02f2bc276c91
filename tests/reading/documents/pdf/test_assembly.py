"""Pages become lines, rows and places, each text once and in the order of the page."""

import pytest
from support.pdf_text import line, page, stretch, table

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents import Line, Row
from dcat_hk.reading.documents.pdf.assembly import Columns, PageWriter

XS = [50, 90, 170, 250]


def write(*pages, columns=None, running=()):
    """Return a writer that has written pages whose tables all have three columns."""
    writer = PageWriter(1.2, Budget("plan.pdf"))
    own = {id(cells): Columns([0, 1, 2], 3, bool(number)) for number, one in enumerate(pages) for cells in one.tables}
    for one in pages:
        writer.page(one, own | (columns or {}), set(map(id, running)))
    return writer


def rows(writer):
    """Return the text of each row, the fragments of a cell joined by a stroke."""
    return [
        ["|".join(writer.lines[span.line][span.start : span.end] for span, *_ in cell) for cell in block.cells]
        for block in writer.blocks
        if isinstance(block, Row)
    ]


def test_text_and_tables_are_written_from_top_to_bottom():
    """A table stands between the lines above and below it, and every line has its place on the page."""
    above, below = line("above", 50, 40), line("below", 50, 200)
    writer = write(page(2, [above, below], [table(XS, [60, 90, 120], [["1", "甲", ""], ["2", "", "乙"]])]))
    assert writer.lines == ["above", "1", "甲", "2", "乙", "below"]
    assert rows(writer) == [["1", "甲", ""], ["2", "", "乙"]]
    assert (writer.places[0], writer.places[-1]) == ("page 2, line 1", "page 2, line 2")
    assert [type(block) for block in writer.blocks] == [Line, Row, Row, Line]


def test_a_line_stands_apart_after_a_gap():
    """A line at the pitch of wrapped lines goes on the line above; one further down begins anew."""
    writer = write(page(1, [line("a", 50, 40), line("b", 50, 52), line("c", 50, 80)]))
    assert [block.apart for block in writer.blocks] == [True, False, True]


def test_running_lines_are_asides_and_strays_come_last():
    """A head of a page is in no block; text that runs another way comes after the text of its page."""
    head, text = line("Internal", 50, 20), line("text", 50, 100)
    one = page(1, [head, text])
    one.strays.append(stretch("DRAFT", 200, 60))
    writer = write(one, running=[head])
    assert writer.lines == ["text", "Internal", "DRAFT"]
    assert [(aside.span.line, aside.kind) for aside in writer.asides] == [(1, "furniture")]
    assert [block.span.line for block in writer.blocks] == [0, 2]


def test_the_rest_of_a_row_on_the_next_page_belongs_to_the_row():
    """A row without a number that goes on a full line is no row of its own, and text is not written twice."""
    header = ["No.", "Title", "Date"]
    first = table(XS, [60, 90, 120, 150], [header, ["1", "甲", "1/2020"], ["2", "法律及保安統計", "2/2020"]])
    second = table(XS, [60, 90, 120, 150], [header, ["", "數字", ""], ["3", "乙", "3/2020"]])
    writer = write(page(1, [], [first]), page(2, [], [second]))
    assert rows(writer)[2] == ["2", "法律及保安統計|數字", "2/2020"]
    assert rows(writer)[3:] == [header, ["3", "乙", "3/2020"]]


def test_cells_that_were_moved_to_the_next_page_belong_to_the_row():
    """A row that has just the cells that the last one lacks completes it; one with others, or a number, does not."""
    header = ["No.", "Title", "Date"]
    first = table(XS, [60, 90, 120, 150], [header, ["1", "甲", "1/2020"], ["2", "", "2/2020"]])
    for rest, count in ((["", "乙", ""], 3), (["3", "乙", ""], 4)):
        second = table(XS, [60, 90, 120, 150], [header, rest, ["4", "丙", "3/2020"]])
        written = [row for row in rows(write(page(1, [], [first]), page(2, [], [second]))) if row != header]
        assert len(written) == count
        assert written[1] == ["2", "乙" if count == 3 else "", "2/2020"]


def test_many_lines_in_a_frame_are_running_text():
    """A cell over the whole width with more than three lines is no row of a table."""
    framed = table([50, 250], [60, 140], [["one|two|three|four"]])
    writer = write(page(1, [], [framed]), columns={id(framed): Columns([0], 1, False)})
    assert [type(block) for block in writer.blocks] == [Line] * 4


def test_a_line_longer_than_the_limit_is_refused():
    """The limit on the characters of a cell holds for a line of a page."""
    writer = PageWriter(1.2, Budget("plan.pdf", Limits(cell=5)))
    with pytest.raises(NotAPlan, match="more than 5 characters in one cell"):
        writer.page(page(1, [line("abcdef", 50, 40)]), {}, set())
