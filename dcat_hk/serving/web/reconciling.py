"""
Lists of others -> datasets and bodies of the catalogue: the answers of the Reconciliation Service API 0.2.

In: queries, a build. Out: JSON values. A candidate is a match only if its name is the same, nothing else has that name,
and it has all properties that are asked for. Names in any of three languages count; `language` chooses those that are
shown.

Spec: Reconciliation Service API 0.2 (W3C Community Group Report, 2023).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ... import __version__
from ...core.languages import LANGUAGES
from ...core.namespaces import ADMS, DCAT, DCT, ORG
from ...core.terms import Iri, Literal, Term
from ...core.text import fold
from ..search.alike import AlikeDataset, find_alike, find_beginning, find_named, measure_likeness
from .library import Library
from .reconciling_queries import BODY, DATASET, TYPES, ExtendQuery, MatchQuery, last_name
from .reconciling_queries import PROPERTIES as KNOWN
from .wording import choose_text, get_term_label

_CLASSES = {DATASET: DCAT.Dataset, BODY: ORG.Organization}
#: The properties that can be asked for, with what they are called in the standard vocabularies.
PROPERTIES: Mapping[str, Iri] = {
    "publisher": DCT.publisher,
    "category": DCT.subject,
    "stage": ADMS.status,
    "frequency": DCT.accrualPeriodicity,
    "format": DCT.format,
    "issued": DCT.issued,
    "available": DCT.available,
    "identifier": DCT.identifier,
    "title": DCT.title,
    "page": DCAT.landingPage,
}
#: The kinds of facets that are not called as their property is.
_FACETS = {"publisher": "body"}
#: How much of a score a name makes, where properties are asked for.
_OF_NAME = 0.75
#: Bodies with a name less alike than this are no candidates; datasets are if they have a word in common.
_LEAST = 0.5
#: Names of bodies in Latin letters that are shorter are codes.
_LEAST_NAME = 8
#: Things that are suggested at a time.
SUGGESTED = 20
_PREVIEW_WIDTH, _PREVIEW_HEIGHT = 400, 200


@dataclass(frozen=True, slots=True)
class _MatchCandidate:
    """A thing that may be meant: how alike its name is, and which of the properties it has."""

    iri: Iri
    kind: str
    name: str
    about: str
    likeness: float
    held: tuple[bool, ...]

    @property
    def score(self) -> float:
        """Return a number up to 100."""
        share = sum(self.held) / len(self.held) if self.held else 1.0
        return round(100 * (self.likeness * _OF_NAME + share * (1 - _OF_NAME) if self.held else self.likeness), 2)

    @property
    def is_right(self) -> bool:
        """Return whether the name and all properties are the same."""
        return self.likeness == 1.0 and all(self.held)


class ReconciliationApi:
    """
    The service on one build.

    Args:
        library: The library of things.

        language: The language of names.

        root: The address of the site as the client sees it, with a slash at its end.

        path: The path of the service below it.
    """

    def __init__(self, library: Library, language: str, root: str, path: str) -> None:
        """Keep them."""
        self._library, self.language, self._root, self._path = library, language, root, path

    # ---- what there is

    def manifest(self) -> dict[str, Any]:
        """Return what the service is and where its parts are."""
        suggest = {
            kind: {"service_url": self._root.rstrip("/"), "service_path": f"/{self._path}/suggest/{kind}"}
            for kind in ("entity", "type", "property")
        }
        propose = {"service_url": self._root.rstrip("/"), "service_path": f"/{self._path}/propose"}
        preview = f"{self._root}{self._path}/preview?id={{{{id}}}}"
        return {
            "versions": ["0.1", "0.2"],
            "name": f"dcat-hk ({self.language})",
            "identifierSpace": self._library.base,
            "schemaSpace": "http://www.w3.org/ns/dcat#",
            "documentation": f"{self._root}about",
            "serviceVersion": __version__,
            "view": {"url": f"{self._root}{{{{id}}}}"},
            "defaultTypes": [self._type(kind) for kind in _CLASSES],
            "suggest": suggest,
            "preview": {"url": preview, "width": _PREVIEW_WIDTH, "height": _PREVIEW_HEIGHT},
            "extend": {"propose_properties": propose, "property_settings": []},
        }

    def _type(self, kind: str) -> dict[str, str]:
        """Return a type with its name."""
        iri = _CLASSES[kind]
        return {"id": iri, "name": get_term_label(iri, self.language, self._library.base)}

    def _property(self, name: str) -> dict[str, str]:
        """Return a property with its name."""
        iri = PROPERTIES[name]
        return {"id": iri, "name": get_term_label(iri, self.language, self._library.base)}

    # ---- queries

    def match(self, query: MatchQuery) -> dict[str, Any]:
        """
        Return the candidates of a query, the best first.

        Args:
            query: The query.
        """
        found = [one for kind in (DATASET, BODY) if kind in query.kinds for one in self._candidates(query, kind)]
        found.sort(key=lambda one: (-one.score, one.iri))
        right = sum(one.is_right for one in found)
        return {
            "result": [
                {
                    "id": self._id_of(one.iri),
                    "name": one.name,
                    "description": one.about,
                    "type": [self._type(one.kind)],
                    "score": one.score,
                    "match": one.is_right and right == 1,
                    "features": [{"id": "name-likeness", "value": round(100 * one.likeness, 2)}],
                }
                for one in found[: query.limit]
            ]
        }

    def _candidates(self, query: MatchQuery, kind: str) -> Iterator[_MatchCandidate]:
        """Yield what may be meant by a query."""
        if kind == BODY:
            yield from self._body_candidates(query)
            return
        titles = [value for name, values in query.properties if name == "title" for value in values]
        text = query.text or next(iter(titles), "")
        named = find_named(self._library.index, self._iri_of(text, "dataset"))
        stated = [value for name, values in query.properties if name == "identifier" for value in values]
        by_name = (find_named(self._library.index, self._iri_of(value, "dataset")) for value in dict.fromkeys(stated))
        others = {one.iri: one for one in (named, *by_name) if one}
        alike = find_alike(self._library.index, text)
        wanted = [(name, values, frozenset(map(fold, values))) for name, values in query.properties]
        for one in (*others.values(), *(one for one in alike if one.iri not in others)):
            likeness = 1.0 if named and one.iri == named.iri else one.likeness
            held = tuple(self._holds(one, *asked) for asked in wanted)
            yield _MatchCandidate(
                one.iri, DATASET, self._title_of(one), self._about(one), likeness if text else 1.0, held
            )

    def _body_candidates(self, query: MatchQuery) -> Iterator[_MatchCandidate]:
        """Yield the bodies that may be meant by a query."""
        folded = fold(query.text)
        code = fold(query.text.rstrip("/").rpartition("/")[2])
        wanted = [(name, frozenset(map(fold, values))) for name, values in query.properties]
        for body in self._library.bodies if folded else ():
            is_equal = folded in body.folded or code == fold(body.code)
            # Short codes are the same or others: HKAS is not nearly HKPF.
            names = [one for one in body.folded if len(one) >= _LEAST_NAME or not one.isascii()]
            likeness = 1.0 if is_equal else max((measure_likeness(folded, one) for one in names), default=0.0)
            if likeness >= _LEAST:
                # Properties are those of datasets, but for the name and the identifier.
                held = tuple(name in ("title", "identifier") and bool(asked & body.folded) for name, asked in wanted)
                name = choose_text(body.names, self.language) or body.code
                yield _MatchCandidate(body.iri, BODY, name, body.code, likeness, held)

    def _holds(self, one: AlikeDataset, name: str, values: Sequence[str], wanted: frozenset[str]) -> bool:
        """Return whether a dataset has one of the values of a property, which are given as they are and folded."""
        if name in ("issued", "available"):
            return any(one.month.startswith(value[:7]) for value in values if len(value) >= 4)
        if name == "identifier":
            return fold(one.name) in wanted or any(value == one.iri for value in values)
        if name == "title":
            return any(fold(title) in wanted for title in one.titles.values())
        held = one.facets.get(_FACETS.get(name, name), {})
        known = {fold(text) for code, labels in held.items() for text in (code, *labels)} - {""}
        if name == "publisher":
            # A body is also called by its other names.
            known |= {text for body in self._library.bodies if body.code in held for text in body.folded}
        return bool(wanted & known)

    def _title_of(self, one: AlikeDataset) -> str:
        """Return the title of a dataset."""
        return one.titles.get(self.language) or next(filter(None, one.titles.values()), one.name)

    def _about(self, one: AlikeDataset) -> str:
        """Return what tells a dataset from others of its title: body, stage, month."""
        position = LANGUAGES.index(self.language)
        labels = [
            labels[position] or code for kind in ("body", "stage") for code, labels in one.facets.get(kind, {}).items()
        ]
        return " · ".join([*labels, one.month] if one.month else labels)

    # ---- suggestions

    def suggest(self, kind: str, prefix: str, first: int = 0, kinds: Iterable[str] = (DATASET, BODY)) -> dict[str, Any]:
        """
        Return things, types or properties for what somebody begins to type.

        Args:
            kind: entity, type or property.

            prefix: What is typed.

            first: How many are left out.

            kinds: Which kinds of things are wanted.
        """
        if kind == "type":
            found: list[dict[str, Any]] = [
                self._type(name) for name in _CLASSES if self._begins(_CLASSES[name], prefix)
            ]
        elif kind == "property":
            found = [self._property(name) for name in PROPERTIES if self._begins(PROPERTIES[name], prefix)]
        else:
            found = list(self._suggest_things(prefix, frozenset(kinds))) if fold(prefix) else []
        return {"result": found[first : first + SUGGESTED]}

    def _begins(self, iri: Iri, prefix: str) -> bool:
        """Return whether a term has a text in a label or in its name."""
        labels = (get_term_label(iri, tag, self._library.base) for tag in LANGUAGES)
        return any(fold(prefix) in fold(text) for text in (last_name(iri), *labels))

    def _suggest_things(self, prefix: str, kinds: frozenset[str]) -> Iterator[dict[str, Any]]:
        """Yield bodies and datasets for what somebody begins to type."""
        folded = fold(prefix)
        for body in self._library.bodies if BODY in kinds else ():
            if any(folded in text for text in body.folded):
                name = choose_text(body.names, self.language) or body.code
                yield self._suggestion(body.iri, name, body.code, BODY)
        for one in find_beginning(self._library.index, prefix) if DATASET in kinds else ():
            yield self._suggestion(one.iri, self._title_of(one), self._about(one), DATASET)

    def _suggestion(self, iri: Iri, name: str, about: str, kind: str) -> dict[str, Any]:
        """Return a thing that is suggested."""
        return {"id": self._id_of(iri), "name": name, "description": about, "notable": [self._type(kind)]}

    # ---- data extension, previews

    def propose(self, kind: str, limit: int) -> dict[str, Any]:
        """
        Return the properties that things of a type have.

        Args:
            kind: The type.

            limit: How many are wanted.
        """
        names = PROPERTIES if TYPES.get(last_name(kind)) != BODY else ("title", "identifier")
        return {"type": kind, "limit": limit, "properties": [self._property(name) for name in names][:limit]}

    def extend(self, query: ExtendQuery) -> dict[str, Any]:
        """
        Return values of properties of things.

        Args:
            query: Of which things which properties are wanted; those that are not known have none.
        """
        known = {name: KNOWN.get(last_name(name), "") for name in query.properties}
        meta: list[dict[str, Any]] = []
        for name, own in known.items():
            label = self._property(own)["name"] if own else name
            meta.append({"id": name, "name": label, **({"type": self._type(BODY)} if own == "publisher" else {})})
        rows = {
            identifier: {
                name: self._values(self._iri_of(identifier), own) if own else [] for name, own in known.items()
            }
            for identifier in query.ids
        }
        return {"meta": meta, "rows": rows}

    def _values(self, iri: Iri, name: str) -> list[dict[str, str]]:
        """Return the values of a property of a thing."""
        library, predicate = self._library, PROPERTIES[name]
        if not iri.startswith(library.base):
            return []
        if name == "title":
            titles = library.find_labels(iri)
            return [{"str": choose_text(titles, self.language)}] if titles else []
        terms = library.find_values(iri, predicate)
        if name == "format":
            distributions = map(str, library.find_values(iri, DCAT.distribution))
            terms = list(dict.fromkeys(term for one in distributions for term in library.find_values(one, predicate)))
        if name == "publisher":
            return [{"id": self._id_of(str(term)), "name": self._name_of(term)} for term in terms]
        return [{"str": self._name_of(term)} for term in terms]

    def _name_of(self, term: Term) -> str:
        """Return the text of a literal, the label of a thing, or its IRI."""
        if isinstance(term, Literal):
            return term.value
        return choose_text(self._library.find_labels(term), self.language) or term

    def describe(self, identifier: str) -> dict[str, Any] | None:
        """
        Return what a preview of a thing shows; None if there is no such thing.

        Args:
            identifier: Its identifier.
        """
        iri = self._iri_of(identifier)
        labels = self._library.find_labels(iri) if iri.startswith(self._library.base) else ()
        if not labels:
            return None
        rows = []
        for name in PROPERTIES:
            values = [one.get("name") or one["str"] for one in self._values(iri, name)]
            if values and name not in ("title", "page"):
                rows.append((self._property(name)["name"], ", ".join(values)))
        address = f"{self._root}{self._id_of(iri)}"
        return {"title": choose_text(labels, self.language), "address": address, "rows": rows}

    # ---- names

    def _id_of(self, iri: Iri) -> str:
        """Return the identifier of a thing: its IRI without the base."""
        return iri.removeprefix(self._library.base)

    def _iri_of(self, identifier: str, kind: str = "") -> Iri:
        """Return the IRI that an identifier stands for; of a name alone, that of a thing of a kind."""
        base = self._library.base
        if identifier.startswith(base):
            return identifier
        return f"{base}{identifier}" if "/" in identifier or not kind else f"{base}{kind}/{identifier}"
