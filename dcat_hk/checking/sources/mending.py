"""
A file that a parser refuses -> a copy that it reads, with a finding for each value that had to change.

In: a file of RDF. Out: the file to read in its place. Only single values are changed: IRIs, language tags,
identifiers. What has no valid syntax otherwise is refused, with the line.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from pyoxigraph import RdfFormat

from ...core.errors import NotRdf
from ...core.limits import RdfLimits
from .contents import refusal_of_text
from .findings import SourceFinding
from .iris import TermFixer
from .jsonldtext import rewrite_jsonld
from .rdffiles import RdfFile
from .rdfxml import RdfXmlRewriter
from .syntaxes import LINES, START, CountedLines, ExpansionError, parsed, refusal, statements
from .turtletext import rewrite_turtle

#: What is wrong in these is told when relative IRIs have been resolved, or there are none.
_ABSOLUTE = LINES | {RdfFormat.JSON_LD}


def mend(file: RdfFile, place: Callable[[], Path], limits: RdfLimits) -> tuple[RdfFile, list[SourceFinding]]:
    """
    Return a file that can be read, and what was changed in it; the same one if it can be read as it is.

    Args:
        file: The file.

        place: Gives a path for a copy.

        limits: What may be held in memory.

    Raises:
        NotRdf: It cannot be read, whatever single values are changed.

        OSError: It cannot be read, or the copy not written.
    """
    try:
        _read_through(file)
    except ExpansionError as error:
        raise refusal(error, file.name) from error
    except (SyntaxError, ValueError, MemoryError) as error:
        problem = error
    else:
        return file, []
    copy, fixer = place(), TermFixer(file.name, "" if file.kind in _ABSOLUTE else file.base)
    mended = replace(file, path=copy)
    if file.kind == RdfFormat.JSON_LD:
        mended = replace(mended, kind=RdfFormat.N_QUADS)
        try:
            rewrite_jsonld(file.path, copy, fixer, file.base, limits, file.shown or file.path)
        except SyntaxError as error:
            raise refusal(error, file.name) from error
    elif file.kind == RdfFormat.RDF_XML:
        with copy.open("w", encoding="utf-8", newline="") as out:
            RdfXmlRewriter(out, fixer).rewrite(file.path)
    else:
        rewrite_turtle(file.path, copy, fixer)
    if not fixer.findings and file.kind != RdfFormat.JSON_LD:
        raise _refusal(problem, file)
    try:
        _read_through(mended)
    except (SyntaxError, ValueError, MemoryError) as error:
        raise _refusal(error, mended) from error
    return mended, fixer.findings


def _read_through(file: RdfFile) -> None:
    """Read a whole file, and forget it."""
    deque(statements(file.path, file.kind, file.base, file.ratio), maxlen=0)


def _refusal(error: Exception, file: RdfFile) -> NotRdf:
    """Return what to raise for a file that cannot be read; a text that is meant as none is called by its name."""
    if file.kind == RdfFormat.RDF_XML:
        return refusal(_located(error, file), file.name)
    if file.kind != RdfFormat.JSON_LD:
        with file.path.open("rb") as opened:
            known = refusal_of_text(opened.read(START), file.name)
        if known:
            return known
    return refusal(error, file.name)


def _located(error: Exception, file: RdfFile) -> Exception:
    """Return an error of RDF/XML with the line that had been read when it occurred."""
    with file.path.open("rb") as opened:
        reader = CountedLines(opened)
        try:
            deque(parsed(reader, file.kind, file.base, ratio=file.ratio), maxlen=0)
        except (SyntaxError, ValueError, MemoryError) as again:
            located = SyntaxError(getattr(again, "msg", None) or str(again))
            located.lineno = reader.line
            return located
    return error
