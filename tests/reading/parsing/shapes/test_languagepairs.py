"""Rows and columns that say the same in two languages."""

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing.ledger import text_of
from dcat_hk.reading.parsing.shapes.languagepairs import pair_columns, pair_rows

HEADER = "No.\tCategory\tName of Dataset\tUpdate Frequency"


def paired(*lines):
    """Return the texts of the cells of a table after rows and columns were put together, and whether any were."""
    document = read_bytes("\n".join(lines).encode(), "plan.txt")
    result = pair_columns(pair_rows(document))
    rows = [[text_of(result.document, cell) for cell in block.cells] for block in result.document.blocks]
    return rows, result.changed, [document.slice(span) for span in result.again]


def test_a_row_in_the_other_language_joins_the_row_above():
    """Cells of both rows are one; what both say in the same words stands once."""
    rows, changed, again = paired(HEADER, "1\tTransport\tVessels\t2025", "\t交通\t船隻\t2025")
    assert changed
    assert rows[1] == ["1", "Transport 交通", "Vessels 船隻", "2025"]
    assert again == ["2025"]


def test_rows_in_one_language_stay_apart():
    """A row without a number in the same language is no translation."""
    rows, changed, _again = paired(HEADER, "1\tTransport\tVessels\tDaily", "\tTransport\tBoats\tWeekly")
    assert not changed
    assert len(rows) == 3


def test_columns_of_one_name_in_two_languages_are_one():
    """A column that has the label and the language of another is put beside it."""
    header = "No.\tName of Dataset\t數據集名稱\tCategory\tUpdate Frequency"
    rows, changed, _again = paired(header, "1\tVessels\t船隻\tTransport\tDaily", "2\tBuoys\t浮標\tTransport\tDaily")
    assert changed
    assert rows[1] == ["1", "Vessels 船隻", "Transport", "Daily"]


def test_two_columns_in_one_language_stay_two():
    """Two columns of descriptions in one language are not put together."""
    header = "No.\tName of Dataset\tDescription\tRemarks\tUpdate Frequency"
    assert not paired(header, "1\tVessels\tby type\tas CSV\tDaily")[1]
