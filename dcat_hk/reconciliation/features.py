"""
Items -> what of them is compared: texts in a language that both plans have, words and how rare they are.

In: the items of two plans. Out: `Features` of each item, and a `Rarity` of words and months. Texts are folded, so that
Traditional and Simplified editions are compared as one.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..core.plan import Entry, Stage
from ..core.text import fold, plain
from ..core.vocabularies import load
from .items import Item, PlanItems, without_short_name
from .weights import load_weighting

#: How many items that have none of its words a plan is taken to have beside its own: a word that all items of a small
#: plan share would else be worth nothing or all.
_BACKGROUND = 20
#: Of how many texts the words are kept: those of one line of plans come again and again, those of others never.
_SETS_KEPT = 1 << 11
_LATIN = re.compile(r"[0-9a-z]+(?:'[a-z]+)?")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]+")

Interval = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Features:
    """
    What of an item is compared.

    Args:
        item: The item.

        plan: The place of its plan in the junction.

        stage: Whether the dataset is released or planned.

        spatial: Whether it is listed as spatial data; None if the plan does not tell.

        month: The month that its plan counts from.

        title: Its folded title, in a language that all plans have.

        series: What the title says that it counts by.

        other_titles: Its folded titles in other languages, each with the language.

        words: The words of its title.

        exact: The numbers and Latin words of a Chinese title, the numbers of an English one.

        text: Its folded title and remarks.

        remark: The words of its remarks, without the names of its formats.

        heading: The folded group heading; empty if it names the body whose plan it is.

        owner: The code of the body that owns it; empty where that is only taken to be the plan's own.

        names: Folded names of bodies that the row prints.

        category: The code of its category, or its folded words.

        frequency: The code of its update frequency, or its folded words.

        formats: Its formats.

        dates: The month or interval of each row, of those that state one.
    """

    item: Item
    plan: int
    stage: Stage
    spatial: bool | None
    month: str
    title: str
    series: tuple[str, ...]
    other_titles: frozenset[tuple[str, str]]
    words: frozenset[str]
    exact: frozenset[str]
    text: str
    remark: frozenset[str]
    heading: str
    owner: str
    names: frozenset[str]
    category: str
    frequency: str
    formats: frozenset[str]
    dates: tuple[Interval, ...]

    @property
    def is_latin(self) -> bool:
        """Return whether the title has no ideograph."""
        return not _HAN.search(self.title)


def find_language(plans: Sequence[PlanItems]) -> str:
    """
    Return a language that all plans have, Chinese rather than English; empty if they have none in common.

    Args:
        plans: Plans that are compared.
    """
    common = set.intersection(*({_language(script) for script in _scripts(plan)} for plan in plans))
    return max(common, default="")


def find_features(plan: PlanItems, place: int, language: str) -> list[Features]:
    """
    Return what of each item of a plan is compared.

    Args:
        plan: The plan.

        place: Its place in the junction.

        language: The language of the texts, as `find_language` gives it.
    """
    languages = [_language(script) for script in _scripts(plan)]
    return [_find_features(item, place, plan, language, languages) for item in plan.items]


def _scripts(plan: PlanItems) -> list[str]:
    """Return the script of a plan, and of each of its other editions."""
    return [plan.head.script, *(edition.script for edition in plan.head.editions)]


def _language(script: str) -> str:
    """Return the language that a script is taken for."""
    return "en" if script == "Latn" else "zh"


def _find_features(item: Item, place: int, plan: PlanItems, language: str, languages: Sequence[str]) -> Features:
    """Return what of one item is compared."""
    entry = item.entry
    editions = [(languages[entry.edition], entry), *((languages[number], other) for number, other in entry.also)]
    text = next((other for own, other in editions if own == language), entry)
    heading = fold(without_short_name(text.group or ""))
    names = frozenset(
        fold(without_short_name(name)) for name in (entry.organisation, entry.group, entry.publisher) if name
    )
    is_own = item.publisher == plan.body and not entry.organisation and not entry.publisher
    words = split_title(text.title)
    formats = frozenset(name for row in item.rows for name in row.entry.formats)
    remarks = " ".join(_in_language(row.entry, language, languages).description for row in item.rows)
    return Features(
        item=item,
        plan=place,
        stage=item.stage,
        spatial=entry.spatial,
        month=plan.month,
        title=fold(text.title),
        series=load_weighting().series.find(text.title),
        other_titles=frozenset((own, fold(other.title)) for own, other in editions if own != language),
        words=words,
        exact=frozenset(word for word in words if word.isascii() and (language == "zh" or not word.isalpha())),
        text=fold(f"{text.title}\n{remarks}"),
        remark=split_words(remarks) - {name.casefold() for name in formats},
        heading=heading,
        owner="" if is_own else item.publisher,
        names=names,
        category=find_category(entry.category),
        frequency=entry.frequency or fold(entry.frequency_raw),
        formats=formats,
        dates=tuple(interval for row in item.rows if (interval := interval_of(row.entry))),
    )


def _in_language(entry: Entry, language: str, languages: Sequence[str]) -> Entry:
    """Return the edition of a row in a language, else the row itself."""
    if languages[entry.edition] == language:
        return entry
    return next((other for number, other in entry.also if languages[number] == language), entry)


def interval_of(entry: Entry) -> Interval | None:
    """Return the months that a row states, first and last; None if it states none."""
    return entry.period or ((entry.date, entry.date) if entry.date else None)


@lru_cache(maxsize=1 << 12)
def find_category(wording: str) -> str:
    """
    Return the code of a category, or its folded wording where no vocabulary has it.

    >>> find_category("康樂及文化") == find_category("康乐及文化")
    True
    """
    concept = load().find_category(wording)
    return concept.notation if concept else fold(wording)


@lru_cache(maxsize=_SETS_KEPT)
def split_words(text: str) -> frozenset[str]:
    """
    Return the words of a text: Latin words and numbers, and every two neighbouring ideographs.

    >>> sorted(split_words("雨量 (CSV)"))
    ['csv', '雨量']
    """
    lower = text.casefold()
    words = set(_LATIN.findall(lower))
    for run in _HAN.findall(lower):
        folded = fold(run)
        words |= {folded[start : start + 2] for start in range(max(1, len(folded) - 1))}
    return frozenset(words)


@lru_cache(maxsize=_SETS_KEPT)
def split_title(title: str) -> frozenset[str]:
    """
    Return the words of a title; Chinese words that tell little are left out, unless nothing else is left.

    >>> sorted(split_title("認可帆船學校名單"))
    ['可帆', '学校', '帆船', '船学', '认可']
    """
    rest = plain(title)
    for word in light_wordings():
        rest = rest.replace(word, " ")
    return split_words(rest) or split_words(title)


@lru_cache(maxsize=1)
def light_wordings() -> tuple[str, ...]:
    """Return the folded Chinese words that tell little, the longest first."""
    words = (word for word in load_weighting().light.folded if not word.isascii())
    return tuple(sorted(words, key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def light_words() -> frozenset[str]:
    """Return the words that tell little, as `split_words` gives them."""
    weighting = load_weighting()
    return frozenset(word for wording in weighting.light.words for word in split_words(wording))


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Return the words that many datasets have, and those that tell little, as `split_words` gives them."""
    words = load_weighting().common.words
    return light_words() | {word for wording in words for word in split_words(wording)}


