"""The file of a month says of promises what `fulfilment` says, and nothing else."""

import sqlite3

import pytest

from dcat_hk.build.fulfilment import read_promises
from dcat_hk.core.settings import Settings
from dcat_hk.reconciliation.states import state_of
from dcat_hk.reconciliation.summaries import summarise
from dcat_hk.serving.promises.asking import ListQuestion, PromiseMonth
from dcat_hk.serving.promises.keeping import load_history
from dcat_hk.serving.promises.recording import load_closed_formats, write_month

MONTHS = ["2018-01", "2019-06", "2021-12", "2022-06", "2023-12", "2025-06", "2026-11", "2030-01"]


@pytest.fixture(scope="module", params=MONTHS)
def told(request, years, tmp_path_factory):
    """Give the month file, and the states that the command works out from the files of the plans."""
    library, sources = years
    path = tmp_path_factory.mktemp("month") / "month.sqlite"
    write_month(load_history(library.snapshot.history), library.snapshot.index, path, request.param)
    known = read_promises(sources, request.param, Settings(), jobs=1)
    return PromiseMonth(path), [state_of(promise, request.param) for promise in known.promises], request.param


def test_states_are_those_of_fulfilment(told):
    """Of every promise: its state, months, delivery and what it rests on."""
    month, states, _name = told
    rows = month.ask(ListQuestion("promise", order="plan", rows=10_000)).rows
    assert {
        (row["record"], row["state"], row["months"], row["delivered"], row["delay"], row["basis"], row["told"])
        for row in rows
    } == {
        (one.promise.first.listing.record, one.state, one.months, one.delivered, one.delay, one.basis, one.told)
        for one in states
    }
    assert len(rows) == len(states)


def test_figures_are_those_of_fulfilment(told):
    """All, by body, by year, by body and year."""
    month, states, name = told
    for grouping, dimensions in {
        "all": (),
        "body": ("body",),
        "year": ("year",),
        "body-year": ("body", "year"),
    }.items():
        wanted = summarise(states, name, dimensions)
        found = month.list_figures(grouping)
        assert sum(row["promises"] for row in found) == len(states)
        assert sorted(
            (row["promises"], row["due"], row["kept"], row["late"], row["overdue"]) for row in found
        ) == sorted(
            (one.promises, one.due, one.kept, one.late, one.overdue)
            for one in (wanted[-1:] if grouping == "all" else wanted[:-1])
        )


def test_only_a_plan_after_the_promised_month_confirms(told):
    """Whether an older plan's promise was kept, nobody has said."""
    month, _states, _name = told
    rows = month.ask(ListQuestion("promise", {"state": ("overdue",)}, rows=10_000)).rows
    assert all(bool(row["confirmed"]) == (row["told"] > row["target"]) for row in rows)
    assert month.list_figures("all")[0]["confirmed"] == sum(row["confirmed"] for row in rows)


def test_the_same_history_gives_the_same_file(years, tmp_path):
    """Byte for byte."""
    library, _sources = years
    for name in ("a", "b"):
        write_month(load_history(library.snapshot.history), library.snapshot.index, tmp_path / name, "2022-06")
    with sqlite3.connect(tmp_path / "a") as database:
        assert database.execute("SELECT COUNT(*) FROM arrival").fetchone()[0] > 0
    database.close()
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_open_and_closed_formats_have_nothing_in_common():
    """Every format is one of them, or of neither."""
    from dcat_hk.core.wording.records import read_toml

    lists = read_toml("dcat_hk.serving.promises", "formats.toml")
    assert load_closed_formats().isdisjoint(lists["open"].split())
    known = read_toml("dcat_hk.checking.scoring", "lists.toml")
    assert set(lists["open"].split()) == set(known["non-proprietary"]["codes"].split())
    assert load_closed_formats() <= set(known["format"]["codes"].split())
