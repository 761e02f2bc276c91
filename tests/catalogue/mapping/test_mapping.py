"""Plans that nobody has seen yet, through the whole mapping."""

from support.mappings import TABS
from support.plan_texts import PlanText, Row, as_layout, as_tabs

from dcat_hk.build import build
from dcat_hk.core.settings import Settings


def test_every_plan_of_the_future_conforms(tmp_path):
    """Plans with unknown bodies, words and formats, and several of one bureau, build without a violation."""
    texts = {
        "old.txt": as_tabs(PlanText("未來事務局", 2021, TABS.rows, "2020年12月")),
        "new.txt": as_tabs(PlanText("未來事務局", 2022, TABS.rows, "2021年12月")),
        "layout.txt": as_layout(
            PlanText(
                "香港電台", 2022, {("D", ""): [Row("其他", "節目", "02/2020", "隨時", "(API, XYZ)")]}, "2021年12月"
            )
        ),
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    result = build([tmp_path / name for name in texts], tmp_path / "out", Settings(), jobs=1)
    assert result.violations == []
    assert result.published
