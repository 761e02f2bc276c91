"""
Layers of a PDF that are off -> their names.

In: the bytes of a file. Out: the names of layers (optional content groups) that nobody sees who opens the file. pdfium
does not tell, so they are looked for in the file's objects; a layer that is not found there counts as seen.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from itertools import islice

_OBJECT = re.compile(rb"(?<!\d)(\d{1,8})\s{1,2}\d{1,5}\s{1,2}obj\b")
_BODY = re.compile(rb"[^>]{0,300}>>\s{0,4}stream\r?\n")
_COUNT, _FIRST = re.compile(rb"/N\s+(\d{1,6})\b"), re.compile(rb"/First\s+(\d{1,7})\b")
_OFF = re.compile(rb"/OFF\s*\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d{1,8})\s+\d{1,5}\s+R\b")
_GROUP = re.compile(rb"/Type\s*/OCG\b")
_NAME = re.compile(rb"/Name\s*(?:\(((?:\\.|[^\\()])*)\)|<([0-9A-Fa-f\s]*)>)", re.DOTALL)
_ESCAPE = re.compile(rb"\\([()\\])")
_NUMBER = re.compile(rb"\d{1,9}")
_PACKED = b"/ObjStm"
#: How near to its kind the dictionary of a stream begins, and how long an object about layers is, in bytes.
_NEAR, _LONGEST = 300, 4_000
_MOST_OBJECTS = 200_000
#: No more of a stream of objects is unpacked.
_LARGEST = 8_000_000


def hidden_layers_of(data: bytes) -> frozenset[str]:
    """
    Return the names of the layers that are off, without those that a layer that is on has, too.

    Args:
        data: A PDF file.

    Spec: ISO 32000-1, 8.11: optional content; 7.5.7: object streams.
    """
    if b"/OFF" not in data and b"/ObjStm" not in data:
        return frozenset()
    objects = [*_objects(data), *_packed_objects(data)]
    off = {
        int(number)
        for _number, body in objects
        if b"/OCGs" in body
        for array in _OFF.findall(body)
        for number in _REFERENCE.findall(array)
    }
    if not off:
        return frozenset()
    hidden, seen = set[str](), set[str]()
    for number, body in objects:
        if _GROUP.search(body):
            (hidden if number in off else seen).add(_name_in(body))
    return frozenset(hidden - seen - {""})


def _objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the objects about layers that stand by themselves: number and text."""
    for match in islice(_OBJECT.finditer(data), _MOST_OBJECTS):
        body = data[match.end() : match.end() + _LONGEST].partition(b"endobj")[0]
        if b"/OC" in body:
            yield int(match[1]), body


def _packed_objects(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the objects about layers in compressed streams: number and text."""
    position = data.find(_PACKED)
    while position >= 0:
        begin = max(data.rfind(b"<<", max(position - _NEAR, 0), position), 0)
        match = _BODY.match(data, position)
        if match:
            yield from _objects_in(data[begin : match.end()], memoryview(data)[match.end() :])
        position = data.find(_PACKED, position + 1)


def _objects_in(head: bytes, packed: memoryview) -> Iterator[tuple[int, bytes]]:
    """Yield the objects about layers in one stream, of which this is the dictionary."""
    count, first = _COUNT.search(head), _FIRST.search(head)
    if not count or not first:
        return
    try:
        unpacked = zlib.decompressobj().decompress(packed, _LARGEST)
    except zlib.error:
        return
    start = int(first[1])
    numbers = [int(number) for number in _NUMBER.findall(unpacked[:start])][: 2 * int(count[1])]
    places = [start + place for place in numbers[1::2]]
    for number, begin, end in zip(numbers[::2], places, [*places[1:], len(unpacked)], strict=False):
        body = unpacked[begin:end][:_LONGEST]
        if b"/OC" in body:
            yield number, body


def _name_in(body: bytes) -> str:
    """Return the name that an object states, empty if it cannot be read."""
    match = _NAME.search(body)
    if not match:
        return ""
    if match[2] is not None:
        digits = re.sub(rb"\s", b"", match[2])
        name = bytes.fromhex(digits.decode("ascii") + "0" * (len(digits) % 2))
    else:
        name = _ESCAPE.sub(rb"\1", match[1])
    return text_of(name)


def text_of(string: bytes) -> str:
    r"""
    Return the text of a string of a PDF.

    >>> text_of(b"Old"), text_of(b"\xfe\xff\x00O")
    ('Old', 'O')

    Spec: ISO 32000-1, 7.9.2: string object types.
    """
    if string.startswith(b"\xfe\xff"):
        return string[2:].decode("utf-16-be", "replace")
    return string.decode("utf-8-sig" if string.startswith(b"\xef\xbb\xbf") else "latin-1", "replace")
