"""The vocabularies say what the portal and the EU tables say, in three languages."""

import csv
import json
import re

import pytest

from dcat_hk.core.text import transform
from dcat_hk.core.vocabularies import FILES, load, read_vocabulary

VOCABULARIES = load()
SCHEMES = {
    "organisations": VOCABULARIES.organisations,
    "categories": VOCABULARIES.categories,
    "frequencies": VOCABULARIES.frequencies,
    "formats": VOCABULARIES.formats,
}


def rows(path):
    """Return the rows of a table of the portal."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def test_every_body_of_the_portal_is_there(shared):
    """All 118 data providers are known by their codes and names; one misprint of the list is put right."""
    providers = rows(shared / "reference/portal/providers_trilingual_2025-10-24.tsv")
    assert len(providers) == 118
    for row in providers:
        labels = VOCABULARIES.organisations[row["id"]].labels
        traditional, simplified = row["zh-Hant"], row["zh-Hans"]
        if row["id"] == "sunferry":
            traditional, simplified = simplified, traditional
        assert labels == {"zh-Hant": traditional, "zh-Hans": simplified, "en": row["en"]}


def test_every_category_of_the_portal_is_there(shared):
    """All 20 categories are known by their slugs and names, and each is mapped to an EU data theme."""
    categories = rows(shared / "reference/portal/categories_trilingual_2025-10-24.tsv")
    assert {row["slug"] for row in categories} == set(VOCABULARIES.categories)
    for row in categories:
        concept = VOCABULARIES.categories[row["slug"]]
        assert concept.labels == {"zh-Hant": row["zh-Hant"], "zh-Hans": row["zh-Hans"], "en": row["en"]}
        themes = concept.iris("http://www.w3.org/2004/02/skos/core#broadMatch")
        assert themes
        assert all(theme in VOCABULARIES.concepts for theme in themes)


def test_every_format_of_the_portal_is_there(shared):
    """All 38 formats of the portal are known by the portal's own word."""
    from dcat_hk.reading.recognisers.values import find_formats

    names = json.loads((shared / "reference/portal/portal_formats_2025-10-24.json").read_text())["formats"]
    assert len(names) == 38
    unknown = [name for name in names if len(find_formats(f"({name})")[0]) != 1]
    assert unknown == []


def test_frequencies_are_the_table_of_the_eu(shared):
    """Every code of the EU frequency table is there, with its English label, and no other."""
    text = (shared / "reference/authority-tables/frequencies.ttl").read_text(encoding="utf-8")
    codes = set(re.findall(r'dc:identifier\s+"([^"]+)"', text))
    assert codes == set(VOCABULARIES.frequencies)


def test_file_types_are_in_the_table_of_the_eu(shared):
    """Every format with an EU IRI is a file type of the EU; every other one is none."""
    text = (shared / "reference/authority-tables/filetypes-skos.rdf").read_text(encoding="utf-8")
    codes = set(re.findall(r"<dc:identifier>([^<]+)</dc:identifier>", text))
    space = "http://publications.europa.eu/resource/authority/file-type/"
    for concept in VOCABULARIES.formats.values():
        assert (concept.notation in codes) == concept.iri.startswith(space), concept.notation


@pytest.mark.parametrize(
    ("table", "file"),
    [
        ("data-theme", "data-theme.ttl"),
        ("access-right", "access-right.ttl"),
        ("dataset-type", "dataset-types.ttl"),
    ],
)
def test_referenced_concepts_are_in_their_tables(shared, table, file):
    """Every concept of an EU table that the catalogue refers to is in that table."""
    text = (shared / "reference/authority-tables" / file).read_text(encoding="utf-8")
    codes = set(re.findall(r'dc:identifier\s+"([^"]+)"', text))
    space = f"http://publications.europa.eu/resource/authority/{table}/"
    ours = {iri.removeprefix(space) for iri in VOCABULARIES.concepts if iri.startswith(space)}
    assert ours
    assert ours <= codes


@pytest.mark.parametrize("scheme", SCHEMES, ids=str)
def test_every_concept_has_a_label_in_three_languages(scheme):
    """Labels are in zh-Hant, zh-Hans and en, each in its own script."""
    for concept in SCHEMES[scheme].values():
        assert set(concept.labels) == {"zh-Hant", "zh-Hans", "en"}
        # hk-jsscs and hk-psc are written so by the portal itself.
        if concept.notation not in {"hk-jsscs", "hk-psc"}:
            assert concept.labels["zh-Hans"] == transform(concept.labels["zh-Hant"], "Hant"), concept.notation


@pytest.mark.parametrize("scheme", SCHEMES, ids=str)
def test_no_wording_names_two_concepts(scheme):
    """A wording stands for one concept of a scheme."""
    from dcat_hk.core.text import fold

    seen: dict[str, str] = {}
    for concept in SCHEMES[scheme].values():
        for wording in concept.wordings:
            assert seen.setdefault(fold(wording), concept.notation) == concept.notation, wording


def test_everything_described_has_what_dcat_ap_asks():
    """Concepts have a scheme, schemes a title, terms a label and a comment in three languages."""
    rdfs, skos = "http://www.w3.org/2000/01/rdf-schema#", "http://www.w3.org/2004/02/skos/core#"
    three = {"zh-Hant", "zh-Hans", "en"}
    for name in FILES:
        for iri, properties in VOCABULARIES.things[name]:
            types = properties["http://www.w3.org/1999/02/22-rdf-syntax-ns#type"]
            if f"{skos}Concept" in types:
                assert properties[f"{skos}inScheme"][0] in VOCABULARIES.concepts, iri
            if f"{skos}ConceptScheme" in types:
                assert {t.language for t in properties["http://purl.org/dc/terms/title"]} == three, iri
            if f"{rdfs}comment" in properties:
                assert {t.language for t in properties[f"{rdfs}label"]} == three, iri
                assert {t.language for t in properties[f"{rdfs}comment"]} == three, iri


def test_every_plan_term_that_is_used_is_published():
    """Each of our own terms in a catalogue is described in the ontology, and each that is described has a use."""
    from dcat_hk.core.namespaces import PlanTerms

    terms = vars(PlanTerms(VOCABULARIES.base)).values()
    used = {iri for term in terms for iri in (term.values() if isinstance(term, dict) else [term])}
    corrections = read_vocabulary("corrections", VOCABULARIES.base)
    described = {thing.iri for thing in (*VOCABULARIES.things["plan"], *corrections)}
    assert used <= described


def test_renamed_bodies_are_linked_and_not_merged():
    """A body of old plans keeps its code and points at its successor."""
    old = VOCABULARIES.find_organisation("政府資訊科技總監辦公室")
    assert old.notation == "hk-ogcio"
    (successor,) = old.iris("http://purl.org/dc/terms/isReplacedBy")
    assert VOCABULARIES.concepts[successor].notation == "hk-dpo"


def test_media_types_have_the_form_of_the_registry():
    """A media type is an IRI of the IANA registry, type and subtype."""
    for concept in VOCABULARIES.formats.values():
        for iri in concept.iris("http://www.w3.org/ns/dcat#mediaType"):
            assert re.fullmatch(r"https://www\.iana\.org/assignments/media-types/[a-z]+/[A-Za-z0-9.+\-]+", iri)


def test_another_base_moves_our_own_terms_only():
    """Under another base IRI our terms move; those of the EU stay."""
    other = load("https://data.example/x/")
    assert other.categories["health"].iri == "https://data.example/x/def/category/health"
    assert other.frequencies["DAILY"].iri == VOCABULARIES.frequencies["DAILY"].iri
