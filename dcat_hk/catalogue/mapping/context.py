"""
What the mapping of a plan needs: what all plans share, and what the parts of one plan have in common.

In: an identified plan. Out: its names, texts and rows, for `plans`, `datasets` and `records`. It makes no thing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from ...core.namespaces import LANGUAGE, XSD, PlanTerms
from ...core.plan import Correction, Entry, Plan, PlanOrigin
from ...core.settings import Settings
from ...core.terms import Iri, Literal, Properties, Thing
from ...core.vocabularies import Vocabularies
from ...reconciliation.histories import PlanHistory
from .identities import Agent, IdentifiedPlan, Identity, Links
from .index import PlanIndex, record_iris
from .iris import Iris
from .texts import LabelTexts, unite


@dataclass(frozen=True, slots=True)
class MappingContext:
    """What the mapping of every plan needs: settings, vocabularies, index, links, our own terms."""

    settings: Settings
    vocabularies: Vocabularies
    index: PlanIndex
    links: Links
    terms: PlanTerms

    @property
    def iris(self) -> Iris:
        """Return the names of things."""
        return self.index.iris


class PlanFile(NamedTuple):
    """
    One file of a plan: its name, digest, IRI, language and script, and the texts of that script.

    `origin` is the file that its rows were read from, if they were printed and perhaps edited since.
    """

    name: str
    sha256: str
    iri: Iri
    language: Iri
    script: str
    texts: LabelTexts
    origin: PlanOrigin | None


@dataclass
class PlanMapping:
    """
    The mapping of one plan.

    `pointed_at` and `minted` collect what things point at and do not describe, for `shared.Describer`;
    `records_before` the records of older plans that records here point at, with the plan's month and the dataset.
    `history` is what the plan's graph says of the years before.
    """

    context: MappingContext
    identified: IdentifiedPlan
    number: int
    history: PlanHistory = field(default_factory=PlanHistory)
    pointed_at: set[Iri] = field(default_factory=set)
    minted: dict[Iri, tuple[str, str]] = field(default_factory=dict)
    records_before: dict[Iri, tuple[str, Iri]] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.identified.plan

    @cached_property
    def texts(self) -> LabelTexts:
        """Return the texts in the languages asked for."""
        return LabelTexts(self.context.settings, self.plan.script)

    # ---- names

    @cached_property
    def plan_iri(self) -> Iri:
        """Return the plan's IRI."""
        return self.context.iris.plan(self.identified.publisher.code, self.plan.years)

    @property
    def period_iri(self) -> Iri:
        """Return the IRI of the years that the plan is for."""
        return f"{self.plan_iri}#period"

    @cached_property
    def catalogue_iri(self) -> Iri:
        """Return the IRI of the plan's catalogue, which is also the name of its graph."""
        return self.context.iris.plan_catalogue(self.identified.publisher.code, self.plan.years)

    @property
    def catalogues_before(self) -> list[Iri]:
        """Return the catalogues of the plans of the same body that the plan goes on with; of a predecessor none."""
        body = self.plan_iri.rpartition("/")[0]
        older = (iri for iri in self.history.before if iri.rpartition("/")[0] == body)
        return [
            iri.replace(f"{self.context.iris.base}plan/", f"{self.context.iris.base}catalogue/", 1) for iri in older
        ]

    @cached_property
    def datasets(self) -> list[str]:
        """Return the identifiers of the datasets that the plan states, sorted."""
        return sorted({identity.identifier for identity in self.identified.identities})

    @cached_property
    def records(self) -> list[Iri]:
        """Return the IRIs of the records of the plan's entries, in order."""
        return record_iris(self.context.iris, self.identified)

    @cached_property
    def corrections(self) -> dict[Iri, Sequence[tuple[Iri, PlanFile, Correction]]]:
        """Return the corrections of each row that has some, each with its IRI and the file that it is of."""
        corrections: dict[Iri, Sequence[tuple[Iri, PlanFile, Correction]]] = {}
        for record, entry in zip(self.records, self.plan.entries, strict=True):
            found = [
                (self.files[number], one)
                for number, each in ((entry.edition, entry), *entry.also)
                for one in each.corrections
            ]
            if found:
                corrections[record] = [(f"{record}#{name}", *each) for name, each in _name_corrections(found)]
        return corrections

    @cached_property
    def names(self) -> dict[str, Mapping[str, str] | str]:
        """Return what composed texts call the plan."""
        first, last = self.plan.years
        return {"publisher": self.identified.publisher.labels, "first": str(first), "last": str(last)}

    # ---- rows and files

    @cached_property
    def rows(self) -> list[tuple[Identity, Entry]]:
        """Return the entries with their identities."""
        return list(zip(self.identified.identities, self.plan.entries, strict=True))

    @cached_property
    def rows_of(self) -> dict[str, list[tuple[Identity, Entry]]]:
        """Return the rows that state each dataset."""
        rows: dict[str, list[tuple[Identity, Entry]]] = {}
        for row in self.rows:
            rows.setdefault(row[0].identifier, []).append(row)
        return rows

    @cached_property
    def files(self) -> list[PlanFile]:
        """Return the files of the plan, one for each edition; the one that leads comes first."""
        plan = self.plan
        own = (plan.doc, plan.sha256, plan.script, plan.origin)
        editions = [own, *((e.doc, e.sha256, e.script, e.origin) for e in plan.editions)]
        return [
            PlanFile(
                doc,
                sha256,
                self.context.iris.source(self.plan_iri, sha256),
                LANGUAGE.ENG if script == "Latn" else LANGUAGE.ZHO,
                script,
                LabelTexts(self.context.settings, script),
                origin,
            )
            for doc, sha256, script, origin in editions
        ]

    @cached_property
    def languages(self) -> list[Iri]:
        """Return the languages that the plan is in."""
        return sorted({file.language for file in self.files}, reverse=True)

    # ---- values

    def say(self, entry: Entry, column: str, *, printed: bool = False) -> Sequence[Literal]:
        """
        Return what an entry, and the same row in other editions, says in a column; as printed, if that is asked for.

        Of several copies in one script the best one speaks, even where it says nothing: the others may have been
        read less well.
        """
        if printed:
            also = tuple((number, each.as_printed()) for number, each in entry.also)
            entry = entry.as_printed()._replace(also=also)
        if not (entry.also or entry.edition):
            return self.texts.say(getattr(entry, column) or "")
        best: dict[str, tuple[int, Entry]] = {}
        for number, each in ((entry.edition, entry), *entry.also):
            best.setdefault(self.files[number].script, (number, each))
        return unite(self.files[number].texts.say(getattr(each, column) or "") for number, each in best.values())

    @cached_property
    def issued(self) -> Literal:
        """Return the plan's date."""
        return month_literal(self.plan.issued)

    def frequency(self, entry: Entry) -> tuple[Iri, ...]:
        """Return the concept of an entry's update frequency, noting that it is pointed at."""
        concept = self.context.vocabularies.frequencies.get(entry.frequency or "")
        return self.point(concept.iri) if concept else ()

    def point(self, *iris: Iri) -> tuple[Iri, ...]:
        """Note that things are pointed at, and return them."""
        self.pointed_at.update(iris)
        return iris

    def point_at_body(self, body: Agent) -> tuple[Iri, ...]:
        """Note that a body is pointed at, and return it."""
        if body.concept is None:
            self.minted[body.iri] = (body.name, self.plan.script)
        return self.point(body.iri)


