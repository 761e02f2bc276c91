"""
Figures about promises -> what pages show of them: shares in words, bars, charts with their tables, plans.

In: rows of figures of `PromiseMonth`. Out: template values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any
from urllib.parse import quote

from .charts import draw_bar, draw_chart, frame_chart
from .promise_words import describe_share
from .view_words import ViewWords
from .wording import format_month

#: The parts of bars, and what they are called.
_PART_LABELS = {name: f"figure-{name}" for name in ("kept", "late", "overdue", "unknown", "other", "pending")}


class FigureValues:
    """
    Makes the template values of figures.

    Args:
        words: What is said on the page.
    """

    def __init__(self, words: ViewWords) -> None:
        """Keep the words."""
        self._words = words

    def make_figures(self, body: str = "") -> dict[str, Any] | None:
        """
        Return the figures of all promises or of a body; None if there are none.

        Args:
            body: A body; without it, all of them.
        """
        rows = self._words.month.list_figures("body", body) if body else self._words.month.list_figures("all")
        return self.describe_figure(rows[0]) if rows else None

    def describe_figure(self, figure: Mapping[str, Any], most: int = 0) -> dict[str, Any]:
        """
        Return a row of figures with what pages say of it.

        Args:
            figure: The row.

            most: How many promises the scale of its bar has; by default its own.
        """
        body = figure["body"]
        return {
            **figure,
            "share_text": describe_share(figure, self._words.language),
            "median": "" if figure["median_delay"] is None else f"{figure['median_delay']:g}",
            "largest": "" if figure["largest_delay"] is None else str(figure["largest_delay"]),
            "bar": draw_bar(figure, most or figure["promises"]),
            "name": self._words.name_body(body) if body else "",
            "address": self._words.make_address(f"body/{body}") if body else "",
            "label": str(figure["year"]) if figure["year"] else self._words.word("no-year"),
        }

    def describe_figures(self, figures: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """
        Return rows of figures with what pages say of them; their bars have one scale.

        Args:
            figures: The rows.
        """
        most = max((figure["promises"] for figure in figures), default=1)
        return [self.describe_figure(figure, most) for figure in figures]

    def find_most(self, bodies: Sequence[str]) -> int:
        """
        Return the most promises that one of some bodies has in a year, for which bars of one scale are longest.

        Args:
            bodies: The codes of the bodies.
        """
        figures = (one for body in bodies for one in self._words.month.list_figures("body-year", body))
        return max((figure["promises"] for figure in figures), default=0)

    def draw_years(self, body: str = "", least: int = 0) -> str:
        """
        Return the chart of what became of promises by year.

        Args:
            body: A body; without it, all of them.

            least: What the longest bar stands for at least.
        """
        figures = self._words.month.list_figures("body-year" if body else "year", body)
        groups = [(str(figure["year"] or "–"), figure) for figure in figures]
        names = {name: self._words.word(key) for name, key in _PART_LABELS.items()}
        return draw_chart(self._name_chart(body), groups, names, least)

    def draw_alone(self, body: str = "") -> str:
        """
        Return the chart of what became of promises by year, as other sites show it.

        Args:
            body: A body; without it, all of them.
        """
        source = f"{self._words.word('site')} · {self._words.library.base}"
        return frame_chart(self.draw_years(body), self._name_chart(body), source)

    def _name_chart(self, body: str) -> str:
        """Return what a chart shows, of whom, and as of when."""
        as_of = self._words.word("as-of", month=format_month(self._words.month.month, self._words.language))
        about = self._words.word("in-brackets", text=self._words.word("chart-years"), note=as_of)
        return self._words.word("list-of", name=self._words.name_body(body), text=about) if body else about

    def make_year_values(self, body: str = "", least: int = 0) -> dict[str, Any]:
        """
        Return the chart by year and its table.

        Args:
            body: A body; without it, all of them.

            least: What the longest bar stands for at least.
        """
        figures = self._words.month.list_figures("body-year" if body else "year", body)
        stem = f"body/{quote(body)}" if body else "years"
        return {
            "chart": self.draw_years(body, least) if figures else "",
            "years": [self.describe_figure(figure) for figure in figures],
            "embedded": self._embed_chart(stem, body),
            "chart_files": [
                ("SVG", f"{self._words.root}{stem}.{self._words.language}.svg"),
                ("CSV", f"{self._words.root}years.csv"),
            ],
        }

    def _embed_chart(self, stem: str, body: str) -> str:
        """Return the HTML with which another site shows a chart, with a link to the page that it is of."""
        base, name = self._words.library.base, escape(self._name_chart(body))
        image = f'<img src="{base}{stem}.{self._words.language}.svg" alt="{name}" width="760">'
        return f'<a href="{base}{stem}{self._words.ending}">{image}</a>'

    def describe_plan(self, plan: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return a plan with its names and addresses.

        Args:
            plan: A row of plans.
        """
        dated = format_month(plan["month"], self._words.language)
        if plan["iri"] in self._words.library.undated_plans:
            dated = self._words.word("in-brackets", text=dated, note=self._words.word("month-assumed"))
        return {
            **plan,
            "years": f"{plan['first_year']}–{plan['last_year']}",
            "dated": dated,
            "address": self._words.link(plan["iri"]),
            "body_name": self._words.name_body(plan["body"]),
            "body_address": self._words.make_address(f"body/{plan['body']}"),
        }

    def fill_cell(self, figure: Mapping[str, Any] | None) -> str:
        """
        Return kept on time and due and known, of a body in a year; that it is not known where nothing due is.

        Args:
            figure: A row of figures; None if there is none.
        """
        if not figure or not figure["due"]:
            return ""
        judged = figure["due"] - figure["unknown"]
        return f"{figure['kept']}/{judged}" if judged else self._words.word("figure-unknown")
