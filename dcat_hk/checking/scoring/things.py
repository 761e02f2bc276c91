"""
Any RDF -> things by IRI, on disk: a catalogue of any size in little memory.

In: files in any syntax. Out: `Catalogue`, which gives a thing with all its properties. What files hold goes through
memory piece by piece into a table of subjects that the system deletes when the catalogue is closed.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ...core.errors import NotReadable
from ...core.languages import canonical_tag
from ...core.namespaces import DCAT, RDF, XSD
from ...core.terms import Iri, Literal, Properties, Term, Thing, expand
from ...core.vocabularies import find_base
from ...core.wording.refusals import SystemReason
from ..sources import Intake, NamedFile, RdfFile, SourceFinding
from ..sources.syntaxes import refusal, statements

if TYPE_CHECKING:
    from pyoxigraph import Quad

_KINDS = (DCAT.Dataset, DCAT.Catalog, DCAT.DatasetSeries)
#: What validation looks at as well, and the method does not score.
_NOT_SCORED = (DCAT.DatasetSeries, expand("dcat:DataService"), DCAT.CatalogRecord)
#: How many subjects are put into the table at once.
_BATCH = 10_000


def is_blank(iri: Iri) -> bool:
    """
    Return whether a thing has no IRI of its own.

    >>> is_blank("_:b0"), is_blank("https://example.org/a")
    (True, False)
    """
    return iri.startswith("_:")


class Catalogue:
    """
    Things by IRI. Use it in a `with` block.

    Blank nodes get names that begin with `_:`; named graphs are taken together.
    """

    def __init__(self) -> None:
        """Make an empty table; SQLite keeps it in a file of its own once it is too large for its cache."""
        self._table = sqlite3.connect("")
        self._table.execute("PRAGMA journal_mode = OFF")
        self._table.execute("PRAGMA synchronous = OFF")
        self._table.execute("CREATE TABLE thing (iri TEXT, data BLOB)")
        self._of_kind: dict[Iri, set[Iri]] = {kind: set() for kind in (*_KINDS, *_NOT_SCORED)}
        self.findings: list[SourceFinding] = []
        self._inner: set[Iri] = set()
        self.thing = lru_cache(maxsize=4096)(self._thing)

    def __enter__(self) -> Catalogue:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Delete the table."""
        self._table.close()

    @property
    def datasets(self) -> list[Iri]:
        """Return the datasets, sorted; catalogues and series, which DCAT counts among them, are none."""
        datasets, catalogues, series = (self._of_kind[kind] for kind in _KINDS)
        return sorted(datasets - catalogues - series)

    def not_scored(self) -> dict[Iri, int]:
        """Return how many things there are of each class that is not scored and that has any."""
        return {kind: len(self._of_kind[kind]) for kind in _NOT_SCORED if self._of_kind[kind]}

    @property
    def top(self) -> Iri:
        """Return the catalogue that no other contains; the first by IRI of several, nothing if there is none."""
        catalogues = self._of_kind[_KINDS[1]]
        return min(catalogues - self._inner, default=min(catalogues, default=""))

    def is_other(self, iri: Iri) -> bool:
        """Return whether a thing is a dataset, catalogue or series, so that no dataset's description takes it in."""
        return any(iri in self._of_kind[kind] for kind in _KINDS)

    def base(self) -> Iri:
        """Return the base IRI of a catalogue of ours, nothing for any other."""
        return min(filter(None, map(find_base, self._of_kind[DCAT.Catalog])), default="")

    def _thing(self, iri: Iri) -> Thing:
        """Return a thing with its properties in the order of the file; without any if nothing is said of it."""
        objects_of: dict[Iri, dict[Term, None]] = {}
        for (data,) in self._table.execute("SELECT data FROM thing WHERE iri = ? ORDER BY rowid", (iri,)):
            for predicate, term in marshal.loads(data):  # nosec B302 # noqa: S302 - written by this process
                objects = objects_of.setdefault(predicate, {})
                objects[term if isinstance(term, str) else Literal(*term)] = None
        properties: Properties = {predicate: list(objects) for predicate, objects in objects_of.items()}
        return Thing(iri, properties)

    def load(self, sources: Sequence[Path | NamedFile], base: Iri, intake: Intake | None = None) -> None:
        """
        Take in files.

        Args:
            sources: Whatever the intake takes in.

            base: What relative IRIs are relative to.

            intake: Opens files, and is closed afterwards; its findings are kept. Default: one that fetches nothing.

        Raises:
            NotReadable: A file cannot be read, or an address not be fetched.

            NotRdf: A file holds no RDF, or JSON-LD with a context that may not be fetched.
        """
        with intake or Intake() as opened:
            opened.read([replace(file, base=base) for file in opened.files(sources)], self._take)
            self.findings = sorted(set(opened.findings))
        self._table.execute("CREATE INDEX by_iri ON thing (iri)")

    def _take(self, files: Sequence[RdfFile]) -> None:
        """Take in files that can be read, and nothing that was taken in before."""
        self._table.execute("DELETE FROM thing")
        for iris in (*self._of_kind.values(), self._inner):
            iris.clear()
        for number, file in enumerate(files):
            labels = _BlankNumbers(f"_:{number}." if number else "_:")
            batch: list[tuple[Iri, bytes]] = []
            for entry in self._runs(_quads(file), labels):
                batch.append(entry)
                if len(batch) >= _BATCH:
                    self._store(batch)
            self._store(batch)

    def _store(self, batch: list[tuple[Iri, bytes]]) -> None:
        """Put subjects into the table and empty the list."""
        self._table.executemany("INSERT INTO thing VALUES (?, ?)", batch)
        batch.clear()

    def _runs(self, quads: Iterator[Quad], labels: _BlankNumbers) -> Iterator[tuple[Iri, bytes]]:
        """Yield what is said of a subject as far as it stands together in the file."""
        current: Any = None
        iri, pairs = "", []  # type: ignore[var-annotated]
        for quad in quads:
            if quad.subject != current:
                if pairs:
                    yield iri, marshal.dumps(pairs)
                current, pairs = quad.subject, []
                iri = _plain(current, labels) or ""
            term = _plain(quad.object, labels)
            if not iri or term is None:
                continue
            predicate = quad.predicate.value
            pairs.append((predicate, term))
            if predicate == RDF.type and term in self._of_kind:
                self._of_kind[term].add(iri)
            elif predicate == DCAT.catalog:
                self._inner.add(term)
        if pairs:
            yield iri, marshal.dumps(pairs)


