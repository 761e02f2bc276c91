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
from collections.abc import Mapping, Sequence

import numpy
from numpy.typing import NDArray
from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from ..core.text import fold
from ..reconciliation.features import find_rare_part, light_wordings
from .english import stem_words
from .explaining import ChineseTitle, EnglishSide, Table, TitleShares
from .glossary import Glossary
from .titles import Titles, bare_title, chinese_words, compile_words, english_stems, find_kind, fold_words, place_pairs
from .weights import Linking

#: What a character between words tells.
_PARTICLE = 0.1
#: Titles that count by something else are no more alike than this.
_SIBLINGS = 0.5


class Comparer:
    """Compares titles of rows with titles of records."""

    def __init__(self, glossary: Glossary, portal: Counter[str], titles: int, linking: Linking) -> None:
        """Keep the glossary, how often each stem stands in titles of the portal, and the numbers."""
        self._glossary, self._portal, self._titles, self._linking = glossary, portal, titles, linking
        self._light = {stem for word in linking.words.light for stem in stem_words(word)}
        self._light_chinese = compile_words([*map(fold, linking.words.light_chinese), *light_wordings()])
        self._particles = frozenset(fold(linking.words.particles))
        self._alone = frozenset(fold(linking.left.alone))
        self._silent = compile_words([*map(fold, linking.left.silent), *light_wordings()])

    # ---- across languages

    def explain(self, rows: Sequence[Titles], records: Sequence[Titles]) -> TitleShares:
        """
        Return which share of each row's title each record's title explains, the reverse, and what is left over of both.

        Args:
            rows: Titles of rows.

            records: Titles of records.
        """
        own = self._explain(rows, records)
        # The other way round where a row is in English and a record in Chinese.
        turned = self._explain(records, rows)
        return TitleShares(
            numpy.fmax(own.explained, turned.explaining.T),
            numpy.fmax(own.explaining, turned.explained.T),
            numpy.fmin(own.unsaid, turned.unexplained.T),
            numpy.fmin(own.contrary, turned.contrary.T),
            numpy.fmin(own.unexplained, turned.unsaid.T),
        )

    def _explain(self, chinese: Sequence[Titles], english: Sequence[Titles]) -> TitleShares:
        """Return the same of titles in Chinese and others in English; nan without a title."""
        shares = TitleShares(*(numpy.full((len(chinese), len(english)), numpy.nan) for _table in TitleShares._fields))
        columns = [place for place, one in enumerate(english) if one.english]
        lines = [place for place, one in enumerate(chinese) if one.chinese]
        if not columns or not lines:
            return shares
        side = EnglishSide([english[place] for place in columns], self._linking, self.weigh_stem)
        weights = self._weigh_characters([chinese[place].chinese for place in lines])
        for line, own in zip(lines, weights, strict=True):
            for table, values in zip(shares, side.explain(self._as_title(chinese[line], own)), strict=True):
                table[line, columns] = values
        return shares

    def _as_title(self, titles: Titles, weights: Table) -> ChineseTitle:
        """Return what a Chinese title can be called in English."""
        beside = [fold_words(text) for text in titles.beside]
        return ChineseTitle(
            self._glossary.find(titles.chinese),
            weights,
            self._find_telling(titles.chinese, beside),
            self._glossary.find(titles.support),
            find_kind(titles.printed or titles.chinese),
            [part for text in beside for part in self._glossary.find(text)],
            [place for place, character in enumerate(titles.chinese) if character in self._alone],
        )

    def _find_telling(self, title: str, beside: Sequence[str]) -> list[int]:
        """Return the places of the characters of a folded title that tell something."""
        silent = {place for place, character in enumerate(title) if character in self._particles or character == " "}
        for match in self._silent.finditer(title):
            silent.update(range(*match.span()))
        for text in filter(None, beside):
            for match in re.finditer(re.escape(text), title):
                silent.update(range(*match.span()))
        return [place for place in range(len(title)) if place not in silent]

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
                alike = numpy.where(
                    _are_bare_equal(olds, news), numpy.maximum(alike, self._linking.bounds.alike), alike
                )
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


def _are_bare_equal(rows: Sequence[str], records: Sequence[str]) -> NDArray[numpy.bool_]:
    """Return where two Chinese titles differ in nothing but words that tell nothing."""
    bare = [[bare_title(fold(title)) for title in titles] for titles in (rows, records)]
    codes = {title: number for number, title in enumerate(dict.fromkeys((*bare[0], *bare[1])))}
    equal: NDArray[numpy.bool_] = numpy.equal.outer(*([codes[one] for one in titles] for titles in bare))
    return equal


def _differ(rows: Sequence[tuple[str, ...]], records: Sequence[tuple[str, ...]]) -> NDArray[numpy.bool_]:
    """Return where two titles count by something else."""
    codes = {series: number for number, series in enumerate(dict.fromkeys((*rows, *records)))}
    different: NDArray[numpy.bool_] = numpy.not_equal.outer(
        [codes[one] for one in rows], [codes[one] for one in records]
    )
    return different


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
