"""
Several files of one plan -> one plan: other languages and other formats are editions of it.

In: plans of one publisher and period. Out: one `Plan` whose entries carry what the other editions say, and findings
on what differs. It knows no files and no RDF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..core.errors import Finding
from ..core.plan import Edition, Entry, Plan
from ..core.text import fold
from ..core.vocabularies import Vocabularies
from .quality import Copy

#: Rows are the same only if this much speaks for it.
_ENOUGH = 4.0
#: Files are editions of one plan if this share of the rows of the shorter one are in the other.
_SHARE = 0.5
#: Which script leads: its titles make the identifiers.
_LEADING = ("Hant", "Hans", "Latn")
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
    formats, category and by what is written in Latin letters and digits in both.

    Args:
        one: A plan.

        other: Another edition of it.

        vocabularies: Tell which categories and bodies are the same in different languages.
    """
    view, view_of_other = _list_compared_rows(one, vocabularies), _list_compared_rows(other, vocabularies)
    taken: dict[int, int] = {}
    for key in dict.fromkeys(row.key for row in view):
        left = [i for i, row in enumerate(view) if row.key == key]
        right = [i for i, row in enumerate(view_of_other) if row.key == key]
        taken |= _pair_in_order(left, right, view, view_of_other)
    free = [i for i in range(len(view_of_other)) if i not in set(taken.values())]
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
    entry: Entry


def _list_compared_rows(plan: Plan, vocabularies: Vocabularies) -> list[_ComparedRow]:
    """Return what of each entry is compared."""
    return [
        _ComparedRow(
            (entry.section, entry.spatial, _find_code(entry.organisation, vocabularies)),
            fold(entry.title),
            frozenset(word.lower() for word in _LATIN.findall(entry.title + entry.description)),
            concept.notation if (concept := vocabularies.find_category(entry.category)) else "",
            entry,
        )
        for entry in plan.entries
    ]


def _find_code(name: str | None, vocabularies: Vocabularies) -> str:
    """Return the code of a known body; bodies that no vocabulary has share one code."""
    concept = vocabularies.find_organisation(name) if name else None
    return concept.notation if concept else "?" if name else ""


def _named_alike(one: _ComparedRow, other: _ComparedRow) -> bool:
    """Tell whether two rows of a section have one name, wherever they stand."""
    same_part = one.entry.part == other.entry.part
    return one.title == other.title and one.key[0] == other.key[0] and same_part and bool(one.title)


def _measure_likeness(one: _ComparedRow, other: _ComparedRow) -> float:
    """Return how much speaks for two rows being the same."""
    a, b = one.entry, other.entry
    if a.part != b.part:
        return 0.0
    points = 6.0 * (one.title == other.title) + 2.0 * (a.number == b.number is not None)
    points += _rate_agreement(a.date or a.period, b.date or b.period, 2.0, -1.0)
    points += _rate_agreement(a.frequency, b.frequency, 1.5, -0.5)
    points += _rate_agreement(a.formats, b.formats, 1.5, -0.5)
    points += _rate_agreement(one.category, other.category, 1.5, -1.5)
    shared, either = one.latin & other.latin, one.latin | other.latin
    return points + (2.0 * len(shared) / len(either) if shared else 0.0)


def _rate_agreement(one: object, other: object, same: float, different: float) -> float:
    """Return points for two values: for the same, for different ones, none if one is missing."""
    if not one or not other:
        return 0.0
    return same if one == other else different


def _pair_in_order(
    left: Sequence[int], right: Sequence[int], view: Sequence[_ComparedRow], view_of_other: Sequence[_ComparedRow]
) -> dict[int, int]:
    """Return the pairing of two sequences of rows, without crossings, for which most speaks."""
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    likeness = [[_measure_likeness(view[i], view_of_other[j]) for j in right] for i in left]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            paired = likeness[i][j] + best[i + 1][j + 1] if likeness[i][j] >= _ENOUGH else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
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


def are_editions(one: Plan, other: Plan, vocabularies: Vocabularies) -> bool:
    """
    Tell whether two plans of one period are editions of one plan: whether most of their rows are the same.

    Args:
        one: A plan.

        other: A plan for the same years.

        vocabularies: Tell which categories and bodies are the same.
    """
    fewest = min(len(one.entries), len(other.entries))
    if not fewest:
        return not one.entries and not other.entries
    same = sum(1 for pair in align(one, other, vocabularies) if None not in pair)
    return same >= _SHARE * fewest


# ---- one plan of several


def leading(copies: Sequence[Copy]) -> list[Copy]:
    """
    Return copies of one plan with the one that leads first.

    That is the newest; of several one without doubtful rows before one with them; then the Traditional before the
    Simplified and the English one, for titles make the identifiers; then the best read one. What a file is called
    and in which order files were given does not count.
    """
    newest = max((copy.plan.dated or "" for copy in copies), default="")
    ordered = sorted(
        copies,
        key=lambda copy: (copy.quality.may_invent_rows, _LEADING.index(copy.plan.script), copy.quality),
    )
    return sorted(ordered, key=lambda copy: copy.plan.dated or newest, reverse=True)


