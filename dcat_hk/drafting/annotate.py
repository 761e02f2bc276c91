"""
Findings -> comments in the document that they are on.

In: the bytes of a Word or Excel file and findings. Out: the same file with a comment at each place; nothing else of it
changes. It decides what a comment says, not where in a file it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module
from typing import NamedTuple

from ..core.errors import Finding, UsageError
from ..core.limits import Budget, Limits
from ..core.place import Place
from ..core.wording.messages import load_printed_texts
from ..core.wording.printed import translate_place
from ..core.wording.refusals import say
from ..reading.documents.kinds import kind_of

#: Who makes the comments.
AUTHOR = "dcat-hk"
#: The modules and functions that write comments into each kind of file, and how such files are called.
_WRITERS = {
    "docx": ("annotate_word", "annotate_word", (".docx", ".docm")),
    "xlsx": ("annotate_sheet", "annotate_sheet", (".xlsx", ".xlsm")),
}


class Comment(NamedTuple):
    """
    What is said, paragraph by paragraph, and where; the place is None for the document as a whole.

    `where` is the place in words of the language, for comments that cannot stand there.
    """

    place: Place | None
    where: str
    paragraphs: tuple[str, ...]


def annotate(
    data: bytes,
    name: str,
    findings: Sequence[Finding],
    language: str,
    limits: Limits = Limits(),  # noqa: B008 - frozen
) -> bytes:
    """
    Return a document with a comment for each finding.

    Args:
        data: The bytes of a Word or an Excel file.

        name: What it is called.

        findings: What is to be said, in the order of the document.

        language: The language of the comments.

        limits: How much looking for the places may cost.

    Raises:
        UsageError: The file is of another kind.
    """
    kind = kind_of(data, name, limits)
    if kind not in _WRITERS:
        raise UsageError.of("annotate.kind", name)
    module, function, _endings = _WRITERS[kind]
    write: Callable[[bytes, Sequence[Comment], Budget], bytes]
    write = getattr(import_module(f"{__package__}.{module}"), function)
    return write(data, [make_comment(finding, language) for finding in findings], Budget(name, limits))


def check_ending(data: bytes, name: str, ending: str, limits: Limits = Limits()) -> None:  # noqa: B008 - frozen
    """
    Raise unless a document can be given back with comments under a name with an ending.

    Args:
        data: The bytes of the document.

        name: What it is called.

        ending: The ending of the other name, such as .docx.

        limits: How many parts a compressed file may have.

    Raises:
        UsageError: The file has no comments, or its kind is not what the ending says.

    >>> check_ending(b"no office file", "plan.txt", ".docx")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    dcat_hk.core.errors.UsageError: plan.txt: Only Word and Excel files can be given back with comments. ...
    """
    kind = kind_of(data, name, limits)
    if kind not in _WRITERS:
        raise UsageError.of("annotate.kind", name)
    endings = _WRITERS[kind][2]
    if ending.lower() not in endings:
        raise UsageError.of("annotate.ending", name, ending=endings[0])


def make_comment(finding: Finding, language: str) -> Comment:
    """
    Return what is said of a finding.

    Args:
        finding: The finding.

        language: The language.

    >>> make_comment(Finding("missing-date", "a.docx"), "en").paragraphs[0]
    'warning: The row has no date in the column that counts for its section. [missing-date]'
    """
    severity = load_printed_texts()[finding.severity][language]
    message = say("annotate.comment", language, severity=severity, message=finding.message(language), code=finding.code)
    where = translate_place(str(finding.place), language) if finding.place else ""
    return Comment(finding.place, where, (message, finding.advice(language)))
