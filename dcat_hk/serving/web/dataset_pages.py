"""
A dataset -> what its page says in words: its state in a sentence, what each plan prints of it, where to find it.

In: the library and a dataset. Out: template values in one of three languages. A sentence says what plans say and when
they were issued; it does not depend on the day, so that no page accuses anybody of what its plans cannot know.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...core.namespaces import ADMS, DCAT, DCT, FOAF, RDF, SKOS, PlanTerms
from ...core.terms import Iri, Literal, Properties, Thing, get_first_text
from .addresses import get_page_suffix, get_root_address, make_link
from .corrections import CorrectionLinks
from .entries import EntryChange, EntryReader, PrintedEntry
from .library import Library
from .wording import choose_literal, choose_name, format_count, format_month, format_span, get_label

#: Pages of the portal that exist in three languages: the part of the address that names the language.
_PORTAL_PAGE = re.compile(r"(https?://(?:www\.)?data\.gov\.hk/)(?:en|tc|sc)((?:-data|-datasets)?(?:/.*)?)")
_PORTAL_LANGUAGES = {"zh-Hant": "tc", "zh-Hans": "sc", "en": "en"}


@dataclass(frozen=True, slots=True)
class NamedLink:
    """A text, its language, and the address that it leads to; no link where the address is empty."""

    text: str
    address: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class HistoryRow:
    """
    What one plan prints of a dataset, and what became of it: plan, row, month of issue, stage, printed date, fates.

    `title` is the printed title where it is not that of the dataset; `correct` is where the row is corrected.
    """

    plan: NamedLink
    row: NamedLink
    issued: str
    stage: str
    date: NamedLink
    fates: Sequence[str]
    title: NamedLink
    correct: str = ""


class DatasetWords:
    """
    Says in words what is known of datasets, on pages in one language.

    Args:
        library: The library of things.

        page: The path of the page, for links.

        language: Its language.
    """

    def __init__(self, library: Library, page: str, language: str) -> None:
        """Keep the library, the page and the language."""
        self._library, self._page, self._language = library, page, language
        self._plan, self._reader = PlanTerms(library.base), EntryReader(library)
        self._corrections = CorrectionLinks(library)

    def describe(self, dataset: Thing) -> dict[str, Any]:
        """
        Return the template values of the page of a dataset.

        Args:
            dataset: The dataset.
        """
        history = self._reader.list_history(dataset.iri)
        properties = dataset.properties
        titles = {term.value for term in properties.get(DCT.title, ()) if isinstance(term, Literal)}
        return {
            "sentences": self.list_sentences(dataset, history),
            "history": [self._describe_row(entry, titles) for entry in history],
            "endings": [self._describe_ending(change) for change in self._list_endings(history)],
            "body": self._name_first(properties, DCT.publisher),
            "category": self._name_first(properties, DCT.subject),
            "frequency": self._name_first(properties, DCT.accrualPeriodicity),
            "formats": self._list_formats(properties, history),
            "portal": list(
                dict.fromkeys(self._make_portal_link(str(one)) for one in properties.get(DCAT.landingPage, ()))
            ),
            "cite": f"{get_root_address(self._page)}cite{get_page_suffix(self._language)}"
            f"?dataset={dataset.iri.rpartition('/')[2]}",
        }

    def list_sentences(self, dataset: Thing, history: Sequence[PrintedEntry]) -> list[str]:
        """
        Return what is known of a dataset in one or a few sentences, the most important one first.

        Args:
            dataset: The dataset.

            history: The rows about it in all plans.
        """
        promise = self._find_promise(dataset.iri)
        told = self._month(max((self._reader.read_plan(entry.plan).month for entry in history), default=""))
        if promise is None:
            issued = get_first_text(dataset.properties, DCT.issued)
            planned = any(str(term).endswith("#planned") for term in dataset.properties.get(ADMS.status, ()))
            if planned:
                return [
                    self._say_promise(get_first_text(dataset.properties, DCT.available)),
                    self._say("said-planned", told=told),
                ]
            # Where no row prints the month, it is the one that the portal tells.
            by_portal = bool(issued) and SKOS.exactMatch in dataset.properties and issued not in self._printed(history)
            return [self._say_portal(issued, "") if by_portal else self._say_release(issued, told)]
        properties, plan = promise.properties, self._plan
        standing = get_first_text(properties, plan.standing).rpartition("#")[2]
        first, last = get_first_text(properties, plan.firstTarget), get_first_text(properties, plan.lastTarget)
        if standing == "released":
            month = get_first_text(properties, plan.delivered)
            if get_first_text(properties, plan.basis).endswith("#portal"):
                return [self._say_portal(month, self._find_bound(promise)), *self._say_delay(promise)]
            return [self._say_release(month, told), *self._say_delay(promise)]
        sentences = [self._say_promise(last, self._find_start(promise, plan.lastPromise, last))]
        if first and first != last:
            start = self._find_start(promise, plan.firstPromise, first)
            sentences.append(self._say("said-first", month=self._span(start, first)))
        if standing in {"planned", "undated"}:
            return [*sentences, self._say("said-planned", told=told)]
        return [*sentences, self._say(f"said-{standing}", told=told)]

    def _say_promise(self, month: str, start: str = "") -> str:
        """Return the sentence about a promise, for a month or for the months since a start."""
        return (
            self._say("said-promised", month=self._span(start, month)) if month else self._say("said-promised-undated")
        )

    def _span(self, start: str, end: str) -> str:
        """Return in words a month, or the months of a quarter, a half or a year."""
        return format_span(start, end, self._language)

    def _find_start(self, promise: Thing, predicate: Iri, end: str) -> str:
        """Return the first month of what a record promised that ends in a month; empty if the record is not known."""
        record = self._library.find_stated(get_first_text(promise.properties, predicate))
        if record is None or get_first_text(record.properties, self._plan.targetEnd) != end:
            return ""
        return get_first_text(record.properties, self._plan.targetStart)

    def _say_release(self, month: str, told: str) -> str:
        """Return the sentence about a release that a plan states."""
        if month:
            return self._say("said-released", month=self._month(month), told=told)
        return self._say("said-released-undated", told=told)

    def _say_portal(self, month: str, bound: str) -> str:
        """Return the sentence about what the portal has: since when, or by when it was there."""
        if month:
            return self._say("said-portal", month=self._month(month))
        return self._say("said-portal-undated", month=self._month(bound))

    def _find_bound(self, promise: Thing) -> str:
        """Return the month by which the record of a promised dataset was there, as all snapshots together tell it."""
        seen = (self._library.find_stated(str(iri)) for iri in promise.properties.get(self._plan.sighting, ()))
        return min((get_first_text(one.properties, self._plan.notAfter) for one in seen if one), default="")

    def _printed(self, history: Sequence[PrintedEntry]) -> set[str]:
        """Return the months of release that rows print."""
        records = (self._library.find_stated(entry.iri) for entry in history)
        return {get_first_text(one.properties, self._plan.releaseDate) for one in records if one}

    def _say_delay(self, promise: Thing) -> list[str]:
        """Return a sentence on how a release fits the first promise; none if one of both months is not known."""
        first, delay = (get_first_text(promise.properties, name) for name in (self._plan.firstTarget, self._plan.delay))
        if not first:
            return []
        start = self._find_start(promise, self._plan.firstPromise, first)
        month = self._span(start, first)
        if not delay:
            return [self._say("said-first", month=month)]
        months = int(delay)
        if start and start < first and start <= get_first_text(promise.properties, self._plan.delivered) <= first:
            return [self._say("said-within", month=month)]
        key = "said-late" if months > 0 else "said-early" if months else "said-on-time"
        return [self._say(key, month=month, count=format_count("months", abs(months), self._language))]

    def _find_promise(self, dataset: Iri) -> Thing | None:
        """Return the promise of a dataset, if it was ever promised."""
        for iri in self._library.find_subjects(FOAF.primaryTopic, dataset):
            thing = self._library.find_stated(iri)
            if thing is not None and self._plan.Promise in thing.properties.get(RDF.type, ()):
                return thing
        return None

    def _describe_row(self, entry: PrintedEntry, titles: set[str]) -> HistoryRow:
        """Return the row of a plan in the history of a dataset."""
        around = self._reader.read_plan(entry.plan)
        title = choose_literal(entry.texts["title"], self._language)
        date = choose_literal(entry.texts["date"], self._language)
        address = make_link(f"{entry.plan}#{entry.anchor}", self._library.base, self._page, self._language)
        return HistoryRow(
            NamedLink(around.years, make_link(entry.plan, self._library.base, self._page, self._language)),
            NamedLink(entry.name, address),
            self._month(around.month),
            self.name(f"{self._library.base}def/plan#{entry.stage}") if entry.stage else "",
            NamedLink(date.value, "", date.language) if date else NamedLink(""),
            [self.describe_fate(change) for change in self._reader.find_changes(entry.iri, is_newer=True)],
            NamedLink(title.value, "", title.language) if title and title.value not in titles else NamedLink(""),
            self._corrections.make_link(entry.iri, title.value if title else entry.name, self._page, self._language),
        )

    def _list_endings(self, history: Sequence[PrintedEntry]) -> list[EntryChange]:
        """Return what newer plans say of rows that none of theirs goes on with."""
        changes = [change for entry in history for change in self._reader.find_changes(entry.iri)]
        return [change for change in changes if not change.after]

    def _describe_ending(self, change: EntryChange) -> HistoryRow:
        """Return the line about a plan that does not list a dataset any more."""
        around = self._reader.read_plan(change.plan)
        link = make_link(change.plan, self._library.base, self._page, self._language)
        nothing = NamedLink("")
        fates = [self.describe_fate(change)]
        return HistoryRow(
            NamedLink(around.years, link), nothing, self._month(around.month), "", nothing, fates, nothing
        )

    def describe_fate(self, change: EntryChange) -> str:
        """
        Return what a plan says of a row of the plan before: fate, months, differences.

        Args:
            change: What it says.
        """
        fate = self.name_fate(change.fate, change.months)
        return self._say("list-mark").join([fate, *map(self.name, change.differs)])

    def name_fate(self, fate: Iri, months: int | None) -> str:
        """
        Return what became of a row, and by how many months.

        Args:
            fate: The fate.

            months: How many months go with it; None for none.
        """
        if not months:
            return self.name(fate)
        count = format_count("months", abs(months), self._language)
        return self._say("fate-months", fate=self.name(fate), count=count)

    def _list_formats(self, properties: Properties, history: Sequence[PrintedEntry]) -> list[str]:
        """Return the names of the formats of a dataset: of its files, else those that the newest plan names."""
        things = (self._library.find_stated(str(iri)) for iri in properties.get(DCAT.distribution, ()))
        formats = [str(term) for one in things if one for term in one.properties.get(DCT.format, ())]
        return list(dict.fromkeys(map(self.name, formats or (history[-1].formats if history else ()))))

    def _make_portal_link(self, address: Iri) -> NamedLink:
        """Return the link to a page of the portal in the language of the reader."""
        own = make_portal_address(address, self._language)
        # That of the reader's page: pages of a record in several languages are one link.
        label = choose_literal(self._library.find_labels(own), self._language)
        text = label.value if label else get_label("portal-page", self._language)
        return NamedLink(text, make_link(own, self._library.base, self._page, self._language))

    def _name_first(self, properties: Properties, predicate: Iri) -> NamedLink:
        """Return the first value of a property as a link."""
        for term in properties.get(predicate, ()):
            iri = str(term)
            return NamedLink(self.name(iri), make_link(iri, self._library.base, self._page, self._language))
        return NamedLink("")

    def name(self, iri: Iri) -> str:
        """
        Return the label of a thing; the last part of its IRI if it has none.

        Args:
            iri: The thing.
        """
        return choose_name(self._library.find_labels(iri), iri, self._language)

    def _month(self, month: str) -> str:
        """Return a month in words."""
        return format_month(month, self._language)

    def _say(self, key: str, **values: str) -> str:
        """Return a label with values."""
        return get_label(key, self._language).format(**values)


def make_portal_address(address: Iri, language: str) -> Iri:
    """
    Return the address of a page of DATA.GOV.HK in a language; any other address as it is.

    Args:
        address: The address of a page.

        language: The language of the reader.

    >>> make_portal_address("https://data.gov.hk/tc-datasets/provider/hk-hkpf", "en")
    'https://data.gov.hk/en-datasets/provider/hk-hkpf'
    >>> make_portal_address("https://example.org/tc-data/", "en")
    'https://example.org/tc-data/'
    """
    match = _PORTAL_PAGE.fullmatch(address)
    return f"{match[1]}{_PORTAL_LANGUAGES[language]}{match[2]}" if match else address
