"""Labels that are repeated in each cell."""

import pytest
from support.plan_readings import codes, leftovers, read
from support.shaped_plans import LANGUAGES, expected_rows, plan_of, rows_of


def repeated(sign):
    """Return a shape whose cells begin with the label of their column and a sign."""
    return lambda labels, rows: [
        "\t".join(labels),
        *("\t".join(sign.join(pair) for pair in zip(labels, row, strict=True)) for row in rows),
    ]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("sign", [": ", "：", ":", " "])
def test_repeated_labels_are_no_part_of_the_values(sign, language):
    """A label at the start of each cell is taken off, with a colon or a blank behind it."""
    reading = read(plan_of(language, repeated(sign)))
    assert rows_of(reading) == expected_rows(language)
    assert not codes(reading)
    assert not leftovers(reading)


def test_one_cell_that_begins_with_the_label_keeps_it():
    """A title that begins with the words of its column's label, alone among the cells, stays whole."""
    shape = lambda labels, rows: ["\t".join(labels), *("\t".join(row) for row in rows)]  # noqa: E731
    text = plan_of("en", shape).replace("Vessel arrivals", "Category: vessels")
    assert rows_of(read(text))[0][3] == "Category: vessels"
