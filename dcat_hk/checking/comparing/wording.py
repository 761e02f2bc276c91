"""
The wording of reports on differences.

In: names of words, IRIs of properties. Out: text in a language. The wording itself stands in `words.toml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from ...core.namespaces import RDFS
from ...core.properties import label_of
from ...core.terms import Iri, Literal
from ...core.vocabularies import load
from ...core.wording.records import read_toml
from .terms import prefixed_name


@cache
def _words() -> Mapping[str, Mapping[str, Mapping[str, str]]]:
    """Return the tables of `words.toml`."""
    return read_toml(__package__, "words.toml")


def word(name: str, language: str, **values: object) -> str:
    """
    Return a label with its fields filled in.

    >>> word("gone", "en", count=2), word("state.same", "zh-Hans")
    ('IRIs that are gone: 2', '其计划没有改变')
    """
    table, _dot, key = name.rpartition(".")
    return _words()[table or "label"][key][language].format_map(values)


def property_name(iri: Iri, base: Iri, language: str) -> str:
    """
    Return what a property is called.

    >>> property_name("http://purl.org/dc/terms/title", "", "en"), property_name("urn:p", "", "en")
    ('Title', 'urn:p')
    """
    term = load(base).concepts.get(iri) if base else None
    labels = (one for one in term.properties.get(RDFS.label, ()) if isinstance(one, Literal)) if term else ()
    label = next((one.value for one in labels if one.language == language), "")
    return label or label_of(prefixed_name(iri, base), language)
