"""The mark of a cell does not depend on which rows it was rated for before."""

from dcat_hk.reading.parsing.running.lines import RunningLines
from dcat_hk.reading.parsing.running.marks import CellMarks
from dcat_hk.reading.parsing.running.weights import KNOWN, NEVER

LINES = RunningLines(
    ["氣象／雨量", "03/2021", "每季", "各區讀數，", "以毫米計 (CSV)"],
    ("name", "date", "frequency", "description"),
    {"氣象"}.__contains__,
)


def test_a_telling_cell_is_found_where_it_stands():
    """A date is seen at the line it begins on, in a row that holds it."""
    marks = CellMarks(LINES)
    ends = dict(marks.telling("date", (1, 0), (5, 0)))
    assert ends[2, 0] >= KNOWN
    assert marks.telling("date", (2, 0), (5, 0)) == []
    assert (2, 0) in dict(marks.telling("date", (1, 0), (2, 0)))


def test_marks_of_a_short_row_are_those_of_a_long_one():
    """What was looked at for a short row is continued for a longer one, and cut for a shorter one."""
    there, back = CellMarks(LINES), CellMarks(LINES)
    ends = [(line, 0) for line in range(2, 6)]
    rising = [there.telling("date", (1, 0), end) for end in ends]
    falling = [back.telling("date", (1, 0), end) for end in reversed(ends)]
    assert rising == falling[::-1]


def test_a_cell_that_ends_inside_a_sentence_costs_points_only_if_another_follows():
    """The cost of the joint is told apart from the mark."""
    mark, joint = CellMarks(LINES).wordy("description", (3, 0), (4, 0))
    assert joint < 0
    assert mark > NEVER
    assert CellMarks(LINES).wordy("description", (3, 0), (5, 0))[1] == 0
