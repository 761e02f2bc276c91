"""
Inputs that were read -> the same with what people corrected in them.

In: what became of each input, and decisions. Out: plans as they are meant, in place of those that were read.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..catalogue.mapping.identities import Bodies, Links, identify
from ..catalogue.mapping.index import record_iris
from ..catalogue.mapping.iris import Iris
from ..core.decisions import CORRECTIONS, Decisions
from ..core.errors import Finding
from ..core.place import Place
from ..core.plan import Plan
from ..core.vocabularies import Vocabularies
from .read import InputResult

if TYPE_CHECKING:
    from ..reading.corrections import CorrectedPlan


def correct_results(results: Sequence[InputResult], decisions: Decisions, vocabularies: Vocabularies) -> list[Finding]:
    """
    Let each plan wait as it is meant, and return findings on corrections of files that were not read.

    Args:
        results: What became of each input.

        decisions: What people decided.

        vocabularies: The vocabularies with what people add to them.

    Raises:
        NotReadable: A correction is of a row or of a printed value that the file does not have.
    """
    for result in results:
        file = result.file
        if file and file.head.sha256 in decisions.corrections:
            corrected = correct(file.load(), result.outcome.findings, decisions, vocabularies)
            file.save(corrected.plan)
            result.outcome.count(corrected.plan)
            result.outcome.findings = corrected.findings
    return find_unused(decisions, {result.outcome.sha256 for result in results})


def correct(plan: Plan, findings: Sequence[Finding], decisions: Decisions, vocabularies: Vocabularies) -> CorrectedPlan:
    """
    Return a plan as it is meant.

    Args:
        plan: The plan as it was read.

        findings: What was found when it was read.

        decisions: What people decided.

        vocabularies: The vocabularies with what people add to them.

    Raises:
        NotReadable: A correction is of a row or of a printed value that the file does not have.
    """
    from ..reading.corrections import CorrectedPlan, correct_plan

    corrections = decisions.corrections.get(plan.sha256, ())
    if not corrections:
        return CorrectedPlan(plan, tuple(findings))
    names = record_names(plan, vocabularies)
    return correct_plan(plan, names, findings, corrections, vocabularies, decisions.where(CORRECTIONS))


def record_names(plan: Plan, vocabularies: Vocabularies) -> list[str]:
    """
    Return what the records of a plan's rows are called: the last parts of their IRIs.

    Args:
        plan: A plan as it was read.

        vocabularies: The vocabularies, for the bodies that rows stand under.
    """
    identified = identify(plan, Bodies(vocabularies), Links())
    return [iri.rpartition("/")[2] for iri in record_iris(Iris(vocabularies.base), identified)]


def find_unused(decisions: Decisions, digests: set[str]) -> list[Finding]:
    """
    Return a finding for each file that has corrections and was not read.

    Args:
        decisions: What people decided.

        digests: The SHA-256 of the files that were read.
    """
    findings: list[Finding] = []
    for source, corrections in sorted(decisions.corrections.items()):
        if source not in digests:
            values = {"sha256": source, "count": str(len(corrections))}
            place = Place(0, 0, f"correction {corrections[0].number}", f"correction {corrections[0].number}")
            findings.append(Finding("correction-of-nothing", CORRECTIONS, place, values))
    return findings
