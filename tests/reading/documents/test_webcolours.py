"""Colours and lengths as style sheets and attributes state them."""

import pytest

from dcat_hk.reading.documents.looks import BLACK, WHITE
from dcat_hk.reading.documents.webcolours import ScreenColour, read_length, read_screen_colour


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("White", ScreenColour(WHITE)),
        ("#FFF", ScreenColour(WHITE)),
        ("ffffff", ScreenColour(WHITE)),
        ("rgb(255,255,255)", ScreenColour(WHITE)),
        ("rgb(100% 100% 100%)", ScreenColour(WHITE)),
        ("hsl(0 0% 100%)", ScreenColour(WHITE)),
        ("transparent", ScreenColour(BLACK, 0)),
        ("#0000", ScreenColour(BLACK, 0)),
        ("windowtext", None),
        ("var(--ink, white)", None),
        ("currentcolor", None),
        ("rgb(", None),
        ("#" * 5000, None),
        ("black", ScreenColour(BLACK)),
    ],
)
def test_colours_are_read_where_their_text_says_all(text, colour):
    """What depends on another value or on the reader's system is not known; nothing broken raises."""
    assert read_screen_colour(text) == colour


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("0", (0, "")),
        ("-3.0pt", (-4, "pt")),
        (".5em", (8, "em")),
        ("120%", (120, "%")),
        ("calc(1px)", None),
        ("", None),
    ],
)
def test_lengths_are_in_pixels(text, length):
    """A length has its value in pixels and its unit."""
    assert read_length(text) == length
