"""
What `dcat-hk link` shows of rows and records of the portal: a table, JSON, CSV.

In: what linking says of each row. Out: text.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from ..core.text import guard_formula
from ..core.wording.refusals import say
from ..linking.outcomes import RowLink
from ..linking.rows import is_due
from ..portal.snapshots import PortalSnapshot
from .output import format_table


def links_as_json(links: Sequence[RowLink], _snapshot: PortalSnapshot, _language: str) -> str:
    """
    Return what is said of each row as JSON, one line for a row.

    Args:
        links: What is said of each row.
    """
    lines = ",\n ".join(json.dumps(_as_json(one), ensure_ascii=False) for one in links)
    return f"[{lines}]\n"


def _as_json(link: RowLink) -> dict[str, Any]:
    """Return what is said of a row with its keys in order."""
    key = link.item.key
    return {
        "doc": link.plan.head.doc,
        "section": key.section,
        "spatial": key.spatial,
        "organisation": key.organisation,
        "number": key.number,
        "part": link.row.entry.part,
        "slug": link.slug,
        "relation": link.relation,
        "written": link.slug is not None,
        "confidence": link.confidence,
        "candidates": [one.slug for one in link.candidates],
    }


def links_as_csv(links: Sequence[RowLink], snapshot: PortalSnapshot, _language: str) -> str:
    """
    Return one line for each row, with the titles of the row and of the record.

    Args:
        links: What is said of each row.

        snapshot: The records of the portal.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = ("doc", "row", "organisation", "title", "slug", "record_title", "relation", "confidence", "candidates")
    writer.writerow(names)
    for one in links:
        title = snapshot.records[one.slug].title("en") if one.slug else ""
        cells = (
            *(one.plan.head.doc, one.row.entry.row_name, one.item.key.organisation or "", one.row.entry.title),
            *(one.slug or "", title, one.relation or "", "" if one.confidence is None else one.confidence),
            " ".join(candidate.slug for candidate in one.candidates),
        )
        writer.writerow([guard_formula(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue()


def links_as_table(links: Sequence[RowLink], snapshot: PortalSnapshot, language: str) -> str:
    """
    Return a table for each plan, one line for each row, and a summary.

    Args:
        links: What is said of each row.

        snapshot: The records of the portal.

        language: The language of the words.
    """
    columns = [say(f"link-views.{name}", language) for name in ("place", "dataset", "record", "relation", "confidence")]
    tables = []
    for document, own in groupby(links, key=lambda one: one.plan.head.doc):
        title = say("link-views.title", language, document=document, date=snapshot.head.date)
        tables.append(format_table(title, columns, [_line(one, language) for one in own], (columns[-1],)))
    return "".join(tables) + summarise_links(links, snapshot, language) + "\n"


def _line(link: RowLink, language: str) -> list[str]:
    """Return what is said of a row as the cells of a line."""
    organisation = link.item.key.organisation
    place = link.row.entry.row_name + (f" ({organisation})" if organisation else "")
    record = link.slug or ""
    if not record and link.candidates:
        record = say("link-views.maybe", language, candidates=" ".join(one.slug for one in link.candidates))
    relation = say(f"link-views.{link.relation}", language) if link.relation else ""
    confidence = "" if link.confidence is None else f"{link.confidence:.2f}"
    return [place, link.row.entry.title, record, relation, confidence]


def summarise_links(links: Sequence[RowLink], snapshot: PortalSnapshot, language: str) -> str:
    """
    Return how many rows were linked, wait for a person, are not due, or have nothing in question.

    Args:
        links: What is said of each row.

        snapshot: The records of the portal.

        language: The language of the words.
    """
    linked = sum(one.slug is not None for one in links)
    later = sum(not is_due(one.row.entry, snapshot.month) for one in links)
    waiting = sum(one.slug is None and bool(one.candidates) for one in links)
    return say(
        "link-views.summary",
        language,
        rows=len(links),
        links=linked,
        waiting=waiting,
        later=later,
        none=len(links) - linked - waiting - later,
        date=snapshot.head.date,
    )


FORMATS: dict[str, Callable[[Sequence[RowLink], PortalSnapshot, str], str]] = {
    "table": links_as_table,
    "json": links_as_json,
    "csv": links_as_csv,
}
