"""
Promises, figures and plans -> the pages that people read, in three languages and without scripts.

In: a `View`. Out: HTML. Every state comes from `PromiseMonth`, each with the row that says so; texts of plans are
escaped by the templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urlencode

from ...core.pages import page_templates
from ...core.today import shift_month
from ...core.wording.records import read_toml
from ..promises.asking import ListQuestion
from ..search.following import SILENT_FATES
from .asked import list_problems
from .charts import draw_patterns, draw_timeline
from .corrections import CorrectionLinks
from .figure_values import FigureValues
from .library import Library
from .list_values import ListValues
from .pages import make_frame, make_head
from .promise_months import PromiseMonths
from .view_words import ViewWords
from .views import View
from .wording import format_month

#: Bodies, plans and changes on the start page.
_START_BODIES, _START_PLANS, _START_CHANGES = 12, 6, 6
_TEMPLATES = {"index": "start.html", "body": "body.html", "months": "months.html", "categories": "categories.html"}


class PromisePages:
    """
    Writes the pages about promises.

    Args:
        library: The library of things.

        months: The months that can be asked for.

        queries: Whether the site has a server: filters, orders and searches need one.
    """

    def __init__(self, library: Library, months: PromiseMonths, queries: bool = True) -> None:
        """Keep them."""
        self._library, self._months, self._queries = library, months, queries
        self._corrections = CorrectionLinks(library)

    def write_page(self, view: View, language: str) -> bytes | None:
        """
        Return the page of a view; None if there is nothing, such as a body without plans or a page after the last.

        Args:
            view: The view.

            language: The language of the page.
        """
        month = self._months.get(view.month)
        if view.kind == "body" and view.argument not in month.list_bodies():
            return None
        words = self._make_words(view, language)
        values = _ViewWriter(words, self._months, self._corrections, self._queries).make_values()
        if values is None:
            return None
        name = _TEMPLATES.get(view.kind, "listed.html" if view.list_kind else f"{view.kind}.html")
        if view.kind in {"months", "categories"} and view.argument:
            name = "listed.html"
        return page_templates(__package__).get_template(name).render(values).encode()

    def write_feed(self, view: View, language: str) -> bytes:
        """
        Return the beginning of the list of a view as Atom: a hundred rows, in the order that was asked for.

        Args:
            view: A view with a list.

            language: The language of the feed.

        Spec: RFC 4287.
        """
        words = self._make_words(replace(view, page=1), language)
        return ListValues(words, self._corrections, self._queries).write_feed()

    def draw_chart(self, view: View, language: str) -> bytes:
        """
        Return the chart of a view alone, as SVG.

        Args:
            view: The view.

            language: The language of the chart.
        """
        chart = FigureValues(self._make_words(view, language)).draw_alone(view.argument)
        return f"{chart}\n".encode()

    def _make_words(self, view: View, language: str) -> ViewWords:
        """Return what is said on the page of a view."""
        return ViewWords(self._library, self._months.get(view.month), view, language)


class _ViewWriter:
    """Makes the template values of one page."""

    def __init__(
        self,
        words: ViewWords,
        months: PromiseMonths,
        corrections: CorrectionLinks,
        queries: bool,
    ) -> None:
        """Keep what the page is about."""
        self._words, self._months, self._corrections, self._queries = words, months, corrections, queries
        self._figures, self._lists = FigureValues(words), ListValues(words, corrections, queries)

    def make_values(self) -> dict[str, Any] | None:
        """Return the template values; None if there is nothing to show."""
        view = self._words.view
        values: dict[str, Any] = {
            **make_frame(
                self._words.page, self._words.stem, self._words.language, self._queries, self._words.library.languages
            ),
            "view": view,
            "newest": format_month(self._words.month.newest, self._words.language),
            "as_of": self._words.word("as-of", month=format_month(self._words.month.month, self._words.language)),
            "title": self._words.make_title(),
            "lead": self._words.make_lead(),
            "problems": list_problems(self._words.library, view, self._words.language),
            "address": self._words.make_address,
            "patterns": draw_patterns(),
            "files": [(suffix.upper(), self._words.find_file(suffix)) for suffix in view.formats if suffix != "html"],
        }
        values |= make_head(
            self._words.library,
            values["title"],
            self._make_about_line(),
            f"{self._words.library.base}{quote(self._words.stem)}",
            self._words.page,
            self._words.language,
            "overdue" if view.kind == "overdue" else "all",
        )
        if "atom" in view.formats:
            media = view.formats["atom"].partition(";")[0]
            # What is overdue has one feed in this format, not also that of all of it.
            others = [one for one in values["followed"] if view.kind != "overdue" or one[0] != media]
            values["followed"] = [(media, self._words.make_feed_title(), self._words.find_file("atom")), *others]
        values["crumbs"] = [*values["crumbs"][:1], *self._words.list_crumbs()]
        makers: dict[str, Callable[[], dict[str, Any]]] = {
            "index": self._make_start,
            "bodies": self._make_bodies,
            "years": self._make_years,
            "body": self._make_body,
            "compare": self._make_comparison,
            "categories": self._make_categories,
            "months": self._make_months,
            "about": self._make_about,
        }
        if view.kind in makers and not (view.kind in {"months", "categories"} and view.argument):
            values |= makers[view.kind]()
        if view.list_kind:
            listed = self._lists.make_list()
            if listed is None:
                return None
            values |= listed
        if view.kind in {"overdue", "bodies", "years"}:
            values["as_of_choices"] = self._list_months()
        if view.kind == "new":
            months = [month for month in self._months.plan_months if month != view.argument]
            values["since_choices"] = [(month, self._words.make_address(f"new/{month}")) for month in months]
        return values

    # ---- what every page has

    def _make_about_line(self) -> str:
        """Return what the page is about in a sentence: its lead, or the figures of its body."""
        if self._words.view.kind != "body":
            return self._words.make_lead() or self._words.word("start-lead")
        rows = self._words.month.list_figures("body", self._words.view.argument)
        as_of = self._words.word("as-of", month=format_month(self._words.month.month, self._words.language))
        counts = [
            f"{self._words.word(f'figure-{key}')} {row[key]}"
            for row in rows
            for key in ("promises", "kept", "late", "overdue")
        ]
        return " · ".join([*counts, as_of])

    def _list_months(self) -> list[tuple[str, str]]:
        """Return other months that the page can be as of, with the addresses."""
        months = [*self._months.year_ends[-5:], self._months.usual]
        return [
            (
                month,
                self._words.make_address(
                    self._words.view.kind if month == self._months.usual else f"{self._words.view.kind}/{month}"
                ),
            )
            for month in months
            if month != self._words.view.month
        ]

    # ---- pages

    def _make_start(self) -> dict[str, Any]:
        """Return the values of the start page."""
        figures = self._words.month.list_figures("body")
        shown = sorted(figures, key=lambda figure: (-figure["promises"], figure["body"]))[:_START_BODIES]
        plans = self._words.month.list_plans()
        usual = self._months.usual
        return {
            "figures": self._figures.make_figures(),
            "bodies": self._figures.describe_figures(shown),
            "body_count": len(self._words.month.list_bodies()),
            "plans": [self._figures.describe_plan(plan) for plan in plans[:_START_PLANS]],
            "changes": self._list_newest_changes(),
            "questions": self._list_questions(shift_month(usual, 1)),
            **self._figures.make_year_values(),
        }

    def _list_newest_changes(self) -> list[dict[str, Any]]:
        """Return what the newest plans say of rows of the plans before, where something has changed."""
        fates = tuple(
            fate for fate, _count in self._words.month.count_values("change", "fate") if fate not in SILENT_FATES
        )
        if not fates:
            return []
        question = ListQuestion("change", {"fate": fates}, "-month", 0, _START_CHANGES, self._words.language)
        return [self._lists.describe_row("change", row) for row in self._words.month.ask(question).rows]

    def _list_questions(self, following: str) -> list[tuple[str, str]]:
        """Return the ten questions with the addresses of their answers."""
        answers = {
            "overdue": "overdue",
            "slowest": "bodies",
            "body": "bodies",
            "formats": "format-changes",
            "word": "search",
            "share": "years",
            "gone": "promises/no-longer-listed",
            "next": f"months/{following}",
            "open": "no-open-format",
            "new": "new",
        }
        if not self._queries:
            answers["word"] = "categories"
        return [
            (self._words.word(f"question-{name}"), self._words.make_address(stem)) for name, stem in answers.items()
        ]

    def _make_bodies(self) -> dict[str, Any]:
        """Return the values of the page of all bodies."""
        figures = self._words.month.list_figures("body")
        known = {figure["body"] for figure in figures}
        silent = [code for code in self._words.month.list_bodies() if code not in known]
        names = [(self._words.name_body(code), self._words.make_address(f"body/{code}")) for code in silent]
        slowest = sorted(figures, key=lambda figure: (-(figure["median_delay"] or -999), figure["body"]))
        return {
            "bodies": self._figures.describe_figures(slowest),
            "silent": names,
            "figures": self._figures.make_figures(),
        }

    def _make_years(self) -> dict[str, Any]:
        """Return the values of the page of shares by body and year."""
        cells: dict[str, dict[int, Mapping[str, Any]]] = {}
        for figure in self._words.month.list_figures("body-year"):
            if figure["year"]:
                cells.setdefault(figure["body"], {})[figure["year"]] = figure
        years = sorted({year for row in cells.values() for year in row})
        table = [
            (
                self._words.name_body(body),
                self._words.make_address(f"body/{body}"),
                [self._figures.fill_cell(row.get(y)) for y in years],
            )
            for body, row in cells.items()
        ]
        return {"year_columns": years, "year_table": table, **self._figures.make_year_values()}

    def _make_body(self) -> dict[str, Any]:
        """Return the values of the page of a body."""
        body = self._words.view.argument
        plans = [self._figures.describe_plan(plan) for plan in self._words.month.list_plans(body)]
        lines = [(plan["years"], plan["first_year"], plan["last_year"], plan["month"]) for plan in reversed(plans)]
        return {
            "figures": self._figures.make_figures(body),
            "plans": plans,
            "timeline": draw_timeline(self._words.word("body-timeline"), lines),
            "record": self._words.link(f"{self._words.library.base}organisation/{body}"),
            "searched": f"{self._words.make_address('search')}?{urlencode([('body', body), ('stage', 'released')])}",
            **(self._lists.make_released(body) if self._words.view.page == 1 else {}),
            **self._figures.make_year_values(body),
        }

    def _make_comparison(self) -> dict[str, Any]:
        """Return the values of the page that compares two bodies."""
        bodies = sorted((self._words.name_body(code), code) for code in self._words.month.list_bodies())
        codes = [code for _name, code in bodies]
        chosen = [self._words.view.others.get(name, "") for name in ("a", "b")]
        chosen = [code if code in codes else "" for code in chosen]
        most = self._figures.find_most([code for code in chosen if code])
        sides = [
            {
                "name": self._words.name_body(code),
                "address": self._words.make_address(f"body/{code}"),
                "figures": self._figures.make_figures(code),
                **self._figures.make_year_values(code, most),
            }
            for code in chosen
            if code
        ]
        return {"choices": [(code, name) for name, code in bodies], "chosen": chosen, "sides": sides}

    def _make_months(self) -> dict[str, Any]:
        """Return the values of the page of all promised months."""
        months = [
            {
                **row,
                "name": format_month(row["month"], self._words.language),
                "address": self._words.make_address(f"months/{row['month']}"),
            }
            for row in self._words.month.list_months()
        ]
        return {"months": months}

    def _make_categories(self) -> dict[str, Any]:
        """Return the values of the page of all categories."""
        counted = self._words.month.count_values("arrival", "category")
        named = [(self._words.name_facet("category", code), code, count) for code, count in counted]
        return {
            "named": [
                (name, self._words.make_address(f"categories/{code}"), count) for name, code, count in sorted(named)
            ]
        }

    def _make_about(self) -> dict[str, Any]:
        """Return the sections of the page that says how this is known, and whom to tell what is wrong."""
        return {"sections": read_toml(__package__, "about.toml")["sections"], "contact": self._corrections.contact}
