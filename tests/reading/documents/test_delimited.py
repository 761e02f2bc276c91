"""Cells between delimiters: told from text by what comes out, read with their quotes, and never lost."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bounds import is_within
from support.paths import SEEDS
from support.seed_truth import says_what_is_true
from support.sheet_files import as_delimited, rows_of, texts_of

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Limits, read_bytes
from dcat_hk.reading.documents.delimited import find_delimiter, split_records
from dcat_hk.reading.documents.kinds import kind_of
from dcat_hk.reading.parsing import read_plan

TABLE = "編號,數據種類,數據集名稱,一般說明,目標發放日期 (月/年),更新頻率\n1,衛生,藥房名單,列出註冊藥房,3/2024,每年\n"
by_seed = pytest.mark.parametrize("seed", ["002", "003", "004"])


# ---- whole plans


@by_seed
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "big5hkscs"])
def test_a_seed_as_csv_says_what_is_true(seed, encoding):
    """A seed as CSV gives every row and field that a reader wrote down, in every encoding that Excel writes."""
    path = next(SEEDS.glob(f"{seed}*"))
    text = as_delimited(rows_of(path), padded=True)
    assert kind_of(text.encode(encoding, "replace"), "x") == "delimited"
    if encoding != "big5hkscs" or text.encode(encoding, "ignore").decode(encoding) == text:
        says_what_is_true(text.encode(encoding), path.name, seed)


@by_seed
@pytest.mark.parametrize("padded", [True, False])
@pytest.mark.parametrize("sign", [",", ";", "|", "\t"])
def test_a_seed_with_any_delimiter_says_what_is_true(seed, sign, padded):
    """Commas, semicolons, bars and tabs, with rows filled up or ragged, give the same rows."""
    path = next(SEEDS.glob(f"{seed}*"))
    says_what_is_true(as_delimited(rows_of(path), sign, padded).encode(), path.name, seed)


@by_seed
def test_a_dump_of_text_with_tabs_is_text(seed):
    """Rows with tabs between lines of running text are read as text, in the file's own lines."""
    data = next(SEEDS.glob(f"{seed}*")).read_bytes()
    assert kind_of(data, "x") == "text"


# ---- telling kinds apart


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        (TABLE, ","),
        (TABLE.replace(",", ";"), ";"),
        (TABLE.replace(",", "|"), "|"),
        ("sep=;\r\n" + TABLE.replace(",", ";").replace("藥房名單", "藥房, 診所, 醫院, 其他"), ";"),
        ("香港警務處,,,,,\n,,,,,\n" + TABLE, ","),
        (TABLE.replace("列出註冊藥房", '"甲, 乙, 丙"'), ","),
        (TABLE.replace(",", "\t"), "\t"),
        ("香港警務處\n" + TABLE.replace(",", "\t"), None),
        ("香港警務處\n" + TABLE.replace(",", "\t").replace("列出註冊藥房", '"第一行\n第二行"'), "\t"),
        ("No.,Name of Dataset,Release Date\n1,Crime,10/2016\n", ","),
        ("a;b;c\n" * 6, ";"),
    ],
)
def test_the_delimiter_is_found(text, sign):
    """The sign between cells is known by the labels of columns, or by rows that are all alike."""
    assert find_delimiter(text) == sign


@pytest.mark.parametrize(
    "text",
    [
        "In 2024, 2025, and 2026, the plan, which is long, goes on.\nIt ends, as said, here.\nOne, two, three, four.\n"
        * 3,
        "數據集名稱、數據種類、數據格式，應用程式介面數目, 更新頻率, 備註\n" * 2,
        "名稱;種類\n這是一段文字。\n",
        "One line, with a, few, commas",
        "數據集 | 說明\n",
        '"Quoted", he said, "and not closed\n' * 3,
    ],
)
def test_text_with_many_commas_is_no_table(text):
    """Sentences, lists in sentences and single lines stay text."""
    assert find_delimiter(text) is None
    assert kind_of(text.encode(), "x.csv") == "text"


# ---- cells


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("a,b\r\nc,d\r\n", [["a", "b"], ["c", "d"]]),
        ('"a,b","c\r\nd"\re', [["a,b", "c\r\nd"], ["e"]]),
        ('"a ""b"" c",""', [['a "b" c', ""]]),
        ('"a" b,c', [['"a" b', "c"]]),
        ('5" disk,c', [['5" disk', "c"]]),
        ("a,\n,b", [["a", ""], ["", "b"]]),
        ("\n\na", [[""], [""], ["a"]]),
    ],
)
def test_records_are_split_as_they_were_written(text, records):
    """Quotes hold delimiters and line breaks; quotes around a part of a cell are characters."""
    assert [record.cells for record in split_records(text, ",")] == records


