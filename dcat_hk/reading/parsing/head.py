"""
The head of a plan: title, years, whose plan it is, when it was issued; and what a web page puts around it.

In: the blocks before the first section. Out: a `Head`, and claims on its lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile, zip_longest

from ...core.text import collapse, fold, join_lines, normalise, plain
from ...core.vocabularies import Vocabularies, vocabularies_in_use
from ...core.wording.plans import load_plan_wording
from ..documents import Block, Document, Fragment, Line
from ..recognisers.headings import read_signs
from ..recognisers.languages import choose_language, split_languages
from ..recognisers.values import read_date
from ..recognisers.words import number_of, write_years
from .ledger import Claims, text_of

_WORDING = load_plan_wording()
_TITLE, _HEADINGS = _WORDING.title, _WORDING.headings
#: A number before this year is none.
_FIRST_YEAR = 1900
#: A year of so many figures is one of this century.
_SHORT, _CENTURY = 2, 2000
#: No plan is for so many years.
_LONGEST_RANGE = 7
#: How many years the words for a span are.
_SPANS = {"bi": 2, "tri": 3}
#: Each date of a signature with what may stand before it below a title.
_DATES_ALONE = tuple(re.compile(f"{_WORDING.signature.head.pattern}{date.pattern}") for date in _WORDING.signature.date)
#: What stands between the parts of a title, one of which may name the body.
_PARTS_OF_TITLE = re.compile(r"(?<!\s)\s*+[|｜·—–]\s*+|(?<=\S)\s++-\s++|(?<=[Pp]lan)\s++")

#: What begins with a number and has so many stretches of text is a row of a table.
_ROW = re.compile(r"\(?\d{1,3}[).、]?\s+\S")
_FEWEST_CELLS = 4
#: A title without years is no longer than this; its years have a label of their own in one of so many lines.
_LONGEST_BARE = 80
_MOST_TO_YEARS = 8
_FIGURE_OR_COLON = re.compile(r"[\d:]")
#: A shorter name may be part of other words.
_SHORTEST_NAME = 4
_BRACKET_AT_END = re.compile(r"\((?P<inside>[^()]{4,40})\)\s*+$")
#: The rest of a bracket that a line of the title leaves open is no longer than this.
_MOST_CUT = 60


@dataclass(frozen=True, slots=True)
class Head:
    """Whose plan it is, what it is called, its first and last year, the month printed at its head, its lines folded."""

    bureau: str = ""
    title: str = ""
    years: tuple[int, ...] = ()
    dated: str | None = None
    lines: frozenset[str] = frozenset()


def text_of_line(document: Document, block: Block) -> str:
    """
    Return the text of a line, nothing for a row.

    Args:
        document: Where the block is.

        block: A line or a row.
    """
    return document.slice(block.span) if isinstance(block, Line) else ""


def joined(document: Document, blocks: Sequence[Block]) -> str:
    """
    Return the plain text of lines wrapped into one heading, nothing if a row is among them.

    Args:
        document: Where the blocks are.

        blocks: Lines.
    """
    return _join_texts(tuple(text_of_line(document, block) for block in blocks))


@lru_cache(maxsize=1 << 14)
def _join_texts(texts: tuple[str, ...]) -> str:
    """Return the plain text of lines; several passes ask for the same ones."""
    return plain(collapse(normalise(join_lines(texts)))) if all(texts) else ""


def claim_lines(claims: Claims, blocks: Sequence[Block], kind: str) -> None:
    """
    Claim whole lines.

    Args:
        claims: Where to.

        blocks: Lines; rows among them are left alone.

        kind: What the lines are.
    """
    claims.add([block.span for block in blocks if isinstance(block, Line)], kind)


def body_name(text: str) -> str:
    """
    Return a body's name without what surrounds it: the note on how it is called from here on, signs, "'s".

    >>> body_name("政府資訊科技總監辦公室（資科辦）"), body_name("Environmental Protection Department's")
    ('政府資訊科技總監辦公室', 'Environmental Protection Department')
    """
    match = _WORDING.abbreviation.pattern.search(plain(text))
    name = text[: match.start()] if match and match.start() > 0 else text
    for _again in range(2):
        bare = _WORDING.bureau.around.sub("", plain(name))
        start = plain(name).find(bare)
        name = name[start : start + len(bare)] if bare and start >= 0 else name
    return name.strip()


def is_body(text: str) -> bool:
    """
    Tell whether a text names a known body.

    >>> is_body("香港天文台"), is_body("Hong Kong Observatory"), is_body("香港"), is_body("香港天文台 HK Observatory")
    (True, True, False, True)
    """
    return bool(find_body(text))


def find_body(text: str) -> str:
    """
    Return the IRI of the known body that a text names, whatever it calls it; nothing if it names none.

    >>> find_body("香港天文台") == find_body("Hong Kong Observatory"), find_body("Kite Office")
    (True, '')
    """
    return _find_body(text, vocabularies_in_use())


def find_body_in_title(match: re.Match[str]) -> str:
    """
    Return the IRI of the known body that a title names, nothing if it names none.

    Args:
        match: What `match_title` gave.
    """
    named = (match.groupdict().get("body") or "", match.string[: match.start()], *_PARTS_OF_TITLE.split(match.string))
    return next(filter(None, map(find_body, named)), "")


@lru_cache(maxsize=1 << 14)
def _find_body(text: str, vocabularies: Vocabularies) -> str:
    """Return the IRI of the body, of those that some vocabularies have, that a text names; nothing if it names none."""
    name = body_name(text)
    article = _WORDING.bureau.article.match(plain(name))
    parts = split_languages(name)
    names = (name, name[article.end() :] if article else "", *(parts.texts(name) if parts else ()))
    bodies = (vocabularies.find_organisation(each) for each in names if each)
    return next((str(body.iri) for body in bodies if body), "")


def is_plan_name(text: str) -> bool:
    """
    Tell whether a line is short and has the words for an open data plan.

    >>> is_plan_name("Annual Open Data Plan"), is_plan_name("Rainfall")
    (True, False)
    """
    return len(text) <= _LONGEST_BARE and bool(_WORDING.section_signs.plan_name.search(plain(text)))


def is_clutter(text: str) -> bool:
    """
    Tell whether a line is what web pages put around their text: navigation, footer, breadcrumb.

    >>> is_clutter("返回頁首"), is_clutter("主頁 > 公開資料"), is_clutter("2023年12月")
    (True, True, False)
    """
    return bool(_WORDING.clutter.line.search(plain(text).strip()))


# ---- head


def read_head(document: Document, blocks: Sequence[Block], claims: Claims, signed: str = "") -> Head:
    """
    Return the head of a plan from the blocks before its first section.

    Args:
        document: Where the blocks are.

        blocks: What stands before the first section.

        claims: Where title and name are claimed as headings, other lines as notes or page furniture.

        signed: The name above the date under the plan.
    """
    start, count, match = _find_title(document, blocks)
    titled = blocks[start : start + count]
    whole = join_lines([normalise(text_of_line(document, block)) for block in titled])
    is_labelled = _has_labelled_years(match)
    before = whole[: match.start()].strip() if match and not is_labelled else ""
    title = collapse(whole[match.start() : _end_title(match)]) if match else ""
    if is_labelled:
        bare = (block for block in titled if _is_bare_title(joined(document, [block])))
        title = collapse(normalise(text_of_line(document, next(bare))))
    lines = [block for block in blocks[:start] if isinstance(block, Line)]
    above = _drop_labels(document, _drop_running_heads(document, lines, fold(title)))
    below = [block for block in blocks[start + count :] if isinstance(block, Line)]
    inside = match.groupdict().get("body") or "" if match else ""
    if inside and match:
        inside = whole[match.start("body") : match.end("body")]
    inside = inside or next(filter(is_body, _PARTS_OF_TITLE.split(title)), "")
    inside = inside or next(_list_labelled_bodies(document, (*lines, *titled, *below)), "")
    bureau, named = _find_bureau(document, (above, below), (before, inside), signed, match is not None)
    claim_lines(claims, [*named, *titled], "heading")
    around = (*above, *titled, *below) if is_labelled else below
    stated = (read_head_month(text_of_line(document, line)) for line in around)
    dates = [month for month in stated if month]
    told = below[: _find_rows(document, below)]
    claim_lines(claims, [block for block in told if block not in named], "note")
    rest = [block for block in lines if block not in named]
    cluttered = (
        len(rest) > 2 or len(above) < len(lines) or any(is_clutter(text_of_line(document, block)) for block in rest)
    )
    claim_lines(claims, rest, "furniture" if cluttered else "note")
    folded = frozenset(fold(text_of_line(document, block)) for block in (*named, *titled))
    years = read_title_years(match) if match else ()
    return Head(choose_language(bureau, title), title, years, dates[0] if dates else None, folded)


def _find_rows(document: Document, below: Sequence[Line]) -> int:
    """Return which line below a title heads rows that belong to no section, how many lines there are if none does."""
    texts = [plain(text_of_line(document, line)).strip() for line in below]
    rows = (i for i, line in enumerate(below) if len(line.runs) >= _FEWEST_CELLS and _ROW.match(texts[i]))
    first = next(rows, None)
    if first is None:
        return len(below)
    return next((index for index in reversed(range(first)) if read_signs(texts[index]).is_heading), first)


def _end_title(match: re.Match[str]) -> int | None:
    """Return where a title ends whose years have a label of their own, such as "period covered"; None for its end."""
    return match.start("scope") if match.groupdict().get("scope") else None


def find_title_years(document: Document, blocks: Sequence[Block]) -> tuple[int, tuple[int, ...]]:
    """
    Return which block comes after the title of a plan, and the first and last year that it names; none without title.

    Args:
        document: Where the blocks are.

        blocks: What stands before the first section.
    """
    start, count, match = _find_title(document, blocks)
    return (start + count, read_title_years(match)) if match else (0, ())


def _drop_running_heads(document: Document, lines: Sequence[Line], title: str) -> list[Line]:
    """Return the lines above a title that neither hold the title too nor come again before it, and are no stamps."""
    folded = [fold(text_of_line(document, line)) for line in lines]
    return [
        line
        for index, line in enumerate(lines)
        if not (title and title in folded[index])
        and folded[index] not in folded[index + 1 :]
        and not _names_plan_of(document, line, folded[index + 1 :])
        and not _WORDING.marks.stamp.fullmatch(plain(text_of_line(document, line)).strip())
    ]


def _names_plan_of(document: Document, line: Line, below: Sequence[str]) -> bool:
    """Tell whether a line is a running head: the name of a body that stands below it, and the words for a plan."""
    text = text_of_line(document, line)
    whole, has_plan = fold(text), _WORDING.section_signs.plan_name.search(plain(text))
    return bool(has_plan) and any(len(name) >= _SHORTEST_NAME and name in whole and name != whole for name in below)


def read_title_years(match: re.Match[str]) -> tuple[int, ...]:
    """
    Return the first and last year of a title; 2024/25 ends in 2025, and so does 2023-25.

    Args:
        match: What `match_title` gave.
    """
    groups = {name: value for name, value in match.groupdict().items() if value}
    first = _read_year(groups["first"])
    last = _read_year(groups.get("last", groups["first"]))
    part = "last" if "last" in groups else "first"
    last = _find_end(last, groups.get(f"{part}_long") or groups.get(f"{part}_short"))
    if last <= first + 1:
        # "2024/25 (2024 to 2026)": the first year, and then all of them.
        found = _TITLE.range.finditer(match.string)
        ranges = [(int(each["first"]), _find_end(_read_year(each["last"]), each["last_short"])) for each in found]
        last = max([last, *(end for start, end in ranges if start == first and end < first + _LONGEST_RANGE)])
    span = _TITLE.span.search(match.string) if last == first else None
    return (first, first + _count_later(span.groupdict())) if span else (first, last)


def _find_end(year: int, ending: str | None) -> int:
    """Return the year in which one such as 2024/25 or 2024/2025 ends; the year itself if nothing later is behind it."""
    if not ending:
        return year
    return max(year, int(ending) + (year - year % 100 if len(ending) == _SHORT else 0))


def _count_later(span: Mapping[str, str | None]) -> int:
    """Return how many years come after the first one, by what a title says of them."""
    named = {name: text for name, text in span.items() if text}
    [(name, text)] = named.items()
    if name in _SPANS:
        return _SPANS[name] - 1
    return int(number_of(text)) - (name in {"count", "number"})


def _read_year(figures: str) -> int:
    """Return a year of four figures, or of two in this century."""
    return int(figures) + (_CENTURY if len(figures) == _SHORT else 0)


def _find_title(document: Document, blocks: Sequence[Block]) -> tuple[int, int, re.Match[str] | None]:
    """Return where the plan's title stands, over how many lines, and what it says: the last one before the sections."""
    best: tuple[int, int, re.Match[str] | None] = (0, 0, None)
    for start in range(len(blocks)):
        candidate = match_title(document, blocks, start)
        if not candidate or _is_rest_of(best, start, candidate):
            continue
        if best[2] is None or is_clean_title(candidate[1]) or not is_clean_title(best[2]):
            best = (start, *candidate)
    return best


