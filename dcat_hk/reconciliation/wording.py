"""
What a comparison of plans is told in, in three languages.

In: `wording.toml`, and the vocabulary of plan terms. Out: texts by name and language.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, get_args

from ..core.vocabularies import load
from ..core.wording.messages import Translations
from ..core.wording.records import TableReader, read_toml
from .outcomes import LinkClass

TEXTS = (
    *("title", "plans", "place", "dataset", "fate", "months", "differs", "class", "count", "summary", "maybe"),
    *("skipped", "no-common-language", "successor-unread", "no-pair"),
)


@dataclass(frozen=True, slots=True)
class ComparisonWording:
    """The words for classes of links, and the texts of tables."""

    classes: Annotated[Mapping[str, Translations], get_args(LinkClass)]
    texts: Annotated[Mapping[str, Translations], TEXTS]


@cache
def load_comparison_wording() -> ComparisonWording:
    """
    Return what a comparison of plans is told in.

    Raises:
        WordingError: `wording.toml` lacks a key, has one too many, or holds a value that cannot be used.

    >>> load_comparison_wording().classes["same"]["en"]
    'same title'
    """
    return TableReader("wording.toml").read_record(ComparisonWording, read_toml(__package__, "wording.toml"))


def name_term(name: str, language: str) -> str:
    """
    Return the name of a fate or a difference, as the vocabulary of plan terms has it.

    Args:
        name: Its code.

        language: The language of the name.

    >>> name_term("no-longer-listed", "en")
    'no longer listed'
    """
    vocabularies = load()
    return vocabularies.concepts[vocabularies.term(name)].label(language)
