"""Colours of Word files, with those of the theme."""

from lxml.etree import fromstring

from dcat_hk.reading.documents.looks import BLACK, WHITE
from dcat_hk.reading.documents.wordcolours import WordColours, highlight_of

THEME = fromstring(
    '<theme><themeElements><clrScheme><dk1><sysClr val="windowText" lastClr="000000"/></dk1>'
    '<lt1><sysClr val="window" lastClr="FFFFFF"/></lt1><dk2><srgbClr val="44546A"/></dk2>'
    '<accent1><srgbClr val="4472C4"/></accent1></clrScheme></themeElements></theme>'
)


def stated(element, settings=None):
    """Return the colours that an element states, by the theme."""
    return WordColours.read(THEME, settings).colours(fromstring(element))


def test_a_colour_of_the_theme_and_the_one_beside_it_both_count():
    """Programs differ in which they show; a name that the theme does not know says nothing."""
    assert stated('<color val="000000" themeColor="background1"/>') == {WHITE, BLACK}
    assert stated('<color val="FFFFFF" themeColor="background1"/>') == {WHITE}
    assert stated('<color val="C00000" themeColor="accent9"/>') == {(192, 0, 0)}
    assert stated('<color val="auto" themeColor="accent1"/>') == {(0x44, 0x72, 0xC4)}
    assert stated('<color val="auto"/>') == WordColours().colours(None) == frozenset()


def test_settings_give_names_of_the_theme_to_other_colours():
    """A file can make the theme's dark colour the one of its background."""
    settings = fromstring('<settings><clrSchemeMapping bg1="dark1" t1="light1" bg2="light2" t2="dark2"/></settings>')
    assert stated('<color themeColor="background1"/>', settings) == {BLACK}
    assert stated('<color themeColor="text1"/>', settings) == {WHITE}
    assert stated('<color themeColor="text2"/>', settings) == {(0x44, 0x54, 0x6A)}


def test_tints_and_shades():
    """A tint makes a colour of the theme lighter, a shade darker; what is neither leaves it."""

    def light(more):
        """Return the sum of red, green and blue of a colour."""
        (colour,) = stated(f'<color themeColor="accent1" {more}/>')
        return sum(colour)

    assert light('themeShade="80"') < light("") < light('themeTint="33"')
    assert light('themeTint="zz"') == light("")
    assert stated('<color themeColor="background1" themeShade="BF"/>') == {(191, 191, 191)}


def test_what_shading_puts_behind_text():
    """A pattern mixes two colours, stripes leave unknown what is behind, none lets shine through."""
    colours = WordColours.read(THEME, None)

    def shade(attributes):
        """Return the colours of a shading."""
        return colours.shade(fromstring(f"<shd {attributes}/>"))

    assert shade('val="clear" fill="auto"') is shade('val="nil"') is shade("") is None
    assert shade('val="clear" fill="4472C4" themeFill="accent1"') == {(0x44, 0x72, 0xC4)}
    assert shade('val="clear" fill="FFFFFF" themeFill="accent1"') == {WHITE, (0x44, 0x72, 0xC4)}
    assert shade('val="solid" color="auto" fill="FFFFFF"') == {BLACK}
    assert shade('val="pct25" color="auto" fill="auto"') == {(191, 191, 191)}
    assert shade('val="horzStripe"') == frozenset()
    assert highlight_of(fromstring('<highlight val="none"/>')) is None
    assert highlight_of(fromstring('<highlight val="black"/>')) == {BLACK}
