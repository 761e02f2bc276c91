"""Regions of a document, as they are shown."""

from support.traced_plans import PAGE, PDF, UNTOLD, read

from dcat_hk.reading.tracing.regions import regions_as_text, trace_regions


def test_regions_of_cells_are_shown(golden):
    """Each region has its section, heading, header row and columns."""
    golden("steps/regions.txt", regions_as_text(read(PAGE, "plan.html")))


def test_regions_without_cells_are_shown_with_the_edges_of_columns(golden):
    """Columns that were found by positions say from where to where they go."""
    golden("steps/regions-pdf.txt", regions_as_text(read(PDF, "plan.pdf")))


def test_an_edge_that_is_nowhere_is_no_number():
    """JSON has null where a column has no edge, and every number is finite."""
    columns = [column for region in trace_regions(read(PDF, "plan.pdf"))["regions"] for column in region["columns"]]
    edges = [column[side] for column in columns for side in ("left", "right")]
    assert any(edge is not None for edge in edges)
    assert all(edge is None or abs(edge) < 1e6 for edge in edges)


def test_a_section_that_cannot_be_told_is_shown_as_not_read():
    """A table under a heading that says no section is a region, which nothing was read of."""
    assert regions_as_text(read(UNTOLD.encode(), "a.txt")).splitlines()[7:11] == [
        "2 section not known",
        "    heading | 數據甲類",
        "    holds   | 1 line, 2 rows of cells",
        "    read    | not read, 0 rows",
    ]


def test_what_is_no_plan_has_no_regions():
    """A letter has no region, and that is no error."""
    assert regions_as_text(read(b"Dear Sir", "letter.txt")) == "letter.txt: 0 regions\n"
