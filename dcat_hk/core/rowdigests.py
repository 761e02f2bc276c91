"""
What `parse` writes beside each row, so that it can be told later what a person changed in it.

In: a row as it was read, and its place among all. Out: a text with the number of the row, of all rows, and four
hexadecimal digits for each field. It is no protection against anybody: whoever wants to can write another one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from .place import Place
from .plan import Entry

#: The fields of an entry, in the order in which they are printed.
ENTRY_FIELDS = (
    "section",
    "spatial",
    "organisation",
    "group",
    "number",
    "part",
    "category",
    "title",
    "description",
    "date_raw",
    "date",
    "period",
    "date_role",
    "frequency_raw",
    "frequency",
    "formats",
    "publisher",
    "place",
)
_DIGITS = 4
_FORM = re.compile(rf"(\d+)/(\d+) ((?:[0-9a-f]{{{_DIGITS}}}){{{len(ENTRY_FIELDS)}}})")


class RowDigest(NamedTuple):
    """Which of how many rows it was, and the digest of each field."""

    number: int
    of: int
    fields: Mapping[str, str]

    def __str__(self) -> str:
        """Return the text that `parse` writes."""
        return f"{self.number}/{self.of} {''.join(self.fields[name] for name in ENTRY_FIELDS)}"


def digest_row(entry: Entry, number: int, of: int) -> RowDigest:
    """
    Return what tells later what was changed in a row.

    Args:
        entry: The row as it was read.

        number: Which row of the plan it is, from 1.

        of: How many rows the plan has.
    """
    values = {name: getattr(entry, name) for name in ENTRY_FIELDS}
    return RowDigest(number, of, {name: digest_value(value) for name, value in values.items()})


def digest_value(value: object) -> str:
    """
    Return the digits for the value of a field.

    Args:
        value: The value.

    >>> digest_value(None) == digest_value(""), digest_value("CSV") == digest_value(("CSV",))
    (True, True)
    """
    if isinstance(value, tuple) and not isinstance(value, Place):
        value = " ".join(map(str, value))
    text = "" if value is None else str(value)
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:_DIGITS]


def read_digest(text: str) -> RowDigest | None:
    """
    Return what a row says of how it was read, None if it says nothing that can be understood.

    Args:
        text: What `parse` wrote.

    >>> read_digest("typed by hand") is None
    True
    """
    match = _FORM.fullmatch(text.strip())
    if not match:
        return None
    digits: Sequence[str] = [match[3][start : start + _DIGITS] for start in range(0, len(match[3]), _DIGITS)]
    return RowDigest(int(match[1]), int(match[2]), dict(zip(ENTRY_FIELDS, digits, strict=True)))
