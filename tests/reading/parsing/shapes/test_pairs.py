"""Labels with their values."""

import pytest

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing.ledger import text_of
from dcat_hk.reading.parsing.shapes.pairs import columns_of_label, pairs_of, split_unknown


def pairs(line):
    """Return the columns, label and value of each pair in a line of text."""
    document = read_bytes(f"x\n{line}".encode(), "plan.txt")
    return [
        (pair.columns, text_of(document, pair.label), text_of(document, pair.value))
        for pair in pairs_of(document, document.blocks[-1])
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Category: Transport", [(("category",), "Category:", "Transport")]),
        ("數據種類：交通", [(("category",), "數據種類：", "交通")]),
        ("No.      1", [(("number",), "No.", "1")]),
        ("Update Frequency", [(("frequency",), "Update Frequency", "")]),
        ("編號\t1\t更新頻率\t每日", [(("number",), "編號", "1"), (("frequency",), "更新頻率", "每日")]),
        (
            "No.: 1\tCategory: Transport\tFormat: CSV",
            [
                (("number",), "No.:", "1"),
                (("category",), "Category:", "Transport"),
                (("format",), "Format:", "CSV"),
            ],
        ),
        ("編號\t數據種類\t數據集名稱\t更新頻率", []),
        ("Vessels: by type", []),
        ("Dataset 1", []),
        ("1\tTransport\tVessel arrivals", []),
    ],
)
def test_labels_are_told_from_values(line, expected):
    """A label stands before a colon, before a gap, in a cell of its own or alone; a header has no values."""
    assert pairs(line) == expected


def test_a_label_that_is_not_known_is_short():
    """Inside of a record, a short text before a colon may be a label; an address is none."""
    for line, label in [
        ("Contact: 1234", "Contact:"),
        ("https://example.org/a", None),
        ("vessels by type", None),
        ("Contact      1234", "Contact"),
        ("2.      Vessels by type", None),
        ("\uf0b7      Vessels by type", None),
    ]:
        document = read_bytes(line.encode(), "plan.txt")
        pair = split_unknown(document, document.blocks[0])
        assert (text_of(document, pair.label) if pair else None) == label


def test_a_long_text_is_no_label():
    """A text that is longer than any label names no column."""
    document = read_bytes(b"Category of the dataset as it is used by the department in its own catalogue", "plan.txt")
    assert columns_of_label(document, ()) == ()
    assert not pairs_of(document, document.blocks[0])
