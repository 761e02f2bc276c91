"""Where sections begin: usual headings, headings with a slip or in other words, tables without a heading."""

import random
import re

import pytest
from support.pdf_files import grid, lines, pdf, plan_in_columns, text
from support.plan_readings import codes, leftovers, read

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

HEADER = "編號\t數據種類\t數據集名稱\t一般說明\t{date}\t更新頻率"
PLANNED, RELEASED = HEADER.format(date="目標發放日期"), HEADER.format(date="發放日期")
ROWS = {
    "A": "1\t環境\t雨水渠\t位置 (CSV)\t03/2024\t每年",
    "B": "1\t環境\t河道水位\t水位 (CSV)\t09/2025\t每日",
    "D": "1\t環境\t防洪工程\t名單 (CSV)\t05/2019\t每年",
}
USUAL = {
    "A": "A. 將於2024年發放的部門數據集",
    "B": "B. 將於2025年及2026年發放的部門數據集",
    "C": "C. 其他機構將開放的數據集",
    "D": "D. 已發放的數據集",
}
TITLES = [("A", "雨水渠", "planned"), ("B", "河道水位", "planned"), ("D", "防洪工程", "released")]


def made(**headings):
    """Return a plan as tabs with some headings replaced; an empty one is left out."""
    lines = ["渠務署", "2024至2026年度開放數據計劃", ""]
    for code, usual in USUAL.items():
        heading = headings.get(code, usual)
        lines += [heading, ""] if heading else []
        lines += ["不適用", ""] if code == "C" else [RELEASED if code == "D" else PLANNED, ROWS[code], ""]
    return "\n".join(lines)


def entries(reading):
    """Return section, title and stage of every row."""
    return [(entry.section, entry.title, entry.stage) for entry in reading.plan.entries]


@pytest.mark.parametrize(
    "headings",
    [
        {"A": "A、2024年內發放"},
        {"A": "A部：2024年"},
        {"A": "第一部分：2024年發放"},
        {"A": "(A) 二零二四年發放之數據集"},
        {"A": "Section A: 2024"},
        {"A": "A) Dataset to be release in 2024"},
        {"A": "A. New datasets"},
        {"A": "明年的數據集"},
        {"A": ""},
        {"B": "B、2025及2026年發放"},
        {"B": "附件B：未來兩年的數據集"},
        {"C": "C. 將於2024年發放的其他機構數據集"},
        {"D": "D、已發放數劇集"},
        {"D": "D. Released"},
        {"D": "平台上的數據集"},
        {"A": "甲、2024年新發放數據集", "B": "乙、2025及2026年新發放數據集", "D": "丁、現有數據集"},
        {"A": "Annex A: New datasets 2024", "B": "Annex B: New datasets 2025-26", "D": "Annex D: Existing datasets"},
        {"A": "I. Datasets to be released in 2024", "D": "IV. Released datasets"},
        {"A": "附件一2024年新發放數據集", "B": "附件二2025及2026年新發放數據集", "D": "附件四現有數據集"},
    ],
    ids=lambda headings: " ".join(headings.values()) or "none",
)
def test_a_heading_in_other_words_opens_its_section(headings):
    """Letters, words, order and date labels tell the section of a table whose heading is not a usual one."""
    reading = read(made(**headings))
    assert entries(reading) == TITLES
    assert "unread-heading" not in codes(reading)


def test_a_section_that_cannot_be_told_is_an_error_and_its_rows_are_kept_out():
    """A table under an unknown heading is never given the section before; one finding says how many rows it has."""
    rows = [RELEASED, ROWS["D"], ROWS["D"].replace("1", "2", 1).replace("防洪", "排水")]
    text = "\n".join(
        ["渠務署", "2024至2026年度開放數據計劃", "", USUAL["A"], "", PLANNED, ROWS["A"], "", "數據甲類", "", *rows]
    )
    reading = read(text)
    assert entries(reading) == TITLES[:1]
    told = [finding for finding in reading.findings if finding.code == "unread-heading"]
    assert [(finding.severity, finding.values["text"], finding.values["count"]) for finding in told] == [
        ("error", "數據甲類", "2")
    ]
    # The heading is like no usual one, so that none is named.
    assert "A or B if they are to be released" in told[0].advice("en")
    assert "unassigned-text" not in codes(reading)


