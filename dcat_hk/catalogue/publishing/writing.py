"""
Things -> files: each plan's own files, and the files of the whole catalogue.

In: the mapping of plans. Out: Turtle, JSON-LD and N-Quads in a folder. A plan is put into words once for all
the files it appears in; memory holds one plan at a time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from ...core.settings import Settings
from ...core.syntaxes import nquads
from ...core.syntaxes.jsonld import JsonLd
from ...core.syntaxes.nquads import write_quads
from ...core.syntaxes.turtle import Turtle
from ...core.syntaxes.writer import Writer
from ...core.terms import Iri, Thing, expand
from ...core.vocabularies import FILES, Vocabularies
from ..mapping.index import Index
from ..mapping.plans import CATALOG, DATASET, TYPE, PlanMapping, Shelf
from ..mapping.shared import Describer, published_vocabulary, top_catalogue, top_references

#: What nested objects of a plan are indented by in the whole catalogue, more than in the plan's own file.
_DEEPER = b"    "
#: How deep datasets and records, and distributions in them, are indented in a plan's own file.
_INSIDE, _FURTHER_INSIDE = " " * 8, " " * 12
#: How many datasets that several plans state are kept written.
_KEPT = 1024
#: How much of a file is copied at a time.
_BLOCK = 1 << 20

Digests = dict[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Summary:
    """What is left to know of a plan when it is written: what it points at, and the digests of its own files."""

    number: int
    path: str
    datasets: int
    others: bytes
    pointed_at: Set[Iri]
    minted: Mapping[Iri, tuple[str, str]]
    digests: Digests


class Written(NamedTuple):
    """One plan's part of the whole catalogue: Turtle, N-Quads, its catalogue as a JSON-LD object."""

    summary: Summary
    turtle: bytes
    quads: bytes
    node: bytes


@dataclass(frozen=True, slots=True)
class _Piece:
    """Something in three syntaxes, and what it points at where that is not noted elsewhere."""

    turtle: bytes
    node: bytes
    statements: bytes
    pointed_at: Set[Iri] = frozenset()
    minted: Mapping[Iri, tuple[str, str]] = field(default_factory=dict)


class Output:
    """A file that is written piece by piece and knows its digest at the end."""

    def __init__(self, folder: Path, name: str, digests: Digests) -> None:
        """Open a file of a folder; its SHA-256 and size are put among the digests when it is closed."""
        self._name, self._digests = name, digests
        path = folder / name
        if "/" in name:
            path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("wb")
        self._hash, self._size = hashlib.sha256(), 0

    def write(self, text: str | bytes) -> None:
        """Write a piece."""
        data = text.encode() if isinstance(text, str) else text
        self._file.write(data)
        self._hash.update(data)
        self._size += len(data)

    def copy(self, path: Path) -> None:
        """Write what is in another file."""
        with path.open("rb") as other:
            while data := other.read(_BLOCK):
                self.write(data)

    def close(self) -> None:
        """Close the file and note its digest."""
        self._file.close()
        self._digests[self._name] = (self._hash.hexdigest(), self._size)


def write_whole(folder: Path, name: str, text: str | bytes, digests: Digests) -> None:
    """Write a file of a folder in one piece and note its digest."""
    file = Output(folder, name, digests)
    file.write(text)
    file.close()


