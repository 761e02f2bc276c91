"""
Headings of sections: what a line says as one, in the usual words, with a slip, or in other words.

In: plain texts, the years of the plan, what stands before and after. Out: the code of a section, or nothing. What
cannot be told stays untold: no heading takes over the section before it.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache

from ...core.plan import DateRole
from ...core.text import collapse, fold, plain
from ...core.wording.plans import load_plan_wording
from .acts import is_report, is_request, is_withdrawn, read_acts
from .languages import split_languages
from .slips import is_slip
from .words import write_years

_WORDING = load_plan_wording()
_HEADINGS, _SIGNS = _WORDING.headings, _WORDING.section_signs
#: The headings of sections, each with the codes it can stand for.
_SECTIONS = tuple((pattern, section.codes) for section in _WORDING.sections for pattern in section.patterns)
_TAIL = re.compile(f"{_HEADINGS.tail.pattern}$")
#: A year, and the second year of a pair such as 2024/25.
_YEARS = re.compile(r"(\d{4})(\s*[/\-–—]\s*\d{2}(?!\d))?")
_FIGURES = re.compile(r"\d+")
#: Folded usual headings, by the codes they can stand for.
_USUAL = tuple(
    (bare, Counter(bare), section.codes, text)
    for section in _WORDING.sections
    for text in section.usual
    for bare in (_FIGURES.sub("", fold(text)),)
)
_SHORTEST_USUAL = min(len(bare) for bare, *_rest in _USUAL)
_LONGEST_USUAL = max(len(bare) for bare, *_rest in _USUAL)
_SUBHEADINGS = {fold(text): False for text in _SIGNS.nonspatial} | {fold(text): True for text in _SIGNS.spatial}
#: From this likeness on a heading is one of the usual ones with a slip in it.
_ALIKE = 0.85
#: From this likeness on a usual heading is told to the writer as the one that may have been meant.
_SIMILAR = 0.5
#: All codes in the order in which sections stand.
CODES = "ABCD"


@dataclass(frozen=True, slots=True)
class SectionHeading:
    """
    A section heading: its code, its years, over how many lines it goes.

    `lettered` if a letter or number stands before it, `several` if it names more than one year, `decided` if the code
    is certain whatever the years are, `doubtful` if letter and words contradict each other, `planned` if it has a word
    for what is to come, `by_rows` if each row says whether it is planned or released. A section that cannot be told has
    no code.
    """

    code: str
    years: tuple[int, ...]
    lines: int = 1
    lettered: bool = False
    several: bool = False
    decided: bool = False
    doubtful: bool = False
    planned: bool = False
    by_rows: bool = False


@dataclass(frozen=True, slots=True)
class HeadingSigns:
    """
    What speaks for a section in a line that is no usual heading.

    `letter` is the code that a letter or number stands for, `codes` those that the words allow; `numbered` if it is a
    mere number, which rows and bodies have, too, `counted` if it is one behind a word such as "part", too; `bare` if
    nothing stands beside the letter; `several` if more than one year is named; `alike` if the words are those of a
    usual heading with a slip; `planned` if there is a word for what is to come, `delayed` if there is one for what was
    to come before, `withdrawn` if there is one for what will not come, `requested` if it is about what the public asks
    for.
    """

    letter: str
    codes: frozenset[str]
    years: tuple[int, ...]
    numbered: bool = False
    counted: bool = False
    bare: bool = False
    several: bool = False
    about_data: bool = False
    alike: bool = False
    planned: bool = False
    delayed: bool = False
    withdrawn: bool = False
    requested: bool = False

    @property
    def is_left_out(self) -> bool:
        """Tell whether what stands below a heading with these signs is not to be released, or is only asked for."""
        return self.withdrawn or self.requested

    @property
    def is_apart(self) -> bool:
        """Tell whether what stands below is no section by its order: left out, or later than it was to come."""
        return self.is_left_out or self.delayed

    @property
    def has_own_letter(self) -> bool:
        """Tell whether a letter stands before the words, and no number, which rows and bodies have, too."""
        return bool(self.letter) and not self.counted

    @property
    def is_heading(self) -> bool:
        """Tell whether a line with these signs can be nothing but the heading of a section."""
        if self.requested:
            return True
        if self.letter and not self.numbered:
            return bool(self.codes or self.years or self.bare or self.about_data)
        if (self.withdrawn or self.delayed) and (self.about_data or self.letter):
            return True
        return bool(self.codes) and (self.about_data or bool(self.letter))


# ---- usual headings


@lru_cache(maxsize=4096)
def read_section_heading(text: str) -> SectionHeading | None:
    """
    Return what a plain text says as a section heading in the usual words, None if it is none.

    A section of datasets that are not to be released after all has no code.

    >>> read_section_heading("d. 已发放的数据集").code, read_section_heading("雨量")
    ('D', None)
    >>> read_section_heading("c. 已取消发放的数据集").code
    ''
    """
    bare = write_years(_drop_again(text))
    for pattern, codes in _SECTIONS if 0 < len(bare) <= _HEADINGS.most else ():
        match = pattern.fullmatch(bare)
        if not match:
            continue
        groups = match.groupdict()
        mark = groups.get("letter") or ""
        if is_withdrawn(bare) or is_request(bare):
            return SectionHeading("", (), 1, bool(mark), decided=True)
        if _is_delayed(bare) and (not mark or mark in _SIGNS.numbers):
            return None
        if _contradicts(bare, "D" in codes):
            return None
        letter = _SIGNS.letters.get(mark, mark.upper())
        years, several = read_years((groups.get("years") or "").strip())
        decided = letter in codes and (mark not in _SIGNS.numbers or not years)
        code = letter if decided else codes[-1] if several else codes[0]
        if not decided and letter in {"", "C"} and code in {"A", "B"} and _SIGNS.others.search(bare):
            code, decided = "C", True
        doubtful = bool(mark) and mark not in _SIGNS.numbers and code != letter
        planned = read_acts(bare).planned
        return SectionHeading(code, years, 1, bool(mark), several, decided, doubtful, planned)
    return _read_in_both(bare)


def _read_in_both(text: str) -> SectionHeading | None:
    """Return the heading that a plain text says in English and in Chinese alike, None if it does not."""
    parts = split_languages(text)
    english, chinese = map(read_section_heading, parts.texts(text)) if parts else (None, None)
    return english if english and chinese and english.code == chinese.code else None


def read_years(stated: str) -> tuple[tuple[int, ...], bool]:
    """
    Return every year from the first to the last of a heading, and whether it names more than one; 2024/25 is one.

    >>> read_years("2025及2026年"), read_years("未来两年")
    (((2025, 2026), True), ((), True))
    """
    named = [(int(year), bool(short)) for year, short in _YEARS.findall(stated)]
    if not named:
        return (), bool(_HEADINGS.several.search(stated))
    years = [year + extra for year, pair in named for extra in range(1 + pair)]
    return tuple(range(min(years), max(years) + 1)), len(named) > 1


def complete_heading(heading: SectionHeading, plan: tuple[int, ...]) -> SectionHeading:
    """
    Return a heading with the years and the code that the years of the plan give it.

    Args:
        heading: A usual heading; years that it gives in words are those of the plan.

        plan: The first and the last year of the plan; empty if they are not known.
    """
    code, years = heading.code, heading.years
    if code in {"A", "B"} and plan and not heading.by_rows:
        rest = tuple(range(plan[0] + 1, plan[-1] + 1))
        if not years:
            years = rest if heading.several or (heading.decided and code == "B") else plan[:1]
        is_past = _is_past(years, plan, heading.several) and not heading.planned
        if not heading.decided:
            code = "D" if is_past else _code_of_years(years, plan, heading.several)
        elif is_past:
            return replace(heading, years=years, doubtful=heading.doubtful or heading.lettered)
    return replace(heading, code=code, years=years)


def _drop_again(text: str) -> str:
    """Return plain text with single blanks, which keep patterns linear, and without a mark that it goes on."""
    return _HEADINGS.again.sub("", collapse(text))


def _code_of_years(years: tuple[int, ...], plan: tuple[int, ...], several: bool) -> str:
    """Return whether years are the first of the plan (section A) or others (section B); 2024/25 is one, not several."""
    rest = plan[-1] - plan[0]
    return "A" if years[:1] == plan[:1] and (not several or len(years) < rest + 1) else "B"


def _is_past(years: tuple[int, ...], plan: tuple[int, ...], several: bool) -> bool:
    """Tell whether years are before the plan's: "released in 2025" has come to pass when a plan begins in 2026."""
    if not years or not plan:
        return False
    return max(years) < plan[0] or (not several and years[0] < plan[0])


