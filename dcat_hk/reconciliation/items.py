"""
What plans say of datasets, as values that can be compared.

In: the entries of plans with their identifiers. Out: items, one for each number of a plan, with its parts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..core.plan import Entry, Plan, Section, Stage

_SHORT_NAME = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")


class ItemKey(NamedTuple):
    """
    What a person would call an item: section, subsection, other organisation, and number.

    The organisation is as printed, without a short name in brackets.
    """

    section: Section
    spatial: bool | None
    organisation: str | None
    number: int | None


class ItemRow(NamedTuple):
    """A row of a plan with its names: of its record, and of its dataset as the rule gives it."""

    entry: Entry
    record: str
    identifier: str


@dataclass(frozen=True, slots=True)
class Item:
    """
    What one plan says of one dataset: the rows under one number.

    Args:
        position: Its place among the items of its plan, from 0.

        publisher: The code of the body that publishes the dataset.

        kept: The identifier that the dataset is published under.

        rows: The row and its further parts, at least one.
    """

    position: int
    publisher: str
    kept: str
    rows: tuple[ItemRow, ...]

    @property
    def entry(self) -> Entry:
        """Return the first row."""
        return self.rows[0].entry

    @property
    def record(self) -> str:
        """Return the IRI of the first row's record."""
        return self.rows[0].record

    @property
    def identifier(self) -> str:
        """Return the identifier that the rule gives the dataset."""
        return self.rows[0].identifier

    @property
    def key(self) -> ItemKey:
        """Return what a person would call it."""
        entry = self.entry
        organisation = without_short_name(entry.organisation) if entry.organisation else None
        return ItemKey(entry.section, entry.spatial, organisation, entry.number)

    @property
    def stage(self) -> Stage:
        """Return whether the plan says that the dataset is released or planned."""
        return self.entry.stage


@dataclass(frozen=True, slots=True)
class PlanItems:
    """
    A plan as items.

    Args:
        head: The plan without its entries.

        iri: The plan's IRI.

        body: The code of the body whose plan it is.

        items: What it says of each dataset, in the order of the plan.

        aliases: The codes that the body gets from the names that other editions of the plan print; none for a body
            that a vocabulary has, which has one code in all languages.
    """

    head: Plan
    iri: str
    body: str
    items: tuple[Item, ...]
    aliases: frozenset[str] = frozenset()

    @property
    def month(self) -> str:
        """Return the month that the plan's word counts from: as printed, else January of its first year."""
        return self.head.issued


def without_short_name(name: str) -> str:
    """
    Return the name of a body without a short name in brackets at its end.

    >>> without_short_name("香港科技園公司 (HKSTPC)")
    '香港科技園公司'
    """
    return _SHORT_NAME.sub("", name)


def gather_items(rows: Sequence[ItemRow], publishers: Sequence[str], kept: Sequence[str]) -> tuple[Item, ...]:
    """
    Return the items of a plan: each row with the further parts that follow it.

    Args:
        rows: The rows of a plan, in order.

        publishers: For each row the code of the body that publishes its dataset.

        kept: For each row the identifier that its dataset is published under.
    """
    places: list[list[int]] = []
    for number, row in enumerate(rows):
        if row.entry.part and places:
            places[-1].append(number)
        else:
            places.append([number])
    return tuple(
        Item(position, publishers[own[0]], kept[own[0]], tuple(rows[place] for place in own))
        for position, own in enumerate(places)
    )
