"""
Plans that were compared -> the files of links that `reconcile --write` leaves.

In: pairs of plans. Out: links, candidates, and new lines of the ledger of identities, in a folder. Links and candidates
depend on nothing but the plans and what people say of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from .. import __version__
from ..core.errors import Finding
from ..core.files import write_files
from ..core.terms import Iri
from .continuing import continuation, find_additions
from .identities import COLUMNS, SameDataset, format_lines, read_identities
from .items import Item, PlanItems
from .judgements import Judgements
from .linkfiles import CANDIDATES, IDENTITIES, PLANS, appended_pieces, is_on_portal, locked, read_candidates
from .outcomes import Candidate, Outcome, PlanPair
from .sssom import BROAD, CLOSE, COMPOSITE, EXACT, LEXICAL, NARROW, SssomMapping, write_mappings

#: How many datasets that stay two are named.
_SHOWN = 5
_PREDICATES = {"renamed": EXACT, "split": NARROW, "merged": BROAD}


class WrittenLinks(NamedTuple):
    """
    What was written: how many links and candidates, and how many lines were added to the ledger.

    `apart` and `beside` are the datasets that stay two, as in `Additions`.
    """

    links: int
    candidates: int
    identities: int
    apart: list[SameDataset]
    beside: list[SameDataset]


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
    with locked(folder):
        # What waits for a person because of the portal stays.
        others = [one for one in read_candidates(folder, base) if is_on_portal(one, base)]
        texts = {
            PLANS: write_mappings("plans", links, base),
            CANDIDATES: write_mappings("candidates", [*candidates, *others], base),
        }
        path = folder / IDENTITIES
        identities = read_identities(path)
        additions = find_additions(identities, plans, pairs, judgements)
        files = [(folder / name, [text]) for name, text in texts.items()]
        # The ledger comes first: links without it would leave identifiers that nobody keeps.
        if additions.lines or not path.exists():
            head = "\t".join(COLUMNS) + "\n"
            files.insert(0, (path, appended_pieces(path, head, format_lines(additions.lines, identities))))
        write_files(files, is_swept=True)
    return WrittenLinks(len(links), len(candidates), len(additions.lines), additions.apart, additions.beside)


def apart_findings(written: WrittenLinks) -> list[Finding]:
    """
    Return the findings on datasets that stay two although they were linked, by the reason; none if there are none.

    Args:
        written: What was written.

    >>> apart_findings(WrittenLinks(1, 0, 2, [], []))
    []
    """
    by_code = {"published-apart": written.apart, "linked-in-one-plan": written.beside}
    return [_apart_finding(code, datasets) for code, datasets in by_code.items() if datasets]


def _apart_finding(code: str, datasets: Sequence[SameDataset]) -> Finding:
    """Return the finding on datasets that stay two for one reason."""
    shown = ", ".join(f"{link.older} = {link.newer}" for link in datasets[:_SHOWN])
    more = ", …" if len(datasets) > _SHOWN else ""
    return Finding(code, IDENTITIES, None, {"count": str(len(datasets)), "identifiers": shown + more})


def _links(pair: PlanPair) -> Iterator[SssomMapping]:
    """Yield the links that the comparison of two plans found by itself."""
    for outcome in pair.outcomes:
        if outcome.before and outcome.link_class in {"same", "renamed"}:
            why = LEXICAL if outcome.link_class == "same" else COMPOSITE
            same = continuation(outcome.before, outcome.after)
            for after in outcome.after:
                # A spatial version is a dataset of its own.
                how = EXACT if after is same else CLOSE
                yield _mapping(pair, outcome.before, after, how, why, outcome.confidence, outcome.evidence, outcome)


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
