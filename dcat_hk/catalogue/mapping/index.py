"""
What several plans share: which plan describes a dataset, which plans state it, which record came before.

In: identified plans. Out: a `PlanIndex`. Its size grows with the number of datasets, not with their text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from ...core.plan import Plan
from ...core.terms import Iri
from .identities import IdentifiedPlan
from .iris import Iris


@dataclass(slots=True)
class PlanIndex:
    """
    The datasets of all plans.

    Plans are numbered from oldest to newest. Only datasets that several plans state are held with their
    records.
    """

    iris: Iris
    plans: list[tuple[Iri, Iri, str]] = field(default_factory=list)
    newest: dict[str, int] = field(default_factory=dict)
    shared: dict[str, list[int]] = field(default_factory=dict)
    records: dict[tuple[str, int], list[tuple[int, Iri]]] = field(default_factory=dict)

    def add(self, identified: IdentifiedPlan) -> None:
        """Count a plan's datasets; plans must come from oldest to newest."""
        plan, code = identified.plan, identified.publisher.code
        number = len(self.plans)
        catalogue = self.iris.plan_catalogue(code, plan.years)
        self.plans.append((catalogue, self.iris.plan(code, plan.years), plan.issued))
        for identifier in {identity.identifier for identity in identified.identities}:
            earlier = self.newest.get(identifier)
            if earlier is not None:
                self.shared.setdefault(identifier, [earlier]).append(number)
            self.newest[identifier] = number

    def add_records(self, number: int, identified: IdentifiedPlan) -> None:
        """Note the records of a plan's datasets that other plans state too; all plans must be counted."""
        for iri, identity, entry in zip(
            record_iris(self.iris, identified), identified.identities, identified.plan.entries, strict=True
        ):
            if identity.identifier in self.shared:
                self.records.setdefault((identity.identifier, number), []).append((entry.part, iri))

    def describes(self, number: int, identifier: str) -> bool:
        """Tell whether a plan is the newest that states a dataset and therefore describes it."""
        return self.newest[identifier] == number

    def plans_of(self, identifier: str) -> list[Iri]:
        """Return the plans that state a dataset, oldest first."""
        return [self.plans[number][1] for number in self.shared.get(identifier) or [self.newest[identifier]]]

    def record_before(self, number: int, identifier: str, part: int) -> tuple[int, Iri] | None:
        """
        Return the record of the plan before that states the same dataset (and part), None if none does.

        The record comes with the number of its plan.
        """
        earlier = [other for other in self.shared.get(identifier, ()) if other < number]
        if not earlier:
            return None
        records = self.records[identifier, earlier[-1]]
        same = next((iri for other, iri in records if other == part), None)
        return (earlier[-1], same) if same else None


def record_iris(iris: Iris, identified: IdentifiedPlan) -> list[Iri]:
    """Return the IRIs of the records of a plan's entries, in order."""
    others = [identity.organisation.code if identity.organisation else "" for identity in identified.identities]
    return iris.records(identified.publisher.code, identified.plan, others)


def chronological(plan: Plan, code: str) -> tuple[str, tuple[int, int], str]:
    """Return what sorts plans from oldest to newest."""
    return plan.issued, plan.years, code
