"""
Words that a narrow column broke: whether lines of a cell are pieces of one name.

In: lines of a cell and its column. Out: whether nothing, not even a blank, stands between them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from ...core.text import fold, plain
from ...core.vocabularies import vocabularies_in_use
from ..documents import Document, Fragment
from ..documents.brokenwords import is_one_word, words_in
from ..recognisers.values import date_at, find_formats
from .positions.places import Column
from .rows import Text

#: A rest of a name that is no longer is no name.
_SHORT_REST = 2
_SEPARATOR = re.compile(r"[\s,]")
_BEFORE_NAME, _BEHIND_NAME = re.compile(r"[\s,(、/:]"), re.compile(r"[\s,)、/.。;]")


def is_torn(column: Column, pieces: Sequence[str]) -> bool:
    """Tell whether lines are pieces of one name, of a format or a month: of one as a whole, of none apart."""
    pairs = list(pairwise(pieces))
    if not all(is_latin(a[-1]) and is_latin(b[0]) for a, b in pairs):
        return False
    if column.holds("format", "description"):
        first, last = plain(pieces[0]), plain(pieces[-1])
        head, *rest = [_BEFORE_NAME.split(first)[-1], *pieces[1:-1], _BEHIND_NAME.split(last)[0]]
        if not rest or any(_SEPARATOR.search(piece) for piece in rest):
            return False
        # One letter or two before a sign are the rest of a name, though what is before them is a name, too.
        ends = len(rest[-1]) <= _SHORT_REST and len(rest[-1]) < len(last) and not last[len(rest[-1])].isspace()
        whole = _formats(head + "".join(rest))
        # The rest of "GeoJSON" is the name of another format.
        other = bool(whole) and whole != _formats("".join(rest)) and not _formats(head)
        apart = any(map(_formats, rest)) and not other
        apart = apart or (bool(_formats(head)) and not column.holds("format") and not ends)
        return len(whole) == 1 and not apart
    if column.holding.has_dates:
        return bool(date_at("".join(pieces))) and not date_at(" ".join(pieces))
    return all(is_word_broken(above, below) for above, below in pairs)


def mend_category(document: Document, fragments: Text) -> Text:
    """
    Return the lines of a category's cell; those that go on with the rest of a word are marked, by the category's name.

    Args:
        document: Where the lines are.

        fragments: The lines.
    """
    pieces = [plain(document.slice(fragment.span)).strip() for fragment in fragments]
    if not all(is_latin(a[-1:]) and is_latin(b[:1]) for a, b in pairwise(pieces)):
        return fragments
    concept = vocabularies_in_use().find_category("".join(pieces)) if len(pieces) > 1 else None
    for wording in concept.wordings if concept else ():
        if fold(wording) == fold("".join(pieces)):
            return tuple(_mark_torn(fragments, pieces, plain(wording)))
    return fragments


def _mark_torn(fragments: Text, pieces: Sequence[str], name: str) -> Iterator[Fragment]:
    """Yield the lines of a name, marked if the name has no blank where they begin."""
    place = 0
    for fragment, piece in zip(fragments, pieces, strict=True):
        letters = [index for index in range(place, len(name)) if name[index].isalnum()]
        count = sum(character.isalnum() for character in piece)
        torn = place > 0 and bool(letters) and letters[0] == place
        yield fragment._replace(torn=fragment.torn or torn)
        place = letters[count - 1] + 1 if 0 < count <= len(letters) else len(name)


def is_word_broken(above: str, below: str) -> bool:
    """
    Tell whether a line of a cell is proven to end inside a Latin word.

    >>> is_word_broken("City Managem", "ent and Utilities"), is_word_broken("City Management", "and Utilities")
    (True, False)
    """
    if not (above and below and is_latin(above[-1]) and is_latin(below[0])):
        return False
    return _is_one_word(words_in(above)[-1], words_in(below)[0])


@lru_cache(maxsize=1 << 14)
def _is_one_word(head: str, rest: str) -> bool:
    """Tell whether letters on both sides of a line's end are one word; the same lines are joined again and again."""
    return is_one_word(head, rest)


def is_latin(character: str) -> bool:
    """
    Tell whether a character is a Latin letter or a digit.

    >>> is_latin("a"), is_latin("字"), is_latin("")
    (True, False, False)
    """
    return character.isascii() and character.isalnum()


@lru_cache(maxsize=4096)
def _formats(text: str) -> tuple[str, ...]:
    """Return the formats that a text in brackets names."""
    return find_formats(f"({text})")[0]