@lru_cache(maxsize=1 << 13)
def find_rare_part(title: str) -> str:
    """
    Return what a folded Chinese title has beside words that many datasets have; the title if it has nothing else.

    >>> find_rare_part("停车场位置"), find_rare_part("位置")
    ('停车场', '位置')
    """
    rest = title
    for word in _common_wordings():
        rest = rest.replace(word, "")
    return rest or title


@lru_cache(maxsize=1)
def _common_wordings() -> tuple[str, ...]:
    """Return the folded Chinese words that many datasets have, the longest first."""
    words = {word for word in load_weighting().common.folded if not word.isascii()}
    return tuple(sorted({*words, *light_wordings()}, key=lambda word: (-len(word), word)))


@dataclass(frozen=True, slots=True)
class Rarity:
    """How rare a value is among items: the logarithm of how many items there are for each that has it."""

    counts: Counter[str]
    items: int

    def of(self, value: str) -> float:
        """Return the rarity of a value, a number above zero."""
        return math.log((self.items + _BACKGROUND) / max(1, self.counts[value]))

    def share(self, value: str) -> float:
        """Return the rarity of a value beside that of one that only two items have: 1 at most, 0 at least."""
        return min(1.0, self.of(value) / math.log((self.items + _BACKGROUND) / 2))


def find_rarity(values: Iterable[Iterable[str]]) -> Rarity:
    """
    Return how rare values are among items.

    Args:
        values: The values of each item.
    """
    counts: Counter[str] = Counter()
    items = 0
    for own in values:
        counts.update(set(own))
        items += 1
    return Rarity(counts, items)
