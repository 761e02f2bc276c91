"""Stretches become lines, cells and running text, without what is printed twice or only underlines."""

import pytest
from support.pdf_text import lattice, line, stretch

from dcat_hk.reading.documents.pdf.rules import RuledLine
from dcat_hk.reading.documents.pdf.textlines import (
    TextLine,
    fill,
    leaves_room,
    lines_of,
    numbered,
    paragraphs,
    part_numbers,
    runs_of,
    trimmed,
    typical_pitch,
    without_underlines,
)


def words(stretches):
    """Return the text of each stretch."""
    return ["".join(one.text) for one in stretches]


def test_stretches_of_nearly_one_baseline_are_one_line():
    """A raised sign is on its line, in order from left to right; the next line is another."""
    lines = lines_of([stretch("next", 0, 22), stretch("2", 20, 6, em=6), stretch("km", 0, 10)])
    assert [words(own.stretches) for own in lines] == [["km", "2"], ["next"]]
    assert (lines[0].baseline, lines[0].em) == (10, 10)


def test_characters_printed_over_themselves_are_kept_once():
    """A second print a hair beside the first is dropped and counted; a doubled letter is not."""
    singles, doubles = numbered([stretch("數據", 0, 10), stretch("數據", 0.4, 10.3), stretch("aa", 40, 10)])
    assert (words(singles), doubles) == (["數據", "aa"], 2)
    singles, doubles = numbered([stretch("甲", 0, 10), stretch("乙", 0.4, 10)])
    assert (words(singles), doubles) == (["甲", "乙"], 0)


def test_a_rule_just_below_words_is_an_underline():
    """A rule that begins and ends with text is none of a table; one that is longer, or far below, is."""
    text = [stretch("罪案", 60, 100)]
    rules = [RuledLine(101.5, 60, 80), RuledLine(101.5, 50, 150), RuledLine(110, 60, 80)]
    assert without_underlines(rules, text) == rules[1:]


def test_text_is_cut_where_it_crosses_a_border():
    """Between letters a stretch is cut; a letter on the border, or a Latin word, stays in the cell it begins in."""
    grid = lattice([0, 40, 100], [0, 20])

    def cells(*stretches):
        """Return the text of each cell, and what is outside."""
        ((table,), outside) = fill([grid], stretches)
        return {cell: words(own[0].stretches) for cell, own in table.lines.items()}, words(outside)

    assert cells(stretch("甲乙丙丁", 20, 14)) == ({(0, 0): ["甲乙"], (0, 1): ["丙丁"]}, [])
    assert cells(stretch("甲乙丙丁", 15, 14)) == ({(0, 0): ["甲乙丙丁"]}, [])
    assert cells(stretch("address", 20, 14)) == ({(0, 0): ["address"]}, [])
    hung = stretch("甲乙。丙丁", 15, 14)
    hung.lefts[3:], hung.rights[3:] = [46, 56], [56, 66]
    assert cells(hung) == ({(0, 0): ["甲乙。"], (0, 1): ["丙丁"]}, [])
    assert cells(stretch("甲乙。丙", 15, 14)) == ({(0, 0): ["甲乙。丙"]}, [])
    assert cells(stretch("甲", 5, 14), stretch("below", 5, 50)) == ({(0, 0): ["甲"]}, ["below"])


def test_text_is_in_the_innermost_table():
    """Of two grids around text, the smaller one has it."""
    outer, inner = lattice([0, 200, 400], [0, 200]), lattice([10, 50, 90], [10, 40])
    tables, _outside = fill([outer, inner], [stretch("甲", 15, 30)])
    assert [list(table.lines) for table in tables] == [[], [(0, 0)]]


def test_runs_are_parted_by_clear_gaps():
    """A gap of one size of the font parts Latin words; less is a space, and nothing between ideographs."""
    parts = [stretch("ab", 0, 10), stretch("c", 14, 10), stretch("d", 40, 10)]
    assert runs_of(TextLine(parts)) == [("ab c", 0, 19), ("d", 40, 45)]
    assert [text for text, *_ in runs_of(TextLine([stretch("數", 0, 10), stretch("據", 14, 10)]))] == ["數據"]


def test_a_paragraph_begins_where_the_line_above_had_room():
    """A full line was wrapped; after a short one the next line begins a paragraph."""
    lines = [line("數據數據數據", 0, 10), line("數據", 0, 22), line("數據", 0, 34)]
    for number, own in enumerate(lines):
        own.stretches[0].line = number
    assert paragraphs(lines, 62) == {2}
    # The first word of the line below, which cannot be wrapped, would not have had room.
    assert not leaves_room(lines[1], line("information", 0, 22), 62)


def test_the_pitch_is_that_of_most_wrapped_lines():
    """Gaps between paragraphs and lines of other sizes do not count."""
    heights = (10, 22, 34, 46, 90)
    assert typical_pitch([line("a", 0, height) for height in heights]) == pytest.approx(1.2)
    assert typical_pitch([line("a", 0, 10), line("a", 0, 25, em=14)]) == 1.5


def test_blanks_at_the_ends_go_with_their_edges():
    """What is trimmed has the edges of its own letters; of blanks alone nothing is left."""
    bare = trimmed(stretch(" a b ", 0, 10))
    assert (words([bare]), bare.left, bare.right) == (["a b"], 5, 20)
    assert trimmed(stretch("  ", 0, 10)).text == []


def test_what_stands_close_behind_a_full_cell_begins_the_next():
    """A gap of part of a letter, or a sign over the edge, parts cells where other lines begin one; nowhere else."""
    full, hung = stretch("甲乙丙丁", 0, 10), stretch("甲乙。丙", 0, 20)
    full.lefts[2:], full.rights[2:] = [24, 34], [34, 44]
    hung.lefts[3:], hung.rights[3:] = [24], [34]
    others = [TextLine([stretch("戊", 24, 30 + 10 * number)]) for number in range(4)]
    parted = part_numbers([TextLine([full]), TextLine([hung]), *others])
    runs = [[text for text, _left, _right in runs_of(own)] for own in parted[:2]]
    assert runs == [["甲乙", "丙丁"], ["甲乙。", "丙"]]
    assert [words(own.stretches) for own in part_numbers([TextLine([full])])] == [["甲乙丙丁"]]
