"""
What commands share: options, the language of messages, progress.

In: what click gives. Out: decorators and small functions; no command. Modules of commands import from here, so that
they need not know one another.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click

from ..core.errors import UsageError
from ..core.languages import COMMAND_LANGUAGES

_Command = TypeVar("_Command", bound=Callable[..., Any])

EXIT_CODES = """\b
Exit codes: 0 done; 1 a bug; 2 wrong usage; 3 an input cannot be read; 4 the shapes are violated; 5 a store fails."""

quiet_option = click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
language_option = click.option(
    "--lang", default="en", metavar="TAG", help="Language of messages: en, zh-Hant or zh-Hans."
)
published_option = click.option(
    "--from",
    "folder",
    type=click.Path(path_type=Path),
    default="output",
    show_default=True,
    help="Output folder of a build.",
)
config_option = click.option(
    "--config", type=click.Path(path_type=Path), help="Settings file; default dcat-hk.toml, if there."
)


def common_options(command: _Command) -> _Command:
    """Add the options of commands that have something to say."""
    command = quiet_option(command)
    command = click.option("-v", "--verbose", is_flag=True, help="Also tell of what is only worth knowing.")(command)
    return language_option(command)


def language_of(wanted: str) -> str:
    """
    Return the language of messages that serves best.

    Raises:
        UsageError: There are no messages in it.

    >>> language_of("zh-HK")
    'zh-Hant'
    """
    from ..core.languages import match_language

    found = match_language(wanted, COMMAND_LANGUAGES)
    if not found:
        raise UsageError(
            f"There are no messages in “{wanted}”.", "--lang", f"Languages are {', '.join(COMMAND_LANGUAGES)}."
        )
    return found


@contextmanager
def progress_shown(quiet: bool, in_bytes: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that shows progress on a terminal and does nothing elsewhere."""
    if quiet or not sys.stderr.isatty():
        yield lambda _stage, _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    counter = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), counter, TimeElapsedColumn())
    # Refreshed by hand: a thread of its own would be copied into the worker processes.
    with Progress(*columns, console=Console(stderr=True), auto_refresh=False) as shown:
        tasks: dict[str, Any] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = shown.add_task(stage, total=total)
            shown.update(tasks[stage], completed=done)
            shown.refresh()

        yield tell


def write_out(pieces: Iterable[str], output: Path | None, form: str, quiet: bool) -> None:
    """Write pieces into a file, saying how large it is, or to standard output."""
    from ..core.files import write_file

    if output:
        size = write_file(output, pieces)
        if not quiet:
            click.echo(f"{output}: {size:,} bytes of {form}.", err=True)
    else:
        for piece in pieces:
            click.echo(piece.encode(), nl=False)
