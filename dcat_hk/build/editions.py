"""
Files -> plans: the files that are editions or parts of one plan become one.

In: the files that were read. Out: for each plan its files, the leading one first, from the oldest plan to the newest.
The plan that waits in the leading file then holds what all its files state.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from ..catalogue.mapping.index import chronological
from ..catalogue.publishing.report import InputOutcome
from ..core.errors import Finding
from ..core.plan import Entry, Plan
from ..core.vocabularies import Vocabularies
from ..reading.alignment import are_editions, are_in_one_language, compare_plans, count_same_rows
from ..reading.editions import are_parts, leading, merge, unite_parts
from ..reading.quality import Copy
from .read import ReadFile


class PlanKey(NamedTuple):
    """What tells plans apart: the code of the body, and the first and last year."""

    code: str
    years: tuple[int, int]


@dataclass(frozen=True, slots=True)
class LoadedFile:
    """A file with its plan in memory."""

    file: ReadFile
    copy: Copy

    @property
    def plan(self) -> Plan:
        """Return the plan."""
        return self.copy.plan


def group_editions(
    files: Sequence[ReadFile], codes: Mapping[Path, str], vocabularies: Vocabularies
) -> list[list[ReadFile]]:
    """
    Return the files of each plan, the leading one first, from the oldest plan to the newest.

    A file of the same body and period with other sections is a part of the plan. One that is neither an edition nor a
    part of it is left out, with an error.

    Args:
        files: The files that were read.

        codes: The code of each file's body, by the file's path.

        vocabularies: Tell which bodies are known, and which words are the same in two languages.
    """
    plans: dict[PlanKey, list[ReadFile]] = {}
    # Only plans of unknown bodies are compared with those of other bodies: comparing all would take quadratic time.
    of_unknown_bodies: dict[tuple[int, int], list[PlanKey]] = {}
    for file in sorted(files, key=lambda file: _age([file], codes)):
        is_known = vocabularies.find_organisation(file.head.bureau) is not None
        others = [] if is_known else of_unknown_bodies.setdefault(file.head.years, [])
        own = PlanKey(codes[file.path], file.head.years)
        key = own if own in plans else _find_translated(file, others, plans, vocabularies) or own
        if key not in plans:
            plans[key] = []
            others.append(key)
        elif key != own:
            _tell(file.outcome, "body-by-rows", name=file.head.bureau, other=plans[key][0].head.bureau)
        plans[key].append(file)
    _join_misread_years(plans, vocabularies)
    groups = [_merge_files(same, vocabularies) if len(same) > 1 else same for same in plans.values()]
    groups.sort(key=lambda group: _age(group, codes))
    _compare_years(groups, codes, vocabularies)
    return groups


def _join_misread_years(plans: dict[PlanKey, list[ReadFile]], vocabularies: Vocabularies) -> None:
    """
    Move files whose years were misread to the plan that they are copies of.

    Text without cells may have lost a year of its title, so that it seems to be a plan of its own. It is taken for a
    copy only if its years are within those of a plan of the same body of which a sound copy is at hand.
    """
    by_code: dict[str, list[PlanKey]] = {}
    for key in plans:
        by_code.setdefault(key.code, []).append(key)
    for key in [key for keys in by_code.values() if len(keys) > 1 for key in keys]:
        files = plans[key]
        if any(file.quality.is_sound for file in files):
            continue
        home = next((other for other in by_code[key.code] if _is_home(key, files[0], other, plans, vocabularies)), None)
        if home:
            plans[home] += plans.pop(key)
            by_code[key.code].remove(key)


def _compare_years(groups: Sequence[Sequence[ReadFile]], codes: Mapping[Path, str], vocabularies: Vocabularies) -> None:
    """Add a finding to each plan that has the rows of another one of its body: the years of one are likely wrong."""
    by_code: dict[str, list[ReadFile]] = {}
    for leader, *_others in groups:
        for other in by_code.setdefault(codes[leader.path], []):
            if _may_be_one(other, leader, vocabularies):
                values = {"other": other.outcome.name, "here": _years_of(leader), "there": _years_of(other)}
                leader.outcome.findings += (Finding("same-rows-other-years", leader.outcome.name, None, values),)
        by_code[codes[leader.path]].append(leader)


def _may_be_one(one: ReadFile, other: ReadFile, vocabularies: Vocabularies) -> bool:
    """Tell whether two plans of other years may be one: they were issued in one month and plan the same rows."""
    if one.head.dated and other.head.dated and one.head.dated != other.head.dated:
        return False
    plans = [file.load() for file in (one, other)]
    planned = [replace(plan, entries=tuple(e for e in plan.entries if e.stage == "planned")) for plan in plans]
    if all(plan.entries for plan in planned):
        plans = planned
    elif plans[0].script == plans[1].script or any(plan.entries for plan in planned):
        return False
    here, there = plans
    return 0 < len(here.entries) == len(there.entries) == count_same_rows(here, there, vocabularies)


def _years_of(file: ReadFile) -> str:
    """Return the years of a plan as text."""
    first, last = file.head.years
    return f"{first}–{last}" if first != last else f"{first}"


def _is_home(
    key: PlanKey, file: ReadFile, other: PlanKey, plans: Mapping[PlanKey, list[ReadFile]], vocabularies: Vocabularies
) -> bool:
    """Tell whether a file with uncertain years is a copy of another plan of its body."""
    if other == key or not (other.years[0] <= key.years[0] and key.years[1] <= other.years[1]):
        return False
    sound = next((one for one in plans[other] if one.quality.is_sound), None)
    if sound is None or file.head.dated not in {None, sound.head.dated}:
        return False
    return are_editions(sound.load(), file.load(), vocabularies)


def _age(files: Sequence[ReadFile], codes: Mapping[Path, str]) -> tuple[object, ...]:
    """Return the sort key of plans from oldest to newest; any of a plan's files may state its date."""
    head = files[0].head
    dated = next((file.head.dated for file in files if file.head.dated), None)
    return (*chronological(replace(head, dated=dated), codes[files[0].path]), head.sha256)


