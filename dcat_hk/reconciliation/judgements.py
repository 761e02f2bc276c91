"""
What people say of rows of plans: which are one dataset, and what became of them.

In: the mappings of `judgements.sssom.tsv`. Out: `Judgements`: those that count, by the IRIs of records, and findings. A
later line of the same author on the same rows takes the place of an earlier one; where two authors disagree, neither
counts.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Literal, NamedTuple

from ..core.errors import Finding
from ..core.place import Place
from ..core.terms import PREFIXES, Iri
from .sssom import BROAD, BY_HAND, CLOSE, EXACT, NARROW, NO_TERM, REVIEWED, SssomMapping, bad_line, read_mappings

#: What a person says: one dataset, not one; a part of the other, split into it, replaced by it; no longer to come, not
#: to be told; or that an answer is taken back. `close` is said of records of the portal only.
Verdict = Literal["same", "not-same", "part-of", "split", "replaced", "dropped", "cannot-tell", "withdrawn", "close"]

REPLACED_BY = f"{PREFIXES['dct']}isReplacedBy"
#: Our own terms behind the base IRI: the predicate of judgements on one row, and the one that takes an answer back.
_OWN = "def/plan#"
_FATE, _WITHDRAWN = f"{_OWN}fate", f"{_OWN}withdrawn"
_BY_PREDICATE: Mapping[Iri, Verdict] = {
    EXACT: "same",
    CLOSE: "close",
    BROAD: "part-of",
    NARROW: "split",
    REPLACED_BY: "replaced",
}
#: What rules out that two rows are one dataset, beside saying so.
_OTHER_THAN_SAME: frozenset[Verdict] = frozenset({"not-same", "part-of", "split", "replaced"})
#: What says something else when the rows change places.
_DIRECTED: frozenset[Verdict] = frozenset({"part-of", "split", "replaced"})
#: What says of a row alone that nothing follows it, and of a row and another that this follows it.
_ENDS: frozenset[Verdict] = frozenset({"dropped", "replaced"})
_GOES_ON: frozenset[Verdict] = frozenset({"same", "part-of", "split"})


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    What one person says of a row, or of two.

    Args:
        subject: The IRI of the row's record.

        verdict: What is said.

        object: The IRI of the other row's record; nothing if the verdict is on one row.

        author: Who says so.

        dated: When, as YYYY-MM-DD.

        comment: Why.

        line: The number of the line in the file.
    """

    subject: Iri
    verdict: Verdict
    object: Iri = ""
    author: str = ""
    dated: str = ""
    comment: str = ""
    line: int = 0

    @property
    def rows(self) -> tuple[Iri, ...]:
        """Return the IRIs that it is about."""
        return (self.subject, self.object) if self.object else (self.subject,)


class Disagreement(NamedTuple):
    """Judgements on the same rows that cannot all be right, by line."""

    judgements: tuple[Judgement, ...]


