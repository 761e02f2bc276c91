"""Tests of `dcat_hk.reading.parsing.datedtables`."""

import pytest

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reading.parsing.datedtables import read_code_of_dates

PLANNED = ["No.", "Category", "Dataset", "Target release date", "Update frequency"]
RELEASED = ["No.", "Category", "Dataset", "Release date", "Update frequency"]


def rows(*dates):
    """Return rows with these dates."""
    return [[str(number), "Transport", f"Stands {number}", date, "Monthly"] for number, date in enumerate(dates, 1)]


@pytest.mark.parametrize(
    ("labels", "dates", "code"),
    [
        (PLANNED, ["03/2025", "12/2025"], "A"),
        (PLANNED, ["03/2026", "12/2027"], "B"),
        (PLANNED, ["12/2025", "01/2026"], ""),
        (PLANNED, ["03/2025", "TBC"], ""),
        (PLANNED, ["03/2028"], ""),
        (RELEASED, ["06/2018", "12/2024"], "D"),
        (RELEASED, ["06/2018", "01/2025"], ""),
        ([*PLANNED[:3], "Organisation", *PLANNED[3:]], ["03/2025"], ""),
        (PLANNED, [], ""),
    ],
)
def test_all_dates_must_say_it(labels, dates, code):
    """One that does not, or that is of another section, leaves the table to a person."""
    assert read_code_of_dates(labels, rows(*dates), (2025, 2026, 2027)) == code


FLAT = {
    "en": (["No.", "Category", "Dataset", "Release date", "Update frequency", "Status"], "Released", "Planned"),
    "zh-Hant": (["編號", "數據種類", "數據集名稱", "日期", "更新頻率", "狀態"], "已發放", "計劃中"),
    "zh-Hans": (["编号", "数据种类", "数据集名称", "发放日期", "更新频率", "进度"], "已发放", "计划发放"),
}


def read_flat(labels, *statuses):
    """Return the reading of a plan of one table without a heading, with rows of date and status."""
    head = ["Marine Department", "Open Data Plan for 2026 to 2028"]
    lines = [f"{n},Transport,Berths {n},{date},Monthly,{status}" for n, (date, status) in enumerate(statuses, 1)]
    text = "\n".join([*head, ",".join(labels), *lines, "November 2026"])
    return read_plan(read_bytes(text.encode(), "plan.csv"), load())


@pytest.mark.parametrize("language", FLAT)
def test_a_status_says_the_section_of_each_row(language):
    """Where a plan is one table without a heading, and every status says whether the dataset is planned or released."""
    labels, done, due = FLAT[language]
    reading = read_flat(labels, ("03/2026", done), ("09/2027", due), ("05/2020", done), ("12/2026", due))
    assert [(e.section, e.number, e.date, e.date_role) for e in reading.require().entries] == [
        ("D", 1, "2026-03", "released"),
        ("B", 2, "2027-09", "target"),
        ("D", 3, "2020-05", "released"),
        ("A", 4, "2026-12", "target"),
    ]
    assert {each.code for each in reading.findings}.isdisjoint({"unread-heading", "stage-by-row", "target-by-row"})


def test_a_target_below_a_status_is_no_month_of_a_release():
    """It is told with the target; a row that was put off or given up is told as everywhere."""
    labels = [*FLAT["en"][0][:3], "Target release date", *FLAT["en"][0][4:]]
    rows = [
        ("03/2026", "Released"),
        ("06/2026", "Deferred to 03/2027"),
        ("12/2026", "Cancelled"),
        ("12/2027", "Planned"),
    ]
    reading = read_flat(labels, *rows)
    assert [(e.section, e.number, e.date, e.date_role) for e in reading.require().entries] == [
        ("D", 1, None, "released"),
        ("B", 2, "2027-03", "target"),
        ("B", 4, "2027-12", "target"),
    ]
    told = [each.code for each in reading.findings if each.code.endswith("-row")]
    assert told == ["stage-by-row", "deferred-row", "cancelled-row"]


@pytest.mark.parametrize("status", ["Amber", ""])
def test_one_status_that_says_nothing_leaves_out_its_row(status):
    """The others are published, and the finding is an error that names the cell."""
    reading = read_flat(FLAT["en"][0], ("03/2026", "Released"), ("09/2027", "Planned"), ("12/2027", status))
    assert [(entry.section, entry.date) for entry in reading.require().entries] == [("D", "2026-03"), ("B", "2027-09")]
    [told] = [each for each in reading.findings if each.code == "unread-stage"]
    assert (told.values["text"], told.loses_rows) == (status or "–", True)


def test_many_statuses_that_say_nothing_leave_the_table_to_a_person():
    """No row is published, and the finding names the table."""
    reading = read_flat(FLAT["en"][0], ("03/2026", "Released"), ("09/2027", "Green"), ("12/2027", "Amber"))
    assert not reading.require().entries
    [values] = [each.values for each in reading.findings if each.code == "unread-heading"]
    assert (values["text"], values["count"]) == ("No.", "3")
