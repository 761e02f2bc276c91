"""
Rows of two editions of a plan -> which are the same, and one plan made of both.

In: plans. Out: pairs of rows, one `Plan` whose entries carry what the other editions say, and findings on what differs.
It knows no documents and no files.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from ..core.errors import Finding
from ..core.languages import LANGUAGE_OF_SCRIPT
from ..core.plan import Edition, Entry, Plan
from ..core.text import fold
from ..core.vocabularies import Vocabularies
from .translations import TranslatedNames, compare_names, find_translated

#: Which script leads: its titles make the identifiers.
LEADING_SCRIPTS = ("Hant", "Hans", "Latn")
#: Rows are the same only if this much speaks for it.
_ENOUGH = 4.0
#: Files are editions of one plan if this share of the rows of the shorter one are in the other.
_SHARE = 0.5
#: What a name that looks like a translation counts, beside what the other values of a row do.
_TRANSLATED = 2.0
_LATIN = re.compile(r"[A-Za-z]{2,}|\d{2,}")


class RowPair(NamedTuple):
    """One row in two editions, by its index in each; None where one of them lacks it."""

    one: int | None
    other: int | None


@dataclass(frozen=True, slots=True)
class MergedPlan:
    """One plan made of several editions, and findings by the document that they are about."""

    plan: Plan
    findings: Mapping[str, tuple[Finding, ...]]


# ---- which rows are the same


def align(one: Plan, other: Plan, vocabularies: Vocabularies) -> list[RowPair]:
    """
    Return which rows of two editions are the same, in the order of the first, with the rows that only one has.

    Rows are compared within a section: by name where both are in one language, else by number, date, frequency,
    formats, category and by what is written in Latin letters and digits in both. Of two languages, rows whose names
    look like translations of one another and of no other name are the same wherever they stand; if those are in another
    order, others are the same only if no other row states the same.

    Args:
        one: A plan.

        other: Another edition of it.

        vocabularies: Tell which categories and bodies are the same in different languages.
    """
    view, view_of_other = _list_compared_rows(one, vocabularies), _list_compared_rows(other, vocabularies)
    taken: dict[int, int] = {}
    if not are_in_one_language(one.script, other.script):
        _ignore_divisions(view, view_of_other)
        taken |= _pair_by_names(view, view_of_other, one.script == "Latn")
    named = set(taken.values())
    is_in_order = all(taken[i] < taken[j] for i, j in pairwise(sorted(taken)))
    pair_rest = _pair_in_order if is_in_order else _pair_by_values
    for key in dict.fromkeys(row.key for row in view):
        left = [i for i, row in enumerate(view) if row.key == key and i not in taken]
        right = [i for i, row in enumerate(view_of_other) if row.key == key and i not in named]
        taken |= pair_rest(left, right, view, view_of_other)
    paired = set(taken.values())
    free = [i for i in range(len(view_of_other)) if i not in paired]
    for i, row in enumerate(view):
        match = next((j for j in free if i not in taken and _named_alike(row, view_of_other[j])), None)
        if match is not None:
            taken[i] = match
            free.remove(match)
    return list(_arrange_pairs(len(view), taken, free))


class _ComparedRow(NamedTuple):
    """What of an entry is compared."""

    key: tuple[str, bool | None, str]
    title: str
    latin: frozenset[str]
    category: str
    #: What must be the same: the part, and then the number; what speaks for or against it: date, frequency, formats.
    part: int
    number: int | None
    date: object
    frequency: str | None
    formats: tuple[str, ...]
    entry: Entry


def _list_compared_rows(plan: Plan, vocabularies: Vocabularies) -> list[_ComparedRow]:
    """Return what of each entry is compared."""
    return [
        _ComparedRow(
            (entry.section, entry.spatial, _find_code(entry.organisation, vocabularies)),
            fold(entry.title),
            frozenset(word.lower() for word in _LATIN.findall(entry.title + entry.description)),
            concept.notation if (concept := vocabularies.find_category(entry.category)) else "",
            entry.part,
            entry.number,
            entry.date or entry.period,
            entry.frequency,
            entry.formats,
            entry,
        )
        for entry in plan.entries
    ]


def _ignore_divisions(view: list[_ComparedRow], view_of_other: list[_ComparedRow]) -> None:
    """Let spatial data be compared with other data in sections that one of two plans does not part."""
    undivided: set[str] = set()
    for rows in (view, view_of_other):
        kinds = {row.key[:2] for row in rows}
        undivided |= {section for section, _spatial in kinds} - {
            section for section, spatial in kinds if spatial is not None
        }
    for rows in (view, view_of_other):
        for number, row in enumerate(rows):
            section, _spatial, body = row.key
            if section in undivided:
                rows[number] = row._replace(key=(section, None, body))


def _pair_by_names(
    view: Sequence[_ComparedRow], view_of_other: Sequence[_ComparedRow], is_english: bool
) -> dict[int, int]:
    """Return the rows whose names look like translations of one another and of no other, if their values agree."""
    names, others = ([row.entry.title for row in rows] for rows in (view, view_of_other))
    found = find_translated(others, names) if is_english else find_translated(names, others)
    pairs = ((pair[1], pair[0]) if is_english else pair for pair in found)
    return _choose_unique(pairs, view, view_of_other)


def _pair_by_values(
    left: Sequence[int], right: Sequence[int], view: Sequence[_ComparedRow], view_of_other: Sequence[_ComparedRow]
) -> dict[int, int]:
    """Return the rows that state the same, as no other rows do, wherever they stand."""
    without_numbers = [row._replace(number=None) for row in view]
    return _choose_unique(((i, j) for i in left for j in right), without_numbers, view_of_other)


def _choose_unique(
    pairs: Iterable[tuple[int, int]], view: Sequence[_ComparedRow], view_of_other: Sequence[_ComparedRow]
) -> dict[int, int]:
    """Return those pairs of rows whose values agree and of which neither row is in another such pair."""
    agreeing = [
        (i, j)
        for i, j in pairs
        if view[i].key == view_of_other[j].key
        and _may_be_translated(view[i].entry, view_of_other[j].entry)
        and _measure_likeness(view[i], view_of_other[j]) >= _ENOUGH
    ]
    here, there = Counter(i for i, _j in agreeing), Counter(j for _i, j in agreeing)
    return {i: j for i, j in agreeing if here[i] == there[j] == 1}


def _find_code(name: str | None, vocabularies: Vocabularies) -> str:
    """Return the code of a known body; bodies that no vocabulary has share one code."""
    concept = vocabularies.find_organisation(name) if name else None
    return concept.notation if concept else "?" if name else ""


def _named_alike(one: _ComparedRow, other: _ComparedRow) -> bool:
    """Tell whether two rows of a section have one name, wherever they stand."""
    return one.title == other.title and one.key[0] == other.key[0] and one.part == other.part and bool(one.title)


def _measure_likeness(one: _ComparedRow, other: _ComparedRow) -> float:
    """Return how much speaks for two rows being the same; a value that one of them lacks says nothing."""
    _key, title, latin, category, part, number, date, frequency, formats, _entry = one
    _key, title_, latin_, category_, part_, number_, date_, frequency_, formats_, _entry = other
    if part != part_:
        return 0.0
    points = 6.0 if title == title_ else 0.0
    if number == number_ is not None:
        points += 2.0
    if date and date_:
        points += 2.0 if date == date_ else -1.0
    if frequency and frequency_:
        points += 1.5 if frequency == frequency_ else -0.5
    if formats and formats_:
        points += 1.5 if formats == formats_ else -0.5
    if category and category_:
        points += 1.5 if category == category_ else -1.5
    shared = latin & latin_
    return points + 2.0 * len(shared) / len(latin | latin_) if shared else points


def _pair_in_order(
    left: Sequence[int], right: Sequence[int], view: Sequence[_ComparedRow], view_of_other: Sequence[_ComparedRow]
) -> dict[int, int]:
    """Return the pairing of two sequences of rows, without crossings, for which most speaks."""
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    likeness = [[_measure_likeness(view[i], view_of_other[j]) for j in right] for i in left]
    for i in range(len(left) - 1, -1, -1):
        row, own, below, most = best[i], likeness[i], best[i + 1], 0.0
        for j in range(len(right) - 1, -1, -1):
            paired = own[j] + below[j + 1] if own[j] >= _ENOUGH else 0.0
            row[j] = most = max(paired, below[j], most)
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(left) and j < len(right):
        if likeness[i][j] >= _ENOUGH and best[i][j] == likeness[i][j] + best[i + 1][j + 1]:
            pairs[left[i]] = right[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _arrange_pairs(count: int, taken: Mapping[int, int], free: Sequence[int]) -> Iterator[RowPair]:
    """Yield pairs in the order of the first edition; rows that only the other has stand where they stand there."""
    waiting = list(free)
    for i in range(count):
        j = taken.get(i)
        while j is not None and waiting and waiting[0] < j:
            yield RowPair(None, waiting.pop(0))
        yield RowPair(i, j)
    yield from (RowPair(None, j) for j in waiting)


def are_in_one_language(script: str, other: str) -> bool:
    """
    Tell whether two scripts are both Chinese or both not.

    >>> are_in_one_language("Hant", "Hans"), are_in_one_language("Hant", "Latn")
    (True, False)
    """
    return (script == "Latn") == (other == "Latn")


class PlanAgreement(NamedTuple):
    """Whether two plans are editions of one, and how much speaks for it, to compare with another pair of plans."""

    are_editions: bool
    agreement: float


def compare_plans(one: Plan, other: Plan, vocabularies: Vocabularies) -> PlanAgreement:
    """
    Return what the rows of two plans of one period say of whether they are editions of one plan.

    They are if most of their rows are the same. In two languages rows at the same place do not count if they state
    other months, and no rows count if hardly any name looks like a translation of the other.

    Args:
        one: A plan.

        other: A plan for the same years.

        vocabularies: Tell which categories and bodies are the same.
    """
    same = _list_same_rows(one, other, vocabularies)
    names = _compare_names(one, other, same)
    view, view_of_other = _list_compared_rows(one, vocabularies), _list_compared_rows(other, vocabularies)
    points = sum(_measure_likeness(view[i], view_of_other[j]) for i, j in same) + _TRANSLATED * names.translated
    agreement = points - _ENOUGH * (len(one.entries) + len(other.entries) - 2 * len(same))
    fewest = min(len(one.entries), len(other.entries))
    if not fewest:
        return PlanAgreement(not one.entries and not other.entries, agreement)
    return PlanAgreement(len(same) >= _SHARE * fewest and not names.are_unlike, agreement)


def are_editions(one: Plan, other: Plan, vocabularies: Vocabularies) -> bool:
    """
    Tell whether two plans of one period are editions of one plan, as `compare_plans` does.

    Args:
        one: A plan.

        other: A plan for the same years.

        vocabularies: Tell which categories and bodies are the same.
    """
    return compare_plans(one, other, vocabularies).are_editions


def count_same_rows(one: Plan, other: Plan, vocabularies: Vocabularies) -> int:
    """
    Return how many rows two plans have in common, with the same months.

    Args:
        one: A plan.

        other: Another plan, in the same language or in another one.

        vocabularies: Tell which categories and bodies are the same.
    """
    return sum(
        _may_be_translated(one.entries[i], other.entries[j]) for i, j in _list_same_rows(one, other, vocabularies)
    )


def _compare_names(one: Plan, other: Plan, same: Sequence[tuple[int, int]]) -> TranslatedNames:
    """Return how many names of the same rows look like translations; none if both plans are in one language."""
    if are_in_one_language(one.script, other.script):
        return TranslatedNames(0, 0)
    names = ((one.entries[i].title, other.entries[j].title) for i, j in same)
    return compare_names(pair[::-1] if one.script == "Latn" else pair for pair in names)


def _list_same_rows(one: Plan, other: Plan, vocabularies: Vocabularies) -> list[tuple[int, int]]:
    """Return the rows that are the same in two plans, without those that only stand at the same place."""
    # In one language rows at the same place with the same date are two if their names have nothing in common.
    are_same = _have_like_names if are_in_one_language(one.script, other.script) else _may_be_translated
    return [
        (pair.one, pair.other)
        for pair in align(one, other, vocabularies)
        if pair.one is not None and pair.other is not None
        if are_same(one.entries[pair.one], other.entries[pair.other])
    ]


def _may_be_translated(one: Entry, other: Entry) -> bool:
    """Tell whether nothing that two rows state speaks against one being the other in another language."""
    months = (one.date or one.period, other.date or other.period)
    if all(months) and months[0] != months[1]:
        return False
    stated = ((one.frequency, other.frequency), (set(one.formats), set(other.formats)))
    return not all(here and there and here != there for here, there in stated)


def _have_like_names(one: Entry, other: Entry) -> bool:
    """Tell whether the names of two rows may be one, of which a file has lost or gained a part."""
    letters, others = fold(one.title), fold(other.title)
    pairs, others_pairs = ({text[i : i + 2] for i in range(max(len(text) - 1, 1))} for text in (letters, others))
    return 2 * len(pairs & others_pairs) >= min(len(pairs), len(others_pairs))


# ---- one plan of several


def merge_plans(
    plans: Sequence[Plan],
    vocabularies: Vocabularies,
    doubtful: Collection[int] = (),
    superseded: Collection[int] = (),
) -> MergedPlan:
    """
    Return one plan made of several editions.

    Args:
        plans: Editions of one plan, the one that leads first. What they disagree on is taken from it.

        vocabularies: Tell which categories and bodies are the same.

        doubtful: The numbers of editions whose rows are left out, with a finding, if no other edition has them.

        superseded: The numbers of editions of an older issue of the plan, whose rows are left out in the same way.
    """
    plan = plans[0]
    entries, findings = join_plans(plans, vocabularies)
    newest = {one.script for number, one in enumerate(plans) if number not in superseded}
    # What an older issue says in a language of the newest adds nothing, and may be of another row at the same place.
    silent = {number for number in superseded if plans[number].script in newest}
    published: list[Entry] = []
    for entry in entries:
        is_listed = is_published(entry, {*doubtful, *superseded})
        if is_listed:
            published.append(entry._replace(also=tuple(one for one in entry.also if one[0] not in silent)))
        if entry.edition:
            code = "edition-has-more" if is_listed else code_of_unpublished(entry, superseded)
            doc = plans[entry.edition].doc
            values = {"title": entry.title, "other": _name_edition(plan, plans[entry.edition])}
            findings[doc].append(Finding(code, doc, entry.place, values))
    editions = tuple(Edition(p.doc, p.sha256, p.bureau, p.plan_title, p.script, p.dated, p.origin) for p in plans[1:])
    dated = next((p.dated for p in plans if p.dated), None)
    merged = replace(plan, entries=tuple(published), editions=editions, dated=dated)
    return MergedPlan(merged, {doc: tuple(each) for doc, each in findings.items()})


def join_plans(plans: Sequence[Plan], vocabularies: Vocabularies) -> tuple[list[Entry], dict[str, list[Finding]]]:
    """
    Return the rows of all editions, each with what every edition says of it, and findings on what differs.

    Args:
        plans: Editions of one plan, the one that leads first.

        vocabularies: Tell which categories and bodies are the same.
    """
    plan = plans[0]
    entries = list(plan.entries)
    findings: dict[str, list[Finding]] = {}
    for number, other in enumerate(plans[1:], 1):
        pairs = align(replace(plan, entries=tuple(entries)), other, vocabularies)
        findings.setdefault(other.doc, []).extend(_find_differences(pairs, entries, other, _name_edition(plan, other)))
        entries = [_join_entries(pair, entries, other, number) for pair in pairs]
    return entries, findings


def _name_edition(plan: Plan, other: Plan) -> str:
    """Return what to call a plan's own edition beside another one: its file, and its language if both are in one."""
    return plan.doc if plan.doc != other.doc else f"{plan.doc} ({LANGUAGE_OF_SCRIPT[plan.script]})"


