"""Colours and lengths as style sheets and attributes state them."""

import pytest

from dcat_hk.reading.documents.webcolours import BLACK, WHITE, Colour, read_colour, read_length


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("White", WHITE),
        ("#FFF", WHITE),
        ("ffffff", WHITE),
        ("rgb(255,255,255)", WHITE),
        ("rgb(100% 100% 100%)", WHITE),
        ("hsl(0 0% 100%)", WHITE),
        ("transparent", Colour(0, 0, 0, 0)),
        ("#0000", Colour(0, 0, 0, 0)),
        ("windowtext", None),
        ("var(--ink, white)", None),
        ("currentcolor", None),
        ("rgb(", None),
        ("#" * 5000, None),
        ("black", BLACK),
    ],
)
def test_colours_are_read_where_their_text_says_all(text, colour):
    """What depends on another value or on the reader's system is not known; nothing broken raises."""
    assert read_colour(text) == colour


def test_colours_that_nobody_can_tell_apart_are_alike():
    """A white that is a little off is as good as white; a light grey is not."""
    assert read_colour("#fefefe").is_like(WHITE)
    assert not read_colour("#eee").is_like(WHITE)


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
