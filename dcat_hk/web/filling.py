"""
A process that fills a store and ends, so that the memory this takes is given back.

In: on the command line, the folder of the store and a file of N-Quads. Out: the store. Started by `library`.
"""

from __future__ import annotations

import sys

import pyoxigraph


def main(store: str, quads: str) -> None:
    """
    Fill a store.

    Args:
        store: The folder of the store; it is empty.

        quads: The file.
    """
    opened = pyoxigraph.Store(store)
    opened.bulk_load(path=quads, format=pyoxigraph.RdfFormat.N_QUADS)
    opened.flush()
    opened.optimize()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
