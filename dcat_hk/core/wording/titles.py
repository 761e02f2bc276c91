"""
How titles of datasets are worded: `titles.toml` as typed records with compiled patterns.

In: `titles.toml`. Out: `TitlesWording`. Everything in the file is checked and compiled when it is loaded; what each key
means is written beside it in the file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from .records import TableReader, read_toml

Pattern = re.Pattern[str]

_FILE = "titles.toml"


@dataclass(frozen=True, slots=True)
class PeriodForm:
    """One way to state a period, and what its numbers mean."""

    kind: Literal["years", "financial", "quarter", "half", "since", "year"]
    pattern: Pattern


@dataclass(frozen=True, slots=True)
class PeriodsWording:
    """The periods that titles state, and what looks like one and is none."""

    year: Pattern
    digits: Mapping[str, str]
    written_year: Pattern
    quarters: Mapping[str, int]
    second_halves: frozenset[str]
    quoted: Pattern
    never: Pattern
    data: Pattern
    issues: Pattern
    left: Pattern
    forms: tuple[PeriodForm, ...]


@dataclass(frozen=True, slots=True)
class KeywordsWording:
    """Where titles come apart, and which of their words say nothing by themselves."""

    names: Pattern
    quoted: Pattern
    periods: Pattern
    breaks_zh: Pattern
    particle: Pattern
    breaks_en: Pattern
    clauses: Pattern
    common_zh: Pattern
    common_en: Pattern
    openings: Pattern
    alone: Pattern
    longest_zh: int
    longest_en: int
    most: int


@dataclass(frozen=True, slots=True)
class TitlesWording:
    """Everything in `titles.toml`."""

    periods: PeriodsWording
    keywords: KeywordsWording


@cache
def load_titles_wording() -> TitlesWording:
    """
    Return how titles of datasets are worded.

    Raises:
        WordingError: The file lacks a key, has one too many, or holds a value that cannot be used.

    >>> load_titles_wording().keywords.longest_en
    7
    """
    return read_titles_wording(read_toml(__package__, _FILE))


def read_titles_wording(tables: Mapping[str, Any]) -> TitlesWording:
    """
    Return how titles are worded from the tables of `titles.toml`.

    Args:
        tables: The parsed file.

    Raises:
        WordingError: A key is missing, unknown or of the wrong type; a pattern does not compile.
    """
    year = str(tables.get("periods", {}).get("year", ""))
    reader = TableReader(_FILE, lambda _key, pattern: pattern.replace("{year}", year))
    return reader.read_record(TitlesWording, tables)
