"""
Any RDF -> things by IRI, on disk: a catalogue of any size in little memory.

In: files in any syntax. Out: `Catalogue`, which gives a thing with all its properties. What files hold goes through
memory piece by piece into a table of subjects that the system deletes when the catalogue is closed.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import marshal
import sqlite3
import sys
import zlib
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..errors import NotRdf, NotReadable
from ..terms import Iri, Literal, Properties, Term, Thing, expand
from ..text import canonical_tag

if TYPE_CHECKING:
    from pyoxigraph import Quad

#: Syntaxes by the ending of a file's name; the content decides where the ending says nothing.
_SYNTAXES = {
    ".ttl": "TURTLE",
    ".nt": "N_TRIPLES",
    ".nq": "N_QUADS",
    ".trig": "TRIG",
    ".jsonld": "JSON_LD",
    ".json": "JSON_LD",
    ".rdf": "RDF_XML",
    ".xml": "RDF_XML",
    ".owl": "RDF_XML",
}
#: The file of an output folder that holds the whole catalogue.
_WHOLE = "catalogue.nq"
_TYPE = expand("rdf:type")
_XSD_STRING = expand("xsd:string")
_KINDS = tuple(expand(f"dcat:{name}") for name in ("Dataset", "Catalog", "DatasetSeries"))
_INNER = expand("dcat:catalog")
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
        self._of_kind: dict[Iri, set[Iri]] = {kind: set() for kind in _KINDS}
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

    @property
    def top(self) -> Iri:
        """Return the catalogue that no other contains; the first by IRI of several, nothing if there is none."""
        catalogues = self._of_kind[_KINDS[1]]
        return min(catalogues - self._inner, default=min(catalogues, default=""))

    def is_other(self, iri: Iri) -> bool:
        """Return whether a thing is a dataset, catalogue or series, so that no dataset's description takes it in."""
        return any(iri in found for found in self._of_kind.values())

    def base(self) -> Iri:
        """Return the base IRI of a catalogue of ours, nothing for any other."""
        ours = [iri.removesuffix("catalogue") for iri in self._of_kind[_KINDS[1]] if iri.endswith("/catalogue")]
        ours += [iri.partition("catalogue/")[0] for iri in self._of_kind[_KINDS[1]] if "/catalogue/" in iri]
        return min(ours, default="")

    def _thing(self, iri: Iri) -> Thing:
        """Return a thing with its properties in the order of the file; without any if nothing is said of it."""
        found: dict[Iri, dict[Term, None]] = {}
        for (data,) in self._table.execute("SELECT data FROM thing WHERE iri = ? ORDER BY rowid", (iri,)):
            for predicate, term in marshal.loads(data):  # noqa: S302 - written by ourselves, by this process
                objects = found.setdefault(predicate, {})
                objects[term if isinstance(term, str) else Literal(*term)] = None
        properties: Properties = {predicate: list(objects) for predicate, objects in found.items()}
        return Thing(iri, properties)

    def load(self, sources: Sequence[Path], base: Iri) -> None:
        """
        Take in files.

        Args:
            sources: RDF files in any syntax, also gzipped; `-` is standard input; a folder stands for the
                catalogue that was published in it, else for the RDF files that lie in it.

            base: What relative IRIs are relative to.

        Raises:
            NotReadable: A file cannot be read, or a folder holds no RDF.

            NotRdf: A file holds no RDF, or JSON-LD with a context that would have to be fetched.
        """
        for number, path in enumerate(_files(sources)):
            prefix = f"_:{number}." if number else "_:"
            batch: list[tuple[Iri, bytes]] = []
            for entry in self._runs(_quads(path, base), prefix):
                batch.append(entry)
                if len(batch) >= _BATCH:
                    self._store(batch)
            self._store(batch)
        self._table.execute("CREATE INDEX by_iri ON thing (iri)")

    def _store(self, batch: list[tuple[Iri, bytes]]) -> None:
        """Put subjects into the table and empty the list."""
        self._table.executemany("INSERT INTO thing VALUES (?, ?)", batch)
        batch.clear()

    def _runs(self, quads: Iterator[Quad], prefix: str) -> Iterator[tuple[Iri, bytes]]:
        """Yield what is said of a subject as far as it stands together in the file."""
        current: Any = None
        iri, said = "", []  # type: ignore[var-annotated]
        for quad in quads:
            if quad.subject != current:
                if said:
                    yield iri, marshal.dumps(said)
                current, said = quad.subject, []
                iri = _plain(current, prefix) or ""
            term = _plain(quad.object, prefix)
            if not iri or term is None:
                continue
            predicate = quad.predicate.value
            said.append((predicate, term))
            if predicate == _TYPE and term in self._of_kind:
                self._of_kind[term].add(iri)
            elif predicate == _INNER:
                self._inner.add(term)
        if said:
            yield iri, marshal.dumps(said)


