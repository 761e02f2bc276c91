"""
The numbers that linking with the portal works with, as typed records.

In: `linking.toml`. Out: a `Linking`. It knows nothing of plans or records.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Literal, get_args

from ..core.wording.records import TableReader, read_toml

#: Which models of language compare titles.
Model = Literal["none", "use", "use+e5"]
MODELS: tuple[Model, ...] = get_args(Model)


@dataclass(frozen=True, slots=True)
class ModelWeights:
    """What a glossary and models of language add, what no record is worth, and what a link needs to be written."""

    glossary: float
    use: float
    e5: float
    none: float
    least: float
    least_explained: float
    least_explaining: float
    least_agreement: float
    least_agreement_left: float


@dataclass(frozen=True, slots=True)
class SignalWeights:
    """What each other signal adds."""

    equal: float
    same_language: float
    same_language_from: float
    same_category: float
    other_category: float
    formats: float
    formats_base: float
    own_body: float
    other_body: float
    same_month: float
    year: float
    existed: float
    spatial: float
    support: float
    partly: float
    slug: float


@dataclass(frozen=True, slots=True)
class LinkBounds:
    """What is written without a model, and what is asked."""

    most_candidates: int
    least_candidate: float
    alike: float
    like: float
    margin: float
    margin_like: float
    margin_whole: float
    least_whole: float
    least_characters: int
    glossary_share: float


@dataclass(frozen=True, slots=True)
class LinkWords:
    """Words that say nothing, or tell little."""

    idle: tuple[str, ...]
    light: tuple[str, ...]
    light_weight: float
    light_chinese: tuple[str, ...]
    particles: str


@dataclass(frozen=True, slots=True)
class LeftWords:
    """
    Words of titles that may be left over when all others are explained, in English (`idle`) and Chinese (`silent`).

    Those that say that things are counted and that they are listed, in both languages, are no other's. `alone` are
    characters that mean something by themselves.
    """

    idle: tuple[str, ...]
    silent: tuple[str, ...]
    alone: str
    counts: tuple[str, ...]
    lists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SameWords:
    """
    Words of Chinese titles that make no other thing of it: in front, and groups of closing words of one meaning.

    `places` are characters that make a place of a word in front, `joining` what may stand before a closing word.
    """

    front: tuple[str, ...]
    places: str
    joining: str
    closing: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Linking:
    """All numbers of `linking.toml`."""

    models: Annotated[Mapping[str, ModelWeights], MODELS]
    weights: SignalWeights
    bounds: LinkBounds
    confidence: Mapping[str, float]
    words: LinkWords
    left: LeftWords
    same: SameWords


@cache
def load_linking() -> Linking:
    """
    Return the numbers that linking works with.

    Raises:
        WordingError: `linking.toml` lacks a key, has one too many, or holds a value that cannot be used.

    >>> load_linking().bounds.most_candidates
    5
    """
    return TableReader("linking.toml").read_record(Linking, read_toml(__package__, "linking.toml"))
