"""
Titles of rows and of records -> how much of each the other explains, across languages and in one.

In: titles in Chinese and English. Out: tables, a line for each row and a column for each record. A part of a Chinese
title is explained by an English one that has what the glossary says for it, and the reverse; words that siblings share
weigh little.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from ..core.text import fold, plain
from ..reconciliation.features import find_rare_part, light_wordings
from ..reconciliation.weights import load_weighting
from .english import stem_words
from .glossary import Glossary, Saying, TitlePart, idle_stems
from .weights import Linking

Table = NDArray[numpy.float64]
_RUN = re.compile(r"(?P<latin>[0-9a-z]+)|[^0-9a-z ]+")
#: What stands between two Latin words: one of them ends there.
_BETWEEN = re.compile(r"(?<=[0-9a-z])[^0-9a-z\u3400-\u9fff]+(?=[0-9a-z])")
#: What a character between words tells.
_PARTICLE = 0.1
#: Titles that count by something else are no more alike than this.
_SIBLINGS = 0.5
#: Less than this of a saying is nothing of it.
_HALF = 0.5


@dataclass(frozen=True, slots=True)
class Titles:
    """
    What something is called.

    Args:
        chinese: Its title in Chinese, folded by `fold_words`; empty if there is none.

        english: Its title in English; empty if there is none.

        support: What else it is called after: its heading and remarks, in Chinese, folded.

        name: Its name in addresses.

        printed: Its title as printed, in Chinese for a row and in English for a record, if it has one.

        owner: Whose it is: words that all titles of one body have tell nothing.

        series: What its Chinese title says that it counts by, and the numbers and Latin words in it: where they differ,
            two titles are siblings, however alike they are.
    """

    chinese: str = ""
    english: str = ""
    support: str = ""
    name: str = ""
    printed: str = ""
    owner: str = ""
    series: tuple[str, ...] = ()


@lru_cache(maxsize=1 << 15)
def english_stems(title: str) -> tuple[str, ...]:
    """
    Return the stems of the words of an English title that say something, each once.

    >>> english_stems("List of the Police Stations")
    ('list', 'polic', 'station')
    """
    return tuple(dict.fromkeys(stem for stem in stem_words(title) if stem not in idle_stems()))


def fold_words(text: str) -> str:
    """
    Return a text folded, with a space between Latin words and numbers that stand apart.

    >>> fold_words("數碼港 Smart-Space（2019）"), fold_words("18區")
    ('数码港smart space 2019', '18区')
    """
    return " ".join(fold(part) for part in _BETWEEN.split(plain(text)))


def find_series(title: str) -> tuple[str, ...]:
    """
    Return what a Chinese title says that it counts by, and the numbers and Latin words in it.

    >>> find_series("按性別劃分的人數（2019）") == find_series("按性别划分的人数 (2019)")
    True
    """
    series = load_weighting().series.find(title)
    return (*series, *sorted(match["latin"] for match in _RUN.finditer(fold_words(title)) if match["latin"]))


def _differ(rows: Sequence[tuple[str, ...]], records: Sequence[tuple[str, ...]]) -> NDArray[numpy.bool_]:
    """Return where two titles count by something else."""
    codes = {series: number for number, series in enumerate(dict.fromkeys((*rows, *records)))}
    different: NDArray[numpy.bool_] = numpy.not_equal.outer(
        [codes[one] for one in rows], [codes[one] for one in records]
    )
    return different


class PlacedWord(NamedTuple):
    """A word of a title, and where it stands."""

    start: int
    end: int
    word: str


def place_pairs(title: str) -> list[PlacedWord]:
    """
    Return every two characters side by side of a folded title, and numbers and Latin words as a whole.

    >>> [placed.word for placed in place_pairs("18区雨量图csv")]
    ['18', '区雨', '雨量', '量图', 'csv']
    """
    placed: list[PlacedWord] = []
    for match in _RUN.finditer(title):
        start, end = match.span()
        if match["latin"] or end - start == 1:
            placed.append(PlacedWord(start, end, match[0]))
        else:
            placed += [PlacedWord(place, place + 2, title[place : place + 2]) for place in range(start, end - 1)]
    return placed


def chinese_words(title: str) -> tuple[str, ...]:
    """
    Return the words of `place_pairs`, each once.

    >>> chinese_words("雨量雨量")
    ('雨量', '量雨')
    """
    return tuple(dict.fromkeys(placed.word for placed in place_pairs(title)))


def count_english(titles: Iterable[str]) -> Counter[str]:
    """Return in how many titles each stem stands."""
    return Counter(stem for title in titles for stem in english_stems(title))


class Comparer:
    """Compares titles of rows with titles of records."""

    def __init__(self, glossary: Glossary, portal: Counter[str], titles: int, linking: Linking) -> None:
        """Keep the glossary, how often each stem stands in titles of the portal, and the numbers."""
        self._glossary, self._portal, self._titles, self._linking = glossary, portal, titles, linking
        self._light = {stem for word in linking.words.light for stem in stem_words(word)}
        chinese = {*map(fold, linking.words.light_chinese), *light_wordings()}
        self._light_chinese = re.compile("|".join(sorted(map(re.escape, chinese), key=lambda word: (-len(word), word))))
        self._particles = frozenset(fold(linking.words.particles))

    # ---- across languages

    def explain(self, rows: Sequence[Titles], records: Sequence[Titles]) -> tuple[Table, Table]:
        """
        Return which share of each row's title each record's title explains, and the reverse.

        Args:
            rows: Titles of rows.

            records: Titles of records.
        """
        forth, back = self._explain(rows, records)
        # The other way round where a row is in English and a record in Chinese.
        turned = self._explain(records, rows)
        return numpy.fmax(forth, turned[1].T), numpy.fmax(back, turned[0].T)

    def _explain(self, chinese: Sequence[Titles], english: Sequence[Titles]) -> tuple[Table, Table]:
        """Return which share of each Chinese title each English one explains, and the reverse; nan without a title."""
        shape = (len(chinese), len(english))
        explained, explaining = numpy.full(shape, numpy.nan), numpy.full(shape, numpy.nan)
        columns = [place for place, one in enumerate(english) if one.english]
        lines = [place for place, one in enumerate(chinese) if one.chinese]
        if not columns or not lines:
            return explained, explaining
        side = _EnglishSide([english[place] for place in columns], self)
        weights = self._weigh_characters([chinese[place].chinese for place in lines])
        for line, own in zip(lines, weights, strict=True):
            one = chinese[line]
            forth, back = side.explain(self._glossary.find(one.chinese), own, self._glossary.find(one.support))
            explained[line, columns], explaining[line, columns] = forth, back
        return explained, explaining

    def count_characters(self, titles: Titles) -> float:
        """Return how many characters of a Chinese title tell something; of a title in English they are enough."""
        if not titles.chinese:
            return math.inf
        rest = self._light_chinese.sub("", titles.chinese)
        return sum(character not in self._particles and character != " " for character in rest)

    def weigh_stems(self, titles: Sequence[tuple[str, ...]]) -> dict[str, float]:
        """Return how much each stem tells among titles."""
        counts = Counter(stem for title in titles for stem in title)
        return {stem: self.weigh_stem(stem, count, len(titles)) for stem, count in counts.items()}

    def weigh_stem(self, stem: str, count: int, titles: int) -> float:
        """Return how much a stem tells that stands in some of several titles."""
        light = self._linking.words.light_weight if stem in self._light else 1.0
        rare = math.log((titles + 1) / (count + 0.5)) + 0.3 * math.log((self._titles + 2) / (self._portal[stem] + 1))
        return light * rare

    def _weigh_characters(self, titles: Sequence[str]) -> list[Table]:
        """Return how much each character of folded Chinese titles tells."""
        different = set(titles)
        counts = Counter(word for title in different for word in chinese_words(title))
        return [self._weigh_title(title, counts, len(different)) for title in titles]

    def _weigh_title(self, title: str, counts: Counter[str], size: int) -> Table:
        """Return how much each character of a title tells."""
        sums, times = numpy.zeros(len(title)), numpy.zeros(len(title))
        for start, end, word in place_pairs(title):
            weight = math.log((size + 1) / (counts[word] + 0.5)) + 0.6
            # A number or a Latin word tells as much as two characters, whatever its length.
            sums[start:end] += weight * 2 / (end - start) if word.isascii() else weight
            times[start:end] += 1
        weights = sums / numpy.maximum(times, 1)
        for match in self._light_chinese.finditer(title):
            weights[match.start() : match.end()] *= self._linking.words.light_weight
        for place, character in enumerate(title):
            if character in self._particles:
                weights[place] *= _PARTICLE
        return numpy.maximum(weights, 1e-6)

    # ---- in one language

    def compare_same(self, rows: Sequence[Titles], records: Sequence[Titles]) -> tuple[Table, Table]:
        """
        Return whether titles are equal in a language that both have, and how alike they are there; nan if in none.

        Args:
            rows: Titles of rows.

            records: Titles of records.
        """
        equal, like = numpy.zeros((len(rows), len(records))), numpy.full((len(rows), len(records)), numpy.nan)
        for name in ("chinese", "english"):
            sides = [[getattr(one, name) for one in titles] for titles in (rows, records)]
            lines, columns = ([place for place, title in enumerate(titles) if title] for titles in sides)
            if not lines or not columns:
                continue
            olds, news = [sides[0][place] for place in lines], [sides[1][place] for place in columns]
            same, alike = self._compare(olds, news, is_chinese=name == "chinese")
            if name == "chinese":
                series = [
                    [titles[place].series for place in own] for titles, own in ((rows, lines), (records, columns))
                ]
                alike = numpy.where(_differ(*series), numpy.minimum(alike, _SIBLINGS), alike)
            grid = numpy.ix_(lines, columns)
            equal[grid] = numpy.maximum(equal[grid], same)
            like[grid] = numpy.fmax(like[grid], alike)
        return equal, like

    def _compare(self, rows: Sequence[str], records: Sequence[str], *, is_chinese: bool) -> tuple[Table, Table]:
        """Return whether titles of one language are equal, and how alike they are."""
        folded = [[fold(title) for title in titles] for titles in (rows, records)]
        codes = {title: number for number, title in enumerate(sorted({*folded[0], *folded[1]}))}
        same = numpy.equal.outer([codes[title] for title in folded[0]], [codes[title] for title in folded[1]])
        rare = [[find_rare_part(title) if is_chinese else title for title in titles] for titles in folded]
        edit = cdist(rare[0], rare[1], scorer=Indel.normalized_similarity, dtype=numpy.float32)
        split = chinese_words if is_chinese else english_stems
        words = [[split(title) for title in titles] for titles in (folded if is_chinese else (rows, records))]
        weights = self._weigh_words([*dict.fromkeys((*words[0], *words[1]))], is_chinese=is_chinese)
        shared = _share(words[0], words[1], weights)
        return same.astype(float), 0.5 * edit + 0.5 * shared

    def _weigh_words(self, titles: Sequence[tuple[str, ...]], *, is_chinese: bool) -> dict[str, float]:
        """Return how much words tell among titles of one language."""
        if not is_chinese:
            return self.weigh_stems(titles)
        counts = Counter(word for title in titles for word in title)
        return {word: math.log((len(titles) + 1) / (count + 0.5)) + 0.3 for word, count in counts.items()}


class _EnglishSide:
    """English titles, by the stems in them."""

    def __init__(self, titles: Sequence[Titles], comparer: Comparer) -> None:
        """Find in which titles each stem stands."""
        linking = comparer._linking
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
        self._weights = self._weigh([one.owner for one in titles], stems, comparer)
        self._totals = sum((self._weights[stem] * row for stem, row in self._inside.items()), numpy.zeros(self._size))
        self._sayings: dict[Saying, Table | None] = {}

    def _weigh(self, owners: Sequence[str], stems: Sequence[tuple[str, ...]], comparer: Comparer) -> dict[str, Table]:
        """Return how much each stem tells in each title: among the titles of one body."""
        sizes = Counter(owners)
        counts = Counter((owner, stem) for owner, own in zip(owners, stems, strict=True) for stem in own)
        known = {key: comparer.weigh_stem(key[1], count, sizes[key[0]]) for key, count in counts.items()}
        return {stem: numpy.array([known.get((owner, stem), 0.0) for owner in owners]) for stem in self._inside}

    def _row(self, table: dict[str, Table], stem: str) -> Table:
        """Return the line of a stem."""
        if stem not in table:
            table[stem] = numpy.zeros(self._size)
        return table[stem]

    def explain(self, parts: Sequence[TitlePart], weights: Table, support: Sequence[TitlePart]) -> tuple[Table, Table]:
        """Return which share of a Chinese title each English one explains, and the reverse."""
        covered = numpy.zeros((len(weights), self._size))
        explained: dict[str, Table] = {}
        known: set[Sequence[Saying]] = set()
        # Longer parts first: what they explain, their parts need not say again in other words.
        for part in sorted(parts, key=lambda part: (part.start - part.end, part.start)):
            span = covered[part.start : part.end]
            self._add(part.sayings, span, explained, must_be_fresh=part.sayings not in known)
            known.add(part.sayings)
        beside = {part.sayings: None for part in support}
        for sayings in beside:
            self._add(sayings, numpy.zeros((1, self._size)), explained, self._support)
        forth = (weights @ covered) / weights.sum()
        back = numpy.zeros(self._size)
        for stem, share in explained.items():
            back += self._weights[stem] * share
        return forth, numpy.divide(back, self._totals, out=numpy.zeros_like(back), where=self._totals > 0)

    def _add(
        self,
        sayings: Sequence[Saying],
        span: Table,
        explained: dict[str, Table],
        factor: float = 1.0,
        *,
        must_be_fresh: bool = False,
    ) -> None:
        """Note where one of several sayings stands, and the stems that it explains: one saying for each title."""
        there = [(saying, presence) for saying in sayings if (presence := self._present(saying)) is not None]
        if must_be_fresh:
            there = [(saying, presence * self._is_fresh(saying, explained)) for saying, presence in there]
        if not there:
            return
        worth = numpy.array([presence * self._worth(saying) for saying, presence in there])
        chosen = worth.argmax(axis=0)
        found = numpy.maximum.reduce([presence for _saying, presence in there])
        is_new = found > span.min(axis=0)
        numpy.maximum(span, found, out=span)
        for place, (saying, presence) in enumerate(there):
            counts = presence * (is_new & (chosen == place)) * factor
            for stem in saying:
                if stem in self._inside:
                    share = counts * self._inside[stem]
                    known = explained.get(stem)
                    explained[stem] = share if known is None else numpy.maximum(known, share)

    def _is_fresh(self, saying: Saying, explained: Mapping[str, Table]) -> NDArray[numpy.bool_]:
        """
        Return in which titles a saying has a stem that nothing else explains.

        One English word is not what two Chinese words mean: the park of a country park is no car park.
        """
        inside = [stem for stem in saying if stem in self._inside]
        if not inside or not all(stem in explained for stem in inside):
            return numpy.ones(self._size, dtype=bool)
        fresh = numpy.full(self._size, len(inside) < len(saying))
        for stem in inside:
            fresh |= explained[stem] == 0
        return fresh

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


def _share(rows: Sequence[tuple[str, ...]], records: Sequence[tuple[str, ...]], weights: Mapping[str, float]) -> Table:
    """Return the weight of the words that titles share, as a share of both."""
    words = sorted(set().union(*rows) & set().union(*records)) if rows and records else []
    place = {word: number for number, word in enumerate(words)}
    tables = []
    for titles in (rows, records):
        table = numpy.zeros((len(titles), len(words)), dtype=numpy.float32)
        for line, own in enumerate(titles):
            for word in own:
                if word in place:
                    table[line, place[word]] = 1.0
        tables.append(table)
    scale = numpy.array([weights[word] for word in words], dtype=numpy.float32)
    shared = (tables[0] * scale) @ tables[1].T
    sums = [numpy.array([sum(weights[word] for word in own) for own in titles]) for titles in (rows, records)]
    both = numpy.add.outer(sums[0], sums[1])
    likeness: Table = numpy.divide(2 * shared, both, out=numpy.zeros_like(both), where=both > 0)
    return likeness
