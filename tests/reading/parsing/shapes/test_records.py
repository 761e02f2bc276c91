"""A table for each dataset, with labels on the left."""

import pytest
from support.plan_readings import codes, leftovers, read
from support.shaped_plans import LANGUAGES, expected_rows, plan_of, rows_of

from dcat_hk.reading.documents import Row, read_bytes
from dcat_hk.reading.parsing.ledger import Claims
from dcat_hk.reading.parsing.shapes.records import join_records
from dcat_hk.reading.recognisers.headers import columns_of


def tables(labels, rows):
    """Return a table for each row, labels on the left."""
    return [line for row in rows for line in (*map("\t".join, zip(labels, row, strict=True)), "")]


def one_table(labels, rows):
    """Return one table, labels on the left."""
    return ["\t".join(pair) for row in rows for pair in zip(labels, row, strict=True)]


def colons(labels, rows):
    """Return paragraphs of label, colon and value."""
    return [line for row in rows for line in (*map(": ".join, zip(labels, row, strict=True)), "")]


def gaps(labels, rows):
    """Return lines with a gap between label and value."""
    return [line for row in rows for line in (*map("        ".join, zip(labels, row, strict=True)), "")]


def blanks(labels, rows):
    """Return lines with one blank between label and value, as text that is taken from a page has them."""
    return [line for row in rows for line in map(" ".join, zip(labels, row, strict=True))]


def named(labels, rows):
    """Return lines of label, colon and value under the name of the dataset."""
    return [line for row in rows for line in (row[2], *(f"{labels[i]}: {row[i]}" for i in (0, 1, 3, 4, 5)), "")]


def terms(labels, rows):
    """Return labels and values on lines of their own, as a definition list has them."""
    return [line for row in rows for pair in zip(labels, row, strict=True) for line in (*pair, "")]


def fours(labels, rows):
    """Return tables with two labels and two values in a row."""
    pairs = [list(zip(labels, row, strict=True)) for row in rows]
    return [line for row in pairs for line in (*("\t".join(sum(row[i : i + 2], ())) for i in (0, 2, 4)), "")]


def cards(labels, rows):
    """Return rows whose cells have label and value."""
    return ["\t".join(": ".join(pair) for pair in zip(labels, row, strict=True)) for row in rows]


def headed(labels, rows):
    """Return tables under a heading with number and title."""
    return [
        line
        for row in rows
        for line in (f"{row[0]}. {row[2]}", "", *("\t".join((labels[i], row[i])) for i in (1, 3, 4, 5)), "")
    ]


def titled(labels, rows):
    """Return lines of label, colon and value under a line with number and title, and nothing between datasets."""
    return [line for row in rows for line in (f"{row[0]}. {row[2]}", *(f"{labels[i]}: {row[i]}" for i in (1, 3, 4, 5)))]


def defined(labels, rows):
    """Return labels and values on lines of their own under a heading with number and title."""
    return [
        line
        for row in rows
        for line in (f"{row[0]}. {row[2]}", "", *(text for i in (1, 3, 4, 5) for text in (labels[i], row[i], "")))
    ]


def counted(labels, rows):
    """Return tables under a heading with the number of the dataset."""
    word = "Dataset" if labels[0].isascii() else "數據集"
    return [
        line
        for row in rows
        for line in (f"{word} {row[0]}:", "", *("\t".join((labels[i], row[i])) for i in range(1, 6)), "")
    ]


SHAPES = (tables, one_table, colons, gaps, named, terms, fours, cards, headed, titled, defined, counted)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_each_dataset_is_a_row(shape, language):
    """Records of labels and values are read in any shape and language, and nothing is left over."""
    reading = read(plan_of(language, shape))
    assert rows_of(reading) == expected_rows(language)
    assert not codes(reading)
    assert not leftovers(reading)
    assert reading.plan.dated == "2024-12"


@pytest.mark.parametrize("shape", [tables, one_table, colons, gaps], ids=lambda shape: shape.__name__)
def test_a_label_that_is_not_known_is_told(shape):
    """An unknown label in a record is a column that is told, no part of the value before it."""
    text = plan_of("en", lambda labels, rows: shape([*labels, "Contact"], [[*row, "Ext. 12"] for row in rows]))
    reading = read(text)
    assert rows_of(reading) == expected_rows("en")
    assert codes(reading) == ["unknown-column", "unknown-column"]


