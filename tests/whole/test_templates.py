"""Titles, headings, column labels and rows as eighty departments may write them, in three languages."""

import pytest
from support.plan_texts import english_plan, plan_with

from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reading.parsing.rows import read_number
from dcat_hk.reading.recognisers.headers import header_of_row


def read(text, name="plan.txt"):
    """Return the reading of a text."""
    return read_plan(read_bytes(text.encode(), name), load())


def codes(reading):
    """Return the codes of findings."""
    return [finding.code for finding in reading.findings]


# ---- titles

TITLES = [
    ("環境保護署\n2019至2021年的開放數據計劃", (2019, 2021)),
    ("環境保護署\n2019 至 2021 年開放數據計劃", (2019, 2021)),
    ("環境保護署\n\n2024-2026年度整合開放數據計劃（包含空間數據計劃）", (2024, 2026)),
    ("環境保護署\n2024-2026年度整合開放數據計劃\n（包含空間數據計劃）", (2024, 2026)),
    ("環境保護署\n2024至2026年度\n整合開放數據計劃", (2024, 2026)),
    ("環境保護署2024-2026年度整合開放數據計劃", (2024, 2026)),
    ("環境保護署 - 2024-2026年度整合開放數據計劃", (2024, 2026)),
    ("環境保護署：2020、2021及2022年開放數據計劃", (2020, 2022)),
    ("環境保護署年度開放數據計劃 (2020-2022)", (2020, 2022)),
    ("2020-2022年度開放數據計劃\n環境保護署", (2020, 2022)),
    ("環境保護署（環保署）\n2020年至2022年年度開放數據計劃", (2020, 2022)),
    ("環境保護署\n開放數據計劃\n2020 - 2022", (2020, 2022)),
    ("環境保護署\n2024/25至2026/27年度開放數據計劃", (2024, 2027)),
    ("2020至2022年環境保護署開放數據計劃\n環境保護署", (2020, 2022)),
    ("主頁 > 公開資料 > 環境保護署年度開放數據計劃\n返回\n環境保護署\n2024-2026年度整合開放數據計劃", (2024, 2026)),
    (
        "跳至主要內容\n主頁\n關於我們\nEnglish\n简体\n環境保護署\n主頁 > 刊物\n2024-2026年度整合開放數據計劃",
        (2024, 2026),
    ),
    ("2018-2020年度開放數據計劃\n2021-2023年度開放數據計劃\n環境保護署\n2024-2026年度整合開放數據計劃", (2024, 2026)),
]
ENGLISH_TITLES = [
    ("Environmental Protection Department\nAnnual Open Data Plan for 2020 to 2022", (2020, 2022)),
    ("Environmental Protection Department\n\nAnnual Open Data Plans for 2020 to 2022", (2020, 2022)),
    ("Environmental Protection\nDepartment\nAnnual Open Data Plan\nfor 2020 to 2022", (2020, 2022)),
    ("Environmental Protection Department's Annual Open Data Plan for 2020 to 2022", (2020, 2022)),
    ("Environmental Protection Department’s Annual Open Data Plan 2020-2022", (2020, 2022)),
    ("Environmental Protection Department – Annual Open Data Plan (2020-2022)", (2020, 2022)),
    ("Annual Open Data Plan of Environmental Protection Department for 2020 to 2022", (2020, 2022)),
    ("Annual Open Data Plan of the Environmental Protection Department (2020 – 2022)", (2020, 2022)),
    ("Annual Open Data Plan for 2020 to 2022\nEnvironmental Protection Department", (2020, 2022)),
    ("Environmental Protection Department\n2020-2022 Annual Open Data Plan", (2020, 2022)),
    ("Environmental Protection Department\nAnnual Open Data Plan 2020/2021 – 2022/2023", (2020, 2023)),
    ("ENVIRONMENTAL PROTECTION DEPARTMENT\nANNUAL OPEN DATA PLAN FOR 2020 TO 2022", (2020, 2022)),
    (
        (
            "Environmental Protection Department\n"
            "Consolidated Annual Open Data Plan (Spatial Data Plan included) for 2024-2026"
        ),
        (2024, 2026),
    ),
    (
        (
            "Environmental Protection Department\nConsolidated Annual Open Data Plan\n"
            "(Spatial Data Plan included)\nfor 2024-2026"
        ),
        (2024, 2026),
    ),
    (
        (
            "Environmental Protection Department\nConsolidated Annual Open Data Plan for 2024-2026\n"
            "(Spatial Data Plan included)"
        ),
        (2024, 2026),
    ),
    (
        (
            "Skip to content\nHome\nContact Us\nEnvironmental Protection Department\nHome > Open Data > Plans\n"
            "Annual Open Data Plan for 2020 to 2022"
        ),
        (2020, 2022),
    ),
]