def _is_rest_of(best: tuple[int, int, re.Match[str] | None], start: int, candidate: tuple[int, re.Match[str]]) -> bool:
    """Tell whether a title is the last lines of one that begins further up with words of a title."""
    first, count, match = best
    if _has_labelled_years(match) and start < first + count:
        return True
    same_end = first + count == start + candidate[0] and first < start
    if match is None or not same_end or match["first"] != candidate[1]["first"]:
        return False
    return len(match[0]) > len(candidate[1][0]) and is_clean_title(match)


def match_title(document: Document, blocks: Sequence[Block], start: int) -> tuple[int, re.Match[str]] | None:
    """
    Return over how many lines a title goes that begins at a block, and what it says; None if none does.

    Args:
        document: Where the blocks are.

        blocks: Lines, in order.

        start: The block that may begin a title.
    """
    first = blocks[start]
    if _WORDING.clutter.breadcrumb.search(plain(text_of_line(document, first))):
        return None
    if isinstance(first, Line) and _is_dated(document, first):
        return None
    labelled = _match_labelled_years(document, blocks, start)
    if labelled:
        return labelled
    for count in range(1, _HEADINGS.lines + 1):
        if count > 1 and any(
            read_lone_month(text_of_line(document, each)) for each in blocks[start:][count - 1 : count]
        ):
            break  # When a plan was made is no part of its title.
        text = write_years(joined(document, blocks[start : start + count]))
        for pattern in _TITLE.patterns if len(text) <= _HEADINGS.most else ():
            match = pattern.search(text)
            if match and match.end() == len(text) and read_title_years(match)[0] >= _FIRST_YEAR:
                more = joined(document, blocks[start + count : start + count + 1])
                cut = text.count("(") > text.count(")") and ")" in more and len(more) <= _MOST_CUT
                if more and (cut or _TITLE.subtitle.fullmatch(more)):
                    count += 1
                    match = pattern.search(write_years(joined(document, blocks[start : start + count]))) or match
                return _take_years_below(document, blocks, start, (count, match))
    return None


