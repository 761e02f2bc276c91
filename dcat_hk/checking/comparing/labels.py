"""
Things -> what they are called, in every language that there is.

In: builds and IRIs. Out: names by language. Concepts and bodies have theirs in the vocabularies; for the rest only the
pieces of a file are read in which they are described.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ...core.languages import FALLBACKS
from ...core.terms import Iri, expand
from ...core.vocabularies import load
from .digests import digest
from .reading import BuildFacts
from .terms import split_term

#: What things are called by, the best first.
_NAMES = [f"<{expand(name)}>" for name in ("dct:title", "skos:prefLabel", "foaf:name", "rdfs:label", "vcard:fn")]


def find_labels(builds: Sequence[BuildFacts], iris: Iterable[Iri]) -> dict[Iri, Mapping[str, str]]:
    """
    Return the names of things by language.

    Args:
        builds: The builds; what the last one says wins.

        iris: The IRIs of the things.
    """
    wanted = set(iris)
    labels: dict[Iri, Mapping[str, str]] = {}
    for facts in builds:
        concepts = load(facts.base).concepts
        labels |= {iri: concepts[iri].labels for iri in wanted & concepts.keys()}
    for facts in reversed(builds):
        labels |= _read_labels(facts, {f"<{iri}>" for iri in wanted - labels.keys()})
    return labels


def _read_labels(facts: BuildFacts, wanted: set[str]) -> dict[Iri, Mapping[str, str]]:
    """Return the names that one build has for things."""
    found: dict[str, dict[str, list[str]]] = {}
    for subject, block in facts.blocks(facts.digests.pieces_of(map(digest, wanted))):
        if subject in wanted:
            for predicate in _NAMES:
                if predicate in block:
                    found.setdefault(subject, {}).setdefault(predicate, []).extend(block[predicate])
    labels: dict[Iri, Mapping[str, str]] = {}
    for subject, names in found.items():
        best = next(names[predicate] for predicate in _NAMES if predicate in names)
        labels[subject[1:-1]] = {term.language: term.text for term in map(split_term, best)}
    return labels


def choose_label(labels: Mapping[str, str], language: str) -> tuple[str, str]:
    """
    Return the name for readers of a language, and the language that it is in; empty if there is none.

    >>> choose_label({"zh-Hant": "罪案", "": "x"}, "en"), choose_label({}, "en")
    (('罪案', 'zh-Hant'), ('', ''))
    """
    tags = (*FALLBACKS[language], *labels)
    return next(((labels[tag], tag) for tag in tags if tag in labels), ("", ""))