@pytest.mark.parametrize(("head", "years"), TITLES)
@pytest.mark.parametrize("script", ["Hant", "Hans"])
def test_a_title_gives_bureau_and_years(head, years, script):
    """Bureau and years are found before, after and in the title, with or without what a web page adds."""
    text = plan_with(head=head)
    reading = read(text if script == "Hant" else transform(text, "Hant"))
    plan = reading.require()
    assert load().find_organisation(plan.bureau).notation == "hk-epd", plan.bureau
    assert plan.years == years
    assert plan.plan_title
    assert reading.ledger.leftovers == ()


@pytest.mark.parametrize(("head", "years"), ENGLISH_TITLES)
def test_an_english_title_gives_bureau_and_years(head, years):
    """The same in English."""
    reading = read(english_plan(head=head))
    plan = reading.require()
    assert (plan.bureau.title(), plan.years) == ("Environmental Protection Department", years)
    assert reading.ledger.leftovers == ()


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("環境保護署\n2024-2026年度整合開放數據計劃\n（包含空間數據計劃）",
            "2024-2026年度整合開放數據計劃 （包含空間數據計劃）"),
        ("環境保護署2024-2026年度整合開放數據計劃", "2024-2026年度整合開放數據計劃"),
    ],
)  # fmt: skip
def test_a_title_is_kept_as_printed(head, title):
    """A title over lines is one title; the bureau's name before it is no part of it."""
    assert read(plan_with(head=head)).plan.plan_title.replace(" ", "") == title.replace(" ", "")


def test_an_unknown_bureau_is_taken_as_printed():
    """A name nobody knows is kept if it stands alone above the title, or looks like one among other lines."""
    assert read(plan_with(head="天馬行空署\n2024-2026年度開放數據計劃")).plan.bureau == "天馬行空署"
    clutter = "跳至主要內容\n搜尋\n天馬行空署\n主頁 > 資料\n2024-2026年度開放數據計劃"
    assert read(plan_with(head=clutter)).plan.bureau == "天馬行空署"


def test_a_bureau_named_only_in_the_signature_is_found():
    """Without a name at its head, a plan is that of the body above its date."""
    reading = read(plan_with(head="2024-2026年度開放數據計劃", foot="\n環境保護署\n2023年12月\n"))
    assert (reading.plan.bureau, reading.plan.dated) == ("環境保護署", "2023-12")


@pytest.mark.parametrize(
    ("foot", "dated"),
    [
        ("\n環境保護署\n2023年12月\n", "2023-12"),
        ("\n2023年12月28日\n", "2023-12"),
        ("\n環境保護署\n2023年12月\n返回頁首\n© 2024 環境保護署\n", "2023-12"),
        ("\n環境保護署\n2023年12月\n覆檢日期：2024年1月5日\n返回頁首\n", "2023-12"),
        ("\n返回頁首\n最後修訂日期: 2024年1月5日\n", None),
        ("\n重要告示\n私隱政策\n最後修訂日期: 2024年1月5日\n", None),
        ("\n© 2024 版權所有\n", None),
        ("\n更新日期：2023年12月\n", "2023-12"),
        ("", None),
    ],
)
def test_a_page_date_does_not_date_a_plan(foot, dated):
    """The month under a plan dates it; the date of a web page among its other lines does not."""
    reading = read(plan_with(foot=foot))
    assert (reading.plan.dated, reading.plan.bureau) == (dated, "環境保護署")
    assert [entry.title for entry in reading.plan.entries] == ["空氣質素"]
    assert reading.ledger.leftovers == ()


