"""
The action API of CKAN, version 3, for reading: what clients and harvesters of CKAN portals ask for.

In: the name of an action and its parameters. Out: the status and the answer as JSON values. Words are searched for in
the index; everything else is read from the library. `lang` chooses the language of titles and labels.

Spec: CKAN API guide (Action API); SQLite has the index, so that `q` and `fq` are a part of what Solr understands.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from ... import __version__
from ...core.errors import UsageError
from ...core.languages import LANGUAGES, match_language
from ...core.namespaces import ADMS, DCAT, DCT, PlanTerms
from ...core.terms import Iri, Literal, Term, Thing, get_code
from ..search.indexing import KEYWORD, make_uuid
from ..search.searching import FacetValue, SearchIndex, SearchQuestion
from .ckan_questions import (
    KINDS,
    InvalidParameter,
    InvalidQuery,
    read_flag,
    read_list,
    read_name,
    read_number,
    read_order,
    read_question,
)
from .library import Library
from .wording import choose_name, choose_text, find_translations

#: The rows of an answer where none are asked for, and the most; those of CKAN.
_ROWS, _MAX_ROWS = 10, 1000
#: The characters of a UUID.
_UUID = 36
#: More than there can be of anything.
_ALL = 10**9
#: The values of a facet in an answer where no other number is asked for; that of CKAN.
_FACET_VALUES = 50


@dataclass(frozen=True, slots=True)
class ApiAnswer:
    """The HTTP status of an answer, and its JSON value."""

    status: int
    body: Mapping[str, Any]


class _NotFound(Exception):
    """There is no such thing, or no such action; the argument says so in every language."""


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
            "help_show": self._show_help,
            "site_read": lambda _parameters, _tag: True,
            "resource_show": self._show_resource,
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
        asked = str(parameters.get("lang") or "").replace("_", "-")
        tag = match_language(asked, LANGUAGES) if asked else None
        try:
            if action not in self._actions:
                raise _NotFound(UsageError.of("ckan.action", name=action[:80]))
            result = self._actions[action](parameters, tag or language)
        except (_NotFound, InvalidParameter, InvalidQuery) as error:
            # Who asks for no language is a program, which knows the words of CKAN.
            status, problem = _tell_problem(error, tag or LANGUAGES[-1])
            return ApiAnswer(status, {"help": address, "success": False, "error": problem})
        return ApiAnswer(200, {"help": address, "success": True, "result": result})

    # ---- actions

    def _show_help(self, parameters: Mapping[str, Any], _tag: str) -> str:
        """Return what an action does."""
        name = read_name(parameters, "name")
        if name not in self._actions:
            raise _NotFound(UsageError.of("ckan.action", name=name[:80]))
        return HELP[name]

    def _search_packages(self, parameters: Mapping[str, Any], tag: str) -> dict[str, Any]:
        """Return the packages that a question finds, with facets."""
        is_counted = read_flag(parameters, "facet", default=True)
        names = read_list(parameters.get("facet.field")) if is_counted else []
        kinds = {name: kind for name in names if (kind := KINDS.get(name))}
        words, given, is_empty = read_question(parameters, self._published)
        conditions = [
            one._replace(values=tuple(self._find_code(one.kind, value) for value in one.values)) for one in given
        ]
        order, sort = read_order(parameters)
        limit = parameters.get("facet.limit")
        most = _ALL if str(limit) == "-1" else read_number(parameters, "facet.limit", _FACET_VALUES, _ALL)
        question = SearchQuestion(
            words,
            {},
            order,
            read_number(parameters, "start", 0, _ALL),
            read_number(parameters, "rows", _ROWS, _MAX_ROWS),
            tag,
            conditions,
        )
        found = self._index.search(question, tuple(kinds.values()), most) if not is_empty else None
        least = read_number(parameters, "facet.mincount", 1, _ALL)
        facets = {
            name: [value for value in found.facets[kind] if value.count >= least] if found else []
            for name, kind in kinds.items()
        }
        return {
            "count": found.count if found else 0,
            "sort": sort,
            "facets": {name: {value.code: value.count for value in values} for name, values in facets.items()},
            "search_facets": {
                name: {
                    "title": name,
                    "items": [{"name": one.code, "display_name": one.label, "count": one.count} for one in values],
                }
                for name, values in facets.items()
            },
            "results": [self._make_package(iri, tag) for iri in (found.datasets if found else ())],
        }

    def _show_package(self, parameters: Mapping[str, Any], tag: str) -> dict[str, Any]:
        """Return one package, by its name."""
        return self._make_package(self._find_package(read_name(parameters)), tag)

    def _find_package(self, name: str) -> Iri:
        """Return the dataset with a name, an IRI or an id."""
        iri = name if name.startswith(f"{self._library.base}dataset/") else f"{self._library.base}dataset/{name}"
        position = self._library.find_dataset_position(iri.rpartition("/")[2])
        if self._library.datasets[position : position + 1] == [iri]:
            return iri
        found = self._index.find_by_uuid(name.lower())
        if found is None or make_uuid(found) != name.lower():
            raise _NotFound(UsageError.of("ckan.nothing"))
        return found

    def _show_resource(self, parameters: Mapping[str, Any], tag: str) -> dict[str, Any]:
        """Return one resource, by its id."""
        name = read_name(parameters).lower()
        iri = self._index.find_by_uuid(name)
        resources = self._make_package(iri, tag)["resources"] if iri else ()
        resource: dict[str, Any] | None = next((one for one in resources if one["id"] == name), None)
        if resource is None:
            raise _NotFound(UsageError.of("ckan.nothing"))
        return resource

    def _list_names(self, parameters: Mapping[str, Any], _tag: str) -> list[str]:
        """Return the names of all packages."""
        return [iri.rpartition("/")[2] for iri in self._page_of(parameters, _ALL, _ALL)]

    def _list_packages(self, parameters: Mapping[str, Any], tag: str) -> list[dict[str, Any]]:
        """Return packages, page by page."""
        return [self._make_package(iri, tag) for iri in self._page_of(parameters, _ROWS, _MAX_ROWS)]

    def _page_of(self, parameters: Mapping[str, Any], rows: int, most: int) -> Sequence[Iri]:
        """Return the IRIs of the datasets on a page."""
        first = read_number(parameters, "offset", 0, _ALL)
        return self._library.datasets[first : first + read_number(parameters, "limit", rows, most)]

    def _list_groups(self, parameters: Mapping[str, Any], tag: str, kind: str) -> list[Any]:
        """Return the names of all bodies or categories that have datasets; with `all_fields`, what is known of them."""
        named = read_list(parameters.get("organizations" if kind == "body" else "groups"))
        values = sorted(self._find_facet(kind, tag), key=lambda value: value.code)
        values = [value for value in values if not named or value.code in named]
        first = read_number(parameters, "offset", 0, _ALL)
        values = values[first : first + read_number(parameters, "limit", _ALL, _ALL)]
        if not read_flag(parameters, "all_fields"):
            return [value.code for value in values]
        return [self._make_group(kind, value) for value in values]

    def _show_group(self, parameters: Mapping[str, Any], tag: str, kind: str) -> dict[str, Any]:
        """Return one body or category, by its name."""
        name = read_name(parameters)
        asked = (name, self._find_code(kind, name))
        value = next((value for value in self._find_facet(kind, tag) if value.code in asked), None)
        if value is None:
            raise _NotFound(UsageError.of("ckan.nothing"))
        return self._make_group(kind, value)

    def _list_tags(self, parameters: Mapping[str, Any], tag: str) -> list[Any]:
        """Return all keywords as they are printed; those with the text of `query` in them, if it is given."""
        part = str(parameters.get("query") or "").casefold()
        names = sorted(value.code for value in self._find_facet(KEYWORD, tag) if part in value.code.casefold())
        if not read_flag(parameters, "all_fields"):
            return names
        return [{"id": name, "name": name, "display_name": name, "vocabulary_id": None} for name in names]

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
        return self._index.search(SearchQuestion(rows=0, language=tag), (kind,), _ALL).facets[kind]

    def _make_id(self, kind: str, code: str) -> str:
        """Return the id of a body or category."""
        return make_uuid(f"{self._library.base}{kind}/{code}")

    def _find_code(self, kind: str, name: str) -> str:
        """Return the code of a body or category by its id; else what was given."""
        if len(name) != _UUID or kind not in _TYPES:
            return name
        codes = (value.code for value in self._find_facet(kind, LANGUAGES[0]))
        return next((code for code in codes if self._make_id(kind, code) == name.lower()), name)

    def _make_group(self, kind: str, value: FacetValue) -> dict[str, Any]:
        """Return a body or category as CKAN shows it."""
        shown = {
            "id": self._make_id(kind, value.code),
            "name": value.code,
            "title": value.label,
            "display_name": value.label,
        }
        return shown | {"package_count": value.count, "state": "active", "type": _TYPES[kind], "description": "",
                        "is_organization": kind == "body", "approval_status": "approved", "image_url": ""}  # fmt: skip

    def _make_package(self, iri: Iri, tag: str) -> dict[str, Any]:
        """Return a dataset as CKAN shows it."""
        things = {thing.iri: thing for thing in self._library.find_document(iri)}
        dataset = things[iri]
        properties = dataset.properties
        name = iri.rpartition("/")[2]
        bodies = [self._name_thing(term, tag, "body") for term in properties.get(DCT.publisher, ())]
        distributions = [things[str(term)] for term in properties.get(DCAT.distribution, ()) if str(term) in things]
        keywords = [t for t in properties.get(DCAT.keyword, ()) if isinstance(t, Literal) and "-t-" not in t.language]
        tags = [{"name": term.value, "display_name": term.value, "state": "active"} for term in keywords]
        groups = [self._name_thing(term, tag, "category") for term in properties.get(DCT.subject, ())]
        return {
            "id": make_uuid(iri),
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
            "owner_org": bodies[0]["id"] if bodies else None,
            "organization": {**bodies[0], "type": "organization", "state": "active"} if bodies else None,
            "groups": groups,
            "tags": tags,
            "num_tags": len(tags),
            "resources": [self._make_resource(one, iri, number, tag) for number, one in enumerate(distributions)],
            "num_resources": len(distributions),
            "license_id": None,
            "metadata_created": self._published,
            "metadata_modified": self._published,
            "extras": self._list_extras(dataset),
        }

    def _make_resource(self, distribution: Thing, package: Iri, position: int, tag: str) -> dict[str, Any]:
        """Return a distribution as CKAN shows it."""
        properties = distribution.properties
        addresses = [*properties.get(DCAT.downloadURL, ()), *properties.get(DCAT.accessURL, ())]
        formats = [str(term).rpartition("/")[2] for term in properties.get(DCT.format, ())]
        media = [str(term).partition("/media-types/")[2] for term in properties.get(DCAT.mediaType, ())]
        return {
            "id": make_uuid(distribution.iri),
            "package_id": make_uuid(package),
            "position": position,
            "name": choose_text(properties.get(DCT.title, ()), tag),
            "description": choose_text(properties.get(DCT.description, ()), tag),
            "url": str(addresses[0]) if addresses else "",
            "format": formats[0] if formats else "",
            "mimetype": media[0] if media else None,
            "state": "active",
        }

    def _list_extras(self, dataset: Thing) -> list[dict[str, str]]:
        """Return what CKAN has no field for: the IRI, the stage, months, frequency and plans."""
        properties = dataset.properties
        extras = {"uri": dataset.iri}
        for key, predicate in {"issued": DCT.issued, "promised": DCT.available}.items():
            for term in properties.get(predicate, ()):
                extras[key] = term.value if isinstance(term, Literal) else term
        for key, predicate in {"stage": ADMS.status, "frequency": DCT.accrualPeriodicity}.items():
            for term in properties.get(predicate, ()):
                extras[key] = get_code(str(term))
        plans = [str(term) for term in properties.get(DCT.isReferencedBy, ())]
        if plans:
            extras["plans"] = " ".join(plans)
        return [{"key": key, "value": value} for key, value in extras.items()]

    def _name_thing(self, term: Term, tag: str, kind: str) -> dict[str, Any]:
        """Return id, code and label of what many datasets share."""
        code = get_code(str(term))
        title = choose_name(self._library.find_labels(str(term)), str(term), tag)
        return {"id": self._make_id(kind, code), "name": code, "title": title, "display_name": title}


def _tell_problem(error: Exception, language: str) -> tuple[int, dict[str, Any]]:
    """Return the status and the error of an answer, told in a language."""
    told = error.args[-1].tell(language)
    if isinstance(error, _NotFound):
        return 404, {"__type": "Not Found Error", "message": told}
    if isinstance(error, InvalidParameter):
        return 409, {"__type": "Validation Error", str(error.args[0]): [told]}
    refused = UsageError.of("ckan.search", problem=told).tell(language)
    return 400, {"__type": "Search Query Error", "message": refused}


#: What CKAN calls the types of bodies and categories.
_TYPES = {"body": "organization", "category": "group"}

#: What `help_show` says of each action.
HELP = {
    "help_show": "Say what an action does. :param name: the name of the action",
    "site_read": "Return true: anybody may read this site.",
    "resource_show": "Return a resource. :param id: its id, a UUID",
    "package_search": "Return the datasets that a question finds. :param q: words, all of which must occur; "
    f":param fq: filters of {', '.join(KINDS)}, also several times; :param sort: field and direction; "
    ":param rows: at most 1000; :param start: how many to leave out; :param facet.field: facets to count, a list; "
    ":param facet.limit: values of a facet, -1 for all; :param facet.mincount: the least count; "
    ":param lang: en, zh-Hant or zh-Hans",
    "package_show": "Return a dataset. :param id: its name, its id (a UUID) or its IRI; "
    ":param lang: en, zh-Hant or zh-Hans",
    "package_list": "Return the names of all datasets. :param limit: how many; :param offset: how many to leave out",
    "current_package_list_with_resources": "Return datasets with their resources. :param limit: at most 1000; "
    ":param offset: how many to leave out",
    "organization_list": "Return the bodies that publish datasets. :param all_fields: with titles and counts; "
    ":param organizations: only these; :param limit: how many; :param offset: how many to leave out",
    "organization_show": "Return a body. :param id: its code, or its id (a UUID)",
    "group_list": "Return the categories of datasets. :param all_fields: with titles and counts; "
    ":param groups: only these; :param limit: how many; :param offset: how many to leave out",
    "group_show": "Return a category. :param id: its code, or its id (a UUID)",
    "tag_list": "Return the keywords of datasets. :param query: a part of the keyword; :param all_fields: as objects",
    "license_list": "Return licences: none, because plans state none.",
    "status_show": "Return what this site is.",
}
