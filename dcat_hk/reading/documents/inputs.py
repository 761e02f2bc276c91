"""
Files, folders, archives, standard input -> `Input`: what there is to read, each under a name of its own.

In: paths. Out: inputs, and their bytes when they are read. It knows nothing of what is in a plan; what cannot be read
is an input all the same and says so when it is read, so that the others are still read.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from ...core.errors import NotAPlan, NotReadable, UsageError
from ...core.files import PUBLISHED_FILES
from ...core.limits import Budget, Limits
from ...core.pages import OWN_PAGE
from ...core.text import printable
from ...core.wording.refusals import Phrase, SystemReason
from .archive import ArchiveMember, Package, is_beside
from .kinds import is_archive
from .rowfiles import has_rows, read_rows

#: Standard input.
STDIN = Path("-")
_ZIP_MARK = b"PK\x03\x04"
#: What the system says of a link that leads nowhere, or in a circle.
_NOTHING = frozenset({errno.ENOENT, errno.ENOTDIR, errno.EBADF, errno.ELOOP})
#: So much of a file tells whether it is an archive, or rows of plans, or a page of ours.
_GLANCE = 1 << 14
_PAGE_ENDINGS = frozenset({".htm", ".html"})


@dataclass(frozen=True, slots=True)
class Input:
    """
    One thing to read: a file, a file in an archive, or standard input.

    `member` is a file's number in the directory of the archive at `path`: names in an archive can repeat and can be in
    any encoding, numbers not.

    >>> Input(Path("plans.zip"), "plans.zip/2024/police.pdf", 3).name
    'plans.zip/2024/police.pdf'
    """

    path: Path
    name: str
    member: int | None = None
    #: What was read from standard input, which can be read only once.
    content: bytes | None = field(default=None, repr=False)
    #: What is wrong with the name that the archive gives the file; empty if nothing is.
    problem: str = field(default="", repr=False)
    #: Which plan of a file with the rows of several, from 0.
    part: int | None = field(default=None, repr=False)

    def read(self, limits: Limits = Limits()) -> bytes:  # noqa: B008 - frozen
        """
        Return the bytes.

        Args:
            limits: How many there may be.

        Raises:
            NotReadable: There is no such file, no permission, it is no file, or has no usable name in its archive.

            NotAPlan: There are too many, or the archive is broken or locked.
        """
        if self.problem:
            raise NotReadable.of(f"inputs.{self.problem}", self.name)
        budget = Budget(self.name, limits)
        with _open(self) as stream:
            if self.member is not None:
                return Package(stream, budget).read(self.member, "size")
            data = stream.read(limits.size + 1)
            budget.check("size", len(data))
            return data


def find_inputs(sources: Sequence[Path], limits: Limits = Limits()) -> list[Input]:  # noqa: B008 - frozen
    """
    Return what there is to read, each with the name it goes by.

    A folder stands for the files in it, at any depth, but hidden ones, notes (README.md and the like) and tables
    (.toml), and what the folders linked into it hold; a ZIP file stands for the files in it in the same way. A file in
    a folder goes by its path below it, a file in an archive by the archive's name and its path in it. Files of one name
    are told apart by their folders.

    Args:
        sources: Files and folders; `-` is standard input.

        limits: How large an archive may be.

    Raises:
        UsageError: There is no source, or a folder has no file in it.

    >>> find_inputs([Path("no/such.txt")])
    [Input(path=PosixPath('no/such.txt'), name='such.txt', member=None)]
    """
    names = _name_files(sources)[0]
    if not names:
        raise UsageError.of("inputs.none")
    return [
        each for path, name in _make_names_distinct(names) for each in _unfold(_make_input(path, name, limits), limits)
    ]


def find_repeats(sources: Sequence[Path]) -> list[Path]:
    """
    Return the files that are named again, in the same way or in another, and are read only once.

    Args:
        sources: Files and folders; `-` is standard input.

    Raises:
        UsageError: A folder has no file in it.

    >>> find_repeats([Path("no/such.txt"), Path("no/../no/such.txt")])
    [PosixPath('no/../no/such.txt')]
    """
    return _name_files(sources)[1]


def _name_files(sources: Sequence[Path]) -> tuple[dict[Path, Path], list[Path]]:
    """Return each file with the name that it goes by, and the files that are named again, in another way perhaps."""
    names: dict[Path, Path] = {}
    repeats: list[Path] = []
    known: set[Path] = set()
    for source in sources:
        files = {source: Path(source.name)}
        if source != STDIN and source.is_dir():
            files = {path: path.relative_to(source) for path in _files_in(source)}
            if not files:
                raise UsageError.of("inputs.empty-folder", str(source))
        for path, name in files.items():
            # A link to a file is another file: what it leads to may change, and which of two is meant is not known.
            place = path if path == STDIN else Path(os.path.realpath(path.parent), path.name)
            if place in known:
                repeats.append(path)
            else:
                known.add(place)
                names[path] = name
    return names, repeats


def read_file_bytes(path: Path, limits: Limits = Limits()) -> bytes:  # noqa: B008 - frozen
    """
    Return the bytes of a file.

    Args:
        path: A file; nothing else is waited for.

        limits: How many there may be.

    Raises:
        NotReadable: There is no such file, no permission, or it is no file.

        NotAPlan: There are too many.

    >>> read_file_bytes(Path("no/such.txt"))
    Traceback (most recent call last):
    dcat_hk.core.errors.NotReadable: no/such.txt: There is no such file. Check the name.
    """
    return Input(path, str(path)).read(limits)


# ---- files and folders


def _files_in(folder: Path) -> Iterator[Path]:
    """
    Yield the files in a folder at any depth, in order, and what of it cannot be looked into.

    Links to folders are not followed, so that none leads in a circle or out of the folder; only files are files:
    nothing is read from a device or a pipe. A published catalogue or a page of dcat-hk among plans is what an earlier
    run has written.
    """
    closed: list[Path] = []
    for name, folders, files in os.walk(folder, onerror=lambda error: closed.append(Path(error.filename))):
        folders.sort()
        inside = Path(name)
        if inside != folder and all(file in files for file in PUBLISHED_FILES):
            folders.clear()
            continue
        for path in (inside / file for file in sorted(files)):
            if _is_file(path) and not is_beside(path.relative_to(folder).parts) and not _is_own_page(path):
                yield path
    yield from (path for path in closed if path == folder or not is_beside(path.relative_to(folder).parts))


def _is_file(path: Path) -> bool:
    """Tell whether a path is a file, or something that only reading can tell: a link into a closed folder, say."""
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except OSError as error:
        return error.errno not in _NOTHING


def _is_own_page(path: Path) -> bool:
    """Tell whether a file is a page that dcat-hk has written, such as the report of a build."""
    if path.suffix.lower() not in _PAGE_ENDINGS:
        return False
    try:
        with path.open("rb") as file:
            return OWN_PAGE in file.read(_GLANCE)
    except OSError:
        return False


def _make_names_distinct(files: Mapping[Path, Path]) -> list[tuple[Path, str]]:
    """Return files with their names, with as many of their folders as it takes to tell them apart."""
    names = dict(files)
    while True:
        counts = Counter(names.values())
        same = [path for path, name in names.items() if counts[name] > 1]
        longer = {path: Path(*path.absolute().parts[-len(names[path].parts) - 1 :]) for path in same}
        if not same or longer == {path: names[path] for path in same}:
            return [(path, printable(name.as_posix())) for path, name in names.items()]
        names |= longer


def _make_input(path: Path, name: str, limits: Limits) -> Input:
    """Return the input at a path; what is at standard input is taken at once."""
    if path != STDIN:
        return Input(path, name)
    try:
        if sys.stdin is None:
            raise OSError(errno.EBADF, os.strerror(errno.EBADF))
        # One byte more than is allowed, so that reading says that it is too much.
        return Input(path, str(STDIN), None, sys.stdin.buffer.read(max(limits.size, limits.unpacked) + 1))
    except OSError as error:
        reason = Phrase("inputs.closed") if error.errno == errno.EBADF else SystemReason.of(error)
        raise NotReadable.of("inputs.standard-input", str(STDIN), reason=reason) from error


@contextmanager
def _open(source: Input) -> Iterator[IO[bytes]]:
    """Give what an input's bytes are read from, or raise with what to do instead."""
    if source.content is not None:
        yield BytesIO(source.content)
        return
    where = source.name if source.member is not None else str(source.path)
    try:
        if source.path.is_dir():
            next(source.path.iterdir(), None)  # says so if there is no permission
            raise IsADirectoryError
        if not stat.S_ISREG(source.path.stat().st_mode):
            raise NotReadable.of("inputs.pipe", where)
        with source.path.open("rb") as stream:
            before = _state_of(stream)
            yield stream
            if _state_of(stream) != before:
                raise NotReadable.of("inputs.changed", where)
    except FileNotFoundError as error:
        raise NotReadable.of("inputs.missing", where) from error
    except IsADirectoryError as error:
        raise NotReadable.of("inputs.folder", where) from error
    except PermissionError as error:
        raise NotReadable.of("inputs.no-permission", where) from error
    except OSError as error:
        raise NotReadable.of("inputs.unreadable", where, reason=SystemReason.of(error)) from error