def test_a_month_below_the_title_dates_a_plan():
    """A plan can be dated at its head."""
    assert read(plan_with(head="環境保護署\n2024-2026年度開放數據計劃\n（2023年12月）")).plan.dated == "2023-12"
    head = "Environmental Protection Department\nAnnual Open Data Plan for 2024 to 2026\n(as at December 2023)"
    assert read(english_plan(head=head)).plan.dated == "2023-12"


# ---- headings

SECTIONS = {
    "A": [
        "A. 在 2024 年發放的局／部門數據集", "A. 在2024年發放的部門數據集", "A 在2024年發放的部門數據集",
        "(A) 在2024年發放的部門數據集", "（A）2024年發放的數據集",
        "甲、 在2024年發放的部門數據集", "一、將於2024年發放的數據集", "A部：在2024年發放的數據集",
        "A部 - 在2024年發放的數據集", "第一部分：2024年內發放的部門數據集",
        "在2024年發放的部門數據集", "A. 計劃於2024年開放的數據集：", "A. 2024年將會發放的數據集",
        "A. 在2024/25年度發放的數據集", "A. 來年發放的數據集", "A. 部門在 2024 年發放的數據集",
        "A. Departmental datasets to be released in 2024",
        "A. Bureau/Departmental datasets planned for release in 2024",
        "(A) Departmental datasets to be released in 2024",
        "Part A: Departmental datasets to be released in 2024", "Section A: Datasets to be released in 2024",
        "PART A - DEPARTMENTAL DATASETS TO BE RELEASED IN 2024", "Departmental datasets to be released in 2024",
        "A. Data sets to be released in 2024:", "A. Bureau/Departmental datasets to be opened up in 2024",
        "a) Datasets to be published in 2024", "A. Datasets to be released in the coming year",
        "A. Departmental datasets to be released in 2024/25", "1. Departmental datasets to be released in 2024",
        "A. Datasets planned to be released in 2024", "A. Datasets scheduled for release in 2024",
    ],
    "B": [
        "B. 在 2025 年及 2026 年發放的局／部門數據集", "B. 在2025及2026年發放的數據集",
        "B. 於2025年和2026年發放的部門數據集", "B. 2025-2026年發放的數據集", "在2025年及2026年發放的部門數據集",
        "在2025年發放的部門數據集", "B. 在2025年發放的部門數據集",
        "乙、在2025至2026年發放的數據集", "B. 未來兩年發放的數據集", "B. 在2025/26及2026/27年度發放的數據集",
        "B. Departmental datasets to be released in 2025 and 2026",
        "(B) Bureau/Departmental datasets to be released in 2025 & 2026",
        "Part B - Datasets planned for release in 2025 to 2026", "B. Datasets to be released in 2025-2026",
        "Departmental datasets to be released in 2025 and 2026",
        "B. Datasets to be released in the following two years",
    ],
    "C": [
        "C. 其他機構計劃開放的數據集", "(C) 其他機構開放的數據集", "丙、其他機構將會開放的數據集",
        "其他機構計劃開放的數據集", "C. 由其他公營機構發放的數據集", "C. 其他機構的數據集",
        "C. Datasets planned to be opened up by other organisations", "C. Other organisations' planned datasets",
        "C. Datasets to be released by other organizations", "Part C: Datasets of other organisations",
        "C. Datasets of other public organisations",
        "Datasets planned to be opened up by other organisations",
    ],
    "D": [
        "D. 進度：局／部門及其他機構已經上載至「開放數據平台」網站的數據集",
        "D. 進度： 部門已上載「資料一線通」網站的數據集", "(D) 已發放的數據集", "丁、已上載「資料一線通」的數據集",
        "D. 進度", "D. 進度報告：已開放的數據集", "已上載至「開放數據平台」的數據集",
        "D. Progress: Bureau/Departmental and other organisations' datasets already uploaded to DATA.GOV.HK",
        "D. Progress: Departmental datasets already released on the Public Sector Information Portal",
        "Part D: Datasets already released", "D. Datasets that have been released",
        "D. Progress", "D. Progress Report", "D. PROGRESS: DATASETS UPLOADED TO DATA.GOV.HK", "D. Released datasets",
        "Datasets already uploaded to data.gov.hk",
    ],
}  # fmt: skip


