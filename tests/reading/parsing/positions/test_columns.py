"""Tables whose words are known by where they stand: text laid out with blanks, as pdftotext -layout writes it."""

import json

import pytest
from support.paths import TESTS
from support.seed_truth import spaced

from dcat_hk.core.text import width
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Document, Line, Run, Span, read_bytes, read_file
from dcat_hk.reading.parsing import read_plan

HERE = TESTS
#: The plans of the seeds as Word and as a web page, printed to PDF and put through pdftotext -layout.
PATHS = sorted((HERE / "documents" / "layout").glob("*.txt"))
by_file = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
FIELDS = ("section", "number", "part", "category", "title", "description", "date_raw", "frequency_raw")
#: Cells in the middle of their rows: what share of fields comes out right at least.
SHARES = {"000.web-middle": 0.97, "003.web-middle": 0.95}

HEAD = """Transport Department

Annual Open Data Plan for 2025 to 2027

A. Departmental datasets to be released in 2025

"""


def entries_of(text):
    """Return the entries of a plan whose section A is the text, all of whose characters are accounted for."""
    reading = read_plan(read_bytes((HEAD + text).encode(), "plan.txt"), load())
    assert reading.ledger.accounted["leftover"] == 0
    return reading.require().entries


def test_all_files_are_there():
    """There are eleven files."""
    assert len(PATHS) == 11


@by_file
def test_a_plan_laid_out_says_what_its_seed_says(path):
    """Rows and fields are those of the truth, and nothing is left over."""
    truth = json.loads((HERE / "truth" / f"{path.name[:3]}.json").read_text(encoding="utf-8"))["entries"]
    reading = read_plan(read_file(path), load())
    entries = reading.require().entries
    assert reading.ledger.accounted["leftover"] == 0
    assert len(entries) == len(truth)
    pairs = [
        (spaced(stated.get(name, 0)), spaced(getattr(entry, name)), stated["number"], name)
        for entry, stated in zip(entries, truth, strict=True)
        for name in FIELDS
    ]
    wrong = [pair for pair in pairs if pair[0] != pair[1]]
    assert len(wrong) <= (1 - SHARES.get(path.stem, 1)) * len(pairs), wrong[:5]


def test_labels_over_several_lines():
    """Labels may be wrapped, each over lines of its own, and columns may stand in any order."""
    text = """
No.   Category /             Update       Target Release   Remarks
      Dataset Name           Frequency    Date
                                          (mm/yyyy)
1     Transport / Taxi       Monthly      03/2025          Names of stands
      stands                                               and places (CSV)
2     Transport / Tunnels    Quarterly    Q2 2025          Flows (JSON)
"""
    first, second = entries_of(text)
    assert (first.title, first.frequency_raw, first.date) == ("Taxi stands", "Monthly", "2025-03")
    assert first.description == "Names of stands and places (CSV)"
    assert (second.title, second.period, second.formats) == ("Tunnels", ("2025-04", "2025-06"), ("JSON",))


def test_a_row_cut_by_a_page():
    """The rest of a row stands on the next page, under a repeated header, below a page number and a running head."""
    text = (
        "No.   Category     Dataset Name    General Description       Release Date   Update Frequency\n"
        "1     Transport    Taxi stands     Names of stands,          03/2025        Monthly\n"
        "                                   their places\n"
        "\n                                   1\n"
        "\fNo.   Category     Dataset Name    General Description       Release Date   Update Frequency\n"
        "                                   and hours (CSV)\n"
        "2     Transport    Tunnels         Flows (JSON)              04/2025        Daily\n"
        "\n                                   2\n"
    )
    first, second = entries_of(text)
    assert first.description == "Names of stands, their places and hours (CSV)"
    assert (second.number, second.title, second.description) == (2, "Tunnels", "Flows (JSON)")