def test_text_that_no_rule_took_is_reported_once_for_a_table():
    """Two stray lines between the rows of a section give one finding with their number."""
    stray = ["", "第一行閒字", "", ROWS["A"].replace("1", "2", 1), "", "第二行閒字", "", ROWS["A"].replace("1", "3", 1)]
    text = made().replace(ROWS["A"], "\n".join([ROWS["A"], *stray]))
    reading = read(text)
    (told,) = [finding for finding in reading.findings if finding.code.startswith("unassigned-text")]
    assert (told.code, told.values["count"], told.values["text"]) == ("unassigned-texts", "2", "第一行閒字")


def slip(text, choice):
    """Return text with one character wrong, missing, too many or exchanged with the next."""
    at, letter = choice.randrange(len(text)), choice.choice("的一是在不人數集發年月ABCDxyze,.:、")
    return choice.choice(
        [
            text[:at] + letter + text[at + 1 :],
            text[:at] + text[at + 1 :],
            text[:at] + letter + text[at:],
            text[:at] + text[at + 1 : at + 2] + text[at : at + 1] + text[at + 2 :],
        ]
    )


@pytest.mark.parametrize("seed", range(60))
def test_one_slip_in_a_heading_loses_no_row(seed):
    """Whatever character of a heading is wrong, every row stays in its section."""
    choice = random.Random(seed)
    code = choice.choice("ABCD")
    heading = slip(USUAL[code], choice)
    assert entries(read(made(**{code: heading}))) == TITLES, heading


@pytest.mark.parametrize("seed", range(40))
def test_one_slip_in_a_label_loses_no_row(seed):
    """A wrong character in one label of a header leaves all rows, in their sections and with their names."""
    choice = random.Random(seed)
    labels = PLANNED.split("\t")
    at = choice.randrange(len(labels))
    labels[at] = slip(labels[at], choice)
    assert entries(read(made().replace(PLANNED, "\t".join(labels), 1))) == TITLES, labels[at]


def page_with(heading):
    """Return a page of a PDF whose section D has a heading of two lines above a ruled table."""
    rows = [
        ("No.", "Category", "Name of Dataset", "Release Date", "Update Frequency"),
        ("1", "Transport", "Buoys", "05/2019", "Yearly"),
    ]
    columns = [40, 80, 160, 300, 420, 560]
    commands = text(40, 380, "Marine Department") + text(40, 360, "Annual Open Data Plan for 2025 to 2027")
    commands += "".join(text(40, 330 - 12 * number, line) for number, line in enumerate(heading))
    commands += lines(*grid(columns, [300, 280, 260]))
    for number, row in enumerate(rows):
        commands += "".join(text(x + 3, 287 - 20 * number, cell) for x, cell in zip(columns, row, strict=False))
    return pdf(commands)


@pytest.mark.parametrize(
    ("heading", "left"),
    [
        (["D. Progress: datasets of the Department and of other organisations already released on", "DATA.GOV.HK"], []),
        (["D. Datasets already released", "on"], ["on"]),
    ],
    ids=["no room", "room"],
)
def test_a_heading_goes_on_in_the_next_line_where_its_next_word_had_no_room(heading, left):
    """A second line that the heading had no room for is its rest; a word that it had room for is left over."""
    reading = read_plan(read_bytes(page_with(heading), "plan.pdf"), load())
    assert [entry.title for entry in reading.require().entries] == ["Buoys"]
    assert leftovers(reading) == left


@pytest.mark.parametrize(
    "headings",
    [
        {"A": "A.\nDatasets to be released in 2024\nA"},
        {"C": "C.\nDatasets planned to be opened up by other\norganisations"},
    ],
    ids=["a name of a sheet below", "words on two lines"],
)
def test_a_letter_on_a_line_of_its_own_belongs_to_the_words_below(headings):
    """The letter says which section the words open, wherever they end."""
    reading = read(made(**headings))
    assert entries(reading) == TITLES
    assert "unread-heading" not in codes(reading)
    assert leftovers(reading) in ([], ["A"])


def test_the_last_lines_of_a_row_are_no_part_of_the_heading_below():
    """A heading in other words begins where it begins, whatever stands directly above it in laid-out text."""
    reading = read(
        "渠務署\n2024至2026年度開放數據計劃\n附件一 2024年內發放的數據集\n\n"
        "編號   數據種類      數據集名稱        一般說明         目標發放日期      更新頻率\n"
        "1    環境        雨水渠          位置 (CSV)     03/2024     每年\n"
        "     環境        防洪工程                                  每半\n"
        "2                           名單 (CSV)     12/2024\n"
        "               統計數字                                  年\n\n"
        "附件二 2025年及2026年發放的數據集\n\n"
        "編號   數據種類      數據集名稱        一般說明         目標發放日期      更新頻率\n"
        "1    環境        河道水位         水位 (CSV)     09/2025     每日\n"
    )
    assert [(entry.section, entry.number) for entry in reading.plan.entries] == [("A", 1), ("A", 2), ("B", 1)]
    assert reading.plan.entries[1].title == "防洪工程統計數字"