def drop_tail(text: str) -> str:
    """Return plain text without a mark that it is continued and without what may follow a heading."""
    bare = _drop_again(text)
    return _TAIL.sub("", bare).strip() or bare


# ---- other words


@lru_cache(maxsize=4096)
def read_signs(text: str) -> HeadingSigns:
    """
    Return what speaks for a section in a plain text.

    >>> signs = read_signs("a部:2024年")
    >>> signs.letter, signs.years, signs.is_heading
    ('A', (2024,), True)
    >>> read_signs("datasets on the portal").codes, read_signs("雨量").is_heading
    (frozenset({'D'}), False)
    """
    bare = _HEADINGS.again.sub("", text).strip()
    if not bare or len(bare) > _HEADINGS.most:
        return HeadingSigns("", frozenset(), ())
    leader = _SIGNS.leader.match(bare)
    rest = bare[leader.end() :].strip() if leader else bare
    mark = leader["letter"] if leader else ""
    years, several = read_years(write_years(rest))
    alike = _find_alike(rest)
    return HeadingSigns(
        letter=_SIGNS.letters.get(mark, mark.upper()),
        codes=_read_words(rest) or alike,
        years=tuple(year for year in years if 1990 <= year < 2100),
        numbered=bool(leader) and mark in _SIGNS.numbers and not (leader and leader["word"]),
        counted=bool(leader) and mark in _SIGNS.numbers,
        bare=bool(leader) and not rest,
        several=several,
        about_data=bool(_SIGNS.data.search(rest)),
        alike=bool(alike),
        planned=_is_planned(rest),
        delayed=_is_delayed(rest),
        withdrawn=is_withdrawn(rest),
        requested=is_request(rest),
    )


