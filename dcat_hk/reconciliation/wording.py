"""
What a comparison of plans is told in, in three languages.

In: `wording.toml`. Out: texts by name and language. Every fate, difference and class of links has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, get_args

from ..core.wording.messages import Translations
from ..core.wording.records import TableReader, read_toml
from .outcomes import DIFFERENCES, FATES, LinkClass

TEXTS = (
    *("title", "plans", "place", "dataset", "fate", "months", "differs", "class", "count", "summary", "maybe"),
    *("skipped", "no-common-language", "successor-unread", "no-pair"),
)


@dataclass(frozen=True, slots=True)
class ComparisonWording:
    """The words for fates, differences and classes of links, and the texts of tables."""

    fates: Annotated[Mapping[str, Translations], FATES]
    differences: Annotated[Mapping[str, Translations], DIFFERENCES]
    classes: Annotated[Mapping[str, Translations], get_args(LinkClass)]
    texts: Annotated[Mapping[str, Translations], TEXTS]


@cache
def load_comparison_wording() -> ComparisonWording:
    """
    Return what a comparison of plans is told in.

    Raises:
        WordingError: `wording.toml` lacks a key, has one too many, or holds a value that cannot be used.

    >>> load_comparison_wording().fates["no-longer-listed"]["en"]
    'no longer listed'
    """
    return TableReader("wording.toml").read_record(ComparisonWording, read_toml(__package__, "wording.toml"))