@dataclass(frozen=True)
class Judgements:
    """
    What people say of rows of plans.

    Args:
        lines: What the file says, in its order.

        path: The file.

    >>> Judgements((Judgement("a", "same", "b", "me"),)).judged_pairs() == {("a", "b"), ("b", "a")}
    True
    """

    lines: tuple[Judgement, ...] = ()
    path: Path = Path("judgements.sssom.tsv")

    # ---- what counts

    @cached_property
    def latest(self) -> tuple[Judgement, ...]:
        """Return the judgements that their author has neither replaced nor taken back, by line."""
        by_row: dict[tuple[str, Iri], dict[frozenset[Iri], Judgement]] = {}
        latest: dict[tuple[str, frozenset[Iri]], Judgement] = {}
        for one in self.lines:
            rows, own = frozenset(one.rows), by_row.setdefault((one.author, one.subject), {})
            overruled = [other for other, judgement in own.items() if _replaces(one, judgement)]
            for other in [*overruled, rows]:
                latest.pop((one.author, other), None)
                for row in other:
                    by_row.get((one.author, row), {}).pop(other, None)
            if one.verdict != "withdrawn":
                latest[one.author, rows] = one
                for row in rows:
                    by_row.setdefault((one.author, row), {})[rows] = one
        return tuple(sorted(latest.values(), key=lambda one: one.line))

    @cached_property
    def disagreements(self) -> tuple[Disagreement, ...]:
        """Return the judgements of different authors that contradict one another."""
        by_row: dict[Iri, list[Judgement]] = {}
        for one in self.latest:
            by_row.setdefault(min(one.rows), []).append(one)
            if len(one.rows) > 1:
                by_row.setdefault(max(one.rows), []).append(one)
        clashes: dict[tuple[int, int], Disagreement] = {}
        for judgements in by_row.values():
            for place, one in enumerate(judgements):
                for other in judgements[place + 1 :]:
                    if one is not other and _contradict(one, other):
                        clashes[one.line, other.line] = Disagreement((one, other))
        return tuple(clashes[lines] for lines in sorted(clashes))

    @cached_property
    def counting(self) -> tuple[Judgement, ...]:
        """Return the judgements that count, by line."""
        void = {one.line for clash in self.disagreements for one in clash.judgements}
        return tuple(one for one in self.latest if one.line not in void)

    def as_of(self, month: str) -> Judgements:
        """
        Return what people had said at the end of a month.

        Args:
            month: The month, as YYYY-MM.

        >>> Judgements((Judgement("a", "dropped", dated="2024-05-01"),)).as_of("2024-04").dropped()
        frozenset()
        """
        return replace(self, lines=tuple(one for one in self.lines if one.dated[:7] <= month))

    # ---- what is said

    def judged_pairs(self) -> frozenset[tuple[Iri, Iri]]:
        """Return the records that are of one dataset, each pair in both orders."""
        return _both_ways(self._pairs("same"))

    def denied_pairs(self) -> frozenset[tuple[Iri, Iri]]:
        """Return the records that are not of one dataset, each pair in both orders."""
        return _both_ways(self._pairs(*_OTHER_THAN_SAME))

    def part_pairs(self) -> frozenset[tuple[Iri, Iri]]:
        """Return pairs of a record and one whose dataset holds its dataset."""
        return self._pairs("part-of")

    def split_pairs(self) -> frozenset[tuple[Iri, Iri]]:
        """Return pairs of a record and one of those that its dataset was split into."""
        return self._pairs("split")

    def replaced_pairs(self) -> frozenset[tuple[Iri, Iri]]:
        """Return pairs of a record and the one whose dataset replaces its dataset."""
        return self._pairs("replaced")

    def dropped(self) -> frozenset[Iri]:
        """Return the records of datasets that are no longer to come."""
        return frozenset(one.subject for one in self.counting if one.verdict == "dropped")

    def replaced(self) -> frozenset[Iri]:
        """Return the records of datasets that were replaced, whether or not it is said by which."""
        return frozenset(one.subject for one in self.counting if one.verdict == "replaced")

    def undecided(self) -> frozenset[Iri]:
        """Return the records of which somebody says that it cannot be told."""
        return frozenset(one.subject for one in self.counting if one.verdict == "cannot-tell")

    def source(self, one: Iri, other: Iri = "") -> Judgement | None:
        """Return the judgement that counts on a record alone, or on two in either order; None without one."""
        return self._by_rows.get(frozenset((one, other)) if other else frozenset((one,)))

    def _pairs(self, *verdicts: Verdict) -> frozenset[tuple[Iri, Iri]]:
        """Return the rows of judgements on two."""
        return frozenset((one.subject, one.object) for one in self.counting if one.object and one.verdict in verdicts)

    @cached_property
    def _by_rows(self) -> Mapping[frozenset[Iri], Judgement]:
        """Return the judgements that count by what they are about."""
        return {frozenset(one.rows): one for one in self.counting}

    # ---- findings

    def findings(self, known: Container[Iri]) -> list[Finding]:
        """
        Return what there is to say of the judgements themselves, by line.

        Args:
            known: The IRIs of records, and of whatever else may be judged.
        """
        findings = [self._disagreement(clash) for clash in self.disagreements]
        for one in self.latest:
            findings += [
                Finding("judgement-on-nothing", self.path.name, Place(one.line, one.line), {"iri": iri})
                for iri in one.rows
                if iri not in known
            ]
        return sorted(findings, key=lambda finding: (finding.place or Place(0, 0), finding.values.get("iri", "")))

    def _disagreement(self, clash: Disagreement) -> Finding:
        """Return the finding on judgements that contradict one another."""
        first, last = clash.judgements[0], clash.judgements[-1]
        values = {
            "record": first.subject,
            "authors": ", ".join(one.author for one in clash.judgements),
            "verdicts": ", ".join(one.verdict for one in clash.judgements),
            "lines": ", ".join(str(one.line) for one in clash.judgements),
        }
        return Finding("judgements-disagree", self.path.name, Place(first.line, last.line), values)


def _both_ways(pairs: Iterable[tuple[Iri, Iri]]) -> frozenset[tuple[Iri, Iri]]:
    """Return pairs in both orders."""
    return frozenset(way for one, other in pairs for way in ((one, other), (other, one)))


