"""
Tables for a terminal.

In: columns and rows of text. Out: text, as wide as the terminal. The only module that draws tables with rich, which is
imported when a table is drawn.
"""

from __future__ import annotations

import io
import shutil
import sys
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from .text import harmless

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

#: How wide a table is where standard output is no terminal.
WIDTH_IN_A_PIPE = 160


def terminal_width(width: int | None = None) -> int:
    """
    Return how many columns there are for text on standard output.

    Args:
        width: A number that is taken as it is; None for those of the terminal, or of a pipe.

    >>> terminal_width(50)
    50
    """
    if width is not None:
        return width
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH_IN_A_PIPE


def make_table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], numeric: Collection[str] = (), title: str = ""
) -> Table:
    """
    Return a table for `render`; what does not fit a column goes on below.

    Args:
        columns: The headings.

        rows: The cells of each row.

        numeric: Headings of columns of numbers, which are aligned to the right.

        title: What stands above the table.
    """
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title) if title else None, box=SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for column in columns:
        is_numeric = column in numeric
        table.add_column(column, justify="right" if is_numeric else "left", overflow="fold", no_wrap=is_numeric)
    for row in rows:
        table.add_row(*map(Text, row))
    return table


def render(
    items: Iterable[RenderableType], width: int | None = None, width_in_pipe: int | None = WIDTH_IN_A_PIPE
) -> str:
    """
    Return tables and paragraphs as text that is harmless for a terminal.

    Args:
        items: Tables and paragraphs.

        width: Columns of characters; None for the width of the terminal.

        width_in_pipe: The width if standard output is no terminal and no width is given.

    >>> render([make_table(["name", "count"], [["a", "1"]], ["count"])], 40).split("\\n")[1:-2]
    [' name   count', ' ────────────', ' a          1']
    """
    from rich.console import Console

    out = io.StringIO()
    if width is None and not sys.stdout.isatty():
        width = width_in_pipe
    console = Console(file=out, width=width, force_terminal=False, highlight=False, emoji=False, markup=False)
    for item in items:
        console.print(item)
    return "\n".join(harmless(line.rstrip()) for line in out.getvalue().split("\n"))
