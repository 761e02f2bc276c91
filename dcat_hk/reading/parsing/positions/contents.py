"""
Lines of a table whose labels nobody knows -> its header, by what stands in its columns.

In: the words of lines that follow one another. Out: a `ColumnHeader`. Columns are where blank space goes down through
all rows; what they hold is told as it is for tables with cells (`recognisers.contents`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles
from typing import NamedTuple

from ....core.limits import check_time
from ....core.text import join_lines
from ...documents import Document, Line
from ...recognisers.columns import field_of
from ...recognisers.contents import is_header_by_contents, name_by_contents, states_month
from ...recognisers.formats import names_only_formats
from ...recognisers.frequencies import read_frequency
from ...recognisers.headers import ColumnBelow, columns_of_cell
from ..ledger import clean_text
from ..rows import read_number
from .header import ColumnHeader, ColumnLabel
from .weights import POSITIONS
from .words import Word, fragment_of, is_date

_TOLD = {"title", "date", "frequency"}


class _Stripe(NamedTuple):
    """From where to where the words of a column reach."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _StripedLines:
    """Lines, those with a date from the first one on, and the columns that their words make."""

    document: Document
    lines: Sequence[tuple[Line, Sequence[Word]]]
    first: int
    stripes: Sequence[_Stripe]
    below: Sequence[ColumnBelow]
    role: str
    unit: float


def find_header_by_contents(
    document: Document,
    lines: Sequence[tuple[Line, Sequence[Word]]],
    is_category: Callable[[str], bool],
    role: str,
    unit: float,
) -> tuple[int, ColumnHeader] | None:
    """
    Return the header of a table and the line it begins with, where only what stands below tells what its labels say.

    Every column has a label, and below the labels are names, dates and frequencies. None if that is not so.

    Args:
        document: Where the lines are.

        lines: The lines, each with its words.

        is_category: Tells whether a text is a known category.

        role: What the dates of the section are: `target` or `released`.

        unit: How wide a width is where the lines stand.
    """
    table = _look_at_table(document, lines, is_category, role, unit)
    return next(_headers_of(table), None) if table else None


def has_rows_by_contents(
    document: Document, lines: Sequence[tuple[Line, Sequence[Word]]], is_category: Callable[[str], bool]
) -> bool:
    """
    Tell whether lines are rows of a table, whatever stands above them: of names, dates and frequencies in columns.

    Args:
        document: Where the lines are.

        lines: The lines, each with its words.

        is_category: Tells whether a text is a known category.
    """
    table = _look_at_table(document, lines, is_category, "", 1.0)
    return table is not None and all(any(told) for told in zip(*map(_kinds_of, table.below), strict=True))


def _kinds_of(below: ColumnBelow) -> tuple[bool, bool, bool]:
    """Tell whether a column may hold names, whether dates, whether frequencies."""
    told = below.numbered or below.dates or below.frequencies or below.categories or below.short
    return below.distinct and not told, below.dates, below.frequencies


def _look_at_table(
    document: Document,
    lines: Sequence[tuple[Line, Sequence[Word]]],
    is_category: Callable[[str], bool],
    role: str,
    unit: float,
) -> _StripedLines | None:
    """Return lines as a table, None if they are not in columns or have hardly any dates."""
    first = _find_first_row([words for _line, words in lines])
    if first is None:
        return None
    check_time()
    above = {_list_texts(words) for _line, words in lines[:first]}
    rows = [words for _line, words in lines[first:] if _list_texts(words) not in above]
    stripes = _part_dates(_find_stripes(rows), rows)
    if not _may_be_columns(stripes):
        return None
    cells = [_sort_words(words, stripes) for words in rows]
    if _holds_several(cells, POSITIONS.fewest_dates):
        return None
    texts = [[_read_cell(document, line[place]) for line in cells] for place in range(len(stripes))]
    below = [_look_at_column(own, is_category) for own in texts]
    return _StripedLines(document, lines, first, stripes, below, role, unit)


