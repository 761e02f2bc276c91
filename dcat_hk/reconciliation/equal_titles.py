"""
Items with the same title -> which of them are one dataset.

In: features of the items of older and newer plans. Out: links, and pairs of which only a person can tell. A title that
only one item of each plan has is enough, unless other bodies own them or other headings stand above them; where several
have it, their bodies, headings, months and remarks have to tell them apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from .assignment import assign
from .fates import count_months
from .features import Features, interval_of
from .weights import FitWeights

#: Whether an older and a newer item, by their places, may be linked.
Allowed = Callable[[int, int], bool]


@dataclass(slots=True)
class EqualTitles:
    """
    What items with the same title are.

    Args:
        links: The newer items that an older one is, by places; the first is the one that it fits best.

        doubtful: Pairs that may be one dataset.

        evidence: What each signal added to a link, by the older item.

        rows: The row of the newer item that tells of the older one, where that is a further part of it.
    """

    links: dict[int, list[int]] = field(default_factory=dict)
    doubtful: list[tuple[int, int]] = field(default_factory=list)
    evidence: dict[int, Mapping[str, float]] = field(default_factory=dict)
    rows: dict[int, int] = field(default_factory=dict)


def link_equal_titles(
    before: Sequence[Features], after: Sequence[Features], allowed: Allowed, weights: FitWeights
) -> EqualTitles:
    """
    Return which items with the same title are one dataset.

    Args:
        before: The items of the older plans.

        after: The items of the newer plans.

        allowed: Tells which pairs may be linked at all.

        weights: What each signal adds.
    """
    result = EqualTitles()
    newer = _by_title(after)
    for title, olds in _by_title(before).items():
        if title and title in newer:
            _TitleGroup(before, after, olds, newer[title], allowed, weights, result).link()
    return result


def _by_title(items: Sequence[Features]) -> dict[str, list[int]]:
    """Return the places of items by folded title."""
    places: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        places.setdefault(item.title, []).append(place)
    return places


@dataclass(slots=True)
class _TitleGroup:
    """The items of one title, and the result that they are linked in."""

    before: Sequence[Features]
    after: Sequence[Features]
    olds: list[int]
    news: list[int]
    allowed: Allowed
    weights: FitWeights
    result: EqualTitles

    def link(self) -> None:
        """Link the items of the title."""
        fits = [[self._fit(old, new) for new in self.news] for old in self.olds]
        values = [[sum(fit.values()) for fit in line] for line in fits]
        pairs = [pair for pair in assign(values, self.weights.least) if self._is_enough(*pair, values)]
        linked: dict[int, int] = {}
        for row, column in pairs:
            if self._is_clear(row, column, pairs, values):
                linked[row] = column
                self.result.links[self.olds[row]] = [self.news[column]]
                self.result.evidence[self.olds[row]] = fits[row][column]
            else:
                self.result.doubtful.append((self.olds[row], self.news[column]))
        doubted = {new for _old, new in self.result.doubtful}
        for column in set(range(len(self.news))) - set(linked.values()):
            if self.news[column] not in doubted:
                self._join_version(column, linked, values)
        for row in set(range(len(self.olds))) - set(linked):
            self._find_home(row, linked, fits)

    def _fit(self, old: int, new: int) -> dict[str, float]:
        """Return what each signal adds for a pair; a pair that may not be is far below every bound."""
        if not self.allowed(old, new):
            return {"denied": 10 * self.weights.other_owner}
        return fit(self.before[old], self.after[new], self.weights)

    def _is_enough(self, row: int, column: int, values: Sequence[Sequence[float]]) -> bool:
        """Tell whether a pair fits well enough, which is more where the headings differ."""
        old, new = self.before[self.olds[row]], self.after[self.news[column]]
        if is_doubtful(old, new):
            return False
        differ = old.heading and new.heading and old.heading != new.heading
        least = self.weights.least_under_other_heading if differ else self.weights.least
        return values[row][column] >= least

    def _is_clear(
        self, row: int, column: int, pairs: Sequence[tuple[int, int]], values: Sequence[Sequence[float]]
    ) -> bool:
        """Tell whether no other way to pair the items is nearly as good, or it would make no difference."""
        margin = self.weights.margin
        of_row, of_column = dict(pairs), {column: row for row, column in pairs}
        own = values[row][column]
        for other in range(len(self.news)):
            if other == column or self._are_versions(self.news[other], self.news[column]):
                continue
            partner = of_column.get(other)
            gain = own - values[row][other]
            if partner is not None:
                gain += values[partner][other] - values[partner][column]
            if gain < margin and not self._are_alike([row], [column, other]):
                return False
        for other in range(len(self.olds)):
            if other == row or other in of_row:
                continue
            if own - values[other][column] < margin and not self._are_alike([row, other], [column]):
                return False
        return True

    def _are_versions(self, one: int, other: int) -> bool:
        """Tell whether two newer items are the spatial and the other version of one dataset."""
        return self.after[one].spatial != self.after[other].spatial

    def _are_alike(self, rows: Sequence[int], columns: Sequence[int]) -> bool:
        """Tell whether it is all one which items are paired: all are released, and say the same."""
        items = [*(self.before[self.olds[row]] for row in rows), *(self.after[self.news[column]] for column in columns)]
        first = items[0]
        return all(
            item.stage == "released"
            and (item.dates, item.heading, item.owner) == (first.dates, first.heading, first.owner)
            for item in items
        )

    def _join_version(self, column: int, linked: Mapping[int, int], values: Sequence[Sequence[float]]) -> None:
        """Join a newer item that nothing is linked with to the older one of which it is another version or part."""
        own = self.after[self.news[column]]
        homes = [
            row
            for row, other in linked.items()
            if values[row][column] >= self.weights.least
            and self.after[self.news[other]].plan == own.plan
            and not was_released_before(self.before[self.olds[row]], own, self.weights)
            and (self.after[self.news[other]].spatial != own.spatial or self._has_rows_left(row, other))
        ]
        if homes:
            best = max(homes, key=lambda row: (values[row][column], -row))
            self.result.links[self.olds[best]].append(self.news[column])

    def _has_rows_left(self, row: int, column: int) -> bool:
        """Tell whether an older item has more parts than the newer one that it is linked with."""
        return len(self.before[self.olds[row]].item.rows) > len(self.after[self.news[column]].item.rows)

    def _find_home(self, row: int, linked: Mapping[int, int], fits: Sequence[Sequence[Mapping[str, float]]]) -> None:
        """
        Link an older item that is left over with the newer one that has it as a further part, else doubt.

        A plan lists what is added to a dataset as planned under the title of the dataset; once released it is a part.
        """
        old = self.olds[row]
        if any(old == one for one, _new in self.result.doubtful):
            return
        for other, column in linked.items():
            part = self._find_part(row, other, column)
            # The month of the dataset says nothing of its further part.
            own = sum(value for name, value in fits[row][column].items() if name != "date")
            if part is not None and own >= self.weights.least:
                new = self.news[column]
                self.result.links[old] = [new]
                self.result.rows[old] = part
                self.result.evidence[old] = fit(self.before[old], self.after[new], self.weights)
                return
        for new in self.news:
            if self.allowed(old, new) and own_each_other(self.before[old], self.after[new]) is not False:
                self.result.doubtful.append((old, new))

    def _find_part(self, row: int, other: int, column: int) -> int | None:
        """Return which further part of a newer item is what an older item was; None if none plainly is."""
        own, known = self.before[self.olds[row]], self.before[self.olds[other]]
        new = self.after[self.news[column]]
        if new.stage != "released" or len(new.item.rows) <= len(known.item.rows):
            return None
        told = {one.entry.date for one in known.item.rows}
        added = [place for place, one in enumerate(new.item.rows) if one.entry.date and one.entry.date not in told]
        if own.stage == "released":
            added = [place for place in added if new.item.rows[place].entry.date == own.item.entry.date]
        return added[0] if len(added) == 1 else None


def is_doubtful(old: Features, new: Features) -> bool:
    """
    Tell whether two items with the same title differ in more than plans do that list one dataset again.

    A dataset that is planned anew, or that is spatial in the one plan and not in the other, is the same only if nobody
    else is named as its owner; and two versions that were released in different months are two datasets.

    Args:
        old: The older item.

        new: The newer item.
    """
    are_versions = {old.spatial, new.spatial} == {True, False}
    is_reopened = (old.stage, new.stage) == ("released", "planned")
    if (are_versions or is_reopened) and own_each_other(old, new) is not True:
        return True
    are_released = old.stage == new.stage == "released" and old.dates and new.dates
    return bool(are_versions and are_released and not set(old.dates) & set(new.dates))


def was_released_before(old: Features, new: Features, weights: FitWeights) -> bool:
    """
    Tell whether the newer plan says of an item that it was released long before the older plan.

    What the older plan planned, or a version that it did not have, is something else then.

    Args:
        old: An item of the older plan.

        new: The newer item.

        weights: How long before is long.
    """
    released = interval_of(new.item.entry) if new.stage == "released" else None
    return released is not None and count_months(released[1], old.month) > weights.months_before


def fit(old: Features, new: Features, weights: FitWeights) -> dict[str, float]:
    """
    Return what each signal adds for two items with the same title.

    Args:
        old: The older item.

        new: The newer item.

        weights: What each signal adds.
    """
    signals = {
        "owner": _fit_owner(old, new, weights),
        "heading": _fit_heading(old, new, weights),
        "spatial": _fit_spatial(old, new, weights),
        "stage": _fit_stage(old, new, weights),
        "date": _fit_dates(old, new, weights),
        "remark": weights.remarks * share(old.remark, new.remark),
        "frequency": weights.same_frequency * (bool(old.frequency) and old.frequency == new.frequency),
        "formats": weights.same_formats * share(old.formats, new.formats),
        "number": weights.same_number * (old.item.key.number == new.item.key.number),
    }
    return {name: value for name, value in signals.items() if value}


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """
    Return the share of what two sets have in common, from 0 to 1.

    >>> share(frozenset("ab"), frozenset("bc"))
    0.5
    """
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def own_each_other(old: Features, new: Features) -> bool | None:
    """
    Tell whether one body owns two items; None if one of them does not say.

    Args:
        old: The older item.

        new: The newer item.
    """
    if old.owner and new.owner:
        return old.owner == new.owner or bool(old.names & new.names)
    if not old.owner and not new.owner:
        return True
    named = old.names & new.names
    return True if named else None


def _fit_owner(old: Features, new: Features, weights: FitWeights) -> float:
    """Return what the bodies that own two items add."""
    same = own_each_other(old, new)
    return 0.0 if same is None else weights.same_owner if same else weights.other_owner


def _fit_heading(old: Features, new: Features, weights: FitWeights) -> float:
    """Return what the headings add; a heading may be a body that another row names otherwise."""
    if not old.heading or not new.heading:
        return 0.0
    same = old.heading == new.heading or bool(old.names & new.names)
    return weights.same_heading if same else weights.other_heading


def _fit_spatial(old: Features, new: Features, weights: FitWeights) -> float:
    """Return what the subsections add."""
    if old.spatial is None or new.spatial is None:
        return weights.untold_spatial
    return weights.same_spatial if old.spatial == new.spatial else 0.0


def _fit_stage(old: Features, new: Features, weights: FitWeights) -> float:
    """Return what the stages add."""
    if old.stage == new.stage:
        return weights.same_stage
    return weights.released if old.stage == "planned" else weights.reopened


def _fit_dates(old: Features, new: Features, weights: FitWeights) -> float:
    """Return what the months add."""
    if not old.dates or not new.dates:
        return 0.0
    if old.stage == "planned" and was_released_before(old, new, weights):
        return weights.released_before
    if old.stage == "released" == new.stage and not set(old.dates) & set(new.dates):
        return weights.released_after if min(new.dates)[0] > old.month else weights.other_month
    if old.dates[0] == new.dates[0]:
        return weights.same_month
    return weights.same_month_of_part if set(old.dates) & set(new.dates) else 0.0
