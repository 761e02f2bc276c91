"""
Words in their places -> a table's header and the column of every word.

In: lines whose words are known by where they stand. Out: headers, and words by column. Where a column stands is learned
from the header's labels, from the blank space between them, and from the words assigned so far; what a cell says
decides where positions do not. It does not know where rows begin.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from ....core.limits import check_time, count_steps
from ....core.text import plain, width
from ....core.wording.plans import load_plan_wording
from ...documents import Document, Fragment, Line, Span
from ...recognisers.headers import can_begin, columns_of
from ...recognisers.values import date_at, frequency_at, is_none
from ..ledger import text_of
from ..rows import read_number

_SLASH = load_plan_wording().cells.slash
_WORD = re.compile(r"\S+")

#: A header over lines is no longer than this.
_MOST_LINES = 8
#: Blank space wider than this, in widths of a character, parts words that may be of one cell from words that are not.
_WIDE = 1.5
#: A word of a label's second line stands no farther from its first than this.
_NEAREST = 3.0
#: A text with a date at its start that is longer than this begins with a digit.
_LONGEST_WITH_DATE = 40
#: The rest of a date on its next line is no wider than this.
_REST_OF_DATE = 8
#: A text that stands in a column this often is known to be of it, and is worth this much.
_OFTEN = 3
_KNOWN = 3.0
#: What a date is tells more of its column than where it stands, in text whose columns drift.
_SHARE_OF_PLACE = 0.4
#: How far from a column's edge words may still be parted there.
_NEAR = 8.0
#: Looking whether a word fits a column takes about as long as so many steps of other searches.
_STEPS = 8
#: What it costs to part words that a sign joins.
_TORN = 4.0


class Word(NamedTuple):
    """A word and where on its line it stands, in widths of a character; `gap` is the blank space before it."""

    span: Span
    left: float
    right: float
    gap: float


class ColumnLabel(NamedTuple):
    """What a header says over one column, where, and what that means."""

    fragments: tuple[Fragment, ...]
    left: float
    right: float
    names: tuple[str, ...]


class ColumnHeader(NamedTuple):
    """The labels of a header, from left to right, and over how many lines they go."""

    lines: int
    labels: tuple[ColumnLabel, ...]

    @property
    def score(self) -> int:
        """Return how good a header this is: labels that are known count for it, others against it."""
        return sum(2 if label.names else -1 for label in self.labels)


@dataclass(slots=True)
class Column:
    """Where the cells of a column stand: left and right edge, and how often they begin where."""

    names: tuple[str, ...]
    left: float
    right: float
    starts: Counter[int] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)

    def holds(self, *names: str) -> bool:
        """Tell whether the column holds just one of some things."""
        return len(self.names) == 1 and self.names[0] in names


def unit_of(lines: Sequence[Line]) -> float:
    """Return how wide a character is: 1 in text that was laid out with blanks."""
    widths = [(run.right - run.left) / (run.span.end - run.span.start) for line in lines for run in line.runs]
    return median(widths) or 1.0 if widths else 1.0


def words_of(document: Document, line: Line, unit: float) -> list[Word]:
    """Return the words of a line with their places; within a run they are reckoned from the widths of letters."""
    words: list[Word] = []
    for run in line.runs:
        text = document.slice(run.span)
        exact = run.right - run.left == len(text)
        size = (run.right - run.left) / max(len(text) if exact else width(text), 1)
        for match in _WORD.finditer(text):
            before, own = text[: match.start()], match[0]
            left = run.left + size * (len(before) if exact else width(before))
            right = left + size * (len(own) if exact else width(own))
            gap = left / unit - words[-1].right if words else 99.0
            span = Span(run.span.line, run.span.start + match.start(), run.span.start + match.end())
            words.append(Word(span, left / unit, right / unit, gap))
    return words


def fragment_of(words: Sequence[Word]) -> Fragment:
    """Return words that follow one another on a line as one fragment."""
    return Fragment(Span(words[0].span.line, words[0].span.start, words[-1].span.end))


# ---- headers


def header_at(document: Document, lines: Sequence[Sequence[Word]]) -> ColumnHeader | None:
    """Return the header that begins with the first of some lines, None if none does."""
    if not lines or not any(can_begin(document.slice(word.span)) for word in lines[0]):
        return None
    if not any(sum(1 for word in line if columns_of(document.slice(word.span))) >= 2 for line in lines[:4]):
        return None
    here, below = _best_header(document, lines), _best_header(document, lines[1:])
    if here is None or (below and (below.score, _is_strange(lines, here)) > (here.score, False)):
        return None
    return here


def _is_strange(lines: Sequence[Sequence[Word]], header: ColumnHeader) -> bool:
    """Tell whether nothing of the first line is a known label."""
    known = [label for label in header.labels if label.names]
    return not any(
        fragment.span.line == word.span.line for label in known for fragment in label.fragments for word in lines[0]
    )


def _best_header(document: Document, lines: Sequence[Sequence[Word]]) -> ColumnHeader | None:
    """Return the best header over one or several lines from the first one on."""
    best: ColumnHeader | None = None
    for count in range(1, min(len(lines), _MOST_LINES) + 1):
        labels = _labels(document, lines[:count])
        header = ColumnHeader(count, tuple(labels))
        known = sum(1 for label in labels if label.names)
        if known < 2 or known * 2 <= len(labels):
            continue
        last = {word.span for word in lines[count - 1]}
        new = [label for label in labels if any(_within(span, f.span) for f in label.fragments for span in last)]
        if (
            best is None
            or header.score > best.score
            or (header.score == best.score and all(label.names for label in new))
        ):
            best = header
    return best


def _within(inner: Span, outer: Span) -> bool:
    """Tell whether one span is part of another."""
    return inner.line == outer.line and outer.start <= inner.start and inner.end <= outer.end


def _labels(document: Document, lines: Sequence[Sequence[Word]]) -> list[ColumnLabel]:
    """Return the labels of some lines: groups of strips with as few strange ones, and as few, as can be."""
    strips = _strips(document, lines)
    best: list[tuple[int, tuple[ColumnLabel, ...]]] = [(0, ())]
    for end in range(1, len(strips) + 1):
        ways = []
        for start in range(max(0, end - 6), end):
            label = _label(document, strips[start:end])
            if label.names or start == end - 1:
                cost, labels = best[start]
                ways.append((cost + (1 if label.names else 10), (*labels, label)))
        best.append(min(ways, key=lambda way: way[0]))
    return _joined(best[-1][1])


def _strips(document: Document, lines: Sequence[Sequence[Word]]) -> list[list[list[Word]]]:
    """
    Return words, line by line, that stand above one another, from left to right.

    The line with most words makes the strips; those of other lines join a strip near them, or make one of their own.
    So strips do not run together where text was laid out with the wrong number of blanks.
    """
    order = sorted(range(len(lines)), key=lambda number: -len(lines[number]))
    strips: list[list[list[Word]]] = []
    for number in order:
        for word in lines[number]:
            strip = _strip_of(document, strips, number, word) if number != order[0] else None
            if strip is None:
                strip = [[] for _line in lines]
                strips.append(strip)
            strip[number].append(word)
    signs = [strip for strip in strips if [document.slice(w.span) for line in strip for w in line] == ["#"]]
    others = [strip for strip in strips if strip not in signs]
    return signs + sorted(others, key=lambda strip: min(word.left for line in strip for word in line))


def _strip_of(
    document: Document, strips: Sequence[list[list[Word]]], number: int, word: Word
) -> list[list[Word]] | None:
    """Return the strip that a word of another line belongs to: one it makes a label of, or the one it overlaps most."""
    if document.slice(word.span) == "#":
        return None
    near = []
    for strip in strips:
        placed = [other for line in strip for other in line]
        shared = min(word.right, max(o.right for o in placed)) - max(word.left, min(o.left for o in placed))
        if shared > 0 or (shared >= -_NEAREST and word.gap > _WIDE and not strip[number]):
            near.append((shared, strip))
    near.sort(key=lambda pair: -pair[0])
    for _shared, strip in near:
        with_word = [[*line, word] if index == number else line for index, line in enumerate(strip)]
        fragments = [fragment_of(line) for line in with_word if line]
        if columns_of(text_of(document, fragments)) and not (_shared < 0 and columns_of(document.slice(word.span))):
            return strip
    return (
        near[0][1]
        if near and near[0][0] > 0
        else near[0][1]
        if near and near[0][0] >= -_WIDE and not columns_of(document.slice(word.span))
        else None
    )


def _label(document: Document, strips: Sequence[Sequence[Sequence[Word]]]) -> ColumnLabel:
    """Return what adjacent strips say together."""
    lines = [[word for strip in strips for word in strip[number]] for number in range(len(strips[0]))]
    words = [word for line in lines for word in line]
    fragments = tuple(fragment_of(line) for line in lines if line)
    text = text_of(document, fragments)
    names = columns_of(text)
    both = names == ("category", "title") and _SLASH in plain(text)
    alone = len(strips) == 1 or "#" not in text
    known = names if alone and (len(names) == 1 or both) else ()
    return ColumnLabel(fragments, min(word.left for word in words), max(word.right for word in words), known)


def _joined(labels: Sequence[ColumnLabel]) -> list[ColumnLabel]:
    """Return labels, those that are strange and stand close together as one."""
    joined: list[ColumnLabel] = []
    for label in labels:
        if joined and not label.names and not joined[-1].names and label.left - joined[-1].right <= _WIDE:
            before = joined.pop()
            label = ColumnLabel(before.fragments + label.fragments, before.left, label.right, ())
        joined.append(label)
    return joined


# ---- where columns stand


def columns_under(header: ColumnHeader, lines: Sequence[Sequence[Word]]) -> list[Column]:
    """Return the columns under a header, parted where least stands between their labels."""
    labels = header.labels
    edges = [_edge(a.right, b.left, lines) for a, b in pairwise(labels)]
    lefts, rights = [min([0.0, labels[0].left]), *edges], [*edges, float("inf")]
    names = [label.names for label in labels]
    if ("number",) not in names and not names[0]:
        names[0] = ("number",)
    return [Column(name, left, right) for name, left, right in zip(names, lefts, rights, strict=True)]


def _edge(start: float, end: float, lines: Sequence[Sequence[Word]]) -> float:
    """Return the middle of the widest stretch between two labels in which least is written."""
    first, last = int(start * 2), max(int(end * 2), int(start * 2) + 1)
    cover = [0.0] * (last - first)
    for line in lines:
        for word in line:
            narrow = word.gap <= _WIDE
            for place in range(max(first, int((word.left - word.gap * narrow) * 2)), min(last, int(word.right * 2))):
                cover[place - first] += 1 if place >= int(word.left * 2) else 0.3
    least = min(cover) + 0.02 * len(lines)
    best, begun = (0, 0), None
    for place, value in enumerate([*cover, float("inf")]):
        if value <= least and begun is None:
            begun = place
        elif value > least and begun is not None:
            best = max(best, (place - begun, begun))
            begun = None
    return (first + best[1] + best[0] / 2) / 2


def _partings(start: float, end: float, lines: Sequence[Sequence[Word]], count: int) -> list[float]:
    """Return the places that most lines have words on both sides of, and the fewest have words at."""
    places = [half / 2 for half in range(int(start * 2) + 2, max(int(end * 2), int(start * 2) + 3))]
    inside = [[word for word in line if word.left >= start - 0.5 and word.right <= end + 1] for line in lines]
    worths = []
    for place in places:
        single = [_worth_of_parting(place, words) for words in inside if words]
        worths.append(sum(single) if any(worth > 0 for worth in single) else float("-inf"))
    stretches: list[tuple[float, int, float]] = []
    first = 0
    for index in range(1, len(places) + 1):
        if index == len(places) or worths[index] != worths[first]:
            before = worths[first - 1] if first else float("-inf")
            after = worths[index] if index < len(places) else float("-inf")
            if worths[first] > max(before, after) or (worths[first] > float("-inf") and len(places) == 1):
                stretches.append((worths[first], index - first, (places[first] + places[index - 1]) / 2))
            first = index
    best = sorted(stretches, reverse=True)[:count]
    found = sorted(place for _worth, _length, place in best)
    return found + [end - 0.5 * number for number in range(count - len(found), 0, -1)]


def _worth_of_parting(place: float, words: Sequence[Word]) -> float:
    """Return how much a line speaks for it that a column ends at a place."""
    if any(word.left < place < word.right for word in words):
        return -3.0
    if not words[0].right <= place <= words[-1].left:
        return 0.0
    after = next(word for word in words if word.left >= place)
    return 1.0 if after.gap > _WIDE else 0.6


def learn(document: Document, columns: Sequence[Column], lines: Sequence[Sequence[Sequence[Word]]]) -> list[Column]:
    """Return the columns where the words assigned to them stand; dates only show where dates stand."""
    learned: list[Column] = []
    for number, column in enumerate(columns):
        cells = [line[number] for line in lines if line[number]]
        if column.holds("date_target", "date_released"):
            cells = [cell for cell in cells if _is_date(document, cell[0])]
        if not cells:
            learned.append(column)
            continue
        lefts, rights = sorted(cell[0].left for cell in cells), sorted(cell[-1].right for cell in cells)
        left, right = lefts[len(lefts) // 25], rights[len(rights) - 1 - len(rights) // 25]
        starts = Counter(round(left) for left in lefts)
        texts = Counter(document.slice(fragment_of(cell).span) for cell in cells)
        learned.append(Column(column.names, min(left, right), right, starts, texts))
    for column, following in pairwise(learned):
        if following.starts.total() > 2:
            usual = median(following.starts.elements())
            column.right = max(column.left, min(column.right, usual))
    return learned


def guess(
    document: Document, columns: Sequence[Column], lines: Sequence[Sequence[Word]], is_category: Callable[[str], bool]
) -> list[Column]:
    """
    Return the columns where they stand on a page without header that text was laid out anew on.

    Row numbers, dates, categories and frequencies show where their columns are; the others are what is between them.
    """
    known = {
        index: (min(word.left for word in words), max(word.right for word in words))
        for index, column in enumerate(columns)
        if (words := _tell_tales(document, column, lines, is_category))
    }
    if len(known) < 2:
        return list(columns)
    edges = [float("-inf")] * (len(columns) + 1)
    edges[0], edges[-1] = 0.0, float("inf")
    for index, (left, right) in known.items():
        edges[index] = left - 0.5 if index else 0.0
        if index + 1 < len(columns) and index + 1 not in known:
            edges[index + 1] = right + 0.5
    for index in range(1, len(columns)):
        if edges[index] == float("-inf"):
            count = next(number for number, edge in enumerate(edges[index:]) if edge != float("-inf"))
            after = edges[index + count]
            end = after - 1 if after < float("inf") else max(word.right for line in lines for word in line)
            edges[index : index + count] = _partings(edges[index - 1], end, lines, count)
    pairs = zip(columns, pairwise(edges), strict=True)
    return [Column(column.names, left, max(left, right)) for column, (left, right) in pairs]


def _tell_tales(
    document: Document, column: Column, lines: Sequence[Sequence[Word]], is_category: Callable[[str], bool]
) -> list[Word]:
    """Return words that by what they say can only be of one column, without those that stand far from most of them."""
    found: list[Word] = []
    for line in lines:
        numbered = read_number(document.slice(line[0].span)) is not None
        dated = next((index for index, word in enumerate(line) if _is_date(document, word)), len(line))
        if column.holds("number") and numbered:
            found.append(line[0])
        elif column.holds("date_target", "date_released") and dated < len(line):
            found.append(line[dated])
        elif column.holds("category") and numbered:
            for end in range(min(len(line), 8), 1, -1):
                if is_category(document.slice(fragment_of(line[1:end]).span)):
                    found.append(Word(fragment_of(line[1:end]).span, line[1].left, line[end - 1].right, line[1].gap))
                    break
        elif column.holds("frequency") and dated + 1 < len(line):
            rest = line[dated + 1 :]
            length = frequency_at(document.slice(fragment_of(rest).span))
            said = [word for word in rest if word.span.start < rest[0].span.start + length]
            if said:
                found.append(Word(said[0].span, said[0].left, said[-1].right, said[0].gap))
    middle = median(word.left for word in found) if found else 0.0
    return [word for word in found if abs(word.left - middle) <= _NEAR]


# ---- words by column


def assign(
    document: Document,
    columns: Sequence[Column],
    words: Sequence[Word],
    is_category: Callable[[str], bool],
    empty: float = 0.0,
) -> tuple[list[list[Word]], float]:
    """
    Return the words of a line by column, in the way that costs least, and what it costs.

    Args:
        document: Where the words are.

        columns: Where columns stand; from minus infinity if that is not known.

        words: The line's words.

        is_category: Tells whether a text is a known category.

        empty: What each column without words costs.
    """
    atoms = _atoms(document, columns, words)
    best: list[list[tuple[float, int, int]]] = [[(empty * i, 0, -1) for i in range(len(columns) + 1)]]
    for end in range(1, len(atoms) + 1):
        best.append([(float("inf"), 0, -1)])
        for number, column in enumerate(columns, 1):
            check_time()
            ways = [(best[end][number - 1][0] + empty, end, -1)]
            for start in range(end):
                before = best[start][number - 1][0]
                if before < ways[0][0] + 12:
                    count_steps(_STEPS * (end - start))
                    ways.append((before + _cost(document, column, atoms[start:end], is_category), start, number))
            best[end].append(min(ways))
    return _traced(best, atoms, len(columns)), best[len(atoms)][len(columns)][0]


def _traced(
    best: Sequence[Sequence[tuple[float, int, int]]], atoms: Sequence[Sequence[Word]], count: int
) -> list[list[Word]]:
    """Return the words by column along the cheapest way."""
    cells: list[list[Word]] = [[] for _ in range(count)]
    end = len(atoms)
    for number in range(count, 0, -1):
        _cost_so_far, start, taken = best[end][number]
        if taken == number:
            cells[number - 1] = [word for atom in atoms[start:end] for word in atom]
            end = start
    return cells


def _atoms(document: Document, columns: Sequence[Column], words: Sequence[Word]) -> list[list[Word]]:
    """Return the words in groups that are not parted: words close together and far from every edge."""
    edges = [edge for column in columns for edge in (column.left, column.right)]
    unknown = any(column.left == float("-inf") for column in columns)
    atoms: list[list[Word]] = []
    for word in words:
        parted = unknown or not atoms or word.gap > _WIDE or any(abs(word.left - edge) <= _NEAR for edge in edges)
        if parted or _date_at(document.slice(word.span)) or _date_at(document.slice(atoms[-1][-1].span)):
            atoms.append([word])
        else:
            atoms[-1].append(word)
    return atoms


def _cost(
    document: Document, column: Column, atoms: Sequence[Sequence[Word]], is_category: Callable[[str], bool]
) -> float:
    """Return how badly words of a line fit into a column: by where they stand and by what they say."""
    words = [word for atom in atoms for word in atom]
    left, right = words[0].left, words[-1].right
    cost = min(12.0, max(0.0, column.left - left)) + min(12.0, max(0.0, right - column.right))
    if column.starts:
        often = [start for start, count in column.starts.items() if count >= max(2, column.starts.total() * 0.1)]
        cost += 0.4 * min([5.0, *(abs(left - start) for start in often or column.starts)])
    dates = column.holds("date_target", "date_released")
    if dates and _is_date(document, words[0]):
        cost *= _SHARE_OF_PLACE
    cost += sum(1.5 * min(word.gap, 6.0) for word in words[1:] if word.gap > _WIDE)
    if words[0].gap <= _WIDE:
        cost += _cost_of_nearness(document, column, words) + _cost_of_torn(document, column, words)
    if dates and any(word.gap > 0 and _is_frequency(document, word) for word in words[1:]):
        cost += 6.0
    if not dates and any(word.gap > 0 and _is_date(document, word) for word in words[1:]):
        cost += 5.0
    text = document.slice(fragment_of(words).span)
    if column.texts[text] >= _OFTEN and (column.holds("category", "frequency") or not column.names):
        cost -= _KNOWN
    return cost + _strangeness(text, column, is_category)


@lru_cache(maxsize=16384)
def _date_at(text: str) -> int:
    """Return the length of the date that text begins with; the same words are asked about many times."""
    return date_at(text) if len(text) <= _LONGEST_WITH_DATE or text[0].isdecimal() else 0


def _is_date(document: Document, word: Word) -> bool:
    """Tell whether a word is a date and nothing else."""
    text = document.slice(word.span)
    return 0 < _date_at(text) == len(text) and not text.isdecimal()


def _cost_of_nearness(document: Document, column: Column, words: Sequence[Word]) -> float:
    """Return what it costs that words of a column follow the word before directly."""
    text = document.slice(fragment_of(words).span)
    if column.holds("date_target", "date_released"):
        return 0.5 if _date_at(text) else 4.0
    return 2.5 if column.holds("frequency") and not frequency_at(text) else 0.5


def _cost_of_torn(document: Document, column: Column, words: Sequence[Word]) -> float:
    """Return what it costs to part words from the word before, where a sign between them joins the two."""
    if words[0].gap <= 0:
        return 0.0
    span = words[0].span
    before, text = (
        plain(document.lines[span.line][: span.start]).rstrip(),
        plain(document.slice(fragment_of(words).span)),
    )
    joins = (_SLASH, "-")
    opened = column.holds("description") and text.startswith("(") and ")" not in text
    return _TORN if before.endswith(joins) or text.startswith(joins) or opened else 0.0


def _is_frequency(document: Document, word: Word) -> bool:
    """Tell whether a word is a frequency and nothing else."""
    text = document.slice(word.span)
    return len(text) > 1 and frequency_at(text) == len(text)


def _strangeness(text: str, column: Column, is_category: Callable[[str], bool]) -> float:
    """Return how strange a text is in a column."""
    if column.holds("number"):
        return -3.0 if read_number(text) is not None else 15.0
    dated = _date_at(text)
    if column.holds("date_target", "date_released"):
        rest = plain(text[dated:]).strip() if dated else ""
        if dated and rest and rest[0] not in "([【〔":
            return 6.0
        if dated or is_none(text):
            return 3.0 if text.isdecimal() else 0.0
        if text[0].isdecimal() or plain(text)[0] in "([-~":
            return 1.5
        return 3.0 if width(text) <= _REST_OF_DATE else 5.0
    cost = 6.0 if dated and dated == len(text) and not text.isdecimal() else 0.0
    if column.holds("frequency"):
        cost = 6.0 if dated and not text.isdecimal() else cost
        return cost - (1.0 if frequency_at(text) == len(text) else 0.0)
    return cost - (4.0 if column.holds("category") and is_category(text) else 0.0)