def is_justified(lines: Sequence[Sequence[Word]]) -> bool:
    """
    Tell whether lines of cells were drawn out to the width of their columns, so that wide blank space tells nothing.

    Columns are known by blank space through all rows, and wide blanks stand here and there inside of them.

    Args:
        lines: The words of lines on a page whose measures are known.
    """
    first = _find_first_row(lines)
    stripes = [] if first is None else _find_stripes(lines[first:])
    if not _may_be_columns(stripes):
        return False
    rows = [_sort_words(words, stripes) for words in lines[first:]]
    cells = [words for line in rows for words in line if len(words) > 1]
    wide = sum(1 for words in cells if any(word.gap > POSITIONS.wide for word in words[1:]))
    is_often = wide > max(POSITIONS.fewest_wide, len(cells) * POSITIONS.part_justified)
    return is_often and not _holds_several(rows, POSITIONS.often)


def repeats_header(document: Document, header: ColumnHeader, lines: Sequence[Sequence[Word]]) -> ColumnHeader | None:
    """
    Return a header that is printed again, at the same place, where some lines begin; None if it is not.

    Args:
        document: Where the words are.

        header: The header.

        lines: The words of lines, of which as many as the header has may be that header.
    """
    again = lines[: header.lines]
    printed = Counter(_list_words(document, header))
    if len(again) < header.lines or Counter(word.text for words in again for word in words) != printed:
        return None
    stripes = [_Stripe(label.left, label.right) for label in header.labels]
    cells = [_sort_words(words, stripes) for words in again]
    return ColumnHeader(header.lines, tuple(_make_label(cells, place, old) for place, old in enumerate(header.labels)))


def _list_texts(words: Sequence[Word]) -> tuple[str, ...]:
    """Return what words say."""
    return tuple(word.text for word in words)


def _list_words(document: Document, header: ColumnHeader) -> Iterator[str]:
    """Yield the words of a header."""
    for label in header.labels:
        for fragment in label.fragments:
            yield from document.slice(fragment.span).split()


def _make_label(cells: Sequence[Sequence[Sequence[Word]]], place: int, like: ColumnLabel) -> ColumnLabel:
    """Return the label that stands in one column of some lines, which says what another one does."""
    fragments = tuple(fragment_of(line[place]) for line in cells if line[place])
    return like._replace(fragments=fragments)


# ---- where columns are


def _find_first_row(lines: Sequence[Sequence[Word]]) -> int | None:
    """Return the first line with a date; None if hardly any has one, so that they are no rows."""
    dated = [index for index, words in enumerate(lines) if any(is_date(word.text) for word in words)]
    return dated[0] if len(dated) >= POSITIONS.fewest_dates else None


def _may_be_columns(stripes: Sequence[_Stripe]) -> bool:
    """Tell whether there are as many stripes as a table has columns."""
    return POSITIONS.fewest_stripes <= len(stripes) <= POSITIONS.most_stripes


def _find_stripes(rows: Sequence[Sequence[Word]]) -> list[_Stripe]:
    """Return the columns of words, parted by blank space that goes down through nearly all rows."""
    steps = POSITIONS.steps_of_stripe
    end = max(word.right for words in rows for word in words)
    cover = [0] * (int(end * steps) + 2)
    counted = 0
    for words in rows:
        if _lies_across(words, end):
            continue
        counted += 1
        for word in words:
            for place in range(int(word.left * steps), int(word.right * steps) + 1):
                cover[place] += 1
    most = counted // POSITIONS.one_in_stripe
    stripes: list[_Stripe] = []
    opened: int | None = None
    for place, count in enumerate([*cover, 0]):
        if count > most and opened is None:
            opened = place
        elif count <= most and opened is not None:
            stripe = _Stripe(opened / steps, place / steps)
            if stripes and stripe.left - stripes[-1].right < POSITIONS.narrowest:
                stripes[-1] = stripes[-1]._replace(right=stripe.right)
            else:
                stripes.append(stripe)
            opened = None
    return stripes


