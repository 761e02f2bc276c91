"""
What plans list, and a month -> a file of SQLite with the state of every promise as of the month.

In: the file of `keeping`, the index of the search, and a month. Out: a file with promises, figures, plans, changes
between plans, and what plans list for the first time. States and figures are those of `reconciliation`.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ...catalogue.publishing.histories import PublishedHistory
from ...core.languages import LANGUAGES
from ...core.terms import Iri
from ...core.wording.records import read_toml
from ...reconciliation.listings import ListedPlan, Listing
from ...reconciliation.promise_rows import name_row
from ...reconciliation.promises import sort_plans
from ...reconciliation.states import PromiseState, state_of
from ...reconciliation.summaries import Dimension, PromiseSummary, summarise

#: The columns of each list, beside its titles. The first table has what was promised, the second what the plans list
#: for the first time, the third what became of entries from one plan to the next.
LISTS: Mapping[str, tuple[str, ...]] = {
    "promise": (
        *("dataset", "body", "plan", "record", "row", "title", "category", "first_target", "last_target", "target"),
        *("first_start", "start"),
        *("state", "months", "delivered", "delay", "basis", "told", "told_plan", "told_record", "confirmed"),
        *("delivered_row", "delivered_plan"),
    ),
    "arrival": ("dataset", "body", "plan", "record", "row", "title", "category", "stage", "month", "stated"),
    "change": (
        *("dataset", "body", "plan", "record", "row", "title", "category", "month", "fate", "months", "differs"),
        *("before", "after"),
    ),
}
#: The groups that figures are given by; the first is all.
GROUPINGS: Mapping[str, tuple[Dimension, ...]] = {
    "all": (),
    "body": ("body",),
    "year": ("year",),
    "body-year": ("body", "year"),
}
#: States of promises whose month is not over.
_PENDING = frozenset({"not-due", "due", "moved"})
#: Facets that the index of the search knows of datasets.
_INDEXED = ("category", "format", "frequency")
_TITLES = tuple(f'"title-{tag}"' for tag in LANGUAGES)
_SCHEMA = "".join(
    f"CREATE TABLE {name} (id INTEGER PRIMARY KEY, {', '.join((*columns, *_TITLES))});\n"
    for name, columns in LISTS.items()
) + (
    "CREATE TABLE facet (list TEXT, kind TEXT, value TEXT, id INTEGER, PRIMARY KEY (list, kind, value, id)) "
    "WITHOUT ROWID;\n"
    "CREATE TABLE figure (grouping, body, year, promises, due, kept, late, overdue, unknown, median_delay, "
    "largest_delay, moved, share, confirmed, pending);\n"
    "CREATE TABLE plan (iri, body, name, month, first_year, last_year, planned, released);\n"
    "CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT);\n"
)


def write_month(history: PublishedHistory, index: Path, goal: Path, month: str) -> None:
    """
    Write the states of all promises as of a month.

    Args:
        history: What the plans of the catalogue list.

        index: The index of the search, for titles and facets of datasets.

        goal: The file to write; it must not exist.

        month: The month, as in 2024-03.

    Raises:
        sqlite3.Error: The file cannot be written.
    """
    about = _read_index(index)
    states = [state_of(promise, month) for promise in history.find_promises(month)]
    plans = [plan for plan in sort_plans(history.plans) if plan.month <= month]
    with closing(sqlite3.connect(goal, isolation_level=None)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;" + _SCHEMA)
        database.execute("BEGIN")
        _write_list(database, "promise", _list_promises(states, history.base), about)
        _write_list(database, "arrival", _list_arrivals(plans, history.base), about)
        _write_list(database, "change", _list_changes(history, plans), about)
        database.executemany(f"INSERT INTO figure VALUES ({_marks(15)})", _list_figures(states, month))  # noqa: S608
        database.executemany(f"INSERT INTO plan VALUES ({_marks(8)})", map(_describe_plan, plans))  # noqa: S608
        facts = {
            "month": month,
            "first": min((plan.month for plan in history.plans), default=""),
            "newest": max((plan.month for plan in plans), default=""),
            "last": max((plan.end for plan in history.plans), default=""),
        }
        database.executemany("INSERT INTO fact VALUES (?, ?)", facts.items())
        database.execute("COMMIT")
        database.executescript("CREATE INDEX of_dataset ON promise (dataset); ANALYZE;")


@dataclass
class _IndexedDatasets:
    """What the index of the search knows of datasets, by IRI."""

    titles: dict[Iri, tuple[str, ...]] = field(default_factory=dict)
    facets: dict[Iri, list[tuple[str, str]]] = field(default_factory=dict)
    released: set[Iri] = field(default_factory=set)

    def find_openness(self, iri: Iri) -> str:
        """Return “none” for a released dataset whose stated formats are all known to be closed; else nothing."""
        formats = {value for kind, value in self.facets.get(iri, ()) if kind == "format"}
        return "none" if iri in self.released and formats and formats <= load_closed_formats() else ""


@cache
def load_closed_formats() -> frozenset[str]:
    """
    Return the codes of formats that somebody owns, or that are not made for reading data.

    >>> sorted(load_closed_formats() & {"CSV", "PDF", "XLS"})
    ['PDF', 'XLS']
    """
    return frozenset(read_toml(__package__, "formats.toml")["closed"].split())


def _read_index(path: Path) -> _IndexedDatasets:
    """Return what an index of the search knows of datasets."""
    about = _IndexedDatasets()
    with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as database:
        for iri, *titles in database.execute(f"SELECT iri, {', '.join(_TITLES)} FROM dataset"):  # noqa: S608 - ours
            about.titles[iri] = tuple(titles)
        rows = database.execute(
            "SELECT iri, kind, value FROM facet JOIN dataset ON dataset.id = facet.dataset "  # noqa: S608 - only marks
            f"WHERE kind IN ({_marks(len(_INDEXED))})",
            _INDEXED,
        )
        for iri, kind, value in rows:
            about.facets.setdefault(iri, []).append((kind, value))
        released = (
            "SELECT iri FROM facet JOIN dataset ON dataset.id = facet.dataset "
            "WHERE kind = 'stage' AND value = 'released'"
        )
        about.released.update(row[0] for row in database.execute(released))
    return about


def _write_list(
    database: sqlite3.Connection,
    name: str,
    rows: Iterable[tuple[dict[str, Any], Mapping[str, str]]],
    about: _IndexedDatasets,
) -> None:
    """Write the rows of a list, with the facets that each row brings along and those of its dataset."""
    columns = LISTS[name]
    into = f"INSERT INTO {name} VALUES ({_marks(1 + len(columns) + len(_TITLES))})"  # noqa: S608 - our own names
    for number, (row, facets) in enumerate(rows, 1):
        titles = about.titles.get(row["dataset"]) or (row["title"],) * len(_TITLES)
        database.execute(into, (number, *(row[column] for column in columns), *titles))
        pairs = [
            *facets.items(),
            *about.facets.get(row["dataset"], ()),
            ("openness", about.find_openness(row["dataset"])),
        ]
        database.executemany(
            "INSERT OR IGNORE INTO facet VALUES (?, ?, ?, ?)",
            ((name, kind, value, number) for kind, values in pairs for value in values.split() if value),
        )


def _list_promises(states: Iterable[PromiseState], base: Iri) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield the row of each promise with its facets."""
    for one in states:
        first, promise = one.promise.first, one.promise
        delivery = promise.delivery if one.basis == "stated-release" else None
        says = delivery or promise.current or promise.appearances[-1]
        portal = promise.by_portal if one.basis == "portal" else None
        newest = promise.newest[-1].iri if promise.newest else says.plan.iri
        confirmed = one.state != "overdue" or _is_confirmed(one)
        row = _describe_listing(first.plan, first.listing, base) | {
            "first_target": promise.first_target,
            "last_target": promise.last_target,
            "target": one.target,
            "first_start": promise.first_start,
            "start": promise.last_start,
            "state": one.state,
            "months": one.months,
            "delivered": one.delivered,
            "delay": one.delay,
            "basis": one.basis,
            "told": one.told,
            "told_plan": portal.record if portal else delivery.plan.iri if delivery else newest,
            "told_record": portal.record if portal else says.listing.record,
            "confirmed": int(confirmed),
            "delivered_row": name_row(delivery.listing) if delivery else None,
            "delivered_plan": delivery.plan.iri if delivery else None,
        }
        facets = {"body": first.plan.body, "state": one.state, "year": (one.target or "")[:4]}
        facets |= {"month": one.target or "", "confirmed": str(int(confirmed)) if one.state == "overdue" else ""}
        yield row, facets