_UNLETTERED = {
    "New datasets for 2024": "A",
    "Datasets planned for the coming two years": "B",
    "Released datasets": "D",
}


@pytest.mark.parametrize("runs", [True, False])
def test_a_heading_without_a_letter_above_a_header_in_lines_opens_its_section(runs):
    """In text without cells, too, no rows are lost because their heading has other words."""
    gap = "     " if runs else " "
    lines = ["Drainage Services Department", "Open Data Plan for 2024 to 2026"]
    for number, heading in enumerate(_UNLETTERED):
        label = "Release Date" if number == 2 else "Target Release Date"
        lines += ["", heading, "", gap.join(("No.", "Type of Data", "Name of Dataset", label, "Update Frequency"))]
        lines += [
            gap.join((str(row), "Environment", f"Drains {number}{row}", "03/2024", "Monthly")) for row in (1, 2, 3)
        ]
    entries = read("\n".join(lines)).require().entries
    assert [entry.section for entry in entries] == [code for code in _UNLETTERED.values() for _row in range(3)]


@pytest.mark.parametrize(
    "header",
    [
        "No.|Name of Dataset|Target Release Date|Update Frequency|Remarks",
        "編號|數據集名稱|目標發放日期|更新頻率|備註",
        "No. 編號|Name of Dataset 數據集名稱|Target Release Date 目標發放日期|Update Frequency 更新頻率|Remarks 備註",
        "No. Name of Dataset|Planned Release Date|Update Frequency Remarks",
        "No.|Name of Dataset|Target Release Date|(mm/yyyy)|Update Frequency|Remarks",
        "No.|Name of Dataset|Officer in charge|Target Release Date|Update Frequency|Remarks",
        "No. Name of Dataset Target|Release Date Update Frequency Remarks",
        "No. Name of|Dataset Target|Release Date Update|Frequency Remarks",
    ],
)
def test_labels_on_lines_of_their_own_open_no_section(header):
    """The words "dataset" and "target release date" of a header over lines are no heading above the rest of it."""
    lines = ["Drainage Services Department", "Open Data Plan for 2024 to 2026"]
    for heading, year in (("A. Datasets to be released in 2024", "2024"), ("D. Datasets already released", "2020")):
        planned = header if year == "2024" else re.sub("(?:Target|Planned) Release|目標", "Release", header)
        lines += ["", heading, "", *planned.replace("Release發放", "發放").split("|")]
        for row in (1, 2, 3):
            officer = ["Mr Chan"] if "Officer" in header else []
            lines += [str(row), f"Drains {row}", *officer, f"0{row}/{year}", "Monthly", "By district (CSV)"]
    entries = read("\n".join(lines)).require().entries
    assert [(entry.section, entry.number) for entry in entries] == [(code, row) for code in "AD" for row in (1, 2, 3)]


def test_the_rest_of_a_wrapped_heading_and_a_part_below_are_no_heading():
    """The line in which a heading ends opens no section together with the heading of a part."""
    lines = [
        *("Drainage Services Department", "Open Data Plan for 2024 to 2026"),
        *("C. Datasets planned to be opened up by other organisations", "Nil"),
        "D. Progress: Datasets already uploaded to the portal by the bureau / department and",
        *("other organisations", "i. Spatial data"),
        "No.     Type of Data     Name of Dataset     Release Date     Update Frequency",
        *(f"{row}       Environment      Drains {row}            03/2020          Monthly" for row in (1, 2, 3)),
    ]
    entries = read("\n".join(lines)).require().entries
    assert [(entry.section, entry.spatial, entry.date_role) for entry in entries] == [("D", True, "released")] * 3


