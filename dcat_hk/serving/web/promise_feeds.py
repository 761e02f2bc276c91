"""
Lists about promises -> feeds: what the first rows of a list say, for readers of feeds.

In: rows of `PromiseMonth` with what pages say of them. Out: Atom in one language. An entry is identified by the row of
the plan and by what is said of it, so that it is a new entry when another thing is said.

Spec: RFC 4287 (Atom).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from ...core.terms import Iri
from .addresses import get_page_suffix
from .feeds import FeedEntry, begin_month, describe_overdue, make_feed_path, write_atom
from .views import View, write_query
from .wording import get_label


def write_list_feed(
    view: View,
    title: str,
    described: Iterable[tuple[dict[str, Any], Mapping[str, Any]]],
    base: Iri,
    language: str,
) -> bytes:
    """
    Return rows of a list as Atom.

    Args:
        view: The view with the list, whose filters and order are in the addresses.

        title: The title of the list.

        described: The rows, each with the values that a page shows of it.

        base: The base IRI of the catalogue.

        language: The language of the feed.
    """
    asked, stem = write_query(view, page=False), quote(view.stem)
    query = f"?{asked}" if asked else ""
    path, page = f"{stem}.{language}.atom{query}", f"{stem}{get_page_suffix(language)}{query}"
    entries = [_make_entry(row, shown, language, view.month) for row, shown in described]
    # What is overdue is a feed under another address, too: readers know by its name that it is the same.
    name = make_feed_path(view.kind, language, "atom") if view.stem == "overdue" and not view.has_question else ""
    return write_atom(title, base, path, language, entries, page, name)


def _make_entry(row: dict[str, Any], shown: Mapping[str, Any], language: str, now: str) -> FeedEntry:
    """Return the entry about a row; it is as new as the plan that is the newest word on it, or as its lateness."""
    what = row.get("state") or row.get("stage") or row.get("fate")
    if what == "overdue":
        return describe_overdue(row, language, now)
    # Only promises have a plan that is the newest word on them; other rows have the month of their own plan.
    month = str(row.get("told") or row["month"])
    title = get_label("event-title", language).format(title=shown["title"], what=shown["label"])
    text = " · ".join(filter(None, (shown["body"], shown["says"], shown["plan"])))
    address = f"{row['dataset']}{get_page_suffix(language)}"
    return FeedEntry(f"{row['record']}#{what}", title, address, text, begin_month(month), row["row"])
