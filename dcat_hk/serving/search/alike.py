"""
Titles -> datasets whose titles are like them: for lists of others that are matched with the catalogue.

In: the index of datasets, a title in any language. Out: datasets with how alike a title of theirs is, and their facets.
Unlike a search, it finds a title of which some words are others. Both Chinese scripts, variants of characters, width
and capital letters make no difference.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from ...core.languages import LANGUAGES
from ...core.terms import Iri
from ...core.text import fold
from .searching import SearchIndex
from .words import split_terms

#: Longer titles are cut, and of many words the first are looked for.
MOST_CHARACTERS = 500
_MOST_TERMS = 60
#: Datasets that are looked at more closely: those with the most and the rarest words in common.
_POOL = 200
#: How alike a name is at least in which another one stands as a whole, of so many ideographs or letters.
_WITHIN = 0.6
_LEAST_WITHIN = (2, 4)
_TITLES = ", ".join(f'"title-{tag}"' for tag in LANGUAGES)


@dataclass(frozen=True, slots=True)
class AlikeDataset:
    """A dataset: its titles by language, its identifier, its month, how alike a title is (0 to 1), its facets."""

    iri: Iri
    name: str
    month: str
    titles: Mapping[str, str]
    likeness: float
    facets: Mapping[str, Mapping[str, tuple[str, ...]]]

    @property
    def is_equal(self) -> bool:
        """Return whether a title is the same."""
        return self.likeness == 1.0


def find_alike(index: SearchIndex, title: str) -> list[AlikeDataset]:
    """
    Return datasets with a title like another one, the most alike first.

    Args:
        index: The index of datasets.

        title: The title.
    """
    terms = list(dict.fromkeys(split_terms(title[:MOST_CHARACTERS])))[:_MOST_TERMS]
    if not terms:
        return []
    expression = "title : (" + " OR ".join(f'"{term}"' for term in terms) + ")"
    return _find(index, expression, title)


def find_beginning(index: SearchIndex, start: str) -> list[AlikeDataset]:
    """
    Return datasets for what somebody begins to type, those with a title that begins so first.

    Args:
        index: The index of datasets.

        start: What is typed.
    """
    terms = split_terms(start[:MOST_CHARACTERS])[:_MOST_TERMS]
    if not terms:
        return []
    # Of Chinese the last term is the last character alone, which another may follow.
    terms = terms[:-1] if len(terms) > 1 and len(terms[-1]) == 1 and not terms[-1].isascii() else terms
    expression = "".join(f'"{term}" AND ' for term in terms[:-1]) + f'"{terms[-1]}"*'
    folded = fold(start)
    found = _find(index, f"title : ({expression})", start)
    return sorted(found, key=lambda one: not any(fold(title).startswith(folded) for title in one.titles.values()))


def find_named(index: SearchIndex, name: str) -> AlikeDataset | None:
    """
    Return the dataset with an identifier or an IRI; None if there is none.

    Args:
        index: The index of datasets.

        name: The identifier or the IRI.
    """
    with index.use_connection() as database:
        rows = database.execute(
            f"SELECT id, iri, name, month, {_TITLES} FROM dataset WHERE iri = ? OR name = ? LIMIT 1",  # noqa: S608
            (name, name),
        ).fetchall()
        return next(iter(_describe(database, rows, "")), None)


def _find(index: SearchIndex, expression: str, title: str) -> list[AlikeDataset]:
    """Return the datasets that an expression finds, the most alike first."""
    with index.use_connection() as database:
        rows = database.execute(
            f"SELECT id, iri, name, month, {_TITLES} FROM "  # noqa: S608 - our own names
            f"(SELECT rowid AS id FROM words WHERE words MATCH ? ORDER BY rank LIMIT {_POOL}) JOIN dataset USING (id)",
            (expression,),
        ).fetchall()
        found = list(_describe(database, rows, fold(title[:MOST_CHARACTERS])))
    return sorted(found, key=lambda one: (-one.likeness, one.iri))


def _describe(database: sqlite3.Connection, rows: Sequence[tuple[object, ...]], folded: str) -> Iterator[AlikeDataset]:
    """Yield datasets with how alike a title of theirs is to a folded one."""
    for number, iri, name, month, *titles in rows:
        likeness = max(measure_likeness(folded, fold(str(title))) for title in titles)
        named = {tag: str(title) for tag, title in zip(LANGUAGES, titles, strict=True)}
        yield AlikeDataset(str(iri), str(name), str(month), named, likeness, _facets_of(database, number))


def measure_likeness(one: str, other: str) -> float:
    """
    Return how alike two folded names are: 1.0 only if they are the same.

    One that the other has as a whole is more alike than one that has the same letters by chance.

    Args:
        one: What somebody asks for.

        other: What a thing is called.

    >>> measure_likeness("police", "hong kong police force") > 0.6
    True
    >>> measure_likeness("ice", "police posts") < 0.5
    True
    """
    if one == other:
        return 1.0 if one else 0.0
    ratio = min(fuzz.ratio(one, other) / 100, 0.99)
    return _WITHIN + (0.99 - _WITHIN) * ratio if _stands_in(one, other) else ratio


def _stands_in(one: str, other: str) -> bool:
    """Return whether a folded text stands in another one, not within a word of Latin letters."""
    if len(one) < _LEAST_WITHIN[one.isascii()]:
        return False
    return (
        re.search(rf"(?<![0-9a-z]){re.escape(one)}(?![0-9a-z])" if one.isascii() else re.escape(one), other) is not None
    )


def _facets_of(database: sqlite3.Connection, number: object) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return the values of a dataset by kind: the code of each, and its labels in the order of languages."""
    labels = ", ".join(f'label."{tag}"' for tag in LANGUAGES)
    facets: dict[str, dict[str, tuple[str, ...]]] = {}
    rows = database.execute(
        f"SELECT facet.kind, facet.value, {labels} FROM facet "  # noqa: S608 - our own names
        "LEFT JOIN label ON label.kind = facet.kind AND label.value = facet.value WHERE dataset = ? ORDER BY 1, 2",
        (number,),
    )
    for kind, value, *names in rows:
        facets.setdefault(kind, {})[value] = tuple(name or "" for name in names)
    return facets
