"""
A plan -> the table that was printed, in its order, with the state of each row.

In: the library and a plan. Out: template values in one of three languages. Words of rows are those of the plan; the
state is what the next plan says, or the stage where no later plan was read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from ...core.namespaces import DCT, PROV
from ...core.terms import Iri, Literal, Thing
from .addresses import make_link
from .corrections import CorrectionLinks
from .dataset_pages import DatasetWords, NamedLink
from .entries import EntryChange, EntryReader, PrintedEntry
from .library import Library
from .wording import choose_literal, choose_text, format_count, format_month, get_label


@dataclass(frozen=True, slots=True)
class RowState:
    """The state of a row: in words, which plan says so, and what the row's own plan says of the one before."""

    text: str
    by: NamedLink
    before: str = ""


@dataclass(frozen=True, slots=True)
class PlanRow:
    """
    A printed row, with the address of its dataset, its state, and where it is corrected.

    `group` is a heading that begins above it.
    """

    anchor: str
    name: str
    title: NamedLink
    remark: NamedLink
    category: NamedLink
    date: NamedLink
    frequency: NamedLink
    group: NamedLink
    state: RowState
    correct: str


@dataclass(frozen=True, slots=True)
class PlanSection:
    """A section of a plan: its letter and mark, what it is for, whose datasets it lists, and its rows."""

    mark: str
    about: str
    owner: NamedLink
    rows: Sequence[PlanRow]


class PlanWords:
    """
    Says in words what plans print, on pages in one language.

    Args:
        library: The library of things.

        page: The path of the page, for links.

        language: Its language.
    """

    def __init__(self, library: Library, page: str, language: str) -> None:
        """Keep the library, the page and the language."""
        self._library, self._page, self._language = library, page, language
        self._reader, self._words = EntryReader(library), DatasetWords(library, page, language)
        self._corrections = CorrectionLinks(library)

    def describe(self, plan: Thing) -> dict[str, Any]:
        """
        Return the template values of the page of a plan.

        Args:
            plan: The plan.
        """
        entries = self._reader.list_entries(plan.iri)
        around, stages = self._reader.read_plan(plan.iri), Counter(entry.stage for entry in entries)
        sources = (
            self._library.find_stated(iri) for iri in self._library.find_subjects(PROV.specializationOf, plan.iri)
        )
        key = "plan-undated" if plan.iri in self._library.undated_plans else "plan-issued"
        issued = get_label(key, self._language).format(
            body=self._words.name(around.body), month=format_month(around.month, self._language), years=around.years
        )
        counts = get_label("plan-counts", self._language).format(
            rows=format_count("rows", len(entries), self._language), **{s: stages[s] for s in ("planned", "released")}
        )
        return {
            "sentences": [issued, counts],
            "body": NamedLink(self._words.name(around.body), self._link(around.body)),
            "sections": list(self._list_sections(entries)),
            "plan_endings": list(self._list_endings(plan.iri)),
            "sources": [
                (choose_text(one.properties.get(DCT.title, ()), self._language), _digest(one)) for one in sources if one
            ],
        }

    def _list_sections(self, entries: Sequence[PrintedEntry]) -> Iterator[PlanSection]:
        """Yield the sections of a plan as they are printed; one that is interrupted comes twice."""

        def place(entry: PrintedEntry) -> tuple[str, str]:
            return entry.section, "".join(text.value for text in entry.texts["organisation"][:1])

        for (mark, _owner), rows in groupby(entries, key=place):
            listed = list(rows)
            letter, _dot, subsection = mark.partition(".")
            about = self._words.name(f"{self._library.base}def/plan#section-{letter}")
            kind = {"i": "plan-spatial", "ii": "plan-other-data"}.get(subsection)
            parts = [about, *([get_label(kind, self._language)] if kind else [])]
            owner = self._choose(listed[0], "organisation")
            yield PlanSection(
                mark, get_label("list-mark", self._language).join(parts), owner, list(self._list_rows(listed))
            )

    def _list_rows(self, entries: Sequence[PrintedEntry]) -> Iterator[PlanRow]:
        """Yield the rows of a section; a heading stands on the first row that it is above."""
        heading = NamedLink("")
        for entry in entries:
            group = self._choose(entry, "group")
            title = self._choose(entry, "title")
            yield PlanRow(
                entry.anchor,
                entry.name,
                NamedLink(title.text or entry.name, self._link(entry.dataset), title.tag),
                self._choose(entry, "remark"),
                self._choose(entry, "category"),
                self._choose(entry, "date"),
                self._choose(entry, "frequency"),
                group if group != heading else NamedLink(""),
                self._find_state(entry),
                self._corrections.make_link(entry.iri, title.text or entry.name, self._page, self._language),
            )
            heading = group

    def _find_state(self, entry: PrintedEntry) -> RowState:
        """Return the state of a row."""
        after = self._reader.find_changes(entry.iri)
        before = [self._words.describe_fate(change) for change in self._reader.find_changes(entry.iri, is_newer=True)]
        old = get_label("plan-before", self._language).format(state=before[0]) if before else ""
        if after:
            return RowState(self._words.describe_fate(after[0]), self._say_who(after[0]), old)
        return RowState(self._words.name(f"{self._library.base}def/plan#{entry.stage}"), NamedLink(""), old)

    def _say_who(self, change: EntryChange) -> NamedLink:
        """Return which plan says something of a row."""
        rows = [row for row in change.after[:1] if row.partition("/record/")[2]]
        fragment = f"#{rows[0].rpartition('/')[2]}" if rows else ""
        years = self._reader.read_plan(change.plan).years
        return NamedLink(
            get_label("plan-by", self._language).format(years=years), self._link(f"{change.plan}{fragment}")
        )

    def _list_endings(self, plan: Iri) -> Iterator[tuple[NamedLink, NamedLink, str]]:
        """Yield the rows of the plan before that this one does not list: row, dataset, fate."""
        for change in self._reader.list_endings(plan):
            entry = self._reader.read_entry(change.before[0])
            if entry is not None:
                title = self._choose(entry, "title")
                row = NamedLink(entry.name, self._link(f"{entry.plan}#{entry.anchor}"))
                yield (
                    row,
                    NamedLink(title.text, self._link(entry.dataset), title.tag),
                    self._words.describe_fate(change),
                )

    def _choose(self, entry: PrintedEntry, column: str) -> NamedLink:
        """Return a printed text that fits the language of the page best."""
        literal: Literal | None = choose_literal(entry.texts[column], self._language)
        return NamedLink(literal.value, "", literal.language) if literal else NamedLink("")

    def _link(self, iri: Iri) -> str:
        """Return the address of the page of a thing; empty if there is none."""
        return make_link(iri, self._library.base, self._page, self._language) if iri else ""


def _digest(source: Thing) -> str:
    """Return the digest of a file that was read."""
    return next((str(getattr(term, "value", term)) for term in source.properties.get(DCT.identifier, ())), "")
