"""
Files -> items of plans that can be compared over the years.

In: files, or a plan with the identity of each entry. Out: a `PlanItems` for each plan, in which names of records and
datasets are texts. Copies of one plan in other languages and formats are merged first, as a build does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..catalogue.mapping.identities import Bodies, IdentifiedPlan, Links, identify
from ..catalogue.mapping.index import record_iris
from ..catalogue.mapping.iris import Iris, minted_code
from ..catalogue.publishing.report import InputOutcome
from ..core.caching import NO_CACHE, Cache
from ..core.decisions import NO_DECISIONS, Decisions
from ..core.namespaces import DCT
from ..core.reporting import Progress, no_progress
from ..core.scratch import ScratchFolder
from ..core.settings import Settings
from ..core.vocabularies import Vocabularies, load
from ..core.vocabularies.additions import extend
from ..reading.documents import find_inputs
from ..reconciliation.items import ItemRow, PlanItems, gather_items
from .corrections import correct_results
from .editions import group_editions
from .read import Reader, ReadFile, limits_of, prefer_rows, read_files
from .readings import ReadingOptions


@dataclass(frozen=True, slots=True)
class Timeline:
    """
    Plans as items, from the oldest to the newest.

    Args:
        plans: The plans.

        successors: The codes of the bodies that replaced a body, by its code.

        outcomes: What became of each input.

        missing: The outcomes of files that are missing among the plans: refused, or left out with rows of their own;
            where only what was known in a month counts, of the latter those known then.
    """

    plans: list[PlanItems]
    successors: Mapping[str, tuple[str, ...]]
    outcomes: list[InputOutcome]
    missing: tuple[InputOutcome, ...]

    @property
    def identifiers(self) -> frozenset[str]:
        """Return the identifiers that the rule gives the rows."""
        return frozenset(row.identifier for plan in self.plans for item in plan.items for row in item.rows)

    @property
    def records(self) -> frozenset[str]:
        """Return the IRIs of the records of the rows."""
        return frozenset(row.record for plan in self.plans for item in plan.items for row in item.rows)


def read_timeline(
    sources: Sequence[Path],
    settings: Settings,
    links: Links | None = None,
    *,
    jobs: int = 0,
    progress: Progress = no_progress,
    cache: Cache = NO_CACHE,
    until: str = "",
    decisions: Decisions = NO_DECISIONS,
) -> Timeline:
    """
    Read plans as items that can be compared.

    Args:
        sources: Files, folders and ZIP files; `-` is standard input.

        settings: The settings, for the base IRI and the limits on reading.

        links: Identifiers that are kept; by default those of the vocabularies.

        jobs: How many processes; 0 for one for each processor.

        progress: Called after each input that is read.

        cache: What earlier runs have read.

        until: A month; files dated after it are not merged with those dated up to it, so that a plan that is issued
            again changes nothing of what was known in the month. Empty if all copies of a plan are merged.

        decisions: What people decided.

    Returns:
        The plans that could be read, and what became of each input.

    Raises:
        UsageError: There is no input.

        NotReadable: A decision contradicts the vocabularies or a plan.

        WorkerLost: A worker process was killed.
    """
    inputs = find_inputs(sources, limits_of(settings))
    vocabularies = extend(load(settings.base_iri), decisions)
    bodies, iris = Bodies(vocabularies), Iris(vocabularies.base)
    with ScratchFolder() as spool:
        reader = Reader(ReadingOptions(limits_of(settings), decisions), cache)
        results = read_files(inputs, spool, reader, jobs, progress)
        correct_results(results, decisions, vocabularies)
        files = prefer_rows(results)
        later = [file for file in files if until and (file.head.dated or "") > until]
        known = [file for file in files if not until or (file.head.dated or "") <= until]
        codes = {file.path: bodies.find(file.head.bureau).code for file in files}
        plans = [
            plan_items(identify(editions[0].load(), bodies, links or Links()), iris)
            for group in (known, later)
            for editions in group_editions(group, codes, vocabularies)
        ]
    outcomes = sorted((result.outcome for result in results), key=lambda outcome: (outcome.name, outcome.sha256))
    return Timeline(plans, find_successors(vocabularies), outcomes, _find_missing(outcomes, files, until))


def _find_missing(outcomes: Sequence[InputOutcome], files: Sequence[ReadFile], until: str) -> tuple[InputOutcome, ...]:
    """Return the outcomes of files that were refused, or are left out with rows of their own and known in a month."""
    later = [file.outcome for file in files if until and file.head.issued > until]
    return tuple(one for one in outcomes if one.refused or (one.left_out and not any(one is each for each in later)))


def find_successors(vocabularies: Vocabularies) -> dict[str, tuple[str, ...]]:
    """
    Return the codes of the bodies that replaced a body, by its code.

    Args:
        vocabularies: They state which body replaced which.

    >>> find_successors(load())["hk-fhb"]
    ('hk-hhb', 'hk-eeb')
    """
    bodies = vocabularies.organisations
    return {
        code: tuple(vocabularies.concepts[iri].notation for iri in concept.iris(DCT.isReplacedBy))
        for code, concept in bodies.items()
        if concept.iris(DCT.isReplacedBy)
    }


def plan_items(identified: IdentifiedPlan, iris: Iris) -> PlanItems:
    """
    Return a plan as items.

    Args:
        identified: The plan with the identity of each entry.

        iris: Gives the names of records.
    """
    plan, code = identified.plan, identified.publisher.code
    records = record_iris(iris, identified)
    rows = [
        ItemRow(entry, record, identity.rule_identifier)
        for entry, record, identity in zip(plan.entries, records, identified.identities, strict=True)
    ]
    publishers = [identity.publisher.code for identity in identified.identities]
    kept = [identity.identifier for identity in identified.identities]
    is_known = identified.publisher.concept is not None
    aliases = frozenset() if is_known else frozenset(minted_code(edition.bureau) for edition in plan.editions) - {code}
    items = gather_items(rows, publishers, kept)
    return PlanItems(replace(plan, entries=()), iris.plan(code, plan.years), code, items, aliases)
