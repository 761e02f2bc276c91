"""Rows of plans in the order in which they are printed, and what became of them."""

import pytest

from dcat_hk.core.namespaces import PlanTerms
from dcat_hk.core.terms import Literal
from dcat_hk.serving.web.entries import EntryReader, PrintedEntry, sort_as_printed


@pytest.fixture(scope="module")
def reader(followed):
    """Return a reader of the rows of three plans."""
    return EntryReader(followed)


@pytest.fixture(scope="module")
def plans(followed):
    """Return the IRIs of the plans, the oldest first."""
    return sorted(followed.list_instances(PlanTerms(followed.base).Plan))


def entry(name, *locators, section="A", organisation=""):
    """Return a row that stands somewhere."""
    texts = {"organisation": (Literal(organisation, "zh-Hant"),) if organisation else ()}
    return PrintedEntry(f"r/{name}", name, "d", "p", section, "planned", texts, (), locators)


def test_rows_are_in_the_order_of_the_file(reader, plans):
    """Sections as they come, numbers in each of them."""
    names = [row.name for row in reader.list_entries(plans[-1])]
    assert names == ["A.ii.1", "A.ii.2", "A.ii.3", "A.ii.4", "D.i.1", "D.i.2", *(f"D.ii.{n}" for n in range(1, 11))]


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        ([("A.1", "lines 9-9"), ("A.2", "lines 3-4"), ("A.3", "lines 20-21")], ["A.2", "A.1", "A.3"]),
        ([("A.10", "table 2, row 10"), ("A.9", "table 2, row 9")], ["A.9", "A.10"]),
        ([("A.2", "page 3, line 4 to page 4, line 1"), ("A.3", "page 3, line 9")], ["A.2", "A.3"]),
        ([("A.2", "sheet A, row 2"), ("B.1", "sheet B, row 1"), ("A.1", "sheet A, row 9")], ["A.1", "A.2", "B.1"]),
        ([("A.2", "b.txt: lines 1-1", "a.txt: lines 9-9"), ("A.1", "a.txt: lines 4-4")], ["A.1", "A.2"]),
        ([], []),
        (
            [("D.1", "line 1"), ("A.2", "line 1"), ("B.1", "line 1 to line 1"), ("A.10", "line 1"), ("A.1", "line 1")],
            ["A.1", "A.2", "A.10", "B.1", "D.1"],
        ),
    ],
)
def test_rows_are_sorted_by_a_place_that_all_of_them_have(rows, order):
    """Numbers count as numbers; where rows stand on several sheets, or all in one line, sections and numbers count."""
    made = [entry(name, *locators, section=name[0]) for name, *locators in rows]
    assert [one.name for one in sort_as_printed(made)] == order


def test_texts_are_those_that_were_printed(reader, plans):
    """Without the place that a record has before its title; nothing that was converted."""
    rows = {row.name: row for row in reader.list_entries(plans[-1])}
    row = rows["A.ii.1"]
    assert [text.value for text in row.texts["title"]] == ["補給船班次"]
    assert [text.value for text in row.texts["date"]] == ["06/2023"]
    assert (row.section, row.stage, row.anchor, row.plan) == ("A.ii", "planned", "A-ii-1", plans[-1])
    assert all("-t-" not in text.language for row in rows.values() for texts in row.texts.values() for text in texts)


def test_a_dataset_is_followed_through_all_plans(reader, plans):
    """Also where its title changed, the oldest first."""
    rows = {row.name: row for row in reader.list_entries(plans[-1])}
    history = reader.list_history(rows["D.ii.8"].dataset)
    assert [row.plan for row in history][-2:] == plans[1:]
    changes = reader.find_changes(rows["D.ii.8"].iri, is_newer=True)
    assert [change.fate.rpartition("#")[2] for change in changes] == ["released-late"]
    assert (changes[0].plan, changes[0].months) == (plans[-1], 2)
    assert reader.find_changes(rows["D.ii.8"].iri) == []
    assert reader.list_history("https://example.org/dcat-hk/dataset/nothing") == []


def test_a_plan_tells_what_it_does_not_list(reader, plans):
    """Rows of the plan before that none of its own goes on with."""
    endings = reader.list_endings(plans[-1])
    assert [(one.fate.rpartition("#")[2], one.before[0].rpartition("/")[2]) for one in endings] == [
        ("no-longer-listed", "A-i-2")
    ]
    assert reader.read_plan(plans[-1])[2:] == ("2022-12", "2023–2025")
