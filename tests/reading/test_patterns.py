"""Every pattern that reads foreign text takes time in proportion to the text, whatever stands in it."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from types import FrameType, ModuleType
from typing import Any

import pytest
from support.bounds import is_within
from support.sheet_files import as_delimited, as_xlsx
from support.word_and_web_files import as_page, as_word

import dcat_hk.core
import dcat_hk.reading
from dcat_hk.core.vocabularies import load
from dcat_hk.core.wording.patterns import LatePattern
from dcat_hk.core.wording.plans import load_plan_wording
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

#: Lengths of the runs: from the first to the second, time may grow eightfold, not sixteenfold.
SHORT, LONG = 1_000, 4_000
MOST_GROWTH = 8
#: Seconds of processor time below which growth does not count, on a usual machine: small times are measured badly.
NOTICEABLE = 0.3
#: Seconds of processor time after which a search is ended.
ENDLESS = 5.0
#: What runs are made of.
PIECES = (
    *" \u3000\t\n1.-([（)]）【中aA/*_|年月,、，\"'<=`~\\:：",
    *(
        "12 ",
        "1 ",
        "- ",
        "(a) ",
        "中 ",
        "ab ",
        "1/2 ",
        ", ",
        " a",
        "2024",
        "2024年 ",
        "2024-25 ",
        "<!--",
        "[x",
        "](",
        "a\n",
    ),
)
#: At most this many of the words in a pattern are repeated, the first ones.
MOST_WORDS = 8
#: How many tests share the patterns.
SHARES = 8

#: What only whole lines are compared with.
_WORDING = load_plan_wording()
WHOLE = {pattern.pattern for section in _WORDING.sections for pattern in section.patterns}
WHOLE.add(_WORDING.headings.group.pattern)
WHOLE |= {
    getattr(_WORDING.statements, kind).pattern for kind in ("withdrawn", "deferred", "planned", "released", "underway")
}
WHOLE |= {
    f"(?P<before>.*?)(?P<date>{date.pattern}){_WORDING.signature.after.pattern}" for date in _WORDING.signature.date
}

#: How a pattern is tried of which it is not known how it is used.
EVERY_WAY = ("search", "fullmatch")

Match = Callable[[Any], object]


class EndlessSearch(Exception):
    """A search took too long."""


def find_patterns(value: object, seen: set[int], depth: int = 0) -> Iterator[re.Pattern[Any] | LatePattern]:
    """Yield the patterns in a value, its items and its fields."""
    if isinstance(value, re.Pattern | LatePattern):
        yield value
        return
    if depth > 8 or id(value) in seen:
        return
    seen.add(id(value))
    inner: Iterable[object] = ()
    if isinstance(value, Mapping):
        inner = value.values()
    elif isinstance(value, list | tuple | set | frozenset):
        inner = value
    elif is_dataclass(value) and not isinstance(value, type):
        inner = (getattr(value, field.name, None) for field in fields(value))
    for each in inner:
        yield from find_patterns(each, seen, depth + 1)


def find_ways(module: ModuleType, name: str) -> tuple[str, ...]:
    """Return the methods by which a pattern of a module is tried: what only its module uses, by those that it uses."""
    used = set(re.findall(rf"\b{re.escape(name)}\.(\w+)", inspect.getsource(module)))
    return tuple(sorted(used)) if name.startswith("_") and used and used <= {"match", "fullmatch"} else EVERY_WAY


def collect_patterns() -> dict[tuple[str | bytes, int], tuple[str, tuple[str, ...]]]:
    """Return the patterns of the two rooms that see foreign text, where each stands and how each is tried."""
    patterns: dict[tuple[str | bytes, int], tuple[str, tuple[str, ...]]] = {}
    for room in (dcat_hk.core, dcat_hk.reading):
        for found in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            module = importlib.import_module(found.name)
            for name, value in vars(module).items():
                if hasattr(value, "cache_info") and getattr(value, "__wrapped__", None).__code__.co_argcount == 0:
                    value = value()
                ways = find_ways(module, name) if isinstance(value, re.Pattern | LatePattern) else EVERY_WAY
                for pattern in find_patterns(value, set()):
                    tried = ("fullmatch",) if pattern.pattern in WHOLE else ways
                    patterns.setdefault((pattern.pattern, pattern.flags), (f"{found.name}.{name}", tried))
    return patterns


def find_words(items: Any) -> Iterator[str]:
    """Yield the literal words of a parsed pattern."""
    word = ""
    for code, value in items:
        if code is codes.LITERAL:
            word += chr(value)
            continue
        if word:
            yield word
        word = ""
        if code in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            yield from find_words(value[2])
        elif code is codes.SUBPATTERN:
            yield from find_words(value[3])
        elif code is codes.ATOMIC_GROUP:
            yield from find_words(value)
        elif code is codes.BRANCH:
            for branch in value[1]:
                yield from find_words(branch)
        elif code in (codes.ASSERT, codes.ASSERT_NOT):
            yield from find_words(value[1])
    if word:
        yield word


def make_texts(pattern: re.Pattern[Any], length: int) -> Iterator[tuple[str, str | bytes]]:
    """Yield long runs of what a pattern may match, and what each is called."""
    flags = pattern.flags & ~re.UNICODE & ~re.DEBUG
    words = list(dict.fromkeys(find_words(parser.parse(pattern.pattern, flags))))[:MOST_WORDS]
    runs = [("", piece) for piece in (*PIECES, *words, *(f"{word} " for word in words))]
    runs += [(word, blank) for word in words for blank in " "]
    runs += [(before, " ") for before in ("1", "2024", "(", "a", "A.")]
    for before, piece in runs:
        for after in ("", "\x00") if piece in " 1(" else ("\x00",):
            text = before + (piece * length)[:length] + after
            yield (
                f"{before!r}, {piece!r} × {length}, {after!r}",
                text if isinstance(pattern.pattern, str) else text.encode(),
            )


def measure(match: Match, text: str | bytes) -> float:
    """Return how many seconds of processor time a search takes, `ENDLESS` if it was ended."""
    started = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, ENDLESS)
    try:
        match(text)
    except EndlessSearch:
        return ENDLESS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - started


def end_search(_number: int, _frame: FrameType | None) -> None:
    """End the search that is running."""
    raise EndlessSearch


def find_slow_run(pattern: re.Pattern[Any], ways: tuple[str, ...] = EVERY_WAY) -> str | None:
    """Return a run on which the time of a pattern grows faster than the run, and the seconds; None if there is none."""
    for way in ways:
        match = getattr(pattern, way)
        for (name, long), (_name, short) in zip(make_texts(pattern, LONG), make_texts(pattern, SHORT), strict=True):
            seconds = measure(match, long)
            if not is_within(seconds, NOTICEABLE):
                # Once more: the first time may have been a bad one of a busy machine.
                seconds = min(seconds, measure(match, long))
            if seconds >= ENDLESS or (
                not is_within(seconds, NOTICEABLE) and seconds > MOST_GROWTH * measure(match, short)
            ):
                return f"{way} of {name}: {seconds:.1f} s"
    return None


@pytest.fixture(autouse=True)
def ending_searches() -> Iterator[None]:
    """Let a timer end a search."""
    before = signal.signal(signal.SIGVTALRM, end_search)
    yield
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.parametrize("share", range(SHARES))
@pytest.mark.exhaustive
def test_no_pattern_takes_more_than_its_share(share):
    """No pattern of the two rooms takes sixteen times as long for a run that is four times as long."""
    patterns = sorted(collect_patterns().items(), key=lambda item: (item[1], str(item[0])))[share::SHARES]
    assert len(patterns) > 40
    slow = {
        f"{place} {str(pattern)[:80]!r}": run
        for (pattern, flags), (place, ways) in patterns
        if (run := find_slow_run(re.compile(pattern, flags), ways))
    }
    assert slow == {}


def test_a_slow_pattern_is_seen():
    """Patterns that are known to grow too fast are found by the runs they are slow on."""
    for pattern in (r"a\s*b?\s*c?\s*d?\s*$", r"(?:\*+(?=\*)?)+x"):
        assert find_slow_run(re.compile(pattern))
    assert find_slow_run(re.compile(r"a\s*+b?\s*+c?\s*+d?\s*+$")) is None


#: A plan, with places for blanks: in its title, a heading, a label, cells, and its last line.
PLAN = (
    "香港天文台\n2024-2026年度{0}整合開放數據計劃\nD. 進度：部門已經{0}上載的數據集{0}\n"
    "編號\t數據種類\t數據集名稱{0}\t一般說明\t發放日期\t更新頻率\n"
    "1\t氣象\t各區{0}雨量{0}\t以 CSV 格{0}式列出\t02/{0}2020\t每{0}三個月\n"
    "2{0}\t氣象\t氣溫\t以 CSV 格式列出\t02/2020{0}\t{0}每三個月\n01/2020 每日 數據以 CSV 格{0}"
)


def make_files(blanks: str) -> dict[str, bytes]:
    """Return the plan with blanks as files of every kind that keeps them."""
    text = PLAN.format(blanks)
    rows = [line.split("\t") for line in text.split("\n")]
    return {
        "plan.txt": text.encode(),
        "laid-out.txt": text.replace("\t", "    ").encode(),
        "plan.html": as_page(text).replace(b"<body>", b'<body style="white-space: pre">'),
        "plan.docx": as_word(text),
        "plan.xlsx": as_xlsx({"Plan": rows}),
        "plan.csv": as_delimited(rows).encode(),
        "plan.md": "\n".join(f"|{'|'.join(row)}|" if len(row) > 1 else f"{row[0]}\n" for row in rows)
        .replace("|1|", "|-|-|-|-|-|-|\n|1|")
        .encode(),
    }


@pytest.mark.parametrize("blank", [" ", "\u3000", "\xa0"])
@pytest.mark.parametrize("name", make_files(" "))
def test_a_plan_with_many_blanks_is_read_at_once(name, blank):
    """Runs of 200, 400 and 800 blanks in a title, a heading and cells take well under a second."""
    read_plan(read_bytes(make_files(blank)[name], name), load())  # What is looked up once takes longer the first time.
    for count in (200, 400, 800):
        data = make_files(blank * count)[name]
        before = time.process_time()
        read_plan(read_bytes(data, name), load())
        assert is_within(time.process_time() - before, 1)


@pytest.mark.parametrize("blank", [" ", "\u3000"])
def test_a_laid_out_plan_with_runs_of_thousands_of_blanks_takes_time_in_proportion(blank):
    """Where words are known by where they stand, four times as many blanks do not take sixteen times as long."""
    seconds = []
    for count in (3_000, 12_000):
        # Of another length each, so that nothing is remembered.
        data = PLAN.format(blank * count).replace("\t", "    ").encode()
        before = time.process_time()
        read_plan(read_bytes(data, "laid-out.txt"), load())
        seconds.append(time.process_time() - before)
    assert seconds[1] < MOST_GROWTH * seconds[0] or is_within(seconds[1], 2)
