"""Records of one dataset become one."""

import itertools

from dcat_hk.portal.joining import TitleConflict, join_records
from dcat_hk.portal.records import PortalRecord, PortalResource


def resource(tag, **fields):
    """Return a resource as it is listed in a language."""
    return PortalResource("https://files.example/a.csv", "1f", {tag: f"name {tag}"}, **fields)


ENGLISH = PortalRecord(
    "a",
    "hk-xyz",
    {"en": "Piers"},
    formats=("CSV",),
    resources=(resource("en", format="CSV"),),
    created="2025-01-02",
    modified="2025-03-04",
)
CHINESE = PortalRecord(
    "a", titles={"zh-Hant": "碼頭"}, formats=("JSON",), resources=(resource("zh-Hant", size=5),), email="x@y.example"
)


def test_languages_of_a_record_are_joined():
    """Texts by language, formats of all, each resource once, and what one of them lacks from the other."""
    (joined,), conflicts = join_records([CHINESE, ENGLISH])
    assert conflicts == []
    assert joined.titles == {"en": "Piers", "zh-Hant": "碼頭"}
    assert (joined.formats, joined.email, joined.created) == (("CSV", "JSON"), "x@y.example", "2025-01-02")
    assert joined.resources == (
        PortalResource(
            "https://files.example/a.csv",
            "1f",
            {"en": "name en", "zh-Hant": "name zh-Hant"},
            format="CSV",
            size=5,
        ),
    )


def test_resources_with_other_addresses_stay_apart():
    """A file for each language is two files, even under one identifier."""
    other = PortalResource("https://files.example/b.csv", "1f", {"zh-Hant": "x"})
    (joined,), _conflicts = join_records([ENGLISH, PortalRecord("a", resources=(other,))])
    assert [one.url[-5:] for one in joined.resources] == ["a.csv", "b.csv"]


def test_of_two_titles_that_of_the_record_changed_last_counts():
    """The other is told; the order in which they come in makes no difference."""
    newer = PortalRecord("a", titles={"en": "Public piers"}, created="2024-07-24", modified="2025-05-06")
    third = PortalRecord("a", titles={"en": "Quays"})
    for records in itertools.permutations([ENGLISH, newer, third, CHINESE]):
        (joined,), conflicts = join_records(records)
        assert joined.titles == {"en": "Public piers", "zh-Hant": "碼頭"}
        assert joined.created == "2024-07-24"
        assert conflicts == [
            TitleConflict("a", "en", "Public piers", "Piers"),
            TitleConflict("a", "en", "Public piers", "Quays"),
        ]


def test_the_same_record_twice_is_no_conflict():
    """Pages overlap where the portal changed meanwhile."""
    assert join_records([ENGLISH, ENGLISH]) == ([ENGLISH], [])


def test_records_come_sorted():
    """Slugs that differ in case are two."""
    joined, _conflicts = join_records([PortalRecord("b"), PortalRecord("B"), PortalRecord("a")])
    assert [one.slug for one in joined] == ["B", "a", "b"]
