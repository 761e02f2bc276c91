"""
The ledger of identities: under which identifier each dataset was published first.

In: `identities.tsv`, and rows of plans that are one dataset. Out: the identifier that stands for another, and the lines
to append. A line has the identifier that the rule gives and the one that is kept; the file is only ever appended to, so
that its order is the order of publication. An identifier that was published as itself has a remark, `# published …`:
that is how an older plan that comes later is told from one that was there first.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from ..core.errors import NotReadable
from .sssom import bad_line, read_lines, split_cells

#: The columns of the file.
COLUMNS = ("identifier", "kept")
#: What stands before an identifier that was published as itself.
_PUBLISHED = "# published "
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~-]*-[a-z0-9]{10}")


class IdentityLine(NamedTuple):
    """One line: the identifier that the rule gives a dataset, and the one that it is published under."""

    identifier: str
    kept: str


class SameDataset(NamedTuple):
    """Two identifiers that the rule gives one dataset, and whether a person says so."""

    older: str
    newer: str
    judged: bool = False


@dataclass(frozen=True)
class Identities:
    """
    Which identifier stands for which.

    Args:
        kept: The identifier that is kept for each, in the order in which they were published.

        lines: The number of the line that says so.

        path: The file, for errors.

    >>> Identities({"a": "a", "b": "a", "c": "b"}).resolve("c")
    'a'
    """

    kept: Mapping[str, str] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    path: Path = Path("identities.tsv")

    def resolve(self, identifier: str) -> str:
        """Return the identifier that a dataset is published under."""
        while (kept := self.kept.get(identifier, identifier)) != identifier:
            identifier = kept
        return identifier

    @cached_property
    def resolved(self) -> Mapping[str, str]:
        """Return the identifiers that another stands for, with that other."""
        names = {identifier: self.resolve(identifier) for identifier in self.kept}
        return {identifier: name for identifier, name in names.items() if identifier != name}

    def check_known(self, identifiers: Collection[str]) -> None:
        """
        Raise for an identifier that is kept and that nothing knows.

        Args:
            identifiers: What the rule gives the rows of the plans that were read.

        Raises:
            NotReadable: Neither the ledger nor a plan has it.
        """
        for identifier, kept in self.kept.items():
            if kept not in self.kept and kept not in identifiers:
                raise bad_line(
                    self.path,
                    self.lines.get(identifier, 0),
                    "links.bad-kept",
                    kept=kept,
                    identifier=identifier,
                )


def read_identities(path: Path) -> Identities:
    """
    Return the ledger of a file; an empty one if there is no such file.

    Args:
        path: The file.

    Raises:
        NotReadable: A line cannot be used, two lines keep different identifiers for one, or lines lead in a circle.
    """
    if not path.exists():
        return Identities(path=path)
    kept: dict[str, str] = {}
    lines: dict[str, int] = {}
    is_first = True
    for number, text in enumerate(read_lines(path), 1):
        if text.startswith("#"):
            published = text.removeprefix(_PUBLISHED).strip()
            if _IDENTIFIER.fullmatch(published) and published not in kept:
                kept[published], lines[published] = published, number
        elif text.strip():
            cells = [cell.strip() for cell in split_cells(path, number, text)]
            if not (is_first and _is_header(cells)):
                _add_line(path, number, cells, kept, lines)
            is_first = False
    _refuse_circles(path, kept, lines)
    return Identities(kept, lines, path)


def _is_header(cells: Sequence[str]) -> bool:
    """Tell whether cells name columns."""
    return len(cells) > 1 and not any(map(_IDENTIFIER.fullmatch, cells))


def _add_line(path: Path, number: int, cells: Sequence[str], kept: dict[str, str], lines: dict[str, int]) -> None:
    """Take over what a line says, or raise if it contradicts one before."""
    if len(cells) < len(COLUMNS) or not all(map(_IDENTIFIER.fullmatch, cells[:2])):
        raise bad_line(path, number, "links.no-pair")
    identifier, new = cells[:2]
    before = kept.get(identifier, identifier)
    if identifier not in {before, new} and new != before:
        where = f"lines {lines[identifier]} and {number}"
        raise NotReadable.of("links.two-identifiers", f"{path}: {where}", identifier=identifier, before=before, new=new)
    if identifier not in kept or new != before:
        kept[identifier], lines[identifier] = new, number


def _refuse_circles(path: Path, kept: Mapping[str, str], lines: Mapping[str, int]) -> None:
    """Raise if identifiers stand for one another."""
    safe: set[str] = set()
    for start in kept:
        way: list[str] = []
        at = start
        while at not in safe and kept.get(at, at) != at:
            if at in way:
                circle = sorted(lines[each] for each in way[way.index(at) :])
                names = " → ".join([*way[way.index(at) :], at])
                raise NotReadable.of("links.circle", f"{path}: lines {' and '.join(map(str, circle))}", names=names)
            way.append(at)
            at = kept[at]
        safe.update([*way, at])


def format_lines(lines: Iterable[IdentityLine], before: Identities) -> str:
    """
    Return lines as the file has them.

    Args:
        lines: The lines to append.

        before: The ledger that they are appended to.

    >>> format_lines([IdentityLine("hk-b-aaaaaaaaaa", "hk-a-aaaaaaaaaa")], Identities())
    'hk-b-aaaaaaaaaa\\thk-a-aaaaaaaaaa\\n'
    >>> format_lines([IdentityLine("hk-b-aaaaaaaaaa", "hk-b-aaaaaaaaaa")], Identities())
    '# published hk-b-aaaaaaaaaa\\n'
    """
    return "".join(
        f"{_PUBLISHED}{line.identifier}\n"
        if line.identifier == line.kept and line.identifier not in before.kept
        else f"{line.identifier}\t{line.kept}\n"
        for line in lines
    )


class Additions(NamedTuple):
    """
    Lines to append, and the datasets that stay two although they were linked.

    Args:
        lines: The lines.

        apart: Datasets that were both published, and of which no person says that they are one.

        beside: Datasets that one plan lists beside each other, whatever a person says.
    """

    lines: list[IdentityLine]
    apart: list[SameDataset]
    beside: list[SameDataset]


def extend(
    identities: Identities,
    plans: Sequence[Collection[str]],
    links: Iterable[SameDataset],
    denied: Iterable[tuple[str, str]] = (),
) -> Additions:
    """
    Return what to append for plans and for rows that are one dataset.

    What was published first is kept; of identifiers that are new, that of the oldest plan. Two that were published are
    united only if a person says so; two that one plan has never are.

    Args:
        identities: The ledger.

        plans: For each plan, from the oldest on, the identifiers that the rule gives its rows.

        links: Identifiers of one dataset.

        denied: Identifiers of which a person says that they are not one dataset.

    >>> [tuple(line) for line in extend(Identities(), [["a"], ["b", "c"]], [SameDataset("a", "b")]).lines]
    [('a', 'a'), ('b', 'a'), ('c', 'c')]
    """
    union = _Union(identities, plans)
    for pair in sorted(denied):
        union.part(*pair)
    union.place(plans)
    additions = Additions([], [], [])
    for link in sorted(dict.fromkeys(links), key=lambda one: not one.judged):
        if not union.unite(link):
            (additions.beside if union.are_beside(link) else additions.apart).append(link)
    return additions._replace(lines=union.lines())


class _Union:
    """Identifiers that are being united."""

    def __init__(self, identities: Identities, plans: Sequence[Collection[str]]) -> None:
        """Begin with what the ledger has, then what plans add, in the order of publication."""
        self._before = identities.kept
        self._kept = dict(identities.kept)
        for kept in identities.kept.values():
            self._kept.setdefault(kept, kept)
        self._published = frozenset(self._kept)
        for plan in plans:
            self._kept |= {identifier: identifier for identifier in sorted(plan) if identifier not in self._kept}
        self._rank = {identifier: place for place, identifier in enumerate(self._kept)}
        self._plans: dict[str, set[int]] = {}

    def place(self, plans: Sequence[Collection[str]]) -> None:
        """Note which plans have each dataset."""
        for number, plan in enumerate(plans):
            for identifier in plan:
                self._plans.setdefault(self._find(identifier), set()).add(number)

    def _find(self, identifier: str) -> str:
        """Return the identifier that stands for another."""
        while (kept := self._kept[identifier]) != identifier:
            identifier = kept
        return identifier

    def part(self, one: str, other: str) -> None:
        """Let the later of two identifiers, if it stands for itself no longer, stand for itself again."""
        known = one in self._kept and other in self._kept
        if one != other and known and self._find(one) == self._find(other):
            later = max(
                one, other, key=lambda identifier: (self._kept[identifier] != identifier, self._rank[identifier])
            )
            self._kept[later] = later

    def unite(self, link: SameDataset) -> bool:
        """Let one identifier stand for two; tell whether it does."""
        one, other = sorted((self._find(link.older), self._find(link.newer)), key=self._rank.__getitem__)
        if one == other:
            return True
        if self.are_beside(link) or (not link.judged and {one, other} <= self._published):
            return False
        self._kept[other] = one
        self._plans[one] = self._plans.get(one, set()) | self._plans.get(other, set())
        return True

    def are_beside(self, link: SameDataset) -> bool:
        """Tell whether one plan has two datasets, each under any of its identifiers."""
        plans, others = (self._plans.get(self._find(name), set()) for name in (link.older, link.newer))
        return bool(plans & others)

    def lines(self) -> list[IdentityLine]:
        """Return the lines that the ledger lacks."""
        kept = {name: self._find(name) if self._before.get(name) != to else to for name, to in self._kept.items()}
        return [IdentityLine(name, to) for name, to in kept.items() if self._before.get(name) != to]
