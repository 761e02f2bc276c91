"""The columns of plans: records that are checked when the program starts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dcat_hk.core.text import fold
from dcat_hk.core.wording.records import WordingError
from dcat_hk.reading.recognisers.columns import COLUMNS, FIELDS, check_columns, columns_by_label

TITLE = COLUMNS["title"]


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ([replace(TITLE, fills="colour")], '"title" fills "colour"'),
        ([TITLE, TITLE], '"title" is there twice'),
        ([replace(TITLE, labels=(), cell_labels=())], '"title" has no label'),
        ([TITLE, replace(TITLE, name="name")], 'is a label of "title" and of "name"'),
        ([TITLE, replace(TITLE, name="name", labels=("DATASET",))], '"dataset" is a label'),
    ],
)
def test_a_column_that_nobody_could_read_is_refused(columns, message):
    """What fills nothing, has no label, or cannot be told from another, is refused with its name."""
    with pytest.raises(WordingError, match=message):
        check_columns(columns)


@pytest.mark.exhaustive
def test_every_label_leads_to_its_column():
    """Labels are found as they are folded: without blanks, in lower case."""
    for name, column in COLUMNS.items():
        for cells, labels in ((False, column.labels), (True, column.cell_labels)):
            assert {columns_by_label(cells)[fold(label)] for label in labels if fold(label)} <= {name}


def test_columns_fill_what_a_row_has():
    """A part of a row that no column fills, and a column without such a part, would be lost."""
    assert {column.fills for column in COLUMNS.values()} == set(FIELDS)
