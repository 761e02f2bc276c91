"""
Table headers: what a column holds, by what it is called.

In: the texts of header cells or lines. Out: columns. It never looks at rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ...core.text import fold, plain
from ...core.wording.plans import load_plan_wording
from .columns import COLUMNS, LabelFinder, columns_by_label, field_of, title_before
from .otherlabels import are_labels_of_figures, are_labels_of_others, is_label_of_others
from .slips import is_slip

#: A header over lines is no longer than this.
_MOST_LINES = 16
#: A longer cell is no label.
_LONGEST_LABEL = 120
#: Two labels in one cell are no longer than this together.
_LONGEST_JOINT = 60
#: A label with a slip counts beside so many known ones, and if it has so many letters.
_KNOWN_BESIDE_A_SLIP = 3
_SHORTEST_WITH_SLIP = 3
#: A label of row numbers with a slip in it is no longer than this.
_LONGEST_NUMBER = 4

#: A row that names so many fields is a header, however many cells with other words are beside them.
_SURELY = 3
#: Columns whose labels are also everyday words: a header names at least one other.
_EVERYDAY = frozenset(column.name for column in COLUMNS.values() if column.everyday)

_WORDING = load_plan_wording()
_HEADER = _WORDING.header
#: Columns by folded label, in running text and where a label has a cell of its own.
_LABELS = columns_by_label()
_CELL_LABELS = {label: (column,) for label, column in columns_by_label(cells=True).items()}
_FINDER = LabelFinder(_LABELS)
_WORD = re.compile(r"[^\W\d_]+")


def _words_of_pattern(pattern: re.Pattern[str]) -> frozenset[str]:
    """Return the words that a pattern spells out."""
    return frozenset(map(fold, _WORD.findall(re.sub(r"\\.", " ", pattern.pattern))))


#: What is asked at a glance is asked of the labels of cells, too, and of the languages that stand beside labels.
_ANY_LABELS = frozenset({*_LABELS, *_CELL_LABELS}) | _words_of_pattern(_HEADER.language)
_FIRST_LETTERS = frozenset(label[0] for label in _ANY_LABELS)
_PREFIXES = frozenset(label[:length] for label in _ANY_LABELS for length in range(1, len(label) + 1))
_LONGEST_PREFIX = max(map(len, _PREFIXES))
_SUFFIXES = frozenset(label[-length:] for label in _ANY_LABELS for length in range(1, len(label) + 1))
_NUMBER_LABELS = tuple(label for label, column in _LABELS.items() if column == "number")
_SLASH = re.compile(_WORDING.cells.slash)
_HAS_LETTER = re.compile(r"[^\W\d_]")
#: A unit or example beside a label, with its brackets.
_AROUND_UNIT = rf"{_HEADER.unit.pattern}\s*+[)\]]?|{_HEADER.example.pattern}"
#: The same where a text is searched for it, and where it begins with it: a search looks at blanks from the first of
#: a run on, because it would take time with the square of the run else.
_ASIDE = re.compile(rf"(?:(?:[(\[]|(?<!\s))\s*+|(?<=\s)(?!\s)){_AROUND_UNIT}")
_ASIDE_HERE = re.compile(rf"[(\[]?\s*+{_AROUND_UNIT}")
_UNIT_AT_END = re.compile(rf"{_HEADER.unit.pattern}$", _HEADER.unit.flags)
#: A unit is no longer than this, with blanks.
_LONGEST_UNIT = 24
#: The words that units are made of, as their pattern spells them out.
_UNIT_WORDS = _words_of_pattern(_HEADER.unit)
#: What a label is made of: words of labels and units, one after the other.
_PARTS = _ANY_LABELS | _UNIT_WORDS
_ALL_PARTS = "|".join(sorted(_PARTS))
_STARTS = frozenset(part[:length] for part in _PARTS for length in range(1, len(part) + 1))
_ENDS = frozenset(part[-length:] for part in _PARTS for length in range(1, len(part) + 1))
#: Begins an example in brackets, which can hold any words.
_EXAMPLE_OPENS = re.compile(r"[(\[](?!\d)")


def can_begin(line: str) -> bool:
    """Tell at a glance whether a line can be the first one of a header."""
    letters = fold(line)
    return letters[0] in _FIRST_LETTERS if letters else "#" in line


@lru_cache(maxsize=4096)
def can_open(word: str) -> bool:
    """
    Tell at a glance whether a word can be the first of a label: it begins one, one begins it, or it has no letters.

    >>> can_open("Release"), can_open("發放日"), can_open("(mm/yyyy)"), can_open("stands")
    (True, True, True, False)
    """
    letters = fold(word)
    if not letters or not word[0].isalnum() or letters in _PREFIXES:
        return True
    return any(letters[:length] in _ANY_LABELS for length in range(1, min(len(letters), _LONGEST_PREFIX) + 1))


@lru_cache(maxsize=1 << 14)
def can_close(text: str) -> bool:
    """
    Tell at a glance whether a label can end with a text of one or more words, by its last word or by a unit.

    >>> can_close("Release Date"), can_close("放日期"), can_close("month and year"), can_close("of stands")
    (True, True, True, False)
    """
    if not text[-1:].isalnum():
        return True
    letters = fold(text.split()[-1])
    if not letters or letters in _SUFFIXES:
        return True
    if any(letters[-length:] in _ANY_LABELS for length in range(1, min(len(letters), _LONGEST_PREFIX) + 1)):
        return True
    return bool(_UNIT_AT_END.search(plain(text[-_LONGEST_UNIT:])))


@lru_cache(maxsize=1 << 14)
def can_stand_in(word: str) -> bool:
    """
    Tell at a glance whether a word can be part of a label or a unit, without the words of an example in brackets.

    >>> can_stand_in("Categ"), can_stand_in("dataset"), can_stand_in("集名稱發"), can_stand_in("(mm/yyyy)")
    (True, True, True, True)
    >>> can_stand_in("stands"), can_stand_in("名單"), can_stand_in("(2)")
    (False, False, False)
    """
    letters = fold(_ASIDE.sub("", plain(word)))
    # Markup is dropped before labels are compared.
    if not letters or "<" in word or letters in _ALL_PARTS:
        return True
    return any(letters[:cut] in _ENDS and _goes_on(letters[cut:]) for cut in range(1, len(letters)))


def _goes_on(letters: str) -> bool:
    """Tell whether letters are whole parts of labels, the last of which may go on behind them."""
    if letters in _STARTS:
        return True
    lengths = range(1, min(len(letters), _LONGEST_PREFIX) + 1)
    return any(letters[:length] in _PARTS and _goes_on(letters[length:]) for length in lengths)


@lru_cache(maxsize=1 << 14)
def can_open_example(word: str) -> bool:
    """
    Tell at a glance whether an example in brackets can begin in a word and go on behind it.

    >>> can_open_example("頻率（例如："), can_open_example("(mm/yyyy)"), can_open_example("(2)")
    (True, False, False)
    """
    return bool(_EXAMPLE_OPENS.search(_ASIDE.sub("", plain(word))))


@lru_cache(maxsize=1 << 14)
def columns_of(text: str) -> tuple[str, ...]:
    """
    Return the columns that a header text names, in order; none if anything in it is no label.

    >>> columns_of("數據種類／數據集名稱"), columns_of("目標發放日期 (月/年)"), columns_of("罪案數字比較")
    (('category', 'title'), ('date_target',), ())
    """
    bare = _ASIDE.sub(" ", plain(text))
    if bare.strip() == "#":
        return ("number",)
    rest, labels = fold(bare), list[str]()
    while rest:
        label = _FINDER.find(rest)
        if not label:
            return ()
        labels.append(label)
        rest = rest[len(label) :]
    return tuple(_LABELS[label] for label in _part_titles(labels))


def _part_titles(labels: Sequence[str]) -> list[str]:
    """Return the labels of a header; where none is of titles, one that is such a label and another one is parted."""
    if len(labels) > 1 and not any(_LABELS[label] == "title" for label in labels):
        for place, label in enumerate(labels):
            title = title_before(label, _LABELS)
            if title:
                return [*labels[:place], title, label[len(title) :], *labels[place + 1 :]]
    return list(labels)


@lru_cache(maxsize=1 << 14)
def cut_labels(text: str) -> tuple[int, ...]:
    """
    Return the lengths of the labels of several columns that a word without blanks is made of; none if it is not.

    Labels that stand close to each other on a page have no blank between them.

    >>> list(map(cut_labels, ("編號數據種類", "發放日期（月／年）更新頻率", "數據種類／數據集名稱", "No.Category")))
    [(2, 4), (9, 4), (), (3, 8)]
    """
    if text[:1] == "#" and columns_of(text[1:]):
        return 1, len(text) - 1
    point = text.find(".") + 1
    if text.isascii() and text[point : point + 1].isalpha() and columns_of(text[:point]) == ("number",):
        return (point, len(text) - point) if can_open(text[point:]) else ()
    folded, lengths, names = plain(text), list[int](), set[str]()
    if text.isascii() or len(folded) != len(text):
        return ()
    end = 0
    while end < len(folded):
        aside = _ASIDE_HERE.match(folded, end) if lengths else None
        label = "" if aside else _FINDER.find(folded, end)
        if aside:
            lengths[-1] += aside.end() - end
        elif label and field_of(_LABELS[label]) not in names:
            names.add(field_of(_LABELS[label]))
            lengths.append(len(label))
        else:
            return ()
        end = sum(lengths)
    return tuple(lengths) if len(lengths) > 1 else ()


@lru_cache(maxsize=4096)
def is_aside(text: str) -> bool:
    """
    Tell whether a text is nothing but a unit or example under a label.

    >>> is_aside("(月/年)"), is_aside("(例如：實時、每天、每星期、每月等)"), is_aside("(JSON)")
    (True, True, False)
    """
    return bool(_ASIDE_HERE.fullmatch(plain(text).strip()))


@lru_cache(maxsize=4096)
def columns_of_cell(text: str) -> tuple[str, ...]:
    """
    Return the columns that a header cell names, with or without a note behind the label.

    >>> columns_of_cell("更新頻率 (註2)"), columns_of_cell("Release Date*"), columns_of_cell("負責人")
    (('frequency',), ('date_released',), ())
    >>> columns_of_cell("Name and Description of Dataset"), columns_of_cell("數據集名稱及說明")
    (('title', 'description'), ('title', 'description'))
    """
    bare = plain(text).strip()
    while 0 < len(bare) <= _LONGEST_LABEL:
        columns = _CELL_LABELS.get(fold(_ASIDE.sub(" ", bare)), ()) or columns_of(bare) or _joint_columns(bare)
        # Two words for one column are one label of it.
        columns = columns[:1] if len(set(columns)) == 1 else columns
        shorter = _HEADER.after.sub("", bare).strip()
        if columns or shorter == bare:
            return columns or _columns_in_language(bare)
        bare = shorter
    return ()


def _columns_in_language(text: str) -> tuple[str, ...]:
    """Return the column that a plain label names beside the language of its texts, as in "Chinese name of dataset"."""
    column = _column_of_label(_HEADER.language.sub(" ", text))
    return (column,) if column in {"title", "description"} else ()


def names_column(text: str) -> bool:
    """
    Tell whether a text is the label of one column and nothing else.

    >>> names_column("Update Frequency"), names_column("更新頻率："), names_column("Frequency of trains")
    (True, True, False)
    """
    return bool(_column_of_label(plain(text)))


def _joint_columns(text: str) -> tuple[str, ...]:
    """Return the two columns that two labels with a word between them name; none if they fill one field or none."""
    if len(text) > _LONGEST_JOINT:
        return ()
    for joint in _HEADER.joint.finditer(text):
        first = _column_of_label(text[: joint.start()])
        second = _column_of_label(text[joint.end() :]) if first else ""
        if first and second and field_of(first) != field_of(second):
            return first, second
    return ()


def _column_of_label(text: str) -> str:
    """Return the column that a plain text is a label of, nothing if it is none."""
    label = fold(_ASIDE.sub(" ", text))
    return _LABELS.get(label) or "".join(_CELL_LABELS.get(label, ()))


def header_of_row(cells: Sequence[str]) -> list[tuple[str, ...]] | None:
    """
    Return the columns of each cell of a header row, None if the row is no header.

    A cell with an unknown label has no columns.

    >>> header_of_row(["編號", "數據集名稱", "負責人", "更新頻率"])
    [('number',), ('title',), (), ('frequency',)]
    >>> header_of_row(["1", "罪案數字", "10/2016", "每年"]) is None
    True
    """
    columns = _columns_of_row(tuple(cells))
    return list(columns) if columns else None


@lru_cache(maxsize=4096)
def _columns_of_row(cells: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    """Return the columns of each cell of a header row, none if the row is no header; many passes ask for the same."""
    columns = _mend_slips(cells, [columns_of_cell(cell) for cell in cells])
    if are_labels_of_others(cells, columns) or are_labels_of_figures(cells):
        return ()
    named = sum(1 for column in columns if column)
    filled = sum(1 for cell in cells if cell.strip())
    fields = {field_of(name) for column in columns for name in column}
    telling = any(name not in _EVERYDAY for column in columns for name in column)
    # A number and a name, both labelled, are the first columns of a table whatever the others are called.
    leads = ("number",) in columns and ("title",) in columns
    is_header = named * 2 > filled or leads or len(fields) >= _SURELY
    return tuple(columns) if named >= 2 and is_header and telling else ()


def is_other_header(cells: Sequence[str]) -> bool:
    """
    Tell whether the labels of a table say that it is of other things than datasets: figures, versions, persons.

    Args:
        cells: The labels, in order.

    >>> is_other_header(["Category", "Number of datasets", "Remarks"]), is_other_header(["No.", "Dataset", "Officer"])
    (True, False)
    """
    return _is_other_header(tuple(cells))


@lru_cache(maxsize=4096)
def _is_other_header(cells: tuple[str, ...]) -> bool:
    """Tell whether labels are of other things than datasets; several passes ask for the same rows."""
    is_other = any(map(is_label_of_others, cells)) and are_labels_of_others(cells, [*map(columns_of_cell, cells)])
    return is_other or are_labels_of_figures(cells)


def name_leading_columns(header: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """
    Return a header whose leading columns without a label are the number and the title, as far as it names neither.

    >>> name_leading_columns([(), (), ("category",)]), name_leading_columns([(), ("title",)])
    ([('number',), ('title',), ('category',)], [('number',), ('title',)])
    >>> name_leading_columns([("number",), (), ("category",)])
    [('number',), ('title',), ('category',)]
    """
    named = {name for names in header for name in names}
    lacking = [name for name in ("number", "title") if name not in named]
    first = next((place for place, names in enumerate(header) if names and names != ("number",)), 0)
    places = [place for place in range(first) if not header[place]]
    named_header = list(header)
    for place, name in zip(places, lacking if len(places) == len(lacking) else lacking[-1:], strict=False):
        named_header[place] = (name,)
    return named_header if len(places) <= len(lacking) else header


def _mend_slips(cells: Sequence[str], columns: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the columns of cells; beside known labels, one with a slip is the label of a column that lacks one."""
    if sum(1 for column in columns if column) < _KNOWN_BESIDE_A_SLIP:
        return columns
    there = {field_of(name) for column in columns for name in column}
    mended = list(columns)
    for index, cell in enumerate(cells):
        if mended[index] or not cell.strip():
            continue
        parts = _SLASH.split(plain(cell).strip())
        known = there | {field_of(name) for part in parts for name in columns_of_cell(part)}
        names = tuple(name for part in parts for name in columns_of_cell(part) or _column_with_slip(part, known))
        if len(names) == len(parts) and not there & {field_of(name) for name in names}:
            there |= {field_of(name) for name in names}
            mended[index] = tuple(dict.fromkeys(names))
    if mended and not mended[0] and "number" not in there and _is_number_with_slip(cells[0]):
        mended[0] = ("number",)
    return mended


