"""The library finds things, their labels and what refers to them, in the catalogue and the vocabularies."""

from __future__ import annotations

import pytest
from support.web_servers import DATASET

from dcat_hk.core.errors import NotReadable
from dcat_hk.core.namespaces import DCAT, DCT, FOAF, RDF
from dcat_hk.core.terms import Literal
from dcat_hk.serving.web.library import LISTS, fill_store
from dcat_hk.serving.web.snapshot import take_snapshot


def test_a_thing_that_does_not_exist(library):
    """An unknown IRI and text that is no IRI have no thing, no document and no values."""
    for iri in (f"{library.base}nothing", "no iri at all", ""):
        assert library.find_thing(iri) is None
        assert not library.has_document(iri)
        assert library.find_values(iri, RDF.type) == []
        assert library.find_links_to(iri, 5) == []
        assert library.find_labels(iri) == ()


def test_a_dataset_document_has_its_distributions(library):
    """The dataset comes first, and each of its distributions follows once."""
    first, *others = library.find_document(library.base + DATASET)
    assert first.iri == library.base + DATASET
    assert [thing.iri for thing in others] == list(first.properties[DCAT.distribution])


def test_terms_are_part_of_the_document_without_fragment(library):
    """def/plan describes every term def/plan#…, which vocabularies define."""
    iris = [thing.iri for thing in library.find_document(f"{library.base}def/plan")]
    assert f"{library.base}def/plan#released" in iris
    assert library.has_document(f"{library.base}def/plan")
    assert all(iri.startswith(f"{library.base}def/plan") for iri in iris)


def test_labels_are_in_all_languages_with_printed_texts_first(library):
    """A dataset has its printed title before the one that was converted from the other script."""
    printed, converted = library.find_labels(library.base + DATASET)
    assert printed == Literal("罪案數字比較", "zh-Hant")
    assert converted == Literal("罪案数字比较", "zh-Hans-t-zh-hant")


def test_links_to_a_thing_are_limited(library):
    """One more link than the limit is returned, so that a caller knows that there are more."""
    dataset = library.base + DATASET
    (publisher,) = library.find_values(dataset, DCT.publisher)
    links = library.find_links_to(publisher, 3)
    assert len(links) == 4
    assert (FOAF.primaryTopic, library.find_records(dataset)[0]) in library.find_links_to(dataset, 1000)


def test_a_catalogue_can_be_read_without_its_lists(library):
    """The lists of datasets and records are left out, other properties stay."""
    top = f"{library.base}catalogue"
    assert set(library.find_stated(top).properties) & LISTS
    assert not set(library.find_without_lists(top).properties) & LISTS
    assert DCT.title in library.find_without_lists(top).properties


def test_the_position_of_a_dataset_that_is_gone_is_that_of_the_next(library):
    """A page that begins at a deleted dataset begins at the next one; the end is after the last."""
    first, second = (iri.removeprefix(f"{library.base}dataset/") for iri in library.datasets[:2])
    assert library.find_dataset_position(first) == 0
    assert library.find_dataset_position(first + "-") == 1
    assert library.find_dataset_position(second) == 1
    assert library.find_dataset_position("~") == len(library.datasets)


def test_instances_are_under_the_base_iri(library):
    """Instances of a class in other namespaces, such as licences elsewhere, are not listed."""
    bodies = library.list_instances("http://www.w3.org/ns/org#Organization")
    assert f"{library.base}organisation/hk-hkpf" in bodies
    assert bodies == sorted(bodies)
    assert all(iri.startswith(library.base) for iri in bodies)
    assert all("#" not in iri for iri in library.list_documents())


def test_quads_that_cannot_be_read_are_an_error(catalogue, tmp_path):
    """A damaged file of quads gives an error with the parser's message, not an empty store."""
    snapshot = take_snapshot(catalogue, tmp_path)
    (snapshot.output / "catalogue.nq").write_text("half a line", encoding="utf-8")
    with pytest.raises(NotReadable, match="quads cannot be read"):
        fill_store(snapshot)
