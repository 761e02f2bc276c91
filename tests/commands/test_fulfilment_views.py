"""Promises and figures as text, without files."""

import json
from dataclasses import replace

from support.promise_histories import NEW, OLD, WORKED

from dcat_hk.commands.fulfilment_views import FORMATS, Fulfilment, name_body
from dcat_hk.reconciliation.listings import ListedPlan, list_plan, step_of
from dcat_hk.reconciliation.promises import find_promises
from dcat_hk.reconciliation.states import state_of
from dcat_hk.reconciliation.summaries import summarise


def answer(month, by=("body", "year")):
    """Return what became of the promises of the worked example."""
    promises = find_promises([list_plan(OLD), list_plan(NEW)], [step_of(WORKED)])
    states = [state_of(promise, month) for promise in promises]
    return Fulfilment(month, "last", "https://example.org/dcat-hk/", states, by, summarise(states, month, by))


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


def test_csv_without_promises_has_its_columns():
    """A program that reads the file finds the columns of any other."""
    something = answer("2024-06")
    nothing = replace(something, states=[])
    header = FORMATS["csv"](nothing, "en")
    assert FORMATS["csv"](something, "en").startswith(header)
    assert header.count("\r\n") == 1
    assert FORMATS["table"](nothing, "en") == ""


def test_a_body_is_called_by_its_name():
    """As the vocabulary has it; a body that it does not know as its plan prints it."""
    known, unknown = (ListedPlan("", body, "2024-01", (2024, 2026), (), "海港風帆署") for body in ("hk-hko", "x-a"))
    assert name_body(known, "en") == "Hong Kong Observatory"
    assert name_body(known, "zh-Hant") == "香港天文台"
    assert name_body(unknown, "en") == "海港風帆署"
