"""
Terms of N-Triples -> what reports show.

In: terms as `checking.shacl.triples` gives them. Out: IRIs without brackets, texts with their language.
"""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from ...core.languages import canonical_tag
from ...core.terms import PREFIXES, Iri

#: The end of the IRI of a body or category that no vocabulary names: what is said of it comes from plans.
_MINTED = re.compile(r"/x-[a-z2-7]{10}(?:#contact)?$")
#: What the IRIs of our own terms have in them; what stands before is the base IRI of a catalogue.
PLAN_TERMS = "def/plan#"


class TermParts(NamedTuple):
    """A term: its text, or its IRI; of a literal the language or the datatype. `is_iri` tells which it is."""

    text: str
    language: str = ""
    datatype: Iri = ""
    is_iri: bool = False

    @property
    def kind(self) -> str:
        """Return what a value that replaces another has in common with it: language or datatype."""
        return "IRI" if self.is_iri else self.language or self.datatype


def split_term(term: str) -> TermParts:
    r"""
    Return the parts of a term.

    >>> split_term('"a \\"b\\""@zh-hant'), split_term("<urn:a>").text
    (TermParts(text='a "b"', language='zh-Hant', datatype='', is_iri=False), 'urn:a')
    """
    if not term.startswith('"'):
        return TermParts(term[1:-1] if term.startswith("<") else term, is_iri=True)
    end = term.rindex('"')
    text, tail = json.loads(term[: end + 1], strict=False), term[end + 1 :]
    if tail.startswith("^^"):
        return TermParts(text, datatype=tail[3:-1])
    return TermParts(text, canonical_tag(tail[1:]) if tail else "")


def prefixed_name(iri: Iri, base: Iri) -> str:
    """
    Return an IRI as a prefixed name if there is a prefix for it, else as it is.

    Args:
        iri: The IRI of a property or a class.

        base: The base IRI of the catalogue, for terms of our own.

    >>> prefixed_name("http://purl.org/dc/terms/title", ""), prefixed_name("https://a.example/def/plan#part", "https://a.example/")
    ('dct:title', 'plan:part')
    """
    spaces = PREFIXES | ({"plan": f"{base}{PLAN_TERMS}"} if base else {})
    for prefix, namespace in spaces.items():
        if iri.startswith(namespace) and "/" not in iri[len(namespace) :]:
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


def is_minted(iri: Iri) -> bool:
    """
    Tell whether a body or category is one that no vocabulary names.

    >>> is_minted("https://a.example/organisation/x-abcdefghij"), is_minted("https://a.example/organisation/hk-hkpf")
    (True, False)
    """
    return bool(_MINTED.search(iri))


def is_shared_term(iri: Iri, base: Iri) -> bool:
    """
    Tell whether an IRI is of others, or of a term in our vocabularies: a catalogue describes it where it is used.

    Such an IRI is never gone: whoever it belongs to, and the vocabularies of a build, describe it in any case.

    Args:
        iri: The IRI of a thing.

        base: The base IRI of the catalogue.

    >>> is_shared_term("https://a.example/dataset/hk-x", "https://a.example/")
    False
    >>> is_shared_term("https://a.example/def/format/PDF", "https://a.example/")
    True
    """
    return not iri.startswith(base) or (iri.startswith(f"{base}def/") and not is_minted(iri))
