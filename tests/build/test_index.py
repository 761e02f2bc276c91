"""What all plans of a build share."""

from support.mappings import BASE, TABS
from support.plan_texts import PlanText, as_tabs
from support.read_plans import read_texts

from dcat_hk.build.index import index_plans
from dcat_hk.core.settings import Settings
from dcat_hk.core.vocabularies import load


def index_texts(folder, **texts):
    """Return the results of reading texts, by name, and their index."""
    results = read_texts(folder, **texts)
    return results, index_plans([one.file for one in results.values() if one.file], Settings(base_iri=BASE), load(BASE))


def plan_text(bureau, first, dated=""):
    """Return a plan of a body with the usual rows."""
    return as_tabs(PlanText(bureau, first, TABS.rows, dated))


def test_plans_are_numbered_from_the_oldest_on(tmp_path):
    """The number of a plan is its age, whatever the names of the files."""
    results, indexed = index_texts(tmp_path, a=plan_text("香港天文台", 2025), b=plan_text("運輸署", 2021))
    assert indexed.paths == [results["b"].file.path, results["a"].file.path]
    assert [iri.removeprefix(f"{BASE}plan/") for _catalogue, iri, _month in indexed.context.index.plans] == [
        "hk-td/2021-2023",
        "hk-hko/2025-2027",
    ]


def test_each_outcome_knows_where_its_plan_is_published(tmp_path):
    """The path is made of the code of the body and the years."""
    results, _indexed = index_texts(tmp_path, a=plan_text("香港天文台", 2025))
    assert results["a"].outcome.path == "plans/hk-hko/2025-2027"


def test_plans_of_a_publisher_are_written_together(tmp_path):
    """Groups are publishers in the order of their IRIs, each with its plans in that order."""
    texts = {"a": plan_text("運輸署", 2019), "b": plan_text("香港天文台", 2024), "c": plan_text("香港天文台", 2021)}
    _results, indexed = index_texts(tmp_path, **texts)
    plans = indexed.context.index.plans
    names = [[plans[number][1].removeprefix(f"{BASE}plan/") for number in group] for group in indexed.by_publisher()]
    assert names == [["hk-hko/2021-2023", "hk-hko/2024-2026"], ["hk-td/2019-2021"]]
    assert [number for group in indexed.by_publisher() for number in group] == indexed.in_file_order()


def test_records_are_indexed_only_for_datasets_of_several_plans(tmp_path):
    """Two plans of one body share their datasets, and the index knows the records of both."""
    texts = {"b": plan_text("香港天文台", 2024), "c": plan_text("香港天文台", 2021)}
    _results, indexed = index_texts(tmp_path, **texts)
    index = indexed.context.index
    assert len(index.shared) == 4
    assert {number for _identifier, number in index.records} == {0, 1}
