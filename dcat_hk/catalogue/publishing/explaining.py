"""
IRI of a thing -> which file, lines and words it came from.

In: an output folder and an IRI. Out: an `Explanation`. It reads what was published, and the source files
only to show their lines.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from ...core.errors import UsageError
from ...core.namespaces import DCT, FOAF, PROV, RDF, RDFS, SKOS, PlanTerms, dataset_of
from ...core.terms import Iri, Literal, Term, Thing
from ...core.wording.refusals import Phrase, say
from .published import Described, base_of, read_things


def _properties_in_words(plan: PlanTerms) -> dict[str, Iri]:
    """Return the properties of a record that hold the plan's words, by what they are called here."""
    return {
        "group": plan.group,
        "number": plan.number,
        "part": plan.part,
        "category": plan.statedCategory,
        "title": DCT.title,
        "description": DCT.description,
        "date": plan.statedDate,
        "frequency": plan.statedFrequency,
    }


class SourceText(Protocol):
    """A source file whose lines can be shown."""

    def lines_at(self, locator: str) -> tuple[str, ...]:
        """Return the lines at the place that a record states."""
        ...


#: Returns, of the files with these SHA-256 digests, those that are at hand, by digest.
FindSources = Callable[[set[str]], Mapping[str, SourceText]]


@dataclass(frozen=True, slots=True)
class RowOrigin:
    """One row that a thing came from: record, file, digest, place, words, and the lines if the file is at hand."""

    record: Iri
    file: str
    sha256: str
    place: str
    words: dict[str, str]
    lines: tuple[str, ...] = ()


class StatedCorrection(NamedTuple):
    """What a person corrected in a row: record, field, value printed and meant, who, when and why."""

    record: Iri
    field: str
    printed: str
    meant: str
    who: str
    when: str
    why: str


class CopyRank(NamedTuple):
    """The place of a copy among the copies of a plan, from 1 for the one that leads, and what decides it."""

    place: int
    file: str
    script: str
    reasons: tuple[str, ...]


@dataclass(slots=True)
class Explanation:
    """
    What a thing is, and where it came from; `note` says so for things that no row states.

    `corrections` are what people corrected in its rows.

    `copies` are the files at hand of a plan that states it in several, the leading one first; `reasons` say why rows of
    several plans are one dataset.
    """

    iri: Iri
    kinds: list[str]
    label: str
    origins: list[RowOrigin] = field(default_factory=list)
    note: str = ""
    copies: list[CopyRank] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    corrections: list[StatedCorrection] = field(default_factory=list)


def explain(folder: Path, name: str, find_sources: FindSources | None = None, language: str = "en") -> Explanation:
    """
    Return where a thing of a published catalogue came from.

    Args:
        folder: An output folder.

        name: Its IRI, whole or from the base IRI on.

        find_sources: Finds source files by their digests, to show their lines; None shows none.

        language: The language of the note.

    Raises:
        UsageError: The catalogue has no such thing.
    """
    base = base_of(folder)
    iri = name if name.startswith(("http://", "https://")) else base + name.lstrip("/")
    plan = PlanTerms(base)
    descriptions, records, files, users, corrections = _look_up(folder, plan, iri)
    if not descriptions and not corrections:
        raise UsageError.of("catalogue.no-thing", str(folder), iri=iri)
    kinds = [t for one in descriptions for t in one.thing.properties.get(RDF.type, []) if isinstance(t, str)]
    explanation = Explanation(iri, list(dict.fromkeys(kinds)), _label(descriptions))
    at_hand = find_sources({sha for _name, sha in files.values()}) if find_sources else {}
    explanation.origins = [origin for record in records for origin in _origins(record, files, at_hand, plan)]
    explanation.corrections = corrections
    if not descriptions:
        explanation.note = say("explain.withdrawn", language)
    elif not records:
        explanation.note = _note(iri, base, files, users, language)
    return explanation


class _Found(NamedTuple):
    """The thing, the records that state it, the files of plans, how many things point at it, what was corrected."""

    descriptions: list[Described]
    records: list[Thing]
    files: dict[Iri, tuple[str, str]]
    users: int
    corrections: list[StatedCorrection]


