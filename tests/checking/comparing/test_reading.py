"""A build is read once into digests, and again only where something differs."""

import pytest
from support.compared_builds import BASE, PREFIXES, TWO_PLANS

from dcat_hk.checking.comparing.builds import open_build
from dcat_hk.checking.comparing.digests import digest
from dcat_hk.checking.comparing.reading import BuildFacts, count_buckets
from dcat_hk.checking.sources import Intake
from dcat_hk.core.errors import NotRdf


def read(tmp_path, text, use):
    """Return what a function makes of the facts of a text of Turtle."""
    path = tmp_path / "a.ttl"
    path.write_text(text, encoding="utf-8")
    with Intake() as intake:
        build = open_build(str(path), intake, tmp_path)
        with BuildFacts(build, count_buckets(build), lambda _done, _total: None) as facts:
            return use(facts)


def test_plans_have_the_digests_of_their_files(tmp_path):
    """Each plan is known with the SHA-256 of each of its files."""
    plans = read(tmp_path, PREFIXES + TWO_PLANS, lambda facts: facts.plans)
    assert plans == {
        f"{BASE}plan/parks/2024-2026": frozenset({'"sha256:1111"'}),
        f"{BASE}plan/roads/2024-2026": frozenset({'"sha256:2222"'}),
    }


def test_the_base_iri_is_known_from_the_terms(tmp_path):
    """The base IRI is what stands before our own terms."""
    assert read(tmp_path, PREFIXES + TWO_PLANS, lambda facts: facts.base) == BASE


def test_rows_lead_to_their_plans(tmp_path):
    """Links lead from a row to its dataset and its file, from a dataset to its catalogue, from that to the plan."""
    pairs = read(tmp_path, PREFIXES + TWO_PLANS, lambda facts: set(facts.links.pairs()))

    def number(path):
        return hash(f"<{BASE}{path}>")

    assert (number("dataset/parks-a"), number("catalogue/parks/2024-2026")) in pairs
    assert (number("record/parks/2024-2026/a"), number("plan/parks/2024-2026/source/1111")) in pairs
    assert (number("catalogue/parks/2024-2026"), number("plan/parks/2024-2026")) in pairs
    assert (number("catalogue/parks/2024-2026"), number("dataset/parks-a")) not in pairs


def test_things_are_found_by_their_digest(tmp_path):
    """The piece that describes a thing is found without reading the others."""

    def blocks(facts):
        return dict(facts.blocks(facts.digests.pieces_of([digest(f"<{BASE}dataset/roads-b>")])))

    found = read(tmp_path, PREFIXES + TWO_PLANS, blocks)
    assert ['"b"@en'] in found[f"<{BASE}dataset/roads-b>"].values()


@pytest.mark.parametrize("text", ["", '<urn:a> <urn:b> "c" .'])
def test_other_rdf_is_no_build(text, tmp_path):
    """A file without any of our terms, such as an empty one, is no build."""
    with pytest.raises(NotRdf, match=r"a\.ttl: The file holds no catalogue of plans"):
        read(tmp_path, text, lambda facts: facts)
