"""
Things -> web pages without scripts, in three languages.

In: the library and a path. Out: HTML. All values from plans are text: the templates escape them, mark their language
and isolate their direction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from ...core.languages import LANGUAGES
from ...core.namespaces import ADMS, DCAT, DCT, FOAF, ORG, PROV, RDF, RDFS, SKOS, PlanTerms
from ...core.pages import page_templates
from ...core.properties import order_of
from ...core.terms import Iri, Literal, Properties, Term, Thing
from ...core.wording.printed import translate_place
from . import schemaorg
from .addresses import (
    get_local_path,
    get_page_suffix,
    get_root_address,
    make_link,
    make_sibling_link,
    split_page_path,
)
from .crumbs import Breadcrumbs
from .dataset_pages import DatasetWords
from .feeds import MEDIA_TYPES as FEED_TYPES
from .feeds import make_feed_path
from .library import Library
from .media import FORMATS
from .plan_pages import PlanWords
from .wording import choose_literal, get_label, get_term_label

#: The pages that every page links to, and those that stand under one of them.
_MENU = ("search", "bodies", "categories", "months", "overdue", "about")
_MENU_ENTRIES = {"body": "bodies", "years": "bodies", "compare": "bodies", "organisation": "bodies"}
#: Pages with a field of their own for words to search.
_WITH_SEARCH = ("index", "search")
#: The number of links to a thing, and of values of a property, that a page shows.
_MAX_LINKS, _MAX_VALUES = 200, 200


#: What is not said of each term on the page of all of them: its name is the heading.
_TERM_WHEREABOUTS = frozenset(
    {DCT.title, RDFS.label, SKOS.prefLabel, RDFS.isDefinedBy, SKOS.inScheme, SKOS.topConceptOf}
)
#: What search engines are told about.
_DESCRIBED = {
    DCAT.Dataset: schemaorg.describe_dataset,
    DCAT.Catalog: schemaorg.describe_catalogue,
    ORG.Organization: schemaorg.describe_body,
}
#: What feeds of more than one thing are called.
_FOLLOWED = {"all": "feed-all", "overdue": "overdue-title"}
#: The picture of cards: its path, and what is told of it.
CARD = "assets/card.png"
_CARD_FACTS = {"type": "image/png", "width": "1200", "height": "630"}
#: How OpenGraph names languages.
_LOCALES = {"zh-Hant": "zh_HK", "zh-Hans": "zh_CN", "en": "en_GB"}


def _list_printed_properties(plan: PlanTerms) -> tuple[Iri, ...]:
    """Return the properties of a record with text as printed in the plan; the others are interpreted."""
    category = (plan.section, plan.group, plan.number, plan.statedCategory)
    return (*category, DCT.title, DCT.description, plan.statedDate, plan.statedFrequency)


@dataclass(frozen=True, slots=True)
class PageValue:
    """A value on a page: text, its language, the address of a link, whether it leads to another site, a note."""

    text: str
    tag: str = ""
    address: str = ""
    away: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A property with its values, and the number of values that are not shown."""

    name: PageValue
    values: Sequence[PageValue]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ThingSection:
    """A section of a page about one thing."""

    heading: PageValue
    rows: Sequence[PageRow]
    kinds: Sequence[str] = ()
    anchor: str = ""
    plan: PageValue = field(default_factory=lambda: PageValue(""))


def make_card(library: Library, title: str, about: str, iri: Iri, language: str) -> list[tuple[str, str]]:
    """
    Return the properties of OpenGraph of a page, from which other sites make a card.

    Args:
        library: The library of things.

        title: The title of the page.

        about: A description; it may be empty.

        iri: The thing that the page is about.

        language: The language of the page.

    Spec: The Open Graph protocol.
    """
    others = [("og:locale:alternate", _LOCALES[tag]) for tag in library.languages if tag != language]
    described = [("og:description", about)] if about else []
    return [
        ("og:type", "website"),
        ("og:title", title),
        *described,
        ("og:url", iri + get_page_suffix(language)),
        ("og:image", library.base + CARD),
        *((f"og:image:{name}", value) for name, value in _CARD_FACTS.items()),
        ("og:image:alt", get_label("site", language)),
        ("og:site_name", get_label("site-name", language)),
        ("og:locale", _LOCALES[language]),
        *others,
    ]


