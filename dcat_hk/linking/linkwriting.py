"""
Rows that were linked with the portal -> the files that `link --write` leaves.

In: what is said of each row. Out: links and candidates, in a folder: one line for a dataset and a record. They depend
on nothing but the plans, the snapshot and what people say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from ..core.files import write_files
from ..core.terms import Iri
from ..core.text import fold
from ..portal.records import PortalRecord
from ..portal.snapshots import PortalSnapshot
from ..reconciliation.linkfiles import CANDIDATES, LIKELY, PORTAL, is_on_portal, locked, read_candidates
from ..reconciliation.sssom import (
    BROAD,
    CLOSE,
    COMPOSITE,
    EXACT,
    LEXICAL,
    NARROW,
    SssomMapping,
    write_mappings,
)
from .outcomes import Relation, RowLink

_PREDICATES: Mapping[Relation, Iri] = {"exact": EXACT, "close": CLOSE, "broad": BROAD, "narrow": NARROW}
_NUMBER = re.compile(r"\d+")
#: A month stands for its first day where a date is asked for.
_FIRST_DAY = "-01"


class WrittenRows(NamedTuple):
    """How many links and candidates were written."""

    links: int
    candidates: int


def write_rows(
    links: Sequence[RowLink],
    snapshot: PortalSnapshot,
    tool: str,
    folder: Path,
    base: Iri,
    lasting: Sequence[SssomMapping] = (),
) -> WrittenRows:
    """
    Write links and candidates; the candidates of plans that were compared stay.

    Args:
        links: What is said of each row.

        snapshot: The records of the portal.

        tool: The name and version of the program, and those of its models.

        folder: Where the files go; it is made if it is not there.

        base: The base IRI of the catalogue.

        lasting: Links of an earlier run whose records the snapshot lacks: those of datasets without a new one stay.

    Raises:
        NotReadable: A file cannot be read or written.
    """
    written = list(_find_links(links, snapshot, tool, base))
    told = {one.subject for one in written} | {_dataset(one, base) for one in links if one.is_judged}
    written += [one for one in lasting if one.subject not in told]
    candidates = list(_find_candidates(links, snapshot, tool, base, {one.subject for one in written}))
    with locked(folder):
        others = [one for one in read_candidates(folder, base) if not is_on_portal(one, base)]
        texts = {
            PORTAL: write_mappings("portal", written, base),
            CANDIDATES: write_mappings("candidates", [*others, *candidates], base),
        }
        write_files([(folder / name, [text]) for name, text in texts.items()], is_swept=True)
    return WrittenRows(len(written), len(candidates))


def _find_links(links: Iterable[RowLink], snapshot: PortalSnapshot, tool: str, base: Iri) -> Iterator[SssomMapping]:
    """Yield the links, one for a dataset and a record; what a person says stands in another file."""
    best: dict[tuple[str, str], RowLink] = {}
    for one in links:
        if one.slug and not one.is_judged:
            key = one.item.kept, one.slug
            known = best.get(key)
            if known is None or (known.relation != "exact" and one.relation == "exact"):
                best[key] = one
    for (_dataset, slug), one in best.items():
        assert one.relation
        justification = LEXICAL if one.is_equal else COMPOSITE
        evidence = one.candidates[0].evidence if one.candidates else {}
        yield _mapping(
            one, slug, _PREDICATES[one.relation], justification, one.confidence, evidence, snapshot, tool, base
        )


def _find_candidates(
    links: Sequence[RowLink], snapshot: PortalSnapshot, tool: str, base: Iri, written: set[Iri]
) -> Iterator[SssomMapping]:
    """Yield what waits for a person, one line for a dataset and a record."""
    seen: dict[Iri, RowLink] = {}
    judged = {_dataset(one, base) for one in links if one.is_judged}
    for one in links:
        dataset = _dataset(one, base)
        if one.slug is None and one.candidates and dataset not in seen and dataset not in written | judged:
            seen[dataset] = one
    taken = {one.slug for one in links if one.slug and one.relation == "exact"}
    for one in seen.values():
        series = _find_series([snapshot.records[candidate.slug] for candidate in one.candidates])
        for candidate in one.candidates:
            evidence = {"score": candidate.score, LIKELY: float(candidate.is_likely), **candidate.evidence}
            # What is another dataset's record has this one as a part; records of a series are parts of it.
            predicate = BROAD if candidate.slug in taken else NARROW if candidate.slug in series else EXACT
            mapping = _mapping(one, candidate.slug, predicate, COMPOSITE, None, evidence, snapshot, tool, base)
            yield replace(mapping, object_label=_name_record(snapshot.records[candidate.slug]))


def _find_series(records: Sequence[PortalRecord]) -> set[str]:
    """Return the names of records that differ from another one in nothing but a year or a number of their titles."""
    bare: dict[str, list[str]] = {}
    for record in records:
        bare.setdefault(_NUMBER.sub("#", fold(record.title("en"))), []).append(record.slug)
    return {slug for title, slugs in bare.items() if "#" in title and len(slugs) > 1 for slug in slugs}


def _name_record(record: PortalRecord) -> str:
    """Return what a person reads of a record: its title in English and, where it is known, in Chinese."""
    chinese = record.titles.get("zh-Hant") or record.titles.get("zh-Hans")
    return " / ".join(dict.fromkeys(filter(None, (record.titles.get("en"), chinese)))) or record.title("en")


def _dataset(link: RowLink, base: Iri) -> Iri:
    """Return the IRI of the dataset of a row."""
    return f"{base}dataset/{link.item.kept}"


def _mapping(
    link: RowLink,
    slug: str,
    predicate: Iri,
    justification: Iri,
    confidence: float | None,
    evidence: Mapping[str, float],
    snapshot: PortalSnapshot,
    tool: str,
    base: Iri,
) -> SssomMapping:
    """Return a line; it is dated as the snapshot is."""
    record, date = snapshot.records[slug], snapshot.head.date
    return SssomMapping(
        _dataset(link, base),
        predicate,
        record.page("en"),
        justification,
        subject_label=link.item.entry.title,
        object_label=record.title("en"),
        confidence=confidence,
        dated=date if len(date) > len("2025-09") else date + _FIRST_DAY,
        tool_version=tool,
        evidence={name: value for name, value in evidence.items() if round(value, 2)},
    )
