"""
What earlier runs found out, in a folder of the user: readings, comparisons, published files, results of validating.

In: a key and bytes. Out: the bytes of an earlier run of the very same program, or nothing. Nothing that is kept is ever
run: what it means is decided by whoever asks for it. A cache that cannot be used is none: it never makes a command
fail.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec

Value = TypeVar("Value")

#: What keeps nothing, as a setting.
NONE = "none"
#: How many bytes are kept; what was used least lately goes.
MOST = 1 << 30
_PACKAGE = Path(__file__).parents[1]
#: Where shapes are in a working copy; an installed package has them inside.
_SHAPES = _PACKAGE.parent / "shapes"
#: How the names of files end that say what the program does.
_PROGRAM = (".py", ".toml", ".ttl", ".json")
#: How the names of folders end that say which version of a package is installed.
_INSTALLED = (".dist-info", ".egg-info")
#: What the folder of a version of the program is called: nothing else in a user's folder is ever removed.
OWN_PREFIX = "dcat-hk-run-"
#: What the folder is called of what does not depend on the version of the program.
_LASTING = f"{OWN_PREFIX}lasting"
#: Of how many other versions of the program what they left is kept.
_OTHER_VERSIONS = 2
#: What the name of an entry begins with that is not finished, and after how many seconds nobody finishes it any more.
_UNFINISHED, _ABANDONED = ".unfinished-", 3600
#: What the name of a file begins with, in the folder of a version of the program, by which that version is recognised.
_RECOGNISED = ".program-"
#: How many seconds a file of the program must be old so that a later change of it can be told by its times.
_SETTLED = 10
_SUM_LENGTH = 16


class CacheSize(NamedTuple):
    """How much a cache holds: entries, and bytes."""

    entries: int
    size: int


class Cache:
    """
    A folder that keeps what this version of the program found out; without a folder it keeps nothing.

    Any number of processes may use it at once: an entry is there as a whole or not at all.

    Args:
        folder: The folder, made when it is missing. It is only used if nobody else can write to it.

        makes: Whether it is made when it is missing, and a part for this version of the program; else nothing is kept
            in it, only looked at.

        lasting: Whether what is kept is shared by all versions of the program: the keys say all that it depends on.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     kept = Cache(Path(folder))
    ...     kept.put("greeting", b"hello")
    ...     kept.get("greeting"), kept.get("farewell"), kept.measure()
    (b'hello', None, CacheSize(entries=1, size=21))
    """

    def __init__(self, folder: Path | None = None, *, makes: bool = True, lasting: bool = False) -> None:
        """Open the folder."""
        self._root: Path | None = None
        self._own: Path | None = None
        if folder is None:
            return
        if not makes:
            self._root = folder if _can_be_used(folder) else None
            return
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _is_private(folder):
                return
            own = folder / _LASTING if lasting else _own_folder(folder)
            own.mkdir(mode=0o700, exist_ok=True)
            if _is_ours(own):
                self._root, self._own = folder, own
                _forget_others(folder, own)
        except OSError:
            return

    @property
    def is_open(self) -> bool:
        """Tell whether anything is kept."""
        return self._own is not None

    @property
    def folder(self) -> Path | None:
        """Return the folder; None if nothing is kept."""
        return self._root

    @property
    def lasting(self) -> Cache:
        """Return the part that all versions of the program share, for what does not depend on the version."""
        return Cache(self._root, lasting=True) if self._own else self

    def get(self, key: str) -> bytes | None:
        """Return what an earlier run kept under a key; None if it is not there, or not whole."""
        if self._own is None:
            return None
        path = self._own / key
        try:
            data = path.read_bytes()
            if data[:_SUM_LENGTH] != _sum(key, data[_SUM_LENGTH:]):
                path.unlink()
                return None
            # What is used lately stays longest.
            os.utime(path)
        except OSError:
            return None
        return data[_SUM_LENGTH:]

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, the name of a file."""
        if self._own is None:
            return
        # Nothing waits for the disk: an entry that a power cut spoils is found out by its sum.
        name = ""
        try:
            with tempfile.NamedTemporaryFile(dir=self._own, prefix=_UNFINISHED, delete=False) as file:
                name = file.name
                file.write(_sum(key, data) + data)
            Path(name).replace(self._own / key)
        except OSError:
            with suppress(OSError):
                Path(name).unlink()

    def keep_folder(self, key: str, make: Callable[[Path], None]) -> Path | None:
        """
        Return the folder that is kept under a key; None if nothing can be kept.

        Args:
            key: The name of the folder.

            make: Fills an empty folder, if there is none under the key. What it raises is raised, but for an OSError.
        """
        if self._own is None:
            return None
        path, fresh = self._own / key, None
        try:
            if path.is_dir():
                os.utime(path)
                return path
            fresh = Path(tempfile.mkdtemp(dir=self._own, prefix=_UNFINISHED))
            make(fresh)
            # Who comes second keeps what the first one made.
            fresh.rename(path)
        except OSError:
            pass
        finally:
            if fresh is not None:
                shutil.rmtree(fresh, ignore_errors=True)
        return path if path.is_dir() else None

    def forget(self, key: str) -> None:
        """Remove the folder that is kept under a key; without one, nothing."""
        if self._own is not None and key:
            shutil.rmtree(self._own / key, ignore_errors=True)

    def measure(self) -> CacheSize:
        """Return how much all versions of the program keep here."""
        sizes = [_size_of(path, state) for path, state in self._entries()]
        return CacheSize(len(sizes), sum(sizes))

    def trim(self, most: int = MOST) -> None:
        """Remove what was used least lately, until no more than so many bytes are kept."""
        entries = sorted(self._entries(), key=lambda entry: (entry[1].st_mtime_ns, entry[0]))
        sizes = [_size_of(path, state) for path, state in entries]
        size = sum(sizes)
        for (path, state), length in zip(entries, sizes, strict=True):
            is_abandoned = path.name.startswith(_UNFINISHED) and abs(time.time() - state.st_mtime) > _ABANDONED
            if size > most or is_abandoned:
                size -= length
                if stat.S_ISDIR(state.st_mode):
                    shutil.rmtree(path, ignore_errors=True)
                    continue
                with suppress(OSError):
                    path.unlink()

    def clear(self) -> CacheSize:
        """Remove what all versions of the program keep here, and return how much it was."""
        size = self.measure()
        for folder in self._versions():
            shutil.rmtree(folder, ignore_errors=True)
        return size

    def _versions(self) -> list[Path]:
        """Return the folders of all versions of the program."""
        return _versions_in(self._root) if self._root else []

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Yield every entry of every version of the program."""
        for folder in self._versions():
            with suppress(OSError):
                for entry in os.scandir(folder):
                    if entry.name.startswith(_RECOGNISED):
                        continue
                    with suppress(OSError):
                        yield Path(entry.path), entry.stat(follow_symlinks=False)


#: Keeps nothing.
NO_CACHE = Cache()


def open_cache(setting: str = "", folder: Path | None = None, *, makes: bool = True) -> Cache:
    """
    Return the cache that a setting asks for.

    Args:
        setting: `none` for none, empty for that of the user, else a folder.

        folder: The same, before the setting.

        makes: Whether the folder is made when it is missing.

    >>> open_cache(NONE).is_open
    False
    """
    if str(setting if folder is None else folder) == NONE:
        return NO_CACHE
    return Cache(folder or (Path(setting) if setting else default_folder()), makes=makes)


def default_folder() -> Path:
    """Return the folder for caches of this user, where this system has it."""
    from platformdirs import user_cache_path

    return user_cache_path("dcat-hk", appauthor=False)


def _own_folder(folder: Path) -> Path:
    """
    Return the folder of this version of the program in a folder that only this user can write to.

    An earlier run may have left there how the program's files looked: then they need not be read again.
    """
    name, changed = state_of_program()
    known = next(folder.glob(f"{OWN_PREFIX}*/{_RECOGNISED}{name}"), None)
    if known is not None and _is_ours(known.parent):
        return known.parent
    own = folder / f"{OWN_PREFIX}{digest_of_program()}"
    if time.time() - changed > _SETTLED:
        own.mkdir(mode=0o700, exist_ok=True)
        if _is_ours(own):
            (own / f"{_RECOGNISED}{name}").touch(mode=0o600)
    return own


@cache
def digest_of_program() -> str:
    """Return what tells this version of the program, with all that it reads with, from every other."""
    from importlib import metadata

    digest = hashlib.sha256(sys.version.encode())
    for folder in (_PACKAGE, _SHAPES):
        for name, path in sorted((name, entry.path) for name, entry in _files_below(folder)):
            with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - there are many of them
                digest.update(name.encode() + file.read())
    with suppress(metadata.PackageNotFoundError):
        for line in metadata.requires("dcat-hk") or ():
            name = re.split(r"[^A-Za-z0-9._-]", line)[0]
            if "extra" not in line:
                # What Python has for this parses the whole description as mail.
                lines = (metadata.distribution(name).read_text("METADATA") or "").splitlines()
                version = next((line for line in lines if line.startswith("Version:")), "")
                digest.update(f"{name}={version}".encode())
    return digest.hexdigest()[:32]


@cache
def state_of_program() -> tuple[str, float]:
    """
    Return how the program's files look without reading them, and when the newest of them was changed.

    Versions whose files agree in name, place on the disk, size and times count as one, with the same packages.
    """
    seen: list[object] = [sys.version, str(_PACKAGE)]
    newest = 0.0
    for folder in (_PACKAGE, _SHAPES):
        for name, entry in sorted(_files_below(folder), key=lambda pair: pair[0]):
            state = entry.stat()
            seen.append((name, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns))
            newest = max(newest, state.st_mtime, state.st_ctime)
    for place in sys.path:
        with suppress(OSError), os.scandir(place or ".") as entries:
            seen += sorted(
                (entry.name, entry.stat().st_mtime_ns) for entry in entries if entry.name.endswith(_INSTALLED)
            )
    return hashlib.sha256(repr(seen).encode()).hexdigest()[:32], newest


def _files_below(folder: Path, inside: str = "") -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Yield the files that the program consists of, in a folder and those below, with their names from there."""
    with suppress(OSError), os.scandir(folder / inside) as entries:
        for entry in entries:
            if entry.name.endswith(_PROGRAM):
                yield inside + entry.name, entry
            elif entry.name != "__pycache__" and entry.is_dir():
                yield from _files_below(folder, f"{inside}{entry.name}/")


