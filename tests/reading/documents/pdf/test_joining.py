"""Rows of tables as they stand on pages, and which of them the end of a page cut."""

import pytest
from support.pdf_text import line, table

from dcat_hk.reading.documents.pdf.joining import (
    Cell,
    LineEnds,
    cells_of_row,
    is_rest,
    line_ends_of,
    pieces_of,
    rows_of,
    words_of,
)

XS = [50, 90, 170, 290]


def row(*cells, xs=XS):
    """Return the cells of a row by column; a stroke parts lines."""
    made = table(xs, [60, 120], [list(cells)])
    return cells_of_row(made, rows_of(made)[0], range(len(xs) - 1))


def test_cells_of_a_row_stand_in_the_columns_of_the_whole_table():
    """Squares of the page that are one column of the table are one cell, with the lines of all."""
    made = table([50, 90, 98, 170], [60, 90, 120], [["1", "", "甲"], ["2", "", ""]])
    first, second = rows_of(made)
    assert words_of(cells_of_row(made, first, [0, 1, 1])) == ((0, "1"), (1, "甲"))
    assert second == [(1, 0)]
    assert words_of(row("N o.", "數據|集", "")) == ((0, "No."), (1, "數據集"))


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (["2", "法律及保安統計", ""], ["", "數字", ""], True),
        (["2", "法律", ""], ["", "保安", ""], False),
        (["2", "環境／", ""], ["", "水質", ""], True),
        (["2", "法律及保安統計", ""], ["3", "數字", ""], False),
        (["2", "法律及保安統計", ""], ["", "", "4/2020"], False),
        (["2", "法律及保安統計", "2/2020"], ["", "數字", "3/2020"], False),
        (["運輸", "12345678901", "船隻"], ["", "12345678902", "船隻"], False),
        (["運輸", "12345678901", ""], ["", "23", ""], True),
    ],
    ids=["full", "short", "open-sign", "number", "other-column", "new-date", "next-number", "other-number"],
)
def test_a_row_is_the_rest_of_the_one_above_if_all_its_cells_go_on(above, below, expected):
    """A row with a number, or with a cell that goes on nothing, is a row of its own."""
    assert is_rest(row(*above), row(*below)) is expected


def test_the_last_sign_of_a_number_may_be_all_of_a_row_that_is_left():
    """A row with a full stop alone is the rest of one whose number had no room for it."""
    xs = [50, 62, 170, 290]
    assert is_rest(row("12", "A name", "x", xs=xs), row(".", "", "", xs=xs))
    assert not is_rest(row("12", "A name", "x", xs=xs), row("13", "", "", xs=xs))


@pytest.mark.parametrize(
    ("above", "below", "width", "expected"),
    [
        ("13", "3", 12, True),  # Row 133, whose column has room for two figures.
        ("13", "3", 60, False),
        ("13", "14", 12, False),
        ("9", "10", 12, False),
        ("13", "A", 12, False),
        ("12", "1.", 12, True),
        ("121", ".", 18, True),
        ("(11", "8)", 15, True),
        ("A.4", "9", 15, True),
        ("12.", "1", 15, False),
        ("(11)", "8)", 19, False),
    ],
)
def test_the_last_figures_of_a_row_number_can_be_on_the_next_page(above, below, width, expected):
    """So it is if the number had no room, and all other cells go on; the next number begins a row."""
    xs = [50, 50 + width, 170, 290]
    rest = row(below, "and the rest of a name that is long", "", xs=xs)
    whole = row(above, "A name that is too long for its line/", "x", xs=xs)
    assert is_rest(whole, rest) is expected


def ended(text, baseline, blank=0.0, em=10.0):
    """Return a line of a cell that begins at 0, with a blank of some width behind it."""
    made = line(text, 0, baseline, em)
    made.stretches[-1].blank_after = blank
    return made


