"""
`Document` -> `Plan`, findings and ledger.

In: a document of any kind. Out: a `Reading`. What is no plan gives a reading without a plan, whose ledger
leaves every character over; `Reading.require` raises for it.

Importing this package loads and checks every data file of wordings that reading needs: a mistake in one stops the
program before it reads anything, and not in the middle of a document.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby, pairwise

from ...core.collecting import without_collection
from ...core.errors import Finding, NotAPlan
from ...core.limits import Budget, within
from ...core.place import Place
from ...core.plan import Entry, Plan
from ...core.text import fold, plain
from ...core.vocabularies import Vocabularies, using_vocabularies
from ...core.wording.characters import load_characters
from ...core.wording.messages import load_finding_wordings
from ...core.wording.plans import load_plan_wording
from ..documents import Document, Line
from ..recognisers.titles import can_be_title, ends_with_month, is_one_letter
from ..recognisers.values import is_none
from .appearance import settle_appearance
from .entries import Context, check_numbers, read_entry
from .foot import read_late_month
from .head import find_title_years, is_plan_name
from .ledger import Claims, Ledger, Leftover
from .outline import Outline, read_outline
from .regions import read_regions
from .rowstages import join_unknown
from .script import find_script
from .sections import is_group
from .shapes import read_shapes
from .shapes.bilingual import Editions, has_lines_in_two_languages, split_editions
from .shapes.sequence import PlanPart, leave_out_part, order_editions, split_plans
from .steps import RegionReading
from .twins import has_twins, tabulate
from .unfilled import is_example, leave_out_prompts
from .uniting import is_in_english, leave_out_mixed_rows, says_rest_in_english, unite_editions, unite_parts
from .unread import check_unread

#: The title of a document that holds no sections is looked for in so many blocks.
_MOST_BEFORE = 120
#: A row whose name is one letter states so many other things at least: number, category, date, frequency.
_LEAST_STATED = 3
#: So many rows without a category, if no row has one, are told together.
_FEWEST_TOGETHER = 3

__all__ = ["Ledger", "Leftover", "Reading", "read_plan"]

load_characters()
load_finding_wordings()
load_plan_wording()


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a document gave: the plan if it is one, findings in order, the ledger, and its regions."""

    document: Document
    plan: Plan | None
    findings: tuple[Finding, ...]
    ledger: Ledger
    regions: tuple[RegionReading, ...] = ()

    def require(self) -> Plan:
        """
        Return the plan.

        Raises:
            NotAPlan: The document is none.
        """
        if self.plan is None and self.document.is_recognised:
            raise NotAPlan.of("plans.none-in-scan", self.document.name)
        if self.plan is None:
            _start, years = find_title_years(self.document, self.document.blocks[:_MOST_BEFORE])
            if years:
                values = {"first": str(years[0]), "last": str(years[-1])}
                raise NotAPlan.of("plans.titled", self.document.name, **values)
            raise NotAPlan.of("plans.none", self.document.name)
        return self.plan


def read_plan(document: Document, vocabularies: Vocabularies, budget: Budget | None = None) -> Reading:
    """
    Return the plan that a document holds.

    Args:
        document: Lines and rows.

        vocabularies: Tell categories and organisations from other words.

        budget: What reading it may cost; None for as long as it takes.

    Raises:
        NotAPlan: The time is up.

    >>> from dcat_hk.reading.documents import read_bytes
    >>> from dcat_hk.core.vocabularies import load
    >>> text = '''香港警務處
    ... 2024-2026年度整合開放數據計劃
    ... D. 進度：已經上載的數據集
    ... 編號\\t數據種類\\t數據集名稱\\t一般說明\\t發放日期\\t更新頻率
    ... 1\\t法律及保安\\t罪案數字比較\\t以CSV格式列出\\t10/2016\\t每三個月及有需要時'''
    >>> reading = read_plan(read_bytes(text.encode(), "plan.txt"), load())
    >>> entry = reading.require().entries[0]
    >>> entry.title, entry.date, entry.frequency, entry.formats, reading.ledger.accounted["leftover"]
    ('罪案數字比較', '2016-10', 'QUARTERLY', ('CSV',), 0)
    """
    with within(budget), using_vocabularies(vocabularies), without_collection():
        return _read_plan(document, vocabularies)


@dataclass(frozen=True, slots=True)
class _EditionReading:
    """What was read of a document in one language: the plan if it is one, findings, regions, claims."""

    plan: Plan | None
    findings: list[Finding]
    regions: tuple[RegionReading, ...]
    claims: Claims


