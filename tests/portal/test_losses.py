"""A snapshot that lost too much."""

import pytest

from dcat_hk.core.errors import InputError
from dcat_hk.portal.losses import SnapshotLoss, find_loss, refuse_loss
from dcat_hk.portal.records import PortalRecord
from dcat_hk.portal.snapshots import NotASnapshot, SnapshotHead, make_snapshot, read_snapshot, write_snapshot


def snapshot(day, count, provider="hk-xyz", start=0):
    """Return a snapshot of records of a body."""
    records = [PortalRecord(f"{provider}-{number}", provider) for number in range(start, count)]
    return make_snapshot(SnapshotHead(date=day), records)


@pytest.mark.parametrize(
    ("before", "path"),
    [
        ("2025-08", "2025-09"),
        ("2025-08.jsonl", "2025-09.jsonl.gz"),
        ("hsd-2025-08", "hsd-2025-09"),
        ("s", "s"),
        ("before", "after"),
        ("before", "2025-09"),
    ],
)
def test_the_snapshot_before_is_found(tmp_path, before, path):
    """In the place of the new one, or beside it, of an earlier day."""
    write_snapshot(snapshot("2025-06", 10), tmp_path / "2025-06")
    write_snapshot(snapshot("2025-08", 20), tmp_path / before)
    loss = find_loss(snapshot("2025-09", 20, start=5), tmp_path / path)
    assert (loss.before, len(loss.gone), loss.is_too_large) == (20, 5, True)
    assert "5 of the 20 records" in str(refuse_loss(loss))
    assert isinstance(refuse_loss(loss), InputError)


@pytest.mark.parametrize(
    ("before", "day", "provider"),
    [("hsd-2025-08", "2025-08", "hk-xyz"), ("full", "2025-09", "hk-xyz"), ("before", "2025-08", "hk-other")],
)
def test_other_snapshots_in_the_folder_are_none_before(tmp_path, before, day, provider):
    """Of another series, of the same day, or of other bodies."""
    write_snapshot(snapshot(day, 20, provider), tmp_path / before)
    path = "epd-2025-09" if before.startswith("hsd") else "new"
    assert find_loss(snapshot("2025-09", 2), tmp_path / path) is None


@pytest.mark.parametrize("other", ["head", "lines"])
def test_a_snapshot_is_replaced_that_was_only_half_replaced(tmp_path, other):
    """Whoever was killed in between has left a head with other lines: the same run again succeeds."""
    lines, head = write_snapshot(snapshot("2025-09", 20), tmp_path / "s")
    kept = {"lines": lines, "head": head}[other]
    data = kept.read_bytes()
    write_snapshot(snapshot("2025-09", 20, start=1), tmp_path / "s")
    kept.write_bytes(data)
    with pytest.raises(NotASnapshot):
        read_snapshot(tmp_path / "s")
    assert find_loss(snapshot("2025-09", 20, start=1), tmp_path / "s").before in (19, 20)


def test_what_is_no_snapshot_is_passed_over(tmp_path):
    """Other files in the folder are not looked at."""
    (tmp_path / "2025-01.json").write_text("<html>", encoding="utf-8")
    (tmp_path / "2025-01.jsonl").write_text("<html>", encoding="utf-8")
    (tmp_path / "2025-02.json").write_text("{}", encoding="utf-8")
    assert find_loss(snapshot("2025-09", 2), tmp_path / "2025-09") is None


@pytest.mark.parametrize(("gone", "expected"), [(0, False), (10, False), (11, True), (100, True)])
def test_a_tenth_may_be_gone(gone, expected):
    """More than that is no daily work of a portal."""
    assert SnapshotLoss("2025-08", 100, ("a",) * gone).is_too_large is expected
