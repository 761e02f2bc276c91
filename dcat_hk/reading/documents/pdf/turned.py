"""
Text that runs up or down the page -> text of the cell in which it stands.

In: stretches in the frame of their own text, and the tables of the page. Out: stretches in the frame of the page, as
wide as their letters are high. All turned text of a cell is one stretch, in the order in which it is read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from .glyphs import Stretch, is_narrow
from .lattice import Lattice
from .painting import Bounds

#: How far letters reach up and down from the baseline, in sizes of the font.
_UP, _DOWN = 0.8, 0.2


def bounds_on_page(stretch: Stretch) -> Bounds:
    """
    Return the bounds of a stretch in the frame of the page.

    >>> bounds_on_page(Stretch(50, 10, ["a"], [-90], [-80], turn=1))
    (42.0, 80, 52.0, 90)
    """
    corners = [
        seen_at(stretch.turn, x, y)
        for x in (stretch.left, stretch.right)
        for y in (stretch.baseline - _UP * stretch.em, stretch.baseline + _DOWN * stretch.em)
    ]
    xs, ys = sorted(x for x, _ in corners), sorted(y for _, y in corners)
    return xs[0], ys[0], xs[-1], ys[-1]


def seen_at(turn: int, x: float, y: float) -> tuple[float, float]:
    """
    Return a point of the frame of turned text in the frame of the page.

    Args:
        turn: By how many quarters, anticlockwise, the text runs on the page; -1 for askew text, which has its frame.

        x: To the right, as the text runs.

        y: Downwards from the text.
    """
    return ((x, y), (y, -x), (-x, -y), (-y, x), (x, y))[turn]


def into_cells(turned: Iterable[Stretch], lattices: Sequence[Lattice]) -> tuple[list[Stretch], list[Stretch]]:
    """
    Return turned text in the frame of the page: what stands in cells, and the rest.

    Args:
        turned: Text that runs another way.

        lattices: The tables of the page.
    """
    by_cell: defaultdict[tuple[int, int, int, int], list[Stretch]] = defaultdict(list)
    others: list[Stretch] = []
    for stretch in turned:
        left, top, right, bottom = bounds_on_page(stretch)
        x, y = (left + right) / 2, (top + bottom) / 2
        index = next((i for i, lattice in enumerate(lattices) if lattice.holds(x, y)), None)
        if index is None or stretch.turn not in {1, 3}:
            others.append(on_page([stretch]))
        else:
            by_cell[index, *lattices[index].cell_at(x, y), stretch.turn].append(stretch)
    return [on_page(sorted(own, key=lambda one: (one.baseline, one.left))) for own in by_cell.values()], others


def on_page(lines: Sequence[Stretch]) -> Stretch:
    """
    Return lines of turned text as one stretch in the frame of the page, its characters side by side.

    Args:
        lines: The lines, of which there is at least one, in order.

    >>> on_page([Stretch(50, 10, ["a", "b"], [-90, -85], [-85, -80], turn=1)]).lefts
    [42.0, 47.0]
    """
    first = lines[0]
    if first.turn < 0:
        return first
    text: list[str] = []
    for line in lines:
        if text and is_narrow(text[-1]) and is_narrow(line.text[0]):
            text.append(" ")
        text += line.text
    boxes = [bounds_on_page(line) for line in lines]
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    top, bottom = min(box[1] for box in boxes), max(box[3] for box in boxes)
    share = (right - left) / len(text)
    lefts = [left + share * index for index in range(len(text))]
    looks = (*first.looks, "turned") if first.turn in {1, 3} and "stamp" not in first.looks else first.looks
    baseline = (top + bottom) / 2 + 0.36 * first.em
    return Stretch(baseline, first.em, text, lefts, [*lefts[1:], right], first.line, looks=looks)