@pytest.mark.parametrize(
    ("above", "below", "width"),
    [
        ("Geograph", "y and maps", 41),
        ("Telecommunic", "ations", 61),
        ("GeoJSO", "N", 31),
        ("trees/h", "erbaceous)", 36),
        ("inspection/supe", "rseded", 76),
        ("inspection/rep", "air", 71),
    ],
)
def test_a_word_is_broken_if_its_parts_are_no_words_or_the_whole_is_known(above, below, width):
    """Letters without a vowel, endings, and a word that stands elsewhere prove that a full line ends inside a word."""
    ends = LineEnds(words={"geojson"})
    assert ends.joint(ended(above, 10), line(below, 0, 22), width) == ""
    assert ends.joint(ended(above, 10), line(below, 0, 22), width + 20) is None
    assert ends.joint(ended(above, 10, blank=2.5), line(below, 0, 22), width) is None


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Establishment", "Figures"),
        ("Telecommunications", "Services"),
        ("superseded", "on"),
        ("data", "base"),
        ("Hepatitis", "B"),
        ("to the", "y"),
        ("數據集", "y"),
    ],
)
@pytest.mark.parametrize("blank", [0.0, 0.25])
def test_two_words_are_never_one_because_a_line_is_full(above, below, blank):
    """A line that ends with its cell by chance ends with its word; a maker leaves out a blank that does not fit."""
    ends = LineEnds(blank, {"data", "base", "database"})
    assert ends.joint(ended(above, 10), line(below, 0, 22), 5 * len(above) + 1) is None


def test_a_blank_that_would_have_fitted_and_is_not_there_proves_a_broken_word():
    """Where a maker keeps blanks at the ends of lines, a line with room for one and without one ends inside a word."""
    above, below = ended("water", 10), line("front", 0, 22)
    assert LineEnds(0.25).joint(above, below, 29) == ""
    assert LineEnds(0.25).joint(above, below, 27) is None
    assert LineEnds().joint(above, below, 29) is None


@pytest.mark.parametrize("sign", ["-", "/", "\u2013"])
def test_nothing_stands_behind_a_hyphen_or_stroke_inside_of_a_word(sign):
    """A line may be wrapped behind them without a blank; a blank that the file has there stays."""
    below = line("94032", 0, 22)
    assert LineEnds().joint(ended(f"Table 990{sign}", 10), below, 60) == ""
    assert LineEnds().joint(ended(f"Table 990{sign}", 10, blank=2.5), below, 60) == " "
    assert LineEnds().joint(ended(f"Table {sign}", 10), below, 45) is None
    assert LineEnds().joint(ended(f"990{sign}", 10), below, 200) is None


def test_a_sign_that_ends_a_word_follows_it_at_once():
    """A bracket or comma that did not fit in the line of its word has no blank before it."""
    assert LineEnds(0.25).joint(ended("(approximately", 10), line(") in", 0, 22), 71) == ""
    assert LineEnds(0.25).joint(ended("(approximately", 10, blank=2.5), line(") in", 0, 22), 71) is None
    assert LineEnds(0.25).joint(ended("(approximately", 10), line(") in", 0, 22), 99) is None


def test_lines_tell_what_their_maker_writes_and_which_words_are_whole():
    """Blanks at the ends of wrapped lines are counted; words at the ends of lines and of the page may be parts."""
    made = table(
        XS,
        [60, 120, 180, 240],
        [["", "od level", "Sea data"], ["", "tide levels|in Victoria Har|bour area", ""], ["", "x", "neigh"]],
    )
    assert line_ends_of([made], []) == LineEnds(0.0, {"level", "data", "tide", "victoria", "area"})
    made.lines[1, 1][0].stretches[-1].blank_after = 2.5
    assert line_ends_of([made], [line("Annual Open Data Plan", 0, 60)]).blank == 0.25
    assert {"open", "data"} <= line_ends_of([], [line("Annual Open Data Plan", 0, 60)]).words


def test_pieces_of_a_cell_are_its_lines_with_broken_words_whole():
    """The letters of a broken word are one piece, which knows the lines that it is from."""
    lines = [line("GeoJSO", 0, 10), line("N", 0, 22), line("CSV", 0, 34)]
    for number, one in enumerate(lines):
        one.stretches[0].line = number
    pieces = pieces_of(Cell(lines, 33), LineEnds(words={"geojson"}))
    assert [text for _lines, text in pieces] == ["GeoJSON", "CSV"]
    assert [len(own) for own, _text in pieces] == [2, 1]


