"""Fonts and colours in Excel files, as far as they are known."""

import pytest

from dcat_hk.reading.documents.looks import BLACK, WHITE
from dcat_hk.reading.documents.sheetfonts import SheetFont, is_lost, read_sheet_colour


@pytest.mark.parametrize(
    ("attributes", "colour"),
    [
        ({"rgb": "FFFFFFFF"}, WHITE),
        ({"rgb": "000000"}, BLACK),
        ({"rgb": "x"}, None),
        ({"theme": "0"}, WHITE),
        ({"theme": "1"}, BLACK),
        ({"theme": "0", "tint": "-0.249977111117893"}, None),
        ({"theme": "0", "tint": "0.0"}, WHITE),
        ({"theme": "4"}, None),
        ({"indexed": "9"}, WHITE),
        ({"indexed": "12"}, None),
        ({"auto": "1"}, None),
        ({}, None),
    ],
)
def test_colours_are_known_as_far_as_the_file_itself_says(attributes, colour):
    """A colour that another part of the file or the reader's system decides is not known."""
    assert read_sheet_colour(attributes).colour == colour


def test_letters_are_lost_on_what_has_their_colour():
    """Colours that are stated alike are alike, whatever they are; what is not known is seen."""
    theme, other = read_sheet_colour({"theme": "4", "tint": "0.4"}), read_sheet_colour({"theme": "4"})
    auto = read_sheet_colour({"auto": "1"})
    assert is_lost(theme, theme)
    assert not is_lost(theme, other)
    assert not is_lost(auto, auto)
    assert is_lost(read_sheet_colour({"rgb": "FFFFFFFF"}), read_sheet_colour({"indexed": "9"}))


def test_fonts_change_by_their_elements():
    """A line through letters is there unless it is said not to be; sizes of nearly nothing are noted."""
    assert SheetFont().changed("strike", {}).struck
    assert not SheetFont().changed("strike", {"val": "0"}).struck
    assert SheetFont().changed("vertAlign", {"val": "subscript"}).shift == "lowered"
    assert SheetFont().changed("vertAlign", {"val": "baseline"}).shift == ""
    assert SheetFont().changed("sz", {"val": "1"}).tiny
    assert SheetFont().changed("sz", {"val": "many"}) == SheetFont().changed("b", {}) == SheetFont()