@pytest.mark.parametrize(("heading", "code"), [(text, code) for code, texts in SECTIONS.items() for text in texts])
def test_a_section_heading_is_known(heading, code):
    """A section is known by what its heading says, whatever its letter, case and years."""
    make = english_plan if heading.isascii() else plan_with
    for text in (make(section=heading), transform(make(section=heading), "Hant")):
        reading = read(text)
        assert [entry.section for entry in reading.require().entries] == [code]
        assert reading.ledger.leftovers == ()


@pytest.mark.parametrize(
    ("heading", "spatial"),
    [
        ("i. 空間數據", True), ("(i) 空間數據", True), ("i) 空間數據集", True), ("1. 空間數據", True),
        ("（一）空間數據", True), ("空間數據", True), ("i. 空間數據：", True),
        ("ii. 非空間數據", False), ("(ii) 非空間數據", False), ("2. 非空間數據集", False), ("非空間數據", False),
        ("A(ii) 非空間數據", False),
        ("i. Spatial data", True), ("(i) Spatial Data", True), ("1. Spatial Dataset(s)", True),
        ("Spatial datasets", True), ("i. SPATIAL DATA", True), ("a) Spatial data:", True),
        ("ii. Non-spatial data", False), ("(ii) Non-Spatial Data", False), ("2. Non-spatial Dataset(s)", False),
        ("Non spatial data sets", False), ("ii. Non-spatial data (continued)", False),
    ],
)  # fmt: skip
def test_a_subsection_is_known(heading, spatial):
    """Spatial and non-spatial rows are told apart by the heading above them."""
    make = english_plan if heading.isascii() else plan_with
    reading = read(make(subsection=heading))
    assert [entry.spatial for entry in reading.plan.entries] == [spatial]
    assert reading.ledger.leftovers == ()


@pytest.mark.parametrize(
    "line",
    ["(1) 醫院管理局", "（1）醫院管理局", "1. 醫院管理局", "1) 醫院管理局", "醫院管理局", "(1) 機構名稱：醫院管理局",
        "（一）醫院管理局", "(1) 醫院管理局（醫管局）", "醫院管理局：", "(1) Hospital Authority",
        "1. Hospital Authority", "(1) Name of organisation: Hospital Authority", "Hospital Authority"],
)  # fmt: skip
def test_another_organisation_is_known(line):
    """A body of section C is known by its number in brackets or by its name."""
    heading = "C. 其他機構計劃開放的數據集"
    reading = read(plan_with(section=f"{heading}\n{line}"))
    (entry,) = reading.plan.entries
    assert load().find_organisation(entry.organisation).notation == "hospital"
    assert reading.ledger.leftovers == ()


def test_organisations_as_rows_of_a_table():
    """A body merged over the columns of section C's table governs the rows below it."""
    rows = "醫院管理局\t\t\t\t\t\n1\t衞生\t甲\t說明\t3/2024\t每月\n"
    rows += "(2) 市區重建局\t\t\t\t\t\n1\t房屋\t乙\t說明\t3/2024\t每年"
    reading = read(plan_with(section="C. 其他機構計劃開放的數據集", rows=rows))
    assert [(e.organisation, e.title, e.group) for e in reading.plan.entries] == [
        ("醫院管理局", "甲", None),
        ("市區重建局", "乙", None),
    ]