def is_published(entry: Entry, doubtful: Collection[int]) -> bool:
    """Tell whether a copy has a row that is none of those whose rows may be left out."""
    return not {entry.edition, *(number for number, _also in entry.also)} <= set(doubtful)


def code_of_unpublished(entry: Entry, superseded: Collection[int]) -> str:
    """Return the code of the finding on a row that is not published."""
    return "edition-row-superseded" if entry.edition in superseded else "edition-row-doubtful"


def unfold(plan: Plan) -> list[Plan]:
    """
    Return a plan's editions as plans of their own, its own file first.

    Args:
        plan: A plan with editions or without.
    """
    if not plan.editions:
        return [plan]
    entries: list[list[Entry]] = [[] for _edition in range(len(plan.editions) + 1)]
    for entry in plan.entries:
        entries[entry.edition].append(entry._replace(edition=0, also=()))
        for number, other in entry.also:
            entries[number].append(other)
    own = replace(plan, entries=tuple(entries[0]), editions=())
    others = zip(plan.editions, entries[1:], strict=True)
    return [own, *(replace(own, **edition._asdict(), entries=tuple(rows)) for edition, rows in others)]


def _join_entries(pair: RowPair, entries: Sequence[Entry], other: Plan, number: int) -> Entry:
    """Return the entry of a pair, with what the other edition says of it."""
    if pair.one is None:
        assert pair.other is not None
        return other.entries[pair.other]._replace(edition=number)
    entry = entries[pair.one]
    return entry if pair.other is None else entry._replace(also=(*entry.also, (number, other.entries[pair.other])))


