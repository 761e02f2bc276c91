"""
Rows of text without cells whose texts show that a line of another column came between: told, though they look whole.

In: rows. Out: findings on rows of which it is not certain which column each piece of text belongs to.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...core.errors import Finding
from ...core.text import plain
from ...core.wording.plans import load_plan_wording
from ..documents import Document
from ..recognisers.values import find_formats
from .ledger import text_of
from .rows import RawRow
from .running.scores import balanced

_ENDS_UNFINISHED = re.compile(rf"(?:{load_plan_wording().cells.unfinished.pattern}|[,;\u3001])$")
_SMALL_WORD = re.compile(r"[a-z]{3,}\b(?!-)")
_WORDS_OUTSIDE = re.compile(r"\([^()]*\)")
_BRACKET_AT_END = re.compile(r"\([^()]*\)$")


def report_doubtful(
    document: Document, rows: Sequence[RawRow], known: Sequence[Finding], is_running: bool = False
) -> Iterator[Finding]:
    """
    Yield a finding on each row whose name, or category, begins or ends in the middle of a text, or may do so.

    Args:
        document: Where the rows are.

        rows: Rows that were read of text without cells.

        known: The findings on the same rows so far; a row that has been told of is passed over.

        is_running: Whether cells follow one another in lines, so that only words tell where one ends.
    """
    told = {finding.place for finding in known if finding.code == "unclear-columns"}
    whole = [row for row in rows if not row.part]
    names = [text_of(document, row.cell("title")) for row in whole]
    nameless = {place for place, name in enumerate(names) if not name}
    going_on = {place for place, name in enumerate(names) if _SMALL_WORD.match(name)}
    if 2 * len(going_on) > len(names):
        going_on = set()  # Names in small letters throughout.
    for place, row in enumerate(whole):
        # A name that a row lacks may be part of the row beside it; what begins small may go on the name above.
        is_beside = place not in nameless and not nameless.isdisjoint((place - 1, place + 1))
        is_beside = is_beside or not going_on.isdisjoint((place, place + 1))
        is_open = is_running and _may_end_elsewhere(document, row)
        if row.place not in told and (is_beside or is_open or _is_cut(document, row)):
            yield Finding("unclear-columns", document.name, row.place)


def _is_cut(document: Document, row: RawRow) -> bool:
    """Tell whether a name has one end of a bracket or formats beside a remark, or it or a category ends unfinished."""
    title, category, remark = (
        plain(text_of(document, row.cell(name))).strip() for name in ("title", "category", "description")
    )
    formats = _BRACKET_AT_END.search(title)
    has_formats = formats is not None and bool(find_formats(formats[0])[0]) and bool(remark)
    return not balanced(title) or has_formats or any(map(_ENDS_UNFINISHED.search, (category, title)))


def _may_end_elsewhere(document: Document, row: RawRow) -> bool:
    """
    Tell whether a name in English, with its remark behind it on one line, may as well end before another word.

    A capital begins the remark: several capitals tell nothing, and neither does one that stands further on.
    """
    title, remark = row.cell("title"), row.cell("description")
    if not title or not remark:
        return False
    last, first = title[-1].span, remark[0].span
    between = document.lines[last.line][last.end : first.start] if last.line == first.line else "|"
    text = f"{document.slice(title[0].span)} {text_of(document, remark)}" if len(title) == 1 else ""
    if between.strip() or not text.isascii() or last.end >= first.start:
        return False
    words = _WORDS_OUTSIDE.sub(" ", text).split()[1:]
    return sum(1 for word in words if word[0].isupper()) != 1 or not text_of(document, remark)[0].isupper()