def _look_up(folder: Path, plan: PlanTerms, iri: Iri) -> _Found:
    """Return what a published folder says about a thing."""
    descriptions: list[Described] = []
    corrections: list[Thing] = []
    people: dict[Iri, str] = {}
    records: list[Thing] = []
    files: dict[Iri, tuple[str, str]] = {}
    users = 0
    dataset, rest = dataset_of(iri), iri.partition("/distribution/")[2]
    part = rest.partition("-")[0] if "-" in rest else "0"
    plans = {iri, iri.replace("/catalogue/", "/plan/"), iri.partition("/source/")[0], iri.partition("#")[0]}
    for described in read_things(folder):
        thing = described.thing
        if thing.iri == iri:
            descriptions.append(described)
        if PROV.specializationOf in thing.properties:
            files[thing.iri] = (_value(thing, DCT.title), _value(thing, DCT.identifier).removeprefix("sha256:"))
        if FOAF.primaryTopic in thing.properties:
            same_part = not rest or _value(thing, plan.part) == part
            if thing.iri == iri or (dataset in thing.properties[FOAF.primaryTopic] and same_part):
                records.append(thing)
        kinds = thing.properties.get(RDF.type, ())
        if plan.Correction in kinds:
            corrections.append(thing)
        elif PROV.Agent in kinds:
            people[thing.iri] = _value(thing, RDFS.label)
        users += any(iri in terms for terms in thing.properties.values())
    ours = {source: file for source, file in files.items() if source.partition("/source/")[0] in plans}
    rows = {iri.partition("#")[0] if "#corrected-" in iri else iri, *(record.iri for record in records)}
    own = [_read_correction(one, people, plan) for one in corrections if one.iri.partition("#")[0] in rows]
    return _Found(descriptions, records, files if records else ours, users, own)


def _read_correction(thing: Thing, people: Mapping[Iri, str], plan: PlanTerms) -> StatedCorrection:
    """Return what a person corrected."""
    who = _value(thing, PROV.wasAssociatedWith)
    return StatedCorrection(
        thing.iri.partition("#")[0],
        _value(thing, plan.correctedField),
        _value(thing, plan.printed),
        _value(thing, plan.meant),
        people.get(who, who),
        _value(thing, DCT.date),
        _value(thing, RDFS.comment),
    )


def _value(thing: Thing, predicate: Iri) -> str:
    """Return the first value of a property, nothing if there is none."""
    terms = thing.properties.get(predicate, [""])
    return _text(terms[0])


def _text(term: Term) -> str:
    """Return a term as text."""
    return term.value if isinstance(term, Literal) else term


def _label(descriptions: Iterable[Described]) -> str:
    """Return what a thing is called."""
    for one in descriptions:
        for predicate in (DCT.title, FOAF.name, SKOS.prefLabel):
            if predicate in one.thing.properties:
                return _value(one.thing, predicate)
    return ""


def _origins(
    record: Thing, files: dict[Iri, tuple[str, str]], at_hand: Mapping[str, SourceText], plan: PlanTerms
) -> Iterator[RowOrigin]:
    """Yield where a record was read: once for each edition of its plan."""
    words: dict[str, str] = {}
    for label, predicate in _properties_in_words(plan).items():
        value = _value(record, predicate)
        if value:
            words[label] = value.partition(" ")[2] if label == "title" else value
    locators = [_text(term) for term in record.properties.get(plan.locator, ())]
    for source in record.properties.get(PROV.wasDerivedFrom, ()):
        name, sha256 = files.get(_text(source), ("", ""))
        # With several files the locator stands behind the file's name.
        inside = (locator.removeprefix(f"{name}: ") for locator in locators if locator.startswith(f"{name}: "))
        place = next(inside, locators[0] if len(locators) == 1 else "")
        lines = at_hand[sha256].lines_at(place) if sha256 in at_hand else ()
        yield RowOrigin(record.iri, name, sha256, place, words, lines)


def _note(iri: Iri, base: Iri, files: dict[Iri, tuple[str, str]], users: int, language: str) -> str:
    """Return where a thing came from that no row states."""
    if files:
        named = [Phrase("explain.file", {"name": name, "digest": sha[:12]}) for name, sha in sorted(files.values())]
        return say("explain.read-from", language, files=named)
    if "#corrected-" in iri:
        return say("explain.said-by-person", language)
    if "/x-" in iri:
        return say("explain.minted", language, users=users)
    if iri == f"{base}catalogue" or iri.startswith(f"{base}organisation/operator"):
        return say("explain.from-settings", language)
    return say("explain.from-vocabularies", language, users=users)
