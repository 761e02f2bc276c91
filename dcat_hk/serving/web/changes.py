"""
Builds -> a feed of what changed from one to the next, as pages that never change again.

In: the library, and a folder that remembers what the last build said. Out: pages in that folder, and the page that
leads to them. Bodies, catalogues without their lists, and datasets with their distributions are told of, what is
pointed at before what points at it; what is gone comes last, the other way round. Each activity has a time of its own,
so that this order is the same for every client.

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
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ...core.files import write_file
from ...core.namespaces import DCAT, ORG, RDF, SH, XSD
from ...core.syntaxes.nquads import write_quads
from ...core.terms import Iri, Literal, Properties, Thing
from .forms import FEED_PREFIXES, write_graphs
from .library import LISTS, Library
from .media import GRAPH_FORMS

#: How many changes are on a page.
SIZE = 250
#: Where the feed begins, and what its pages are called, without the ending of their form.
START, PAGES = "changes", "changes/"
LOCK = ".lock"
_STATE = "state.jsonl"
_CLASSES = (ORG.Organization, DCAT.Catalog)
_AS, _LDES, _TREE = FEED_PREFIXES["as"], FEED_PREFIXES["ldes"], FEED_PREFIXES["tree"]
_PUBLISHED = f"{_AS}published"
#: What DCAT-AP Feeds says of every member. Clients fetch a shape of which a page says nothing; its type is enough.
_SHAPE = "https://semiceu.github.io/LDES-DCAT-AP-Feeds/shape.ttl#ActivityShape"
_KINDS = ("Create", "Update", "Delete")
#: How far apart the activities of a build are: no client counts finer.
_STEP = timedelta(milliseconds=1)


@dataclass(slots=True)
class History:
    """What is remembered: the last build, where each page begins and the last one ends, and each thing's digest."""

    build: str = ""
    times: list[str] = field(default_factory=list)
    last: str = ""
    known: dict[Iri, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Change:
    """One change: Create, Update or Delete, the thing, and when it is told."""

    kind: str
    iri: Iri
    time: str


def read_history(folder: Path) -> History:
    """Return what a folder remembers, nothing if it is new."""
    try:
        with (folder / _STATE).open(encoding="utf-8") as file:
            head = json.loads(file.readline())
            # Folders of before activities had times of their own have no last one, and titles after the digests.
            last = head.get("last") or "".join(head["times"][-1:])
            return History(head["build"], head["times"], last, {one[0]: one[1] for one in map(json.loads, file)})
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
        now = {iri: _digest(library, iri) for iri in _told_of(library)}
        begin = _begin(library.snapshot.published, history)
        told = enumerate(_compare(history.known, now))
        changes = [_Change(kind, iri, _stamp(begin + number * _STEP)) for number, (kind, iri) in told]
        for first in range(0, len(changes), SIZE):
            group = changes[first : first + SIZE]
            number = len(history.times) + 1
            for form in GRAPH_FORMS:
                body = write_graphs(_page(library, number, group, form), form, library.base)
                write_file(folder / f"{number}.{form}", [body.decode()])
            history.times.append(group[0].time)
        last = changes[-1].time if changes else history.last
        head = json.dumps({"build": library.snapshot.digest, "times": history.times, "last": last})
        lines = (json.dumps(pair, ensure_ascii=False) for pair in now.items())
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
    for kind in _CLASSES:
        yield from (iri for iri in library.of_type(kind) if iri != top)
    yield from library.datasets


def _payload(library: Library, iri: Iri) -> list[Thing]:
    """Return what is said of a thing."""
    return [
        Thing(thing.iri, {p: terms for p, terms in thing.properties.items() if p not in LISTS})
        for thing in library.document(iri)
    ]


def _digest(library: Library, iri: Iri) -> str:
    """Return the digest of what is said of a thing."""
    text = "".join(write_quads(thing) for thing in _payload(library, iri))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _compare(before: dict[Iri, str], now: dict[Iri, str]) -> Iterator[tuple[str, Iri]]:
    """Yield what changed: what is new or different in the order of things, then what is gone in the opposite one."""
    for iri, digest in now.items():
        if before.get(iri) != digest:
            yield "Update" if iri in before else "Create", iri
    yield from (("Delete", iri) for iri in reversed(before) if iri not in now)


def _begin(published: int, history: History) -> datetime:
    """Return when a build was published; never before or at the time of what the feed has."""
    last = datetime.fromisoformat(history.last).timestamp() if history.last else -1
    return datetime.fromtimestamp(max(published, int(last) + 1), UTC)


def _stamp(moment: datetime) -> str:
    """Return a moment as it is written."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _page(library: Library, number: int, changes: Sequence[_Change], form: str) -> Iterator[tuple[Iri, list[Thing]]]:
    """Yield the graphs of a page: the activities, and for each what it says."""
    name = f"{library.base}{PAGES}{number}"
    activities: list[Thing] = []
    for place, change in enumerate(changes, 1):
        properties: Properties = {
            RDF.type: [f"{_AS}{change.kind}"],
            f"{_AS}object": [change.iri],
            _PUBLISHED: [Literal(change.time, "", XSD.dateTime)],
        }
        activities.append(Thing(f"{name}#{place}", properties))
    node = _node(f"{name}.{form}")
    node.properties[f"{_LDES}immutable"] = [Literal("true", "", XSD.boolean)]
    yield "", [*_stream(library, [one.iri for one in activities], form), node, *activities]
    for activity, change in zip(activities, changes, strict=True):
        if change.kind != "Delete":
            yield activity.iri, _payload(library, change.iri)


def _stream(library: Library, members: Sequence[Iri], form: str) -> list[Thing]:
    """Return the stream as every page describes it, and the shape that its members have."""
    properties: Properties = {
        RDF.type: [f"{_LDES}EventStream"],
        f"{_LDES}timestampPath": [_PUBLISHED],
        f"{_LDES}versionOfPath": [f"{_AS}object"],
        **{f"{_LDES}version{kind}Object": [f"{_AS}{kind}"] for kind in _KINDS},
        f"{_TREE}shape": [_SHAPE],
        f"{_TREE}view": [f"{library.base}{START}.{form}"],
    }
    if members:
        properties[f"{_TREE}member"] = list(members)
    return [Thing(f"{library.base}{START}#stream", properties), Thing(_SHAPE, {RDF.type: [SH.NodeShape]})]


def _node(iri: Iri) -> Thing:
    """Return a page as a node of the tree."""
    return Thing(iri, {RDF.type: [f"{_TREE}Node"]})


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
        # A page ends where the next one begins; the last one has no end yet.
        bounds = {"GreaterThanOrEqualToRelation": time}
        if number < len(times):
            bounds["LessThanOrEqualToRelation"] = times[number]
        for kind, bound in bounds.items():
            properties: Properties = {
                RDF.type: [f"{_TREE}{kind}"],
                f"{_TREE}node": [f"{base}{PAGES}{number}.{form}"],
                f"{_TREE}path": [_PUBLISHED],
                f"{_TREE}value": [Literal(bound, "", XSD.dateTime)],
            }
            relations.append(Thing(f"{base}{START}#{kind[0].lower()}{number}", properties))
    root = _node(f"{base}{START}.{form}")
    if relations:
        root.properties[f"{_TREE}relation"] = [relation.iri for relation in relations]
    return write_graphs([("", [*_stream(library, (), form), root, *relations])], form, base)


def read_head(folder: Path) -> list[str]:
    """Return the times at which all pages of a feed begin, in order."""
    try:
        with (folder / _STATE).open(encoding="utf-8") as file:
            return [str(time) for time in json.loads(file.readline())["times"]]
    except FileNotFoundError:
        return []
