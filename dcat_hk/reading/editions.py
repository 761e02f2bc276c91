"""
Several files of one plan -> one plan: other languages and other formats are editions of it.

In: plans of one publisher and period. Out: one `Plan` whose entries carry what the other editions say, and findings
on what differs. It knows no files and no RDF.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ..core.plan import Edition, Entry, Plan
from ..core.text import fold
from ..core.vocabularies import Vocabularies
from .alignment import (
    LEADING_SCRIPTS,
    MergedPlan,
    code_of_unpublished,
    compare_values,
    is_published,
    join_plans,
    merge_plans,
    unfold,
)
from .quality import Copy

# ---- one plan of several


def leading(copies: Sequence[Copy]) -> list[Copy]:
    """
    Return copies of one plan with the one that leads first.

    That is the newest; of several one without doubtful rows before one with them, and one with cells before one whose
    columns were guessed; then the Traditional before the Simplified and the English one, for titles make the
    identifiers; then the best read one. What a file is called and in which order files were given does not count.
    """
    newest = max((copy.plan.dated or "" for copy in copies), default="")
    ordered = sorted(
        copies,
        key=lambda copy: (
            copy.quality.may_invent_rows,
            copy.quality.guessed,
            LEADING_SCRIPTS.index(copy.plan.script),
            copy.quality,
        ),
    )
    return sorted(ordered, key=lambda copy: copy.plan.dated or newest, reverse=True)


def merge(copies: Sequence[Copy], vocabularies: Vocabularies) -> MergedPlan:
    """
    Return one plan made of its copies.

    A row that only doubtful copies have is left out, with a finding: it may be none. A copy is doubtful if its rows
    may be none, or if its columns were guessed and there is a better copy, in the same language or with cells. A row
    that only an older issue of the plan has is left out too: the plan no longer lists it.

    Args:
        copies: Copies of one plan, the one that leads first. What they disagree on is taken from it. One whose file is
            in two languages counts as several.

        vocabularies: Tell which categories and bodies are the same.
    """
    copies = unfold_copies(copies)
    return merge_plans([copy.plan for copy in copies], vocabularies, _find_doubtful(copies), _find_superseded(copies))


def unfold_copies(copies: Sequence[Copy]) -> list[Copy]:
    """Return copies with those in two languages as one copy for each language."""
    return [Copy(edition, copy.quality) for copy in copies for edition in unfold(copy.plan)]


def _find_doubtful(copies: Sequence[Copy]) -> set[int]:
    """Return the numbers of the copies that may not add rows; the one that leads is none of them."""
    numbers: set[int] = set()
    for number, (plan, quality) in enumerate(copies[1:], 1):
        has_better = any(better.plan.script == plan.script or not better.quality.guessed for better in copies[:number])
        if quality.may_invent_rows or (quality.guessed and has_better):
            numbers.add(number)
    return numbers


def _find_superseded(copies: Sequence[Copy]) -> set[int]:
    """
    Return the numbers of the copies of older issues of a plan; the one that leads is none of them.

    A plan was issued again if two copies in one script print different months. Copies in different scripts that do so
    are one issue: a translation may come later.
    """
    months: dict[str, set[str]] = {}
    for plan, _quality in copies:
        if plan.dated:
            months.setdefault(plan.script, set()).add(plan.dated)
    if all(len(own) == 1 for own in months.values()):
        return set()
    newest = max(month for own in months.values() for month in own)
    return {number for number, (plan, _quality) in enumerate(copies[1:], 1) if plan.dated and plan.dated < newest}


# ---- parts of one plan

#: Of the names of a part, no larger share is in another part: what is planned may have the name of what is released.
_SHARE_OF_PARTS = 0.4


def are_parts(one: Plan, other: Plan) -> bool:
    """
    Tell whether two plans of one body and period are parts of one: they have other sections, and other rows in them.

    Spatial and non-spatial data are sections of their own where both plans part them.

    They must be in one script and may not print different months: what is the same in two languages, or was issued
    again in other words, would be published twice.

    Args:
        one: A plan.

        other: A plan of the same body for the same years.
    """
    if one.script != other.script or (one.dated and other.dated and one.dated != other.dated):
        return False
    names, others = ({fold(entry.title) for entry in plan.entries} for plan in (one, other))
    return _have_other_sections(one, other) and len(names & others) <= _SHARE_OF_PARTS * min(len(names), len(others))


def _have_other_sections(one: Plan, other: Plan) -> bool:
    """Tell whether no section has rows in both plans, or only spatial ones in one and only others in the other."""
    here, there = _kinds_by_section(one), _kinds_by_section(other)
    return all(
        None not in here[section] | there[section] and here[section].isdisjoint(there[section])
        for section in here.keys() & there.keys()
    )


def _kinds_by_section(plan: Plan) -> dict[str, set[bool | None]]:
    """Return which kinds of rows each section has: spatial ones, others, or such of which that is not said."""
    kinds: dict[str, set[bool | None]] = {}
    for entry in plan.entries:
        kinds.setdefault(entry.section, set()).add(entry.spatial)
    return kinds


def unite_parts(plans: Sequence[Plan]) -> Plan:
    """
    Return one plan made of its parts, in the order of sections; files of parts are editions of it.

    Args:
        plans: The parts, the one that leads first.
    """
    first = plans[0]
    if len(plans) == 1:
        return first
    entries, withdrawn, editions = list(first.entries), list(first.withdrawn), list(first.editions)
    for plan in plans[1:]:
        own = Edition(plan.doc, plan.sha256, plan.bureau, plan.plan_title, plan.script, plan.dated, plan.origin)
        shift = len(editions) + 1
        entries += [_move(entry, shift) for entry in plan.entries]
        withdrawn += [row._replace(entry=_move(row.entry, shift)) for row in plan.withdrawn]
        editions += [own, *plan.editions]
    return replace(
        first,
        entries=tuple(sorted(entries, key=lambda entry: (entry.section, entry.spatial is False))),
        editions=tuple(editions),
        withdrawn=tuple(withdrawn),
        dated=next((plan.dated for plan in plans if plan.dated), None),
    )


def _move(entry: Entry, shift: int) -> Entry:
    """Return a row whose editions have other numbers."""
    return entry._replace(edition=entry.edition + shift, also=tuple((n + shift, other) for n, other in entry.also))


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
    doubtful, superseded = _find_doubtful(copies), _find_superseded(copies)
    rows: list[AlignedRow] = []
    for entry in join_plans(plans, vocabularies)[0]:
        by_edition = {entry.edition: entry._replace(also=()), **dict(entry.also)}
        in_editions = tuple(by_edition.get(number) for number in range(len(plans)))
        first = next(each for each in in_editions if each)
        differences = [
            finding.code
            for each, plan in zip(in_editions[1:], plans[1:], strict=True)
            if each and each is not first
            for finding in compare_values(first, each, plan.doc, plans[0].doc)
        ]
        missing = ["edition-lacks-row"] if None in in_editions else []
        unpublished = [] if is_published(entry, doubtful | superseded) else [code_of_unpublished(entry, superseded)]
        rows.append(AlignedRow(in_editions, tuple(dict.fromkeys([*differences, *missing, *unpublished]))))
    return rows
