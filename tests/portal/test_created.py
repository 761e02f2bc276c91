"""Which days of creation mean something."""

import tomllib

from support.paths import ROOT

from dcat_hk.portal import created
from dcat_hk.portal.created import MASS, find_created
from dcat_hk.portal.records import PortalRecord
from dcat_hk.portal.snapshots import SnapshotHead, make_snapshot


def snapshot(day, days, *, complete=True):
    """Return a snapshot of records with the days when they were made, by slug."""
    records = [PortalRecord(slug, created=made) for slug, made in days.items()]
    return make_snapshot(SnapshotHead(date=day, complete=complete), records)


def test_a_day_on_which_many_records_were_made_means_nothing():
    """Twenty on a day are too many, nineteen are not."""
    many = {f"a{number}": "2025-02-03" for number in range(MASS)}
    few = {f"b{number}": "2025-02-04T16:30:00" for number in range(MASS - 1)}
    found = find_created(snapshot("2025-09", many | few))
    assert set(found) == set(few)
    assert set(found.values()) == {"2025-02-04"}


def test_a_known_day_means_nothing_in_a_snapshot_of_one_body_either():
    """The few records of one body do not show that hundreds were made that day."""
    assert find_created(snapshot("2025-09", {"a": "2021-07-02", "b": "2023-12-19", "c": "2024-08-28"})) == {
        "c": "2024-08-28"
    }


def test_records_without_a_day_have_none():
    """What is empty or no day is left out."""
    assert find_created(snapshot("2025-09", {"a": "", "b": "2025", "c": "2025-02-31"})) == {}


def test_an_earlier_snapshot_that_has_the_record_says_when_it_was_made_first():
    """A record that was made anew when its body was reorganised keeps its first day."""
    earlier = snapshot("2023-06", {"a": "2023-05-06"})
    assert find_created(snapshot("2025-09", {"a": "2024-07-25"}), [earlier]) == {"a": "2023-05-06"}


def test_a_record_that_was_seen_before_it_was_made_has_no_day():
    """Such a day is that of a reset."""
    earlier = snapshot("2023-06-01", {"a": "2023-06-02"})
    assert find_created(snapshot("2025-09", {"a": "2023-06-02"}), [earlier]) == {}


def test_a_record_that_a_complete_snapshot_lacked_after_it_was_made_has_no_day():
    """It was made, but not shown: when it was released is not known. An incomplete snapshot says nothing of it."""
    now = snapshot("2025-09", {"a": "2023-05-06"})
    assert find_created(now, [snapshot("2024-01", {"b": "2023-05-06"})]) == {}
    assert find_created(now, [snapshot("2024-01", {"b": "2023-05-06"}, complete=False)]) == {"a": "2023-05-06"}
    assert find_created(now, [snapshot("2023-05", {"b": "2023-01-06"})]) == {"a": "2023-05-06"}


def test_the_known_days_are_those_of_the_recorded_catalogue(shared):
    """The table of days is what the recorded list of all records shows."""
    lines = (shared / "reference/portal/derived_catalogue_en_2025-09.tsv").read_text(encoding="utf-8").splitlines()
    days = [line.split("\t")[5] for line in lines[1:]]
    counts = {day: days.count(day) for day in set(days) if days.count(day) >= MASS}
    table = tomllib.loads((ROOT / "dcat_hk/portal/massdays.toml").read_text(encoding="utf-8"))["days"]
    assert table == counts
    assert created._known_masses() == set(counts)