def test_a_plan_of_one_table_has_its_headings_in_rows():
    """Title, sections and subsections may be rows of one wide table, as in a spreadsheet."""
    wide = "\t\t\t\t\t"
    header = "編號\t數據種類\t數據集名稱\t一般說明\t目標發放日期\t更新頻率"
    lines = ["環境保護署", "2024-2026年度整合開放數據計劃", "A. 在 2024 年發放的數據集", "i. 空間數據", header]
    lines += [
        "1\t環境\t甲\t說明\t3/2024\t每月",
        "ii. 非空間數據",
        header,
        "1\t環境\t乙\t說明\t4/2024\t每年",
        "2023年12月",
    ]
    reading = read("\n".join(line if "\t" in line else line + wide for line in lines))
    assert (reading.plan.bureau, reading.plan.years, reading.plan.dated) == ("環境保護署", (2024, 2026), "2023-12")
    assert [(e.spatial, e.title) for e in reading.plan.entries] == [(True, "甲"), (False, "乙")]
    assert reading.ledger.leftovers == ()


def test_headings_repeated_on_the_next_page_open_nothing():
    """A heading that is continued goes on with the same table, and its numbers with it."""
    row = "{}\t環境\t{}\t說明\t3/2024\t每月"
    header = "編號\t數據種類\t數據集名稱\t一般說明\t目標發放日期\t更新頻率"
    rows = "\n".join(
        [
            row.format(1, "甲"),
            "",
            "A. 在 2024 年發放的數據集（續）",
            "ii. 非空間數據（續）",
            header,
            row.format(2, "乙"),
        ]
    )
    reading = read(plan_with(section="A. 在 2024 年發放的數據集", subsection="ii. 非空間數據", rows=rows))
    assert [(e.number, e.spatial) for e in reading.plan.entries] == [(1, False), (2, False)]
    assert "skipped-number" not in codes(reading)


# ---- columns

HEADERS = [
    "編號|數據種類|數據集名稱|一般說明|目標發放日期 (月/年)|更新頻率",
    "#|資料類別|資料集名稱|備註|預計發放日期(月/年)|更新頻次",
    "項目|類別|名稱|內容|目標日期|頻率",
    "序號|數據類別|數據集名稱（註1）|數據集說明|計劃發放日期*|更新頻率（例如：每日、每月）",
    "No.|Type of Data|Name of Dataset|General Description|Target Release Date (mm/yyyy)|Update Frequency",
    "#|Data Category|Dataset Name|Description|Target Release Date (month/year)|Frequency of Update",
    "Item|Category|Dataset|Remarks|Target Date (MM/YYYY)|Updating Frequency (e.g. daily, monthly)",
    "S/N|Category of dataset|Title of dataset|Notes|Planned Release Date|Update frequency (Note 2)",
    "Item No.|TYPE OF DATA|DATASET NAME|GENERAL DESCRIPTION|TARGET RELEASE DATE|UPDATE FREQUENCY",
    "No|Data type|Name|Details|Date|Update",
]
NAMES = ["number", "category", "title", "description", "date", "frequency"]
CELLS = dict(zip(NAMES, ["1", "環境", "空氣質素", "各區讀數", "3/2024", "每月"], strict=True))


def told(entry):
    """Return what a row of CELLS becomes."""
    return entry.number, entry.category, entry.title, entry.description, entry.date, entry.frequency


@pytest.mark.parametrize("header", HEADERS)
@pytest.mark.parametrize("order", [[0, 1, 2, 3, 4, 5], [0, 2, 1, 5, 4, 3], [4, 5, 0, 1, 2, 3]])
def test_columns_are_known_in_any_wording_and_order(header, order):
    """A column is known by its label, wherever it stands."""
    labels = header.split("|")
    top = "\t".join(labels[i] for i in order)
    row = "\t".join(CELLS[NAMES[i]] for i in order)
    reading = read(plan_with(header=top, rows=row))
    assert [told(entry) for entry in reading.plan.entries] == [
        (1, "環境", "空氣質素", "各區讀數", "2024-03", "MONTHLY")
    ]
    assert reading.ledger.leftovers == ()


def test_an_unknown_column_is_told_and_kept_as_a_note():
    """Text under a label that plans do not have is a note, with one finding for the column."""
    header = "編號\t數據種類\t數據集名稱\t負責人\t一般說明\t目標發放日期\t更新頻率"
    rows = "1\t環境\t甲\t陳先生\t說明\t3/2024\t每月\n2\t環境\t乙\t李女士\t說明\t3/2024\t每月"
    reading = read(plan_with(header=header, rows=rows))
    (finding,) = [f for f in reading.findings if f.code == "unknown-column"]
    assert dict(finding.values) == {"label": "負責人", "count": "2"}
    assert [(e.title, e.description) for e in reading.plan.entries] == [("甲", "說明"), ("乙", "說明")]
    assert reading.ledger.leftovers == ()


