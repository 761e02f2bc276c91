"""Styles of OpenDocument files: what they hide, and the numbers of lists."""

import pytest
from lxml.etree import fromstring

from dcat_hk.reading.documents.odfstyles import OUTLINE, OdfStyles

LEVEL = '<list-level-style-number level="{}" num-format="{}" num-suffix="." {}/>'
HIDDEN = '<style name="{}" family="{}"><{}-properties display="{}"/></style>'


def styles(*parts):
    """Return the styles of parts of a file."""
    return OdfStyles.read([fromstring(f"<a><styles>{part}</styles></a>") for part in parts])


@pytest.mark.parametrize(
    ("family", "name", "expected"),
    [
        ("text", "Gone", True),
        ("text", "Child", True),
        ("text", "Shown", False),
        ("text", "Loop", False),
        ("text", "Missing", False),
        ("paragraph", "Gone", False),
        ("table", "Sheet", True),
    ],
)
def test_a_style_hides_what_it_or_its_parent_says(family, name, expected):
    """What a style states goes before its parent's; tables state it in properties of their own."""
    held = HIDDEN.format("Gone", "text", "text", "none") + HIDDEN.format("Sheet", "table", "table", "false")
    held += '<style name="Child" family="text" parent-style-name="Gone"/>'
    held += '<style name="Shown" family="text" parent-style-name="Gone"><text-properties display="true"/></style>'
    held += '<style name="Loop" family="text" parent-style-name="Loop"/>'
    assert styles(held).hides(family, name) is expected


def test_a_later_part_goes_before_an_earlier_one():
    """The content's own style replaces one of the same name."""
    gone, shown = (HIDDEN.format("S", "text", "text", display) for display in ("none", "true"))
    assert styles(shown, gone).hides("text", "S")
    assert not styles(gone, shown).hides("text", "S")


def test_numbers_count_by_level():
    """An inner list counts anew below each item, shows outer numbers if asked, and a stated number is kept."""
    levels = LEVEL.format(1, "A", "") + LEVEL.format(2, "1", 'display-levels="2" num-prefix="("')
    read = styles(f'<list-style name="L">{levels}<list-level-style-bullet level="3" bullet-char="-"/></list-style>')
    items = [(1,), (2,), (2,), (3,), (1,), (2,), (1, 7)]
    assert [read.label("L", *item) for item in items] == ["A.", "(A.1.", "(A.2.", "•", "B.", "(B.1.", "G."]
    assert read.label("Missing", 1) == ""
    read.begin_list("L")
    assert read.label("L", 1) == "A."


def test_the_outline_is_a_list():
    """Headings are numbered by the outline, from the number at which it starts."""
    level = '<outline-level-style level="1" num-format="1" start-value="3"/>'
    read = styles(f"<outline-style>{level}</outline-style>")
    assert [read.label(OUTLINE, 1), read.label(OUTLINE, 1)] == ["3", "4"]