def test_the_heading_of_a_section_with_a_colon_is_no_label():
    """Datasets under "D. Progress: ..." are released, although the heading stands directly under a record."""
    text = plan_of("en", one_table).replace("D. Datasets already released", "D. Progress: datasets already uploaded")
    lines = [line for line in text.split("\n") if not line.startswith(("B.", "C.", "Not applicable"))]
    assert rows_of(read("\n".join(lines))) == expected_rows("en")


def test_the_head_of_a_plan_is_no_record():
    """Labels before the name of the department and the title do not make a dataset of them."""
    text = "\n".join(
        ["Department: Marine Department", "Title: Annual Open Data Plan for 2025 to 2027", "Date: 12/2024"]
    )
    plan = plan_of("en", lambda labels, rows: ["\t".join(labels), *map("\t".join, rows)])
    assert rows_of(read(f"{text}\n\n{plan}")) == expected_rows("en")


def test_a_header_on_lines_of_its_own_is_no_record():
    """Labels one below the other, as dumps of text have them, are a header and not a dataset."""
    lines = ["編號", "數據集名稱", "負責組別", "一般說明", "目標發放", "日期", "更新頻率", "1", "雨量", "A組"]
    assert not rows_of(
        read("\n".join(["海事處", "2025至2027年度開放數據計劃", "", "A. 將於2025年發放的數據集", "", *lines]))
    )


@pytest.mark.parametrize("label", ["Dataset details", "Details of dataset", "數據集詳情", "数据集概要"])
def test_details_of_a_dataset_are_its_description(label):
    """In a record and in a header alike."""
    assert columns_of(label) == ("description",)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_one_blank_parts_a_chinese_label_from_its_value(language):
    """As in text that is taken from a page; the name and the month below the last record are not part of it."""
    reading = read(plan_of(language, blanks).replace("\n\n", "\n"))
    assert rows_of(reading) == expected_rows(language)
    assert (leftovers(reading), reading.plan.dated) == ([], "2024-12")


def test_a_value_beside_a_label_of_two_lines_does_not_part_a_dataset():
    """What stands below the unit of a label is of the dataset above, not of the next one."""
    record = (
        "No.                   {0}\nType of Data          Transport\nName of Dataset       Ferries {0}\n"
        "Description           Piers (CSV)\nTarget Release Date\n                      0{0}/2025\n(mm/yyyy)\n"
        "Update Frequency      {1}\n"
    )
    rhythms = {1: "Monthly", 2: "Daily", 3: "Annually"}
    head = "Marine Department\nAnnual Open Data Plan for 2025 to 2027\nA. Datasets to be released in 2025\n\n"
    reading = read(head + "\n".join(record.format(*pair) for pair in rhythms.items()))
    assert [(e.number, e.title, e.date, e.frequency) for e in reading.require().entries] == [
        (1, "Ferries 1", "2025-01", "MONTHLY"),
        (2, "Ferries 2", "2025-02", "DAILY"),
        (3, "Ferries 3", "2025-03", "ANNUAL"),
    ]


def test_values_of_very_many_lines_are_no_values():
    """What stands below the label of a frequency is its value for some lines only, so that none is looked at often."""
    labels = ("Category: Transport", "Name of Dataset: Berths", "Release Date: 03/2020", "Update Frequency:")
    text = "\n".join([*labels, *(f"Line {number} of a text" for number in range(300))])
    document = read_bytes(text.encode(), "plan.txt")
    rows = [block for block in join_records(document, Claims(document)).blocks if isinstance(block, Row)]
    assert [len(cell) for row in rows for cell in row.cells][-1] < 20


