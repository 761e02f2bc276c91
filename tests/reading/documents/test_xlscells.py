"""The process that prints the cells of an old Excel file."""

import json
import subprocess
import sys
from datetime import datetime

import pytest
from support.kinds import as_ole, as_xls

from dcat_hk.reading.documents import xlscells


def printed(data, cells=100):
    """Return what the process prints of a file."""
    command = [sys.executable, xlscells.__file__, str(cells)]
    return json.loads(subprocess.run(command, input=data, capture_output=True, check=True).stdout)


def test_sheets_are_printed_with_their_cells():
    """Numbers stay numbers, days are ISO dates, and rows start where the filled area does."""
    shown, hidden = printed(as_xls({"S": [[], ["", "a", 2.5, datetime(2025, 9, 1)]], "T": [["b"]]}, hidden=("T",)))
    assert (shown["name"], shown["start"], shown["rows"]) == ("S", [1, 1], [["a", 2.5, "2025-09-01"]])
    assert shown["shown"].endswith("Visible")
    assert (hidden["name"], hidden["rows"]) == ("T", [["b"]])
    assert not hidden["shown"].endswith("Visible")


@pytest.mark.parametrize(("cells", "fits"), [(4, True), (3, False)])
def test_cells_are_counted_over_all_sheets(cells, fits):
    """The area of every sheet counts, gaps too, and one cell too many is an error."""
    answer = printed(as_xls({"S": [["a", "", "b"]], "T": [["c"]]}), cells)
    assert (answer != {"error": "cells"}) is fits


def test_a_broken_file_is_an_error():
    """What the package cannot read is told by a word."""
    assert printed(as_ole({"Workbook": b"\xff" * 5000})) == {"error": "broken"}
