"""Lists show what was chosen even where nothing has it, and each row leads to the row of a plan."""

import re

import pytest

from dcat_hk.serving.web.corrections import CorrectionLinks
from dcat_hk.serving.web.list_values import ListValues
from dcat_hk.serving.web.promise_months import PromiseMonths
from dcat_hk.serving.web.view_words import ViewWords
from dcat_hk.serving.web.views import ask_view, read_view
from dcat_hk.serving.web.wording import format_month


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


def test_a_released_dataset_has_the_month_of_its_release(make_list, catalogue):
    """And not that of the plan that lists it, which would be read as the release."""
    graph = (catalogue / "catalogue.nq").read_text(encoding="utf-8")
    stated = dict(re.findall(r'^<([^>]+)> <[^>]+#releaseDate> "(\d{4}-\d\d)"', graph, re.MULTILINE))
    rows = make_list("new", stage=["released"])["listed"]
    said = {row["record"].rpartition("/record/")[2].removesuffix(".en.html"): row["says"] for row in rows}
    expected = {iri.rpartition("/record/")[2]: format_month(month, "en") for iri, month in stated.items()}
    assert rows
    assert said == {record: expected.get(record, "") for record in said}
    assert len(set(said.values())) > 1