def _column_with_slip(text: str, known: set[str]) -> tuple[str, ...]:
    """Return the column, of those not known yet, that a label with one slip names; none if there is not just one."""
    label = fold(_ASIDE.sub(" ", text))
    if len(label) < _SHORTEST_WITH_SLIP:
        return ()
    columns = {column for column in _columns_like(label) if field_of(column) not in known}
    return tuple(columns) if len(columns) == 1 else ()


@lru_cache(maxsize=4096)
def _columns_like(label: str) -> frozenset[str]:
    """Return the columns whose label a folded text is, but for one slip."""
    return frozenset(column for usual, column in _LABELS.items() if len(usual) > 2 and is_slip(label, usual))


def _is_number_with_slip(text: str) -> bool:
    """Tell whether a text over the first column is a label of row numbers with one slip in it; "#" has no letters."""
    label = fold(text)
    return 0 < len(text.strip()) <= _LONGEST_NUMBER and any(is_slip(label, usual) for usual in ("", *_NUMBER_LABELS))


class ColumnBelow(NamedTuple):
    """
    What stands below a label.

    Whether there is anything, whether it is row numbers, whether it is known categories, whether cells are merged
    downwards, whether it is nothing but formats, whether it is no more than a letter or a sign, whether it is dates,
    whether it is update frequencies, whether it says what became of datasets, whether it differs from row to row.
    """

    filled: bool = False
    numbered: bool = False
    categories: bool = False
    merged: bool = False
    formats: bool = False
    short: bool = False
    dates: bool = False
    frequencies: bool = False
    statuses: bool = False
    distinct: bool = False


