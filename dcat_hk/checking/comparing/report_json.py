"""
A comparison -> JSON: `gone`, `added` and `changed`.

In: a comparison. Out: text, piece by piece. `gone` and `added` are IRIs. Each of `changed` is one fact: IRI, property,
value before and after (null where there is none), and its cause. A value is an IRI, or a text; a text in a language is
followed by `@` and the language. Where the two would read alike, their datatypes follow.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .model import Comparison, FactChange
from .terms import split_term


def as_json(comparison: Comparison) -> Iterator[str]:
    """
    Yield the JSON of a comparison.

    Args:
        comparison: The comparison.
    """
    yield "{\n"
    yield from _list("gone", comparison.gone)
    yield ",\n"
    yield from _list("added", comparison.added)
    yield ",\n"
    yield from _list("changed", map(_fact, comparison.changed))
    yield "\n}\n"


def _list(name: str, values: Iterable[Any]) -> Iterator[str]:
    """Yield a list, one value on a line."""
    yield f'  "{name}": ['
    end = "]"
    for number, value in enumerate(values):
        yield f"{',' if number else ''}\n    {json.dumps(value, ensure_ascii=False)}"
        end = "\n  ]"
    yield end


def _fact(change: FactChange) -> dict[str, str | None]:
    """Return a change of a fact."""
    before, after = plain_values(change)
    return {
        "iri": change.iri,
        "property": change.property,
        "before": before,
        "after": after,
        "cause": change.cause,
    }


def plain_values(change: FactChange) -> tuple[str | None, str | None]:
    """
    Return the values of a fact before and after, None for none.

    >>> plain_values(FactChange("urn:a", "urn:p", '"1"', '"1"^^<urn:t>', "plan"))
    ('1', '1^^urn:t')
    >>> plain_values(FactChange("urn:a", "urn:p", '"罪案"@zh-hant', "<urn:b>", "plan"))
    ('罪案@zh-Hant', 'urn:b')
    """
    before, after = (_plain(term) for term in (change.before, change.after))
    if before == after:
        before, after = (_plain(term, True) for term in (change.before, change.after))
    return before, after


def _plain(term: str, with_datatype: bool = False) -> str | None:
    """Return a term as text."""
    if not term:
        return None
    parts = split_term(term)
    tail = f"@{parts.language}" if parts.language else ""
    if with_datatype and not parts.is_iri:
        tail = tail or (f"^^{parts.datatype}" if parts.datatype else "")
    return f"{parts.text}{tail}"
