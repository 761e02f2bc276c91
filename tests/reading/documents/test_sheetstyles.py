"""Styles of the cells of Excel files."""

import pytest

from dcat_hk.core.limits import Budget
from dcat_hk.reading.documents.sheetstyles import SheetStyles, hides
from dcat_hk.reading.documents.sheetxml import parse


def styles_of(part):
    """Return the styles that a part states."""
    styles = SheetStyles()
    parse([f"<s>{part}</s>".encode()], styles, Budget("plan.xlsx"))
    return styles


def test_only_the_styles_of_cells_count():
    """Styles that other styles are based on are listed in the same way and are no styles of cells."""
    styles = styles_of('<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="17"/><xf/></cellXfs>')
    assert [style.format for style in styles.cells] == [17, 0]
    assert styles.style(7) == styles.style(1)


FONTS = (
    '<fonts><font/><font><strike/></font><font><color rgb="FFFFFFFF"/></font><font><color theme="5"/></font></fonts>'
)
FILLS = (
    '<fills><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FF000080"/><bgColor rgb="FFFFFFFF"/></patternFill></fill>'
    '<fill><gradientFill><stop><color rgb="FFFFFFFF"/></stop></gradientFill></fill>'
    '<fill><patternFill patternType="solid"><fgColor theme="5"/></patternFill></fill></fills>'
    '<dxfs><dxf><fill><patternFill patternType="none"/></fill></dxf></dxfs>'
)


@pytest.mark.parametrize(
    ("style", "kinds"),
    [
        ('fontId="0" fillId="0"', ()),
        ('fontId="1" fillId="0"', ("struck",)),
        ('fontId="2" fillId="0"', ("hidden",)),
        ('fontId="2" fillId="1"', ()),
        ('fontId="2" fillId="2"', ()),
        ('fontId="2" fillId="3"', ()),
        ('fontId="3" fillId="4"', ("hidden",)),
        ('fontId="3" fillId="0"', ()),
        ('fontId="9" fillId="9"', ()),
    ],
)
def test_text_is_unseen_on_what_has_its_colour(style, kinds):
    """White letters are unseen on a cell without filling, seen on a dark one and on one that is not of one colour."""
    styles = styles_of(f"{FONTS}{FILLS}<cellXfs><xf {style}/></cellXfs>")
    assert styles.style(0).kinds(None, True) == kinds


def test_white_letters_are_seen_where_something_else_may_paint():
    """A format with conditions can give a cell its ground."""
    styles = styles_of(f"{FONTS}{FILLS}<cellXfs><xf fontId='2'/></cellXfs>")
    assert styles.style(0).kinds(None, False) == ()


@pytest.mark.parametrize(
    ("turn", "kinds"), [("90", ("turned",)), ("255", ("turned",)), ("180", ("turned",)), ("45", ())]
)
def test_text_is_turned_by_a_quarter(turn, kinds):
    """Labels that slant are no turned text."""
    styles = styles_of(f'<cellXfs><xf><alignment textRotation="{turn}"/></xf></cellXfs>')
    assert styles.style(0).kinds(None, True) == kinds


@pytest.mark.parametrize(
    ("code", "number", "text"),
    [
        (";;;", True, True),
        (";;", True, False),
        ('"";"";"";""', True, True),
        ("[Red];;;", True, True),
        ("General", False, False),
        ("", False, False),
        ("0;;;@", False, False),
    ],
)
def test_a_format_of_nothing_shows_nothing(code, number, text):
    """Text is hidden only by a section of its own."""
    assert (hides(code, False), hides(code, True)) == (number, text)
