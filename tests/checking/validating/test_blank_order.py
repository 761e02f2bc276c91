"""An order of blank nodes: the same whatever they are called, and found in time."""

import random

import pytest

from dcat_hk.checking.validating.blank_order import rank_nodes


def both_ways(edges):
    """Return links at both ends."""
    links = {}
    for subject, predicate, value in edges:
        links.setdefault(subject, []).append((f"< {predicate}", value))
        links.setdefault(value, []).append((f"> {predicate}", subject))
    return links


def ring(names):
    """Return the edges of a ring."""
    return [(name, "next", names[(number + 1) % len(names)]) for number, name in enumerate(names)]


def shape_of(colours, edges):
    """Return colours and edges in terms of ranks, which must not depend on names."""
    ranks = rank_nodes(colours, both_ways(edges))
    assert sorted(ranks.values()) == list(range(len(colours)))
    return (
        [colours[node] for node in sorted(ranks, key=ranks.get)],
        sorted((ranks[subject], predicate, ranks[value]) for subject, predicate, value in edges),
    )


def a_kind(name):
    """Return nodes with colours, and edges, of a kind of graph."""
    letters = list("abcdefghij")
    if name == "equal nodes":
        return dict.fromkeys(letters, ""), []
    if name == "a chain":
        return dict.fromkeys(letters, ""), ring(letters)[:-1]
    if name == "a ring":
        return dict.fromkeys(letters, ""), ring(letters)
    if name == "two rings of different colours":
        return {letter: str(letter < "f") for letter in letters}, ring(letters[:5]) + ring(letters[5:])
    if name == "rings of three and of six":
        return dict.fromkeys(letters[:9], ""), ring(letters[:3]) + ring(letters[3:9])
    if name == "two equal trees":
        return dict.fromkeys(letters, ""), [("a", "p", b) for b in "bcde"] + [("f", "p", b) for b in "ghij"]
    if name == "all point at all":
        return dict.fromkeys("abcde", ""), [(a, "p", b) for a in "abcde" for b in "abcde" if a != b]
    if name == "one points at itself":
        return dict.fromkeys("abc", ""), [("a", "p", "a"), ("b", "p", "c"), ("c", "p", "b")]
    return dict.fromkeys("abcd", ""), [("a", "p", "b"), ("a", "q", "b"), ("c", "p", "d"), ("d", "q", "c")]


KINDS = [
    "equal nodes", "a chain", "a ring", "two rings of different colours", "rings of three and of six",
    "two equal trees", "all point at all", "one points at itself", "two links between two",
]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_the_order_does_not_depend_on_names(kind):
    """However nodes are called and links are listed, the graph in terms of ranks is the same."""
    colours, edges = a_kind(kind)
    expected = shape_of(colours, edges)
    draw = random.Random(kind)
    for _time in range(20):
        names = draw.sample("klmnopqrst", len(colours))
        other = dict(zip(colours, names, strict=True))
        renamed = [(other[subject], predicate, other[value]) for subject, predicate, value in edges]
        draw.shuffle(renamed)
        nodes = sorted(colours, key=lambda _node: draw.random())
        assert shape_of({other[node]: colours[node] for node in nodes}, renamed) == expected


@pytest.mark.parametrize("count", [30, 3000])
def test_equal_things_with_many_equal_parts_take_no_time(count):
    """Two equal things with so many equal parts, over which an order by trying all would never end."""
    edges = [(thing, "part", f"{thing}{number}") for thing in "xy" for number in range(count)]
    nodes = {node for edge in edges for node in (edge[0], edge[2])}
    assert len(set(rank_nodes(dict.fromkeys(nodes, ""), both_ways(edges)).values())) == len(nodes)


def test_a_long_chain_is_told_apart_step_by_step():
    """The nodes of a chain are told apart from its ends, each looked at a few times only."""
    names = [f"n{number}" for number in range(20_000)]
    ranks = rank_nodes(dict.fromkeys(names, ""), both_ways(ring(names)[:-1]))
    assert len(set(ranks.values())) == len(names)
