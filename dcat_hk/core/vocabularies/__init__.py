"""
The vocabularies: organisations, categories, frequencies, formats, plan terms, referenced concepts.

In: the Turtle files of this folder and a base IRI. Out: `Vocabularies`, which finds the concept that a
wording names. It never invents a concept: what no label names is not found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from importlib.resources import files
from typing import Any

from ..languages import FALLBACKS, canonical_tag
from ..namespaces import SKOS, XSD, scheme_of
from ..terms import Iri, Literal, Properties, Term, Thing
from ..text import fold, plain, transform

#: The files, in the order in which they are published.
FILES = ("organisations", "categories", "frequencies", "formats", "plan", "references")

#: The base IRI of a catalogue that is given none.
DEFAULT_BASE = "https://example.org/dcat-hk/"
#: The IRI of a catalogue of ours: the base, and `catalogue` as a whole segment of the path.
_CATALOGUE = re.compile(r"(https?://[^/]+/(?:[^/]+/)*)catalogue(?:/.*)?")

#: No more letters of a text are compared with names of categories.
_LONGEST_CATEGORY = 60
#: Characters that a word has at least for a category, or a format, to be like it: one sign is like too many.
_SHORTEST_CATEGORY, _SHORTEST_FORMAT = 2, 3
#: How much likeness with a part of the name of a category counts.
_PART_COUNTS = 0.9
#: From how much likeness on a text is like another one: of two Chinese words one half may well be the same by chance.
_ALIKE = 0.55


def find_base(catalogue: Iri) -> Iri:
    """
    Return the base IRI of a catalogue whose IRI is formed as this program forms it; empty for any other IRI.

    Args:
        catalogue: The IRI of the top catalogue or of the catalogue of a plan.

    >>> find_base("https://catalogue.example/open/catalogue/hk-hkpf/2024-2026"), find_base("https://example.org/a")
    ('https://catalogue.example/open/', '')
    """
    match = _CATALOGUE.fullmatch(catalogue)
    return match[1] if match else ""


@dataclass(frozen=True)
class Concept:
    """
    A concept or body: its IRI, its code, its labels by language and everything else that is said of it.

    >>> load().frequencies["MONTHLY"].label("zh-Hant")
    '每月'
    """

    iri: Iri
    notation: str
    properties: Properties

    def label(self, language: str) -> str:
        """Return the preferred label in a language; if there is none, the best that can stand in for it."""
        found = next((tag for tag in FALLBACKS[language] if tag in self.labels), "")
        text = self.labels.get(found, self.notation)
        is_other_script = {found, language} == {"zh-Hant", "zh-Hans"}
        return transform(text, found.removeprefix("zh-")) if is_other_script else text

    @cached_property
    def labels(self) -> dict[str, str]:
        """
        Return the preferred labels by language tag, in the order zh-Hant, zh-Hans, en.

        What the vocabularies have from the beginning has all three; a body that people add may lack some.
        """
        return {label.language: label.value for label in self._literals(SKOS.prefLabel)}

    @property
    def wordings(self) -> list[str]:
        """Return every label, preferred ones first."""
        return [label.value for name in (SKOS.prefLabel, SKOS.altLabel) for label in self._literals(name)]

    def iris(self, predicate: Iri) -> list[Iri]:
        """Return the IRIs that a property points at."""
        return [term for term in self.properties.get(predicate, ()) if isinstance(term, str)]

    def _literals(self, predicate: Iri) -> Iterator[Literal]:
        """Yield the literals of a property."""
        for term in self.properties.get(predicate, []):
            if isinstance(term, Literal):
                yield term


@dataclass(frozen=True, slots=True)
class ConceptLabel:
    """
    The label of a concept where it is filled into a message: in the language of the message.

    >>> ConceptLabel(load().frequencies["MONTHLY"]).tell("en")
    'monthly'
    """

    concept: Concept

    def tell(self, language: str) -> str:
        """Return the label in a language."""
        return self.concept.label(language)


Scheme = Mapping[str, Concept]


@dataclass(frozen=True, eq=False)
class Vocabularies:
    """
    All vocabularies under one base IRI.

    >>> vocabularies = load()
    >>> vocabularies.find_organisation("香港科技園公司 (HKSTPC)").notation
    'hkstp'
    >>> vocabularies.find_category("康乐及文化").notation
    'recreation-and-culture'
    """

    base: Iri
    things: Mapping[str, tuple[Thing, ...]]
    #: Frequencies by folded words that people added; they count only as the whole text of a cell.
    frequency_words: Mapping[str, str] = field(default_factory=dict)
    #: Words that people added for formats, in plain form, and the formats' codes.
    format_words: tuple[tuple[str, str], ...] = ()

    @cached_property
    def concepts(self) -> Mapping[Iri, Concept]:
        """Return everything described, by IRI."""
        return {
            thing.iri: Concept(thing.iri, _notation(thing), thing.properties)
            for things in self.things.values()
            for thing in things
        }

    @cached_property
    def organisations(self) -> Scheme:
        """Return the organisations by code."""
        return self._scheme(self.base + "organisation")

    @cached_property
    def categories(self) -> Scheme:
        """Return the categories by slug."""
        return self._scheme(self.base + "def/category")

    @cached_property
    def frequencies(self) -> Scheme:
        """Return the update frequencies by EU code."""
        return self._scheme(scheme_of("frequency"))

    @cached_property
    def formats(self) -> Scheme:
        """Return the formats by code: EU file types and formats that the EU table lacks."""
        return {**self._scheme(scheme_of("filetype")), **self._scheme(self.base + "def/format")}

    def term(self, name: str) -> Iri:
        """Return the IRI of one of our own plan terms."""
        return f"{self.base}def/plan#{name}"

    def find_organisation(self, name: str) -> Concept | None:
        """Return the body that a name, with or without a short name in brackets, names; else None."""
        whole = self._organisation_of_wording.get(fold(name))
        if whole or not name.rstrip().endswith((")", "）")):
            return whole
        opening = max(name.rfind("("), name.rfind("（"))
        return self._organisation_of_wording.get(fold(name[:opening])) if opening > 0 else None

    def find_category(self, wording: str) -> Concept | None:
        """Return the category that a wording names, else None."""
        return self._category_of_wording.get(fold(wording))

    def find_nearest_category(self, wording: str) -> Concept | None:
        """
        Return the category with a wording that is most like another one; a part of a wording counts a little less.

        Returns:
            The category; None if no wording is like it.

        >>> [load().find_nearest_category(one).label("en") for one in ("Enviroment", "Wether")]
        ['Environment', 'Climate and Weather']
        >>> load().find_nearest_category("Kites"), load().find_nearest_category("天")
        (None, None)
        """
        if len(fold(wording)) < _SHORTEST_CATEGORY:
            return None
        known = self._category_of_wording
        parts = self._category_of_part
        weights = dict.fromkeys(known, 1.0) | dict.fromkeys(parts, _PART_COUNTS)
        nearest = find_most_alike(fold(wording)[:_LONGEST_CATEGORY], weights)
        return known.get(nearest) or parts.get(nearest)

    def find_nearest_format(self, word: str) -> tuple[Concept, str] | None:
        """
        Return the format with a name that is most like a word, and that name; one of the same letters comes first.

        Returns:
            Both; None if no name is like the word.

        >>> [load().find_nearest_format(word)[1] for word in ("CVS", "EXCELL", "Jason")]
        ['CSV', 'Excel', 'JSON']
        >>> load().find_nearest_format("Lotus") is None
        True
        """
        if len(fold(word)) < _SHORTEST_FORMAT:
            return None
        wanted = fold(word)[:_LONGEST_CATEGORY]
        names = self._format_of_name
        same = [name for name in names if sorted(fold(name)) == sorted(wanted)]
        by_folded = {fold(name): name for name in reversed(same or [*names])}
        name = by_folded.get(find_most_alike(wanted, dict.fromkeys(by_folded, 1.0)))
        return (names[name], name) if name is not None else None

    @cached_property
    def _organisation_of_wording(self) -> Mapping[str, Concept]:
        return _by_wording(self.organisations.values())

    @cached_property
    def _category_of_wording(self) -> Mapping[str, Concept]:
        return _by_wording(self.categories.values())

    @cached_property
    def _category_of_part(self) -> Mapping[str, Concept]:
        """Return the categories by the parts of their names that are no name of a category themselves."""
        # What checks or serves RDF needs no words of plans, which take long to import.
        from ..wording.plans import load_plan_wording

        known, joint = self._category_of_wording, load_plan_wording().header.joint
        labels = [(plain(label), one) for one in known.values() for label in one.wordings]
        parts = {fold(part): one for label, one in labels for part in joint.split(label)}
        return {part: one for part, one in parts.items() if len(part) > 1 and part not in known}

    @cached_property
    def _format_of_name(self) -> dict[str, Concept]:
        """Return the formats by their names in Latin letters, the shortest ones first."""
        names = [(name, one) for one in self.formats.values() for name in (one.notation, *one.wordings)]
        names = [(name, one) for name, one in names if name.isascii() and "_" not in name]
        return dict(sorted(names, key=lambda each: (len(each[0]), each[0].swapcase())))

    def _scheme(self, scheme: Iri) -> Scheme:
        """Return the concepts of a scheme by notation."""
        return {
            concept.notation: concept
            for concept in self.concepts.values()
            if concept.notation and scheme in concept.properties.get(SKOS.inScheme, ())
        }


def _notation(thing: Thing) -> str:
    """Return a thing's code, or nothing."""
    first = next(iter(thing.properties.get(SKOS.notation, [])), None)
    return first.value if isinstance(first, Literal) else ""


