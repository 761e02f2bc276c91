"""PDF files become rows and lines: what is drawn, what is turned, what is cut, and what is refused."""

import json
import re
import zlib
from itertools import pairwise

import pytest
from support.paths import TESTS
from support.pdf_files import file_of, form, grid, lines, pdf, pdf_of_glyphs, running, text

from dcat_hk.core.errors import NotAPlan
from dcat_hk.reading.documents import Limits, Line, Row, read_bytes
from dcat_hk.reading.documents.pdf.fonts import _FONT

FILES = TESTS / "documents" / "pdf"


def read(data, **limits):
    """Return the document in a PDF."""
    return read_bytes(data, "plan.pdf", Limits(**limits))


def rows(document):
    """Return the text of each row's cells, fragments joined by a stroke."""
    return [
        ["|".join(document.slice(fragment.span) for fragment in cell) for cell in block.cells]
        for block in document.blocks
        if isinstance(block, Row)
    ]


GRID = grid([50, 150, 300, 500], [200, 250, 300])
WORDS = "".join(
    text(x, y, words)
    for x, y, words in [
        (60, 280, "No."),
        (160, 280, "數據集名稱"),
        (310, 280, "Date"),
        (60, 230, "1"),
        (160, 235, "罪案數字"),
        (160, 222, "比較"),
        (310, 230, "10/2016"),
    ]
)
ROWS = [["No.", "數據集名稱", "Date"], ["1", "罪案數字|比較", "10/2016"]]


# ---- tables


def test_a_ruled_table_becomes_rows_of_cells():
    """Lines make cells, wrapped lines of a cell are fragments, and text above is a line."""
    document = read(pdf(text(50, 350, "A. Datasets 2024") + lines(*GRID) + WORDS))
    assert rows(document) == ROWS
    assert running(document) == ["A. Datasets 2024"]
    assert document.places[0] == "page 1, line 1"
    assert [block.apart for block in document.blocks] == [True, True, False]


def as_rectangles(ends, thick=0.8):
    """Return the commands that draw lines as thin filled rectangles."""
    return "".join(f"{x} {y} {max(x2 - x, thick)} {max(y2 - y, thick)} re f\n" for x, y, x2, y2 in ends)


def as_boxes(xs, ys, gap):
    """Return the commands that draw a box around each cell, with gaps between them."""
    return "".join(
        f"{x + gap / 2} {y + gap / 2} {x2 - x - gap} {y2 - y - gap} re S\n"
        for x, x2 in pairwise(xs)
        for y, y2 in pairwise(ys)
    )


def as_dashes(ends):
    """Return the commands that draw lines as dashes, each a path of its own."""
    pieces = []
    for x, y, x2, y2 in ends:
        for step in range(0, (x2 - x) + (y2 - y), 6):
            across = x2 > x
            pieces.append(
                (
                    x + step * across,
                    y + step * (not across),
                    x + step * across + 3 * across,
                    y + step * (not across) + 3 * (not across),
                )
            )
    return lines(*pieces)


@pytest.mark.parametrize(
    "drawing",
    [
        as_rectangles(GRID),
        as_boxes([50, 150, 300, 500], [200, 250, 300], 2),
        as_boxes([50, 150, 300, 500], [200, 250, 300], 0),
        as_dashes(GRID),
        "[2 2] 0 d " + lines(*GRID),
        "".join(f"{x} {y} m {x2} {y2} l\n" for x, y, x2, y2 in GRID) + "S\n",
        lines(*GRID, *[(x + 2, y - 2, x2 + 2, y2 - 2) for x, y, x2, y2 in GRID]),
        lines(*[(x - 2, y, x2 + 2, y2) if y == y2 else (x, y + 2, x2, y2 - 2) for x, y, x2, y2 in GRID]),
        "q 0.5 0 0 0.5 0 0 cm " + lines(*[tuple(2 * end for end in line) for line in GRID]) + " Q\n",
        "0.9 g 50 250 450 50 re f 0 g\n" + lines(*GRID),
    ],
    ids=[
        "rectangles",
        "boxes",
        "one-path-each",
        "dashes",
        "dashed",
        "one-path",
        "double",
        "ragged",
        "scaled",
        "shaded",
    ],
)
def test_rules_may_be_drawn_in_any_way(drawing):
    """Thin rectangles, boxes with gaps, dashes, double and scaled lines are the same borders."""
    assert rows(read(pdf(drawing + WORDS))) == ROWS