def _name_corrections(
    found: Sequence[tuple[PlanFile, Correction]],
) -> Iterator[tuple[str, tuple[PlanFile, Correction]]]:
    """Yield corrections of one row with names that differ: the field, and a number if several files have it."""
    counts: dict[str, int] = {}
    for each in found:
        field_name = each[1].field
        counts[field_name] = counts.get(field_name, 0) + 1
        yield f"corrected-{field_name}{'' if counts[field_name] == 1 else f'-{counts[field_name]}'}", each


def month_literal(month: str) -> Literal:
    """
    Return a month as a literal.

    >>> month_literal("2024-03").datatype
    'http://www.w3.org/2001/XMLSchema#gYearMonth'
    """
    return Literal(month, "", XSD.gYearMonth)


def integer_literal(number: int) -> Literal:
    """
    Return a whole number as a literal.

    >>> integer_literal(-2).value
    '-2'
    """
    return Literal(str(number), "", XSD.integer)


def make_thing(iri: Iri, properties: Properties) -> Thing:
    """
    Return a thing without the properties that have no value.

    >>> make_thing("https://example.org/a", {"http://a/p": ["http://a/o"], "http://a/q": []}).properties
    {'http://a/p': ('http://a/o',)}
    """
    return Thing(iri, {predicate: tuple(objects) for predicate, objects in properties.items() if objects})
