"""
Plans of several years -> what became of every item, for each pair of consecutive plans.

In: plans as items, successors of bodies, and what people and files decided. Out: a `PlanPair` for each pair. Every item
stands once: where it is linked, else in the last pair of its older plan or the first pair of its newer one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .alternatives import Alternatives, Unlinked, find_alternatives
from .decisions import ItemDecisions
from .differences import find_differences
from .equal_titles import EqualTitles, link_equal_titles
from .fates import find_fate
from .features import Features, find_features, find_language, interval_of
from .heldpairs import PairStore, key_of, read_pairs, write_pairs
from .items import PlanItems
from .lines import Junction, find_junctions
from .outcomes import Candidate, Fate, LinkClass, Outcome, PlanPair
from .weights import load_weighting

_NO_DECISIONS = ItemDecisions()
#: The features of how many plans are kept beside that of the last one.
_HELD = 3


def reconcile(
    plans: Sequence[PlanItems],
    successors: Mapping[str, tuple[str, ...]],
    decisions: ItemDecisions = _NO_DECISIONS,
    *,
    renames: bool = True,
    kept: PairStore | None = None,
) -> list[PlanPair]:
    """
    Return what became of every item of each plan, by the next plan of its body.

    Args:
        plans: Plans in any order.

        successors: The codes of the bodies that replaced a body, by its code.

        decisions: What people and earlier runs decided.

        renames: Whether a link is made where titles differ and nothing else is as like; otherwise it is a candidate.

        kept: Keeps what was compared once.
    """
    pairs: list[PlanPair] = []
    store = _FeatureStore()
    for junction in find_junctions(plans, successors):
        key = "" if kept is None else key_of(junction, decisions, renames=renames)
        data = None if kept is None else kept.get(key)
        if data is not None:
            comparable = bool(find_language([*junction.before, *junction.after]))
            pairs += read_pairs(junction, data, comparable=comparable)
            continue
        own = _JunctionComparison(junction, decisions, renames, store).compare()
        if kept is not None:
            kept.put(key, write_pairs(junction, own))
        pairs += own
    return pairs


class _FeatureStore:
    """Features of the newer plans of the last junction, which are the older ones of the next."""

    def __init__(self) -> None:
        """Begin with none."""
        self._held: dict[tuple[str, str], tuple[PlanItems, list[Features]]] = {}

    def find(self, plan: PlanItems, place: int, language: str) -> list[Features]:
        """Return the features of a plan, at a place of its junction."""
        key = (plan.iri, language)
        held = self._held.pop(key, None)
        if held is None or held[0] is not plan:
            held = (plan, find_features(plan, 0, language))
        self._held = {**dict(list(self._held.items())[-_HELD:]), key: held}
        return held[1] if not place else [replace(one, plan=place) for one in held[1]]


@dataclass(frozen=True, slots=True)
class _Link:
    """What an older item is linked with: the newer items by their places, how, and why."""

    after: list[int]
    link_class: LinkClass
    confidence: float | None
    evidence: Mapping[str, float] = field(default_factory=dict)
    row: int = 0


class _JunctionComparison:
    """The comparison of older plans with those that follow them."""

    def __init__(self, junction: Junction, decisions: ItemDecisions, renames: bool, store: _FeatureStore) -> None:
        """Gather what is compared."""
        self.junction, self.decisions, self.renames, self.store = junction, decisions, renames, store
        self.language = find_language([*junction.before, *junction.after])
        self.before = self._gather(junction.before)
        self.after = self._gather(junction.after)
        self.edges = {(pair.before, pair.after) for pair in junction.pairs}
        self.weighting = load_weighting()
        self.links: dict[int, _Link] = {}
        self.settled: set[int] = set()
        self.alternatives = Alternatives()

    def _gather(self, plans: Sequence[PlanItems]) -> list[Features]:
        """Return the features of all items of some plans."""
        return [one for place, plan in enumerate(plans) for one in self.store.find(plan, place, self.language)]

    def compare(self) -> list[PlanPair]:
        """Return the pairs of plans with the outcomes of their items."""
        self._apply_decisions()
        if self.language:
            self._link()
        return self._tell()

    def allowed(self, old: int, new: int) -> bool:
        """Tell whether two items may be linked: their plans follow each other, and no person says that they are two."""
        before, after = self.before[old], self.after[new]
        if (before.plan, after.plan) not in self.edges:
            return False
        denied = self.decisions.denied
        return not denied or (before.item.record, after.item.record) not in denied

    def _apply_decisions(self) -> None:
        """Link what people and earlier runs linked, and set aside what they know to be gone."""
        place = {one.item.record: number for number, one in enumerate(self.after)}
        taken: set[int] = set()
        for old, one in enumerate(self.before):
            record = one.item.record
            if record in self.decisions.ended or record in self.decisions.undecided:
                self.settled.add(old)
                continue
            judged = [place[name] for name in self.decisions.judged.get(record, ()) if name in place]
            if judged:
                self.links[old] = _Link(judged, "judged", 1.0)
                taken |= set(judged)
        for old, one in enumerate(self.before):
            written = self.decisions.written.get(one.item.record)
            if written is None or old in self.links or old in self.settled:
                continue
            after = [place[name] for name in written.after if name in place]
            after = [new for new in after if new not in taken and self.allowed(old, new)]
            if after:
                self.links[old] = _Link(after, written.link_class, written.confidence)

    def _link(self) -> None:
        """Link items with the same title, then look for those with another."""
        olds = self._find_free(len(self.before), set(self.links) | self.settled)
        news = self._find_free(len(self.after), {new for link in self.links.values() for new in link.after})
        equal = link_equal_titles(
            [self.before[old] for old in olds],
            [self.after[new] for new in news],
            lambda old, new: self.allowed(olds[old], news[new]),
            self.weighting.equal_titles,
        )
        self._take_over(equal, olds, news)
        taken = {new for link in self.links.values() for new in link.after}
        unlinked = Unlinked(
            self._rename_categories(),
            self.after,
            [old for old in olds if old not in self.links],
            [new for new in news if new not in taken],
            [(olds[old], news[new]) for old, new in equal.doubtful],
        )
        self.alternatives = find_alternatives(unlinked, self.allowed, self.weighting, renames=self.renames)
        for old, one in self.alternatives.renamed.items():
            versions = [
                new
                for new in unlinked.news
                if self.after[new].title == self.after[one.after].title
                and self.after[new].plan == self.after[one.after].plan
                and self.after[new].spatial != self.after[one.after].spatial
            ]
            confidence = self.weighting.confidence.renamed
            self.links[old] = _Link([one.after, *versions], "renamed", confidence, one.evidence)

    def _rename_categories(self) -> list[Features]:
        """Return the older items with their categories as the newer plans call them, by the items that are linked."""
        counts = Counter(
            (self.before[old].category, self.after[link.after[0]].category) for old, link in self.links.items()
        )
        names: dict[str, str] = {}
        for (old, new), _count in sorted(counts.items(), key=lambda one: (one[1], one[0])):
            names[old] = new
        return [replace(one, category=names.get(one.category, one.category)) for one in self.before]

    @staticmethod
    def _find_free(count: int, taken: set[int]) -> list[int]:
        """Return the places that are not taken."""
        return [place for place in range(count) if place not in taken]

    def _take_over(self, equal: EqualTitles, olds: Sequence[int], news: Sequence[int]) -> None:
        """Take over the links of items with the same title."""
        title = {"title": self.weighting.weights.same_title}
        for old, own in equal.links.items():
            evidence = title | {name: round(value, 2) for name, value in equal.evidence[old].items()}
            after = [news[new] for new in own]
            row = equal.rows.get(old, 0)
            self.links[olds[old]] = _Link(after, "same", self.weighting.confidence.same, evidence, row)

    # ---- outcomes

    def _tell(self) -> list[PlanPair]:
        """Return the pairs of plans with the outcomes of their items, each item in one of them."""
        pairs = self.junction.pairs
        outcomes: list[list[Outcome]] = [[] for _pair in pairs]
        waiting: dict[int, int] = {}
        for old, one in enumerate(self.before):
            outcome, partner = self._tell_old(old)
            number = max(
                number
                for number, pair in enumerate(pairs)
                if pair.before == one.plan and (partner is None or pair.after == self.after[partner].plan)
            )
            outcomes[number].append(outcome)
            for candidate in self.alternatives.candidates.get(old, ()):
                waiting.setdefault(candidate.after, number)
        linked = {new for link in self.links.values() for new in link.after}
        for new, feature in enumerate(self.after):
            if new not in linked:
                first = min(number for number, pair in enumerate(pairs) if pair.after == feature.plan)
                waits = new in waiting or not self.language
                outcomes[waiting.get(new, first)].append(Outcome(None, (feature.item,), "open" if waits else "new"))
        return [
            PlanPair(
                before=self.junction.before[pair.before],
                after=self.junction.after[pair.after],
                outcomes=tuple(own),
                skipped=pair.skipped,
                comparable=bool(self.language),
                partly_unknown=pair.before in self.junction.partly_unknown,
            )
            for pair, own in zip(pairs, outcomes, strict=True)
        ]

    def _tell_old(self, old: int) -> tuple[Outcome, int | None]:
        """Return the outcome of an older item, and the newer one that tells in which pair it stands."""
        item = self.before[old].item
        link = self.links.get(old)
        if link is not None:
            return self._tell_link(old, link), link.after[0]
        if old in self.settled:
            fate: Fate = self.decisions.ended.get(item.record, "open")
            return Outcome(item, (), fate, link_class="judged"), None
        candidates = self.alternatives.candidates.get(old, ())
        if candidates:
            plan = self.after[candidates[0].after].plan
            own = tuple(
                Candidate(self.after[one.after].item, one.score, one.kind, one.evidence)
                for one in candidates
                if self.after[one.after].plan == plan
            )
            return Outcome(item, (), "open", link_class="candidate", candidates=own), candidates[0].after
        unknown = not self.language or self.before[old].plan in self.junction.partly_unknown
        return Outcome(item, (), "open" if unknown else "no-longer-listed"), None

    def _tell_link(self, old: int, link: _Link) -> Outcome:
        """Return the outcome of an older item that is linked."""
        before = self.before[old]
        news = sorted((self.after[new] for new in link.after), key=lambda new: new.stage != "released")
        main = next(
            (new for new in news if new.stage == "released" or bool(new.spatial) == bool(before.spatial)), news[0]
        )
        row = main.item.rows[min(link.row, len(main.item.rows) - 1)].entry
        fate, months = find_fate(
            before.stage == "planned", interval_of(before.item.entry), main.stage == "planned", interval_of(row)
        )
        return Outcome(
            before=before.item,
            after=tuple(new.item for new in news),
            fate=fate,
            months=months,
            differs=find_differences(before, news, main),
            link_class=link.link_class,
            confidence=link.confidence,
            evidence=link.evidence,
        )