def _is_planned(text: str) -> bool:
    """Tell whether the words of a heading say that something is to come."""
    words = _SIGNS.plan_name.sub(" ", text)
    if _SIGNS.past_year.search(words):
        words = _SIGNS.fresh.sub(" ", words)
    acts = read_acts(words)
    names_year = _SIGNS.this_year.search(words) or _SIGNS.next_year.search(words)
    return acts.planned or (bool(names_year) and not acts.released)


def _is_delayed(text: str) -> bool:
    """Tell whether the words of a heading say that something comes later than it was to, and has not come since."""
    return bool(_SIGNS.delayed.search(text)) and (not read_acts(text).released or is_report(text))


def _contradicts(text: str, is_released: bool) -> bool:
    """Tell whether a usual heading says the opposite: what it calls released was promised, or what was planned came."""
    acts = read_acts(text)
    return acts.planned if is_released else acts.since


def _is_of_last_year(text: str) -> bool:
    """Tell whether the words of a heading say that something came to pass last year, and not that it failed to."""
    if not _SIGNS.past_year.search(text) or _SIGNS.denied.search(text) or _SIGNS.delayed.search(text):
        return False
    return not _is_planned(text)


def _read_words(text: str) -> frozenset[str]:
    """Return the codes that the words of a heading allow; none if they say nothing."""
    acts = read_acts(text)
    if acts.since:
        return frozenset("D")
    if _SIGNS.others.search(text) and not acts.released:
        return frozenset("C")
    if _is_of_last_year(text):
        return frozenset("D")
    if _SIGNS.past_year.search(text) or (_is_delayed(text) and not _YEARS.search(write_years(text))):
        return frozenset()  # What was planned last year, or is late: it says of no section.
    if acts.released:
        return frozenset() if acts.planned else frozenset("D")
    for pattern, codes in ((_SIGNS.later_years, "B"), (_SIGNS.this_year, "A"), (_SIGNS.next_year, "AB")):
        if pattern.search(text):
            return frozenset(codes)
    if acts.planned:
        return frozenset("AB")
    is_dated = acts.dated or bool(_SIGNS.release.search(text) and _YEARS.search(write_years(text)))
    return frozenset("AB") if is_dated else frozenset()


