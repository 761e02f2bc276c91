"""
A plan in two languages side by side -> the same plan once in each language.

In: a document. Out: two documents with the lines of the first, whose blocks hold what is said in Chinese, and what is
said in English; what is in one language only, such as numbers and dates, is in both. It claims nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from ....core.text import collapse, count_letters, normalise, plain
from ....core.wording.plans import load_plan_wording
from ...documents import Block, Document, Line, Row, Span
from ...recognisers.headers import columns_of_cell, header_of_row
from ...recognisers.headings import read_section_heading, read_spatial
from ...recognisers.languages import Languages, split_languages
from ...recognisers.values import is_none, read_frequency
from ..head import body_name, find_title_years, is_body, read_lone_month
from ..ledger import texts_of
from ..rows import Text
from .languagepairs import pair_columns, pair_rows
from .pieces import cut_cell, text_of_cell

_WORDING = load_plan_wording()
#: A header with so many labels in both languages is proof.
_FEWEST_LABELS = 2
#: So many names of datasets, all of them in both, are proof, too; one fewer if each language has lines of its own.
_FEWEST_NAMES = 3
_SMALL_LETTERS = re.compile(r"[a-z]{2}")
#: The years of a plan beside its title in two languages.
_YEARS = re.compile(r"(?<!\d)\d{4}(?:\s?[-–—/]\s?\d{2,4})?(?!\d)")


@dataclass(slots=True)
class Editions:
    """A document in Chinese and in English, and the signs that part the languages."""

    chinese: Document
    english: Document
    signs: list[Span] = field(default_factory=list)


def split_editions(document: Document, is_category: Callable[[str, str], bool]) -> Editions | None:
    """
    Return a document once in each language, None if it is in one.

    Args:
        document: Any document.

        is_category: Tells whether two texts name the same category.
    """
    if not any(count_letters(normalise(line))[0] for line in document.lines if not line.isascii()):
        return None
    paired = pair_columns(pair_rows(document))
    if not (paired.changed or _is_bilingual(document, is_category)):
        return None
    document = paired.document
    editions = Editions(document, document, paired.again)
    chinese: list[Block] = []
    english: list[Block] = []
    blocks = document.blocks
    for index, block in enumerate(blocks):
        if isinstance(block, Row):
            parts = [_split_cell(document, cell, editions.signs) for cell in block.cells]
            chinese.append(block._replace(cells=tuple(han for han, _latin in parts)))
            english.append(block._replace(cells=tuple(latin for _han, latin in parts)))
            continue
        own = _share_years(document.slice(block.span))
        if own:
            chinese += _lines(document, block, own.han, editions.signs)
            english += _lines(document, block, own.latin, [])
            editions.signs += _spans(block, own.signs)
            continue
        beside = [blocks[i] for i in (index - 1, index + 1) if 0 <= i < len(blocks)]
        says_again = [other for other in beside if isinstance(other, Line) and _say_the_same(document, block, other)]
        has_ideographs = bool(count_letters(document.slice(block.span))[0])
        chinese += [block] if has_ideographs or not says_again else []
        english += [block] if not has_ideographs or not says_again else []
    editions.chinese = replace(document, blocks=tuple(chinese))
    editions.english = replace(document, blocks=tuple(english))
    return editions


# ---- whether there are two languages


def has_lines_in_two_languages(document: Document) -> bool:
    """
    Tell whether the headings of sections, or words for empty ones, stand in both languages on one line.

    Args:
        document: Any document.
    """
    count = 0
    for block in document.blocks:
        text = document.slice(block.span) if isinstance(block, Line) else ""
        parts = split_languages(text) if text else None
        if not parts:
            continue
        latin, han = map(_plain, parts.texts(text))
        headings = [read_section_heading(each) for each in (latin, han)]
        count += all(headings) or (is_none(latin) and is_none(han))
    return count >= _FEWEST_LABELS


def _is_bilingual(document: Document, is_category: Callable[[str, str], bool]) -> bool:
    """Tell whether a header has its labels in both languages, or most rows a value that is the same in both."""
    rows = [block for block in document.blocks if isinstance(block, Row)]
    proven = 0
    for row in rows:
        parts = [(text, split_languages(text)) for text in (text_of_cell(document, cell) for cell in row.cells)]
        both = [each.texts(text) for text, each in parts if each]
        if sum(1 for latin, han in both if _are_labels(latin, han)) >= _FEWEST_LABELS:
            return True
        proven += any(is_category(latin, han) or _are_frequencies(latin, han) for latin, han in both)
    return (proven > 1 and proven * 2 >= len(rows) - 1) or _has_names_in_both(document, rows)


def _has_names_in_both(document: Document, rows: Sequence[Row]) -> bool:
    """Tell whether every dataset has its name in both languages, most in several English words."""
    cells = list(_cells_of_names(document, rows))
    names = [text_of_cell(document, cell) for cell in cells]
    latin = [parts.texts(name)[0] for name in names if (parts := split_languages(name))]
    least = _FEWEST_NAMES - all(_has_own_lines(document, cell) for cell in cells)
    # One word may be the name of a thing that Chinese names hold as it is: "eHealth 登記".
    worded = sum(1 for text in latin if _SMALL_LETTERS.search(text) and len(text.split()) > 1)
    return least <= len(latin) == len(names) and worded * 3 >= len(latin) * 2


def _cells_of_names(document: Document, rows: Sequence[Row]) -> Iterator[Text]:
    """Yield the cells with the names of datasets below headers that say where they stand."""
    place, width = -1, 0
    for row in rows:
        header = header_of_row(texts_of(document, row))
        if header:
            place, width = next((i for i, columns in enumerate(header) if columns == ("title",)), -1), len(row.cells)
        elif place >= 0 and len(row.cells) == width and text_of_cell(document, row.cells[place]).strip():
            yield row.cells[place]


def _has_own_lines(document: Document, cell: Text) -> bool:
    """Tell whether the lines of a cell are first all in one language, then all in the other."""
    scripts = [bool(count_letters(document.slice(fragment.span))[0]) for fragment in cell]
    return len(set(scripts)) > 1 and sorted(scripts) in (scripts, scripts[::-1])


def _are_labels(latin: str, han: str) -> bool:
    """Tell whether two texts are labels of one column."""
    columns = columns_of_cell(han)
    return bool(columns) and columns == columns_of_cell(latin)


def _are_frequencies(latin: str, han: str) -> bool:
    """Tell whether two texts are the same frequency."""
    frequency = read_frequency(han)
    return frequency is not None and frequency == read_frequency(latin)


def _say_the_same(document: Document, one: Line, other: Line) -> bool:
    """Tell whether one line is in Chinese and the other in English, and both are one heading, title, name or word."""
    texts = [document.slice(line.span).strip() for line in (one, other)]
    if [bool(count_letters(text)[0]) for text in texts] not in ([True, False], [False, True]):
        return False
    headings = [read_section_heading(text) for text in map(_plain, texts)]
    if all(headings):
        codes = {heading.code for heading in headings if heading}
        return len(codes) == 1
    if any(headings):
        return False
    parts = [read_spatial(text) for text in map(_plain, texts)]
    if parts[0] is not None:
        return parts[0] == parts[1]
    months = [read_lone_month(text) for text in texts]
    return (
        all(find_title_years(document, [line])[1] for line in (one, other))
        or all(is_body(text) or _WORDING.bureau.like.fullmatch(plain(body_name(text))) for text in texts)
        or all(is_none(text) for text in texts)
        or (months[0] is not None and months[0] == months[1])
    )


def _plain(text: str) -> str:
    """Return a heading as recognisers of headings want it."""
    return plain(collapse(text))


# ---- cutting


def _split_cell(document: Document, cell: Text, signs: list[Span]) -> tuple[Text, Text]:
    """Return what a cell says in Chinese and in English, all of it twice if that is one language."""
    text = text_of_cell(document, cell)
    parts = split_languages(text)
    if not parts or not _is_translated(parts, text):
        return cell, cell
    if len(parts.han) == len(parts.latin) == 1 and _has_own_lines(document, cell):
        # Where each language has lines of its own, figures at their ends are of the line they stand in.
        lines = [(fragment, bool(count_letters(document.slice(fragment.span))[0])) for fragment in cell]
        return tuple(each for each, is_han in lines if is_han), tuple(each for each, is_han in lines if not is_han)
    signs += [fragment.span for fragment in cut_cell(document, cell, parts.signs)]
    return cut_cell(document, cell, parts.han), cut_cell(document, cell, parts.latin)


def _is_translated(parts: Languages, text: str) -> bool:
    """Tell whether the English part is more than a name in capitals that the Chinese part begins or ends with."""
    both = parts.texts(text)
    no_date = all(_WORDING.dates.open.fullmatch(plain(part)) for part in both)
    return no_date or bool(_SMALL_LETTERS.search(both[0]) or columns_of_cell(both[0]))


def _lines(document: Document, line: Line, stretches: Iterable[tuple[int, int]], signs: list[Span]) -> list[Block]:
    """Return the lines that a line's stretches make; a letter before a heading stands on one of its own."""
    spans = _spans(line, _join(stretches))
    if len(spans) > 1 and read_spatial(_plain(document.slice(spans[1]))) is not None:
        signs.append(spans[0])
        spans = spans[1:]
    return [Line(span, line.apart or place > 0, (), line.top, line.page) for place, span in enumerate(spans)]


def _join(stretches: Iterable[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    """Return stretches, those that touch as one."""
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _share_years(text: str) -> Languages | None:
    """Return where a line is in each language; the years of a plan's title are of both if one has no figures."""
    own = split_languages(text)
    years = _YEARS.search(text) if own and _WORDING.section_signs.plan_name.search(plain(text)) else None
    if not own or not years:
        return own
    has_latin, has_han = (any(sign.isdecimal() for sign in each) for each in own.texts(text))
    if has_latin == has_han:
        return own
    lacking = own.latin if has_han else own.han
    shared = (*lacking, years.span()) if text[: years.start()].strip() else (years.span(), *lacking)
    return own._replace(latin=shared) if has_han else own._replace(han=shared)


def _spans(line: Line, stretches: Iterable[tuple[int, int]]) -> list[Span]:
    """Return the spans of stretches of a line's text."""
    start = line.span.start
    return [line.span._replace(start=start + first, end=start + last) for first, last in stretches]
