"""
A process that fills a store and writes an index, and then ends, so that the memory for loading is released.

In: on the command line, the folder of the store, a file of N-Quads, the file of the index, that of what plans list, the
base IRI and the number of the process that started it. Out: the store and the files. Started by `library`.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyoxigraph

from ...core.confined import end_with
from ..promises.keeping import keep_history
from ..search.indexing import write_index
from .library import read_vocabularies

#: Bytes that are loaded at a time. A file of 266 MB takes 10 s and 160 MB this way, but 19 s and 1 GB in one piece.
_PIECE = 16_000_000


def main(store: str, quads: str, index: str, history: str, base: str) -> None:
    """
    Load a file of N-Quads into a new store, and write the index of its datasets and what its plans list.

    Args:
        store: The folder of the store; it must be empty.

        quads: The file.

        index: The file of the index; it must not exist.

        history: The file of what plans list.

        base: The base IRI of the catalogue.
    """
    database = pyoxigraph.Store(store)
    with Path(quads).open("rb") as file:
        # A piece ends at the end of a line. Blank nodes could not be split like this; a catalogue has none.
        while piece := file.read(_PIECE) + file.readline():
            database.bulk_load(piece, format=pyoxigraph.RdfFormat.N_QUADS)
    database.flush()
    database.optimize()
    write_index(Path(index), database, read_vocabularies(Path(quads).parent, base), base)
    # Nothing else holds the store: it is closed, and its memory released, before what plans list is read.
    del database
    keep_history(Path(quads).parent, Path(history), base)


if __name__ == "__main__":
    end_with(int(sys.argv[6]))
    main(*sys.argv[1:6])
