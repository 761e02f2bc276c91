"""
Things -> files: each plan's own files, and the files of the whole catalogue.

In: the mapping of plans. Out: Turtle, JSON-LD and N-Quads in a folder. A plan is serialised once for all the files
it appears in; memory holds one plan at a time.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from ...core.namespaces import DCAT, RDF
from ...core.reporting import format_json
from ...core.syntaxes.framed import FramedJsonLd
from ...core.syntaxes.jsonld import MARGIN, NESTED, STEP, JsonBlock, JsonLd
from ...core.syntaxes.jsonschema import make_schema
from ...core.syntaxes.nquads import write_quads
from ...core.syntaxes.turtle import Turtle
from ...core.syntaxes.writer import Serialised, ThingWriter
from ...core.terms import LINK_PREFIXES, Iri, Thing
from ...core.vocabularies import Vocabularies
from ..mapping.changes import map_history
from ..mapping.context import MappingContext, PlanMapping
from ..mapping.corrections import map_corrections
from ..mapping.datasets import map_datasets
from ..mapping.identities import Links
from ..mapping.index import PlanIndex
from ..mapping.linkthings import LinkThings
from ..mapping.plans import map_catalogue, map_document
from ..mapping.records import map_earlier_records, map_records
from ..mapping.shared import Describer, published_vocabulary, top_catalogue, top_references

#: What the top catalogue's properties, and the catalogues of plans inside it, are indented by.
_MEMBER, _INSIDE = MARGIN + STEP, MARGIN + STEP + STEP
#: How many datasets that several plans state are cached in their written form.
_CACHED_DATASETS = 1024
#: How much of a file is copied at a time.
_BLOCK = 1 << 20
#: How many bytes wait until they are written in one piece.
_MOST_WAITING = 1 << 16

Digests = dict[str, tuple[str, int]]


@dataclass(frozen=True, slots=True)
class PlanSummary:
    """What is left to know of a plan when it is written: what it points at, and the digests of its own files."""

    number: int
    path: str
    datasets: int
    pointed_at: Set[Iri]
    minted: Mapping[Iri, tuple[str, str]]
    digests: Digests


class WrittenPlan(NamedTuple):
    """One plan's part of the whole catalogue: Turtle, N-Quads, and JSON-LD: its catalogue and what stands beside."""

    summary: PlanSummary
    turtle: bytes
    quads: bytes
    node: bytes
    others: bytes


@dataclass(frozen=True, slots=True)
class _SerialisedFragment:
    """
    Part of a plan in three syntaxes, and what it points at where that is not noted elsewhere.

    `beside` is what JSON-LD writes next to the catalogue and not inside of it.
    """

    turtle: bytes
    node: JsonBlock
    statements: bytes
    beside: Sequence[JsonBlock] = ()
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
        self._pieces: list[bytes] = []
        self._waiting = 0

    def write(self, text: str | bytes) -> None:
        """Write a piece."""
        data = text.encode() if isinstance(text, str) else text
        self._pieces.append(data)
        self._waiting += len(data)
        if self._waiting >= _MOST_WAITING:
            self._flush()

    def _flush(self) -> None:
        """Write the pieces that wait, if there are any: most are of a few lines."""
        if not self._pieces:
            return
        data = b"".join(self._pieces)
        self._file.write(data)
        self._hash.update(data)
        self._size += len(data)
        self._pieces, self._waiting = [], 0

    def copy(self, path: Path) -> None:
        """Write what is in another file."""
        with path.open("rb") as other:
            while data := other.read(_BLOCK):
                self.write(data)

    def close(self) -> None:
        """Close the file and note its digest."""
        self._flush()
        self._file.close()
        self._digests[self._name] = (self._hash.hexdigest(), self._size)


def write_whole(folder: Path, name: str, text: str | bytes, digests: Digests) -> None:
    """Write a file of a folder in one piece and note its digest."""
    file = Output(folder, name, digests)
    file.write(text)
    file.close()


