"""What plans list, read back from a published catalogue; tests/build compares the answers with those of files."""

import pytest
from support.plan_texts import PlanText, Row, as_tabs

from dcat_hk.build import build
from dcat_hk.catalogue.publishing.histories import read_history
from dcat_hk.core.errors import NotReadable
from dcat_hk.core.settings import Settings


def test_the_seeds_are_listed_as_printed(catalogue):
    """Each plan lists its rows in order, parts under their row, with other organisations as printed."""
    history = read_history(catalogue)
    assert len(history.plans) == 5
    assert history.steps == []
    plan = next(plan for plan in history.plans if plan.body == "hk-hhb")
    assert plan.years == (2024, 2026)
    assert {one.key.organisation for one in plan.listings if one.key.organisation} == {"醫院管理局"}


def test_periods_of_datasets_are_not_those_of_plans(tmp_path):
    """A dataset's period may be in months or go on; the years of the plan are read all the same."""
    titles = ("2018-19年度部門開支", "2010年至今風速")
    rows = [Row("氣象", title, "02/2025", "每年", "(CSV)") for title in titles]
    plan = as_tabs(PlanText("香港天文台", 2024, {("A", "ii"): rows}))
    (tmp_path / "a.txt").write_text(plan, encoding="utf-8")
    assert build([tmp_path / "a.txt"], tmp_path / "out", Settings(), jobs=1).published
    assert (tmp_path / "out/catalogue.ttl").read_text(encoding="utf-8").count("#period> a ") == 3
    (listed,) = read_history(tmp_path / "out").plans
    assert listed.years == (2024, 2026)


def test_a_folder_without_a_catalogue_is_refused(tmp_path):
    """There is nothing to read."""
    with pytest.raises(NotReadable):
        read_history(tmp_path)