def dump_value(value: Any) -> bytes:
    """
    Return a value of our own types as bytes, for `load_value`.

    >>> load_value(dump_value((1, "a")), tuple[int, str])
    (1, 'a')
    """
    return msgspec.msgpack.encode(value)


def load_value(data: bytes | None, kind: type[Value]) -> Value | None:
    """
    Return a value from bytes; None if there are none, or if they are not of this kind.

    Args:
        data: What was kept. Whatever it says, nothing but a value of this kind is made of it.

        kind: What the value is.

    >>> load_value(b"not that", tuple[int, str]) is None
    True
    """
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None


def _sum(key: str, data: bytes) -> bytes:
    """Return what tells whether an entry is whole and under its own key."""
    return hashlib.blake2b(data, key=key.encode()[:64], digest_size=_SUM_LENGTH).digest()


def _size_of(path: Path, state: os.stat_result) -> int:
    """Return the bytes of an entry: of a file, or of all files in a folder."""
    if not stat.S_ISDIR(state.st_mode):
        return state.st_size
    size = 0
    with suppress(OSError):
        for inner in path.iterdir():
            size += inner.stat(follow_symlinks=False).st_size
    return size


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder is one that only this user can write to, and no link to another one."""
    return _is_private(folder) and not folder.is_symlink()


def _is_private(folder: Path) -> bool:
    """Tell whether only this user can write to a folder; where the system has no users, it is."""
    state = folder.stat()
    return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)


def _can_be_used(folder: Path) -> bool:
    """Tell whether a folder is one that only this user can write to, or can be made as one."""
    try:
        return (folder.is_dir() and _is_private(folder)) if os.path.lexists(folder) else _can_be_made(folder.parent)
    except OSError:
        return False


def _can_be_made(folder: Path) -> bool:
    """Tell whether the nearest folder that there is can have others in it."""
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    return folder.is_dir() and os.access(folder, os.W_OK)


def _versions_in(folder: Path) -> list[Path]:
    """Return what versions of the program left in a folder."""
    return [path for path in folder.glob(f"{OWN_PREFIX}*") if path.is_dir() and not path.is_symlink()]


def _forget_others(folder: Path, own: Path) -> None:
    """Remove what older versions of the program left, but for the newest of them."""
    versions = [other for other in _versions_in(folder) if other not in (own, folder / _LASTING)]
    for other in sorted(versions, key=lambda other: other.stat().st_mtime)[:-_OTHER_VERSIONS]:
        shutil.rmtree(other, ignore_errors=True)
