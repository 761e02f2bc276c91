"""
The header of a table whose cells follow one another in lines: which lines it is, and the order of the columns.

In: the texts of a region's lines. Out: a `RunningHeader`. It knows labels, and tolerates one that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from ....core.text import fold, plain
from ....core.wording.plans import load_plan_wording
from ...recognisers.columns import LabelFinder, columns_by_label, title_before
from ...recognisers.headers import can_begin, columns_of, is_aside, lines_of_header
from ...recognisers.otherlabels import are_column_numbers
from .weights import RUNNING

_WORDING = load_plan_wording()
#: A unit or example beside a label, in brackets.
_ASIDE = re.compile(rf"[(\[]\s*{_WORDING.header.unit.pattern}\s*[)\]]|{_WORDING.header.example.pattern}")
_BLANKS = re.compile(r"\s+")

#: The label of a date column has no more words than this.
_MOST_WORDS = 6

#: Columns in the order that most plans have, where no header says otherwise.
USUAL = ("number", "name", "date", "frequency", "description")


@dataclass(frozen=True, slots=True)
class RunningHeader:
    """
    The lines that are headers, the columns in order, and what they are called.

    Columns are those of a row, besides `name`, which is category and title in one cell, and `other`, which is unknown.
    """

    lines: tuple[int, ...]
    columns: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _RunningLabel:
    """A label in a header's text: the column, empty for an unknown one, and what stands there."""

    column: str
    text: str


def find_header(texts: Sequence[str], opens_row: Sequence[bool]) -> RunningHeader:
    """
    Return the headers of a region, the first and repeated ones.

    Args:
        texts: The lines of the region.

        opens_row: Of each line whether it begins with a number, as a row does.

    >>> lines = ["# 數據種類／數據集名稱", "發放日期", "更新頻率 備註", "1 氣象／雨量"]
    >>> find_header(lines, [False, False, False, True]).columns
    ('number', 'name', 'date', 'frequency', 'description')
    """
    header_lines: list[int] = []
    columns: tuple[str, ...] = USUAL
    labels: tuple[str, ...] = ("",) * len(USUAL)
    first = ""
    index = 0
    while index < len(texts):
        count = _same(texts, index, first) or lines_of_header(texts[index:], repeat=bool(header_lines) or index > 2)
        if not header_lines:
            end = next((i for i in range(index, len(texts)) if opens_row[i]), len(texts))
            count = max(count, _lines_with_labels(texts[index : min(end, index + RUNNING.most_lines_of_header)]))
        if count and not first:
            named = _ordered(_without_groups(_labels_in(" ".join(texts[index : index + count]))))
            columns, labels = tuple(label.column for label in named), tuple(label.text for label in named)
            first = fold("".join(texts[index : index + count]))
        while count and are_column_numbers("".join(texts[index + count : index + count + 1]).split()):
            count += 1
        header_lines += range(index, index + count)
        index += max(count, 1)
    return RunningHeader(tuple(header_lines), columns, labels)


def names_columns(text: str) -> bool:
    """
    Tell whether a text holds labels of several columns, though it may be no header that is understood.

    Args:
        text: What stands above the first row.

    >>> names_columns("Name of Dataset Target Release Update Remarks Date Frequency"), names_columns("Stands 2024")
    (True, False)
    """
    return len({label.column for label in _labels_in(text)} - {""}) > 1


def _same(texts: Sequence[str], index: int, first: str) -> int:
    """Return over how many lines the first header is repeated here, 0 if it is not."""
    if not first or not can_begin(texts[index]):
        return 0
    repeated = ""
    for count, text in enumerate(texts[index : index + RUNNING.most_lines_of_header], 1):
        repeated += fold(text)
        if repeated == first:
            return count
        if not first.startswith(repeated):
            return 0
    return 0


def _lines_with_labels(texts: Sequence[str]) -> int:
    """Return how many of some lines are a header with a label that is not known, 0 if they are none."""
    if not texts or not can_begin(texts[0]) or _WORDING.cells.note.match(plain(texts[0])):
        return 0
    labels = _labels_in(" ".join(texts))
    known = {label.column for label in labels if label.column}
    if not labels or not labels[0].column or not {"frequency", "date"} <= known or not known & {"title", "name"}:
        return 0
    columns = [[label.column for label in _labels_in(" ".join(texts[:count]))] for count in range(1, len(texts) + 1)]
    count = next(i for i, named in enumerate(columns, 1) if {name for name in named if name} == known)
    while count < len(texts) and (is_aside(texts[count]) or columns[count] == columns[count - 1]):
        count += 1
    return count


def _columns_by_label() -> dict[str, str]:
    """Return columns by folded label; of the labels of cells of their own the long ones."""
    known = columns_by_label()
    for label, column in columns_by_label(cells=True).items():
        if len(label.encode("utf-8")) > RUNNING.long_label:
            known.setdefault(label, column)
    return known


_COLUMN_OF_LABEL = _columns_by_label()
_COLUMN_OF_ANY_LABEL = {**columns_by_label(cells=True), **columns_by_label()}
_FINDER = LabelFinder(_COLUMN_OF_LABEL)


def _labels_in(text: str) -> list[_RunningLabel]:
    """Return the labels of a header's text in order, unknown ones between them; one is of titles."""
    labels = _cut_labels(text)
    known = {label.column for label in labels}
    if len(known) < 2 or known & {"title", "name"}:
        return labels
    parted = _cut_labels(text, parted=True)
    if any(label.column == "title" for label in parted):
        return parted
    return [part for label in labels for part in _part_label(label)]