def name_files(catalogue: Iri, context: MappingContext) -> str:
    """
    Return what the files of a plan are called, without ending.

    Args:
        catalogue: The IRI of the plan's catalogue.

        context: Has the IRI of the whole catalogue.
    """
    return f"plans/{catalogue.removeprefix(f'{context.iris.catalogue}/')}"


@dataclass
class PlanWriter:
    """
    Writes plans, one after the other.

    Args:
        context: Settings, vocabularies, index.

        folder: Where files of plans go, under `plans/`.

        mapping_of: Returns the mapping of a plan by its number, for datasets that a newer plan describes.
    """

    context: MappingContext
    folder: Path
    mapping_of: Callable[[int], PlanMapping]
    _shared: dict[Iri, tuple[bytes, bytes]] = field(default_factory=dict)
    _datasets: dict[str, _SerialisedFragment] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the writer and the describer."""
        context = self.context
        self._writer = ThingWriter(context.vocabularies.base, prefixes_of(context.links))
        self._describer = Describer(context.settings, context.vocabularies, describe_links(context))

    def write(self, mapping: PlanMapping) -> WrittenPlan:
        """Write a plan's own files and return its part of the whole."""
        graph = mapping.catalogue_iri
        catalogue = map_catalogue(mapping)
        head = [self._serialise(thing, graph) for thing in map_document(mapping)]
        records = {thing.iri: self._serialise(thing, graph) for thing in map_records(mapping)}
        own, foreign = self._datasets_of(mapping)
        history = [self._serialise(thing, graph) for thing in (*map_history(mapping), *map_corrections(mapping))]
        fragments = [self._serialise(catalogue, graph), *head, *own.values(), *records.values(), *history]
        turtle = b"".join([fragment.turtle for fragment in fragments])
        quads = b"".join([fragment.statements for fragment in fragments])
        pointed_at, minted = set(mapping.pointed_at), dict(mapping.minted)
        self._point(mapping, foreign.values())
        references = self._describer.describe(mapping.pointed_at, mapping.minted)
        beside = [*map(self._render, map_earlier_records(mapping)), *map(self._render_shared, references)]
        periods = [block for fragment in own.values() for block in fragment.beside]
        nodes_beside = [*(one.node for one in head), *periods, *(one.node for one in history)]
        others = b",\n".join(map(_text, nodes_beside))
        nodes = {iri: fragment.node for iri, fragment in (own | records).items()}
        inside = self._writer.jsonld.node(catalogue, nodes)
        nodes |= {iri: fragment.node for iri, fragment in foreign.items()}
        alone = self._writer.jsonld.node(catalogue, nodes) if foreign else inside
        name = name_files(mapping.catalogue_iri, self.context)
        blocks = [turtle, *(fragment.turtle for fragment in foreign.values()), *(block for block, _object in beside)]
        periods = [block for fragment in foreign.values() for block in fragment.beside]
        objects = [_text(alone), others, *map(_text, periods), *(text for _block, text in beside)]
        digests = self._write_plan(name, blocks, objects)
        summary = PlanSummary(mapping.number, name, len(mapping.datasets), pointed_at, minted, digests)
        return WrittenPlan(summary, turtle, quads, _text(inside, _INSIDE), others)

    def _serialise(self, thing: Thing, graph: Iri) -> _SerialisedFragment:
        """Return a thing of a graph in three syntaxes, nothing nested."""
        return _fragment([self._writer.write(thing, graph)])

    def _datasets_of(
        self, mapping: PlanMapping
    ) -> tuple[dict[Iri, _SerialisedFragment], dict[Iri, _SerialisedFragment]]:
        """Return the datasets that a plan states, by IRI: those it describes, and those a newer plan does."""
        index, iris = self.context.index, self.context.iris
        identifiers_by_plan: dict[int, list[str]] = {}
        fragments: dict[str, _SerialisedFragment] = {}
        for identifier in mapping.datasets:
            fragment = self._datasets.get(identifier)
            if fragment:
                fragments[identifier] = fragment
            else:
                identifiers_by_plan.setdefault(index.newest[identifier], []).append(identifier)
        for number, identifiers in sorted(identifiers_by_plan.items()):
            describing = mapping if number == mapping.number else self.mapping_of(number)
            fragments |= self._map_datasets(describing, identifiers)
        own = {iris.dataset(i): fragments[i] for i in mapping.datasets if index.newest[i] == mapping.number}
        foreign = {iris.dataset(i): fragments[i] for i in mapping.datasets if index.newest[i] != mapping.number}
        self._point(mapping, own.values())
        return own, foreign

    def _map_datasets(self, mapping: PlanMapping, identifiers: list[str]) -> dict[str, _SerialisedFragment]:
        """Return datasets that a plan describes, by identifier; those that several plans state are kept."""
        fragments: dict[str, _SerialisedFragment] = {}
        references = mapping.pointed_at, mapping.minted
        for identifier in identifiers:
            mapping.pointed_at, mapping.minted = set(), {}
            things = list(map_datasets(mapping, [identifier]))
            fragment = fragments[identifier] = self._serialise_dataset(things, mapping)
            if identifier in self.context.index.shared:
                if len(self._datasets) >= _CACHED_DATASETS:
                    del self._datasets[next(iter(self._datasets))]
                self._datasets[identifier] = fragment
        mapping.pointed_at, mapping.minted = references
        return fragments

    def _serialise_dataset(self, things: Sequence[Thing], mapping: PlanMapping) -> _SerialisedFragment:
        """Return a dataset with its distributions and its period in three syntaxes."""
        dataset, *others = things
        graph = mapping.catalogue_iri
        inside = [self._writer.write(thing, graph) for thing in others]
        nodes = {thing.iri: serialised.node for thing, serialised in zip(others, inside, strict=True)}
        parts = [self._writer.write(dataset, graph, nodes), *inside]
        inner = {
            term for predicate in NESTED.intersection(dataset.properties) for term in dataset.properties[predicate]
        }
        outer = [nodes[thing.iri] for thing in others if thing.iri not in inner]
        return _fragment(parts, mapping.pointed_at, mapping.minted, outer)

    def _point(self, mapping: PlanMapping, fragments: Iterable[_SerialisedFragment]) -> None:
        """Note what fragments point at."""
        for fragment in fragments:
            mapping.pointed_at |= fragment.pointed_at
            if fragment.minted:
                mapping.minted = {**fragment.minted, **mapping.minted}

    def _write_plan(self, name: str, blocks: Sequence[bytes], nodes: Sequence[bytes]) -> Digests:
        """Write a plan's own files, complete by themselves, and return their digests."""
        digests: Digests = {}
        header = self._writer.turtle.header().encode()
        write_whole(self.folder, f"{name}.ttl", b"".join([header, *blocks]), digests)
        opening, closing = self._writer.jsonld.opening.encode(), self._writer.jsonld.closing().encode()
        write_whole(self.folder, f"{name}.jsonld", b"".join([opening, b",\n".join(nodes), closing]), digests)
        return digests

    def _render(self, thing: Thing) -> tuple[bytes, bytes]:
        """Return something that a plan's own files describe besides the plan: its Turtle and its JSON-LD."""
        return self._writer.turtle.block(thing).encode(), _text(self._writer.jsonld.node(thing))

    def _render_shared(self, thing: Thing) -> tuple[bytes, bytes]:
        """Return something that plans share; what the vocabularies describe is kept."""
        rendered = self._shared.get(thing.iri)
        if rendered is None:
            rendered = self._render(thing)
            if "/x-" not in thing.iri:
                self._shared[thing.iri] = rendered
        return rendered


