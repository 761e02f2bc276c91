"""
Labels of the interface and of terms, and the choice of a literal by language.

In: the files `labels*.toml`, `core/properties.toml`, literals. Out: text. The data files have the
labels in three languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files

from ...core.languages import FALLBACKS
from ...core.properties import label_of
from ...core.terms import CONCEPT_PREFIXES, PREFIXES, Iri, Literal, Term, get_code
from ...core.wording.records import read_toml
from .formats import FEED_PREFIXES

#: A year, or a month of a year.
_MONTH = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2]))?")
_SPACES = {space: prefix for prefix, space in {**PREFIXES, **CONCEPT_PREFIXES, **FEED_PREFIXES}.items()}


@cache
def _load_labels() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the tables of labels; no key is in two files."""
    tables: dict[str, dict[str, Mapping[str, str]]] = {}
    names = sorted(file.name for file in files(__package__).iterdir())
    for name in (name for name in names if name.startswith("labels") and name.endswith(".toml")):
        for table, labels in read_toml(__package__, name).items():
            tables.setdefault(table, {}).update(labels)
    return tables


def get_label(key: str, language: str) -> str:
    """
    Return a label of the interface.

    Raises:
        KeyError: There is no such label.

    >>> get_label("language", "en")
    'Language'
    """
    return _load_labels()["interface"][key][language]


def find_label_of(table: str, key: str, language: str) -> str:
    """
    Return a label of another table of the interface; the key itself if there is none.

    >>> find_label_of("result", "publisher", "en"), find_label_of("result", "x", "en")
    ('Body', 'x')
    """
    return _load_labels()[table].get(key, {}).get(language, key)


def format_month(month: str, language: str) -> str:
    """
    Return a month or a year in words; any other text as it is.

    Args:
        month: The month, as in 2026-03.

        language: The language.

    >>> format_month("2026-03", "en"), format_month("2026-03", "zh-Hant"), format_month("2026", "zh-Hans")
    ('March 2026', '2026年3月', '2026年')
    """
    match = _MONTH.fullmatch(month)
    if not match:
        return month
    if not match[2]:
        return get_label("year-in-words", language).format(year=match[1])
    name = get_label("month-names", language).split()[int(match[2]) - 1]
    return get_label("month-in-words", language).format(year=match[1], name=name)


def format_span(start: str | None, end: str | None, language: str) -> str:
    """
    Return in words a month, or the months of a quarter, a half or a year; an empty text without a month.

    Args:
        start: The first month; the last one where it is only one.

        end: The last month.

        language: The language.

    >>> format_span("2026-01", "2026-03", "en"), format_span("2026-03", "2026-03", "en"), format_span(None, None, "en")
    ('January 2026 to March 2026', 'March 2026', '')
    """
    if not start or not end or start >= end:
        return format_month(end or "", language)
    words = {"start": format_month(start, language), "end": format_month(end, language)}
    return get_label("span", language).format(**words)


def format_count(unit: str, count: int, language: str) -> str:
    """
    Return a number with its unit.

    Args:
        unit: The key of the unit: labels `count-UNIT`, and `count-UNIT-one` for one of it.

        count: The number.

        language: The language.

    >>> format_count("months", 1, "en"), format_count("months", 5, "en"), format_count("months", 1, "zh-Hant")
    ('1 month', '5 months', '1個月')
    """
    key = f"count-{unit}-one" if count == 1 else f"count-{unit}"
    return get_label(key, language).format(count=f"{count:,}")


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


def choose_name(labels: Sequence[Literal], iri: Iri, language: str) -> str:
    """
    Return the label of a thing that fits a language best; the last part of its IRI if it has none.

    >>> choose_name([Literal("計劃", "zh-Hant")], "urn:a/b", "en"), choose_name([], "urn:a/b", "en")
    ('計劃', 'b')
    """
    label = choose_literal(labels, language)
    return label.value if label else get_code(iri)


def name_years(plan: Iri) -> str:
    """
    Return the years of a plan, which its IRI ends with, as they are printed.

    >>> name_years("https://example.org/plan/hk-td/2024-2026")
    '2024–2026'
    """
    return plan.rpartition("/")[2].replace("-", "–")


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