def test_numbers_in_a_description_are_no_rows():
    """An item of a list stands in another column than row numbers do."""
    text = """
No.   Category     Dataset Name    General Description       Release Date   Update Frequency
1     Transport    Taxi stands     Two lists:                03/2025        Monthly
                                   1. names
                                   2. places
2     Transport    Tunnels         Flows (JSON)              04/2025        Daily
"""
    assert [(entry.number, entry.title) for entry in entries_of(text)] == [(1, "Taxi stands"), (2, "Tunnels")]


def test_cells_in_the_middle_of_their_rows():
    """Where numbers stand in the middle of their rows, lines above a number are of its row."""
    text = """
No.   Category     Dataset Name     General Description        Release Date   Update Frequency
                                    Names of all the stands
1     Transport    Taxi stands      and of all their places,   03/2025        Monthly
                                    with opening hours (CSV)
                   Tunnels and      Flows by hour, by lane
2     Transport    bridges of the   and by direction, with     04/2025        Daily
                   city             speeds (JSON)
"""
    first, second = entries_of(text)
    assert first.description == "Names of all the stands and of all their places, with opening hours (CSV)"
    assert (second.title, second.description) == (
        "Tunnels and bridges of the city",
        "Flows by hour, by lane and by direction, with speeds (JSON)",
    )


def test_a_part_with_a_date_of_its_own():
    """A line with a date and no number is a part of the row above."""
    text = """
No.   Category     Dataset Name    General Description       Release Date   Update Frequency
1     Transport    Taxi stands     Names                     03/2025        Monthly
                                   Places                    05/2025        Yearly
"""
    assert [(entry.number, entry.part, entry.description, entry.date) for entry in entries_of(text)] == [
        (1, 0, "Names", "2025-03"),
        (1, 1, "Places", "2025-05"),
    ]


def test_a_column_that_is_unknown_is_told_of_once():
    """What stands under a label that nobody knows is a note, and one finding says which label it is."""
    text = """
No.   Category     Dataset Name    Colour       General Description       Release Date   Update Frequency
1     Transport    Taxi stands     Red          Names (CSV)               03/2025        Monthly
2     Transport    Tunnels         Green        Places (CSV)              04/2025        Daily
"""
    reading = read_plan(read_bytes((HEAD + text).encode(), "plan.txt"), load())
    assert reading.ledger.accounted["leftover"] == 0
    assert [each.values for each in reading.findings if each.code == "unknown-column"] == [
        {"label": "Colour", "count": "2"}
    ]
    assert not {each.code for each in reading.findings} & {"unassigned-text", "row-does-not-fit"}


def _line(number, *cells, page=1):
    """Return the text and the runs of a line whose ideographs are ten points wide: where cells begin, what they say."""
    text, runs = "", []
    for left, words in cells:
        text += " " if text else ""
        span = Span(number, len(text), len(text) + len(words))
        runs.append(Run(span, float(left), float(left) + 5 * width(words)))
        text += words
    return text, Line(Span(number, 0, len(text)), number == 0, tuple(runs), 15.0 * number, page)


def test_columns_of_ideographs_may_stand_close_together():
    """A gap of one ideograph and a half parts a date from the description before it, though the date is torn."""
    made = [
        _line(number, *cells)
        for number, cells in enumerate(
            (
                [(50, "運輸署")],
                [(50, "2025至2027年的開放數據計劃")],
                [(50, "A. 在2025年發放的部門數據集")],
                [
                    (50, "編號"),
                    (80, "數據種類"),
                    (135, "數據集名稱"),
                    (200, "一般說明"),
                    (325, "目標發放日期"),
                    (400, "更新頻率"),
                ],
                [
                    (50, "1"),
                    (80, "運輸"),
                    (135, "的士站"),
                    (200, "各區的士站名稱及位置等"),
                    (325, "03/2025"),
                    (400, "每年"),
                ],
                [(200, "開放的格式是CSV")],
                [
                    (50, "2"),
                    (80, "運輸"),
                    (135, "行車隧道"),
                    (200, "按小時列出的行車流量及"),
                    (325, "2025年第"),
                    (400, "每年"),
                ],
                [(200, "車速，格式是CSV"), (325, "四季")],
            )
        )
    ]
    document = Document("plan.pdf", "", tuple(text for text, _line in made), tuple(line for _text, line in made))
    entries = read_plan(document, load()).require().entries
    assert [(entry.description, entry.date_raw) for entry in entries] == [
        ("各區的士站名稱及位置等開放的格式是CSV", "03/2025"),
        ("按小時列出的行車流量及車速，格式是CSV", "2025年第四季"),
    ]