def _find_translated(
    file: ReadFile, keys: Sequence[PlanKey], plans: Mapping[PlanKey, list[ReadFile]], vocabularies: Vocabularies
) -> PlanKey | None:
    """Return which plan of an unknown body a file states in another language; None if none or more than one may be."""
    found: list[tuple[PlanKey, float]] = []
    for key in keys:
        first = plans[key][0]
        if not are_in_one_language(first.head.script, file.head.script):
            compared = compare_plans(first.load(), file.load(), vocabularies)
            found += [(key, compared.agreement)] if compared.are_editions else []
    best = _find_clear([agreement for _key, agreement in found])
    return None if best is None else found[best][0]


def _find_clear(ratings: Sequence[float]) -> int | None:
    """Return the place of the highest of some ratings; None if there is none, or several."""
    best = max(ratings, default=None)
    return ratings.index(best) if best is not None and ratings.count(best) == 1 else None


def _merge_files(files: Sequence[ReadFile], vocabularies: Vocabularies) -> list[ReadFile]:
    """Return the files of one plan, editions and parts of it, after merging them into the plan of the leading one."""
    leader, *others = _leading_first(files)
    first = leader.file.outcome
    parts = [[leader]]
    rivals = _find_rivals(leader, others, vocabularies)
    # What is in the language of the leading file says which parts there are; a translation may state several.
    for other in sorted(others, key=lambda other: not are_in_one_language(leader.plan.script, other.plan.script)):
        outcome = other.file.outcome
        same = [part for part in parts if _is_edition(other, part, rivals, vocabularies)]
        # Rows of several files may stand in one.
        if _bytes_of(other.plan) in {_bytes_of(one.plan) for part in parts for one in part}:
            _tell(outcome, "repeated-plan", other=first.name)
        elif same:
            for part, share in zip(same, _share_out(other, [part[0].plan for part in same]), strict=True):
                part.append(share)
        elif all(any(are_parts(one.plan, other.plan) for one in part) for part in parts):
            parts.append([other])
            _tell(outcome, "plan-in-parts", other=first.name)
        else:
            _tell(outcome, "other-plan" if other.plan.entries else "repeated-plan", other=first.name)
    if len(parts) > 1 or len(parts[0]) > 1:
        plan = unite_parts([_merge_editions(part, vocabularies) for part in parts])
        first.count(plan)
        leader.file.save(plan)
    kept = list({one.file.path: one.file for part in parts for one in part}.values())
    for file in kept[1:]:
        file.outcome.edition_of = first.name
    return kept