def test_rules_within_forms_count():
    """A table drawn within a form, moved and scaled by its matrices, is a table."""
    commands = lines(*[tuple(2 * end - 40 for end in line) for line in GRID])
    form = (
        f"<< /Type /XObject /Subtype /Form /BBox [-100 -100 2000 2000] /Matrix [0.5 0 0 0.5 10 10] "
        f"/Length {len(commands)} >>\nstream\n{commands}\nendstream"
    )
    assert rows(read(pdf("q 1 0 0 1 10 10 cm /X6 Do Q\n" + WORDS, extra=[form]))) == ROWS


def test_coloured_cells_without_borders_are_a_table():
    """Filled boxes with gaps between them make cells where no lines do."""
    boxes = as_boxes([50, 150, 300, 500], [200, 250, 300], 3).replace(" S", " f")
    assert rows(read(pdf("0.9 g " + boxes + "0 g " + WORDS))) == ROWS


@pytest.mark.parametrize(
    ("page", "matrix"),
    [
        ("/Rotate 90", (0, 1, -1, 0, 600, 0)),
        ("/Rotate 180", (-1, 0, 0, -1, 600, 400)),
        ("/Rotate 270", (0, -1, 1, 0, 0, 400)),
        ("", (0, 1, -1, 0, 600, 0)),
        ("/CropBox [40 100 560 390]", (1, 0, 0, 1, 0, 0)),
    ],
    ids=["90", "180", "270", "content-only", "cropped"],
)
def test_a_page_may_be_turned(page, matrix):
    """Text and rules of a turned page are read as its reader sees them."""
    turned = f"q {' '.join(map(str, matrix))} cm " + lines(*GRID) + WORDS + "Q\n"
    assert rows(read(pdf(turned, page=page))) == ROWS


def test_merged_cells_stand_in_their_first_row_and_column():
    """Where rules are missing, squares are one cell; its text, even if centred, is in the first."""
    ends = [(50, 300, 500, 300), (150, 250, 500, 250), (50, 200, 500, 200), (50, 150, 500, 150)]
    ends += [(50, 150, 50, 300), (150, 200, 150, 300), (300, 200, 300, 250), (500, 150, 500, 300)]
    words = text(60, 245, "both rows") + text(200, 270, "both columns") + text(160, 220, "b") + text(310, 220, "c")
    document = read(pdf(lines(*ends) + words + text(60, 170, "the whole width")))
    assert rows(document) == [
        ["both rows", "both columns", ""],
        ["", "b", "c"],
        ["the whole width", "", ""],
    ]


def test_ragged_columns_are_one():
    """A border that stands a little further right in some rows makes no column of its own."""
    ends = [(50, y, 500, y) for y in (200, 250, 300)] + [(50, 200, 50, 300), (500, 200, 500, 300)]
    ends += [(150, 250, 150, 300), (160, 200, 160, 250)]
    words = text(60, 270, "a") + text(170, 270, "b") + text(60, 220, "c") + text(170, 220, "d")
    assert rows(read(pdf(lines(*ends) + words))) == [["a", "b"], ["c", "d"]]


def test_a_table_open_at_its_sides_has_all_its_columns():
    """Outer borders may be missing."""
    ends = [end for end in GRID if end[:3:2] not in {(50, 50), (500, 500)}]
    assert rows(read(pdf(lines(*ends) + WORDS))) == ROWS


def test_a_frame_around_the_page_does_not_swallow_the_table():
    """Of nested grids the inner one is the table; a box of one column is running text."""
    frame = "20 20 560 360 re S\n" + lines((300, 320, 300, 380), (20, 320, 580, 320))
    document = read(pdf(frame + text(30, 350, "Left") + text(310, 350, "Right") + lines(*GRID) + WORDS))
    assert rows(document) == ROWS
    assert running(document) == ["Left|Right"]
    assert running(read(pdf("20 20 560 360 re S\n" + text(30, 350, "in a box")))) == ["in a box"]


def test_underlined_text_is_no_border():
    """A rule just below words, as long as they are, parts nothing."""
    document = read(pdf(lines(*GRID, (160, 233, 200, 233)) + WORDS))
    assert rows(document) == ROWS


def test_text_that_runs_over_its_border_stays_in_its_cell():
    """A letter on the border shows that the text overflows; a stretch that meets the border between letters is cut."""
    over = text(155, 225, "https://data.example.hk/a/long/address")
    assert rows(read(pdf(lines(*GRID) + over + text(60, 270, "a"))))[1][1] == "https://data.example.hk/a/long/address"
    assert rows(read(pdf(lines(*GRID) + text(280, 225, "甲乙丙丁") + text(60, 270, "a"))))[1] == ["", "甲乙", "丙丁"]


