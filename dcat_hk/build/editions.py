"""
Files -> plans: the files that are editions or parts of one plan become one.

In: the files that were read. Out: for each plan its files, the leading one first, from the oldest plan to the newest.
The plan that waits in the leading file then holds what all its files state.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from ..catalogue.mapping.index import chronological
from ..catalogue.publishing.report import InputOutcome
from ..core.errors import Finding
from ..core.plan import Plan
from ..core.vocabularies import Vocabularies
from ..reading.alignment import are_editions
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
    # Only plans of unknown bodies are compared with one another: comparing all would take quadratic time.
    of_unknown_bodies: dict[tuple[int, int], list[PlanKey]] = {}
    for file in sorted(files, key=lambda file: _age([file], codes)):
        is_known = vocabularies.find_organisation(file.head.bureau) is not None
        others = [] if is_known else of_unknown_bodies.setdefault(file.head.years, [])
        own = PlanKey(codes[file.path], file.head.years)
        key = next((key for key in others if _is_translation(file, plans[key][0], vocabularies)), own)
        if key not in plans:
            plans[key] = []
            others.append(key)
        plans[key].append(file)
    _join_misread_years(plans, vocabularies)
    groups = [_merge_files(same, vocabularies) if len(same) > 1 else same for same in plans.values()]
    return sorted(groups, key=lambda group: _age(group, codes))


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


def _is_translation(one: ReadFile, other: ReadFile, vocabularies: Vocabularies) -> bool:
    """Return whether two files of unknown bodies state the same plan, one in English and one in Chinese."""
    only_one_is_english = (one.head.script == "Latn") != (other.head.script == "Latn")
    return only_one_is_english and are_editions(other.load(), one.load(), vocabularies)


def _merge_files(files: Sequence[ReadFile], vocabularies: Vocabularies) -> list[ReadFile]:
    """Return the files of one plan, editions and parts of it, after merging them into the plan of the leading one."""
    leader, *others = _leading_first(files)
    first = leader.file.outcome
    parts = [[leader]]
    for other in others:
        outcome = other.file.outcome
        same = next((part for part in parts if are_editions(part[0].plan, other.plan, vocabularies)), None)
        # Rows of several files may stand in one.
        if _bytes_of(other.plan) in {_bytes_of(one.plan) for part in parts for one in part}:
            _leave_out(outcome, "repeated-plan", first.name)
        elif same:
            same.append(other)
        elif all(any(are_parts(one.plan, other.plan) for one in part) for part in parts):
            parts.append([other])
            outcome.findings = (Finding("plan-in-parts", outcome.name, None, {"other": first.name}), *outcome.findings)
        else:
            _leave_out(outcome, "other-plan" if other.plan.entries else "repeated-plan", first.name)
    if len(parts) > 1 or len(parts[0]) > 1:
        plan = unite_parts([_merge_editions(part, vocabularies) for part in parts])
        first.count(plan)
        leader.file.save(plan)
    kept = [one.file for part in parts for one in part]
    for file in kept[1:]:
        file.outcome.edition_of = first.name
    return kept


def _leave_out(outcome: InputOutcome, code: str, other: str) -> None:
    """Tell that a file is not published, and which one is."""
    outcome.findings = (Finding(code, outcome.name, None, {"other": other}), *outcome.findings)


def _merge_editions(editions: Sequence[LoadedFile], vocabularies: Vocabularies) -> Plan:
    """Return the plan that several files state, the leading one first, and add findings on what differs."""
    leader = editions[0]
    if len(editions) == 1:
        return leader.plan
    merged = merge([edition.copy for edition in editions], vocabularies)
    for edition in editions[1:]:
        outcome = edition.file.outcome
        outcome.findings += merged.findings[outcome.name]
        outcome.findings += _compare_dates(edition, leader)
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