def _match_labelled_years(document: Document, blocks: Sequence[Block], start: int) -> tuple[int, re.Match[str]] | None:
    """Return over how many lines go a title without years and its years behind a label, either first; None if none."""
    texts = (joined(document, [block]) for block in blocks[start : start + _MOST_TO_YEARS])
    lines = list(takewhile(bool, texts))
    title = next((place for place, line in enumerate(lines) if _is_bare_title(line)), None)
    if title is None:
        return None
    for place in range(len(lines)) if title == 0 else range(1):
        for end in (place + 1, place + 2):
            match = _TITLE.labelled.fullmatch(write_years(" ".join(lines[place:end])))
            if match and int(match["first"]) >= _FIRST_YEAR and title not in range(place, end):
                return max(end, title + 1), match
    return None


def _has_labelled_years(match: re.Match[str] | None) -> bool:
    """Tell whether years stand behind a label of their own and not in the line of the title."""
    return match is not None and bool(match.groupdict().get("scope")) and not match.start("scope")


def _is_bare_title(text: str) -> bool:
    """Tell whether a plain line names a plan without its years."""
    is_short = 0 < len(text) <= _LONGEST_BARE and not _FIGURE_OR_COLON.search(text)
    return is_short and bool(_WORDING.section_signs.plan_name.search(text)) and not _TITLE.sentence.search(text)


