"""
The page on which people find datasets: words, facets, results page by page; and the same list as a file.

In: a question. Out: HTML in one of three languages that works without scripts; CSV, Excel, JSON, Atom. All that is
shown comes from the index and the library; texts of plans are escaped by the template.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import urlencode

from ...core.languages import LANGUAGES
from ...core.namespaces import ADMS, DCT
from ...core.pages import page_templates
from ...core.tables import Row, TableLayout, table_layouts
from ...core.terms import Iri, Literal, Term
from ...core.text import transform
from ...reconciliation.fulfilment_wording import load_fulfilment_wording
from ..promises.asking import PromiseMonth
from ..search.indexing import FACETS as INDEXED_FACETS
from ..search.searching import ORDERS, FacetValue, SearchIndex, SearchQuestion, SearchResult
from .addresses import SPOKEN_SUFFIXES, get_local_path, get_page_suffix, make_link
from .asked import list_unknown, name_value, tell_unread
from .facets import fold_values, restrict_title
from .feeds import FeedEntry, begin_month, write_atom
from .library import Library
from .pages import make_frame
from .promise_tables import TABLE_FORMATS, write_rows
from .promise_words import describe_state, label_state, style_state
from .wording import choose_literal, find_translations, format_month, get_label

#: Datasets on a page, rows of a file, and entries of a feed.
PAGE_ROWS, _MAX_FILE_ROWS, _MAX_ENTRIES = 20, 100_000, 100
#: The formats of a list besides the page.
LIST_FORMATS = (*TABLE_FORMATS, "atom")
#: The highest number of a page, and how many values a parameter may have.
_MAX_PAGE, _MAX_VALUES = 100_000, 20
#: Values of a facet that are shown at once.
_SHOWN_VALUES = 12
#: The columns of a list as a file, by their names in every table (core/columns.toml).
COLUMNS = (
    "dataset",
    "identifier",
    *(f"{name}_{tag}" for name in ("title", "publisher") for tag in ("en", "zh_hant", "zh_hans")),
    "stage",
    "date",
)
#: What became of the promise of a dataset, as of a month: a facet that the index does not have.
_STATE = "state"
#: The facets of the page, in their order.
FACETS = (INDEXED_FACETS[0], _STATE, *INDEXED_FACETS[1:])
#: The path of the page, without the suffix for the language.
STEM = "search"


@dataclass(frozen=True, slots=True)
class FoundDataset:
    """
    A dataset in a list: title, address, body, stage, month, description; the languages of title and description.

    `state`, `style` (for the style sheet) and `says` tell what became of its promise, if it was promised.
    """

    title: str
    tag: str
    address: str
    iri: Iri
    body: str
    stage: str
    month: str
    about: str
    about_tag: str
    state: str = ""
    style: str = ""
    says: str = ""


def read_question(parameters: Mapping[str, Sequence[str]], language: str, rows: int = PAGE_ROWS) -> SearchQuestion:
    """
    Return the question in the parameters of a request.

    A filter that was left empty asks for nothing; an order or a page that cannot be understood is the first.

    Args:
        parameters: All values by name.

        language: The language of the page.

        rows: The number of datasets on a page.

    >>> read_question({"q": ["bus"], "stage": ["planned"], "page": ["2"], "sort": ["?"]}, "en").start
    20
    """
    page = parameters.get("page", ["1"])[0]
    number = int(page) if page.isascii() and page.isdigit() and len(page) < 7 else 1
    order = parameters.get("sort", ["relevance"])[0]
    given = {kind: [value for value in parameters.get(kind, ()) if value] for kind in FACETS}
    return SearchQuestion(
        parameters.get("q", [""])[0][:_MAX_PAGE],
        {kind: tuple(dict.fromkeys(values[:_MAX_VALUES])) for kind, values in given.items() if values},
        order if order in ORDERS else "relevance",
        (min(max(number, 1), _MAX_PAGE) - 1) * rows,
        rows,
        language,
    )


class FindPages:
    """
    Writes the lists that questions find.

    Args:
        library: The library of things.

        index: The index of its datasets.

        month: What is known of promises as of a month.
    """

    def __init__(self, library: Library, index: SearchIndex, month: PromiseMonth) -> None:
        """Keep all, and let the index know of the states of promises."""
        self._library, self._index, self._month = library, index, month
        labels = {state: [named[tag] for tag in LANGUAGES] for state, named in load_fulfilment_wording().states.items()}
        index.add_facet(_STATE, month.month, month.list_states, labels)

    def write_page(self, question: SearchQuestion, problems: Sequence[str] = ()) -> bytes:
        """
        Return the page of a question, in its language.

        Args:
            question: The question; without words and filters it finds all datasets.

            problems: What was asked for and is not there, as `list_problems` tells.
        """
        language, found = question.language, self._index.search(question, FACETS)
        promises = self._month.find_promises(found.datasets)
        values = {
            **make_frame(STEM, STEM, language, True),
            "title": get_label("search-title", language),
            "question": question,
            "count": found.count,
            "datasets": [self._describe(iri, language, promises.get(iri)) for iri in found.datasets],
            "as_of": get_label("as-of", language).format(month=format_month(self._month.month, language)),
            "others": _list_alternatives(found, language),
            "facets": self._list_facets(question, found),
            "orders": [(order, get_label(f"sort-{order}", language)) for order in ORDERS],
            "hidden": [(kind, value) for kind, values in question.filters.items() for value in values],
            "pages": _list_pages(question, found.count),
            "first": question.start + 1,
            "last": question.start + len(found.datasets),
            "problems": problems,
            "files": [(suffix.upper(), _write_address(question, suffix)) for suffix in LIST_FORMATS],
        }
        values["languages"] = [
            (tag, name, f"{address}?{_write_query(question)}") for tag, name, address in values["languages"]
        ]
        return page_templates(__package__).get_template("search.html").render(values).encode()

    def list_problems(self, question: SearchQuestion, order: str, language: str) -> list[str]:
        """
        Return a sentence for each thing that was asked for and the catalogue does not have.

        Args:
            question: The question.

            order: The order that was asked for; empty for none.

            language: The language of the sentences.
        """
        unread = [tell_unread("sort", order, language)] if order and order not in ORDERS else []
        return [*unread, *list_unknown(self._library, question.filters, language)]

    def write_list(self, question: SearchQuestion, suffix: str) -> bytes:
        """
        Return all that a question finds as a file; as a feed the first hundred of it.

        Args:
            question: The question; its page does not matter.

            suffix: One of `LIST_FORMATS`.

        Spec: RFC 4180 (CSV, with a byte order mark, which spreadsheets need); RFC 4287 (Atom).
        """
        most = _MAX_ENTRIES if suffix == "atom" else _MAX_FILE_ROWS
        found = self._index.search(replace(question, start=0, rows=most), ())
        if suffix != "atom":
            return write_rows(_find_layout(), map(self._make_row, found.datasets), suffix, {"words": question.words})
        language = question.language
        query = _write_query(question, page=None)
        page = f"{STEM}{get_page_suffix(language)}" + (f"?{query}" if query else "")
        entries = [self._make_entry(iri, language) for iri in found.datasets]
        address = _write_address(question, suffix)
        return write_atom(self._make_title(question), self._library.base, address, language, entries, page)

    def _make_title(self, question: SearchQuestion) -> str:
        """Return the title of a list: its words and its filters."""
        language = question.language
        names = [
            self._name_value(kind, value, language) for kind, values in question.filters.items() for value in values
        ]
        words = [question.words] if question.words else []
        return restrict_title(get_label("search-title", language), [*words, *names], language)

    def _make_entry(self, iri: Iri, language: str) -> FeedEntry:
        """Return the entry about a dataset; it is as new as the newest plan that lists it."""
        shown, records = self._describe(iri, language), self._library.find_records(iri)
        told = (term.value for one in records for term in _literals(self._library.find_values(one, DCT.modified)))
        text = " · ".join(filter(None, (shown.body, shown.stage, shown.month, shown.about)))
        updated = begin_month(max(told, default="1970")[:7])
        return FeedEntry(iri, shown.title, iri + get_page_suffix(language), text, updated, iri.rpartition("/")[2])

    def _make_row(self, iri: Iri) -> Row:
        """Return the row of a dataset."""
        thing = self._library.find_thing(iri)
        properties = thing.properties if thing else {}
        publisher = next(map(str, properties.get(DCT.publisher, ())), "")
        months = [term.value for name in (DCT.issued, DCT.available) for term in _literals(properties.get(name, ()))]
        stages = [str(term).rpartition("#")[2] for term in properties.get(ADMS.status, ())]
        names = self._library.find_labels(publisher) if publisher else ()
        return {
            "dataset": iri,
            "identifier": next((term.value for term in _literals(properties.get(DCT.identifier, ()))), ""),
            **_make_cells("title", properties.get(DCT.title, ())),
            **_make_cells("publisher", names),
            "stage": stages[0] if stages else "",
            "date": months[0] if months else "",
        }

    def _describe(self, iri: Iri, language: str, promise: Mapping[str, Any] | None = None) -> FoundDataset:
        """Return a dataset as a list shows it."""
        thing = self._library.find_thing(iri)
        properties = thing.properties if thing else {}
        title = choose_literal(self._library.find_labels(iri), language)
        months = [term.value for name in (DCT.issued, DCT.available) for term in _literals(properties.get(name, ()))]
        about = choose_literal(_literals(properties.get(DCT.description, ())), language)
        return FoundDataset(
            title.value if title else get_local_path(iri, self._library.base) or iri,
            title.language.partition("-t-")[0] if title else "",
            make_link(iri, self._library.base, STEM, language),
            iri,
            self._name(properties.get(DCT.publisher, ()), language),
            self._name(properties.get(ADMS.status, ()), language),
            format_month(months[0], language) if months else "",
            about.value if about else "",
            about.language.partition("-t-")[0] if about else "",
            label_state(promise, language) if promise else "",
            style_state(promise) if promise else "",
            describe_state(promise, language) if promise else "",
        )

    def _name(self, terms: Sequence[Term], language: str) -> str:
        """Return the label of the first of some things."""
        for term in terms:
            label = choose_literal(self._library.find_labels(str(term)), language)
            return label.value if label else str(term)
        return ""

    def _list_facets(self, question: SearchQuestion, found: SearchResult) -> list[dict[str, Any]]:
        """Return the template values of the facets; a value is a link that adds it or takes it away."""
        facets = []
        for kind in FACETS:
            chosen = tuple(question.filters.get(kind, ()))
            listed = found.facets[kind]
            known = {value.code for value in listed}
            absent = (code for code in chosen if code not in known)
            listed += tuple(FacetValue(code, self._name_value(kind, code, question.language), 0) for code in absent)
            values = [self._make_choice(question, kind, value, chosen) for value in listed]
            if values:
                heading = get_label(f"facet-{kind}", question.language)
                facets.append(fold_values(heading, values, _SHOWN_VALUES))
        return facets

    def _name_value(self, kind: str, value: str, language: str) -> str:
        """Return what a value is called that was chosen; the value itself if nothing is called that."""
        return name_value(self._library, kind, value, language) or value

    def _make_choice(
        self, question: SearchQuestion, kind: str, value: FacetValue, chosen: Sequence[str]
    ) -> dict[str, Any]:
        """Return the template values of one value of a facet."""
        is_chosen = value.code in chosen
        values = tuple(one for one in chosen if one != value.code) if is_chosen else (*chosen, value.code)
        other = replace(question, filters={**question.filters, kind: values})
        address = f"{STEM}{get_page_suffix(question.language)}?{_write_query(other, page=None)}"
        return {"label": value.label, "count": value.count, "address": address, "chosen": is_chosen}


@cache
def _find_layout() -> TableLayout:
    """Return the table of a list."""
    columns = {column.name: column for layout in table_layouts().values() for column in layout.columns}
    return TableLayout("found", "Datasets that a question finds.", tuple(columns[name] for name in COLUMNS), (), ())


def _make_cells(name: str, terms: Sequence[Term]) -> dict[str, str]:
    """Return the cells with the texts in all languages, by the names of their columns."""
    texts = find_translations(terms)
    return {f"{name}_{tag.lower().replace('-', '_')}": texts.get(tag, "") for tag in LANGUAGES}


def _list_alternatives(found: SearchResult, language: str) -> str:
    """Return the words of the glossary that were searched for, too, in the script of the page."""
    words = get_label("list-mark", language).join(
        dict.fromkeys(word for part in found.parts for word in part.alternatives)
    )
    return transform(words, "Hant") if language == "zh-Hans" else words


def _list_pages(question: SearchQuestion, count: int) -> list[tuple[str, str, bool]]:
    """Return label, address and whether it is the current one, for the pages around the current one."""
    current, last = question.start // question.rows + 1, (count - 1) // question.rows + 1
    numbers = sorted({1, last, *range(max(1, current - 2), min(last, current + 2) + 1)})
    stem = f"{STEM}{get_page_suffix(question.language)}"
    return [(str(n), f"{stem}?{_write_query(question, page=n)}", n == current) for n in numbers] if last > 1 else []


def _write_address(question: SearchQuestion, suffix: str) -> str:
    """Return the address of the list of a question as a file."""
    query, language = _write_query(question, page=None), question.language
    if suffix in SPOKEN_SUFFIXES:
        return f"{STEM}.{language}.{suffix}" + (f"?{query}" if query else "")
    return f"{STEM}.{suffix}?{'&'.join(filter(None, (query, f'lang={language}')))}"


def _write_query(question: SearchQuestion, page: int | None = 0) -> str:
    """Return the parameters of a question; 0 is its own page, None the first."""
    pairs = [("q", question.words)] if question.words else []
    pairs += [(kind, value) for kind in FACETS for value in question.filters.get(kind, ())]
    pairs += [("sort", question.order)] if question.order != "relevance" else []
    number = question.start // question.rows + 1 if page == 0 else page or 1
    return urlencode([*pairs, *([("page", str(number))] if number > 1 else [])])


def _literals(terms: Sequence[Term]) -> list[Literal]:
    """Return the texts among some terms."""
    return [term for term in terms if isinstance(term, Literal)]
