"""What a section says of its datasets: by the words of its heading, by the label of its dates, by its letter."""

import pytest
from support.plan_readings import codes, read

from dcat_hk.core.errors import exit_code_of

HEADER = "No.\tCategory\tName of Dataset\tDescription\t{label}\tUpdate Frequency"
USUAL = {
    "A": ("A. Datasets to be released in 2024", "Target Release Date"),
    "B": ("B. Datasets to be released in 2025 and 2026", "Target Release Date"),
    "C": ("C. Datasets of other organisations to be released", "Target Release Date"),
    "D": ("D. Datasets already released", "Release Date"),
}
ROWS = {
    "A": "1\tTransport\tVessel arrivals\tVessels (CSV)\t09/2024\tDaily",
    "B": "1\tTransport\tVessel departures\tVessels (CSV)\t09/2025\tDaily",
    "C": "1\tTransport\tFlights\tFlights (CSV)\t03/2025\tDaily",
    "D": "1\tTransport\tPort statistics\tCargo (CSV)\t03/2019\tQuarterly",
}


def plan(**sections):
    """Return a plan with headings and labels of dates as given."""
    lines = ["Marine Department", "Annual Open Data Plan for 2024 to 2026", ""]
    for code, (heading, label) in (USUAL | sections).items():
        lines += [heading, "", HEADER.format(label=label), ROWS[code], ""]
    return "\n".join(lines)


def stages(reading):
    """Return the stage of each row by its section."""
    return {entry.section: entry.stage for entry in reading.plan.entries}


@pytest.mark.parametrize(
    ("heading", "label", "stage", "told"),
    [
        ("C. Datasets already released by other organisations", "Release Date", "released", []),
        ("C. Released datasets of other organisations", "Release Date", "released", []),
        ("C. Datasets already released by public bodies", "Release Date", "released", []),
        ("C. 其他機構已發放的數據集", "發放日期", "released", []),
        ("C. 已發放的其他機構數據集", "發放日期", "released", []),
        ("C. Datasets released by other organisations", "Release Date", "released", ["stage-by-label"]),
        ("C. 其他機構的數據集", "發放日期", "released", ["stage-by-label"]),
        ("C. 其他機構的數據集", "目標發放日期", "planned", []),
        ("C. 其他機構將開放的數據集", "發放日期", "planned", ["header-contradicts-section"]),
        ("A. Datasets to be released in 2024", "Release Date", "planned", ["header-contradicts-section"]),
        ("A. 2024年發放的數據集", "發放日期", "planned", ["header-contradicts-section"]),
        ("A. Datasets already released in 2024", "Release Date", "released", []),
        ("B. 已發放的數據集", "發放日期", "released", []),
        ("D. 已發放的數據集", "目標發放日期", "released", ["header-contradicts-section"]),
        ("D. Datasets to be released later", "Target Release Date", "planned", ["date-outside-plan"]),
    ],
)
def test_words_then_label_then_letter_say_whether_datasets_were_released(heading, label, stage, told):
    """A section keeps its letter, and its stage follows its words, its own date label where these are silent."""
    reading = read(plan(**{heading[0]: (heading, label)}))
    usual = {"A": "planned", "B": "planned", "C": "planned", "D": "released"}
    assert stages(reading) == usual | {heading[0]: stage}
    assert [code for code in codes(reading) if code != "missing-organisation"] == told


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("C. Datasets already released by other organisations", "Target Release Date"),
        ("A. 2024年已發放的數據集", "目標發放日期"),
        ("D. Datasets to be released", "Release Date"),
        ("D. Other datasets", "Target Release Date"),
    ],
)
def test_rows_whose_stage_cannot_be_known_are_kept_out_with_an_error(heading, label):
    """Words that say the opposite of the date label lose the rows of the section, and the command says so."""
    reading = read(plan(**{heading[0]: (heading, label)}))
    assert sorted(stages(reading)) == sorted(set("ABCD") - {heading[0]})
    (finding,) = [finding for finding in reading.findings if finding.code == "unclear-stage"]
    assert (finding.severity, finding.values) == ("error", {"text": heading, "label": label, "count": "1"})
    assert exit_code_of(len(reading.plan.entries), reading.findings) == 4


def test_bodies_below_a_section_of_released_datasets_keep_their_names():
    """The bodies of section C are its bodies, too, where its heading says that their datasets have been released."""
    heading, label = "C. Datasets already released by other organisations\n\n(1) Airport Authority", "Release Date"
    entry = read(plan(C=(heading, label))).plan.entries[2]
    assert (entry.section, entry.stage, entry.organisation) == ("C", "released", "Airport Authority")


def test_the_label_of_dates_counts_in_running_text():
    """A label of several words in text without cells is a label of dates, too."""
    lines = ["Marine Department", "Annual Open Data Plan for 2024 to 2026", "C. 其他機構的數據集"]
    lines += ["No. Category / Name of Dataset Release Date Update Frequency Remarks"]
    lines += ["1. Transport / Flights 03/2021 Daily Flights (CSV)", "2. Transport / Gates 04/2021 Daily Gates (CSV)"]
    reading = read("\n".join(lines))
    assert stages(reading) == {"C": "released"}
    assert "stage-by-label" in codes(reading)


@pytest.mark.parametrize("date", ["Released in 03/2024", "已於2024年3月開放", "03/2024 (Released)"])
def test_a_row_may_say_itself_that_it_was_released(date):
    """Such a row of section A is a released dataset, which nobody may call late; a finding tells it."""
    text = plan().replace("09/2024", date)
    reading = read(text)
    assert stages(reading)["A"] == "released"
    values = {"text": date, "date": "2024-03", "before": date}
    assert [finding.values for finding in reading.findings if finding.code == "stage-by-row"] == [values]


@pytest.mark.parametrize(
    "date",
    [
        "03/2024 (first release)",
        "To be released in 03/2024",
        "2024年3月（未能發放）",
        "2024年3月發放",
        "將於2024年3月發放",
    ],
)
def test_a_row_of_a_planned_dataset_stays_one(date):
    """A word for releasing alone says nothing, and neither does one behind a denial or a promise."""
    reading = read(plan().replace("09/2024", date))
    assert stages(reading)["A"] == "planned"
    assert "stage-by-row" not in codes(reading)