def _replaces(later: Judgement, earlier: Judgement) -> bool:
    """Tell whether a judgement takes the place of an earlier one of the same author on other rows."""
    if later.verdict == "cannot-tell":
        return later.subject in earlier.rows
    return later.subject == earlier.subject and (earlier.verdict == "cannot-tell" or _contradict(later, earlier))


def _contradict(one: Judgement, other: Judgement) -> bool:
    """Tell whether two judgements cannot both be right."""
    verdicts = {one.verdict, other.verdict}
    if "cannot-tell" in verdicts:
        return False
    if set(one.rows) == set(other.rows):
        if one.verdict == other.verdict:
            return one.verdict in _DIRECTED and one.subject != other.subject
        # That a row is part of another, or replaced by it, says also that they are not the same.
        return "not-same" not in verdicts or "same" in verdicts
    return one.subject == other.subject and bool(verdicts & _ENDS) and bool(verdicts & _GOES_ON)


# ---- reading


def read_judgements(path: Path, base: Iri) -> Judgements:
    """
    Return the judgements of a file; none if there is no such file.

    Args:
        path: The file.

        base: The base IRI of the catalogue.

    Raises:
        NotReadable: A line cannot be used.
    """
    if not path.exists():
        return Judgements(path=path)
    return Judgements(tuple(_judgement(path, mapping) for mapping in read_mappings(path, base)), path)


def _judgement(path: Path, mapping: SssomMapping) -> Judgement:
    """Return what a line says, or raise."""
    verdict = _verdict(path, mapping)
    for name, value in (("author_id", mapping.author), ("mapping_date", mapping.dated)):
        if not value:
            raise bad_line(path, mapping.line, "links.no-author", name=name)
    if mapping.justification not in {BY_HAND, REVIEWED}:
        raise bad_line(path, mapping.line, "links.not-of-person")
    if verdict == "cannot-tell" and not mapping.comment:
        raise bad_line(path, mapping.line, "links.no-comment")
    is_on_two = mapping.object != NO_TERM and not mapping.predicate.endswith(_FATE)
    other = mapping.object if is_on_two else ""
    if other == mapping.subject:
        raise bad_line(path, mapping.line, "links.with-itself")
    return Judgement(
        mapping.subject, verdict, other, mapping.author, mapping.dated, mapping.comment.strip(), mapping.line
    )


def _verdict(path: Path, mapping: SssomMapping) -> Verdict:
    """Return what is said, or raise."""
    if mapping.negated:
        if mapping.predicate not in {EXACT, CLOSE} or mapping.object == NO_TERM:
            raise bad_line(path, mapping.line, "links.not-alone")
        return "not-same"
    if mapping.predicate.endswith(_WITHDRAWN):
        return "withdrawn"
    if mapping.predicate.endswith(_FATE):
        fate = mapping.object.rpartition("#")[2]
        if fate == "dropped":
            return "dropped"
        if fate == "replaced":
            return "replaced"
        raise bad_line(path, mapping.line, "links.no-judged-fate", fate=fate)
    verdict = _BY_PREDICATE.get(mapping.predicate)
    if verdict is None:
        raise bad_line(path, mapping.line, "links.no-predicate", predicate=mapping.predicate)
    return "cannot-tell" if mapping.object == NO_TERM else verdict


def to_mapping(judgement: Judgement, base: Iri, labels: Sequence[str] = ("", "")) -> SssomMapping:
    """
    Return a judgement as a line of the file.

    Args:
        judgement: What a person says.

        base: The base IRI of the catalogue.

        labels: What the two rows are called.

    >>> to_mapping(Judgement("a", "not-same", "b", "me"), "https://example.org/").negated
    True
    """
    predicates = {verdict: predicate for predicate, verdict in _BY_PREDICATE.items()}
    predicate = predicates.get(judgement.verdict, EXACT)
    target = judgement.object or NO_TERM
    if judgement.verdict == "withdrawn":
        predicate = f"{base}{_WITHDRAWN}"
    elif judgement.verdict in _ENDS and not judgement.object:
        predicate, target = f"{base}{_FATE}", f"{base}{_OWN}{judgement.verdict}"
    return SssomMapping(
        judgement.subject,
        predicate,
        target,
        BY_HAND,
        judgement.verdict == "not-same",
        labels[0],
        labels[1] if judgement.object else "",
        author=judgement.author,
        dated=judgement.dated,
        comment=judgement.comment,
    )
