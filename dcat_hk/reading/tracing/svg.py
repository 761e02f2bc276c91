"""
Elements of an SVG drawing, as text: the same drawing gives the same bytes.

In: positions and words. Out: lines of SVG.

Spec: SVG 1.1, 5 (document structure), 10 (text), 9 (basic shapes).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from xml.sax.saxutils import escape, quoteattr

from .letters import Box

#: Characters that XML 1.0 does not allow.
_FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ud800-\udfff\ufffe\uffff]")


def number(value: float) -> str:
    """
    Return a position with at most two digits after the point.

    >>> number(12.0), number(0.125), number(-0.001)
    ('12', '0.12', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, attributes: Mapping[str, str | float], content: str = "", title: str = "") -> str:
    """
    Return an element; a title is what a browser shows beside the pointer.

    >>> element("rect", {"x": 1.5, "class": "a&b"}, title="<1>")
    '<rect x="1.5" class="a&amp;b"><title>&lt;1&gt;</title></rect>'
    """
    values = {key: value if isinstance(value, str) else number(value) for key, value in attributes.items()}
    written = "".join(f" {key}={quoteattr(value)}" for key, value in values.items())
    inner = (f"<title>{clean(title)}</title>" if title else "") + content
    return f"<{name}{written}>{inner}</{name}>" if inner else f"<{name}{written}/>"


def clean(text: str) -> str:
    """
    Return text as XML holds it; characters that XML does not allow are shown as a box.

    >>> clean("a < b\\x01")
    'a &lt; b□'
    """
    return escape(_FORBIDDEN.sub("□", text))


def box(class_name: str, at: Box, title: str = "") -> str:
    """
    Return a rectangle.

    >>> box("cell", Box(1, 2, 4, 8))
    '<rect class="cell" x="1" y="2" width="3" height="6"/>'
    """
    size = {"width": at.right - at.left, "height": at.bottom - at.top}
    return element("rect", {"class": class_name, "x": at.left, "y": at.top, **size}, title=title)


def line(class_name: str, x: float, y: float, other_x: float, other_y: float, title: str = "") -> str:
    """
    Return a straight line.

    >>> line("rule", 1, 2, 1, 8)
    '<line class="rule" x1="1" y1="2" x2="1" y2="8"/>'
    """
    return element("line", {"class": class_name, "x1": x, "y1": y, "x2": other_x, "y2": other_y}, title=title)


def outlines(class_name: str, boxes: Iterable[Box]) -> str:
    """
    Return many rectangles as one element.

    >>> outlines("letter", [Box(0, 0, 5, 9)])
    '<path class="letter" d="M0 0h5v9h-5z"/>'
    """
    path = "".join(
        f"M{number(at.left)} {number(at.top)}h{number(at.right - at.left)}v{number(at.bottom - at.top)}"
        f"h{number(at.left - at.right)}z"
        for at in boxes
    )
    return element("path", {"class": class_name, "d": path})


def words(class_name: str, text: str, x: float, y: float, size: float, length: float = 0.0, title: str = "") -> str:
    """
    Return text from a point on its baseline, as long as it is to be if that is stated.

    >>> words("text", "編號", 10, 20, 9)
    '<text class="text" x="10" y="20" font-size="9">編號</text>'
    """
    attributes: dict[str, str | float] = {"class": class_name, "x": x, "y": y, "font-size": size}
    if length:
        attributes |= {"textLength": length, "lengthAdjust": "spacingAndGlyphs"}
    return element("text", attributes, clean(text), title)
