"""What the portal tells of promises, as of a month."""

import pytest

from dcat_hk.reconciliation.evidence import PortalEvidence, Sighting, first_sightings, judge_month, known_evidence


def evidence(*sightings, **fields):
    """Return what snapshots tell of a record."""
    return PortalEvidence("page", sightings, **fields)


def test_only_snapshots_up_to_a_month_are_known():
    """Before the first one nothing is known; a day that a later one tells is not known either."""
    found = evidence(Sighting("2023-01", "", "2023-01"), Sighting("2025-09", "2022-12", "2022-12"))
    assert found.known_in("2022-12") is None
    assert (found.known_in("2024-01").month, found.known_in("2024-01").bounds) == ("", "≤ 2023-01")
    assert found.known_in("2025-09").month == "2022-12"


@pytest.mark.parametrize(
    ("found", "month"),
    [
        (evidence(Sighting("2025-09", "2023-04", "2023-04")), "2023-04"),
        (evidence(Sighting("2025-09", "2024-01", "2021-07", is_sure=False)), ""),
        # A file of a later month has replaced the one that an older snapshot had.
        (evidence(Sighting("2023-06", "2023-04", "2023-04"), Sighting("2025-09", "2024-01", "2023-04")), "2023-04"),
        # A snapshot had the record before the month, or lacked it after.
        (evidence(Sighting("2023-01", "", "2023-01"), Sighting("2025-09", "2024-02", "2024-02")), ""),
        (evidence(Sighting("2025-09", "2023-04", "2023-04"), after="2024-06"), ""),
        (evidence(Sighting("2025-09", "", "2025-09")), ""),
    ],
)
def test_a_month_is_only_told_if_nothing_speaks_against_it(found, month):
    """Files that replaced others, and other snapshots, speak against it."""
    assert found.month == month


def test_bounds_are_told_where_the_month_is_not_known():
    """With the last complete snapshot that had no such record."""
    assert evidence(Sighting("2025-09", "", "2025-03")).bounds == "≤ 2025-03"
    assert evidence(Sighting("2025-09", "", "2025-09"), after="2025-01").bounds == "> 2025-01, ≤ 2025-09"


@pytest.mark.parametrize(
    ("targets", "month"),
    [
        (["2023-02"], "2023-04"),
        (["2023-03"], ""),
        (["2023-04"], "2023-04"),
        ([], "2023-04"),
        (["2023-02", "2023-03"], ""),
    ],
)
def test_nobody_is_reproached_for_a_month_that_the_record_contradicts(targets, month):
    """The record was there in 2023-03, its file is of 2023-04: late for 2023-02, on time for 2023-04, else unknown."""
    assert judge_month(evidence(Sighting("2025-09", "2023-04", "2023-03")), "2022-12", targets) == month


@pytest.mark.parametrize(("target", "month"), [("2023-12", ""), ("2024-01", "2024-01")])
def test_a_doubtful_month_is_no_reproach(target, month):
    """The record was made on a day that means nothing, before its files: when it was released nobody can tell."""
    doubtful = evidence(Sighting("2025-09", "2024-01", "2023-12", is_sure=False))
    assert judge_month(doubtful, "2022-12", [target]) == month


def test_what_was_there_before_it_was_promised_has_no_month():
    """The month is of something else."""
    assert judge_month(evidence(Sighting("2025-09", "2021-08", "2021-08")), "2022-01", ["2022-09"]) == ""


def test_evidence_of_many_datasets_is_known_by_month():
    """A dataset whose record was not seen yet is left out."""
    found = {"a": evidence(Sighting("2023-01", "", "2023-01")), "b": evidence(Sighting("2025-09", "", "2025-09"))}
    assert list(known_evidence(found, "2024-01")) == ["a"]


def test_sightings_that_tell_nothing_new_are_left_out():
    """The first one always stays, as the record was seen then."""
    same = [Sighting("2023-01", "", "2023-01"), Sighting("2024-01", "", "2023-01"), Sighting("2025-01", "2022-12", "x")]
    assert [one.seen for one in first_sightings(same)] == ["2023-01", "2025-01"]
