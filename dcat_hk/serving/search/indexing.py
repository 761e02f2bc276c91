"""
A store -> the index of its datasets: one file of SQLite.

In: a store of pyoxigraph with a catalogue, and one with its vocabularies. Out: a file with a full-text index, a table
of facets, what lists are sorted by, and tables of promises and of what became of them. The same catalogue gives the
same answers; each build has a file of its own.

Spec: SQLite FTS5; its stemmer for English is that of Porter.
"""

from __future__ import annotations

import sqlite3
import uuid
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ...core.languages import FALLBACKS, LANGUAGES
from ...core.namespaces import ADMS, DCAT, DCT, FOAF, RDF, SKOS, PlanTerms
from ...core.terms import Iri, get_code
from ...core.wording.characters import IDEOGRAPH
from .happenings import EVENT_SIZE, PROMISE_SIZE, HappeningGatherer
from .happenings import INDEXES as HAPPENING_INDEXES
from .happenings import TABLES as HAPPENING_TABLES
from .stored import StoredThings, Values
from .words import make_name, split_terms

#: The facets of a dataset, in the order in which pages show them.
FACETS = ("body", "stage", "category", "format", "frequency", "year")
#: Another kind of facet, of which there are too many for a page.
KEYWORD = "keyword"
#: The fields of a dataset that are searched, and how much a word in each of them counts. Names of bodies that are known
#: in one language only, and what plans print above rows, stand alone: they are found by their translation.
FIELDS = {"title": 10.0, "keyword": 6.0, "about": 4.0, "body": 3.0, "alone": 3.0, "description": 2.0, "other": 1.0}
_TITLES = ", ".join(f'"title-{tag}" TEXT' for tag in LANGUAGES)
_TABLES = f"""
CREATE TABLE dataset (id INTEGER PRIMARY KEY, name TEXT, iri TEXT, month TEXT, late INTEGER, {_TITLES});
CREATE TABLE facet (kind TEXT, value TEXT, dataset INTEGER, PRIMARY KEY (kind, value, dataset)) WITHOUT ROWID;
CREATE TABLE label (kind TEXT, value TEXT, {", ".join(f'"{t}" TEXT' for t in LANGUAGES)}, PRIMARY KEY (kind, value));
CREATE TABLE uuid (value TEXT PRIMARY KEY, dataset INTEGER) WITHOUT ROWID;
CREATE TABLE name (term TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE VIRTUAL TABLE words USING fts5({", ".join(FIELDS)}, content='', tokenize='porter unicode61');
{HAPPENING_TABLES}"""
_INDEXES = f"""
CREATE INDEX of_dataset ON facet (dataset); CREATE INDEX by_month ON dataset (month);
{HAPPENING_INDEXES} ANALYZE;
"""
#: The key of the terms of whole names, which stand in the last field.
_WHOLE = "whole"
#: The ideographs of a name that is a word.
_SHORT = 2
_Texts = dict[str, list[str]]


class _Shared(NamedTuple):
    """What many datasets share: its code, labels by language, what it is found by, and whether it has one language."""

    code: str
    labels: Mapping[str, str]
    names: Sequence[str]
    terms: Sequence[str]
    is_alone: bool


def write_index(path: Path, store: Any, vocabularies: Any, base: Iri) -> None:
    """
    Write the index of all datasets of a store.

    Args:
        path: The file to write; it must not exist.

        store: The store of the catalogue.

        vocabularies: The store of its vocabularies.

        base: The base IRI of the catalogue.

    Raises:
        sqlite3.Error: The file cannot be written.
    """
    gatherer = _Gatherer(store, vocabularies, base)
    with sqlite3.connect(path, isolation_level=None) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _TABLES)
        database.execute("BEGIN")
        marks = ", ".join("?" * (5 + len(LANGUAGES)))
        fields = f"INSERT INTO words (rowid, {', '.join(FIELDS)}) VALUES ({', '.join('?' * (1 + len(FIELDS)))})"  # noqa: S608 - our own names
        promises, events = ", ".join("?" * PROMISE_SIZE), ", ".join("?" * EVENT_SIZE)
        for number, iri in enumerate(gatherer.list_datasets(), 1):
            around = gatherer.find_around(iri)
            row, facets, texts = gatherer.gather(iri, tuple(around.values()))
            database.execute(f"INSERT INTO dataset VALUES ({marks})", (number, *row))  # noqa: S608 - our own names
            database.executemany("INSERT OR IGNORE INTO facet VALUES (?, ?, ?)", ((*one, number) for one in facets))
            terms = [[term for text in dict.fromkeys(texts[name]) for term in split_terms(text)] for name in FIELDS]
            terms[-1] += texts[_WHOLE]
            database.execute(fields, (number, *map(" ".join, terms)))
            ids = ((make_uuid(one), number) for one in gatherer.list_identified(iri))
            database.executemany("INSERT OR IGNORE INTO uuid VALUES (?, ?)", ids)
            happened = gatherer.happenings
            rows = ((number, *one) for one in happened.gather_promises(around))
            database.executemany(f"INSERT INTO promise VALUES ({promises})", rows)  # noqa: S608 - our own names
            rows = ((number, *one) for one in happened.gather_events(around))
            database.executemany(f"INSERT OR IGNORE INTO event VALUES ({events})", rows)  # noqa: S608 - our own names
        database.executemany("INSERT INTO name VALUES (?)", ((name,) for name in sorted(gatherer.names)))
        labels = ((*key, *(names.get(tag, "") for tag in LANGUAGES)) for key, names in sorted(gatherer.labels.items()))
        database.executemany(f"INSERT INTO label VALUES (?, ?, {', '.join('?' * len(LANGUAGES))})", labels)  # noqa: S608
        database.execute("INSERT INTO words(words) VALUES ('optimize')")
        database.execute("COMMIT")
        database.executescript(_INDEXES)
    database.close()


