"""
Records of the same dataset, in several languages or read several times -> one record for each slug.

In: records. Out: joined records, and where two titles in one language contradict each other. The order in which the
records come in makes no difference: of two that say different things, the one that was changed last counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple, TypeVar

import msgspec

from ..core.languages import COMMAND_LANGUAGES
from .records import PortalRecord, PortalResource, Texts, order_texts

_Joined = TypeVar("_Joined", PortalRecord, PortalResource)


class TitleConflict(NamedTuple):
    """Two titles of one record in one language: the one that is taken, and the other."""

    slug: str
    language: str
    first: str
    second: str


def join_records(records: Iterable[PortalRecord]) -> tuple[list[PortalRecord], list[TitleConflict]]:
    """
    Return one record for each slug, sorted, and the titles that contradict each other.

    Args:
        records: Records in any order.

    >>> records = [PortalRecord("a", titles={"zh-Hant": "b"}), PortalRecord("a", titles={"en": "c"})]
    >>> joined, conflicts = join_records(records)
    >>> joined[0].titles, conflicts
    ({'en': 'c', 'zh-Hant': 'b'}, [])
    """
    joined: list[PortalRecord] = []
    conflicts: list[TitleConflict] = []
    ordered = sorted(sorted(records, key=_order), key=lambda one: one.modified, reverse=True)
    for _slug, group in groupby(sorted(ordered, key=lambda one: one.slug), lambda one: one.slug):
        same = list(group)
        joined.append(same[0] if len(same) == 1 else _join(same))
        conflicts += _find_conflicts(same)
    return joined, conflicts


def _order(record: PortalRecord) -> tuple[int, bytes]:
    """Return where a record stands among others that were changed on the same day: by language, by what it says."""
    first = next(
        (number for number, tag in enumerate(COMMAND_LANGUAGES) if tag in record.titles), len(COMMAND_LANGUAGES)
    )
    return first, msgspec.json.encode(record)


def _join(records: Sequence[PortalRecord]) -> PortalRecord:
    """Return what records of one slug say together."""
    joined = _join_fields(records)
    resources = _join_resources([one for record in records for one in record.resources])
    formats = sorted({name for record in records for name in record.formats})
    return msgspec.structs.replace(joined, resources=resources, formats=tuple(formats))


def _join_resources(resources: Sequence[PortalResource]) -> tuple[PortalResource, ...]:
    """Return resources, each once, in the order in which they come first."""
    by_key: dict[tuple[str, str], list[PortalResource]] = {}
    for one in resources:
        by_key.setdefault((one.id, one.url), []).append(one)
    return tuple(_join_fields(same) for same in by_key.values())


def _join_fields(things: Sequence[_Joined]) -> _Joined:
    """Return the first of things, with what it lacks from the others: texts by language, and whole fields."""
    values: dict[str, Any] = {}
    for name in things[0].__struct_fields__:
        stated = [getattr(one, name) for one in things]
        if isinstance(stated[0], dict):
            values[name] = _join_texts(stated)
        else:
            values[name] = next((value for value in stated if value), stated[0])
    return type(things[0])(**values)


def _join_texts(texts: Sequence[Mapping[str, str]]) -> Texts:
    """Return texts by language, the first of each."""
    joined: Texts = {}
    for one in texts:
        joined = {**one, **joined}
    return order_texts(joined)


def _find_conflicts(records: Sequence[PortalRecord]) -> list[TitleConflict]:
    """Return titles in one language that are not the same."""
    conflicts = []
    for language in COMMAND_LANGUAGES:
        titles = list(dict.fromkeys(one.titles[language] for one in records if language in one.titles))
        conflicts += [TitleConflict(records[0].slug, language, titles[0], other) for other in titles[1:]]
    return conflicts
