"""What is known around a focus node: all of its own triples, of others what is indexed."""

import time

from support.bounds import is_within

from dcat_hk.checking.shacl.neighbourhood import SUBCLASS, TYPE, Neighbourhood, PropertyIndex

INDEX = PropertyIndex(
    {TYPE: {"<urn:b>": ["<urn:C>"]}, "<urn:q>": {"<urn:b>": ["<urn:c>"], "<urn:a>": ["<urn:stale>"]}},
    {"<urn:p>": {"<urn:b>": ["<urn:a>"]}},
)


def test_the_triples_of_the_focus_node_come_before_the_index():
    """The focus node has what its block states, also where the index has other values."""
    neighbourhood = Neighbourhood(INDEX)
    neighbourhood.look("<urn:a>", {"<urn:q>": ["<urn:fresh>"]})
    assert neighbourhood.objects("<urn:a>", "<urn:q>") == ["<urn:fresh>"]
    neighbourhood.look("<urn:b>", {})
    assert neighbourhood.objects("<urn:b>", "<urn:q>") == ()
    assert neighbourhood.objects("<urn:a>", "<urn:q>") == ["<urn:stale>"]
    assert neighbourhood.objects("<urn:a>", "<urn:unindexed>") == ()


def test_subjects_come_from_the_inverse_index():
    """The subjects of triples are known only by the inverse index."""
    neighbourhood = Neighbourhood(INDEX)
    assert neighbourhood.subjects("<urn:b>", "<urn:p>") == ["<urn:a>"]
    assert neighbourhood.subjects("<urn:c>", "<urn:p>") == ()


def test_all_triples_of_another_node_are_those_that_are_indexed():
    """Of the focus node all triples are given, of another node the indexed ones."""
    neighbourhood = Neighbourhood(INDEX)
    neighbourhood.look("<urn:a>", {"<urn:any>": ['"1"']})
    assert list(neighbourhood.triples("<urn:a>")) == [("<urn:any>", ['"1"'])]
    assert dict(neighbourhood.triples("<urn:b>")) == {TYPE: ["<urn:C>"], "<urn:q>": ["<urn:c>"]}


def test_a_circle_of_classes_ends():
    """Classes that are each other's subclasses are all in the closure of either, each once."""
    index = PropertyIndex({SUBCLASS: {"<urn:a>": ["<urn:b>"], "<urn:b>": ["<urn:a>"], "<urn:c>": ["<urn:x>"]}})
    assert index.close("<urn:a>") == {"<urn:a>", "<urn:b>"}
    assert index.close("<urn:alone>") == {"<urn:alone>"}


def test_a_tall_tree_of_classes_is_closed_at_once():
    """A hundred thousand classes above each other, and some that lead back, take time in proportion."""
    tree = {f"<urn:{number}>": [f"<urn:{number + 1}>", "<urn:0>"] for number in range(100_000)}
    began = time.process_time()
    assert len(PropertyIndex({SUBCLASS: tree}).close("<urn:100000>")) == 100_001
    assert is_within(time.process_time() - began, 5)
