"""Heads, feet and numbers of pages belong to no row."""

import pytest
from support.plan_readings import leftovers, read

from dcat_hk.reading.documents import Document, Line, Run, Span
from dcat_hk.reading.parsing.pages import find_running

COLUMNS = "No.   Category     Dataset Name    General Description       Release Date   Update Frequency\n"


def plan(*pages):
    """Return a plan whose table goes over pages."""
    head = "Transport Department\n\nAnnual Open Data Plan for 2025 to 2027\n\n"
    return head + "A. Departmental datasets to be released in 2025\n\n" + COLUMNS + "\f".join(pages)


def row(number, title):
    """Return a row of the table."""
    return f"{number}     Transport    {title:<16}Names                     03/2025        Monthly\n"


def test_a_running_head_and_page_numbers_are_furniture():
    """A line at the top of several pages and the number at their foot are no part of the rows around them."""
    pages = [row(n, f"Stands {n}") + f"\n{' ' * 40}Page {n}\n" for n in (1, 2, 3)]
    pages[1:] = ["Transport Department plan\n\n" + COLUMNS + page for page in pages[1:]]
    reading = read(plan(*pages))
    assert [(entry.title, entry.description) for entry in reading.require().entries] == [
        (f"Stands {n}", "Names") for n in (1, 2, 3)
    ]
    assert leftovers(reading) == []
    assert reading.ledger.accounted["furniture"] >= len("Page1") * 3


def test_a_line_on_one_page_is_text():
    """What stands at the top of one page only goes on the row above it."""
    last = row(2, "Tunnels") + " " * 35 + "and hours\n"
    (first, second) = read(plan(row(1, "Stands"), last)).require().entries
    assert (first.description, second.description) == ("Names", "Names and hours")


def test_a_cell_can_end_in_the_number_of_its_page():
    """A number inside of a page is text of its cell, though it is that of the page."""
    pages = [
        row(n, "Stands of area") + f"{' ' * 19}{n}\n" + row(n + 4, "Tunnels") + f"\n{' ' * 40}{n}\n" for n in (1, 2)
    ]
    reading = read(plan(*pages))
    titles = [(entry.number, entry.title) for entry in reading.require().entries]
    assert titles == [(1, "Stands of area 1"), (5, "Tunnels"), (2, "Stands of area 2"), (6, "Tunnels")]
    assert reading.ledger.accounted["furniture"] == 2


def test_page_numbers_in_text_without_pages_are_known_by_the_running_head_behind_them():
    """Numbers that count from one on, each before one of the text's first lines, are no rows; nor is the last one."""
    head = "Transport Department\nTransport Department\nAnnual Open Data Plan for 2025 to 2027\n"
    rows = [f"{n} Transport\nStands {n}\nNames\n0{n}/2025 Monthly\n" for n in (1, 2, 3)]
    turns = [f"{n}\nTransport Department\n{COLUMNS}" for n in (1, 2)]
    text = head + "A. Departmental datasets to be released in 2025\n" + COLUMNS
    reading = read(text + rows[0] + turns[0] + rows[1] + turns[1] + rows[2] + "December 2024\n3\n")
    assert [entry.number for entry in reading.require().entries] == [1, 2, 3]
    assert reading.require().dated == "2024-12"
    assert leftovers(reading) == []


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("11/30/26, 9:05 AM Plans", "https://www.example.org/plans/open-data {page}/3"),
        ("11/30/26, 9:05 AM Plans", "\ufb01le:///home/plan.html {page}/3"),
        ("2026/11/30 下午10:24 開放數據", "https://www.example.org/plans {page}/3"),
        ("30/11/2026, 22:24 Plans", "file:///home/plan.html {page}/3"),
        ("Transport Department", "{page} of 3 30/11/2026, 22:24"),
    ],
    ids=["english", "ligature", "chinese", "file", "number-first"],
)
@pytest.mark.parametrize("gap", [" ", " " * 60], ids=["raw", "layout"])
def test_what_browsers_print_around_pages_is_furniture(head, foot, gap):
    """Time, title, address and number of a page are no part of rows, nor of the date under the plan."""
    is_laid_out = len(gap) > 1
    columns = COLUMNS if is_laid_out else " ".join(COLUMNS.split()) + "\n"
    titles = ["Stands", "Berths", "Tunnels"]
    pages = []
    for page, title in enumerate(titles, 1):
        above, below = (gap.join(text.rsplit(" ", 1)) for text in (head, foot.format(page=page)))
        own = row(page, title) if is_laid_out else f"{page} Transport\n{title}\nNames\n03/2025 Monthly\n"
        own = own + "\n\nDecember 2024\n" if page == len(titles) else own
        pages.append(f"{above}\n{columns}{own}\n{below}\n" if page > 1 else f"{own}\n{below}\n")
    reading = read(plan("").removesuffix(COLUMNS) + columns + ("\f" if is_laid_out else "").join(pages))
    assert [(entry.number, entry.title, entry.description) for entry in reading.require().entries] == [
        (page, title, "Names") for page, title in enumerate(titles, 1)
    ]
    assert reading.require().dated == "2024-12"
    assert leftovers(reading) == []