def _read_plan(document: Document, vocabularies: Vocabularies) -> Reading:
    """Return the plan that a document holds, within the budget that is set."""
    claims = Claims(document)
    settled, findings = settle_appearance(document, claims)
    settled, unfilled = leave_out_prompts(settled, claims)
    findings += unfilled
    parts = split_plans(settled)
    editions = None if len(parts) > 1 else split_editions(settled, partial(_is_same_category, vocabularies))
    if len(parts) > 1:
        reading = _read_parts(parts, claims, vocabularies)
    elif editions:
        reading = _read_both(editions, vocabularies)
        claims.unite(reading.claims)
    else:
        reading = _read_columns(settled, claims, vocabularies)
        if reading.plan and has_lines_in_two_languages(settled):
            plan, row_findings = leave_out_mixed_rows(reading.plan, reading.findings)
            reading = replace(reading, plan=plan, findings=row_findings)
    ledger = claims.balance()
    findings += reading.findings
    findings += check_unread(document, reading.regions, ledger, findings[:])
    ordered = sorted([*document.findings, *findings], key=_sort_key)
    return Reading(document, reading.plan, tuple(ordered), ledger, reading.regions)


def _read_columns(document: Document, claims: Claims, vocabularies: Vocabularies) -> _EditionReading:
    """
    Return the reading of a document that is in one language, as far as rows of cells show.

    Of words that are known by where they stand only reading tells that a table has a column in each language.
    """
    has_columns = any(isinstance(block, Line) and block.runs for block in document.blocks)
    before = claims.copy() if has_columns else claims
    reading = _read_edition(document, claims, vocabularies)
    if not has_columns or not has_twins(reading.regions):
        return reading
    tabled = tabulate(
        document,
        lambda text: bool(vocabularies.find_category(text)),
        lambda text: bool(vocabularies.find_organisation(text)),
    )
    editions = split_editions(tabled, partial(_is_same_category, vocabularies))
    if not editions:
        return reading
    both = _read_both(editions, vocabularies)
    claims.replace(before)
    claims.unite(both.claims)
    return both


def _read_parts(parts: Sequence[PlanPart], claims: Claims, vocabularies: Vocabularies) -> _EditionReading:
    """Return the reading of a document with several plans: of the first one, and of its editions in other languages."""
    same = [parts[0], *(part for part in parts[1:] if part.is_edition_of(parts[0]))]
    readings = [_read_edition(part.document, claims, vocabularies) for part in order_editions(same)]
    findings = [finding for reading in readings for finding in reading.findings]
    findings += [leave_out_part(part, claims) for part in parts if part not in same]
    plans = [reading.plan for reading in readings if reading.plan]
    plan, more = unite_parts(plans, vocabularies) if plans else (None, [])
    regions = tuple(region for reading in readings for region in reading.regions)
    return _EditionReading(plan, [*findings, *more], regions, claims)


def _is_same_category(vocabularies: Vocabularies, one: str, other: str) -> bool:
    """Tell whether two texts name one category."""
    category = vocabularies.find_category(one)
    return category is not None and category == vocabularies.find_category(other)


def _read_both(editions: Editions, vocabularies: Vocabularies) -> _EditionReading:
    """Return the reading of a document in two languages: of the Chinese text, with what the English text says."""
    readings = [
        _read_edition(editions.chinese, Claims(editions.chinese), vocabularies, True),
        _read_edition(editions.english, Claims(editions.english), vocabularies),
    ]
    if readings[0].plan and (is_in_english(readings[0].plan) or says_rest_in_english(readings[0].plan)):
        readings.reverse()
    first, second = sorted(readings, key=lambda reading: not reading.plan)
    first.claims.unite(second.claims)
    first.claims.add([span for span in editions.signs if first.claims.is_free(span)], "furniture")
    if not first.plan:
        return first
    plan, findings = unite_editions(first.plan, second.plan)
    return _EditionReading(plan, [*first.findings, *findings], first.regions, first.claims)


