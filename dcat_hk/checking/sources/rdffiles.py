"""
A file of RDF as a value: where it lies, its syntax, its name, what its relative IRIs mean.

In: nothing. Out: `RdfFile`, and `NamedFile` for one of which only that much is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat

from ...core.limits import RdfLimits
from ...core.terms import Iri


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file that holds what a user has under another name, or in no file at all."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class RdfFile:
    """
    A file that can be read as it is: its syntax, the name the user knows it by, what relative IRIs mean in it.

    `shown` is the file in which lines are as the user knows them, if that is another one. `ratio` is how many times its
    size the statements may have that are written out in full.
    """

    path: Path
    kind: RdfFormat
    name: str
    base: Iri
    shown: Path | None = None
    ratio: int = RdfLimits().ratio

    def __reduce__(self) -> tuple[Any, ...]:
        """Let the file be sent to another machine: its syntax goes by the name that media types have for it."""
        return _unpack, (self.path, self.kind.media_type, self.name, self.base, self.shown, self.ratio)


def _unpack(path: Path, media_type: str, name: str, base: Iri, shown: Path | None, ratio: int) -> RdfFile:
    """Return a file that another machine has sent."""
    kind = RdfFormat.from_media_type(media_type)
    assert kind is not None, media_type
    return RdfFile(path, kind, name, base, shown, ratio)
