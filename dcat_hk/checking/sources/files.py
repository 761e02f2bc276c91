"""
Paths, folders, standard input -> files of RDF, each with its syntax, its name and what its relative IRIs mean.

In: what a user names. Out: `RdfFile`, which is either the very file or, where it was compressed, piped, in another
encoding, or needs contexts, a copy that lasts as long as the `Intake`. Bytes go from file to file a block at a time.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import os
import stat
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any, TypeVar

from ...core.allowance import allow
from ...core.errors import NotRdf, NotReadable
from ...core.limits import RdfLimits
from ...core.terms import Iri
from ...core.text import printable
from ...core.wording.refusals import SystemReason
from .contexts import Contexts
from .copies import CopyFolder
from .findings import SourceFinding
from .mending import mend
from .preparing import FilePreparer
from .rdffiles import NamedFile, RdfFile
from .scanning import exceeded
from .syntaxes import ENDINGS, syntax_of, syntax_of_media_type

if TYPE_CHECKING:
    from .fetching import Fetcher

Outcome = TypeVar("Outcome")

#: Standard input.
STDIN = Path("-")
#: Files of a folder that each hold a whole catalogue, the best first: N-Quads can always be cut into pieces, need no
#: base IRI, and are what other commands read of a published catalogue. All its files say the same.
_WHOLE = ("catalogue.nq", "catalogue.ttl")
_PACKED = b"\x1f\x8b"
#: What is unpacked up to so many bytes harms nobody, whatever its ratio.
_FREE = 10_000_000
#: So much of a value is shown.
_LONGEST = 200
#: What is said of a value where it is not read as if it were another: the names of rules and of errors.
_WRONG = {
    "invalid-iri": "rdf.no-iri",
    "blanks-around-iri": "rdf.no-iri",
    "blank-node-as-iri": "rdf.no-iri",
    "relative-iri": "rdf.no-iri",
    "invalid-language-tag": "rdf.no-language-tag",
    "invalid-node-id": "rdf.no-identifier",
    "invalid-id": "rdf.no-identifier",
    "repeated-id": "rdf.no-identifier",
}
#: What is asked for when RDF is fetched; what can be read fastest first.
_ACCEPT = (
    "text/turtle, application/n-triples;q=0.9, application/n-quads;q=0.9, application/trig;q=0.8, "
    "application/rdf+xml;q=0.8, application/ld+json;q=0.7, */*;q=0.1"
)


class Intake:
    """
    Takes in what a user names. Use it in a `with` block; with it copies go.

    Args:
        fetch: Whether contexts and imports may be fetched from the network.

        contexts: Files with the JSON-LD contexts of some addresses.

        limits: What a file may use.

    `findings` tells what is wrong with single values, as far as files have been looked at.

    >>> with Intake() as intake:
    ...     intake.files([Path("no/such.ttl")])
    Traceback (most recent call last):
    dcat_hk.core.errors.NotReadable: no/such.ttl: The file cannot be read: No such file or directory. Check the name.
    """

    def __init__(
        self, fetch: bool = False, contexts: Mapping[Iri, Path] | None = None, limits: RdfLimits | None = None
    ) -> None:
        """Make and open nothing yet."""
        self.fetches = fetch
        self.findings: list[SourceFinding] = []
        self._limits = limits or RdfLimits()
        self._stack = contextlib.ExitStack()
        self._copies = self._stack.enter_context(CopyFolder())
        self._fetcher: Fetcher | None = None
        known = Contexts(self._fetch if fetch else None, contexts)
        self._preparer = FilePreparer(self._copies.place, known, self._limits, self.findings)

    def __enter__(self) -> Intake:
        """Return itself."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        """Remove copies and close connections."""
        self._stack.close()

    def files(self, sources: Iterable[Path | NamedFile | RdfFile]) -> list[RdfFile]:
        """
        Return the files that are meant, each once.

        Args:
            sources: Files in any syntax, also gzipped; `-` is standard input; a folder stands for the catalogue that
                was published in it, else for the RDF files that lie in it. What was taken in before stays as it is.

        Raises:
            NotReadable: A file cannot be read or is damaged, a folder holds no RDF, a context cannot be fetched.

            NotRdf: A file whose name says nothing holds no RDF, or JSON-LD needs a context that may not be fetched.
        """
        files: list[RdfFile] = []
        named = list(dict.fromkeys(sources))
        for source in named:
            if isinstance(source, RdfFile):
                files.append(source)
                continue
            if isinstance(source, NamedFile):
                files.append(self._file(source.path, source.name))
                continue
            inside = _inside(source)
            files += map(self._file, inside)
            left_out = [path for path in folders_left_out(inside, source) if path not in named]
            self.findings += [SourceFinding(str(path), 0, "", "folder-left-out") for path in left_out]
        return files

    def imported(self, address: Iri, is_named: bool = True) -> RdfFile:
        """
        Return what stands at an address, in a file.

        Args:
            address: Of http or https, that data or shapes name.

            is_named: Whether a file of the user names it, and not what was fetched.

        Raises:
            NotReadable: It cannot be fetched.

            NotRdf: It is no RDF.
        """
        answer = self._fetch(address, _ACCEPT, is_named)
        if answer.kind in {"text/html", "application/xhtml+xml"}:
            raise NotReadable.of("checking.web-page-fetched", address)
        with _readable(address), _unpacked(io.BytesIO(answer.data)) as file:
            path = self._copied(file, address, len(answer.data))
            return self._preparer.prepare(path, syntax_of_media_type(answer.kind), address, answer.address)

    def read(self, files: Sequence[RdfFile], work: Callable[[list[RdfFile]], Outcome]) -> Outcome:
        """
        Return what work makes of files; where they cannot be read as they are, of copies that can.

        Args:
            files: What `files` gave.

            work: Reads them. It is done once more if a file has to be mended; `findings` then tells what was changed.

        Raises:
            NotRdf: A file cannot be read even so, or work raised it for another reason.

            NotReadable: A file cannot be opened.
        """
        try:
            return work(list(files))
        except (NotRdf, SyntaxError) as error:
            mended: list[RdfFile] = []
            found: list[SourceFinding] = []
            for file in files:
                with _readable(file.name):
                    other, findings = mend(file, self._copies.place, self._limits)
                mended.append(other)
                found += findings
            if mended == list(files):
                raise error
            self.findings += found
            return work(mended)

    def strictly(self, files: Sequence[RdfFile], work: Callable[[], Outcome]) -> Outcome:
        """
        Return what work returns that reads files which are used only as they are written, such as shapes.

        Args:
            files: What `files` gave.

            work: Reads them, and maybe others.

        Raises:
            NotRdf: One of the files cannot be read. If a single value is why, the error names it.
        """
        try:
            return work()
        except NotRdf as error:
            for file in files:
                if file.name in {error.where, error.where.rpartition(":")[0]}:
                    raise self._named(error, file) from error
            raise

    # ---- steps

    def _named(self, error: NotRdf, file: RdfFile) -> NotRdf:
        """Return the error that names the first value because of which a file cannot be read, if there is one."""
        try:
            with _readable(file.name):
                found = mend(file, self._copies.place, self._limits)[1]
        except NotRdf:
            return error
        wrong = min((finding for finding in found if finding.rule in _WRONG), default=None)
        if wrong is None:
            return error
        value = printable(wrong.value[:_LONGEST])
        return NotRdf.of(_WRONG[wrong.rule], wrong.place, value=value)

    def _file(self, path: Path, called: str = "") -> RdfFile:
        """Return a file that is there, or a copy of what cannot be read twice or is compressed."""
        # Relative IRIs of what is in no file of the user mean what they mean on standard input.
        name, base = called or str(path), _base_of(STDIN if called else path)
        with _readable(name):
            with _opened(path) as (file, is_plain, size):
                plain = path if is_plain else self._copied(file, name, size)
            return self._preparer.prepare(plain, syntax_of(path), name, base)

    def _copied(self, source: IO[bytes], name: str, size: int) -> Path:
        """Return a new file with what can be read from another; its size packed is known if it is packed."""
        path, copied = self._copies.place(), 0
        with path.open("wb") as copy:
            while block := source.read(1 << 20):
                copied += copy.write(block)
                allow(len(block))
                if copied > self._limits.unpacked:
                    raise exceeded("unpacked", self._limits.unpacked, "unpacked", name)
                if size and copied > max(_FREE, size * self._limits.ratio):
                    raise exceeded("ratio", self._limits.ratio, "ratio", name)
        return path

    def _fetch(self, address: Iri, accept: str, is_named: bool) -> Any:
        """Return what an address answers; the first time get ready for that."""
        if self._fetcher is None:
            from .fetching import Fetcher

            self._fetcher = self._stack.enter_context(Fetcher())
        return self._fetcher.fetch(address, accept, is_named)


def _inside(source: Path) -> list[Path]:
    """Return the files that a path stands for."""
    if not source.is_dir():
        return [source]
    for name in _WHOLE:
        if (source / name).is_file():
            return [source / name]
    with _readable(str(source)):
        paths = [path for path in sorted(source.iterdir()) if syntax_of(path) and path.is_file()]
    if not paths:
        raise NotReadable.of("checking.no-rdf-in-folder", str(source), endings=list(ENDINGS))
    return paths


def folders_left_out(files: Sequence[Path], source: Path) -> list[Path]:
    """
    Return the folders in a folder that hold RDF files, which are not read; none in a published catalogue.

    Args:
        files: What is read of the folder.

        source: The folder; a file has none in it.

    Raises:
        NotReadable: The folder cannot be read.
    """
    if not source.is_dir() or any(path.name in _WHOLE for path in files):
        return []
    with _readable(str(source)):
        return [
            folder
            for folder in sorted(source.iterdir())
            if folder.is_dir()
            and not folder.name.startswith(".")
            and any(syntax_of(path) and path.is_file() for path in folder.rglob("*"))
        ]


def _base_of(path: Path) -> Iri:
    """Return what relative IRIs in a file are relative to: itself, whatever copy is read."""
    return f"{Path.cwd().as_uri()}/" if path == STDIN else path.resolve().as_uri()


@contextlib.contextmanager
def _readable(name: str) -> Iterator[None]:
    """Raise what goes wrong with a file as an error of ours."""
    try:
        yield
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise NotReadable.of("checking.damaged", name) from error
    except OSError as error:
        raise NotReadable.of("checking.unreadable", name, reason=SystemReason.of(error)) from error


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[tuple[IO[bytes], bool, int]]:
    """Give a file's bytes, unpacked, whether the file itself can be read as often as needed, and its size if packed."""
    with contextlib.ExitStack() as stack:
        raw = sys.stdin.buffer if path == STDIN else stack.enter_context(path.open("rb"))
        file, is_packed = stack.enter_context(_peeked(raw))
        status = os.fstat(raw.fileno()) if path != STDIN else None
        is_file = status is not None and stat.S_ISREG(status.st_mode)
        yield file, is_file and not is_packed, status.st_size if status and is_file and is_packed else 0


@contextlib.contextmanager
def _peeked(raw: Any) -> Iterator[tuple[IO[bytes], bool]]:
    """Give bytes without compression, and whether there was any; content decides, not a name."""
    file = io.BufferedReader(raw)
    try:
        is_packed = file.peek(2)[:2] == _PACKED
        if is_packed:
            with gzip.GzipFile(fileobj=file) as unpacked:
                yield unpacked, True  # type: ignore[misc]
        else:
            yield file, False
    finally:
        # Whoever gave us standard input may want it back.
        file.detach()


@contextlib.contextmanager
def _unpacked(raw: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give bytes without compression."""
    with _peeked(raw) as (file, _is_packed):
        yield file
