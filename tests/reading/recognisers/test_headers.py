"""What a column holds is known by what it is called."""

import pytest
from support.plan_readings import read
from support.plan_texts import plan_with

from dcat_hk.reading.recognisers.headers import columns_of, columns_of_cell, header_of_row


@pytest.mark.parametrize(
    ("label", "columns"),
    [
        ("更新頻率（例如：每月）", ("frequency",)),
        ("更新频率", ("frequency",)),
        ("Category / Dataset Name", ("category", "title")),
        ("Target Release Date (mm/yyyy)", ("date_target",)),
        ("發放日期*", ("date_released",)),
        ("罪案數字", ()),
    ],
)
def test_a_label_means_its_column(label, columns):
    """Scripts, units, examples and marks of notes make no difference; words of a row are no label."""
    assert columns_of_cell(label) == columns


def test_everyday_words_alone_are_no_header():
    """A row of a number and a category is data; a header names at least one column that nothing else is called."""
    assert header_of_row(["編號", "數據種類"]) is None
    assert header_of_row(["編號", "數據集名稱"]) == [("number",), ("title",)]


def test_a_header_over_two_rows_names_the_columns_below():
    """A label merged over two columns goes with each of the labels under it: the row has an actual date."""
    reading = read(
        plan_with(
            header="編號\t數據種類\t數據集名稱\t一般說明\t發放日期\t\t更新頻率\n\t\t\t\t目標\t實際\t",
            rows="1\t環境\t空氣質素\t各區讀數\t3/2024\t4/2024\t每月",
        )
    )
    (entry,) = reading.require().entries
    assert (entry.date, entry.date_role, entry.frequency) == ("2024-04", "released", "MONTHLY")


#: Labels as departments word them, a few of each kind; no list in the project has any of them as a whole.
_OTHER_WORDINGS = {
    "category": ("Data Theme", "Subject Area", "Dataset Classification", "主題類別", "資料集分類", "數據主題"),
    "title": ("Dataset Title", "Title of Dataset(s)", "資料題目", "Proposed Dataset", "擬開放的數據集"),
    "description": (
        "Brief Summary",
        "Data Content",
        "內容簡介",
        "簡要說明",
        "資料內容",
        "Overview",
        "Description / Remarks",
        "Summary of Contents",
        "Data Resources",
        "數據資源",
    ),
    "date_target": (
        *("Target Release Month", "Expected Publication Date", "Intended Launch Date", "Tentative Date"),
        *("目標發放月份", "預計推出日期", "擬開放日期", "計劃發放時間表", "Release Date (Target)"),
    ),
    "date_released": (
        "Release Month",
        "Date Published",
        "Initial Release Date",
        "發放年月",
        "上線日期",
        "首次上載日期",
    ),
    "frequency": ("Refresh Cycle", "Update Schedule", "Rate of Update", "更新間隔", "資料更新頻率", "更新頻密程度"),
    "format": ("File Type", "Machine-readable Format", "Download Format(s)", "檔案類型", "發放格式"),
    "organisation": ("Data Custodian", "Responsible Department", "資料擁有者", "負責單位", "Provided by"),
}


@pytest.mark.parametrize(
    ("column", "label"), [(name, label) for name, all_ in _OTHER_WORDINGS.items() for label in all_]
)
def test_a_label_is_known_by_the_words_it_is_made_of(column, label):
    """Whoever words a column with the usual words in another order is understood."""
    assert columns_of_cell(label) == (column,)


@pytest.mark.parametrize("label", ["Responsible Unit", "負責組別", "聯絡人", "URL", "Last Updated", "使用條款"])
def test_other_labels_stay_unknown(label):
    """A column that plans have no field for is none of those that they have."""
    assert columns_of_cell(label) == ()


@pytest.mark.parametrize(
    ("header", "columns"),
    [
        ("# Category Dataset Remarks", ("number", "category", "title", "description")),
        (
            "No. Category Dataset Description Update Frequency",
            ("number", "category", "title", "description", "frequency"),
        ),
        ("編號 類別 數據集 說明", ("number", "category", "title", "description")),
        ("No. Name of Dataset Dataset Description", ("number", "title", "description")),
        ("No. Dataset Type Dataset Name", ("number", "category", "title")),
    ],
)
def test_a_header_without_a_label_of_names_has_it_before_another(header, columns):
    """Two labels without a border between them may be one label of another column; a header names datasets."""
    found = columns_of(header.lstrip("# "))
    assert (("number",) if header[0] == "#" else ()) + found == columns


def test_a_unit_may_be_wrapped_behind_its_stroke():
    """A narrow column parts the unit of a label anywhere."""
    assert (
        columns_of("Target Release Date (mm/ yyyy)") == columns_of("Target Release Date (mm/yyyy)") == ("date_target",)
    )
