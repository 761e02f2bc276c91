"""Bytes become text in the encoding that fits, and text becomes lines, rows and runs."""

import codecs

import pytest

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.limits import Budget, Limits
from dcat_hk.reading.documents import Line
from dcat_hk.reading.documents.plaintext import decode, read_text

PLAN = "漁農自然護理署\n二零二四至二零二六年度開放數據計劃\n"


def read(text, **limits):
    """Return the document of a text."""
    return read_text(text.encode(), "plan.txt", Budget("plan.txt", Limits(**limits)))


def shown(document):
    """Return each block: a line as text, a row as the texts of its cells."""
    return [
        document.slice(block.span)
        if isinstance(block, Line)
        else ["/".join(document.slice(fragment.span) for fragment in cell) for cell in block.cells]
        for block in document.blocks
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_an_encoding_that_is_sure_is_no_finding(encoding):
    """UTF-8, and text that begins with a mark, are read without a remark and without the mark."""
    assert decode(PLAN.encode(encoding), "plan.txt") == (PLAN, [])


@pytest.mark.parametrize("encoding", ["big5hkscs", "utf-16-le", "utf-16-be"])
def test_an_encoding_that_was_guessed_is_a_finding(encoding):
    """Of the encodings in which bytes are text, that one is taken in which it speaks of open data plans."""
    text, (finding,) = decode(PLAN.encode(encoding), "plan.txt")
    assert text == PLAN
    assert (finding.code, finding.values) == ("guessed-encoding", {"encoding": encoding.upper()})


def test_a_character_that_was_cut_off_is_dropped_with_a_finding():
    """A file that ends within a character is read up to there; a wrong byte before its end is no such cut."""
    text, (finding,) = decode("開放數據".encode()[:-1], "plan.txt")
    assert (text, finding.code) == ("開放數", "truncated-file")
    with pytest.raises(NotAPlan, match="not text"):
        decode(b"abc\xffdefgh", "plan.txt")


def test_bytes_that_belie_their_mark_are_refused():
    """A mark is believed, so that the error names the byte that does not fit."""
    with pytest.raises(NotAPlan, match=r"marked as UTF-8-SIG, but byte 2 is not valid"):
        decode(codecs.BOM_UTF8 + b"ab\xff", "plan.txt")


def test_three_cells_are_a_row_and_two_are_text():
    """Tabs make cells, and blanks around a cell are no part of it; a tab within a heading makes no table."""
    document = read("A.\t計劃\n1\t 罪案 \t\n\n2\t火警\t每年")
    assert shown(document) == ["A.\t計劃", ["1", "罪案", ""], ["2", "火警", "每年"]]
    assert [block.apart for block in document.blocks] == [True, False, True]


def test_a_row_with_line_breaks_in_a_cell_is_one_row():
    """Lines that complete the row above exactly are its rest; a whole row by itself never is."""
    assert shown(read("a\tb\tc\td\n1\t甲\t說\n明\t每年\n2\t乙\t丙\t每月")) == [
        ["a", "b", "c", "d"],
        ["1", "甲", "說/明", "每年"],
        ["2", "乙", "丙", "每月"],
    ]
    assert shown(read("a\tb\tc\td\n1\t甲\t說\n2\t乙\t丙\t每月"))[1:] == [["1", "甲", "說"], ["2", "乙", "丙", "每月"]]
    assert shown(read("a\tb\tc\td\n基金\n2\t乙\t丙\t每月"))[1:] == ["基金", ["2", "乙", "丙", "每月"]]


def test_every_line_end_counts_once():
    """Lines are those of the file, whichever system wrote it."""
    assert read("a\r\nb\rc\n").lines == ("a", "b", "c", "")


def test_runs_are_known_in_text_that_was_laid_out():
    """Two lines with three stretches and wide gaps show columns; a form feed begins a page; sentences have none."""
    document = read("編號    名稱  日期\n1       甲    乙\n\f2       丙    丁")
    assert [[document.slice(run.span) for run in block.runs] for block in document.blocks][1] == ["1", "甲", "乙"]
    assert [(block.page, block.top) for block in document.blocks] == [(1, 0.0), (1, 1.0), (2, 0.0)]
    assert [run.left for run in document.blocks[2].runs] == [0, 8, 14]
    for text in ("one two three\nfour five six", "one  two  three\nfour  five  six", "one    two    three\nfour"):
        assert all(not block.runs for block in read(text).blocks)


def test_columns_are_counted_as_the_text_was_laid_out():
    """An ideograph takes two columns where cells then stand below one another, as they do in a terminal, else one."""
    in_terminal = "1   交通    停車場        每日\n2   衞生及  診所          每月\n3   Rail    港鐵 (CSV)    每月\n"
    by_character = "1   交通    停車場        每日\n2   衞生及   診所         每月\n3   Rail    港鐵 (CSV)   每月\n"
    for text, places in ((in_terminal, [0, 4, 12, 26]), (by_character, [0, 4, 10, 21])):
        lines = read(text).blocks
        assert [run.left for run in lines[0].runs] == places
    assert {tuple(run.left for run in line.runs) for line in read(in_terminal).blocks} == {(0, 4, 12, 26)}


def test_a_text_beyond_the_limit_is_refused():
    """The characters of the text count, not the bytes of the file."""
    assert read("計劃", characters=2).lines == ("計劃",)
    with pytest.raises(NotAPlan, match="more than 2 characters"):
        read("計劃二", characters=2)


def test_many_lines_are_refused_before_they_are_made():
    """Short lines take many times the memory of their characters: they are counted first, whatever ends them."""
    for end in ("\n", "\r", "\r\n"):
        assert len(read(f"計劃{end}二", lines=2).lines) == 2
        with pytest.raises(NotAPlan, match="more than 2 lines"):
            read(f"計劃{end}二{end}", lines=2)


def test_a_long_line_is_refused():
    """One line is bounded like a cell."""
    assert read("計劃\n二", cell=2).lines == ("計劃", "二")
    with pytest.raises(NotAPlan, match="more than 2 characters in one cell, paragraph or line"):
        read("計劃二", cell=2)
