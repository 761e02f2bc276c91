"""
Promises, figures and plans -> the pages that people read, in three languages and without scripts.

In: a `View`. Out: HTML. Every state comes from `PromiseMonth`, each with the row that says so; texts of plans are
escaped by the templates.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import quote, urlencode

from ...core.pages import page_templates
from ...core.terms import Literal
from ...core.wording.records import read_toml
from ..promises.asking import ListAnswer, ListQuestion, PromiseMonth, list_orders
from ..search.following import SILENT_FATES
from .addresses import SPOKEN_SUFFIXES, get_page_suffix, get_root_address, make_link
from .charts import draw_bar, draw_chart, draw_patterns, draw_timeline, frame_chart
from .corrections import CorrectionLinks
from .feeds import MAX_ENTRIES
from .library import Library
from .pages import make_frame, make_head
from .promise_feeds import write_list_feed
from .promise_months import PromiseMonths, shift_month
from .promise_words import describe_share, describe_state, label_state, name_basis, name_state
from .views import PAGE_ROWS, View, write_query
from .wording import choose_literal, choose_name, format_month, get_label, name_years

#: The parts of bars, and what they are called.
_PART_LABELS = {name: f"figure-{name}" for name in ("kept", "late", "overdue", "unknown", "other", "pending")}
#: Bodies, plans and changes on the start page, and values of a facet that are shown at once.
_START_BODIES, _START_PLANS, _START_CHANGES, _SHOWN_VALUES = 12, 6, 6, 8
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
        values = self._make_writer(view, language).make_values()
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
        return self._make_writer(replace(view, page=1), language).write_feed()

    def draw_chart(self, view: View, language: str) -> bytes:
        """
        Return the chart of a view alone, as SVG.

        Args:
            view: The view.

            language: The language of the chart.
        """
        return f"{self._make_writer(view, language).draw_years(view.argument)}\n".encode()

    def _make_writer(self, view: View, language: str) -> _ViewWriter:
        """Return what makes the values of a view."""
        return _ViewWriter(self._library, self._months, self._months.get(view.month), view, language, self._queries)


class _ViewWriter:
    """Makes the template values of one page."""

    def __init__(
        self, library: Library, months: PromiseMonths, month: PromiseMonth, view: View, language: str, queries: bool
    ) -> None:
        """Keep what the page is about."""
        self._library, self._months, self._month = library, months, month
        self._view, self._language, self._queries = view, language, queries
        self._corrections = CorrectionLinks(library)
        self._stem = view.stem + (f"/page-{view.page}" if view.page > 1 else "")
        self._page = self._stem + get_page_suffix(language)
        self._root, self._ending = get_root_address(self._page), get_page_suffix(language)

    def make_values(self) -> dict[str, Any] | None:
        """Return the template values; None if there is nothing to show."""
        view = self._view
        values: dict[str, Any] = {
            **make_frame(self._page, self._stem, self._language, self._queries),
            "view": view,
            "newest": format_month(self._month.newest, self._language),
            "as_of": self._word("as-of", month=format_month(self._month.month, self._language)),
            "title": self._make_title(),
            "lead": self._make_lead(),
            "address": self._make_address,
            "patterns": draw_patterns(),
            "files": [(suffix.upper(), self._find_file(suffix)) for suffix in view.formats if suffix != "html"],
        }
        values |= make_head(
            values["title"],
            self._make_about_line(),
            f"{self._library.base}{quote(self._stem)}",
            self._page,
            self._language,
            "overdue" if view.kind == "overdue" else "all",
        )
        if "atom" in view.formats:
            values["followed"] += [(view.formats["atom"].partition(";")[0], values["title"], self._find_file("atom"))]
        values["crumbs"] = [*values["crumbs"][:1], *self._list_crumbs()]
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
            listed = self._make_list()
            if listed is None:
                return None
            values |= listed
        if view.kind in {"overdue", "bodies", "years"}:
            values["as_of_choices"] = self._list_months()
        return values

    # ---- what every page has

    def _word(self, key: str, **values: Any) -> str:
        """Return a label of the interface."""
        return get_label(key, self._language).format(**values)

    def _make_address(self, stem: str) -> str:
        """Return the relative address of a page of this site."""
        return f"{self._root}{quote(stem)}{self._ending}"

    def _find_file(self, suffix: str) -> str:
        """Return the address of the list of this page in another format, with what was asked for."""
        asked = write_query(self._view, page=False)
        language = f".{self._language}" if suffix in SPOKEN_SUFFIXES else ""
        return f"{self._root}{quote(self._view.stem)}{language}.{suffix}" + (f"?{asked}" if asked else "")

    def _make_title(self) -> str:
        """Return the title of the page."""
        view = self._view
        if view.kind == "body":
            return self._name_body(view.argument)
        if view.kind == "categories" and view.argument:
            return self._name_facet("category", view.argument)
        if view.kind == "promises" and view.argument:
            return self._word("list-state", state=name_state(view.argument, self._language))
        key = {
            "index": "site",
            "overdue": "overdue-title",
            "promises": "list-promises",
            "months": "list-month" if view.argument else "months-title",
            "bodies": "bodies-title",
            "years": "bodies-years",
            "new": "list-new",
            "no-open-format": "list-no-open-format",
            "categories": "categories",
            "format-changes": "list-formats",
            "entry-changes": "list-changes",
            "compare": "compare-title",
            "about": "about",
        }[view.kind]
        return self._word(key, month=format_month(view.argument, self._language))

    def _make_lead(self) -> str:
        """Return the sentence under the title; empty for most pages."""
        leads = {
            "index": "start-lead",
            "overdue": "overdue-lead",
            "bodies": "bodies-lead",
            "years": "bodies-years-lead",
        }
        leads |= {"no-open-format": "list-no-open-format-lead", "format-changes": "list-formats-lead"}
        return (
            self._word(leads[self._view.kind], month=format_month(self._month.month, self._language))
            if self._view.kind in leads
            else ""
        )

    def _make_about_line(self) -> str:
        """Return what the page is about in a sentence: its lead, or the figures of its body."""
        if self._view.kind != "body":
            return self._make_lead() or self._word("start-lead")
        rows = self._month.list_figures("body", self._view.argument)
        as_of = self._word("as-of", month=format_month(self._month.month, self._language))
        counts = [
            f"{self._word(f'figure-{key}')} {row[key]}"
            for row in rows
            for key in ("promises", "kept", "late", "overdue")
        ]
        return " · ".join([*counts, as_of])

    def _list_crumbs(self) -> list[tuple[str, str]]:
        """Return labels and addresses of the pages above this one, and of this one without an address."""
        view, crumbs = self._view, []
        above = {"body": "bodies", "years": "bodies", "compare": "bodies"}.get(view.kind, view.kind)
        if (view.argument and view.kind in {"months", "body", "categories"}) or above != view.kind:
            crumbs.append((self._word(above), self._make_address(above)))
        return [*crumbs, (self._make_title(), "")] if view.kind != "index" else []

    def _list_months(self) -> list[tuple[str, str]]:
        """Return other months that the page can be as of, with the addresses."""
        months = [*self._months.year_ends[-5:], self._months.usual]
        return [
            (
                month,
                self._make_address(self._view.kind if month == self._months.usual else f"{self._view.kind}/{month}"),
            )
            for month in months
            if month != self._view.month
        ]

    # ---- names

    def _name_body(self, code: str) -> str:
        """Return the name of a body; its code if nobody has named it."""
        return self._name(f"{self._library.base}organisation/{code}")

    def _name_facet(self, kind: str, value: str) -> str:
        """Return what a value of a facet is called."""
        if kind == "body":
            return self._name_body(value)
        if kind == "state":
            return name_state(value, self._language)
        if kind == "confirmed":
            return self._word("confirmed-yes" if value == "1" else "confirmed-no")
        if kind in {"fate", "differs", "stage"}:
            return self._name_term(value)
        return self._library.index.find_label(kind, value, self._language) or value

    def _name_term(self, notation: str) -> str:
        """Return what a term of plans is called."""
        return self._name(f"{self._library.base}def/plan#{notation}")

    def _name(self, iri: str) -> str:
        """Return the label of a thing; the last part of its IRI if it has none."""
        return choose_name(self._library.find_labels(iri), iri, self._language)

    def _link(self, iri: str) -> str:
        """Return the address of the page of a thing."""
        return make_link(iri, self._library.base, self._page, self._language)

    # ---- figures

    def _make_figures(self, body: str = "") -> dict[str, Any] | None:
        """Return the figures of all promises or of a body; None if there are none."""
        rows = self._month.list_figures("body", body) if body else self._month.list_figures("all")
        return self._describe_figure(rows[0]) if rows else None

    def _describe_figure(self, figure: Mapping[str, Any], most: int = 0) -> dict[str, Any]:
        """Return a row of figures with what pages say of it."""
        body = figure["body"]
        return {
            **figure,
            "share_text": describe_share(figure, self._language),
            "median": "" if figure["median_delay"] is None else f"{figure['median_delay']:g}",
            "largest": "" if figure["largest_delay"] is None else str(figure["largest_delay"]),
            "bar": draw_bar(figure, most or figure["promises"]),
            "name": self._name_body(body) if body else "",
            "address": self._make_address(f"body/{body}") if body else "",
            "label": str(figure["year"]) if figure["year"] else self._word("no-year"),
        }

    def _describe_figures(self, figures: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """Return rows of figures with what pages say of them; their bars have one scale."""
        most = max((figure["promises"] for figure in figures), default=1)
        return [self._describe_figure(figure, most) for figure in figures]

    def draw_years(self, body: str = "") -> str:
        """Return the chart of what became of promises by year."""
        figures = self._month.list_figures("body-year" if body else "year", body)
        groups = [(str(figure["year"] or "–"), figure) for figure in figures]
        names = {name: self._word(key) for name, key in _PART_LABELS.items()}
        return draw_chart(self._name_chart(body), groups, names)

    def draw_alone(self, body: str = "") -> str:
        """Return the chart of what became of promises by year, as other sites show it."""
        source = f"{self._word('site')} · {self._library.base}"
        return frame_chart(self.draw_years(body), self._name_chart(body), source)

    def _name_chart(self, body: str) -> str:
        """Return what a chart shows, of whom, and as of when."""
        as_of = self._word("as-of", month=format_month(self._month.month, self._language))
        about = self._word("in-brackets", text=self._word("chart-years"), note=as_of)
        return self._word("list-of", name=self._name_body(body), text=about) if body else about

    def _make_year_values(self, body: str = "") -> dict[str, Any]:
        """Return the chart by year and its table."""
        figures = self._month.list_figures("body-year" if body else "year", body)
        stem = f"body/{quote(body)}" if body else "years"
        return {
            "chart": self.draw_years(body) if figures else "",
            "years": [self._describe_figure(figure) for figure in figures],
            "embedded": self._embed_chart(stem, body),
            "chart_files": [("SVG", f"{self._root}{stem}.{self._language}.svg"), ("CSV", f"{self._root}years.csv")],
        }

    def _embed_chart(self, stem: str, body: str) -> str:
        """Return the HTML with which another site shows a chart, with a link to the page that it is of."""
        base, name = self._library.base, escape(self._name_chart(body))
        image = f'<img src="{base}{stem}.{self._language}.svg" alt="{name}" width="760">'
        return f'<a href="{base}{stem}{self._ending}">{image}</a>'

    # ---- pages

    def _make_start(self) -> dict[str, Any]:
        """Return the values of the start page."""
        figures = self._month.list_figures("body")
        shown = sorted(figures, key=lambda figure: (-figure["promises"], figure["body"]))[:_START_BODIES]
        plans = self._month.list_plans()
        usual = self._months.usual
        return {
            "figures": self._make_figures(),
            "bodies": self._describe_figures(shown),
            "body_count": len(self._month.list_bodies()),
            "plans": [self._describe_plan(plan) for plan in plans[:_START_PLANS]],
            "changes": self._list_newest_changes(),
            "questions": self._list_questions(shift_month(usual, 1)),
            **self._make_year_values(),
        }

    def _list_newest_changes(self) -> list[dict[str, Any]]:
        """Return what the newest plans say of rows of the plans before, where something has changed."""
        fates = tuple(fate for fate, _count in self._month.count_values("change", "fate") if fate not in SILENT_FATES)
        if not fates:
            return []
        question = ListQuestion("change", {"fate": fates}, "-month", 0, _START_CHANGES, self._language)
        return [self._describe_row("change", row) for row in self._month.ask(question).rows]

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
        return [(self._word(f"question-{name}"), self._make_address(stem)) for name, stem in answers.items()]

    def _describe_plan(self, plan: Mapping[str, Any]) -> dict[str, Any]:
        """Return a plan with its names and addresses."""
        return {
            **plan,
            "years": f"{plan['first_year']}–{plan['last_year']}",
            "dated": format_month(plan["month"], self._language),
            "address": self._link(plan["iri"]),
            "body_name": self._name_body(plan["body"]),
            "body_address": self._make_address(f"body/{plan['body']}"),
        }

    def _make_bodies(self) -> dict[str, Any]:
        """Return the values of the page of all bodies."""
        figures = self._month.list_figures("body")
        known = {figure["body"] for figure in figures}
        silent = [code for code in self._month.list_bodies() if code not in known]
        names = [(self._name_body(code), self._make_address(f"body/{code}")) for code in silent]
        slowest = sorted(figures, key=lambda figure: (-(figure["median_delay"] or -999), figure["body"]))
        return {"bodies": self._describe_figures(slowest), "silent": names, "figures": self._make_figures()}

    def _make_years(self) -> dict[str, Any]:
        """Return the values of the page of shares by body and year."""
        cells: dict[str, dict[int, Mapping[str, Any]]] = {}
        for figure in self._month.list_figures("body-year"):
            if figure["year"]:
                cells.setdefault(figure["body"], {})[figure["year"]] = figure
        years = sorted({year for row in cells.values() for year in row})
        table = [
            (self._name_body(body), self._make_address(f"body/{body}"), [self._fill_cell(row.get(y)) for y in years])
            for body, row in cells.items()
        ]
        return {"year_columns": years, "year_table": table, **self._make_year_values()}

    @staticmethod
    def _fill_cell(figure: Mapping[str, Any] | None) -> str:
        """Return kept on time and due and known, of a body in a year."""
        judged = figure["due"] - figure["unknown"] if figure else 0
        return f"{figure['kept']}/{judged}" if figure and judged else ""

    def _make_body(self) -> dict[str, Any]:
        """Return the values of the page of a body."""
        body = self._view.argument
        plans = [self._describe_plan(plan) for plan in self._month.list_plans(body)]
        lines = [(plan["years"], plan["first_year"], plan["last_year"], plan["month"]) for plan in reversed(plans)]
        return {
            "figures": self._make_figures(body),
            "plans": plans,
            "timeline": draw_timeline(self._word("body-timeline"), lines),
            "record": self._link(f"{self._library.base}organisation/{body}"),
            "searched": f"{self._make_address('search')}?{urlencode([('body', body), ('stage', 'released')])}",
            **self._make_year_values(body),
        }

    def _make_comparison(self) -> dict[str, Any]:
        """Return the values of the page that compares two bodies."""
        bodies = sorted((self._name_body(code), code) for code in self._month.list_bodies())
        codes = [code for _name, code in bodies]
        chosen = [self._view.others.get(name, "") for name in ("a", "b")]
        chosen = [code if code in codes else "" for code in chosen]
        sides = [
            {
                "name": self._name_body(code),
                "address": self._make_address(f"body/{code}"),
                "figures": self._make_figures(code),
                **self._make_year_values(code),
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
                "name": format_month(row["month"], self._language),
                "address": self._make_address(f"months/{row['month']}"),
            }
            for row in self._month.list_months()
        ]
        return {"months": months}

    def _make_categories(self) -> dict[str, Any]:
        """Return the values of the page of all categories."""
        counted = self._month.count_values("arrival", "category")
        named = [(self._name_facet("category", code), code, count) for code, count in counted]
        return {
            "named": [(name, self._make_address(f"categories/{code}"), count) for name, code, count in sorted(named)]
        }

    def _make_about(self) -> dict[str, Any]:
        """Return the sections of the page that says how this is known, and whom to tell what is wrong."""
        return {"sections": read_toml(__package__, "about.toml")["sections"], "contact": self._corrections.contact}

    # ---- lists

    def _make_list(self) -> dict[str, Any] | None:
        """Return the values of the list of a page; None if the page is after the last."""
        view, kind = self._view, self._view.list_kind
        assert kind is not None
        question = view.make_question(self._language)
        answer = self._month.ask(question, kind.facets if self._queries else ())
        last = max(1, -(-answer.count // PAGE_ROWS))
        if view.page > last:
            return None
        argument = view.argument
        around = self._find_around(argument) if view.kind == "months" else []
        return {
            "list_name": kind.name,
            "count": answer.count,
            "first": question.start + 1,
            "last": question.start + len(answer.rows),
            "listed": [self._describe_row(kind.name, row) for row in answer.rows],
            "facets": self._list_facets(answer),
            "orders": [(order, self._name_order(order)) for order in list_orders(kind.name)] if self._queries else [],
            "chosen_order": view.order or kind.order,
            "hidden": [(name, value) for name, values in view.filters.items() for value in values],
            "pages": self._list_pages(last),
            "around": [
                (word, format_month(month, self._language), self._make_address(f"months/{month}"))
                for word, month in around
            ],
        }

    def _find_around(self, month: str) -> list[tuple[str, str]]:
        """Return the promised months before and after a month, each with what it is called."""
        months = [row["month"] for row in self._month.list_months()]
        before, after = [one for one in months if one < month][-1:], [one for one in months if one > month][:1]
        return [(self._word("previous"), one) for one in before] + [(self._word("next"), one) for one in after]

    def _name_order(self, order: str) -> str:
        """Return what an order is called."""
        return self._word(f"sort-{order}")

    def write_feed(self) -> bytes:
        """Return the beginning of the list as Atom."""
        kind = self._view.list_kind
        assert kind is not None
        rows = self._month.ask(self._view.make_question(self._language, MAX_ENTRIES)).rows
        described = [(row, self._describe_row(kind.name, row)) for row in rows]
        return write_list_feed(self._view, self._make_title(), described, self._library.base, self._language)

    def _name_source(self, row: Mapping[str, Any]) -> str:
        """Return what says so: the years of a plan, or the portal."""
        if row.get("basis") == "portal":
            return name_basis("portal", self._language)
        return name_years(row.get("told_plan") or "")

    def _describe_row(self, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """Return a row of a list as the template shows it."""
        title = choose_literal(self._library.find_labels(row["dataset"]), self._language) or Literal(row["title"], "")
        told = row.get("told_record") or row["record"]
        shown: dict[str, Any] = {
            "title": title.value,
            "tag": title.language.partition("-t-")[0],
            "address": self._link(row["dataset"]),
            "body": self._name_body(row["body"]),
            "body_address": self._make_address(f"body/{row['body']}"),
            "row": row["row"],
            "plan": name_years(row["plan"]),
            "record": self._link(row["record"]),
            "told": self._link(told) if told != row["record"] else "",
            "told_plan": self._name_source(row),
            "category": row["category"],
            "correct": self._corrections.make_link(row["record"], title.value, self._page, self._language),
        }
        if name == "promise":
            sentence = describe_state(row, self._language)
            is_sure = row["state"] != "overdue" or row["confirmed"]
            style = row["state"] if is_sure else f"{row['state']} unconfirmed"
            return shown | {"state": style, "label": label_state(row, self._language), "says": sentence}
        if name == "arrival":
            month = format_month(row["month"], self._language)
            return shown | {"state": "", "label": self._name_term(row["stage"]), "says": month}
        names = [self._name_term(one) for one in row["differs"].split()]
        says = " · ".join([format_month(row["month"], self._language), *names])
        return shown | {"state": "", "label": self._name_term(row["fate"]), "says": says}

    def _list_facets(self, answer: ListAnswer) -> list[dict[str, Any]]:
        """Return the template values of the facets; a value is a link that adds it or takes it away."""
        facets = []
        for kind, counted in answer.facets.items():
            chosen = tuple(self._view.filters.get(kind, ()))
            values = []
            for value, count in counted:
                others = tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
                other = replace(self._view, filters={**self._view.filters, kind: others}, page=1)
                query = write_query(other)
                address = self._make_address(self._view.stem) + (f"?{query}" if query else "")
                label = self._name_facet(kind, value)
                values.append({"label": label, "count": count, "address": address, "chosen": value in chosen})
            if len(values) > 1 or chosen:
                heading = self._word(f"facet-{kind}")
                facets.append({"heading": heading, "values": values[:_SHOWN_VALUES], "more": values[_SHOWN_VALUES:]})
        return facets

    def _list_pages(self, last: int) -> list[tuple[str, str, bool]]:
        """Return label, address and whether it is the current one, for the pages around the current one."""
        view = self._view
        numbers = sorted({1, last, *range(max(1, view.page - 2), min(last, view.page + 2) + 1)})
        pages = []
        for number in numbers:
            if view.has_question:
                address = f"{self._make_address(view.stem)}?{write_query(replace(view, page=number))}"
            else:
                address = self._make_address(view.stem + (f"/page-{number}" if number > 1 else ""))
            pages.append((str(number), address, number == view.page))
        return pages if last > 1 else []