def spread_labels(
    header: Sequence[tuple[str, ...]], reach: Sequence[int], below: Sequence[ColumnBelow]
) -> list[tuple[str, ...]]:
    """
    Return what each column of a table holds where labels reach over several of them.

    A label over row numbers and names governs both. A label that names several columns names those below it in order,
    the last one all that are left. What stands below a label for names tells categories, formats and descriptions
    from names; another label that names a single column names all it reaches over.

    Args:
        header: The columns that each label names.

        reach: Over how many columns each label reaches; 0 where a label from the left reaches.

        below: What stands in each column.

    >>> numbers, texts = ColumnBelow(True, True), ColumnBelow(True)
    >>> spread_labels([("category", "title"), (), ("frequency",)], [2, 0, 1], [numbers, texts, texts])
    [('number',), ('category', 'title'), ('frequency',)]
    >>> spread_labels([("title",), (), ("frequency",)], [2, 0, 1], [texts, texts, texts])
    [('title',), ('description',), ('frequency',)]
    """
    columns = list(header)
    known = {name for names in header for name in names}
    for start, (names, width) in enumerate(zip(header, reach, strict=True)):
        rest = list(range(start, start + width))
        # Below a label of dates figures are months and years.
        has_number = (width > 1 and {field_of(name) for name in names} != {"date"}) or not names
        if "number" not in known - set(names) and rest and below[start].numbered and has_number:
            columns[rest.pop(0)] = ("number",)
            known.add("number")
            names = tuple(name for name in names if name != "number")
        filled = [place for place in rest if below[place].filled]
        if names == ("title",) and len(filled) > 1:
            for place, name in zip(filled, _names_below(filled, below, known), strict=True):
                columns[place] = (name,)
        elif len(names) == 1:
            for place in rest:
                columns[place] = names
        elif 1 < len(names) <= len(filled):
            for order, place in enumerate(filled):
                columns[place] = (names[min(order, len(names) - 1)],)
        elif rest and names:
            columns[filled[0] if filled else rest[0]] = names
    return columns