def _take_years_below(
    document: Document, blocks: Sequence[Block], start: int, title: tuple[int, re.Match[str]]
) -> tuple[int, re.Match[str]]:
    """Return a title with the line below it that its last year stands in, if it does."""
    count, match = title
    below = joined(document, blocks[start + count : start + count + 1])
    if not below or not _TITLE.rest.fullmatch(below):
        return title
    text = write_years(joined(document, blocks[start : start + count + 1]))
    whole = match.re.search(text)
    if whole and whole.end() == len(text) and read_title_years(whole) != read_title_years(match):
        return count + 1, whole
    return title


def is_clean_title(match: re.Match[str]) -> bool:
    """
    Tell whether a title is no sentence about a plan.

    Args:
        match: What `match_title` gave.
    """
    return not _TITLE.sentence.search(match.string) and len(match.string) <= _TITLE.most


def _find_bureau(
    document: Document,
    around: tuple[Sequence[Line], Sequence[Line]],
    inside: tuple[str, str],
    signed: str,
    titled: bool,
) -> tuple[str, Sequence[Line]]:
    """Return the name of whose plan it is and its lines: a known body nearest the title, if there is one."""
    above, below = around
    if not titled:
        above = above or list(below[:1])
    candidates = list(_list_candidates(document, above, below, inside))
    for name, lines in candidates:
        if is_body(name):
            return body_name(name), lines
    if any(inside):
        return body_name(next(name for name in inside if name)), []
    clutter = [line for line in above if is_clutter(text_of_line(document, line))]
    if above and not clutter and len(above) <= 2:
        lines = [line for line in above if not _names_no_body(document, line)]
        if lines:
            return body_name(collapse(" ".join(text_of(document, [Fragment(line.span)]) for line in lines))), lines
    for name, lines in candidates:
        if _WORDING.bureau.like.fullmatch(plain(body_name(name))):
            return body_name(name), lines
    if signed:
        return body_name(signed), []
    first = [line for line in below[:1] if not _names_no_body(document, line)]
    return (body_name(text_of(document, [Fragment(first[0].span)])), first) if first else ("", [])


