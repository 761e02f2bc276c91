"""
A file of RDF as a value: where it lies, its syntax, its name, what its relative IRIs mean.

In: nothing. Out: `RdfFile`, and `NamedFile` for one of which only that much is known.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import RdfFormat

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

    `shown` is the file in which lines are as the user knows them, if that is another one.
    """

    path: Path
    kind: RdfFormat
    name: str
    base: Iri
    shown: Path | None = None
