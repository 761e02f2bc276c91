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

#: Longer questions are cut; so are terms, so that no text makes the index large.
MAX_QUESTION, _MAX_TERM = 200, 40
#: A question may have this many parts.
MAX_PARTS = 12
_PIECE = re.compile(r"\w+")
#: Ideographs side by side, or letters and digits.
_RUN = re.compile(rf"(?P<ideographs>{IDEOGRAPH.pattern}+)|[^\W_]+")
#: English words that say nothing about what is looked for.
_IDLE = frozenset(["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"])


@dataclass(frozen=True, slots=True)
class QuestionPart:
    """A part of a question: as it was typed, and the other ways to say it, which the glossary has."""

    text: str
    alternatives: tuple[str, ...] = ()


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
    runs = [run for run, is_chinese in _split_runs(question[:MAX_QUESTION]) if is_chinese or run not in _IDLE]
    glossary, position = load_glossary(), 0
    parts: list[QuestionPart] = []
    while position < len(runs) and len(parts) < MAX_PARTS:
        # The longest words of the glossary first: “public transport” before “public”.
        for length in range(min(4, len(runs) - position), 0, -1):
            words = tuple(_stem(run) for run in runs[position : position + length])
            if length == 1 or words in glossary:
                parts.append(QuestionPart(" ".join(runs[position : position + length]), glossary.get(words, ())))
                position += length
                break
    return parts


def make_expression(parts: Sequence[QuestionPart]) -> str:
    """
    Return the expression of SQLite's full-text search for the parts of a question; empty if there are none.

    >>> make_expression([QuestionPart("巴士", ("bus",)), QuestionPart("csv"), QuestionPart("急")])
    '(("巴士") OR ("bus")) AND ("csv") AND ("急"*)'

    Spec: SQLite FTS5, section 3 (Full-text Query Syntax).
    """
    return " AND ".join(
        "(" + " OR ".join(f"({_express(text)})" for text in (part.text, *part.alternatives)) + ")"
        if part.alternatives
        else f"({_express(part.text)})"
        for part in parts
    )


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
    for line in files(__package__).joinpath("glossary.tsv").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        english, chinese = line.split("\t")
        for word, meaning in ((english, chinese), (chinese, english)):
            key = tuple(_stem(run) for run, is_chinese in _split_runs(word) if is_chinese or run not in _IDLE)
            table.setdefault(key, {})[meaning] = None
    return {key: tuple(meanings) for key, meanings in table.items()}


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
