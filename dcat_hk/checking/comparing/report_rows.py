"""
A comparison -> what a page or a terminal shows of it, line by line, in a language.

In: a comparison, a language, how long lists may be. Out: plain rows; `report_text` and `report_html` lay them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ...core.terms import Iri
from .labels import choose_label
from .model import Cause, Comparison, FactChange
from .terms import is_shared_term, split_term
from .wording import property_name, word

#: Parts of IRIs that name what belongs to something else.
_INNER_KINDS = ("/distribution/", "/source/", "#area", "#contact", "#period")


@dataclass(frozen=True, slots=True)
class ShownText:
    """Text with its language, if it is from the catalogue, and the address that it leads to; or that there is none."""

    text: str
    language: str = ""
    address: str = ""
    is_absent: bool = False


@dataclass(frozen=True, slots=True)
class ThingRow:
    """A thing: its name, its IRI as short as `explain` takes it, and a remark."""

    name: ShownText
    iri: ShownText
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ThingList:
    """Things under a heading with notes, and how many more there are."""

    heading: str
    rows: Sequence[ThingRow]
    left_out: int
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact: the property, and its value before and after; and how many more facts the property has."""

    property: str
    before: ShownText
    after: ShownText
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class ChangedThing:
    """A thing with the facts of it that changed."""

    thing: ThingRow
    facts: Sequence[FactRow]


@dataclass(frozen=True, slots=True)
class ChangedThings:
    """Things that changed for one cause, and how many more there are."""

    heading: str
    things: Sequence[ChangedThing]
    left_out: int


