"""
Lines of plans -> which records of the portal come into question for each row.

In: a line of plans and a snapshot. Out: a `Block`: the records of the bodies that the plans name, and for each of what
is looked for the providers that may have it. A dataset of another organisation is looked for among its own records
only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..core.text import fold
from ..core.vocabularies import Vocabularies
from ..portal.records import PortalRecord
from ..portal.snapshots import PortalSnapshot
from ..reconciliation.items import PlanItems, without_short_name
from ..reconciliation.lines import find_heirs
from .rows import LinkUnit, PlanLine
from .titles import compile_words

#: A name of a body that has fewer ideographs, or fewer letters, is not looked for in texts.
_SHORTEST, _SHORTEST_LATIN = 3, 8


@dataclass(frozen=True)
class UnitBodies:
    """
    Which providers may have what is looked for.

    Args:
        own: Those that the row names: its publisher and those that its title and heading name.

        plan: Those of the plan's own line, and the publishers of its other rows.

        others: Those that are named elsewhere in the plan.
    """

    own: frozenset[str]
    plan: frozenset[str]
    others: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Return all of them."""
        return self.own | self.plan | self.others


@dataclass(frozen=True)
class Block:
    """
    Records that come into question for what is looked for of a line of plans.

    Args:
        units: What is looked for.

        bodies: For each of it the providers that may have it.

        records: The records of all these providers, by name.

        names: All names of each of these providers and of the publishers, by code.
    """

    units: tuple[LinkUnit, ...]
    bodies: tuple[UnitBodies, ...]
    records: tuple[PortalRecord, ...]
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


class ProviderNames:
    """Finds the bodies that texts name, those of the vocabularies and the providers of a snapshot."""

    def __init__(
        self, vocabularies: Vocabularies, snapshot: PortalSnapshot, successors: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Keep what is needed."""
        self._vocabularies, self._snapshot, self._successors = vocabularies, snapshot, successors

    @cached_property
    def by_name(self) -> dict[str, frozenset[str]]:
        """Return the codes of bodies by folded name: people may have given a body another code than the portal has."""
        names: dict[str, set[str]] = {}
        for code, texts in self._snapshot.head.providers.items():
            for text in texts.values():
                names.setdefault(fold(text), set()).add(code)
        for code, concept in self._vocabularies.organisations.items():
            for name in map(fold, concept.wordings):
                # Of bodies that are known the vocabulary says which one it is.
                others = {one for one in names.get(name, ()) if one not in self._vocabularies.organisations}
                names[name] = {code, *others}
        return {name: frozenset(codes) for name, codes in sorted(names.items()) if name}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Return what finds names in folded texts, longer ones first."""
        names = [name for name in self.by_name if len(name) >= (_SHORTEST_LATIN if name.isascii() else _SHORTEST)]
        return compile_words(names)

    def find(self, *texts: str | None) -> frozenset[str]:
        """Return the codes of the bodies that texts name."""
        found = [match for text in texts if text for match in self._pattern.findall(fold(text))]
        return frozenset().union(*(self.by_name[match] for match in found))

    def names_of(self, codes: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return all names of bodies, by code."""
        known = self._vocabularies.organisations
        return {
            code: tuple(
                dict.fromkeys(
                    (
                        *(known[code].wordings if code in known else ()),
                        *self._snapshot.head.providers.get(code, {}).values(),
                    )
                )
            )
            for code in sorted(codes)
        }

    def as_providers(self, codes: Iterable[str]) -> frozenset[str]:
        """Return the codes of bodies with those of all that replaced them."""
        return find_heirs(codes, self._successors)

    def of_plan(self, plan: PlanItems) -> frozenset[str]:
        """Return the codes that a plan's body may have: its own, and that of a provider of its name."""
        names = [plan.head.bureau, *(edition.bureau for edition in plan.head.editions)]
        named = frozenset().union(*(self.by_name.get(name, frozenset()) for name in map(fold, names)))
        return self.as_providers({plan.body, *plan.aliases, *named})


def make_block(line: PlanLine, snapshot: PortalSnapshot, names: ProviderNames) -> Block:
    """
    Return the records that come into question for a line of plans.

    Args:
        line: The plans.

        snapshot: The records of the portal.

        names: Finds the bodies that texts name.
    """
    publishers = frozenset().union(*(unit.publishers for unit in line.units))
    plan = frozenset().union(names.as_providers(publishers), *(names.of_plan(one) for one in line.plans))
    own = [_find_own(unit, names) for unit in line.units]
    remarks = names.find(*(row.entry.description for unit in line.units for one in unit.items for row in one.item.rows))
    elsewhere = names.as_providers(remarks).union(*own) - plan
    bodies = tuple(
        UnitBodies(mine, frozenset(), frozenset()) if _is_of_other(unit) else UnitBodies(mine, plan, elsewhere)
        for unit, mine in zip(line.units, own, strict=True)
    )
    wanted = frozenset().union(*(one.all for one in bodies))
    records = tuple(record for record in snapshot.records.values() if record.provider in wanted)
    return Block(line.units, bodies, records, names.names_of({*wanted, *publishers}))


def _is_of_other(unit: LinkUnit) -> bool:
    """Tell whether something is a dataset of another organisation, which stands in section C."""
    return all(placed.entry.organisation for placed in unit.items)


def _find_own(unit: LinkUnit, names: ProviderNames) -> frozenset[str]:
    """Return the providers that the rows of a unit name."""
    if _is_of_other(unit):
        printed = [without_short_name(placed.entry.organisation or "") for placed in unit.items]
        return names.as_providers({*unit.publishers, *names.find(*printed)})
    texts = [text for placed in unit.items for text in (placed.entry.title, placed.entry.group)]
    return names.as_providers({*unit.publishers, *names.find(*texts)})
