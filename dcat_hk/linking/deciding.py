"""
Judgements on datasets and records of the portal -> what is decided before rows are linked.

In: judgements. Out: `PortalDecisions`. A judgement on a row of a plan counts for its dataset.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..core.terms import Iri
from ..portal.addresses import name_record
from ..reconciliation.items import PlanItems
from ..reconciliation.judgements import Judgements, Verdict
from .outcomes import PortalDecisions, Relation

_RELATIONS: Mapping[Verdict, Relation] = {"same": "exact", "close": "close", "part-of": "broad", "split": "narrow"}


def decide_links(judgements: Judgements, plans: Sequence[PlanItems], base: Iri) -> PortalDecisions:
    """
    Return what people say of datasets and records of the portal.

    Args:
        judgements: What people say.

        plans: Plans as items, in which judged rows stand.

        base: The base IRI of the catalogue.

    >>> decide_links(Judgements(), [], "https://example.org/").linked
    {}
    """
    names = {row.record: item.kept for plan in plans for item in plan.items for row in item.rows}
    linked: dict[str, dict[str, Relation]] = {}
    denied: set[tuple[str, str]] = set()
    undecided: set[str] = set()
    for one in judgements.counting:
        dataset = names.get(one.subject) or one.subject.removeprefix(f"{base}dataset/")
        record = name_record(one.object)
        if record and one.verdict in _RELATIONS:
            linked.setdefault(dataset, {})[record] = _RELATIONS[one.verdict]
        elif record and one.verdict == "not-same":
            denied.add((dataset, record))
        elif one.verdict == "cannot-tell" and one.subject.startswith(f"{base}dataset/"):
            undecided.add(dataset)
    return PortalDecisions(linked, frozenset(denied), frozenset(undecided))