@pytest.mark.parametrize(
    ("section", "actual", "date", "role"),
    [
        ("A. 在 2024 年發放的數據集", "", "2024-03", "target"),
        ("A. 在 2024 年發放的數據集", "5/2024", "2024-05", "released"),
        ("D. 進度：已上載的數據集", "5/2024", "2024-05", "released"),
    ],
)
def test_of_two_date_columns_the_actual_one_counts_where_it_has_a_date(section, actual, date, role):
    """A row of sections A to C with the month in which it came has been released; the other column is a note."""
    header = "編號\t數據種類\t數據集名稱\t一般說明\t目標發放日期\t實際發放日期\t更新頻率"
    reading = read(plan_with(section=section, header=header, rows=f"1\t環境\t甲\t說明\t3/2024\t{actual}\t每月"))
    assert [(entry.date, entry.date_role) for entry in reading.plan.entries] == [(date, role)]
    assert bool({"second-date-column", "stage-by-row"} & set(codes(reading))) is bool(actual)
    assert reading.ledger.leftovers == ()


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("編號\t數據種類\t數據集名稱\t一般說明\t發放日期\t\t更新頻率\n\t\t\t\t目標\t實際\t",
            "1\t環境\t甲\t說明\t3/2024\t\t每月"),
        ("No.\tCategory\tDataset Name\tRemarks\tRelease Date\t\tUpdate Frequency\n\t\t\t\tTarget\tActual\t",
            "1\t環境\t甲\t說明\t3/2024\t\t每月"),
        ("編號\t數據集\t\t\t目標發放日期\t更新頻率\n\t種類\t名稱\t說明\t(月/年)\t", "1\t環境\t甲\t說明\t3/2024\t每月"),
    ],
)  # fmt: skip
def test_a_header_over_two_rows(header, row):
    """A label over two columns goes with each label below it."""
    reading = read(plan_with(header=header, rows=row))
    found = [(e.number, e.category, e.title, e.description, e.date, e.frequency) for e in reading.plan.entries]
    assert found == [(1, "環境", "甲", "說明", "2024-03", "MONTHLY")]
    assert reading.ledger.leftovers == ()


def test_labels_that_are_interchanged_are_told():
    """Dates under "update frequency" and frequencies under "date" are exchanged, with a finding."""
    header = "編號\t數據種類\t數據集名稱\t一般說明\t更新頻率\t目標發放日期"
    reading = read(plan_with(header=header, rows="1\t環境\t甲\t說明\t3/2024\t每月\n2\t環境\t乙\t說明\t4/2024\t每年"))
    assert [(e.date, e.frequency) for e in reading.plan.entries] == [("2024-03", "MONTHLY"), ("2024-04", "ANNUAL")]
    assert "swapped-columns" in codes(reading)


def test_a_column_of_organisations():
    """A column that names the provider gives section C its organisations and other sections their publishers."""
    header = "編號\t機構\t數據種類\t數據集名稱\t一般說明\t目標發放日期\t更新頻率"
    row = "1\t醫院管理局\t衞生\t甲\t說明\t3/2024\t每月"
    (entry,) = read(plan_with(section="C. 其他機構計劃開放的數據集", header=header, rows=row)).plan.entries
    assert (entry.organisation, entry.publisher) == ("醫院管理局", None)
    (entry,) = read(plan_with(header=header, rows=row)).plan.entries
    assert (entry.organisation, entry.publisher) == (None, "醫院管理局")


def test_a_row_of_words_is_no_header():
    """A row is a header only if it names a column that no everyday word could."""
    assert header_of_row(["數據集名稱", "更新頻率", "", ""]) == [("title",), ("frequency",), (), ()]
    assert header_of_row(["No.", "Category", "x", "y"]) is None
    assert header_of_row(["1", "環境", "名稱", "說明文字", "3/2024", "每月"]) is None


