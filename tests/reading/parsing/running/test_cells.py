"""Cells that follow one another in lines end by what they say."""

import random

import pytest
from support.paths import SEEDS
from support.plan_readings import leftovers, read

from dcat_hk.core.limits import Budget
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reading.parsing.running.cells import RowCutter
from dcat_hk.reading.parsing.running.lines import RunningLines
from dcat_hk.reading.parsing.running.marks import CellMarks

HEAD = "香港天文台\n2019至2021年的開放數據計劃\nD. 進度：部門已上載「資料一線通」網站的數據集\n"


def rows(*lines, header="# 數據種類／數據集名稱 發放日期 更新頻率 備註"):
    """Return what the rows of a table say."""
    reading = read("\n".join([HEAD + header, *lines]) + "\n")
    assert leftovers(reading) == []
    return [(e.number, e.title, e.date_raw, e.frequency_raw, e.description) for e in reading.require().entries]


def test_cells_on_one_line_are_told_apart():
    """A date and a frequency show what they are, what stands before them is the name, and what follows the remark."""
    assert rows("1 氣象／雨量 02/2020 每小時 各區雨量 (CSV)") == [(1, "雨量", "02/2020", "每小時", "各區雨量 (CSV)")]


def test_a_row_without_a_frequency_keeps_its_remark():
    """What is no frequency is not taken for one because a cell is missing."""
    assert rows("1 氣象／雨量 02/2020 各區的雨量，以毫米計") == [(1, "雨量", "02/2020", "", "各區的雨量，以毫米計")]


CONSOLIDATED = "# 數據種類 數據集名稱 說明 數據格式 發放日期 更新頻率"


def test_further_parts_stand_behind_the_date_and_frequency_of_the_part_before():
    """A row whose category and name are merged over three lines of a table has three parts with formats."""
    lines = (
        "1 運輸 的士站",
        "位置",
        "CSV 07/2016 每月",
        "收費",
        "JSON",
        "XML",
        "01/2018 每年",
        "班次",
        "CSV 02/2018 每日",
    )
    assert rows(*lines, header=CONSOLIDATED) == [
        (1, "的士站", "07/2016", "每月", "位置"),
        (1, "的士站", "01/2018", "每年", "收費"),
        (1, "的士站", "02/2018", "每日", "班次"),
    ]


def test_a_category_goes_to_its_end():
    """Of two known categories that begin alike the longer one is read."""
    lines = ("1", "城市管理", "及公共設施", "水塘存水量", "位置", "CSV 07/2016 每月")
    assert rows(*lines, header=CONSOLIDATED) == [(1, "水塘存水量", "07/2016", "每月", "位置")]


def test_dates_and_frequencies_in_broken_words():
    """A narrow column breaks words without a hyphen; what they say is read all the same."""
    lines = ("1 運輸 的士站", "位置", "CSV Novembe", "r 2025", "As and", "when", "necessar", "y")
    assert rows(*lines, header=CONSOLIDATED) == [(1, "的士站", "November 2025", "As and when necessary", "位置")]


LINES = [line for path in sorted(SEEDS.glob("*.txt")) for line in path.read_text(encoding="utf-8").split("\n")]
ORDERS = [
    ("name", "date", "frequency", "description"),
    ("category", "title", "description", "format", "date", "frequency"),
    ("name", "description", "date", "frequency"),
    ("category", "title", "other", "date", "frequency", "description"),
]


def check_all_cuts(texts, columns):
    """Cut every row of up to six lines, those with the same end one after the other, and each alone."""
    vocabularies = load()
    lines = RunningLines(texts, columns, lambda text: bool(vocabularies.find_category(text)), ("Unit",))
    shared = RowCutter(CellMarks(lines))
    for start in range(len(texts) - 1):
        point = lines.points(start)[0]
        for end in range(point[0] + 1, min(point[0] + 7, len(texts) + 1)):
            assert shared.cut(point, end) == RowCutter(CellMarks(lines)).cut(point, end), (start, end)
        shared.forget(start)


@pytest.mark.parametrize("columns", ORDERS, ids="-".join)
@pytest.mark.parametrize("seed", range(5))
def test_a_search_serves_all_rows_with_the_same_end(columns, seed):
    """Rows are cut as if each were alone, whichever rows with the same end were cut before."""
    first = random.Random(seed).randrange(len(LINES) - 16)
    check_all_cuts([line.strip() for line in LINES[first : first + 16] if line.strip()], columns)


def test_a_search_does_not_serve_a_row_with_other_parts():
    """Behind a date and a frequency in its first line a row has no part, though a row before it has one there."""
    texts = ["1 運輸 的士站", "位置", "06/2016 每月", "2 運輸 的士站 位置 07/2016 每月", "收費 01/2018 每年"]
    check_all_cuts(texts, ("category", "title", "description", "date", "frequency"))


@pytest.mark.parametrize("line", ["{} 讀數 每月", "{} 氣象／雨量\n02/2020 每小時 各區讀數", "{}", "{0} {0}"])
def test_the_search_takes_steps_as_the_text_is_long(line):
    """Each further row takes as few steps as those before, whether there are some dozens or some hundreds."""
    head = HEAD + "# 數據種類／數據集名稱 發放日期 更新頻率 備註\n"
    steps = []
    for count in (60, 240, 480):
        text = head + "\n".join(line.format(number) for number in range(1, count + 1))
        budget = Budget("plan.txt")
        read_plan(read_bytes(text.encode(), "plan.txt"), load(), budget)
        steps.append(budget.steps / count)
    assert max(steps) < 100
