"""
Linked datasets -> findings on what the portal has otherwise than the plan says: another provider, a format less.

In: indexed plans. Out: findings by the IRI of the plan that describes the dataset. Only plans with linked datasets are
read again. A format that may be there in another form is not called missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from ..catalogue.mapping.delivered import format_code
from ..catalogue.mapping.identities import Agent, Bodies, Identity, identify
from ..catalogue.mapping.linkedrecords import LinkedRecord
from ..core.errors import Finding
from ..core.plan import Entry
from ..core.terms import Iri
from ..core.text import fold
from ..core.vocabularies import Vocabularies
from ..core.wording.records import read_toml
from ..portal.records import PortalRecord, Texts
from ..reconciliation.items import without_short_name
from ..reconciliation.lines import find_heirs
from .index import IndexedPlans
from .read import load_plan
from .timeline import find_successors


def compare_with_portal(plans: IndexedPlans) -> dict[Iri, list[Finding]]:
    """
    Return findings on linked datasets, by the IRI of the plan that describes each.

    Args:
        plans: The plans.
    """
    context = plans.context
    portal, newest = context.links.portal, context.index.newest
    numbers = {newest[identifier] for identifier, one in portal.linked() if one.is_seen and identifier in newest}
    findings: dict[Iri, list[Finding]] = {}
    for number in sorted(numbers):
        identified = identify(load_plan(plans.paths[number]), Bodies(context.vocabularies), context.links)
        told: set[str] = set()
        for identity, entry in zip(identified.identities, identified.plan.entries, strict=True):
            linked = portal.find_exact(identity.identifier)
            if linked is None or not linked.is_seen or not context.index.describes(number, identity.identifier):
                continue
            names = portal.providers.get(linked.record.provider, {})
            own = _compare(identified.plan.doc, identity, entry, linked, names, context.vocabularies)
            # Of several parts of a row each may state its formats; who provides is said once.
            new = [one for one in own if one.code != "portal-publisher-differs" or identity.identifier not in told]
            told.add(identity.identifier)
            findings.setdefault(plans.heads[number].iri, []).extend(new)
    return findings


def _compare(
    doc: str, identity: Identity, entry: Entry, linked: LinkedRecord, names: Texts, vocabularies: Vocabularies
) -> Iterator[Finding]:
    """Yield what differs between a row and the record that its dataset is, whose body has some names there."""
    record = linked.record
    values = {"title": entry.title, "record": record.slug}
    if record.provider and not (
        _are_one_line(identity.publisher.code, record.provider, vocabularies)
        or _may_be_one(identity.publisher, names, is_known=record.provider in vocabularies.organisations)
    ):
        bodies = {"publisher": identity.publisher.code, "provider": record.provider}
        yield Finding("portal-publisher-differs", doc, entry.place, values | bodies)
    missing = find_missing(entry, record, vocabularies)
    if missing:
        delivered = ", ".join(_formats_of(record, vocabularies))
        formats = {"formats": ", ".join(missing), "delivered": delivered}
        yield Finding("promised-format-missing", doc, entry.place, values | formats)


def find_missing(entry: Entry, record: PortalRecord, vocabularies: Vocabularies) -> list[str]:
    """
    Return the formats that a row states and a record lacks.

    Nothing is missing where the record lists no format, where a format of the same family is there, or where an API
    may give any format.

    Args:
        entry: The row.

        record: The record.

        vocabularies: They list the formats.
    """
    delivered = _formats_of(record, vocabularies)
    if not delivered or record.has_api:
        return []
    families = load_families()
    has = {families.get(code, code) for code in delivered}
    # What a packed file holds is not told.
    is_packed = "ZIP" in has
    return (
        [] if is_packed else [code for code in entry.formats if families.get(code, code) not in has and code != "API"]
    )


@cache
def load_families() -> Mapping[str, str]:
    """
    Return formats by what stands for their family.

    >>> load_families()["XLSX"] == load_families()["XLS"]
    True
    """
    table = read_toml(__package__, "formatfamilies.toml")["families"]
    return {code: name for name, codes in table.items() for code in codes}


def _formats_of(record: PortalRecord, vocabularies: Vocabularies) -> list[str]:
    """Return the codes of the formats of a record; those that no vocabulary has as the portal calls them."""
    names = [*record.formats, *(one.format for one in record.resources if one.format)]
    return list(dict.fromkeys(format_code(vocabularies, name) or name for name in names))


def _may_be_one(publisher: Agent, names: Texts, *, is_known: bool) -> bool:
    """Tell whether a provider may be the publisher: by its name, or because no name of one can be compared."""
    own = {fold(without_short_name(publisher.name))} | set(
        map(fold, publisher.concept.wordings if publisher.concept else ())
    )
    if own & {fold(without_short_name(name)) for name in names.values()}:
        return True
    if is_known or publisher.concept:
        return False
    # The code of a body that no vocabulary has is made from its name: it says nothing of the portal's.
    return not any((tag == "en") == publisher.name.isascii() for tag in names)


def _are_one_line(one: str, other: str, vocabularies: Vocabularies) -> bool:
    """Tell whether two bodies are one, or one has replaced the other."""
    successors = find_successors(vocabularies)
    return other in find_heirs([one], successors) or one in find_heirs([other], successors)
