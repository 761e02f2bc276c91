"""
Comments -> a Word file with them at the paragraphs that they are on.

In: the bytes of a Word file and comments. Out: the file with a part for comments and with marks in its text; all other
parts keep their bytes. A comment on the document as a whole, or on what stands beside its text, is at the first
paragraph.

Spec: ECMA-376 part 1, 17.13.4, comments.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

from ..core.limits import Budget
from ..reading.documents.word import locate_lines
from .annotate import AUTHOR, Comment
from .markup import Insertion, Markup, append, find_elements, insert
from .packages import XML_HEAD
from .parts import EditedPackage

_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
#: Elements that state how a paragraph looks, before which nothing can stand.
_PROPERTIES = "pPr"
_COMMENTS = "comments"


def annotate_word(data: bytes, comments: Sequence[Comment], budget: Budget) -> bytes:
    """
    Return a Word file with comments.

    Args:
        data: The file.

        comments: The comments, in the order of the document.

        budget: What looking for the places may cost; it has the file's name.

    Raises:
        NotAPlan: The file is broken, or needs more than it may cost.
    """
    located = locate_lines(data, budget.name, budget)
    package = EditedPackage(data)
    main = package.read(located.part)
    elements = find_elements(main)
    namespace = elements[0].namespace
    paragraphs = [number for number, one in enumerate(elements) if (one.namespace, one.local) == (namespace, "p")]
    body = next(number for number, one in enumerate(elements) if one.local == "body")
    first = next((number for number in paragraphs if number > body and not elements[number].is_empty), None)
    existing = package.find_related(located.part, _COMMENTS)
    known = package.read(existing) if existing else b""
    number = _next_number(elements, known)
    insertions: list[Insertion] = []
    texts: list[str] = []
    for identifier, comment in enumerate(comments, number):
        line = comment.place.first - 1 if comment.place else -1
        found = located.paragraphs[line] if 0 <= line < len(located.paragraphs) else None
        if found is not None and not elements[paragraphs[found]].is_empty:
            place, told = paragraphs[found], comment.paragraphs
        elif first is not None:
            place, told = first, (*([comment.where] if comment.where else []), *comment.paragraphs)
        else:
            continue
        insertions += _mark(elements, place, identifier, namespace)
        texts.append(_write_comment(told, identifier, namespace))
    package.write(located.part, insert(main, insertions))
    if existing:
        package.write(existing, append(known, find_elements(known, 0)[0], "".join(texts)))
    elif texts:
        part = package.free_name(located.part.rpartition("/")[0] + "/comments{}.xml")
        whole = f'{XML_HEAD}<w:comments xmlns:w="{namespace}">{"".join(texts)}</w:comments>'
        package.write(part, whole.encode())
        package.relate(located.part, _COMMENTS, part)
        package.state_type(part, _MEDIA_TYPE)
    return package.save()


def _next_number(elements: Sequence[Markup], known: bytes) -> int:
    """Return the first number above those of all comments that there are."""
    marks = [one for one in elements if one.local in {"commentRangeStart", "commentRangeEnd", "commentReference"}]
    marks += [one for one in find_elements(known) if one.local == "comment"] if known else []
    stated = (one.attributes.get("id", "") for one in marks)
    return max((int(value) for value in stated if value.isdecimal() and len(value) < 10), default=-1) + 1


def _mark(elements: Sequence[Markup], number: int, identifier: int, namespace: str) -> list[Insertion]:
    """Return the marks around the text of a paragraph."""
    paragraph = elements[number]
    child = elements[number + 1] if number + 1 < len(elements) else paragraph
    start = paragraph.inside
    if child.local == _PROPERTIES and child.start < paragraph.end:
        start = child.after
    own = f'xmlns:w="{namespace}" w:id="{identifier}"'
    reference = f'<w:r xmlns:w="{namespace}"><w:commentReference w:id="{identifier}"/></w:r>'
    return [
        Insertion(start, f"<w:commentRangeStart {own}/>"),
        Insertion(paragraph.end, f"<w:commentRangeEnd {own}/>{reference}"),
    ]


def _write_comment(paragraphs: Sequence[str], identifier: int, namespace: str) -> str:
    """Return a comment."""
    text = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(one)}</w:t></w:r></w:p>' for one in paragraphs)
    own = f'xmlns:w="{namespace}" w:id="{identifier}" w:author="{AUTHOR}" w:initials="{AUTHOR}"'
    return f"<w:comment {own}>{text}</w:comment>"
