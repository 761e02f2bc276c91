"""
Things -> web pages, without script, in three languages.

In: the library and a path. Out: HTML. Everything from plans is text: the templates escape it, mark its language and
isolate its direction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ...core.languages import LANGUAGES
from ...core.namespaces import ADMS, DCAT, DCT, FOAF, PROV, RDF, PlanTerms
from ...core.pages import page_templates
from ...core.place import Place
from ...core.properties import order_of
from ...core.terms import Iri, Literal, Properties, Term, Thing
from . import schemaorg
from .addresses import address, beside, ending, local, root
from .library import Library
from .media import FORMS
from .wording import best, name_of, word

#: How many things that point at one, and how many values of a property, are shown.
_INWARD, _SHOWN = 200, 1000


def _printed_on(plan: PlanTerms) -> tuple[Iri, ...]:
    """Return the properties of a record that were printed on the row; others are what was understood of it."""
    category = (plan.section, plan.group, plan.number, plan.statedCategory)
    return (*category, DCT.title, DCT.description, plan.statedDate, plan.statedFrequency)


@dataclass(frozen=True, slots=True)
class Value:
    """Something that is shown: text, the language it is in, where it leads, a note."""

    text: str
    tag: str = ""
    address: str = ""
    away: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PropertyRow:
    """A property with its values, and how many more there are than a page can show."""

    name: Value
    values: Sequence[Value]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ThingSection:
    """A thing that is shown on another's page."""

    heading: Value
    rows: Sequence[PropertyRow]
    kinds: Sequence[str] = ()
    anchor: str = ""
    plan: Value = field(default_factory=lambda: Value(""))


def frame(page: str, stem: str, language: str, queries: bool) -> dict[str, Any]:
    """
    Return what every page needs.

    Args:
        page: The path of the page.

        stem: The same without ending, for its siblings in other languages.

        language: Its language.

        queries: Whether there is a place to ask queries.
    """
    return {
        "language": language,
        "root": root(page),
        "ending": ending(language),
        "queries": queries,
        "languages": [(tag, word(f"language-{tag}", tag), beside(stem, ending(tag))) for tag in LANGUAGES],
        "word": lambda key: word(key, language),
    }


