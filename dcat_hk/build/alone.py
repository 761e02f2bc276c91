"""
One plan in memory -> the Turtle that a build publishes of it, if it is given this plan alone.

In: a plan that was read. Out: text. It is written by what writes plans in a build, in a temporary folder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..catalogue.publishing.report import InputOutcome
from ..core.decisions import NO_DECISIONS, Decisions
from ..core.errors import Finding
from ..core.scratch import ScratchFolder
from ..core.settings import Settings
from ..core.vocabularies import load
from ..core.vocabularies.additions import extend
from ..reading.quality import Copy
from ..reconciliation.linkfiles import read_links
from .corrections import correct
from .history import compare_plans
from .index import index_plans
from .read import ReadFile, check_publishable, save_plan
from .write import WriteContext


def write_alone(
    copy: Copy,
    findings: Sequence[Finding],
    settings: Settings,
    links: Path | None = None,
    decisions: Decisions = NO_DECISIONS,
) -> str:
    """
    Return a plan's own file as a build of this plan alone publishes it.

    Args:
        copy: The plan, and how well it was read.

        findings: The findings on it.

        settings: Base IRI and the like.

        links: The folder of links; None for none.

        decisions: What people decided.

    Raises:
        NotAPlan: A build refuses the plan: it names no body, or none of its rows could be read.

        NotReadable: A file of links cannot be used, or a correction is of what the file does not have.
    """
    vocabularies = extend(load(settings.base_iri), decisions)
    check_publishable(copy.plan, findings)
    plan = correct(copy.plan, findings, decisions, vocabularies).plan
    link_files = read_links(links, settings.base_iri)
    with ScratchFolder() as scratch:
        waiting, folder = scratch / "0.plan", scratch / "output"
        outcome = InputOutcome(plan.doc, plan.sha256)
        outcome.count(plan)
        save_plan(waiting, plan)
        file = ReadFile(replace(plan, entries=()), waiting, outcome, copy.quality)
        plans = index_plans([file], settings, vocabularies, link_files)
        compare_plans(plans, link_files, jobs=1)
        context = WriteContext(plans, folder, validated=False)
        summary = context.writer.write(context.mapping(0)).summary
        return (folder / f"{summary.path}.ttl").read_text(encoding="utf-8")
