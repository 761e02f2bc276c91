"""
Folder of links -> which record of the portal each dataset is, and what the snapshots beside the links say of it.

In: the files of links, and `portal/*.jsonl.gz` in their folder. Out: a `FoundLinks`: what the mapping of plans needs,
the digests of the snapshots, and findings. No model is run and nothing is fetched. Memory holds one snapshot at a time,
and of each the records that are linked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..catalogue.mapping.context import MappingContext
from ..catalogue.mapping.linkedrecords import LinkedRecord, PortalLinks, SnapshotFacts
from ..core.errors import Finding
from ..core.place import Place
from ..core.terms import Iri
from ..portal.addresses import find_record, name_record
from ..portal.created import find_created
from ..portal.records import PortalRecord, Texts
from ..portal.released import find_release
from ..portal.snapshots import PortalSnapshot, date_of, read_snapshot, snapshot_paths
from ..portal.uniting import unite_records
from ..reconciliation.datasetlinks import RELATIONS, DatasetLinks, settle_links
from ..reconciliation.evidence import PortalEvidence, Sighting, first_sightings
from ..reconciliation.linkfiles import JUDGEMENTS, LIKELY, PORTAL, LinkFiles, list_snapshots
from ..reconciliation.portal_questions import find_waiting
from ..reconciliation.sssom import BROAD, EXACT, SssomMapping, bad_line


@dataclass(frozen=True)
class SeenRecords:
    """
    What one snapshot has of the records that are linked.

    Args:
        date: The date of the snapshot.

        is_complete: Whether it has all records that the portal had.

        digests: The SHA-256 of its files.

        records: The records, by name.

        created: The days of creation that mean something, by name.

        providers: The names of bodies by code and language.
    """

    date: str
    is_complete: bool
    digests: tuple[str, ...]
    records: Mapping[str, PortalRecord]
    created: Mapping[str, str]
    providers: Mapping[str, Texts] = field(default_factory=dict)

    def tell(self, name: str) -> Sighting:
        """Return what the snapshot tells of when a record was there."""
        return Sighting(*find_release(self.records[name], self.created.get(name, ""), self.date))


@dataclass(frozen=True)
class FoundLinks:
    """
    What a folder of links says of the portal.

    Args:
        portal: The records that datasets are linked with.

        digests: The SHA-256 and size of each file of a snapshot, by its name in the folder of links.

        seen: What each snapshot has, the oldest first.

        findings: What there is to tell.
    """

    portal: PortalLinks = field(default_factory=PortalLinks)
    digests: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    seen: tuple[SeenRecords, ...] = ()
    findings: tuple[Finding, ...] = ()


class KnownNames(Container[Iri]):
    """
    What judgements can be about: records of plans, datasets of the catalogue, pages of records of the portal.

    Args:
        records: The IRIs of records, and of what else generated files name.

        context: The catalogue.
    """

    def __init__(self, records: frozenset[Iri], context: MappingContext) -> None:
        """Keep what is known."""
        self._records, self._index = records, context.index

    def __contains__(self, iri: object) -> bool:
        """Tell whether an IRI is known; of a page only its form is looked at."""
        name = str(iri)
        dataset = name.removeprefix(self._index.iris.dataset(""))
        return name in self._records or dataset in self._index.newest or bool(name_record(name))


def read_portal_links(files: LinkFiles, base: Iri) -> FoundLinks:
    """
    Return which records datasets are linked with, and what snapshots say of them.

    Args:
        files: The folder of links.

        base: The base IRI of the catalogue.

    Raises:
        NotReadable: A link is of no dataset, with no record of the portal, or by another relation; a dataset is one to
            one with two records; a snapshot cannot be read.

    >>> read_portal_links(LinkFiles(), "https://example.org/").portal.by_dataset
    {}
    """
    _check_lines(files, base)
    links = settle_links(files.portal, files.judgements, base, name_record)
    _check_doubled(files, links)
    likely = _find_likely(files, links, base)
    if files.folder is None or not (links.by_dataset or links.denied or likely):
        return FoundLinks(findings=tuple(_denials(links)))
    names = {name_record(link.object) for own in (*links.by_dataset.values(), *likely.values()) for link in own}
    paths = list_snapshots(files.folder)
    seen = tuple(_look(paths, names))
    findings = [*_denials(links), *_losses(links, seen)]
    portal = replace(_join(links, seen, base), candidates=_find_candidates(likely, seen, base))
    return FoundLinks(portal, _digests_of(paths, files.folder), seen, tuple(findings))


def _find_likely(files: LinkFiles, links: DatasetLinks, base: Iri) -> dict[Iri, list[SssomMapping]]:
    """
    Return the records that datasets without a link are likelier to be than none, and that wait for a person.

    What is another dataset's record is left out: a plan may promise a version of something that is there already.
    """
    likely = {
        subject: [one for one in own if one.evidence.get(LIKELY) and one.predicate != BROAD and name_record(one.object)]
        for subject, own in find_waiting(files, base).items()
        if subject not in links.by_dataset
    }
    return {subject: own for subject, own in likely.items() if own}


def _find_candidates(
    likely: Mapping[Iri, Sequence[SssomMapping]], seen: Sequence[SeenRecords], base: Iri
) -> dict[str, PortalEvidence]:
    """Return since when it was known that a dataset may be on the portal, with the best of its records."""
    candidates: dict[str, PortalEvidence] = {}
    for subject, own in likely.items():
        # Without its snapshot a candidate is known since the day that it is dated.
        first = [
            min((one.date for one in seen if name_record(link.object) in one.records), default=link.dated)
            for link in own
        ]
        month, best = min(first)[:7], min(own, key=lambda link: (-link.evidence.get("score", 0.0), link.object))
        candidates[subject.removeprefix(f"{base}dataset/")] = PortalEvidence.of_candidate(best.object, month)
    return candidates


def _check_lines(files: LinkFiles, base: Iri) -> None:
    """Raise an error if a written link is of no dataset, with no record of the portal, or by another relation."""
    path = (files.folder or Path()) / PORTAL
    for link in files.portal:
        if not link.subject.startswith(f"{base}dataset/"):
            raise bad_line(path, link.line, "links.no-dataset", iri=link.subject, start=f"{base}dataset/")
        if link.predicate not in RELATIONS:
            raise bad_line(path, link.line, "links.no-relation", predicate=link.predicate)
        if not name_record(link.object):
            raise bad_line(path, link.line, "links.no-portal-record", iri=link.object)


def _check_doubled(files: LinkFiles, links: DatasetLinks) -> None:
    """Raise an error if two written links say of one dataset that it is one to one."""
    for one, other in links.doubled:
        if one.line and other.line and files.folder is not None:
            lines = sorted((one.line, other.line))
            raise bad_line(files.folder / PORTAL, lines[1], "links.two-records", iri=one.subject, other=lines[0])


def _look(paths: Sequence[Path], names: Iterable[str]) -> Iterator[SeenRecords]:
    """Yield what each snapshot has of some records, the oldest snapshot first."""
    wanted = set(names)
    dated = sorted((date_of(path), path) for path in paths)
    earlier: list[PortalSnapshot] = []
    for date, path in dated:
        snapshot = read_snapshot(path)
        # Of the records of earlier snapshots only the day of creation is kept.
        bare = {slug: PortalRecord(slug, created=one.created) for slug, one in snapshot.records.items()}
        created = find_created(PortalSnapshot(snapshot.head, bare), earlier)
        earlier.append(PortalSnapshot(snapshot.head, bare))
        records = {name: snapshot.records[name] for name in wanted if name in snapshot.records}
        days = {name: created[name] for name in records if name in created}
        head = snapshot.head
        yield SeenRecords(date, head.complete, (head.sha256,), records, days, head.providers)


def find_evidence(link: SssomMapping, seen: Sequence[SeenRecords]) -> PortalEvidence | None:
    """
    Return what snapshots tell of when the record of a link was there; None if none has it.

    What a person says is known from the month on in which it was said. Of a record that is not one to one with the
    dataset no month is told.

    Args:
        link: The link.

        seen: What each snapshot has, the oldest first.
    """
    name = name_record(link.object)
    sightings = [one.tell(name) for one in seen if name in one.records]
    if not sightings:
        return None
    if link.predicate != EXACT:
        sightings = [one._replace(month="") for one in sightings]
    if link.author:
        sightings = [one._replace(seen=max(one.seen, link.dated[:7])) for one in sightings]
    first = next(number for number, one in enumerate(seen) if name in one.records)
    before = [one.date[:7] for one in seen[:first] if one.is_complete]
    return PortalEvidence(link.object, first_sightings(sightings), max(before, default=""))


def _join(links: DatasetLinks, seen: Sequence[SeenRecords], base: Iri) -> PortalLinks:
    """Return links with what snapshots say of their records."""
    by_dataset: dict[str, tuple[LinkedRecord, ...]] = {}
    for subject, own in links.by_dataset.items():
        identifier = subject.removeprefix(f"{base}dataset/")
        by_dataset[identifier] = tuple(_linked(link, seen) for link in own)
    facts = {one.date: SnapshotFacts(one.date, one.digests) for one in seen}
    providers = {code: names for one in seen for code, names in one.providers.items()}
    return PortalLinks(by_dataset, facts, providers)


def _linked(link: SssomMapping, seen: Sequence[SeenRecords]) -> LinkedRecord:
    """Return a link with its record."""
    bare = find_record(link.object)
    assert bare is not None
    records = [(one.date, one.records[bare.slug]) for one in seen if bare.slug in one.records]
    if not records:
        return LinkedRecord(link, bare)
    record, dates = unite_records(records)
    return LinkedRecord(link, record, dates, find_evidence(link, seen))


def find_unknown(portal: PortalLinks, known: Container[str]) -> list[Finding]:
    """
    Return the finding on links of datasets that no plan has; none if there is none.

    Args:
        portal: The links.

        known: The identifiers of the datasets of the plans.
    """
    unknown = sorted({identifier for identifier, _one in portal.linked() if identifier not in known})
    if not unknown:
        return []
    return [Finding("portal-dataset-unknown", PORTAL, None, {"count": str(len(unknown)), "identifier": unknown[0]})]


def _digests_of(paths: Sequence[Path], folder: Path) -> dict[str, tuple[str, int]]:
    """Return the SHA-256 and the size of the files of snapshots, by their names in a folder."""
    digests: dict[str, tuple[str, int]] = {}
    for path in (file for lines in paths for file in (lines, snapshot_paths(lines)[1]) if file.is_file()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        digests[path.relative_to(folder).as_posix()] = (digest, path.stat().st_size)
    return digests


def _denials(links: DatasetLinks) -> Iterator[Finding]:
    """Yield a finding for each written link that a person speaks against."""
    for link, judgement in links.denied:
        values = {
            "dataset": link.subject,
            "record": name_record(link.object),
            "author": judgement.author,
            "line": str(judgement.line),
        }
        yield Finding("portal-link-denied", PORTAL, Place(link.line, link.line), values)
    for one, other in links.doubled:
        values = {"dataset": one.subject, "records": f"{name_record(one.object)}, {name_record(other.object)}"}
        yield Finding("portal-links-disagree", JUDGEMENTS, None, values)


def _losses(links: DatasetLinks, seen: Sequence[SeenRecords]) -> Iterator[Finding]:
    """Yield a finding for each linked record that the newest complete snapshot lacks, or that none ever had."""
    last = max((number for number, one in enumerate(seen) if one.is_complete), default=-1)
    for subject, own in sorted(links.by_dataset.items()):
        for link in own:
            name = name_record(link.object)
            dates = [number for number, one in enumerate(seen) if name in one.records]
            values = {"dataset": subject, "record": name}
            place = Place(link.line, link.line) if link.line else None
            if seen and not dates:
                yield Finding("portal-record-unknown", PORTAL, place, values)
            elif dates and dates[-1] < last:
                dated = {"seen": seen[dates[-1]].date, "snapshot": seen[last].date}
                yield Finding("portal-record-gone", PORTAL, place, values | dated)