def make_head(
    library: Library, title: str, about: str, iri: Iri, page: str, language: str, followed: str = "all"
) -> dict[str, Any]:
    """
    Return the template values of what programs read in a page: its own address, languages, card, feeds.

    Args:
        library: The library of things.

        title: The title of the page.

        about: A description; it may be empty.

        iri: The address of the page without suffix.

        page: The path of the page.

        language: The language of the page.

        followed: What the feeds are of that go with the page.
    """
    root, named = get_root_address(page), get_label(_FOLLOWED[followed], language)
    return {
        "summary": about,
        "graph": make_card(library, title, about, iri, language),
        "followed": [
            (media.partition(";")[0], named, f"{root}{make_feed_path(followed, language, suffix)}")
            for suffix, media in FEED_TYPES.items()
            if suffix != "ics"
        ],
        "absolute": [(tag, tag, iri + get_page_suffix(tag)) for tag in library.languages],
        "canonical": iri + get_page_suffix(language),
    }


def make_frame(
    page: str, stem: str, language: str, queries: bool, languages: Sequence[str] = LANGUAGES
) -> dict[str, Any]:
    """
    Return the template values that every page needs.

    Args:
        page: The path of the page.

        stem: The path without suffix, for the links to other languages.

        language: The language of the page.

        queries: Whether the site has a SPARQL endpoint.

        languages: The languages that the site has pages in.
    """
    root, ending = get_root_address(page), get_page_suffix(language)
    kind = stem.partition("/")[0]
    return {
        "language": language,
        "root": root,
        "ending": ending,
        "menu": [
            (get_label(name, language), f"{root}{name}{ending}", name == _MENU_ENTRIES.get(kind, kind))
            for name in _MENU
        ],
        "crumbs": [(get_label("start", language), f"{root}index{ending}")],
        "seeks": kind not in _WITH_SEARCH,
        "queries": queries,
        "languages": [
            (tag, get_label(f"language-{tag}", tag), make_sibling_link(stem, get_page_suffix(tag))) for tag in languages
        ],
        "word": lambda key: get_label(key, language),
    }


