"""
Files and output folders that are replaced as a whole: readers see the old one or the new one, never a mixture.

In: a path. Out: a new file or folder to write into, and the exchange. It knows nothing of what is written.

What is written first has a name of its own in the folder of its target: threads, processes and containers that share
the folder may replace the same file at once, and one of them comes last. A folder is replaced by one of them at a time,
which holds its lock. Where the system cannot exchange two folders at once, as Windows cannot, they are renamed one
after the other.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import glob
import json
import os
import re
import shutil
import stat
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO

from .errors import NotReadable, UsageError
from .locks import KEEPS_OPEN_FILES, PATIENCE, hold_lock
from .reporting import Progress, no_progress
from .scratch import open_unfinished, remove_unfinished
from .wording.refusals import SystemReason

MANIFEST = "manifest.json"
#: What a manifest has tables of.
_TABLES = ("settings", "inputs", "outputs")
#: Files that every published catalogue has, by which its folder is known.
PUBLISHED_FILES = (MANIFEST, "catalogue.nq")
#: Of renameat2(2) on Linux, and of renamex_np(2) on macOS.
_RENAME_EXCHANGE = 2
_AT_FDCWD = -100
#: Where the folder is put meanwhile that a new one is put in the place of.
_OLD = "old"
#: Why a folder cannot be renamed to what is there: it holds files, or is a link to a folder.
_IS_FULL = frozenset({errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR})
#: Why two folders cannot be exchanged: the system or file system cannot, or one of them is not there.
_NO_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV, errno.ENOENT})


@contextlib.contextmanager
def replace_folder(
    target: Path, mark: str = "", *, progress: Progress = no_progress, patience: float = PATIENCE
) -> Iterator[Path]:
    """
    Give a new folder to write into; when the block ends well, put it in the place of the target.

    Its parent is for whatever else the block has to keep meanwhile. What a build that was killed has left
    behind is removed. When the block fails, the target stays as it was. One writer at a time has the target: others
    wait for it, in whatever container they run.

    Args:
        target: The output folder; it need not be there.

        mark: The name of a file that tells a folder of ours where no manifest lists what is in it.

        progress: Called with who is waited for, if somebody else is writing the folder.

        patience: How long to wait for that, in seconds.

    Raises:
        UsageError: The target holds files that no build wrote.

        NotReadable: The folder cannot be written, or somebody else is still writing it.
    """
    # Where the output is a link, what it leads to is replaced and the link stays.
    target = Path(os.path.realpath(target))
    if _is_mounted(target):
        # Told now, not when everything is read.
        raise _not_replaced(target, errno.EBUSY)
    made = _make_parents(target)
    try:
        with hold_lock(target.with_name(f".{target.name}.lock"), str(target), progress=progress, patience=patience):
            _remove_remains(target)
            if not (mark and (target / mark).is_file()):
                _refuse_strangers(target)
            with _building_folder(target) as building:
                new = building / "new"
                # Unlike the folder around it, this one gets the permissions that the user's umask leaves.
                new.mkdir()
                yield new
                # Until the disk has everything, a power cut after the exchange could lose old and new.
                _sync(new)
                _exchange(new, target)
    finally:
        # Only those that are empty go: nothing of a build that failed is left.
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()


def _is_mounted(target: Path) -> bool:
    """Tell whether a folder is mounted from elsewhere, also from the same file system."""
    if os.path.ismount(target):
        return True
    try:
        mounts = Path("/proc/self/mountinfo").read_bytes().splitlines()
    except OSError:
        return False
    # Blanks and the like are written as octal numbers.
    places = (re.sub(rb"\\([0-7]{3})", lambda found: bytes([int(found[1], 8)]), line.split()[4]) for line in mounts)
    return os.fsencode(target) in places


def _make_parents(target: Path) -> list[Path]:
    """Make the folders above a target, and return those that were not there, from the innermost out."""
    made = [folder for folder in target.parents if not folder.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotReadable.of("files.folder-unwritable", str(target.parent), reason=SystemReason.of(error)) from error
    return made


def _sync(folder: Path) -> None:
    """Wait until the disk has all files below a folder, and their names."""
    if not hasattr(os, "sync"):
        for path in folder.rglob("*"):
            if path.is_file():
                with path.open("rb+") as file:
                    os.fsync(file.fileno())
        return
    try:
        # Only of the one file system: others may take minutes, or never answer.
        sync = ctypes.CDLL(None, use_errno=True).syncfs
    except AttributeError:
        os.sync()
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if sync(descriptor) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def replace_file(path: Path) -> Iterator[IO[bytes]]:
    """
    Give a new file to write into; when the block ends well, put it in the place of another.

    Until then the old file stays, and when the block fails, it stays and the new one is removed. The new file has the
    permissions that the user's umask leaves. Where the path is a link, the file that it leads to is replaced. Devices,
    pipes and the process's own output are written as they are: a file in their place would take them from everybody.

    Args:
        path: The file to replace; it need not be there, its folder must.

    Raises:
        OSError: The file cannot be written.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "greeting"
    ...     with replace_file(path) as file:
    ...         size = file.write(b"hello")
    ...     path.read_bytes(), os.listdir(folder)
    (b'hello', ['greeting'])
    """
    if _is_channel(path):
        with path.open("wb") as file:
            yield file
        return
    path = Path(os.path.realpath(path))
    if path.is_symlink():
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    temporary, file = open_unfinished(path.parent)
    try:
        with file:
            yield file
            file.flush()
            # Until the disk has it, a power cut after the exchange could lose the old file and the new one.
            os.fsync(file.fileno())
            if not KEEPS_OPEN_FILES:
                # While it is open it is locked, so that nobody takes it for what a killed process has left.
                temporary.replace(path)
        if KEEPS_OPEN_FILES:
            temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _is_channel(path: Path) -> bool:
    """Tell whether a path is a device, a pipe or a socket, or leads to where this process writes its output."""
    try:
        status = path.stat()
    except OSError:
        return False
    if not stat.S_ISREG(status.st_mode):
        return not stat.S_ISDIR(status.st_mode)
    return any(_is_open_as(descriptor, status) for descriptor in (1, 2))


def _is_open_as(descriptor: int, status: os.stat_result) -> bool:
    """Tell whether a file is what one of this process's descriptors has open."""
    try:
        return os.path.samestat(os.fstat(descriptor), status)
    except OSError:
        return False


