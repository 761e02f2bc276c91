"""A region is gone through step by step: rows, headings of rows, notes, and the end of a table."""

import pytest
from support.plan_readings import read

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing.ledger import Claims
from dcat_hk.reading.parsing.outline import read_outline
from dcat_hk.reading.parsing.positions.regions import place_regions
from dcat_hk.reading.parsing.positions.sorting import walk

PLAN = """Transport Department

Annual Open Data Plan for 2025 to 2027

A. Departmental datasets to be released in 2025

No.   Category     Dataset Name    General Description       Release Date   Update Frequency
1     Transport    Taxi stands     Names of stands           03/2025        Monthly
2     Transport    Tunnels         Flows                     03/2025        Daily

Innovation and Technology Fund (ITF)
3     Transport    Bridges         Names of bridges          03/2025        Monthly
Note: All dates may change.
"""


def steps_of():
    """Return the steps through the plan's only region, done twice over the same lines."""
    document = read_bytes(PLAN.encode(), "plan.txt")
    is_category = lambda text: bool(load().find_category(text))  # noqa: E731
    regions = read_outline(document, Claims(document)).regions
    (placed,) = place_regions(document, regions, is_category, frozenset().__contains__)
    return [[(step.kind, len(step.rows)) for step in walk(placed, [], list)] for _time in range(2)]


def test_steps_come_in_the_order_of_lines():
    """What is no row ends the lines that rows are cut from; before the first header no table is open."""
    first, second = steps_of()
    assert first == [("end", 0), ("rows", 2), ("group", 0), ("rows", 1), ("note", 0), ("end", 0)]
    assert second == first


@pytest.mark.parametrize("sign", ["{}", "{}.", "({})"])
def test_a_number_that_fills_its_column_is_cut_off_from_the_text_beside_it(sign):
    """No blank is left between them from ten on, nor between their labels."""
    wide = len(sign.format(10))
    label = "No." + " " * (wide - 3)
    lines = [f"{label}Category     Dataset Name    Description               Release Date   Update Frequency\n"]
    for number in range(8, 13):
        cells = f"{sign.format(number):{wide}}Transport    Piers {number:<10}Names of piers            "
        lines.append(f"{cells}03/2016        Monthly\n")
    head = "Marine Department\n\nAnnual Open Data Plan for 2025 to 2027\n\nD. Datasets already released\n\n"
    entries = read(head + "".join(lines)).require().entries
    assert [(e.number, e.category, e.title) for e in entries] == [(n, "Transport", f"Piers {n}") for n in range(8, 13)]