def _is_confirmed(one: PromiseState) -> bool:
    """Return whether a plan dated after the promised month still lists an overdue promise: an older one cannot know."""
    return one.state == "overdue" and one.target is not None and one.told > one.target


def _list_arrivals(plans: Sequence[ListedPlan], base: Iri) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield what each plan lists that no plan before it has listed."""
    known: set[str] = set()
    for plan in plans:
        for listing in plan.listings:
            if listing.identifier not in known:
                known.add(listing.identifier)
                told = {"stage": listing.stage, "month": plan.month, "stated": listing.month}
                row = _describe_listing(plan, listing, base) | told
                yield row, {"body": plan.body, "stage": listing.stage, "month": plan.month, "year": plan.month[:4]}


def _describe_listing(plan: ListedPlan, listing: Listing, base: Iri) -> dict[str, Any]:
    """Return what every list has of a row of a plan."""
    return {
        "dataset": f"{base}dataset/{listing.identifier}",
        "body": plan.body,
        "plan": plan.iri,
        "record": listing.record,
        "row": name_row(listing),
        "title": listing.title,
        "category": listing.category,
    }


def _list_changes(
    history: PublishedHistory, plans: Sequence[ListedPlan]
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield what became of the entries of a plan in the next one, the newest plans first."""
    places = {listing.record: (plan, listing) for plan in plans for listing in plan.listings}
    by_plan: dict[Iri, list[Any]] = {}
    for change in history.changes:
        by_plan.setdefault(change.plan, []).append(change)
    for plan in reversed(plans):
        for change in by_plan.get(plan.iri, ()):
            place = places.get(change.after or change.before)
            if place is None or not change.before:
                continue
            facets = {"body": plan.body, "fate": change.fate, "differs": " ".join(change.differs)}
            row = _describe_listing(plan, place[1], history.base)
            yield (
                row
                | {"month": plan.month, "fate": change.fate, "months": change.months}
                | {"differs": facets["differs"], "before": change.before, "after": change.after or None},
                facets | {"year": plan.month[:4]},
            )