@lru_cache(maxsize=4096)
def read_stage(text: str) -> DateRole | None:
    """
    Return what the words of a plain heading say of its datasets; None if they say neither or both.

    >>> read_stage("c. datasets already released by other bodies"), read_stage("b. 将于2025年发放的数据集")
    ('released', 'target')
    >>> read_stage("c. 其他机构的数据集") is None
    True
    """
    leader = _SIGNS.leader.match(text)
    words = _SIGNS.plan_name.sub(" ", text[leader.end() :] if leader else text)
    is_planned = _is_planned(words)
    is_released = (read_acts(words).released or _is_of_last_year(words)) and not _is_delayed(words)
    if not is_planned and not is_released and not _YEARS.search(words):
        codes = _find_alike(words)
        is_planned, is_released = codes == {"A", "B"}, codes == {"D"}
    if is_planned == is_released:
        return None
    return "target" if is_planned else "released"


def names_others(text: str) -> bool:
    """
    Tell whether a plain heading is about bodies other than bureaux and departments.

    >>> names_others("c. 已发放的其他机构数据集"), names_others("c. 已发放的数据集")
    (True, False)
    """
    return bool(_SIGNS.others.search(text))


def _find_alike(text: str) -> frozenset[str]:
    """Return the codes of the usual heading that a text is with a slip in it; none if it denies it or is like none."""
    if _SIGNS.denied.search(text):
        return frozenset()
    nearest = (_find_nearest(text, _ALIKE), _find_nearest(_SIGNS.torn_leader.sub("", text), _ALIKE))
    likeness, codes, _usual = max(nearest)
    return frozenset(codes) if likeness >= _ALIKE else frozenset()


@lru_cache(maxsize=4096)
def _find_nearest(text: str, least: float = 0.0) -> tuple[float, tuple[str, ...], str]:
    """
    Return how like a text is to the usual heading nearest to it, that heading's codes, and the heading.

    Less than the least likeness is not looked for. No two texts are more alike than the letters that both have allow:
    most headings need not be compared letter by letter.
    """
    bare = _FIGURES.sub("", fold(text))
    nearest = min(max(len(bare), _SHORTEST_USUAL), _LONGEST_USUAL)
    if 2 * min(len(bare), nearest) / (len(bare) + nearest) < least:
        return 0.0, (), ""
    letters = Counter(bare)
    best: tuple[float, tuple[str, ...], str] = (0.0, (), "")
    for usual, counts, codes, name in _USUAL:
        size = len(bare) + len(usual)
        if size and 2 * min(len(bare), len(usual)) / size < max(best[0], least):
            continue
        if size and 2 * (letters & counts).total() / size < max(best[0], least):
            continue
        likeness = SequenceMatcher(None, bare, usual, autojunk=False).ratio()
        best = max(best, (likeness, codes, name))
    return best


def nearest_heading(text: str) -> str:
    """
    Return the usual heading that a text is most like; nothing if it is like none, or says that something is late.

    >>> nearest_heading("Datasets alredy released"), nearest_heading("Other matters")
    ('D. Datasets already released', '')
    """
    plainly = plain(text)
    leader = _SIGNS.leader.match(plainly)
    likeness, codes, usual = _find_nearest(plainly[leader.end() :] if leader else plainly)
    return f"{codes[0]}. {usual}" if likeness >= _SIMILAR and not _is_delayed(plainly) else ""


