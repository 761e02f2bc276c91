"""
Vocabularies with what people add to them.

In: vocabularies and decisions. Out: vocabularies that know more bodies, concepts and printed words. What contradicts
the vocabularies is refused, naming both.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import NoReturn

from ..decisions import CATEGORIES, ORGANISATIONS, WORDING, AddedConcept, AddedOrganisation, Decisions
from ..errors import NotReadable
from ..languages import LANGUAGE_OF_SCRIPT, LANGUAGES
from ..namespaces import DCAT, DCT, FOAF, ORG, RDF, SKOS, XSD
from ..terms import CONCEPT_PREFIXES, Iri, Literal, Properties, Thing
from ..text import fold, plain, script_of
from ..wording.refusals import Phrase
from . import Concept, ConceptLabel, Vocabularies, load, read_vocabulary

_PUBLISHER_TYPES = "http://purl.org/adms/publishertype/"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
#: The terms that say what a person corrected; published only where somebody did.
CORRECTION_TERMS = "corrections"


def extend(vocabularies: Vocabularies, decisions: Decisions) -> Vocabularies:
    """
    Return vocabularies with what people add to them; the same ones if they add nothing.

    Args:
        vocabularies: The vocabularies.

        decisions: What people decided.

    Raises:
        NotReadable: An addition contradicts the vocabularies or another addition.

    >>> from dcat_hk.core.decisions import Decisions
    >>> extend(load(), Decisions()) is load()
    True
    """
    if not decisions.has_additions and not decisions.corrections:
        return vocabularies
    return _extend_once(vocabularies.base, _Hashable(decisions))


class _Hashable:
    """Decisions as the key of a cache: what they add to vocabularies, and where they say so."""

    def __init__(self, decisions: Decisions) -> None:
        """Keep the decisions and what counts of them."""
        self.decisions = decisions
        self._key = (
            decisions.folder,
            decisions.organisations,
            decisions.categories,
            decisions.frequencies,
            decisions.formats,
            bool(decisions.corrections),
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Hashable) and self._key == other._key

    def __hash__(self) -> int:
        return hash(self._key)


@lru_cache(maxsize=8)
def _extend_once(base: Iri, additions: _Hashable) -> Vocabularies:
    """Return the vocabularies under a base IRI with additions; asked for again, the same ones."""
    vocabularies, decisions = load(base), additions.decisions
    if decisions.has_additions:
        vocabularies = _Extension(vocabularies, decisions).make()
    if decisions.corrections:
        terms = tuple(read_vocabulary(CORRECTION_TERMS, base))
        vocabularies = replace(vocabularies, things={**vocabularies.things, CORRECTION_TERMS: terms})
    return vocabularies


class _Extension:
    """Vocabularies that are being extended."""

    def __init__(self, vocabularies: Vocabularies, decisions: Decisions) -> None:
        """Begin with the vocabularies as they are."""
        self._vocabularies, self._decisions = vocabularies, decisions
        self._base = vocabularies.base
        #: What is known by now: the things of each file by IRI.
        self._things = {name: {thing.iri: thing for thing in things} for name, things in vocabularies.things.items()}

    def make(self) -> Vocabularies:
        """Return the vocabularies, or raise for what contradicts them."""
        self._add_organisations()
        self._add_concepts("category", CATEGORIES, "categories", self._decisions.categories)
        frequencies = self._add_concepts("frequency", WORDING, "frequencies", self._decisions.frequencies)
        formats = self._add_concepts("format", WORDING, "formats", self._decisions.formats)
        things = {name: tuple(things.values()) for name, things in self._things.items()}
        return replace(
            self._vocabularies,
            things=things,
            frequency_words={fold(word): code for word, code in frequencies.items()},
            format_words=tuple(sorted({(plain(word), code) for word, code in formats.items()})),
        )

    # ---- bodies

    def _add_organisations(self) -> None:
        """Add bodies, and further words for known ones."""
        bodies = self._decisions.organisations
        names = _words_of(self._vocabularies.organisations)
        codes = {*self._vocabularies.organisations, *(body.id for body in bodies)}
        seen: dict[str, int] = {}
        for number, body in enumerate(bodies):
            where = self._decisions.where(ORGANISATIONS, "organisation", number, body.id)
            if body.id in seen:
                _refuse("twice", where, id=body.id, kind="organisation", number=seen[body.id] + 1)
            seen[body.id] = number
            for code in (*filter(None, [body.parent]), *body.replaced_by):
                if code not in codes or code == body.id:
                    _refuse("no-other", where, id=code)
            _claim_words(names, body.id, body.words, where, self._vocabularies.organisations)
            self._add_organisation(body, where)
        self._refuse_circles()

    def _add_organisation(self, body: AddedOrganisation, where: str) -> None:
        """Add one body, or further words for a known one."""
        known = self._vocabularies.organisations.get(body.id)
        if known and (body.name.by_language() or body.type):
            _refuse("built-in-body", where, id=body.id, name=ConceptLabel(known))
        if not known and not body.name.by_language():
            _refuse("no-name", where, id=body.id)
        if body.type and body.type not in self._publisher_types:
            _refuse("type", where, type=body.type, names=self._publisher_types)
        iri = f"{self._base}organisation/{body.id}"
        properties: Properties = (
            dict(known.properties)
            if known
            else {
                RDF.type: (FOAF.Agent, ORG.Organization, SKOS.Concept),
                SKOS.inScheme: (f"{self._base}organisation",),
                SKOS.notation: (Literal(body.id),),
                SKOS.prefLabel: _labels(body.name.by_language()),
            }
        )
        if body.type:
            properties[DCT.type] = (f"{_PUBLISHER_TYPES}{body.type}",)
        others = [*body.short.by_language().items(), *((_language_of(word), word) for word in body.aliases)]
        _add_words(properties, others)
        if body.homepage:
            properties[FOAF.homepage] = (body.homepage,)
        if body.parent:
            properties[ORG.subOrganizationOf] = (f"{self._base}organisation/{body.parent}",)
        if body.since or body.until:
            properties[DCT.temporal] = (f"{iri}#period",)
            self._things["organisations"][f"{iri}#period"] = _period(f"{iri}#period", body)
        if body.replaced_by:
            successors = tuple(f"{self._base}organisation/{code}" for code in body.replaced_by)
            before = tuple(properties.get(DCT.isReplacedBy, ()))
            if before and before != successors:
                names = [str(each).rpartition("/")[2] for each in before]
                _refuse("replaced", where, id=body.id, before=names, after=list(body.replaced_by))
            properties[DCT.isReplacedBy] = successors
        self._things["organisations"][iri] = Thing(iri, properties)

    @cached_property
    def _publisher_types(self) -> list[str]:
        """Return the codes of the types of bodies that the vocabularies describe."""
        return _codes_under(_PUBLISHER_TYPES, self._vocabularies)

    def _refuse_circles(self) -> None:
        """Raise if bodies replace one another, or are parts of one another, in a circle."""
        things = self._things["organisations"]
        for predicate, key in ((DCT.isReplacedBy, "replaced-by"), (ORG.subOrganizationOf, "parent")):
            for body in self._decisions.organisations:
                start = f"{self._base}organisation/{body.id}"
                waiting, seen = [start], set()
                while waiting:
                    for other in things[waiting.pop()].properties.get(predicate, ()):
                        if other == start:
                            where = self._decisions.where(ORGANISATIONS)
                            _refuse("circle", where, key=key, id=body.id)
                        if isinstance(other, str) and other not in seen:
                            seen.add(other)
                            waiting.append(other)

    # ---- concepts

    def _add_concepts(self, kind: str, name: str, file: str, rows: Sequence[AddedConcept]) -> dict[str, str]:
        """Add concepts and further words for known ones; return the codes by word that is added."""
        known: Mapping[str, Concept] = getattr(self._vocabularies, file)
        names = _words_of(known)
        seen: dict[str, int] = {}
        added: dict[str, str] = {}
        for number, row in enumerate(rows):
            where = self._decisions.where(name, kind, number, row.id)
            if row.id in seen:
                _refuse("twice", where, id=row.id, kind=kind, number=seen[row.id] + 1)
            seen[row.id] = number
            _claim_words(names, row.id, row.printed, where, known)
            concept = known.get(row.id)
            self._check_concept(kind, row, concept, where)
            iri = concept.iri if concept else f"{self._base}def/{kind}/{row.id}"
            properties = dict(concept.properties) if concept else self._new_concept(kind, row)
            _add_words(properties, [(_language_of(word), word) for word in row.words])
            self._things[file][iri] = Thing(iri, properties)
            own = row.printed if concept else (*row.printed, row.id)
            added |= dict.fromkeys(own, row.id)
        return added

    def _check_concept(self, kind: str, row: AddedConcept, known: Concept | None, where: str) -> None:
        """Raise for a concept that is not known and cannot be added, or that is known and has a name."""
        name = row.name.by_language()
        if known and (name or row.theme or row.media_type):
            _refuse("built-in", where, id=row.id, kind=Phrase(f"additions.{kind}"), name=ConceptLabel(known))
        if known:
            return
        if kind == "frequency":
            _refuse("no-frequency", where, id=row.id, names=sorted(self._vocabularies.frequencies))
        if kind == "format" and row.id.lower() in {code.lower() for code in self._vocabularies.formats}:
            _refuse("format-case", where, id=row.id)
        if len(name) < len(LANGUAGES):
            phrase = Phrase(f"additions.{kind}")
            _refuse("three-names", where, id=row.id, kind=phrase, languages=list(LANGUAGES))
        themes = _codes_under(_THEMES, self._vocabularies)
        if row.theme and row.theme not in themes:
            _refuse("theme", where, theme=row.theme, names=themes)

    def _new_concept(self, kind: str, row: AddedConcept) -> Properties:
        """Return a concept that the vocabularies lack."""
        scheme = f"{self._base}def/{kind}"
        properties: Properties = {
            RDF.type: (DCT.MediaTypeOrExtent, SKOS.Concept) if kind == "format" else (SKOS.Concept,),
            SKOS.inScheme: (scheme,),
            SKOS.notation: (Literal(row.id),),
            SKOS.prefLabel: _labels(row.name.by_language()),
        }
        if kind == "category":
            properties[SKOS.topConceptOf] = (scheme,)
        if row.theme:
            properties[SKOS.broadMatch] = (f"{_THEMES}{row.theme}",)
        if row.media_type:
            properties[DCAT.mediaType] = (f"{_MEDIA_TYPES}{row.media_type}",)
        return properties


_THEMES = CONCEPT_PREFIXES["theme"]


def _refuse(code: str, where: str, **values: object) -> NoReturn:
    """Raise the error for an addition that cannot be used."""
    raise NotReadable.of(f"additions.{code}", where, **values)


def _codes_under(start: Iri, vocabularies: Vocabularies) -> list[str]:
    """Return the codes of the concepts whose IRIs begin with the same characters."""
    concepts = (each for each in vocabularies.concepts.values() if SKOS.Concept in each.properties.get(RDF.type, ()))
    return sorted(each.iri.removeprefix(start) for each in concepts if each.iri.startswith(start))


def _words_of(known: Mapping[str, Concept]) -> dict[str, str]:
    """Return the codes of concepts by folded word."""
    return {fold(word): code for code, concept in known.items() for word in (*concept.wordings, code)}


def _claim_words(
    names: dict[str, str], code: str, words: Sequence[str], where: str, known: Mapping[str, Concept]
) -> None:
    """Let words stand for a code, or raise if one of them stands for another."""
    for word in words:
        folded = fold(word)
        if not folded:
            _refuse("word-blank", where, word=word)
        other = names.setdefault(folded, code)
        if other != code:
            if other in known:
                _refuse("word-built-in", where, word=word, id=code, other=other, name=ConceptLabel(known[other]))
            _refuse("word-taken", where, word=word, id=code, other=other)


def _labels(texts: Mapping[str, str]) -> tuple[Literal, ...]:
    """Return labels as literals."""
    return tuple(Literal(text, language) for language, text in texts.items())


def _language_of(word: str) -> str:
    """Return the language of a printed word."""
    return LANGUAGE_OF_SCRIPT[script_of(word)]


def _add_words(properties: Properties, words: Sequence[tuple[str, str]]) -> None:
    """Add alternative labels to a concept, each once."""
    known = list(properties.get(SKOS.altLabel, ()))
    literals = [Literal(word, language) for language, word in words]
    both = list(dict.fromkeys([*known, *literals]))
    if both:
        properties[SKOS.altLabel] = tuple(both)


def _period(iri: Iri, body: AddedOrganisation) -> Thing:
    """Return the time for which there is a body."""
    ends = {DCAT.startDate: body.since, DCAT.endDate: body.until}
    dates = {predicate: (_date_literal(date),) for predicate, date in ends.items() if date}
    return Thing(iri, {RDF.type: (DCT.PeriodOfTime,), **dates})


def _date_literal(date: str) -> Literal:
    """Return a year, a month or a day as a literal."""
    return Literal(date, "", (XSD.gYear, XSD.gYearMonth, XSD.date)[date.count("-")])
