"""What the steps of parsing hand over, region by region."""

from support import plan_readings
from support.traced_plans import PDF, UNTOLD, read

from dcat_hk.reading.parsing.steps import ColumnReading


def test_each_region_says_in_which_way_it_was_read():
    """A table is read by its cells, text with positions by where it stands; columns come with either."""
    cells, placed = read(PDF, "plan.pdf").regions
    assert (cells.way, len(cells.rows), placed.way, len(placed.rows)) == ("cells", 2, "positions", 3)
    assert cells.columns[1] == ColumnReading(("title",))
    assert all(column.left is not None for column in placed.columns)


def test_a_region_that_was_not_read_stands_in_its_place():
    """A table under a heading that says no section is a region without rows, behind the one before."""
    regions = plan_readings.read(UNTOLD).regions
    assert [(each.region.section, each.way, len(each.rows)) for each in regions] == [
        ("A", "cells", 1),
        ("", "not read", 0),
    ]
