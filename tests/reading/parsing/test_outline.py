"""Headings tell which rows belong to which section, year, part and body."""

import pytest
from support.plan_readings import codes, leftovers, read
from support.plan_texts import plan_with

ROW = "1\t環境\t空氣質素\t各區讀數\t{date}\t每月"


def entry_of(section, date="3/2024", subsection=""):
    """Return the one entry of a plan with one section."""
    reading = read(plan_with(section=section, subsection=subsection, rows=ROW.format(date=date)))
    assert leftovers(reading) == []
    (entry,) = reading.require().entries
    return entry, codes(reading)


@pytest.mark.parametrize(
    ("heading", "section", "date"),
    [
        ("A. 在 2024 年發放的局／部門數據集", "A", "3/2024"),
        ("B. 在 2025 年及 2026 年發放的局／部門數據集", "B", "3/2026"),
        ("D. 進度：局／部門及其他機構已經上載至「開放數據平台」網站的數據集", "D", "3/2019"),
        ("A. Departmental datasets to be released in 2024", "A", "3/2024"),
        ("在 2025 年及 2026 年發放的局／部門數據集", "B", "3/2025"),
    ],
)
def test_a_heading_opens_its_section(heading, section, date):
    """The letter and the years of a heading say which section it is; the rows below fit its years."""
    entry, findings = entry_of(heading, date)
    assert entry.section == section
    assert "target-outside-section" not in findings


def test_a_part_of_a_section_says_whether_its_rows_are_spatial():
    """Spatial data, other data, and nothing said are three different things."""
    section = "A. 在 2024 年發放的局／部門數據集"
    subsections = ("i. 空間數據", "ii. 非空間數據", "")
    assert [entry_of(section, subsection=each)[0].spatial for each in subsections] == [True, False, None]


@pytest.mark.parametrize(
    ("headings", "spatial"),
    [
        (["i. 空間數據", "不適用", "ii. 非空間數據", "(1) 醫院管理局", "{}", "(2) 機場管理局", "{}"], [False, False]),
        (["i. 空間數據", "(1) 醫院管理局", "{}", "ii. 非空間數據", "(1) 機場管理局", "{}"], [True, False]),
        (["(1) 醫院管理局", "i. 空間數據", "{}", "(2) 機場管理局", "ii. 非空間數據", "{}"], [True, False]),
        (["(1) 醫院管理局", "i. 空間數據", "{}", "(2) 機場管理局", "{}"], [True, None]),
    ],
)
def test_bodies_stand_above_parts_or_below_them(headings, spatial):
    """Rows of a body named below "spatial data" are spatial; below a body, the part begins anew."""
    table = f"編號\t數據種類\t數據集名稱\t一般說明\t目標發放日期 (月/年)\t更新頻率\n{ROW.format(date='3/2024')}"
    section = "C. 其他機構計劃開放的數據集\n\n" + "\n\n".join(headings).format(table, table)
    reading = read(plan_with(section=section, header="", rows=""))
    entries = [(entry.organisation, entry.spatial) for entry in reading.require().entries]
    assert entries == list(zip(("醫院管理局", "機場管理局"), spatial, strict=True))
    assert leftovers(reading) == []


@pytest.mark.parametrize(
    ("sign", "name"), [("(1) Name of organisation: ", "Kite Authority"), ("1. ", "Hospital Authority")]
)
def test_a_body_stands_above_rows_without_a_header_of_their_own(sign, name):
    """Where only the first table of a text has labels: the rows are that body's, and not the department's."""
    text = (
        "Marine Department\n\nAnnual Open Data Plan for 2025 to 2027\n\nA. Datasets to be released in 2025\n\n"
        "No.   Category     Name of Dataset     Description           Target Release Date   Update Frequency\n"
        "1     Transport    Ferries             By month (CSV)        03/2025               Monthly\n"
        "2     Transport    Piers               By month (CSV)        04/2025               Monthly\n\n"
        f"C. Datasets of other organisations\n\n{sign}{name}\n\n"
        "1     Transport    Flights             By month (CSV)        03/2025               Monthly\n"
        "2     Transport    Runways             By month (CSV)        04/2025               Monthly\n"
    )
    reading = read(text)
    assert [(e.section, e.number, e.title, e.organisation) for e in reading.require().entries] == [
        ("A", 1, "Ferries", None),
        ("A", 2, "Piers", None),
        ("C", 1, "Flights", name),
        ("C", 2, "Runways", name),
    ]


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Foo Harbour Trust", "Foo Harbour Trust"),
        ("1. Star Ferry Company, Limited", "Star Ferry Company, Limited"),
        ("(a) Association of Banks of Kowloon", "Association of Banks of Kowloon"),
        ("Datasets from Kite Limited", "Kite Limited"),
        ("Organisation: Kite", "Kite"),
        ("The University of Kites data", "The University of Kites"),
        ("綠色力量基金會", "綠色力量基金會"),
        ("2、某某有限公司", "某某有限公司"),
        ("由風箏協會提供的數據集", "風箏協會"),
        ("機構：風箏", "風箏"),
    ],
)
@pytest.mark.parametrize("band", [True, False], ids=["band", "line"])
def test_a_body_that_nobody_knows_is_one_by_its_words(band, heading, name):
    """Above the second table of the section on other bodies, or in a row of it; its name is to be added by a person."""
    header = "<tr><th>No.<th>Category<th>Dataset<th>Description<th>Target release date<th>Update frequency"
    rows = "<tr><td>1<td>Transport<td>{}<td>By month (CSV)<td>03/2025<td>Monthly"
    parts = [("Kite Authority", "Piers"), (heading, "Quays")]
    if band:
        tables = "".join(f"<tr><td colspan=6>{one}{rows.format(title)}" for one, title in parts)
        tables = f"<table>{header}{tables}</table>"
    else:
        tables = "".join(f"<p>{one}</p><table>{header}{rows.format(title)}</table>" for one, title in parts)
    reading = read(
        "<p>Marine Department</p><p>Annual Open Data Plan for 2025 to 2027</p>"
        f"<p>C. Datasets of other organisations to be released in 2025</p>{tables}",
        "plan.html",
    )
    assert [(entry.title, entry.organisation) for entry in reading.require().entries] == [
        ("Piers", "Kite Authority"),
        ("Quays", name),
    ]
    assert {"name": name} in [each.values for each in reading.findings if each.code == "unknown-organisation"]


