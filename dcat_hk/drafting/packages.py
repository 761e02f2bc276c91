"""
Word and Excel files as packages: ZIP files of parts, made anew or with some of their parts changed.

In: parts by name. Out: the bytes of a file, the same for the same parts. A part that is not changed keeps its bytes,
its place and its date.

Spec: ECMA-376 part 2, Open Packaging Conventions.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

#: What is stated as the time at which a part was made: the earliest that a ZIP file can state.
_NO_TIME = (1980, 1, 1, 0, 0, 0)
#: What begins every part.
XML_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
CONTENT_TYPES = "[Content_Types].xml"
#: The namespace of parts that say to which others a part refers, and what begins the kinds of such references.
RELATED = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def write_package(parts: Mapping[str, str]) -> bytes:
    """
    Return a package of parts.

    Args:
        parts: XML by the names of parts, in order; the head of XML is put before each.

    >>> write_package({"a.xml": "<a/>"}) == write_package({"a.xml": "<a/>"})
    True
    """
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, text in parts.items():
            package.writestr(_new_part(name), (XML_HEAD + text).encode())
    return file.getvalue()


def change_package(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """
    Return a package with some of its parts changed, and with parts that it did not have at its end.

    Args:
        data: The package.

        changed: What parts hold by their names.

    >>> package = write_package({"a.xml": "<a/>", "b.xml": "<b/>"})
    >>> with zipfile.ZipFile(io.BytesIO(change_package(package, {"b.xml": b"<c/>", "d.xml": b"<d/>"}))) as made:
    ...     made.namelist(), made.read("b.xml")
    (['a.xml', 'b.xml', 'd.xml'], b'<c/>')
    """
    file = io.BytesIO()
    waiting = dict(changed)
    with zipfile.ZipFile(io.BytesIO(data)) as package, zipfile.ZipFile(file, "w") as made:
        for entry in package.infolist():
            content = waiting.pop(entry.filename, None)
            made.writestr(entry, package.read(entry) if content is None else content)
        for name, content in waiting.items():
            made.writestr(_new_part(name), content)
    return file.getvalue()


def _new_part(name: str) -> zipfile.ZipInfo:
    """Return the entry of a part that is made now."""
    entry = zipfile.ZipInfo(name, _NO_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    # A ZIP file states on which kind of system it was made: always the same one.
    entry.create_system = 0
    return entry
