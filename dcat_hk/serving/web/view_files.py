"""
Paths -> the bytes of what people look at about promises: pages, lists and figures as files, feeds, charts.

In: a path without suffix, a format, a language, and the parameters of a request. Out: bytes. Both the server and the
static site are made from this module.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from ...core.languages import LANGUAGES
from ...core.today import shift_month
from ...reconciliation.states import STATES
from .addresses import SPOKEN_SUFFIXES
from .asked import list_problems
from .library import Library
from .promise_months import PromiseMonths
from .promise_pages import PromisePages
from .promise_tables import TABLE_OF_LIST, RowMaker, write_table
from .views import PAGE_ROWS, View, ask_view, read_view

#: Rows of a file.
_MAX_ROWS = 1_000_000


class ViewFiles:
    """
    Writes what is at the paths of `views`.

    Args:
        library: The library of things.

        months: The months that can be asked for.

        queries: Whether the site has a server.
    """

    def __init__(self, library: Library, months: PromiseMonths, queries: bool = True) -> None:
        """Keep them."""
        self._library, self.months, self._queries = library, months, queries
        self._pages = PromisePages(library, months, queries)

    def list_formats(self, stem: str) -> Mapping[str, str]:
        """
        Return the media types of the formats at a path by suffix; none if it is no path of these pages.

        Args:
            stem: The path without suffix.
        """
        view = read_view(stem, self.months)
        return view.formats if view else {}

    def list_problems(self, stem: str, parameters: Mapping[str, Sequence[str]], language: str) -> list[str]:
        """
        Return a sentence for each parameter that cannot be understood.

        Args:
            stem: The path without suffix.

            parameters: The parameters of a request: all values by name.

            language: The language of the sentences.
        """
        view = read_view(stem, self.months)
        return list_problems(self._library, ask_view(view, parameters, self.months), language) if view else []

    def write(
        self, stem: str, suffix: str, language: str, parameters: Mapping[str, Sequence[str]] | None = None
    ) -> bytes | None:
        """
        Return what is at a path; None if there is nothing.

        Args:
            stem: The path without suffix.

            suffix: The format.

            language: The language of a page, a feed or a chart.

            parameters: The parameters of a request: all values by name.
        """
        view = read_view(stem, self.months)
        if view is None or suffix not in view.formats:
            return None
        view = ask_view(view, parameters or {}, self.months)
        if suffix == "html":
            return self._pages.write_page(view, language)
        if view.kind == "body" and view.argument not in self.months.get(view.month).list_bodies():
            return None
        if suffix == "atom":
            return self._pages.write_feed(view, language)
        if suffix == "svg":
            return self._pages.draw_chart(view, language)
        return self._write_table(view, suffix)

    def _write_table(self, view: View, suffix: str) -> bytes:
        """Return the list or the figures of a view as a file."""
        month = self.months.get(view.month)
        maker = RowMaker(self._library, month)
        about: dict[str, Any] = {"as_of": month.month, "newest_plan": month.newest}
        kind = view.list_kind
        if kind is not None:
            rows = month.ask(replace(view, page=1).make_question(LANGUAGES[0], _MAX_ROWS)).rows
            return write_table(TABLE_OF_LIST[kind.name], maker.make_list_rows(kind.name, rows), suffix, about)
        if view.kind == "months":
            return write_table("months", maker.make_month_rows(month.list_months()), suffix, about)
        if view.kind == "categories":
            rows_of_categories = maker.make_category_rows(month.count_values("arrival", "category"))
            return write_table("categories", rows_of_categories, suffix, about)
        figures = month.list_figures("body-year" if view.kind == "years" else "body")
        return write_table("figures", maker.make_figure_rows(figures), suffix, about)

    def list_paths(self, languages: Sequence[str]) -> Iterator[tuple[str, str, str]]:
        """
        Yield stem, suffix and language of all files that a static site has.

        Args:
            languages: The languages of pages.
        """
        for stem in self._list_stems():
            view = read_view(stem, self.months)
            assert view is not None
            kind, numbers = view.list_kind, [1]
            if kind is not None:
                count = self.months.get(view.month).ask(view.make_question(LANGUAGES[0], 0)).count
                numbers = list(range(1, max(1, -(-count // PAGE_ROWS)) + 1))
            for number in numbers:
                part = f"{stem}/page-{number}" if number > 1 else stem
                yield from ((part, "html", tag) for tag in languages)
            for suffix in view.formats:
                if suffix in SPOKEN_SUFFIXES:
                    yield from ((stem, suffix, tag) for tag in languages)
                elif suffix != "html":
                    yield stem, suffix, ""

    def _list_stems(self) -> Iterator[str]:
        """Yield the paths of all pages and lists of a static site, without the numbers of pages."""
        month = self.months.get(self.months.usual)
        yield from ("index", "about", "overdue", "bodies", "years", "months", "categories", "promises", "new")
        yield from ("no-open-format", "format-changes", "entry-changes")
        for kind in ("overdue", "bodies", "years"):
            yield from (f"{kind}/{end}" for end in self.months.year_ends)
        yield from (f"new/{one}" for one in self.months.plan_months)
        yield from (f"body/{code}" for code in month.list_bodies())
        promised = {row["month"] for row in month.list_months()}
        yield from (f"months/{one}" for one in sorted(promised | {shift_month(self.months.usual, 1)}))
        yield from (f"promises/{state}" for state in STATES)
        yield from (f"categories/{code}" for code, _count in month.count_values("arrival", "category"))
