"""
Files and options -> the outcome of a validation: results, causes, focus nodes, origins.

In: files in any syntax of RDF. Out: values; the report modules turn them into text. It prints nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from ...core.allowance import allow
from ...core.errors import InputError, UsageError
from ...core.limits import RdfLimits
from ...core.namespaces import DCAT, RDF
from ...core.place import Place
from ...core.results import Result, name_of
from ...core.terms import Iri
from ...core.text import list_first
from ...core.today import find_today
from ...core.vocabularies import DEFAULT_BASE, find_base
from ..shacl.spool import Spool
from ..shacl.triples import PIECE, blocks, divide
from ..sources import Intake, NamedFile, RdfFile, SourceFinding, as_results
from .background import validate_beside
from .blank_names import BlankName
from .naming import NamedResults, blank_things, facts_of, name_results
from .origins import ResultOrigin, find_origins
from .profile_files import DEFAULT_PROFILE, Profile, find_profile
from .profiles import PROFILES, load_shapes
from .shape_files import read_shapes_graph
from .unchecked import unchecked_results
from .validator import Validator, make_validator, profile_validator

#: How severe a result is; a severity that SHACL does not define counts as a violation.
SEVERITY_ORDER = {"Violation": 0, "Warning": 1, "Info": 2}
_TYPE, _CATALOGUE = f"<{RDF.type}>", f"<{DCAT.Catalog}>"
#: Our catalogues describe themselves at their beginning; of other files only so many subjects are read to find out.
_MOST_SUBJECTS = 100_000
#: Facts about blank nodes are set aside in so many parts at most, each of which fits into memory.
_MOST_BUCKETS = 512
_NO_FOCUS_NODES = "Nothing in the data is of a kind that the shapes look at: nothing was validated."
#: So many files are named.
_SHOWN = 3
#: So many times more than the compiled engine pyshacl may take for the same files: 300 bytes of memory for a byte of
#: Turtle are usual.
_MORE_FOR_PYSHACL = 24


class ResultCause(NamedTuple):
    """What results have in common if they have the same cause."""

    severity: str
    shape: str
    path: str
    component: str
    parameters: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, result: Result) -> ResultCause:
        """Return the cause of a result."""
        return cls(result.severity, result.source_shape, result.path, result.component, result.parameters)


@dataclass(frozen=True)
class ValidationOptions:
    """
    The shapes, the engine, the language of messages, and the least severity for which the validation fails.

    `fetch` allows fetching JSON-LD contexts and the imports of shapes, `allow_empty` data that no shape looks at.
    `profiles` is a folder of further profiles; `contexts` are files with the contexts of some addresses; `limits` is
    what a file may use; `dask` is the address of a scheduler of Dask whose workers validate.
    """

    profile: str = ""
    shapes: tuple[Path | NamedFile, ...] = ()
    engine: str = "auto"
    base: Iri = ""
    language: str = "en"
    fail_on: str = "violation"
    fetch: bool = False
    profiles: Path | None = None
    allow_empty: bool = False
    contexts: tuple[tuple[Iri, Path], ...] = ()
    limits: RdfLimits | None = None
    dask: str = ""

    @property
    def profile_name(self) -> str:
        """Return the name of the profile; empty if there are shapes and none is named."""
        return self.profile or ("" if self.shapes else DEFAULT_PROFILE)

    def find_profile(self) -> Profile:
        """
        Return the profile; one without shapes if none is named and there are shapes.

        Raises:
            UsageError: There is no profile of this name.

            NotReadable: The profile or the folder of profiles cannot be read.

            ShapesError: The profile is not written as it should be.
        """
        return find_profile(self.profile_name, self.profiles) if self.profile_name else Profile("")


class NothingValidated(InputError):
    """No shape looks at anything in the data, which is therefore neither valid nor invalid."""


@dataclass(slots=True)
class ValidationOutcome:
    """The results of a validation, in an order that is always the same, and what a report says about them."""

    names: list[str]
    results: list[Result]
    options: ValidationOptions
    engine: str
    note: str = ""
    origins: Mapping[Iri, ResultOrigin] = field(default_factory=dict)
    #: For each shape the address of the specification that it follows.
    links: Mapping[Iri, Iri] = field(default_factory=dict)
    #: The names of things and of shapes that are blank nodes, by the labels that results have for them.
    things: Mapping[str, BlankName] = field(default_factory=dict)
    shapes: Mapping[str, BlankName] = field(default_factory=dict)

    def count(self, severity: str) -> int:
        """Return how many results have a severity; one that SHACL does not define counts as a violation."""
        return sum(_order_of(result) == SEVERITY_ORDER[severity] for result in self.results)

    @property
    def conforms(self) -> bool:
        """Return whether there is no violation."""
        return not self.count("Violation")

    def shown(self, verbose: bool) -> ValidationOutcome:
        """
        Return the outcome as a report shows it.

        Args:
            verbose: Whether results of severity Info are shown, even if they make nothing fail.
        """
        if verbose or self.options.fail_on == "info":
            return self
        return replace(self, results=[result for result in self.results if result.severity != "Info"])

    def fails(self, severity: str) -> bool:
        """Return whether a result of a severity makes the validation fail."""
        return SEVERITY_ORDER.get(severity, 0) <= SEVERITY_ORDER[self.options.fail_on.title()]

    @property
    def failed(self) -> bool:
        """Return whether any result makes the validation fail."""
        return any(self.fails(result.severity) for result in self.results)

    def origin_text(self, focus_node: Iri, language: str = "en") -> str:
        """Return the plan and the place that a focus node comes from; empty if it comes from no plan."""
        origin = self.origins.get(focus_node)
        return origin.tell(language) if origin else ""

    def causes(self) -> list[tuple[ResultCause, list[Result]]]:
        """Return the results by cause, the most severe and most frequent causes first."""
        groups: dict[ResultCause, list[Result]] = {}
        for result in self.results:
            groups.setdefault(ResultCause.of(result), []).append(result)
        return sorted(
            groups.items(), key=lambda group: (SEVERITY_ORDER.get(group[0].severity, 0), -len(group[1]), group[0])
        )

    def focus_nodes(self) -> list[tuple[Iri, list[Result]]]:
        """Return the results by focus node, those with the most violations first."""
        groups: dict[Iri, list[Result]] = {}
        for result in self.results:
            groups.setdefault(result.focus_node, []).append(result)
        keys = {node: self.things[node].sort_key() if node in self.things else node for node in groups}
        return sorted(groups.items(), key=lambda group: (-sum(_order_of(r) == 0 for r in group[1]), keys[group[0]]))


def _order_of(result: Result) -> int:
    """Return how severe a result is, 0 for a violation."""
    return SEVERITY_ORDER.get(result.severity, 0)


def validate_files(sources: Sequence[Path | NamedFile], options: ValidationOptions) -> ValidationOutcome:
    """
    Return the outcome of validating files as one graph.

    Args:
        sources: Files and folders, as `Intake` takes them.

        options: Shapes, engine, language and severity.

    Raises:
        NotReadable: A file cannot be read, or an address cannot be fetched.

        NotRdf: A file holds no RDF, or JSON-LD with a context that must not be fetched.

        UsageError: There is no profile of this name, or the cluster cannot be used.

        ShapesError: The profile or the shapes cannot be used.

        NothingValidated: No shape looks at anything in the files, and the options do not allow that.
    """
    if options.dask and options.engine == "pyshacl":
        raise UsageError.of("options.no-pyshacl-on-clusters", "--dask")
    profile = options.find_profile()
    with Intake(options.fetch, {**profile.contexts, **dict(options.contexts)}, options.limits) as intake:
        files = intake.files(sources)
        outcome = intake.read(files, lambda readable: _validate(readable, options, profile, intake))
        outcome.results = as_results(intake.findings) + outcome.results
        places = {finding.place: ResultOrigin(finding.file, "", _locator(finding)) for finding in intake.findings}
        outcome.origins = {**outcome.origins, **places}
    return outcome


def _validate(
    files: Sequence[RdfFile], options: ValidationOptions, profile: Profile, intake: Intake
) -> ValidationOutcome:
    """Return the outcome of validating files that can be read."""
    validator, import_note = _choose_validator(files, options, profile, intake)
    validator = replace(validator, dask=options.dask)
    if validator.engine == "pyshacl":
        allow(_MORE_FOR_PYSHACL * sum(file.path.stat().st_size for file in files))
    background = intake.files(profile.background)
    results = intake.strictly(background, lambda: validate_beside(validator, files, background))
    named, origins = _name(results, [*files, *background], validator, options.language)
    focus_nodes = validator.focus_nodes
    if background and not named.results:
        # What the background describes was looked at as well.
        validator.validate(files)
        focus_nodes = validator.focus_nodes
    # What is wrong in a file is told even if no shape looks at the rest; then it is not valid anyway.
    is_wrong = any(finding.severity == "Violation" for finding in intake.findings)
    if not focus_nodes and not options.allow_empty and not is_wrong:
        is_empty = all(file.path.stat().st_size == 0 for file in files)
        code = "checking.empty-validated" if is_empty else "checking.nothing-validated"
        raise NothingValidated.of(code, list_first([file.name for file in files], _SHOWN))
    idle_note = "" if focus_nodes else _NO_FOCUS_NODES
    note = "\n".join(filter(None, (import_note, validator.note, _background_note(profile, background), idle_note)))
    names = [file.name for file in files]
    return ValidationOutcome(
        names, named.results, options, validator.engine, note, origins, validator.links, named.things, named.shapes
    )


def _locator(finding: SourceFinding) -> str:
    """Return where in its file a finding is, as places are written; empty if that is not known."""
    return str(Place(finding.line, finding.line)) if finding.line else ""


def _name(
    results: list[Result], files: Sequence[RdfFile], validator: Validator, language: str
) -> tuple[NamedResults, dict[Iri, ResultOrigin]]:
    """
    Return results whose blank nodes are named by how they are reached, and where their focus nodes come from.

    A pattern that could not be checked is a result too, about its shape.
    """
    # Without a thing that they are about they come first among the violations.
    unchecked = [replace(result, focus_node="") for result in unchecked_results(validator.unchecked)]
    focus_nodes = {result.focus_node for result in results}
    spool = Spool(min(sum(file.path.stat().st_size for file in files) // PIECE + 1, _MOST_BUCKETS))
    try:
        origins = find_origins(files, focus_nodes, spool if blank_things(results) else None)
        named = name_results([*results, *unchecked], facts_of(spool), validator.shapes, language)
    finally:
        spool.close()
    if unchecked:
        about = [
            result if result.focus_node else replace(result, focus_node=result.source_shape) for result in named.results
        ]
        named = replace(named, results=about)
    return named, {named.labels.get(node, node): origin for node, origin in origins.items()}


def _background_note(profile: Profile, background: Sequence[RdfFile]) -> str:
    """Return a note about what is known beside the data; empty if nothing is."""
    if not background:
        return ""
    count = f"{len(background)} files" if len(background) > 1 else "a file"
    return f"Known beside the data, and not validated: {count} of the profile {profile.name}."


def _choose_validator(
    files: Sequence[RdfFile], options: ValidationOptions, profile: Profile, intake: Intake
) -> tuple[Validator, str]:
    """Return the validator for the options and the profile, and a note about imports of shapes not followed."""
    known = [name for name in (profile.name, *profile.extends) if name in PROFILES]
    # The files of a profile of ours include those of the profiles that it extends.
    ours = sorted(known, key=lambda name: -len(PROFILES[name]))[:1]
    base = (options.base or _find_base(files) or DEFAULT_BASE) if ours else ""
    paths = (*profile.shapes, *options.shapes)
    if ours and not paths:
        return profile_validator(ours[0], base, find_today().isoformat(), options.engine), ""
    shapes = read_shapes_graph(paths, intake)
    triples = list(shapes.triples)
    for name in ours:
        triples += load_shapes(name, base, find_today().isoformat())
    return make_validator(triples, options.engine, shapes.places), shapes.note


def _find_base(files: Sequence[RdfFile]) -> Iri:
    """Return the base IRI of a catalogue of ours; empty if the files do not begin with one."""
    for piece in divide(files):
        for number, (subject, block) in enumerate(blocks(piece)):
            base = find_base(name_of(subject))
            if base and _CATALOGUE in block.get(_TYPE, ()):
                return base
            if number > _MOST_SUBJECTS:
                break
    return ""
