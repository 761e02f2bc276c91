"""
Texts -> search terms: what a text is found by, and what a question looks for.

In: texts in either Chinese script or English. Out: terms for the index, or an expression of SQLite's full-text search.
Both scripts, old and new variants of a character, full and half width and capital letters make no difference. Chinese
is not written in words: a text is found by every two characters that stand side by side, and by each single one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import permutations
from typing import NamedTuple

from ...core.text import fold
from ...core.wording.characters import IDEOGRAPH
from ...core.wording.glossary import read_glossary
from .stems import find_stems, spell_word

#: Longer questions are cut; so are terms, so that no text makes the index large.
MAX_QUESTION, _MAX_TERM = 200, 40
#: A question may have this many parts, and a part this many words.
MAX_PARTS, _MAX_RUNS = 12, 8
#: The ideographs of the longest word that is looked up.
_MAX_WORD = 8
#: Between words that stand near to each other there are at most this many terms.
_NEAR = 12
_PIECE = re.compile(r"\w+")
#: Two letters joined, which are one word: A&E, R&D.
_JOINED = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]) ?& ?([A-Za-z])(?![A-Za-z0-9])")
#: What stands before and after a whole name that is one term, so that it is like no word, and is not stemmed.
_NAME = "0"
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
    `name` is the term for it as a whole, if it is the name of a body, format, frequency or stage.
    """

    text: str
    alternatives: tuple[str, ...] = ()
    pieces: tuple[QuestionPart, ...] = ()
    name: str = ""


class SearchColumns(NamedTuple):
    """
    Columns of an index, as its full-text search writes them.

    `apart` are those in one of which the words of a part of a question may stand apart; elsewhere they must stand near
    to each other. `labels` have names in every language, so that no translation of a word is looked for there.
    `named` are those in which whole names are not found by their words.
    """

    apart: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


#: Where no columns are named, everything is looked for in all.
EVERYWHERE = SearchColumns()


def split_terms(text: str) -> list[str]:
    """
    Return the terms that a text is found by, in its order.

    >>> split_terms("衞生署 CSV（2024）")
    ['卫生', '生署', '署', 'csv', '2024']
    """
    return [
        term for run, is_chinese in _split_runs(text) for term in (_pairs(run) if is_chinese else [spell_word(run)])
    ]


def make_name(text: str) -> str:
    """
    Return the term for a whole name, which is no word of a text; empty if nothing can be searched for in it.

    >>> make_name("衞生署"), make_name("Department of Health"), make_name("…")
    ('0卫生署0', '0departmenthealth0', '')
    """
    return _join_name(_split_words(text))


def _join_name(runs: Sequence[str]) -> str:
    """Return the term for the name that some words are."""
    return f"{_NAME}{''.join(runs)}{_NAME}" if runs else ""


def split_question(question: str, names: Container[str] = frozenset()) -> list[QuestionPart]:
    """
    Return the parts of a question, all of which must be found.

    Args:
        question: What is typed.

        names: The terms of whole names, by `make_name`.

    >>> [(part.text, part.alternatives) for part in split_question("巴士 CSV of")]
    [('巴士', ('bus',)), ('csv', ())]
    >>> [(part.text, part.name) for part in split_question("Department of Health CSV", {"0departmenthealth0"})]
    [('department health', '0departmenthealth0'), ('csv', '')]
    """
    runs = _split_words(question[:MAX_QUESTION])
    stems, glossary, position = find_stems(runs), load_glossary(), 0
    parts: list[QuestionPart] = []
    while position < len(runs) and len(parts) < MAX_PARTS:
        end, name = _find_end(runs, stems, position, names)
        longer, said = _find_overlap(stems, position, end)
        if said:
            end, name = longer, ""
        typed, words = runs[position:end], tuple(stems[position:end])
        parts.append(QuestionPart(" ".join(typed), said or glossary.get(words, ()), _take_apart(typed, words), name))
        position = end
    return parts


def _find_end(
    runs: Sequence[str], stems: Sequence[str], start: int, names: Container[str], most: int = _MAX_RUNS
) -> tuple[int, str]:
    """Return where the longest name or word of the glossary ends that begins at a word, and the term of the name."""
    # “Public transport” before “public”.
    for length in range(min(most, len(runs) - start), 1, -1):
        name = _join_name(runs[start : start + length])
        if name in names or tuple(stems[start : start + length]) in load_glossary():
            return start + length, name if name in names else ""
    name = _join_name(runs[start : start + 1])
    return start + 1, name if name in names else ""


def _find_overlap(stems: Sequence[str], start: int, end: int) -> tuple[int, tuple[str, ...]]:
    """
    Return where a second phrase of the glossary ends that begins inside of a first one, and what both may mean.

    “Vacant parking” and “parking spaces” are one thing where the glossary says the same word for both.
    """
    glossary = load_glossary()
    first = glossary.get(tuple(stems[start:end]), ())
    for middle in range(start + 1, end):
        for last in range(min(len(stems), middle + _MAX_RUNS), end, -1):
            second = glossary.get(tuple(stems[middle:last]), ())
            both = tuple(way for way in first if way in second)
            if both:
                return last, both
    return end, ()


