"""Rows of laid-out text end where their cells do, also where cells stand in the middle of their rows."""

from support.pdf_files import lines, plan_in_columns
from support.plan_readings import leftovers, read

HEAD = """Transport Department

Annual Open Data Plan for 2025 to 2027

A. Departmental datasets to be released in 2025

No.   Category     Dataset Name    General Description       Release Date   Update Frequency
"""


def rows(words):
    """Return what the rows of a table say."""
    reading = read(HEAD + words)
    assert leftovers(reading) == []
    return [(entry.number, entry.title, entry.description) for entry in reading.require().entries]


def test_a_row_ends_before_the_next_number():
    """Where numbers stand in first lines, what follows a number is of its row."""
    assert rows(
        "1     Transport    Taxi stands     Names of the stands       03/2025        Monthly\n"
        "                   and ranks       and their places\n"
        "2     Transport    Tunnels         Flows by hour             04/2025        Daily\n"
        "                                   and by lane\n"
    ) == [
        (1, "Taxi stands and ranks", "Names of the stands and their places"),
        (2, "Tunnels", "Flows by hour and by lane"),
    ]


def test_a_line_above_a_number_may_be_of_its_row():
    """Where cells stand in the middle of their rows, a sentence is not cut between two rows."""
    assert rows(
        "                                   Names of the stands,\n"
        "1     Transport    Taxi stands     of the ranks              03/2025        Monthly\n"
        "                                   and their places.\n"
        "                                   Flows by hour,\n"
        "2     Transport    Tunnels         by lane                   04/2025        Daily\n"
        "                                   and by direction.\n"
    ) == [
        (1, "Taxi stands", "Names of the stands, of the ranks and their places."),
        (2, "Tunnels", "Flows by hour, by lane and by direction."),
    ]


def test_formats_in_brackets_end_a_description():
    """Rows of Chinese text laid out by hand end behind formats, though lines end early everywhere."""
    reading = read(
        "運輸署\n2025至2027年度開放數據計劃\n\nA. 將於2025年發放的數據集\n\n"
        "編號 種類   數據集          內容                 發放日期   更新頻率\n"
        "1    運輸   渡輪泊位        渡輪泊位的           2025年3月  每月\n"
        "            使用率          使用率(CSV)\n"
        "2    環境   海港垃圾        收集垃圾的           2025年5月  每季\n"
        "            重量            重量(XLSX)\n"
        "3    衞生   海員體檢中心    中心名單(JSON)       2025年6月  每年\n"
    )
    titles = [entry.title for entry in reading.require().entries]
    assert titles == ["渡輪泊位使用率", "海港垃圾重量", "海員體檢中心"]


def test_cells_at_the_bottom_of_their_rows_belong_to_the_number_below():
    """What stands above a number is of its row where all cells end beside numbers, as in sheets."""
    xs = (40, 70, 150, 260, 420, 480)
    table = (
        (330, ("No.", "Category", "Dataset Name", "Description", "Date", "Frequency")),
        (312, ("", "", "", "Names of the stands", "", "")),
        (300, ("", "", "", "and of their places,", "", "")),
        (288, ("1", "Transport", "Taxi stands", "with hours (CSV).", "03/2025", "Monthly")),
        (276, ("", "", "Tunnels and", "Flows by hour, by lane", "", "")),
        (264, ("2", "Transport", "bridges", "and by direction (JSON).", "04/2025", "Daily")),
        (252, ("", "", "", "Spaces by floor", "", "")),
        (240, ("3", "Transport", "Car parks", "and by hour (XML).", "05/2025", "Daily")),
    )
    entries = read(plan_in_columns(xs, table), "plan.pdf").require().entries
    assert [(entry.title, entry.description) for entry in entries] == [
        ("Taxi stands", "Names of the stands and of their places, with hours (CSV)."),
        ("Tunnels and bridges", "Flows by hour, by lane and by direction (JSON)."),
        ("Car parks", "Spaces by floor and by hour (XML)."),
    ]


def test_a_number_that_a_narrow_column_broke_is_one():
    """The last figure of a number stands on the line below; together they follow the number before."""
    row = "{0}     Transport    Stands {0}        Names of stands           03/2025        Monthly\n"
    start = "".join(map(row.format, range(1, 10)))
    more = (
        "1     Transport    Tunnels and     Flows by hour             04/2025        Daily\n"
        "0                  bridges         and by lane\n"
        "1     Transport    Ferries         Times of sailings         05/2025        Daily\n"
        "1                                  by pier\n"
    )
    assert rows(start + more)[9:] == [
        (10, "Tunnels and bridges", "Flows by hour and by lane"),
        (11, "Ferries", "Times of sailings by pier"),
    ]


def test_rules_across_the_page_end_rows():
    """Where only level rules are drawn, a row is what stands between two of them, wherever its number stands."""
    xs = (40, 70, 150, 260, 420, 480)
    table = (
        (330, ("No.", "Category", "Dataset Name", "Description", "Date", "Frequency")),
        (310, ("", "", "", "Names of the stands", "", "")),
        (298, ("1", "Transport", "Taxi stands", "and ranks", "03/2025", "Monthly")),
        (278, ("", "", "", "Flows by hour and", "", "")),
        (266, ("2", "Transport", "Tunnels", "by lane", "04/2025", "Daily")),
        (246, ("3", "Transport", "Ferries", "Times of sailings", "05/2025", "Daily")),
    )
    rules = lines(*((40, y, 560, y) for y in (343, 324, 292, 260, 240)))
    entries = read(plan_in_columns(xs, table, rules), "plan.pdf").require().entries
    assert [(entry.title, entry.description) for entry in entries] == [
        ("Taxi stands", "Names of the stands and ranks"),
        ("Tunnels", "Flows by hour and by lane"),
        ("Ferries", "Times of sailings"),
    ]


def test_a_gap_wider_than_all_others_ends_a_row():
    """Wherever cells stand in their rows, and though a page cuts one: the number is of the lines between two gaps."""
    xs = (40, 70, 150, 260, 420, 480)
    table = (
        (330, ("No.", "Category", "Dataset Name", "Description", "Date", "Frequency")),
        (310, ("1", "Transport", "Taxi stands", "Names of the stands", "03/2025", "Monthly")),
        (298, ("", "", "and ranks", "", "", "")),
        (278, ("", "", "", "Flows by hour,", "", "")),
        (266, ("2", "Transport", "Tunnels", "by lane", "04/2025", "Daily")),
        (254, ("", "", "", "and by direction.", "", "")),
        (234, ("", "", "Bridges", "", "", "")),
        (222, ("3", "Transport", "and piers", "Places (JSON)", "05/2025", "Daily")),
    )
    reading = read(plan_in_columns(xs, table), "plan.pdf")
    assert [(entry.number, entry.title, entry.description) for entry in reading.require().entries] == [
        (1, "Taxi stands and ranks", "Names of the stands"),
        (2, "Tunnels", "Flows by hour, by lane and by direction."),
        (3, "Bridges and piers", "Places (JSON)"),
    ]