def _names_below(places: Sequence[int], below: Sequence[ColumnBelow], known: set[str]) -> list[str]:
    """Return what the columns below one label for names hold: one of them the names, and what belongs to names."""
    names: list[str] = []
    for place in places:
        look, is_last = below[place], place == places[-1]
        if look.categories and "category" not in known | set(names):
            names.append("category")
        elif "title" in names:
            names.append("format" if look.formats and "format" not in known else "description")
        elif look.merged and not is_last and "group" not in names:
            names.append("group")
        else:
            names.append("title")
    if any(below[place].short for place, name in zip(places, names, strict=True) if name == "title"):
        return ["title" if name in {"title", "description"} else name for name in names]
    return names


def header_of_rows(upper: Sequence[str], lower: Sequence[str], reach: Sequence[int] = ()) -> list[str] | None:
    """
    Return the labels of a header over two rows, None if the second row is not part of one.

    A label merged over columns stands over each of the labels below it: "Release date" over "Target" and
    "Actual" is "Target Release date" and "Actual Release date". Where each lower cell has a label of its own, labels
    above that are merged over several are mere headings of columns.

    Args:
        upper: The cells of the first row.

        lower: The cells of the second row.

        reach: Over how many columns each cell of the first row reaches, if that is known.

    >>> header_of_rows(["#", "數據集名稱", "發放日期", "", "備註"], ["", "", "目標", "實際", ""])
    ['#', '數據集名稱', '目標發放日期', '實際發放日期', '備註']
    >>> header_of_rows(["#", "數據集名稱", "發放日期"], ["1", "雨量", "10/2016"]) is None
    True
    """
    labels = _labels_of_rows(tuple(upper), tuple(lower), tuple(reach))
    return list(labels) if labels else None


