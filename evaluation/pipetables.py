"""
Writes plans as Markdown with pipe tables: what people keep in a repository, or paste out of a note-taking program.

In: the blocks of a plan. Out: text. A pipe table has no merged cells: what is merged elsewhere is repeated.
"""

from __future__ import annotations

from pathlib import Path

from inline import runs
from source import BULLET, Cells, Plan, Table, blocks

_LEVEL = {"bureau": "# ", "title": "## ", "section": "### ", "body": "#### ", "split": "#### "}
_SIGNS = {"struck": "~~{}~~", "raised": "<sup>{}</sup>", "": "{}"}


def write_markdown(plan: Plan, path: Path) -> None:
    """
    Write a plan with headings and pipe tables.

    Args:
        plan: What to write.

        path: Where to.
    """
    parts: list[str] = []
    for block in blocks(plan, merge=False):
        if isinstance(block, Table):
            rule = "|" + " --- |" * len(block.widths)
            parts.append("\n".join([_row(block.headers[0]), rule, *map(_row, block.rows)]))
        else:
            parts += [_LEVEL.get(block.kind, "") + _inline(line) for line in block.text.split("\n")]
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _row(cells: Cells) -> str:
    """Return a row on one line; paragraphs of a cell are parted by breaks."""
    texts = ["<br>".join(map(_paragraph, cell.paragraphs)) if cell else "" for cell in cells]
    return "| " + " | ".join(texts) + " |"


def _paragraph(text: str) -> str:
    """Return a paragraph of a cell; items of a list have a typed bullet."""
    return "• " * text.startswith(BULLET) + _inline(text.removeprefix(BULLET))


def _inline(text: str) -> str:
    """Return a wording with the signs of its marks; bars would end the cell, angle brackets begin a tag."""
    return "".join(_SIGNS[kind].format(part.replace("|", r"\|").replace("<", "&lt;")) for part, kind in runs(text))
