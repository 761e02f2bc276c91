"""
Rules -> `Lattice`s: the grids that rules make, and which squares of a grid are one cell.

In: level and upright rules. Out: lattices with at least two columns. Squares with no rule between them are one cell.
It never sees text, but for what a caller tells about it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from ....core.limits import Budget
from .rules import RuledLine, joined

#: Rules whose ends are this near to one another meet.
REACH = 4.0
#: A rule that covers this share of a square's side is a wall.
_WALL = 0.5
#: Columns narrower than this in which no cell stands alone come from ragged borders.
_RAGGED = 20.0
#: A drawing with more squares than this is no table.
_MOST_SQUARES = 50_000
_MOST_COLUMNS = 100
#: So many pairs of rules are compared at most; of more, the longest rules are kept.
_MOST_RULES = 3_000

Square = tuple[int, int]


@dataclass(slots=True)
class Lattice:
    """
    A grid of rules: the positions of its lines, and for each square the first square of the cell that it belongs to.

    `xs` and `ys` are ascending, so there are `len(xs) - 1` columns.
    """

    xs: list[float]
    ys: list[float]
    owner: list[list[Square]]

    @property
    def columns(self) -> int:
        """Return how many columns there are."""
        return len(self.xs) - 1

    @property
    def top(self) -> float:
        """Return where the table begins."""
        return self.ys[0]

    @property
    def area(self) -> float:
        """Return how much of the page it takes."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        """Tell whether a point is inside."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell_at(self, x: float, y: float) -> Square:
        """
        Return the first square of the cell at a point inside.

        >>> lattice = Lattice([0, 10, 20], [0, 10], [[(0, 0), (0, 1)]])
        >>> lattice.cell_at(12, 5), lattice.cell_at(20, 10)
        ((0, 1), (0, 1))
        """
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        return self.owner[row][column]


def find_lattices(level: Sequence[RuledLine], upright: Sequence[RuledLine], budget: Budget) -> list[Lattice]:
    """
    Return the tables that rules make, those higher on the page first.

    Args:
        level: Level rules.

        upright: Upright rules.

        budget: What reading may still cost.

    Raises:
        NotAPlan: The time is up.

    >>> from dcat_hk.core.limits import Limits
    >>> level = [RuledLine(y, 0, 90) for y in (0, 20, 40)]
    >>> upright = [RuledLine(x, 0, 40) for x in (0, 30, 90)]
    >>> [table] = find_lattices(level, upright, Budget("a.pdf", Limits()))
    >>> table.xs, table.ys, table.owner[1]
    ([0.0, 30.0, 90.0], [0.0, 20.0, 40.0], [(1, 0), (1, 1)])
    """
    lattices: list[Lattice] = []
    for group in _groups(_longest(level), _longest(upright), budget):
        lattice = _lattice(*group)
        if lattice and lattice.columns > 1:
            lattices.append(lattice)
        budget.check_time()
    return sorted(_without_frames(lattices), key=lambda lattice: lattice.top)


def _longest(rules: Sequence[RuledLine]) -> list[RuledLine]:
    """Return rules, only the longest if there are very many: then most are a drawing."""
    return sorted(sorted(rules, key=lambda rule: rule.start - rule.end)[:_MOST_RULES])


def _groups(
    level: Sequence[RuledLine], upright: Sequence[RuledLine], budget: Budget
) -> Iterable[tuple[list[RuledLine], list[RuledLine]]]:
    """Return the rules that meet one another, level and upright ones, group by group."""
    parents = list(range(len(level) + len(upright)))
    heights = [rule.at for rule in level]
    for number, rule in enumerate(upright, len(level)):
        budget.check_time()
        first, last = bisect_left(heights, rule.start - REACH), bisect_right(heights, rule.end + REACH)
        for index in range(first, last):
            other = level[index]
            if other.start - REACH <= rule.at <= other.end + REACH:
                parents[_root(parents, index)] = _root(parents, number)
    groups: defaultdict[int, tuple[list[RuledLine], list[RuledLine]]] = defaultdict(lambda: ([], []))
    for number in range(len(parents)):
        group = groups[_root(parents, number)]
        if number < len(level):
            group[0].append(level[number])
        else:
            group[1].append(upright[number - len(level)])
    return [group for group in groups.values() if group[0] and group[1]]


def _root(parents: list[int], number: int) -> int:
    """Return the number that stands for a group, shortening the way to it."""
    while parents[number] != number:
        parents[number] = parents[parents[number]]
        number = parents[number]
    return number


def _lattice(level: list[RuledLine], upright: list[RuledLine]) -> Lattice | None:
    """Return the grid of some rules, None if it is too fine for a table."""
    xs = _positions([rule.at for rule in upright] + [end for rule in level for end in rule[1:]])
    ys = _positions([rule.at for rule in level] + [end for rule in upright for end in rule[1:]])
    for _again in range(2):
        if len(xs) < 2 or len(ys) < 2 or len(xs) > _MOST_COLUMNS or len(xs) * len(ys) > _MOST_SQUARES:
            return None
        across, down = _walls(level, ys, xs), _walls(upright, xs, ys)
        # A line of the grid that is no wall anywhere is an underline or the end of one.
        ys = [y for i, y in enumerate(ys) if i in {0, len(ys) - 1} or any(across[i])]
        xs = [x for i, x in enumerate(xs) if i in {0, len(xs) - 1} or any(down[i])]
    return Lattice(xs, ys, _cells(_walls(level, ys, xs), _walls(upright, xs, ys)))