def test_a_word_broken_because_it_is_too_wide_is_whole():
    """Letters that fill a narrow cell to its edge go on below; words that were wrapped whole stay apart."""
    narrow = lines(*grid([50, 90, 200], [200, 260]))
    words = text(54, 245, "GeoJS") + text(54, 233, "ON") + text(94, 245, "Every") + text(94, 233, "month")
    assert rows(read(pdf(narrow + words))) == [["GeoJSON", "Every|month"]]


# ---- tables over pages


def parts(first, second):
    """Return a PDF of two pages, each with a table of three columns; a row is its cells."""
    pages = []
    for own in (first, second):
        ys = [380 - 40 * i for i in range(len(own) + 1)]
        words = "".join(
            text(x + 4, ys[i] - 14 - 12 * number, line)
            for i, cells in enumerate(own)
            for x, cell in zip((50, 90, 160), cells, strict=True)
            for number, line in enumerate(cell.split("|"))
            if line
        )
        pages.append(lines(*grid([50, 90, 160, 260], ys)) + words)
    return pdf(*pages)


HEADER = ["No.", "Title", "Date"]


def test_a_cell_cut_after_an_open_sign_goes_on():
    """A slash or comma at the end of a page says that more comes, however short its line is."""
    first = [HEADER, ["1", "甲", "1/2020"], ["2", "環境／", "2/2020"]]
    assert rows(read(parts(first, [["", "水質", ""]])))[-1] == ["2", "環境／|水質", "2/2020"]


@pytest.mark.parametrize("repeated", [[], [HEADER]], ids=["no-header", "header-repeated"])
def test_a_row_cut_by_the_end_of_a_page_is_whole(repeated):
    """What stands at the top of the next page without a number goes on where the lines above were full."""
    first = [HEADER, ["1", "甲乙", "1/2020"], ["2", "法律及保安統|計數字比較結", "2/2020"]]
    document = read(parts(first, [*repeated, ["", "果", ""], ["3", "丙丁", "3/2020"]]))
    assert rows(document) == [
        *first[:2],
        ["2", "法律及保安統|計數字比較結|果", "2/2020"],
        *repeated,
        ["3", "丙丁", "3/2020"],
    ]
    place = document.place([fragment.span for fragment in document.blocks[2].cells[1]])
    assert str(place) == f"page 1, line 3 to page 2, line {1 + len(repeated)}"


def test_a_part_of_its_own_at_the_top_of_a_page_is_a_row():
    """Where the line above was not full, a row without number is not joined."""
    first = [HEADER, ["1", "甲乙", "1/2020"], ["2", "法律", "2/2020"]]
    assert rows(read(parts(first, [["", "保安", ""]]))) == [*first, ["", "保安", ""]]


def test_the_pages_of_one_table_have_the_same_columns():
    """A page on which a column is split does not move the columns of the other pages."""
    one = lines(*grid([50, 90, 160, 260], [300, 340, 380])) + text(170, 350, "d") + text(60, 310, "1")
    two = lines(*grid([50, 90, 160, 220, 260], [340, 380])) + text(60, 350, "2") + text(225, 350, "e")
    assert rows(read(pdf(one, two))) == [["", "", "d", ""], ["1", "", "", ""], ["2", "", "", "e"]]


# ---- text


def test_lines_have_runs_with_their_places():
    """Without rules, a line's stretches come with their positions, its height and its page."""
    document = read(
        pdf(text(50, 300, "1") + text(90, 300, "罪案數字") + text(200, 300, "10/2016") + text(90, 288, "比較"))
    )
    assert running(document) == ["1|罪案數字|10/2016", "比較"]
    first, second = document.blocks
    assert [round(run.left) for run in first.runs] == [50, 90, 200]
    assert (first.page, second.top - first.top, second.apart) == (1, pytest.approx(12, abs=0.1), False)


def test_level_rules_alone_set_lines_apart():
    """Rules without upright ones make no table; the line below one stands apart."""
    words = text(50, 300, "No.") + text(120, 300, "Title") + text(50, 286, "1") + text(120, 286, "Crimes")
    document = read(pdf(words + text(50, 272, "2") + lines((50, 296, 400, 296))))
    assert running(document) == ["No.|Title", "1|Crimes", "2"]
    assert [block.apart for block in document.blocks] == [True, True, False]


