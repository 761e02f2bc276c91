"""
Files and options -> the outcome of a validation: results, causes, things, origins.

In: files in any syntax of RDF. Out: values. It prints nothing. For catalogues of ours each thing is followed to the
plan and the lines that its row stands in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...core.place import Place
from ...core.results import Result, name_of
from ...core.terms import Iri, expand
from ...core.vocabularies import DEFAULT_BASE
from ..shacl.triples import blocks, divide, strings
from ..sources import Intake, RdfFile
from .shape_files import read_shapes
from .validator import Validator, as_graph, load_shapes, profile_validator, today, validator

#: How grave a result is; one with a severity of its own is as grave as a violation.
GRAVITY = {"Violation": 0, "Warning": 1, "Info": 2}
_TYPE, _TOPIC, _DERIVED, _TITLE, _FILE_OF = (
    f"<{expand(name)}>"
    for name in ("rdf:type", "foaf:primaryTopic", "prov:wasDerivedFrom", "dct:title", "prov:specializationOf")
)
_CATALOGUE = f"<{expand('dcat:Catalog')}>"
#: Our catalogues say at their beginning what they are; so many things of others are looked at.
_LOOKED_AT = 100_000
_IDLE = "Nothing in the files is of a class that the shapes look at: nothing was validated."
_TARGET_CLASS, _SUBCLASS = f"<{expand('sh:targetClass')}>", f"<{expand('rdfs:subClassOf')}>"
_OTHER_TARGETS = {f"<{expand(f'sh:target{name}')}>" for name in ("Node", "SubjectsOf", "ObjectsOf", "")}
_CLASSES = {f"<{expand(name)}>" for name in ("rdfs:Class", "owl:Class")}


@dataclass(frozen=True)
class Options:
    """
    What is wanted: shapes, the engine, the language of messages, and the least severity that fails.

    `fetch` allows to fetch contexts and what shapes import.
    """

    profile: str = ""
    shapes: tuple[Path, ...] = ()
    engine: str = "auto"
    base: Iri = ""
    language: str = "en"
    fail_on: str = "violation"
    fetch: bool = False


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a thing is described, and which stretch of which plan it comes from."""

    file: str
    plan: str = ""
    locator: str = ""

    @property
    def place(self) -> Place | None:
        """Return the lines of the plan, if it has lines."""
        return Place.parse(self.locator)

    def __str__(self) -> str:
        """Return what a reader looks for; nothing for things that come from no plan."""
        return ", ".join(part for part in (self.plan, self.locator) if part)


@dataclass(slots=True)
class Outcome:
    """What was found, in the order that never changes."""

    names: list[str]
    results: list[Result]
    options: Options
    engine: str
    note: str = ""
    origins: Mapping[Iri, Origin] = field(default_factory=dict)
    #: By shape, where what it asks for is laid down.
    links: Mapping[Iri, Iri] = field(default_factory=dict)

    def count(self, severity: str) -> int:
        """Return how many results have a severity."""
        return sum(result.severity == severity for result in self.results)

    @property
    def failed(self) -> bool:
        """Return whether there is anything as grave as what fails."""
        least = GRAVITY[self.options.fail_on.title()]
        return any(GRAVITY.get(result.severity, 0) <= least for result in self.results)

    def causes(self) -> list[tuple[tuple[str, str, str], list[Result]]]:
        """Return results by severity, shape and path, the gravest and most frequent causes first."""
        found: dict[tuple[str, str, str], list[Result]] = {}
        for result in self.results:
            found.setdefault((result.severity, result.source_shape, result.path), []).append(result)
        return sorted(found.items(), key=lambda cause: (GRAVITY.get(cause[0][0], 0), -len(cause[1]), cause[0]))

    def things(self) -> list[tuple[Iri, list[Result]]]:
        """Return results by thing, those with the most violations first."""
        found: dict[Iri, list[Result]] = {}
        for result in self.results:
            found.setdefault(result.focus_node, []).append(result)
        return sorted(found.items(), key=lambda one: (-sum(r.severity == "Violation" for r in one[1]), one[0]))


