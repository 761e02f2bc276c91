"""
XML that is changed in a few places: where its elements begin and end, counted in bytes, and what is put there.

In: the bytes of a part of a package. Out: the same bytes with some more between them. Elements that are not concerned
stay as they are, byte for byte, which no library that writes XML anew can promise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from xml.parsers import expat

#: The encoding that an XML text states.
_ENCODING = re.compile(r"""(<\?xml[^>]*?)\s+encoding\s*=\s*["'][^"']*["']""")
#: A start tag; a sign of an end in the value of an attribute is none.
_TAG = re.compile(rb"""<[^>"']*+(?:(?:"[^"]*"|'[^']*')[^>"']*+)*+>""")
#: Stands between the parts of a name; no name has it.
_SEPARATOR = "\n"
_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


class Markup(NamedTuple):
    """
    An element: its namespace, its name without and with its prefix, its attributes, its depth, and where it is.

    Attributes go by their names without prefixes. The root has depth 0. `start` is where the start tag begins, `inside`
    where the content begins, `end` where the end tag begins, `after` what comes behind it; for an element of one tag
    alone the last three are the same.
    """

    namespace: str
    local: str
    name: str
    attributes: dict[str, str]
    depth: int
    start: int
    inside: int = 0
    end: int = 0
    after: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether it is one tag alone."""
        return self.inside == self.after


class Insertion(NamedTuple):
    """What is put before a byte."""

    at: int
    text: str


def as_utf8(data: bytes) -> bytes:
    """
    Return XML in UTF-16 as UTF-8; any other as it is, as its signs are those of ASCII.

    >>> as_utf8('<?xml version="1.0" encoding="UTF-16"?><a/>'.encode("utf-16"))
    b'<?xml version="1.0"?><a/>'
    """
    if not data.startswith(_BYTE_ORDER_MARKS):
        return data
    return _ENCODING.sub(r"\1", data.decode("utf-16", "replace"), count=1).encode()


def find_elements(data: bytes, deepest: int | None = None) -> list[Markup]:
    """
    Return the elements of XML in the order in which they begin.

    Args:
        data: XML that a reader has accepted: it is well-formed and has no document type.

        deepest: The depth of the deepest elements that are wanted; None for all.

    >>> [(one.name, one.depth, one.inside, one.end) for one in find_elements(b"<a><b/>x</a>")]
    [('a', 0, 3, 8), ('b', 1, 7, 7)]
    """
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    parser.namespace_prefixes = True
    elements: list[Markup] = []
    open_elements: list[int] = []
    beyond = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal beyond
        if beyond or (deepest is not None and len(open_elements) > deepest):
            beyond += 1
            return
        namespace, local, prefix = _parts_of(name)
        values = {_parts_of(key)[1]: value for key, value in attributes.items()}
        printed = f"{prefix}:{local}" if prefix else local
        at = parser.CurrentByteIndex
        elements.append(Markup(namespace, local, printed, values, len(open_elements), at))
        open_elements.append(len(elements) - 1)

    def end(_name: str) -> None:
        nonlocal beyond
        if beyond:
            beyond -= 1
            return
        at, number = parser.CurrentByteIndex, open_elements.pop()
        # The end of an element of one tag is reported behind it, or at it.
        tag = _TAG.match(data, elements[number].start)
        assert tag
        inside = tag.end()
        is_empty = data[inside - 2 : inside] == b"/>"
        after = inside if is_empty else data.index(b">", at) + 1
        elements[number] = elements[number]._replace(inside=inside, end=inside if is_empty else at, after=after)

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return elements


def find_filled(data: bytes, name: str, group: str) -> dict[str, str]:
    """
    Return for each element of a name the first one in it that has content, by their attributes `r`.

    Args:
        data: XML that a reader has accepted.

        name: What the elements inside are called, such as the cells of rows.

        group: What the elements around them are called.

    >>> find_filled(b'<d><row r="2"><c r="A2"/><c r="B2"><v>1</v></c></row></d>', "c", "row")
    {'2': 'B2'}
    """
    parser = expat.ParserCreate(namespace_separator=_SEPARATOR)
    found: dict[str, str] = {}
    around = inside = ""

    def start(full: str, attributes: dict[str, str]) -> None:
        nonlocal around, inside
        local = _parts_of(full)[1]
        if local == group:
            around, inside = attributes.get("r", ""), ""
        elif local == name:
            inside = attributes.get("r", "")
        elif inside:
            found.setdefault(around, inside)

    def end(full: str) -> None:
        nonlocal inside
        if _parts_of(full)[1] == name:
            inside = ""

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return found


def _parts_of(name: str) -> tuple[str, str, str]:
    """Return the namespace, the name without prefix and the prefix of what the parser calls an element or attribute."""
    parts = name.split(_SEPARATOR)
    return ("", parts[0], "") if len(parts) == 1 else (parts[0], parts[1], parts[2] if len(parts) > 2 else "")


def insert(data: bytes, insertions: Iterable[Insertion]) -> bytes:
    """
    Return bytes with some more between them; what is put at one place keeps its order.

    >>> insert(b"<a></a>", [Insertion(3, "y"), Insertion(0, "x"), Insertion(3, "z")])
    b'x<a>yz</a>'
    """
    pieces: list[bytes] = []
    before = 0
    for at, text in sorted(insertions, key=lambda one: one.at):
        pieces += [data[before:at], text.encode()]
        before = at
    return b"".join([*pieces, data[before:]])


def append(data: bytes, element: Markup, text: str) -> bytes:
    """
    Return XML with more at the end of an element, which may have been one of one tag.

    Args:
        data: The XML.

        element: One of its elements.

        text: The XML that is added.

    >>> [append(one, find_elements(one)[0], "<b/>") for one in (b"<a/>", b"<a>x</a>")]
    [b'<a><b/></a>', b'<a>x<b/></a>']
    """
    if element.is_empty:
        return data[: element.end - 2] + f">{text}</{element.name}>".encode() + data[element.end :]
    return insert(data, [Insertion(element.end, text)])
