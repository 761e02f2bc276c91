"""
The weights of running text: what every property of a row or a cell counts, and how far the search looks.

In: nothing. Out: `RUNNING`. A mark is the sum of what speaks for a cell or row and what speaks against it. Its unit is
the *point*: a cell whose words are understood is worth 8 of them, a sentence that is cut costs 3. The weights were
chosen on the plans of the evaluation set; a comment beside each says why it is in proportion to the others.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from ...recognisers.columns import COLUMNS


def _by_column(**values: float) -> Any:
    """Return a field with values by column that cannot be changed."""
    return field(default_factory=lambda: MappingProxyType(values))


#: What cannot be, in points: no sum of other marks outweighs it.
NEVER = -1e6
#: A date, frequency or category that is understood is worth this, in points.
KNOWN = 8.0


@dataclass(frozen=True, slots=True)
class RunningWeights:
    """
    Weights in points and tolerances in lines, letters or widths; a width is half an ideograph or one Latin letter.

    >>> RUNNING.empty["date"] < KNOWN
    True
    """

    # ---- cells by what they say
    #: Points of a cell that says in words that there is nothing, less 2 or 3 because other cells may say so, too.
    stated: float = 4.0
    #: Points that a sentence, a word or a bracket costs that is cut: less than half of a cell that is understood.
    cut: float = 3.0
    #: Points that an unknown category costs where others are known: more than none does, as where cells were merged.
    unknown_category: float = 12.0
    #: Letters, without notes: longer texts are sentences that contain a date or a frequency.
    longest_date: int = 60
    longest_frequency: int = 120
    #: Letters: a shorter date is a year alone, which may be the beginning of a longer date, and counts a point less.
    longest_year: int = 6
    #: Widths: a longer text is no category.
    longest_category: int = 60
    #: Letters of a frequency in words that are not known.
    longest_unknown_frequency: int = 12
    #: Letters: a frequency is stated within so many of its cell.
    soon: int = 30

    # ---- cells by where they stand
    #: Points that an empty cell costs; a row always has a name.
    empty: Mapping[str, float] = _by_column(
        **{column.fills: column.cost_of_empty for column in COLUMNS.values()}, name=-NEVER, other=2.0
    )
    #: Lines of a cell at most; a description may have any number.
    most_lines: Mapping[str, int] = _by_column(
        **{column.fills: column.most_lines for column in COLUMNS.values() if column.most_lines}, name=14, other=8
    )
    #: Places in a line at which the end of a cell is looked for: lines of tables have fewer words.
    most_points: int = 40
    #: Places in its first line at which a frequency in unknown words may end.
    most_ends_of_unknown_frequency: int = 6
    #: Lines of a description that are looked at to tell what it begins with.
    lines_of_opening: int = 6
    #: Points that it costs that a row has a further part, that a text is cut inside a line, that a line is left over.
    part: float = 3.0
    inside: float = 1.0
    left: float = 3.0
    #: Points that a cell of words costs which holds nothing but formats.
    only_formats: float = 2.0
    #: Points that a description costs which is nothing but formats, and a name that ends with them in brackets: the
    #: description begins further up, beside the end of the name.
    formats_alone: float = 1.5
    #: Points that a name costs for each blank between two of its ideographs.
    blank: float = 3.0
    #: Points that it costs that a cell ends between an ideograph and a Latin letter: there is often a blank in a name.
    between_scripts: float = 1.0
    #: Points that it costs that a cell begins with a letter or two before a bracket, that a name ends like a sentence.
    before_bracket: float = 0.5
    sentence: float = 1.5
    #: Points of a cell of an unknown column that ends with a word of its label, and of one that other rows have, too.
    like_label: float = 1.5
    seen_again: float = 2.0
    #: Widths of such a cell that are usual, and points that each further width costs.
    usual_unknown: int = 24
    long_unknown: float = 0.1
    #: Points that each line of a cell is worth whose words are understood: of two such cells the longer one is whole.
    longer: float = 0.01
    #: Ends of pages inside of a row that are looked at.
    most_page_ends: int = 3
    #: Further parts of a row that are looked at at one time.
    most_open_parts: int = 6

    # ---- lines of a cell by how they were wrapped
    #: Room at a line's end, as a part of its column's width, that is not enough to show that the next word had fitted.
    slack: float = 0.12
    #: Widths: room that is never enough to show that, and a line this much wider than its column is too wide.
    least_slack: float = 2.0
    #: Tenths of a point that a line costs that is too wide, for each width, and at most.
    too_wide: int = 4
    most_too_wide: int = 40
    #: Tenths of a point for a line that ends early: of a paragraph, of a line of prose, of another cell.
    ends_paragraph: int = 3
    ends_early_in_prose: int = 8
    ends_early: int = 12
    #: Tenths of a point that a line of ideographs costs that has room for the next one, and no more.
    has_room: int = 2
    #: Tenths of a point that a line is worth that ends where the next word would not have fitted.
    full_line: int = 1

    # ---- rows
    #: Points that a number in turn is worth, and that a gap and a number out of turn cost.
    in_turn: float = 3.0
    gap: float = 2.0
    back: float = 8.0
    #: Lines with a number after a row's own that are looked at as its end.
    most_ends: int = 12
    #: Lines of a row at most. No table of a plan has cells this high; a longer stretch is no row.
    most_lines_of_row: int = 200
    #: Numbered lines of a region: where there are more, fewer of them are looked at as a row's end, and stretches
    #: without a date and frequency are not looked into; they count as rows with empty cells, and are never read.
    most_starts: int = 200
    most_ends_of_many: int = 4
    no_value: float = -20.0
    #: Lines of a date or frequency that are looked at there.
    lines_of_value: int = 2
    #: Lines from a row's number to the end of its category, and blanks in a line that it may end at.
    lines_to_category: int = 8
    blanks_to_category: int = 12
    #: Widths: a line this much shorter than its column ends a paragraph.
    shorter: int = 4
    #: A note's lines go beyond the last column by this factor and these widths.
    beyond: float = 1.15
    beyond_widths: int = 2
    #: Letters: a longer line is no date alone.
    longest_date_alone: int = 24
    #: Lines of unknown words above the first row; where there are more, cells stand elsewhere than their rows.
    most_lines_above: int = 4
    #: Lines: a row this near to columns that were written one after the other is not certain.
    beside: int = 3
    #: Points of a row that tells how wide columns are, and of a row that has all it needs.
    sure: float = 1.5 * KNOWN
    whole: float = 2.5 * KNOWN
    #: Points of a row that ends at the next number without doubt, if that begins such a row, too.
    certain: float = 0.75 * KNOWN
    #: This part of a column's lines is no wider than the column, by all rows and for paragraphs of a description.
    narrower: float = 0.95
    narrower_description: float = 0.9
    #: Widths: a line with this much room left after the next line's first word ends a paragraph.
    room: int = 2

    #: Where none of so many rows has a cell that goes over lines, a line too much is no rest of a cell.
    rows_without_wraps: int = 4
    #: Widths: a longer line is no heading of a group in words that are not known.
    longest_heading: int = 60

    # ---- headers
    #: Lines of a header at most.
    most_lines_of_header: int = 16
    #: Bytes: a label of a cell of its own is looked for in running text if it has more than these.
    long_label: int = 8


#: The weights in use.
RUNNING = RunningWeights()
