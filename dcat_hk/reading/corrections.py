"""
What a person corrects in a plan: values that are meant in place of those that are printed, rows that are withdrawn.

In: a plan as it was read, the names of its rows' records, corrections. Out: the plan as it is meant, and findings. A
correction whose row or printed value is not there is refused, naming both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from typing import Any

from ..core.errors import Finding, NotReadable
from ..core.plan import FIELD_OF_ROW, Correction, Entry, Plan, WithdrawnRow, split_formats
from ..core.text import collapse
from ..core.vocabularies import ConceptLabel, Vocabularies, using_vocabularies
from .recognisers.values import find_formats, is_none, read_date, read_frequency

#: The findings on a row that say something of a field; a correction of the field takes their place.
_FINDINGS_ON: Mapping[str, frozenset[str]] = {
    "date": frozenset(
        {
            "date-is-a-period",
            "date-outside-plan",
            "impossible-date",
            "missing-date",
            "release-after-plan",
            "target-outside-section",
            "unread-date",
        }
    ),
    "frequency": frozenset({"missing-frequency", "unknown-frequency"}),
    "formats": frozenset({"unknown-format"}),
    "description": frozenset({"unknown-format"}),
    "category": frozenset({"missing-category", "unknown-category"}),
}
#: So many names of records are offered where there is none of a name.
_MOST_OFFERED = 3


@dataclass(frozen=True, slots=True)
class CorrectedPlan:
    """A plan as it is meant, and the findings on it."""

    plan: Plan
    findings: tuple[Finding, ...]


def correct_plan(
    plan: Plan,
    names: Sequence[str],
    findings: Sequence[Finding],
    corrections: Sequence[Correction],
    vocabularies: Vocabularies,
    where: str,
) -> CorrectedPlan:
    """
    Return a plan with the values that are meant.

    Args:
        plan: The plan as it was read from one file.

        names: The names of its rows' records, in order.

        findings: What was found when it was read.

        corrections: The corrections of this file.

        vocabularies: Tell categories and formats.

        where: The file of corrections, for errors.

    Raises:
        NotReadable: There is no such row, the row prints another value, or the value meant cannot be understood.
    """
    entries = dict(zip(names, plan.entries, strict=True))
    withdrawn: list[WithdrawnRow] = []
    kept = list(findings)
    for one in corrections:
        place = f"{where}: correction {one.number} ({one.record})"
        if one.record not in entries:
            near = get_close_matches(one.record, names, _MOST_OFFERED) or names[:_MOST_OFFERED]
            code = "corrections.no-row" if near else "corrections.no-rows"
            raise NotReadable.of(code, place, doc=plan.doc, record=one.record, near=list(near))
        entry = entries[one.record]
        if one.field == FIELD_OF_ROW:
            _check_printed(one, entry.as_printed().title, plan.doc, place)
            withdrawn.append(WithdrawnRow(entry, one.record, one))
        else:
            with using_vocabularies(vocabularies):
                entries[one.record] = _correct_row(entry, one, vocabularies, plan.doc, place)
        kept = _without(kept, entry, one)
        kept.append(_report(plan.doc, entry, one))
    gone = {row.record for row in withdrawn}
    rows = _number_doubles({name: entry for name, entry in entries.items() if name not in gone}, gone)
    ordered = sorted(kept, key=lambda finding: (finding.place or _NOWHERE)[:2])
    return CorrectedPlan(replace(plan, entries=tuple(rows), withdrawn=tuple(withdrawn)), tuple(ordered))


_NOWHERE = (0, 0)


def _check_printed(one: Correction, printed: str, doc: str, place: str) -> None:
    """Raise if a row does not print the value that a correction says it does."""
    if collapse(one.printed) != collapse(printed):
        values = {"doc": doc, "printed": printed, "field": one.field, "stated": one.printed}
        raise NotReadable.of("corrections.printed", place, **values)


def _correct_row(entry: Entry, one: Correction, vocabularies: Vocabularies, doc: str, place: str) -> Entry:
    """Return a row with one value corrected, in the edition that prints it if the file is in two languages."""
    editions = [entry, *(other for _number, other in entry.also)]
    printed = [_PRINTED[one.field](each.as_printed()) for each in editions]
    wanted = collapse(one.printed) if one.field != "formats" else " ".join(split_formats(one.printed))
    number = next((n for n, text in enumerate(printed) if collapse(text) == wanted), None)
    if number is None:
        _check_printed(one, printed[0], doc, place)
    values = _CORRECTED[one.field](editions[number or 0], one.meant, vocabularies, place)
    corrected = [
        each._replace(**values, corrections=(*each.corrections, one), original=each.original or each)
        if n == number
        # A date, a frequency and formats are those of the row, whatever language states them.
        else each._replace(**(values if one.field in _OF_THE_ROW else {}), original=each.original or each)
        for n, each in enumerate(editions)
    ]
    also = tuple((n, each) for (n, _old), each in zip(entry.also, corrected[1:], strict=True))
    return corrected[0]._replace(also=also)


_OF_THE_ROW = frozenset({"date", "frequency", "formats"})

#: What a row prints in a field.
_PRINTED: Mapping[str, Callable[[Entry], str]] = {
    "title": lambda entry: entry.title,
    "description": lambda entry: entry.description,
    "category": lambda entry: entry.category,
    "date": lambda entry: entry.date_raw,
    "frequency": lambda entry: entry.frequency_raw,
    "formats": lambda entry: " ".join(entry.formats),
}

_Values = dict[str, Any]


def _correct_title(_entry: Entry, meant: str, _vocabularies: Vocabularies, place: str) -> _Values:
    """Return the title that is meant."""
    if not meant.strip():
        raise NotReadable.of("corrections.title", place)
    return {"title": collapse(meant)}


def _correct_description(entry: Entry, meant: str, _vocabularies: Vocabularies, _place: str) -> _Values:
    """Return the remark that is meant, with the formats that it names."""
    before = set(find_formats(entry.description)[0])
    others = [code for code in entry.formats if code not in before]
    return {"description": meant.strip(), "formats": tuple(dict.fromkeys([*find_formats(meant)[0], *others]))}


def _correct_category(_entry: Entry, meant: str, vocabularies: Vocabularies, place: str) -> _Values:
    """Return the category that is meant."""
    if not vocabularies.find_category(meant):
        near = vocabularies.find_nearest_category(meant) if meant.strip() else None
        if near is None:
            raise NotReadable.of("corrections.category", place, meant=meant)
        raise NotReadable.of("corrections.category-near", place, meant=meant, nearest=ConceptLabel(near))
    return {"category": meant.strip()}


def _correct_date(_entry: Entry, meant: str, _vocabularies: Vocabularies, place: str) -> _Values:
    """Return the month or period that is meant; none for an empty text."""
    stated = read_date(meant)
    if meant.strip() and stated.problem:
        raise NotReadable.of("corrections.date", place, meant=meant)
    return {"date": stated.month, "period": stated.period}


def _correct_frequency(_entry: Entry, meant: str, vocabularies: Vocabularies, place: str) -> _Values:
    """Return the frequency that is meant: by its code, or in words; none for an empty text."""
    code = meant.strip() if meant.strip() in vocabularies.frequencies else read_frequency(meant)
    if meant.strip() and not is_none(meant) and code is None:
        raise NotReadable.of("corrections.frequency", place, meant=meant)
    return {"frequency": code if meant.strip() else None}


def _correct_formats(_entry: Entry, meant: str, vocabularies: Vocabularies, place: str) -> _Values:
    """Return the formats that are meant."""
    codes = split_formats(meant)
    for code in codes:
        if code not in vocabularies.formats:
            raise NotReadable.of("corrections.format", place, code=code)
    return {"formats": codes}


_CORRECTED: Mapping[str, Callable[[Entry, str, Vocabularies, str], _Values]] = {
    "title": _correct_title,
    "description": _correct_description,
    "category": _correct_category,
    "date": _correct_date,
    "frequency": _correct_frequency,
    "formats": _correct_formats,
}


# ---- findings


def _without(findings: Sequence[Finding], entry: Entry, one: Correction) -> list[Finding]:
    """Return findings without those that a correction takes the place of; of one on several rows, with one row less."""
    codes = _FINDINGS_ON.get(one.field, frozenset())
    kept: list[Finding] = []
    for finding in findings:
        if one.field == "category" and finding.code == "unknown-category":
            count = int(finding.values["count"]) - (finding.values["category"] == one.printed)
            kept += [replace(finding, values={**finding.values, "count": str(count)})] if count else []
        else:
            is_settled = finding.code in codes or one.field == FIELD_OF_ROW
            is_on_row = finding.place is not None and entry.place.covers(finding.place)
            kept += [] if is_settled and is_on_row else [finding]
    return kept


def _report(doc: str, entry: Entry, one: Correction) -> Finding:
    """Return the finding that says what a person corrected."""
    if one.field == FIELD_OF_ROW:
        values = {"title": one.printed, "who": one.who, "when": one.when}
        return Finding("row-withdrawn", doc, entry.place, values)
    values = {
        "field": one.field,
        "printed": one.printed or "–",
        "meant": one.meant or "–",
        "who": one.who,
        "when": one.when,
    }
    return Finding("value-corrected", doc, entry.place, values)


# ---- names


def _number_doubles(entries: Mapping[str, Entry], gone: set[str]) -> list[Entry]:
    """Return entries; those that share their name with one that is gone keep their place among them."""
    doubled = {name.partition("_")[0] for name in gone}
    return [
        entry._replace(nth=int(name.partition("_")[2] or 1)) if name.partition("_")[0] in doubled else entry
        for name, entry in entries.items()
    ]