@pytest.mark.parametrize("gap", [" ", "     "])
def test_a_row_with_words_of_a_heading_opens_no_section(gap):
    """A number, "already approved" and the total below it are a row and a note, not section D."""
    cells = [
        ("1", "環境", "雨水渠", "位置 (CSV)", "03/2024", "每年"),
        ("4", "財經", "已獲批撥款", "金額 (CSV)", "05/2024", "每年"),
    ]
    labels = PLANNED.split("\t")
    rows = [gap.join(cell.ljust(10) if len(gap) > 1 else cell for cell in row) for row in (labels, *cells)]
    text = [
        "渠務署",
        "2024至2026年度開放數據計劃",
        "",
        USUAL["A"],
        *rows,
        "合共：4個數據集",
        "備註：日期或會更改。",
        "",
    ]
    text += [USUAL["B"], *rows[:2], "合共：1個數據集", "備註：日期或會更改。"]
    reading = read("\n".join(text))
    assert [(entry.section, entry.number, entry.title) for entry in reading.require().entries] == [
        ("A", 1, "雨水渠"),
        ("A", 4, "已獲批撥款"),
        ("B", 1, "雨水渠"),
    ]


def test_a_wrapped_heading_above_a_caption_keeps_its_section():
    """The second line of heading D speaks of other organisations, and is no heading of section C."""
    heading = "D. Progress: Datasets already uploaded to the portal by the bureau / department and"
    html = "<h1>Drainage Services Department</h1><h2>Open Data Plan for 2024 to 2026</h2>"
    html += f"<p>{heading}</p><p>other organisations</p><p>Table 4: List of datasets</p><table><tr>"
    html += "".join(
        f"<th>{label}</th>" for label in ("No.", "Category", "Dataset", "Description", "Release Date", "Frequency")
    )
    cells = ("1", "Environment", "Drains", "Names", "03/2020", "Yearly")
    html += "</tr><tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr></table>"
    reading = read(html, "plan.html")
    assert [(entry.section, entry.stage) for entry in reading.require().entries] == [("D", "released")]


def test_a_date_above_the_first_heading_is_no_part_of_it():
    """A cover that ends with its month stands before the first annex."""
    text = made(A="附件A：2024年計劃開放的部門數據集").replace("計劃\n\n附件A", "計劃\n\n2023年12月\n附件A", 1)
    assert entries(read(text)) == TITLES
    assert read(text).require().dated == "2023-12"


@pytest.mark.parametrize("heading", ["D）歷年已公開之數據", "D.已公開數據", "（丁）過往已公開的數據"])
def test_a_lettered_heading_counts_where_its_header_is_torn(heading):
    """In a dump of text whose label is torn over a line end, rows are not taken for those of the section before."""
    head = ["海事處", "2025至2027年度開放數據計劃", "A. 在 2025 年發放的部門數據集"]
    labels = ["# 數據種類 數據集名稱 備註 目標發放日期", "(月/年)", "更新頻率"]
    planned = ["1 交通 港口統計 貨物吞吐量 (CSV) 03/2025 每季", "2 交通 船隻抵港 抵港船隻 (CSV) 04/2025 每季"]
    torn = ["# 數據種類 數據集名稱 備註 發放日期(月/", "年)", "更新頻率"]
    released = ["1 交通 碼頭名單 碼頭位置 (CSV) 03/2019 每季", "2 交通 航道 航道界線 (JSON) 03/2020 每季"]
    reading = read("\n".join([*head, *labels, *planned, heading, *torn, *released]))
    entries = reading.require().entries
    assert [entry.date_role for entry in entries] == ["target", "target", "released", "released"]
    assert [entry.section for entry in entries] == ["A", "A", "D", "D"]


_LABELS = "編號\t數據集名稱\t類別\t日期\t更新頻率"
_PLAN = [
    "屋宇署",
    "2026至2028年度開放數據計劃",
    "",
    "A部 2026年將發放的數據集",
    "",
    _LABELS,
    "1\t甲統計\t房屋\t3/2026\t每年",
    "",
]


@pytest.mark.parametrize("heading", ["丙部 暫緩公開的數據", "已取消發放的數據集", "Withdrawn datasets"])
@pytest.mark.parametrize("labels", [_LABELS, "編號\t數據集名稱\t原定安排\t原因\t負責人"])
def test_what_was_withdrawn_is_not_published_as_released(heading, labels):
    """Rows under such a heading are kept out, and a finding counts them; they never belong to the section before."""
    lines = [*_PLAN, "D部 已發放的數據集", "", "沒有。", "", heading, "", labels, "1\t乙統計\t房屋\t12/2025\t每年"]
    reading = read("\n".join(lines))
    assert [(entry.section, entry.title) for entry in reading.require().entries] == [("A", "甲統計")]
    assert [finding.values["count"] for finding in reading.findings if finding.code == "withdrawn-section"] == ["1"]
    assert "unread-heading" not in codes(reading)