def test_a_date_and_a_time_in_a_row_are_text():
    """Without addresses and numbers of pages below them, such words belong to their cells."""
    reading = read(plan(row(1, "Stands") + " " * 35 + "30/6/2023, 12:00 noon\n"))
    assert [entry.description for entry in reading.require().entries] == ["Names 30/6/2023, 12:00 noon"]


@pytest.mark.parametrize(
    "line", ["1" * 9_000, "Page " + "1" * 9_000, "1" * 9_000 + ".", "－" + "１" * 9_000 + "－", "٣" * 9_000]
)
@pytest.mark.parametrize("place", [0, 3, -1])
def test_a_number_of_thousands_of_figures_is_text(line, place):
    """It counts no pages, is the number of no row, and is no reason to read nothing."""
    lines = ["香港天文台", "2024-2026年度整合開放數據計劃", "D. 進度", "1. 氣象 雨量 02/2020 每日 讀數 (CSV)", "2"]
    lines[place:place] = [line, "香港天文台", line]
    assert read("\n".join(lines)).ledger.characters > 9_000


def test_feet_that_count_pages_are_furniture_in_a_text_without_pages():
    """The same words before 1 / 3, 2 / 3 and 3 / 3, and the head that follows each, belong to no row."""
    rows = [f"{number} 其他／第{number}類個案 0{number}/2025 每年 個案數目" for number in range(1, 4)]
    turns = [f"版本 1.0 {page} / 3" for page in range(1, 4)]
    body = "\n".join(
        f"{row}\n{turn}" + ("\n法律援助署 開放數據" if page < 2 else "")
        for page, (row, turn) in enumerate(zip(rows, turns, strict=True))
    )
    reading = read(
        "法律援助署\n2025至2027年度開放數據計劃\nA. 在2025年發放的部門數據集\n"
        f"# 數據種類／數據集名稱 目標發放日期 更新頻率 備註\n{body}\n"
    )
    assert [entry.description for entry in reading.require().entries] == ["個案數目"] * 3
    assert leftovers(reading) == []


def running_at_the_top(*texts, apart):
    """Return which of the first lines of pages are furniture, where a gap parts them from what stands below or not."""
    lines, blocks = list[str](), list[Line]()
    for page, text in enumerate(texts, 1):
        for place, words in enumerate((text, f"rest of page {'abcdef'[page]}")):
            span = Span(len(lines), 0, len(words))
            runs = (Run(span, 90.0, 90.0 + 5.5 * len(words)),)
            blocks.append(Line(span, apart or not place, runs, 40.0 + 6.5 * place, page))
            lines.append(words)
    found = find_running(Document("plan.pdf", "", tuple(lines), tuple(blocks)))
    return [lines[span.line] for span in sorted(found)]


@pytest.mark.parametrize(
    "texts",
    [
        ("Figures of survey 1 by", "Figures of survey 14 by", "Figures of survey 29 by"),
        ("and with the date of", "and with the date of", "and with the date of"),
    ],
)
def test_the_first_lines_of_cells_are_no_running_heads(texts):
    """Cells in the middle of their rows begin half a line above the others; a head has a gap below it."""
    assert running_at_the_top(*texts, apart=False) == []
    assert running_at_the_top(*texts, apart=True) == list(texts[1:])


def test_a_head_that_counts_the_pages_needs_no_gap():
    """It is the number of its page, or as much more on each."""
    assert running_at_the_top("Plan, page 4", "Plan, page 5", "Plan, page 6", apart=False)
    assert not running_at_the_top("Plan, part 4", "Plan, part 5", "Plan, part 9", apart=False)


@pytest.mark.parametrize(
    ("first", "turn"),
    [
        ("Transport Department                                        Page 1", "Transport Department          Page 2"),
        ("Transport Department", "Page 2 of 3 - Transport Department"),
        ("運輸署", "運輸署                                            第 2 頁"),
        ("運輸署", "第2頁，共3頁    運輸署"),
    ],
)
def test_the_name_of_a_body_beside_words_for_a_page_is_no_text_of_a_row(first, turn):
    """A text that has lost its page ends keeps what stood at them, in the middle of a row or above a header again."""
    title = "Annual Open Data Plan 2025-2027" if first.isascii() else "2025至2027年開放數據計劃"
    header = "No.   Category      Dataset               Description          Release Date      Frequency\n"
    rows = "1     Transport     Taxi stands           Names of stands      03/2025           Monthly\n"
    rows += f"                    and ranks             (CSV, JSON)\n{turn}\n"
    more = "2     Transport     Tunnels               Flows (CSV)          04/2025           Daily\n"
    reading = read(f"{first}\n{title}\n\nA. Datasets to be released in 2025\n\n{header}{rows}{header}{more}")
    assert [(entry.title, entry.description, entry.frequency_raw) for entry in reading.require().entries] == [
        ("Taxi stands and ranks", "Names of stands (CSV, JSON)", "Monthly"),
        ("Tunnels", "Flows (CSV)", "Daily"),
    ]
    assert reading.require().bureau == ("Transport Department" if first.isascii() else "運輸署")
