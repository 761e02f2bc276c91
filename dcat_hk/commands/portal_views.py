"""
What `dcat-hk portal show` shows of a snapshot: a table or JSON.

In: the head of a snapshot and records of it. Out: text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from ..core.text import printable
from ..core.wording.refusals import join_items, say
from .output import format_table

if TYPE_CHECKING:
    from ..portal.records import PortalRecord
    from ..portal.snapshots import SnapshotHead

_COLUMNS = ("slug", "provider", "title", "category", "formats", "created", "modified")


def snapshot_as_json(head: SnapshotHead, records: Sequence[PortalRecord], _language: str) -> str:
    """
    Return the head and records as JSON: an object with `head` and `records`.

    Args:
        head: The head of the snapshot.

        records: Records of it.
    """
    import msgspec

    text = msgspec.json.encode({"head": head, "records": records})
    return msgspec.json.format(text, indent=2).decode() + "\n"


def snapshot_as_table(head: SnapshotHead, records: Sequence[PortalRecord], language: str) -> str:
    """
    Return the head as a line, and records as a table.

    Args:
        head: The head of the snapshot.

        records: Records of it.

        language: The language of headings, and of titles where the snapshot has them.
    """
    code = "portal-views.snapshot" if head.complete else "portal-views.incomplete-snapshot"
    line = say(code, language, date=head.date, records=head.records, languages=join_items(head.languages, language))
    columns = [say(f"portal-views.column-{name}", language) for name in _COLUMNS]
    rows = [
        [
            one.slug,
            printable(one.provider),
            printable(one.title(language)),
            printable(one.category),
            printable(", ".join(one.formats)),
            printable(one.created),
            printable(one.modified),
        ]
        for one in records
    ]
    return f"{line}\n" + format_table("", columns, rows)


FORMATS: Mapping[str, Callable[[SnapshotHead, Sequence[PortalRecord], str], str]] = {
    "json": snapshot_as_json,
    "table": snapshot_as_table,
}