def write_file(path: Path, pieces: Iterable[str | bytes], *, is_swept: bool = False) -> int:
    """
    Write a file as a whole and return its size in bytes: until the last piece is there, the old one stays.

    Args:
        path: The file.

        pieces: Its text or its bytes.

        is_swept: Whether somebody has removed already what killed processes have left in its folder.

    Raises:
        NotReadable: The file cannot be written.
    """
    try:
        if not is_swept and not _is_channel(path):
            remove_unfinished(path.parent)
        with replace_file(path) as file:
            return sum(file.write(piece.encode() if isinstance(piece, str) else piece) for piece in pieces)
    except OSError as error:
        raise NotReadable.of("files.unwritable", str(path), reason=SystemReason.of(error)) from error


def write_files(contents: Sequence[tuple[Path, Iterable[str | bytes]]], *, is_swept: bool = False) -> None:
    """
    Write files of one folder that belong together: until all of them are on the disk, no old one is replaced.

    They are replaced one after the other, the first one first: whoever is killed in between leaves each old or new.

    Args:
        contents: The files, and the text or the bytes of each.

        is_swept: Whether somebody has removed already what killed processes have left in their folder.

    Raises:
        NotReadable: A file cannot be written; no file has changed then, unless the system refuses to rename one.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_files([(Path(folder) / name, [name]) for name in ("a", "b")])
    ...     sorted(os.listdir(folder))
    ['a', 'b']
    """
    at = contents[0][0]
    try:
        if not is_swept:
            remove_unfinished(at.parent)
        with contextlib.ExitStack() as stack:
            # What was entered last is left first.
            for at, pieces in reversed(contents):
                file = stack.enter_context(replace_file(at))
                for piece in pieces:
                    file.write(piece.encode() if isinstance(piece, str) else piece)
                file.flush()
                os.fsync(file.fileno())
    except OSError as error:
        raise NotReadable.of("files.unwritable", str(at), reason=SystemReason.of(error)) from error


def read_at(descriptor: int, length: int, offset: int) -> bytes:
    """
    Return bytes of an open file; processes that share the file do not disturb each other.

    Args:
        descriptor: The number of the open file.

        length: How many bytes, at most.

        offset: Where they begin.

    >>> with tempfile.TemporaryFile() as file:
    ...     size = file.write(b"abcdef")
    ...     file.flush()
    ...     read_at(file.fileno(), 2, 3)
    b'de'
    """
    if hasattr(os, "pread"):
        return os.pread(descriptor, length, offset)
    # Windows has none, and no processes there share an open file.
    os.lseek(descriptor, offset, os.SEEK_SET)
    return os.read(descriptor, length)


def _refuse_strangers(target: Path) -> None:
    """Raise if replacing the folder would lose files that no build wrote."""
    strangers: list[str] | None = None
    while strangers is None:
        try:
            strangers = _strangers(target)
        except FileNotFoundError:
            if not target.exists():
                return
        except NotADirectoryError:
            if not target.exists():
                return
            raise UsageError.of("files.no-folder", str(target)) from None
        except OSError as error:
            raise NotReadable.of("files.folder-unreadable", str(target), reason=SystemReason.of(error)) from error
    if strangers:
        raise UsageError.of("files.strangers", str(target), name=strangers[0])