def test_words_are_parted_by_gaps_where_no_space_is_written():
    """A gap between Latin words is a space; between ideographs it is none."""
    document = read(pdf(text(50, 300, "Hong") + text(77, 300, "Kong") + text(50, 280, "數據") + text(73, 280, "計劃")))
    assert running(document) == ["Hong Kong", "數據計劃"]


def test_raised_signs_are_on_their_line():
    """A raised note sign is on the line of its word."""
    assert running(read(pdf(text(50, 300, "km") + text(63.5, 304, "2", size=6)))) == ["km2"]


def test_hyphens_at_the_ends_of_lines_stay():
    """A hyphen before a wrapped word is a hyphen."""
    document = read(pdf(text(50, 300, "non-") + text(50, 288, "spatial")))
    assert running(document) == ["non-", "spatial"]


def test_what_is_printed_twice_is_read_once_and_told():
    """Overprinted text, as for bold letters, is one text with a finding."""
    document = read(pdf(text(50, 300, "數據 ABC 計劃") + text(50.4, 300, "數據 ABC 計劃")))
    assert "".join(document.lines).count("數據") == 1
    assert [finding.code for finding in document.findings] in ([], ["overprinted-text"])


def test_text_that_runs_another_way_or_off_the_page_comes_last():
    """A slanted stamp and words outside the page are in the lines but not in cells."""
    stamp = text(100, 210, "DRAFT", size=60, matrix="0.7 0.7 -0.7 0.7")
    document = read(pdf(stamp + text(900, 270, "outside") + lines(*GRID) + WORDS))
    assert rows(document) == ROWS
    assert sorted(running(document)) == ["DRAFT", "outside"]
    assert all(block.apart for block in document.blocks if isinstance(block, Line))


def test_every_character_is_in_the_lines_once():
    """Lines hold the text layer, no more and no less, and each is in one block or aside."""
    document = read(pdf(text(50, 350, "A. Datasets 2024") + lines(*GRID) + WORDS))
    expected = sorted("A.Datasets2024No.數據集名稱Date1罪案數字比較10/2016")
    assert sorted(re.sub(r"\s", "", "".join(document.lines))) == expected
    spans = [
        span
        for block in document.blocks
        for span in ([block.span] if isinstance(block, Line) else [f.span for cell in block.cells for f in cell])
    ]
    assert sorted(spans) == [(number, 0, len(line)) for number, line in enumerate(document.lines)]


def test_heads_and_feet_of_pages_are_set_aside():
    """What stands at one place of most pages, numbers apart, is furniture; a table's header is not."""
    pages = [
        text(50, 385, "Internal") + text(300, 15, f"Page {number}") + text(50, 300 - 20 * number, f"words {number}")
        for number in (1, 2, 3, 4)
    ]
    document = read(pdf(*pages))
    assert [document.slice(aside.span) for aside in document.asides][:2] == ["Internal", "Page 1"]
    assert running(document) == [f"words {number}" for number in (1, 2, 3, 4)]


def test_the_only_place_that_names_the_plan_stays():
    """The first head that names a year is kept if its page does not repeat it."""
    pages = [text(50, 385, "Open Data Plan 2024") + text(50, 300 - 20 * n, f"words {n}") for n in (1, 2, 3)]
    assert running(read(pdf(*pages)))[:2] == ["Open Data Plan 2024", "words 1"]


# ---- what is refused


def test_a_picture_is_refused_with_its_remedy():
    """A scan without text names text recognition; a scanned page among others is a finding."""
    image = (
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        "/Length 1 >>\nstream\n0\nendstream"
    )
    scan = "q 600 0 0 400 0 0 cm /X6 Do Q"
    with pytest.raises(NotAPlan, match=r"no text.*character recognition"):
        read(pdf(scan, extra=[image]))
    document = read(pdf(text(50, 300, "words"), scan, extra=[image]))
    assert [(finding.code, finding.values["page"]) for finding in document.findings] == [("page-without-text", "2")]


def test_a_password_is_asked_to_be_taken_off():
    """A file that opens only with a password is refused; one that only forbids changes is read."""
    with pytest.raises(NotAPlan, match=r"encrypted.*Remove the password"):
        read((FILES / "password.pdf").read_bytes())
    assert "".join(read((FILES / "owner-password.pdf").read_bytes()).lines).startswith("Open data plan")


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7 nothing",
        b"%PDF-1.7\n" + bytes(range(256)) * 20,
        pdf("")[:200],
        file_of(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [2 0 R] /Count 1 >>"]),
        file_of(["<< /Type /Catalog /Pages 1 0 R >>"]),
    ],
    ids=["nothing", "noise", "cut-off", "cyclic-pages", "cyclic-catalogue"],
)
def test_broken_files_are_refused(data):
    """A file that cannot be opened is named broken, or without text."""
    with pytest.raises(NotAPlan):
        read(data)


