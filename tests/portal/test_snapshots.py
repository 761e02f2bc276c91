"""Snapshots: what is written is read again, and what is damaged is refused."""

import gzip
import json

import pytest

from dcat_hk.core.errors import InputError
from dcat_hk.portal.records import PortalRecord, PortalResource
from dcat_hk.portal.snapshots import (
    NotASnapshot,
    SnapshotHead,
    SnapshotRemark,
    SnapshotSource,
    date_of,
    make_snapshot,
    read_snapshot,
    record_loss,
    snapshot_paths,
    write_snapshot,
)

PIERS = PortalRecord(
    "hk-xyz-piers",
    "hk-xyz",
    {"en": "Piers", "zh-Hant": "碼頭"},
    {"en": "Where they are"},
    "transport",
    ("CSV", "JSON"),
    (PortalResource("https://files.example/a.csv", "1f", {"en": "Piers"}, format="CSV", issued="2025-01-02", size=12),),
    "2025-01-02",
    "2025-03-04",
    {"en": "Annually"},
    {"en": "https://files.example/dictionary.pdf"},
    email="data@xyz.example",
)
BUOYS = PortalRecord("hk-xyz-Buoys", "hk-xyz", {"en": "Buoys"})


def sample(day="2025-09-13", records=(PIERS, BUOYS)):
    """Return a snapshot of two records."""
    source = SnapshotSource("piers.json", "0" * 64, 12, "package_search", "en", 2)
    head = SnapshotHead(date=day, complete=True, sources=(source,), findings=(SnapshotRemark("a", "b", {"c": "d"}),))
    return make_snapshot(head, records)


def test_what_is_written_is_read_again(tmp_path):
    """All that is known of records and of the snapshot is kept."""
    snapshot = sample()
    written = write_snapshot(snapshot, tmp_path / "portal" / "2025-09-13")
    assert [path.name for path in written] == ["2025-09-13.jsonl.gz", "2025-09-13.json"]
    for path in (*written, tmp_path / "portal" / "2025-09-13"):
        assert read_snapshot(path) == snapshot
    assert snapshot.head.counts == {"en": 2, "zh-Hant": 1}


def test_same_records_same_bytes(tmp_path):
    """Neither the order of records nor the name of the file changes a byte."""
    one = write_snapshot(sample(), tmp_path / "one.jsonl.gz")
    other = write_snapshot(sample(records=(BUOYS, PIERS)), tmp_path / "a longer name.jsonl.gz")
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
    assert one[0].read_bytes()[3:8] == b"\0" * 5


def test_a_line_has_the_names_that_are_documented(tmp_path):
    """Other programs read the lines."""
    lines, head = write_snapshot(sample(), tmp_path / "s.jsonl.gz")
    read = [json.loads(line) for line in gzip.decompress(lines.read_bytes()).splitlines()]
    assert [one["slug"] for one in read] == ["hk-xyz-Buoys", "hk-xyz-piers"]
    assert read[1]["titles"] == {"en": "Piers", "zh-Hant": "碼頭"}
    assert read[1]["resources"][0] | {"format": "CSV", "issued": "2025-01-02"} == read[1]["resources"][0]
    assert json.loads(head.read_bytes())["records"] == 2


def test_lines_need_not_be_packed(tmp_path):
    """A name that ends in jsonl is written, and found again, as plain text."""
    lines, _head = write_snapshot(sample(), tmp_path / "s.jsonl")
    assert lines.read_text(encoding="utf-8").count("\n") == 2
    assert read_snapshot(tmp_path / "s.jsonl") == read_snapshot(tmp_path / "s") == sample()


@pytest.mark.parametrize(
    ("name", "created", "expected"), [("hsd-2023-01", "2024-05-06", "2023-01"), ("piers", "2024-05-06", "2024-05-06")]
)
def test_lines_without_a_head_are_incomplete(tmp_path, name, created, expected):
    """Their date is that of the name, else the newest in them."""
    (tmp_path / f"{name}.jsonl").write_text(json.dumps({"slug": "hk-xyz-a", "created": created}), encoding="utf-8")
    head = read_snapshot(tmp_path / f"{name}.jsonl").head
    assert (head.date, head.complete, head.records) == (expected, False, 1)


