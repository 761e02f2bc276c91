"""
Stretches and lattices of a page -> visual lines, cells and running text.

In: what `glyphs` and `lattice` found on one page. Out: `PageLayout`. It knows nothing of other pages.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise

from .glyphs import GAP, Stretch, is_narrow
from .lattice import Lattice, Square
from .rules import RuledLine

#: Stretches whose baselines differ by less than this share of the font's size are on one line.
_LEVEL = 0.45
#: Between Latin letters a gap in a line must be this wide, in sizes of the font, to be clear.
_CLEAR_LATIN = 0.9
#: Characters of the same kind that are nearer than this share of the font's size are printed over one another.
_OVER = 0.12

#: Letters of one text follow one another with no more between them, or over one another, in sizes of the font.
_JUST_BEHIND = 0.01
#: Ideographs of one text have no more between them, in sizes of the font.
_BETWEEN_IDEOGRAPHS = 0.15
#: The kinds of signs that may not begin a line.
_CLOSING = frozenset({"Pe", "Pf", "Po"})
#: A row number has no more figures than this.
_MOST_FIGURES = 3
#: Where so many stretches of a page begin is the edge of a column.
_COLUMN = 4


@dataclass(slots=True)
class TextLine:
    """One visual line, of a cell or of the page: its stretches from left to right."""

    stretches: list[Stretch]

    @property
    def baseline(self) -> float:
        """Return how far down most of it stands."""
        return max(self.stretches, key=lambda stretch: stretch.em).baseline

    @property
    def em(self) -> float:
        """Return the size of its largest letters."""
        return max(stretch.em for stretch in self.stretches)

    @property
    def number(self) -> int:
        """Return which visual line of the page it is, from 0."""
        return self.stretches[0].line


@dataclass(slots=True)
class Cells:
    """A table: its lattice, and the lines in each cell that has text."""

    lattice: Lattice
    lines: dict[Square, list[TextLine]] = field(default_factory=dict)


def numbered(stretches: Sequence[Stretch]) -> tuple[list[Stretch], int]:
    """
    Return stretches, each with the number of its visual line, and how many characters were printed over themselves.

    Of a character that is printed again at the same place, as for bold letters, one is kept.

    >>> one, two = Stretch(30, 10, ["b"], [0], [10]), Stretch(10, 10, ["a"], [0], [10])
    >>> numbered([one, two])[1], one.line, two.line
    (0, 1, 0)
    >>> len(numbered([Stretch(10, 10, ["a"], [x], [x + 10]) for x in (5, 5.3)])[0])
    1
    """
    singles: list[Stretch] = []
    doubles = 0
    for number, line in enumerate(lines_of(stretches)):
        for stretch in line.stretches:
            stretch.line = number
        if any(before.right > after.left + _OVER * after.em for before, after in pairwise(line.stretches)):
            rest, dropped = _without_doubles(line.stretches)
            singles += rest
            doubles += dropped
        else:
            singles += line.stretches
    return singles, doubles


def lines_of(stretches: Iterable[Stretch]) -> list[TextLine]:
    """
    Return the visual lines that stretches form, from the top.

    >>> high = Stretch(6, 6, ["2"], [20], [23])
    >>> [line] = lines_of([high, Stretch(10, 10, ["m"], [10], [20])])
    >>> [stretch.text[0] for stretch in line.stretches]
    ['m', '2']
    """
    lines: list[TextLine] = []
    base = em = 0.0
    for stretch in sorted(stretches, key=lambda stretch: stretch.baseline):
        if not lines or stretch.baseline - base > _LEVEL * max(em, stretch.em):
            lines.append(TextLine([]))
            base, em = stretch.baseline, stretch.em
        elif stretch.em > em:
            base, em = stretch.baseline, stretch.em
        lines[-1].stretches.append(stretch)
    for line in lines:
        line.stretches.sort(key=lambda stretch: stretch.left)
    return lines


def _without_doubles(stretches: Sequence[Stretch]) -> tuple[list[Stretch], int]:
    """Return stretches of a line without characters that are printed again at the same place, and their number."""
    places_by_character: defaultdict[tuple[str, int], list[tuple[float, float]]] = defaultdict(list)
    singles: list[Stretch] = []
    dropped = 0
    for stretch in stretches:
        near, doubles = _OVER * stretch.em, set()
        for index, (character, left) in enumerate(zip(stretch.text, stretch.lefts, strict=True)):
            bucket = int(left / 4)
            places = (place for offset in (-1, 0, 1) for place in places_by_character[character, bucket + offset])
            if character != " " and any(abs(x - left) <= near and abs(y - stretch.baseline) <= near for x, y in places):
                doubles.add(index)
            else:
                places_by_character[character, bucket].append((left, stretch.baseline))
        dropped += len(doubles)
        singles += _rest(stretch, doubles) if doubles else [stretch]
    return singles, dropped


def _rest(stretch: Stretch, dropped: Set[int]) -> list[Stretch]:
    """Return what is left of a stretch when some characters are taken out."""
    indexes = [index for index in range(len(stretch.text)) if index not in dropped]
    stretch.text = [stretch.text[index] for index in indexes]
    stretch.lefts = [stretch.lefts[index] for index in indexes]
    stretch.rights = [stretch.rights[index] for index in indexes]
    rest = trimmed(stretch)
    return [rest] if rest.text else []


def without_underlines(level: Sequence[RuledLine], stretches: Sequence[Stretch]) -> list[RuledLine]:
    """
    Return level rules without those that underline text: they begin and end with it, just below.

    >>> text = Stretch(10, 10, ["a", "b"], [5, 10], [10, 15])
    >>> without_underlines([RuledLine(11.5, 5, 15), RuledLine(11.5, 0, 60)], [text])
    [RuledLine(at=11.5, start=0, end=60)]
    """
    begin = sorted((stretch.left, stretch.baseline, stretch.em) for stretch in stretches)
    end = sorted((stretch.right, stretch.baseline, stretch.em) for stretch in stretches)
    return [rule for rule in level if not (_touches(begin, rule.start, rule.at) and _touches(end, rule.end, rule.at))]


def _touches(edges: Sequence[tuple[float, float, float]], x: float, y: float) -> bool:
    """Tell whether a text edge is just above or on a point."""
    for index in range(bisect_left(edges, (x - 1.5,)), len(edges)):
        edge, baseline, em = edges[index]
        if edge > x + 1.5:
            return False
        if -0.4 * em <= y - baseline <= 0.28 * em:
            return True
    return False


def fill(lattices: Sequence[Lattice], stretches: Sequence[Stretch]) -> tuple[list[Cells], list[Stretch]]:
    """
    Return the tables with their text, and the stretches outside them.

    A stretch that runs over a wall is cut there; but where a letter stands on the wall, the text overflows its cell
    and stays in the cell in which it begins.
    """
    cells: list[dict[Square, list[Stretch]]] = [{} for _ in lattices]
    outside: list[Stretch] = []
    # Smaller tables come first, so that text is in the innermost.
    inner = sorted(range(len(lattices)), key=lambda index: lattices[index].area)
    for stretch in stretches:
        middle = (stretch.left + stretch.right) / 2
        index = next((i for i in inner if _is_in(lattices[i], stretch, middle)), None)
        if index is None:
            outside.append(stretch)
            continue
        for cell, part in _cut(lattices[index], stretch):
            cells[index].setdefault(cell, []).append(part)
    tables = [
        Cells(lattice, {cell: lines_of(parts) for cell, parts in own.items()})
        for lattice, own in zip(lattices, cells, strict=True)
    ]
    return tables, outside


def _is_in(lattice: Lattice, stretch: Stretch, middle: float) -> bool:
    """Tell whether a stretch is in a table, by its middle or its beginning."""
    return lattice.holds(middle, stretch.middle) or lattice.holds(
        (stretch.lefts[0] + stretch.rights[0]) / 2, stretch.middle
    )


def _cut(lattice: Lattice, stretch: Stretch) -> list[tuple[Square, Stretch]]:
    """Return the parts of a stretch by cell."""
    y = stretch.middle
    ends = [(stretch.lefts[i] + stretch.rights[i]) / 2 for i in (0, -1)]
    first, last = (lattice.cell_at(x, y) for x in ends)
    if first == last:
        return [(first, stretch)]
    squares = [
        lattice.cell_at((left + right) / 2, y) for left, right in zip(stretch.lefts, stretch.rights, strict=True)
    ]
    cuts = [0]
    for index in range(1, len(squares)):
        if squares[index] != squares[index - 1]:
            if _overflows(lattice, stretch, index):
                squares[index] = squares[index - 1]
            else:
                cuts.append(index)
    parts = [(squares[start], trimmed(stretch.part(start, end))) for start, end in pairwise([*cuts, len(squares)])]
    return [(square, part) for square, part in parts if part.text]


def _overflows(lattice: Lattice, stretch: Stretch, index: int) -> bool:
    """Tell whether text runs over a line of the grid: within a Latin word, or with a letter that stands on the line."""
    first, second = stretch.text[index - 1], stretch.text[index]
    gap = stretch.lefts[index] - stretch.rights[index - 1]
    if _hangs(stretch, index):
        return False
    if is_narrow(first) and is_narrow(second) and " " not in (first, second) and gap < 0.05 * stretch.em:
        return True
    for at in (index - 1, index):
        left, right = stretch.lefts[at], stretch.rights[at]
        margin = 0.2 * (right - left)
        if stretch.text[at] != " " and any(left + margin < x < right - margin for x in lattice.xs):
            return True
    return False


def _hangs(stretch: Stretch, index: int) -> bool:
    """
    Tell whether text ends with a sign that hangs over the edge of its cell, and what is behind it is another text.

    A sign that may not begin a line can stand behind a full one, over the edge. What belongs to the same text follows
    it without a gap and does not overlap it.
    """
    if not _can_hang(stretch.text[index - 1]):
        return False
    return abs(stretch.lefts[index] - stretch.rights[index - 1]) > _JUST_BEHIND * stretch.em


def _can_hang(sign: str) -> bool:
    """Tell whether a sign may not begin a line, so that it can stand over the edge of a cell."""
    return not is_narrow(sign) and unicodedata.category(sign) in _CLOSING


def trimmed(stretch: Stretch) -> Stretch:
    """
    Return a stretch without blanks at its ends.

    >>> trimmed(Stretch(9, 9, [" ", "a"], [0, 5], [5, 9])).text
    ['a']
    """
    start, end = 0, len(stretch.text)
    while start < end and stretch.text[start] == " ":
        start += 1
    while end > start and stretch.text[end - 1] == " ":
        end -= 1
    return stretch.part(start, end)


def part_numbers(lines: Sequence[TextLine]) -> list[TextLine]:
    """
    Return lines in which stretches know whether they begin a cell, and row numbers are parted from the next column.

    A cell begins where other lines have a stretch that begins there. Sheets put numbers at the right of their cells, so
    that nothing is between a number and the next cell. The number is moved a little to the left, to where its cell has
    room.

    Args:
        lines: The lines of a page.

    >>> one, other = Stretch(9, 10, ["1", "類"], [5, 11], [10, 21]), Stretch(29, 10, ["種"], [11], [21])
    >>> [stretch.text for line in part_numbers([TextLine([one]), TextLine([other])]) for stretch in line.stretches]
    [['1'], ['類'], ['種']]
    """
    begins = Counter(round(stretch.left) for line in lines for stretch in line.stretches)
    lines = [_part_hanging(line, begins) for line in lines]
    for line in lines:
        for before, stretch in pairwise(line.stretches):
            is_parted = stretch.left > before.right or stretch.begins_cell or _can_hang(before.text[-1])
            stretch.begins_cell = is_parted and _count_beginnings(begins, stretch.left) >= _COLUMN
    parted: list[TextLine] = []
    for line in lines:
        first = line.stretches[0]
        figures = next((i for i, character in enumerate(first.text) if not character.isdecimal()), 0)
        is_number = 0 < figures <= _MOST_FIGURES and first.text[figures].isalpha()
        if is_number and _count_beginnings(begins, first.lefts[figures]):
            number, rest = first.part(0, figures), first.part(figures, len(first.text))
            step = max(GAP * 1.5 * first.em - (rest.left - number.right), 0.0)
            number.move(-step)
            line = TextLine([number, rest, *line.stretches[1:]])
        parted.append(line)
    return parted


def _count_beginnings(begins: Mapping[int, int], left: float) -> int:
    """Return how many stretches of a page begin at a place, to within a point."""
    return sum(begins.get(round(left) + step, 0) for step in (-1, 0, 1))


def _is_parted(stretch: Stretch, index: int) -> bool:
    """Tell whether a gap parts two ideographs of a stretch: what is behind it may be of the next cell."""
    if is_narrow(stretch.text[index - 1]) or is_narrow(stretch.text[index]):
        return False
    return stretch.lefts[index] - stretch.rights[index - 1] > _BETWEEN_IDEOGRAPHS * stretch.em


def _part_hanging(line: TextLine, begins: Mapping[int, int]) -> TextLine:
    """Return a line in which what stands close behind a full cell, or a sign over its edge, begins a cell."""
    parts: list[Stretch] = []
    for stretch in line.stretches:
        cuts = [0]
        for index in range(1, len(stretch.text)):
            is_parted = _hangs(stretch, index) or _is_parted(stretch, index)
            if is_parted and _count_beginnings(begins, stretch.lefts[index]) >= _COLUMN:
                cuts.append(index)
        if len(cuts) == 1:
            parts.append(stretch)
            continue
        for start, end in pairwise([*cuts, len(stretch.text)]):
            part = stretch.part(start, end)
            part.begins_cell = start > 0 or stretch.begins_cell
            parts.append(part)
    return TextLine(parts) if len(parts) > len(line.stretches) else line


def runs_of(line: TextLine) -> list[tuple[str, float, float]]:
    """
    Return the text of a line in stretches that a clear gap parts, with their edges.

    >>> near, far = Stretch(9, 10, ["b"], [13], [18]), Stretch(9, 10, ["c"], [60], [65])
    >>> runs_of(TextLine([Stretch(9, 10, ["a"], [5], [10]), near, far]))
    [('a b', 5, 18), ('c', 60, 65)]
    """
    runs: list[tuple[str, float, float]] = []
    em = 0.0
    for stretch in line.stretches:
        text = "".join(stretch.text)
        if runs:
            before, left, right = runs[-1]
            gap, size = stretch.left - right, max(em, stretch.em)
            narrow = is_narrow(before[-1]) and is_narrow(text[0])
            if gap <= (_CLEAR_LATIN if narrow else GAP) * size and not stretch.begins_cell:
                blank = " " if narrow and gap > 0.18 * min(em, stretch.em) else ""
                runs[-1] = (before + blank + text, left, max(right, stretch.right))
                em = stretch.em
                continue
        runs.append((text, stretch.left, stretch.right))
        em = stretch.em
    return runs


def typical_pitch(lines: Sequence[TextLine]) -> float:
    """
    Return from baseline to baseline of wrapped lines, in sizes of the font: the median, 1.5 where nothing tells.

    >>> typical_pitch([])
    1.5
    """
    pitches = sorted(
        (below.baseline - above.baseline) / above.em
        for above, below in pairwise(lines)
        if 0.9 * above.em < below.baseline - above.baseline < 2.2 * above.em and abs(above.em - below.em) < 0.1
    )
    return pitches[len(pitches) // 2] if pitches else 1.5


def paragraphs(lines: Sequence[TextLine], width: float) -> Set[int]:
    """
    Return which lines of a cell begin a paragraph of their own: the line above left room for their first word.

    Args:
        lines: The cell's lines.

        width: How wide a line in the cell can be.
    """
    return {
        index
        for index, (above, below) in enumerate(pairwise(lines), 1)
        if below.number != above.number and leaves_room(above, below, width)
    }


def leaves_room(above: TextLine, below: TextLine, width: float) -> bool:
    """
    Tell whether a line could have held the first word of the line below, so that it was not wrapped.

    Signs that may not begin a line can take one or two ideographs with them; so much room is none.

    >>> short, long = (TextLine([Stretch(9, 10, ["字"], [0], [right])]) for right in (10, 90))
    >>> leaves_room(short, long, 200), leaves_room(long, short, 100)
    (True, False)
    """
    length = above.stretches[-1].right - above.stretches[0].left
    return width - length > _first_word(below) + 2.2 * above.em


def _first_word(line: TextLine) -> float:
    """Return how wide what cannot be wrapped at the start of a line is."""
    stretch = line.stretches[0]
    for index, character in enumerate(stretch.text):
        if character == " " or not is_narrow(character):
            return stretch.rights[max(index - (character == " "), 0)] - stretch.left
    return stretch.right - stretch.left
