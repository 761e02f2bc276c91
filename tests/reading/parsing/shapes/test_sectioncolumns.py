"""A table for the whole plan, with a column that says the section of each row."""

from __future__ import annotations

import pytest
from support.plan_readings import codes, leftovers, read
from support.shaped_plans import LANGUAGES, WORDS, expected_rows, rows_of

#: How a column says sections A and D, and what it may be called.
_NAMES = {
    "en": [("A", "D", "Section"), ("Part A", "Part D", "Part"), ("(A)", "(D)", "Section No.")],
    "zh-Hant": [("A", "D", "部分"), ("甲部", "丁部", "所屬部分"), ("A部", "D部", "附件")],
    "zh-Hans": [("A", "D", "部分"), ("甲部", "丁部", "章节"), ("A部", "D部", "附件")],
}


def plan_with_column(language, names, repeat=True, rows=None):
    """Return a plan with one table, whose first column is that of sections; merged cells are blank below the first."""
    head, labels, planned, released, *_words, (release, _nothing, month) = WORDS[language]
    first, last, label = names
    table = [(first, *row) for row in planned] + [(last, *row) for row in released]
    if not repeat:
        table = [row if not i or row[0] != table[i - 1][0] else ("", *row[1:]) for i, row in enumerate(table)]
    lines = [*head, "", "\t".join((label, *labels[:4], release, *labels[5:]))]
    return "\n".join([*lines, *("\t".join(row) for row in (rows or (lambda same: same))(table)), "", month])


@pytest.mark.parametrize("repeat", [True, False])
@pytest.mark.parametrize(("language", "names"), [(each, names) for each in LANGUAGES for names in _NAMES[each]])
def test_rows_belong_to_the_section_that_their_column_says(language, names, repeat):
    """Letters with and without a word, in each row or once above the others."""
    reading = read(plan_with_column(language, names, repeat))
    assert rows_of(reading) == expected_rows(language)
    assert [entry.date_role for entry in reading.require().entries] == ["target", "target", "released"]
    assert not codes(reading)
    assert not leftovers(reading)


def test_rows_may_stand_in_another_order():
    """Rows that are sorted by something else are put under the headings that they belong to."""
    reading = read(plan_with_column("en", ("A", "D", "Section"), rows=lambda rows: [rows[0], rows[2], rows[1]]))
    assert rows_of(reading) == expected_rows("en")
    assert not codes(reading)


_HEADINGS = {
    "en": ("Datasets to be released in 2025", "Datasets already released", "Section"),
    "zh-Hant": ("2025年發放的數據集", "已發放的數據集", "部分"),
    "zh-Hans": ("2025年发放的数据集", "已发放的数据集", "部分"),
}


@pytest.mark.parametrize("repeat", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_column_may_say_sections_as_headings_do(language, repeat):
    """Headings without letters: the years of the plan tell planned sections apart."""
    reading = read(plan_with_column(language, _HEADINGS[language], repeat))
    assert rows_of(reading) == expected_rows(language)
    assert [entry.date_role for entry in reading.require().entries] == ["target", "target", "released"]
    assert not leftovers(reading)


def test_each_year_of_a_column_has_its_own_section():
    """Two headings that differ in their years only are not put together."""
    names = ("Datasets to be released in 2025", "Datasets already released", "Section")
    later = "Datasets to be released in 2026"
    reading = read(plan_with_column("en", names, rows=lambda rows: [rows[0], (later, *rows[1][1:]), rows[2]]))
    assert [entry.section for entry in reading.require().entries] == ["A", "B", "D"]


@pytest.mark.parametrize("word", ["North", "1", "A and D"])
def test_a_column_with_other_words_is_left_as_it_is(word):
    """Where one cell names no section, no row is put into one by this column."""
    reading = read(plan_with_column("en", ("A", word, "Section")))
    assert not reading.plan or not [entry for entry in reading.plan.entries if entry.section == "A"]
    assert codes(reading)


def test_a_heading_in_a_narrow_column_has_many_lines():
    """A section's name in a merged cell may be wrapped over more lines than a heading on a page."""
    sections = [
        ("Datasets<br>to be<br>released<br>in<br>2025", "05/2025"),
        ("Datasets<br>to be<br>released<br>in<br>2026<br>and<br>2027", "05/2026"),
        ("Datasets<br>which<br>have<br>been<br>released<br>already", "05/2020"),
    ]
    labels = "Section|No.|Dataset|Category|Release date|Update frequency".replace("|", "<th>")
    rows = "".join(
        f"<tr><td rowspan=2>{name}<td>1<td>Tides {date}<td>Transport<td>{date}<td>Daily"
        f"<tr><td>2<td>Waves {date}<td>Transport<td>{date}<td>Daily"
        for name, date in sections
    )
    html = f"<h1>Marine Department</h1><h1>Open Data Plan 2025 to 2027</h1><table><tr><th>{labels}{rows}</table>"
    entries = read(html, "plan.html").require().entries
    assert "".join(entry.section for entry in entries) == "AABBDD"