def _take_apart(runs: Sequence[str], stems: Sequence[str]) -> tuple[QuestionPart, ...]:
    """
    Return the words of a part of a question, whose stems are known; nothing if it is one word.

    Shorter phrases of the glossary stay together: “Chinese medicine” in “Chinese medicine clinics”.
    """
    glossary = load_glossary()
    if len(runs) == 1:
        ideographs = _split_ideographs(runs[0])
        return tuple(QuestionPart(one, glossary.get((one,), ())) for one in ideographs) if len(ideographs) > 1 else ()
    parts: list[QuestionPart] = []
    start = 0
    while start < len(runs):
        end, _name = _find_end(runs, stems, start, (), len(runs) - 1)
        typed, words = runs[start:end], tuple(stems[start:end])
        pieces = _take_apart(typed, words) if len(typed) > 1 else ()
        parts.append(QuestionPart(" ".join(typed), glossary.get(words, ()), pieces))
        start = end
    return tuple(parts)


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


def make_expression(parts: Sequence[QuestionPart], columns: SearchColumns = EVERYWHERE) -> str:
    """
    Return the expression of SQLite's full-text search for the parts of a question; empty if there are none.

    Args:
        parts: The parts, all of which must be found.

        columns: Columns in which not everything is looked for; without them, everything is looked for in all.

    >>> make_expression([QuestionPart("巴士", ("bus",)), QuestionPart("csv"), QuestionPart("急")])
    '(("巴士") OR ("bus")) AND ("csv") AND ("急"*)'

    Spec: SQLite FTS5, section 3 (Full-text Query Syntax).
    """
    return " AND ".join(_express_part(part, columns) for part in parts)


def _express_part(part: QuestionPart, columns: SearchColumns) -> str:
    """Return the expression for a part: its text, another way to say it, or all its pieces."""
    ways = [f"({_express(part.text)})"]
    ways += [_leave_out(columns.labels, f"({_express(text)})") for text in part.alternatives]
    if part.pieces:
        ways.append(f"NEAR({' '.join(_express(piece.text) for piece in part.pieces)}, {_NEAR})")
        found = f"({make_expression(part.pieces, columns)})"
        ways.append(f"({{{' '.join(columns.apart)}}} : {found})" if columns.apart else found)
    expression = f"({' OR '.join(ways)})" if len(ways) > 1 else ways[0]
    return f'("{part.name}" OR {_leave_out(columns.named, expression)})' if part.name else expression


def _leave_out(columns: Sequence[str], expression: str) -> str:
    """Return the expression that finds something in no other columns but these."""
    return f"(- {{{' '.join(columns)}}} : {expression})" if columns else expression


def _express(text: str) -> str:
    """Return the expression for the words of a part, one behind the other."""
    terms: list[str] = []
    for run, is_chinese in _split_runs(text):
        if is_chinese and len(run) == 1 and len(text.strip()) == 1:
            return f'"{run}"*'
        terms += _pairs(run, last=len(run) == 1) if is_chinese else [spell_word(run)]
    return f'"{" ".join(terms)}"'


def _split_runs(text: str) -> Iterator[tuple[str, bool]]:
    """Yield ideographs side by side and words of letters and digits, each in one form; and whether they are Chinese."""
    for piece in _PIECE.finditer(_JOINED.sub(r"\1\2", unicodedata.normalize("NFKC", text))):
        for run in _RUN.finditer(fold(piece[0])):
            yield (run[0], True) if run["ideographs"] else (run[0][:_MAX_TERM], False)


def _pairs(run: str, *, last: bool = True) -> list[str]:
    """Return every two ideographs side by side, and the last one alone."""
    pairs = [run[position : position + 2] for position in range(len(run) - 1)]
    return [*pairs, run[-1]] if last else pairs


@cache
def load_glossary() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """
    Return the other ways to say words, in the other language for the most part, by the stems of their words.

    >>> load_glossary()[("bu",)], load_glossary()[("食水",)]
    (('巴士',), ('drinking water', 'fresh water', 'tap water'))
    """
    ways: dict[tuple[str, ...], dict[str, None]] = {}
    for word, meaning in _list_ways():
        ways.setdefault(_split_words(word), {})[meaning] = None
    words = list(dict.fromkeys(word for key in ways for word in key))
    stems = dict(zip(words, find_stems(words), strict=True))
    glossary: dict[tuple[str, ...], dict[str, None]] = {}
    for key, meanings in ways.items():
        glossary.setdefault(tuple(stems[word] for word in key), {}).update(meanings)
    return {key: tuple(meanings) for key, meanings in glossary.items()}


def _split_words(text: str) -> tuple[str, ...]:
    """Return the words of a text that say something."""
    return tuple(run for run, is_chinese in _split_runs(text) if is_chinese or run not in IDLE_WORDS)


def _list_ways() -> Iterator[tuple[str, str]]:
    """Yield words with another way to say each of them."""
    lines = _read_lines("synonyms.txt")

    def read(sign: str) -> list[tuple[str, str]]:
        return [(one, other) for one, found, other in (line.partition(f" {sign} ") for line in lines) if found]

    # Who asks for drinking water does not mean all water, but who asks for water means that, too.
    refused = set(read("!"))
    for one, other in (*read_glossary(), *read("=")):
        yield one, other
        if (other, one) not in refused:
            yield other, one
    yield from read(">")
    for line in _read_lines("chinese.tsv"):
        yield from permutations(line.split("\t"), 2)


def _read_lines(name: str) -> list[str]:
    """Return the lines of a data file, without comments."""
    lines = files(__package__).joinpath(name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
