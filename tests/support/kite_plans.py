"""Two plans of a kite office that does not exist, in Chinese, with promises for a quarter, a year and a month."""

from __future__ import annotations

from dcat_hk.build import build
from dcat_hk.core.settings import Settings
from support.plan_texts import PlanText, Row, as_tabs

OFFICE = "風箏飛行署"
PLANS = (
    PlanText(
        OFFICE,
        2021,
        {
            ("A", "ii"): [
                Row("運輸", "夜光風箏許可證", "2021年第三季", "每年", "許可證數目 (CSV)"),
                Row("運輸", "孩童工作坊名額", "2021", "每年", "名額 (CSV)"),
                Row("運輸", "線軸檢定紀錄", "09/2021", "每年", "紀錄 (CSV)"),
            ],
            ("B", "ii"): [Row("運輸", "竹材進口數量", "2022年第二季", "每年", "數量 (CSV)")],
        },
        "2020年12月",
    ),
    PlanText(
        OFFICE,
        2022,
        {
            ("A", "ii"): [Row("運輸", "竹材進口數量", "2022", "每年", "數量 (CSV)")],
            ("D", "ii"): [
                Row("運輸", "夜光風箏許可證", "08/2021", "每年", "許可證數目 (CSV)"),
                Row("運輸", "孩童工作坊名額", "01/2022", "每年", "名額 (CSV)"),
                Row("運輸", "線軸檢定紀錄", "09/2021", "每年", "紀錄 (CSV)"),
            ],
        },
        "2022年1月",
    ),
)


def build_kites(folder):
    """Build a catalogue of both plans in a folder, and return its output."""
    plans = folder / "plans"
    plans.mkdir()
    for plan in PLANS:
        (plans / f"{plan.first}.txt").write_text(as_tabs(plan), encoding="utf-8")
    build([plans], folder / "output", Settings(), jobs=1)
    return folder / "output"
