"""Lists are found by facets, sorted, and read part by part."""

import pytest

from dcat_hk.serving.promises.asking import ListQuestion, PromiseMonth, list_orders
from dcat_hk.serving.promises.keeping import load_history
from dcat_hk.serving.promises.recording import LISTS, write_month


@pytest.fixture(scope="module")
def month(years, tmp_path_factory):
    """Return what is known as of a month in which something of everything has happened."""
    library, _sources = years
    path = tmp_path_factory.mktemp("asking") / "month.sqlite"
    write_month(load_history(library.snapshot.history), library.snapshot.index, path, "2023-06")
    return PromiseMonth(path)


@pytest.mark.parametrize("name", LISTS)
def test_parts_make_the_whole(month, name):
    """In every order of every list."""
    for order in list_orders(name):
        whole = month.ask(ListQuestion(name, order=order, rows=10_000))
        parts = [month.ask(ListQuestion(name, order=order, start=n, rows=7)) for n in range(0, whole.count, 7)]
        assert [row for part in parts for row in part.rows] == list(whole.rows)
        assert {part.count for part in parts} == {whole.count} == {len(whole.rows)}


def test_values_of_a_facet_are_counted_among_what_was_found(month):
    """The number beside a value is the number of rows that it leads to."""
    answer = month.ask(ListQuestion("promise", {"body": ("x-zlw37iy4s2",)}), ("state", "category"))
    for kind, counted in answer.facets.items():
        for value, count in counted:
            assert month.ask(ListQuestion("promise", {"body": ("x-zlw37iy4s2",), kind: (value,)})).count == count


def test_values_of_one_facet_are_alternatives(month):
    """Of several facets a row must have one each."""
    one, other = (month.ask(ListQuestion("promise", {"state": (state,)})).count for state in ("kept", "kept-late"))
    assert month.ask(ListQuestion("promise", {"state": ("kept", "kept-late")})).count == one + other > 1


@pytest.mark.parametrize("value", ["'", '"; DROP TABLE promise; --', "", "\x00", "漢"])
def test_values_are_only_values(month, value):
    """Whatever is asked for finds nothing, and breaks nothing."""
    assert month.ask(ListQuestion("promise", {"body": (value,), "state'": (value,)}, order=value)).count == 0
    assert month.ask(ListQuestion("promise", language=value)).count > 0


def test_lists_begin_at_a_month(month):
    """What is new since then."""
    later = month.ask(ListQuestion("arrival", since="2022-12", rows=10_000)).rows
    assert {row["month"] for row in later} == {"2022-12"}


def test_a_dataset_has_its_promise(month):
    """Found by its IRI."""
    row = month.ask(ListQuestion("promise")).rows[0]
    assert month.find_promise(row["dataset"])["record"] == row["record"]
    assert month.find_promise("urn:none") is None