# ---- rows


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", 1), ("1.", 1), ("(1)", 1), ("（1）", 1), ("1)", 1), ("1、", 1), ("A1", 1), ("A.1", 1), ("D-12", 12),
    ("1.1", 1), ("2.13", 13), ("①", 1), ("⑫", 12), ("㉑", 21), ("一", 1), ("十", 10), ("十一", 11), ("二十", 20),
    ("二十三", 23), ("三、", 3), ("（四）", 4), ("No. 5", 5), ("第5項", 5), ("1.0", 1), ("12.0", 12), ("１２", 12),
    ("3a", 3)],
)  # fmt: skip
def test_a_number_is_read_however_it_is_written(text, number):
    """A row's number may have a letter, brackets, parts, or be in Chinese."""
    assert read_number(text) == number
    (entry,) = read(plan_with(rows=f"{text}\t環境\t甲\t說明\t3/2024\t每月")).plan.entries
    assert (entry.number, entry.title) == (number, "甲")


@pytest.mark.parametrize("text", ["2019年", "甲", "1/2020", "N/A", "", "十十", "1 2", "Total", "1,234"])
def test_what_is_no_number(text):
    """Other words are no number."""
    assert read_number(text) is None


def test_numbers_may_stand_before_the_name():
    """Without a column for numbers, a number before the name is the row's."""
    header = "數據種類／數據集名稱\t目標發放日期\t更新頻率\t備註"
    reading = read(plan_with(header=header, rows="1. 環境／甲\t3/2024\t每月\t說明\n2. 環境／乙\t3/2024\t每年\t2. 說明"))
    assert [(e.number, e.category, e.title) for e in reading.plan.entries] == [(1, "環境", "甲"), (2, "環境", "乙")]
    assert reading.plan.entries[1].description == "2. 說明"
    assert reading.ledger.leftovers == ()


@pytest.mark.parametrize(
    "note",
    ["註：以上日期只供參考。", "註1：以上日期只供參考。", "備註: 供參考", "Note: Dates are tentative.", "Notes:",
        "Remarks: tentative", "* 供參考", "# Tentative", "[註] 供參考", "*以上日期為暫定。"],
)  # fmt: skip
@pytest.mark.parametrize("tabs", ["", "\t\t\t\t\t"])
def test_notes_under_a_table_are_notes(note, tabs):
    """A note below the rows, alone or merged over the columns, is part of no row."""
    reading = read(plan_with(rows=f"1\t環境\t甲\t說明\t3/2024\t每月\n\n{note}{tabs}"))
    assert [told(entry) for entry in reading.plan.entries] == [(1, "環境", "甲", "說明", "2024-03", "MONTHLY")]
    assert reading.ledger.leftovers == ()


def test_a_note_over_lines_is_one_note():
    """Lines behind a note, and numbered notes, go on with it and not with the last row."""
    rows = "1\t環境\t甲\t說明\t3/2024\t每月\n\n註：以上日期只供參考，\n如有更改，恕不另行通知。\n\n2. 另見網站。"
    reading = read(plan_with(rows=rows))
    assert [told(entry) for entry in reading.plan.entries] == [(1, "環境", "甲", "說明", "2024-03", "MONTHLY")]
    assert reading.ledger.leftovers == ()


def test_a_list_inside_a_remark_is_no_row():
    """A numbered item in a remark stays in the remark."""
    (entry,) = read(plan_with(rows="1\t環境\t甲\t包括：\n1. 讀數\n2. 位置\t3/2024\t每月")).plan.entries
    assert entry.description == "包括：1. 讀數2. 位置"


def test_an_english_plan_reads_like_a_chinese_one():
    """Every part of an English plan is found."""
    reading = read(english_plan())
    plan = reading.require()
    assert (plan.script, plan.dated) == ("Latn", "2023-12")
    assert [(e.category, e.date, e.frequency, e.formats) for e in plan.entries] == [
        ("Environment", "2024-03", "ANNUAL_2", ("CSV",))
    ]
    assert reading.ledger.leftovers == ()
