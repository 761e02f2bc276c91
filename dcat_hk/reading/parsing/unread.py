"""
Findings on what was not read: sections that cannot be told, and text that no rule took.

In: the regions of a document and its ledger. Out: findings, one for each table and not one for each word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...core.errors import Finding
from ...core.place import Place
from ...core.text import plain
from ..documents import Document, Line, Row
from ..documents.document import spans_of_block
from ..recognisers.headers import header_of_row, is_other_header
from ..recognisers.headings import nearest_heading, read_signs
from ..recognisers.values import find_formats
from .head import is_plan_name
from .ledger import Ledger, Leftover, texts_of
from .outline import Region
from .running.rows import opens_row
from .steps import RegionReading

#: How much of a text left over a finding quotes.
_QUOTED = 60
#: The findings on rows that were seen and left out.
_ROWS_LEFT_OUT = frozenset({"columns-out-of-order", "unclear-columns", "unread-row", "row-does-not-fit"})


def check_unread(
    document: Document, readings: Sequence[RegionReading], ledger: Ledger, findings: Sequence[Finding] = ()
) -> Iterator[Finding]:
    """
    Yield a finding for each section that cannot be told, for text that no rule took, and for a plan of mere headings.

    Args:
        document: Where the regions are.

        readings: All regions with their rows; those without a section were not read.

        ledger: Has the text left over.

        findings: What is known of the document already, such as rows that were left out.
    """
    left_out = any(finding.loses_rows for finding in findings)
    if readings and not left_out and not any(reading.region.blocks for reading in readings):
        yield Finding("plan-without-rows", document.name)
    left_by_line: dict[int, Leftover] = {left.place.first - 1: left for left in ledger.leftovers}
    told = {each.place.first - 1 for each in findings if each.place and each.code in _ROWS_LEFT_OUT}
    unread = {each.place.first - 1 for each in findings if each.place and each.code == "unread-row"}
    without_header = {each.place.first - 1 for each in findings if each.place and each.code == "table-without-header"}
    for reading in readings:
        region = reading.region
        lines = dict.fromkeys(span.line for block in region.blocks for span in spans_of_block(block))
        lefts = [left_by_line.pop(line) for line in lines if line in left_by_line]
        if not region.has_rows and not without_header.isdisjoint(lines):
            continue  # One finding on a table without a header says all that there is to say of its texts.
        signs = read_signs(plain(region.heading))
        if not region.section and lefts and signs.requested:
            yield Finding("requests-section", document.name, lefts[0].place, {"text": _shorten(region.heading)})
        elif not region.section and (count := _count_rows(document, region)):
            first = next(span for block in region.blocks for span in spans_of_block(block))
            place = document.place([first])
            if signs.withdrawn:
                values = {"text": _shorten(region.heading), "count": str(count)}
                yield Finding("withdrawn-section", document.name, place, values)
            else:
                yield _report_heading(document, region.heading, place, count, document.slice(first))
        elif (
            region.section
            and not reading.rows
            and told.isdisjoint(lines)
            and (lost := next(filter(_is_like_row, lefts), None))
        ):
            values = {"heading": _shorten(region.heading) or region.section, "text": _shorten(lost.text)}
            yield Finding("unread-section", document.name, lost.place, values)
        elif region.has_rows and len(lefts) > 1:
            values = {"text": _shorten(lefts[0].text), "count": str(len(lefts))}
            yield Finding("unassigned-texts", document.name, lefts[0].place, values)
        else:
            yield from (_report_text(document, left) for left in lefts if left.place.first - 1 not in unread)
    yield from _report_outside(document, left_by_line)


def _report_outside(document: Document, left_by_line: dict[int, Leftover]) -> Iterator[Finding]:
    """Yield findings on text outside of all regions: one for each table that stands in no section, with its rows."""
    above, rows, lines = "", list[Leftover](), list[Leftover]()
    is_other = False
    for block in document.blocks:
        lefts = [left_by_line.pop(span.line) for span in spans_of_block(block) if span.line in left_by_line]
        is_row = isinstance(block, Row) and len(lefts) > 1
        is_next_table = is_row and block.apart and bool(rows)
        if rows and (is_next_table or not is_row):
            yield _report_rows(document, above, rows, is_other)
            rows = []
        if is_next_table or not lefts:
            yield from _report_lines(document, lines)
            lines = []
        if is_row and isinstance(block, Row):
            is_other = is_other_header(texts_of(document, block)) if not rows else is_other
            rows.append(lefts[0])
        else:
            lines += lefts
        if isinstance(block, Line):
            above = document.slice(block.span)
    if rows:
        yield _report_rows(document, above, rows, is_other)
    yield from _report_lines(document, [*lines, *left_by_line.values()])


def _report_rows(document: Document, above: str, rows: Sequence[Leftover], is_other: bool) -> Finding:
    """Return the finding on a table in no section, which may be of other things; the plan's title does not head it."""
    if is_other:
        values = {"text": _shorten(rows[0].text), "count": str(len(rows))}
        return Finding("unassigned-texts", document.name, rows[0].place, values)
    return _report_heading(document, "" if is_plan_name(above) else above, rows[0].place, len(rows), rows[0].text)


def _report_lines(document: Document, lines: Sequence[Leftover]) -> Iterator[Finding]:
    """Yield the finding on lines that are rows of one table, if any begins with a number; else one on each line."""
    rows = [left for left in lines if opens_row(left.text)]
    if rows and len(lines) > 1:
        yield _report_heading(document, lines[0].text, rows[0].place, len(rows))
    else:
        yield from (_report_text(document, left) for left in lines)


def _is_like_row(left: Leftover) -> bool:
    """Tell whether a text that no rule took has a number or a format, as datasets have and remarks seldom do."""
    return opens_row(left.text) or bool(find_formats(left.text)[0])


def _count_rows(document: Document, region: Region) -> int:
    """Return how many rows of cells a region has, or how many of its lines begin with a number as rows do."""
    rows = [texts_of(document, block) for block in region.blocks if isinstance(block, Row)]
    if rows:
        return sum(1 for texts in rows if not header_of_row(texts)) or 1
    return sum(1 for block in region.blocks if isinstance(block, Line) and opens_row(document.slice(block.span)))


def _report_heading(document: Document, above: str, place: Place, count: int, first: str = "") -> Finding:
    """Return the finding on rows of a table of which it cannot be told to which section it belongs."""
    values = {"text": _shorten(above or first) or "–", "nearest": nearest_heading(above), "count": str(count)}
    return Finding("unread-heading", document.name, place, values)


def _report_text(document: Document, left: Leftover) -> Finding:
    """Return the finding on one text that no rule took."""
    return Finding("unassigned-text", document.name, left.place, {"text": _shorten(left.text)})


def _shorten(text: str) -> str:
    """Return the beginning of a text."""
    return text if len(text) <= _QUOTED else text[:_QUOTED] + "…"
