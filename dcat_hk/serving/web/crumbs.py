"""
Things -> the pages above their page: the way from the start page, by body and plan.

In: the library and a thing. Out: labels and addresses. A body whose plans were read has a page of its promises; any
other one has only that of its description.
"""

from __future__ import annotations

from functools import cached_property

from ...core.namespaces import DCAT, DCT, ORG, PROV, RDF, SKOS, PlanTerms
from ...core.terms import Iri, Thing, get_code, get_first_text
from .addresses import get_page_suffix, get_root_address, make_link
from .library import Library
from .wording import choose_name, get_label, name_years

#: A label and its address; the page itself has none.
Crumb = tuple[str, str]


class Breadcrumbs:
    """
    Tells what is above the pages of things.

    Args:
        library: The library of things.
    """

    def __init__(self, library: Library) -> None:
        """Keep the library."""
        self._library, self._plan = library, PlanTerms(library.base)

    def list_crumbs(self, thing: Thing, heading: str, page: str, language: str) -> list[Crumb]:
        """
        Return the pages above the page of a thing, and the page itself.

        Args:
            thing: The thing.

            heading: What its page is called.

            page: The path of its page.

            language: The language of the page.
        """
        root, ending, kinds = get_root_address(page), get_page_suffix(language), thing.properties.get(RDF.type, ())
        crumbs = [(get_label("start", language), f"{root}index{ending}")]
        bodies = (get_label("bodies", language), f"{root}bodies{ending}")
        if ORG.Organization in kinds:
            return [*crumbs, bodies, *self._name_body(thing.iri, page, language, is_last=True), (heading, "")]
        if SKOS.Concept in kinds and self._is_category(thing):
            return [*crumbs, (get_label("categories", language), f"{root}categories{ending}"), (heading, "")]
        plan = self._find_plan(thing)
        body = get_first_text((plan or thing).properties, DCT.publisher)
        if body and (plan is not None or DCAT.Dataset in kinds):
            crumbs += [bodies, *self._name_body(body, page, language)]
        if plan is not None and plan.iri != thing.iri:
            crumbs.append((name_years(plan.iri), make_link(plan.iri, self._library.base, page, language)))
        return [*crumbs, (heading, "")]

    def _find_plan(self, thing: Thing) -> Thing | None:
        """Return the plan that a thing is, or that a row, or a file of it, is of; None for other things."""
        if self._plan.Plan in thing.properties.get(RDF.type, ()):
            return thing
        sources = [str(term) for term in thing.properties.get(PROV.wasDerivedFrom, ())]
        if self._plan.Entry not in thing.properties.get(RDF.type, ()):
            sources = [thing.iri]
        for source in sources:
            for plan in self._library.find_values(source, PROV.specializationOf):
                return self._library.find_stated(str(plan))
        return None

    def _name_body(self, body: Iri, page: str, language: str, *, is_last: bool = False) -> list[Crumb]:
        """Return the crumb of a body; none for its description where nothing else is above it."""
        code, name = get_code(body), choose_name(self._library.find_labels(body), body, language)
        if body in self._planning:
            return [(name, f"{get_root_address(page)}body/{code}{get_page_suffix(language)}")]
        return [] if is_last else [(name, make_link(body, self._library.base, page, language))]

    @cached_property
    def _planning(self) -> frozenset[Iri]:
        """Return the bodies that have issued plans."""
        library = self._library
        plans = library.list_instances(self._plan.Plan)
        return frozenset(str(body) for plan in plans for body in library.find_values(plan, DCT.publisher))

    def _is_category(self, concept: Thing) -> bool:
        """Return whether a concept is a category of plans."""
        return concept.iri.startswith(f"{self._library.base}def/category/")
