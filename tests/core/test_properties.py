"""Every property that the program names stands in one table, and every row of the table has a name."""

import pytest

from dcat_hk.core import namespaces
from dcat_hk.core.namespaces import DCT, Names, PlanTerms, Terms
from dcat_hk.core.properties import ROWS, order_of
from dcat_hk.core.syntaxes.jsonld import JsonLd
from dcat_hk.core.terms import PREFIXES, expand
from dcat_hk.core.vocabularies import load

BASE = "https://example.org/"
NAMESPACES = [
    value
    for value in vars(namespaces).values()
    if isinstance(value, type) and issubclass(value, Names) and value not in (Names, Terms)
]


def test_every_name_has_a_row_and_every_row_a_name():
    """Namespaces and table list the same properties and classes."""
    names = {
        f"{space.__name__.lower()}:{name}"
        for space in NAMESPACES
        if issubclass(space, Terms)
        for name in space.__annotations__
    }
    assert names | {f"plan:{name}" for name in PlanTerms.__annotations__} == set(ROWS)


def test_a_name_is_its_iri():
    """Each attribute of a namespace is the IRI that its prefixed name stands for."""
    for space in NAMESPACES:
        for name in space.__annotations__:
            assert getattr(space, name) == expand(f"{space.__name__.lower()}:{name}")


def test_a_name_without_a_row_is_refused():
    """A namespace that names a property without a row cannot be made, so the program does not start."""
    with pytest.raises(AttributeError, match="dct:titel has no row"):
        type("DCT", (Terms,), {"__annotations__": {"titel": str}})
    with pytest.raises(AttributeError):
        DCT.titel  # noqa: B018 - looked up to see that it is not there


def test_concepts_that_are_named_are_described():
    """Each concept that the program names is one of the vocabularies."""
    concepts = load(BASE).concepts
    for space in NAMESPACES:
        if not issubclass(space, Terms) and space.__name__ not in {"XSD", "GEO"}:  # Those name datatypes.
            assert {getattr(space, name) for name in space.__annotations__} <= set(concepts), space


def test_labels_are_in_all_languages_of_pages():
    """A row has labels in three languages or none; our own terms have theirs in the vocabulary."""
    for name, row in ROWS.items():
        assert set(row.label) in (set(), {"zh-Hant", "zh-Hans", "en"}), name
        assert not (row.label and name.startswith("plan:")), name


def test_a_property_with_a_kind_is_in_the_context():
    """The context of every JSON-LD file defines the properties that have a kind, and no others."""
    defined = {value["@id"] for value in JsonLd(BASE).context.values() if isinstance(value, dict)}
    assert defined == {name for name, row in ROWS.items() if row.kind}


def test_a_property_without_a_row_follows_by_iri():
    """Properties of other people, which no row names, are written behind those of the table, by IRI."""
    strange = ("https://b.example/p", "https://a.example/p", PREFIXES["dct"] + "title")
    assert order_of(strange) == [DCT.title, "https://a.example/p", "https://b.example/p"]
