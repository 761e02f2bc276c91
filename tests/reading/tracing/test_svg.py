"""Elements of a drawing."""

from xml.etree import ElementTree

import pytest

from dcat_hk.reading.tracing.letters import Box
from dcat_hk.reading.tracing.svg import box, clean, element, line, number, outlines, words


@pytest.mark.parametrize("text", ["<&>\"'", "\x00\x0b\x1f", "\ufffe\uffff", "\ud800", "𠮷野家", "a\tb"])
def test_any_text_is_well_formed(text):
    """Text that XML does not allow is shown as a box; all other text comes back as it is."""
    parsed = ElementTree.fromstring(element("text", {"class": "a"}, clean(text), text).encode())  # noqa: S314 - ours
    assert "".join(parsed.itertext()).count("□") == 2 * len([c for c in text if clean(c) == "□"])


def test_numbers_are_short():
    """Positions have two digits at most, and nothing is minus nought."""
    assert [number(value) for value in (1 / 3, 100.0, -0.001, -1.5)] == ["0.33", "100", "0", "-1.5"]


def test_shapes_are_elements():
    """Rectangles, lines, outlines and words have the class by which they are coloured."""
    drawn = [
        box("cell", Box(0, 0, 4, 2), "a"),
        line("rule", 0, 0, 9, 0),
        outlines("letter", [Box(0, 0, 4, 2), Box(4, 0, 8, 2)]),
        words("text", "a", 0, 2, 9, 4.5, "title"),
    ]
    parsed = [ElementTree.fromstring(each) for each in drawn]  # noqa: S314 - ours
    assert [(one.tag, one.get("class")) for one in parsed] == [
        ("rect", "cell"),
        ("line", "rule"),
        ("path", "letter"),
        ("text", "text"),
    ]
    assert parsed[3].get("textLength") == "4.5"
