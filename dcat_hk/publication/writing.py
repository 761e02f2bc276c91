"""
Things -> files: each plan's own files, and the catalogue put together from what was written for each plan.

In: the mapping of plans. Out: Turtle, JSON-LD and N-Quads in a folder. A plan is written once for all the
files it appears in; memory holds one plan at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from ..rdf.index import Index
from ..rdf.jsonld import JsonLd
from ..rdf.mapping import CATALOG, DATASET, SOURCE, TYPE, PlanMapping, Shelf
from ..rdf.nquads import write_quads
from ..rdf.shared import Describer, published_vocabulary, top_catalogue, top_references
from ..rdf.turtle import Turtle
from ..settings import Settings
from ..terms import Iri, Thing, expand
from ..vocabularies import FILES, Vocabularies

#: What nested objects of a plan are indented by in the whole catalogue, more than in the plan's own file.
_DEEPER = "    "


@dataclass(slots=True)
class Written:
    """What writing one plan leaves for the whole catalogue: what it points at, and where its pieces are."""

    number: int
    path: str
    pointed_at: set[Iri]
    minted: dict[Iri, tuple[str, str]]
    pieces: Path
    datasets: int = 0
    triples: int = 0


@dataclass
class PlanWriter:
    """
    Writes plans, one after the other.

    Args:
        shelf: Settings, vocabularies, index.

        folder: Where files of plans go, under `plans/`.

        pieces: Where the pieces for the whole catalogue go.

        mapping_of: Returns the mapping of a plan by its number, for datasets that a newer plan describes.
    """

    shelf: Shelf
    folder: Path
    pieces: Path
    mapping_of: Callable[[int], PlanMapping]
    _shared: dict[Iri, tuple[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the writers."""
        base = self.shelf.vocabularies.base
        self._turtle, self._jsonld = Turtle(base), JsonLd(base)
        self._describer = Describer(self.shelf.settings, self.shelf.vocabularies)

    def write(self, mapping: PlanMapping) -> Written:
        """Write a plan's own files and its pieces of the whole."""
        things = list(mapping.things())
        plan, datasets = things[1:4], len(mapping.datasets)
        blocks = "".join(map(self._turtle.block, things))
        quads = "".join(write_quads(thing, mapping.catalogue_iri) for thing in things)
        node = self._tree(things)
        self._write_pieces(mapping.number, blocks, quads, node, plan)
        pointed_at, minted = set(mapping.pointed_at), dict(mapping.minted)
        name = f"plans/{mapping.catalogue_iri.removeprefix(self.shelf.iris.catalogue + '/')}"
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        foreign, records = self._foreign_datasets(mapping), self._foreign_records(mapping)
        blocks += "".join(map(self._turtle.block, foreign + records))
        shared = self._describer.describe(mapping.pointed_at, mapping.minted)
        self._write_plan(path, blocks, self._tree(things + foreign) if foreign else node, plan + records, shared)
        pieces = self.pieces / str(mapping.number)
        return Written(mapping.number, name, pointed_at, minted, pieces, datasets, quads.count("\n"))

    def _foreign_datasets(self, mapping: PlanMapping) -> list[Thing]:
        """Return the datasets that this plan states and a newer plan describes."""
        newest = self.shelf.index.newest
        by_plan: dict[int, set[str]] = {}
        for identifier in mapping.datasets:
            if newest[identifier] != mapping.number:
                by_plan.setdefault(newest[identifier], set()).add(identifier)
        things: list[Thing] = []
        for number, identifiers in sorted(by_plan.items()):
            other = self.mapping_of(number)
            things += other.dataset_things(identifiers)
            mapping.pointed_at |= other.pointed_at
            mapping.minted |= {iri: name for iri, name in other.minted.items() if iri not in mapping.minted}
        return things

    def _foreign_records(self, mapping: PlanMapping) -> list[Thing]:
        """Return the records of older plans that this plan's records point at, without what they point at."""
        things: list[Thing] = []
        for number, iris in sorted(mapping.records_before.items()):
            other = self.mapping_of(number)
            things += [thing for thing in other.record_things() if thing.iri in iris]
            mapping.pointed_at |= other.pointed_at
        return [Thing(iri, {p: terms for p, terms in properties.items() if p != SOURCE}) for iri, properties in things]

    def _tree(self, things: list[Thing]) -> str:
        """Return a plan's catalogue as an object with its datasets, distributions and records inside."""
        catalogue, *rest = things
        return self._jsonld.node(catalogue, {thing.iri: thing for thing in rest})

    def _write_pieces(self, number: int, blocks: str, quads: str, node: str, plan: list[Thing]) -> None:
        """Write what the whole catalogue is put together from."""
        pieces = self.pieces / str(number)
        pieces.mkdir(parents=True)
        others = ",\n".join(self._jsonld.node(thing, {}) for thing in plan)
        for name, text in (
            ("ttl", blocks),
            ("nq", quads),
            ("node", node.replace("\n", f"\n{_DEEPER}")),
            ("others", others),
        ):
            (pieces / name).write_text(text, encoding="utf-8", newline="\n")

    def _write_plan(self, path: Path, blocks: str, node: str, others: list[Thing], shared: list[Thing]) -> None:
        """Write a plan's own files, complete by themselves."""
        rendered = [self._render(thing) for thing in shared]
        turtle = [self._turtle.header(), blocks, *(block for block, _node in rendered)]
        nodes = [node, *(self._jsonld.node(thing, {}) for thing in others), *(node for _block, node in rendered)]
        document = self._jsonld.opening() + ",\n".join(nodes) + self._jsonld.closing()
        for ending, text in ((".ttl", "".join(turtle)), (".jsonld", document)):
            path.with_name(path.name + ending).write_text(text, encoding="utf-8", newline="\n")

    def _render(self, thing: Thing) -> tuple[str, str]:
        """Return a shared thing in both syntaxes; those of the vocabularies are kept."""
        found = self._shared.get(thing.iri)
        if found is None:
            found = self._turtle.block(thing), self._jsonld.node(thing, {})
            if "/x-" not in thing.iri:
                self._shared[thing.iri] = found
        return found