def _read_edition(
    document: Document, claims: Claims, vocabularies: Vocabularies, is_chinese: bool = False
) -> _EditionReading:
    """Return the plan that a document in one language holds, which may be known to be Chinese."""
    document, findings = read_shapes(document, claims)
    outline = read_outline(document, claims)
    rows, row_findings = read_regions(document, outline, claims, vocabularies)
    outline = replace(outline, dated=outline.dated or read_late_month(document, claims))
    script = find_script(document, is_chinese)
    entries, entry_findings = _read_entries(Context(document, vocabularies, script, outline.dated, outline.years), rows)
    findings += [*row_findings, *entry_findings]
    plan = _make_plan(document, outline, script, entries)
    if plan:
        findings += _check_plan(document, outline, plan, vocabularies)
    return _EditionReading(plan, findings, tuple(rows), claims)


def _sort_key(finding: Finding) -> tuple[Place, str]:
    """Return what sorts findings by place; those on the whole document come first."""
    return finding.place or Place(0, 0), finding.code


def _read_entries(context: Context, readings: Sequence[RegionReading]) -> tuple[tuple[Entry, ...], list[Finding]]:
    """Return the entries of all regions, and findings on them."""
    entries: list[Entry] = []
    findings: list[Finding] = []
    for reading in readings:
        table: list[Entry] = []
        untitled: list[Place] = []
        told: list[Finding] = []
        given_up, dropped = 0, set[Place]()
        for row in reading.rows:
            entry, row_findings = read_entry(context, reading.region, row)
            given_up = given_up if entry.part else 0
            entry = entry._replace(part=entry.part - given_up)
            if is_example(entry.title):
                table.append(entry)
                findings.append(Finding("example-row", context.document.name, entry.place))
            elif not entry.title or is_none(entry.title):
                untitled.append(row.place)
            elif _is_piece(entry) or (reading.way != "cells" and _is_category_alone(entry, context.vocabularies)):
                findings.append(_report_title("unlikely-title", context, entry))
            elif any(finding.code == "cancelled-row" for finding in row_findings):
                given_up += 1
                table.append(entry)
                dropped.add(entry.place)
                told += [finding for finding in row_findings if finding.code == "cancelled-row"]
            elif any(finding.code == "unread-stage" for finding in row_findings):
                table.append(entry)
                dropped.add(entry.place)
                told += [finding for finding in row_findings if finding.code == "unread-stage"]
            else:
                table.append(entry)
                told += row_findings
                if not entry.part and is_one_letter(entry.title):
                    findings.append(_report_title("short-title", context, entry))
        findings += join_unknown(told)
        findings += _report_ownerless(context, [entry for entry in table if entry.place not in dropped])
        findings += _report_untitled(context.document, untitled)
        findings += check_numbers(context.document, table, entries)
        entries += [entry for entry in table if not is_example(entry.title) and entry.place not in dropped]
    findings += _check_titles(context.document, entries)
    return tuple(entries), _join_categories(_join_missing(findings, entries))


def _is_piece(entry: Entry) -> bool:
    """Tell whether the name of a row can be none: it is a piece of something, or that of several cells."""
    return not can_be_title(entry.title, entry.part > 0) or _is_remnant(entry) or _is_run_together(entry)


def _is_category_alone(entry: Entry, vocabularies: Vocabularies) -> bool:
    """Tell whether a row without a category has one in place of its name: what no cells part may have been mixed up."""
    may_be_category = not (entry.part or entry.category or is_group(plain(entry.title)))
    return may_be_category and vocabularies.find_category(entry.title) is not None


def _is_run_together(entry: Entry) -> bool:
    """Tell whether the name of a row without a date ends with one: its cells were not told apart."""
    return not entry.part and not entry.date_raw and ends_with_month(entry.title)


def _is_remnant(entry: Entry) -> bool:
    """Tell whether a row has one letter as its name and little else: it is a piece of another row, or of a header."""
    stated = (entry.number is not None, entry.category, entry.date_raw, entry.frequency_raw)
    return not entry.part and is_one_letter(entry.title) and sum(map(bool, stated)) < _LEAST_STATED


def _report_title(code: str, context: Context, entry: Entry) -> Finding:
    """Return a finding on the name of a row."""
    return Finding(code, context.document.name, entry.place, {"title": entry.title})


def _join_missing(findings: Sequence[Finding], entries: Sequence[Entry]) -> list[Finding]:
    """Return findings with one for all rows without a category, where no row of the plan has one."""
    missing = [finding for finding in findings if finding.code == "missing-category"]
    if len(missing) < _FEWEST_TOGETHER or any(entry.category for entry in entries):
        return list(findings)
    told = replace(missing[0], code="missing-categories", values={"count": str(len(missing))})
    return [told, *(finding for finding in findings if finding.code != "missing-category")]


