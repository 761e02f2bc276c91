"""Identified plans as items that can be compared over the years."""

from support.lighthouse_plans import as_consolidated, as_old_template
from support.plan_texts import PlanText, Row, as_tabs

from dcat_hk.build.timeline import plan_items, read_timeline
from dcat_hk.catalogue.mapping.identities import Bodies, Links, identify
from dcat_hk.catalogue.mapping.iris import Iris
from dcat_hk.core.caching import Cache
from dcat_hk.core.settings import Settings
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan
from dcat_hk.reconciliation.items import ItemKey


def test_an_item_is_a_row_with_its_further_parts():
    """A plan has one item for each number; further dates under a number are parts of its item."""
    text = as_tabs(
        PlanText(
            "香港天文台",
            2022,
            {
                ("A", "ii"): [
                    Row("氣象", "雨量", "03/2022", "每日", "計劃"),
                    Row("氣象", "風速", "04/2022", "每日", "計劃"),
                ]
            },
            "2021年12月",
        )
    )
    vocabularies = load()
    plan = read_plan(read_bytes(text.encode(), "plan.tsv"), vocabularies).require()
    entry = plan.entries[1]._replace(part=1, number=1, title=plan.entries[0].title)
    plan = type(plan)(
        **{
            **{name: getattr(plan, name) for name in plan.__slots__},
            "entries": (plan.entries[0], entry, *plan.entries[1:]),
        }
    )
    items = plan_items(identify(plan, Bodies(vocabularies), Links()), Iris(vocabularies.base))
    assert [(item.key, len(item.rows)) for item in items.items] == [
        (ItemKey("A", False, None, 1), 2),
        (ItemKey("A", False, None, 2), 1),
    ]
    assert items.month == "2021-12"
    assert items.body == "hk-hko"
    assert items.items[0].record.endswith("record/hk-hko/2022-2024/A-ii-1")
    assert items.items[0].kept == items.items[0].identifier


def test_a_second_run_reads_only_what_is_new(tmp_path, monkeypatch):
    """Files that were read are not read again, and all that is told of them is the same."""
    plans = tmp_path / "plans"
    plans.mkdir()
    (plans / "old.tsv").write_text(as_old_template("zh-Hant"), encoding="utf-8")
    (plans / "new.tsv").write_text(as_consolidated("zh-Hant"), encoding="utf-8")
    (plans / "none.txt").write_text("no plan", encoding="utf-8")

    def read():
        return read_timeline([plans], Settings(), jobs=1, cache=Cache(tmp_path / "cache"))

    first = read()
    with monkeypatch.context() as patch:
        patch.setattr("dcat_hk.build.read.read_data", None)
        second = read()
    assert (second.plans, second.outcomes) == (first.plans, first.outcomes)
    path = plans / "new.tsv"
    path.write_text(path.read_text(encoding="utf-8").replace("11/2021", "12/2021"), encoding="utf-8")
    assert read().plans != first.plans