@lru_cache(maxsize=4096)
def _labels_of_rows(upper: tuple[str, ...], lower: tuple[str, ...], reach: tuple[int, ...]) -> tuple[str, ...]:
    """Return the labels of a header over two rows, none if they are none; many passes ask for the same rows."""
    if len(upper) != len(lower) or not any(cell.strip() for cell in lower):
        return ()
    return tuple(_labels_of_columns(upper, lower, reach) or join_cut_labels(upper, lower) or ())


def join_cut_labels(upper: Sequence[str], lower: Sequence[str]) -> list[str] | None:
    """
    Return the labels of a header row that was cut between the lines of its cells, None if the rows are not such halves.

    Every cell must be a label when its halves are put together, and what is below must be needed for one of them.

    Args:
        upper: The cells of the first row.

        lower: The cells of the second row.

    >>> join_cut_labels(["No.", "Name of", "Release", "Update"], ["", "Dataset", "Date", "Frequency"])
    ['No.', 'Name of Dataset', 'Release Date', 'Update Frequency']
    >>> join_cut_labels(["No.", "Name of Dataset", "Release Date"], ["1", "", ""]) is None
    True
    """
    if len(upper) != len(lower) or not all(_HAS_LETTER.search(cell) for cell in lower if cell.strip()):
        return None
    if all(columns_of_cell(top) for top in upper if top.strip()) and not any(
        top.strip() and bottom.strip() for top, bottom in zip(upper, lower, strict=True)
    ):
        return None
    joined = [f"{top} {bottom}".strip() for top, bottom in zip(upper, lower, strict=True)]
    # A note in brackets is no half of a label.
    known = all(
        _column_of_label(plain(label)) if bottom.strip() else len(columns_of_cell(label)) == 1
        for label, bottom in zip(joined, lower, strict=True)
        if label
    )
    return joined if known and joined != list(upper) and header_of_row(joined) else None


