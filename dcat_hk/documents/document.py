"""
The model of a document: lines of text, and blocks that say which of them are rows of cells.

A position is a `Span`: a line, counted from 0, and two offsets in it. Every text that is read later is a
list of spans, so that what was read can be compared with what there was, character by character.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..errors import Finding
from ..place import Place


class Span(NamedTuple):
    """A stretch of one line: line counted from 0, first offset, offset after the last."""

    line: int
    start: int
    end: int

    @property
    def place(self) -> Place:
        """Return the line as people count it."""
        return Place(self.line + 1, self.line + 1)


class Line(NamedTuple):
    """A line of running text, without the white space around it."""

    span: Span
    #: Whether a blank line or the start of the document stands before it.
    apart: bool


class Row(NamedTuple):
    """A row of a table; a cell that was wrapped over lines has a span in each."""

    cells: tuple[tuple[Span, ...], ...]
    apart: bool


Block = Line | Row


@dataclass(frozen=True, slots=True)
class Document:
    """
    A document: its name, the SHA-256 of its bytes, its lines as decoded, and its blocks in order.

    Blank lines have no block.
    """

    name: str
    sha256: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    findings: tuple[Finding, ...] = ()

    def slice(self, span: Span) -> str:
        """Return the characters at a position."""
        return self.lines[span.line][span.start : span.end]
