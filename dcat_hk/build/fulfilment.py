"""
Files or a published catalogue -> the promises that were known in a month.

In: plans, or an output folder, and a month. Out: a `KnownPromises`. Both ways give the same answer, and plans that are
dated later than the month make no difference to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..catalogue.publishing.histories import read_history
from ..catalogue.publishing.report import InputOutcome
from ..core.decisions import read_decisions
from ..core.reporting import Progress, no_progress
from ..core.settings import Settings
from ..core.terms import Iri
from ..reconciliation.deciding import decide
from ..reconciliation.evidence import known_evidence
from ..reconciliation.linkfiles import read_links
from ..reconciliation.listings import list_plan, step_of
from ..reconciliation.promises import Promise, find_promises
from ..reconciliation.reconcile import reconcile
from .linkfolder import kept_links
from .portallinks import read_portal_links
from .timeline import read_timeline


@dataclass(frozen=True, slots=True)
class KnownPromises:
    """
    What was promised, as far as it was known in a month.

    Args:
        base: The base IRI of the datasets.

        promises: The promises.

        undated: Documents of known plans that print no date, and the months that they count from.

        missing: The outcomes of files that were refused, or known in the month and left out with rows of their own.
    """

    base: Iri
    promises: tuple[Promise, ...]
    undated: tuple[tuple[str, str], ...] = ()
    missing: tuple[InputOutcome, ...] = ()


def read_promises(
    sources: Sequence[Path],
    month: str,
    settings: Settings,
    *,
    links: Path | None = None,
    decisions: Path | None = None,
    jobs: int = 0,
    progress: Progress = no_progress,
) -> KnownPromises:
    """
    Return the promises of plans that were known in a month.

    Args:
        sources: Files, folders and ZIP files; `-` is standard input.

        month: The month.

        settings: The settings, for the base IRI and the limits on reading.

        links: The folder of links between plans; of its judgements those count that are dated up to the month.

        decisions: The folder of what people decided; None for none.

        jobs: How many processes; 0 for one for each processor.

        progress: Called after each input.

    Raises:
        UsageError: There is no input.

        NotReadable: A file of links or of decisions cannot be used.

        WorkerLost: A worker process was killed.
    """
    files = read_links(links, settings.base_iri)
    options: dict[str, Any] = {"jobs": jobs, "progress": progress, "until": month}
    timeline = read_timeline(sources, settings, kept_links(files), decisions=read_decisions(decisions), **options)
    files.identities.check_known(timeline.identifiers)
    known = [plan for plan in timeline.plans if plan.month <= month]
    judgements = files.judgements.as_of(month)
    decided = decide(replace(files, judgements=judgements), known)
    # As in a build, a row with another title is only linked if a person or a file says so.
    pairs = reconcile(known, timeline.successors, decided, renames=False)
    evidence = known_evidence(read_portal_links(files, settings.base_iri).portal.evidence, month)
    steps = [step_of(pair) for pair in pairs]
    return KnownPromises(
        settings.base_iri,
        find_promises(map(list_plan, known), steps, judgements.denied_pairs(), evidence),
        tuple((plan.head.doc, plan.month) for plan in known if plan.head.dated is None),
        timeline.missing,
    )


def read_published_promises(folder: Path, month: str) -> KnownPromises:
    """
    Return the promises of a published catalogue that were known in a month.

    Args:
        folder: An output folder.

        month: The month.

    Raises:
        NotReadable: The folder holds no published catalogue, or one without promises.
    """
    history = read_history(folder)
    return KnownPromises(history.base, history.find_promises(month))
