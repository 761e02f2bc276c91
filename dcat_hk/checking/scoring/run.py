"""
Files and options -> an assessment, and the formats in which it is written.

In: files and options. Out: `Assessment`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ...core.errors import InputError, UsageError
from ...core.limits import RdfLimits
from ...core.reporting import Progress, no_progress
from ...core.terms import Iri
from ...core.vocabularies import DEFAULT_BASE
from ..sources import Intake, NamedFile
from .assessment import Assessment, addresses, assess, not_scored_text
from .compliance import find_failing
from .dqv import as_quads, as_turtle
from .links import AnswerCache, RequestPolicy, check_addresses
from .measuring import Measuring, ScoringRules
from .report_html import as_html
from .report_json import as_json
from .report_text import as_text
from .things import Catalogue


@dataclass(frozen=True)
class ScoringOptions:
    """
    What is scored, and how.

    `dataset` is the end of an IRI, for one dataset only; `policy` is None if addresses are not requested; `cache` is
    the file of their status codes; `fetch` allows fetching JSON-LD contexts; `contexts` are files with the contexts
    of some addresses; `limits` is what a file may use; `dask` is the address of a scheduler of Dask whose workers
    validate datasets.
    """

    base: Iri = ""
    language: str = "en"
    dataset: str = ""
    validated: bool = True
    rules: ScoringRules = field(default_factory=ScoringRules)
    policy: RequestPolicy | None = None
    cache: Path | None = None
    fetch: bool = False
    contexts: tuple[tuple[Iri, Path], ...] = ()
    limits: RdfLimits | None = None
    dask: str = ""


def score_catalogue(
    sources: Sequence[Path | NamedFile], options: ScoringOptions, progress: Progress = no_progress
) -> Assessment:
    """
    Return the assessment of a catalogue.

    Args:
        sources: Files and folders, as `Intake` takes them.

        options: What is scored, and how.

        progress: Is called with the stage, how much is done, and how much there is.

    Raises:
        NotReadable: A file cannot be read, or an address cannot be fetched.

        NotRdf: A file holds no RDF, or JSON-LD with a context that must not be fetched.

        InputError: There is no dataset in the files.

        UsageError: No dataset has the IRI that is asked for, or it is the end of several; the cluster cannot be used.
    """
    with Catalogue() as catalogue:
        intake = Intake(options.fetch, dict(options.contexts), options.limits)
        catalogue.load(sources, options.base or DEFAULT_BASE, intake)
        datasets = catalogue.datasets
        if not datasets:
            raise _no_dataset(catalogue, _name_of(sources[0]) if sources else "")
        only = _find_dataset(datasets, options.dataset) if options.dataset else ""
        selection = [only] if only else datasets

        def is_selected(iri: Iri) -> bool:
            return not only or iri == only

        failing = None
        if options.validated:
            failing = find_failing(
                catalogue, selection, lambda done: progress("validate", done, len(selection)), options.dask
            )
        answers: Mapping[Iri, int] | None = None
        if options.policy:
            cache = AnswerCache(options.cache, options.policy.age)
            urls = addresses(catalogue, is_selected)
            answers = check_addresses(
                urls, options.policy, cache, lambda done: progress("ask addresses", done, len(urls))
            )
        measuring = Measuring(catalogue.thing, options.rules, answers, failing)
        base = options.base or catalogue.base() or DEFAULT_BASE
        assessment = assess(catalogue, measuring, base, options.language, is_selected)
        assessment.findings = catalogue.findings
        return assessment


def _name_of(source: Path | NamedFile) -> str:
    """Return what a user calls a source."""
    return source.name if isinstance(source, NamedFile) else str(source)


def _no_dataset(catalogue: Catalogue, name: str) -> InputError:
    """Return the error for files without a dataset: the method scores nothing else."""
    others = not_scored_text(catalogue.not_scored())
    if others:
        return InputError.of("checking.no-dataset-but-others", name, others=others)
    return InputError.of("checking.no-dataset", name)


def _find_dataset(datasets: Sequence[Iri], ending: str) -> Iri:
    """Return the dataset whose IRI is or ends in a string."""
    matches = [iri for iri in datasets if iri == ending] or [iri for iri in datasets if iri.endswith(ending)]
    if len(matches) != 1:
        code = "checking.several-datasets" if matches else "checking.no-such-dataset"
        raise UsageError.of(code, "--dataset", ending=ending, **({"count": len(matches)} if matches else {}))
    return matches[0]


#: Formats of output by name; text can also list all datasets.
FORMATS: Mapping[str, Callable[[Assessment], Iterator[str]]] = {
    "text": lambda assessment: iter([as_text(assessment)]),
    "json": as_json,
    "html": as_html,
    "ttl": as_turtle,
    "nquads": as_quads,
}
