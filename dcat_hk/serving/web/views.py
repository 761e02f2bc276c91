"""
Paths -> what people look at about promises: which page or list it is, as of which month, and which part of it.

In: a path without suffix and the parameters of a request. Out: a `View`; its formats. A static site has the same paths,
without parameters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from ...core.today import shift_month
from ...reconciliation.states import STATES
from ..promises.asking import ListQuestion, list_orders
from .media import ALL_FORMATS, OTHER_FORMATS
from .promise_months import PromiseMonths
from .promise_tables import TABLE_FORMATS

#: Rows of a list on a page.
PAGE_ROWS = 20
#: The highest number of a page, and how many values a parameter may have.
_MAX_PAGE, _MAX_VALUES = 100_000, 20
_DATASET_FACETS = ("body", "category", "format", "frequency")


@dataclass(frozen=True, slots=True)
class ListKind:
    """A list: where its rows come from, what each must have, the facets that its page shows."""

    name: str
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facets: Sequence[str] = ()
    order: str = ""


#: Pages with a list, by the first part of their paths.
LIST_KINDS: Mapping[str, ListKind] = {
    "overdue": ListKind("promise", {"state": ("overdue",)}, ("confirmed", *_DATASET_FACETS, "year"), "late"),
    "promises": ListKind("promise", {}, ("state", *_DATASET_FACETS, "year"), "late"),
    "months": ListKind("promise", {}, ("state", *_DATASET_FACETS), "late"),
    "body": ListKind("promise", {}, ("state", "category", "format", "frequency", "year"), "late"),
    "new": ListKind("arrival", {}, ("stage", *_DATASET_FACETS), "-month"),
    "no-open-format": ListKind("arrival", {"openness": ("none",)}, _DATASET_FACETS, "name"),
    "categories": ListKind("arrival", {}, ("stage", "body", "format", "frequency"), "-month"),
    "format-changes": ListKind("change", {"differs": ("formats-added", "formats-removed")}, _DATASET_FACETS, "-month"),
    "entry-changes": ListKind("change", {}, ("fate", "differs", "body", "category"), "-month"),
}
#: Pages with figures that may be as of any month, pages that have them as files, and pages that are nothing but pages.
_MONTHLY, _FIGURES = ("overdue", "bodies", "years"), ("bodies", "years", "months", "categories")
_PLAIN = ("index", "about", "compare", *_FIGURES)
_PAGE = re.compile(r"(.{1,200})/page-([1-9][0-9]{0,5})")
_CODE = re.compile(r"[A-Za-z0-9._-]{1,100}")


@dataclass(frozen=True, slots=True)
class View:
    """
    A page or a list: its kind, what it is about, the month that it is as of, the part, and what was asked besides.

    `stem` is its path without the number of the page and without suffix. `unread` has the parameters that cannot be
    understood, which pages tell.
    """

    kind: str
    stem: str
    month: str
    argument: str = ""
    page: int = 1
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    unread: Sequence[tuple[str, str]] = ()

    @property
    def list_kind(self) -> ListKind | None:
        """Return what the list is on this page; None if it has none."""
        if self.kind in {"months", "body", "new", "categories"} and not self.argument:
            return None
        return LIST_KINDS.get(self.kind)

    @property
    def has_question(self) -> bool:
        """Return whether filters or an order were asked for, which the path does not tell."""
        return bool(self.filters or self.order)

    def make_question(self, language: str, rows: int = PAGE_ROWS) -> ListQuestion:
        """
        Return the question for the rows of its list.

        Args:
            language: The language of the page.

            rows: How many rows are wanted.
        """
        kind = self.list_kind
        assert kind is not None
        own: dict[str, Sequence[str]] = dict(kind.filters)
        named = {"promises": "state", "months": "month", "body": "body", "categories": "category"}.get(self.kind)
        if named and self.argument:
            own[named] = (self.argument,)
        since = self.argument if self.kind == "new" else ""
        start = (self.page - 1) * rows
        return ListQuestion(kind.name, {**self.filters, **own}, self.order or kind.order, start, rows, language, since)

    @property
    def formats(self) -> Mapping[str, str]:
        """Return the media types of its formats by suffix."""
        suffixes = TABLE_FORMATS if self.list_kind or self.kind in _FIGURES else ()
        feeds = ("atom",) if self.list_kind else ()
        charts = ("svg",) if self.kind == "years" or (self.kind == "body" and self.argument) else ()
        return {
            "html": ALL_FORMATS["html"],
            **{suffix: OTHER_FORMATS[suffix] for suffix in (*suffixes, *feeds, *charts)},
        }


def read_view(stem: str, months: PromiseMonths) -> View | None:
    """
    Return what is at a path without suffix; None if it is none of these pages.

    Args:
        stem: The path.

        months: The months that can be asked for.
    """
    page, match = 1, _PAGE.fullmatch(stem)
    if match:
        stem, page = match[1], int(match[2])
    kind, slash, argument = stem.partition("/")
    if (
        (kind not in _PLAIN and kind not in LIST_KINDS)
        or (match and kind not in LIST_KINDS)
        or page < (2 if match else 1)
    ):
        return None
    if slash and not argument:
        return None
    view = View(kind, stem, months.usual, argument, page)
    if not argument:
        return None if kind == "body" else replace(view, argument=months.known.newest if kind == "new" else "")
    if kind in _MONTHLY:
        return replace(view, month=argument, argument="") if months.is_known(argument) else None
    is_valid = {
        "promises": argument in STATES,
        "months": _is_month(argument),
        "new": _is_month(argument),
        "body": bool(_CODE.fullmatch(argument)),
        "categories": bool(_CODE.fullmatch(argument)),
    }.get(kind, False)
    return view if is_valid else None


def _is_month(text: str) -> bool:
    """Return whether a text is a month."""
    try:
        return len(text) == 7 and shift_month(text, 0) == text and text > "1900"
    except ValueError:
        return False


def ask_view(view: View, parameters: Mapping[str, Sequence[str]], months: PromiseMonths) -> View:
    """
    Return a view with what the parameters of a request ask for, and which of them cannot be understood.

    A field that was left empty asks for nothing.

    Args:
        view: The view at the path.

        parameters: All values by name.

        months: The months that can be asked for.
    """
    given = {name: [value for value in values if value] for name, values in parameters.items()}
    first = {name: values[0] for name, values in given.items() if values}
    view = replace(view, unread=_list_unread(view, first, months))
    as_of, since = first.get("as_of", ""), first.get("since", "")
    if view.kind in _MONTHLY and months.is_known(as_of):
        view = replace(view, month=as_of, stem=f"{view.kind}/{as_of}")
    if view.kind == "new" and _is_month(since):
        view = replace(view, argument=since, stem=f"new/{since}")
    others = {name: first[name] for name in ("a", "b") if _CODE.fullmatch(first.get(name, ""))}
    kind = view.list_kind
    if kind is None:
        return replace(view, others=others)
    filters = {name: tuple(dict.fromkeys(given[name][:_MAX_VALUES])) for name in kind.facets if given.get(name)}
    order, number = first.get("sort", ""), first.get("page", "")
    page = int(number) if number.isascii() and number.isdigit() and len(number) < 7 else view.page
    order = order if order in list_orders(kind.name) and order != kind.order else ""
    return replace(view, filters=filters, order=order, page=min(max(page, 1), _MAX_PAGE))


def _list_unread(view: View, first: Mapping[str, str], months: PromiseMonths) -> tuple[tuple[str, str], ...]:
    """Return names and values of those parameters that mean something to a view, and cannot be understood."""
    kind = view.list_kind
    checks: dict[str, Callable[[str], bool]] = {}
    if view.kind in _MONTHLY:
        checks["as_of"] = months.is_known
    if view.kind == "new":
        checks["since"] = _is_month
    if view.kind == "compare":
        codes = frozenset(months.get(view.month).list_bodies())
        checks |= {"a": codes.__contains__, "b": codes.__contains__}
    if kind is not None:
        checks["sort"] = list_orders(kind.name).__contains__
    return tuple((name, first[name]) for name, check in checks.items() if name in first and not check(first[name]))


def write_query(view: View, *, page: bool = True) -> str:
    """
    Return the parameters that a view needs besides its path.

    Args:
        view: The view.

        page: Whether the number of its page is one of them.

    >>> write_query(View("promises", "promises", "2025-01", page=2, filters={"body": ["hk-itc"]}, order="name"))
    'body=hk-itc&sort=name&page=2'
    """
    pairs = [(name, value) for name, values in view.filters.items() for value in values]
    pairs += [("sort", view.order)] if view.order else []
    pairs += [("page", str(view.page))] if page and view.page > 1 and view.has_question else []
    pairs += list(view.others.items())
    return urlencode(pairs)
