"""
The table of properties: the order in which they are written, how JSON-LD writes their values, what pages call them.

In: `properties.toml`, read once. Out: a row for each property and class. A property without a row is in no context
and follows the others by IRI.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from .terms import LINK_PREFIXES, PREFIXES, Iri, expand
from .wording.records import read_toml

#: How JSON-LD can write the values of a property; a datatype is a kind, too.
KINDS = frozenset({"", "text", "texts", "iri", "iris", "nested", "plain"})


class PropertyRow(NamedTuple):
    """
    What the table says of a property or class: how JSON-LD writes it, and what pages call it by language.

    `months` is the name in JSON-LD of the same property where its values are months.
    """

    kind: str
    label: Mapping[str, str]
    months: str = ""


def _read() -> tuple[Mapping[str, PropertyRow], Sequence[str]]:
    """
    Return the rows by prefixed name, and the names of those that are written first, in order.

    Raises:
        ValueError: A row has a prefix or kind that nobody knows.
    """
    table = read_toml(__package__, "properties.toml")
    rows: dict[str, PropertyRow] = {}
    for part in table.values():
        for name, row in part.items():
            kind = row.get("kind", "")
            if name.partition(":")[0] not in {*PREFIXES, *LINK_PREFIXES, "plan"}:
                raise ValueError(f"properties.toml: {name} has an unknown prefix.")
            if kind not in KINDS and kind.partition(":")[0] not in PREFIXES:
                raise ValueError(f"properties.toml: {name} has an unknown kind, {kind}.")
            rows[name] = PropertyRow(kind, row.get("label", {}), row.get("months", ""))
    return rows, list(table["ordered"])


#: The rows by prefixed name.
ROWS, _ORDERED = _read()
_RANK = {expand(name): f"{rank:03}" for rank, name in enumerate(_ORDERED)}


@lru_cache(maxsize=1 << 10)
def order_of(predicates: tuple[Iri, ...]) -> Sequence[Iri]:
    """
    Return properties in the order in which they are written: those of the table's first part, then others by IRI.

    Args:
        predicates: The IRIs of properties.

    >>> [iri.rsplit("/", 1)[1] for iri in order_of((expand("dct:license"), expand("dct:title")))]
    ['title', 'license']
    """
    return sorted(predicates, key=lambda predicate: _RANK.get(predicate) or f"9{predicate}")


def label_of(name: str, language: str) -> str:
    """
    Return what pages call a property or class, its prefixed name if the table has no label.

    Args:
        name: Its prefixed name.

        language: A language of pages: zh-Hant, zh-Hans or en.

    >>> label_of("dct:title", "en"), label_of("sh:result", "en")
    ('Title', 'sh:result')
    """
    row = ROWS.get(name)
    return row.label.get(language, name) if row else name
