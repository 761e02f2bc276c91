"""
Two builds -> a `Comparison`: the steps in their order.

In: what the user names. Out: what differs. Each build is read once; then only the pieces of its file are read again in
which something differs, or in which the name of something stands that a report shows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby

from ...core.errors import UsageError
from ...core.namespaces import DCAT, DCT
from ...core.properties import order_of
from ...core.reporting import Progress, no_progress
from ...core.scratch import ScratchFolder
from ...core.terms import Iri
from ..sources import Intake
from .builds import ComparedBuild, open_build
from .causes import PlansOfThings, compare_plans
from .digests import DigestDifference, digest, find_differences
from .labels import find_labels
from .model import Cause, Comparison, DifferingFacts, FactChange, PlanFate, SideOfComparison
from .reading import BuildFacts, count_buckets
from .sources import replace_sources
from .terms import is_minted, is_shared_term, split_term

#: What the catalogue over all plans says because of its plans; all else comes from the settings.
_OF_ALL_PLANS = frozenset({DCT.issued, DCT.modified})
#: Lists of a catalogue: what leaves one has nothing to do with what joins it.
_LISTS = frozenset({DCAT.catalog, DCAT.dataset, DCAT.distribution, DCAT.record})


def compare(old: str, new: str, *, labelled: bool = True, progress: Progress = no_progress) -> Comparison:
    """
    Return what differs between two builds.

    Args:
        old: The older build: a folder, a file of a build, `-`, or a git revision such as `HEAD:output`.

        new: The newer build.

        labelled: Whether the names of things are looked up.

        progress: Is told how far reading is.

    Raises:
        UsageError: Both are standard input.

        NotReadable: One cannot be read, or is a folder without a build.

        NotRdf: One is broken, or no build.
    """
    if old == new == "-":
        raise UsageError.of("checking.one-standard-input", "-")
    with ExitStack() as stack:
        intake = stack.enter_context(Intake())
        builds = [open_build(source, intake, stack.enter_context(ScratchFolder())) for source in (old, new)]
        buckets = count_buckets(*builds)
        before, after = (
            stack.enter_context(BuildFacts(build, buckets, _progress_of(build, progress))) for build in builds
        )
        comparison = _compare(before, after, labelled)
        for build in builds:
            build.require_unchanged()
    return comparison


def _progress_of(build: ComparedBuild, progress: Progress) -> Callable[[int, int], None]:
    """Return what a build's reading tells its progress."""
    return lambda done, total: progress(build.name, done, total)


def _compare(before: BuildFacts, after: BuildFacts, labelled: bool) -> Comparison:
    """Return what differs between two builds that were read."""
    only_old, only_new = find_differences(before.digests, after.digests)
    removed, added = _collect(before, only_old), _collect(after, only_new)
    _add_blanks(before, after, removed, added)
    replace_sources(removed, added, before.plan_of, after.plan_of)
    plans = compare_plans(before.plans, after.plans)
    things = {*removed.own, *added.own, *_mentioned(removed), *_mentioned(added)}
    owners = PlansOfThings(
        [before.links, after.links], before.plans.keys() | after.plans.keys(), plans, map(_iri, things) if plans else ()
    )
    finder = _CauseFinder(plans, owners, frozenset(map(_iri, removed.shared | added.shared)), after.base)
    gone, new = (sorted(map(_iri, some)) for some in (removed.own, added.own))
    return Comparison(
        _side(before),
        _side(after),
        plans,
        gone,
        new,
        list(_changes(removed, added, finder)),
        {iri: owners.state(iri) if plans else "same" for iri in (*gone, *new)},
        find_labels([before, after], [*map(_iri, things), *plans]) if labelled else {},
    )


def _side(facts: BuildFacts) -> SideOfComparison:
    """Return what a report tells of a build as a whole."""
    build = facts.build
    return SideOfComparison(build.name, facts.base, build.program, build.settings, build.links, build.is_altered)


def _iri(subject: str) -> Iri:
    """Return an IRI without its brackets; what a blank node stands for as it is."""
    return subject[1:-1] if subject.startswith("<") else subject


# ---- what only one build says


def _collect(facts: BuildFacts, difference: DigestDifference) -> DifferingFacts:
    """Return what only this build says, from the pieces in which it stands."""
    result = DifferingFacts()
    for subject, block in facts.blocks(difference.pieces):
        if digest(subject) in difference.digests:
            if is_shared_term(subject[1:-1], facts.base):
                result.shared.add(subject)
            else:
                result.own.add(subject)
                if subject not in facts.plan_of:
                    continue
        for predicate, values in block.items():
            for value in values:
                if digest(f"{subject} {predicate} {value}") in difference.digests:
                    result.facts.setdefault(subject, set()).add((predicate, value))
    return result


