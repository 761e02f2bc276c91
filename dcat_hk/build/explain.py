"""
Explains a thing of a published catalogue: the lines of the source files it was read from, and which of several leads.

In: an output folder, an IRI, source files. Out: an `Explanation`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from ..catalogue.publishing import explaining
from ..catalogue.publishing.explaining import CopyRank, Explanation
from ..catalogue.publishing.published import base_of
from ..core.errors import DcatHkError, contain_faults
from ..core.namespaces import dataset_of
from ..core.vocabularies import load
from ..reading.documents import Document, find_inputs, read_bytes
from ..reading.editions import leading
from ..reading.parsing import Reading, read_plan
from ..reading.quality import copy_of
from ..reconciliation.linkfiles import read_links
from ..reconciliation.reasons import find_reasons


def explain(
    folder: Path, name: str, sources: Sequence[Path] = (), links: Path | None = None, language: str = "en"
) -> Explanation:
    """
    Return where a thing of a published catalogue came from, with the lines of its source files.

    Args:
        folder: An output folder.

        name: The thing's IRI, whole or from the base IRI on.

        sources: Files and folders in which the lines are looked up; a file is recognised by its digest.

        links: The folder of links, which says why rows of several plans are one dataset; None for none.

        language: The language of notes and reasons.

    Raises:
        UsageError: The catalogue has no such thing.

        NotReadable: A file of links cannot be used.
    """
    link_files = read_links(links, base_of(folder))
    documents: dict[str, Document] = {}

    def find(digests: set[str]) -> dict[str, Document]:
        documents.update(find_documents(sources, digests))
        return documents

    explanation = explaining.explain(folder, name, find, language)
    explanation.copies = list(_rank_copies(explanation, documents, language))
    if "/dataset/" in explanation.iri and dataset_of(explanation.iri) == explanation.iri:
        records = [origin.record for origin in explanation.origins]
        explanation.reasons = find_reasons(records, explanation.iri.rpartition("/")[2], link_files, language)
    return explanation


def _rank_copies(explanation: Explanation, documents: Mapping[str, Document], language: str) -> Iterator[CopyRank]:
    """Yield the copies of each plan that states a thing in several files, the leading one first, with the reasons."""
    by_plan: dict[str, dict[str, Document]] = {}
    for origin in explanation.origins:
        if origin.sha256 in documents:
            by_plan.setdefault(origin.record.rpartition("/")[0], {})[origin.sha256] = documents[origin.sha256]
    for at_hand in by_plan.values():
        if len(at_hand) > 1:
            copies = leading([copy_of(_read(document)) for document in at_hand.values()])
            yield from (
                CopyRank(place, copy.plan.doc, copy.plan.script, copy.quality.reasons_in(language))
                for place, copy in enumerate(copies, 1)
            )


def _read(document: Document) -> Reading:
    """Return the reading of a document."""
    with contain_faults(document.name):
        return read_plan(document, load())


def find_documents(sources: Sequence[Path], digests: set[str]) -> dict[str, Document]:
    """
    Return the documents among files, folders and archives that have one of some SHA-256 digests, by digest.

    Files that cannot be read are passed over.
    """
    documents: dict[str, Document] = {}
    for source in find_inputs(sources) if sources else ():
        try:
            data = source.read()
            digest = hashlib.sha256(data).hexdigest()
            if digest in digests:
                with contain_faults(source.name):
                    documents[digest] = read_bytes(data, source.name)
        except DcatHkError:
            continue
    return documents
