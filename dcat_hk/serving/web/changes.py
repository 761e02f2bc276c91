"""
Builds -> a feed of the changes from one build to the next, on immutable pages.

In: the library, and a folder with the state of the last build. Out: pages in that folder, and the start page that
links to them. The members of the feed are bodies, catalogues without their lists, and datasets with their
distributions. A thing comes before the things that refer to it; deletions come last, in the opposite order. Each
activity has a time of its own, so that every client applies them in this order.

Spec: DCAT-AP Feeds; Linked Data Event Streams 1.0; TREE. Each change is an activity of ActivityStreams, and the new
state of its object is in the graph that has the IRI of the activity.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from ...core.files import write_file
from ...core.locks import hold_folder
from ...core.namespaces import DCAT, ORG, RDF, SH, XSD
from ...core.scratch import remove_unfinished
from ...core.syntaxes.nquads import write_quads
from ...core.terms import Iri, Literal, Properties, Thing
from .formats import FEED_PREFIXES, write_graphs
from .library import LISTS, Library
from .media import GRAPH_FORMATS

#: The number of activities on a page.
PAGE_SIZE = 250
#: The names of the start page and of the other pages, without the suffix of the format.
START, PAGES = "changes", "changes/"
_STATE = "state.jsonl"
_CLASSES = (ORG.Organization, DCAT.Catalog)
_AS, _LDES, _TREE = FEED_PREFIXES["as"], FEED_PREFIXES["ldes"], FEED_PREFIXES["tree"]
_PUBLISHED = f"{_AS}published"
#: The shape that DCAT-AP Feeds requires of members. Clients fetch a shape that a page does not describe; stating its
#: type is enough to prevent that.
_SHAPE = "https://semiceu.github.io/LDES-DCAT-AP-Feeds/shape.ttl#ActivityShape"
_KINDS = ("Create", "Update", "Delete")
#: The time between two activities of a build; clients do not distinguish shorter intervals.
_STEP = timedelta(milliseconds=1)


@dataclass(slots=True)
class FeedHistory:
    """The state of a feed: the last build, the first time on each page, the last time, and the digests of members."""

    build: str = ""
    times: list[str] = field(default_factory=list)
    last: str = ""
    digests: dict[Iri, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Activity:
    """An activity: Create, Update or Delete, the thing that changed, and the time."""

    kind: str
    iri: Iri
    time: str


def read_history(folder: Path) -> FeedHistory:
    """Return the state of the feed in a folder; an empty state if the folder is new."""
    try:
        with (folder / _STATE).open(encoding="utf-8") as file:
            head = json.loads(file.readline())
            # Older versions wrote no last time, and titles after the digests.
            last = head.get("last") or "".join(head["times"][-1:])
            return FeedHistory(head["build"], head["times"], last, {one[0]: one[1] for one in map(json.loads, file)})
    except FileNotFoundError:
        return FeedHistory()


def update_feed(library: Library, folder: Path) -> int:
    """
    Write pages for the changes since the last build, and return the number of changes.

    Existing pages stay as they are. After an interruption the next call writes the same pages again.

    Args:
        library: The new build.

        folder: The folder of the pages and the state; it is created if necessary.

    Raises:
        NotReadable: Somebody else is writing it for a long time, or it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Two servers must not write the same page.
    with hold_folder(folder):
        remove_unfinished(folder)
        history = read_history(folder)
        if history.build == library.snapshot.digest:
            return 0
        now = {iri: _compute_digest(library, iri) for iri in _list_members(library)}
        begin = _choose_start_time(library.snapshot.published, history)
        differences = enumerate(_compare_digests(history.digests, now))
        changes = [_Activity(kind, iri, _format_time(begin + number * _STEP)) for number, (kind, iri) in differences]
        for first in range(0, len(changes), PAGE_SIZE):
            group = changes[first : first + PAGE_SIZE]
            number = len(history.times) + 1
            for suffix in GRAPH_FORMATS:
                body = write_graphs(_make_page(library, number, group, suffix), suffix, library.base)
                write_file(folder / f"{number}.{suffix}", [body.decode()], is_swept=True)
            history.times.append(group[0].time)
        last = changes[-1].time if changes else history.last
        head = json.dumps({"build": library.snapshot.digest, "times": history.times, "last": last})
        lines = (json.dumps(pair, ensure_ascii=False) for pair in now.items())
        write_file(folder / _STATE, (f"{line}\n" for line in [head, *lines]), is_swept=True)
    return len(changes)


def _list_members(library: Library) -> Iterator[Iri]:
    """Yield the IRIs of the members of the feed."""
    top = f"{library.base}catalogue"
    for kind in _CLASSES:
        yield from (iri for iri in library.list_instances(kind) if iri != top)
    yield from library.datasets


