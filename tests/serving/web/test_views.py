"""Paths are read as views, and what makes no sense is none."""

import pytest

from dcat_hk.serving.web.promise_months import PromiseMonths
from dcat_hk.serving.web.views import ask_view, read_view


@pytest.fixture(scope="module")
def months(library):
    """Return the months of the seeds."""
    return PromiseMonths(library.snapshot)


@pytest.mark.parametrize(
    ("stem", "wanted"),
    [
        ("index", ("index", "2026-01", "", 1)),
        ("overdue", ("overdue", "2026-01", "", 1)),
        ("overdue/2024-12", ("overdue", "2024-12", "", 1)),
        ("overdue/2024-12/page-2", ("overdue", "2024-12", "", 2)),
        ("bodies/2024-12", ("bodies", "2024-12", "", 1)),
        ("body/hk-hhb", ("body", "2026-01", "hk-hhb", 1)),
        ("months/2026-12", ("months", "2026-01", "2026-12", 1)),
        ("promises/kept-late/page-3", ("promises", "2026-01", "kept-late", 3)),
        ("new", ("new", "2026-01", "2026-01", 1)),
        ("new/2019-01", ("new", "2026-01", "2019-01", 1)),
    ],
)
def test_paths_are_read(months, stem, wanted):
    """With the month, what it is about, and the page."""
    view = read_view(stem, months)
    assert (view.kind, view.month, view.argument, view.page) == wanted


@pytest.mark.parametrize(
    "stem",
    [
        *(
            "",
            "body",
            "body/",
            "overdue/",
            "months/",
            "new/",
            "body/a/b",
            "body/../x",
            "overdue/2024-13",
            "overdue/1990-01",
            "overdue/page-1",
        ),
        *("overdue/page-x", "promises/nonsense", "index/2024-12", "about/x", "catalogue", "dataset/a", "months/2026"),
        *("index/page-2", "page-2", "bodies/page-2", "new/0000-00", "months/0001-01", "no-open-format/2024-12"),
    ],
)
def test_other_paths_are_no_views(months, stem):
    """They are left to others, or nothing."""
    assert read_view(stem, months) is None


def test_parameters_that_make_no_sense_are_passed_over(months):
    """Facets, orders and pages that a list has not."""
    view = read_view("overdue", months)
    asked = ask_view(view, {"body": ["a", "a", "b"], "colour": ["x"], "sort": ["sideways"], "page": ["-1"]}, months)
    assert (dict(asked.filters), asked.order, asked.page) == ({"body": ("a", "b")}, "", 1)
    assert ask_view(view, {"sort": ["late"]}, months).has_question is False
    assert ask_view(view, {"as_of": ["2024-06"]}, months).stem == "overdue/2024-06"
    assert ask_view(view, {"as_of": ["1900-01"]}, months).month == "2026-01"
    assert ask_view(read_view("new", months), {"since": ["2020-01"]}, months).argument == "2020-01"


def test_filters_cannot_undo_what_a_page_is_about(months):
    """A body's page lists that body whatever is asked for."""
    view = ask_view(read_view("promises/kept", months), {"state": ["overdue"]}, months)
    assert view.make_question("en").filters["state"] == ("kept",)
