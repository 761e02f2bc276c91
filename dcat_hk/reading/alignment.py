"""
Rows of two editions of a plan -> which are the same, and one plan made of both.

In: plans. Out: pairs of rows, one `Plan` whose entries carry what the other editions say, and findings on what differs.
It knows no documents and no files.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from ..core.errors import Finding
from ..core.languages import LANGUAGE_OF_SCRIPT
from ..core.plan import Edition, Entry, Plan
from ..core.text import fold
from ..core.vocabularies import Vocabularies

#: Which script leads: its titles make the identifiers.
LEADING_SCRIPTS = ("Hant", "Hans", "Latn")
#: Rows are the same only if this much speaks for it.
_ENOUGH = 4.0
#: Files are editions of one plan if this share of the rows of the shorter one are in the other.
_SHARE = 0.5
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
    pairs = [
        (one.entries[pair.one].title, other.entries[pair.other].title)
        for pair in align(one, other, vocabularies)
        if pair.one is not None and pair.other is not None
    ]
    if (one.script == "Latn") == (other.script == "Latn"):
        # In one language rows at the same place with the same date are two if their names have nothing in common.
        pairs = [pair for pair in pairs if _have_like_names(*pair)]
    return len(pairs) >= _SHARE * fewest


def _have_like_names(one: str, other: str) -> bool:
    """Tell whether two names may be one, of which a file has lost or gained a part."""
    letters, others = fold(one), fold(other)
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
