"""
Makes the next year's plan of a plan, and keeps which row is which.

In: the entries of a plan and a seed. Out: the entries of the plan a year later, and for each older item the newer ones
that are the same dataset. Rows are dropped, added, renamed, reworded, moved, shuffled, released, put off; the template
changes, and with it headings and the spatial split. Nothing here knows how plans are compared.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dcat_hk.core.plan import Entry, Plan

#: Words that departments use for one another at the end or the beginning of a title.
SYNONYMS = (
    ("名單", "一覽表", "名冊"),
    ("列表", "清單", "一覽"),
    ("統計數字", "統計資料", "數據"),
    ("資訊", "資料"),
    ("目錄", "一覽表"),
    ("数字", "资料"),
    ("统计数字", "统计资料"),
    ("列表", "清单"),
    ("名单", "一览表"),
    ("资讯", "资料"),
    ("List of", "Register of", "Directory of"),
    ("Statistics", "Figures"),
    ("Number of", "Numbers of"),
)
#: What is put before a title, or left out of it.
PREFIXES = {"zh": ("本港", "已登記的", "認可", "最新"), "en": ("Hong Kong ", "Registered ", "Latest ", "All ")}
#: What is added to a title that is written anew.
ADDITIONS = {
    "zh": ("及教練一覽", "和設施", "服務使用情況", "（修訂版）", "及相關資料", "總覽"),
    "en": (" and facilities", " under the new scheme", " and related services", " overview"),
}
#: What a series counts by: titles that differ only in it are different datasets.
SERIES = {"zh": ("年齡", "性別", "地區", "季度", "行業", "學歷"), "en": ("age", "sex", "district", "quarter", "trade")}
_COUNTED_BY = re.compile(r"按(.{1,12}?)(劃分|划分)的(.+)")
_BRACKETED = re.compile(r"[（(][^（）()]+[)）]|「[^「」]+」")


@dataclass(frozen=True)
class NextPlan:
    """
    A plan and the plan a year later.

    Args:
        before: The plan.

        after: The plan a year later.

        same: For each item of the plan, by its place, the places of the items of the later one that are the same.

        renamed: The places of the items whose title is another.
    """

    before: Plan
    after: Plan
    same: dict[int, tuple[int, ...]]
    renamed: frozenset[int]


@dataclass
class _Row:
    """An item of the later plan: its rows, which item of the plan it is, and whether its title is another."""

    entries: list[Entry]
    origin: int | None
    renamed: bool = False


def items_of(plan: Plan) -> list[list[Entry]]:
    """Return the entries of a plan item by item: each row with its further parts."""
    items: list[list[Entry]] = []
    for entry in plan.entries:
        if entry.part and items:
            items[-1].append(entry)
        else:
            items.append([entry])
    return items


def make_next_plan(plan: Plan, seed: int, others: Sequence[Plan] = ()) -> NextPlan:
    """
    Return a plan and what it may be a year later.

    Args:
        plan: The plan.

        seed: Of the generator; one seed gives one plan.

        others: Other plans in the same language, from which new rows are taken.
    """
    chance = random.Random(f"{plan.sha256}{seed}")  # noqa: S311 - the same plans on every run
    strange = [item for other in others for item in items_of(other)]
    items = items_of(plan)
    # Some rows are new a year later: what departments add resembles what they have.
    held = {place for place in range(len(items)) if chance.random() < 0.08}
    rows = [_Row(list(items[place]), None) for place in sorted(held)]
    items = [item for place, item in enumerate(items) if place not in held]
    plan = replace(plan, entries=tuple(entry for item in items for entry in item))
    for place, item in enumerate(items):
        if chance.random() >= (0.12 if item[0].stage == "planned" else 0.05):
            rows.append(_change(item, place, plan, chance))
        elif chance.random() < 0.4:
            # A row of the same series in its place: the hardest case, since all but a word or two is the same.
            sibling = _sibling(item[0], plan, chance)
            rows += [_Row([sibling], None)] if sibling else []
    for _count in range(max(1, len(rows) // 12)):
        if strange:
            rows.append(_Row([_as_new(chance.choice(strange)[0], chance, plan)], None))
    rows += _versions(rows, chance)
    if chance.random() < 0.5:
        chance.shuffle(rows)
    if chance.random() < 0.5:
        _change_template(rows, chance)
    return _number(plan, rows)


def _change(item: list[Entry], place: int, plan: Plan, chance: random.Random) -> _Row:
    """Return an item as it stands a year later."""
    entries = list(item)
    if item[0].stage == "planned":
        entries = [_move(entry, chance) for entry in entries]
    renamed = False
    if chance.random() < 0.12:
        title = _rename(item[0].title, plan, chance)
        renamed = title != item[0].title
        entries = [entry._replace(title=title) for entry in entries]
    if chance.random() < 0.3:
        entries = [entry._replace(description=_reword(entry.description, chance)) for entry in entries]
    if chance.random() < 0.08:
        formats = tuple(sorted({*entries[0].formats, chance.choice(("JSON", "CSV", "XLSX"))}))
        entries[0] = entries[0]._replace(formats=formats)
    if chance.random() < 0.05:
        frequency = chance.choice(("MONTHLY", "ANNUAL", "DAILY"))
        entries[0] = entries[0]._replace(frequency=frequency, frequency_raw=frequency.lower())
    return _Row(entries, place, renamed)


def _move(entry: Entry, chance: random.Random) -> Entry:
    """Return a planned row a year later: released on time, early or late, put off, or as it was."""
    fate = chance.random()
    date = entry.date or (entry.period[1] if entry.period else None)
    if fate < 0.55:
        month = _later(date, chance.choice((-2, -1, 0, 0, 0, 0, 1, 3))) if date else "2024-05"
        return entry._replace(section="D", date_role="released", date=month, period=None, organisation=None)
    if fate < 0.8 and date:
        return entry._replace(date=_later(date, chance.choice((3, 6, 12))), period=None)
    return entry


def _later(month: str, months: int) -> str:
    """Return a month some months later."""
    total = int(month[:4]) * 12 + int(month[5:7]) - 1 + months
    return f"{total // 12:04}-{total % 12 + 1:02}"


def _rename(title: str, plan: Plan, chance: random.Random) -> str:
    """Return another title for the same dataset, as departments give them."""
    language = "en" if plan.script == "Latn" else "zh"
    ways: list[Callable[[], str]] = [lambda: chance.choice(PREFIXES[language]) + title]
    for group in SYNONYMS:
        ways += [partial(_swap, title, word, group, chance) for word in group if word in title]
    counted = _COUNTED_BY.fullmatch(title)
    if counted:
        ways.append(lambda: f"{counted[3]}（按{counted[1]}{counted[2]}）")
    if _BRACKETED.search(title):
        ways.append(lambda: _BRACKETED.sub("", title, count=1) or title)
    if language == "zh" and len(title) > 8:
        ways.append(lambda: title[2:] if title[:2] in {"香港", "已獲", "有關"} else title.replace("的", "", 1))
    if language == "en" and len(title.split()) > 4:
        ways.append(lambda: " ".join(title.split()[:-1]))
    if len(title) > 5 and chance.random() < 0.25:
        return _write_anew(title, language, chance)
    return chance.choice(ways)()


def _swap(title: str, word: str, group: Sequence[str], chance: random.Random) -> str:
    """Return a title with one of its words replaced by another that means the same."""
    return title.replace(word, chance.choice([other for other in group if other != word]))


def _write_anew(title: str, language: str, chance: random.Random) -> str:
    """Return a title of which only a part is left, with something added."""
    addition = chance.choice(ADDITIONS[language])
    if language == "en":
        words = title.split()
        kept = max(2, len(words) * 2 // 3)
        start = chance.randrange(len(words) - kept + 1)
        return " ".join(words[start : start + kept]) + addition
    kept = max(4, len(title) * 3 // 5)
    start = chance.randrange(len(title) - kept + 1)
    return chance.choice(("", *PREFIXES["zh"])) + title[start : start + kept] + addition


def _reword(text: str, chance: random.Random) -> str:
    """Return remarks in other words: a sentence gone or one added."""
    parts = re.split(r"(?<=[。，、；.;,])", text)
    if len(parts) > 2 and chance.random() < 0.6:
        del parts[chance.randrange(len(parts))]
        return "".join(parts)
    return text + chance.choice(("詳情請參閱網頁。", " See the website for details.", ""))


def _sibling(entry: Entry, plan: Plan, chance: random.Random) -> Entry | None:
    """Return a row of the same series: the title counts by something else, all else is the same."""
    language = "en" if plan.script == "Latn" else "zh"
    counted = _COUNTED_BY.fullmatch(entry.title)
    word = chance.choice(SERIES[language])
    if counted and counted[1] != word:
        return entry._replace(title=f"按{word}{counted[2]}的{counted[3]}", part=0)
    if language == "en" and " by " in entry.title:
        return entry._replace(title=f"{entry.title.rpartition(' by ')[0]} by {word}", part=0)
    years = re.search(r"20\d\d", entry.title)
    if years:
        return entry._replace(title=entry.title.replace(years[0], str(int(years[0]) + 1)), part=0)
    return None


def _as_new(entry: Entry, chance: random.Random, plan: Plan) -> Entry:
    """Return a row of another plan as a new promise of this one."""
    month = f"{plan.years[0] + 1}-{chance.randrange(1, 13):02}"
    spatial = plan.entries[0].spatial is not None
    return entry._replace(
        section="A", date_role="target", date=month, period=None, organisation=None, group=None, publisher=None, part=0
    )._replace(spatial=False if spatial else None, also=(), edition=0)


def _versions(rows: list[_Row], chance: random.Random) -> list[_Row]:
    """Return spatial versions of some released rows, planned anew; the same dataset for who compares rows."""
    titles = {row.entries[0].title for row in rows if row.entries[0].spatial}
    return [
        _Row(
            [row.entries[0]._replace(section="A", date_role="target", date="2025-06", period=None, spatial=True)],
            row.origin,
            row.renamed,
        )
        for row in rows
        if row.origin is not None
        and row.entries[0].section == "D"
        and row.entries[0].spatial is False
        and row.entries[0].title not in titles
        and chance.random() < 0.02
    ]


def _change_template(rows: list[_Row], chance: random.Random) -> None:
    """Give rows the other template: with the spatial split and without headings, or the reverse."""
    is_split = any(entry.spatial is not None for row in rows for entry in row.entries)
    if is_split:
        if len({(row.entries[0].title, row.entries[0].section) for row in rows}) < len(rows):
            return
        for row in rows:
            row.entries = [entry._replace(spatial=None) for entry in row.entries]
        return
    titles = [row.entries[0].title for row in rows]
    for row in rows:
        spatial = chance.random() < 0.15
        # A heading is kept where it is all that tells two rows apart.
        alone = titles.count(row.entries[0].title) == 1
        row.entries = [entry._replace(spatial=spatial, group=None if alone else entry.group) for entry in row.entries]


def _number(plan: Plan, rows: list[_Row]) -> NextPlan:
    """Return the later plan with its rows in sections and numbered."""
    order = sorted(rows, key=lambda row: (row.entries[0].section, row.entries[0].spatial is False))
    numbers: Counter[tuple[object, ...]] = Counter()
    entries: list[Entry] = []
    same: dict[int, tuple[int, ...]] = {}
    for place, row in enumerate(order):
        head = row.entries[0]
        own = (head.section, head.spatial, head.organisation)
        numbers[own] += 1
        parts = [
            entry._replace(number=numbers[own], part=part, section=head.section)
            for part, entry in enumerate(row.entries)
        ]
        entries += [entry._replace(date_role=head.date_role) for entry in parts]
        if row.origin is not None:
            same[row.origin] = (*same.get(row.origin, ()), place)
    first, last = plan.years
    dated = f"{first + 1}-01"
    after = replace(
        plan,
        doc=f"next-{plan.doc}",
        sha256=plan.sha256[::-1],
        years=(first + 1, last + 1),
        dated=dated,
        entries=tuple(entries),
    )
    renamed = frozenset(row.origin for row in rows if row.renamed and row.origin is not None)
    return NextPlan(plan, after, same, renamed)
