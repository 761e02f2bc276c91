"""
English titles -> how much of a Chinese title each explains, how much of each it explains, and what is left over.

In: titles in both languages, and what the parts of the Chinese one can be called in English. Out: `TitleShares`.
What is left over tells a sibling from the thing itself: a title that says one word more is of something else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy
from numpy.typing import NDArray

from .english import stem_words
from .glossary import Saying, TitlePart
from .titles import Titles, english_stems, find_kind, find_short_names
from .weights import Linking

Table = NDArray[numpy.float64]
#: How much a stem tells that so many of so many titles have.
WeighStem = Callable[[str, int, int], float]
#: Less than this of a saying is nothing of it.
_HALF = 0.5


class ChineseTitle(NamedTuple):
    """
    A title in Chinese.

    Args:
        parts: What its parts can be called in English.

        weights: How much each character tells.

        telling: The places of the characters that tell something.

        support: What its heading and remarks can be called in English.

        kind: Whether it counts things or lists them.

        beside: What its body, its category and the rest that stands beside it can be called.

        alone: The places of characters that mean something by themselves, such as “new” or “not”.
    """

    parts: Sequence[TitlePart]
    weights: Table
    telling: Sequence[int]
    support: Sequence[TitlePart]
    kind: str
    beside: Sequence[TitlePart]
    alone: Sequence[int] = ()


class TitleShares(NamedTuple):
    """
    How much titles and others explain of one another: tables of one and another, nan where nothing can be compared.

    Args:
        explained: Which share of the one title the other explains.

        explaining: Which share of the other title the one explains.

        unsaid: How many telling characters or words of the one title are left over.

        contrary: How many of the telling characters of the title in Chinese that are left over are of words that mean
            something else than the English title says, as far as is known; the others are of words that are not known.

        unexplained: How many telling words or characters of the other title are left over.
    """

    explained: Table
    explaining: Table
    unsaid: Table
    contrary: Table
    unexplained: Table


class EnglishSide:
    """English titles, by the stems in them."""

    def __init__(self, titles: Sequence[Titles], linking: Linking, weigh: WeighStem) -> None:
        """Find in which titles each stem stands; `weigh` says how much a stem tells."""
        self._partly, self._support = linking.weights.partly, linking.weights.support
        stems = [english_stems(one.english) for one in titles]
        self._size = len(titles)
        #: For each stem, in which title it stands (1), or only in the name (less).
        self._presence: dict[str, Table] = {}
        self._inside: dict[str, Table] = {}
        for column, (one, own) in enumerate(zip(titles, stems, strict=True)):
            for stem in own:
                self._row(self._inside, stem)[column] = 1.0
                self._row(self._presence, stem)[column] = 1.0
            for stem in stem_words(one.name.replace("-", " ").replace("_", " ")):
                row = self._row(self._presence, stem)
                row[column] = max(row[column], linking.weights.slug)
        self._weights = self._weigh([one.owner for one in titles], stems, weigh)
        self._totals = sum((self._weights[stem] * row for stem, row in self._inside.items()), numpy.zeros(self._size))
        self._sayings: dict[Saying, Table | None] = {}
        self._find_telling(titles, stems, linking)

    def _find_telling(self, titles: Sequence[Titles], stems: Sequence[tuple[str, ...]], linking: Linking) -> None:
        """Find which stems of each title tell something, and which are said by it or beside it."""
        idle = {stem for word in linking.left.idle for stem in stem_words(word)}
        #: For each stem, in which title it tells something.
        self._telling: dict[str, Table] = {}
        self._kinds = numpy.array([find_kind(one.english) for one in titles])
        #: For each stem, which title has it or says it beside.
        self._around: dict[str, Table] = {}
        for column, (one, own) in enumerate(zip(titles, stems, strict=True)):
            beside = {stem for text in one.beside for stem in english_stems(text)}
            silent = idle | beside | find_short_names(one.english)
            for stem in own:
                if stem not in silent:
                    self._row(self._telling, stem)[column] = 1.0
            for stem in {*own, *beside}:
                self._row(self._around, stem)[column] = 1.0
        #: How many stems of each title tell something.
        self._told: Table = sum(self._telling.values(), numpy.zeros(self._size))

    def _weigh(self, owners: Sequence[str], stems: Sequence[tuple[str, ...]], weigh: WeighStem) -> dict[str, Table]:
        """Return how much each stem tells in each title: among the titles of one body."""
        sizes = Counter(owners)
        counts = Counter((owner, stem) for owner, own in zip(owners, stems, strict=True) for stem in own)
        places: dict[str, list[int]] = {}
        for column, owner in enumerate(owners):
            places.setdefault(owner, []).append(column)
        weights: dict[str, Table] = {}
        for (owner, stem), count in counts.items():
            self._row(weights, stem)[places[owner]] = weigh(stem, count, sizes[owner])
        return weights

    def _row(self, table: dict[str, Table], stem: str) -> Table:
        """Return the line of a stem."""
        if stem not in table:
            table[stem] = numpy.zeros(self._size)
        return table[stem]

    def explain(self, title: ChineseTitle) -> TitleShares:
        """
        Return how much of a Chinese title each English one explains, how much of each it explains, and what is left.

        Args:
            title: The title, with what its parts can be called in English.
        """
        covered = numpy.zeros((len(title.weights), self._size))
        explained: dict[str, Table] = {}
        taken: dict[str, Table] = {}
        said: dict[str, NDArray[numpy.bool_]] = {}
        # Longer parts first: what they explain, their parts need not say again in other words.
        for part in sorted(title.parts, key=lambda part: (part.start - part.end, part.start)):
            span = covered[part.start : part.end]
            found = self._add(part.sayings, span, explained, taken=taken, said=said.get(part.word))
            # A word that was said may stand there again, by itself or in a longer one, and says nothing more.
            for inner in title.parts if found.any() else ():
                if part.start <= inner.start and inner.end <= part.end:
                    said[inner.word] = said.get(inner.word, False) | found
        for sayings in dict.fromkeys(part.sayings for part in title.support):
            self._add(sayings, numpy.zeros((1, self._size)), explained, self._support)
        forth = (title.weights @ covered) / title.weights.sum()
        back = numpy.zeros(self._size)
        for stem, share in explained.items():
            back += self._weights[stem] * share
        back = numpy.divide(back, self._totals, out=numpy.zeros_like(back), where=self._totals > 0)
        left = self._count_unsaid(title, covered)
        return TitleShares(forth, back, *left, self._count_unexplained(title, explained))

    def _count_unsaid(self, title: ChineseTitle, covered: Table) -> tuple[Table, Table]:
        """Return how many telling characters of a Chinese title each English one leaves unsaid, and of known words."""
        for part in title.parts:
            for saying in part.sayings:
                if all(stem in self._around for stem in saying):
                    said = numpy.minimum.reduce([self._around[stem] for stem in saying])
                    # What the title itself has was counted before: one English word is not what two words mean.
                    inside = [self._inside.get(stem, numpy.zeros(self._size)) for stem in saying]
                    said = said * (numpy.minimum.reduce(inside) == 0)
                    span = covered[part.start : part.end]
                    numpy.maximum(span, said, out=span)
        telling, is_left = list(title.telling), covered < _HALF
        is_contrary = numpy.zeros(is_left.shape, dtype=bool)
        for part in title.parts:
            if part.end - part.start > 1 or part.word.isascii():
                is_contrary[part.start : part.end] |= is_left[part.start : part.end].all(axis=0)
        for place in title.alone:
            is_contrary[place] = True
        unsaid: Table = is_left[telling].sum(axis=0).astype(float)
        contrary: Table = (is_left & is_contrary)[telling].sum(axis=0).astype(float)
        return unsaid, contrary

    def _count_unexplained(self, title: ChineseTitle, explained: Mapping[str, Table]) -> Table:
        """Return how many telling words of each English title nothing in a Chinese one, or beside it, explains."""
        beside = {stem for part in title.beside for saying in part.sayings for stem in saying}
        is_other = (self._kinds != "") & (self._kinds != title.kind) & (title.kind != "")
        left: Table = is_other + self._told
        # Few stems are explained or said beside; what is counted are ones, so that the order makes no difference.
        for stem in beside & self._telling.keys():
            left -= self._telling[stem]
        for stem, share in explained.items():
            if stem in self._telling and stem not in beside:
                left -= self._telling[stem] * (share >= _HALF)
        return left

    def _add(
        self,
        sayings: Sequence[Saying],
        span: Table,
        explained: dict[str, Table],
        factor: float = 1.0,
        *,
        taken: dict[str, Table] | None = None,
        said: NDArray[numpy.bool_] | None = None,
    ) -> NDArray[numpy.bool_]:
        """
        Note where one of several sayings stands, and the stems that it explains: one saying for each title.

        With `taken` a saying must have a stem that no part before needs, but where the word was `said` before, and it
        is noted which stems this one needs. Returned is in which titles the part is said as a whole.
        """
        there = [(saying, presence) for saying in sayings if (presence := self._present(saying)) is not None]
        if not there:
            return numpy.zeros(self._size, dtype=bool)
        if taken is not None:
            again = numpy.zeros(self._size, dtype=bool) if said is None else said
            there = [(saying, presence * (again | self._is_fresh(saying, taken))) for saying, presence in there]
            self._take(there, taken)
        worth = numpy.array([presence * self._worth(saying) for saying, presence in there])
        chosen = worth.argmax(axis=0)
        found = numpy.maximum.reduce([presence for _saying, presence in there])
        # A word inside of one that was said counts where the English title has it beside.
        is_new = (found > span.min(axis=0)) | self._are_unexplained(there, explained)
        numpy.maximum(span, found, out=span)
        for place, (saying, presence) in enumerate(there):
            counts = presence * (is_new & (chosen == place)) * factor
            for stem in saying:
                if stem in self._inside:
                    share = counts * self._inside[stem]
                    known = explained.get(stem)
                    explained[stem] = share if known is None else numpy.maximum(known, share)
        is_whole: NDArray[numpy.bool_] = found > _HALF
        return is_whole

    def _are_unexplained(
        self, there: Sequence[tuple[Saying, Table]], explained: Mapping[str, Table]
    ) -> NDArray[numpy.bool_]:
        """Return in which titles a saying of one word stands that nothing has explained, and no other saying either."""
        is_open, is_told = numpy.zeros((2, self._size), dtype=bool)
        for saying, presence in there:
            if len(saying) == 1 and saying[0] in self._inside:
                stands = presence * self._inside[saying[0]] > _HALF
                known = explained.get(saying[0], numpy.zeros(self._size)) > 0
                is_open |= stands & ~known
                is_told |= stands & known
        unexplained: NDArray[numpy.bool_] = is_open & ~is_told
        return unexplained

    def _is_fresh(self, saying: Saying, taken: Mapping[str, Table]) -> NDArray[numpy.bool_]:
        """
        Return in which titles a saying has a stem that no other part needs.

        One English word is not what two Chinese words mean: the park of a country park is no car park.
        """
        inside = [stem for stem in saying if stem in self._inside]
        if not inside or not all(stem in taken for stem in inside):
            return numpy.ones(self._size, dtype=bool)
        fresh = numpy.full(self._size, len(inside) < len(saying))
        for stem in inside:
            fresh |= taken[stem] == 0
        return fresh

    def _take(self, there: Sequence[tuple[Saying, Table]], taken: dict[str, Table]) -> None:
        """Note the stems that a part needs in each title: those of all of its sayings that stand there."""
        whole = [(saying, presence > _HALF) for saying, presence in there]
        is_there = numpy.logical_or.reduce([mask for _saying, mask in whole])
        for stem in dict.fromkeys(stem for saying, _mask in whole for stem in saying if stem in self._inside):
            is_needed = is_there & (self._inside[stem] > 0)
            for saying, mask in whole:
                if stem not in saying:
                    is_needed = is_needed & ~mask
            if is_needed.any():
                taken[stem] = numpy.maximum(taken.get(stem, numpy.zeros(self._size)), is_needed)

    def _worth(self, saying: Saying) -> Table:
        """Return how much the words of a saying tell in each title."""
        rows = [self._weights[stem] * self._inside[stem] for stem in saying if stem in self._inside]
        worth: Table = sum(rows, numpy.full(self._size, 1e-6))
        return worth

    def _present(self, saying: Saying) -> Table | None:
        """Return in which titles a saying stands, as a whole or more than half of it; None if in none."""
        if saying not in self._sayings:
            self._sayings[saying] = self._look_up(saying)
        return self._sayings[saying]

    def _look_up(self, saying: Saying) -> Table | None:
        """Return in which titles a saying stands, and how much of it."""
        rows = [self._presence.get(stem) for stem in saying]
        if len(rows) == 1 or all(row is None for row in rows):
            return rows[0]
        there = numpy.array([numpy.zeros(self._size) if row is None else row for row in rows])
        share: Table = there.mean(axis=0)
        found: Table = numpy.where(there.min(axis=0) > 0, share, numpy.where(share >= _HALF, self._partly * share, 0.0))
        return found if found.any() else None