def _find_differences(pairs: Sequence[RowPair], entries: Sequence[Entry], other: Plan, name: str) -> Iterator[Finding]:
    """Yield findings on rows that the other copy lacks and on values that differ."""
    for pair in pairs:
        if pair.other is None:
            assert pair.one is not None
            # In a file with several editions only a place says which of them lacks the row.
            place = other.entries[0].place if name.startswith(f"{other.doc} (") and other.entries else None
            yield Finding("edition-lacks-row", other.doc, place, {"title": entries[pair.one].title, "other": name})
        elif pair.one is not None:
            yield from compare_values(entries[pair.one], other.entries[pair.other], other.doc, name)


def compare_values(one: Entry, entry: Entry, doc: str, name: str) -> Iterator[Finding]:
    """
    Yield a finding for each value that two editions state differently.

    Args:
        one: A row of the edition that leads.

        entry: The same row of another edition.

        doc: The document of the other edition, which the findings are about.

        name: The document of the edition that leads.
    """
    compared = (
        ("edition-date-differs", one.date or one.period, entry.date or entry.period, one.date_raw, entry.date_raw),
        ("edition-frequency-differs", one.frequency, entry.frequency, one.frequency_raw, entry.frequency_raw),
        (
            "edition-formats-differ",
            set(one.formats),
            set(entry.formats),
            " ".join(one.formats),
            " ".join(entry.formats),
        ),
    )
    for code, value, other, printed, printed_other in compared:
        if value != other:
            values = {"title": entry.title, "here": printed_other or "–", "there": printed or "–", "other": name}
            yield Finding(code, doc, entry.place, values)