@dataclass
class PlanWriter:
    """
    Writes plans, one after the other.

    Args:
        shelf: Settings, vocabularies, index.

        folder: Where files of plans go, under `plans/`.

        mapping_of: Returns the mapping of a plan by its number, for datasets that a newer plan describes.
    """

    shelf: Shelf
    folder: Path
    mapping_of: Callable[[int], PlanMapping]
    _shared: dict[Iri, _Piece] = field(default_factory=dict)
    _datasets: dict[str, _Piece] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the writer and the describer."""
        self._writer = Writer(self.shelf.vocabularies.base)
        self._describer = Describer(self.shelf.settings, self.shelf.vocabularies)

    def write(self, mapping: PlanMapping) -> Written:
        """Write a plan's own files and return its part of the whole."""
        catalogue = mapping.catalogue()
        head = [self._put(thing) for thing in mapping.plan_things()]
        records = {thing.iri: self._put(thing, _INSIDE) for thing in mapping.record_things()}
        own, foreign = self._datasets_of(mapping)
        first = self._put(catalogue)
        listed = [first, *head, *own.values(), *records.values()]
        turtle = b"".join([piece.turtle for piece in listed])
        statements = b"".join([piece.statements for piece in listed])
        nodes = {iri: piece.node for iri, piece in (own | records).items()}
        others = [piece.node for piece in head]
        tree = self._writer.jsonld.tree(catalogue, nodes)
        pointed_at, minted = set(mapping.pointed_at), dict(mapping.minted)
        part = (
            turtle,
            statements.replace(nquads.END.encode(), nquads.end_of(mapping.catalogue_iri).encode()),
            _DEEPER + tree.replace(b"\n", b"\n" + _DEEPER),
        )
        whole = b",\n".join(others)
        if foreign:
            tree = self._writer.jsonld.tree(catalogue, nodes | {iri: piece.node for iri, piece in foreign.items()})
        self._point(mapping, foreign.values())
        earlier = [self._put(thing) for thing in mapping.earlier_records()]
        shared = [self._render(thing) for thing in self._describer.describe(mapping.pointed_at, mapping.minted)]
        beside = [*earlier, *shared]
        name = f"plans/{mapping.catalogue_iri.removeprefix(self.shelf.iris.catalogue + '/')}"
        blocks = [turtle, *(piece.turtle for piece in (*foreign.values(), *beside))]
        digests = self._write_plan(name, blocks, [tree, *others, *(piece.node for piece in beside)])
        summary = Summary(mapping.number, name, len(mapping.datasets), whole, pointed_at, minted, digests)
        return Written(summary, *part)

    def _put(self, thing: Thing, indent: str = "    ") -> _Piece:
        """Return a thing in three syntaxes; of a catalogue's JSON-LD, which is long, only the rest is used."""
        words = self._writer.write(thing, None, indent)
        return _Piece(words.turtle.encode(), words.node.encode(), words.statements.encode())

    def _datasets_of(self, mapping: PlanMapping) -> tuple[dict[Iri, _Piece], dict[Iri, _Piece]]:
        """Return the datasets that a plan states, by IRI: those it describes, and those a newer plan does."""
        index, iris = self.shelf.index, self.shelf.iris
        missing: dict[int, list[str]] = {}
        found: dict[str, _Piece] = {}
        for identifier in mapping.datasets:
            kept = self._datasets.get(identifier)
            if kept:
                found[identifier] = kept
            else:
                missing.setdefault(index.newest[identifier], []).append(identifier)
        for number, identifiers in sorted(missing.items()):
            found |= self._map_datasets(mapping if number == mapping.number else self.mapping_of(number), identifiers)
        own = {iris.dataset(i): found[i] for i in mapping.datasets if index.newest[i] == mapping.number}
        foreign = {iris.dataset(i): found[i] for i in mapping.datasets if index.newest[i] != mapping.number}
        self._point(mapping, own.values())
        return own, foreign

    def _map_datasets(self, mapping: PlanMapping, identifiers: list[str]) -> dict[str, _Piece]:
        """Return datasets that a plan describes, by identifier; those that several plans state are kept."""
        found: dict[str, _Piece] = {}
        noted = mapping.pointed_at, mapping.minted
        for identifier in identifiers:
            mapping.pointed_at, mapping.minted = set(), {}
            piece = found[identifier] = self._put_dataset(list(mapping.dataset_things([identifier])), mapping)
            if identifier in self.shelf.index.shared:
                if len(self._datasets) >= _KEPT:
                    del self._datasets[next(iter(self._datasets))]
                self._datasets[identifier] = piece
        mapping.pointed_at, mapping.minted = noted
        return found

    def _put_dataset(self, things: Sequence[Thing], mapping: PlanMapping) -> _Piece:
        """Return a dataset with its distributions in three syntaxes."""
        dataset, *distributions = things
        inside = [self._writer.write(thing, None, _FURTHER_INSIDE) for thing in distributions]
        nodes = {thing.iri: words.node for thing, words in zip(distributions, inside, strict=True)}
        words = [self._writer.write(dataset, nodes, _INSIDE), *inside]
        turtle = "".join([each.turtle for each in words]).encode()
        statements = "".join([each.statements for each in words]).encode()
        return _Piece(turtle, words[0].node.encode(), statements, mapping.pointed_at, mapping.minted)

    def _point(self, mapping: PlanMapping, pieces: Iterable[_Piece]) -> None:
        """Note what pieces point at."""
        for piece in pieces:
            mapping.pointed_at |= piece.pointed_at
            if piece.minted:
                mapping.minted = {**piece.minted, **mapping.minted}

    def _write_plan(self, name: str, blocks: Sequence[bytes], nodes: Sequence[bytes]) -> Digests:
        """Write a plan's own files, complete by themselves, and return their digests."""
        digests: Digests = {}
        header = self._writer.turtle.header().encode()
        write_whole(self.folder, f"{name}.ttl", b"".join([header, *blocks]), digests)
        opening, closing = self._writer.jsonld.opening.encode(), self._writer.jsonld.closing().encode()
        write_whole(self.folder, f"{name}.jsonld", b"".join([opening, b",\n".join(nodes), closing]), digests)
        return digests

    def _render(self, thing: Thing) -> _Piece:
        """Return a shared thing; those of the vocabularies are kept."""
        found = self._shared.get(thing.iri)
        if found is None:
            found = self._put(thing)
            if "/x-" not in thing.iri:
                self._shared[thing.iri] = found
        return found


