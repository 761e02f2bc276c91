"""
Waits until files change, for `build --watch`.

In: files and folders. Out: the names of what has changed, again and again.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

#: How often files are looked at where the system tells of no change, as on network disks, in milliseconds.
_LOOK_EVERY = 2_000
#: How long several changes are taken together, in milliseconds.
_TOGETHER = 300


class WatchedFiles(NamedTuple):
    """
    What is watched: files and folders, and those in which changes do not count.

    Args:
        sources: Files and folders; those that are not there yet are waited for.

        ignored: Files and folders in which changes do not count, such as the output.
    """

    sources: Sequence[Path]
    ignored: Collection[Path] = ()


def watch_files(find: Callable[[], WatchedFiles]) -> Iterator[list[str]]:
    """
    Yield the names of files that changed since the last time, or since this call; what changes meanwhile counts, too.

    Args:
        find: Says what is watched. It is asked again and again: settings that change may name other folders.

    Raises:
        KeyboardInterrupt: A key ends the waiting.
    """
    # Looked at now, and not when somebody waits: what changes in between would be overlooked.
    return _changes(find, _states_of(find()))


def _changes(find: Callable[[], WatchedFiles], before: dict[Path, tuple[int, int]]) -> Iterator[list[str]]:
    """Yield the names of files that are not as they were before."""
    from watchfiles import watch

    while True:
        folders = {_existing(source if source.is_dir() else source.parent) for source in find().sources}
        looks = watch(
            *sorted(folders),
            watch_filter=None,
            debounce=_TOGETHER,
            step=_TOGETHER // 3,
            rust_timeout=_LOOK_EVERY,
            yield_on_timeout=True,
        )
        while True:
            with _signals_kept():
                next(looks)
            now = _states_of(find())
            if now != before:
                changed = sorted(str(path) for path in now.keys() | before.keys() if now.get(path) != before.get(path))
                before = now
                yield changed
                # Folders may be there now that were not.
                break


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Let signals do what they do elsewhere: the library that waits takes every exception of theirs for a key."""
    came: list[int] = []

    def note(number: int, _frame: object) -> None:
        came.append(number)
        raise KeyboardInterrupt

    handlers = {}
    if threading.current_thread() is threading.main_thread():
        handlers = {
            number: signal.getsignal(number) for number in (signal.SIGTERM, getattr(signal, "SIGHUP", None)) if number
        }
    own = {number: handler for number, handler in handlers.items() if callable(handler)}
    for number in own:
        signal.signal(number, note)
    try:
        yield
    except KeyboardInterrupt:
        for number in came:
            own[number](number, None)
        raise
    finally:
        for number, handler in own.items():
            if signal.getsignal(number) == note:
                signal.signal(number, handler)


def _existing(folder: Path) -> Path:
    """Return a folder, or the one above it that is there."""
    while not folder.is_dir():
        folder = folder.absolute().parent
    return folder


def _states_of(watched: WatchedFiles) -> dict[Path, tuple[int, int]]:
    """Return size and time of every file that counts."""
    out = {Path(os.path.realpath(path)) for path in watched.ignored}
    states: dict[Path, tuple[int, int]] = {}
    for source in watched.sources:
        paths = [source]
        if source.is_dir():
            paths = []
            for name, folders, files in os.walk(source):
                folders[:] = [one for one in folders if Path(os.path.realpath(Path(name, one))) not in out]
                paths += [Path(name, file) for file in files]
        for path in paths:
            with suppress(OSError):
                state = path.stat()
                states[path] = (state.st_size, state.st_mtime_ns)
    return states
