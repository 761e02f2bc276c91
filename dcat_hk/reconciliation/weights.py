"""
The numbers that comparing plans works with, as typed records.

In: `reconciliation.toml`. Out: a `Weighting`. It knows nothing of plans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from ..core.text import fold, plain
from ..core.wording.records import TableReader, read_toml

#: The score of a pair that may not be linked.
NOT_ALLOWED = -99.0


@dataclass(frozen=True, slots=True)
class ScoreWeights:
    """What each signal adds to the score of two items with different titles."""

    same_title: float
    title: float
    edit_share: float
    contained_share: float
    contained_rare: float
    same_other_title: float
    remarks: float
    remarks_rare: float
    same_frequency: float
    other_frequency: float
    same_category: float
    other_category: float
    formats: float
    formats_base: float
    same_month: float
    other_release: float
    other_owner: float
    other_words: float
    reopened: float


@dataclass(frozen=True, slots=True)
class FitWeights:
    """What each signal adds where several items have the same title, and how much is enough."""

    same_owner: float
    other_owner: float
    same_heading: float
    other_heading: float
    same_spatial: float
    untold_spatial: float
    same_stage: float
    released: float
    reopened: float
    same_month: float
    same_month_of_part: float
    other_month: float
    released_after: float
    released_before: float
    months_before: int
    remarks: float
    same_frequency: float
    same_formats: float
    same_number: float
    least: float
    least_under_other_heading: float
    margin: float


@dataclass(frozen=True, slots=True)
class ClassBounds:
    """Which score makes a link, and which a candidate."""

    renamed: float
    margin: float
    least_items: int
    candidate: float
    least_text: float
    least_title: float
    least_remark: float
    most_candidates: int
    rare_part: int
    alike_title: float


@dataclass(frozen=True, slots=True)
class Confidence:
    """The share of right links of each class, as the evaluation measures it."""

    same: float
    renamed: float


@dataclass(frozen=True, slots=True)
class LightWords:
    """Words of titles that tell little, and what is left of their weight."""

    weight: float
    words: tuple[str, ...]

    @property
    def folded(self) -> frozenset[str]:
        """Return the words as titles are compared."""
        return frozenset(map(fold, self.words))


@dataclass(frozen=True, slots=True)
class CommonWords:
    """Words that many datasets have in their titles and remarks."""

    words: tuple[str, ...]

    @property
    def folded(self) -> frozenset[str]:
        """Return the words as texts are compared."""
        return frozenset(map(fold, self.words))


@dataclass(frozen=True, slots=True)
class SeriesPatterns:
    """What finds the words that a title counts by, in plain text."""

    patterns: tuple[re.Pattern[str], ...]

    def find(self, title: str) -> tuple[str, ...]:
        """Return what a title says that it counts by."""
        text = plain(title)
        return tuple(fold(match[1]) for pattern in self.patterns for match in pattern.finditer(text))


@dataclass(frozen=True, slots=True)
class Weighting:
    """All numbers of `reconciliation.toml`."""

    weights: ScoreWeights
    equal_titles: FitWeights
    classes: ClassBounds
    confidence: Confidence
    light: LightWords
    common: CommonWords
    series: SeriesPatterns


@cache
def load_weighting() -> Weighting:
    """
    Return the numbers that comparing plans works with.

    Raises:
        WordingError: `reconciliation.toml` lacks a key, has one too many, or holds a value that cannot be used.

    >>> load_weighting().classes.most_candidates
    5
    """
    return TableReader("reconciliation.toml").read_record(Weighting, read_toml(__package__, "reconciliation.toml"))
