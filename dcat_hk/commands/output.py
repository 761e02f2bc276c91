"""
How commands write: files, standard output, progress, JSON and tables.

In: what a command has to show. Out: text. Tables and progress bars are drawn by rich, which is imported when needed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from ..core.locks import WAITING
from ..core.reporting import Progress, no_progress
from ..core.terminal import make_table, render
from ..core.wording.printed import make_agree


def write_output(pieces: Iterable[str], output: Path | None, format_name: str = "", *, quiet: bool = True) -> None:
    """
    Write text to a file, or to standard output as UTF-8.

    Args:
        pieces: The text.

        output: The file; None, or a hyphen, for standard output.

        format_name: What the text is, for the message about the file.

        quiet: Whether there is no message about the file.
    """
    from ..core.files import write_file

    if output and output != Path("-"):
        size = write_file(output, pieces)
        if not quiet:
            click.echo(f"Wrote {output}: {make_agree(f'{size:,} bytes')} of {format_name}.", err=True)
    else:
        for piece in pieces:
            click.echo(piece.encode(), nl=False)


@contextmanager
def progress_shown(quiet: bool, in_bytes: bool = False) -> Iterator[Progress]:
    """Give a function that shows progress on a terminal; elsewhere it only says who is waited for."""
    if quiet or not sys.stderr.isatty():
        yield no_progress if quiet else _tell_waiting
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn
    from rich.progress import Progress as ProgressBars

    counter = DownloadColumn() if in_bytes else MofNCompleteColumn()
    columns = (TextColumn("{task.description}"), BarColumn(), counter, TimeElapsedColumn())
    # Refreshed by hand: a thread of its own would be copied into the worker processes.
    with ProgressBars(*columns, console=Console(stderr=True), auto_refresh=False) as shown:
        tasks: dict[str, Any] = {}

        def show(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = shown.add_task(stage, total=total)
            shown.update(tasks[stage], completed=done)
            shown.refresh()

        yield show


def _tell_waiting(stage: str, _done: int, _total: int) -> None:
    """Print who is waited for."""
    if stage.startswith(WAITING):
        click.echo(f"{stage}.", err=True)


def format_table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    right: Sequence[str] = (),
    width: int | None = None,
) -> str:
    """
    Return a table as text.

    Args:
        title: Stands above the table; empty for none.

        columns: The headings.

        rows: The cells of each row.

        right: The columns that are aligned to the right.

        width: Columns of the terminal; default those of the terminal, and 160 in a pipe.
    """
    return render([make_table(columns, rows, right, title)], width)
