"""Identifiers that last: whatever plans are built together, a dataset keeps the IRI that was published first."""

import itertools
import random

import pytest
from support.plan_texts import PlanText, Row, as_tabs
from support.two_plans import BASE, datasets, reconcile_files, write_plans

from dcat_hk.reconciliation.judgements import Judgement
from dcat_hk.reconciliation.linkfiles import IDENTITIES, append_judgement
from dcat_hk.reconciliation.sssom import EXACT

#: The rows of the newer plans that are the same datasets as rows of the oldest.
SAME = {
    "hk-hko/2022-2024/D-ii-1": "hk-hko/2021-2023/A-1",
    "hk-hko/2022-2024/D-ii-2": "hk-hko/2021-2023/D-1",
    "hk-hko/2022-2024/D-i-1": "hk-hko/2021-2023/D-2",
    "hk-hko/2023-2025/D-i-1": "hk-hko/2021-2023/A-1",
    "hk-hko/2023-2025/D-ii-1": "hk-hko/2021-2023/D-2",
    "hk-hko/2023-2025/D-ii-2": "hk-hko/2021-2023/D-1",
}


@pytest.fixture
def plans(tmp_path):
    """Return the paths of three plans of one body."""
    return write_plans(tmp_path / "plans")


def of_plan(topics, years):
    """Return the datasets of one plan's records."""
    return {record: topic for record, topic in topics.items() if f"/{years}/" in record}


def test_the_older_plan_keeps_its_identifiers_in_every_build(plans, tmp_path):
    """After a first run every dataset of the older plan has the IRI of that plan alone, in every build."""
    alone = datasets([plans["old"]], tmp_path / "alone")
    links = tmp_path / "links"
    reconcile_files([plans["new"], plans["old"]], links)
    for number, names in enumerate((["old"], ["new"], ["old", "new"], ["new", "old"])):
        topics = datasets([plans[name] for name in names], tmp_path / f"out{number}", links)
        for record, first in SAME.items():
            if record in topics:
                assert topics[record] == alone[first], (names, record)
        assert of_plan(topics, "2021-2023") == (alone if "old" in names else {})


@pytest.mark.parametrize("order", list(itertools.permutations(["old", "new", "newest"])))
def test_adding_a_plan_changes_no_identifier(plans, tmp_path, order):
    """Plans are added one by one, older or newer: no record that was published gets another dataset."""
    links, published = tmp_path / "links", {}
    for count in range(1, 4):
        names = list(order[:count])
        random.Random(count).shuffle(names)
        reconcile_files([plans[name] for name in names], links)
        topics = datasets([plans[name] for name in names], tmp_path / f"out{count}", links)
        assert {record: topics[record] for record in published} == published
        published = topics
    for name, years in {"old": "2021-2023", "new": "2022-2024", "newest": "2023-2025"}.items():
        assert datasets([plans[name]], tmp_path / name, links) == of_plan(published, years)


def test_a_renamed_dataset_stays_two_until_a_person_says_that_it_is_one(plans, tmp_path):
    """A judgement unites what was published as two: the identifier of the older plan is kept."""
    links, both = tmp_path / "links", [plans["old"], plans["new"]]
    reconcile_files(both, links)
    before = datasets(both, tmp_path / "before", links)
    old, new = "hk-hko/2021-2023/B-1", "hk-hko/2022-2024/A-ii-1"
    assert before[old] != before[new]
    judgement = Judgement(f"{BASE}record/{old}", "same", f"{BASE}record/{new}", "me", "2024-01-01")
    append_judgement(links, judgement, BASE)
    pairs, _written = reconcile_files(both, links)
    (outcome,) = [one for pair in pairs for one in pair.outcomes if one.link_class == "judged"]
    assert outcome.fate == "brought-forward" or outcome.fate == "slipped"
    after = datasets(both, tmp_path / "after", links)
    assert after[new] == before[old]
    assert {record: topic for record, topic in after.items() if record != new} == {
        record: topic for record, topic in before.items() if record != new
    }
    assert datasets([plans["new"]], tmp_path / "alone", links)[new] == before[old]


def test_a_second_run_writes_the_same_bytes(plans, tmp_path):
    """Nothing is appended and nothing changes when the same plans are compared again, in another order."""
    links = tmp_path / "links"
    reconcile_files(list(plans.values()), links)
    first = {path.name: path.read_bytes() for path in links.iterdir()}
    reconcile_files(list(plans.values())[::-1], links)
    assert {path.name: path.read_bytes() for path in links.iterdir()} == first
    assert EXACT.rpartition("#")[2].encode() in first["plans.sssom.tsv"]
    assert len((links / IDENTITIES).read_text().splitlines()) > len(SAME)


def test_a_body_that_is_renamed_keeps_the_identifiers_of_its_datasets(tmp_path):
    """A dataset stays the same dataset when the body that publishes it is replaced, in every build."""
    row = Row("衞生", "流感疫苗接種統計", "06/2022", "每年", "統計 (CSV)")
    bodies = {"old": ("食物及衞生局", 2022, "A"), "new": ("醫務衞生局", 2023, "D")}
    plans = {name: tmp_path / f"{name}.txt" for name in bodies}
    for name, (body, first, section) in bodies.items():
        text = as_tabs(PlanText(body, first, {(section, "ii"): [row]}, f"{first - 1}年12月"))
        plans[name].write_text(text, encoding="utf-8")
    (first,) = datasets([plans["old"]], tmp_path / "alone").values()
    reconcile_files(plans.values(), tmp_path / "links")
    for number, names in enumerate((["old"], ["new"], ["new", "old"])):
        topics = datasets([plans[name] for name in names], tmp_path / str(number), tmp_path / "links")
        assert set(topics.values()) == {first}
