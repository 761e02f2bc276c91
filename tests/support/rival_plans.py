"""Two different plans of one body and the same years, and what commands must say of them."""

from .plan_texts import PlanText, Row, as_tabs


def write_rival_plans(folder, dated=("2023年12月", "2023年12月")):
    """Write two plans of one body and the same years with other datasets; return their paths."""
    titles = {"parks.txt": ("公園", "球場", "泳池"), "units.txt": ("單位甲", "單位乙", "單位丙")}
    paths = []
    for (name, listed), month in zip(titles.items(), dated, strict=True):
        rows = [Row("房屋", title, "03/2024", "每年", "") for title in listed]
        text = as_tabs(PlanText("香港天文台", 2024, {("A", "ii"): rows}, month))
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(folder / name)
    return paths
