"""
Plans in which each of the ten questions of the start page has an answer, as of the month in which they are made.

The answers are written down here by hand beside the rows, and never computed.
"""

from __future__ import annotations

import datetime
from typing import NamedTuple

from dcat_hk.core.today import find_today
from support.plan_texts import PlanText, Row, as_tabs

#: The two bodies, as the plans name them, their codes and their English names.
SLOW, SLOW_CODE = "渠務署", "hk-dsd"
QUICK, QUICK_CODE = "香港天文台", "hk-hko"


class Asked(NamedTuple):
    """The plans of one day: `first` is the first year of the newest ones, `today` and `following` are months."""

    first: int
    today: str
    following: str


def choose_day(today: datetime.date | None = None) -> Asked:
    """Return the plans of a day, of today if none is given: a month of theirs is over, and one is to come."""
    now = today or find_today()
    months = now.year * 12 + now.month - 1
    return Asked((months - 1) // 12, f"{now:%Y-%m}", f"{(months + 1) // 12}-{(months + 1) % 12 + 1:02}")


def _printed(month: str) -> str:
    """Return a month as plans print it."""
    return f"{month[5:]}/{month[:4]}"


def _row(title: str, date: str, remark: str) -> Row:
    """Return a row of weather and water."""
    return Row("環境", title, date, "每月", remark)


def make_plans(asked: Asked) -> dict[str, str]:
    """Return the texts of five plans by file name."""
    last, before, first = asked.first, asked.first - 1, asked.first - 2
    due = ("A" if asked.following.startswith(f"{last}-") else "B", "ii")
    inspections = _row("雨水渠巡查紀錄", f"10/{first}", "巡查日期及結果 (CSV)")
    repairs = _row("渠道維修紀錄", f"12/{first}", "維修日期及位置 (CSV)")
    reports = _row("渠務工程年報", "12/2015", "每年工程的概要 (PDF)")
    storms = _row("雷暴次數", f"03/{before}", "每月的雷暴次數 (CSV)")
    tides = _row("潮汐預報", f"06/{before}", "各潮汐站的潮高 (JSON)")
    newest: dict[tuple[str, str], list[Row]] = {
        ("A", "ii"): [_row("污水泵房位置", f"01/{last}", "泵房的座標 (CSV)")],
        ("B", "ii"): [_row("防洪工程進度", f"12/{last + 1}", "各項工程的進度 (CSV)")],
        ("D", "ii"): [inspections, repairs, reports, _row("河道水位", f"05/{first}", "各站的水位 (JSON)")],
    }
    # Lists are in the order of the plan, so what is due next stands before the works in every month of the year.
    place = 1 if due[0] == "A" else 0
    newest[due].insert(place, _row("排水隧道截面", _printed(asked.following), "隧道的截面 (CSV)"))
    levels = _row("河道水位", f"05/{first}", "各站的水位 (CSV)")
    plans = {
        "slow-1": PlanText(
            SLOW,
            first,
            {
                ("A", "ii"): [
                    _row("雨水渠巡查紀錄", f"03/{first}", "巡查日期及結果 (CSV)"),
                    _row("渠道維修紀錄", f"04/{first}", "維修日期及位置 (CSV)"),
                    _row("污水泵房位置", f"06/{first}", "泵房的座標 (CSV)"),
                    levels,
                    _row("水浸黑點圖冊", f"09/{first}", "黑點的位置 (CSV)"),
                ],
                ("D", "ii"): [reports],
            },
            f"{first - 1}年12月",
        ),
        "slow-2": PlanText(
            SLOW,
            before,
            {
                ("A", "ii"): [_row("污水泵房位置", f"08/{before}", "泵房的座標 (CSV)")],
                ("D", "ii"): [inspections, repairs, reports, levels],
            },
            f"{before - 1}年12月",
        ),
        "slow-3": PlanText(SLOW, last, newest, f"{last - 1}年12月"),
        "quick-1": PlanText(
            QUICK,
            before,
            {("A", "ii"): [_row("雷暴次數", f"02/{before}", "每月的雷暴次數 (CSV)"), tides]},
            f"{before - 1}年11月",
        ),
        "quick-2": PlanText(QUICK, last, {("D", "ii"): [storms, tides]}, f"{last - 1}年11月"),
    }
    return {f"{name}.txt": as_tabs(plan) for name, plan in plans.items()}


def build_asked(folder, asked: Asked):
    """Build the plans in a folder and return its output."""
    from dcat_hk.build import build
    from dcat_hk.core.settings import Settings

    plans = folder / "plans"
    plans.mkdir(parents=True)
    for name, text in make_plans(asked).items():
        (plans / name).write_text(text, encoding="utf-8")
    outcome = build([plans], folder / "output", Settings(contact="mailto:data@example.org"), jobs=1)
    assert outcome.published, outcome
    return folder / "output"
