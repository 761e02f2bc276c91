"""Promises and figures as text, without files."""

import json

from support.promise_histories import NEW, OLD, WORKED

from dcat_hk.commands.fulfilment_views import FORMATS, Fulfilment, row_name
from dcat_hk.reconciliation.listings import list_plan, step_of
from dcat_hk.reconciliation.promises import find_promises
from dcat_hk.reconciliation.states import state_of
from dcat_hk.reconciliation.summaries import summarise


def answer(month, by=("body", "year")):
    """Return what became of the promises of the worked example."""
    promises = find_promises([list_plan(OLD), list_plan(NEW)], [step_of(WORKED)])
    states = [state_of(promise, month) for promise in promises]
    return Fulfilment(month, "last", "https://example.org/dcat-hk/", states, by, summarise(states, month, by))


def test_a_row_is_called_as_a_person_would():
    """A row of section C has its organisation with it."""
    listings = list_plan(OLD).listings
    assert [row_name(listing) for listing in listings[3:5]] == ["B.2", "C.1 (繩結學會)"]


def test_json_calls_the_last_group_all():
    """Figures by year tell promises without a month from all of them."""
    bodies = json.loads(FORMATS["json"](answer("2022-06", ("year",)), "en"))["bodies"]
    assert [(one["body"], one["year"], one["due"]) for one in bodies] == [
        (None, 2021, 2), (None, 2022, 1), (None, None, 0), ("all", None, 3),
    ]  # fmt: skip


def test_tables_are_told_in_three_languages():
    """Each format takes the language that is asked for, where it has words."""
    for language, word in (("en", "kept late"), ("zh-Hant", "逾期發放"), ("zh-Hans", "逾期发放")):
        assert word in FORMATS["table"](answer("2022-06"), language)
        assert word in FORMATS["html"](answer("2022-06"), language)


def test_csv_guards_formulas():
    """A title that a spreadsheet would run as a formula is quoted."""
    result = answer("2022-06")
    first = result.states[0]
    listing = first.promise.first.listing._replace(title="=1+1")
    promise = type(first.promise)((first.promise.first._replace(listing=listing),), first.promise.newest)
    states = [state_of(promise, "2022-06")]
    text = FORMATS["csv"](Fulfilment("2022-06", "last", "", states, ("body",), summarise(states, "2022-06")), "en")
    assert "'=1+1" in text
