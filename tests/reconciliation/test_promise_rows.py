"""Promises as rows of a table."""

from support.promise_histories import NEW, OLD, WORKED

from dcat_hk.core.tables import table_layouts
from dcat_hk.reconciliation.listings import list_plan, step_of
from dcat_hk.reconciliation.promise_rows import name_row, promise_values, rows_of_promises
from dcat_hk.reconciliation.promises import find_promises
from dcat_hk.reconciliation.states import state_of

BASE = "https://example.org/dcat-hk/"


def states(month):
    """Return the states of the promises of the worked example."""
    promises = find_promises([list_plan(OLD), list_plan(NEW)], [step_of(WORKED)])
    return [state_of(promise, month) for promise in promises]


def test_a_row_is_called_as_a_person_would():
    """A row of section C has its organisation with it."""
    listings = list_plan(OLD).listings
    assert [name_row(listing) for listing in listings[3:5]] == ["B.2", "C.1 (繩結學會)"]


def test_rows_have_the_columns_of_the_table():
    """One for each promise; where it was delivered, the row that says so."""
    rows = list(rows_of_promises(states("2024-06"), BASE, "2024-06"))
    assert all(set(row) == set(table_layouts()["fulfilment"].names) for row in rows)
    assert {row["as_of"] for row in rows} == {"2024-06"}
    assert all(bool(row["delivered_row"]) == (row["basis"] == "stated-release") for row in rows)
    assert any(row["delivered_plan"] for row in rows)


def test_values_for_json_are_those_of_the_rows():
    """They are called the same."""
    (first, *_rest), (row, *_others) = states("2024-06"), rows_of_promises(states("2024-06"), BASE, "2024-06")
    values = promise_values(first, BASE)
    assert {name: row[name] for name in values} == values
