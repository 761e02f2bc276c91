"""
Published catalogue -> rows of tables: one for each dataset, or one for each record.

In: things, in the order of the catalogue's file. Out: rows with the columns of `core/columns.toml`. Memory holds one
plan's things at a time, and what concepts and bodies are called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from ...core.languages import FALLBACKS, LANGUAGES
from ...core.namespaces import ADMS, DCAT, DCT, FOAF, LANGUAGE, PROV, RDF, SKOS, PlanTerms
from ...core.terms import Iri, Literal, Properties, Term, Thing, get_code
from .published import Described

#: What ends the name of the column of each language.
_ENDINGS = {language: language.lower().replace("-", "_") for language in LANGUAGES}
#: What stands between the names of formats.
_BETWEEN = ", "

#: What a row of promises takes over from that of its dataset.
NAMED = (
    *(f"{column}_{ending}" for column in ("publisher", "title") for ending in _ENDINGS.values()),
    *("frequency", "formats", "landing_page"),
)

Reader = Callable[[], Iterable[Described]]
Rows = Iterator[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class _PlanThings:
    """The things of one plan that rows are made of."""

    datasets: list[Thing] = field(default_factory=list)
    records: list[Thing] = field(default_factory=list)
    others: dict[Iri, Thing] = field(default_factory=dict)


class TableMaker:
    """
    Makes rows of the things of a catalogue.

    Args:
        read: Reads the things from the start.

        base: The base IRI.
    """

    def __init__(self, read: Reader, base: Iri) -> None:
        """Find out what concepts and bodies are called, and who publishes each dataset."""
        self._read, self._base, self._terms = read, base, PlanTerms(base)
        self._shared: dict[Iri, Thing] = {}
        #: Of each dataset its publisher and its page.
        self._described: dict[Iri, tuple[Iri, str | None]] = {}
        for _graph, thing in read():
            if DCAT.Dataset in thing.properties.get(RDF.type, ()):
                self._described[thing.iri] = (_first(thing, DCT.publisher), _first(thing, DCAT.landingPage) or None)
            elif SKOS.prefLabel in thing.properties or FOAF.name in thing.properties:
                self._shared[thing.iri] = thing

    def datasets(self) -> Rows:
        """Yield a row for each dataset, by plan and identifier."""
        for things in self._plans():
            topics: dict[Iri, list[Thing]] = {}
            for record in things.records:
                topics.setdefault(_first(record, FOAF.primaryTopic), []).append(record)
            for dataset in things.datasets:
                yield self._dataset(dataset, things, topics.get(dataset.iri, []))

    def records(self) -> Rows:
        """Yield a row for each record, by plan and in the order of the plan."""
        for things in self._plans():
            for record in things.records:
                publisher, page = self._described.get(_first(record, FOAF.primaryTopic), ("", None))
                yield {**self._record(record, things), **self._body(publisher), "landing_page": page}

    # ---- steps

    def _plans(self) -> Iterator[_PlanThings]:
        """Yield the things of each plan."""
        for graph, described in groupby(self._read(), lambda one: one.graph):
            if graph.startswith(f"{self._base}catalogue/"):
                things = _PlanThings()
                for _graph, thing in described:
                    types = thing.properties.get(RDF.type, ())
                    if DCAT.Dataset in types:
                        things.datasets.append(thing)
                    elif self._terms.Entry in types:
                        things.records.append(thing)
                    else:
                        things.others[thing.iri] = thing
                yield things

    def _dataset(self, dataset: Thing, things: _PlanThings, records: Sequence[Thing]) -> dict[str, Any]:
        """Return the row of a dataset."""
        stage = self._stage(dataset, ADMS.status)
        spatial = {_boolean(record, self._terms.spatial) for record in records}
        distributions = [things.others[iri] for iri in _iris(dataset, DCAT.distribution) if iri in things.others]
        plans = _iris(dataset, DCT.isReferencedBy)
        return {
            "dataset": dataset.iri,
            "identifier": _first(dataset, DCT.identifier),
            **self._body(_first(dataset, DCT.publisher)),
            **_texts("title", dataset, DCT.title),
            **_texts("description", dataset, DCT.description),
            **self._names("category", _iris(dataset, DCT.subject)),
            "spatial": True in spatial if spatial - {None} else None,
            "stage": stage,
            "target_month": _first(dataset, DCT.available) or None,
            "release_month": _first(dataset, DCT.issued) or None,
            **self._coded("frequency", _iris(dataset, DCT.accrualPeriodicity), is_list=False),
            **self._coded("formats", _unique(iri for one in records for iri in _iris(one, self._terms.statedFormat))),
            "plan": _plan_of(records[0].iri) if records else plans[-1] if plans else None,
            "plans": plans,
            "landing_page": _first(dataset, DCAT.landingPage) or None,
            "access_urls": _unique(_first(one, DCAT.accessURL) for one in distributions),
            "download_urls": _unique(filter(None, (_first(one, DCAT.downloadURL) for one in distributions))),
            "portal_page": _first(dataset, SKOS.exactMatch) or None,
        }

    def _record(self, record: Thing, things: _PlanThings) -> dict[str, Any]:
        """Return the row of a record, but for what is said of its dataset."""
        terms, plan = self._terms, _plan_of(record.iri)
        head, period = things.others.get(plan), things.others.get(f"{plan}#period")
        source = _first(record, PROV.wasDerivedFrom)
        file = things.others.get(source)
        is_english = LANGUAGE.ENG in _iris(file, DCT.language) if file else False

        def printed(predicate: Iri) -> str:
            return _printed(record, predicate, is_english)

        row_name, _blank, title = printed(DCT.title).partition(" ")
        return {
            "record": record.iri,
            "dataset": _first(record, FOAF.primaryTopic),
            "plan": plan,
            "issued": _first(head, DCT.issued) or None,
            "first_year": _whole(period, DCAT.startDate),
            "last_year": _whole(period, DCAT.endDate),
            "row": row_name,
            "section": _first(record, terms.section),
            "spatial": _boolean(record, terms.spatial),
            "organisation": printed(terms.statedOrganisation) or None,
            "group": printed(terms.group) or None,
            "number": _whole(record, terms.number),
            "part": _whole(record, terms.part),
            "category": printed(terms.statedCategory),
            "title": title,
            **{name: text and text.partition(" ")[2] for name, text in _texts("title", record, DCT.title).items()},
            "description": printed(DCT.description),
            **self._months(record),
            "date_raw": printed(terms.statedDate),
            "frequency_raw": printed(terms.statedFrequency),
            **self._coded("frequency", _iris(record, terms.frequency), is_list=False),
            **self._coded("formats", _iris(record, terms.statedFormat)),
            "doc": _first(file, DCT.title) or None,
            "sha256": _first(file, DCT.identifier).removeprefix("sha256:") or None,
            "source": source or None,
            "place": _first(record, terms.locator),
        }

    def _months(self, record: Thing) -> dict[str, Any]:
        """Return the stage of a record, and the months that it states."""
        terms, stage = self._terms, self._stage(record, self._terms.stage)
        released = _first(record, terms.releaseDate) or None
        target = _first(record, terms.targetDate) or None
        ends = (terms.targetStart, terms.targetEnd) if stage == "planned" else (terms.releaseStart, terms.releaseEnd)
        return {
            "stage": stage,
            "date": released or target,
            "period": [month for month in (_first(record, end) for end in ends) if month],
            "date_role": {"planned": "target", "released": "released"}.get(stage),
            "target_month": target,
            "release_month": released,
        }

    def _stage(self, thing: Thing, predicate: Iri) -> str:
        """Return the code of a stage."""
        stages = {iri: name for name, iri in self._terms.stages.items()}
        return next((stages[iri] for iri in _iris(thing, predicate) if iri in stages), "")

    def _body(self, iri: Iri) -> dict[str, Any]:
        """Return the code and the names of a publisher."""
        code = iri.removeprefix(f"{self._base}organisation/") or None
        return {"body": code, **self._names("publisher", [iri] if iri else [])}

    def _coded(self, column: str, iris: Sequence[Iri], *, is_list: bool = True) -> dict[str, Any]:
        """Return the codes and the names of concepts."""
        codes = [_code(self._shared.get(iri), iri) for iri in iris]
        return {column: codes if is_list else next(iter(codes), None), **self._names(column, iris)}

    def _names(self, column: str, iris: Sequence[Iri]) -> dict[str, str | None]:
        """Return what concepts or bodies are called, in a column for each language."""
        things = [self._shared[iri] for iri in iris if iri in self._shared]
        each = [
            _texts(column, thing, SKOS.prefLabel if SKOS.prefLabel in thing.properties else FOAF.name)
            for thing in things
        ]
        names = [f"{column}_{ending}" for ending in _ENDINGS.values()]
        return {name: _BETWEEN.join(one[name] or "" for one in each) or None for name in names}


def _plan_of(record: Iri) -> Iri:
    """Return the IRI of the plan that a record belongs to."""
    base, body, years, _name = record.rsplit("/", 3)
    return f"{base.removesuffix('record')}plan/{body}/{years}"


def _texts(column: str, thing: Thing, predicate: Iri) -> dict[str, str | None]:
    """Return the texts of a property in a column for each language: as printed, else as converted, else none."""
    by_tag = {term.language: term.value for term in _literals(thing.properties, predicate)}
    return {
        f"{column}_{ending}": next(
            (by_tag[tag] for tag in FALLBACKS[language] if tag in by_tag and tag.startswith(language)), None
        )
        for language, ending in _ENDINGS.items()
    }


def _printed(thing: Thing, predicate: Iri, is_english: bool) -> str:
    """Return a text in the language of the file that leads, as printed if it is there."""
    literals = _literals(thing.properties, predicate)
    literals.sort(key=lambda one: ((one.language == "en") != is_english, "-t-" in one.language))
    return literals[0].value if literals else ""


def _literals(properties: Properties, predicate: Iri) -> list[Literal]:
    """Return the literals of a property."""
    return [term for term in properties.get(predicate, ()) if isinstance(term, Literal)]


def _iris(thing: Thing, predicate: Iri) -> list[Iri]:
    """Return the IRIs that a property points at."""
    return [term for term in thing.properties.get(predicate, ()) if isinstance(term, str)]


def _first(thing: Thing | None, predicate: Iri) -> str:
    """Return the first value of a property; nothing if there is none."""
    terms: Sequence[Term] = thing.properties.get(predicate, ()) if thing else ()
    term = next(iter(terms), "")
    return term.value if isinstance(term, Literal) else term


def _whole(thing: Thing | None, predicate: Iri) -> int | None:
    """Return a whole number, the year of a date among them; None if there is none."""
    value = _first(thing, predicate)
    return int(value) if value else None


def _boolean(thing: Thing, predicate: Iri) -> bool | None:
    """Return a truth value; None if there is none."""
    return {"true": True, "false": False}.get(_first(thing, predicate))


def _code(concept: Thing | None, iri: Iri) -> str:
    """Return the code of a concept: its notation, else the end of its IRI."""
    return _first(concept, SKOS.notation) or get_code(iri)


def _unique(values: Iterable[str]) -> list[str]:
    """Return values once each, in their order."""
    return list(dict.fromkeys(filter(None, values)))


def add_names(rows: Iterable[Mapping[str, Any]], datasets: Mapping[Iri, Mapping[str, Any]]) -> Rows:
    """
    Yield rows of promises with what the catalogue says of their datasets: names, frequency, formats, page.

    Args:
        rows: The rows.

        datasets: The rows of datasets by IRI, or what `NAMED` says of them.
    """
    for row in rows:
        known = datasets.get(row["dataset"], {})
        yield {**row, **{name: known.get(name) for name in NAMED}}