def test_rows_of_other_bodies_that_name_none_are_told():
    """Once for a table: they are published as the department's, which they are not."""
    rows = "".join(f"<tr><td>{n}<td>Transport<td>Quays {n}<td>(CSV)<td>03/2025<td>Monthly" for n in (1, 2))
    reading = read(
        "<p>Marine Department</p><p>Annual Open Data Plan for 2025 to 2027</p>"
        "<p>C. Datasets of other organisations to be released in 2025</p>"
        "<table><tr><th>No.<th>Category<th>Dataset<th>Description<th>Target release date<th>Update frequency"
        f"{rows}</table>",
        "plan.html",
    )
    assert codes(reading) == ["missing-organisation"]
    assert reading.findings[-1].values == {"count": "2"}


def test_rows_under_an_unknown_heading_are_no_entries():
    """Rows under a heading that names no section are left over, and an error says so."""
    reading = read(plan_with(section="我們的數據"))
    assert reading.plan.entries == ()
    assert codes(reading) == ["unread-heading"]
    assert len(leftovers(reading)) == 3


@pytest.mark.parametrize("signature", ["渠務署</p><p>二零二四年十二月", "渠務署<br>2024年12月", "渠務署　2024年12月"])
def test_the_month_below_the_last_table_is_the_plans(signature):
    """A web page that goes on below the signature does not hide it, and it is not read into the last row."""
    cells = ("編號", "數據種類", "數據集名稱", "一般說明", "發放日期", "更新頻率")
    row = ("1", "環境", "防洪工程", "名單 (CSV)", "05/2019", "每年")
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in (cells, row))
    page = (
        "<html><body><h1>渠務署</h1><h2>2025至2027年度開放數據計劃</h2><h3>D. 已發放的數據集</h3>"
        f"<table>{table}</table><p>{signature}</p><p>過往的計劃</p></body></html>"
    )
    reading = read(page, "page.html")
    assert reading.plan.dated == "2024-12"
    assert [(entry.title, entry.frequency_raw) for entry in reading.plan.entries] == [("防洪工程", "每年")]


@pytest.mark.parametrize("lines", ["  非空間數據\nii.", "ii.\n非空間數據", "(ii)\n非空間數據"], ids=repr)
def test_the_sign_of_a_part_may_stand_on_a_line_of_its_own(lines):
    """Another baseline puts the sign of a heading above or below its words; it heads the same part."""
    entry, findings = entry_of("A. 在 2024 年發放的局／部門數據集", subsection=lines)
    assert (entry.spatial, entry.group) == (False, None)
    assert findings == []


def test_the_status_of_rows_counts_below_a_heading_inside_a_table_without_a_section():
    """What is known of a section holds for all its parts: a status column says the stage of spatial data, too."""
    labels = "<tr><th>編號<th>數據集名稱<th>發放日期<th>更新頻率<th>狀況"
    rows = ("<tr><td>1<td>雨量<td>03/2025<td>每月<td>計劃", "<tr><td>1<td>地圖<td>02/2024<td>每年<td>已發放")
    tables = [f"<table>{labels}{row}</table>" for row in rows]
    html = f"<h1>香港天文台</h1><h1>2025至2027年度開放數據計劃</h1>{tables[0]}<h3>(i) 空間數據</h3>{tables[1]}"
    reading = read(html, "plan.html")
    found = [(entry.title, entry.section, entry.stage, entry.spatial) for entry in reading.require().entries]
    assert found == [("雨量", "A", "planned", None), ("地圖", "D", "released", True)]
    assert not {"stage-by-row", "header-contradicts-section"} & set(codes(reading))
