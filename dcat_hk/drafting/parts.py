"""
The parts of a Word or Excel file as they refer to one another, and new ones added to them.

In: the bytes of a file. Out: parts by their names; the file with parts that were changed and added.

Spec: ECMA-376 part 2, 8.3 (relationships) and 9.1 (parts and their media types).
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from typing import NamedTuple
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from .markup import append, as_utf8, find_elements
from .packages import CONTENT_TYPES, OFFICE, RELATED, XML_HEAD, change_package


class Relation(NamedTuple):
    """How a part refers to another: its identifier, the kind as a word, the kind as stated, and the other's name."""

    identifier: str
    kind: str
    stated: str
    target: str


class EditedPackage:
    """
    A file whose parts are read and changed.

    Args:
        data: The bytes of the file, which a reader has accepted.
    """

    def __init__(self, data: bytes) -> None:
        """Read the directory."""
        self._data = data
        self._changed: dict[str, bytes] = {}
        self._package = zipfile.ZipFile(io.BytesIO(data))
        self._names = {name.casefold(): name for name in reversed(self._package.namelist())}

    def save(self) -> bytes:
        """Return the file with all changes."""
        return change_package(self._data, self._changed)

    def has(self, name: str) -> bool:
        """Tell whether there is a part of a name."""
        return name.casefold() in self._names

    def read(self, name: str) -> bytes:
        """Return a part as it is now, in UTF-8 or an encoding whose signs are those of ASCII."""
        stored = self._names[name.casefold()]
        return self._changed[stored] if stored in self._changed else as_utf8(self._package.read(stored))

    def write(self, name: str, data: bytes) -> None:
        """Change or add a part."""
        self._changed[self._names.setdefault(name.casefold(), name)] = data

    def free_name(self, pattern: str) -> str:
        """Return a name that no part has: the pattern with the first number that is free, or none if that is."""
        names = (pattern.format(number or "") for number in range(len(self._names) + 1))
        return next(name for name in names if not self.has(name))

    def relations(self, part: str) -> list[Relation]:
        """Return to which parts of the file a part refers, or the file itself for an empty name."""
        name = _relations_of(part)
        if not self.has(name):
            return []
        folder = posixpath.dirname(part)
        found = [one.attributes for one in find_elements(self.read(name)) if one.local == "Relationship"]
        return [
            Relation(
                one.get("Id", ""),
                one.get("Type", "").rpartition("/")[2],
                one.get("Type", ""),
                posixpath.normpath(posixpath.join("/", folder, unquote(one.get("Target", "")))).lstrip("/"),
            )
            for one in found
            if one.get("TargetMode") != "External"
        ]

    def find_related(self, part: str, kind: str) -> str:
        """Return the first part of a kind that a part refers to, empty if there is none."""
        return next((one.target for one in self.relations(part) if one.kind == kind and self.has(one.target)), "")

    def relate(self, part: str, kind: str, target: str) -> str:
        """Let a part refer to another, and return the identifier by which it does."""
        name = _relations_of(part)
        empty = f'{XML_HEAD}<Relationships xmlns="{RELATED}"></Relationships>'.encode()
        data = self.read(name) if self.has(name) else empty
        elements = find_elements(data)
        known = {one.attributes.get("Id", "") for one in elements}
        identifier = next(one for one in (f"rId{number}" for number in range(1, len(known) + 2)) if one not in known)
        stated = next((one.stated for one in self.relations("") if one.kind == "officeDocument"), "")
        office = stated.rpartition("/")[0] or OFFICE
        address = posixpath.relpath(f"/{target}", f"/{posixpath.dirname(part)}")
        relation = (
            f'<Relationship xmlns="{RELATED}" Id="{identifier}" Type="{office}/{kind}" Target={quoteattr(address)}/>'
        )
        self.write(name, append(data, elements[0], relation))
        return identifier

    def state_type(self, part: str, media_type: str) -> None:
        """State what kind of part a new part is."""
        data = self.read(CONTENT_TYPES)
        root = find_elements(data, 0)[0]
        stated = f"PartName={quoteattr(f'/{part}')} ContentType={quoteattr(media_type)}"
        self.write(CONTENT_TYPES, append(data, root, f'<Override xmlns="{root.namespace}" {stated}/>'))


def _relations_of(part: str) -> str:
    """Return the name of the part with the relations of another."""
    folder, base = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{base}.rels")