def test_the_columns_of_a_table_go_on_below_its_header_on_the_next_page():
    """Two lines do not tell where columns stand: a note below them is none of a description."""
    header = [
        (50, "No."),
        (90, "Category"),
        (150, "Dataset Name"),
        (260, "Description"),
        (400, "Date"),
        (450, "Frequency"),
    ]
    pages = (
        (
            [(50, "Transport Department")],
            [(50, "Annual Open Data Plan for 2025 to 2027")],
            [(50, "A. Departmental datasets to be released in 2025")],
            header,
            [
                (50, "1"),
                (90, "Transport"),
                (150, "Taxi stands"),
                (260, "Names (CSV)"),
                (400, "03/2025"),
                (450, "Monthly"),
            ],
            [
                (50, "2"),
                (90, "Transport"),
                (150, "Tunnels of the"),
                (260, "Places (CSV)"),
                (400, "04/2025"),
                (450, "Daily"),
            ],
        ),
        (header, [(150, "whole city")], [(45, "Note: This table has no datasets of other departments.")]),
    )
    cells = [(page, line) for page, lines in enumerate(pages, 1) for line in lines]
    made = [_line(number, *line, page=page) for number, (page, line) in enumerate(cells)]
    document = Document("plan.pdf", "", tuple(text for text, _line in made), tuple(line for _text, line in made))
    entries = read_plan(document, load()).require().entries
    assert [(entry.title, entry.description) for entry in entries] == [
        ("Taxi stands", "Names (CSV)"),
        ("Tunnels of the whole city", "Places (CSV)"),
    ]


def test_text_without_columns_is_read_as_before():
    """Lines of text in which nothing stands in columns have no runs."""
    document = read_bytes(b"one two\nthree  four\nfive", "plan.txt")
    assert [block.runs for block in document.blocks] == [(), (), ()]


def test_runs_say_page_and_place():
    """In text laid out with blanks each line says on which page it is and where its runs stand."""
    document = read_bytes("編號  名稱  日期\n1     甲    乙\n\f2     丙    丁\n".encode(), "plan.txt")
    assert [(block.page, block.top) for block in document.blocks] == [(1, 0.0), (1, 1.0), (2, 0.0)]
    assert [(run.left, run.right) for run in document.blocks[2].runs] == [(0, 1), (6, 8), (12, 14)]


def test_a_table_without_header_is_left_to_running_text_untouched():
    """Where no header is known, a word for nothing is claimed by the row it stands in and by nothing before."""
    text = """
1   Transport / Taxi stands      03/2025     Monthly
    Names of stands
    N/A
2   Transport / Tunnels          04/2025     Monthly     Flows (JSON)
"""
    first, second = entries_of(text)
    assert (first.title, first.description) == ("Taxi stands", "Names of stands N/A")
    assert (second.title, second.description) == ("Tunnels", "Flows (JSON)")


def test_rows_without_numbers_keep_their_names_apart():
    """Where a table has no column of numbers, each row with a date has a name of its own."""
    entries = entries_of(
        "Type of Data    Name of Dataset        General Description         Release Date    Update Frequency\n"
        "                Number of hot          Days each year with\n"
        "Environment                                                        01/2025         Annually\n"
        "                days                   35 degrees or above\n"
        "Transport       Traffic counts         Vehicles on each road       02/2025         Monthly\n"
        "                Users of               Users of each shelter\n"
        "Health                                                             03/2025         Daily\n"
        "                shelters               in each night\n"
    )
    assert [(entry.category, entry.title, entry.date) for entry in entries] == [
        ("Environment", "Number of hot days", "2025-01"),
        ("Transport", "Traffic counts", "2025-02"),
        ("Health", "Users of shelters", "2025-03"),
    ]


