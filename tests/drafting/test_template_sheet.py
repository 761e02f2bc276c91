"""An empty plan as an Excel file: what Excel knows of it. That it is read is tested with the Word file."""

import io

import openpyxl
import pytest

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.drafting.template import make_template
from dcat_hk.drafting.template_sheet import write_excel_template


@pytest.mark.parametrize("language", LANGUAGES)
def test_cells_have_lists_to_choose_from(language):
    """Category, format and frequency have lists that stand in a hidden sheet; texts beside cells are not too long."""
    template = make_template(language, (2026, 2028), rows=4)
    book = openpyxl.load_workbook(io.BytesIO(write_excel_template(template)))
    plan, choices = book.worksheets
    assert (plan.sheet_state, choices.sheet_state) == ("visible", "hidden")
    lists = [rule for rule in plan.data_validations.dataValidation if rule.type == "list"]
    assert len(lists) == 8 * 3
    stated = {rule.formula1 for rule in lists}
    for number, values in enumerate(template.choices.values()):
        letter = "ABC"[number]
        assert f"'{choices.title}'!${letter}$1:${letter}${len(values)}" in stated
        assert tuple(cell.value for cell in choices[letter] if cell.value) == values
    assert all(len(rule.prompt or "") <= 255 for rule in plan.data_validations.dataValidation)
    assert sum(area.size["rows"] for rule in lists for area in rule.sqref.ranges) == (8 * 4 + 1) * 3


def test_a_month_stays_as_it_is_written():
    """Cells are text, so that no program makes another date of a month."""
    book = openpyxl.load_workbook(io.BytesIO(write_excel_template(make_template("en", (2026, 2028)))))
    assert {cell.number_format for cell in book.worksheets[0][8][:7]} == {"@"}