def test_other_data_below_spatial_data_are_one_section():
    """A part in words of its own loses no row, and its rows are not spatial."""
    row = "{}\t{}\t房屋\t3/2026\t每年"
    parts = ["空間數據", "", _LABELS, row.format(1, "界線"), "", "其他數據", "", _LABELS, row.format(2, "統計")]
    reading = read("\n".join([*_PLAN[:5], *parts]))
    assert [(entry.title, entry.spatial) for entry in reading.require().entries] == [("界線", True), ("統計", False)]
    assert "skipped-number" not in codes(reading)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("2024年", "2025年及2026年", "D. 已發放的數據集"), "ABD"),
        (("Year 2024", "Years 2025 and 2026", "Already released"), "ABD"),
        (("A. 在2024年發放的數據集", "2019年", "D. 已發放的數據集"), "AAD"),
    ],
)
def test_years_alone_are_the_heading_of_a_later_section(headings, expected):
    """Years of the plan that are not its first ones head section B; other years are parts of the section above."""
    table = (
        "<table><tr><th>編號<th>數據種類<th>數據集名稱<th>備註"
        "<th>發放日期<th>更新頻率<tr><td>1<td>氣象<td>雨量{}<td>甲<td>{}<td>每年</table>"
    )
    dates = ("03/2024", "03/2025", "03/2020")
    parts = zip(headings, dates, strict=True)
    body = "".join(f"<h2>{heading}</h2>{table.format(date, date)}" for heading, date in parts)
    html = f"<h1>香港天文台</h1><h1>2024年至2026年開放數據計劃</h1>{body}"
    entries = read(html, "plan.html").require().entries
    assert "".join(entry.section for entry in entries) == expected


@pytest.mark.parametrize("heading", ["Data opened so far", "Data released to date", "歷年發放的數據"])
@pytest.mark.parametrize("none", ["None at present", "Nil.", "目前沒有"])
def test_a_heading_below_an_empty_section_is_not_the_rest_of_its_heading(heading, none):
    """A word for "nothing" ends a section's heading: what stands below it opens another section."""
    row = "Item\tDataset\tCategory\tSince\tUpdate"
    lines = [
        "Rating and Valuation Department",
        "Open Data Plan 2026-2028",
        "",
        "Data to be opened in 2026",
        "",
        none,
        "",
    ]
    lines += [heading, "", row, "1\tRental indices\tHousing\tJune 2019\tMonthly"]
    entries = read("\n".join(lines)).require().entries
    assert [(entry.section, entry.date_role, entry.date) for entry in entries] == [("D", "released", "2019-06")]


def test_columns_keep_their_names_in_sections_without_a_header_of_their_own():
    """A column that nobody knows is told by its name there, too; no cell is said to be one too many."""
    labels = "編號\t數據集名稱\t類別\t日期\t更新頻率\t層級"
    rows = [
        labels,
        "1\t甲統計\t房屋\t3/2026\t每年\t甲級",
        "",
        "D. 已發放的數據集",
        "",
        "1\t乙統計\t房屋\t3/2025\t每年\t乙級",
    ]
    reading = read("\n".join([*_PLAN[:5], *rows]))
    assert [entry.title for entry in reading.require().entries] == ["甲統計", "乙統計"]
    assert [each.values["label"] for each in reading.findings if each.code == "unknown-column"] == ["層級", "層級"]
    assert "row-does-not-fit" not in codes(reading)


_ONE_TABLE = (
    "<table><tr><th>編號<th>數據種類<th>數據集名稱<th>說明<th>日期<th>更新頻率"
    "<tr><td>1<td>氣象<td>{title}<td>甲<td>{date}<td>每年</table>"
)


