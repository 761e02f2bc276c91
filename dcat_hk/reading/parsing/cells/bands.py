"""
Bands: rows, or lines above rows, that hold one text for all rows below them.

In: the text of a band and the rows below it. Out: whether it is their category, and which part of it. It claims
nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ....core.text import plain
from ....core.wording.plans import load_plan_wording
from ...documents import Block, Document, Row
from ...recognisers.headers import columns_of_cell, header_of_row, header_of_rows
from ..ledger import text_of, texts_of
from ..rows import Text, split_category

_CELLS = load_plan_wording().cells

Columns = Sequence[tuple[str, ...]]

#: The number or letter of a band, in a cell of its own, is no longer than this.
_LONGEST_NUMBER = 4


@dataclass(frozen=True, slots=True)
class CategoryBand:
    """
    The category that a band names for the rows below it, and how many rows had been read before it.

    A group below it and before any row stands inside of it, and so do the groups after that one; another one ends it.
    """

    text: Text = ()
    rows_before: int = 0
    nested: bool = False

    def below_group(self, rows: int) -> CategoryBand:
        """
        Return the band as it is below a group.

        Args:
            rows: How many rows had been read before the group.

        >>> CategoryBand((), 3).below_group(3).nested, CategoryBand((), 3).below_group(5) == NO_BAND
        (True, True)
        """
        return replace(self, nested=True) if self.nested or rows == self.rows_before else NO_BAND


NO_BAND = CategoryBand()


def place_of_band(row: Row) -> int | None:
    """
    Return where a row has a cell that is merged over the last and most of its columns, None if it has none.

    Beside it only cells may stand that reach over the rows below, too.

    Args:
        row: A row of a table.
    """
    filled = [place for place, cell in enumerate(row.cells) if cell]
    place, count = filled[-1] if filled else 0, len(row.cells)
    columns = row.extent(place).columns
    beside = all(row.extent(other).rows > 1 for other in filled[:-1])
    return place if filled and beside and place + columns >= count and count < columns * 2 > 2 else None


def is_above_header(document: Document, blocks: Sequence[Block]) -> bool:
    """
    Tell whether a row is merged over all of its columns and stands directly above a header.

    Args:
        document: Where the row is.

        blocks: The row and what follows.
    """
    if len(blocks) < 2 or not isinstance(blocks[0], Row) or place_of_band(blocks[0]) != 0:
        return False
    upper, lower = ([texts_of(document, each) if isinstance(each, Row) else [] for each in blocks[1:3]] + [[]])[:2]
    return bool(header_of_row(upper) or (lower and header_of_rows(upper, lower)))


def category_of_band(document: Document, fragments: Text, is_category: Callable[[str], bool]) -> Text:
    """
    Return the category that a band names, without its number, its label and a colon; nothing if it names none.

    Args:
        document: Where the band is.

        fragments: The text of the band.

        is_category: Tells whether a text is a known category.
    """
    whole = fragments if is_category(text_of(document, fragments)) else ()
    if len(fragments) > 1 and len(document.slice(fragments[0].span)) <= _LONGEST_NUMBER and not whole:
        return fragments[1:] if is_category(text_of(document, fragments[1:])) else ()
    if len(fragments) != 1:
        return whole
    raw = document.slice(fragments[0].span)
    bare = _CELLS.band.fullmatch(plain(raw))
    if not bare:
        return whole
    start, end = bare.span("text")
    label, sign, _rest = plain(raw[start:end]).partition(":")
    if sign and columns_of_cell(label) == ("category",):
        start += len(label) + 1
    start += len(raw[start:end]) - len(raw[start:end].lstrip())
    if not is_category(raw[start:end]):
        return whole
    span = fragments[0].span
    return (fragments[0]._replace(span=span._replace(start=span.start + start, end=span.start + end)),)


def lacks_categories(
    document: Document, columns: Columns, rows: Iterable[Sequence[Text]], is_category: Callable[[str], bool]
) -> bool:
    """
    Tell whether no row states a category of its own.

    Args:
        document: Where the rows are.

        columns: What each column of the table holds.

        rows: The cells of each row.

        is_category: Tells whether a text is a known category.
    """
    for cells in rows:
        for names, cell in zip(columns, cells, strict=False):
            if names == ("category",) and cell:
                return False
            if names == ("category", "title") and is_category(
                text_of(document, split_category(document, cell, is_category)[0])
            ):
                return False
    return True
