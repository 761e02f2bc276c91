"""
What a person is asked about datasets that may be records of the portal.

In: the candidates that `link --write` left, and plans as items. Out: questions, promises first; what people have said
already is not asked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..core.terms import Iri
from .datasetlinks import SAYS_LINKED
from .items import Item, PlanItems
from .judgements import Judgement, Judgements
from .lines import plan_order
from .linkfiles import LinkFiles, is_on_portal
from .questions import is_called
from .sssom import SssomMapping

#: A month behind all others, for rows without one.
_NEVER = "9999-99"


@dataclass(frozen=True)
class PortalQuestion:
    """
    Which record of the portal is a dataset?

    Args:
        plan: The newest plan that has the dataset.

        before: What it says of it.

        subject: The IRI of the dataset.

        candidates: The records that it may be, best first.
    """

    plan: PlanItems
    before: Item
    subject: Iri
    candidates: tuple[SssomMapping, ...]

    @property
    def objects(self) -> tuple[Iri, ...]:
        """Return the pages of the records."""
        return tuple(one.object for one in self.candidates)

    @cached_property
    def titles(self) -> Mapping[Iri, str]:
        """Return the titles of the records by their pages."""
        return {one.object: one.object_label for one in self.candidates}


def find_portal_questions(
    links: LinkFiles, plans: Sequence[PlanItems], base: Iri, *, subject: str = ""
) -> list[PortalQuestion]:
    """
    Return what is to be asked about datasets and records of the portal.

    Args:
        links: The folder of links.

        plans: The plans.

        base: The base IRI of the catalogue.

        subject: Ask only of rows, datasets and plans of this IRI or identifier, or whose IRI ends so behind a slash.
    """
    items = {
        f"{base}dataset/{item.kept}": (plan, item) for plan in sorted(plans, key=plan_order) for item in plan.items
    }
    said = _answered(links.judgements)
    questions = [
        PortalQuestion(*items[dataset], dataset, tuple(sorted(own, key=_order)))
        for dataset, own in find_waiting(links, base).items()
        if dataset in items and items[dataset][1].record not in said
    ]
    return sorted((one for one in questions if _is_about(one, subject)), key=_urgency)


def find_waiting(links: LinkFiles, base: Iri) -> dict[Iri, list[SssomMapping]]:
    """
    Return the records of the portal that datasets may be, as far as nobody has said anything of them, by dataset.

    Args:
        links: The folder of links.

        base: The base IRI of the catalogue.

    >>> find_waiting(LinkFiles(), "https://example.org/")
    {}
    """
    said, waiting = _answered(links.judgements), dict[Iri, list[SssomMapping]]()
    for one in links.candidates:
        if is_on_portal(one, base) and one.subject not in said and not _is_denied(one, links.judgements):
            waiting.setdefault(one.subject, []).append(one)
    return waiting


def _is_denied(candidate: SssomMapping, judgements: Judgements) -> bool:
    """Tell whether a person has said something of a dataset and a record."""
    return judgements.source(candidate.subject, candidate.object) is not None


def _answered(judgements: Judgements) -> set[Iri]:
    """Return the datasets whose record people have told, or of which they cannot tell."""
    return {one.subject for one in judgements.counting if _tells_record(one)}


def _tells_record(judgement: Judgement) -> bool:
    """Tell whether a judgement says which record a dataset is, or that it cannot be told."""
    return judgement.verdict in SAYS_LINKED | {"cannot-tell"} and "/dataset/" in judgement.subject


def _order(candidate: SssomMapping) -> tuple[float, Iri]:
    """Return what sorts candidates: the best first."""
    return -candidate.evidence.get("score", 0.0), candidate.object


def _is_about(question: PortalQuestion, subject: str) -> bool:
    """Tell whether a question is about what a person named."""
    before = question.before
    names = [question.subject, before.record, before.kept, before.identifier, question.plan.iri, *question.objects]
    return not subject or is_called(names, subject)


def _urgency(question: PortalQuestion) -> tuple[object, ...]:
    """Return what sorts questions: promises first, the earliest target first."""
    before = question.before
    month = before.entry.date or (before.entry.period or ("", _NEVER))[1]
    return before.stage != "planned", month, question.subject
