"""What linking says of each printed row, and what people said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from ..reconciliation.items import Item, ItemRow, PlanItems

#: How a dataset is related to a record: one to one; nearly; a part of what the record has; several records have it.
Relation = Literal["exact", "close", "broad", "narrow"]


@dataclass(frozen=True, slots=True)
class LinkCandidate:
    """
    A record that a row may be.

    Args:
        slug: The record's name.

        score: What all signals add.

        evidence: What each signal adds.

        is_likely: Whether it is likelier than that the row has no record.
    """

    slug: str
    score: float
    evidence: Mapping[str, float] = field(default_factory=dict)
    is_likely: bool = False


@dataclass(frozen=True, slots=True)
class RowLink:
    """
    What linking says of a printed row.

    Args:
        plan: The plan.

        item: What the plan says of one dataset under one number.

        row: The row.

        slug: The name of the record; None where none is sure.

        relation: How the row's dataset is related to it.

        confidence: The share of right links of its class; None without a link.

        is_judged: Whether a person says so.

        is_equal: Whether the titles are the same.

        candidates: The records that it may be, best first; the record alone where there is a link.
    """

    plan: PlanItems
    item: Item
    row: ItemRow
    slug: str | None = None
    relation: Relation | None = None
    confidence: float | None = None
    is_judged: bool = False
    is_equal: bool = False
    candidates: tuple[LinkCandidate, ...] = ()


@dataclass(frozen=True, slots=True)
class PortalDecisions:
    """
    What people say of datasets and records, by the identifier of the dataset and the name of the record.

    Args:
        linked: How they are related.

        denied: Which are not one.

        undecided: Datasets of which somebody says that it cannot be told.
    """

    linked: Mapping[str, Mapping[str, Relation]] = field(default_factory=dict)
    denied: frozenset[tuple[str, str]] = frozenset()
    undecided: frozenset[str] = frozenset()
