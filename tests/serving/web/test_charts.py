"""Charts are well-formed, add up, and look the same on every machine."""

import pytest
from lxml import etree

from dcat_hk.serving.web.charts import PARTS, draw_bar, draw_chart, draw_patterns, draw_timeline, split_figure

NAMES = {name: f"<{name}> & more" for name in PARTS}


def figure(**counts):
    """Return a row of figures."""
    row = dict.fromkeys(("promises", "due", "kept", "late", "overdue", "unknown", "pending"), 0) | counts
    return row | {"promises": counts.get("promises", sum(counts.values()))}


FIGURES = [
    figure(kept=3, late=2, overdue=1, unknown=4, pending=5),
    figure(promises=7, kept=1),
    figure(),
    figure(kept=100_000),
]


def widths(element):
    """Return the sum of the widths of the parts of a bar."""
    return sum(float(rect.get("width")) for rect in element.iter("rect"))


@pytest.mark.parametrize("row", FIGURES)
def test_every_promise_is_in_one_part(row):
    """Nothing is left out, nothing counts twice."""
    assert sum(split_figure(row).values()) == row["promises"]
    bar = etree.fromstring(draw_bar(row, row["promises"]))
    assert widths(bar) == pytest.approx(100 if row["promises"] else 0, abs=0.1)


def test_a_chart_is_well_formed_and_has_words():
    """Labels are text, every part that occurs is in the legend, the title names the chart."""
    chart = draw_chart("<title>", [("2024 & later", FIGURES[0]), ("–", FIGURES[1])], NAMES)
    root = etree.fromstring(chart)
    texts = [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]
    assert texts[:2] == ["2024 & later", "15"]
    assert {NAMES[name] for name in PARTS} <= set(texts)
    assert root.find("{http://www.w3.org/2000/svg}title").text == "<title>"
    assert "style" not in chart
    assert draw_chart("<title>", [("2024 & later", FIGURES[0]), ("–", FIGURES[1])], NAMES) == chart


def test_charts_without_anything():
    """A body that has promised nothing."""
    assert etree.fromstring(draw_chart("none", [], NAMES)) is not None
    assert etree.fromstring(draw_timeline("none", [])) is not None
    assert etree.fromstring(draw_patterns()) is not None


@pytest.mark.parametrize("plans", [[("2024–2026", 2024, 2026, "2023-12")], [("a", 1990, 2090, "1990-01")] * 3])
def test_a_timeline_stays_inside(plans):
    """Of plans dated before their years, and of very long ones."""
    root = etree.fromstring(draw_timeline("plans", plans))
    rects = list(root.iter("{http://www.w3.org/2000/svg}rect"))
    assert len(rects) == len(plans)
    assert all(float(r.get("x")) >= 0 and float(r.get("x")) + float(r.get("width")) <= 360 for r in rects)


def test_charts_beside_each_other_have_one_scale():
    """A bar of the same number is as long in both, and none is longer than its chart."""

    def longest(row, least):
        chart = etree.fromstring(draw_chart("t", [("2024", row)], NAMES, least))
        return max(float(bar.get("width")) for bar in chart.iter("{*}rect") if bar.get("height") == "18")

    small, large = figure(kept=4), figure(kept=8)
    assert longest(large, 8) == pytest.approx(longest(small, 8) * 2, abs=0.1)
    assert longest(small, 0) == longest(large, 4) == longest(large, 8)
