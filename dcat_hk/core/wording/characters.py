"""
Facts about characters that the Unicode character database of Python lacks: `characters.toml` as a typed record.

In: `characters.toml`. Out: `Characters`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from .records import TableReader, read_toml

_FILE = "characters.toml"
#: One ideograph, those of the Hong Kong character set on the further planes included.
IDEOGRAPH = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")


@dataclass(frozen=True, slots=True)
class Characters:
    """
    Tables of characters and words; what each is for is written beside it in the file.

    >>> load_characters().variants["週"]
    '周'
    """

    neutral: str
    radicals: Mapping[str, str]
    variants: Mapping[str, str]
    hong_kong: Mapping[str, str]


@cache
def load_characters() -> Characters:
    """
    Return the tables of `characters.toml`, read and checked once per process.

    Raises:
        WordingError: The file lacks a key, has one too many, or holds a value that cannot be used.
    """
    return read_characters(read_toml("dcat_hk.core.wording", _FILE))


def read_characters(tables: Mapping[str, Any]) -> Characters:
    """
    Return the record of the tables of `characters.toml`.

    Args:
        tables: The parsed file.

    Raises:
        WordingError: A key is missing, unknown or of the wrong type; something other than one character is replaced.
    """
    reader = TableReader(_FILE)
    characters = reader.read_record(Characters, tables)
    for name, table in (("radicals", characters.radicals), ("variants", characters.variants)):
        for key in table:
            if len(key) != 1:
                raise reader.error(f"{name}.{key}", "Expected one character as the key.")
    return characters