#: The endings of the files of a segment.
_SEGMENT = (".ttl", ".nq", ".node")


def write_segment(segment: Path, plans: Iterable[Written]) -> list[Summary]:
    """
    Write some plans' parts of the whole catalogue into files of their own, for `CatalogueWriter.add_segment`.

    Args:
        segment: What the files are called, without ending.

        plans: The plans, in the order of the files.
    """
    summaries: list[Summary] = []
    files = [segment.with_suffix(ending).open("wb") for ending in _SEGMENT]
    try:
        for plan in plans:
            node = plan.node if not summaries else b",\n" + plan.node
            for file, data in zip(files, (plan.turtle, plan.quads, node), strict=True):
                file.write(data)
            summaries.append(plan.summary)
    finally:
        for file in files:
            file.close()
    return summaries


class CatalogueWriter:
    """
    Writes the whole catalogue while its plans are written: top catalogue, plans, what they point at.

    A context manager: on leaving, its files are closed.

    Args:
        folder: Where `catalogue.ttl`, `catalogue.jsonld` and `catalogue.nq` go.

        settings: The catalogue's title and the like.

        index: The plans and datasets.

        vocabularies: What bodies and concepts are called.
    """

    def __init__(self, folder: Path, settings: Settings, index: Index, vocabularies: Vocabularies) -> None:
        """Open the files and write the top catalogue."""
        base = self._base = vocabularies.base
        self.digests: Digests = {}
        self._turtle, self._jsonld = Turtle(base), JsonLd(base)
        self._describer = Describer(settings, vocabularies)
        self._top = list(top_catalogue(settings, index, base))
        self._own = top_references(settings, base)
        self._pointed_at: set[Iri] = set(self._own)
        self._minted: dict[Iri, tuple[str, str]] = {}
        self._others: list[bytes] = []
        self._files = [Output(folder, f"catalogue.{ending}", self.digests) for ending in ("ttl", "nq", "jsonld")]
        turtle, quads, tree = self._files
        turtle.write(self._turtle.header() + "".join(map(self._turtle.block, self._top)))
        quads.write("".join(write_quads(thing, f"{base}catalogue") for thing in self._top))
        inside = {CATALOG, DATASET}
        catalogue = self._top[0]
        bare = Thing(catalogue.iri, {p: terms for p, terms in catalogue.properties.items() if p not in inside})
        tree.write(self._jsonld.opening + self._jsonld.node(bare).removesuffix("\n    }"))
        self._between = b',\n      "catalog": [\n'

    def add(self, plan: Written) -> None:
        """Write a plan; plans must come in the order of the files."""
        turtle, quads, tree = self._files
        turtle.write(plan.turtle)
        quads.write(plan.quads)
        tree.write(self._between)
        tree.write(plan.node)
        self._note(plan.summary)

    def add_segment(self, segment: Path, summaries: Iterable[Summary]) -> None:
        """Write plans that wait in the files of a segment, and remove these."""
        self._files[2].write(self._between)
        for file, ending in zip(self._files, _SEGMENT, strict=True):
            path = segment.with_suffix(ending)
            file.copy(path)
            path.unlink()
        for summary in summaries:
            self._note(summary)

    def _note(self, plan: Summary) -> None:
        """Note what a plan points at and what of it is still to be written."""
        self._between = b",\n"
        self._others.append(plan.others)
        self._pointed_at |= plan.pointed_at
        if plan.minted:
            self._minted = {**plan.minted, **self._minted}

    def __enter__(self) -> CatalogueWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        for file in self._files:
            file.close()

    def finish(self) -> list[Thing]:
        """
        Write what everything points at, and close the files.

        Returns:
            The top catalogue, its publisher and what it points at, for validation.
        """
        shared = self._describer.describe(self._pointed_at, self._minted)
        turtle, quads, tree = self._files
        turtle.write("".join(map(self._turtle.block, shared)))
        quads.write("".join(write_quads(thing, f"{self._base}def/") for thing in shared))
        self._close_tree(tree, shared)
        for file in self._files:
            file.close()
        return [*self._top, *self._describer.describe(self._own, {})]

    def _close_tree(self, tree: Output, shared: Sequence[Thing]) -> None:
        """Write the rest of the JSON-LD: the list of datasets and everything that is not nested."""
        catalogue, *operator = self._top
        tree.write("\n      ]")
        listed = ",\n".join(f'        "{iri}"' for iri in catalogue.properties.get(DATASET, ()))
        tree.write(f',\n      "dataset": [\n{listed}\n      ]\n    }}')
        node = self._jsonld.node
        nodes = [*(node(thing).encode() for thing in operator), *self._others]
        for piece in (*nodes, *(node(thing).encode() for thing in shared)):
            tree.write(b",\n" + piece)
        tree.write(self._jsonld.closing())


def write_vocabularies(folder: Path, vocabularies: Vocabularies) -> Digests:
    """Write the vocabularies, complete with alternative labels, as one Turtle file each; return their digests."""
    turtle = Turtle(vocabularies.base)
    digests: Digests = {}
    for name in FILES:
        text = "".join(turtle.write(published_vocabulary(name, vocabularies)))
        write_whole(folder, f"vocabularies/{name}.ttl", text, digests)
    return digests


def stub_types(index: Index) -> Iterator[Thing]:
    """Yield the bare types of plans' catalogues and datasets, for validating the top catalogue by itself."""
    catalogue, dataset = expand("dcat:Catalog"), expand("dcat:Dataset")
    yield from (Thing(iri, {TYPE: [catalogue]}) for iri, _plan, _month in index.plans)
    yield from (Thing(index.iris.dataset(identifier), {TYPE: [dataset]}) for identifier in index.newest)
