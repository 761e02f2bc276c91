"""
The folder of links: what it says, and what `reconcile` adds to it.

In: the folder, and pairs of plans that were compared. Out: a `LinkFiles`, or the files written anew. Every file is
replaced as a whole; of the ledger of identities the old lines stay.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from .. import __version__
from ..core.errors import Finding, NotReadable, UsageError
from ..core.files import write_file
from ..core.terms import Iri
from .identities import COLUMNS, Additions, Identities, SameDataset, extend, format_lines, read_identities
from .items import Item, PlanItems
from .judgements import Judgement, Judgements, read_judgements, to_mapping
from .outcomes import Candidate, Outcome, PlanPair
from .sssom import (
    BROAD,
    COMPOSITE,
    EXACT,
    LEXICAL,
    NARROW,
    SssomMapping,
    read_mappings,
    write_head,
    write_line,
    write_mappings,
)

PLANS, CANDIDATES = "plans.sssom.tsv", "candidates.sssom.tsv"
JUDGEMENTS, IDENTITIES = "judgements.sssom.tsv", "identities.tsv"
#: The files that this program knows in a folder of links.
NAMES = (CANDIDATES, IDENTITIES, JUDGEMENTS, PLANS)
_PREDICATES = {"renamed": EXACT, "split": NARROW, "merged": BROAD}


@dataclass(frozen=True)
class LinkFiles:
    """
    What a folder of links says.

    Args:
        folder: The folder; None if there is none.

        identities: Under which identifier each dataset was published first.

        judgements: What people say.

        written: The links that were written, from the older record to the newer one.

        candidates: What waits for a person.

        digests: The SHA-256 and the size of each file, by its name.

    >>> LinkFiles().identities.resolve("a")
    'a'
    """

    folder: Path | None = None
    identities: Identities = field(default_factory=Identities)
    judgements: Judgements = field(default_factory=Judgements)
    written: tuple[SssomMapping, ...] = ()
    candidates: tuple[SssomMapping, ...] = ()
    digests: Mapping[str, tuple[str, int]] = field(default_factory=dict)

    @property
    def written_pairs(self) -> dict[tuple[Iri, Iri], SssomMapping]:
        """Return the links that were written by the records they link: the older one, the newer one."""
        return {(one.subject, one.object): one for one in self.written}

    @property
    def records(self) -> frozenset[Iri]:
        """Return the records that the generated files name."""
        return frozenset(iri for one in (*self.written, *self.candidates) for iri in (one.subject, one.object))


def read_links(folder: Path | None, base: Iri) -> LinkFiles:
    """
    Return what a folder of links says.

    Args:
        folder: The folder; None for no links. A file that is not there says nothing.

        base: The base IRI of the catalogue.

    Raises:
        NotReadable: There is no such folder, or a line of a file cannot be used.
    """
    if folder is None:
        return LinkFiles()
    if not folder.is_dir():
        raise NotReadable("There is no such folder of links.", str(folder), "Check the name.")
    digests: dict[str, tuple[str, int]] = {}
    for name in NAMES:
        if (folder / name).is_file():
            data = (folder / name).read_bytes()
            digests[name] = (hashlib.sha256(data).hexdigest(), len(data))
    return LinkFiles(
        folder,
        read_identities(folder / IDENTITIES),
        read_judgements(folder / JUDGEMENTS, base),
        _read(folder / PLANS, base),
        _read(folder / CANDIDATES, base),
        digests,
    )


def _read(path: Path, base: Iri) -> tuple[SssomMapping, ...]:
    """Return the mappings of a generated file, none if there is no such file."""
    return tuple(read_mappings(path, base)) if path.exists() else ()


# ---- writing


class WrittenLinks(NamedTuple):
    """What was written: how many links and candidates, the lines added to the ledger, and datasets that stay two."""

    links: int
    candidates: int
    identities: int
    apart: list[SameDataset]


def write_links(
    plans: Sequence[PlanItems], pairs: Sequence[PlanPair], judgements: Judgements, folder: Path, base: Iri
) -> WrittenLinks:
    """
    Write the links and candidates of plans that were compared, and append to the ledger of identities.

    Args:
        plans: All plans, from the oldest to the newest.

        pairs: The pairs that were compared.

        judgements: What people say.

        folder: Where the files go; it is made if it is not there.

        base: The base IRI of the catalogue.

    Raises:
        NotReadable: A file cannot be written, or the ledger cannot be used; nothing is written then.
    """
    links = [mapping for pair in pairs for mapping in _links(pair)]
    candidates = [mapping for pair in pairs for mapping in _candidates(pair)]
    texts = {PLANS: write_mappings("plans", links, base), CANDIDATES: write_mappings("candidates", candidates, base)}
    with _locked(folder):
        path = folder / IDENTITIES
        identities = read_identities(path)
        additions = _additions(identities, plans, pairs, judgements)
        # The ledger comes first: links without it would leave identifiers that nobody keeps.
        if additions.lines or not path.exists():
            append_text(path, "\t".join(COLUMNS) + "\n", format_lines(additions.lines))
        for name, text in texts.items():
            write_file(folder / name, [text])
    return WrittenLinks(len(links), len(candidates), len(additions.lines), additions.apart)


def append_judgement(folder: Path, judgement: Judgement, base: Iri, labels: Sequence[str] = ("", "")) -> None:
    """
    Append a judgement to what people say.

    Args:
        folder: The folder of links; it is made if it is not there.

        judgement: What a person says.

        base: The base IRI of the catalogue.

        labels: What the two rows are called.

    Raises:
        NotReadable: The file cannot be written.
    """
    append_mappings(folder, [to_mapping(judgement, base, labels)], base)


def append_mappings(folder: Path, mappings: Sequence[SssomMapping], base: Iri) -> None:
    """
    Append lines to what people say; all of them are there, or none.

    Args:
        folder: The folder of links; it is made if it is not there.

        mappings: The lines.

        base: The base IRI of the catalogue.

    Raises:
        NotReadable: The file cannot be written.
    """
    with _locked(folder):
        head = "".join(write_head("judgements", base))
        append_text(folder / JUDGEMENTS, head, "".join(write_line(mapping, base) for mapping in mappings))


def append_text(path: Path, head: str, text: str) -> None:
    """
    Append to a file so that at any moment the old file or the new one is whole.

    Args:
        path: The file.

        head: What a new file begins with.

        text: What is appended.

    Raises:
        NotReadable: The file cannot be read or written.
    """
    try:
        # As bytes, so that no old line changes.
        old = path.read_bytes().decode() if path.exists() else head
    except (OSError, UnicodeDecodeError) as error:
        raise NotReadable(f"The file cannot be read: {error}.", str(path)) from error
    write_file(path, [old, "" if not old or old.endswith("\n") else "\n", text])


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Make the folder if it is not there, and let nobody else append while the block runs."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except NotADirectoryError as error:
        raise UsageError("This is a file, not a folder.", str(folder), "Give a folder with --links.") from error
    except OSError as error:
        raise NotReadable(f"The folder of links cannot be written: {error.strerror}.", str(folder)) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _links(pair: PlanPair) -> Iterator[SssomMapping]:
    """Yield the links that the comparison of two plans found by itself."""
    for outcome in pair.outcomes:
        if outcome.before and outcome.link_class in {"same", "renamed"}:
            why = LEXICAL if outcome.link_class == "same" else COMPOSITE
            for after in outcome.after:
                yield _mapping(pair, outcome.before, after, EXACT, why, outcome.confidence, outcome.evidence, outcome)


def _candidates(pair: PlanPair) -> Iterator[SssomMapping]:
    """Yield what waits for a person."""
    for outcome in pair.outcomes:
        if outcome.before:
            for candidate in outcome.candidates:
                yield _candidate(pair, outcome.before, candidate)


def _candidate(pair: PlanPair, before: Item, candidate: Candidate) -> SssomMapping:
    """Return one row that may be the same dataset."""
    evidence = {"score": candidate.score, **candidate.evidence}
    return _mapping(pair, before, candidate.after, _PREDICATES[candidate.kind], COMPOSITE, None, evidence)


def _mapping(
    pair: PlanPair,
    before: Item,
    after: Item,
    predicate: Iri,
    justification: Iri,
    confidence: float | None,
    evidence: Mapping[str, float],
    outcome: Outcome | None = None,
) -> SssomMapping:
    """Return a link of two items; it is dated as the newer plan is."""
    return SssomMapping(
        before.record,
        predicate,
        after.record,
        justification,
        subject_label=before.entry.title,
        object_label=after.entry.title,
        confidence=confidence,
        dated=f"{pair.after.month}-01",
        tool_version=__version__,
        evidence=evidence,
        differs=outcome.differs if outcome else (),
    )


# ---- identities


def same_datasets(pairs: Sequence[PlanPair], judgements: Judgements) -> Iterator[tuple[Item, Item]]:
    """
    Yield the items that state one dataset, the older one and the newer one.

    Of several rows that an item is linked with, one continues it: a spatial version is a dataset of its own.

    Args:
        pairs: Plans that were compared.

        judgements: What people say; a row that they judge a part is no continuation.
    """
    judged = judgements.judged_pairs()
    for pair in pairs:
        for outcome in pair.outcomes:
            before, after = outcome.before, outcome.after
            if before and outcome.link_class == "judged":
                after = tuple(item for item in after if (before.record, item.record) in judged)
            if before and after and outcome.link_class in {"same", "renamed", "judged"}:
                yield before, _continuation(before, after)


def _continuation(before: Item, after: Sequence[Item]) -> Item:
    """Return which of some rows states the dataset that an older row states."""
    by_rule = [item for item in after if item.identifier == before.identifier]
    by_kept = [item for item in after if item.kept == before.kept]
    as_spatial = [item for item in after if bool(item.key.spatial) == bool(before.key.spatial)]
    return [*by_rule, *by_kept, *as_spatial, *after][0]


def _additions(
    identities: Identities, plans: Sequence[PlanItems], pairs: Sequence[PlanPair], judgements: Judgements
) -> Additions:
    """Return what to append to the ledger."""
    judged = judgements.judged_pairs()
    items = {item.record: item for plan in plans for item in plan.items}
    links = [
        SameDataset(*names, judged=(before.record, after.record) in judged)
        for before, after in same_datasets(pairs, judgements)
        for names in _identifiers(before, after)
    ]
    ranks = {item.record: (plan.month, number) for number, plan in enumerate(plans) for item in plan.items}
    for one, other in sorted(judged):
        if one in items and other in items and ranks[one] < ranks[other]:
            links += [SameDataset(*names, judged=True) for names in _identifiers(items[one], items[other])]
    denied = {
        (items[one].identifier, items[other].identifier)
        for one, other in judgements.denied_pairs()
        if one < other and one in items and other in items
    }
    in_order = sorted(plans, key=lambda plan: (plan.month, plan.head.years, plan.iri))
    return extend(identities, [_names(plan) for plan in in_order], links, denied)


def _names(plan: PlanItems) -> Collection[str]:
    """Return the identifiers that the rule gives the rows of a plan."""
    return {row.identifier for item in plan.items for row in item.rows}


def _identifiers(before: Item, after: Item) -> Iterator[tuple[str, str]]:
    """Yield the identifiers of two items, and those of their further parts."""
    parts = {row.entry.part: row.identifier for row in after.rows}
    for row in before.rows:
        if row.entry.part in parts:
            yield row.identifier, parts[row.entry.part]


def two_identifiers(pairs: Sequence[PlanPair], judgements: Judgements) -> dict[Iri, Finding]:
    """
    Return the findings on datasets that are published under two identifiers, by the newer plan.

    Args:
        pairs: Plans that were compared, their items with the identifiers that are published.

        judgements: What people say.
    """
    findings: dict[Iri, Finding] = {}
    for pair in pairs:
        count = sum(before.kept != after.kept for before, after in same_datasets([pair], judgements))
        if count:
            values = {"count": str(count), "other": pair.before.head.doc}
            findings[pair.after.iri] = Finding("same-dataset-two-identifiers", pair.after.head.doc, None, values)
    return findings
