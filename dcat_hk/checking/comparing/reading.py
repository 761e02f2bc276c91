"""
A build -> digests of its facts on disk, and facts again from the pieces of its file where something differs.

In: a build. Out: `BuildFacts`, made by one reading. Named graphs are read as one graph: which plan describes a dataset
is no fact about it.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Iterator
from types import TracebackType

from ...core.errors import NotRdf
from ...core.terms import Iri, expand
from ..shacl.neighbourhood import Block
from ..shacl.triples import FilePiece, blocks, divide
from .blanks import BlankNodes
from .builds import ComparedBuild
from .digests import BUCKET, DigestSpool, LinkSpool, digest
from .terms import PLAN_TERMS

_FILE_OF, _IDENTIFIER = f"<{expand('prov:specializationOf')}>", f"<{expand('dct:identifier')}>"
#: Links that lead from a thing to what it belongs to, in the end to a plan …
_TO_OWNER = frozenset(
    f"<{expand(name)}>"
    for name in (
        "foaf:primaryTopic",
        "dct:source",
        "owl:annotatedSource",
        "owl:annotatedTarget",
        "prov:specializationOf",
        "prov:wasDerivedFrom",
        "prov:wasRevisionOf",
    )
)
_PLAN_TO_OWNER = frozenset({"after", "before", "deliveredBy", "firstPromise", "inPlan", "lastPromise"})
_REVISION_OF, _LAST_PROMISE = f"<{expand('prov:wasRevisionOf')}>", "lastPromise"
#: … and links that lead the other way.
_FROM_OWNER = frozenset(
    f"<{expand(name)}>" for name in ("dcat:dataset", "dcat:distribution", "dcat:record", "dct:temporal")
)
#: More buckets would need more memory than they spare.
_MOST_BUCKETS = 4096


def count_buckets(*builds: ComparedBuild) -> int:
    """Return how many buckets the digests of builds need, so that one of them fits well into memory."""
    return min(_MOST_BUCKETS, 1 + max(build.mark[2] for build in builds) // BUCKET)


class BuildFacts:
    """
    The facts of a build. Use it in a `with` block.

    Args:
        build: The build.

        buckets: The number of buckets, the same for both builds.

        progress: Is told how many pieces of the file have been read, and how many there are.

    Raises:
        NotReadable: The file cannot be read.

        NotRdf: It is broken, or is no file of a build.
    """

    def __init__(self, build: ComparedBuild, buckets: int, progress: Callable[[int, int], None]) -> None:
        """Read the build."""
        self.build = build
        #: The base IRI of the catalogue.
        self.base: Iri = ""
        self.blanks = BlankNodes()
        self._stack = contextlib.ExitStack()
        self.digests, self.links = DigestSpool(buckets), LinkSpool()
        self._stack.callback(self.digests.close)
        self._stack.callback(self.links.close)
        self._roles: dict[str, str] = {}
        #: For each file of a plan the plan.
        self.plan_of: dict[str, str] = {}
        self._identifiers: dict[str, str] = {}
        self._pieces = divide([build.file])
        with contextlib.ExitStack() as on_error:
            on_error.push(self._stack)
            for number, piece in enumerate(self._pieces):
                self._read(piece, number)
                progress(number + 1, len(self._pieces))
            if not self.base:
                raise NotRdf.of("checking.no-catalogue", build.file.name)
            on_error.pop_all()

    def __enter__(self) -> BuildFacts:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Remove the temporary files."""
        self._stack.close()

    @property
    def plans(self) -> dict[Iri, frozenset[str]]:
        """Return the plans, each with the digests of its files."""
        digests: dict[Iri, set[str]] = {}
        for source, plan in self.plan_of.items():
            digests.setdefault(plan[1:-1], set()).add(self._identifiers.get(source, source))
        return {plan: frozenset(some) for plan, some in digests.items()}

    def blocks(self, numbers: Collection[int]) -> Iterator[tuple[str, Block]]:
        """Yield what some pieces say of things with IRIs, without values that are blank nodes."""
        for number in sorted(numbers):
            for subject, block in blocks(self._pieces[number]):
                if not subject.startswith("_:"):
                    yield subject, _without_blanks(block)

    def _read(self, piece: FilePiece, number: int) -> None:
        """Note what a piece says."""
        roles = self._roles
        for subject, block in blocks(piece):
            if subject.startswith("_:"):
                self.blanks.add(subject, block)
                continue
            digests = [digest(subject)]
            for predicate, values in block.items():
                role = roles.get(predicate)
                if role is None:
                    role = roles[predicate] = self._role(predicate)
                for value in values:
                    if value.startswith("_:"):
                        self.blanks.point(subject, predicate, value)
                        continue
                    digests.append(digest(f"{subject} {predicate} {value}"))
                    if role:
                        self._note(subject, value, role)
            self.digests.add(digests, number)

    def _role(self, predicate: str) -> str:
        """Return what is noted of a property's facts; the first property of our own tells the base IRI."""
        start, own, name = predicate[1:-1].partition(PLAN_TERMS)
        if own and not self.base:
            self.base = start
        if predicate in (_FILE_OF, _IDENTIFIER, _REVISION_OF):
            return predicate
        if own and name == _LAST_PROMISE:
            return name
        if predicate in _TO_OWNER or (own and name in _PLAN_TO_OWNER):
            return "to owner"
        return "from owner" if predicate in _FROM_OWNER else ""

    def _note(self, subject: str, value: str, role: str) -> None:
        """Note a link between things, or a file of a plan."""
        if role == _IDENTIFIER:
            if value.startswith('"sha256:'):
                self._identifiers[subject] = value
            return
        if role == _FILE_OF:
            self.plan_of[subject] = value
        if not value.startswith("<"):
            return
        child, parent = (value, subject) if role == "from owner" else (subject, value)
        self.links.add(child, parent)
        # What became of a promise, all plans of the line tell, also by not listing it.
        if role == _LAST_PROMISE:
            self.links.add(subject, _line_of(_plan_of(value)))
        if role == _REVISION_OF and "/plan/" in value:
            for one, other in ((subject, value), (value, subject)):
                self.links.add(_line_of(one), other)
                self.links.add(_line_of(one), _line_of(other))


def _line_of(plan: str) -> str:
    """Return the name of all plans that a plan follows or that follow it, as one thing that links lead from."""
    return f"line of {plan}"


def _plan_of(record: str) -> str:
    """
    Return the plan that a record belongs to.

    >>> _plan_of("<https://example.org/record/hk-hsd/2021-2023/A-1>")
    '<https://example.org/plan/hk-hsd/2021-2023>'
    """
    base, _record, name = record.rpartition("/record/")
    return f"{base}/plan/{name.rpartition('/')[0]}>"


def _without_blanks(block: Block) -> Block:
    """Return a block without objects that are blank nodes."""
    if not any(value.startswith("_:") for values in block.values() for value in values):
        return block
    kept = {predicate: [value for value in values if value[0] != "_"] for predicate, values in block.items()}
    return {predicate: values for predicate, values in kept.items() if values}
