"""
Where focus nodes come from: the file that describes them and, for catalogues of ours, the plan and its lines.

In: RDF files and the IRIs of focus nodes. Out: an origin for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...core.namespaces import DCT, FOAF, PROV, dataset_of
from ...core.place import Place
from ...core.results import name_of
from ...core.terms import Iri
from ..shacl.literals import parts_of
from ..shacl.neighbourhood import Block
from ..shacl.spool import Spool
from ..shacl.triples import blocks, divide
from ..sources import RdfFile

_TOPIC, _DERIVED, _TITLE, _FILE_OF = (
    f"<{iri}>" for iri in (FOAF.primaryTopic, PROV.wasDerivedFrom, DCT.title, PROV.specializationOf)
)


@dataclass(frozen=True, slots=True)
class ResultOrigin:
    """The file that describes a focus node, and the plan that it was read from, with the place of its row or in it."""

    file: str
    plan: str = ""
    locator: str = ""

    @property
    def place(self) -> Place | None:
        """Return the lines of the plan; None if the plan has no lines."""
        return Place.parse(self.locator)

    def __str__(self) -> str:
        """Return plan and locator for a reader; empty for things that come from no plan."""
        return ", ".join(part for part in (self.plan, self.locator) if part) if self.plan else ""


def find_origins(
    files: Sequence[RdfFile], focus_nodes: set[str], blank_facts: Spool | None = None
) -> dict[Iri, ResultOrigin]:
    """
    Return the origin of each focus node.

    Args:
        files: The files that were validated.

        focus_nodes: IRIs and labels of blank nodes, as results have them.

        blank_facts: Takes what is said of blank nodes and by them, which the same reading comes past.
    """
    if not focus_nodes:
        return {}
    described_in: dict[Iri, str] = {}
    rows: dict[Iri, tuple[Iri, str]] = {}
    plans: dict[Iri, str] = {}
    subjects = {dataset_of(name) for name in focus_nodes} | focus_nodes
    for piece in divide(files):
        for subject, block in blocks(piece):
            name = name_of(subject)
            if blank_facts is not None:
                _keep(blank_facts, subject, block)
            if name in focus_nodes:
                described_in.setdefault(name, piece.file.name)
            if _FILE_OF in block:
                plans[name] = _first_value(block, _TITLE)
            locator = _locator(block) if _TOPIC in block else ""
            if locator:
                for topic in {name, name_of(_first_value(block, _TOPIC))} & subjects:
                    rows.setdefault(topic, (name_of(_first_value(block, _DERIVED)), locator))
    origins: dict[Iri, ResultOrigin] = {}
    for name in focus_nodes:
        source, locator = rows.get(name) or rows.get(dataset_of(name)) or ("", "")
        origins[name] = ResultOrigin(described_in.get(name, ""), plans.get(source, ""), locator)
    return origins


def _keep(blank_facts: Spool, subject: str, block: Block) -> None:
    """Set aside what a blank node says, or what a thing with an IRI says of blank nodes."""
    if subject[0] != "_":
        blanks = {predicate: [value for value in values if value[0] == "_"] for predicate, values in block.items()}
        block = {predicate: values for predicate, values in blanks.items() if values}
    if block:
        blank_facts.add(subject, block)


def _locator(block: Block) -> str:
    """Return the place of the row that a record describes."""
    return next((_text(values[0]) for name, values in block.items() if name.endswith("/def/plan#locator>")), "")


def _first_value(block: Block, predicate: str) -> str:
    """Return the first value of a property; of a literal, its text."""
    return next(map(_text, block.get(predicate, ())), "")


def _text(term: str) -> str:
    """Return the text of a literal, without escapes; any other term as it is."""
    return parts_of(term)[0] if term.startswith('"') else term
