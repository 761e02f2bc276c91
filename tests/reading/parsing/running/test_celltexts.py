"""Texts of cells are those that their lines give when they are put together one by one."""

import random

import pytest

from dcat_hk.core.text import collapse
from dcat_hk.reading.parsing.running.celltexts import CellText, CellTexts
from dcat_hk.reading.parsing.running.lines import RunningLines

#: Words whose joints are of every kind: hyphens, broken words, brackets, ideographs, signs that stand alone.
WORDS = [
    "-",
    "a",
    "data",
    "Novembe",
    "r",
    "2025",
    "(CSV",
    "JSON)",
    "名單",
    "及",
    "、",
    "每月",
    "co-",
    "operation",
    "x-",
    "，",
]


def put_together(texts, start, end):
    """Return the text between two points, line by line."""
    cell = CellText("", "", 0)
    for line in range(start[0], end[0] + (end[1] > 0)):
        first = start[1] if line == start[0] else 0
        piece = texts[line][first : end[1] if line == end[0] else None].strip()
        cell = cell.add(piece) if cell.lines else CellText(collapse(piece), piece, int(bool(piece)))
    return cell


@pytest.mark.parametrize("seed", range(40))
def test_pieces_are_those_of_their_lines(seed):
    """Between any two points of any lines."""
    chosen = random.Random(seed)
    texts = [" ".join(chosen.choices(WORDS, k=chosen.randint(1, 5))) for _ in range(8)]
    if seed % 4 == 0:
        texts[3] = ""
    lines, cells = RunningLines(texts, ("name",), lambda _text: False), CellTexts(texts)
    points = [(line, 0) for line in range(len(texts) + 1)]
    points += [point for line in range(len(texts)) for point in lines.points(line)[:-1]]
    pairs = [(start, end) for start in points for end in points if start < end]
    assert len(pairs) > 100
    for start, end in pairs:
        assert cells.between(start, end) == put_together(texts, start, end), (start, end, texts)