def sections_of(years, *headings):
    """Return the code of each row of a plan with a table below each heading, a dash for one kept out as an error."""
    titles = ("雨量", "潮汐", "風速", "濕度", "閃電")[: len(headings)]
    tables = [
        f"<h2>{heading}</h2>{_ONE_TABLE.format(title=title, date='2020年3月')}"
        for heading, title in zip(headings, titles, strict=True)
    ]
    reading = read(f"<h1>香港天文台</h1><h1>{years}年度開放數據計劃</h1>{''.join(tables)}", "plan.html")
    found = {entry.title: entry.section for entry in reading.require().entries}
    lost = [code for code in codes(reading) if code in {"unread-heading", "withdrawn-section"}]
    assert len(lost) == len(titles) - len(found)
    return "".join(found.get(title, "-") for title in titles)


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (("一、今年新增", "二、去年新增", "三、刪除"), "AD-"),
        (("壹 上年度落實情況", "貳 本年度計劃", "叁 取消"), "DA-"),
        (("一、今年計劃開放", "二、去年完成開放", "三、撤銷或延後"), "AD-"),
        (("（一）擬於今年發放", "（二）去年發放", "（三）已取消"), "AD-"),
        (("1. Progress of last year", "2. This year", "3. Later years", "4. No longer to be released"), "DAB-"),
        (
            (
                "壹、本年度擬開放之數據集",
                "貳、翌年擬開放之數據集",
                "參、上年度業已推出之數據集",
                "肆、取消或押後推出之數據集",
            ),
            "ABD-",
        ),
        (("Datasets we will make public this year", "Made public last year", "Withdrawn", "Postponed"), "AD--"),
        (("PLANNED DATASETS", "RELEASED LAST YEAR", "CANCELLED"), "AD-"),
        (("A. 在2025年發放的數據集", "原定去年發放而延期的數據集", "去年已發放的數據集"), "A-D"),
        (("今年計劃發放的數據集", "去年已如期發放的數據集", "去年未能如期發放的數據集", "停止更新的數據集"), "AD--"),
        (("A. 在2025年發放的數據集", "Spare ones", "D. 已發放的數據集"), "A-D"),
        (("A. 在2025年發放的數據集", "預報科", "D. 已發放的數據集"), "AAD"),
        (("A. 在2025年發放的數據集", "二、運輸", "D. 已發放的數據集"), "AAD"),
    ],
)
def test_a_number_or_a_table_before_it_says_of_no_section(headings, expected):
    """Numbers count headings; the words say the section. A heading nobody understands takes over nothing."""
    assert sections_of("2025至2027", *headings) == expected


@pytest.mark.parametrize(
    ("years", "headings", "expected"),
    [
        ("2026", ("Part 1 – Datasets to be opened in 2026", "Part 2 – Datasets opened by the end of 2025"), "AD"),
        ("2026", ("Datasets planned for 2026", "Datasets released in 2025"), "AD"),
        ("2026", ("將於二〇二六年開放的數據集", "已於二〇二五年開放的數據集"), "AD"),
        ("2025/26", ("Released in 2024/25", "To be released in 2025/26", "Deferred to 2026/27"), "DAB"),
        ("2025/26", ("2025/26年度發放的數據集", "2024/25年度發放的數據集"), "AD"),
        ("2025至2026", ("2025年發放的數據集", "2026年發放的數據集", "2024年發放的數據集"), "ABD"),
    ],
)
def test_the_only_year_of_a_plan_is_its_first(years, headings, expected):
    """A plan for one year, or for 2025/26, has section A and no B in that year; the year before has come to pass."""
    assert sections_of(years, *headings) == expected


_LATE = (
    "<h2>D. 已發放的數據集</h2>"
    "<table><tr><th>編號<th>數據集名稱<th>發放日期<th>更新頻率<tr><td>1<td>雨量<td>02/2024<td>每年</table><h2>{heading}</h2>"
    "<table><tr><th>編號<th>數據集名稱<th>原定發放日期<th>修訂發放日期<th>更新頻率"
    "<tr><td>1<td>潮汐<td>09/2024<td>{date}<td>每年</table>"
)


@pytest.mark.parametrize(
    ("heading", "date", "expected"),
    [
        ("(ii) 尚未發放", "04/2025", "A"),
        ("E. 2024年計劃中延期發放的數據集", "04/2025", "A"),
        ("上年度計劃未能如期發放的數據集", "04/2026", "A"),
        ("延誤的數據集", "04/2025", "A"),
        ("Progress of outstanding datasets", "04/2025", "A"),
        ("Datasets in the previous plan not yet released", "04/2025", "A"),
        ("E. 往年計劃的進度", "04/2025", ""),
        ("已撤回的數據集", "04/2025", ""),
        ("公眾要求但未能發放的數據集", "04/2025", ""),
    ],
)
def test_what_is_late_is_planned_where_its_table_says_when_it_comes(heading, date, expected):
    """Wherever it stands: left out, it would be called given up; the section before it is not its own."""
    title = "<h1>香港天文台</h1><h1>2025至2027年度開放數據計劃</h1>"
    reading = read(title + _LATE.format(heading=heading, date=date), "plan.html")
    rows = {entry.title: (entry.section, entry.date_role, entry.date) for entry in reading.require().entries}
    assert rows.get("潮汐") == ((expected, "target", f"{date[3:]}-{date[:2]}") if expected else None)
    assert rows["雨量"] == ("D", "released", "2024-02")