class _Gatherer:
    """Gathers what a dataset is found by; labels of what many datasets share are kept."""

    def __init__(self, store: Any, vocabularies: Any, base: Iri) -> None:
        """Keep the stores; no label is known yet."""
        self._things, self._plan = StoredThings(store, vocabularies), PlanTerms(base)
        self._shared: dict[tuple[str, Iri], _Shared] = {}
        self.happenings = HappeningGatherer(self._things, base)
        self.labels: dict[tuple[str, str], Mapping[str, str]] = {}
        self.names: set[str] = set()

    def list_datasets(self) -> list[Iri]:
        """Return the IRIs of all datasets, sorted."""
        return self._things.find_subjects(RDF.type, DCAT.Dataset)

    def list_identified(self, iri: Iri) -> list[Iri]:
        """Return a dataset and its distributions, each of which has a UUID."""
        distributions = self._things.find_values(iri).get(DCAT.distribution, ())
        return [iri, *(term.value for term in distributions)]

    def gather(self, iri: Iri, around: Sequence[Values]) -> tuple[tuple[Any, ...], list[tuple[str, str]], _Texts]:
        """Return the row of a dataset, its facets as kind and value, and its texts by field."""
        values = self._things.find_values(iri)
        texts: _Texts = {name: [] for name in (*FIELDS, _WHOLE)}
        titles: dict[str, str] = {}
        for title in values.get(DCT.title, ()):
            texts["title"].append(title.value)
            titles.setdefault(title.language.partition("-t-")[0].lower() if title.language else "", title.value)
        texts["keyword"] = [term.value for term in values.get(DCAT.keyword, ())]
        texts["description"] = [term.value for term in values.get(DCT.description, ())]
        keywords = [term.value for term in values.get(DCAT.keyword, ()) if "-t-" not in (term.language or "")]
        facets = list(self._find_facets(values, around, texts))
        names = [term.value for term in values.get(DCT.identifier, ())]
        texts["other"] += names
        for name, predicate in (("about", self._plan.statedCategory), ("alone", self._plan.group)):
            texts[name] += [term.value for one in around for term in one.get(predicate, ())]
        month, late = self._find_promise(around)
        month = month or min((term.value for term in values.get(DCT.issued, ())), default="")
        shown = [titles.get(tag.lower()) or next(iter(titles.values()), "") for tag in LANGUAGES]
        facets += [(KEYWORD, keyword) for keyword in keywords]
        return (names[0] if names else iri, iri, month, late, *shown), facets, texts

    def _find_facets(self, values: Values, around: Sequence[Values], texts: _Texts) -> Iterator[tuple[str, str]]:
        """Yield facets; their labels go to the texts that are searched."""
        shared = {
            "body": DCT.publisher,
            "stage": ADMS.status,
            "category": DCT.subject,
            "frequency": DCT.accrualPeriodicity,
        }
        fields = {"body": "body", "category": "about"}
        for kind, predicate in shared.items():
            for term in values.get(predicate, ()):
                yield self._add_facet(kind, term.value, texts, fields.get(kind, "other"))
        formats = {
            term.value
            for one in values.get(DCAT.distribution, ())
            for term in self._things.find_values(one.value).get(DCT.format, ())
        }
        formats |= {term.value for one in around for term in one.get(self._plan.statedFormat, ())}
        for value in sorted(formats):
            yield self._add_facet("format", value, texts)
        for predicate in (DCT.issued, DCT.available):
            for term in values.get(predicate, ()):
                yield "year", term.value[:4]

    def _add_facet(self, kind: str, iri: Iri, texts: _Texts, field: str = "other") -> tuple[str, str]:
        """Return a facet; its labels in all languages are kept, and its names added to texts."""
        if (kind, iri) not in self._shared:
            shared = self._shared[kind, iri] = self._gather_shared(kind, iri)
            self.labels.setdefault((kind, shared.code), shared.labels)
            self.names.update(shared.terms)
        shared = self._shared[kind, iri]
        texts["alone" if shared.is_alone and field != "other" else field] += shared.names
        texts[_WHOLE] += shared.terms
        return kind, shared.code

    def _gather_shared(self, kind: str, iri: Iri) -> _Shared:
        """Return what a thing that many datasets share is found by."""
        code, said = get_code(iri), dict[str, list[str]]()
        values = self._things.find_values(iri)
        for predicate in (FOAF.name, SKOS.prefLabel, SKOS.altLabel, DCT.identifier):
            for term in values.get(predicate, ()):
                said.setdefault((term.language or "").partition("-t-")[0].lower(), []).append(term.value)
        labels = {tag: said[tag.lower()][0] for tag in LANGUAGES if tag.lower() in said}
        names = list(dict.fromkeys([code, *(name for listed in said.values() for name in listed)]))
        # A category is found by any word of its name: “security”.
        terms = [] if kind == "category" else list(dict.fromkeys(filter(None, map(make_name, names))))
        if kind not in {"body", "category"}:
            # What is written for a format or a frequency is often a phrase of words on other matters.
            names = [word for name in names for word in _pick_words(name, code)]
        is_alone = not ("en" in labels and len(labels) > 1)
        return _Shared(code, labels or dict.fromkeys(LANGUAGES, code), names, terms, is_alone)

    def find_around(self, dataset: Iri) -> dict[Iri, Values]:
        """Return the values of the records and the promise of a dataset, by IRI."""
        return {iri: self._things.find_values(iri) for iri in self._things.find_subjects(FOAF.primaryTopic, dataset)}

    def _find_promise(self, around: Sequence[Values]) -> tuple[str, int]:
        """Return the month that a dataset was last promised for, and by how many months it came late or early."""
        for values in around:
            if any(term.value == self._plan.Promise for term in values.get(RDF.type, ())):
                month = next((term.value for term in values.get(self._plan.lastTarget, ())), "")
                delay = next((term.value for term in values.get(self._plan.delay, ())), "0")
                return month, int(delay)
        return "", 0


