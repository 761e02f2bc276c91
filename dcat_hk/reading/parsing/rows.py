"""
What tables and text without cells have in common: a row as spans, before its words are understood.

In: nothing. Out: `RawRow` and the small rules that both ways of reading share.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ...core.place import Place
from ...core.text import plain
from ...core.wording.plans import load_plan_wording
from ..documents import Document, Fragment, Span
from ..recognisers.columns import TEXT_FIELDS
from ..recognisers.formats import names_only_formats
from ..recognisers.values import find_formats, is_none, read_date, read_frequency
from .ledger import Claims, text_of

_WORDING = load_plan_wording()
_ROW_NUMBERS = (
    _WORDING.cells.row_number_decimal,
    _WORDING.cells.row_number,
    _WORDING.cells.row_number_in_words,
)

#: A number or a code, short enough to be no year, at the beginning of a cell that has a name as well.
_OPENING_NUMBER = re.compile(
    r"(?P<number>[(（]?(?!\d{4})[\w/.\-()]{1,12}?[)）.、:：]?)(?:(?<=[)）、:：])\s*+|(?<=\.)(?=[^\s\d])|\s++)(?=\S)"
)
_BETWEEN = re.compile(r"\s*+[/／,，、;；(（|]\s*+|\s++[\-–—]\s++|\s++")
#: What stands between a name and its formats.
_BEFORE_FORMATS = re.compile(r"\s*+[/／,，、;；(（|]\s*+|\s++[\-–—]\s++")
#: What each field holds that shows by its words what it is.
_FITS: Mapping[str, Callable[[str], bool]] = {
    "date": lambda text: read_date(text).is_stated,
    "format": names_only_formats,
    "frequency": lambda text: read_frequency(text) is not None and not any(find_formats(f"({text})")),
}
_BLANKS = re.compile(r"\s+")
_SLASH = re.compile(re.escape(_WORDING.cells.slash))

Text = tuple[Fragment, ...]


@dataclass(frozen=True, slots=True)
class RawRow:
    """
    One row: the fragments of its cells by the field that they fill; an empty cell has none.

    `part` counts continuation rows under the same number.

    >>> row = RawRow(1, 0, None, Place(1, 1), {"title": (Fragment(Span(0, 2, 6)),)})
    >>> row.cell("title")[0].span.end, row.cell("date")
    (6, ())
    """

    number: int | None
    part: int
    group: str | None
    place: Place
    cells: Mapping[str, Text] = field(default_factory=dict)

    def cell(self, name: str) -> Text:
        """Return the fragments of a field."""
        return self.cells.get(name, ())

    def replace_cells(self, **cells: Text) -> RawRow:
        """Return the row with other text in some fields."""
        return replace(self, cells={**self.cells, **cells})

    def extend(self, name: str, fragments: Text, place: Place) -> RawRow:
        """Return the row with more text in a field."""
        return replace(self.replace_cells(**{name: self.cell(name) + fragments}), place=self.place.join(place))


@lru_cache(maxsize=1 << 14)
def read_number(text: str) -> int | None:
    """
    Return the row number that a cell holds, None if it holds something else.

    A number of several parts ("D.12", "1.2") counts by its last part.

    >>> read_number("12."), read_number("(3)"), read_number("D.12"), read_number("十一、"), read_number("⑫")
    (12, 3, 12, 11, 12)
    >>> read_number("2019年") is None
    True
    """
    stated = text.strip()
    if len(stated) == 1 and unicodedata.numeric(stated, -1) > 0:
        return int(unicodedata.numeric(stated))
    for pattern in _ROW_NUMBERS:
        match = pattern.fullmatch(plain(stated).strip())
        if match:
            words = match.groupdict().get("words")
            return _read_number_in_words(words) if words else int(match["number"])
    return None


def read_code(text: str) -> int | None:
    """
    Return the number of a row by a cell of a column of numbers, also where codes stand in it; None if it holds neither.

    >>> read_code("12."), read_code("HD-001"), read_code("EPD/AQ/3"), read_code("COVID"), read_code("A.1 0")
    (12, 1, 3, None, 10)
    """
    number = read_number(text)
    if number is not None:
        return number
    # A narrow column parts numbers and codes.
    whole = "".join(plain(text).split())
    match = _WORDING.cells.row_code.fullmatch(whole)
    return int(match["number"]) if match else read_number(whole)


def is_cut_short(text: str) -> bool:
    """
    Tell whether a text was cut in the middle of a sentence: in a bracket or behind a comma.

    >>> is_cut_short("Readings (CSV"), is_cut_short("Readings (CSV)")
    (True, False)
    """
    folded = plain(text)
    return folded.count("(") > folded.count(")") or folded.endswith(tuple(_WORDING.cells.goes_on))


def _read_number_in_words(words: str) -> int | None:
    """Return a number from one to ninety-nine in Chinese digits, None if the digits make none."""
    numbers = _WORDING.numbers
    ten = next(word for word, value in numbers.items() if value == 10 and len(word) == 1)
    tens, sign, ones = words.rpartition(ten)
    if any(len(part) > 1 or part == ten for part in (tens, ones)):
        return None
    return (int(numbers[tens]) if tens else 1 if sign else 0) * 10 + (int(numbers[ones]) if ones else 0)


def split_category(
    document: Document, fragments: Sequence[Fragment], is_category: Callable[[str], bool]
) -> tuple[Text, Text, tuple[Span, ...]]:
    """
    Return category, title and the sign between them from a cell that holds both.

    The sign is the first slash behind a known category; failing that, a colon or dash behind one; failing that, the
    first slash. Without any of them, a category in a paragraph of its own is one, and else everything is title.

    Args:
        document: Where the fragments are.

        fragments: The cell's text.

        is_category: Tells whether a text is a known category.
    """
    cuts: list[tuple[Text, Text, Span]] = []
    others: list[tuple[Text, Text, Span]] = []
    for index, fragment in enumerate(fragments):
        text = plain(document.slice(fragment.span))
        cuts += [_cut_fragments(fragments, index, *match.span()) for match in _SLASH.finditer(text)]
        others += [_cut_fragments(fragments, index, *match.span()) for match in _WORDING.cells.colon.finditer(text)]
        if fragment.apart and index:
            others.append(
                (tuple(fragments[:index]), tuple(fragments[index:]), fragment.span._replace(end=fragment.span.start))
            )
    known = [cut for cut in [*cuts, *others] if is_category(text_of(document, cut[0]))]
    if not known and not cuts:
        return (), tuple(fragments), ()
    category, title, sign = (known or cuts)[0]
    return _drop_empty(document, category), _drop_empty(document, title), (sign,)


def part_categories(
    document: Document, rows: Sequence[RawRow], is_category: Callable[[str], bool]
) -> tuple[RawRow, ...]:
    """
    Return rows of lines with the category that stands a blank before the name, as columns of a text may do.

    All names of rows without a category must begin with a known one. Where other rows have theirs, only a name in
    Chinese does, in which a blank is none of the name's.

    Args:
        document: Where the rows are.

        rows: The rows of a table.

        is_category: Tells whether a text is a known category.
    """
    bare = {place: row for place, row in enumerate(rows) if not (row.part or row.cell("category"))}
    cuts = {place: _cut_category(document, row.cell("title"), is_category) for place, row in bare.items()}
    named = any(row.cell("category") for row in rows)
    if not all(cut and not (named and text_of(document, cut[0]).isascii()) for cut in cuts.values()):
        return tuple(rows)
    parted = list(rows)
    for place, (category, title) in cuts.items():
        parted[place] = rows[place].replace_cells(category=category, title=title)
    return tuple(parted)


def _cut_category(document: Document, fragments: Text, is_category: Callable[[str], bool]) -> tuple[Text, ...]:
    """Return the known category that a name begins with, the longest one, and the rest; nothing if it has no two."""
    cuts = [
        _cut_fragments(fragments, index, *blank.span())[:2]
        for index, fragment in enumerate(fragments)
        for blank in _BLANKS.finditer(document.slice(fragment.span))
    ]
    cuts += [(fragments[:index], fragments[index:]) for index in range(1, len(fragments))]
    known = [cut for cut in cuts if is_category(text_of(document, cut[0])) and text_of(document, cut[1])]
    return max(known, key=lambda cut: len(text_of(document, cut[0])), default=())


def find_none(document: Document, cells: Sequence[Text]) -> Text | None:
    """
    Return the first of some filled cells that says that there is nothing, such as "N/A"; None if one is empty.

    Args:
        document: Where the cells are.

        cells: The cells.
    """
    return next((cell for cell in cells if is_none(text_of(document, cell))), None) if all(cells) else None


def split_paragraphs(document: Document, fragments: Text) -> tuple[Text, Text]:
    """
    Return the first paragraph of a cell and the rest, which is empty if there is only one.

    Where a file has no paragraphs in a cell but lines that somebody ended, the first line is one. A PDF does not say
    who ended a line.

    Args:
        document: Where the fragments are.

        fragments: The cell's text.
    """
    ends = [index for index, fragment in enumerate(fragments) if fragment.apart and index]
    if not ends and document.kind != "pdf":
        ends = [index for index, fragment in enumerate(fragments) if index]
    end = ends[0] if ends else len(fragments)
    return fragments[:end], fragments[end:]


def split_joint(document: Document, fields: Sequence[str], fragments: Text) -> tuple[dict[str, Text], tuple[Span, ...]]:
    """
    Return the parts of a cell that two labels govern, by field, and the sign between them.

    They are its first paragraph and the rest, number and name, name and formats, or what their words show them to be.

    Args:
        document: Where the fragments are.

        fields: The fields of both labels.

        fragments: The cell's text; no parts are returned where it cannot be divided.
    """
    first, rest = split_paragraphs(document, fragments)
    if rest or not fragments:
        return dict(zip(fields, (first, rest), strict=True)), ()
    if set(fields) <= _FITS.keys():
        return _split_by_contents(document, fields, fragments)
    if set(fields) == {"format", "title"}:
        return _split_formats(document, fragments)
    opening = _OPENING_NUMBER.match(document.slice(fragments[0].span)) if set(fields) == {"number", "title"} else None
    if not opening or read_code(opening["number"]) is None:
        return {}, ()
    number, title, _blanks = _cut_fragments(fragments, 0, opening.end("number"), opening.end())
    return {"number": number, "title": title}, ()


def _split_by_contents(
    document: Document, fields: Sequence[str], fragments: Text
) -> tuple[dict[str, Text], tuple[Span, ...]]:
    """Return the parts of a cell beside a sign, each of which is what its field holds, or all of it as one of them."""
    for index, fragment in enumerate(fragments):
        for sign in _BETWEEN.finditer(document.slice(fragment.span)):
            before, after, between = _cut_fragments(fragments, index, *sign.span())
            for pair in (fields, tuple(reversed(fields))):
                parts = dict(zip(pair, (before, after), strict=True))
                if all(_FITS[field](text_of(document, part).strip("()（）")) for field, part in parts.items()):
                    return parts, (between,)
    whole = next((field for field in fields if _FITS[field](text_of(document, fragments))), None)
    return {whole: fragments} if whole else {}, ()


def _split_formats(document: Document, fragments: Text) -> tuple[dict[str, Text], tuple[Span, ...]]:
    """Return a name and the formats behind it, in brackets or behind a sign, and what is before them."""
    for index, fragment in enumerate(fragments):
        for sign in _BEFORE_FORMATS.finditer(document.slice(fragment.span)):
            title, formats, between = _cut_fragments(fragments, index, *sign.span())
            if text_of(document, title) and names_only_formats(text_of(document, formats).strip("()（）")):
                return {"title": title, "format": formats}, (between,)
    return {}, ()


def _cut_fragments(fragments: Sequence[Fragment], index: int, first: int, last: int) -> tuple[Text, Text, Span]:
    """Return the fragments before and after a sign in one of them, and the sign."""
    fragment = fragments[index]
    line, start, end = fragment.span
    before = (*fragments[:index], fragment._replace(span=Span(line, start, start + first)))
    after = (Fragment(Span(line, start + last, end), shared=fragment.shared), *fragments[index + 1 :])
    return before, after, Span(line, start + first, start + last)


def _drop_empty(document: Document, fragments: Text) -> Text:
    """Return the fragments that hold any text."""
    return tuple(fragment for fragment in fragments if document.slice(fragment.span).strip())


def claim_row(claims: Claims, row: RawRow, others: Sequence[Span] = ()) -> None:
    """Claim a row's cells, and other spans such as its number, as fields; take note of what it shares with others."""
    cells = [row.cell(name) for name in TEXT_FIELDS]
    fragments = [fragment for cell in cells for fragment in cell]
    claims.add([*others, *(fragment.span for fragment in fragments if not fragment.shared)], "field")
    claims.share([fragment.span for fragment in fragments if fragment.shared], row.place)
