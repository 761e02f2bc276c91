"""
Trees of patterns -> searches that always end.

Most patterns are left to Python's regular expressions, as long as a text is too short for them to take long. Patterns
that backtrack, and long texts, are left to RE2, which takes time in proportion to the text. What RE2 lacks
(look-around, references to groups) is left to an engine with a clock: a value whose time is up has not been checked.

Spec: XPath and XQuery functions 3.1, section 5.6; SHACL, section 4.4.3 (sh:pattern).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from .charsets import ALL, CharSet, contains, joined, others, without
from .patterns import MalformedPattern, PatternNode, read_pattern

#: So many steps may Python's regular expressions take for a text in the worst case.
MOST_STEPS = 1_000_000
#: So many choices without repetition count as few.
_FEW = 64
#: Repetitions of one character up to so often count as choices.
_SHORT = 8
#: So many seconds may a search take in the engine with a clock, and so many may run out before no more are tried.
_SECONDS, _MOST_TIMEOUTS = 2.0, 5
_RE2_MEMORY = 64 << 20
_SURROGATES: CharSet = ((0xD800, 0xDFFF),)
_FIRST_PRINTABLE, _DELETE = 0x20, 0x7F

Search = Callable[[str], bool | None]


class TextSearch(NamedTuple):
    """
    A search in texts of up to a length (None if any length will do), and another for longer ones.

    `quick` returns a match or nothing; `slow` returns None if its time was up before the answer was known.
    """

    quick: Callable[[str], object]
    longest: int | None
    slow: Search

    def __call__(self, text: str) -> bool | None:
        """Tell whether a text has a match; None if that is not known."""
        return self.quick(text) is not None if self.longest is None or len(text) <= self.longest else self.slow(text)


@lru_cache(maxsize=1024)
def make_search(pattern: str, flags: str = "") -> TextSearch:
    r"""
    Return a search for a pattern.

    Args:
        pattern: A pattern of XPath.

        flags: Its flags.

    Raises:
        MalformedPattern: It is no pattern.

    >>> search = make_search(r"^(([a-z])+.)+[A-Z]([a-z])+$")
    >>> search("a" * 45), search("abcDef")
    (False, True)
    >>> make_search(r"^\p{L}+$")("漢字"), make_search(r"^\p{L}+$")("123")
    (True, False)
    """
    tree = read_pattern(pattern, flags)
    try:
        quick = re.compile(as_python(tree)).search
    except (re.error, OverflowError, RecursionError) as error:
        raise MalformedPattern(f"it cannot be used: {error}") from error
    longest = longest_text(tree)
    return TextSearch(quick, longest, _never if longest is None else _slow_search(tree))


def _never(_text: str) -> bool | None:
    """Stand for the search in long texts where texts of any length are searched in the other way."""
    raise AssertionError


def _slow_search(tree: PatternNode) -> Search:
    """Return a search for patterns and texts that Python's regular expressions may take too long for."""
    source = as_re2(tree)
    if source is not None:
        import re2

        options = re2.Options()
        options.max_mem, options.log_errors, options.never_capture = _RE2_MEMORY, False, True
        try:
            find = re2.compile(source, options).search
        except re2.error:
            return _timed_search(tree)
        return lambda text: find(text) is not None
    return _timed_search(tree)


def _timed_search(tree: PatternNode) -> Search:
    """Return a search that gives up: for a text after some seconds, for all when that has happened too often."""
    import regex

    find = regex.compile(as_python(tree), regex.VERSION0).search
    timeouts = 0

    def search(text: str) -> bool | None:
        nonlocal timeouts
        if timeouts >= _MOST_TIMEOUTS:
            return None
        try:
            return find(text, timeout=_SECONDS) is not None
        except TimeoutError:
            timeouts += 1
            return None

    return search


# ---- how long a search may take


def longest_text(tree: PatternNode) -> int | None:
    """
    Return the longest text that Python's regular expressions search in few steps; None if any text is, 0 if none.

    >>> longest_text(read_pattern("^a+$")), longest_text(read_pattern("^a+b+$")), longest_text(read_pattern("(a+)+"))
    (None, 1000, 0)
    """
    cost = _cost(tree)
    if cost is None:
        return 0
    degree, choices = cost
    degree += not _is_anchored(tree)
    if degree <= 1:
        return None
    return int((MOST_STEPS / choices) ** (1 / degree) + 1e-6)


def _cost(node: PatternNode) -> tuple[int, int] | None:
    """Return the degree of the time that a part takes, and how many choices it has; None if it may backtrack freely."""
    if node.kind in {"set", "at", "ref"}:
        return (0, 1) if node.kind != "ref" else (1, 1)
    inner = [_cost(part) for part in node.parts]
    costs = [cost for cost in inner if cost is not None]
    if len(costs) < len(inner):
        return None
    if node.kind == "alt":
        return _bounded(max(degree for degree, _choices in costs), sum(choices for _degree, choices in costs))
    if node.kind == "repeat":
        return _cost_of_repeat(node, *costs[0])
    product = 1
    for _degree, choices in costs:
        product *= choices
    return _bounded(sum(degree for degree, _choices in costs), product)