def _fragment(
    parts: Sequence[Serialised],
    pointed_at: Set[Iri] = frozenset(),
    minted: Mapping[Iri, tuple[str, str]] | None = None,
    beside: Sequence[JsonBlock] = (),
) -> _SerialisedFragment:
    """
    Return serialised things as one fragment.

    Its object is that of the first, which nests the others but for those that stand beside.
    """
    turtle = "".join([part.turtle for part in parts]).encode()
    statements = "".join([part.statements for part in parts]).encode()
    return _SerialisedFragment(turtle, parts[0].node, statements, beside, pointed_at, minted or {})


def _text(node: JsonBlock, indent: str = MARGIN) -> bytes:
    """Return an object on lines of its own, as UTF-8."""
    return (indent + node.text(indent)).encode()


#: The endings of the files of a segment.
_SEGMENT = (".ttl", ".nq", ".node", ".others")


def write_segment(segment: Path, plans: Iterable[WrittenPlan]) -> list[PlanSummary]:
    """
    Write some plans' parts of the whole catalogue into files of their own, for `CatalogueWriter.add_segment`.

    Args:
        segment: What the files are called, without ending.

        plans: The plans, in the order of the files.
    """
    summaries: list[PlanSummary] = []
    files = [segment.with_suffix(ending).open("wb") for ending in _SEGMENT]
    try:
        for plan in plans:
            node = plan.node if not summaries else b",\n" + plan.node
            for file, data in zip(files, (plan.turtle, plan.quads, node, b",\n" + plan.others), strict=True):
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
        context: The catalogue's title and the like, plans and datasets, what bodies and concepts are called, links.

        folder: Where `catalogue.ttl`, `catalogue.jsonld` and `catalogue.nq` go.
    """

    def __init__(self, context: MappingContext, folder: Path) -> None:
        """Open the files and write the top catalogue."""
        settings, index = context.settings, context.index
        base = self._base = context.vocabularies.base
        self.digests: Digests = {}
        self._turtle, self._jsonld = Turtle(base, prefixes_of(context.links)), JsonLd(base)
        self._links = describe_links(context)
        self._describer = Describer(settings, context.vocabularies, self._links)
        self._top = top_catalogue(settings, index, base)
        self._own = top_references(settings)
        self._pointed_at: set[Iri] = set(self._own)
        self._minted: dict[Iri, tuple[str, str]] = {}
        # What stands beside the catalogues in JSON-LD waits until they are all written.
        self._others = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115 - closed on leaving
        self._files = [Output(folder, f"catalogue.{ending}", self.digests) for ending in ("ttl", "nq", "jsonld")]
        turtle, quads, tree = self._files
        turtle.write(self._turtle.header() + self._turtle.block(self._top))
        quads.write(write_quads(self._top, f"{base}catalogue"))
        catalogue, lists = self._top, {DCAT.catalog, DCAT.dataset}
        bare = Thing(catalogue.iri, {p: terms for p, terms in catalogue.properties.items() if p not in lists})
        node = self._jsonld.node(bare)
        tree.write(self._jsonld.opening + MARGIN + node.unclosed(MARGIN))
        # The list of catalogues is written as plans come; see `_close_tree` for its end.
        self._between = f",\n{_MEMBER}{self._jsonld.key(DCAT.catalog)}: [\n"

    def add_segment(self, segment: Path, summaries: Iterable[PlanSummary]) -> None:
        """Write plans that wait in the files of a segment, and remove these."""
        self._files[2].write(self._between)
        for file, ending in zip((*self._files, None), _SEGMENT, strict=True):
            path = segment.with_suffix(ending)
            if file:
                file.copy(path)
            else:
                with path.open("rb") as others:
                    shutil.copyfileobj(others, self._others)
            path.unlink()
        for summary in summaries:
            self._note(summary)

    def _note(self, plan: PlanSummary) -> None:
        """Note what a plan points at and what of it is still to be written."""
        self._between = ",\n"
        self._pointed_at |= plan.pointed_at
        if plan.minted:
            self._minted = {**plan.minted, **self._minted}

    def __enter__(self) -> CatalogueWriter:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        self._others.close()
        for file in self._files:
            file.close()

    def finish(self) -> list[Thing]:
        """
        Write what everything points at, and close the files.

        Returns:
            The top catalogue and what it points at, with who publishes it, for validation.
        """
        shared = self._describer.describe(self._pointed_at, self._minted)
        turtle, quads, tree = self._files
        turtle.write("".join(map(self._turtle.block, shared)))
        # What links say is a graph of its own, which is replaced when there are newer ones.
        own: list[Thing] = []
        linked: list[Thing] = []
        for thing in shared:
            (linked if self._links.find(thing.iri) else own).append(thing)
        for things, graph in ((own, "def/"), (linked, "def/links")):
            for thing in things:
                quads.write(write_quads(thing, f"{self._base}{graph}"))
        self._close_tree(tree, shared)
        for file in self._files:
            file.close()
        return [self._top, *self._describer.describe(self._own, {})]

    def _close_tree(self, tree: Output, shared: Sequence[Thing]) -> None:
        """Write the rest of the JSON-LD: the list of datasets and everything that is not nested."""
        catalogue = self._top
        tree.write(f"\n{_MEMBER}]")
        datasets = self._jsonld.list_of(DCAT.dataset, catalogue.properties.get(DCAT.dataset, ()), {})
        tree.write(f",\n{_MEMBER}{datasets.text(_MEMBER)}\n{MARGIN}}}")
        self._others.seek(0)
        while data := self._others.read(_BLOCK):
            tree.write(data)
        for thing in shared:
            tree.write(b",\n" + _text(self._jsonld.node(thing)))
        tree.write(self._jsonld.closing())


def prefixes_of(links: Links) -> Mapping[str, str]:
    """
    Return the prefixes that a catalogue declares besides the usual ones: those of links, if there are any.

    Args:
        links: What links say of datasets.

    >>> prefixes_of(Links())
    {}
    """
    return LINK_PREFIXES if links.portal.by_dataset else {}


def describe_links(context: MappingContext) -> LinkThings:
    """
    Return what describes the links of a catalogue.

    Args:
        context: What the mapping of every plan needs.
    """
    return LinkThings(context.links.portal, context.settings, context.vocabularies.base)


def write_vocabularies(folder: Path, vocabularies: Vocabularies) -> Digests:
    """Write the vocabularies, complete with alternative labels, as one Turtle file each; return their digests."""
    turtle = Turtle(vocabularies.base)
    digests: Digests = {}
    for name in vocabularies.things:
        text = "".join(turtle.write(published_vocabulary(name, vocabularies)))
        write_whole(folder, f"vocabularies/{name}.ttl", text, digests)
    return digests


def write_json_aids(folder: Path, base: Iri) -> Digests:
    """
    Write what helps to read our JSON-LD as JSON: its context, the frame, the JSON Schema; return their digests.

    Args:
        folder: Where they go.

        base: The base IRI, under which they are found when the folder is served.
    """
    digests: Digests = {}
    documents = {
        "context.jsonld": {"@context": JsonLd(base).context},
        "frame.jsonld": FramedJsonLd(base).frame(),
        "schema.json": make_schema(base),
    }
    for name, document in documents.items():
        write_whole(folder, name, format_json(document), digests)
    return digests


def stub_types(index: PlanIndex) -> Iterator[Thing]:
    """
    Yield the bare types of plans' catalogues and datasets, for validating the top catalogue by itself.

    Their order is always the same, so that what an earlier run found out of the same text is found again.

    Args:
        index: The plans and datasets.
    """
    yield from (Thing(iri, {RDF.type: [DCAT.Catalog]}) for iri, _plan, _month in sorted(index.plans))
    identifiers = sorted(index.newest)
    yield from (Thing(index.iris.dataset(identifier), {RDF.type: [DCAT.Dataset]}) for identifier in identifiers)
