"""Terms of N-Triples as reports show them."""

import pyoxigraph
import pytest

from dcat_hk.checking.comparing.terms import is_minted, is_shared_term, prefixed_name, split_term

BASE = "https://plans.example/"


@pytest.mark.parametrize("text", ['a"b', "a\\b", "a\nb\tc", "罪案 \x07", ""])
def test_texts_come_back_as_they_were(text):
    """What N-Triples escapes is read as it was."""
    assert split_term(str(pyoxigraph.Literal(text, language="en"))) == (text, "en", "", False)


def test_a_value_has_its_datatype_as_kind():
    """Month and text are of different kinds, two months of the same."""
    assert split_term('"2024-01"^^<urn:month>').kind == "urn:month"
    assert split_term('"2024-01"').kind == ""


def test_own_terms_have_a_prefix_only_under_their_base():
    """The plan vocabulary of another catalogue keeps its whole IRI."""
    assert prefixed_name(f"{BASE}def/plan#part", BASE) == "plan:part"
    assert prefixed_name("https://other.example/def/plan#part", BASE) == "https://other.example/def/plan#part"


@pytest.mark.parametrize(
    ("path", "shared"),
    [
        ("dataset/parks-a", False),
        ("organisation/parks", False),
        ("def/category/housing", True),
        ("def/category/x-abcdefghij", False),
    ],
)
def test_terms_of_vocabularies_are_shared(path, shared):
    """A concept of the vocabularies is described wherever it is used; one that a plan made up belongs to the build."""
    assert is_shared_term(f"{BASE}{path}", BASE) is shared


def test_the_contact_of_a_minted_body_is_minted():
    """A body without a place in the vocabularies is told by the end of its IRI, and so is its contact point."""
    assert is_minted(f"{BASE}organisation/x-abcdefghij#contact")
    assert not is_minted(f"{BASE}organisation/x-abc")
