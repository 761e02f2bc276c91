"""What several snapshots say of one record."""

from dcat_hk.portal.records import PortalRecord, PortalResource
from dcat_hk.portal.uniting import unite_records

FILE = PortalResource("https://a.example/a.csv", format="CSV")


def test_languages_that_the_newest_snapshot_was_not_read_in_come_from_older_ones():
    """The newest of these counts, and only snapshots that are needed are named."""
    oldest = PortalRecord("a", titles={"en": "A", "zh-Hant": "舊"})
    older = PortalRecord("a", titles={"zh-Hant": "甲"}, notes={"zh-Hant": "說明"})
    newest = PortalRecord("a", titles={"en": "B"}, formats=("CSV",))
    record, dates = unite_records([("2024-01", oldest), ("2025-01", older), ("2025-09", newest)])
    assert (record.titles, record.notes) == ({"en": "B", "zh-Hant": "甲"}, {"zh-Hant": "說明"})
    assert dates == ("2025-01", "2025-09")


def test_resources_come_from_an_older_snapshot_only_if_the_newest_lists_none():
    """A snapshot of titles and formats lists no resource; one whose record was emptied has no format either."""
    older = PortalRecord("a", formats=("CSV",), resources=(FILE,))
    thin, _dates = unite_records([("2025-01", older), ("2025-09", PortalRecord("a", formats=("CSV",)))])
    empty, dates = unite_records([("2025-01", older), ("2025-09", PortalRecord("a"))])
    assert (thin.resources, empty.resources) == ((FILE,), ())
    assert dates == ("2025-09",)


def test_one_snapshot_says_what_it_says():
    """Nothing is added."""
    record = PortalRecord("a", titles={"en": "A"})
    assert unite_records([("2025-09", record)]) == (record, ("2025-09",))
