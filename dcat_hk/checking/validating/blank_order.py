"""
Blank nodes of which the same is said -> an order that depends on nothing but what is said.

In: for each node a colour (what is said of it in terms that are not blank), and what links it to others. Out: a rank.

Nodes are told apart by the colours of their neighbours until nothing changes. Where some are still alike, one of them
is marked and the rest told apart from it: mostly it does not matter which, as one is the other's mirror image. RDFC-1.0
gives such an order too, but tries all orders of nodes that are alike: twice ten equal distributions take it hours.
"""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence
from hashlib import blake2b

#: For each node its neighbours: what a link is called as seen from the neighbour, and the neighbour.
Links = Mapping[str, Sequence[tuple[str, str]]]
#: So much is tried at most to choose among nodes that are alike: their number times that of the nodes around them.
_MOST_TRIED = 20_000


def digest(*parts: str) -> str:
    """
    Return a short name for some texts.

    >>> digest("a", "b") == digest("a", "b") != digest("ab")
    True
    """
    return blake2b("\x00".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def rank_nodes(colours: Mapping[str, str], links: Links) -> dict[str, int]:
    """
    Return the rank of each node.

    Args:
        colours: For each node what is said of it; the same for two of which the same is said.

        links: For each node its neighbours, if it has any.

    >>> ranks = rank_nodes({"_:x": "b", "_:y": "a", "_:z": "b"}, {"_:y": [("knows", "_:x")], "_:x": [("by", "_:y")]})
    >>> sorted(ranks.values())
    [0, 1, 2]
    """
    order = _Order(dict(colours), links)
    order.spread(set(colours))
    order.separate()
    return {node: rank for rank, node in enumerate(sorted(colours, key=lambda node: order.colours[node]))}


class _Order:
    """Colours of nodes, and the nodes of each colour."""

    def __init__(self, colours: dict[str, str], links: Links) -> None:
        self.colours, self.links = colours, links
        self.nodes: dict[str, set[str]] = {}
        for node, colour in colours.items():
            self.nodes.setdefault(colour, set()).add(node)

    def spread(self, changed: set[str]) -> list[str]:
        """Tell nodes apart by the colours of neighbours, and return the new colours that several nodes have."""
        shared: list[str] = []
        while changed:
            told: dict[str, list[str]] = {}
            for node in changed:
                for name, other in self.links.get(node, ()):
                    told.setdefault(other, []).append(f"{name} {self.colours[node]}")
            groups: dict[str, dict[str, set[str]]] = {}
            for node, signs in told.items():
                old = self.colours[node]
                groups.setdefault(old, {}).setdefault(digest(old, *sorted(signs)), set()).add(node)
            changed = set()
            for old, parts in groups.items():
                if len(parts) > 1 or len(self.nodes[old]) > sum(map(len, parts.values())):
                    for new, part in parts.items():
                        self.recolour(part, old, new)
                        changed |= part
                        shared += [new] * (len(part) > 1)
        return shared

    def recolour(self, part: set[str], old: str, new: str) -> None:
        """Give some of the nodes of a colour another one."""
        self.nodes[new] = part
        self.nodes[old] -= part
        for node in part:
            self.colours[node] = new

    def separate(self) -> None:
        """Mark one after another of nodes that are alike, until none are."""
        pieces = _pieces(self.colours, self.links)
        queue = [colour for colour, nodes in self.nodes.items() if len(nodes) > 1]
        heapq.heapify(queue)
        while queue:
            colour = heapq.heappop(queue)
            if len(self.nodes[colour]) < 2:
                continue
            chosen = self.choose(colour, pieces)
            self.recolour({chosen}, colour, digest(colour, "first"))
            for new in (*self.spread({chosen}), colour):
                if len(self.nodes[new]) > 1:
                    heapq.heappush(queue, new)

    def choose(self, colour: str, pieces: Mapping[str, _Piece]) -> str:
        """Return one of the nodes of a colour: in a piece with rings, the one from which the whole looks least."""
        nodes = self.nodes[colour]
        if all(pieces[node].is_tree for node in nodes):
            return next(iter(nodes))
        candidates = sorted(nodes)
        if len(nodes) * sum(len(pieces[node].nodes) for node in nodes) > _MOST_TRIED:
            return candidates[0]
        return min(candidates, key=lambda node: self.view(node, colour, pieces[node]))

    def view(self, node: str, colour: str, piece: _Piece) -> list[str]:
        """Return the colours that the piece of a node would have if the node were marked."""
        trial = _Order({other: self.colours[other] for other in piece.nodes}, self.links)
        trial.recolour({node}, colour, digest(colour, "first"))
        trial.spread({node})
        return sorted(trial.colours.values())


class _Piece:
    """Nodes that hang together."""

    def __init__(self, nodes: list[str], links: Links) -> None:
        self.nodes = nodes
        # Every link is listed at both of its ends.
        self.is_tree = sum(len(links.get(node, ())) for node in nodes) == 2 * (len(nodes) - 1)


def _pieces(nodes: Mapping[str, str], links: Links) -> dict[str, _Piece]:
    """Return for each node the piece that it lies in."""
    pieces: dict[str, _Piece] = {}
    for start in nodes:
        if start in pieces:
            continue
        inside, queue = {start: None}, [start]
        while queue:
            for _name, other in links.get(queue.pop(), ()):
                if other not in inside:
                    inside[other] = None
                    queue.append(other)
        piece = _Piece(list(inside), links)
        pieces |= dict.fromkeys(piece.nodes, piece)
    return pieces
