"""
Commands that work on RDF of others: within limits of time and memory that the kernel keeps.

In: what was given to a command. Out: what the command does, or an error that names the limit. The work is done in a
copy of the program, which prints what the command prints; the program itself waits for it.
"""

from __future__ import annotations

import contextlib
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..core.errors import WorkerLost
from ..core.text import list_some
from .streams import silent_libraries

if TYPE_CHECKING:
    from ..core.limits import RdfLimits

#: So many files are named.
_SHOWN = 3


class Program:
    """Stands for the program as a shell runs it: other callers want to go on where the command ends, not in a copy."""


class LimitedCommand(click.Command):
    """A command whose work is done apart, within the limits on RDF, where the program was started for it."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        if ctx.find_object(Program) is None:
            return super().invoke(ctx)
        from ..core import allowance
        from .options import rdf_limits

        limits = rdf_limits(ctx.params.get("config"))
        name = self._name_files(ctx)
        code = allowance.run_apart(limits, name)
        if code is not None:
            ctx.exit(code)
        return self._work(ctx, limits, name)

    def _work(self, ctx: click.Context, limits: RdfLimits, name: str) -> Any:
        """Do the work, in the copy of the program."""
        from ..core.allowance import allow, end_in_order, is_limited, lacks_memory, too_large, too_slow

        allow(sum(_sizes(_paths_in(_given(ctx)))))
        try:
            with silent_libraries() if is_limited() else contextlib.nullcontext():
                return super().invoke(ctx)
        except (MemoryError, ImportError, OSError, RuntimeError) as error:
            if not (is_limited() and lacks_memory(error)):
                raise
        except WorkerLost as lost:
            if not lost.took_too_long:
                raise
            raise too_slow(limits, name) from lost
        finally:
            end_in_order()
        # What the work has left in memory has gone with its error.
        raise too_large(limits, name)

    def _name_files(self, ctx: click.Context) -> str:
        """Return the names of what a command was given, its arguments rather than its options."""
        arguments = [ctx.params[item.name] for item in self.params if isinstance(item, click.Argument) and item.name]
        for values in (arguments, _given(ctx)):
            given = [str(path) for path in _paths_in(values) if _is_there(path)]
            if given:
                return list_some(given, _SHOWN)
        return ""


def _is_there(path: Path) -> bool:
    """Tell whether a path is that of a file or a folder, or standard input; a query may be too long for a name."""
    try:
        return path == Path("-") or path.exists()
    except (OSError, ValueError):
        return False


def _given(ctx: click.Context) -> list[Any]:
    """Return the values of options and arguments, but for those of what is written and of the settings file."""
    return [value for name, value in ctx.params.items() if name not in {"output", "config"}]


def _paths_in(values: Iterable[Any]) -> Iterator[Path]:
    """Yield what may be a path in the values of options and arguments."""
    for value in values:
        if isinstance(value, Path):
            yield value
        elif isinstance(value, str) and value:
            yield Path(value)
        elif isinstance(value, tuple):
            yield from _paths_in(value)


def _sizes(paths: Iterable[Path]) -> Iterator[int]:
    """Yield the sizes of files, and of those in folders; what is no file, or cannot be looked at, has none."""
    for path in paths:
        with contextlib.suppress(OSError, ValueError):
            status = path.stat()
            if stat.S_ISDIR(status.st_mode):
                yield from (one.stat().st_size for one in path.iterdir() if one.is_file())
            elif stat.S_ISREG(status.st_mode):
                yield status.st_size