def _cost_of_repeat(node: PatternNode, degree: int, choices: int) -> tuple[int, int] | None:
    """Return the cost of a repetition of a part with a cost."""
    if node.most is not None and node.most <= 1:
        return _bounded(degree, choices + 1)
    if degree or choices > 1:
        return None
    if node.most is not None and node.most - node.least < _SHORT:
        return 0, node.most - node.least + 1
    return 1, 1


def _bounded(degree: int, choices: int) -> tuple[int, int] | None:
    """Return a cost, or None if there are too many choices."""
    return (degree, choices) if choices <= _FEW else None


def _is_anchored(node: PatternNode) -> bool:
    """Return whether a match can only begin at the beginning of a text."""
    if node.kind == "at":
        return node.text == "^"
    if node.kind == "alt":
        return all(map(_is_anchored, node.parts))
    return node.kind in {"seq", "group"} and bool(node.parts) and _is_anchored(node.parts[0])


# ---- written for an engine


def as_python(node: PatternNode) -> str:
    r"""
    Return a tree in the syntax of Python.

    >>> as_python(read_pattern("^[^a]|b$"))
    '\\A[^a]|b\\Z'
    """
    return _written(node, {"^": r"\A", "$": r"\Z", "^m": r"(?:\A|(?<=\n)(?!\Z))", "$m": r"(?:(?=\n)|(?<!\n)\Z)",
                           "b": r"\b", "B": r"\B"})  # fmt: skip


def as_re2(node: PatternNode) -> str | None:
    r"""
    Return a tree in the syntax of RE2; None if that cannot say it.

    >>> as_re2(read_pattern("a$")), as_re2(read_pattern("a(?=b)"))
    ('a\\z', None)
    """
    try:
        return _written(node, {"^": r"\A", "$": r"\z"})
    except KeyError:
        return None


def _written(node: PatternNode, places: dict[str, str]) -> str:
    """Return a tree in the syntax that both engines share; a KeyError if one lacks something."""
    if node.kind == "set":
        return _class(node.chars)
    if node.kind == "at":
        return places[node.text]
    if node.kind in {"ref", "look"} and "b" not in places:
        raise KeyError(node.kind)
    if node.kind == "ref":
        return f"(?:\\{node.least})"
    inner = [_written(part, places) for part in node.parts]
    if node.kind == "alt":
        return "|".join(inner)
    if node.kind == "seq":
        return "".join(
            f"(?:{text})" if part.kind == "alt" else text for part, text in zip(node.parts, inner, strict=True)
        )
    if node.kind == "look":
        return f"{node.text}{inner[0]})"
    if node.kind == "group":
        return f"({inner[0]})"
    single = node.parts[0].kind in {"set", "group"}
    return (inner[0] if single else f"(?:{inner[0]})") + _quantity(node.least, node.most)


def _quantity(least: int, most: int | None) -> str:
    """Return a quantifier."""
    short = {(0, 1): "?", (0, None): "*", (1, None): "+"}.get((least, most))
    return short or (f"{{{least}}}" if least == most else f"{{{least},{'' if most is None else most}}}")


def _class(chars: CharSet) -> str:
    """Return a set of characters in brackets, from whichever side it is shorter."""
    # No text has surrogates: they may count as in a set or not, so that none is written.
    chars = joined(chars, _SURROGATES) if _around_surrogates(chars) else without(chars, _SURROGATES)
    if len(chars) == 1 and chars[0][0] == chars[0][1]:
        return _char(chars[0][0])
    if not chars or (chars != ALL and chars[0][0] == 0 and chars[-1][1] == ALL[0][1]):
        return "[^" + "".join(map(_range, others(chars))) + "]"
    return "[" + "".join(map(_range, chars)) + "]"


def _around_surrogates(chars: CharSet) -> bool:
    """Return whether a set has the characters on both sides of the surrogates."""
    before, after = chr(_SURROGATES[0][0] - 1), chr(_SURROGATES[0][1] + 1)
    return contains(chars, before) and contains(chars, after)


def _range(pair: tuple[int, int]) -> str:
    """Return a range of characters."""
    first, last = pair
    return _char(first) if first == last else f"{_char(first)}-{_char(last)}"


def _char(code: int) -> str:
    """Return a character so that it stands for itself."""
    if code < _FIRST_PRINTABLE or code == _DELETE:
        return f"\\x{code:02x}"
    return re.escape(chr(code))
