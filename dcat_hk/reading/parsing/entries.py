"""
Raw rows -> `Entry`: the words of a row understood.

In: a raw row and the region it stands in. Out: an entry and findings on what was not understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from ...core.errors import Finding
from ...core.place import Place
from ...core.plan import Entry
from ...core.text import find_unreadable, plain, script_of
from ...core.vocabularies import Vocabularies
from ...core.wording.plans import load_plan_wording
from ..documents import Document
from ..recognisers.acts import is_report
from ..recognisers.columns import TEXT_FIELDS
from ..recognisers.formats import find_denied_formats, find_slips_of_formats, names_only_formats
from ..recognisers.headings import drop_tail, read_years
from ..recognisers.values import find_formats, is_none, read_date, read_frequency
from ..recognisers.words import find_language_of, keep_chosen, write_years
from .datedtables import tells_stage
from .head import body_name
from .ledger import text_of
from .outline import Region
from .rows import RawRow
from .rowstages import RowStage, settle_row
from .stages import stated_role

_WORDING = load_plan_wording()
_PUBLISHER, _HEADINGS = _WORDING.publisher, _WORDING.headings
#: The fields whose cells findings are on.
_FIELDS_OF: Mapping[str, Sequence[str]] = {
    "unknown-category": ("category",),
    "unknown-frequency": ("frequency",),
    "unknown-format": ("format", "description", "frequency"),
    "denied-format": ("description",),
    "unread-date": ("date",),
    "impossible-date": ("date",),
    "date-is-a-period": ("date",),
    "year-from-heading": ("date",),
    "release-after-plan": ("date",),
    "target-outside-section": ("date",),
    "date-outside-plan": ("date",),
    "unknown-status": ("status",),
    "unread-stage": ("status",),
}
_BRACKET_AT_END = re.compile(r"[(（][^()（）]{1,60}[)）]\s*+$")
#: A longer text is no month without its year.
_LONGEST_MONTH = 20
#: So many numbers may run backwards by chance, as in a list that is cut in two.
_LEAST_BACKWARDS = 2


@dataclass(frozen=True, slots=True)
class Context:
    """What the rows of a document have in common."""

    document: Document
    vocabularies: Vocabularies
    script: str
    dated: str | None
    #: The first and the last year of the plan, none where that is not known.
    years: tuple[int, ...] = ()


class _Formats(NamedTuple):
    """The codes of the formats of a row, those that it states and denies, and words that may be meant as one."""

    codes: tuple[str, ...]
    denied: tuple[str, ...]
    unknown: tuple[str, ...]


def read_entry(context: Context, region: Region, row: RawRow) -> tuple[Entry, list[Finding]]:
    """
    Return the entry that a raw row states, and findings.

    Args:
        context: The document, its vocabularies, its script and its date.

        region: The heading the row stands under.

        row: The fragments of the row's cells.
    """
    document = context.document
    texts = {name: text_of(document, row.cell(name)) for name in TEXT_FIELDS}
    owner = (body_name(texts["organisation"]) or None) if texts["organisation"] else None
    formats = _read_formats(texts)
    frequency = keep_chosen(texts["frequency"])
    role = region.role or stated_role(region.section, region.heading)
    stage = settle_row(texts, role, context.dated, is_report(plain(region.heading)), region.labelled)
    stage, year = _add_year(stage, row, region)
    date = stage.date
    entry = Entry(
        section=_choose_section(region, stage, context.years),  # type: ignore[arg-type]
        spatial=region.spatial,
        organisation=(owner if region.section == "C" else None) or region.organisation,
        group=row.group,
        number=row.number,
        part=row.part,
        category=texts["category"],
        title=texts["title"],
        description=texts["description"],
        date_raw=stage.date_raw,
        date=date.month,
        date_role=stage.role,
        frequency_raw=texts["frequency"],
        frequency=None if is_none(frequency) else read_frequency(frequency),
        formats=formats.codes,
        place=row.place,
        period=date.period,
        publisher=find_publisher(texts["description"]) or (owner if region.section != "C" else None),
    )
    # Where only rows say what they are, one that does not is neither planned nor released.
    is_unread = region.by_rows and not tells_stage(texts["status"])
    findings = [
        *([("unread-stage", {"text": texts["status"] or "–"})] if is_unread else ()),
        *_check_words(context, entry, formats),
        *(told for told in stage.findings if not (region.by_rows and _repeats_date(told, stage))),
        *([("year-from-heading", {"date": entry.date_raw, "year": year})] if year else ()),
        *_check_date(context, region, entry, stage),
        *_check_characters(context, row, texts),
    ]
    return entry, [
        Finding(code, document.name, _find_cell(document, row, code, values) or row.place, values)
        for code, values in findings
    ]


def _read_formats(texts: Mapping[str, str]) -> _Formats:
    """Return the formats of a row by the texts of its cells."""
    remark = f"({texts['description']})" if names_only_formats(texts["description"]) else texts["description"]
    stated, unknown = _formats_of_row(remark, texts["format"])
    stated = stated or _formats_in_title(texts["title"])
    denied = tuple(code for code in find_denied_formats(remark) if code in stated)
    slips = find_slips_of_formats(texts["description"], texts["format"])
    codes = tuple(code for code in stated if code not in denied)
    return _Formats(codes, denied, tuple(dict.fromkeys([*unknown, *slips])))


def _formats_of_row(remark: str, column: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """
    Return the formats that a row names, and unknown ones.

    Where a column of formats names any, sentences of the remark add none: "JSON is not available", "XML to follow".
    """
    named = find_formats(keep_chosen(f"({column})")) if column else ((), ())
    if named[0] and not names_only_formats(remark):
        return named
    return find_formats(keep_chosen(f"{remark} ({column})".replace(" ()", "")))


def _formats_in_title(title: str) -> tuple[str, ...]:
    """
    Return the formats that a name ends with, in brackets that hold nothing else.

    >>> _formats_in_title("Rainfall (CSV, XML)"), _formats_in_title("Air tickets (API Ltd.)")
    (('CSV', 'XML'), ())
    """
    bracket = _BRACKET_AT_END.search(title)
    return find_formats(bracket[0])[0] if bracket and names_only_formats(bracket[0]) else ()


def _add_year(stage: RowStage, row: RawRow, region: Region) -> tuple[RowStage, str]:
    """
    Return the stage of a row with the year of the heading above it where its date names a month and no year; the year.

    A heading of rows counts that is nothing but a year, else a year of the plan for which a section promises datasets.
    """
    if stage.date.problem != "unread-date" or not any(map(str.isalpha, stage.date_raw)):
        return stage, ""
    group, heading = plain(row.group or ""), plain(region.heading)
    is_year = bool(_HEADINGS.years.fullmatch(drop_tail(group)))
    years, _several = read_years(write_years(group if is_year else heading))
    if len(years) != 1 or len(stage.date_raw) > _LONGEST_MONTH:
        return stage, ""
    if not is_year and (stage.role != "target" or years != region.years):
        return stage, ""
    for together in (f"{years[0]} {stage.date_raw}", f"{stage.date_raw} {years[0]}"):
        stated = read_date(together)
        if stated.is_stated and stated.span != (f"{years[0]}-01", f"{years[0]}-12"):
            return replace(stage, date=stated), str(years[0])
    return stage, ""


def _choose_section(region: Region, stage: RowStage, years: Sequence[int]) -> str:
    """Return the section of a row, by its stage and its year where only the rows of a table say what they are."""
    if not region.by_rows:
        return region.section
    if stage.role == "released":
        return "D"
    starts = stage.date.span[0]
    return "B" if starts and years and int(starts[:4]) > min(years) else "A"


def _repeats_date(told: tuple[str, Mapping[str, str]], stage: RowStage) -> bool:
    """Tell whether a finding says no more than that a row was released, in the month of its date."""
    return told[0] == "stage-by-row" and stage.date.is_stated and told[1]["before"] == stage.date_raw


def _find_cell(document: Document, row: RawRow, code: str, values: Mapping[str, str]) -> Place | None:
    """Return the cell of a row that a finding is on, None if that is not known."""
    words = values.get("word")
    for name in _FIELDS_OF.get(code, ()):
        fragments = row.cell(name)
        if fragments and (words is None or words in text_of(document, fragments)):
            return document.place_in_cell(fragment.span for fragment in fragments)
    return None


def find_publisher(remark: str) -> str | None:
    """
    Return the body that a remark says owns and releases the dataset, None if it says nothing of the kind.

    >>> find_publisher("急症室的等候時間。(此數據集由醫院管理局擁有及發放。)")
    '醫院管理局'
    """
    folded = plain(remark)
    for pattern in (_PUBLISHER.pattern, _PUBLISHER.pattern_en):
        match = pattern.search(folded)
        if match:
            return remark[match.start("name") : match.end("name")].strip()
    return None


_FindingValues = Iterator[tuple[str, Mapping[str, str]]]


def _check_words(context: Context, entry: Entry, formats: _Formats) -> _FindingValues:
    """Yield what there is to say about category, frequency and formats."""
    vocabularies = context.vocabularies
    if entry.part == 0:
        if not entry.category:
            yield "missing-category", {}
        elif not vocabularies.find_category(entry.category):
            nearest = vocabularies.find_nearest_category(entry.category)
            label = nearest.label(find_language_of(entry.category, context.script)) if nearest else ""
            yield "unknown-category", {"category": entry.category, "nearest": label, "count": "1"}
        if entry.number is None:
            yield "missing-number", {}
    if entry.frequency is None and entry.frequency_raw and not is_none(entry.frequency_raw):
        yield "unknown-frequency", {"wording": entry.frequency_raw}
    elif not entry.frequency_raw:
        yield "missing-frequency", {}
    if formats.denied:
        yield "denied-format", {"formats": ", ".join(formats.denied)}
    for word in formats.unknown:
        near = vocabularies.find_nearest_format(word)
        yield "unknown-format", {"word": word, "nearest": near[1] if near else ""}


def _check_date(context: Context, region: Region, entry: Entry, stage: RowStage) -> _FindingValues:
    """Yield what there is to say about the date; what a row says of its own date has been told."""
    problem = None if stage.is_own else stage.date.problem
    if problem and not (problem == "missing-date" and entry.part):
        yield problem, {"date": entry.date_raw}
    if entry.period:
        yield "date-is-a-period", {"date": entry.date_raw}
    if not entry.date or stage.is_own:
        return
    if entry.date_role == "released" and context.dated and entry.date > context.dated:
        yield "release-after-plan", {"date": entry.date, "dated": context.dated}
    year = int(entry.date[:4])
    if entry.date_role == "target" and region.years and year not in region.years:
        yield "target-outside-section", {"date": entry.date, "years": "–".join(map(str, _ends(region.years)))}
    elif context.years and _is_outside(entry, year, context):
        yield "date-outside-plan", {"date": entry.date, "years": "–".join(map(str, _ends(context.years)))}


def _is_outside(entry: Entry, year: int, context: Context) -> bool:
    """Tell whether a year is none of a plan: of a target that its section does not bound, or of a release to come."""
    first, last = min(context.years), max(context.years)
    return not first <= year <= last if entry.date_role == "target" else not context.dated and year > last


def _ends(years: Sequence[int]) -> list[int]:
    """Return the first and last year, once if they are the same."""
    return sorted({years[0], years[-1]})


def _check_characters(context: Context, row: RawRow, texts: Mapping[str, str]) -> _FindingValues:
    """Yield what there is to say about characters that cannot be read and cells in another script."""
    raw = "".join([context.document.slice(fragment.span) for cell in row.cells.values() for fragment in cell])
    for character in find_unreadable(raw):
        yield "unreadable-character", {"code": f"U+{ord(character):04X}"}
    for text in filter(None, texts.values()):
        script = script_of(text, context.script)
        if script != context.script and "Latn" not in (script, context.script):
            yield "other-script", {"text": text, "script": script}


def check_numbers(document: Document, entries: Sequence[Entry], before: Sequence[Entry] = ()) -> Iterator[Finding]:
    """
    Yield findings on numbers that repeat, are skipped or run backwards within one table.

    Args:
        document: Where the entries are.

        entries: The entries of one table, in order.

        before: The entries of the tables before it, whose numbers may go on.
    """
    numbered = [entry for entry in entries if not entry.part and entry.number is not None]
    stated = [entry.number or 0 for entry in numbered]
    if len(stated) > _LEAST_BACKWARDS and all(one > other for one, other in pairwise(stated)):
        place = numbered[0].place.join(numbered[-1].place)
        yield _report_number(document, "numbers-backwards", place, first=stated[0], last=stated[-1])
        return
    numbers: set[int] = set()
    last = next((entry.number for entry in reversed(before) if entry.number is not None), 0)
    previous = last if stated[:1] == [last + 1] else 0
    for entry in numbered:
        assert entry.number is not None
        if entry.number in numbers:
            yield _report_number(document, "repeated-number", entry.place, number=entry.number)
        elif entry.number > previous + 1:
            yield _report_number(document, "skipped-number", entry.place, number=entry.number, expected=previous + 1)
        numbers.add(entry.number)
        previous = entry.number


def _report_number(document: Document, code: str, place: Place, **values: int) -> Finding:
    """Return a finding on a row's number."""
    return Finding(code, document.name, place, {name: str(value) for name, value in values.items()})
