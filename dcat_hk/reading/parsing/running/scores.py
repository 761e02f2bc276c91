"""
How well a stretch of lines fits a column, by what it says and by how it was wrapped.

In: the lines of a cell that may be. Out: a number, higher for a better fit; `NEVER` for what cannot be. Nothing here
knows where the stretch stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import pairwise

from ....core.text import append_line, collapse, fold, plain, width
from ....core.vocabularies import load
from ....core.wording.characters import IDEOGRAPH
from ....core.wording.plans import load_plan_wording
from ...recognisers.values import (
    date_at,
    ends_with_frequency,
    find_formats,
    frequencies_in,
    frequency_at,
    is_none,
    read_date,
    without_notes,
)
from ..torn import is_word_broken
from .weights import KNOWN, NEVER, RUNNING

_CELLS = load_plan_wording().cells
_ENDS_UNFINISHED = re.compile(rf"{_CELLS.unfinished.pattern}$")
_SIGNS_OF_SENTENCES = re.compile(r"[,;:。]|\.$|\.\s|\d")
_BLANKS = re.compile(r"\s+")
#: The folded names of formats.
_FORMAT_NAMES = frozenset(
    fold(words) for concept in load().formats.values() for words in (concept.notation, *concept.wordings)
)
_LONGEST_FORMAT = max(map(len, _FORMAT_NAMES))

#: In so many characters a category ends that stands before a name, if there is one.
_LONGEST_BEFORE_NAME = 500
#: One or two ideographs before a bracket: rather the end of a name than the beginning of a cell.
_FEW_BEFORE_BRACKET = re.compile(rf"{IDEOGRAPH.pattern}{{1,2}}\s?\(")
_OPENING, _CLOSING = "([【〔「《", ")]】〕」》"
_BRACKETS = re.compile(f"[{re.escape(_OPENING + _CLOSING)}]")


@lru_cache(maxsize=65536)
def date_score(text: str) -> float:
    """
    Return how well a text fits a date column.

    >>> date_score("2021 年第二季") == date_score("10/2016 (首次發放日期)") == KNOWN, date_score("每年") == NEVER
    (True, True)
    """
    bare = without_notes(text)
    if len(bare) > RUNNING.longest_date or not balanced(text):
        return NEVER
    stated = read_date(text)
    if stated.is_stated or stated.problem == "impossible-date":
        mark = KNOWN - (1.0 if len(bare.strip()) < RUNNING.longest_year else 0.0)
    elif date_at(bare) == len(bare):
        mark = KNOWN
    else:
        mark = RUNNING.stated - 2 if is_none(text) else NEVER
    return NEVER if mark > 0 and bare != text and find_formats(text)[0] else mark


@lru_cache(maxsize=65536)
def frequency_score(text: str) -> float:
    """
    Return how well a text fits a column of frequencies.

    >>> frequency_score("每季 (在季度完結後六個星期內)") == KNOWN, frequency_score("每季的數字") == NEVER
    (True, True)
    """
    bare = _BLANKS.sub(" ", without_notes(text)).strip().rstrip("。.")
    if len(bare) > RUNNING.longest_frequency or not balanced(text):
        return NEVER
    if not frequencies_in(bare):
        return RUNNING.stated - 3 if is_none(text) else NEVER
    if frequency_at(bare) == len(bare) and bare:
        mark = KNOWN
    elif ends_with_frequency(bare):
        mark = KNOWN / 2 - 0.02 * width(bare)
    else:
        return NEVER
    if find_formats(text)[0]:
        return NEVER
    return mark - (RUNNING.cut if plain(text).startswith(tuple(_OPENING)) and bare != text else 0.0)


@lru_cache(maxsize=65536)
def is_formats(text: str) -> bool:
    """
    Tell whether a text is nothing but names of formats, even with words cut by wrapping.

    >>> is_formats("SH P、Geo Packag e"), is_formats("(CSV, JSON)"), is_formats("CSV 檔案")
    (True, True, False)
    """
    rest = fold(text)
    while rest:
        size = next((n for n in range(min(_LONGEST_FORMAT, len(rest)), 0, -1) if rest[:n] in _FORMAT_NAMES), 0)
        if not size:
            return False
        rest = rest[size:]
    return bool(fold(text))


def format_score(text: str) -> float:
    """
    Return how well a text fits a column of formats.

    >>> format_score("CSV") > 0 > format_score("名單")
    True
    """
    return KNOWN * 3 / 4 if is_formats(text) else RUNNING.stated - 2 if is_none(text) else NEVER


def category_score(text: str, is_category: Callable[[str], bool], categorised: bool = False) -> float:
    """
    Return how well a text fits a column of categories.

    Args:
        text: The cell.

        is_category: Tells whether a text is a known category.

        categorised: Whether other rows state known ones; the cell of a row that does not was merged with one of theirs.
    """
    if is_category(text):
        return KNOWN
    if width(text) > RUNNING.longest_category or not balanced(text):
        return NEVER
    return -RUNNING.unknown_category if categorised else -RUNNING.cut


def name_score(text: str, is_category: Callable[[str], bool], mixed: bool = True) -> float:
    """
    Return how well a text fits a column that holds category and title.

    Args:
        text: The cell.

        is_category: Tells whether a text is a known category.

        mixed: Whether the column's label says so; if not, a slash in it may be part of a title.
    """
    if not fold(text):
        return NEVER
    # Beyond that no category ends, and a text of nothing but colons would be looked at once for each.
    folded = plain(text[:_LONGEST_BEFORE_NAME])
    places = [place for place, character in enumerate(folded) if character == _CELLS.slash]
    known = [place for place in (*places, *colons_in(folded)) if is_category(text[:place])]
    if known:
        return KNOWN if fold(text[known[0] :]) else -RUNNING.cut
    return 0.0 if places and mixed else -RUNNING.cut


def colons_in(folded: str) -> list[int]:
    """
    Return where in a plain text signs other than a slash stand that may end a category.

    >>> colons_in("health - wards: beds"), colons_in("health/wards")
    ([6, 14], [])
    """
    return [match.start() for match in _CELLS.colon.finditer(folded)]


def is_heading(text: str) -> bool:
    """
    Tell whether a line can be the heading of a group of rows by its look: a few words that are no sentence.

    >>> is_heading("社區照顧服務"), is_heading("Community care services"), is_heading("CSV"), is_heading("and others")
    (True, True, False, False)
    """
    first = text.strip()[:1]
    if not first.isalpha() or (first.isascii() and first.islower()) or width(text) > RUNNING.longest_heading:
        return False
    if not balanced(text) or _SIGNS_OF_SENTENCES.search(plain(text)) or _ENDS_UNFINISHED.search(plain(text).rstrip()):
        return False
    if is_none(text) or is_formats(text) or find_formats(text)[0]:
        return False
    return max(date_score(text), frequency_score(text)) <= 0


def balanced(text: str) -> bool:
    """
    Tell whether every bracket of a text is closed in it, and none that was not opened.

    >>> balanced("每年 (自2020年起)"), balanced("每年 (自"), balanced("起)")
    (True, False, False)
    """
    depth = 0
    for sign in _BRACKETS.findall(plain(text)):
        depth += 1 if sign in _OPENING else -1
        if depth < 0:
            return False
    return depth == 0


def has_brackets(text: str) -> bool:
    """
    Tell whether there is a bracket in a text, so that a part of it may be a note.

    >>> has_brackets("每年（自2020年起）"), has_brackets("每年")
    (True, False)
    """
    return bool(_BRACKETS.search(plain(text)))


@lru_cache(maxsize=65536)
def joint_score(above: str, below: str) -> float:
    """
    Return what it costs to begin a new cell between two texts: much if a sentence, a word or a bracket is cut.

    >>> joint_score("包括：水位、", "水深") < joint_score("水位", "水深") == 0
    True
    >>> joint_score("核准預算", "及實際開支") < 0, joint_score("核准預算", "及早識別的個案") == 0
    (True, True)
    """
    before, after = plain(above).rstrip(), plain(below).lstrip()
    if not after or not before:
        return 0.0
    cost = 0.0
    if before.endswith(tuple(_CELLS.goes_on)) or after[0] in _CLOSING + ",。、;:./":
        cost -= RUNNING.cut
    opened = sum(before.count(sign) for sign in _OPENING) > sum(before.count(sign) for sign in _CLOSING)
    if opened:
        cost -= RUNNING.cut
    first = below.lstrip()[:1]
    if first.isascii() and first.islower():
        cost -= RUNNING.cut * 2 / 3
    if _ENDS_UNFINISHED.search(before):
        cost -= RUNNING.cut * 2 / 3
    if _CELLS.continuing.match(after):
        cost -= RUNNING.cut * 2 / 3
    if _FEW_BEFORE_BRACKET.match(after):
        cost -= RUNNING.before_bracket
    return cost


def cell_text(lines: Sequence[str]) -> str:
    """
    Return the text of a cell's lines.

    >>> cell_text(["2021 年第", "二季"]), cell_text(["Novembe", "r 2025"])
    ('2021 年第二季', 'November 2025')
    """
    return _joined(tuple(lines))


@lru_cache(maxsize=65536)
def _joined(lines: tuple[str, ...]) -> str:
    """Return lines joined, words that a narrow column broke without a blank."""
    text = collapse(lines[0]) if lines else ""
    for above, below in pairwise(lines):
        text = add_line(text, above, below)
    return text


def add_line(text: str, above: str, below: str) -> str:
    """
    Return the text of a cell's lines with the next one.

    Args:
        text: That of the lines so far.

        above: The last of them.

        below: The next line.

    >>> add_line("from Novembe", "Novembe", "r 2025"), add_line("2021 年第", "2021 年第", "二季")
    ('from November 2025', '2021 年第二季')
    """
    if above[-1:].islower() and below[:1].islower() and is_word_broken(above, below):
        return text + collapse(below)
    return append_line(text, below)


def note_score(text: str) -> float:
    """
    Return what it costs that a description begins with a note in brackets, which may belong to the cell before.

    >>> note_score("(JSON)"), note_score("(每年四月)") < note_score("(只供參考)")
    (0.0, True)
    """
    folded = plain(text)
    if not folded or folded[0] not in _OPENING:
        return 0.0
    end = _end_of_bracket(folded)
    if not end or any(find_formats(text[:end])):
        return 0.0
    if _CELLS.about_updates.search(folded[:end]):
        return -2.0
    return -1.0 if text[end:].strip() else 0.0


def _end_of_bracket(folded: str) -> int:
    """Return the place behind the bracket that closes the one a plain text begins with, 0 if none does."""
    depth = 0
    for place, character in enumerate(folded, 1):
        depth += (character in _OPENING) - (character in _CLOSING)
        if depth <= 0:
            return place if not depth else 0
    return 0
