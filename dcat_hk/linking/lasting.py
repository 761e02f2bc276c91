"""
Links that an earlier run wrote -> those that stay although the snapshot has no such record, and what there is to say.

In: the folder of links and a snapshot. Out: links, and findings. A snapshot adds links and ends none: one that is not
complete says nothing of what it lacks, and a complete one says only since when a record is gone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..core.errors import Finding
from ..core.place import Place
from ..core.terms import Iri
from ..portal.addresses import name_record
from ..portal.snapshots import PortalSnapshot
from ..reconciliation.datasetlinks import DatasetLinks, settle_links
from ..reconciliation.judgements import Judgements
from ..reconciliation.linkfiles import PORTAL, LinkFiles
from ..reconciliation.sssom import SssomMapping


def settle_written(links: LinkFiles, base: Iri) -> DatasetLinks:
    """
    Return the links that an earlier run wrote, with what people say of them.

    Args:
        links: The folder of links.

        base: The base IRI of the catalogue.
    """
    return settle_links(links.portal, links.judgements, base, name_record)


def find_lasting(links: LinkFiles, snapshot: PortalSnapshot, base: Iri) -> list[SssomMapping]:
    """
    Return the links of an earlier run whose record the snapshot lacks; what people deny is none of them.

    Args:
        links: The folder of links.

        snapshot: The records of the portal.

        base: The base IRI of the catalogue.
    """
    settled = settle_written(links, base).by_dataset
    return [
        one
        for own in settled.values()
        for one in own
        if not one.author and name_record(one.object) not in snapshot.records
    ]


def find_remarks(links: LinkFiles, snapshot: PortalSnapshot, datasets: Iterable[Iri], base: Iri) -> Iterator[Finding]:
    """
    Yield what there is to say of earlier links and of judgements on the portal.

    Args:
        links: The folder of links.

        snapshot: The records of the portal.

        datasets: The IRIs of the datasets and rows of the plans.

        base: The base IRI of the catalogue.
    """
    for link, judgement in settle_written(links, base).denied:
        values = {"dataset": link.subject, "record": name_record(link.object), "author": judgement.author}
        place = Place(link.line, link.line)
        yield Finding("portal-link-denied", PORTAL, place, {**values, "line": str(judgement.line)})
    if snapshot.head.complete:
        for link in find_lasting(links, snapshot, base):
            dated = {"seen": link.dated, "snapshot": snapshot.head.date}
            values = {"dataset": link.subject, "record": name_record(link.object)}
            yield Finding("portal-record-gone", PORTAL, Place(link.line, link.line), values | dated)
    pages = [iri for iri in _named(links.judgements) if name_record(iri) in snapshot.records]
    yield from links.judgements.findings({*datasets, *links.records, *pages})


def _named(judgements: Judgements) -> Sequence[Iri]:
    """Return the IRIs that judgements are about."""
    return [iri for one in judgements.lines for iri in one.rows]