class SitePageWriter:
    """
    Writes the pages of things.

    Args:
        library: The library of things.

        queries: Whether the site has a SPARQL endpoint; a static site has none.

        changes: Whether the site has the feed of changes between builds.
    """

    def __init__(self, library: Library, queries: bool = True, changes: bool = True) -> None:
        """Keep the library and the options."""
        self._library, self._base, self._queries = library, library.base, queries
        self._has_changes, self._crumbs = changes, Breadcrumbs(library)

    def write_thing_page(self, path: str, things: Sequence[Thing], language: str) -> bytes:
        """
        Return the page of a document.

        Args:
            path: The path of the document, without suffix.

            things: The things that it describes; the one with the IRI of the document comes first, if there is one.

            language: The language of the page.
        """
        page, iri = path + get_page_suffix(language), self._base + path
        main = things[0] if things and things[0].iri == iri else Thing(iri, {})
        renderer = _ThingRenderer(self._library, page, language)
        heading = renderer.get_heading(main)
        links = self._library.find_links_to(iri, _MAX_LINKS)
        values = {
            **make_frame(page, path, language, self._queries, self._library.languages),
            "crumbs": self._crumbs.list_crumbs(main, heading.text, page, language),
            "title": heading.text,
            "heading": heading,
            "kinds": renderer.list_classes(main),
            "state": renderer.get_status(main),
            "rows": renderer.make_rows(main.properties),
            "printed": self._make_printed_sections(main, renderer),
            "others": [
                renderer.make_section(other, is_term=path.startswith("def/")) for other in things if other.iri != iri
            ],
            "inward": renderer.make_link_rows(links[:_MAX_LINKS]),
            "more": self._make_more_link(iri, page, language) if len(links) > _MAX_LINKS else "",
            "downloads": self._list_downloads(path, main, page, language),
            "schema": self._describe_for_search(main, language),
            "forms": [
                (FORMATS[suffix], suffix.upper(), make_sibling_link(path, f".{suffix}"))
                for suffix in self._library.formats
            ],
            **make_head(self._library, heading.text, renderer.get_summary(main), iri, page, language),
            "canonical_iri": iri,
            "own": make_sibling_link(path, ""),
        }
        template, words = self._choose_template(main, page, language)
        return page_templates(__package__).get_template(template).render(values | words).encode()

    def _choose_template(self, main: Thing, page: str, language: str) -> tuple[str, dict[str, Any]]:
        """Return the template for a thing, and what that template needs in addition."""
        kinds = main.properties.get(RDF.type, ())
        if DCAT.Dataset in kinds:
            return "dataset.html", DatasetWords(self._library, page, language).describe(main)
        if PlanTerms(self._base).Plan in kinds:
            return "plan.html", PlanWords(self._library, page, language).describe(main)
        return "thing.html", {}

    def write_missing_page(self, path: str, language: str, anywhere: Iri = "") -> bytes:
        """
        Return the page that says in three languages that there is nothing at a path, and where to look instead.

        Args:
            path: The path that was asked for.

            language: The language of the page.

            anywhere: The base IRI, for the page that a static host sends at any path: addresses in it count from there.
        """
        stem = "index" if anywhere else split_page_path(path)[0]
        tags = sorted(self._library.languages, key=lambda tag: tag != language)
        return self._write_problem_page(
            make_frame(path, stem, language, self._queries, self._library.languages),
            title=get_label("error-404", language),
            messages=[(tag, get_label("error-404", tag)) for tag in tags],
            missing="" if anywhere else f"{self._base}{path}",
            anywhere=anywhere,
        )

    def write_refusal_page(self, path: str, language: str, texts: Mapping[str, str]) -> bytes:
        """
        Return the page that says why a request cannot be answered.

        Args:
            path: The path that was asked for.

            language: The language of the page.

            texts: What is told, by language.
        """
        frame, root = make_frame(path, "index", language, self._queries), get_root_address(path)
        starts = [(tag, name, f"{root}index{get_page_suffix(tag)}") for tag, name, _link in frame["languages"]]
        return self._write_problem_page(
            {**frame, "languages": starts},
            title=get_label("error", language),
            problems=[texts.get(language) or texts[LANGUAGES[-1]]],
        )

    def _write_problem_page(self, frame: Mapping[str, Any], **told: Any) -> bytes:
        """Return a page without what was asked for, with what is told instead, and a search."""
        values = {"messages": [], "missing": "", "anywhere": "", **frame, **told, "seeks": False}
        return page_templates(__package__).get_template("problem.html").render(values).encode()

    def _make_printed_sections(self, main: Thing, renderer: _ThingRenderer) -> list[ThingSection]:
        """Return the sections with the printed rows of a dataset, or of a record."""
        if DCAT.Dataset in main.properties.get(RDF.type, ()):
            records = [self._library.find_thing(iri) for iri in self._library.find_records(main.iri)]
            return [renderer.make_printed_section(record) for record in records if record and _is_record(record)]
        return [renderer.make_printed_section(main)] if DCAT.CatalogRecord in main.properties.get(RDF.type, ()) else []

    def _describe_for_search(self, main: Thing, language: str) -> str:
        """Return the description of a dataset, a catalogue or a body for search engines; else an empty text."""
        kinds = main.properties.get(RDF.type, ())
        for kind, describe in _DESCRIBED.items():
            if kind in kinds:
                return describe(main, self._library, language)
        return ""

    def _make_more_link(self, iri: Iri, page: str, language: str) -> str:
        """Return the address of a query for all links to a thing; empty if the site has no SPARQL endpoint."""
        query = quote(f"SELECT ?thing ?property WHERE {{ ?thing ?property <{iri}> }} LIMIT 1000")
        return f"{get_root_address(page)}sparql?query={query}&lang={language}" if self._queries else ""

    def _list_downloads(self, path: str, main: Thing, page: str, language: str) -> list[tuple[str, str]]:
        """Return the labels and addresses of the files that hold a whole catalogue."""
        up = get_root_address(page)
        if path == "catalogue":
            whole = get_label("dump", language) + get_label("colon", language)
            dumps = [f"catalogue.{suffix}" for suffix in ("ttl", "jsonld", "rdf", "nt", "nq")]
            return [
                *((f"{whole}{name}", up + name) for name in dumps),
                *((f"{whole}{name}.gz", f"{up}{name}.gz") for name in dumps),
                (get_label("feed", language), f"{up}feed/datasets.ttl"),
                *([(get_label("changes", language), f"{up}changes.trig")] if self._has_changes else []),
                (get_label("report", language), f"{up}report.ttl"),
                *([(get_label("api", language), f"{up}openapi.json")] if self._queries else []),
            ]
        if DCAT.Catalog not in main.properties.get(RDF.type, ()):
            return []
        names = [f"plans/{path.removeprefix('catalogue/')}.{suffix}" for suffix in ("ttl", "jsonld")]
        files = self._library.snapshot.files
        return [
            (f"{get_label('plan-file', language)}{get_label('colon', language)}{name}", up + name)
            for name in names
            if name in files
        ]


