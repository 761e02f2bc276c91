"""Searches: every engine gives the same answers, and none runs on for ever."""

import random
import re
import time

import pytest
import re2
import regex
from support.bounds import is_within

from dcat_hk.checking.shacl import matching
from dcat_hk.checking.shacl.matching import as_python, as_re2, longest_text, make_search
from dcat_hk.checking.shacl.patterns import MalformedPattern, read_pattern

ATOMS = ["a", "b", ".", r"\d", r"\w", r"\s", r"\S", r"\p{L}", r"\P{Lu}", "[a-c]", "[^b]", r"[\w-]", "[a-z-[aeiou]]"]
ATOMS += ["^", "$", "é", r"\.", "漢", "ſ", "\u212a", r"\n", r"\i", r"\c", "-", "&", "~", "#", "[~&|-]", " "]
TEXTS = "abcABC é漢ſ\u212ak\n\r_1٣-.&~x#|"


def random_pattern(draw, depth=0):
    """Return a pattern."""
    parts = []
    for _part in range(draw.randint(1, 4)):
        kind = draw.random()
        if kind < 0.25 and depth < 3:
            parts.append(f"({draw.choice(['', '?:'])}{random_pattern(draw, depth + 1)})")
        elif kind < 0.35 and depth < 3:
            parts.append(f"(?:{random_pattern(draw, depth + 1)}|{random_pattern(draw, depth + 1)})")
        else:
            parts.append(draw.choice(ATOMS))
        if draw.random() < 0.4:
            parts.append(draw.choice(["*", "+", "?", "{2}", "{1,3}", "{0,}", "*?"]))
    return "".join(parts)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.exhaustive
def test_all_engines_give_the_same_answers(seed):
    """On patterns and texts made at random, Python's engine, RE2 and the one with a clock agree."""
    draw, compared = random.Random(seed), 0
    options = re2.Options()
    options.log_errors = False
    for _pattern in range(250):
        try:
            tree = read_pattern(random_pattern(draw), draw.choice(["", "", "i", "s", "m", "x", "im"]))
        except MalformedPattern:
            continue
        engines = [re.compile(as_python(tree)), regex.compile(as_python(tree), regex.VERSION0)]
        if (source := as_re2(tree)) is not None:
            engines.append(re2.compile(source, options))
        for _text in range(8):
            text = "".join(draw.choice(TEXTS) for _char in range(draw.randint(0, 9)))
            assert len({engine.search(text) is not None for engine in engines}) == 1, (as_python(tree), text)
            compared += len(engines) - 1
    assert compared > 2000


BACKTRACKING = [
    r"^(([a-z])+.)+[A-Z]([a-z])+$",
    r"^(a+)+$",
    r"^(a|aa)+$",
    r"^(a|a?)+$",
    r"^(.*)*x$",
    r"^(\w+\s?)*$",
    r"^a*a*a*a*a*a*a*a*$",
    "^" + "a?" * 40 + "a" * 40 + "$",
    r"(a*)*(a*)*b",
    r"^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*$",
    r"^(([a-z]){1,9}){1,9}x{3}$",
    r"\s+$",
]


@pytest.mark.parametrize("pattern", BACKTRACKING)
def test_patterns_that_backtrack_end(pattern):
    """What would take Python's engine hours is answered at once, in texts short and long."""
    start = time.process_time()
    search = make_search(pattern)
    for text in ("a" * 45 + "!", "a" * 3000 + "!", " " * 3000 + "!"):
        assert search(text) is False
    assert is_within(time.process_time() - start, 5)


def test_what_only_the_engine_with_a_clock_can_do_ends_when_time_is_up(monkeypatch):
    """With look-around and references a text may go unchecked; after some of them the rest is not tried."""
    monkeypatch.setattr(matching, "_SECONDS", 0.05)
    make_search.cache_clear()
    search = make_search(r"^(?=(a+)+$)(b)\2")
    assert search("bb") is False
    hard, start = "a" * 40 + "!", time.monotonic()
    slow = make_search(r"^(?:(a|aa)+)+\1x$")
    answers = [slow(hard + str(number)) for number in range(50)]
    assert set(answers) == {None}
    assert time.monotonic() - start < 5
    make_search.cache_clear()


@pytest.mark.parametrize(
    ("pattern", "longest"),
    [
        ("^[0-9]{4}-[0-9]{2}$", None),
        ("^a+$", None),
        ("^a+b", None),
        ("a+", 1000),
        ("^[^@]+@[^@]+$", 1000),
        ("^[^@]+@[^@]+[.][a-z]+$", 100),
        ("^(?:ab)+$", None),
        ("^(?:a+)+$", 0),
        ("^(?:ab|c)+$", 0),
        ("^(?:a|b)+$", None),
        ("^(?:2024|2025(?:$|-(?:0[1-9]|1[0-2])))", None),
    ],
)
def test_ordinary_patterns_stay_with_the_fast_engine(pattern, longest):
    """How long a text Python's engine searches follows from how often the pattern can repeat."""
    assert longest_text(read_pattern(pattern)) == longest


def test_a_pattern_too_large_for_re2_is_searched_with_a_clock():
    """What RE2 has no room for is no error."""
    assert make_search(r"^(?:\p{L}{1,900}x?){1,900}$")("a" * 10) is True


def test_a_pattern_that_no_engine_takes_is_malformed():
    """An engine's own refusal is told as that of the pattern."""
    with pytest.raises(MalformedPattern, match="it cannot be used"):
        make_search(r"(?<=a+)b")
