"""Rules make grids, and a grid without a rule between two squares makes them one cell."""

import pytest
from support.pdf_text import lattice

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents.pdf.lattice import columns_of, find_lattices, goes_on
from dcat_hk.reading.documents.pdf.rules import RuledLine


def grid(xs, ys):
    """Return the level and upright rules of a grid."""
    return [RuledLine(y, xs[0], xs[-1]) for y in ys], [RuledLine(x, ys[0], ys[-1]) for x in xs]


def find(level, upright):
    """Return the tables that rules make."""
    return find_lattices(level, upright, Budget("plan.pdf"))


def test_squares_without_a_rule_between_them_are_one_cell():
    """A cell over two columns and one over two rows own all the squares that they cover."""
    level = [RuledLine(0, 0, 90), RuledLine(20, 30, 90), RuledLine(40, 0, 90)]
    upright = [RuledLine(0, 0, 40), RuledLine(30, 0, 40), RuledLine(60, 20, 40), RuledLine(90, 0, 40)]
    (table,) = find(level, upright)
    assert table.owner == [[(0, 0), (0, 1), (0, 1)], [(0, 0), (1, 1), (1, 2)]]
    assert table.cell_at(80, 10) == (0, 1)


def test_rules_that_nearly_meet_are_a_grid_and_apart_they_are_two():
    """Ends that miss one another by little meet; tables that stand apart come in the order of the page."""
    level, upright = grid([0, 30, 90], [0, 20, 40])
    short = [RuledLine(rule.at, rule.start + 3, rule.end - 3) for rule in upright]
    lower_level, lower_upright = grid([0, 50, 90], [60, 80])
    tables = find(lower_level + level, lower_upright + short)
    assert [(table.top, table.columns) for table in tables] == [(pytest.approx(0, abs=2), 2), (60, 2)]


def test_a_rule_that_parts_nothing_makes_no_row():
    """An underline that meets a border is no line of the grid, and a box of one column is no table."""
    level, upright = grid([0, 30, 90], [0, 40])
    (table,) = find([*level, RuledLine(20, 32, 50)], upright)
    assert table.ys == [0, 40]
    assert find(*grid([0, 90], [0, 20, 40])) == []


def test_of_a_frame_and_the_table_in_it_the_table_counts():
    """A grid that holds another one that takes much of it is only a frame."""
    frame, inner = grid([0, 300], [0, 40, 300]), grid([20, 90, 180, 280], [60, 150, 280])
    heads = [RuledLine(150, 0, 40)]
    assert [table.columns for table in find(frame[0], frame[1] + heads)] == [2]
    (table,) = find(frame[0] + inner[0], frame[1] + heads + inner[1])
    assert (table.top, table.columns) == (60, 3)
    more_heads = [RuledLine(x, 0, 40) for x in (75, 150, 225)]
    assert [own.columns for own in find(frame[0] + inner[0], frame[1] + more_heads + inner[1])] == [3]


def test_the_pages_of_a_table_have_the_same_columns():
    """A column that one page splits has its numbers on all pages; a ragged border makes none."""
    one, two = lattice([0, 50, 100], [0, 20]), lattice([0, 50, 75, 100], [0, 20])
    filled = [{(0, 0), (0, 1)}, {(0, 0), (0, 1), (0, 2)}]
    assert columns_of([one, two], filled) == ([[0, 1], [0, 1, 2]], 3)
    ragged = lattice([0, 50, 58, 100], [0, 20])
    assert columns_of([ragged], [{(0, 0), (0, 2)}]) == ([[0, 1, 1]], 2)
    assert columns_of([ragged], [{(0, 0), (0, 1), (0, 2)}]) == ([[0, 1, 2]], 3)


def test_a_table_goes_on_only_between_the_same_edges():
    """A page's part may have fewer lines, but none where the other has none, and the same outer edges."""
    whole = lattice([0, 30, 90], [0, 20])
    assert goes_on(whole, lattice([2, 88], [0, 20]))
    assert not goes_on(whole, lattice([0, 60, 90], [0, 20]))
    assert not goes_on(whole, lattice([0, 30, 120], [0, 20]))


def test_time_is_looked_at():
    """Finding tables stops at the limit of time."""
    with pytest.raises(NotAPlan, match="seconds of processor time"):
        find_lattices(*grid([0, 30, 90], [0, 20]), Budget("plan.pdf", Limits(seconds=-1)))
