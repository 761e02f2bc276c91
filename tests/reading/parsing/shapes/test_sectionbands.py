"""One table for the whole plan: its header stands once, and headings of sections are rows of it."""

import pytest
from support.plan_readings import leftovers, read
from support.shaped_plans import LANGUAGES, WORDS, expected_rows, rows_of

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.documents.document import Row
from dcat_hk.reading.parsing.shapes.sectionbands import is_heading_band, lower_headers

OTHER_WORDS = {
    "en": ("Datasets to be relased in 2025", "Existing datasets"),
    "zh-Hant": ("將於2025年發方的數據集", "現有數據集"),
    "zh-Hans": ("将于2025年发方的数据集", "现有数据集"),
}


def whole_table(language, headings, above=()):
    """Return a page whose only table has a header and a heading over the rows of each section."""
    head, labels, planned, released, *_rest, (_release, _nothing, month) = WORDS[language]
    row = lambda cells, tag="td": f"<tr>{''.join(f'<{tag}>{cell}</{tag}>' for cell in cells)}</tr>"  # noqa: E731
    band = lambda text: f"<tr><td colspan=6>{text}</td></tr>"  # noqa: E731
    body = [*map(band, above), row(labels, "th")]
    for heading, rows in zip(headings, (planned, released), strict=True):
        body += [band(heading), *map(row, rows)]
    return f"<h1>{head[0]}</h1><h2>{head[1]}</h2><table>{''.join(body)}</table><p>{month}</p>"


@pytest.mark.parametrize("lettered", [True, False])
@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_of_sections_divide_a_table_with_one_header(language, lettered):
    """Headings of sections divide a table with one header."""
    years, others = WORDS[language][4:6]
    letters = ("A. ", "D. ") if lettered else ("", "")
    reading = read(whole_table(language, [letters[0] + years[0], letters[1] + others[1]]), "plan.html")
    assert rows_of(reading) == expected_rows(language)
    assert [entry.date_role for entry in reading.require().entries] == ["target", "target", "released"]
    assert leftovers(reading) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_heading_in_other_words_inside_a_table_never_leaves_its_rows_to_the_section_before(language):
    """A heading in other words inside a table never leaves its rows to the section before."""
    reading = read(whole_table(language, OTHER_WORDS[language]), "plan.html")
    assert rows_of(reading) == expected_rows(language)


def test_a_body_of_section_c_is_named_inside_the_table_too():
    """A body of section c is named inside the table too."""
    html = whole_table("en", ["C. Datasets of other organisations", "D. Datasets already released"])
    heading = "organisations</td></tr>"
    html = html.replace(heading, f"{heading}<tr><td colspan=6>(1) Harbour Trust</td></tr>")
    organisations = [entry.organisation for entry in read(html, "plan.html").require().entries]
    assert organisations == ["Harbour Trust", "Harbour Trust", None]


def test_a_sheet_whose_headings_are_lines_is_read_the_same_way():
    """A sheet whose headings are lines is read the same way."""
    head, labels, planned, released, years, others, (_release, _nothing, month) = WORDS["en"]
    lines = [*head, "\t".join(labels), years[0], *map("\t".join, planned), others[1], *map("\t".join, released), month]
    text = "\n".join(line if "\t" in line else f"\n{line}\n" for line in lines)
    assert rows_of(read(text)) == expected_rows("en")


def test_a_header_that_was_lowered_stays_where_it_is():
    """A header that was lowered stays where it is."""
    html = whole_table("en", ["A. Datasets to be released in 2025", "D. Datasets already released"])
    document = read_bytes(html.encode(), "plan.html")
    lowered = lower_headers(document)
    assert lowered.blocks != document.blocks
    assert len(lowered.blocks) == len(document.blocks)
    assert lower_headers(lowered) is lowered


def test_a_band_that_is_a_category_is_no_heading():
    """A band that is a category is no heading."""
    html = "<table><tr><th>a</th><th>b</th></tr><tr><td colspan=2>{}</td></tr></table>"
    for text, expected in (("Transport", False), ("D. Released datasets", True), ("Existing datasets", True)):
        document = read_bytes(html.format(text).encode(), "plan.html")
        assert isinstance(document.blocks[-1], Row)
        assert is_heading_band(document, document.blocks[-1]) is expected