def find_most_alike(text: str, known: Mapping[str, float]) -> str:
    """
    Return the text that is most like another one, the first of several that are alike; empty if none is like it.

    Args:
        text: The text to compare with.

        known: What to choose from, with how much the likeness of each counts.

    >>> find_most_alike("wether", {"whether": 1, "weather": 1, "other": 1}), find_most_alike("kite", {"weather": 1})
    ('whether', '')
    """
    matcher = SequenceMatcher(b=text, autojunk=False)

    def likeness(other: str) -> float:
        matcher.set_seq1(other)
        return matcher.ratio() * known[other]

    nearest = max(known, key=likeness)
    # Of a Chinese word of two characters one slip is half of it.
    is_slip = len(text) == len(nearest) > 1 and sum(map(str.__ne__, text, nearest)) == 1
    return nearest if is_slip or likeness(nearest) >= _ALIKE else ""


def _by_wording(concepts: Iterable[Concept]) -> dict[str, Concept]:
    """Return concepts by folded label; a preferred label wins over another's alternative one."""
    concepts = list(concepts)
    by_wording = {fold(wording): concept for concept in concepts for wording in concept.wordings}
    return by_wording | {fold(label): concept for concept in concepts for label in concept.labels.values()}


def load(base: Iri = DEFAULT_BASE) -> Vocabularies:
    """
    Return the vocabularies with their own terms under a base IRI.

    Args:
        base: An absolute IRI that ends in a slash.

    >>> sorted(load("https://data.example/").categories)[0]
    'city-management'
    """
    return _load(base)


