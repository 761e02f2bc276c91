"""
Blank nodes -> names by how they are reached, which do not depend on labels, syntax, or the order of statements.

In: blank nodes, and facts that can be read several times. Out: for each node a `BlankName`: the thing that points at
it, the property, what it is called, and a number where several are called the same. Only what leads to the nodes is
kept in memory; what they say is read only of those that nothing else tells apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ...core.languages import FALLBACKS, LANGUAGES, canonical_tag
from ...core.terms import PREFIXES
from ..shacl.literals import parts_of
from ..shacl.neighbourhood import TYPE
from .blank_order import digest, rank_nodes

_FIRST, _REST = f"<{PREFIXES['rdf']}first>", f"<{PREFIXES['rdf']}rest>"
#: So many steps are gone at most to what points at a blank node, and to what it says.
_MOST_STEPS = 50
_MOST_DEPTH = 8
#: The most characters of what a node is called.
_MOST_CHARACTERS = 60

#: What a node says: values by predicate.
Said = Mapping[str, Sequence[str]]
#: Reads facts: each subject that is blank, or says something of a blank node, with what it says.
Facts = Callable[[], Iterable[tuple[str, Said]]]
#: What a node is called: pairs of language and text.
Labels = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class BlankName:
    """
    What a blank node is named by.

    `label` is a label made of the rest; `owner` the IRI that points at it, in brackets, `above` the name of the blank
    node that does; `via` the property, in brackets too, `position` the place in its list; `text` what it is called;
    `number` its number if there are several of that name. Without an owner there are only its `class_` and text.
    """

    label: str
    owner: str = ""
    above: BlankName | None = None
    via: str = ""
    position: int = 0
    text: str = ""
    number: int = 0
    class_: str = ""

    def sort_key(self) -> str:
        """
        Return a text that sorts a node behind its owner, and beside others of its kind.

        >>> BlankName("_:b1", "<urn:a>", via="<urn:p>", number=2).sort_key() > "urn:a"
        True
        """
        above = self.above.sort_key() if self.above else self.owner[1:-1]
        return f"{above}\x00{self.via}\x00{self.class_}\x00{self.position:9}\x00{self.text}\x00{self.number:9}"


def name_blanks(
    wanted: Iterable[str], facts: Facts, labels_of: Callable[[str, Said], Labels], language: str
) -> dict[str, BlankName]:
    """
    Return the names of blank nodes.

    Args:
        wanted: The blank nodes.

        facts: Returns the facts each time that it is called.

        labels_of: Returns what a blank node is called by what it says.

        language: The language that is preferred for what it is called.

    >>> facts = [("<urn:a>", {"<urn:p>": ["_:x", "_:y"]})]
    >>> names = name_blanks(["_:x", "_:y"], lambda: facts, lambda node, block: (), "en")
    >>> sorted((name.owner, name.via, name.number) for name in names.values())
    [('<urn:a>', '<urn:p>', 1), ('<urn:a>', '<urn:p>', 2)]
    """
    surroundings = _BlankSurroundings(set(wanted), facts)
    return _BlankNaming(surroundings, labels_of, language).make()


def show_label(labels: Labels, language: str) -> str:
    """
    Return what a node is called in a language, else in another, no longer than a name should be.

    >>> show_label((("en", "Rain"), ("zh-Hant", "雨")), "zh-Hant"), show_label((("fr", "x" * 99),), "en")[-3:]
    ('雨', 'xx…')
    """
    by_language = dict(reversed(labels))
    text = next((by_language[tag] for tag in FALLBACKS.get(language, ()) if tag in by_language), "")
    text = " ".join((text or (labels[0][1] if labels else "")).split())
    return text if len(text) <= _MOST_CHARACTERS else text[: _MOST_CHARACTERS - 1] + "…"


class _BlankSurroundings:
    """What leads to some blank nodes, and what they and the blank nodes above them say without blank nodes."""

    def __init__(self, wanted: set[str], facts: Facts) -> None:
        self.facts = facts
        self.said: dict[str, dict[str, Sequence[str]]] = {}
        self.pointers: dict[str, set[tuple[str, str]]] = {}
        frontier = wanted
        for _step in range(_MOST_STEPS):
            self._read(frontier)
            # What an IRI points at is named by it: there is no need to go on.
            frontier = {
                subject
                for node in frontier
                if all(subject[0] == "_" for subject, _predicate in self.pointers[node])
                for subject, _predicate in self.pointers[node]
                if subject not in self.said
            }
            if not frontier:
                break

    def _read(self, frontier: set[str]) -> None:
        """Read what some nodes say, and what points at them."""
        for node in frontier:
            self.said[node] = {}
            self.pointers[node] = set()
        for subject, block in self.facts():
            inside = subject in frontier
            for predicate, values in block.items():
                for value in values:
                    if value in frontier:
                        self.pointers[value].add((subject, predicate))
                if inside and (ground := [value for value in values if value[0] != "_"]):
                    self.said[subject][predicate] = ground

    def below(
        self, nodes: set[str], known: Callable[[str], str]
    ) -> tuple[dict[str, set[str]], dict[str, list[tuple[str, str]]]]:
        """
        Return what nodes and the blank nodes below them say, as texts, and how they are linked, at both ends.

        Args:
            nodes: The nodes.

            known: Returns what names any other node that points at them.
        """
        said: dict[str, set[str]] = {}
        edges: set[tuple[str, str, str]] = set()
        frontier = nodes
        for _step in range(_MOST_DEPTH):
            said |= {node: set() for node in frontier}
            found: set[str] = set()
            for subject, block in self.facts():
                for predicate, values in block.items():
                    for value in values:
                        if subject in frontier and value[0] != "_":
                            said[subject].add(f"{predicate} {value}")
                        elif subject in frontier:
                            edges.add((subject, predicate, value))
                            found.add(value)
                        elif value in frontier:
                            edges.add((subject, predicate, value))
            frontier = found - said.keys()
            if not frontier:
                break
        links: dict[str, list[tuple[str, str]]] = {}
        for subject, predicate, value in edges:
            if subject in said and value in said:
                links.setdefault(subject, []).append((f"< {predicate}", value))
                links.setdefault(value, []).append((f"> {predicate}", subject))
            elif value in said:
                said[value].add(f"{known(subject)} {predicate}")
        return said, links


@dataclass(slots=True)
class _BlankPlace:
    """How a node is reached: what points at it, by which property, and where in its list."""

    owner: str = ""
    via: str = ""
    position: int = 0


@dataclass(slots=True)
class _BlankNaming:
    """Makes names from above to below."""

    surroundings: _BlankSurroundings
    labels_of: Callable[[str, Said], Labels]
    language: str
    labels: dict[str, Labels] = field(default_factory=dict)
    places: dict[str, _BlankPlace] = field(default_factory=dict)
    #: What names a node, but for a number: with all that it is called, and with what it is called in each language.
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def make(self) -> dict[str, BlankName]:
        """Return the names."""
        self.labels = {node: self.labels_of(node, block) for node, block in self.surroundings.said.items()}
        levels = self._levels({})
        ranks = self._ranks()
        if ranks:
            # Of two owners of the same name the rank decides.
            levels = self._levels(ranks)
        return self._number(levels, ranks)

    def _levels(self, ranks: Mapping[str, int]) -> list[list[str]]:
        """Find how each node is reached and what names it; return the nodes level by level, owners first."""
        self.places.clear()
        self.keys.clear()
        pointers = self.surroundings.pointers
        waiting = set(pointers)
        targets: dict[str, list[str]] = {}
        for node, owners in pointers.items():
            for subject, _predicate in owners:
                targets.setdefault(subject, []).append(node)
        level = {node for node, owners in pointers.items() if any(subject[0] != "_" for subject, _p in owners)}
        levels: list[list[str]] = []
        for roots in (level, {node for node, owners in pointers.items() if not owners}, waiting):
            level = roots & waiting
            while level:
                waiting -= level
                # What names a node does not depend on others of its level, whatever comes first.
                placed = {node: self._place(node, ranks) for node in level}
                self.places |= placed
                self.keys |= {node: self._keys(node, place) for node, place in placed.items()}
                levels.append(sorted(level))
                level = {node for owner in level for node in targets.get(owner, ())} & waiting
        return levels

    def _place(self, node: str, ranks: Mapping[str, int]) -> _BlankPlace:
        """Find how a node is reached: by an IRI if one points at it."""
        choices = [
            (subject[0] == "_", self._key(subject), predicate, ranks.get(subject, 0), subject)
            for subject, predicate in self.surroundings.pointers[node]
            if subject[0] != "_" or subject in self.keys
        ]
        if not choices:
            return _BlankPlace()
        _blank, _key, predicate, _rank, subject = min(choices)
        return self._in_list(subject) if predicate == _FIRST else _BlankPlace(subject, predicate)

    def _key(self, subject: str) -> str:
        """Return what names a subject in all languages; an unknown blank node is nameless."""
        return self.keys[subject][0] if subject in self.keys else "_:" if subject[0] == "_" else subject

    def _keys(self, node: str, place: _BlankPlace) -> tuple[str, ...]:
        """Return what names a node."""
        labels, count = self.labels[node], len(LANGUAGES) + 1
        owners = self.keys.get(place.owner, (place.owner,) * count)
        rest = (place.via, str(place.position), self._class(node, place))
        # What is called the same in every language, and is not cut, needs only one key.
        if len(set(owners)) == 1 and (not labels or [show_label(labels, "")] == [text for _tag, text in labels]):
            return (digest(owners[0], *rest, repr(labels)),) * count
        called = (repr(labels), *(show_label(labels, language) for language in LANGUAGES))
        return tuple(digest(owner, *rest, name) for owner, name in zip(owners, called, strict=True))

    def _in_list(self, cell: str) -> _BlankPlace:
        """Return how the list of a cell is reached, and the position of the cell."""
        position, place = 1, self.places.get(cell, _BlankPlace())
        while place.via == _REST:
            cell, position = place.owner, position + 1
            place = self.places.get(cell, _BlankPlace())
        return _BlankPlace(place.owner, place.via, position) if place.owner else _BlankPlace(cell, _FIRST, position)

    def _class(self, node: str, place: _BlankPlace) -> str:
        """Return the class of a node that nothing points at."""
        return "" if place.owner else min(self.surroundings.said[node].get(TYPE, [""]))

    def _ranks(self) -> dict[str, int]:
        """Return ranks for the nodes that share their name with another in any language."""
        alike: set[str] = set()
        for number in range(1, len(LANGUAGES) + 1):
            by_key: dict[str, list[str]] = {}
            for node, keys in self.keys.items():
                by_key.setdefault(keys[number], []).append(node)
            alike.update(*(nodes for nodes in by_key.values() if len(nodes) > 1))
        if not alike:
            return {}
        said, links = self.surroundings.below(alike, self._key)
        colours = {node: digest(self._key(node), *sorted(facts)) for node, facts in said.items()}
        return rank_nodes(colours, links)

    def _number(self, levels: Iterable[list[str]], ranks: Mapping[str, int]) -> dict[str, BlankName]:
        """Return the names, with numbers where they are needed."""
        names: dict[str, BlankName] = {}
        for level in levels:
            level.sort(key=lambda node: ranks.get(node, 0))
            same: dict[tuple[object, ...], list[str]] = {}
            equal: dict[tuple[object, ...], int] = {}
            for node in level:
                same.setdefault((*self._reached(node, names), self._text(node)), []).append(node)
            for key, nodes in same.items():
                for number, node in enumerate(nodes, 1):
                    # The label is the same in every language, so it is made of everything that the node is called.
                    all_of_it = (*key[:-1], self.labels[node])
                    equal[all_of_it] = equal.get(all_of_it, 0) + 1
                    label = digest(repr(all_of_it), str(equal[all_of_it]))
                    names[node] = self._name(node, label, number if len(nodes) > 1 else 0, names)
        return names

    def _reached(self, node: str, names: Mapping[str, BlankName]) -> tuple[object, ...]:
        """Return how a node is reached, its owner by its final label."""
        place = self.places[node]
        owner = names[place.owner].label if place.owner in names else place.owner
        return owner, place.via, place.position, self._class(node, place)

    def _text(self, node: str) -> str:
        """Return what a node is called in the language that is wanted."""
        return show_label(self.labels[node], self.language)

    def _name(self, node: str, label: str, number: int, names: Mapping[str, BlankName]) -> BlankName:
        """Return the name of a node."""
        place = self.places[node]
        return BlankName(
            label=f"_:b{label[:16]}",
            owner=place.owner if place.owner[:1] != "_" else "",
            above=names.get(place.owner),
            via=place.via,
            position=place.position,
            text=self._text(node),
            number=number,
            class_=self._class(node, place),
        )


#: What things are called by, the best first; then what tells one from another.
_NAMES = tuple(
    f"<{space}{name}>"
    for space, names in (
        (PREFIXES["dct"], ("title",)),
        (PREFIXES["foaf"], ("name",)),
        (PREFIXES["vcard"], ("fn", "organization-name")),
        (PREFIXES["skos"], ("prefLabel",)),
        (PREFIXES["rdfs"], ("label",)),
        ("http://schema.org/", ("name",)),
        ("https://schema.org/", ("name",)),
        ("http://purl.org/dc/elements/1.1/", ("title",)),
        (PREFIXES["rdf"], ("value",)),
        (PREFIXES["skos"], ("notation",)),
        (PREFIXES["dct"], ("identifier",)),
        (PREFIXES["dcat"], ("downloadURL", "accessURL", "endpointURL")),
        (PREFIXES["vcard"], ("hasEmail", "hasURL")),
        (PREFIXES["foaf"], ("mbox", "homepage")),
        (PREFIXES["dcat"], ("startDate", "endDate")),
        ("http://spdx.org/rdf/terms#", ("checksumValue",)),
    )
    for name in names
)


def labels_of_thing(_node: str, block: Said) -> Labels:
    """
    Return what a thing is called.

    >>> labels_of_thing("_:x", {"<http://xmlns.com/foaf/0.1/name>": ['"Observatory"@en']})
    (('en', 'Observatory'),)
    """
    values = next((block[name] for name in _NAMES if name in block), ())
    pairs = {_language_and_text(value) for value in values}
    return tuple(sorted(pairs))


def _language_and_text(term: str) -> tuple[str, str]:
    """Return the language and text of a literal; of an IRI, no language."""
    if term[0] != '"':
        return "", term[1:-1]
    text, language, _datatype = parts_of(term)
    return canonical_tag(language), text