def _part_dates(stripes: Sequence[_Stripe], rows: Sequence[Sequence[Word]]) -> list[_Stripe]:
    """Return columns with one that holds dates behind other words parted where nearly all dates begin."""
    parted: list[_Stripe] = []
    for stripe in stripes:
        inside = [(before, word) for words in rows for before, word in pairwise(words) if _is_inside(word, stripe)]
        pairs = [(before, word) for before, word in inside if is_date(word.text) and _is_inside(before, stripe)]
        edge = median(word.left for _before, word in pairs) if len(pairs) >= POSITIONS.fewest_dates else 0.0
        near = sum(1 for _before, word in pairs if abs(word.left - edge) <= POSITIONS.margin)
        if pairs and edge and near >= len(pairs) * POSITIONS.part_told:
            right = min(edge - POSITIONS.narrowest, max(before.right for before, _word in pairs))
            parted += [_Stripe(stripe.left, right), _Stripe(edge, stripe.right)]
        else:
            parted.append(stripe)
    return parted


def _is_inside(word: Word, stripe: _Stripe) -> bool:
    """Tell whether a word begins in a column."""
    return stripe.left - POSITIONS.margin <= word.left < stripe.right


def _lies_across(words: Sequence[Word], width: float) -> bool:
    """Tell whether a line is one stretch of words over a good part of the width: a heading, a note."""
    alone = all(word.gap <= POSITIONS.wide for word in words[1:])
    return alone and words[-1].right - words[0].left > width * POSITIONS.part_across


def _sort_words(words: Sequence[Word], stripes: Sequence[_Stripe]) -> list[list[Word]]:
    """Return words by column: that in whose stripe they stand, or that of the word directly before them."""
    cells: list[list[Word]] = [[] for _stripe in stripes]
    before = -1
    for word in words:
        nearest = max(range(len(stripes)), key=lambda place: _measure_overlap(word, stripes[place]))
        goes_on = before >= 0 and word.gap <= POSITIONS.wide and nearest > before
        if goes_on and word.left < stripes[before + 1].left - POSITIONS.margin:
            nearest = before
        nearest = max(nearest, before)
        cells[nearest].append(word)
        before = nearest
    return cells


def _measure_overlap(word: Word, stripe: _Stripe) -> float:
    """Return over which width a word stands in a stripe; how far away it is, as less than nothing, if it does not."""
    return min(word.right, stripe.right) - max(word.left, stripe.left)


def _holds_several(rows: Sequence[Sequence[Sequence[Word]]], least: int) -> bool:
    """Tell whether more than a few words stand behind wide blanks at one place of a column: it is several."""
    for cells in zip(*rows, strict=True):
        filled = [words for words in cells if words]
        behind = Counter(round(word.left) for words in filled for word in words[1:] if word.gap > POSITIONS.wide)
        most = max(least, len(filled) * POSITIONS.part_behind)
        if any(count + behind[place + 1] > most for place, count in list(behind.items())):
            return True
    return False


# ---- what they hold


def _read_cell(document: Document, words: Sequence[Word]) -> str:
    """Return the words of a cell on one line as text."""
    return clean_text(document.slice(fragment_of(words).span)) if words else ""


def _look_at_column(texts: Sequence[str], is_category: Callable[[str], bool]) -> ColumnBelow:
    """Return what stands in a column, of which the text of each line is known."""
    filled = [text for text in texts if text]
    if not filled:
        return ColumnBelow()
    counts = Counter(filled)
    return ColumnBelow(
        filled=True,
        numbered=_are_mostly(filled, lambda text: read_number(text) is not None),
        categories=_are_mostly(filled, is_category, POSITIONS.part_of_categories),
        formats=_are_mostly(filled, names_only_formats),
        short=all(len(text) <= POSITIONS.longest_sign for text in filled),
        dates=_are_mostly(filled, states_month),
        frequencies=_are_mostly(filled, lambda text: bool(read_frequency(text))),
        distinct=counts.most_common(1)[0][1] <= max(2, len(filled) * POSITIONS.part_alike),
    )


