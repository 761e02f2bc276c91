"""Months are made when they are asked for, each once."""

import pytest

from dcat_hk.core.errors import NotReadable
from dcat_hk.serving.web.promise_months import PromiseMonths


def test_the_usual_month_is_that_of_the_newest_plan(library):
    """Or what somebody else decides; year ends are those before it."""
    assert PromiseMonths(library.snapshot).usual == "2026-01"
    months = PromiseMonths(library.snapshot, lambda: "2024-12")
    assert months.usual == "2024-12"
    assert months.year_ends == ["2018-12", "2019-12", "2020-12", "2021-12", "2022-12", "2023-12"]


def test_only_months_can_be_asked_for(library):
    """From the first plan to a year after the last."""
    months = PromiseMonths(library.snapshot)
    asked = ("2018-12", "2029-12", "2018-11", "2030-01", "2024-13", "2024-1", "x", "", "../../etc", "2024-12\n")
    assert [name for name in asked if months.is_known(name)] == ["2018-12", "2029-12"]


def test_a_month_is_made_once(library):
    """Whoever asks again gets what was made, as does another process."""
    months = PromiseMonths(library.snapshot)
    first = months.get("2024-06")
    assert months.get("2024-06") is first
    path = library.snapshot.made / "promises-2024-06.sqlite"
    made = path.stat().st_mtime_ns
    assert PromiseMonths(library.snapshot).get("2024-06").list_figures("all") == first.list_figures("all")
    assert path.stat().st_mtime_ns == made


def test_a_month_that_cannot_be_made_is_an_error(library):
    """The reason is told."""
    with pytest.raises(NotReadable, match="cannot be worked out"):
        PromiseMonths(library.snapshot).get("none/such")
