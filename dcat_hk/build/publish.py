"""
Files -> published catalogue: the flow of a build, step by step.

In: files and settings. Out: an output folder and what became of each input. Only `build` knows both reading and
catalogue.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from ..catalogue.mapping.context import MappingContext
from ..catalogue.publishing.report import InputOutcome, write_manifest, write_report
from ..catalogue.publishing.writing import CatalogueWriter, stub_types, write_json_aids, write_vocabularies
from ..core.caching import NO_CACHE, Cache
from ..core.decisions import Decisions, read_decisions
from ..core.errors import DcatHkError, Finding, NotAPlan
from ..core.files import read_manifest, replace_folder
from ..core.reporting import Progress, no_progress
from ..core.results import Result, violations
from ..core.settings import Settings
from ..core.syntaxes.turtle import Turtle
from ..core.terms import Iri, Thing
from ..core.vocabularies import DEFAULT_BASE, load
from ..core.vocabularies.additions import extend
from ..core.wording.refusals import LinesBelow
from ..reading.documents import Input, find_inputs
from ..reconciliation.linkfiles import LinkFiles, read_links
from .corrections import correct_results
from .history import compare_plans
from .index import index_plans
from .portalfindings import compare_with_portal
from .portallinks import FoundLinks, KnownNames, find_unknown, read_portal_links
from .read import InputResult, Reader, limits_of, prefer_rows, read_files
from .readings import ReadingOptions
from .write import Elsewhere, WriteContext, validate_kept, write_plans


@dataclass(slots=True)
class BuildResult:
    """
    What a build did: the outcome of each input, results on the top catalogue, whether it was published.

    `remarks` are findings on the settings and on the files of links.
    """

    outcomes: list[InputOutcome]
    top: list[Result] = field(default_factory=list)
    remarks: list[Finding] = field(default_factory=list)
    published: bool = False
    reason: str = ""
    refusal: DcatHkError | None = field(default=None, compare=False)

    @property
    def violations(self) -> list[Result]:
        """Return every violation once."""
        of_plans = {result for outcome in self.outcomes for result in violations(outcome.results)}
        return sorted(of_plans | set(violations(self.top)))

    def __repr__(self) -> str:
        refused = sum(1 for outcome in self.outcomes if outcome.refused)
        state = "published" if self.published else f"not published: {self.reason}"
        count = len(self.outcomes)
        return f"<BuildResult {state}, {count} {'input' if count == 1 else 'inputs'}, {refused} refused>"


@dataclass(frozen=True, slots=True)
class _Work:
    """How a build works: by how many processes or what cluster, whether it validates, whom it tells, what it knows."""

    jobs: int
    validated: bool
    progress: Progress
    cache: Cache
    dask: str

    def read(self, inputs: Sequence[Input], spool: Path, settings: Settings, decisions: Decisions) -> list[InputResult]:
        """Read the inputs."""
        reader = Reader(ReadingOptions(limits_of(settings), decisions), self.cache)
        if self.dask:
            from .distributing import read_on_cluster

            return read_on_cluster(inputs, spool, reader, self.dask, self.progress)
        return read_files(inputs, spool, reader, self.jobs, self.progress)

    def elsewhere(self, context: WriteContext) -> Elsewhere | None:
        """Return what writes plans on other machines; None if this one does."""
        if not self.dask:
            return None
        from .distributing import write_on_cluster

        return partial(write_on_cluster, context, self.dask)


class _PeopleFiles(NamedTuple):
    """What people say beside the plans: links between them and with the portal, and decisions."""

    links: LinkFiles
    portal: FoundLinks
    decisions: Decisions

    @property
    def digest(self) -> str:
        """Return what tells these files from others."""
        files = self.links.digests, self.portal.digests, self.decisions.digests
        return repr([sorted(digests.items()) for digests in files])


class _NotPublished(Exception):
    """Leaves the block that would replace the output folder; carries the result of the build."""

    def __init__(self, result: BuildResult) -> None:
        """Keep the result."""
        super().__init__(result.reason)
        self.result = result


def build(
    sources: Sequence[Path],
    output: Path,
    settings: Settings,
    *,
    jobs: int = 0,
    validated: bool = True,
    progress: Progress = no_progress,
    links: Path | None = None,
    decisions: Path | None = None,
    cache: Cache = NO_CACHE,
    dask: str = "",
) -> BuildResult:
    """
    Read plans and publish them as a catalogue in a folder, all or nothing.

    Args:
        sources: Files, folders and ZIP files; `-` is standard input.

        output: The folder, replaced as a whole. It stays as it was if anything violates the shapes, or if
            a plan that it holds would vanish because its file cannot be read any more.

        settings: Base IRI, titles and the like.

        jobs: How many processes; 0 for one for each processor.

        validated: Whether the catalogue is validated before it is published.

        progress: Called with the stage, the steps done and the steps in all.

        links: The folder of links between plans and with the portal; None for none.

        decisions: The folder of what people decided; None for none.

        cache: What earlier runs found out: it changes how long a build takes, and nothing else.

        dask: The address of a scheduler of Dask, whose workers read and write; empty for this machine alone.

    Returns:
        What became of each input, and whether it was published; if not, why.

    Raises:
        UsageError: No input, or an output folder with files that no build wrote.

        NotAPlan: None of the inputs is a plan.

        NotReadable: A file of links or of decisions cannot be used.

        WorkerLost: A worker process was killed.
    """
    inputs = find_inputs(sources, limits_of(settings))
    work = _Work(jobs, validated, progress, cache, dask)
    files = read_links(links, settings.base_iri)
    people = _PeopleFiles(files, read_portal_links(files, settings.base_iri), read_decisions(decisions))
    try:
        return _publish(inputs, output, settings, people, work)
    except _NotPublished as stopped:
        return stopped.result


def _publish(
    inputs: list[Input],
    output: Path,
    settings: Settings,
    people: _PeopleFiles,
    work: _Work,
) -> BuildResult:
    """Publish inputs and return the result, or raise it if it must not be published."""
    links, portal, decisions = people
    vocabularies = extend(load(settings.base_iri), decisions)
    with replace_folder(output, progress=work.progress) as folder:
        spool = folder.parent / "spool"
        spool.mkdir()
        input_results = work.read(inputs, spool, settings, decisions)
        remarks = [*_base_findings(settings), *correct_results(input_results, decisions, vocabularies)]
        outcomes = sorted((one.outcome for one in input_results), key=lambda outcome: (outcome.name, outcome.sha256))
        files = prefer_rows(input_results)
        if not files:
            raise _why_no_plan(outcomes)
        plans = index_plans(files, settings, vocabularies, links, portal.portal)
        compared = compare_plans(plans, links, jobs=work.jobs, progress=work.progress, cache=work.cache)
        findings = compare_with_portal(plans)
        for iri, finding in compared.items():
            findings.setdefault(iri, []).append(finding)
        _add_findings(outcomes, findings, settings.base_iri)
        context = WriteContext(plans, folder, work.validated, work.cache, people.digest)
        with CatalogueWriter(plans.context, folder) as catalogue:
            digests = write_plans(
                context, catalogue, outcomes, spool, work.jobs, work.progress, work.elsewhere(context)
            )
            top = catalogue.finish()
        digests |= catalogue.digests | write_vocabularies(folder, vocabularies)
        digests |= write_json_aids(folder, settings.base_iri)
        known = KnownNames(plans.records | links.records, plans.context)
        unknown = find_unknown(portal.portal, plans.context.index.newest)
        remarks += [*links.judgements.findings(known), *portal.findings, *unknown]
        result = BuildResult(outcomes, _validate_top(top, plans.context, work.cache) if work.validated else [], remarks)
        digests |= write_report(folder, outcomes, result.top, settings.base_iri, work.validated, remarks)
        write_manifest(
            folder,
            outcomes,
            settings,
            digests,
            {"links": {**links.digests, **portal.digests}, "decisions": decisions.digests},
        )
        result.refusal = _why_not_published(result, output)
        if result.refusal:
            result.reason = str(result.refusal)
            raise _NotPublished(result)
        result.published = True
    return result


def _base_findings(settings: Settings) -> list[Finding]:
    """Return that the base IRI is the default one, if it is."""
    base = settings.base_iri
    return [Finding("default-base-iri", base)] if base == DEFAULT_BASE else []


def _add_findings(outcomes: Sequence[InputOutcome], findings: Mapping[Iri, Sequence[Finding]], base: Iri) -> None:
    """Add findings on plans, by their IRIs, to the outcomes of the files that lead."""
    for outcome in outcomes:
        own = findings.get(f"{base}plan/{outcome.path.removeprefix('plans/')}", ())
        if not outcome.edition_of:
            outcome.findings = (*outcome.findings, *(one for one in own if one.document == outcome.name))


def _validate_top(things: Sequence[Thing], context: MappingContext, cache: Cache) -> list[Result]:
    """Return the results that are about the top catalogue and its publisher."""
    base = context.settings.base_iri
    iris = {thing.iri for thing in things}
    text = "".join(Turtle(base).write([*things, *stub_types(context.index)]))
    # Of stubs nothing is wanted: they would have more results than all plans together.
    return [result for result in validate_kept(text.encode(), base, cache, iris) if result.focus_node in iris]


def _why_no_plan(outcomes: Sequence[InputOutcome]) -> NotAPlan:
    """Return the error for inputs of which none is a plan."""
    if len(outcomes) == 1 and outcomes[0].refusal:
        return NotAPlan.from_refusal(outcomes[0].refusal.refusal)
    return NotAPlan.of("publishing.no-plan", refused=LinesBelow([one.refusal or one.refused for one in outcomes]))


def _why_not_published(result: BuildResult, output: Path) -> DcatHkError | None:
    """Return why a catalogue must not be published; None if it may."""
    if result.violations:
        return DcatHkError.of("publishing.violations", count=len(result.violations))
    published = read_manifest(output).get("inputs", {})
    for outcome in (one for one in result.outcomes if one.refused):
        for name, before in published.items():
            # If an archive cannot be read, neither can the files in it.
            is_lost = name == outcome.name or name.startswith(f"{outcome.name}/")
            if is_lost and isinstance(before, dict) and before.get("plan"):
                return DcatHkError.of("publishing.would-vanish", plan=before["plan"], file=outcome.name)
    return None
