"""
What people corrected in a plan -> things: who says when and why that a row means something else than it prints.

In: the mapping of a plan. Out: an iterator of things. A correction is named after the record of its row, which keeps
the words as printed and points at it. Of a row that was withdrawn there is no record, only the correction.

Spec: PROV-O, Activity, used, wasAssociatedWith, wasInfluencedBy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ...core.languages import LANGUAGE_OF_SCRIPT
from ...core.namespaces import DCT, PROV, RDF, RDFS, XSD
from ...core.plan import FIELD_OF_ROW, Correction
from ...core.terms import Iri, Literal, Properties, Thing
from ...core.text import fold, script_of
from .context import PlanFile, PlanMapping, make_thing
from .iris import key_of

_ADDRESS = re.compile(r"(?:https?://[A-Za-z0-9]|mailto:[A-Za-z0-9])[!#-;=?-\[\]_a-z~]*")
_ORCID = re.compile(r"orcid:(\d{4}-\d{4}-\d{4}-\d{3}[\dX])")


def map_corrections(mapping: PlanMapping) -> Iterator[Thing]:
    """Yield the corrections of a plan's rows, the rows that were withdrawn, and who says so."""
    people: dict[Iri, str] = {}
    for corrections in mapping.corrections.values():
        for iri, file, one in corrections:
            people.setdefault(person_iri(mapping.context.iris.base, one.who), one.who)
            yield _map_correction(mapping, iri, file, one)
    record_space = mapping.plan_iri.replace("/plan/", "/record/", 1)
    for row in mapping.plan.withdrawn:
        one = row.correction
        people.setdefault(person_iri(mapping.context.iris.base, one.who), one.who)
        place = {mapping.context.terms.locator: (Literal(str(row.entry.place)),)}
        iri = f"{record_space}/{row.record}#corrected-{FIELD_OF_ROW}"
        yield _map_correction(mapping, iri, mapping.files[0], one, place)
    for iri, who in sorted(people.items()):
        yield Thing(iri, {RDF.type: (PROV.Agent,), RDFS.label: (Literal(who),)})


def person_iri(base: Iri, who: str) -> Iri:
    """
    Return the IRI of who corrected something: an address or ORCID as it is, one of the catalogue for a name.

    Args:
        base: The base IRI.

        who: What the person is called in the file of corrections.

    >>> person_iri("https://example.org/", "orcid:0000-0002-1825-0097")
    'https://orcid.org/0000-0002-1825-0097'
    >>> person_iri("https://example.org/", "Chan Tai Man")
    'https://example.org/person/ckvya4tf5u'
    """
    orcid = _ORCID.fullmatch(who)
    if orcid:
        return f"https://orcid.org/{orcid[1]}"
    return who if _ADDRESS.fullmatch(who) else f"{base}person/{key_of(fold(who) or who)}"


def _map_correction(
    mapping: PlanMapping,
    iri: Iri,
    file: PlanFile,
    one: Correction,
    place: Mapping[Iri, tuple[Literal, ...]] | None = None,
) -> Thing:
    """Return one correction."""
    terms = mapping.context.terms
    properties: Properties = {
        RDF.type: (terms.Correction, PROV.Activity),
        terms.correctedField: (Literal(one.field),),
        terms.printed: (_value(one, one.printed),),
        terms.meant: () if one.field == FIELD_OF_ROW else (_value(one, one.meant),),
        PROV.used: (file.iri,),
        PROV.wasAssociatedWith: (person_iri(mapping.context.iris.base, one.who),),
        DCT.date: (Literal(one.when, "", XSD.date),),
        RDFS.comment: (Literal(one.why, LANGUAGE_OF_SCRIPT[script_of(one.why)]),),
        **(place or {}),
    }
    return make_thing(iri, properties)


def _value(one: Correction, text: str) -> Literal:
    """Return a value as a literal: words in their language, codes and figures in none."""
    is_words = one.field != "formats" and any(character.isalpha() for character in text)
    return Literal(text, LANGUAGE_OF_SCRIPT[script_of(text)] if is_words else "")
