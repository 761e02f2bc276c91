"""
What people and files decide before anything is compared, as one plain value.

Items are named by the IRI of their first row's record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from .outcomes import LinkClass


@dataclass(frozen=True, slots=True)
class WrittenLink:
    """A link that an earlier run wrote: the records of the newer plan, its class, and its confidence."""

    after: tuple[str, ...]
    link_class: LinkClass
    confidence: float | None


@dataclass(frozen=True, slots=True)
class ItemDecisions:
    """
    What is decided about items.

    Args:
        judged: The records that a person says an older record became.

        denied: Pairs of an older and a newer record that a person says are not one dataset.

        ended: What a person says became of an older record: dropped or replaced.

        undecided: Older records of which a person cannot tell what became of them.

        written: Links that an earlier run wrote, by the older record.
    """

    judged: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    denied: frozenset[tuple[str, str]] = frozenset()
    ended: Mapping[str, Literal["dropped", "replaced"]] = field(default_factory=dict)
    undecided: frozenset[str] = frozenset()
    written: Mapping[str, WrittenLink] = field(default_factory=dict)
