"""Raw rows of a document, as they are shown."""

from support.traced_plans import PAGE, PDF, read

from dcat_hk.reading.tracing.rows import fields_of, rows_as_text, trace_rows


def test_rows_of_cells_are_shown(golden):
    """Each row has its section, number, place and fields, each field with line and characters."""
    golden("steps/rows.txt", rows_as_text(read(PAGE, "plan.html")))


def test_rows_without_cells_are_shown(golden):
    """Fields that were cut out of a line say which characters they are."""
    golden("steps/rows-pdf.txt", rows_as_text(read(PDF, "plan.pdf")))


def test_each_fragment_is_the_text_at_its_place():
    """What JSON says of a fragment can be looked up in the lines of the document."""
    reading = read(PDF, "plan.pdf")
    for row in trace_rows(reading)["rows"]:
        for fragments in row["fields"].values():
            for one in fragments:
                first, last = one["characters"]
                assert reading.document.lines[one["line"] - 1][first - 1 : last] == one["text"]


def test_the_fields_of_a_row_are_those_that_hold_text():
    """Number, place and group are no fields; neither is an empty cell."""
    row = read(PAGE, "plan.html").regions[-1].rows[-1]
    assert list(fields_of(row)) == ["category", "title", "date", "frequency"]