def _describe_member(library: Library, iri: Iri) -> list[Thing]:
    """Return the description of a member, without the lists of a catalogue."""
    return [
        Thing(thing.iri, {p: terms for p, terms in thing.properties.items() if p not in LISTS})
        for thing in library.find_document(iri)
    ]


def _compute_digest(library: Library, iri: Iri) -> str:
    """Return the digest of the description of a member."""
    text = "".join(write_quads(thing) for thing in _describe_member(library, iri))
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _compare_digests(before: dict[Iri, str], now: dict[Iri, str]) -> Iterator[tuple[str, Iri]]:
    """Yield the changes: creations and updates in the order of members, then deletions in the opposite order."""
    for iri, digest in now.items():
        if before.get(iri) != digest:
            yield "Update" if iri in before else "Create", iri
    yield from (("Delete", iri) for iri in reversed(before) if iri not in now)


def _choose_start_time(published: int, history: FeedHistory) -> datetime:
    """Return the time of the first activity: when the build was published, but later than all times of the feed."""
    last = datetime.fromisoformat(history.last).timestamp() if history.last else -1
    return datetime.fromtimestamp(max(published, int(last) + 1), UTC)


def _format_time(moment: datetime) -> str:
    """Return a time as xsd:dateTime with milliseconds."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _make_page(
    library: Library, number: int, changes: Sequence[_Activity], suffix: str
) -> Iterator[tuple[Iri, list[Thing]]]:
    """Yield the graphs of a page: the activities in the default graph, and a graph for the object of each."""
    name = f"{library.base}{PAGES}{number}"
    activities: list[Thing] = []
    for position, change in enumerate(changes, 1):
        properties: Properties = {
            RDF.type: [f"{_AS}{change.kind}"],
            f"{_AS}object": [change.iri],
            _PUBLISHED: [Literal(change.time, "", XSD.dateTime)],
        }
        activities.append(Thing(f"{name}#{position}", properties))
    node = _describe_node(f"{name}.{suffix}")
    node.properties[f"{_LDES}immutable"] = [Literal("true", "", XSD.boolean)]
    yield "", [*_describe_stream(library, [one.iri for one in activities], suffix), node, *activities]
    for activity, change in zip(activities, changes, strict=True):
        if change.kind != "Delete":
            yield activity.iri, _describe_member(library, change.iri)


def _describe_stream(library: Library, members: Sequence[Iri], suffix: str) -> list[Thing]:
    """Return the description of the event stream that is on every page, and the type of its shape."""
    properties: Properties = {
        RDF.type: [f"{_LDES}EventStream"],
        f"{_LDES}timestampPath": [_PUBLISHED],
        f"{_LDES}versionOfPath": [f"{_AS}object"],
        **{f"{_LDES}version{kind}Object": [f"{_AS}{kind}"] for kind in _KINDS},
        f"{_TREE}shape": [_SHAPE],
        f"{_TREE}view": [f"{library.base}{START}.{suffix}"],
    }
    if members:
        properties[f"{_TREE}member"] = list(members)
    return [Thing(f"{library.base}{START}#stream", properties), Thing(_SHAPE, {RDF.type: [SH.NodeShape]})]


def _describe_node(iri: Iri) -> Thing:
    """Return a page as a tree:Node."""
    return Thing(iri, {RDF.type: [f"{_TREE}Node"]})


def write_start_page(library: Library, folder: Path, suffix: str) -> bytes:
    """
    Return the start page, which links to all others; it changes with every build.

    Args:
        library: The build.

        folder: The folder of the pages.

        suffix: The format: trig or nq.
    """
    base, times = library.base, read_page_times(folder)
    relations = []
    for number, time in enumerate(times, 1):
        # A page ends where the next one begins; the last page has no end yet.
        bounds = {"GreaterThanOrEqualToRelation": time}
        if number < len(times):
            bounds["LessThanOrEqualToRelation"] = times[number]
        for kind, bound in bounds.items():
            properties: Properties = {
                RDF.type: [f"{_TREE}{kind}"],
                f"{_TREE}node": [f"{base}{PAGES}{number}.{suffix}"],
                f"{_TREE}path": [_PUBLISHED],
                f"{_TREE}value": [Literal(bound, "", XSD.dateTime)],
            }
            relations.append(Thing(f"{base}{START}#{kind[0].lower()}{number}", properties))
    node = _describe_node(f"{base}{START}.{suffix}")
    if relations:
        node.properties[f"{_TREE}relation"] = [relation.iri for relation in relations]
    return write_graphs([("", [*_describe_stream(library, (), suffix), node, *relations])], suffix, base)


def read_page_times(folder: Path) -> list[str]:
    """Return the first time on each page of a feed, in order."""
    try:
        with (folder / _STATE).open(encoding="utf-8") as file:
            return [str(time) for time in json.loads(file.readline())["times"]]
    except FileNotFoundError:
        return []
