"""What is shown of a snapshot."""

import json

from dcat_hk.commands.portal_views import FORMATS, snapshot_as_json, snapshot_as_table
from dcat_hk.portal.records import PortalRecord
from dcat_hk.portal.snapshots import SnapshotHead, make_snapshot

PIERS = PortalRecord("hk-xyz-piers", "hk-xyz", {"en": "Pi\x1b[31mers", "zh-Hant": "碼頭"}, formats=("CSV", "JSON"))
HEAD = make_snapshot(SnapshotHead(date="2025-09", complete=True), [PIERS]).head


def test_tables_have_headings_and_titles_in_the_language():
    """A title that is not there in it is shown in another; nothing moves the cursor."""
    assert "碼頭" in snapshot_as_table(HEAD, [PIERS], "zh-Hant")
    english = snapshot_as_table(HEAD, [PIERS], "en")
    assert "Pi\ufffd[31mers" in english
    assert "CSV, JSON" in english
    assert "1 record, in en, zh-Hant; complete." in english
    assert "記錄" in snapshot_as_table(HEAD, [], "zh-Hant")
    assert "not known to be complete" in snapshot_as_table(SnapshotHead(date="2025-09"), [], "en")


def test_json_has_head_and_records():
    """Fields that are empty are left out of records."""
    shown = json.loads(snapshot_as_json(HEAD, [PIERS], "en"))
    assert (shown["head"]["date"], shown["head"]["complete"]) == ("2025-09", True)
    assert shown["records"] == [
        {
            "slug": "hk-xyz-piers",
            "provider": "hk-xyz",
            "titles": {"en": "Pi\x1b[31mers", "zh-Hant": "碼頭"},
            "formats": ["CSV", "JSON"],
        }
    ]
    assert set(FORMATS) == {"table", "json"}