@lru_cache(maxsize=8)
def _load(base: Iri) -> Vocabularies:
    """Return the vocabularies under a base IRI, which are read once for each, whether it is named or the default."""
    return Vocabularies(base, {name: tuple(read_vocabulary(name, base)) for name in FILES})


#: The vocabularies that the document at hand is read with: rules deep down ask for them without handing them on.
_IN_USE: ContextVar[Vocabularies | None] = ContextVar("vocabularies", default=None)


@contextmanager
def using_vocabularies(vocabularies: Vocabularies) -> Iterator[None]:
    """Let `vocabularies_in_use` give these vocabularies while the block runs."""
    token = _IN_USE.set(vocabularies)
    try:
        yield
    finally:
        _IN_USE.reset(token)


def vocabularies_in_use() -> Vocabularies:
    """
    Return the vocabularies that the document at hand is read with.

    >>> vocabularies_in_use() is load()
    True
    """
    return _IN_USE.get() or load()


def read_vocabulary(name: str, base: Iri) -> Iterator[Thing]:
    """
    Yield the things of one Turtle file in the order of the file.

    Args:
        name: The file, without ending.

        base: The base IRI.
    """
    import pyoxigraph

    text = files("dcat_hk.core.vocabularies").joinpath(f"{name}.ttl").read_bytes()
    things: dict[Iri, dict[Iri, list[Term]]] = {}
    for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE, base_iri=base):
        properties = things.setdefault(quad.subject.value, {})
        properties.setdefault(quad.predicate.value, []).append(read_term(quad.object))
    yield from (Thing(iri, dict(properties)) for iri, properties in things.items())


#: Thousands of texts share a few tags.
_canonical_tag = lru_cache(maxsize=256)(canonical_tag)


def read_term(term: Any) -> Iri | Literal:
    """
    Return a pyoxigraph term as ours, with the case of language tags that pyoxigraph takes away.

    Args:
        term: A named node or literal.

    >>> import pyoxigraph
    >>> read_term(pyoxigraph.Literal("罪案", language="zh-Hant"))
    Literal(value='罪案', language='zh-Hant', datatype='')
    """
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return str(term.value)
    if term.language:
        return Literal(term.value, _canonical_tag(term.language))
    datatype = term.datatype.value
    return Literal(term.value, "", "" if datatype == XSD.string else datatype)