@lru_cache(maxsize=64)
def _tag(tag: str) -> str:
    """Return a language tag in the case that BCP 47 recommends."""
    return canonical_tag(tag)


def _plain(term: Any, prefix: str) -> Any:
    """Return a pyoxigraph term as an IRI or a plain tuple; None for a triple, which no catalogue needs."""
    import pyoxigraph

    if isinstance(term, pyoxigraph.NamedNode):
        return term.value
    if isinstance(term, pyoxigraph.Literal):
        if term.language:
            return term.value, _tag(term.language), ""
        datatype = term.datatype.value
        return term.value, "", "" if datatype == _XSD_STRING else datatype
    return prefix + term.value if isinstance(term, pyoxigraph.BlankNode) else None


# ---- files


def _files(sources: Sequence[Path]) -> list[Path]:
    """Return the files that are meant."""
    found: list[Path] = []
    for source in sources:
        if not source.is_dir():
            found.append(source)
            continue
        whole = source / _WHOLE
        inside = [whole] if whole.is_file() else [p for p in sorted(source.iterdir()) if _ending(p) in _SYNTAXES]
        if not inside:
            raise NotReadable("The folder holds no RDF.", str(source), "Name a file, or the output folder of a build.")
        found += inside
    return found


def _ending(path: Path) -> str:
    """Return the ending of a file's name that says its syntax."""
    return Path(path.name.lower().removesuffix(".gz")).suffix


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[io.BufferedReader]:
    """Give a file or standard input, unzipped while it is read."""
    with contextlib.ExitStack() as stack:
        raw: Any = sys.stdin.buffer if str(path) == "-" else stack.enter_context(path.open("rb"))
        file = io.BufferedReader(raw)
        # Whoever gave us standard input may want it back.
        stack.callback(file.detach)
        if file.peek(2)[:2] == b"\x1f\x8b":
            yield io.BufferedReader(stack.enter_context(gzip.GzipFile(fileobj=file)))
        else:
            yield file


def _syntaxes(path: Path, start: bytes) -> list[str]:
    """Return the syntaxes that a file may be in, the likeliest first."""
    ending = _ending(path)
    if ending in _SYNTAXES:
        return [_SYNTAXES[ending]]
    start = start.lstrip()
    if start[:1] in {b"{", b"["}:
        return ["JSON_LD"]
    if start.startswith((b"<?xml", b"<rdf:", b"<!DOCTYPE")):
        return ["RDF_XML"]
    return ["TURTLE", "N_QUADS", "TRIG"]


def _quads(path: Path, base: Iri) -> Iterator[Quad]:
    """Yield a file's statements; of several possible syntaxes that one in which the whole file can be read."""
    import pyoxigraph

    try:
        with _opened(path) as file:
            choices = _syntaxes(path, file.peek(4096)[:4096])
            if len(choices) > 1:
                yield from _first_that_fits(file.read(), choices, base)
                return
            yield from pyoxigraph.parse(file, format=_format(choices[0]), **_options(choices[0], base))
    except OSError as error:
        why = error.strerror or str(error)
        raise NotReadable(f"The file cannot be read: {why}.", str(path), "Check the name.") from error
    except (EOFError, zlib.error) as error:
        raise NotReadable("The file is damaged.", str(path), "Fetch it again.") from error
    except (SyntaxError, ValueError) as error:
        raise NotRdf(f"The file holds no RDF that can be read ({error}).", str(path), "Check its syntax.") from error


def _first_that_fits(data: bytes, choices: Sequence[str], base: Iri) -> Iterator[Quad]:
    """Yield the statements of a file without a telling name, which is read as a whole."""
    import pyoxigraph

    for choice in choices:
        try:
            for _quad in pyoxigraph.parse(data, format=_format(choice), **_options(choice, base)):
                pass
        except (SyntaxError, ValueError):
            if choice == choices[-1]:
                raise
            continue
        yield from pyoxigraph.parse(data, format=_format(choice), **_options(choice, base))
        return


def _format(name: str) -> Any:
    """Return pyoxigraph's name of a syntax."""
    import pyoxigraph

    return getattr(pyoxigraph.RdfFormat, name)


def _options(syntax: str, base: Iri) -> dict[str, Any]:
    """Return what pyoxigraph is told besides the syntax."""
    return {} if syntax in {"N_TRIPLES", "N_QUADS"} else {"base_iri": base}
