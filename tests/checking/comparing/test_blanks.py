"""Blank nodes are compared by what is said of them."""

from support.compared_builds import TWO_PLANS, compare_turtle

from dcat_hk.checking.comparing.blanks import BlankNodes

PERIOD = (
    "<https://plans.example/dataset/parks-a> dct:temporal [ dcat:startDate {} ; dcat:endDate [ dct:title {} ] ] .\n"
)


def test_names_of_blank_nodes_do_not_count(tmp_path):
    """The same periods under other names and in another order are no difference."""
    old = TWO_PLANS + PERIOD.format(1, '"x"') + PERIOD.format(2, '"y"')
    new = TWO_PLANS + PERIOD.format(2, '"y"') + PERIOD.format(1, '"x"')
    comparison = compare_turtle(tmp_path, old, new)
    assert (comparison.gone, comparison.added, comparison.changed) == ([], [], [])


def test_what_lies_deep_in_a_blank_node_counts(tmp_path):
    """A change inside a blank node inside another is a change of the thing that points at it."""
    comparison = compare_turtle(tmp_path, TWO_PLANS + PERIOD.format(1, '"x"'), TWO_PLANS + PERIOD.format(1, '"y"'))
    (change,) = comparison.changed
    assert change.iri == "https://plans.example/dataset/parks-a"
    assert '"x"' in change.before
    assert '"y"' in change.after


def test_a_circle_of_blank_nodes_ends():
    """Blank nodes that point at each other are written out only so far."""
    blanks = BlankNodes()
    blanks.add("_:a", {"<urn:next>": ["_:b"]})
    blanks.add("_:b", {"<urn:next>": ["_:a"]})
    blanks.point("<urn:s>", "<urn:p>", "_:a")
    assert list(blanks.facts()) == [("<urn:s>", "<urn:p>", "[ <urn:next> [ <urn:next> [ … 1 ] ] ]")]


def test_one_that_nothing_points_at_is_a_thing_itself():
    """A blank node at the top is not lost."""
    blanks = BlankNodes()
    blanks.add("_:a", {"<urn:p>": ['"1"']})
    assert list(blanks.facts()) == [('[ <urn:p> "1" ]', "<urn:p>", '"1"')]
