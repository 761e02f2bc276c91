"""What plans promised and what became of it stands in tables, as the catalogue has it."""

import sqlite3
from collections import Counter

import pytest


@pytest.fixture(scope="module")
def tables(followed):
    """Return the rows of both tables, with the IRIs of their datasets."""
    with sqlite3.connect(followed.snapshot.index) as database:
        database.row_factory = sqlite3.Row
        read = "SELECT d.iri AS about, one.* FROM {} AS one JOIN dataset AS d ON d.id = one.dataset"
        return {name: database.execute(read.format(name)).fetchall() for name in ("promise", "event")}


def ask(library, variables, pattern):
    """Return the rows of a query as texts."""
    prefix = f"PREFIX plan: <{library.base}def/plan#> PREFIX foaf: <http://xmlns.com/foaf/0.1/> SELECT {variables} "
    return [tuple(str(term.value) for term in row) for row in library._store.query(
        f"{prefix} {{ {pattern} }}", use_default_graph_as_union=True)]  # fmt: skip


def test_every_promise_is_in_the_table_once(tables, followed):
    """With its months and what all plans together say of it."""
    stated = ask(followed, "?p ?d ?s", "?p a plan:Promise ; foaf:primaryTopic ?d ; plan:standing ?s")
    rows = tables["promise"]
    assert len(rows) == len(stated) > 10
    assert {(row["iri"], row["about"], f"{followed.base}def/plan#{row['standing']}") for row in rows} == set(stated)
    targets = ask(followed, "?p ?m", "?p a plan:Promise ; plan:lastTarget ?m")
    assert {(row["iri"], row["last"]) for row in rows if row["last"]} == set(targets)
    assert all(row["told"] and row["plan"].startswith(f"{followed.base}plan/") for row in rows)
    assert all(row["until"] for row in rows if row["standing"] == "planned")


def test_every_change_is_an_event(tables, followed):
    """With its fate; a row that no change tells of is new in its plan, once for all its parts."""
    changes = set(ask(followed, "?c ?f", "?c a plan:Change ; plan:fate ?f"))
    told = {(row["iri"], f"{followed.base}def/plan#{row['kind']}") for row in tables["event"] if row["kind"] != "new"}
    assert told == {change for change in changes if change in told}
    assert {change[0] for change in changes} == {iri for iri, _fate in told}
    new = [row for row in tables["event"] if row["kind"] == "new"]
    assert {row["record"] for row in new} == {row["iri"] for row in new}
    assert max(Counter((row["about"], row["plan"]) for row in new).values()) == 1
    assert all(row["month"] for row in tables["event"])


def test_what_is_gone_is_an_event_of_its_dataset(tables):
    """The row of the older plan is named, and nothing is said of a newer one."""
    (gone, *_others) = [row for row in tables["event"] if row["kind"] == "no-longer-listed"]
    assert (gone["stage"], gone["target"], gone["months"]) == ("", "", None)
