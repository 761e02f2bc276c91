"""When a record of the portal says that its dataset was released."""

import pytest

from dcat_hk.portal.records import PortalRecord, PortalResource
from dcat_hk.portal.released import Release, find_release


def record(*issued, created=""):
    """Return a record with a resource for each day of issue."""
    resources = tuple(PortalResource(f"https://a.example/{n}", issued=day) for n, day in enumerate(issued))
    return PortalRecord("a", resources=resources, created=created)


@pytest.mark.parametrize(
    ("found", "created", "release"),
    [
        (record("2023-05-02", "2022-11-30"), "", Release("2025-09", "2022-11", "2022-11")),
        (record("2022-11-30", created="2024-07-24"), "", Release("2025-09", "2022-11", "2022-11")),
        (record(created="2024-05-06"), "2024-05-06", Release("2025-09", "2024-05", "2024-05")),
        (record(created="2021-07-02"), "", Release("2025-09", "", "2021-07")),
        (record("2023-04-02", created="2023-03-30"), "2023-03-30", Release("2025-09", "2023-04", "2023-03")),
        (record("2024-01-02", created="2021-07-02"), "", Release("2025-09", "2024-01", "2021-07", is_sure=False)),
        (record(), "", Release("2025-09", "", "2025-09")),
        (record("2026-01-01", created="2099-01-01"), "2099-01-01", Release("2025-09", "", "2025-09")),
    ],
)
def test_the_earliest_day_of_a_resource_counts_first(found, created, release):
    """Then the day of the record, if it means something; a day after the snapshot never."""
    assert find_release(found, created, "2025-09-13") == release
