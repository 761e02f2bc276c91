"""
Blocks -> how much each record of the portal and each row have in common, signal by signal.

In: a block, and vectors of titles if a model gives them. Out: tables of signals, a line for each of what is looked for
and a column for each record.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from ..portal.records import PortalRecord
from ..reconciliation.features import find_category, interval_of
from .blocks import Block
from .comparing import Comparer
from .explaining import Table, TitleShares
from .rows import LinkUnit, PlacedItem
from .titles import Titles, find_series, fold_words
from .weights import Linking, Model

Mask = NDArray[numpy.bool_]
#: What gives vectors of titles, a line each, for each model that is used.
Embed = Callable[[Sequence[str]], Mapping[str, NDArray[numpy.float32]]]
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class BlockScores:
    """
    What the rows and the records of a block have in common.

    Args:
        allowed: Which record comes into question for which row.

        equal: Where a title is the same in a language that both have.

        like: How alike the titles are in such a language; nan where there is none.

        shares: How much the titles of rows and records explain of one another across languages.

        responsible: Which records are of a body that the row names or whose datasets the plan has.

        characters: How many characters of each row's title tell something.

        similarity: How alike models of language find the titles; nan where nothing can be compared.

        signals: What each signal adds.

        titles: What those of titles add together.

        total: What all of them add.
    """

    allowed: Mask
    equal: Mask
    like: Table
    shares: TitleShares
    responsible: Mask
    characters: Table
    similarity: Table
    signals: Mapping[str, Table]
    titles: Table
    total: Table


class Scorer:
    """Scores blocks with one model."""

    def __init__(
        self,
        model: Model,
        comparer: Comparer,
        linking: Linking,
        created: Mapping[str, str],
        embed: Embed | None = None,
    ) -> None:
        """Keep what is needed: `created` has the months of the days on which records were made, where they tell."""
        self._model, self._comparer, self._linking = linking.models[model], comparer, linking
        self._created, self._embed = created, embed

    def score(self, block: Block) -> BlockScores:
        """Return what the rows and the records of a block have in common."""
        faces, home = _find_faces(block)
        records = [titles_of_record(record, block.names.get(record.provider, ())) for record in block.records]
        equal, like = self._comparer.compare_same(faces, records)
        shares = self._comparer.explain(faces, records)
        glossary = numpy.sqrt(shares.explained * shares.explaining)
        models = self._compare_vectors(faces, records)
        # Of several titles of one dataset the one counts that is most like the record's.
        # Of the shares those of one title belong together.
        best = _find_best(glossary, home, len(block.units))
        glossary, *tables = (numpy.take_along_axis(table, best, axis=0) for table in (glossary, *shares))
        equal, like = (_per_unit(table, home, len(block.units)) for table in (equal, like))
        models = {name: _per_unit(table, home, len(block.units)) for name, table in models.items()}
        of_titles = self._score_titles(equal, like, glossary, models)
        excess = -self._model.glossary * self._find_excess(glossary, like)
        signals = of_titles | {"language": excess} | self._score_facts(block)
        similarity = numpy.mean(list(models.values()), axis=0) if models else numpy.full(glossary.shape, numpy.nan)
        total = numpy.sum(list(signals.values()), axis=0) if block.records else numpy.zeros(glossary.shape)
        allowed, responsible = _find_allowed(block)
        counts = [self._comparer.count_characters(face) for face in faces]
        characters = _per_unit(numpy.array(counts, dtype=float)[:, None], home, len(block.units))[:, 0]
        return BlockScores(
            allowed,
            equal > 0,
            like,
            TitleShares(*tables),
            responsible,
            characters,
            similarity,
            signals,
            numpy.sum(list(of_titles.values()), axis=0),
            total,
        )

    def _score_titles(
        self, equal: Table, like: Table, glossary: Table, models: Mapping[str, Table]
    ) -> dict[str, Table]:
        """Return what the titles add."""
        weights, model = self._linking.weights, self._model
        same = weights.same_language * (
            numpy.nan_to_num(like, nan=weights.same_language_from) - weights.same_language_from
        )
        signals = {
            "title": numpy.where(equal > 0, weights.equal, same),
            "glossary": model.glossary * numpy.nan_to_num(glossary),
        }
        for name, table in models.items():
            signals[name] = getattr(model, name) * numpy.nan_to_num(table)
        return signals

    def _find_excess(self, glossary: Table, like: Table) -> Table:
        """
        Return how much more alike titles seem across languages than they are in one that both have.

        It counts where the row or the record has much the same title as another in one language.
        """
        is_like = numpy.nan_to_num(like) >= self._linking.bounds.like
        is_found = is_like.any(axis=1, keepdims=True) | is_like.any(axis=0, keepdims=True)
        excess: Table = numpy.where(is_found, numpy.maximum(numpy.nan_to_num(glossary - like), 0.0), 0.0)
        return excess

    def _compare_vectors(self, rows: Sequence[Titles], records: Sequence[Titles]) -> dict[str, Table]:
        """Return how alike the titles are that models of language compare, by model; those of each side centred."""
        if self._embed is None or not rows or not records:
            return {}
        texts = [[one.printed or one.english for one in titles] for titles in (rows, records)]
        vectors = self._embed([*texts[0], *texts[1]])
        tables = {}
        for name, both in vectors.items():
            one, other = _centre(both[: len(rows)]), _centre(both[len(rows) :])
            tables[name] = (one @ other.T).astype(float)
        return tables

    # ---- facts

    def _score_facts(self, block: Block) -> dict[str, Table]:
        """Return what everything but the titles adds."""
        weights = self._linking.weights
        shape = (len(block.units), len(block.records))
        tables = {
            name: numpy.zeros(shape) for name in ("category", "formats", "body", "date", "year", "stage", "spatial")
        }
        facts = [_RecordFacts.of(record, self._created.get(record.slug, "")) for record in block.records]
        for line, (unit, bodies) in enumerate(zip(block.units, block.bodies, strict=True)):
            own = _UnitFacts.of(unit)
            for column, fact in enumerate(facts):
                if fact.category and own.categories:
                    is_same = fact.category in own.categories
                    tables["category"][line, column] = weights.same_category if is_same else weights.other_category
                if fact.formats and own.formats:
                    share = len(fact.formats & own.formats) / len(fact.formats | own.formats)
                    tables["formats"][line, column] = weights.formats * share + weights.formats_base
                if fact.provider in bodies.own:
                    tables["body"][line, column] = weights.own_body
                elif fact.provider not in bodies.plan:
                    tables["body"][line, column] = weights.other_body
                if fact.month and fact.month in own.months:
                    tables["date"][line, column] = weights.same_month
                if fact.years - own.years:
                    tables["year"][line, column] = weights.year
                if own.promised and fact.created and fact.created < own.promised and not own.is_spatial:
                    tables["stage"][line, column] = weights.existed
                if own.is_spatial and fact.has_api:
                    tables["spatial"][line, column] = weights.spatial
        return tables


@dataclass(frozen=True, slots=True)
class _RecordFacts:
    """What of a record is compared beside its titles."""

    provider: str
    category: str
    formats: frozenset[str]
    created: str
    month: str
    years: frozenset[str]
    has_api: bool

    @classmethod
    def of(cls, record: PortalRecord, month: str) -> _RecordFacts:
        """Return the facts of a record."""
        titles = " ".join(record.titles.values())
        return cls(
            record.provider,
            record.category,
            frozenset(record.formats) - {"API"},
            record.created[:7],
            month,
            frozenset(_YEAR.findall(titles)),
            record.has_api,
        )


@dataclass(frozen=True, slots=True)
class _UnitFacts:
    """What of rows is compared beside their titles."""

    categories: frozenset[str]
    formats: frozenset[str]
    months: frozenset[str]
    years: frozenset[str]
    promised: str
    is_spatial: bool

    @classmethod
    def of(cls, unit: LinkUnit) -> _UnitFacts:
        """Return the facts of rows: `promised` is the month of the plan where all of them are to come."""
        entries = [row.entry for placed in unit.items for row in placed.item.rows]
        texts = " ".join(f"{entry.title} {entry.description} {entry.group or ''}" for entry in entries)
        is_promise = all(entry.stage == "planned" for entry in entries)
        return cls(
            frozenset(find_category(entry.category) for entry in entries if entry.category),
            frozenset(name.upper() for entry in entries for name in entry.formats),
            frozenset(interval[0] for entry in entries if (interval := interval_of(entry))),
            frozenset(_YEAR.findall(texts)),
            min(placed.plan.month for placed in unit.items) if is_promise else "",
            all(entry.spatial for entry in entries),
        )


# ---- titles


def titles_of_record(record: PortalRecord, names: Sequence[str] = ()) -> Titles:
    """
    Return what a record is called.

    Args:
        record: The record.

        names: The names of its provider.

    >>> titles_of_record(PortalRecord("hk-xyz-a", titles={"zh-Hant": "雨量"})).chinese
    '雨量'
    """
    chinese = record.titles.get("zh-Hant") or record.titles.get("zh-Hans") or ""
    own = record.slug.removeprefix(record.provider)
    return Titles(
        fold_words(chinese),
        record.titles.get("en", ""),
        "",
        own,
        record.titles.get("en") or chinese,
        record.provider,
        find_series(chinese),
        tuple(names),
    )


def titles_of_item(placed: PlacedItem, names: Sequence[str] = ()) -> Titles:
    """
    Return what an item is called, in all editions of its plan.

    Args:
        placed: The item and its plan.

        names: The names of its body.
    """
    entry, head = placed.entry, placed.plan.head
    scripts = [head.script, *(edition.script for edition in head.editions)]
    editions = [(scripts[entry.edition], entry), *((scripts[number], other) for number, other in entry.also)]
    chinese = next((other for script, other in editions if script != "Latn"), None)
    english = next((other for script, other in editions if script == "Latn"), None)
    texts = [chinese.group or "", *(row.entry.description for row in placed.item.rows)] if chinese else []
    return Titles(
        fold_words(chinese.title) if chinese else "",
        english.title if english else "",
        fold_words(" ".join(texts)),
        "",
        chinese.title if chinese else "",
        series=find_series(chinese.title) if chinese else (),
        beside=(*names, *filter(None, (entry.category, entry.frequency_raw))),
    )


def _find_faces(block: Block) -> tuple[list[Titles], list[int]]:
    """Return what units are called, each title once, and which unit each is of."""
    faces: list[Titles] = []
    home: list[int] = []
    for place, unit in enumerate(block.units):
        names = tuple(name for code in sorted(unit.publishers) for name in block.names.get(code, ()))
        for titles in dict.fromkeys(titles_of_item(placed, names) for placed in unit.items):
            faces.append(titles)
            home.append(place)
    return faces, home


def _per_unit(table: Table, home: Sequence[int], units: int) -> Table:
    """Return the best line of each unit."""
    best = numpy.full((units, table.shape[1]), numpy.nan)
    for line, place in enumerate(home):
        best[place] = numpy.fmax(best[place], table[line])
    return best


def _find_best(table: Table, home: Sequence[int], units: int) -> NDArray[numpy.intp]:
    """Return for each unit and column the line of the unit that has the most."""
    best = numpy.zeros((units, table.shape[1]), dtype=numpy.intp)
    ranked = numpy.nan_to_num(table, nan=-1.0)
    for unit in range(units):
        lines = numpy.flatnonzero(numpy.asarray(home) == unit)
        best[unit] = lines[ranked[lines].argmax(axis=0)] if table.shape[1] else best[unit]
    return best


def _find_allowed(block: Block) -> tuple[Mask, Mask]:
    """Return which record comes into question for which row, and which can be linked without asking."""
    shape = (len(block.units), len(block.records))
    allowed, responsible = numpy.zeros(shape, dtype=bool), numpy.zeros(shape, dtype=bool)
    for line, bodies in enumerate(block.bodies):
        wanted, sure = bodies.all, bodies.own | bodies.plan
        allowed[line] = [record.provider in wanted for record in block.records]
        responsible[line] = [record.provider in sure for record in block.records]
    return allowed, responsible


def _centre(vectors: NDArray[numpy.float32]) -> Table:
    """Return vectors less their mean, of length 1: what titles of one side have in common says nothing."""
    centred = vectors - vectors.mean(axis=0) if len(vectors) > 1 else vectors
    lengths = numpy.linalg.norm(centred, axis=1, keepdims=True)
    unit: Table = centred / numpy.maximum(lengths, 1e-9)
    return unit
