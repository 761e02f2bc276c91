"""
What a row says of its own dataset, whatever its section says: released, put off, given up.

In: the texts of a row, the role of its section's dates, the month of the plan. Out: the role and date that hold for the
row, and findings. What the row says in no clear words changes nothing and is told.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ...core.errors import Finding
from ...core.plan import DateRole
from ..recognisers.dates import StatedDate, read_date
from ..recognisers.statements import (
    Kind,
    Statement,
    find_former_dates,
    is_dropping,
    is_punctual,
    is_suspended,
    is_vague,
    read_date_statement,
    read_remark,
    read_status,
)
from ..recognisers.words import is_none

_STAGES = {"target": "planned", "released": "released"}
#: How much of a text a finding quotes.
_QUOTED = 80
#: What stands in a finding in place of a date.
_NO_DATE = "–"


@dataclass(frozen=True, slots=True)
class RowStage:
    """The role and the date of a row, the text that states the date, whether the row is given up, and what to tell."""

    role: DateRole
    date: StatedDate
    date_raw: str
    is_given_up: bool = False
    findings: tuple[tuple[str, Mapping[str, str]], ...] = ()

    @property
    def is_own(self) -> bool:
        """Tell whether the row says something else of its date than its section does."""
        return any(code in {"stage-by-row", "deferred-row"} for code, _values in self.findings)


@dataclass(frozen=True, slots=True)
class _Said:
    """One statement of a row: the field it stands in, its words, and what it says."""

    field: str
    words: str
    statement: Statement

    @property
    def kind(self) -> str:
        """Return what it says."""
        return self.statement.kind


def settle_row(
    texts: Mapping[str, str],
    role: DateRole,
    dated: str | None,
    is_report: bool = False,
    labelled: DateRole | None = None,
) -> RowStage:
    """
    Return the role and the date of a row.

    Args:
        texts: The texts of its cells by field.

        role: The role of the dates of its section.

        dated: The month of the plan, None if it is not known.

        is_report: Whether its section reports on progress, so that a row under way has not been released.

        labelled: What the label above its date says that the date is, None if it does not say.

    >>> texts = {"date": "03/2025", "status": "Released in 02/2025"}
    >>> stage = settle_row(texts, "target", "2025-12")
    >>> stage.role, stage.date.month, stage.findings[0][0]
    ('released', '2025-02', 'stage-by-row')
    >>> settle_row({"date": "09/2025", "description": "Release deferred to 04/2026"}, "target", None).date.month
    '2026-04'
    """
    cell = texts.get("date", "")
    date = read_date(cell)
    dates = _read_later_dates(texts, date) if role == "target" else []
    if (not cell or is_none(cell)) and dates and dates[0].field == "revised":
        # A revised date alone is the date.
        cell, date, dates = dates[0].words, dates[0].statement.date, []
    said = [
        *dates,
        *(_compare(each, date, dated) if role == "target" else _doubt(each) for each in _read_statements(texts)),
    ]
    in_cell = next((each.statement for each in said if each.field == "date"), Statement())
    if not date.is_stated and in_cell.date.is_stated and in_cell.kind != "unclear":
        date = in_cell.date
    stage = RowStage(role, date, cell)
    firm = [each for each in said if each.kind in {"released", "deferred", "withdrawn"}]
    if len({each.kind for each in firm}) > 1:
        return _tell(stage, "unclear-row", firm, stage=_STAGES[role])
    doubtful = [each for each in said if _is_doubtful(each, role)]
    unknown = [each for each in said if each.kind == "unknown"]
    if not firm:
        kinds = {"planned", "underway"} if is_report else {"planned"}
        contrary = [each for each in said if role == "released" and each.kind in kinds]
        if contrary and not doubtful:
            return _tell(replace(stage, role="target"), "target-by-row", contrary)
        stage = _tell(stage, "unclear-row", doubtful, stage=_STAGES[role])
        return _tell(stage, "unknown-status", unknown, count="1")
    kind = firm[0].kind
    if kind == "withdrawn":
        return replace(_tell(stage, "cancelled-row", firm), is_given_up=True)
    if kind == "deferred":
        return _put_off(stage, firm)
    return stage if role == "released" else _release(stage, firm, dated, labelled)


def _read_later_dates(texts: Mapping[str, str], date: StatedDate) -> list[_Said]:
    """Return what the later dates of a planned row say: when it came, else to when it was put off."""
    kinds: Mapping[str, Kind] = {"actual": "released", "revised": "deferred"}
    for name, kind in kinds.items():
        text = texts.get(name, "").strip()
        stated = read_date(text)
        said = Statement(kind, 0, len(text), stated) if stated.is_stated else read_status(text)
        if said.kind == "planned":
            # "To be confirmed" beside the date that was given before.
            said = Statement(kind if kind == "deferred" else "", 0, len(text))
        if said.kind and (kind == "released" or stated != date):
            return [_Said(name, text, said)]
    return []


def _read_statements(texts: Mapping[str, str]) -> list[_Said]:
    """Return what the cells of a row say of its dataset."""
    found = [
        (name, text, read(text))
        for name, read in (("date", read_date_statement), ("description", read_remark), ("status", read_status))
        if (text := texts.get(name, ""))
    ]
    return [_Said(name, text[each.start : each.end].strip(), each) for name, text, each in found if each.kind]


def _compare(said: _Said, date: StatedDate, dated: str | None) -> _Said:
    """Return that a planned row was put off where its status names another month; what a remark names is unclear."""
    if said.kind == "changed":
        return replace(said, statement=said.statement._replace(kind="deferred"))
    stated = said.statement.date
    first, last = stated.span
    is_planned = said.kind == "planned" or (
        said.kind == "released" and dated and first > dated and is_vague(said.words)
    )
    if not is_planned or said.field == "date" or not stated.is_stated or not date.is_stated or stated == date:
        return said
    if date.span[0] <= first and last <= date.span[1]:
        return said
    kind: Kind = "deferred" if said.field == "status" else "unclear"
    return replace(said, statement=said.statement._replace(kind=kind))


def _doubt(said: _Said) -> _Said:
    """Return that it is unclear what a released row says that was stopped for a time: it has been released."""
    is_unclear = said.kind == "deferred" and not said.statement.date.is_stated and is_suspended(said.words)
    return replace(said, statement=said.statement._replace(kind="unclear")) if is_unclear else said


def _release(stage: RowStage, said: Sequence[_Said], dated: str | None, labelled: DateRole | None) -> RowStage:
    """
    Return a row that was released: when, if that is stated.

    A target is no month of a release unless the dataset came as planned; nor is a month after the plan.
    """
    own = next((each for each in said if each.statement.date.is_stated), None)
    date, raw = (own.statement.date, own.words) if own else (stage.date, stage.date_raw)
    is_own = own or labelled == "released" or any(is_punctual(each.words) for each in said)
    if not is_own or (not own and dated and date.span[0] > dated):
        date, raw = StatedDate(), said[0].words
    if own and own.field == "date":
        raw = stage.date_raw
    released = replace(stage, role="released", date=date, date_raw=raw)
    return _tell(released, "stage-by-row", said[:1], date=_name_date(date), before=_quote_date(stage))


def _put_off(stage: RowStage, said: Sequence[_Said]) -> RowStage:
    """Return a row that was put off: to when, if that is stated; the date that it was put off from counts no more."""
    if stage.role == "target" and _names_another(stage, said):
        return stage
    own = next((each for each in said if each.statement.date.is_stated), said[0])
    raw = stage.date_raw if own.field == "date" else own.words
    date = own.statement.date
    told = {"date": _name_date(date), "before": _quote_date(stage)}
    return _tell(replace(stage, role="target", date=date, date_raw=raw), "deferred-row", [own], **told)


def _names_another(stage: RowStage, said: Sequence[_Said]) -> bool:
    """Tell whether the dates that are named are only those from which a row was put off: its own is the new one."""
    if not stage.date.is_stated or any(each.statement.date.is_stated for each in said):
        return False
    first, last = stage.date.span
    spans = [date.span for each in said for date in find_former_dates(each.words)]
    return bool(spans) and all(end < first or last < start for start, end in spans)


def _is_doubtful(said: _Said, role: DateRole) -> bool:
    """Tell whether words are unclear of which a section of released datasets does not tell what they mean."""
    is_told = role == "target" or said.field == "status" or is_dropping(said.words) or is_suspended(said.words)
    return said.kind == "unclear" and is_told


def _quote_date(stage: RowStage) -> str:
    """Return the date that a row has as it stands there, a dash where it has none."""
    return _NO_DATE if not stage.date_raw or is_none(stage.date_raw) else stage.date_raw


def _name_date(date: StatedDate) -> str:
    """Return a month or a period as a finding names it, a dash where there is neither."""
    return date.month or (" – ".join(date.period) if date.period else _NO_DATE)


def _tell(row: RowStage, code: str, said: Sequence[_Said], **values: str) -> RowStage:
    """Return a row with a finding on what it says; the same row if it says nothing of the kind."""
    if not said:
        return row
    words = "; ".join(dict.fromkeys(each.words for each in said))
    text = words if len(words) <= _QUOTED else f"{words[:_QUOTED]}…"
    return replace(row, findings=(*row.findings, (code, {"text": text, **values})))


def join_unknown(findings: Sequence[Finding]) -> Iterator[Finding]:
    """
    Yield the findings on a table with one for each text of its status that nobody knows, at the first row that has it.

    Args:
        findings: The findings on the rows of a table.
    """
    counts = Counter(finding.values["text"] for finding in findings if finding.code == "unknown-status")
    for finding in findings:
        if finding.code != "unknown-status":
            yield finding
        elif count := counts.pop(finding.values["text"], 0):
            yield replace(finding, values={**finding.values, "count": str(count)})
