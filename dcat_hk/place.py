"""
Where in a document something stands.

In: line numbers counted from 1. Out: a `Place` that prints itself. It knows no document and opens no file.
"""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """
    A range of lines in a document, both ends included and counted from 1.

    >>> str(Place(73, 77)), str(Place(5, 5))
    ('lines 73-77', 'lines 5-5')
    """

    first: int
    last: int

    def __str__(self) -> str:
        """Return the locator that records and findings carry."""
        return f"lines {self.first}-{self.last}"

    def join(self, other: Place) -> Place:
        """
        Return the smallest place that covers both.

        >>> Place(3, 4).join(Place(9, 9))
        Place(first=3, last=9)
        """
        return Place(min(self.first, other.first), max(self.last, other.last))