def _state_of(stream: IO[bytes]) -> tuple[int, int]:
    """Return the size of an open file and when it was written last."""
    state = os.fstat(stream.fileno())
    return state.st_size, state.st_mtime_ns


# ---- archives


def _unfold(source: Input, limits: Limits) -> list[Input]:
    """Return the files in an archive, or the input itself if it is no archive, or one that cannot be read."""
    budget = Budget(source.name, limits)
    try:
        with _open(source) as stream:
            beginning = stream.read(_GLANCE)
            if has_rows(beginning):
                return _unfold_rows(source, beginning + stream.read(limits.size + 1 - len(beginning)))
            if not beginning.startswith(_ZIP_MARK):
                return [source]
            package = Package(stream, budget)
            if not is_archive(package.names):
                return [source]
            members = _without_own(package)
    except (NotReadable, NotAPlan):
        return [source]
    times: Counter[str] = Counter()
    inputs: list[Input] = []
    for member in members:
        name = f"{source.name}/{member.name or f'(file {member.number + 1})'}"
        times[name] += 1
        again = f" ({times[name]})" if times[name] > 1 else ""
        inputs.append(replace(source, name=name + again, member=member.number, problem=member.problem))
    return inputs or [source]


def _without_own(package: Package) -> list[ArchiveMember]:
    """Return the files of an archive that can be plans, but for published catalogues and pages of dcat-hk in it."""
    members = package.members()
    names = {member.name for member in members}
    folders = {name.rpartition("/")[0] for name in names} - {""}
    own = tuple(f"{folder}/" for folder in folders if all(f"{folder}/{file}" in names for file in PUBLISHED_FILES))
    return [member for member in members if not member.name.startswith(own) and not _is_own_member(package, member)]


def _is_own_member(package: Package, member: ArchiveMember) -> bool:
    """Tell whether a file of an archive is a page that dcat-hk has written; reading it says what is wrong with it."""
    if PurePosixPath(member.name).suffix.lower() not in _PAGE_ENDINGS:
        return False
    try:
        return OWN_PAGE in next(iter(package.unpack(member.number)), b"")[:_GLANCE]
    except NotAPlan:
        return False


def _unfold_rows(source: Input, data: bytes) -> list[Input]:
    """Return the plans of a file with the rows of several, or the input itself; errors come when it is read."""
    plans = read_rows(data, source.name)
    if len(plans) < 2:
        return [source]
    return [replace(source, name=f"{source.name}/{plan.name}", part=number) for number, plan in enumerate(plans)]