def test_a_month_stands_with_its_year_where_a_name_reaches_up_to_it():
    """A name that leaves one blank before the date does not take the month."""
    entries = entries_of(
        "#   Type of Data / Name of Dataset              Target Release Date     Update Frequency   Remarks\n"
        "1   Education / Students of dance courses Nov 2025                      Annually           By course\n"
        "2   Transport / Rehearsal rooms                 Dec 2025                Weekly             Hours\n"
    )
    assert [(entry.category, entry.title, entry.date) for entry in entries] == [
        ("Education", "Students of dance courses", "2025-11"),
        ("Transport", "Rehearsal rooms", "2025-12"),
    ]


def test_one_label_over_numbers_and_names():
    """Numbers that come in turn at the beginning of lines have a column, whatever label stands over it."""
    entries = entries_of(
        "Name of Dataset            Type of Data     General Description     Release Date     Update Frequency\n"
        "1  Taxi stands             Transport        Positions               01/2025          Annually\n"
        "2  Traffic counts at       Transport        Vehicles                02/2025          Monthly\n"
        "   tunnels\n"
        "3  Air quality             Environment      Readings                03/2025          Daily\n"
    )
    assert [(entry.number, entry.title) for entry in entries] == [
        (1, "Taxi stands"),
        (2, "Traffic counts at tunnels"),
        (3, "Air quality"),
    ]


def test_a_category_directly_above_the_first_header_is_that_of_the_rows():
    """As every later one; a line that ends a row above a header is no part of the header."""
    header = "No.    Name of Dataset          General Description          Release Date     Update Frequency\n"
    entries = entries_of(
        f"Food\n\n{header}"
        "       Test results of food\n"
        "1                               Results of each month        01/2025          Monthly\n"
        "       samples\n"
        "       Inspections of hawker\n"
        "2                               By month and district        02/2025          Monthly\n"
        "       areas\n\n"
        f"Environment\n\n{header}"
        "3      Food waste               Tonnes                       03/2025          Weekly\n"
    )
    assert [(entry.category, entry.title, entry.date) for entry in entries] == [
        ("Food", "Test results of food samples", "2025-01"),
        ("Food", "Inspections of hawker areas", "2025-02"),
        ("Environment", "Food waste", "2025-03"),
    ]


def test_a_narrow_gap_between_ideographs_is_no_blank():
    """What stands close behind an ideograph of the same cell is the rest of its word, though it begins a stretch."""
    lines = ("運輸署", "2025至2027年開放數據計劃", "A. 將於2025年發放的數據集")
    head = tuple(Line(Span(number, 0, len(text)), True) for number, text in enumerate(lines))
    cells = (
        (("編號", 40.0), ("種類", 76.0), ("數據集名稱", 112.0), ("日期", 301.0), ("更新頻率", 365.0)),
        (("1", 40.0), ("運輸", 76.0), ("停車場的車位數", 112.0), ("目", 190.7), ("2025年6月", 301.0), ("每月", 365.0)),
        (("2", 40.0), ("運輸", 76.0), ("隧道", 112.0), ("2025年7月", 301.0), ("每月", 365.0)),
    )
    blocks: list[Line] = list(head)
    texts = list(lines)
    for number, row in enumerate(cells):
        text, runs = "", []
        for words, left in row:
            text += "  " if text else ""
            span = Span(len(texts), len(text), len(text) + len(words))
            runs.append(Run(span, left, left + 5.5 * width(words)))
            text += words
        blocks.append(Line(Span(len(texts), 0, len(text)), number == 0, tuple(runs), 100.0 + 20 * number, 1))
        texts.append(text)
    document = Document("plan.pdf", "", tuple(texts), tuple(blocks))
    assert [entry.title for entry in read_plan(document, load()).require().entries] == ["停車場的車位數目", "隧道"]
