"""
Words of the interface, and the words of the catalogue that serve a language best.

In: `labels.toml`, `core/properties.toml`, literals. Out: text. The wording stands in the data files, in three
languages.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from ...core.languages import FALLBACKS
from ...core.properties import label_of
from ...core.terms import CONCEPT_PREFIXES, PREFIXES, Iri, Literal
from .forms import FEED_PREFIXES

_SPACES = {space: prefix for prefix, space in {**PREFIXES, **CONCEPT_PREFIXES, **FEED_PREFIXES}.items()}


@cache
def _labels() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the table of labels."""
    return tomllib.loads(files(__package__).joinpath("labels.toml").read_text(encoding="utf-8"))


def word(key: str, language: str) -> str:
    """
    Return a word of the interface.

    Raises:
        KeyError: There is no such word.

    >>> word("language", "en")
    'Language'
    """
    return _labels()["interface"][key][language]


def name_of(iri: Iri, language: str, base: Iri) -> str:
    """
    Return what a property or class of the usual vocabularies is called; else its prefixed name; else nothing.

    >>> name_of("http://purl.org/dc/terms/title", "en", "")
    'Title'
    """
    return label_of(_prefixed(iri, base), language)


def _prefixed(iri: Iri, base: Iri) -> str:
    """Return an IRI with a prefix, nothing if none fits."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = "plan" if base and iri[:cut] == f"{base}def/plan#" else _SPACES.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix else ""


def best(literals: Sequence[Literal], language: str) -> Literal | None:
    """
    Return the literal that serves a language best, None if there is none.

    >>> best([Literal("罪案", "zh-Hant"), Literal("Crime", "en")], "en").value
    'Crime'
    """
    for tag in FALLBACKS[language]:
        for literal in literals:
            if literal.language == tag:
                return literal
    return literals[0] if literals else None