def choose_section(signs: HeadingSigns, plan: tuple[int, ...], between: tuple[str, str], roles: frozenset[str]) -> str:
    """
    Return the code of the section that a heading opens; nothing if that cannot be told.

    Args:
        signs: What speaks for a section in its words.

        plan: The first and the last year of the plan.

        between: The codes of the sections before and after, each empty if there is none.

        roles: The codes of the sections that the date label of the table allows.
    """
    if signs.is_left_out:
        return ""
    is_past = _is_past(signs.years, plan, signs.several)
    if signs.delayed and (is_past or not signs.years):
        return signs.letter if signs.has_own_letter and signs.letter in "AB" else ""
    before, after = between
    order = {code for code in CODES if (not before or code > before) and (not after or code < after)}
    words = set(signs.codes) or ({"A", "B"} if signs.years else set())
    if words == {"A", "B"} and is_past and not signs.planned:
        words = {"D"} if signs.codes else set()  # Years gone by say nothing of their own, such as "deferred from 2025".
    elif words == {"A", "B"} and signs.years and plan:
        within = set(signs.years) & set(range(plan[0], plan[-1] + 1))
        words = {_code_of_years(signs.years, plan, signs.several)} if within else words
    letter = {signs.letter} if signs.letter and signs.letter in CODES else set()
    if signs.counted and not words and not signs.bare:
        return ""  # A number says which heading it is, not which section.
    is_planned = not signs.counted and words <= {"A", "B"} >= letter
    if letter and not signs.numbered and (not words or letter <= words or is_planned):
        return signs.letter
    if not words and not letter:
        return _only(order & roles)
    if letter == {"D"} <= order and not signs.numbered and not signs.planned and not words & order:
        return "D"  # Years of an earlier section alone do not outweigh a letter that is in its place.
    chances = (words, words & order, words & order & roles, (letter | words) & order, (letter | words) & order & roles)
    code = next((code for chance in chances if (code := _only(chance))), "")
    # Both are planned: without years the first such section is the plan's first.
    return code or (min(words & order & roles, default="") if words == {"A", "B"} and signs.planned else "")


def _only(codes: set[str]) -> str:
    """Return the one code of a set, nothing if there are none or several."""
    return next(iter(codes)) if len(codes) == 1 else ""


# ---- headings inside a section


def is_caption(text: str) -> bool:
    """
    Tell whether a plain text is a caption that only counts tables and says nothing of a section.

    >>> is_caption("table 2: list of datasets"), is_caption("table 1: datasets to be released in 2025")
    (True, False)
    """
    if not _WORDING.cells.caption.fullmatch(text.strip()):
        return False
    signs = read_signs(text)
    return not (signs.codes or signs.years or read_section_heading(text))


@lru_cache(maxsize=4096)
def read_spatial(text: str, after_spatial: bool = False) -> bool | None:
    """
    Return whether a plain text heads spatial data or other data, None if it heads neither; one slip is passed over.

    Args:
        text: Plain text.

        after_spatial: Whether spatial data were headed before it: then "other data" are those that are not.

    >>> read_spatial("(i) 空间数据"), read_spatial("(ii) 非空闲数据"), read_spatial("(ii) 雨量")
    (True, False, None)
    >>> read_spatial("其他数据"), read_spatial("其他数据", after_spatial=True)
    (None, False)
    """
    bare = drop_tail(text)
    if after_spatial and _HEADINGS.other_data.fullmatch(bare):
        return False
    for heading, spatial in ((_HEADINGS.spatial, True), (_HEADINGS.nonspatial, False)):
        if heading.fullmatch(bare):
            return spatial
    marked = _SIGNS.subleader.match(bare)
    rest = fold(bare[marked.end() :]) if marked else ""
    return next((spatial for usual, spatial in _SUBHEADINGS.items() if rest and is_slip(rest, usual)), None)
