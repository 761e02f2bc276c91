"""
Rows that `parse` printed, perhaps edited by a person -> `Plan`, and what was edited.

In: the bytes of a file. Out: a `RowsReading`. Every cell is checked; one that cannot be used is refused with its line
and column. Months that a spreadsheet program wrote in its own way are understood where that is certain.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NoReturn

from ..core.errors import Finding, NotAPlan
from ..core.place import Place
from ..core.plan import Entry, Plan, PlanOrigin, split_formats
from ..core.rowdigests import ENTRY_FIELDS, RowDigest, digest_value, read_digest
from ..core.text import list_some, printable, unguard_formula
from ..core.vocabularies import Vocabularies
from ..core.wording.refusals import Phrase
from .documents.rowfiles import PlanCells, RowCells, read_rows
from .quality import Quality
from .recognisers.values import is_none, read_date, read_frequency
from .recognisers.words import find_language_of

_MONTH = re.compile(r"((?:19|20|21)\d\d)-(0[1-9]|1[0-2])")
_WHOLE = re.compile(r"(\d{1,6})(?:\.0+)?")
_DIGEST = re.compile("[0-9a-f]{64}")
#: How spreadsheet programs write the first day of a month: Mar-24, 2024/3/1, 1/3/2024, 3/1/2024, 45352.
_MMM_YY = re.compile(r"([A-Z][a-z]{2})-(\d\d)")
_YMD = re.compile(r"((?:19|20)\d\d)[/.-](\d{1,2})[/.-](\d{1,2})(?: 0?0:00(?::00)?)?")
_DMY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]((?:19|20)\d\d)(?: 0?0:00(?::00)?)?")
_SERIAL = re.compile(r"[34]\d{4}|5[0-4]\d{3}")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
#: The day 0 of a spreadsheet.
_EPOCH = date(1899, 12, 30)
_ERRORS = re.compile(r"#(?:NAME\?|REF!|VALUE!|DIV/0!|N/A|NUM!|NULL!)|#{3,}")
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
#: So many things are named in a finding.
_MOST_NAMED = 5
#: So many characters of a cell are shown in an error.
_MOST_SHOWN = 80
_BOOLEANS = {"": None, "true": True, "false": False}
_NOTHING_DOUBTFUL = Quality(False, False, False, 0, 0, 0, 0, 0, 0, "", False)


@dataclass(frozen=True, slots=True)
class RowsReading:
    """A plan of rows, and findings on what a person changed in it since it was read."""

    plan: Plan
    findings: tuple[Finding, ...]

    @property
    def quality(self) -> Quality:
        """Return how well it was read: a person has looked at it."""
        return replace(_NOTHING_DOUBTFUL, missing_rows=-len(self.plan.entries), sha256=self.plan.sha256)


def read_row_plan(data: bytes, name: str, vocabularies: Vocabularies, part: int | None = None) -> RowsReading:
    """
    Return a plan of a file of rows.

    Args:
        data: The file.

        name: What it is called.

        vocabularies: Tell frequencies and formats.

        part: Which plan of the file, from 0; None if it has one.

    Raises:
        NotAPlan: The file has no plan or several, or a cell cannot be used: the error has line and column.
    """
    plans = read_rows(data, name)
    if part is None and len(plans) != 1:
        raise NotAPlan.of("rows.several" if plans else "rows.none", name, count=len(plans))
    cells = plans[part or 0]
    try:
        return _read(cells, data, name, vocabularies)
    except NotAPlan as error:
        raise NotAPlan.from_refusal(error.refusal._replace(where=f"{name}: {error.where}")) from error


def _read(cells: PlanCells, data: bytes, name: str, vocabularies: Vocabularies) -> RowsReading:
    """Return the plan that cells state; an error has the place in the file."""
    plan = _read_plan(cells, data, name)
    entries: list[Entry] = []
    digests: list[RowDigest | None] = []
    for row in cells.rows:
        digest = read_digest(str(row.cells.get("read_as") or ""))
        entries.append(_read_edited_words(_read_entry(row, digest, vocabularies), digest))
        digests.append(digest)
    changes = _tell_changes(name, cells, entries, digests)
    if changes and plan.origin:
        plan = replace(plan, origin=plan.origin._replace(edited=True))
    findings = [*changes, *_tell_unknown(name, cells, plan, entries, vocabularies)]
    return RowsReading(replace(plan, entries=tuple(entries)), tuple(findings))


# ---- cells


@dataclass(frozen=True, slots=True)
class _RowCell:
    """A cell: its text, and where it stands."""

    value: Any
    where: str

    @property
    def text(self) -> str:
        """Return the text of the cell, without the apostrophe that keeps a spreadsheet from running it."""
        if self.value is None:
            return ""
        if isinstance(self.value, bool):
            return str(self.value).lower()
        if not isinstance(self.value, str | int | list) or (
            isinstance(self.value, list) and not all(isinstance(one, str) for one in self.value)
        ):
            self.refuse("text")
        text = " ".join(self.value) if isinstance(self.value, list) else str(self.value)
        text = " ".join(text.split("\r\n")) if "\r\n" in text else text
        if _ERRORS.fullmatch(text.strip()):
            self.refuse("text-error")
        if _UNUSABLE.search(text):
            self.refuse("text-control")
        return unguard_formula(text).strip()

    def refuse(self, expected: str, **values: object) -> NoReturn:
        """Raise the error for a cell that cannot be used."""
        value, phrase = printable(str(self.value))[:_MOST_SHOWN], Phrase(f"rows.expected-{expected}", values)
        raise NotAPlan.of("rows.cell", self.where, value=value, expected=phrase)


def _cell(cells: Mapping[str, Any], column: str, where: str) -> _RowCell:
    """Return a cell of a row or a plan."""
    return _RowCell(cells.get(column), f"{where}, column “{column}”")


def _read_plan(plan: PlanCells, data: bytes, name: str) -> Plan:
    """Return a plan without its rows."""

    def cell(column: str) -> _RowCell:
        return _cell(plan.cells, column, plan.where)

    doc, script = cell("doc"), cell("script").text
    if not doc.text:
        doc.refuse("doc")
    if script not in {"Hant", "Hans", "Latn"}:
        cell("script").refuse("script")
    bureau = cell("bureau")
    if not bureau.text:
        bureau.refuse("bureau")
    years = (_read_year(cell("first_year")), _read_year(cell("last_year")))
    if years[0] > years[1]:
        cell("last_year").refuse("year-from", first=str(years[0]))
    digest = cell("sha256")
    if digest.text and not _DIGEST.fullmatch(digest.text):
        digest.refuse("digest")
    return Plan(
        doc=name,
        sha256=hashlib.sha256(data).hexdigest(),
        bureau=bureau.text,
        plan_title=cell("plan_title").text,
        years=years,
        script=script,  # type: ignore[arg-type]
        dated=_read_month(cell("dated")),
        entries=(),
        origin=PlanOrigin(printable(doc.text), digest.text) if digest.text else None,
    )


def _read_entry(row: RowCells, digest: RowDigest | None, vocabularies: Vocabularies) -> Entry:
    """Return the entry that a row states."""

    def cell(column: str) -> _RowCell:
        return _cell(row.cells, column, row.where)

    section, role, title = cell("section").text.upper(), cell("date_role").text, cell("title")
    if section not in {"A", "B", "C", "D"}:
        cell("section").refuse("section")
    if role not in {"target", "released"}:
        cell("date_role").refuse("role")
    if not title.text:
        title.refuse("title")
    frequency, formats = cell("frequency"), split_formats(cell("formats").text)
    if frequency.text and frequency.text not in vocabularies.frequencies:
        frequency.refuse("frequency")
    for code in formats:
        if code not in vocabularies.formats:
            cell("formats").refuse("formats", code=printable(code))
    return Entry(
        section=section,  # type: ignore[arg-type]
        spatial=_read_boolean(cell("spatial")),
        organisation=cell("organisation").text or None,
        group=cell("group").text or None,
        number=_read_number(cell("number")),
        part=_read_number(cell("part")) or 0,
        category=cell("category").text,
        title=title.text,
        description=cell("description").text,
        date_raw=_restore_printed_month(cell("date_raw"), digest),
        date=_read_month(cell("date")),
        date_role=role,  # type: ignore[arg-type]
        frequency_raw=cell("frequency_raw").text,
        frequency=frequency.text or None,
        formats=formats,
        place=_read_place(cell("place").text, row.where),
        period=_read_period(cell("period")),
        publisher=cell("publisher").text or None,
    )


def _read_edited_words(entry: Entry, digest: RowDigest | None) -> Entry:
    """Return a row with the date and the frequency read anew whose words were edited and whose meaning was not."""

    def is_edited(field: str) -> bool:
        return digest is not None and digest_value(getattr(entry, field)) != digest.fields[field]

    if is_edited("date_raw") and not is_edited("date") and not is_edited("period"):
        stated = read_date(entry.date_raw)
        entry = entry._replace(date=stated.month, period=stated.period)
    if is_edited("frequency_raw") and not is_edited("frequency"):
        entry = entry._replace(frequency=read_frequency(entry.frequency_raw))
    return entry


def _tell_unknown(
    name: str, cells: PlanCells, plan: Plan, entries: list[Entry], vocabularies: Vocabularies
) -> Iterator[Finding]:
    """Yield findings on what is not known in the rows as they are now, as on any other plan."""
    bodies = [plan.bureau, *(one for entry in entries for one in (entry.organisation, entry.publisher) if one)]
    for body in dict.fromkeys(bodies):
        if not vocabularies.find_organisation(body):
            yield Finding("unknown-organisation", name, None, {"name": body})
    for row, entry in zip(cells.rows, entries, strict=True):
        place = Place(0, 0, row.where, row.where)
        if entry.category and not vocabularies.find_category(entry.category):
            nearest = vocabularies.find_nearest_category(entry.category)
            label = nearest.label(find_language_of(entry.category, plan.script)) if nearest else ""
            values = {"category": entry.category, "nearest": label, "count": "1"}
            yield Finding("unknown-category", name, place, values)
        if entry.date_raw and not (entry.date or entry.period):
            yield Finding("unread-date", name, place, {"date": entry.date_raw})
        if entry.frequency_raw and not entry.frequency and not is_none(entry.frequency_raw):
            yield Finding("unknown-frequency", name, place, {"wording": entry.frequency_raw})


def _read_boolean(cell: _RowCell) -> bool | None:
    """Return true, false or neither."""
    text = cell.text.lower()
    if text not in _BOOLEANS:
        cell.refuse("boolean")
    return _BOOLEANS[text]


def _read_number(cell: _RowCell) -> int | None:
    """Return a whole number, None for an empty cell."""
    match = _WHOLE.fullmatch(cell.text)
    if cell.text and not match:
        cell.refuse("number")
    return int(match[1]) if match else None


def _read_year(cell: _RowCell) -> int:
    """Return a year."""
    number = _read_number(cell)
    if number is None or not 1990 <= number <= 2199:
        cell.refuse("year")
    return number


def _read_place(text: str, where: str) -> Place:
    """Return where the row stands in the file that it was read from; where it stands here if it does not say."""
    text = text or where
    return Place.parse(text) or Place(0, 0, text, text)


# ---- months


def _read_month(cell: _RowCell) -> str | None:
    """Return a month, also as a spreadsheet program writes it; None for an empty cell."""
    text = cell.text
    if not text:
        return None
    is_day = _YMD.fullmatch(text) or _DMY.fullmatch(text)
    month = text if _MONTH.fullmatch(text) else _undo_spreadsheet(text)
    # Of a day that is not the first of a month nobody knows which figure is the month.
    month = month or (None if is_day else read_date(text).month)
    if not month:
        cell.refuse("month")
    return month


def _read_period(cell: _RowCell) -> tuple[str, str] | None:
    """Return first and last month, None for an empty cell."""
    months = cell.text.split()
    if not months:
        return None
    if len(months) != 2 or not all(map(_MONTH.fullmatch, months)) or months[0] > months[1]:
        cell.refuse("period")
    return months[0], months[1]


def _undo_spreadsheet(text: str) -> str | None:
    """Return the month that a spreadsheet program made a day of: always the first, so that one reading is right."""
    named = _MMM_YY.fullmatch(text)
    if named and named[1] in _MONTHS:
        return f"20{named[2]}-{_MONTHS.index(named[1]) + 1:02}"
    if _SERIAL.fullmatch(text):
        day = _EPOCH + timedelta(days=int(text))
        return f"{day.year}-{day.month:02}" if day.day == 1 else None
    ymd, dmy = _YMD.fullmatch(text), _DMY.fullmatch(text)
    if ymd:
        return _first_day(ymd[1], ymd[3], ymd[2])
    return (_first_day(dmy[3], dmy[1], dmy[2]) or _first_day(dmy[3], dmy[2], dmy[1])) if dmy else None


def _first_day(year: str, day: str, month: str) -> str | None:
    """Return the month of the first day of one, None for any other day."""
    return f"{year}-{int(month):02}" if int(day) == 1 and 1 <= int(month) <= 12 else None


#: How plans print a month that a spreadsheet program takes for a day.
_PRINTED: tuple[Callable[[str, str], str], ...] = (
    lambda year, month: f"{month}/{year}",
    lambda year, month: f"{int(month)}/{year}",
    lambda year, month: f"{month}-{year}",
    lambda year, month: f"{int(month)}-{year}",
    lambda year, month: f"{year}-{month}",
    lambda year, month: f"{year}-{int(month)}",
    lambda year, month: f"{year}/{month}",
    lambda year, month: f"{year}/{int(month)}",
    lambda year, month: f"{_MONTHS[int(month) - 1]} {year}",
    lambda year, month: f"{_MONTHS[int(month) - 1]}-{year}",
    lambda year, month: f"{month}/{year[2:]}",
    lambda year, month: f"{int(month)}/{year[2:]}",
)


def _restore_printed_month(cell: _RowCell, digest: RowDigest | None) -> str:
    """Return a date as the plan printed it, or raise if a spreadsheet program changed it and that cannot be undone."""
    text = cell.text
    month = _undo_spreadsheet(text)
    if month is None or digest is None or digest_value(text) == digest.fields["date_raw"]:
        return text
    year, number = month.split("-")
    forms = [form(year, number) for form in _PRINTED]
    restored = next((form for form in forms if digest_value(form) == digest.fields["date_raw"]), None)
    if restored is None:
        cell.refuse("printed-date")
    return restored


# ---- what a person changed


def _tell_changes(name: str, plan: PlanCells, entries: list[Entry], digests: list[RowDigest | None]) -> list[Finding]:
    """Return findings on rows that were edited, added and removed since the plan was read."""
    findings: list[Finding] = []
    source = plan.name
    for row, entry, digest in zip(plan.rows, entries, digests, strict=True):
        place = Place(0, 0, row.where, row.where)
        if digest is None:
            findings.append(Finding("row-added", name, place, {"title": entry.title, "source": source}))
            continue
        changed = [field for field in ENTRY_FIELDS if digest_value(getattr(entry, field)) != digest.fields[field]]
        if changed:
            values = {"title": entry.title, "source": source, "fields": ", ".join(changed)}
            findings.append(Finding("row-edited", name, place, values))
    known = [digest for digest in digests if digest]
    missing = set(range(1, max((one.of for one in known), default=0) + 1)) - {one.number for one in known}
    if missing:
        numbers = list_some([str(number) for number in sorted(missing)], _MOST_NAMED)
        values = {"count": str(len(missing)), "source": source, "rows": numbers}
        findings.append(Finding("rows-removed", name, None, values))
    return findings
