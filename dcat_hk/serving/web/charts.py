"""
Figures -> charts as SVG, the same bytes on every machine.

In: counts by group. Out: SVG without scripts, fonts or links, which a page contains and a browser also shows alone. The
parts of a bar differ in pattern, not only in colour. Where the page has a style sheet, its classes decide the colours.

Spec: SVG 1.1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape

#: The parts of a bar, in their order: what figures call them, and how they look where there is no style sheet.
PARTS: Mapping[str, str] = {
    "kept": "#0b5488",
    "late": "url(#late)",
    "overdue": "url(#overdue)",
    "unknown": "url(#unknown)",
    "other": "url(#other)",
    "pending": "#fff",
}
_PATTERNS = (
    '<defs><pattern id="late" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="back" width="5" '
    'height="5" fill="#fff"/><path class="ink-kept" d="M0 5 5 0" stroke="#0b5488" stroke-width="1.6"/></pattern>'
    '<pattern id="overdue" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="back-overdue" width="4" '
    'height="4" fill="#a33"/><path class="ink-overdue" d="M0 0 4 4M0 4 4 0" stroke="#fff" stroke-width=".7"/></pattern>'
    '<pattern id="unknown" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="back" width="4" height="4" '
    'fill="#fff"/><circle class="dot" cx="2" cy="2" r=".9" fill="#565c63"/></pattern>'
    '<pattern id="other" width="4" height="4" patternUnits="userSpaceOnUse"><rect class="back" width="4" height="4" '
    'fill="#fff"/><path class="ink-other" d="M0 2H4" stroke="#565c63"/></pattern></defs>'
)
#: The width of a chart, of its labels and of what is right of its bars; the height of a line.
_WIDTH, _LABEL, _RIGHT, _LINE = 360, 48, 34, 26
#: The height of a chart, and the pieces between which a line may end: ideographs, and words with what follows them.
_HEIGHT = re.compile(r'viewBox="0 0 [0-9]+ ([0-9]+)"')
_WORDS = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]|[^\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]+\s*|\s+")
#: Letters of a line of a heading.
_LETTERS = 52


def split_figure(figure: Mapping[str, Any]) -> dict[str, int]:
    """
    Return the parts of a group of promises: each promise is in one of them.

    Args:
        figure: A row of figures.

    >>> counts = {"promises": 10, "due": 8, "kept": 3, "late": 2, "overdue": 1, "unknown": 1, "pending": 2}
    >>> split_figure(counts)
    {'kept': 3, 'late': 2, 'overdue': 1, 'unknown': 1, 'other': 1, 'pending': 2}
    """
    parts = {name: int(figure[name]) for name in ("kept", "late", "overdue", "unknown")}
    pending = int(figure["pending"])
    return {**parts, "other": int(figure["promises"]) - sum(parts.values()) - pending, "pending": pending}


def draw_bar(figure: Mapping[str, Any], most: int) -> str:
    """
    Return the bar of a group for a cell of a table; the table has its numbers.

    Args:
        figure: A row of figures.

        most: The number of promises that a whole bar stands for.

    >>> counts = {"promises": 2, "due": 2, "kept": 1, "late": 1, "overdue": 0, "unknown": 0, "pending": 0}
    >>> draw_bar(counts, 4).count("<rect")
    2
    """
    pieces, start = [], 0.0
    for name, count in split_figure(figure).items():
        if count > 0:
            width = 100 * count / max(most, 1)
            pieces.append(f'<rect class="{name}" x="{start:.4g}" width="{width:.4g}" height="9"/>')
            start += width
    return (
        f'<svg class="bars" viewBox="0 0 100 9" preserveAspectRatio="none" aria-hidden="true">{"".join(pieces)}</svg>'
    )


def draw_patterns() -> str:
    """Return the patterns that bars of tables refer to, for pages without a chart."""
    return f'<svg class="patterns" width="0" height="0" aria-hidden="true">{_PATTERNS}</svg>'


def draw_chart(
    title: str, groups: Sequence[tuple[str, Mapping[str, Any]]], names: Mapping[str, str], least: int = 0
) -> str:
    """
    Return a chart with a bar for each group, its number of promises beside it, and a legend.

    Args:
        title: What the chart shows.

        groups: The label and the row of figures of each group.

        names: What the parts are called.

        least: What the longest bar stands for at least, so that charts beside each other have one scale.
    """
    most = max(least, *(int(figure["promises"]) for _label, figure in groups), 1)
    shown = [name for name in PARTS if any(split_figure(figure)[name] > 0 for _label, figure in groups)]
    height = _LINE * len(groups) + 8 + 20 * -(-len(shown) // 2)
    lines = [
        (
            f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" '
            f'font-family="sans-serif" font-size="12" fill="#1b1c1e"><title>{escape(title)}</title>{_PATTERNS}'
        )
    ]
    for number, (label, figure) in enumerate(groups):
        lines += _draw_group(number * _LINE, label, figure, most)
    for number, name in enumerate(shown):
        x, y = number % 2 * _WIDTH // 2, _LINE * len(groups) + 8 + 20 * (number // 2)
        lines.append(_draw_part(name, x + 1, y + 1, 20, 12))
        lines.append(f'<text x="{x + 27}" y="{y + 12}">{escape(names[name])}</text>')
    return "\n".join([*lines, "</svg>"])


def _draw_group(top: int, label: str, figure: Mapping[str, Any], most: int) -> list[str]:
    """Return the elements of one bar with its label and number."""
    scale = (_WIDTH - _LABEL - _RIGHT) / max(most, 1)
    start, elements = float(_LABEL), [f'<text x="0" y="{top + 16}">{escape(label)}</text>']
    for name, count in split_figure(figure).items():
        if count > 0:
            elements.append(_draw_part(name, start, top + 3, count * scale, 18))
            start += count * scale
    return [*elements, f'<text x="{start + 5:.5g}" y="{top + 16}">{figure["promises"]}</text>']


def _draw_part(name: str, x: float, y: float, width: float, height: int) -> str:
    """Return one part of a bar, or its sign in the legend."""
    return (
        f'<rect class="{name}" x="{x:.5g}" y="{y:.5g}" width="{width:.5g}" height="{height}" '
        f'fill="{PARTS[name]}" stroke="#565c63" stroke-width=".6"/>'
    )


def draw_timeline(title: str, plans: Sequence[tuple[str, int, int, str]]) -> str:
    """
    Return the periods of plans, one under the other, with the month that each counts from as a mark.

    Args:
        title: What the chart shows.

        plans: Label, first and last year and month of each plan.

    >>> draw_timeline("Plans", [("2024–2026", 2024, 2026, "2024-01")]).count("<rect")
    1
    """
    first = min((min(plan[1], int(plan[3][:4])) for plan in plans), default=0)
    last = max((plan[2] for plan in plans), default=0)
    scale = (_WIDTH - 2) / max(last + 1 - first, 1)
    step = -(-(last + 1 - first) // 8)
    lines = [
        (
            f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {20 + _LINE * len(plans)}" '
            f'role="img" font-family="sans-serif" font-size="12" fill="#1b1c1e"><title>{escape(title)}</title>'
        )
    ]
    for year in range(first, last + 1, step):
        x = 1 + (year - first) * scale
        lines.append(f'<text x="{x:.5g}" y="12">{year}</text>')
    for number, (label, begin, end, month) in enumerate(plans):
        y, x = 20 + number * _LINE, 1 + (begin - first) * scale
        mark = 1 + (int(month[:4]) - first + (int(month[5:]) - 1) / 12) * scale
        lines.append(
            f'<rect class="pending" x="{x:.5g}" y="{y}" width="{(end + 1 - begin) * scale:.5g}" height="18" '
            f'fill="#fff" stroke="#565c63" stroke-width=".6"/><text x="{x + 5:.5g}" y="{y + 13}">{escape(label)}</text>'
            f'<path class="mark" d="M{mark:.5g} {y - 2}v22" stroke="#8a5a00" stroke-width="2.5"/>'
        )
    return "\n".join([*lines, "</svg>"])


def frame_chart(chart: str, heading: str, source: str) -> str:
    """
    Return a chart for other pages: on a ground of its own, with what it shows above it and where it is from below.

    Args:
        chart: A chart of `draw_chart`.

        heading: What it shows.

        source: Where it is from, and as of when.

    >>> one = draw_chart("Years", [], {})
    >>> frame_chart(one, "What became of promises", "example.org").count("<text")
    2
    """
    height = int(_HEIGHT.findall(chart)[0])
    above, below = list(_wrap(heading)), list(_wrap(source))
    top = 8 + 18 * len(above)
    whole = top + height + 12 + 15 * len(below)
    lines = [
        (
            f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="-10 0 {_WIDTH + 20} {whole}" role="img" '
            f'font-family="sans-serif" font-size="12" fill="#1b1c1e"><title>{escape(heading)}</title>'
            f'<rect x="-10" width="{_WIDTH + 20}" height="{whole}" fill="#fff"/>'
        ),
        *(
            f'<text x="0" y="{18 + 18 * number}" font-size="13" font-weight="bold">{escape(line)}</text>'
            for number, line in enumerate(above)
        ),
        chart.replace("<svg ", f'<svg y="{top}" width="{_WIDTH}" height="{height}" ', 1),
        *(
            f'<text x="0" y="{top + height + 14 + 15 * number}" font-size="10" fill="#565c63">{escape(line)}</text>'
            for number, line in enumerate(below)
        ),
    ]
    return "\n".join([*lines, "</svg>"])


def _wrap(text: str) -> Iterator[str]:
    """Yield lines of a text that are as wide as a chart; an ideograph is as wide as two letters."""
    line, width = "", 0
    for word in _WORDS.findall(text):
        size = sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in word)
        if line and width + size > _LETTERS:
            yield line.strip()
            line, width = "", 0
        line, width = line + word, width + size
    if line.strip():
        yield line.strip()
