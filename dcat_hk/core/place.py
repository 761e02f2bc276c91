"""
Where in a document something stands.

In: line numbers counted from 1, and what people call the lines where a file has none. Out: a `Place` that prints
itself. It knows no document and opens no file.
"""

from __future__ import annotations

import re
from typing import NamedTuple

#: What ends a place that is one cell.
_CELL = re.compile(r", (?:cell [A-Z]+|column )[0-9]+\Z")
_LINES = re.compile(r"lines ([0-9]+)-([0-9]+)")


class Place(NamedTuple):
    """
    A range of lines in a document, both ends included and counted from 1.

    `start` and `end` say where that is in words of the file, as in `page 3, line 40`, where the lines are not those
    of a text file.

    >>> str(Place(73, 77)), str(Place(5, 5))
    ('lines 73-77', 'lines 5-5')
    >>> str(Place(8, 9, "table 2, row 7", "table 3, row 1"))
    'table 2, row 7 to table 3, row 1'
    """

    first: int
    last: int
    start: str = ""
    end: str = ""

    def __str__(self) -> str:
        """Return the locator that records and findings carry."""
        if not self.start:
            return f"lines {self.first}-{self.last}"
        return self.start if self.start == self.end else f"{self.start} to {self.end}"

    @property
    def short(self) -> str:
        """
        Return the place for a narrow column.

        >>> Place(5, 5).short, Place(5, 7).short, Place(8, 8, "sheet A, row 7", "sheet A, row 7").short
        ('5', '5–7', 'sheet A, row 7')
        """
        return str(self) if self.start else "–".join(map(str, dict.fromkeys((self.first, self.last))))

    @classmethod
    def parse(cls, locator: str) -> Place | None:
        """
        Return the place that a locator in lines states; None for places in words of the file.

        Args:
            locator: What `str` gives for a place.

        >>> Place.parse("lines 73-77"), Place.parse("sheet A, row 7")
        (Place(first=73, last=77, start='', end=''), None)
        """
        match = _LINES.fullmatch(locator)
        return cls(int(match[1]), int(match[2])) if match else None

    def as_json(self) -> dict[str, list[int] | str]:
        """
        Return the place as JSON has it: lines, or the first and the last place in words.

        >>> Place(5, 7).as_json(), Place(8, 8, "sheet A, row 7", "sheet A, row 7").as_json()
        ({'lines': [5, 7]}, {'from': 'sheet A, row 7', 'to': 'sheet A, row 7'})
        """
        return {"from": self.start, "to": self.end} if self.start else {"lines": [self.first, self.last]}

    def covers(self, other: Place) -> bool:
        """
        Tell whether another place is this one, or a cell in it.

        >>> row, cell = (Place(3, 7, one, one) for one in ("sheet A, row 2", "sheet A, cell B2"))
        >>> row.covers(row), row.covers(cell), cell.covers(row), Place(3, 7).covers(Place(4, 4))
        (True, True, False, False)
        """
        within = self.first <= other.first and other.last <= self.last
        return self == other or (within and other.start == other.end and bool(_CELL.search(other.start)))

    def join(self, other: Place) -> Place:
        """
        Return the smallest place that covers both.

        >>> Place(3, 4).join(Place(9, 9))
        Place(first=3, last=9, start='', end='')
        """
        start, end = min(self, other), max(self, other, key=lambda place: place.last)
        return Place(start.first, end.last, start.start, end.end)