def _share_out(edition: LoadedFile, parts: Sequence[Plan]) -> list[LoadedFile]:
    """Return for each part of a plan what an edition of all of them says of it; the first has what none has."""
    if len(parts) == 1:
        return [edition]
    homes = {_place_of(entry): number for number, part in reversed([*enumerate(parts)]) for entry in part.entries}
    rows: list[list[Entry]] = [[] for _part in parts]
    for entry in edition.plan.entries:
        rows[homes.get(_place_of(entry), 0)].append(entry)
    plans = [replace(edition.plan, entries=tuple(own)) for own in rows]
    return [replace(edition, copy=edition.copy._replace(plan=plan)) for plan in plans]


def _place_of(entry: Entry) -> tuple[str, bool | None]:
    """Return where a row stands in a plan."""
    return entry.section, entry.spatial


def _is_edition(
    other: LoadedFile, part: Sequence[LoadedFile], rivals: Collection[Path], vocabularies: Vocabularies
) -> bool:
    """Tell whether a file is an edition of a part: of its first file, and of those in its own language."""
    first, *more = part
    if are_in_one_language(first.plan.script, other.plan.script):
        return are_editions(first.plan, other.plan, vocabularies)
    if other.file.path in rivals or not are_editions(first.plan, other.plan, vocabularies):
        return False
    own = [one.plan for one in more if are_in_one_language(one.plan.script, other.plan.script)]
    return all(are_editions(plan, other.plan, vocabularies) or are_parts(plan, other.plan) for plan in own)


def _find_rivals(leader: LoadedFile, others: Sequence[LoadedFile], vocabularies: Vocabularies) -> set[Path]:
    """
    Return the paths of files that are no translation of the leading one, because another plan is rather one.

    What is in another language is known by dates, places and some names alone, which may fit two plans. If no more
    speaks for one of them than for another, none of them counts as the translation.
    """
    foreign = [other for other in others if not are_in_one_language(leader.plan.script, other.plan.script)]
    if len(foreign) < 2:
        return set()
    plans: list[list[LoadedFile]] = []
    ratings: list[float] = []
    for other in foreign:
        compared = compare_plans(leader.plan, other.plan, vocabularies)
        if not compared.are_editions:
            continue
        places = (i for i, plan in enumerate(plans) if are_editions(plan[0].plan, other.plan, vocabularies))
        place = next(places, None)
        if place is not None:
            plans[place].append(other)
            ratings[place] = max(ratings[place], compared.agreement)
        elif not any(are_parts(plan[0].plan, other.plan) for plan in plans):
            plans.append([other])
            ratings.append(compared.agreement)
    best = _find_clear(ratings)
    return set() if len(plans) < 2 else {one.file.path for i, plan in enumerate(plans) if i != best for one in plan}


def _tell(outcome: InputOutcome, code: str, **values: str) -> None:
    """Say first of all what became of a file."""
    outcome.findings = (Finding(code, outcome.name, None, values), *outcome.findings)


def _merge_editions(editions: Sequence[LoadedFile], vocabularies: Vocabularies) -> Plan:
    """Return the plan that several files state, the leading one first, and add findings on what differs."""
    leader = editions[0]
    if len(editions) == 1:
        return leader.plan
    merged = merge([edition.copy for edition in editions], vocabularies)
    for edition in editions[1:]:
        outcome = edition.file.outcome
        outcome.findings += merged.findings[outcome.name]
        # A file may be an edition of several parts, and is told of once.
        told = {finding.code for finding in outcome.findings}
        outcome.findings += tuple(one for one in _compare_dates(edition, leader) if one.code not in told)
    return merged.plan


def _bytes_of(plan: Plan) -> tuple[str, str]:
    """Return what tells files apart: the digest, and that of the file that its rows were read from."""
    return plan.sha256, plan.origin.sha256 if plan.origin else ""


def _compare_dates(edition: LoadedFile, leader: LoadedFile) -> tuple[Finding, ...]:
    """Return the finding on a plan that was issued again: two files in one script that print different months."""
    here, there = edition.plan.dated, leader.plan.dated
    if edition.plan.script != leader.plan.script or not here or not there or here == there:
        return ()
    values = {"here": here, "there": there, "other": leader.file.outcome.name}
    return (Finding("plan-issued-again", edition.file.outcome.name, None, values),)


def _leading_first(files: Sequence[ReadFile]) -> list[LoadedFile]:
    """Return files with their plans in the order of precedence."""
    loaded = [LoadedFile(file, Copy(file.load(), file.quality)) for file in files]
    order = leading([one.copy for one in loaded])
    # Compared by identity: the same file may have been given twice.
    return sorted(loaded, key=lambda one: next(place for place, copy in enumerate(order) if copy is one.copy))