def _positions(values: Iterable[float]) -> list[float]:
    """Return where lines of the grid are: values that are near to one another are one."""
    groups: list[list[float]] = []
    for value in sorted(values):
        if groups and value - groups[-1][-1] <= REACH and value - groups[-1][0] <= 2.5 * REACH:
            groups[-1].append(value)
        else:
            groups.append([value])
    return [(group[0] + group[-1]) / 2 for group in groups]


def _walls(rules: Sequence[RuledLine], lines: Sequence[float], across: Sequence[float]) -> list[list[bool]]:
    """Return for each line of the grid which of its pieces, from one crossing line to the next, are drawn."""
    at_line: list[list[RuledLine]] = [[] for _ in lines]
    for rule in rules:
        index = _nearest(lines, rule.at)
        if abs(lines[index] - rule.at) <= 2.5 * REACH:
            at_line[index].append(RuledLine(0.0, rule.start, rule.end))
    walls: list[list[bool]] = []
    for own in at_line:
        lengths = [0.0] * (len(across) - 1)
        for rule in joined(own):
            first = max(bisect_right(across, rule.start) - 1, 0)
            for piece in range(first, len(lengths)):
                if across[piece] >= rule.end:
                    break
                lengths[piece] += min(rule.end, across[piece + 1]) - max(rule.start, across[piece])
        walls.append([length >= _WALL * (across[i + 1] - across[i]) for i, length in enumerate(lengths)])
    return walls


def _nearest(values: Sequence[float], wanted: float) -> int:
    """Return the index of the ascending value that is nearest."""
    index = bisect_left(values, wanted)
    if index == len(values) or (index and wanted - values[index - 1] < values[index] - wanted):
        index -= 1
    return index


def _cells(across: list[list[bool]], down: list[list[bool]]) -> list[list[Square]]:
    """Return for each square the first square, by row and then column, of those that no wall parts from it."""
    rows, columns = len(across) - 1, len(down) - 1
    parents = list(range(rows * columns))
    for row in range(rows):
        for column in range(columns):
            here = row * columns + column
            # The smaller number becomes the root, so that a root is the first square.
            if row and not across[row][column]:
                _unite(parents, here, here - columns)
            if column and not down[column][row]:
                _unite(parents, here, here - 1)
    return [
        [divmod(_root(parents, row * columns + column), columns) for column in range(columns)] for row in range(rows)
    ]


def _unite(parents: list[int], one: int, other: int) -> None:
    """Make two groups one, under the smaller root."""
    one, other = _root(parents, one), _root(parents, other)
    parents[max(one, other)] = min(one, other)


def _without_frames(lattices: Sequence[Lattice]) -> list[Lattice]:
    """Return the tables that hold no other table, or only small ones; of nested tables one is kept."""
    tables: list[Lattice] = []
    for lattice in sorted(lattices, key=lambda lattice: lattice.area):
        inside = [
            other
            for other in tables
            if lattice.holds(other.xs[0], other.ys[0]) and lattice.holds(other.xs[-1], other.ys[-1])
        ]
        large = sum(other.area for other in inside) > 0.3 * lattice.area
        if large or any(other.columns >= lattice.columns for other in inside):
            continue
        tables = [other for other in tables if other not in inside] + [lattice]
    return tables


def columns_of(lattices: Sequence[Lattice], filled: Sequence[Set[Square]]) -> tuple[list[list[int]], int]:
    """
    Return for the lattices of one table the column that each column of theirs is, and how many there are.

    A narrow column in which no text stands alone is none: borders of rows do not always meet exactly.

    Args:
        lattices: The parts of one table, on one page after the other.

        filled: The cells of each that hold text.

    >>> ragged = Lattice([0, 50, 58, 100], [0, 9, 18], [[(0, 0), (0, 1), (0, 1)], [(1, 0), (1, 0), (1, 2)]])
    >>> columns_of([ragged], [{(0, 0), (0, 1), (1, 0), (1, 2)}])
    ([[0, 1, 1]], 2)
    """
    lines = _positions([x for lattice in lattices for x in lattice.xs])
    places = [[_nearest(lines, x) for x in lattice.xs] for lattice in lattices]
    alone: set[int] = set()
    for lattice, place, cells in zip(lattices, places, filled, strict=True):
        alone |= _columns_alone(lattice, place, cells)
    numbers = [0]
    for index in range(1, len(lines) - 1):
        ragged = lines[index] - lines[index - 1] < _RAGGED and index - 1 not in alone
        numbers.append(numbers[-1] + (not ragged))
    return [[numbers[p] for p in place[:-1]] for place in places], numbers[-1] + 1


def _columns_alone(lattice: Lattice, place: Sequence[int], filled: Set[Square]) -> set[int]:
    """Return the columns that some filled cell takes and no other."""
    ends: dict[Square, int] = {}
    for row in lattice.owner:
        for column, cell in enumerate(row):
            ends[cell] = max(ends.get(cell, 0), column + 1)
    return {place[cell[1]] for cell, end in ends.items() if cell in filled and place[end] == place[cell[1]] + 1}


def goes_on(above: Lattice, below: Lattice) -> bool:
    """
    Tell whether a table looks like the rest of one on the page before: the same edges and lines among the same.

    >>> one = Lattice([0, 30, 90], [0, 9], [[(0, 0), (0, 1)]])
    >>> goes_on(one, one), goes_on(one, Lattice([0, 60, 90], [0, 9], [[(0, 0), (0, 1)]]))
    (True, False)
    """
    if abs(above.xs[0] - below.xs[0]) > REACH or abs(above.xs[-1] - below.xs[-1]) > REACH:
        return False
    fewer, more = sorted((above.xs, below.xs), key=len)
    return all(abs(more[_nearest(more, x)] - x) <= REACH for x in fewer)
