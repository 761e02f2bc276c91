"""
How commands write: files, standard output and tables.

In: what a command has to show. Out: text. Tables are drawn by rich, which is imported when needed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

import click

from ..core.errors import UsageError
from ..core.terminal import make_table, render
from ..core.wording.refusals import say
from .spoken import run_language


def check_output(
    output: Path | None,
    sources: Iterable[Path],
    config: Path | None,
    option: str = "-o",
    *,
    links: Path | None = None,
    decisions: Path | None = None,
) -> None:
    """
    Check that a file to write takes the place of no file to read.

    Args:
        output: The file to write; None, or a hyphen, for standard output.

        sources: The files and folders to read.

        config: The settings file.

        option: The option that names the file.

        links: The folder of links that an option names.

        decisions: The folder of decisions that an option names.

    Raises:
        UsageError: It is one of the files to read, or lies in a published catalogue.
    """
    if output is None or output == Path("-"):
        return
    named = [source for source in sources if source != Path("-") and source.exists()]
    check_not_read(output, [*named, config], option)
    if find_place(output).is_file():
        from ..build import find_inputs, limits_of
        from ..build.linkfolder import list_beside
        from ..core.settings import load_settings

        settings = load_settings(config, {})
        read = find_inputs(named, limits_of(settings)) if named else []
        beside = list_beside(named, links, decisions, settings)
        check_not_read(output, [*(one.path for one in read), *beside], option)


def check_not_read(output: Path | None, files: Iterable[Path | None], option: str = "-o") -> None:
    """
    Check that a file to write is none of some files to read.

    Args:
        output: The file to write; None, or a hyphen, for standard output.

        files: The files to read; of a folder, the files of RDF in it.

        option: The option that names the file.

    Raises:
        UsageError: It is one of them, or lies in a published catalogue.
    """
    if output is None or output == Path("-"):
        return
    _check_place(output)
    place = find_place(output)
    if not place.is_file():
        return
    if any(_is_read(path, place) for path in files if path):
        raise UsageError.of("options.output-is-input", f"{option} {output}")


def find_place(output: Path) -> Path:
    """
    Return where a file will be written, whose folders are made where they are missing.

    Args:
        output: The file to write.

    >>> find_place(Path("/none/missing/../a.txt")).as_posix()
    '/none/a.txt'
    """
    return Path(os.path.realpath(output))


def _is_read(path: Path, output: Path) -> bool:
    """Tell whether a file would be read where a path is named."""
    from ..checking.sources.syntaxes import syntax_of

    try:
        if path.is_dir():
            return output.parent.samefile(path) and bool(syntax_of(output))
        return path.is_file() and path.samefile(output)
    except (OSError, ValueError):
        # Text that is a query, say, and no name that a file could have.
        return False


def _check_place(output: Path) -> None:
    """
    Check that a file to write lies in no published catalogue: it would break it, or stop the next build.

    Raises:
        UsageError: It does.
    """
    from ..core.files import PUBLISHED_FILES

    for folder in output.absolute().parents:
        if all((folder / name).is_file() for name in PUBLISHED_FILES):
            raise UsageError.of("options.output-in-catalogue", str(output), folder=str(folder))


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

    Raises:
        UsageError: The file would lie in a published catalogue.

        InputError: The file cannot be written.
    """
    from ..core.files import write_file

    if output and output != Path("-"):
        _check_place(output)
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
