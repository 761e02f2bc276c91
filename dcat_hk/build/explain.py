"""Explains a thing of a published catalogue and shows the lines of the source files it was read from."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from ..catalogue.publishing import explaining
from ..catalogue.publishing.explaining import Explanation
from ..core.errors import DcatHkError
from ..reading.documents import Document, find_inputs, read_bytes


def explain(folder: Path, name: str, sources: Sequence[Path] = ()) -> Explanation:
    """
    Return where a thing of a published catalogue came from, with the lines of its source files.

    Args:
        folder: An output folder.

        name: The thing's IRI, whole or from the base IRI on.

        sources: Files and folders in which the lines are looked up; a file is recognised by its digest.

    Raises:
        UsageError: The catalogue has no such thing.
    """
    return explaining.explain(folder, name, lambda digests: find_documents(sources, digests))


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
                documents[digest] = read_bytes(data, source.name)
        except DcatHkError:
            continue
    return documents
