"""
Texts -> search terms: what a text is found by, and what a question looks for.

In: texts in either Chinese script or English. Out: terms for the index, or an expression of SQLite's full-text search.
Both scripts, old and new variants of a character, full and half width and capital letters make no difference. Chinese
is not written in words: a text is found by every two characters that stand side by side, and by each single one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ...core.text import fold
from ...core.wording.characters import IDEOGRAPH
from ...core.wording.glossary import read_glossary

#: Longer questions are cut; so are terms, so that no text makes the index large.
MAX_QUESTION, _MAX_TERM = 200, 40
#: A question may have this many parts.
MAX_PARTS = 12
#: The ideographs of the longest word that is looked up.
_MAX_WORD = 8
#: Between words that stand near to each other there are at most this many terms.
_NEAR = 12
_PIECE = re.compile(r"\w+")
#: Ideographs side by side, or letters and digits side by side: “2019年” is two words.
_RUN = re.compile(rf"(?P<ideographs>{IDEOGRAPH.pattern}+)|(?:(?!{IDEOGRAPH.pattern})[^\W_])+")
#: English words that say nothing about what is looked for.
IDLE_WORDS = frozenset(
    [
        "a",
        "an",
        "and",
        "at",
        "by",
        "for",
        "from",
        "in",
        "of",
        "or",
        "the",
        "to",
        "with",
        "about",
        "against",
        "are",
        "as",
        "is",
        "its",
        "on",
        "per",
        "their",
        "within",
    ]
)


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """
    A part of a question: as it was typed, and the other ways to say it, which the glossary has.

    `pieces` are the words that it is made of, if there are several: it is found, too, where all of them stand together.
    """

    text: str
    alternatives: tuple[str, ...] = ()
    pieces: tuple[QuestionPart, ...] = ()


def split_terms(text: str) -> list[str]:
    """
    Return the terms that a text is found by, in its order.

    >>> split_terms("衞生署 CSV（2024）")
    ['卫生', '生署', '署', 'csv', '2024']
    """
    return [term for run, is_chinese in _split_runs(text) for term in (_pairs(run) if is_chinese else [run])]


def split_question(question: str) -> list[QuestionPart]:
    """
    Return the parts of a question, all of which must be found.

    >>> [(part.text, part.alternatives) for part in split_question("巴士 CSV of")]
    [('巴士', ('bus',)), ('csv', ())]
    """
    runs = [run for run, is_chinese in _split_runs(question[:MAX_QUESTION]) if is_chinese or run not in IDLE_WORDS]
    glossary, position = load_glossary(), 0
    parts: list[QuestionPart] = []
    while position < len(runs) and len(parts) < MAX_PARTS:
        # The longest words of the glossary first: “public transport” before “public”.
        for length in range(min(4, len(runs) - position), 0, -1):
            words = tuple(_stem(run) for run in runs[position : position + length])
            if length == 1 or words in glossary:
                typed = runs[position : position + length]
                parts.append(QuestionPart(" ".join(typed), glossary.get(words, ()), _take_apart(typed)))
                position += length
                break
    return parts


def _take_apart(runs: Sequence[str]) -> tuple[QuestionPart, ...]:
    """Return the words of a part of a question; nothing if it is one word."""
    words = list(runs) if len(runs) > 1 else _split_ideographs(runs[0])
    glossary = load_glossary()
    return tuple(QuestionPart(word, glossary.get((_stem(word),), ())) for word in words) if len(words) > 1 else ()


def _split_ideographs(run: str) -> list[str]:
    """
    Return the words of ideographs side by side: longest words of the glossary first, and what stands between them.

    A single character belongs to the word before it, or after it at the beginning; particles belong to none.

    >>> _split_ideographs("医院的病床数目"), _split_ideographs("数码港基金"), _split_ideographs("csv")
    (['医院', '病床', '数目'], ['数码港', '基金'], ['csv'])
    """
    words: list[str] = []
    for group in _group_words(run):
        for number, word in enumerate(group):
            if len(word) > 1 or len(group) == 1:
                words.append(word)
            elif number:
                words[-1] += word
            else:
                group[1] = word + group[1]
    return words


def _group_words(run: str) -> list[list[str]]:
    """Return the words of ideographs between particles: those of the glossary, and what stands between them."""
    known, idle = _list_chinese_words()
    groups: list[list[str]] = [[]]
    position, is_open = 0, False
    while position < len(run):
        # Also a word that the glossary has as a whole is taken apart: “醫院病床”.
        limit = min(_MAX_WORD, len(run) - max(position, 1))
        length = next((length for length in range(limit, 1, -1) if run[position : position + length] in known), 1)
        word = run[position : position + length]
        if length == 1 and word in idle:
            groups.append([])
        elif length == 1 and is_open:
            groups[-1][-1] += word
        else:
            groups[-1].append(word)
        is_open, position = length == 1 and word not in idle, position + length
    return [group for group in groups if group] or [[run]]


def list_particles() -> frozenset[str]:
    """
    Return the characters that no word begins or ends with, in the form of search terms.

    >>> "的" in list_particles()
    True
    """
    return _list_chinese_words()[1]


@cache
def _list_chinese_words() -> tuple[frozenset[str], frozenset[str]]:
    """Return the Chinese words of the glossary, and the particles, in the form of search terms."""
    known = frozenset(key[0] for key in load_glossary() if len(key) == 1 and IDEOGRAPH.match(key[0]))
    return known, frozenset(run for line in _read_lines("particles.txt") for run, _is_chinese in _split_runs(line))


def make_expression(parts: Sequence[QuestionPart], columns: Sequence[str] = ()) -> str:
    """
    Return the expression of SQLite's full-text search for the parts of a question; empty if there are none.

    Args:
        parts: The parts, all of which must be found.

        columns: The columns in one of which the pieces of a part may stand apart; all if there are none. Elsewhere
            they must stand near to each other.

    >>> make_expression([QuestionPart("巴士", ("bus",)), QuestionPart("csv"), QuestionPart("急")])
    '(("巴士") OR ("bus")) AND ("csv") AND ("急"*)'

    Spec: SQLite FTS5, section 3 (Full-text Query Syntax).
    """
    return " AND ".join(_express_part(part, columns) for part in parts)


def _express_part(part: QuestionPart, columns: Sequence[str]) -> str:
    """Return the expression for a part: its text, another way to say it, or all its pieces."""
    ways = [f"({_express(text)})" for text in (part.text, *part.alternatives)]
    if part.pieces:
        ways.append(f"NEAR({' '.join(_express(piece.text) for piece in part.pieces)}, {_NEAR})")
        found = f"({make_expression(part.pieces)})"
        ways.append(f"({{{' '.join(columns)}}} : {found})" if columns else found)
    return f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0]


def _express(text: str) -> str:
    """Return the expression for the words of a part, one behind the other."""
    terms: list[str] = []
    for run, is_chinese in _split_runs(text):
        if is_chinese and len(run) == 1 and len(text.strip()) == 1:
            return f'"{run}"*'
        terms += _pairs(run, last=len(run) == 1) if is_chinese else [run]
    return f'"{" ".join(terms)}"'


def _split_runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield ideographs side by side and words of letters and digits, each in one form; and whether they are Chinese."""
    for piece in _PIECE.finditer(unicodedata.normalize("NFKC", text)):
        for run in _RUN.finditer(fold(piece[0])):
            yield (run[0], True) if run["ideographs"] else (run[0][:_MAX_TERM], False)


