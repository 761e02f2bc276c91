"""
Labels of the interface and of terms, and the choice of a literal by language.

In: `labels.toml`, `core/properties.toml`, literals. Out: text. The data files have the labels in three languages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from ...core.languages import FALLBACKS
from ...core.properties import label_of
from ...core.terms import CONCEPT_PREFIXES, PREFIXES, Iri, Literal, Term
from ...core.wording.records import read_toml
from .formats import FEED_PREFIXES

_SPACES = {space: prefix for prefix, space in {**PREFIXES, **CONCEPT_PREFIXES, **FEED_PREFIXES}.items()}


@cache
def _load_labels() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the table of labels."""
    return read_toml(__package__, "labels.toml")


def get_label(key: str, language: str) -> str:
    """
    Return a label of the interface.

    Raises:
        KeyError: There is no such label.

    >>> get_label("language", "en")
    'Language'
    """
    return _load_labels()["interface"][key][language]


def get_term_label(iri: Iri, language: str, base: Iri) -> str:
    """
    Return the label of a property or class of a common vocabulary; else its prefixed name; else an empty text.

    >>> get_term_label("http://purl.org/dc/terms/title", "en", "")
    'Title'
    """
    return label_of(_shorten(iri, base), language)


def _shorten(iri: Iri, base: Iri) -> str:
    """Return the prefixed name of an IRI; empty if there is no prefix for it."""
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = "plan" if base and iri[:cut] == f"{base}def/plan#" else _SPACES.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix else ""


def choose_literal(literals: Sequence[Literal], language: str) -> Literal | None:
    """
    Return the literal that fits a language best; None if there are no literals.

    >>> choose_literal([Literal("罪案", "zh-Hant"), Literal("Crime", "en")], "en").value
    'Crime'
    """
    for tag in FALLBACKS[language]:
        for literal in literals:
            if literal.language == tag:
                return literal
    return literals[0] if literals else None


def choose_text(terms: Iterable[Term], language: str) -> str:
    """
    Return the text among some terms that fits a language best; empty if there is none.

    >>> choose_text(["urn:a", Literal("罪案", "zh-Hant")], "en")
    '罪案'
    """
    literal = choose_literal([term for term in terms if isinstance(term, Literal)], language)
    return literal.value if literal else ""


def find_translations(terms: Iterable[Term]) -> dict[str, str]:
    """
    Return the first text among some terms in each language; one that was converted counts as one of its new script.

    >>> find_translations([Literal("海", "zh-Hant"), Literal("海", "zh-Hans-t-zh-hant")])
    {'zh-Hant': '海', 'zh-Hans': '海'}
    """
    texts: dict[str, str] = {}
    for term in terms:
        if isinstance(term, Literal):
            texts.setdefault(term.language.partition("-t-")[0], term.value)
    return texts