def run(sources: Sequence[Path], options: Options) -> Outcome:
    """
    Return the outcome of validating files as one graph.

    Args:
        sources: Whatever `Intake` takes in.

        options: What is wanted.

    Raises:
        NotReadable: A file cannot be read, or an address not be fetched.

        NotRdf: A file holds no RDF, or JSON-LD with a context that may not be fetched.

        ShapesError: The shapes cannot be used.
    """
    with Intake(options.fetch) as intake:
        files = intake.files(sources)
        chosen, note = _validator(files, options, intake)
        results = chosen.validate(files)
        origins = _origins(files, {result.focus_node for result in results})
        idle = "" if results or _is_concerned(files, chosen.shapes) else _IDLE
    notes = "\n".join(one for one in (note, chosen.note, idle) if one)
    return Outcome([file.name for file in files], results, options, chosen.engine, notes, origins, chosen.links)


def _validator(files: Sequence[RdfFile], options: Options, intake: Intake) -> tuple[Validator, str]:
    """Return the shapes that are wanted, ready for use, and what to say of those that were left out."""
    profile = options.profile or ("" if options.shapes else "dcat-ap-hk")
    base = (options.base or _base_of(files) or DEFAULT_BASE) if profile else ""
    if not options.shapes:
        return profile_validator(profile, base, today(), options.engine), ""
    shapes = read_shapes(options.shapes, intake)
    graph = as_graph(shapes.triples)
    if profile:
        graph += load_shapes(profile, base, today())
    return validator(graph, options.engine), shapes.note


def _is_concerned(files: Sequence[RdfFile], shapes: Iterable[Any]) -> bool:
    """Return whether shapes may look at anything in files; of shapes that look at more than classes that is assumed."""
    classes: set[str] = set()
    for _shape, predicate, value in strings(shapes):
        if predicate in _OTHER_TARGETS or (predicate == _TYPE and value in _CLASSES):
            return True
        if predicate == _TARGET_CLASS:
            classes.add(value)
    return any(
        _SUBCLASS in said[::2] or not classes.isdisjoint(said[1::2])
        for piece in divide(files, 1)
        for _subject, said in blocks(piece)
    )


def _base_of(files: Sequence[RdfFile]) -> Iri:
    """Return the base IRI of a catalogue of ours, nothing if the files begin with none."""
    for piece in divide(files, 1):
        for number, (subject, said) in enumerate(blocks(piece)):
            iri = name_of(subject)
            if "/catalogue" in iri and (_TYPE, _CATALOGUE) in zip(said[::2], said[1::2], strict=True):
                base, _catalogue, rest = iri.partition("catalogue")
                if not rest or rest.startswith("/"):
                    return base
            if number > _LOOKED_AT:
                break
    return ""


# ---- where things come from


def _origins(files: Sequence[RdfFile], wanted: set[Iri]) -> dict[Iri, Origin]:
    """Return where things are described, and for things of ours the plan and its lines."""
    if not wanted:
        return {}
    described: dict[Iri, str] = {}
    rows: dict[Iri, tuple[Iri, str]] = {}
    plans: dict[Iri, str] = {}
    whole = {name.partition("/distribution/")[0] for name in wanted} | wanted
    for piece in divide(files, 1):
        for subject, said in blocks(piece):
            name = name_of(subject)
            if name in wanted:
                described.setdefault(name, piece.file.name)
            if _FILE_OF in said:
                plans[name] = _first(said, _TITLE)
            if _TOPIC in said:
                locator = _locator(said)
                for one in {name, name_of(_first(said, _TOPIC))} & whole if locator else ():
                    rows.setdefault(one, (name_of(_first(said, _DERIVED)), locator))
    found: dict[Iri, Origin] = {}
    for name in wanted:
        source, locator = rows.get(name) or rows.get(name.partition("/distribution/")[0]) or ("", "")
        found[name] = Origin(described.get(name, ""), plans.get(source, ""), locator)
    return found


def _locator(said: Sequence[str]) -> str:
    """Return what a record says of where its row stands."""
    return next((_text(said[n + 1]) for n in range(0, len(said), 2) if said[n].endswith("/def/plan#locator>")), "")


def _first(said: Sequence[str], predicate: str) -> str:
    """Return the first value of a property; of a text, its words."""
    return next((_text(said[n + 1]) for n in range(0, len(said), 2) if said[n] == predicate), "")


def _text(term: str) -> str:
    """Return the words of a literal; any other term as it is."""
    return term[1 : term.rindex('"')] if term.startswith('"') else term
