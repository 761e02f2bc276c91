"""A hidden sheet that lists what can be chosen in others is no part of a plan."""

import openpyxl
import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from support.sheet_files import as_xlsx

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.sheetchoices import sheets_of_odf_choices


@pytest.mark.parametrize(
    ("formula", "named", "told"),
    [
        ("'My lists'!$A$1:$A$2", "", []),
        ("Kinds", "'My lists'!$A$1:$A$2", []),
        ('"CSV,JSON"', "", ["hidden-sheet"]),
        ("Other!$A$1", "", ["hidden-sheet"]),
    ],
)
def test_only_sheets_that_hold_choices_are_passed_over(formula, named, told):
    """By the condition itself, or by a name in it; any other hidden sheet is told."""

    def touch(book: openpyxl.Workbook) -> None:
        rule = DataValidation("list", formula1=formula)
        rule.add("A1:A9")
        book.worksheets[0].add_data_validation(rule)
        book.worksheets[1].sheet_state = "hidden"
        if named:
            book.defined_names["Kinds"] = DefinedName("Kinds", attr_text=named)

    data = as_xlsx({"Plan": [["x"]], "My lists": [["CSV"], ["JSON"]]}, touch)
    assert [finding.code for finding in read_bytes(data, "plan.xlsx").findings] == told


def test_conditions_of_opendocument_name_sheets_as_well():
    """With quotation marks or not, and only those of lists."""
    conditions = [
        "of:cell-content-is-in-list([$'My lists'.$A$1:.$A$9])",
        "of:cell-content-is-in-list([.$B$1:.$B$2])",
        'of:cell-content-is-in-list("a";"b")',
        "of:cell-content-is-in-list([$Kinds.A1:.A9])",
    ]
    assert sheets_of_odf_choices(conditions) == {"my lists", "kinds"}
