"""
What a build has to say: a report for machines and a manifest of what went in and came out.

In: the outcome of each input. Out: `report.json`, `report.ttl`, `manifest.json`. Nothing in them depends on
the day, the machine or the folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ... import __version__
from ...core.errors import DcatHkError, Finding
from ...core.languages import LANGUAGES
from ...core.namespaces import DCT, RDF, SH, XSD, PlanTerms
from ...core.plan import Plan
from ...core.reporting import format_json
from ...core.results import RESULT_ORDER, Result, violations
from ...core.settings import Settings
from ...core.syntaxes.turtle import Turtle
from ...core.terms import Iri, Literal, Properties, Thing, expand
from .writing import Digests, Output, write_whole

_SEVERITY = {"info": "Info", "warning": "Warning", "error": "Violation"}


@dataclass(slots=True)
class InputOutcome:
    """What became of one input: read as a plan, or refused with a message."""

    name: str
    sha256: str = ""
    size: int = 0
    refused: str = ""
    path: str = ""
    #: The file that leads, if this one is another edition of its plan.
    edition_of: str = ""
    bureau: str = ""
    years: tuple[int, int] = (0, 0)
    rows: int = 0
    released: int = 0
    datasets: int = 0
    findings: tuple[Finding, ...] = ()
    results: list[Result] = field(default_factory=list)
    #: The error that `refused` is the English text of.
    refusal: DcatHkError | None = field(default=None, compare=False)

    def refuse(self, error: DcatHkError) -> None:
        """Take over why an input was refused."""
        self.refused, self.refusal = str(error), error

    def refused_in(self, language: str) -> str:
        """
        Return why an input was refused, in a language.

        >>> outcome = InputOutcome("a.txt")
        >>> outcome.refuse(DcatHkError("The file is empty.", "a.txt"))
        >>> outcome.refused_in("zh-Hant")
        'a.txt: The file is empty.'
        """
        return self.refusal.tell(language) if self.refusal else self.refused

    @property
    def left_out(self) -> Finding | None:
        """Return the finding on a file that was read and left out with rows of its own; None if it was not."""
        return next((finding for finding in self.findings if finding.code == "other-plan"), None)

    @property
    def planned(self) -> int:
        """Return how many rows state a planned dataset."""
        return self.rows - self.released

    def count(self, plan: Plan) -> None:
        """Take over what a plan says of itself."""
        self.bureau, self.years, self.rows = plan.bureau, plan.years, len(plan.entries)
        self.released = sum(1 for entry in plan.entries if entry.stage == "released")


def write_report(
    folder: Path,
    outcomes: Sequence[InputOutcome],
    top: Sequence[Result],
    base: Iri,
    validated: bool,
    remarks: Sequence[Finding] = (),
) -> Digests:
    """
    Write `report.json` and `report.ttl`; return their digests.

    Args:
        folder: Where they go.

        outcomes: What became of each input, in order.

        top: Results of validating the top catalogue.

        base: The base IRI.

        validated: Whether validation has run.

        remarks: Findings on settings and files of links: on the build as a whole.
    """
    results = all_results(outcomes, top)
    report: dict[str, Any] = {
        "conforms": not violations(results) if validated else None,
        "results": _causes(results),
        "remarks": [{"about": finding.document, **finding.to_dict()} for finding in remarks],
        "plans": [_plan(outcome) for outcome in outcomes if not outcome.refused],
        "refused": [{"input": o.name, "message": o.refused} for o in outcomes if o.refused],
    }
    digests: Digests = {}
    write_whole(folder, "report.json", format_json(report), digests)
    file = Output(folder, "report.ttl", digests)
    for text in Turtle(base).write(_things(outcomes, results, base, validated, remarks)):
        file.write(text)
    file.close()
    return digests


def all_results(outcomes: Iterable[InputOutcome], top: Iterable[Result]) -> list[Result]:
    """Return every validation result once, sorted."""
    return sorted({*top, *(result for outcome in outcomes for result in outcome.results)}, key=RESULT_ORDER)


def _causes(results: Iterable[Result]) -> list[dict[str, Any]]:
    """Return results counted by what causes them."""
    counts = Counter((r.severity, r.source_shape, r.path, r.messages) for r in results)
    return [
        {"severity": severity, "shape": shape, "path": path, "message": dict(messages), "count": count}
        for (severity, shape, path, messages), count in sorted(counts.items())
    ]


def _plan(outcome: InputOutcome) -> dict[str, Any]:
    """Return what the report says of one plan."""
    return {
        "input": outcome.name,
        "sha256": outcome.sha256,
        "files": [f"{outcome.path}.ttl", f"{outcome.path}.jsonld"] if outcome.path else [],
        "editionOf": outcome.edition_of or None,
        "bureau": outcome.bureau,
        "years": list(outcome.years),
        "rows": outcome.rows,
        "released": outcome.released,
        "planned": outcome.planned,
        "datasets": outcome.datasets,
        "violations": len(violations(outcome.results)),
        "findings": [finding.to_dict() for finding in outcome.findings],
    }


def _things(
    outcomes: Sequence[InputOutcome],
    results: Sequence[Result],
    base: Iri,
    validated: bool,
    remarks: Sequence[Finding],
) -> Iterator[Thing]:
    """Yield the report as things, one at a time: a SHACL validation report and the findings of reading."""
    report = f"{base}report"
    pairs = [(outcome.path, finding) for outcome in outcomes for finding in outcome.findings]
    pairs += [("", finding) for finding in remarks]
    result_names = [f"{report}#result-{number}" for number in range(1, len(results) + 1)]
    finding_names = [f"{report}#finding-{number}" for number in range(1, len(pairs) + 1)]
    top: Properties = {RDF.type: [SH.ValidationReport]}
    if validated:
        conforms = "false" if violations(results) else "true"
        top[SH.conforms] = [Literal(conforms, "", XSD.boolean)]
    if result_names:
        top[SH.result] = result_names
    if finding_names:
        top[DCT.hasPart] = finding_names
    yield Thing(report, top)
    yield from (Thing(iri, _result(result)) for iri, result in zip(result_names, results, strict=True))
    terms = PlanTerms(base)
    yield from (Thing(iri, _finding(*pair, terms, base)) for iri, pair in zip(finding_names, pairs, strict=True))


def _result(result: Result) -> Properties:
    """Return a validation result as properties."""
    properties: Properties = {
        RDF.type: [SH.ValidationResult],
        SH.focusNode: [result.focus_node],
        SH.resultSeverity: [expand(f"sh:{result.severity}")],
        SH.sourceConstraintComponent: [expand(f"sh:{result.component}")],
        SH.sourceShape: [result.source_shape],
        SH.resultMessage: [Literal(text, language) for language, text in result.messages],
    }
    if result.path.startswith("http"):
        properties[SH.resultPath] = [result.path]
    return properties


def _finding(path: str, finding: Finding, terms: PlanTerms, base: Iri) -> Properties:
    """Return a finding as properties; without a path it is on the build as a whole."""
    properties: Properties = {
        RDF.type: [terms.Finding],
        DCT.identifier: [Literal(finding.code)],
        DCT.description: [Literal(finding.message(tag), tag) for tag in LANGUAGES],
        SH.resultSeverity: [expand(f"sh:{_SEVERITY[finding.severity]}")],
    }
    if path:
        properties[DCT.subject] = [f"{base}plan/{path.removeprefix('plans/')}"]
    if finding.place:
        properties[terms.locator] = [Literal(str(finding.place))]
    return properties


def write_manifest(
    folder: Path,
    outcomes: Sequence[InputOutcome],
    settings: Settings,
    digests: Digests,
    people: Mapping[str, Mapping[str, tuple[str, int]]],
) -> None:
    """
    Write `manifest.json`: the tool, its settings, and the SHA-256 of every input and output.

    Args:
        folder: Where it goes.

        outcomes: What became of each input.

        settings: The settings of the build.

        digests: SHA-256 and size of every other file in the folder.

        people: SHA-256 and size of every file of links and of decisions that was read; of a folder without one the
            manifest says nothing.
    """
    manifest: dict[str, Any] = {
        "generator": f"dcat-hk {__version__}",
        "settings": {name: value for name, value in sorted(settings.of_catalogue().items()) if value},
        "inputs": {
            outcome.name: {"sha256": outcome.sha256, "bytes": outcome.size, "plan": outcome.path or None}
            for outcome in outcomes
        },
        **{name: _as_files(files) for name, files in people.items() if files},
        "outputs": _as_files(digests),
    }
    write_whole(folder, "manifest.json", format_json(manifest), {})


def _as_files(digests: Mapping[str, tuple[str, int]]) -> dict[str, dict[str, str | int]]:
    """Return digests and sizes as the manifest has them, by name."""
    return {name: {"sha256": sha256, "bytes": size} for name, (sha256, size) in sorted(digests.items())}