@pytest.mark.parametrize(
    "heading",
    [
        "C. Response to public requests for open data",
        "Datasets requested by the public which cannot be released",
        "D. Follow-up on requests received in 2025",
        "Public suggestions and the Department's replies",
        "C. 公眾對開放數據的要求及部門的回應",
        "C. 回應公眾要求",
        "市民建議開放的數據集",
        "未能開放的數據集",
        "C. Datasets not suitable to be opened up",
    ],
)
def test_what_the_public_asks_for_is_no_dataset_of_the_plan(heading):
    """A table of requests is told once, whatever its labels; no row of it is published, as released least of all."""
    table = "<table><tr><th>編號<th>要求<th>回應<tr><td>1<td>河水水質<td>研究中<tr><td>2<td>樹木<td>未能提供</table>"
    title = "<h1>香港天文台</h1><h1>2025至2027年度開放數據計劃</h1><h2>A. 在2025年發放的數據集</h2>"
    reading = read(f"{title}{_ONE_TABLE.format(title='雨量', date='2025年3月')}<h2>{heading}</h2>{table}", "plan.html")
    assert entries(reading) == [("A", "雨量", "planned")]
    told = {"requests-section", "withdrawn-section", "unread-heading"} & set(codes(reading))
    assert len(told) == 1
    assert "unassigned-texts" not in codes(reading)


@pytest.mark.parametrize(
    ("none", "sentence"),
    [
        ("本年度暫無新數據集。", "以下數據集已在「資料一線通」發放："),
        ("今年没有新数据集。", "下列数据集由2015年起陆续开放："),
        ("不適用", "詳情如下。"),
    ],
)
def test_a_sentence_between_a_heading_and_its_table_hides_no_heading(none, sentence):
    """What has been released is not published as planned because its table has an introduction."""
    table = _ONE_TABLE.format(title="雨量", date="2019年3月")
    html = f"<h1>香港天文台</h1><h1>2026年開放數據計劃</h1><h2>計劃發放的數據集</h2><p>{none}</p>"
    reading = read(f"{html}<h2>已發放的數據集</h2><p>{sentence}</p>{table}", "plan.html")
    assert entries(reading) == [("D", "雨量", "released")]


@pytest.mark.parametrize(
    ("years", "labels", "dates", "sections"),
    [
        ("2025", ("目標發放日期", "發放日期"), ("06/2025", "06/2018"), ["A", "D"]),
        ("2025-2027", ("目標發放日期", "發放日期"), ("06/2025", "06/2018"), ["A", "D"]),
        ("2025-2027", ("目標發放日期", "目標發放日期"), ("06/2025", "06/2026"), ["A", "B"]),
        ("2025-2027", ("目標發放日期", "發放日期"), ("06/2024", "06/2025"), []),
    ],
)
def test_a_table_without_a_heading_is_told_by_its_dates(years, labels, dates, sections):
    """The label of the dates and all of them say the section; what they do not say is an error."""
    text = f"運輸署\n{years}年度開放數據計劃\n"
    for label, date in zip(labels, dates, strict=True):
        text += f"編號,數據種類,數據集名稱,一般說明,{label},更新頻率\n1,運輸,的士,按類,{date},每月\n,,,,,\n"
    reading = read(text, "plan.csv")
    assert [entry.section for entry in reading.require().entries] == sections
    assert ("unread-heading" in codes(reading)) is not bool(sections)


_BARE_HEADINGS = {
    ("Coming in 2025", "Coming in 2026 and 2027", "Already out"): "ABD",
    ("Releases in 2025", "Releases in 2026 and 2027", "Before 2025"): "ABD",
    ("2025年開放", "2026至2027年開放", "2024年以前開放"): "ABD",
    ("2025", "2026 and 2027", "Published so far"): "ABD",
}


