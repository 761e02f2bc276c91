"""
Builds -> a feed of what changed from one to the next, as pages that never change again.

In: the library, and a folder that remembers what the last build said. Out: pages in that folder, and the page that
leads to them. Datasets with their distributions, catalogues without their lists, and bodies are told of.

Spec: DCAT-AP Feeds; Linked Data Event Streams 1.0; TREE: each change is an activity, and what it changed to stands in
the graph that is named for the activity.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from ..publication.folder import write_file
from ..rdf.mapping import TITLE, TYPE
from ..rdf.nquads import write_quads
from ..terms import Iri, Literal, Properties, Thing, expand
from .library import LISTS, Library
from .media import GRAPH_FORMS
from .writing import FEED_PREFIXES, write_graphs

#: How many changes are on a page.
SIZE = 250
#: Where the feed begins, and what its pages are called, without the ending of their form.
START, PAGES = "changes", "changes/"
LOCK = ".lock"
_STATE = "state.jsonl"
_CLASSES = ("dcat:Catalog", "org:Organization")
_AS, _LDES, _TREE = FEED_PREFIXES["as"], FEED_PREFIXES["ldes"], FEED_PREFIXES["tree"]
_PUBLISHED, _DATE = f"{_AS}published", expand("xsd:dateTime")


@dataclass(slots=True)
class History:
    """What is remembered: the last build, the times of the pages, and of each thing its digest and title."""

    build: str = ""
    times: list[str] = field(default_factory=list)
    known: dict[Iri, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Change:
    """One change: Create, Update or Delete, the thing, and its title as far as it is gone."""

    kind: str
    iri: Iri
    title: str = ""


def read_history(folder: Path) -> History:
    """Return what a folder remembers, nothing if it is new."""
    try:
        with (folder / _STATE).open(encoding="utf-8") as file:
            head = json.loads(file.readline())
            return History(head["build"], head["times"], {iri: (d, t) for iri, d, t in map(json.loads, file)})
    except FileNotFoundError:
        return History()


def update(library: Library, folder: Path) -> int:
    """
    Write pages for what changed since the last build that the folder knows, and return how many changes there are.

    What was written before stays as it is. If this is stopped halfway, the next time writes the same pages again.

    Args:
        library: The new build.

        folder: Where pages and memory are; it is made if it is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder):
        history = read_history(folder)
        if history.build == library.snapshot.digest:
            return 0
        now = {iri: _known(library, iri) for iri in _told_of(library)}
        changes = list(_compare(history.known, now))
        time = _time(library.snapshot.published, history)
        for first in range(0, len(changes), SIZE):
            group = changes[first : first + SIZE]
            number = len(history.times) + 1
            for form in GRAPH_FORMS:
                body = write_graphs(_page(library, number, group, form, time), form, library.base)
                write_file(folder / f"{number}.{form}", [body.decode()])
            history.times.append(time)
        head = json.dumps({"build": library.snapshot.digest, "times": history.times})
        lines = (json.dumps([iri, *now[iri]], ensure_ascii=False) for iri in sorted(now))
        write_file(folder / _STATE, (f"{line}\n" for line in [head, *lines]))
    return len(changes)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the folder, so that two servers do not write the same page."""
    with (folder / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _told_of(library: Library) -> Iterator[Iri]:
    """Yield the things whose changes are told."""
    top = f"{library.base}catalogue"
    for name in _CLASSES:
        yield from (iri for iri in library.of_type(name) if iri != top)
    yield from library.datasets


def _payload(library: Library, iri: Iri) -> list[Thing]:
    """Return what is said of a thing."""
    return [
        Thing(thing.iri, {p: terms for p, terms in thing.properties.items() if p not in LISTS})
        for thing in library.document(iri)
    ]


def _known(library: Library, iri: Iri) -> tuple[str, str]:
    """Return the digest of what is said of a thing, and its title."""
    text = "".join(write_quads(thing) for thing in _payload(library, iri))
    titles = library.label(iri)
    return hashlib.sha256(text.encode()).hexdigest()[:32], titles[0].value if titles else ""


def _compare(before: dict[Iri, tuple[str, str]], now: dict[Iri, tuple[str, str]]) -> Iterator[_Change]:
    """Yield what changed: what is gone first, then what is new or different."""
    for iri in sorted(before.keys() - now.keys()):
        yield _Change("Delete", iri, before[iri][1])
    for iri, (digest, _title) in now.items():
        if iri not in before:
            yield _Change("Create", iri)
        elif before[iri][0] != digest:
            yield _Change("Update", iri)


def _time(published: int, history: History) -> str:
    """Return when a build was published; never before or at the time of what the feed has."""
    last = datetime.fromisoformat(history.times[-1]).timestamp() if history.times else -1
    moment = datetime.fromtimestamp(max(published, int(last) + 1), UTC)
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def _page(
    library: Library, number: int, changes: Sequence[_Change], form: str, time: str
) -> Iterator[tuple[Iri, list[Thing]]]:
    """Yield the graphs of a page: the activities, and for each what it says."""
    name = f"{library.base}{PAGES}{number}"
    activities: list[Thing] = []
    for place, change in enumerate(changes, 1):
        properties: Properties = {
            TYPE: [f"{_AS}{change.kind}"],
            f"{_AS}object": [change.iri],
            _PUBLISHED: [Literal(time, "", _DATE)],
        }
        if change.title:
            properties[TITLE] = [Literal(change.title)]
        activities.append(Thing(f"{name}#{place}", properties))
    yield "", [_stream(library, [one.iri for one in activities], form), _node(f"{name}.{form}"), *activities]
    for activity, change in zip(activities, changes, strict=True):
        if change.kind != "Delete":
            yield activity.iri, _payload(library, change.iri)


def _stream(library: Library, members: Sequence[Iri], form: str) -> Thing:
    """Return the stream as every page describes it."""
    properties: Properties = {
        TYPE: [f"{_LDES}EventStream"],
        f"{_LDES}timestampPath": [_PUBLISHED],
        f"{_LDES}versionOfPath": [f"{_AS}object"],
        f"{_TREE}view": [f"{library.base}{START}.{form}"],
    }
    if members:
        properties[f"{_TREE}member"] = list(members)
    return Thing(f"{library.base}{START}#stream", properties)


def _node(iri: Iri) -> Thing:
    """Return a page as a node of the tree."""
    return Thing(iri, {TYPE: [f"{_TREE}Node"]})


def start(library: Library, folder: Path, form: str) -> bytes:
    """
    Return the page that leads to all others: this one changes with every build.

    Args:
        library: The build.

        folder: Where pages are.

        form: trig or nq.
    """
    base, times = library.base, read_head(folder)
    relations = []
    for number, time in enumerate(times, 1):
        for kind in ("GreaterThanOrEqualToRelation", "LessThanOrEqualToRelation"):
            properties: Properties = {
                TYPE: [f"{_TREE}{kind}"],
                f"{_TREE}node": [f"{base}{PAGES}{number}.{form}"],
                f"{_TREE}path": [_PUBLISHED],
                f"{_TREE}value": [Literal(time, "", _DATE)],
            }
            relations.append(Thing(f"{base}{START}#{kind[0].lower()}{number}", properties))
    root = _node(f"{base}{START}.{form}")
    if relations:
        root.properties[f"{_TREE}relation"] = [relation.iri for relation in relations]
    return write_graphs([("", [_stream(library, (), form), root, *relations])], form, base)


def read_head(folder: Path) -> list[str]:
    """Return the times of all pages of a feed, in order."""
    try:
        with (folder / _STATE).open(encoding="utf-8") as file:
            return [str(time) for time in json.loads(file.readline())["times"]]
    except FileNotFoundError:
        return []