def _labels_of_columns(upper: Sequence[str], lower: Sequence[str], reach: Sequence[int]) -> list[str] | None:
    """Return the labels of columns that have a heading above them; None if the lower cells are no labels."""
    if not all(columns_of_cell(cell) or is_aside(cell) for cell in lower if cell.strip()):
        return None
    alone = [top for top, bottom in zip(upper, lower, strict=True) if top.strip() and not bottom.strip()]
    several = sum(1 for top in upper if top.strip()) > 1
    over_all = not alone and several and any(width > 1 for width in reach) and header_of_row(lower)
    if not over_all and sum(1 for top in alone if columns_of_cell(top)) * 2 <= len(alone):
        return None
    labels: list[str] = []
    over = ""
    for top, bottom in zip(upper, lower, strict=True):
        over = top if top.strip() or not bottom.strip() else over
        labels.append(_join_labels(over if bottom.strip() else top, bottom))
    return labels if header_of_row(labels) else None


def _join_labels(top: str, bottom: str) -> str:
    """Return the label of a column from its two parts: together if that is a label, else the lower one."""
    for together in (f"{bottom}{top}", f"{bottom} {top}", f"{top} {bottom}"):
        if len(columns_of_cell(together)) == 1:
            return together
    return bottom if columns_of_cell(bottom) else top


def lines_of_header(lines: Sequence[str], repeat: bool = False) -> int:
    """
    Return how many lines from the first one on are a table header, 0 if there is none.

    Args:
        lines: Lines of text without cell borders.

        repeat: Whether rows have come before, so that a header must name several columns to be one.

    >>> lines_of_header(["數據種類／", "數據集名稱", "發放日期 更新頻率 備註", "1. 房屋／"])
    3
    """
    best, text, column_count = 0, "", 0
    if not lines or not can_begin(lines[0]) or not can_open(lines[0].split()[0]):
        return 0
    for count, line in enumerate(lines[:_MOST_LINES], 1):
        text += line + " "
        columns = columns_of(text)
        if columns:
            best, column_count = count, len(columns)
        elif len(fold(text)) > 120:
            break
    wanted = _HEADER.labels_of_a_repeat if repeat else 2
    if column_count < wanted:
        return 0
    while best < len(lines) and is_aside(lines[best]):
        best += 1
    return best