def _pick_words(name: str, code: str) -> list[str]:
    """
    Return the words of a name by each of which a format or a frequency is found; its whole name is found, too.

    >>> _pick_words("每季", "QUARTERLY"), _pick_words("every school year", "ANNUAL"), _pick_words("GeoJSON", "GEOJSON")
    (['每季'], [], ['GeoJSON'])
    >>> _pick_words("Excel XLSX", "XLSX"), _pick_words("RSS feed", "RSS"), _pick_words("應用程式介面", "API")
    (['Excel', 'XLSX'], ['RSS'], [])
    """
    words = name.split()
    if len(words) == 1:
        return words if len(name) <= _SHORT or not IDEOGRAPH.search(name) else []
    if words[-1].upper() == code:
        return words
    return [word for word in words if sum(sign.isupper() or sign.isdigit() for sign in word) > 1]


def make_uuid(iri: Iri) -> str:
    """
    Return the UUID of a thing, which is made of its IRI: programs such as CKAN take nothing else for an identifier.

    Args:
        iri: The IRI of the thing.

    >>> make_uuid("https://example.org/dcat-hk/dataset/hk-demo-a")
    '0bd2a9f3-9896-59e4-8abb-eb7e8462e016'

    Spec: RFC 9562, section 5.5 (UUID version 5), in the namespace of URLs.
    """
    return str(uuid.uuid5(uuid.NAMESPACE_URL, iri))


def choose_label(language: str) -> str:
    """
    Return the expression of SQL for the label of a facet that fits a language best; its code if it has no label.

    Args:
        language: The language.

    >>> print(choose_label("en"))
    COALESCE(NULLIF("en", ''), NULLIF("zh-Hant", ''), NULLIF("zh-Hans", ''), value)
    """
    names = (f"NULLIF(\"{tag}\", '')" for tag in FALLBACKS[language] if tag in LANGUAGES)
    return f"COALESCE({', '.join(names)}, value)"