class Pages:
    """
    Makes pages.

    Args:
        library: Where things are looked up.

        queries: Whether there is a place to ask queries: a static host has none.
    """

    def __init__(self, library: Library, queries: bool = True) -> None:
        """Keep the library."""
        self._library, self._base, self._queries = library, library.base, queries

    def thing(self, path: str, things: Sequence[Thing], language: str) -> bytes:
        """
        Return the page of a document.

        Args:
            path: The path of the document, without ending.

            things: What it describes, the thing it is named for first if that is described at all.

            language: The language of the page.
        """
        page, iri = path + ending(language), self._base + path
        main = things[0] if things and things[0].iri == iri else Thing(iri, {})
        painter = _Painter(self._library, page, language)
        heading = painter.heading(main)
        pointing = self._library.pointing_at(iri, _INWARD)
        values = {
            **frame(page, path, language, self._queries),
            "title": heading.text,
            "heading": heading,
            "kinds": painter.kinds(main),
            "state": painter.state(main),
            "summary": painter.summary(main),
            "rows": painter.rows(main.properties),
            "printed": self._printed(main, painter),
            "others": [painter.group(other) for other in things if other.iri != iri],
            "inward": painter.inward(pointing[:_INWARD]),
            "more": self._more(iri, page, language) if len(pointing) > _INWARD else "",
            "downloads": self._downloads(path, main, page, language),
            "schema": self._schema(main, language),
            "forms": [(media, form.upper(), beside(path, f".{form}")) for form, media in FORMS.items()],
            "absolute": [(tag, tag, iri + ending(tag)) for tag in LANGUAGES],
            "canonical": iri + ending(language),
            "canonical_iri": iri,
            "own": beside(path, ""),
        }
        return page_templates(__package__).get_template("thing.html").render(values).encode()

    def problem(self, path: str, language: str, message: str) -> bytes:
        """Return a page that says what is wrong."""
        values = frame(path, "catalogue", language, self._queries)
        values["languages"] = []
        values |= {"title": word("error", language), "message": message}
        return page_templates(__package__).get_template("problem.html").render(values).encode()

    def _printed(self, main: Thing, painter: _Painter) -> list[ThingSection]:
        """Return what plans print of a dataset, or of the record itself."""
        if DCAT.Dataset in main.properties.get(RDF.type, ()):
            found = [self._library.thing(iri) for iri in self._library.records(main.iri)]
            return [painter.printed(record) for record in found if record]
        return [painter.printed(main)] if DCAT.CatalogRecord in main.properties.get(RDF.type, ()) else []

    def _schema(self, main: Thing, language: str) -> str:
        """Return what search engines read, of a dataset."""
        if DCAT.Dataset not in main.properties.get(RDF.type, ()):
            return ""
        return schemaorg.described(main, self._library, language)

    def _more(self, iri: Iri, page: str, language: str) -> str:
        """Return the address of a query for all that points at a thing; none where nobody answers queries."""
        query = quote(f"SELECT ?thing ?property WHERE {{ ?thing ?property <{iri}> }} LIMIT 1000")
        return f"{root(page)}sparql?query={query}&lang={language}" if self._queries else ""

    def _downloads(self, path: str, main: Thing, page: str, language: str) -> list[tuple[str, str]]:
        """Return the files that hold all of a catalogue."""
        up = root(page)
        if path == "catalogue":
            dumps = [f"catalogue.{form}" for form in ("ttl", "jsonld", "rdf", "nt", "nq")]
            return [
                *((f"{word('dump', language)}: {name}", up + name) for name in dumps),
                *((f"{word('dump', language)}: {name}.gz", f"{up}{name}.gz") for name in dumps),
                (word("feed", language), f"{up}feed/datasets.ttl"),
                (word("changes", language), f"{up}changes.trig"),
                (word("report", language), f"{up}report.ttl"),
                *([(word("api", language), f"{up}openapi.json")] if self._queries else []),
            ]
        if DCAT.Catalog not in main.properties.get(RDF.type, ()):
            return []
        names = [f"plans/{path.removeprefix('catalogue/')}.{form}" for form in ("ttl", "jsonld")]
        known = self._library.snapshot.files
        return [(f"{word('plan-file', language)}: {n}", up + n) for n in names if n in known]