@pytest.mark.parametrize("drawn", [True, False], ids=["a page", "laid-out text"])
@pytest.mark.parametrize("headings", _BARE_HEADINGS, ids=lambda headings: headings[0])
def test_years_alone_above_a_header_that_begins_again_open_a_section(headings, drawn):
    """Few words at the margin, directly above a header in lines, are no group of the section before."""
    labels = ("No.", "Category", "Dataset", "Release date", "Frequency")
    if drawn and not headings[0].isascii():
        pytest.skip("the small files of this test have no ideographs")
    rows: list[tuple[str, ...]] = []
    for number, heading in enumerate(headings):
        rows += [(heading, "", "", "", ""), labels]
        rows += [
            (str(row), "Transport", f"Taxi stands {number}{row}", f"0{row}/202{5 + number % 2}", "Monthly")
            for row in (1, 2)
        ]
    if drawn:
        table = [(340 - 14 * line, row) for line, row in enumerate(rows)]
        content = plan_in_columns((40, 80, 160, 330, 420), table)
        content = content.replace(b"A. Departmental datasets to be released in 2025", b" " * 47)
    else:
        lines = ["".join(f"{cell:{size}}" for cell, size in zip(row, (6, 14, 22, 18, 9), strict=True)) for row in rows]
        lines = [heading if (heading := row[0]) in headings else line for row, line in zip(rows, lines, strict=True)]
        content = "\n".join(["Transport Department", "Annual Open Data Plan 2025-2027", "", *lines])
    entries = read(content, "plan.pdf" if drawn else "plan.txt").require().entries
    sections = "".join(dict.fromkeys(entry.section for entry in entries))
    assert (sections, len(entries), {entry.group for entry in entries}) == (_BARE_HEADINGS[headings], 6, {None})


def test_a_header_again_below_a_group_or_the_rest_of_a_cell_opens_no_section():
    """A category or a word for others above a header that begins again heads rows of the section it stands in."""
    header = "No.   Category      Dataset               Release Date      Frequency\n"
    text = (
        "Transport Department\nAnnual Open Data Plan 2025-2027\n\nA. Departmental datasets to be released in 2025\n\n"
    )
    text += header + "1     Transport     Taxi stands           03/2025           Monthly\n"
    text += "Others\n" + header + "2     Transport     Tunnels of 2024       03/2025           Monthly\n"
    text += (
        "                    and bridges\n"
        + header
        + "3     Transport     Ferries               04/2025           Monthly\n"
    )
    reading = read(text)
    assert [(entry.section, entry.number) for entry in reading.require().entries] == [("A", 1), ("A", 2), ("A", 3)]
    assert "unread-heading" not in codes(reading)


def test_the_title_of_a_plan_stands_above_its_first_header_in_lines():
    """Words for a plan and a year in a row below are no title, where no heading is a usual one."""
    text = "Transport Department\nAnnual Open Data Plan 2026-2028\n\nComing in 2026\n\n"
    text += "No.   Category      Dataset                        Target date     Frequency\n"
    text += "1     Transport     Taxi stands                    03/2026         Monthly\n"
    text += "2     Transport     Open Data Plan 2019 of bridges 04/2026         Monthly\n"
    text += "\nOpen Data Plan 2022\n"
    reading = read(text)
    assert reading.require().years == (2026, 2028)
    assert [entry.section for entry in reading.require().entries] == ["A", "A"]


def test_rows_gone_by_below_words_that_nobody_understands_are_not_planned():
    """Months before the plan in a table of their own are none of the planned section above; it is told."""
    header = "| Dataset | Date | Update frequency |\n|---|---|---|\n"
    text = "# Drainage Services Department\n\n# Open Data Plan 2025\n\n## Datasets to be released in 2025\n\n" + header
    text += "| Sludge volume | 09/2025 | Yearly |\n\n## Live\n\n" + header + "| Manholes | March 2021 | Yearly |\n"
    reading = read(text, "plan.md")
    assert [entry.title for entry in reading.require().entries] == ["Sludge volume"]
    assert [f.values["text"] for f in reading.findings if f.code == "unread-heading"] == ["Live"]


@pytest.mark.parametrize(("empty", "below"), [("C. 其他機構：沒有", "D. 已經發放"), ("C 其他機構：沒有", "D 已經發放")])
def test_a_letter_of_its_own_begins_a_heading_below_an_empty_section(empty, below):
    """Two headings one below the other are two, however short the second one is."""
    title = "<h1>香港天文台</h1><h1>2025至2027年度開放數據計劃</h1><h2>A. 在2025年發放的數據集</h2>"
    planned, released = (
        _ONE_TABLE.format(title="雨量", date="2025年3月"),
        _ONE_TABLE.format(title="潮汐", date="2024年3月"),
    )
    reading = read(f"{title}{planned}<h2>{empty}</h2><h2>{below}</h2>{released}", "plan.html")
    assert entries(reading) == [("A", "雨量", "planned"), ("D", "潮汐", "released")]
