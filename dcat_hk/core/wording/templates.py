"""
The words of empty plans: what `dcat-hk template` writes, and what the reader knows as not filled in.

In: `template.toml`. Out: texts by name and language. It knows no file format.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from .messages import Translations, read_texts
from .records import read_toml

#: The texts of the file.
TEMPLATE_NAMES = (
    *("bureau", "title", "title-of-one-year", "month", "months"),
    *("section-a", "section-b-one", "section-b-two", "section-b-more", "section-c", "section-d"),
    *("spatial", "nonspatial"),
    *("number", "organisation", "category", "name", "description", "format", "target", "released", "frequency"),
    *("example-name", "example-description"),
    *("choices", "plan", "choose", "choose-formats", "choose-frequency", "write-month", "not-in-list"),
)


@cache
def load_template_texts() -> Mapping[str, Translations]:
    """
    Return the words of empty plans, by name and language.

    Raises:
        WordingError: `template.toml` lacks a key, has one too many, or holds a value that cannot be used.

    >>> load_template_texts()["frequency"]["zh-Hant"]
    '更新頻率'
    """
    return read_texts("template.toml", TEMPLATE_NAMES, read_toml(__package__, "template.toml"))