def merge(copies: Sequence[Copy], vocabularies: Vocabularies) -> MergedPlan:
    """
    Return one plan made of its copies.

    A row that only doubtful copies have is left out, with a finding: it may be none. A copy is doubtful if its rows
    may be none, or if its columns were guessed and there is a better copy in the same language.

    Args:
        copies: Copies of one plan, the one that leads first. What they disagree on is taken from it. One whose file is
            in two languages, so that it has editions itself, counts as several.

        vocabularies: Tell which categories and bodies are the same.
    """
    copies = [each for copy in copies for each in unfold(copy)]
    plans = [copy.plan for copy in copies]
    plan = plans[0]
    entries, findings = _join_copies(copies, vocabularies)
    doubtful = _find_doubtful(copies)
    published: list[Entry] = []
    for entry in entries:
        number = entry.edition
        is_published = _is_published(entry, doubtful)
        if is_published:
            published.append(entry)
        if number:
            code = "edition-has-more" if is_published else "edition-row-doubtful"
            doc = plans[number].doc
            findings[doc].append(Finding(code, doc, entry.place, {"title": entry.title, "other": plan.doc}))
    editions = tuple(Edition(p.doc, p.sha256, p.bureau, p.plan_title, p.script, p.dated) for p in plans[1:])
    dated = next((p.dated for p in plans if p.dated), None)
    merged = replace(plan, entries=tuple(published), editions=editions, dated=dated)
    return MergedPlan(merged, {doc: tuple(each) for doc, each in findings.items()})


def _join_copies(copies: Sequence[Copy], vocabularies: Vocabularies) -> tuple[list[Entry], dict[str, list[Finding]]]:
    """Return the rows of all copies, each with what every copy says of it, and findings on what differs."""
    plan = copies[0].plan
    entries = list(plan.entries)
    findings: dict[str, list[Finding]] = {}
    for number, (other, _quality) in enumerate(copies[1:], 1):
        pairs = align(replace(plan, entries=tuple(entries)), other, vocabularies)
        findings.setdefault(other.doc, []).extend(_find_differences(pairs, entries, other, plan.doc))
        entries = [_join_entries(pair, entries, other, number) for pair in pairs]
    return entries, findings


def _find_doubtful(copies: Sequence[Copy]) -> set[int]:
    """Return the numbers of the copies that may not add rows; the one that leads is none of them."""
    numbers: set[int] = set()
    for number, (plan, quality) in enumerate(copies[1:], 1):
        has_better = any(better.plan.script == plan.script for better in copies[:number])
        if quality.may_invent_rows or (quality.guessed and has_better):
            numbers.add(number)
    return numbers


def _is_published(entry: Entry, doubtful: set[int]) -> bool:
    """Tell whether a copy that is not doubtful has a row."""
    return not {entry.edition, *(number for number, _also in entry.also)} <= doubtful


def unfold(copy: Copy) -> list[Copy]:
    """
    Return the editions in one file as copies of their own, the one that leads first.

    Args:
        copy: A copy of a plan, whose file may be in two languages.
    """
    plan = copy.plan
    if not plan.editions:
        return [copy]
    entries: list[list[Entry]] = [[] for _edition in range(len(plan.editions) + 1)]
    for entry in plan.entries:
        entries[entry.edition].append(entry._replace(edition=0, also=()))
        for number, other in entry.also:
            entries[number].append(other)
    own = replace(plan, entries=tuple(entries[0]), editions=())
    others = zip(plan.editions, entries[1:], strict=True)
    plans = [own, *(replace(own, **edition._asdict(), entries=tuple(rows)) for edition, rows in others)]
    return [Copy(each, copy.quality) for each in plans]


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
            yield Finding("edition-lacks-row", other.doc, None, {"title": entries[pair.one].title, "other": name})
        elif pair.one is not None:
            yield from _compare_values(entries[pair.one], other.entries[pair.other], other.doc, name)


def _compare_values(one: Entry, entry: Entry, doc: str, name: str) -> Iterator[Finding]:
    """Yield a finding for each value that two editions state differently."""
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


# ---- looking at an alignment


class AlignedRow(NamedTuple):
    """One row of a plan in each of its editions, None where an edition lacks it, and the codes of what differs."""

    entries: tuple[Entry | None, ...]
    differences: tuple[str, ...]


def aligned_rows(copies: Sequence[Copy], vocabularies: Vocabularies) -> list[AlignedRow]:
    """
    Return the rows of copies beside one another, also those that are not published.

    Args:
        copies: Copies of one plan; the first one leads.

        vocabularies: Tell which categories and bodies are the same.
    """
    plans = [copy.plan for copy in copies]
    doubtful = _find_doubtful(copies)
    rows: list[AlignedRow] = []
    for entry in _join_copies(copies, vocabularies)[0]:
        by_edition = {entry.edition: entry._replace(also=()), **dict(entry.also)}
        in_editions = tuple(by_edition.get(number) for number in range(len(plans)))
        first = next(each for each in in_editions if each)
        differences = [
            finding.code
            for each, plan in zip(in_editions[1:], plans[1:], strict=True)
            if each and each is not first
            for finding in _compare_values(first, each, plan.doc, plans[0].doc)
        ]
        missing = ["edition-lacks-row"] if None in in_editions else []
        unpublished = [] if _is_published(entry, doubtful) else ["edition-row-doubtful"]
        rows.append(AlignedRow(in_editions, tuple(dict.fromkeys([*differences, *missing, *unpublished]))))
    return rows
