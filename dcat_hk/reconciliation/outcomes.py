"""What the comparison of two plans says of every item: its fate, its link, and the rows that wait for a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, get_args

from .items import Item, PlanItems

Fate = Literal[
    "kept",
    "released-on-time",
    "released-early",
    "released-late",
    "released",
    "unchanged",
    "slipped",
    "brought-forward",
    "undated",
    "dated",
    "reopened",
    "no-longer-listed",
    "dropped",
    "replaced",
    "open",
    "new",
]
FATES: tuple[Fate, ...] = get_args(Fate)
#: What may be different beside the fate, in the order of the vocabulary.
DIFFERENCES = (
    "renamed",
    "formats-added",
    "formats-removed",
    "frequency-changed",
    "category-changed",
    "publisher-changed",
    "now-spatial",
    "spatial-version-added",
    "part-added",
    "part-removed",
    "split",
    "merged",
)
LinkClass = Literal["same", "renamed", "candidate", "judged", "none"]
#: What a candidate would be: one dataset under another title, or one of several that an item became or came from.
CandidateKind = Literal["renamed", "split", "merged"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row of the newer plan that may be the same dataset; a person has to say."""

    after: Item
    score: float
    kind: CandidateKind = "renamed"
    evidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What became of one item, or where a new one stands.

    Args:
        before: The item of the older plan; None for an item that only the newer plan has.

        after: The items of the newer plan that it is linked with, the released one first; for one that is
            new, itself.

        fate: Its fate.

        months: How many months later (above 0) or earlier, where the fate tells of months.

        differs: What else is different, in the order of the vocabulary.

        link_class: How the link was found.

        confidence: The share of right links measured for the class; None without a link.

        candidates: At most five rows that may be the same, best first.

        evidence: Each signal of the link, and what it added.
    """

    before: Item | None
    after: tuple[Item, ...]
    fate: Fate
    months: int | None = None
    differs: tuple[str, ...] = ()
    link_class: LinkClass = "none"
    confidence: float | None = None
    candidates: tuple[Candidate, ...] = ()
    evidence: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanPair:
    """
    Two consecutive plans of one line of bodies, and what became of every item.

    Args:
        before: The older plan.

        after: The newer plan.

        outcomes: One for each item of the older plan, in its order; then one for each item of the newer plan
            that no item of the older one is linked with, in its order.

        skipped: Years between the two for which no plan was read.

        comparable: Whether the two have a language in common; if not, every item is open.

        partly_unknown: Whether a body that replaced the older plan's body has no plan that was read; what is not found
            is open then.
    """

    before: PlanItems
    after: PlanItems
    outcomes: tuple[Outcome, ...]
    skipped: tuple[int, ...] = ()
    comparable: bool = True
    partly_unknown: bool = False