class _BlankNumbers(dict[str, str]):
    """Names of blank nodes by the order in which a file has them: one without a label has another at each reading."""

    def __init__(self, prefix: str) -> None:
        """Take what the names of a file begin with."""
        super().__init__()
        self._prefix = prefix

    def __missing__(self, label: str) -> str:
        """Return the name for a label that comes for the first time."""
        self[label] = f"{self._prefix}b{len(self)}"
        return self[label]


@lru_cache(maxsize=64)
def _tag(tag: str) -> str:
    """Return a language tag in the case that BCP 47 recommends."""
    return canonical_tag(tag)


def _plain(term: Any, labels: _BlankNumbers) -> Any:
    """Return a pyoxigraph term as an IRI or a plain tuple; None for a triple, which no catalogue needs."""
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return term.value
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return term.value, _tag(term.language), ""
        datatype = term.datatype.value
        return term.value, "", "" if datatype == XSD.string else datatype
    return labels[term.value] if isinstance(term, pyoxigraph.BlankNode) else None


def _quads(file: RdfFile) -> Iterator[Quad]:
    """Yield a file's statements."""
    try:
        yield from statements(file.path, file.kind, file.base, file.ratio)
    except OSError as error:
        raise NotReadable.of("checking.unreadable", file.name, reason=SystemReason.of(error)) from error
    except (SyntaxError, ValueError, MemoryError) as error:
        raise refusal(error, file.name) from error