def refusal(path):
    """Return the code of the error that a damaged snapshot is refused with, in three languages."""
    with pytest.raises(InputError) as caught:
        read_snapshot(path)
    assert len({caught.value.tell(language) for language in ("en", "zh-Hant", "zh-Hans")}) == 3
    return caught.value.code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda data: data[:-9], "portal.packed"),
        (lambda data: data[:20] + b"?" + data[21:], "portal.packed"),
        (lambda data: data[:2], "portal.packed"),
        (lambda data: b"<html>" + data, "portal.bad-line"),
    ],
)
def test_damaged_bytes_are_refused(tmp_path, change, code):
    """A file that was cut or changed is no snapshot."""
    lines, _head = write_snapshot(sample(), tmp_path / "s.jsonl.gz")
    lines.write_bytes(change(lines.read_bytes()))
    assert refusal(lines) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda text: text + b"{", "portal.bad-line"),
        (lambda text: text + b'{"slug": 1}\n', "portal.bad-line"),
        (lambda text: b"\xff\xfe" + text, "portal.bad-line"),
        (lambda text: text + b'{"slug": "a", "more": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "portal.bad-line"),
        (lambda text: text * 2, "portal.twice"),
        (lambda text: text.splitlines(keepends=True)[0], "portal.other-head"),
        (lambda text: text.replace(b"Buoys", b"buoys"), "portal.other-head"),
        (lambda text: text[:0], "portal.other-head"),
    ],
)
def test_lines_that_are_not_those_of_the_head_are_refused(tmp_path, change, code):
    """Lines that are no records, or are not those that were written."""
    lines, _head = write_snapshot(sample(), tmp_path / "s.jsonl.gz")
    lines.write_bytes(gzip.compress(change(gzip.decompress(lines.read_bytes()))))
    assert refusal(lines) == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("<html>", "portal.bad-head"),
        ("{}", "portal.bad-head"),
        ('{"date": "2025-09", "more": ' + "[" * 100_000 + "]" * 100_000 + "}", "portal.bad-head"),
        ('{"date": "2025-13"}', "portal.bad-date"),
        ('{"date": "2025-09", "version": 2}', "portal.newer"),
    ],
)
def test_heads_that_are_none_are_refused(tmp_path, text, code):
    """A head without a date, or of a later version."""
    lines, head = write_snapshot(sample(), tmp_path / "s.jsonl.gz")
    head.write_text(text, encoding="utf-8")
    assert refusal(lines) == code


def test_a_head_that_somebody_changed_is_not_believed(tmp_path):
    """What it says of the day decides what is due. Laid out otherwise it says the same; old heads have no digest."""
    lines, path = write_snapshot(sample(), tmp_path / "s.jsonl.gz")
    head = json.loads(path.read_bytes())
    path.write_text(json.dumps(head), encoding="utf-8")
    assert read_snapshot(lines).head == sample().head
    for changed in ({"date": "2024-01-01"}, {"complete": not head["complete"]}, {"lost": 9}):
        path.write_text(json.dumps(head | changed), encoding="utf-8")
        assert refusal(lines) == "portal.changed-head"
    old = {name: value for name, value in head.items() if name != "head_sha256"}
    path.write_text(json.dumps(old), encoding="utf-8")
    assert read_snapshot(lines).head == sample().head


def test_a_snapshot_that_is_not_there_is_refused(tmp_path):
    """A head alone is no snapshot."""
    lines, _head = write_snapshot(sample(), tmp_path / "s.jsonl.gz")
    lines.unlink()
    assert refusal(lines) == refusal(tmp_path / "other") == "inputs.unreadable"


def test_lines_without_any_date_are_refused(tmp_path):
    """Without a date nobody can say what was due."""
    (tmp_path / "s.jsonl").write_text('{"slug": "hk-xyz-a"}\n', encoding="utf-8")
    with pytest.raises(NotASnapshot) as caught:
        read_snapshot(tmp_path / "s.jsonl")
    assert caught.value.code == "portal.undated"


def test_what_unpacks_to_too_much_is_refused(tmp_path, monkeypatch):
    """A small file that unpacks to any number of bytes is not read to its end."""
    from dcat_hk.portal import snapshots

    monkeypatch.setattr(snapshots, "_LARGEST", 100)
    lines, _head = write_snapshot(sample(), tmp_path / "s.jsonl.gz")
    assert refusal(lines) == "portal.too-large"


def test_paths_of_a_snapshot(tmp_path):
    """A name may be that of either file; a dot in a name is no ending."""
    names = [path.name for path in snapshot_paths(tmp_path / "portal.v2")]
    assert names == ["portal.v2.jsonl.gz", "portal.v2.json"]
    assert (
        snapshot_paths(tmp_path / "s.json") == snapshot_paths(tmp_path / "s") == snapshot_paths(tmp_path / "s.jsonl.gz")
    )


def test_a_folder_stands_for_its_newest_snapshot(tmp_path):
    """The head says how new a snapshot is, where there is one; else its name."""
    write_snapshot(sample("2025-09-13"), tmp_path / "b")
    write_snapshot(sample("2025-08"), tmp_path / "c.jsonl.gz")
    (tmp_path / "2024-01.jsonl").write_text('{"slug": "hk-xyz-a"}\n', encoding="utf-8")
    assert read_snapshot(tmp_path).head.date == "2025-09-13"
    (tmp_path / "none").mkdir()
    with pytest.raises(NotASnapshot) as caught:
        read_snapshot(tmp_path / "none")
    assert caught.value.code == "portal.no-snapshot"


def test_a_loss_is_recorded():
    """The head says how much of the snapshot before is gone; its records stay as they are."""
    snapshot = sample()
    assert record_loss(snapshot, 7).head.lost == 7
    assert record_loss(snapshot, 7).records is snapshot.records


def test_the_date_is_that_of_the_head_else_of_the_name_else_of_the_lines(tmp_path):
    """A head may be missing."""
    lines, head = write_snapshot(make_snapshot(SnapshotHead(date="2025-09-13"), [PIERS]), tmp_path / "2025-09")
    assert date_of(lines) == "2025-09-13"
    head.unlink()
    assert date_of(lines) == "2025-09"
    assert date_of(lines.rename(tmp_path / "piers.jsonl.gz")) == read_snapshot(tmp_path / "piers").head.date
