"""
The weights of reading by positions: what every deviation costs, and how far is looked.

In: nothing. Out: `POSITIONS`. Lengths are in *widths*: that of a Latin letter, half an ideograph, which is 1 in text
that was laid out with blanks. Heights are in *lines*. A cost is in *points*: a cell that begins one width left of its
column costs 1 point. The weights were chosen on the plans of the evaluation set; a comment beside each says why it is
in proportion to the others.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PositionWeights:
    """
    Weights in points and tolerances in widths, lines or numbers of words.

    >>> POSITIONS.wide > 1, POSITIONS.known < POSITIONS.most_outside
    (True, True)
    """

    # ---- words
    #: Widths: blank space wider than this parts words that may be of one cell from words that are not.
    wide: float = 1.5
    #: Words of a line at most: a longer line is none of a table, and is left over.
    most_words: int = 400

    # ---- headers
    #: Lines of a header at most, and lines that are looked at to find one.
    most_lines_of_header: int = 8
    lines_looked_at: int = 10
    #: Lines of which one must hold two labels, or no header is looked for.
    lines_with_labels: int = 4
    #: Strips of words of one label at most.
    most_strips: int = 9
    #: Widths: a word of a label's second line stands no farther from its first than this.
    nearest: float = 3.0
    #: Widths: row numbers without a label of their own are no wider, all of them together.
    most_number: float = 5.0
    #: Points: a label that is known costs this, one that is not known as much as ten of them.
    known_label: int = 1
    strange_label: int = 10
    #: Widths of a blank at most: more parts a label in a cell of its own from others.
    blank: float = 1.05
    #: Labels of everyday words that are a header together.
    fewest_everyday: int = 3
    #: What a known label speaks for a header, and what an unknown one speaks against it.
    score_of_known: int = 2
    score_of_strange: int = -1

    # ---- headers told by what stands below them
    #: Lines with a date, and columns, that such a table has at least and at most.
    fewest_dates: int = 2
    fewest_stripes: int = 3
    most_stripes: int = 12
    #: Steps for each width in which blank space between columns is looked for; one line in so many may stand in it.
    steps_of_stripe: int = 4
    one_in_stripe: int = 20
    #: Widths: blank space between columns is no narrower.
    narrowest: float = 0.55
    #: Part of the width over which a line reaches that is no part of a row.
    part_across: float = 0.34
    #: Letters: a longer text is no mere sign. Part of the lines that names may have in common; that tell a column.
    longest_sign: int = 4
    part_alike: float = 0.15
    part_told: float = 0.85
    #: Part of the lines that must be categories: a plan has some that no list knows.
    part_of_categories: float = 0.6
    #: Lines of a cell that are put together, at most, to see what it says.
    lines_of_cell: int = 8
    #: Letters: longer texts are sentences, in which a date or a frequency can stand, too.
    longest_told: int = 60
    #: Cells that have wide blanks inside where lines are justified: more than so many, and this part of those with
    #: several words. What a blank inside costs there, as a part of what it costs elsewhere.
    fewest_wide: int = 4
    part_justified: float = 0.05
    share_of_gap: float = 0.2
    #: Part of the lines with words behind wide blanks at one place from which on a column is several.
    part_behind: float = 0.3
    #: Times the height of a line: so far a header stands from the first row at least, line to line.
    apart: float = 1.2
    #: The height of a line is that of the lowest of all, one in so many; it has no more widths than this.
    pitch_one_in: int = 20
    widths_of_line: float = 2.8

    # ---- where columns stand
    #: Widths: labels that stand no farther apart on two pages stand at the same place.
    same_place: float = 0.25
    #: Steps for each width in which blank space between labels is looked for.
    steps_of_edge: int = 2
    #: A blank between two words of one cell counts as this part of a word where columns are parted.
    blank_in_cell: float = 0.3
    #: Part of the lines that may have a word where a column ends.
    lines_over_edge: float = 0.02
    #: One in so many cells may reach out of its column: that many lines are read into the wrong column at first.
    one_in: int = 25
    #: Cells of a column that tell where it begins.
    least_starts: int = 2
    #: Points for a line by which a column ends at a place: through a word, at wide blank space, at a blank.
    through_word: float = -3.0
    at_gap: float = 1.0
    at_blank: float = 0.6
    #: Widths that a column reaches beyond the words that show where it is, and to the next column at least.
    margin: float = 0.5
    margin_of_end: float = 1.0
    #: Words in which a category is looked for behind a row number.
    words_of_category: int = 8
    #: Widths: words farther than this from the middle of their kind are of another column.
    near: float = 8.0
    #: Times that a column is learned from the words sorted into it.
    rounds: int = 2

    # ---- words into columns
    #: Points at most that a cell costs on either side for standing outside of its column.
    most_outside: float = 12.0
    #: Points for each width between the start of a cell and the nearest usual one, up to so many widths.
    off_start: float = 0.4
    most_off_start: float = 5.0
    #: A start is usual if it has this part of a column's cells, and so many at least.
    usual_part: float = 0.1
    usual_least: int = 2
    #: What a date is tells more of its column than where it stands, in text whose columns drift: positions count less.
    share_of_place: float = 0.4
    #: Points for each width of wide blank space inside a cell, up to so many widths.
    gap_inside: float = 1.5
    most_gap: float = 6.0
    #: Points if a date cell holds a frequency, and if another cell holds a date.
    frequency_in_date: float = 6.0
    date_inside: float = 5.0
    #: Points that it costs to part words that only a blank parts: at a date or any other cell, where none is.
    near_cell: float = 0.5
    near_no_date: float = 4.0
    near_no_frequency: float = 2.5
    #: Points that it costs to part words that a sign joins.
    torn: float = 4.0
    #: A text that stands in a column this often is known to be of it, and is worth so many points.
    often: int = 3
    known: float = 3.0
    #: Points that a row number, a category and a frequency are worth where they belong.
    is_number: float = 3.0
    is_category: float = 4.0
    is_frequency: float = 1.0
    #: Points of a text in a column where it is strange: no row number, date and more, a bare year, other words.
    no_number: float = 15.0
    more_than_date: float = 6.0
    bare_number: float = 3.0
    part_of_date: float = 1.5
    #: The same where it can be nothing but what a narrow column left of one: a month behind its year.
    rest_of_a_date: float = 0.0
    short_no_date: float = 3.0
    no_date: float = 5.0
    date_elsewhere: float = 6.0
    #: Widths: the rest of a date on its next line is no wider than this.
    rest_of_date: int = 8
    #: Letters: a text that begins with a date and is longer than this begins with a digit.
    longest_with_date: int = 40
    #: Groups of words of one line in one cell at most.
    most_atoms: int = 60

    # ---- lines
    #: Points: a line that costs more does not stand in the columns; one that costs more than the other may be wrong.
    most_strange: float = 9.0
    doubtful: float = 7.0
    #: Columns that say that there is nothing, so that the row says so of the table; stretches of a note at most.
    columns_of_a_row: int = 3
    #: Widths: a line that begins no farther right than this beside the first column stands at the column.
    at_column: float = 0.5
    beside_column: float = 1.0
    #: Pieces of a word that a narrow column broke, at most.
    most_pieces: int = 4

    #: Widths: between ideographs of a cell a gap of less is none, though words were parted at it.
    narrower_than_blank: float = 0.45

    # ---- lines into rows
    #: No gap inside of rows is this part as wide as those between rows or wider; a smaller part where there are fewer.
    narrower_gap: float = 0.9
    narrower_alone: float = 0.75
    fewest_gaps: int = 2
    #: Points for each line that a cell is off the middle of its row, up to so many lines.
    most_off: float = 3.0
    #: Part of its cost that half a line counts which a cell is off because lines are whole, and that half line.
    rounded: float = 0.5
    half_line: float = 0.5
    #: Points for each line that a cell can be written too high in laid-out text, up to one.
    snapped: float = 0.1
    #: Points by which rows must fit better if what stands between two lines was written to one side only.
    one_sided: float = 5.0
    #: Lines: a row's date stands no farther above or below its number.
    most_apart: int = 12
    #: Points that it costs that a row has a second date or category, that it has no number where others have one.
    more: float = 4.0
    no_row_number: float = 1.5
    #: Points that it costs that a row goes on over the end of a page: where the middle of such a row is, is not known.
    crossing: float = 2.5
    #: Points for each line above the first number of a table.
    above_first: float = 2.0
    #: Parts of a row at most. Lines of a row, and lines between two rows that are looked at as a row's end, at most.
    most_parts: int = 8
    most_lines_of_row: int = 200
    #: Points of a cut where a line ends early, where only a paragraph may end, at the end of a page.
    end: float = 1.8
    paragraph: float = 0.8
    page_end: float = 0.5
    #: Points of a cut at a rule over the width of the table.
    ruled: float = 20.0
    #: Points of a cut at a gap between lines, for each line of it, at most.
    most_gap_of_lines: float = 2.0
    #: Points of a cut behind a sign after which a cell goes on, behind a full stop, in a full line.
    goes_on: float = -3.0
    full_stop: float = 0.3
    full_line: float = -1.4
    #: Part of a column's width that is surely free where a line ends early; widths that are free at least.
    sure: float = 0.25
    room: int = 2
    #: Nine in ten lines are no wider than their column.
    narrower: float = 0.9
    #: Points: cells stand in the middle of their rows, or beside the first part of them, only if that fits better so.
    doubt: float = 1.0
    #: Points: two ways to cut rows into parts are in doubt if their costs differ by no more.
    close: float = 2.0


#: The weights in use.
POSITIONS = PositionWeights()
