"""
Things of a page by how far down they are -> those that may stand at a place.

In: from where to where things reach. Out: their numbers. A page can have thousands of things: only those near a text
are compared with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .lettering import FARTHEST

#: How high a band of the page is, in points: about a line.
_HEIGHT = 12.0
#: What reaches over more bands than this may stand anywhere.
_MOST = 64


class Bands:
    """
    The level bands of a page, and what reaches into each.

    Args:
        heights: The top and the bottom of each thing, in points.

    >>> bands = Bands([(0, 5), (100, 110), (3, 104)])
    >>> list(bands.between(101, 102)), list(bands.between(50, 51))
    ([1, 2], [2])
    """

    def __init__(self, heights: Iterable[tuple[float, float]]) -> None:
        """Sort things into bands."""
        self._by_band: dict[int, list[int]] = {}
        self._anywhere: list[int] = []
        self._count = 0
        self._known: dict[tuple[int, int], Sequence[int]] = {}
        for number, (top, bottom) in enumerate(heights):
            self._count += 1
            first, last = _band_of(top), _band_of(bottom)
            if last - first > _MOST:
                self._anywhere.append(number)
                continue
            for band in range(first, last + 1):
                self._by_band.setdefault(band, []).append(number)

    def between(self, top: float, bottom: float) -> Sequence[int]:
        """
        Return the numbers of all things that may reach into a stretch of the page, in order, and maybe some others.

        Args:
            top: Where the stretch begins.

            bottom: Where it ends.
        """
        key = _band_of(top), _band_of(bottom)
        if key[1] - key[0] > _MOST:
            return range(self._count)
        if key not in self._known:
            numbers = set(self._anywhere)
            for band in range(key[0], key[1] + 1):
                numbers.update(self._by_band.get(band, ()))
            self._known[key] = sorted(numbers)
        return self._known[key]


def _band_of(height: float) -> int:
    """Return which band a height is in; what is nowhere, or at no number at all, is in the first or the last one."""
    return int(min(FARTHEST, max(-FARTHEST, height)) // _HEIGHT)