class ReportRows:
    """
    What is shown of a comparison.

    Args:
        comparison: The comparison.

        language: The language of the report.

        most: How long a list may be; None for any length.

        most_facts: How many facts of one property of a thing are shown; None for all.
    """

    def __init__(self, comparison: Comparison, language: str, most: int | None, most_facts: int | None) -> None:
        """Keep what is asked for."""
        self._comparison, self.language = comparison, language
        self._most, self._most_facts = most, most_facts

    def introduction(self) -> list[str]:
        """Return which builds were compared, and in what program, settings and links they differ."""
        old, new = self._comparison.old, self._comparison.new
        lines = [word("builds", self.language, old=old.name, new=new.name)]
        if old.program and new.program and old.program != new.program:
            lines.append(word("program", self.language, old=old.program, new=new.program))
        # A file alone has no manifest, and says nothing of settings.
        if old.settings and new.settings:
            for name, before, after in (("settings", old.settings, new.settings), ("links", old.links, new.links)):
                names = sorted(one for one in before.keys() | after.keys() if before.get(one) != after.get(one))
                lines += [word(name, self.language, names=", ".join(names))] if names else []
        return lines

    def lists(self) -> list[ThingList]:
        """Return what is gone, what is new, and the plans behind it; only lists that are not empty."""
        comparison = self._comparison
        gone = self._list("gone", comparison.gone, [word("gone-note", self.language)])
        plans = [self._thing(iri, word(f"fate.{fate}", self.language)) for iri, fate in comparison.plans.items()]
        heading = word("plans", self.language, count=len(plans))
        lists = [gone, self._list("added", comparison.added), self._cut_list(heading, plans)]
        return [one for one in lists if one.rows]

    def changes(self) -> list[ChangedThings]:
        """Return the facts that changed, by cause and by thing; only causes that there are."""
        causes: Sequence[Cause] = ("plan", "program")
        return [self._changes(cause) for cause in causes if any(one.cause == cause for one in self._comparison.changed)]

    # ---- parts

    def _list(self, name: str, iris: Sequence[Iri], notes: Sequence[str] = ()) -> ThingList:
        """Return things that are gone or new, with a note of how many of each kind there are."""
        heading = word(name, self.language, count=len(iris))
        shown = [self._thing(iri, self._state(iri)) for iri in iris[: self._most]]
        kinds = Counter(map(self._kind, iris))
        counts = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        return ThingList(heading, shown, len(iris) - len(shown), [counts, *notes])

    def _kind(self, iri: Iri) -> str:
        """Return the part of an IRI that tells what it names."""
        for side in (self._comparison.old, self._comparison.new):
            if iri.startswith(side.base):
                path = iri.removeprefix(side.base)
                inner = next((kind for kind in _INNER_KINDS if kind in path), "")
                return inner.strip("/#") or path.partition("/")[0]
        return iri

    def _cut_list(self, heading: str, rows: Sequence[ThingRow]) -> ThingList:
        """Return rows as a list that is not too long."""
        shown = rows[: self._most]
        return ThingList(heading, shown, len(rows) - len(shown))

    def _state(self, iri: Iri) -> str:
        """Return what became of the plans of a thing, in words."""
        state = self._comparison.states.get(iri, "")
        return word(f"state.{state}", self.language) if state else ""

    def _changes(self, cause: Cause) -> ChangedThings:
        """Return what changed for one cause."""
        changes = [one for one in self._comparison.changed if one.cause == cause]
        groups = [(iri, list(some)) for iri, some in groupby(changes, key=lambda one: one.iri)]
        things = [self._changed_thing(iri, some) for iri, some in groups[: self._most]]
        heading = word(f"by-{cause}", self.language, things=len(groups), count=len(changes))
        return ChangedThings(heading, things, len(groups) - len(things))

    def _changed_thing(self, iri: Iri, changes: Sequence[FactChange]) -> ChangedThing:
        """Return a thing with what changed of it; of a shared term that only comes or goes, just that."""
        if is_shared_term(iri, self._comparison.new.base):
            for name, sides in (
                ("forgotten", [one.after for one in changes]),
                ("described", [one.before for one in changes]),
            ):
                if not any(sides):
                    return ChangedThing(self._thing(iri, word(name, self.language)), [])
        groups = groupby(changes, key=lambda one: one.property)
        return ChangedThing(self._thing(iri), [row for name, some in groups for row in self._facts(name, list(some))])

    def _facts(self, name: Iri, changes: Sequence[FactChange]) -> Iterator[FactRow]:
        """Yield the facts of one property in words."""
        label = property_name(name, self._comparison.new.base, self.language)
        shown = changes[: self._most_facts]
        for number, change in enumerate(shown, 1):
            left_out = len(changes) - len(shown) if number == len(shown) else 0
            yield FactRow(label, self._value(change.before), self._value(change.after), left_out)

    def _thing(self, iri: Iri, remark: str = "") -> ThingRow:
        """Return a thing by its name and its IRI."""
        label, language = choose_label(self._comparison.labels.get(iri, {}), self.language)
        # An IRI such as javascript: must not become a link.
        address = iri if iri.startswith(("http://", "https://")) else ""
        return ThingRow(ShownText(label, language), ShownText(self._shorten(iri), address=address), remark)

    def _shorten(self, iri: Iri) -> str:
        """Return an IRI without the base IRI, if both builds have the same."""
        old, new = self._comparison.old.base, self._comparison.new.base
        return iri.removeprefix(new) if old == new else iri

    def _value(self, term: str) -> ShownText:
        """Return a value as text: of an IRI its name too, of a text its language, of none a word for that."""
        if not term:
            return ShownText(word("none", self.language), is_absent=True)
        parts = split_term(term)
        if not parts.is_iri:
            tail = f" [{parts.language}]" if parts.language else ""
            return ShownText(f"{parts.text}{tail}", parts.language or "zxx")
        thing = self._thing(parts.text)
        if not thing.name.text:
            name = property_name(parts.text, self._comparison.new.base, self.language)
            return ShownText(name if name != parts.text else thing.iri.text, address=thing.iri.address)
        return ShownText(f"{thing.name.text} ({thing.iri.text})", thing.name.language, thing.iri.address)
