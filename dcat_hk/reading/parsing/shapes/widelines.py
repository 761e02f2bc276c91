"""
Columns of an unruled table that stand on another page than its names, as a sheet wider than the paper is printed.

In: a document whose lines have places on pages. Out: the document without both halves of such tables, and one finding:
without rules it cannot be told which line belongs to which.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ....core.errors import Finding
from ...documents import Document, Line
from ...recognisers.headers import columns_of_cell
from ...recognisers.headings import read_section_heading
from ..foot import is_signature
from ..head import joined
from ..ledger import Claims

#: A header has at least so many labels.
_FEWEST = 2
_KEYS = frozenset({"number", "title", "category"})


@dataclass(frozen=True, slots=True)
class _Half:
    """A line that is a header, the lines below it on its page, and the columns that it names."""

    start: int
    end: int
    page: int
    names: frozenset[str]


def leave_out_halves(document: Document, claims: Claims) -> tuple[Document, list[Finding]]:
    """
    Return a document without unruled tables whose columns are on two pages, and a finding if there is one.

    Args:
        document: Any document.

        claims: Where what is left out is claimed.
    """
    halves = list(_find_halves(document))
    named = [half for half in halves if "title" in half.names and half.names <= _KEYS]
    others = [half for half in halves if "title" not in half.names and any(name.page < half.page for name in named)]
    if not others:
        return document, []
    outside = {index for half in (*named, *others) for index in range(half.start, half.end)}
    lines = [block.span for i, block in enumerate(document.blocks) if i in outside and isinstance(block, Line)]
    claims.add(lines, "note")
    count = sum(half.end - half.start - 1 for half in others)
    place = document.place([document.blocks[others[0].start].span])  # type: ignore[union-attr]
    blocks = tuple(block for index, block in enumerate(document.blocks) if index not in outside)
    return replace(document, blocks=blocks), [Finding("columns-elsewhere", document.name, place, {"count": str(count)})]


def _find_halves(document: Document) -> Iterator[_Half]:
    """Yield the headers on lines of their own with the lines below them."""
    blocks = document.blocks
    headers = {index: names for index, block in enumerate(blocks) if (names := _labels(document, block))}
    for index, names in headers.items():
        page = blocks[index].page  # type: ignore[union-attr]
        end = index + 1
        while end < len(blocks) and end not in headers and _is_below(document, blocks, end, page):
            end += 1
        if end > index + 1:
            yield _Half(index, end, page, names)


def _labels(document: Document, block: object) -> frozenset[str]:
    """Return the columns that a line names if it holds nothing else, each label with space around it."""
    if not isinstance(block, Line) or len(block.runs) < _FEWEST or not block.page:
        return frozenset()
    names: list[str] = []
    for run in block.runs:
        columns = columns_of_cell(document.slice(run.span))
        if not columns:
            return frozenset()
        names += columns
    return frozenset(names) if len(set(names)) == len(names) else frozenset()


def _is_below(document: Document, blocks: Sequence[object], index: int, page: int) -> bool:
    """Tell whether a line can belong to the table above it: on the same page, neither heading nor signature."""
    block = blocks[index]
    if not isinstance(block, Line) or block.page != page:
        return False
    text = joined(document, [block])
    return not (read_section_heading(text) or is_signature(text))
