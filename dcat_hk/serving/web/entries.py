"""
Records -> the rows of plans as they were printed, in the order in which they were printed, and what became of them.

In: the library and the IRI of a plan, a record or a dataset. Out: rows, and what the next plan says of each. Texts are
those of the plan: none that was converted to the other script. Nothing is judged here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...core.namespaces import DCT, FOAF, PROV, RDF, PlanTerms
from ...core.terms import Iri, Literal, Properties, Thing, get_first_text, get_text
from .library import Library
from .wording import name_years

#: How many plans a dataset is followed through, in either direction.
_MAX_STEPS = 60
_NUMBER = re.compile(r"[0-9]{1,12}")
#: The marks of subsections: spatial data, and other data.
_MARKS = {"true": "i", "false": "ii"}


@dataclass(frozen=True, slots=True)
class PrintedEntry:
    """
    A row of a plan: its record, what people call it, its dataset, and its texts as printed, by name of the column.

    `section` is A to D with the mark of the subsection, if there is one.
    """

    iri: Iri
    name: str
    dataset: Iri
    plan: Iri
    section: str
    stage: str
    texts: Mapping[str, tuple[Literal, ...]]
    formats: tuple[Iri, ...]
    locators: tuple[str, ...]

    @property
    def anchor(self) -> str:
        """Return the fragment of the row on the page of its plan."""
        return self.iri.rpartition("/")[2]


class EntryChange(NamedTuple):
    """What a plan says of a row of the plan before: fate, months, differences, the plan, older and newer rows."""

    fate: Iri
    months: int | None
    differs: tuple[Iri, ...]
    plan: Iri
    before: tuple[Iri, ...]
    after: tuple[Iri, ...]


class PlanAround(NamedTuple):
    """A plan: its IRI, the body that issued it, the month when, its years."""

    iri: Iri
    body: Iri
    month: str
    years: str


class EntryReader:
    """
    Reads rows of plans.

    Args:
        library: The library of things.
    """

    def __init__(self, library: Library) -> None:
        """Keep the library."""
        self._library, self._plan = library, PlanTerms(library.base)

    def list_entries(self, plan: Iri) -> list[PrintedEntry]:
        """
        Return the rows of a plan in the order in which they are printed.

        Args:
            plan: The IRI of the plan.
        """
        sources = self._library.find_subjects(PROV.specializationOf, plan)
        records = {record for source in sources for record in self._library.find_subjects(PROV.wasDerivedFrom, source)}
        entries = [entry for record in sorted(records) if (entry := self.read_entry(record))]
        return sort_as_printed(entries)

    def list_history(self, dataset: Iri) -> list[PrintedEntry]:
        """
        Return the rows about a dataset in all plans, the oldest plan first, also those with another title.

        Args:
            dataset: The IRI of the dataset.
        """
        waiting = list(self._library.find_subjects(FOAF.primaryTopic, dataset))
        found: dict[Iri, PrintedEntry] = {}
        while waiting and len(found) < _MAX_STEPS:
            record = waiting.pop()
            entry = self.read_entry(record) if record not in found else None
            if entry is None:
                continue
            found[record] = entry
            for change in (*self.find_changes(record), *self.find_changes(record, is_newer=True)):
                waiting += [*change.before, *change.after]
        months = {entry.plan: self.read_plan(entry.plan).month for entry in found.values()}
        return sorted(found.values(), key=lambda entry: (months[entry.plan], entry.plan, read_numbers(entry.name)))

    def read_entry(self, record: Iri) -> PrintedEntry | None:
        """
        Return the row of a record; None if the thing is no row of a plan that was read.

        Args:
            record: The IRI of the record.
        """
        thing = self._library.find_stated(record)
        plan = self._plan
        if thing is None or plan.Entry not in thing.properties.get(RDF.type, ()):
            return None
        properties = thing.properties
        names = {
            "organisation": plan.statedOrganisation,
            "group": plan.group,
            "title": DCT.title,
            "remark": DCT.description,
            "category": plan.statedCategory,
            "date": plan.statedDate,
            "frequency": plan.statedFrequency,
        }
        texts = {name: _list_printed(properties, predicate) for name, predicate in names.items()}
        titled = texts["title"]
        texts["title"] = tuple(t._replace(value=t.value.partition(" ")[2]) for t in titled)
        mark = _MARKS.get(get_first_text(properties, plan.spatial), "")
        sources = (self._library.find_shared(str(source)) for source in properties.get(PROV.wasDerivedFrom, ()))
        plans = [str(t) for one in sources if one for t in one.properties.get(PROV.specializationOf, ())]
        return PrintedEntry(
            record,
            titled[0].value.partition(" ")[0] if titled else record.rpartition("/")[2],
            get_first_text(properties, FOAF.primaryTopic),
            plans[0] if plans else "",
            ".".join(filter(None, (get_first_text(properties, plan.section), mark))),
            get_first_text(properties, plan.stage).rpartition("#")[2],
            texts,
            tuple(str(term) for term in properties.get(plan.statedFormat, ())),
            tuple(get_text(term) for term in properties.get(plan.locator, ())),
        )

    def find_changes(self, record: Iri, *, is_newer: bool = False) -> list[EntryChange]:
        """
        Return what a newer plan says of a row, or what its own plan says of the row that it goes on with.

        Args:
            record: The record of the row.

            is_newer: Whether the row is the newer one.
        """
        predicate = self._plan.after if is_newer else self._plan.before
        things = (self._library.find_stated(iri) for iri in self._library.find_subjects(predicate, record))
        return [self._read_change(thing) for thing in things if thing]

    def list_endings(self, plan: Iri) -> list[EntryChange]:
        """
        Return what a plan says of those rows of the plan before that none of its own goes on with.

        Args:
            plan: The IRI of the newer plan.
        """
        things = (self._library.find_stated(iri) for iri in self._library.find_subjects(self._plan.inPlan, plan))
        changes = [self._read_change(thing) for thing in things if thing]
        return [change for change in changes if change.before and not change.after]

    def read_plan(self, plan: Iri) -> PlanAround:
        """
        Return body, month and years of a plan.

        Args:
            plan: The IRI of the plan.
        """
        thing = self._library.find_shared(plan) or Thing(plan, {})
        return PlanAround(
            plan,
            get_first_text(thing.properties, DCT.publisher),
            get_first_text(thing.properties, DCT.issued),
            name_years(plan),
        )

    def _read_change(self, thing: Thing) -> EntryChange:
        """Return a change."""
        properties, plan = thing.properties, self._plan
        months = get_first_text(properties, plan.months)
        return EntryChange(
            get_first_text(properties, plan.fate),
            int(months) if months else None,
            tuple(map(get_text, properties.get(plan.differs, ()))),
            get_first_text(properties, plan.inPlan),
            tuple(map(get_text, properties.get(plan.before, ()))),
            tuple(map(get_text, properties.get(plan.after, ()))),
        )


def sort_as_printed(entries: Sequence[PrintedEntry]) -> list[PrintedEntry]:
    """
    Return rows in the order in which their plan prints them: by place in a file that has them all.

    Where there is no such file, as when each section is a sheet of its own, by section and number.

    Args:
        entries: The rows of one plan.
    """

    def place(entry: PrintedEntry) -> tuple[str, str, tuple[int, ...]]:
        owner = "".join(text.value for text in entry.texts["organisation"][:1])
        return entry.section, owner, read_numbers(entry.name)

    shapes = [{_NUMBER.sub("#", _begin(one)): read_numbers(_begin(one)) for one in each.locators} for each in entries]
    common = set(shapes[0]).intersection(*shapes[1:]) if shapes else set()
    if not common:
        return sorted(entries, key=place)
    # Rows at one place, as on a page that is written in one line, stand by section and number, too.
    shape = min(common)
    order = sorted(range(len(entries)), key=lambda number: (shapes[number][shape], place(entries[number])))
    return [entries[number] for number in order]


def read_numbers(text: str) -> tuple[int, ...]:
    """
    Return the numbers in a text, by which places and names of rows are sorted.

    >>> read_numbers("table 2, row 17"), read_numbers("D.ii.7.1")
    ((2, 17), (7, 1))
    """
    return tuple(int(number) for number in _NUMBER.findall(text))


def _begin(locator: str) -> str:
    """Return the beginning of a range of places."""
    return locator.partition(" to ")[0]


def _list_printed(properties: Properties, predicate: Iri) -> tuple[Literal, ...]:
    """Return the texts of a property that are printed, not converted to the other script."""
    terms = (term for term in properties.get(predicate, ()) if isinstance(term, Literal) and term.value)
    return tuple(term for term in terms if "-t-" not in term.language)
