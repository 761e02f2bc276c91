"""
Regions of a document -> raw rows: which way of reading each region takes.

In: the outline of a document. Out: a `RegionReading` for each region. A table without a header has the columns of the
one before.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ...core.errors import Finding
from ...core.vocabularies import Vocabularies
from ..documents import Document
from ..recognisers.columns import TEXT_FIELDS
from ..recognisers.headers import can_close, is_aside
from .above import fill_from_above
from .cells.labels import Columns
from .cells.tables import TableReading, read_table
from .doubtful import report_doubtful
from .ledger import Claims, text_of
from .merged import unite_categories
from .outline import Outline, Region
from .positions.alignment import Alignment, find_alignment
from .positions.columns import read_columns
from .positions.places import Column
from .positions.regions import PlacedRegion, place_regions
from .restarts import leave_out_restart
from .rows import RawRow, part_categories
from .running.header import RunningHeader
from .running.text import RunningReading, read_running_text
from .stages import settle_stage
from .steps import ColumnReading, RegionReading

#: So many texts of a document are known to be categories or bodies, or none.
_MOST_WORDINGS = 1 << 16


def read_regions(
    document: Document, outline: Outline, claims: Claims, vocabularies: Vocabularies
) -> tuple[list[RegionReading], list[Finding]]:
    """
    Return the raw rows of every region, in the order of the document, and findings on them.

    Args:
        document: Where the regions are.

        outline: The regions; those whose section is not known are not read.

        claims: Where the text of rows, headers and notes is claimed.

        vocabularies: Tell categories and organisations from other words.
    """
    is_category = lru_cache(_MOST_WORDINGS)(lambda text: bool(vocabularies.find_category(text)))
    is_body = lru_cache(_MOST_WORDINGS)(lambda text: bool(vocabularies.find_organisation(text)))
    places = place_regions(document, [region for region in outline.regions if region.section], is_category, is_body)
    reader = _RegionReader(document, claims, is_category, is_body, find_alignment(places), outline.years)
    waiting = iter(places)
    readings = [
        reader.read(region, next(waiting)) if region.section else RegionReading(region, "not read")
        for region in outline.regions
    ]
    readings, findings = fill_from_above(document, readings)
    return readings, _drop_shared_labels([*reader.findings, *findings], reader.unlabelled)


def _drop_shared_labels(findings: Sequence[Finding], unlabelled: Set[str]) -> list[Finding]:
    """
    Return findings without those on a date label that a section contradicts, if the header is that of others, too.

    Args:
        findings: The findings on all regions.

        unlabelled: What the dates of the regions are that have rows and no header of their own.
    """
    shared = len(unlabelled) > 1 or "released" in unlabelled
    return [each for each in findings if not (shared and each.code == "header-contradicts-section")]


def _is_rest_of_header(document: Document, row: RawRow) -> bool:
    """Tell whether a row is the last line of labels that the end of a page cut: a unit stands for its date."""
    date = text_of(document, row.cell("date")) if row.number is None else ""
    if not date or not is_aside(date):
        return False
    texts = [text_of(document, row.cell(name)) for name in TEXT_FIELDS]
    return all(is_aside(text) or can_close(text) for text in texts if text)


@dataclass(slots=True)
class _RegionReader:
    """Reads one region after the other; a table without header has the columns of the one before."""

    document: Document
    claims: Claims
    is_category: Callable[[str], bool]
    is_body: Callable[[str], bool]
    alignment: Alignment
    #: The years of the plan.
    years: Sequence[int]
    columns: Columns | None = None
    #: What the columns are called.
    labels: Sequence[str] = ()
    grid: Sequence[Column] = ()
    header: RunningHeader | None = None
    findings: list[Finding] = field(default_factory=list)
    #: What the dates are in regions that have rows and no label of dates.
    unlabelled: set[str] = field(default_factory=set)

    def read(self, region: Region, place: PlacedRegion | None) -> RegionReading:
        """Return the rows of a region, by positions where there are any, else by cells, else as running text."""
        placed = read_columns(place, self.claims, self.grid, self.alignment) if place else None
        reading: TableReading | RunningReading
        way, columns = "running text", tuple[ColumnReading, ...]()
        if placed:
            reading, self.grid = placed
            way = "positions"
            columns = tuple(ColumnReading(column.names, column.left, column.right) for column in self.grid)
        elif region.has_rows:
            reading = read_table(self.document, region, self.claims, self.is_category, self.columns, self.labels)
            self.columns, self.labels = reading.columns, reading.labels
            way, columns = "cells", tuple(ColumnReading(names) for names in self.columns or ())
        else:
            reading = read_running_text(self.document, region, self.claims, self.is_category, self.is_body, self.header)
            self.header = reading.header
        self.findings += reading.findings
        rows = tuple(row for row in reading.rows if not _is_rest_of_header(self.document, row))
        if way != "cells":
            rows = unite_categories(self.document, rows, self.is_category)
            rows = part_categories(self.document, rows, self.is_category)
            self.findings += report_doubtful(self.document, rows, reading.findings, way == "running text")
        if rows:
            labels = reading.date_labels
            stage = settle_stage(self.document.name, region.section, region.heading, labels, len(rows))
            self.findings += [stage.finding] if stage.finding and not region.by_rows else []
            self.unlabelled |= {stage.role} if stage.role and not labels else set()
            region, rows = replace(region, role=stage.role, labelled=stage.labelled), rows if stage.role else ()
            if stage.role and not region.by_rows:
                kept, strange = leave_out_restart(self.document, rows, stage.role, self.years)
                rows = tuple(kept)
                self.findings += [strange] if strange else []
        return RegionReading(region, way, rows, columns)
