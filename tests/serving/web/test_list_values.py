"""Lists show what was chosen even where nothing has it, and each row leads to the row of a plan."""

import pytest

from dcat_hk.serving.web.corrections import CorrectionLinks
from dcat_hk.serving.web.list_values import ListValues
from dcat_hk.serving.web.promise_months import PromiseMonths
from dcat_hk.serving.web.view_words import ViewWords
from dcat_hk.serving.web.views import ask_view, read_view


@pytest.fixture(scope="module")
def make_list(library):
    """Return a function that makes the values of a list."""
    months = PromiseMonths(library.snapshot, lambda: "2026-11")

    def make(stem, **parameters):
        view = ask_view(read_view(stem, months), parameters, months)
        words = ViewWords(library, months.get(view.month), view, "en")
        return ListValues(words, CorrectionLinks(library), True).make_list()

    return make


def test_a_chosen_value_can_always_be_taken_away(make_list):
    """Also one that no row has."""
    (chosen,) = (
        value
        for facet in make_list("promises", state=["gone"])["facets"]
        for value in facet["values"]
        if value["chosen"]
    )
    assert (chosen["label"], chosen["count"], chosen["address"]) == ("gone", 0, "./promises.en.html")


def test_an_empty_filter_asks_for_nothing(make_list):
    """As if it were not there."""
    assert make_list("promises", state=[""])["count"] == make_list("promises")["count"] > 0


def test_there_is_nothing_after_the_last_page(make_list):
    """A page that is not there is none."""
    assert make_list("promises", page=["999"]) is None
    assert len(make_list("promises", page=["2"])["listed"]) == 20
