"""
What writing a plan has given in an earlier run: its files, and its part of the whole catalogue.

In: indexed plans, and what earlier runs kept. Out: a `WrittenPlan`, with the plan's files in the output folder, or
nothing. It is taken only if all that writing depends on is the same: the program, the settings, links and decisions,
the plan, its history, and the plans that state one of its datasets. It is validated as what was written now is: the
file that then lies there.
"""

from __future__ import annotations

import hashlib
import zlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ..catalogue.mapping.identities import Bodies, IdentifiedPlan, identify
from ..catalogue.publishing.writing import Digests, PlanSummary, WrittenPlan, name_files, write_whole
from ..core.caching import Cache, dump_value, load_value
from ..core.terms import Iri
from .history import find_history
from .index import IndexedPlans
from .read import load_plan

#: The files of a plan, by ending.
_ENDINGS = (".ttl", ".jsonld")
#: What plans repeat takes little room when it is compressed at all.
_LEVEL = 1


class _Kept(NamedTuple):
    """What is kept of a plan: its summary, its part of the whole catalogue, and its files in the order of endings."""

    datasets: int
    pointed_at: list[Iri]
    minted: list[tuple[Iri, str, str]]
    parts: tuple[bytes, bytes, bytes, bytes]
    files: tuple[bytes, ...]


@dataclass
class KeptPlans:
    """
    Plans that were written, in a cache.

    Args:
        plans: All plans of the catalogue.

        folder: The output folder.

        cache: What earlier runs kept.

        stated: What else all plans depend on, as text: the digests of links and decisions.
    """

    plans: IndexedPlans
    folder: Path
    cache: Cache
    stated: str = ""
    _digests: dict[int, tuple[str, frozenset[str]]] = field(default_factory=dict)

    def restore(self, number: int) -> WrittenPlan | None:
        """
        Write the files of a plan as an earlier run wrote them, and return the plan's part; None if that is not known.

        Args:
            number: The number of the plan.
        """
        if not self.cache.is_open:
            return None
        kept = _unpack(self.cache.get(self.key(number)))
        if kept is None:
            return None
        context = self.plans.context
        name = name_files(context.index.plans[number][0], context)
        digests: Digests = {}
        for ending, data in zip(_ENDINGS, kept.files, strict=True):
            write_whole(self.folder, f"{name}{ending}", data, digests)
        minted = {iri: (one, other) for iri, one, other in kept.minted}
        summary = PlanSummary(number, name, kept.datasets, set(kept.pointed_at), minted, digests)
        return WrittenPlan(summary, *kept.parts)

    def keep(self, number: int, plan: WrittenPlan) -> None:
        """
        Keep a plan that was written, with its files, for a later run.

        Args:
            number: The number of the plan.

            plan: Its part of the whole catalogue.
        """
        if not self.cache.is_open:
            return
        summary, *parts = plan
        files = tuple((self.folder / f"{summary.path}{ending}").read_bytes() for ending in _ENDINGS)
        minted = sorted((iri, *texts) for iri, texts in summary.minted.items())
        kept = _Kept(
            summary.datasets, sorted(summary.pointed_at), minted, (parts[0], parts[1], parts[2], parts[3]), files
        )
        self.cache.put(self.key(number), zlib.compress(dump_value(kept), _LEVEL))

    def key(self, number: int) -> str:
        """
        Return the key of a plan: it changes with all that writing it depends on besides the program.

        Of numbers of plans only their order counts, which is what writing looks at.

        Args:
            number: The number of the plan.
        """
        index = self.plans.context.index
        own, datasets = self._look(number)
        shared = {name: index.shared[name] for name in sorted(datasets) if name in index.shared}
        needed = sorted({number, *(other for numbers in shared.values() for other in numbers)})
        rank = {other: place for place, other in enumerate(needed)}
        stated = [
            self._all,
            rank[number],
            [(index.plans[other], self._look(other)[0]) for other in needed],
            [(name, [rank[other] for other in numbers]) for name, numbers in shared.items()],
            [rank[index.newest[name]] for name in shared],
        ]
        assert all(index.newest[name] == number for name in datasets - shared.keys())
        return f"plan-{hashlib.sha256(own.encode() + dump_value(stated)).hexdigest()}"

    @cached_property
    def _all(self) -> str:
        """Return what all plans depend on, as a digest."""
        settings = dump_value(sorted(self.plans.context.settings.of_catalogue().items()))
        return hashlib.sha256(settings + self.stated.encode()).hexdigest()

    @cached_property
    def _bodies(self) -> Bodies:
        """Return the finder of bodies."""
        return Bodies(self.plans.context.vocabularies)

    def _look(self, number: int) -> tuple[str, frozenset[str]]:
        """Return the digest of a plan with its history, and the identifiers of its datasets."""
        found = self._digests.get(number)
        if found is None:
            identified = self._identify(number)
            data = dump_value((identified.plan, find_history(self.plans, number)))
            identifiers = frozenset(identity.identifier for identity in identified.identities)
            found = self._digests[number] = hashlib.sha256(data).hexdigest(), identifiers
        return found

    def _identify(self, number: int) -> IdentifiedPlan:
        """Return a plan with the identity of each entry."""
        return identify(load_plan(self.plans.paths[number]), self._bodies, self.plans.context.links)


def _unpack(data: bytes | None) -> _Kept | None:
    """Return what was kept; None if it is nothing of the kind."""
    if data is None:
        return None
    try:
        kept = load_value(zlib.decompress(data), _Kept)
    except zlib.error:
        return None
    return kept if kept is not None and len(kept.files) == len(_ENDINGS) else None
