"""
The wording of reports: labels, severities, and messages for results whose shapes have none.

In: results, names. Out: text in a language. The wording itself stands in `words.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from ...core.results import Result
from ...core.terms import PREFIXES
from ...core.text import transform
from ...core.wording.records import read_toml
from .validation import SEVERITY_ORDER

_IRI_IN_PATH = re.compile("<([^>]*)>")


@cache
def _words() -> dict[str, dict[str, list[str]]]:
    """Return the tables of `words.toml`."""
    return read_toml(__package__, "words.toml")


def _in_language(pair: list[str], language: str) -> str:
    """Return the text for a language from a pair of English and Traditional Chinese."""
    english, traditional = pair
    if language == "en":
        return english
    return traditional if language == "zh-Hant" else transform(traditional, "Hant")


def word(name: str, language: str) -> str:
    """
    Return a label of reports.

    >>> word("causes", "en")
    'By cause'
    """
    return _in_language(_words()["word"][name], language)


def severity_name(severity: str, language: str) -> str:
    """
    Return a severity in words; one that SHACL does not define as the shapes name it.

    >>> severity_name("Violation", "en"), severity_name("https://a.example/Bad", "en")
    ('Violation', 'https://a.example/Bad')
    """
    return word(severity, language) if severity in SEVERITY_ORDER else severity


def prefixed_name(name: str) -> str:
    """
    Return an IRI as a prefixed name if there is a prefix for it; in a path, each of its IRIs.

    >>> prefixed_name("http://purl.org/dc/terms/title"), prefixed_name("^<http://www.w3.org/ns/dcat#inSeries>")
    ('dct:title', '^dcat:inSeries')
    """
    if "<" in name:
        return _IRI_IN_PATH.sub(lambda match: prefixed_name(match[1]), name)
    for prefix, namespace in PREFIXES.items():
        if name.startswith(namespace) and "/" not in name[len(namespace) :]:
            return f"{prefix}:{name[len(namespace) :]}"
    return name


def message_of(result: Result, language: str) -> str:
    """
    Return the message of a result: that of its shape, else the one for its constraint component.

    >>> message_of(Result("Violation", "a", "urn:p", "", "MinCountConstraintComponent", "s", ()), "en")
    'urn:p is missing, or has too few values. Add one.'
    """
    if result.messages:
        return result.message(language)
    table = _words()["component"]
    pair = table.get(result.component.removesuffix("ConstraintComponent"), table["other"])
    return _in_language(pair, language).format(path=prefixed_name(result.path) or word("thing", language))
