"""
The action API of CKAN, version 3, for reading: what clients and harvesters of CKAN portals ask for.

In: the name of an action and its parameters. Out: the status and the answer as JSON values. Words are searched for in
the index; everything else is read from the library. `lang` chooses the language of titles and labels.

Spec: CKAN API guide (Action API); SQLite has the index, so that `q` and `fq` are a part of what Solr understands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from ... import __version__
from ...core.languages import LANGUAGES, match_language
from ...core.namespaces import ADMS, DCAT, DCT, PlanTerms
from ...core.terms import Iri, Literal, Term, Thing
from ..search.indexing import KEYWORD
from ..search.searching import FacetValue, SearchIndex, SearchQuestion
from .library import Library
from .wording import choose_literal, choose_text, find_translations

#: The rows of an answer where none are asked for, and the most; those of CKAN.
_ROWS, _MAX_ROWS = 10, 1000
#: What CKAN calls the facets.
_KINDS = {"organization": "body", "groups": "category", "tags": "keyword", "res_format": "format"}
_OTHER_KINDS = {"stage": "stage", "frequency": "frequency", "year": "year"}
_FILTER = re.compile(
    r"\+?(?<!\w)(\w{1,40}+)\s{0,3}:\s{0,3}(?:\"([^\"]{0,200})\"|\(([^()]{0,500})\)|([^\s\"()]{1,200}+))(?:\s{1,3}AND\b)?"
)
#: Longer questions are cut.
_MAX_QUERY = 2000
#: What holds for every dataset, which clients of CKAN often ask for.
_ALWAYS = {"dataset_type": "dataset", "type": "dataset", "state": "active", "private": "false", "capacity": "public"}
_VALUE = re.compile(r"\"([^\"]*)\"|([^\s\"]+)")
_ORDERS = {
    "score desc": "relevance",
    "relevance asc": "relevance",
    "title_string asc": "name",
    "name asc": "name",
    "title asc": "name",
    "metadata_modified desc": "-month",
    "metadata_modified asc": "month",
}


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """The HTTP status of an answer, and its JSON value."""

    status: int
    body: Mapping[str, Any]


class _NotFound(Exception):
    """There is no such thing, or no such action."""


class _Invalid(Exception):
    """A parameter has a value that cannot be used; the arguments are its name and what is wrong."""


class CkanApi:
    """
    The actions on one build.

    Args:
        library: The library of things.

        index: The index of its datasets.
    """

    def __init__(self, library: Library, index: SearchIndex) -> None:
        """Keep the library and the index."""
        self._library, self._index, self._plan = library, index, PlanTerms(library.base)
        self._published = datetime.fromtimestamp(library.snapshot.published, UTC).replace(tzinfo=None).isoformat()
        self._actions: Mapping[str, Callable[[Mapping[str, Any], str], Any]] = {
            "package_search": self._search_packages,
            "package_show": self._show_package,
            "package_list": self._list_names,
            "current_package_list_with_resources": self._list_packages,
            "organization_list": partial(self._list_groups, kind="body"),
            "organization_show": partial(self._show_group, kind="body"),
            "group_list": partial(self._list_groups, kind="category"),
            "group_show": partial(self._show_group, kind="category"),
            "tag_list": self._list_tags,
            "license_list": self._list_licences,
            "status_show": self._show_status,
        }

    def answer(self, action: str, parameters: Mapping[str, Any], language: str) -> ApiAnswer:
        """
        Return the answer to a request.

        Args:
            action: The name of an action.

            parameters: Its parameters; those that it does not know are passed over, as CKAN does.

            language: The language for labels unless `lang` chooses another.
        """
        address = f"{self._library.base}api/3/action/help_show?name={action if action in self._actions else ''}"
        try:
            if action not in self._actions:
                raise _NotFound(f"Action name not known: {action[:80]}")
            tag = str(parameters.get("lang") or "")
            tag = (match_language(tag.replace("_", "-"), LANGUAGES) if tag else None) or language
            result = self._actions[action](parameters, tag)
        except _NotFound as error:
            problem = {"__type": "Not Found Error", "message": str(error)}
            return ApiAnswer(404, {"help": address, "success": False, "error": problem})
        except _Invalid as error:
            name, message = error.args
            invalid: dict[str, Any] = {"__type": "Validation Error", str(name): [message]}
            return ApiAnswer(409, {"help": address, "success": False, "error": invalid})
        return ApiAnswer(200, {"help": address, "success": True, "result": result})

    # ---- actions

    def _search_packages(self, parameters: Mapping[str, Any], tag: str) -> dict[str, Any]:
        """Return the packages that a question finds, with facets."""
        names = _read_list(parameters.get("facet.field"))
        kinds = {name: kind for name in names if (kind := _KINDS.get(name) or _OTHER_KINDS.get(name))}
        words, filters = _read_filters(parameters)
        question = SearchQuestion(
            words,
            filters,
            _ORDERS.get(str(parameters.get("sort") or "score desc").partition(",")[0].strip().lower(), "relevance"),
            _read_number(parameters, "start", 0, 10**9),
            _read_number(parameters, "rows", _ROWS, _MAX_ROWS),
            tag,
        )
        found = self._index.search(question, tuple(kinds.values()))
        facets = {name: found.facets[kind] for name, kind in kinds.items()}
        return {
            "count": found.count,
            "sort": str(parameters.get("sort") or "score desc, metadata_modified desc"),
            "facets": {name: {value.code: value.count for value in values} for name, values in facets.items()},
            "search_facets": {
                name: {
                    "title": name,
                    "items": [{"name": one.code, "display_name": one.label, "count": one.count} for one in values],
                }
                for name, values in facets.items()
            },
            "results": [self._make_package(iri, tag) for iri in found.datasets],
        }

    def _show_package(self, parameters: Mapping[str, Any], tag: str) -> dict[str, Any]:
        """Return one package, by its name."""
        name = _read_name(parameters)
        iri = name if name.startswith(f"{self._library.base}dataset/") else f"{self._library.base}dataset/{name}"
        position = self._library.find_dataset_position(iri.rpartition("/")[2])
        if self._library.datasets[position : position + 1] != [iri]:
            raise _NotFound("Not found")
        return self._make_package(iri, tag)

    def _list_names(self, parameters: Mapping[str, Any], _tag: str) -> list[str]:
        """Return the names of all packages."""
        return [iri.rpartition("/")[2] for iri in self._page_of(parameters, len(self._library.datasets))]

    def _list_packages(self, parameters: Mapping[str, Any], tag: str) -> list[dict[str, Any]]:
        """Return packages, page by page."""
        return [self._make_package(iri, tag) for iri in self._page_of(parameters, _ROWS)]

    def _page_of(self, parameters: Mapping[str, Any], rows: int) -> Sequence[Iri]:
        """Return the IRIs of the datasets on a page."""
        first = _read_number(parameters, "offset", 0, 10**9)
        return self._library.datasets[first : first + _read_number(parameters, "limit", rows, rows)]

    def _list_groups(self, parameters: Mapping[str, Any], tag: str, kind: str) -> list[Any]:
        """Return the names of all bodies or categories that have datasets; with `all_fields`, what is known of them."""
        values = sorted(self._find_facet(kind, tag), key=lambda value: value.code)
        if str(parameters.get("all_fields", "")).lower() not in {"true", "1", "yes"}:
            return [value.code for value in values]
        return [self._make_group(kind, value) for value in values]

    def _show_group(self, parameters: Mapping[str, Any], tag: str, kind: str) -> dict[str, Any]:
        """Return one body or category, by its name."""
        name = _read_name(parameters)
        value = next((value for value in self._find_facet(kind, tag) if value.code == name), None)
        if value is None:
            raise _NotFound("Not found")
        return self._make_group(kind, value)

    def _list_tags(self, _parameters: Mapping[str, Any], tag: str) -> list[str]:
        """Return all keywords as they are printed."""
        return sorted(value.code for value in self._find_facet(KEYWORD, tag))

    def _list_licences(self, _parameters: Mapping[str, Any], _tag: str) -> list[Any]:
        """Return no licence: plans state none."""
        return []

    def _show_status(self, _parameters: Mapping[str, Any], _tag: str) -> dict[str, Any]:
        """Return what this is."""
        return {
            "ckan_version": "2.11.0",
            "site_url": self._library.base,
            "site_title": "dcat-hk",
            "error_emails_to": None,
            "locale_default": "zh_Hant_TW",
            "extensions": ["dcat"],
            "dcat_hk_version": __version__,
        }

    # ---- things

    def _find_facet(self, kind: str, tag: str) -> Sequence[FacetValue]:
        """Return all values of a facet."""
        return self._index.search(SearchQuestion(rows=0, language=tag), (kind,)).facets[kind]

    def _make_group(self, kind: str, value: FacetValue) -> dict[str, Any]:
        """Return a body or category as CKAN shows it."""
        shown = {"id": value.code, "name": value.code, "title": value.label, "display_name": value.label}
        return shown | {"package_count": value.count, "state": "active", "type": _TYPES[kind], "description": "",
                        "is_organization": kind == "body", "approval_status": "approved", "image_url": ""}  # fmt: skip

    def _make_package(self, iri: Iri, tag: str) -> dict[str, Any]:
        """Return a dataset as CKAN shows it."""
        things = {thing.iri: thing for thing in self._library.find_document(iri)}
        dataset = things[iri]
        properties = dataset.properties
        name = iri.rpartition("/")[2]
        bodies = [self._name_thing(term, tag) for term in properties.get(DCT.publisher, ())]
        distributions = [things[str(term)] for term in properties.get(DCAT.distribution, ()) if str(term) in things]
        keywords = [t for t in properties.get(DCAT.keyword, ()) if isinstance(t, Literal) and "-t-" not in t.language]
        tags = [{"name": term.value, "display_name": term.value, "state": "active"} for term in keywords]
        groups = [self._name_thing(term, tag) for term in properties.get(DCT.subject, ())]
        return {
            "id": name,
            "name": name,
            "title": choose_text(properties.get(DCT.title, ()), tag),
            "title_translated": find_translations(properties.get(DCT.title, ())),
            "notes": choose_text(properties.get(DCT.description, ()), tag),
            "notes_translated": find_translations(properties.get(DCT.description, ())),
            "type": "dataset",
            "state": "active",
            "private": False,
            "isopen": False,
            "url": next((str(page) for page in properties.get(DCAT.landingPage, ())), iri),
            "owner_org": bodies[0]["name"] if bodies else None,
            "organization": {**bodies[0], "type": "organization", "state": "active"} if bodies else None,
            "groups": groups,
            "tags": tags,
            "num_tags": len(tags),
            "resources": [self._make_resource(one, name, number, tag) for number, one in enumerate(distributions)],
            "num_resources": len(distributions),
            "license_id": None,
            "metadata_created": self._published,
            "metadata_modified": self._published,
            "extras": self._list_extras(dataset, tag),
        }

    def _make_resource(self, distribution: Thing, package: str, position: int, tag: str) -> dict[str, Any]:
        """Return a distribution as CKAN shows it."""
        properties = distribution.properties
        addresses = [*properties.get(DCAT.downloadURL, ()), *properties.get(DCAT.accessURL, ())]
        formats = [str(term).rpartition("/")[2] for term in properties.get(DCT.format, ())]
        media = [str(term).partition("/media-types/")[2] for term in properties.get(DCAT.mediaType, ())]
        return {
            "id": distribution.iri.removeprefix(f"{self._library.base}dataset/").replace("/", "-").replace("#", "-"),
            "package_id": package,
            "position": position,
            "name": choose_text(properties.get(DCT.title, ()), tag),
            "description": choose_text(properties.get(DCT.description, ()), tag),
            "url": str(addresses[0]) if addresses else "",
            "format": formats[0] if formats else "",
            "mimetype": media[0] if media else None,
            "state": "active",
        }

    def _list_extras(self, dataset: Thing, tag: str) -> list[dict[str, str]]:
        """Return what CKAN has no field for: the IRI, the stage, months, frequency and plans."""
        properties = dataset.properties
        extras = {"uri": dataset.iri}
        for key, predicate in {"issued": DCT.issued, "promised": DCT.available}.items():
            for term in properties.get(predicate, ()):
                extras[key] = term.value if isinstance(term, Literal) else term
        for key, predicate in {"stage": ADMS.status, "frequency": DCT.accrualPeriodicity}.items():
            for term in properties.get(predicate, ()):
                extras[key] = self._name_thing(term, tag)["name"]
        plans = [str(term) for term in properties.get(DCT.isReferencedBy, ())]
        if plans:
            extras["plans"] = " ".join(plans)
        return [{"key": key, "value": value} for key, value in extras.items()]

    def _name_thing(self, term: Term, tag: str) -> dict[str, Any]:
        """Return code and label of what many datasets share."""
        code = str(term).replace("#", "/").rstrip("/").rpartition("/")[2]
        label = choose_literal(self._library.find_labels(str(term)), tag)
        title = label.value if label else code
        return {"id": code, "name": code, "title": title, "display_name": title}


#: What CKAN calls the types of bodies and categories.
_TYPES = {"body": "organization", "category": "group"}


def _read_name(parameters: Mapping[str, Any]) -> str:
    """Return the parameter `id`."""
    name = parameters.get("id") or parameters.get("name_or_id") or ""
    if not isinstance(name, str) or not name:
        raise _Invalid("id", "Missing value")
    return name


def _read_number(parameters: Mapping[str, Any], name: str, default: int, most: int) -> int:
    """Return a whole number that is not negative; a greater one than allowed is the greatest allowed."""
    text = str(parameters.get(name, "") or "").strip()
    if text in {"", "0"}:
        return 0 if text else default
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        raise _Invalid(name, "Must be a natural number")
    return min(int(text), most)


def _read_list(value: Any) -> list[str]:
    """Return names, given as a JSON list, as a list, or with commas between them."""
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return re.findall(r"[\w.]+", str(value or ""))


def _read_filters(parameters: Mapping[str, Any]) -> tuple[str, dict[str, list[str]]]:
    """Return the words of `q`, and the filters in `fq` and `q` by kind of facet."""
    filters: dict[str, list[str]] = {}
    given = [parameters.get("q", ""), parameters.get("fq", ""), *_as_list(parameters.get("fq_list"))]
    words = ""
    for number, text in enumerate(given):
        rest, position = [], 0
        for found in _FILTER.finditer(str(text or "")[:_MAX_QUERY]):
            kind = _KINDS.get(found[1]) or _OTHER_KINDS.get(found[1])
            before = str(text)[position : found.start()].rstrip()
            if before.endswith(("-", "!", "NOT")) and (kind or number):
                raise _Invalid("fq", f"Datasets without {found[1]} cannot be asked for")
            if kind is None and number and _ALWAYS.get(found[1]) != (found[2] or found[4]):
                raise _Invalid("fq", f"There is no filter {found[1]}: use {', '.join([*_KINDS, *_OTHER_KINDS])}")
            if kind is None or found[4] == "*":
                continue
            rest.append(str(text)[position : found.start()])
            position = found.end()
            listed = _VALUE.findall(found[3]) if found[3] else [(found[2] or found[4] or "", "")]
            values = [one or other for one, other in listed]
            filters.setdefault(kind, []).extend(value for value in values if value not in {"OR", "AND"})
        if number == 0:
            words = " ".join([*rest, str(text or "")[position:_MAX_QUERY]])
    return ("" if words.strip() in {"*:*", "*"} else words), filters


def _as_list(value: Any) -> list[Any]:
    """Return a value as a list."""
    return list(value) if isinstance(value, list | tuple) else [value] if value else []
