"""
How commands write: files, standard output and tables.

In: what a command has to show. Out: text. Tables are drawn by rich, which is imported when needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from ..core.terminal import make_table, render
from ..core.wording.refusals import say
from .spoken import run_language


def write_output(
    pieces: Iterable[str | bytes], output: Path | None, format_name: str = "", *, quiet: bool = True
) -> None:
    """
    Write text or bytes to a file, or to standard output, text as UTF-8.

    Args:
        pieces: The text or bytes.

        output: The file; None, or a hyphen, for standard output.

        format_name: What the text is, for the message about the file.

        quiet: Whether there is no message about the file.
    """
    from ..core.files import write_file

    if output and output != Path("-"):
        size = write_file(output, pieces)
        if not quiet:
            click.echo(say("views.wrote", run_language(), file=str(output), size=size, format=format_name), err=True)
    else:
        for piece in pieces:
            click.echo(piece.encode() if isinstance(piece, str) else piece, nl=False)


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
