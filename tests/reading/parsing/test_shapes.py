"""Several unusual shapes in one plan."""

import pytest
from support.plan_readings import codes, leftovers, read
from support.shaped_plans import LANGUAGES, expected_rows, plan_of, rows_of


def records_or_labels(labels, rows):
    """Return a record for each dataset where there is one row, and repeated labels where there are more."""
    if len(rows) == 1:
        return ["\t".join(pair) for row in rows for pair in zip(labels, row, strict=True)]
    cells = ["\t".join(": ".join(pair) for pair in zip(labels, row, strict=True)) for row in rows]
    return ["\t".join(labels), *cells]


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_of_one_plan_may_have_different_shapes(language):
    """Labels that cells repeat in one section and a record in another are read as usual tables are."""
    reading = read(plan_of(language, records_or_labels))
    assert rows_of(reading) == expected_rows(language)
    assert not codes(reading)
    assert not leftovers(reading)