def test_places_are_lines_of_the_file():
    """A row is found by the line it begins in, whatever line breaks its cells hold."""
    text = "sep=,\n" + TABLE.replace("列出註冊藥房", '"甲\n乙"') + "2,衛生,診所名單,,,\n"
    document = read_bytes(text.encode(), "plan.csv")
    assert list(dict.fromkeys(document.places)) == ["line 2", "line 3", "line 5"]
    assert [block.cells[3] and len(block.cells[3]) for block in document.blocks] == [1, 2, ()]
    assert document.lines_at("line 3") == ("1", "衛生", "藥房名單", "甲", "乙", "3/2024", "每年")


def test_a_quote_that_is_never_closed_is_a_character():
    """A lost quotation mark costs no row: it is told of, and the cells are read without it as a quote."""
    text = TABLE + '2,衛生,"診所名單,列出診所,5/2024,每年\n3,衛生,醫院名單,,6/2024,每月\n'
    document = read_bytes(text.encode(), "plan.csv")
    assert len(document.blocks) == 4
    assert '"診所名單' in document.lines
    assert [(finding.code, str(finding.place)) for finding in document.findings] == [("unclosed-quote", "line 3")]


def test_every_line_break_is_one():
    """Files of old and new systems have the same rows."""
    for end in ("\r\n", "\r"):
        assert texts_of(TABLE.replace("\n", end).encode(), "x") == texts_of(TABLE.encode(), "x")


def test_signs_of_formulas_are_text():
    """A cell that a spreadsheet would calculate is text here."""
    text = TABLE.replace("列出註冊藥房", '"=HYPERLINK(""https://example.org"")"')
    assert '=HYPERLINK("https://example.org")' in read_bytes(text.encode(), "x").lines


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1), min_size=1))
def test_what_was_written_is_read(rows):
    """Cells that were written as CSV come back as they were, whatever they hold."""
    quoted = "\n".join(",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    assert [record.cells for record in split_records(quoted, ",")] == rows


@given(st.text(st.sampled_from(list('",;|\t\n\r a1甲'))))
def test_no_character_of_a_cell_is_lost(text):
    """What is neither quote, delimiter nor line break is in a cell, for any text."""
    for sign in ",\t":
        held = "".join(cell for record in split_records(text, sign) for cell in record.cells)
        assert [c for c in held if c in " a1甲"] == [c for c in text if c in " a1甲"]


@given(st.text(st.sampled_from(list('",\n a1甲')), max_size=200))
def test_the_ledger_balances(text):
    """Every character of every cell is accounted for."""
    document = read_bytes((TABLE + text).encode(), "x")
    ledger = read_plan(document, load()).ledger
    assert ledger.characters == sum(ledger.accounted.values())
    assert ledger.characters == sum(not c.isspace() for line in document.lines for c in line)


# ---- hostile files


def test_a_cell_of_megabytes_is_refused():
    """A quoted cell beyond the limit is refused by the limit's name, at once."""
    start = time.process_time()
    with pytest.raises(NotAPlan, match="limit “cell”"):
        read_bytes((TABLE + '2,"' + "x\n" * 3_000_000 + '",b,c,d,e\n').encode(), "x")
    assert is_within(time.process_time() - start, 10)


def test_a_million_columns_are_refused():
    """More cells than the limit are refused, on one line or on many."""
    for text in (TABLE + "," * 1_000_001, TABLE + ",,,,,\n" * 250_000):
        with pytest.raises(NotAPlan, match="limit “cells”"):
            read_bytes(text.encode(), "x")
    with pytest.raises(NotAPlan, match="limit “characters”"):
        read_bytes((TABLE * 100).encode(), "x", Limits(characters=1000))


def test_wide_rows_among_short_ones_cost_no_grid():
    """Rows of a few cells beside one of very many do not fill the memory."""
    text = TABLE + "1,a\n" * 20_000 + "x," * 100_000 + "x\n"
    with pytest.raises(NotAPlan, match="limit “cells”"):
        read_bytes(text.encode(), "x")


def test_quotes_without_end_take_no_time():
    """Text of nothing but quotes is split in a moment."""
    start = time.process_time()
    for text in ('"' * 500_001, '",' * 300_000, '"a,"",' * 200_000, '"\n' * 300_001):
        list(split_records(text, ","))
    assert is_within(time.process_time() - start, 10)


def test_headings_between_tables_do_not_hide_the_delimiter():
    """Where most records have many cells, lines of one cell are headings, even if no label is known."""
    table = "Ref,Thing,Why,When\n1,Drains,Floods,2/2025\n2,Parks,Trees,3/2025\n3,Roads,Noise,4/2025\n"
    assert find_delimiter(f"A plan\nA sentence.\nFirst\n{table}\nSecond\n{table}") == ","
    assert find_delimiter("One, two.\nThree.\nFour, five, six.\nSeven, eight.\nNine.\n") is None
