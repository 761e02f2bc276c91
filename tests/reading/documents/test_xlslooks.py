"""How the cells of old Excel files look."""

import pytest
from support.kinds import XlsLook, as_xls
from support.pdf_files import marked

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.xlslooks import SheetLooks


@pytest.mark.parametrize(
    ("look", "kinds"),
    [
        (XlsLook("text"), []),
        (XlsLook("text", struck=True), [("struck", "text")]),
        (XlsLook("text", colour=9), [("hidden", "text")]),
        (XlsLook("text", colour=9, fill=10), []),
        (XlsLook("text", colour=10, fill=10), [("hidden", "text")]),
        (XlsLook("text", colour=10), []),
        (XlsLook("text1", shift=1, start=4), [("raised", "1")]),
        (XlsLook("text old", struck=True, start=5), [("struck", "old")]),
    ],
)
def test_cells_look_as_in_the_file(look, kinds):
    """Crossed-out, raised and white text is marked, also a part of a cell."""
    document = read_bytes(as_xls({"S": [["a", look], ["b", "c"]]}), "plan.xls")
    assert marked(document) == kinds


def test_a_merged_cell_is_hidden_only_with_all_its_rows():
    """A cell that goes over a row that is shown is shown."""
    looks = SheetLooks(rows=frozenset({1, 2}), columns=frozenset({4}))
    assert [looks.hides_row(1, count) for count in (1, 2, 3)] == [True, True, False]
    assert [looks.hides_column(4, count) for count in (1, 2)] == [True, False]


def test_letters_on_a_ground_that_conditions_paint_are_seen():
    """Where a file paints cells by conditions, nobody knows what is behind white letters."""
    font = {"struck": False, "shift": 0, "size": 200, "colour": [9, [255, 255, 255]]}
    style = {"font": 0, "fill": None, "pattern": False, "turned": 0, "format": "General"}
    stated = {"fonts": [font], "styles": [style], "cells": [[0]], "runs": [], "rows": [], "columns": []}
    kinds = [
        [mark.kind for mark in SheetLooks.of(stated | {"painted": painted}).marks(0, 0, "a", True)]
        for painted in (0, 1)
    ]
    assert kinds == [["hidden"], []]
