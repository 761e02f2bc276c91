"""
A page about promises -> what its parts have in common: names of things, titles, addresses, the way to it.

In: a `View`. Out: text in the language of the page, and addresses seen from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from ..promises.asking import PromiseMonth
from .addresses import SPOKEN_SUFFIXES, get_page_suffix, get_root_address, make_link
from .asked import name_value
from .facets import restrict_title
from .library import Library
from .promise_words import name_basis, name_state
from .views import View, write_query
from .wording import choose_name, format_month, get_label, name_years


class ViewWords:
    """
    Says what things are called on a page about promises, and where they are.

    Args:
        library: The library of things.

        month: What is known as of the month of the page.

        view: What the page shows.

        language: The language of the page.
    """

    def __init__(self, library: Library, month: PromiseMonth, view: View, language: str) -> None:
        """Keep what the page is about."""
        self.library, self.month, self.view, self.language = library, month, view, language
        self.stem = view.stem + (f"/page-{view.page}" if view.page > 1 else "")
        self.page = self.stem + get_page_suffix(language)
        self.root, self.ending = get_root_address(self.page), get_page_suffix(language)

    def word(self, key: str, **values: Any) -> str:
        """
        Return a label of the interface.

        Args:
            key: Its key.

            values: What is filled in.
        """
        return get_label(key, self.language).format(**values)

    def make_address(self, stem: str) -> str:
        """
        Return the relative address of a page of this site.

        Args:
            stem: Its path without suffix.
        """
        return f"{self.root}{quote(stem)}{self.ending}"

    def find_file(self, suffix: str) -> str:
        """
        Return the address of the list of this page in another format, with what was asked for.

        Args:
            suffix: The format.
        """
        asked = write_query(self.view, page=False)
        language = f".{self.language}" if suffix in SPOKEN_SUFFIXES else ""
        return f"{self.root}{quote(self.view.stem)}{language}.{suffix}" + (f"?{asked}" if asked else "")

    def make_title(self) -> str:
        """Return the title of the page."""
        view = self.view
        if view.kind == "body":
            return self.name_body(view.argument)
        if view.kind == "categories" and view.argument:
            return self.name_facet("category", view.argument)
        if view.kind == "promises" and view.argument:
            return self.word("list-state", state=name_state(view.argument, self.language))
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
        return self.word(key, month=format_month(view.argument, self.language))

    def make_feed_title(self) -> str:
        """Return the title of the list as a feed: what it is, its filters, and the month that it is as of."""
        title = self.make_title()
        if self.view.kind == "overdue":
            title = self.word("feed-overdue", month=format_month(self.month.month, self.language))
        names = [self.name_facet(kind, value) for kind, values in self.view.filters.items() for value in values]
        return restrict_title(title, names, self.language)

    def make_lead(self) -> str:
        """Return the sentence under the title; empty for most pages."""
        leads = {
            "index": "start-lead",
            "overdue": "overdue-lead",
            "bodies": "bodies-lead",
            "years": "bodies-years-lead",
            "no-open-format": "list-no-open-format-lead",
            "format-changes": "list-formats-lead",
        }
        if self.view.kind not in leads:
            return ""
        return self.word(leads[self.view.kind], month=format_month(self.month.month, self.language))

    def list_crumbs(self) -> list[tuple[str, str]]:
        """Return labels and addresses of the pages above this one, and of this one without an address."""
        view, crumbs = self.view, []
        above = {"body": "bodies", "years": "bodies", "compare": "bodies"}.get(view.kind, view.kind)
        if (view.argument and view.kind in {"months", "body", "categories"}) or above != view.kind:
            crumbs.append((self.word(above), self.make_address(above)))
        return [*crumbs, (self.make_title(), "")] if view.kind != "index" else []

    def name_body(self, code: str) -> str:
        """
        Return the name of a body; its code if nobody has named it.

        Args:
            code: Its code.
        """
        return self.name(f"{self.library.base}organisation/{code}")

    def name_facet(self, kind: str, value: str) -> str:
        """
        Return what a value of a facet is called; the value itself if nothing is called that.

        Args:
            kind: The facet.

            value: The value.
        """
        return name_value(self.library, kind, value, self.language) or value

    def name_term(self, notation: str) -> str:
        """
        Return what a term of plans is called.

        Args:
            notation: Its notation.
        """
        return self.name(f"{self.library.base}def/plan#{notation}")

    def name(self, iri: str) -> str:
        """
        Return the label of a thing; the last part of its IRI if it has none.

        Args:
            iri: The thing.
        """
        return choose_name(self.library.find_labels(iri), iri, self.language)

    def link(self, iri: str) -> str:
        """
        Return the address of the page of a thing.

        Args:
            iri: The thing.
        """
        return make_link(iri, self.library.base, self.page, self.language)

    def name_source(self, row: Mapping[str, Any]) -> str:
        """
        Return what says so: the years of a plan, or the portal.

        Args:
            row: A row of a list.
        """
        if row.get("basis") == "portal":
            return name_basis("portal", self.language)
        return name_years(row.get("told_plan") or "")
