"""
Checking RDF from Python: validation against shapes, and the score of a catalogue's metadata.

In: RDF in any form that a program has it in. Out: `Report` and `QualityScore`, which wrap what the commands print.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..build.arguments import checked_choice, checked_folder, checked_path, checked_table, checked_text
from ..build.values import PathLike, SettingsLike, settings_of
from ..checking.scoring.assessment import Assessment, ScoredDataset, rounded
from ..checking.scoring.report_rows import FigureRow, figure_rows
from ..checking.scoring.run import FORMATS as SCORE_FORMATS
from ..checking.scoring.run import ScoringOptions, score_catalogue
from ..checking.validating import FORMATS, ValidationOptions, ValidationOutcome, validate_files
from ..checking.validating.report_text import as_text, total
from ..checking.validating.validator import ENGINES
from ..core.errors import find_language
from ..core.limits import RdfLimits
from ..core.results import Result
from ..core.settings import checked_base
from ..core.terms import Iri
from .graphs import RdfSource, parse_turtle, rdf_files

if TYPE_CHECKING:
    from rdflib import Graph


@dataclass(frozen=True)
class Report:
    """
    The report of a validation.

    >>> report = validate("<https://a.example/c> a <http://www.w3.org/ns/dcat#Catalog> .", "dcat-ap")
    >>> report.conforms, report.results[0].severity
    (False, 'Violation')
    >>> report
    <Report: does not conform, 3 violations, 9 warnings, 0 remarks>
    """

    #: What was found, for the functions of `dcat_hk.checking.validating`.
    outcome: ValidationOutcome = field(repr=False)

    @property
    def conforms(self) -> bool:
        """Return whether there is no violation."""
        return self.outcome.conforms

    @property
    def results(self) -> list[Result]:
        """Return all results, in an order that is always the same."""
        return self.outcome.results

    @property
    def violations(self) -> list[Result]:
        """Return the results that are violations."""
        return [result for result in self.results if result.severity not in {"Warning", "Info"}]

    @property
    def warnings(self) -> list[Result]:
        """Return the results that are warnings."""
        return [result for result in self.results if result.severity == "Warning"]

    def __iter__(self) -> Iterator[Result]:
        return iter(self.results)

    def to_dict(self, *, verbose: bool = False) -> dict[str, Any]:
        """
        Return what `dcat-hk validate --format json` prints, as a dictionary.

        Args:
            verbose: Whether results of severity Info are there.
        """
        import json

        report: dict[str, Any] = json.loads(self.to_json(verbose=verbose))
        return report

    def to_json(self, *, verbose: bool = False) -> str:
        """
        Return what `dcat-hk validate --format json` prints.

        Args:
            verbose: Whether results of severity Info are there.
        """
        return self.to_format("json", verbose=verbose)

    def to_text(self, *, verbose: bool = False) -> str:
        """
        Return what `dcat-hk validate` prints.

        Args:
            verbose: Whether results of severity Info are there.
        """
        return f"{as_text(self.outcome.shown(verbose))}{total(self.outcome)}\n"

    def to_format(self, name: Literal["json", "ttl", "sarif", "html", "junit"], *, verbose: bool = False) -> str:
        """
        Return what `dcat-hk validate --format` prints.

        Args:
            name: The format.

            verbose: Whether results of severity Info are there.
        """
        return FORMATS[checked_choice(name, "name", FORMATS)](self.outcome.shown(verbose))

    def to_graph(self) -> Graph:
        """Return the report as SHACL has it, all results included, as a graph of rdflib."""
        return parse_turtle(self.to_format("ttl", verbose=True))

    def __repr__(self) -> str:
        state = "conforms" if self.conforms else "does not conform"
        counts = (
            _count(self.outcome.count("Violation"), "violation"),
            _count(self.outcome.count("Warning"), "warning"),
            _count(self.outcome.count("Info"), "remark"),
        )
        return f"<Report: {state}, {', '.join(counts)}>"


@dataclass(frozen=True)
class QualityScore:
    """
    The score of a catalogue's metadata out of 405 points, by the method of data.europa.eu.

    >>> result = score("<https://a.example/d> a <http://www.w3.org/ns/dcat#Dataset> .")
    >>> result.points < result.maximum, len(result.datasets)
    (True, 1)
    """

    #: What was found, for the functions of `dcat_hk.checking.scoring`.
    assessment: Assessment = field(repr=False)

    @property
    def points(self) -> int:
        """Return the points of the catalogue, rounded."""
        return rounded(self._strict.figure.points)

    @property
    def maximum(self) -> int:
        """Return how many points there are."""
        return round(self._strict.figure.of)

    @property
    def band(self) -> str:
        """Return the code of the band that the points are in; empty if there is none."""
        return self._strict.band

    @property
    def datasets(self) -> list[ScoredDataset]:
        """Return the datasets with their points."""
        return self.assessment.datasets

    @property
    def _strict(self) -> FigureRow:
        """Return the figure of all datasets and all points."""
        return next(row for row in figure_rows(self.assessment, self.assessment.figures()) if row.code == "strict")

    def __iter__(self) -> Iterator[ScoredDataset]:
        return iter(self.datasets)

    def to_dict(self) -> dict[str, Any]:
        """Return what `dcat-hk score --format json` prints, as a dictionary."""
        import json

        score: dict[str, Any] = json.loads(self.to_json())
        return score

    def to_json(self) -> str:
        """Return what `dcat-hk score --format json` prints."""
        return self.to_format("json")

    def to_text(self) -> str:
        """Return what `dcat-hk score` prints."""
        return self.to_format("text")

    def to_format(self, name: Literal["text", "json", "html", "ttl", "nquads"]) -> str:
        """
        Return what `dcat-hk score --format` prints.

        Args:
            name: The format; ttl and nquads are measurements in the Data Quality Vocabulary.
        """
        return "".join(SCORE_FORMATS[checked_choice(name, "name", SCORE_FORMATS)](self.assessment))

    def __repr__(self) -> str:
        return f"<QualityScore: {self.points} of {self.maximum} points, {_count(len(self.datasets), 'dataset')}>"


#: The severities that a validation may fail on.
_SEVERITIES = ("violation", "warning", "info")


def validate(
    data: RdfSource,
    profile: str = "",
    *,
    shapes: RdfSource = None,
    lang: str = "en",
    base_iri: str = "",
    engine: Literal["auto", "compiled", "pyshacl"] = "auto",
    fail_on: Literal["violation", "warning", "info"] = "violation",
    profiles: PathLike | None = None,
    contexts: Mapping[str, PathLike] | None = None,
    fetch: bool = False,
    allow_empty: bool = False,
    settings: SettingsLike | None = None,
    dask: str = "",
) -> Report:
    """
    Return the report of validating RDF against a profile or shapes.

    Args:
        data: What `RdfSource` says, one or several, which are validated as one graph.

        profile: The name of a profile, as `dcat-hk profiles` lists them; default dcat-ap-hk, or none with shapes.

        shapes: Shapes in any form that data can have.

        lang: The language of messages.

        base_iri: Base IRI of the catalogue's own terms; empty for that in the data.

        engine: The SHACL engine.

        fail_on: The least severity for which `outcome.failed` is true; `conforms` looks at violations alone.

        profiles: The folder of further profiles; None for that of the settings.

        contexts: Files with the JSON-LD contexts of some addresses.

        fetch: Whether contexts and imports of shapes may be fetched.

        allow_empty: Whether data is accepted in which no shape looks at anything.

        settings: Those for profiles and limits; None for what the command line would use.

        dask: The address of a scheduler of Dask whose workers validate; empty for this machine.

    Raises:
        InputError: A file cannot be read or holds no RDF, the shapes cannot be used, or look at nothing in the data.
        UsageError: There is no such profile or language, a setting is not valid, or the cluster cannot be used.
    """
    used = settings_of(settings)
    profile, shapes = _tell_shapes_apart(profile, shapes)
    folder = checked_folder(profiles, "profiles") or (Path(used.profiles) if used.profiles else None)
    options = ValidationOptions(
        profile, (), checked_choice(engine, "engine", ENGINES), checked_base(base_iri), find_language(lang),
        checked_choice(fail_on, "fail_on", _SEVERITIES), fetch, folder, allow_empty, _contexts_of(contexts),
        _rdf_limits_of(used.rdf_limits), checked_text(dask, "dask"),
    )  # fmt: skip
    with rdf_files(data) as files, rdf_files(() if shapes is None else shapes, "shapes") as shape_files:
        return Report(validate_files(files, replace(options, shapes=tuple(shape_files))))


def score(
    data: RdfSource,
    *,
    lang: str = "en",
    base_iri: str = "",
    dataset: str = "",
    validated: bool = True,
    contexts: Mapping[str, PathLike] | None = None,
    fetch: bool = False,
    settings: SettingsLike | None = None,
    dask: str = "",
) -> QualityScore:
    """
    Return the score of a catalogue's metadata out of 405 points, by the method of data.europa.eu.

    No address is requested; `dcat-hk score --check-urls` does that.

    Args:
        data: The names of files or folders, texts, bytes, open files, graphs of rdflib or pyoxigraph; one or several.

        lang: The language of names and reasons.

        base_iri: Base IRI of measurements; empty for that of the catalogue.

        dataset: The IRI of one dataset, or the end of it; empty for all.

        validated: Whether conformance to DCAT-AP is measured.

        contexts: Files with the JSON-LD contexts of some addresses.

        fetch: Whether contexts may be fetched.

        settings: Settings, for limits; None for what the command line would use.

        dask: The address of a scheduler of Dask whose workers validate datasets; empty for this machine.

    Raises:
        NotReadable: A file cannot be read.

        NotRdf: A file holds no RDF.

        InputError: There is no dataset in it.

        UsageError: There is no such dataset or language, a setting is not valid, or the cluster cannot be used.
    """
    used = settings_of(settings)
    options = ScoringOptions(
        base=checked_base(base_iri),
        language=find_language(lang),
        dataset=checked_text(dataset, "dataset"),
        validated=validated,
        fetch=fetch,
        contexts=_contexts_of(contexts),
        limits=_rdf_limits_of(used.rdf_limits),
        dask=checked_text(dask, "dask"),
    )
    with rdf_files(data) as files:
        return QualityScore(score_catalogue(files, options))


def _tell_shapes_apart(profile: Any, shapes: RdfSource) -> tuple[str, RdfSource]:
    """Return the name of a profile, and shapes: what stands for the name may be shapes, or the name of their file."""
    if not isinstance(profile, str) or _is_file_of_shapes(profile):
        return "", profile if shapes is None else shapes
    return profile, shapes


def _is_file_of_shapes(profile: str) -> bool:
    """Tell whether what stands for the name of a profile is the name of a file of shapes."""
    return bool(Path(profile).suffix) and checked_path(profile, "profile").is_file()


def _contexts_of(contexts: Mapping[str, PathLike] | None) -> tuple[tuple[Iri, Path], ...]:
    """Return contexts as the options have them."""
    table = {} if contexts is None else checked_table(contexts, "contexts")
    return tuple((address, checked_path(path, "contexts")) for address, path in table.items())


def _rdf_limits_of(limits: Mapping[str, float]) -> RdfLimits:
    """Return the limits on reading RDF that settings state."""
    return RdfLimits(**limits)  # type: ignore[arg-type]


def _count(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}{'' if number == 1 else 's'}"
