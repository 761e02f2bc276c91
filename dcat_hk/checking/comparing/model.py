"""
What differs between two builds, as plain values.

Terms are as N-Triples has them, IRIs of things without brackets. Reports are made from these values alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ...core.terms import Iri

#: Why a fact changed: a plan is new, gone or has another digest; or the program, its vocabularies, settings or links.
Cause = Literal["plan", "program"]
#: What became of a plan.
PlanFate = Literal["added", "gone", "changed"]
#: What became of the plans that a thing which is gone or new belongs to; empty if it belongs to none.
PlanState = Literal["", "added", "gone", "changed", "same"]

#: What --fail-on takes, the narrowest first: each includes those before it.
FAIL_ON = ("gone-iri", "changed-fact", "any")


@dataclass(slots=True)
class DifferingFacts:
    """
    What only one of two builds says: things of its own that the other lacks, and facts.

    Terms are as N-Triples has them. `own` are things with IRIs of the catalogue, `shared` terms of vocabularies and of
    others; the facts of its own are left out, except for files of plans.
    """

    own: set[str] = field(default_factory=set)
    shared: set[str] = field(default_factory=set)
    facts: dict[str, set[tuple[str, str]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FactChange:
    """A fact of a thing that both builds describe; `before` or `after` is empty where a build has no such value."""

    iri: Iri
    property: Iri
    before: str
    after: str
    cause: Cause


@dataclass(frozen=True, slots=True)
class SideOfComparison:
    """One of the two builds: what the user calls it, its base IRI, and what its manifest says of the rest."""

    name: str
    base: Iri
    program: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict)
    links: Mapping[str, Any] = field(default_factory=dict)
    is_altered: bool = False


@dataclass(frozen=True, slots=True)
class Comparison:
    """
    What differs between two builds, everything sorted.

    `plans` are those that came, went or changed; `states` tells of each IRI that is gone or new what became of its
    plans; `labels` has the names of things by language, if they were asked for.
    """

    old: SideOfComparison
    new: SideOfComparison
    plans: Mapping[Iri, PlanFate]
    gone: Sequence[Iri]
    added: Sequence[Iri]
    changed: Sequence[FactChange]
    states: Mapping[Iri, PlanState] = field(default_factory=dict)
    labels: Mapping[Iri, Mapping[str, str]] = field(default_factory=dict)

    def fails(self, level: str | None) -> bool:
        """
        Tell whether there is something that --fail-on names.

        Args:
            level: One of `FAIL_ON`, or None for nothing.

        >>> side = SideOfComparison("output", "https://a.example/")
        >>> comparison = Comparison(side, side, {}, [], ["https://a.example/dataset/x"], [])
        >>> [comparison.fails(level) for level in (None, *FAIL_ON)]
        [False, False, False, True]
        """
        if level is None:
            return False
        found = (bool(self.gone), bool(self.changed), bool(self.added))
        return any(found[: FAIL_ON.index(level) + 1])
