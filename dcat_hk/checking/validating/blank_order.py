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
#: So many nodes that are alike are tried at most, and so much is done for it: their number times the nodes around them.
_MOST_TRIED, _MOST_WORK = 100, 20_000


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
    order = _BlankOrder(dict(colours), links)
    order.spread(list(colours))
    order.separate()
    return {node: rank for rank, node in enumerate(sorted(colours, key=lambda node: order.colours[node]))}


class _BlankOrder:
    """Colours of nodes, and the nodes of each colour."""

    def __init__(self, colours: dict[str, str], links: Links) -> None:
        self.colours, self.links = colours, links
        # The nodes of a colour are in order, so that a choice among them never depends on how a set is stored.
        self.nodes: dict[str, dict[str, None]] = {}
        for node, colour in colours.items():
            self.nodes.setdefault(colour, {})[node] = None

    def spread(self, changed: list[str]) -> list[str]:
        """Tell nodes apart by the colours of neighbours, and return the new colours that several nodes have."""
        shared: list[str] = []
        while changed:
            told: dict[str, list[str]] = {}
            for node in changed:
                for name, other in self.links.get(node, ()):
                    told.setdefault(other, []).append(f"{name} {self.colours[node]}")
            groups: dict[str, dict[str, list[str]]] = {}
            for node, signs in told.items():
                old = self.colours[node]
                groups.setdefault(old, {}).setdefault(digest(old, *sorted(signs)), []).append(node)
            changed = []
            for old, parts in groups.items():
                for new, part in self.split(old, parts).items():
                    self.recolour(part, old, new)
                    changed += part
                    shared += [new] * (len(part) > 1)
        return shared

    def split(self, old: str, parts: dict[str, list[str]]) -> dict[str, list[str]]:
        """
        Return the parts of the nodes of a colour that get a new one, by that colour.

        The largest part keeps the old colour: its neighbours need not be told, as they are told of all the others.
        Else a long chain would be told of anew with each step from its ends.
        """
        told = sum(map(len, parts.values()))
        silent = len(self.nodes[old]) - told
        sizes = sorted(len(part) for part in parts.values())
        if not silent and len(parts) == 1:
            return {}
        # Of two parts of the same size neither is the larger: both get a new colour.
        if silent >= sizes[-1] or sizes[-1:] == sizes[-2:-1]:
            return parts
        largest = max(parts, key=lambda new: len(parts[new]))
        others = {new: part for new, part in parts.items() if new != largest}
        if silent:
            spoken = {node for part in parts.values() for node in part}
            others[digest(old, "silent")] = [node for node in self.nodes[old] if node not in spoken]
        return others

    def recolour(self, part: list[str], old: str, new: str) -> None:
        """Give some of the nodes of a colour another one."""
        self.nodes[new] = dict.fromkeys(part)
        for node in part:
            del self.nodes[old][node]
            self.colours[node] = new

    def mark(self, node: str, colour: str) -> None:
        """Give one of the nodes of a colour a colour that none has had."""
        self.recolour([node], colour, digest(colour, f"one of {len(self.nodes[colour])}"))

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
            self.mark(chosen, colour)
            for new in (*self.spread([chosen]), colour):
                if len(self.nodes[new]) > 1:
                    heapq.heappush(queue, new)

    def choose(self, colour: str, pieces: Mapping[str, _BlankPiece]) -> str:
        """Return one of the nodes of a colour: in a piece with rings, the one from which the whole looks least."""
        nodes = self.nodes[colour]
        first = next(reversed(nodes))
        if len(nodes) > _MOST_TRIED or all(pieces[node].is_tree for node in nodes):
            return first
        if sum(len(pieces[node].nodes) for node in nodes) * len(nodes) > _MOST_WORK:
            return first
        return min(nodes, key=lambda node: self.view(node, colour, pieces[node]))

    def view(self, node: str, colour: str, piece: _BlankPiece) -> list[str]:
        """Return the colours that the piece of a node would have if the node were marked."""
        trial = _BlankOrder({other: self.colours[other] for other in piece.nodes}, self.links)
        trial.mark(node, colour)
        trial.spread([node])
        return sorted(trial.colours.values())


class _BlankPiece:
    """Nodes that hang together."""

    def __init__(self, nodes: list[str], links: Links) -> None:
        self.nodes = nodes
        # Every link is listed at both of its ends.
        self.is_tree = sum(len(links.get(node, ())) for node in nodes) == 2 * (len(nodes) - 1)


def _pieces(nodes: Mapping[str, str], links: Links) -> dict[str, _BlankPiece]:
    """Return for each node the piece that it lies in."""
    pieces: dict[str, _BlankPiece] = {}
    for start in nodes:
        if start in pieces:
            continue
        inside, queue = {start: None}, [start]
        while queue:
            for _name, other in links.get(queue.pop(), ()):
                if other not in inside:
                    inside[other] = None
                    queue.append(other)
        piece = _BlankPiece(list(inside), links)
        pieces |= dict.fromkeys(piece.nodes, piece)
    return pieces