def write_catalogue(
    folder: Path, plans: list[Written], settings: Settings, index: Index, vocabularies: Vocabularies
) -> list[Thing]:
    """
    Put the whole catalogue together from the pieces of its plans.

    Args:
        folder: Where `catalogue.ttl`, `catalogue.jsonld` and `catalogue.nq` go.

        plans: What was written for each plan, in the order of the files.

        settings: The catalogue's title and the like.

        index: The plans and datasets.

        vocabularies: What bodies and concepts are called.

    Returns:
        The top catalogue, its publisher and what it points at, for validation.
    """
    base = vocabularies.base
    top = list(top_catalogue(settings, index, base))
    pointed_at, minted = top_references(settings, base), dict[Iri, tuple[str, str]]()
    describer = Describer(settings, vocabularies)
    own = describer.describe(pointed_at, {})
    for plan in plans:
        pointed_at |= plan.pointed_at
        minted = plan.minted | minted
    shared = describer.describe(pointed_at, minted)
    turtle, jsonld = Turtle(base), JsonLd(base)
    with _open(folder / "catalogue.ttl") as file:
        file.write(turtle.header())
        file.writelines(map(turtle.block, top))
        _copy(plans, "ttl", file)
        file.writelines(map(turtle.block, shared))
    with _open(folder / "catalogue.nq") as file:
        file.writelines(write_quads(thing, f"{base}catalogue") for thing in top)
        _copy(plans, "nq", file)
        file.writelines(write_quads(thing, f"{base}def/") for thing in shared)
    with _open(folder / "catalogue.jsonld") as file:
        _write_tree(file, jsonld, top, plans, shared)
    return [*top, *own]


def _write_tree(file: TextIO, jsonld: JsonLd, top: list[Thing], plans: list[Written], shared: list[Thing]) -> None:
    """Write the JSON-LD of the whole: plans' catalogues inside the top catalogue, then everything else."""
    catalogue, *others = top
    inside = {CATALOG, DATASET}
    bare = Thing(catalogue.iri, {p: terms for p, terms in catalogue.properties.items() if p not in inside})
    file.write(jsonld.opening())
    file.write(jsonld.node(bare, {}).removesuffix("\n    }"))
    if plans:
        file.write(',\n      "catalog": [\n')
        for position, plan in enumerate(plans):
            between = ",\n" if position else ""
            file.write(f"{between}{_DEEPER}{(plan.pieces / 'node').read_text(encoding='utf-8')}")
        file.write("\n      ]")
    datasets = catalogue.properties.get(DATASET, [])
    if datasets:
        file.write(',\n      "dataset": [\n' + ",\n".join(f'        "{iri}"' for iri in datasets) + "\n      ]")
    file.write("\n    }")
    file.writelines(",\n" + jsonld.node(thing, {}) for thing in others)
    file.writelines(",\n" + (plan.pieces / "others").read_text(encoding="utf-8") for plan in plans)
    file.writelines(",\n" + jsonld.node(thing, {}) for thing in shared)
    file.write(jsonld.closing())


def _copy(plans: Iterable[Written], name: str, file: TextIO) -> None:
    """Write the pieces of all plans one after the other."""
    file.writelines((plan.pieces / name).read_text(encoding="utf-8") for plan in plans)


def _open(path: Path) -> TextIO:
    """Open a file for writing as UTF-8 with plain line ends."""
    return path.open("w", encoding="utf-8", newline="\n")


def write_vocabularies(folder: Path, vocabularies: Vocabularies) -> None:
    """Write the vocabularies, complete with alternative labels, as one Turtle file each."""
    turtle = Turtle(vocabularies.base)
    (folder / "vocabularies").mkdir()
    for name in FILES:
        with _open(folder / "vocabularies" / f"{name}.ttl") as file:
            file.writelines(turtle.write(published_vocabulary(name, vocabularies)))


def stub_types(index: Index) -> Iterator[Thing]:
    """Yield the bare types of plans' catalogues and datasets, for validating the top catalogue by itself."""
    catalogue, dataset = expand("dcat:Catalog"), expand("dcat:Dataset")
    yield from (Thing(iri, {TYPE: [catalogue]}) for iri, _plan, _month in index.plans)
    yield from (Thing(index.iris.dataset(identifier), {TYPE: [dataset]}) for identifier in index.newest)