def piece(cell, ends=None):
    """Return the text of each piece of a cell, whose lines strokes part, in which no line has room for a letter."""
    lines = [line(text, 0, 10 + 12 * number) for number, text in enumerate(cell.split("|"))]
    for number, one in enumerate(lines):
        for stretch in one.stretches:
            stretch.line = number
    width = max(one.stretches[-1].right for one in lines) + 1
    return [text for _lines, text in pieces_of(Cell(lines, width), ends or LineEnds())]


def test_a_word_goes_on_over_three_lines():
    """The rest of a broken word may be broken as well, and is known as the word that it is."""
    assert piece("Telecom|municat|ions of") == ["Telecommunications of"]
    assert piece("contain|through|put by") == ["contain", "throughput by"]


def test_a_date_is_whole_though_a_raised_sign_stands_behind_it():
    """What looks otherwise is no part of the word or number that goes on."""
    above, below = line("10/202", 0, 10), line("5", 0, 22)
    below.stretches += line("Note 1", 5, 22).stretches
    below.stretches[1].looks = ("raised",)
    assert LineEnds().joint(above, below, 31) == ""


def test_a_letter_before_a_hyphen_begins_a_word():
    """It is a rest of the word above only if it makes it whole."""
    assert piece("statist|e-mails") == ["statist", "e-mails"]
    assert piece("Populatio|n-based") == ["Population-based"]


def test_a_word_beside_others_in_its_line_is_not_broken():
    """A word that is too wide for its column stands alone, however far apart the words of a line are."""
    above = line("to", 0, 10)
    above.stretches += line("commenc", 30, 10).stretches
    assert LineEnds().joint(above, line("e works", 0, 22), 66) is None


def test_the_side_of_cells_is_that_of_most_lines():
    """A letter whose box begins before the text does not make the cells seem wider."""
    made = table(XS, [60, 120], [["1", "abc|abc|abc|abc", ""]])
    made.lines[0, 1][2].stretches[0].lefts[0] -= 2
    assert cells_of_row(made, rows_of(made)[0], range(3))[1].width == 72


@pytest.mark.parametrize(("rest", "expected"), [("tional", ""), ("sional", None)])
def test_letters_that_one_glyph_draws_go_on_the_next_line_together(rest, expected):
    """A line with room for the first of them was full all the same."""
    assert LineEnds().joint(ended("occupa", 10), line(rest, 0, 22), 39) == expected


@pytest.mark.parametrize(("below", "expected"), [("V、JSON", ""), ("V JSON", None), ("V", None)])
def test_a_name_before_a_sign_that_begins_no_line_may_be_broken_in_a_line_with_room(below, expected):
    """Programs that keep such a sign with the letter before it break names where a line has room for more."""
    assert LineEnds().joint(ended("CS", 10), line(below, 0, 22), 60) == expected


@pytest.mark.parametrize(
    ("cell", "whole"),
    [
        ("long term B|usiness", "long term Business"),
        ("Quarterly Rele|ase of", "Quarterly Release of"),
        ("heat warning|, by district", "heat warning, by district"),
        ("prices (2015=|100)", "prices (2015=100)"),
    ],
)
def test_a_word_is_broken_behind_whole_words(cell, whole):
    """Some programs fill a line with the first letters of the next word; what stands behind no blank goes on."""
    assert piece(cell) == [whole]


@pytest.mark.parametrize("cell", ["Hong Kong for|mat", "a list taken up|on request", "all files in|.csv format"])
def test_two_words_at_the_end_of_a_full_line_stay_two(cell):
    """A line that happens to be full proves nothing where both parts are words, or a name begins with a stop."""
    assert len(piece(cell)) == 2


def test_the_room_behind_an_item_of_a_list_is_measured_from_its_indent():
    """Signs of a list stand at the edge of the cell; its lines begin to the right of them."""
    lines = [line("* ", 0, 10), line("formats: CSV,GEOJS", 10, 22), line("ON", 10, 34)]
    for number, one in enumerate(lines):
        one.stretches[0].line = number
    width = lines[1].stretches[-1].right + 1
    assert [text for _lines, text in pieces_of(Cell(lines, width), LineEnds())][-1] == "formats: CSV,GEOJSON"