def _add_blanks(before: BuildFacts, after: BuildFacts, removed: DifferingFacts, added: DifferingFacts) -> None:
    """Add the facts with blank nodes in them."""
    old, new = set(before.blanks.facts()), set(after.blanks.facts())
    for differing, facts in ((removed, old - new), (added, new - old)):
        for subject, predicate, value in facts:
            if subject not in differing.own:
                differing.facts.setdefault(subject, set()).add((predicate, value))


def _mentioned(differing: DifferingFacts) -> Iterator[str]:
    """Yield the things of differing facts, and the things that are their values."""
    for subject, pairs in differing.facts.items():
        yield subject
        yield from (value for _predicate, value in pairs if value.startswith("<"))


# ---- before and after


@dataclass(frozen=True, slots=True)
class _CauseFinder:
    """Tells why facts changed."""

    plans: Mapping[Iri, PlanFate]
    owners: PlansOfThings
    shared: frozenset[Iri]
    base: Iri

    def cause(self, iri: Iri, predicate: Iri, values: Iterable[str]) -> Cause:
        """Return why a fact of a thing changed."""
        if not self.plans:
            return "program"
        state = self.owners.state(iri)
        pointed_at = (_iri(value) for value in values if value.startswith("<"))
        if any(one in ("gone", "changed", "added") for one in (state, *map(self.owners.state, pointed_at))):
            return "plan"
        if state == "same":
            return "program"
        # Shared things: concepts and bodies are described if a plan names them.
        is_summary = iri == f"{self.base}catalogue" and predicate in _OF_ALL_PLANS
        return "plan" if is_summary or iri in self.shared or is_minted(iri) else "program"


def _changes(removed: DifferingFacts, added: DifferingFacts, finder: _CauseFinder) -> Iterator[FactChange]:
    """Yield what changed of things that both builds describe, sorted."""
    subjects = {_iri(subject): subject for subject in removed.facts.keys() | added.facts.keys()}
    for iri in sorted(subjects, key=lambda iri: (not iri.startswith(finder.base), iri)):
        subject = subjects[iri]
        old, new = (_by_property(some.facts.get(subject, ())) for some in (removed, added))
        for predicate in order_of(tuple(sorted(old.keys() | new.keys()))):
            values = old.get(predicate, []), new.get(predicate, [])
            for before, after in list_values(*values) if predicate in _LISTS else pair_values(*values):
                yield FactChange(iri, predicate, before, after, finder.cause(iri, predicate, (before, after)))


def _by_property(pairs: Iterable[tuple[str, str]]) -> dict[Iri, list[str]]:
    """Return values by property."""
    values: dict[Iri, list[str]] = {}
    for predicate, value in sorted(pairs):
        values.setdefault(_iri(predicate), []).append(value)
    return values


def pair_values(old: Iterable[str], new: Iterable[str]) -> list[tuple[str, str]]:
    """
    Return which value became which: the only ones of their language or datatype, or the only ones at all.

    Args:
        old: Values of a property that are gone, as N-Triples has them.

        new: Values that came.

    Returns:
        Pairs; an empty text where nothing stood before, or nothing stands now.

    >>> pair_values(['"a"@en', '"b"@zh'], ['"c"@en', '"d"@fr'])
    [('"a"@en', '"c"@en'), ('"b"@zh', '"d"@fr')]
    >>> pair_values(["<urn:a>", "<urn:b>"], ["<urn:c>"])
    [('<urn:a>', ''), ('<urn:b>', ''), ('', '<urn:c>')]
    """
    left_old, left_new = _by_kind(old), _by_kind(new)
    shared = sorted(left_old.keys() & left_new.keys())
    alone = [kind for kind in shared if len(left_old[kind]) == len(left_new[kind]) == 1]
    pairs = [(left_old.pop(kind)[0], left_new.pop(kind)[0]) for kind in alone]
    gone, came = ([value for values in left.values() for value in values] for left in (left_old, left_new))
    if len(gone) == len(came) == 1:
        return [*pairs, (gone[0], came[0])]
    return [*pairs, *list_values(gone, came)]


def list_values(old: Iterable[str], new: Iterable[str]) -> list[tuple[str, str]]:
    """
    Return values that are gone and values that came, none in the place of another.

    >>> list_values(["<urn:a>"], ["<urn:b>"])
    [('<urn:a>', ''), ('', '<urn:b>')]
    """
    return [*((value, "") for value in old), *(("", value) for value in new)]


def _by_kind(values: Iterable[str]) -> dict[str, list[str]]:
    """Return values by language or datatype."""
    ordered = sorted(values, key=lambda value: (split_term(value).kind, value))
    return {kind: list(some) for kind, some in groupby(ordered, key=lambda value: split_term(value).kind)}
