"""
Links and judgements -> what is decided before plans are compared.

In: a folder of links and plans as items. Out: `ItemDecisions`, in which the older record always comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from .decisions import ItemDecisions, WrittenLink
from .items import PlanItems
from .judgements import Judgements
from .linkfiles import LinkFiles
from .sssom import COMPOSITE, SssomMapping


def decide(links: LinkFiles, plans: Sequence[PlanItems], *, with_written: bool = True) -> ItemDecisions:
    """
    Return what people and earlier runs decided about the items of plans.

    Args:
        links: The folder of links.

        plans: The plans.

        with_written: Whether renamed rows that an earlier run linked stay linked. A run that writes links anew does
            not ask the last one.
    """
    judgements = links.judgements
    ages = {item.record: (plan.month, plan.head.years) for plan in plans for item in plan.items}
    became = [*judgements.judged_pairs(), *judgements.part_pairs(), *judgements.split_pairs()]
    judged: dict[str, set[str]] = {}
    for older, newer in _in_order(became, ages):
        judged.setdefault(older, set()).add(newer)
    # That a row is a part of another, or was split into it, links them too, though they are two datasets.
    linked = {(older, newer) for older, several in judged.items() for newer in several}
    return ItemDecisions(
        judged={older: tuple(sorted(newer)) for older, newer in sorted(judged.items())},
        denied=frozenset(_in_order(judgements.denied_pairs(), ages)) - linked,
        ended=_ended(judgements),
        undecided=judgements.undecided() - set(judged),
        written=_written(links.written) if with_written else {},
    )


def _in_order(pairs: Iterable[tuple[str, str]], ages: Mapping[str, object]) -> set[tuple[str, str]]:
    """Return pairs of records of which both are known and the first is older."""
    known = ((one, other) for one, other in pairs if one in ages and other in ages)
    return {
        (one, other) if ages[one] < ages[other] else (other, one)  # type: ignore[operator]
        for one, other in known
        if ages[one] != ages[other]
    }


def _ended(judgements: Judgements) -> dict[str, Literal["dropped", "replaced"]]:
    """Return what became of records that nothing follows."""
    dropped: dict[str, Literal["dropped", "replaced"]] = dict.fromkeys(judgements.dropped(), "dropped")
    return dropped | dict.fromkeys(judgements.replaced(), "replaced")


def _written(mappings: Iterable[SssomMapping]) -> dict[str, WrittenLink]:
    """Return the renamed rows that were linked, by the older record; equal titles are found again without them."""
    links: dict[str, WrittenLink] = {}
    for one in mappings:
        if one.justification == COMPOSITE and not one.negated:
            before = links.get(one.subject)
            after = (*(before.after if before else ()), one.object)
            links[one.subject] = WrittenLink(after, "renamed", one.confidence)
    return links