class _ThingRenderer:
    """Renders things as the template values of a page in one language."""

    def __init__(self, library: Library, page: str, language: str) -> None:
        """Keep the library, the path of the page and its language."""
        self._library, self._page, self._language = library, page, language
        self._plan = PlanTerms(library.base)

    def get_heading(self, thing: Thing) -> PageValue:
        """Return the label of a thing; its path if it has none."""
        label = choose_literal(self._library.find_labels(thing.iri), self._language)
        return (
            PageValue(label.value, label.language)
            if label
            else PageValue(get_local_path(thing.iri, self._library.base) or thing.iri)
        )

    def list_classes(self, thing: Thing) -> list[str]:
        """Return the names of the classes of a thing."""
        return [self._make_term_name(str(iri)).text for iri in thing.properties.get(RDF.type, ())]

    def get_status(self, thing: Thing) -> str:
        """Return the status of a dataset, released or planned; empty for other things."""
        for iri in thing.properties.get(ADMS.status, ()):
            if DCAT.Dataset in thing.properties.get(RDF.type, ()):
                return self._make_term_name(str(iri)).text
        return ""

    def get_summary(self, thing: Thing) -> str:
        """Return the beginning of the description of a thing."""
        description = choose_literal(
            [t for t in thing.properties.get(DCT.description, ()) if isinstance(t, Literal)], self._language
        )
        return description.value[:300] if description else ""

    def make_rows(self, properties: Properties) -> list[PageRow]:
        """Return the properties of a thing with their values."""
        return [
            PageRow(
                self._make_term_name(predicate),
                self._make_values(properties[predicate]),
                max(0, len(properties[predicate]) - _MAX_VALUES),
            )
            for predicate in order_of(tuple(properties))
            if predicate != RDF.type
        ]

    def _make_values(self, terms: Sequence[Term]) -> list[PageValue]:
        """Return the values of a property; a text that is the same in both scripts occurs once."""
        values: dict[tuple[str, str], PageValue] = {}
        for term in terms[:_MAX_VALUES]:
            value = self.make_value(term)
            values.setdefault((value.text, value.address), value)
        return list(values.values())

    def make_section(self, thing: Thing, *, is_term: bool = False) -> ThingSection:
        """Return the section of a thing on the page of another; that of a term says each thing once."""
        anchor = thing.iri.partition("#")[2] or "-".join(thing.iri.rsplit("/", 2)[1:])
        properties = self._shorten(thing.properties) if is_term else thing.properties
        return ThingSection(self.get_heading(thing), self.make_rows(properties), self.list_classes(thing), anchor)

    def _shorten(self, properties: Properties) -> Properties:
        """Return what a list of terms says of one: texts in the language of the page, without name and whereabouts."""
        short: dict[Iri, Sequence[Term]] = {}
        for predicate, terms in properties.items():
            texts = [term for term in terms if isinstance(term, Literal) and term.language]
            one = choose_literal(texts, self._language)
            if predicate not in _TERM_WHEREABOUTS:
                short[predicate] = [one, *(term for term in terms if term not in texts)] if one else terms
        return short

    def make_printed_section(self, record: Thing) -> ThingSection:
        """Return the section with the row of a record as it was printed."""
        rows = []
        for predicate in _list_printed_properties(self._plan):
            terms = [t for t in record.properties.get(predicate, ()) if isinstance(t, Literal)]
            terms = [term for term in terms if "-t-" not in term.language]
            if terms and terms[0].value:
                value = terms[0].value.partition(" ")[2] if predicate == DCT.title else terms[0].value
                rows.append(PageRow(self._make_term_name(predicate), [PageValue(value, terms[0].language)]))
        sources = record.properties.get(PROV.wasDerivedFrom, ())
        rows += [PageRow(PageValue(get_label("file", self._language)), [self.make_value(source)]) for source in sources]
        places = record.properties.get(self._plan.locator, ())
        rows += [
            PageRow(PageValue(get_label("place", self._language)), [self._make_place(locator)]) for locator in places
        ]
        corrections = [self._make_correction(str(iri)) for iri in record.properties.get(PROV.wasInfluencedBy, ())]
        rows += [PageRow(PageValue(get_label("corrected", self._language)), corrections)] if corrections else []
        rows.append(PageRow(PageValue(get_label("record", self._language)), [self.make_value(record.iri)]))
        return ThingSection(self.get_heading(record), rows, plan=self._find_plan(record))

    def _make_correction(self, iri: Iri) -> PageValue:
        """Return what a person corrected in a row, with who says so, when and why."""

        def first(predicate: Iri) -> str:
            values = self._library.find_values(iri, predicate)
            return (values[0].value if isinstance(values[0], Literal) else values[0]) if values else ""

        who = first(PROV.wasAssociatedWith)
        names = choose_literal(self._library.find_labels(who), self._language)
        text = get_label("corrected-text", self._language).format(
            field=get_label(f"field-{first(self._plan.correctedField)}", self._language),
            printed=first(self._plan.printed),
            meant=first(self._plan.meant),
            who=names.value if names else who,
            when=first(DCT.date),
            why=first(RDFS.comment),
        )
        return PageValue(text, self._language, make_link(iri, self._library.base, self._page, self._language))

    def _make_place(self, locator: Term) -> PageValue:
        """Return the place of a row in the language of the page."""
        text = locator.value if isinstance(locator, Literal) else locator
        return PageValue(translate_place(text, self._language), self._language)

    def _find_plan(self, record: Thing) -> PageValue:
        """Return the plan of a record."""
        for source in record.properties.get(PROV.wasDerivedFrom, ()):
            for plan in self._library.find_values(str(source), PROV.specializationOf):
                return self.make_value(plan)
        return PageValue("")

    def make_link_rows(self, links: Sequence[tuple[Iri, Iri]]) -> list[PageRow]:
        """Return the things that refer to a thing, by property."""
        subjects: dict[Iri, list[Iri]] = {}
        for predicate, subject in links:
            if predicate not in {FOAF.primaryTopic, DCAT.record}:
                subjects.setdefault(predicate, []).append(subject)
        return [
            PageRow(self._make_term_name(predicate), [self.make_value(iri) for iri in subjects[predicate]])
            for predicate in order_of(tuple(subjects))
        ]

    def make_value(self, term: Term) -> PageValue:
        """Return a value of a property."""
        if isinstance(term, Literal):
            derived = get_label("derived", self._language) if "-t-" in term.language else ""
            return PageValue(term.value, term.language.partition("-t-")[0], note=derived)
        base = self._library.base
        link = make_link(term, base, self._page, self._language)
        label = choose_literal(self._library.find_labels(term), self._language)
        away = get_local_path(term, base) is None
        if label is None:
            return PageValue(get_local_path(term, base) or term, "", link, away)
        return PageValue(label.value, label.language.partition("-t-")[0], link, away)

    def _make_term_name(self, iri: Iri) -> PageValue:
        """Return the name of a property or class; terms of the catalogue itself are linked to their definition."""
        base = self._library.base
        is_own = iri.startswith(base)
        label = choose_literal(self._library.find_labels(iri), self._language) if is_own else None
        text = label.value if label else get_term_label(iri, self._language, base) or iri
        return PageValue(text, "", make_link(iri, base, self._page, self._language) if is_own else "")


def _is_record(thing: Thing) -> bool:
    """Return whether a thing is the record of a row; a promise is about a dataset, too."""
    return DCAT.CatalogRecord in thing.properties.get(RDF.type, ())


def write_query_page(stem: str, language: str, values: Mapping[str, Any]) -> bytes:
    """
    Return the page with the query form.

    Args:
        stem: The path of the page without suffix.

        language: The language of the page.

        values: Query, limits and results; see the template.
    """
    plain: dict[str, Any] = {
        "title": get_label("sparql-title", language),
        "query": "",
        "problem": "",
        "answer": None,
        "columns": [],
        "table": [],
        "count_text": "",
        "graph": "",
        "form_title": "",
        "form_name": "",
        "fields": [],
    }
    page = make_frame(stem, stem, language, True)
    return page_templates(__package__).get_template("sparql.html").render({**page, **plain, **values}).encode()