def _pairs(run: str, *, last: bool = True) -> list[str]:
    """Return every two ideographs side by side, and the last one alone."""
    pairs = [run[position : position + 2] for position in range(len(run) - 1)]
    return [*pairs, run[-1]] if last else pairs


@cache
def load_glossary() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """
    Return what the words of the glossary are called in the other language, by the stems of their words.

    >>> load_glossary()[("bus",)]
    ('巴士',)
    """
    table: dict[tuple[str, ...], dict[str, None]] = {}
    for one, other in read_glossary():
        for word, meaning in ((one, other), (other, one)):
            key = tuple(_stem(run) for run, is_chinese in _split_runs(word) if is_chinese or run not in IDLE_WORDS)
            table.setdefault(key, {})[meaning] = None
    return {key: tuple(meanings) for key, meanings in table.items()}


def _read_lines(name: str) -> list[str]:
    """Return the lines of a data file, without comments."""
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def _stem(word: str) -> str:
    """
    Return an English word without the ending of its plural; the index has stems of its own.

    >>> _stem("licences") == _stem("licence"), _stem("buses"), _stem("bus"), _stem("facilities")
    (True, 'bus', 'bus', 'facility')
    """
    if not word.isascii() or len(word) < 3:
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    singular = word[:-1] if word.endswith("s") and not word.endswith(("ss", "us", "is")) else word
    return singular.removesuffix("e")
