"""
What the plans of a catalogue list -> a file, and back, so that states as of any month are worked out in a moment.

In: an output folder. Out: a file that holds a `PublishedHistory`, with the months that it is about in its first line.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from ...catalogue.publishing.histories import PublishedHistory, read_history
from ...core.errors import NotReadable
from ...core.terms import Iri


class KnownMonths(NamedTuple):
    """The months of the first and of the newest plan, and the last month that a plan is for; empty without plans."""

    first: str = ""
    newest: str = ""
    last: str = ""


def keep_history(folder: Path, path: Path, base: Iri) -> None:
    """
    Write what the plans of a catalogue list.

    A catalogue that tells of no promises, as one of another program, is served without them.

    Args:
        folder: An output folder.

        path: The file to write.

        base: The base IRI of the catalogue.
    """
    try:
        history = read_history(folder)
    except (NotReadable, LookupError, ValueError):
        history = PublishedHistory(base, [], [], frozenset())
    months = sorted(plan.month for plan in history.plans)
    known = KnownMonths(months[0], months[-1], max(plan.end for plan in history.plans)) if months else KnownMonths()
    path.write_bytes(msgspec.json.encode(known) + b"\n" + msgspec.msgpack.encode(history))


def load_history(path: Path) -> PublishedHistory:
    """
    Return what a file holds that `keep_history` wrote.

    Args:
        path: The file.
    """
    return msgspec.msgpack.decode(path.read_bytes().partition(b"\n")[2], type=PublishedHistory)


def read_known_months(path: Path) -> KnownMonths:
    """
    Return the months that a file of `keep_history` is about.

    Args:
        path: The file.
    """
    with path.open("rb") as file:
        return msgspec.json.decode(file.readline(), type=KnownMonths)
