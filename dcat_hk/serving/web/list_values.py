"""
Lists about promises -> what pages and feeds show of them: rows with the plan that says so, filters, other pages.

In: rows of `PromiseMonth`. Out: template values; Atom.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...core.terms import Literal
from ..promises.asking import ListAnswer, ListQuestion, list_orders
from .corrections import CorrectionLinks
from .facets import fold_values
from .feeds import MAX_ENTRIES
from .promise_feeds import write_list_feed
from .promise_words import describe_state, label_state, style_state
from .view_words import ViewWords
from .views import PAGE_ROWS, write_query
from .wording import choose_literal, format_month, name_years

#: Values of a facet that are shown at once.
_SHOWN_VALUES = 8


class ListValues:
    """
    Makes the template values of lists.

    Args:
        words: What is said on the page.

        corrections: The addresses at which rows are corrected.

        queries: Whether the site has a server: filters and orders need one.
    """

    def __init__(self, words: ViewWords, corrections: CorrectionLinks, queries: bool) -> None:
        """Keep them."""
        self._words, self._corrections, self._queries = words, corrections, queries

    def make_list(self) -> dict[str, Any] | None:
        """Return the values of the list of a page; None if the page is after the last."""
        view, kind = self._words.view, self._words.view.list_kind
        assert kind is not None
        question = view.make_question(self._words.language)
        answer = self._words.month.ask(question, kind.facets if self._queries else ())
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
            "listed": [self.describe_row(kind.name, row) for row in answer.rows],
            "facets": self._list_facets(answer),
            "orders": [(order, self._name_order(order)) for order in list_orders(kind.name)] if self._queries else [],
            "chosen_order": view.order or kind.order,
            "hidden": [(name, value) for name, values in view.filters.items() for value in values],
            "pages": self._list_pages(last),
            "around": [
                (word, format_month(month, self._words.language), self._words.make_address(f"months/{month}"))
                for word, month in around
            ],
        }

    def make_released(self, body: str) -> dict[str, Any]:
        """
        Return the values of the list of what a body released without having promised it: the beginning of the list.

        Args:
            body: The code of the body.
        """
        wanted = {"body": (body,), "stage": ("released",)}
        question = ListQuestion("arrival", wanted, "name", 0, PAGE_ROWS, self._words.language)
        answer = self._words.month.ask(question)
        return {
            "released_count": answer.count,
            "released": [self.describe_row("arrival", row) for row in answer.rows],
        }

    def _find_around(self, month: str) -> list[tuple[str, str]]:
        """Return the promised months before and after a month, each with what it is called."""
        months = [row["month"] for row in self._words.month.list_months()]
        before, after = [one for one in months if one < month][-1:], [one for one in months if one > month][:1]
        return [(self._words.word("previous"), one) for one in before] + [
            (self._words.word("next"), one) for one in after
        ]

    def _name_order(self, order: str) -> str:
        """Return what an order is called."""
        return self._words.word(f"sort-{order}")

    def describe_row(self, name: str, row: Mapping[str, Any]) -> dict[str, Any]:
        """
        Return a row of a list as the template shows it.

        Args:
            name: The list.

            row: The row.
        """
        title = choose_literal(self._words.library.find_labels(row["dataset"]), self._words.language) or Literal(
            row["title"], ""
        )
        told = row.get("told_record") or row["record"]
        shown: dict[str, Any] = {
            "title": title.value,
            "tag": title.language.partition("-t-")[0],
            "address": self._words.link(row["dataset"]),
            "body": self._words.name_body(row["body"]),
            "body_address": self._words.make_address(f"body/{row['body']}"),
            "row": row["row"],
            "plan": name_years(row["plan"]),
            "record": self._words.link(row["record"]),
            "told": self._words.link(told) if told != row["record"] else "",
            "told_plan": self._words.name_source(row),
            "category": row["category"],
            "correct": self._corrections.make_link(row["record"], title.value, self._words.page, self._words.language),
        }
        if name == "promise":
            sentence = describe_state(row, self._words.language)
            return shown | {
                "state": style_state(row),
                "label": label_state(row, self._words.language),
                "says": sentence,
            }
        if name == "arrival":
            # Beside "released" the month of the plan would be read as that of the release.
            month = format_month(row["stated"], self._words.language) if row["stated"] else ""
            return shown | {"state": "", "label": self._words.name_term(row["stage"]), "says": month}
        names = [self._words.name_term(one) for one in row["differs"].split()]
        says = " · ".join([format_month(row["month"], self._words.language), *names])
        return shown | {"state": "", "label": self._words.name_term(row["fate"]), "says": says}

    def _list_facets(self, answer: ListAnswer) -> list[dict[str, Any]]:
        """Return the template values of the facets; a value is a link that adds it or takes it away."""
        facets = []
        for kind, counted in answer.facets.items():
            chosen = tuple(self._words.view.filters.get(kind, ()))
            values = []
            known = {value for value, _count in counted}
            for value, count in (*counted, *((value, 0) for value in chosen if value not in known)):
                others = tuple(one for one in chosen if one != value) if value in chosen else (*chosen, value)
                other = replace(self._words.view, filters={**self._words.view.filters, kind: others}, page=1)
                query = write_query(other)
                address = self._words.make_address(self._words.view.stem) + (f"?{query}" if query else "")
                label = self._words.name_facet(kind, value)
                values.append({"label": label, "count": count, "address": address, "chosen": value in chosen})
            if len(values) > 1 or chosen:
                heading = self._words.word(f"facet-{kind}")
                facets.append(fold_values(heading, values, _SHOWN_VALUES))
        return facets

    def _list_pages(self, last: int) -> list[tuple[str, str, bool]]:
        """Return label, address and whether it is the current one, for the pages around the current one."""
        view = self._words.view
        numbers = sorted({1, last, *range(max(1, view.page - 2), min(last, view.page + 2) + 1)})
        pages = []
        for number in numbers:
            if view.has_question:
                address = f"{self._words.make_address(view.stem)}?{write_query(replace(view, page=number))}"
            else:
                address = self._words.make_address(view.stem + (f"/page-{number}" if number > 1 else ""))
            pages.append((str(number), address, number == view.page))
        return pages if last > 1 else []

    def write_feed(self) -> bytes:
        """Return the beginning of the list as Atom."""
        kind = self._words.view.list_kind
        assert kind is not None
        rows = self._words.month.ask(self._words.view.make_question(self._words.language, MAX_ENTRIES)).rows
        described = [(row, self.describe_row(kind.name, row)) for row in rows]
        return write_list_feed(
            self._words.view, self._words.make_feed_title(), described, self._words.library.base, self._words.language
        )