def _list_labelled_bodies(document: Document, blocks: Sequence[Block]) -> Iterator[str]:
    """Yield the known bodies that lines name behind a label, such as "Department: Hongkong Post", or below one."""
    texts = [text_of_line(document, block).strip() for block in blocks]
    for text, below in zip_longest(texts, texts[1:], fillvalue=""):
        label = _WORDING.bureau.label.match(plain(text) if ":" in plain(text) else f"{plain(text)}:")
        name = (text[label.end() :].strip() or below) if label else ""
        if name and is_body(name):
            yield name


def _drop_labels(document: Document, lines: Sequence[Line]) -> list[Line]:
    """Return lines without labels of a table at the head of a plan; what completes the name of a body is none."""
    kept: list[Line] = []
    for place, line in enumerate(lines):
        is_label = _WORDING.signature.labels.fullmatch(plain(text_of_line(document, line)).strip())
        if not is_label or (place and is_body(joined(document, lines[place - 1 : place + 1]))):
            kept.append(line)
    return kept


def _names_no_body(document: Document, line: Line) -> bool:
    """Tell whether a line is a month, with or without a word for what is of that month, or a kind of document."""
    text = text_of_line(document, line)
    return bool(read_lone_month(text) or _WORDING.signature.kind.fullmatch(plain(text).strip())) or _is_dated(
        document, line
    )


def _is_dated(document: Document, line: Line) -> bool:
    """Tell whether a line gives a date behind a word for one: "Date of preparation: November 2022", "檔號", "日期"."""
    return bool(_WORDING.signature.dated.match(plain(text_of_line(document, line)).strip()))


def _list_candidates(
    document: Document, above: Sequence[Line], below: Sequence[Line], inside: tuple[str, str]
) -> Iterator[tuple[str, Sequence[Line]]]:
    """Yield what may be the name of the bureau, the likeliest first: in the title, above it, below it, in a trail."""
    yield from ((name, ()) for name in inside if name)
    for end in range(len(above), 0, -1):
        for count in (1, 2, 3):
            lines = above[max(end - count, 0) : end]
            yield join_lines([normalise(text_of_line(document, line)) for line in lines]), lines
    for line in reversed(above):
        # Beside the name, a menu at the side of a page may stand on the same line.
        for run in line.runs if len(line.runs) > 1 else ():
            yield text_of(document, [Fragment(run.span)]), [line]
    for line in below[:3]:
        yield text_of(document, [Fragment(line.span)]), [line]
    for line in reversed(above):
        for part in _WORDING.clutter.breadcrumb.split(text_of_line(document, line)):
            yield normalise(part).strip(), [line]


def read_head_month(text: str) -> str | None:
    """
    Return the month that a line at the head of a plan holds, alone or behind a label.

    >>> read_head_month("擬備日期：2022年11月"), read_head_month("Date of preparation: November 2022")
    ('2022-11', '2022-11')
    """
    bare = plain(text).strip()
    label = _WORDING.signature.label.match(bare)
    return read_lone_month(bare) or (read_lone_month(bare[label.end() :]) if label else None)


@lru_cache(maxsize=1 << 12)
def read_month_of_title(title: str) -> str | None:
    """
    Return the month that stands alone in brackets behind a title: when the plan was made, or changed.

    >>> titles = ["Open Data Plan 2025-2027 (Updated in 3/2025)", "2025至2027年計劃（2024年12月）", "Plan (2025-2027)"]
    >>> [read_month_of_title(title) for title in titles]
    ['2025-03', '2024-12', None]
    """
    bracket = _BRACKET_AT_END.search(plain(title))
    return read_lone_month(bracket["inside"]) if bracket else None


def read_lone_month(text: str) -> str | None:
    """
    Return the month that a line holds and nothing else, in brackets or not.

    >>> read_lone_month("(2023年12月)"), read_lone_month("December 2023"), read_lone_month("2023")
    ('2023-12', '2023-12', None)
    """
    bare = write_years(plain(text).strip().strip("()[]").strip())
    for date, alone in zip(_WORDING.signature.date, _DATES_ALONE, strict=True):
        if alone.fullmatch(bare):
            printed = date.search(bare)
            return read_date(printed[0]).month if printed else None
    return None
