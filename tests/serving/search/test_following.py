"""Lists of promises and of what became of them: in order, within limits, of a body or of all."""

import pytest

from dcat_hk.serving.search.following import Followed, FollowedList

ALL = FollowedList()


@pytest.fixture(scope="module")
def lists(followed):
    """Return the lists of the catalogue of three plans."""
    return Followed(followed.index)


def test_events_are_the_newest_first(lists):
    """What stays as it was is no news."""
    events = lists.list_events(ALL, "en", 1000)
    assert [row.month for row in events] == sorted((row.month for row in events), reverse=True)
    kinds = {row.kind for row in events}
    assert {"new", "slipped", "released-late", "no-longer-listed"} <= kinds
    assert not kinds & {"kept", "unchanged"}
    assert lists.list_events(ALL, "en", 3) == events[:3]


def test_lists_are_of_a_body_or_of_a_category(lists):
    """By the codes that the lists themselves tell."""
    everything = lists.list_events(ALL, "en", 1000)
    for kind in ("body", "category"):
        codes = lists.list_codes(kind)
        parts = [lists.list_events(FollowedList(**{kind: code}), "en", 1000) for code in codes]
        assert len(codes) > 1
        assert sorted(row for part in parts for row in part) == sorted(everything)
    assert lists.list_events(FollowedList(body="nobody"), "en", 1000) == []
    assert lists.find_label("category", "environment", "en") == "Environment"
    assert lists.find_label("body", "nobody", "en") == "nobody"


def test_promised_months_come_the_earliest_first(lists):
    """Of those that are still planned, with the month of the plan that says so."""
    promised = lists.list_promised(ALL, "zh-Hant", 1000)
    assert [row.last for row in promised] == sorted(row.last for row in promised)
    assert all(row.standing == "planned" and row.told for row in promised)
    assert lists.list_promised(ALL, "zh-Hant", 1) == promised[:1]