def _strangers(target: Path) -> list[str]:
    """
    Return the names of files in a folder that its manifest does not list.

    The folder stays open, so that files of one build are never held against the manifest of another.

    Raises:
        FileNotFoundError: The folder was replaced meanwhile, and perhaps its manifest removed before its files.

        NotADirectoryError: It is a file.
    """
    if not hasattr(os, "fwalk"):
        return _strangers_by_path(target)
    folder = os.open(target, os.O_RDONLY | os.O_DIRECTORY)
    try:
        walk = os.fwalk(dir_fd=folder)
        present = {Path(parent, name).as_posix() for parent, _folders, names, _file in walk for name in names}
        strangers = sorted(present - set(_manifest_in(folder).get("outputs", {})) - {MANIFEST}) if present else []
        if strangers and not os.path.samestat(os.fstat(folder), target.stat()):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(target))
        return strangers
    finally:
        os.close(folder)


def _strangers_by_path(target: Path) -> list[str]:
    """Do the same where folders cannot be opened; nobody replaces one there that is being read."""
    if not stat.S_ISDIR(target.stat().st_mode):
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(target))
    present = {path.relative_to(target).as_posix() for path in target.rglob("*") if not path.is_dir()}
    outputs = read_manifest(target).get("outputs", {}) if present else {}
    return sorted(present - set(outputs) - {MANIFEST})


def _manifest_in(folder: int) -> dict[str, dict[str, object]]:
    """Return the manifest of an open output folder, empty if it has none that can be read."""
    try:
        with open(MANIFEST, encoding="utf-8", opener=partial(os.open, dir_fd=folder)) as file:
            return _parse_manifest(file.read())
    except (OSError, ValueError):
        return {}


def read_manifest(folder: Path) -> dict[str, dict[str, object]]:
    """Return the manifest of an output folder, empty if it has none that can be read."""
    try:
        return _parse_manifest((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _parse_manifest(text: str) -> dict[str, dict[str, object]]:
    """Return what a manifest says, nothing if it is none of ours."""
    try:
        manifest = json.loads(text)
    except RecursionError:
        return {}
    is_ours = isinstance(manifest, dict) and all(isinstance(manifest.get(name, {}), dict) for name in _TABLES)
    return manifest if is_ours else {}


# ---- folders that are being written


@contextlib.contextmanager
def _building_folder(target: Path) -> Iterator[Path]:
    """Give a new folder beside a target; remove it when the block ends."""
    try:
        building = Path(tempfile.mkdtemp(prefix=f".{target.name}.building-", dir=target.parent))
    except OSError as error:
        raise NotReadable.of("files.folder-unwritable", str(target.parent), reason=SystemReason.of(error)) from error
    try:
        yield building
    finally:
        _discard(building, target)


def _remove_remains(target: Path) -> None:
    """Remove what builds that were killed have left; put the target back if one has put it aside."""
    for building in target.parent.glob(f".{glob.escape(target.name)}.building-*"):
        _discard(building, target)


def _discard(building: Path, target: Path) -> None:
    """Remove a folder that was being written; put back the target if it is still put aside there."""
    old = building / _OLD
    while old.is_dir():
        try:
            # Under another name it is not put back by somebody else when half of it is removed.
            old.rename(building / "removed" if target.exists() else target)
        except OSError as error:
            if error.errno not in _IS_FULL:
                # It may be the only copy.
                return
    shutil.rmtree(building, ignore_errors=True)


# ---- exchange


def _exchange(new: Path, target: Path) -> None:
    """Put the new folder in the place of the target, in one step where the system can."""
    old = new.with_name(_OLD)
    while not _swap(new, target):
        try:
            new.rename(target)
            return
        except OSError as error:
            if error.errno not in _IS_FULL:
                raise _not_replaced(target, error.errno) from error
        # Again and again if others exchange the same folder meanwhile.
        shutil.rmtree(old, ignore_errors=True)
        try:
            target.rename(old)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _not_replaced(target, error.errno) from error


def _swap(one: Path, other: Path) -> bool:
    """Exchange two paths atomically; False where the system or file system cannot, or one is not there."""
    if sys.platform not in {"linux", "darwin"}:
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    old, new = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            result = libc.renamex_np(old, new, _RENAME_EXCHANGE)
        else:
            result = libc.renameat2(_AT_FDCWD, old, _AT_FDCWD, new, _RENAME_EXCHANGE)
    except AttributeError:
        return False
    if result == 0:
        return True
    if ctypes.get_errno() in _NO_EXCHANGE:
        return False
    raise _not_replaced(other, ctypes.get_errno())


def _not_replaced(target: Path, number: int | None) -> NotReadable:
    """Return the error for a folder that cannot be replaced."""
    if number == errno.EBUSY:
        return NotReadable.of("files.mounted", str(target))
    if number == errno.EXDEV:
        # What is written lies beside it, so that it is no other file system but a layer of this one.
        return NotReadable.of("files.in-image", str(target))
    return NotReadable.of("files.not-replaced", str(target), reason=SystemReason.of_number(number or 0))
