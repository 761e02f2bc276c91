"""
The cells of columns whose label is not known: what speaks for one, and which values were seen in several rows.

In: the text of a cell, labels, rows cut into cells. Out: marks and values. Such a cell is short and often ends with a
word of its label: in a column "Responsible Unit" stands "Supply Unit".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set

from ....core.text import fold, plain, width
from .scores import cell_text
from .weights import RUNNING

_LAST_WORD = re.compile(r"(?<![a-z])[a-z]++$|[^\x00-\x7f]$")
_WORDS = re.compile(r"[a-z]+|[^\x00-\x7f]")
#: What a short cell does not hold: signs of a sentence, or ideographs with a blank between them, which are two cells.
_SENTENCE = re.compile(r"[,;:。、]|\.\s|[^\x00-\x7f]\s[^\x00-\x7f]")


def unknown_score(text: str, labels: Iterable[str], values: Set[str]) -> float:
    """
    Return how well a text fits a column whose label is not known.

    Args:
        text: The cell.

        labels: The labels of these columns.

        values: Folded texts that are known to stand in such a column.

    >>> unknown_score("Supply Unit", ["Responsible Unit"], set()) > unknown_score("Supply", ["Responsible Unit"], set())
    True
    """
    folded = plain(text).strip()
    last = _LAST_WORD.search(folded)
    mark = -RUNNING.long_unknown * max(0, width(text) - RUNNING.usual_unknown)
    if _SENTENCE.search(folded):
        mark -= RUNNING.cut / 2
    if last and any(last[0] in _WORDS.findall(plain(label)) for label in labels):
        mark += RUNNING.like_label
    return mark + (RUNNING.seen_again if fold(text) in values else 0.0)


def repeated_values(rows: Iterable[Mapping[str, Sequence[str]]]) -> frozenset[str]:
    """
    Return what stands in an unknown column in several rows, folded.

    A line that stands before a value in all these rows is a part of it, though it was taken for the title's last.

    Args:
        rows: Of each row the lines of its cells by column.

    >>> rows = [{"title": [name, "Customer"], "other": ["Services Unit"]} for name in ("Water meters", "Complaints")]
    >>> sorted(repeated_values(rows))
    ['customerservicesunit']
    """
    titles: dict[str, list[Sequence[str]]] = {}
    for cells in rows:
        if cells.get("other"):
            titles.setdefault(fold(cell_text(cells["other"])), []).append(cells.get("title", ()))
    return frozenset(_extended(value, before) for value, before in titles.items() if len(before) > 1)


def _extended(value: str, titles: Sequence[Sequence[str]]) -> str:
    """Return a value with the lines before it that are the same in all rows that have it."""
    count = 1
    while all(len(title) > count for title in titles) and len({fold(title[-count]) for title in titles}) == 1:
        value = fold(titles[0][-count]) + value
        count += 1
    return value