class _Painter:
    """Turns things into what a page in one language shows."""

    def __init__(self, library: Library, page: str, language: str) -> None:
        """Keep what every value needs."""
        self._library, self._page, self._language = library, page, language
        self._plan = PlanTerms(library.base)

    def heading(self, thing: Thing) -> Value:
        """Return what a thing is called, its path if nothing names it."""
        found = best(self._library.label(thing.iri), self._language)
        return Value(found.value, found.language) if found else Value(local(thing.iri, self._library.base) or thing.iri)

    def kinds(self, thing: Thing) -> list[str]:
        """Return what a thing is."""
        return [self._term(str(iri)).text for iri in thing.properties.get(RDF.type, ())]

    def state(self, thing: Thing) -> str:
        """Return the state of a dataset: released, planned."""
        for iri in thing.properties.get(ADMS.status, ()):
            if DCAT.Dataset in thing.properties.get(RDF.type, ()):
                return self._term(str(iri)).text
        return ""

    def summary(self, thing: Thing) -> str:
        """Return what a thing is said to be, in a line."""
        found = best([t for t in thing.properties.get(DCT.description, ()) if isinstance(t, Literal)], self._language)
        return found.value[:300] if found else ""

    def rows(self, properties: Properties) -> list[PropertyRow]:
        """Return the properties of a thing."""
        return [
            PropertyRow(
                self._term(predicate), self._values(properties[predicate]), max(0, len(properties[predicate]) - _SHOWN)
            )
            for predicate in order_of(tuple(properties))
            if predicate != RDF.type
        ]

    def _values(self, terms: Sequence[Term]) -> list[Value]:
        """Return the values of a property; words that are the same in both scripts stand there once."""
        found: dict[tuple[str, str], Value] = {}
        for term in terms[:_SHOWN]:
            value = self.value(term)
            found.setdefault((value.text, value.address), value)
        return list(found.values())

    def group(self, thing: Thing) -> ThingSection:
        """Return a thing that is shown on another's page."""
        anchor = thing.iri.partition("#")[2]
        return ThingSection(self.heading(thing), self.rows(thing.properties), self.kinds(thing), anchor)

    def printed(self, record: Thing) -> ThingSection:
        """Return the row that a record is of, in the words that were printed."""
        rows = []
        for predicate in _printed_on(self._plan):
            terms = [t for t in record.properties.get(predicate, ()) if isinstance(t, Literal)]
            terms = [term for term in terms if "-t-" not in term.language]
            if terms and terms[0].value:
                value = terms[0].value.partition(" ")[2] if predicate == DCT.title else terms[0].value
                rows.append(PropertyRow(self._term(predicate), [Value(value, terms[0].language)]))
        sources = record.properties.get(PROV.wasDerivedFrom, ())
        rows += [PropertyRow(Value(word("file", self._language)), [self.value(source)]) for source in sources]
        places = record.properties.get(self._plan.locator, ())
        rows += [PropertyRow(Value(word("place", self._language)), [self._place(place)]) for place in places]
        rows.append(PropertyRow(Value(word("record", self._language)), [self.value(record.iri)]))
        return ThingSection(self.heading(record), rows, plan=self._plan_of(record))

    def _place(self, locator: Term) -> Value:
        """Return where a row stands, in the language of the page where it is lines; else as its locator says it."""
        text = locator.value if isinstance(locator, Literal) else locator
        place = Place.parse(text)
        if not place:
            return Value(text, "en")
        key = "place-line" if place.first == place.last else "place-lines"
        return Value(word(key, self._language).format(first=place.first, last=place.last), self._language)

    def _plan_of(self, record: Thing) -> Value:
        """Return the plan that a record is of."""
        for source in record.properties.get(PROV.wasDerivedFrom, ()):
            for plan in self._library.values(str(source), PROV.specializationOf):
                return self.value(plan)
        return Value("")

    def inward(self, pointing: Sequence[tuple[Iri, Iri]]) -> list[PropertyRow]:
        """Return what points at a thing, by property."""
        found: dict[Iri, list[Iri]] = {}
        for predicate, subject in pointing:
            if predicate not in {FOAF.primaryTopic, DCAT.record}:
                found.setdefault(predicate, []).append(subject)
        return [
            PropertyRow(self._term(predicate), [self.value(iri) for iri in found[predicate]])
            for predicate in order_of(tuple(found))
        ]

    def value(self, term: Term) -> Value:
        """Return a value of a property."""
        if isinstance(term, Literal):
            derived = word("derived", self._language) if "-t-" in term.language else ""
            return Value(term.value, term.language.partition("-t-")[0], note=derived)
        base = self._library.base
        link = address(term, base, self._page, self._language)
        found = best(self._library.label(term), self._language)
        away = local(term, base) is None
        if found is None:
            return Value(local(term, base) or term, "", link, away)
        return Value(found.value, found.language.partition("-t-")[0], link, away)

    def _term(self, iri: Iri) -> Value:
        """Return the name of a property or class; that of our own leads to what it means."""
        base = self._library.base
        own = iri.startswith(base)
        found = best(self._library.label(iri), self._language) if own else None
        text = found.value if found else name_of(iri, self._language, base) or iri
        return Value(text, "", address(iri, base, self._page, self._language) if own else "")


def query_page(stem: str, language: str, values: Mapping[str, Any]) -> bytes:
    """
    Return the page on which queries are asked.

    Args:
        stem: Its path without ending.

        language: Its language.

        values: Query, limits, answer; see the template.
    """
    plain: dict[str, Any] = {
        "title": word("sparql-title", language),
        "query": "",
        "problem": "",
        "answer": None,
        "columns": [],
        "table": [],
        "count": 0,
        "graph": "",
    }
    page = frame(stem, stem, language, True)
    return page_templates(__package__).get_template("sparql.html").render({**page, **plain, **values}).encode()