def _join_categories(findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with one for each spelling of a category that is not known, at its first row."""
    counts = Counter(finding.values["category"] for finding in findings if finding.code == "unknown-category")
    joined: list[Finding] = []
    for finding in findings:
        category = finding.values.get("category", "") if finding.code == "unknown-category" else ""
        if not category:
            joined.append(finding)
        elif count := counts.pop(category, 0):
            joined.append(replace(finding, values={**finding.values, "count": str(count)}))
    return joined


def _report_untitled(document: Document, places: Sequence[Place]) -> list[Finding]:
    """Return the finding on rows of a table that have no name, none if there are none."""
    if len(places) > 1:
        return [Finding("missing-titles", document.name, places[0], {"count": str(len(places))})]
    return [Finding("missing-title", document.name, place) for place in places]


def _report_ownerless(context: Context, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield a finding on the rows of a table of other bodies that do not say whose they are."""
    bare = [entry for entry in entries if entry.section == "C" and not (entry.part or entry.organisation)]
    if bare:
        yield Finding("missing-organisation", context.document.name, bare[0].place, {"count": str(len(bare))})


def _check_titles(document: Document, entries: Sequence[Entry]) -> Iterator[Finding]:
    """Yield a finding for every dataset that is named again."""

    def identity(entry: Entry) -> tuple[str, ...]:
        return fold(entry.title), fold(entry.group or ""), entry.organisation or "", str(entry.spatial)

    places: dict[tuple[str, ...], list[Place]] = {}
    for entry in entries:
        if not entry.part:
            places.setdefault(identity(entry), []).append(entry.place)
    for _identity, same in sorted((key, sorted(stated)) for key, stated in places.items() if len(stated) > 1):
        first, *others = same
        for place in others:
            yield Finding("repeated-title", document.name, place, {"other": str(first)})


def _make_plan(document: Document, outline: Outline, script: str, entries: tuple[Entry, ...]) -> Plan | None:
    """Return the plan, None if the document has no sections or no years."""
    if not outline.regions or not outline.years:
        return None
    return Plan(
        doc=document.name,
        sha256=document.sha256,
        bureau=outline.bureau,
        plan_title=outline.title,
        years=(min(outline.years), max(outline.years)),
        script=script,  # type: ignore[arg-type]
        dated=outline.dated,
        entries=entries,
    )


def _find_plan_name(document: Document) -> str:
    """Return the first line that has the words for a plan, nothing if none has."""
    lines = (document.slice(block.span).strip() for block in document.blocks if isinstance(block, Line))
    return next(filter(is_plan_name, lines), "")


def _check_plan(document: Document, outline: Outline, plan: Plan, vocabularies: Vocabularies) -> Iterator[Finding]:
    """Yield findings on the head of the plan, the order of its sections, and the bodies it names."""
    if len(outline.years) > 1 and outline.years[0] > outline.years[-1]:
        years = {"first": str(outline.years[0]), "last": str(outline.years[-1])}
        yield Finding("years-backwards", document.name, None, years)
    if not outline.title and (unread := _find_plan_name(document)):
        taken = "–".join(str(year) for year in dict.fromkeys(plan.years))
        yield Finding("years-from-headings", document.name, None, {"text": unread, "years": taken})
    sections = [section for section, _same in groupby(region.section for region in outline.regions if region.section)]
    # A title above the sections says that the lines stand in their order: such a plan lists what was released first.
    if not outline.title and len(sections) > 1 and all(one > other for one, other in pairwise(sections)):
        yield Finding("sections-backwards", document.name, None, {"sections": ", ".join(sections)})
    expected = ("A", "B", "C", "D") if plan.years[0] < plan.years[1] else ("A", "C", "D")
    missing = [section for section in expected if section not in sections]
    # A file with few of the sections is an extract.
    if len(missing) == 1:
        yield Finding("missing-section", document.name, None, {"section": missing[0]})
    if plan.dated is None:
        yield Finding("undated-plan", document.name, None, {"month": f"{plan.years[0]}-01"})
    bodies = [plan.bureau, *(region.organisation for region in outline.regions if region.organisation)]
    bodies += [entry.publisher for entry in plan.entries if entry.publisher]
    for name in dict.fromkeys(bodies):
        if not name:
            yield Finding("missing-bureau", document.name)
        elif not vocabularies.find_organisation(name):
            yield Finding("unknown-organisation", document.name, None, {"name": name})