def _are_mostly(texts: Sequence[str], tell: Callable[[str], bool], part: float = POSITIONS.part_told) -> bool:
    """Tell whether most lines are of cells that something can be told of, which may go over several lines."""
    told, index = 0, 0
    while index < len(texts):
        for count in range(1, min(POSITIONS.lines_of_cell, len(texts) - index) + 1):
            lines = texts[index : index + count]
            if count > 1 and sum(map(len, lines)) > POSITIONS.longest_told:
                index += 1
                break
            # A narrow column breaks words.
            if tell(join_lines(lines)) or (count > 1 and tell("".join(lines))):
                told += count
                index += count
                break
        else:
            index += 1
    return told >= len(texts) * part


# ---- the labels above


def _headers_of(table: _StripedLines) -> Iterator[tuple[int, ColumnHeader]]:
    """Yield what may be the header, above the first line with a date, those that begin higher first."""
    pitch = _measure_pitch(table)
    page = table.lines[table.first][0].page
    starts = [index for index in range(table.first) if table.lines[index][0].page == page]
    for start in starts:
        for end in range(start + 1, min(table.first, start + POSITIONS.most_lines_of_header) + 1):
            above, below = table.lines[end - 1][0], table.lines[end][0]
            if below.top - above.top > pitch * POSITIONS.apart and (header := _read_header(table, start, end)):
                yield start, header


def _measure_pitch(table: _StripedLines) -> float:
    """Return how far apart lines of one cell stand."""
    gaps: list[float] = []
    last: dict[int, Line] = {}
    for line, words in table.lines[table.first :]:
        for place, cell in enumerate(_sort_words(words, table.stripes)):
            if cell:
                above = last.get(place)
                if above and above.page == line.page and line.top > above.top:
                    gaps.append(line.top - above.top)
                last[place] = line
    usual = POSITIONS.widths_of_line * table.unit
    return min(usual, quantiles(gaps, n=POSITIONS.pitch_one_in)[0]) if len(gaps) > 1 else usual


def _read_header(table: _StripedLines, start: int, end: int) -> ColumnHeader | None:
    """Return the header that some lines are, None if they are none."""
    lines = [words for _line, words in table.lines[start:end]]
    if any(_crosses(words, table.stripes) for words in lines):
        return None
    cells = [_sort_words(words, table.stripes) for words in lines]
    pieces = [[_read_cell(table.document, line[place]) for line in cells] for place in range(len(table.stripes))]
    labels = [join_lines(own) for own in pieces]
    numbered = table.below[0].numbered
    leading = 1 if numbered and not labels[0] else 0
    if not is_header_by_contents(labels[leading:], table.below[leading:]):
        return None
    known = [columns_of_cell(label) for label in labels]
    if numbered:
        known[0] = ("number",)
    named = name_by_contents(known, labels, table.below, table.role)
    if not {field_of(name) for names in named for name in names} >= _TOLD:
        return None
    found: list[ColumnLabel] = []
    for place, (stripe, names, before) in enumerate(zip(table.stripes, named, known, strict=True)):
        label = ColumnLabel((), stripe.left, stripe.right, names, names != before)
        found.append(_make_label(cells, place, label))
    return ColumnHeader(end - start, tuple(found))


def _crosses(words: Sequence[Word], stripes: Sequence[_Stripe]) -> bool:
    """Tell whether a word stands in two columns."""
    margin = POSITIONS.margin
    return any(
        word.left < one.right - margin and word.right > other.left + margin
        for one, other in pairwise(stripes)
        for word in words
    )