@pytest.mark.parametrize("between", ["</table><p></p><table>", ""], ids=["two tables", "one table"])
@pytest.mark.parametrize("labels", [("數據集一", "數據集二"), ("Dataset 1", "Dataset 2"), ("項目1：", "項目2：")])
def test_a_label_with_a_number_stands_before_the_title(labels, between):
    """A table for each dataset, or one table for all, may number the datasets in the label of their titles."""
    records = [
        [
            (label, title),
            ("類別", "社會福利"),
            ("簡介", "地址"),
            ("預計發放日期", date),
            ("更新頻率", "每季"),
            ("格式", "CSV"),
        ]
        for label, title, date in zip(labels, "甲乙", ("3/2026", "5/2026"), strict=True)
    ]
    tables = ["".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in record) for record in records]
    head = "<h1>社會福利署</h1><h2>2026至2028年度開放數據計劃</h2><h3>A. 將於2026年發放的數據集</h3>"
    entries = read(f"{head}<table>{between.join(tables)}</table>", "plan.html").require().entries
    assert [(entry.number, entry.title, entry.date) for entry in entries] == [
        (1, "甲", "2026-03"),
        (2, "乙", "2026-05"),
    ]


_RECORDS_HEAD = ["香港天文台", "2026至2028年度開放數據計劃", "", "A. 在2026年發放的數據集", ""]
_ENGLISH_HEAD = ["Hong Kong Observatory", "Open Data Plan 2026-2028", "", "A. Datasets to be released in 2026", ""]


@pytest.mark.parametrize(
    ("head", "records"),
    [
        (_RECORDS_HEAD, "{n}. 數據集：{t}\n類別：氣象\n說明：甲\n目標發放日期：2026年{n}月\n更新頻率：每月"),
        (_RECORDS_HEAD, "({n}) 數據集名稱：{t}\n類別：氣象\n說明：甲\n目標發放日期：2026年{n}月\n更新頻率：每月"),
        (_RECORDS_HEAD, "{n}、名稱：{t}\n類別：氣象\n目標日期：2026年{n}月　　更新頻率：每月\n說明：甲"),
        (_RECORDS_HEAD, "{n}. {t}\n說明：甲\n類別：氣象 目標日期：2026年{n}月 更新頻率：每月"),
        (_RECORDS_HEAD, "{n}. {t}\n類別：氣象；目標日期：2026年{n}月；更新頻率：每月\n說明：甲"),
        (
            _ENGLISH_HEAD,
            "{n}. Dataset: {t}\nCategory: 氣象\nDescription: 甲\nTarget release date: {n}/2026\nFrequency: 每月",
        ),
        (
            _ENGLISH_HEAD,
            "{n}) Title: {t}\nCategory: 氣象  Target date: {n}/2026\nDescription: 甲\nUpdate frequency: 每月",
        ),
        (_ENGLISH_HEAD, "{n}. {t}\nCategory: 氣象 Update frequency: 每月\nDescription: 甲\nTarget date: {n}/2026"),
        (_RECORDS_HEAD, "{n}、\t{t}\n類別\t氣象\n說明\t甲\n目標發放日期\t2026年{n}月\n更新頻率\t每月"),
        (
            _ENGLISH_HEAD,
            "{n}.\t{t}\nCategory\t氣象\nDescription\t甲\nTarget release date\t{n}/2026\nUpdate frequency\t每月",
        ),
    ],
)
def test_the_number_and_the_labels_of_a_dataset_are_its_own(head, records):
    """A number before a label, and a label behind a value on the same line, give no dataset the values of another."""
    made = "\n\n".join(records.format(n=number, t=title) for number, title in ((1, "雨量"), (2, "潮汐"), (3, "風速")))
    reading = read("\n".join(head) + "\n" + made + "\n")
    rows = [
        (entry.number, entry.title, entry.category, entry.description, entry.date, entry.frequency)
        for entry in reading.require().entries
    ]
    titles = enumerate(("雨量", "潮汐", "風速"), 1)
    assert rows == [(n, title, "氣象", "甲", f"2026-0{n}", "MONTHLY") for n, title in titles]


def test_a_word_and_a_colon_inside_a_value_are_no_label():
    """A description that speaks of a type or of an example stays whole."""
    record = ["1. Title: Rain", "Description: Amounts by type: hourly, daily", "Category: Weather"]
    text = "\n".join([*_ENGLISH_HEAD, *record, "Target date: 3/2026", "Frequency: Daily", ""])
    assert read(text).require().entries[0].description == "Amounts by type: hourly, daily"