def test_limits_hold():
    """Too many pages, pages that are only claimed, and too many characters are refused."""
    with pytest.raises(NotAPlan, match="more than 2 pages"):
        read(pdf("", "", ""), pages=2)
    claimed = file_of(["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 1000000 >>"])
    with pytest.raises(NotAPlan):
        read(claimed)
    with pytest.raises(NotAPlan, match="more than 10 characters"):
        read(pdf(text(50, 300, "more than ten characters")), characters=10)
    with pytest.raises(NotAPlan, match="more than 5 cells"):
        read(pdf(lines(*GRID) + WORDS), cells=5)


def test_forms_within_forms_end():
    """Forms that draw themselves or double at each level are refused in time; one that is drawn once is read."""
    words = text(50, 300, "words")
    assert running(read(pdf("/X6 Do\n" + words, extra=[form(6, "/Self Do")]))) == ["words"]
    with pytest.raises(NotAPlan, match="too much time or memory"):
        read(pdf("/X6 Do\n" + words, extra=[form(6, "/Self Do /Self Do")]), seconds=2)
    doubling = [form(6 + level, "/Next Do /Next Do") for level in range(40)]
    with pytest.raises(NotAPlan, match="too much time or memory"):
        read(pdf("/X6 Do\n" + words, extra=doubling), seconds=2)


def test_streams_that_unpack_to_too_much_are_refused():
    """A stream of few bytes that unpacks to very many is refused before it is read."""
    packed = zlib.compress(b" " * 30_000_000)
    image = f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream"
    with pytest.raises(NotAPlan, match="when unpacked"):
        read(pdf(text(50, 300, "words"), extra=[image]), unpacked=10_000_000)
    assert running(read(pdf(text(50, 300, "words"), extra=[image]))) == ["words"]


def test_a_page_with_very_many_paths_is_read_in_time():
    """Ten thousand short lines around a table cost little and change nothing."""
    hatching = lines(*[(x / 10, 20, x / 10, 26) for x in range(0, 5000, 1)])
    hatching += lines(*[(10, y / 30, 16, y / 30) for y in range(0, 5000, 1)])
    assert rows(read(pdf(hatching + lines(*GRID) + WORDS), seconds=10)) == ROWS


# ---- files from real programs


@pytest.mark.parametrize("name", ["libreoffice", "chromium"])
def test_files_from_real_programs_read_as_their_source(name):
    """A plan written by a program has the rows it was made from; see the README beside the files."""
    document = read((FILES / f"{name}.pdf").read_bytes())
    expected = json.loads((FILES / "rows.json").read_text(encoding="utf-8"))
    found = [[re.sub(r"[\s|]", "", cell) for cell in row] for row in rows(document)]
    header = expected[0]
    assert [row for row in found if row != header] == [row for row in expected if row != header]


def test_compressed_text_is_read():
    """Streams are unpacked."""
    packed = zlib.compress(text(50, 300, "words").encode())
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [4 0 R] /Count 1 /MediaBox [0 0 600 400] >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        "<< /Type /Page /Parent 2 0 R /Contents 5 0 R /Resources << /Font << /F 3 0 R >> >> >>",
        f"<< /Length {len(packed)} /Filter /FlateDecode >>\nstream\n".encode() + packed + b"\nendstream",
    ]
    assert running(read(file_of(objects))) == ["words"]


def test_letters_that_cannot_be_read_are_told_with_their_number():
    """A file that states no letters is refused with the number; a few such glyphs are a finding."""
    letters, glyphs = ["a", "b", "c"], "BT /G 10 Tf 50 300 Td <00010003> Tj ET\n"
    with pytest.raises(NotAPlan, match="2 of 2 have no Unicode value"):
        read(pdf_of_glyphs(glyphs, letters, _FONT, mapped=False))
    document = read(pdf_of_glyphs(glyphs + text(50, 250, "readable"), letters, _FONT, mapped=False))
    (finding,) = document.findings
    assert (finding.code, finding.values) == ("letters-without-unicode", {"page": "1", "characters": "2"})
