"""
Where focus nodes come from: the file that describes them and, for catalogues of ours, the plan and its lines.

In: RDF files and the IRIs of focus nodes. Out: an origin for each.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from ...core.collecting import without_collection
from ...core.namespaces import DCT, FOAF, PROV, dataset_of
from ...core.place import Place
from ...core.processes import open_workers
from ...core.results import name_of
from ...core.terms import Iri
from ...core.wording.messages import load_printed_texts
from ...core.wording.printed import translate_place
from ..shacl.engine import SMALL
from ..shacl.literals import parts_of
from ..shacl.neighbourhood import Block
from ..shacl.spool import Spool, SubjectBlock
from ..shacl.triples import PIECE, FilePiece, blocks, in_pieces
from ..sources import RdfFile

_TOPIC, _DERIVED, _TITLE, _FILE_OF = (
    f"<{iri}>" for iri in (FOAF.primaryTopic, PROV.wasDerivedFrom, DCT.title, PROV.specializationOf)
)

#: A piece with more bytes is a file that cannot be cut: what is set aside of it goes to files at once.
_LARGE = 2 * PIECE


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

    def tell(self, language: str) -> str:
        """
        Return plan and locator in a language.

        >>> ResultOrigin("a.ttl", "a.txt", "lines 3-4").tell("zh-Hant")
        'a.txt，第3至4行'
        """
        if language == "en" or not (self.plan and self.locator):
            return str(self)
        return load_printed_texts()["between"][language].join((self.plan, translate_place(self.locator, language)))

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
    things = frozenset(focus_nodes | {dataset_of(name) for name in focus_nodes})
    with without_collection():
        found = in_pieces(files, lambda pieces: _look(_Wanted(focus_nodes, things, pieces, blank_facts)))
    origins: dict[Iri, ResultOrigin] = {}
    for name in focus_nodes:
        source, locator = found.rows.get(name) or found.rows.get(dataset_of(name)) or ("", "")
        origins[name] = ResultOrigin(found.described_in.get(name, ""), found.plans.get(source, ""), locator)
    return origins


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is looked for, focus nodes, these with their datasets, facts about blank nodes if there are; and where."""

    focus_nodes: set[str]
    things: frozenset[str]
    pieces: Sequence[FilePiece]
    blank_facts: Spool | None

    @property
    def jobs(self) -> int:
        """Return how many processes are useful: one for little, and one for what does not fit into its memory."""
        sizes = [piece.size for piece in self.pieces]
        return 1 if sum(sizes) < SMALL or max(sizes) > _LARGE else 0


@dataclass(slots=True)
class _FoundFacts:
    """What some pieces say: the file of each focus node, rows by thing, plans by the file that they are in."""

    described_in: dict[Iri, str] = field(default_factory=dict)
    rows: dict[Iri, tuple[Iri, str]] = field(default_factory=dict)
    plans: dict[Iri, str] = field(default_factory=dict)
    blanks: list[SubjectBlock] = field(default_factory=list)


def _look(wanted: _Wanted) -> _FoundFacts:
    """Return what all pieces say, without the facts about blank nodes, which are set aside."""
    found = _FoundFacts()
    count = len(wanted.pieces)
    if wanted.blank_facts is not None:
        wanted.blank_facts.forget()
    with open_workers(wanted, wanted.jobs, count) as workers:
        for part in workers.map(_look_in, range(count)):
            # What is said first holds, and of a file's plan what is said last.
            for name, file in part.described_in.items():
                found.described_in.setdefault(name, file)
            for topic, row in part.rows.items():
                found.rows.setdefault(topic, row)
            found.plans |= part.plans
            if wanted.blank_facts is not None:
                for subject, block in part.blanks:
                    wanted.blank_facts.add(subject, block)
    return found


def _look_in(wanted: _Wanted, number: int) -> _FoundFacts:
    """Return what one piece says."""
    piece = wanted.pieces[number]
    is_large = piece.size > _LARGE
    found = _FoundFacts()
    for subject, block in blocks(piece):
        name = name_of(subject)
        if wanted.blank_facts is not None:
            about_blanks = _about_blanks(subject, block)
            if about_blanks and is_large:
                wanted.blank_facts.add(subject, about_blanks)
            elif about_blanks:
                found.blanks.append((subject, about_blanks))
        if name in wanted.focus_nodes:
            found.described_in.setdefault(name, piece.file.name)
        if _FILE_OF in block:
            found.plans[name] = _first_value(block, _TITLE)
        locator = _locator(block) if _TOPIC in block else ""
        if locator:
            for topic in {name, name_of(_first_value(block, _TOPIC))}:
                if topic in wanted.things:
                    found.rows.setdefault(topic, (name_of(_first_value(block, _DERIVED)), locator))
    return found


def _about_blanks(subject: str, block: Block) -> Block:
    """Return what a blank node says, or what a thing with an IRI says of blank nodes."""
    if subject[0] == "_":
        return block
    blanks = {predicate: [value for value in values if value[0] == "_"] for predicate, values in block.items()}
    return {predicate: values for predicate, values in blanks.items() if values}


def _locator(block: Block) -> str:
    """Return the place of the row that a record describes."""
    return next((_text(values[0]) for name, values in block.items() if name.endswith("/def/plan#locator>")), "")


def _first_value(block: Block, predicate: str) -> str:
    """Return the first value of a property; of a literal, its text."""
    return next(map(_text, block.get(predicate, ())), "")


def _text(term: str) -> str:
    """Return the text of a literal, without escapes; any other term as it is."""
    return parts_of(term)[0] if term.startswith('"') else term