def _list_figures(states: Sequence[PromiseState], month: str) -> Iterator[tuple[Any, ...]]:
    """Yield the figures of each group, those of all promises first."""
    confirmed, pending = Counter[tuple[Any, ...]](), Counter[tuple[Any, ...]]()
    for one in states:
        body, year = one.promise.first.plan.body, int(one.target[:4]) if one.target else None
        keys = [("all", None, None), ("body", body, None), ("year", None, year), ("body-year", body, year)]
        if _is_confirmed(one):
            confirmed.update(keys)
        elif one.state in _PENDING:
            pending.update(keys)
    for grouping, dimensions in GROUPINGS.items():
        summaries = summarise(states, month, dimensions)
        for summary in summaries[-1:] if grouping == "all" else summaries[:-1]:
            named = dict(zip(dimensions, summary.group, strict=True))
            key = (grouping, named.get("body"), named.get("year"))
            yield (*key, *_list_counts(summary), confirmed[key], pending[key])


def _list_counts(summary: PromiseSummary) -> tuple[Any, ...]:
    """Return the figures of a group in the order of their columns."""
    counts = (summary.promises, summary.due, summary.kept, summary.late, summary.overdue, summary.unknown)
    return (*counts, summary.median_delay, summary.largest_delay, summary.moved, summary.rate)


def _describe_plan(plan: ListedPlan) -> tuple[Any, ...]:
    """Return a plan in the order of its columns."""
    planned = sum(listing.stage == "planned" for listing in plan.listings)
    return plan.iri, plan.body, plan.name, plan.month, *plan.years, planned, len(plan.listings) - planned


def _marks(count: int) -> str:
    """Return marks for so many values."""
    return ", ".join("?" * count)