def _cut_labels(text: str, parted: bool = False) -> list[_RunningLabel]:
    """Return the labels in a header's text, the longest, or with titles parted from what follows."""
    bare = _ASIDE.sub(lambda match: " " * len(match[0]), plain(text))
    letters = [(letter, place) for place, character in enumerate(bare) for letter in fold(character)]
    folded = "".join(letter for letter, _place in letters)
    labels: list[_RunningLabel] = [_RunningLabel("number", "#")] if bare.lstrip().startswith("#") else []
    unknown: list[int] = []
    position = 0
    while position < len(folded):
        place = letters[position][1]
        begins = not folded[position].isascii() or not place or not bare[place - 1].isalnum()
        found = _FINDER.find(folded, position) if begins else ""
        found = (title_before(found, _COLUMN_OF_LABEL) if parted else "") or _shorten(folded, position, found)
        if not found:
            unknown.append(place)
            position += 1
            continue
        labels += _unknown(text, unknown)
        unknown = []
        last = letters[position + len(found) - 1][1] + 1
        column = _COLUMN_OF_LABEL[found]
        joined = labels and labels[-1].column == "category" and column == "title"
        if joined and _WORDING.cells.slash in bare[:place].rstrip()[-1:]:
            labels[-1] = _RunningLabel("name", labels[-1].text)
        else:
            labels.append(_RunningLabel("date" if column.startswith("date_") else column, text[place:last]))
        position += len(found)
    return labels + _unknown(text, unknown)


def _shorten(folded: str, position: int, found: str) -> str:
    """Return a label that was found, or a shorter one if another goes on beyond its end and none begins behind it."""
    end = position + len(found)
    if not found or end == len(folded) or _FINDER.find(folded, end):
        return found
    for length in range(len(found) - 1, 0, -1):
        following = _FINDER.find(folded, position + length) if found[:length] in _COLUMN_OF_LABEL else ""
        if position + length + len(following) > end:
            return found[:length]
    return found


def _without_groups(labels: list[_RunningLabel]) -> list[_RunningLabel]:
    """
    Return labels without those over several columns, which stand first: unknown words around one of datasets.

    They are such only if what follows has a label of titles of its own, which may stand behind that of categories.
    """
    first = int(bool(labels) and labels[0].column == "number")
    end = next((i for i in range(first, len(labels)) if labels[i].column not in {"", "title"}), len(labels))
    columns = [label.column for label in labels[first:end]]
    if columns.count("title") != 1 or "" not in columns:
        return labels
    rest = [part for label in labels[end:] for part in _part_label(label)]
    return [*labels[:first], *rest] if any(label.column == "title" for label in rest) else labels


def _part_label(label: _RunningLabel) -> list[_RunningLabel]:
    """Return the two labels, one of titles, that were taken for one of something else; else the label itself."""
    words = label.text.split()
    for count in range(1, len(words) if label.column else 0):
        texts = " ".join(words[:count]), " ".join(words[count:])
        columns = [_COLUMN_OF_ANY_LABEL.get(fold(text), "") for text in texts]
        if "title" in columns and label.column in columns and label.column != "title":
            return [_RunningLabel(column, text) for column, text in zip(columns, texts, strict=True)]
    return [label]


def _unknown(text: str, places: Sequence[int]) -> list[_RunningLabel]:
    """Return a label that is not known, none if there is nothing or only a unit."""
    label = text[places[0] : places[-1] + 1] if places else ""
    return [_RunningLabel("", label)] if label and not is_aside(_BLANKS.sub("", label)) else []


def _ordered(labels: Sequence[_RunningLabel]) -> list[_RunningLabel]:
    """Return the columns of a header: number first, each known one once, unknown ones as `other`."""
    ordered: list[_RunningLabel] = []
    titles = [label for label in labels if label.column == "title"]
    for label in labels:
        if not label.column:
            ordered.append(_RunningLabel("other", label.text))
        elif label.column == "title" and label is not max(titles, key=lambda each: len(each.text)):
            continue  # A label over several columns, one of which holds the names.
        elif label.column not in {other.column for other in ordered}:
            ordered.append(label)
    names = [label.column for label in ordered]
    number = ordered.pop(names.index("number")) if "number" in names else _RunningLabel("number", "")
    ordered.insert(0, number)
    if "title" in names and "category" not in names and "name" not in names:
        ordered[:] = [_RunningLabel("name", label.text) if label.column == "title" else label for label in ordered]
    return ordered


def date_labels(texts: Sequence[str], lines: Sequence[int]) -> list[tuple[str, int]]:
    """
    Return what the date columns are called in headers, and in which line; a label that goes over lines, in its first.

    Args:
        texts: All lines.

        lines: Which of them are headers.

    >>> date_labels(["目標發放日期 更新頻率"], [0]), date_labels(["No. Dataset Target", "Release Date Remarks"], [0, 1])
    ([('目標發放日期', 0)], [('Target Release Date', 0)])
    """
    labels: list[tuple[str, int]] = []
    for _shift, together in groupby(enumerate(lines), key=lambda each: each[1] - each[0]):
        words = [(word, line) for _order, line in together for word in texts[line].split()]
        if not any(name.startswith("date_") for name in columns_of(" ".join(word for word, _line in words))):
            continue
        start = 0
        while start < len(words):
            ends = range(min(len(words), start + _MOST_WORDS), start, -1)
            parts = (" ".join(word for word, _line in words[start:end]) for end in ends)
            label = next(filter(_is_date_label, parts), "")
            labels += [(label, words[start][1])] if label else []
            start += len(label.split()) or 1
    return labels


def _is_date_label(text: str) -> bool:
    """Tell whether a text is the label of one date column."""
    names = columns_of(text)
    return len(names) == 1 and names[0].startswith("date_")
