"""
Rows at the head of tables that are no header of datasets: labels of other things, units, numbers of columns.

In: the texts of cells. Out: yes or no. It never looks at rows below.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...core.text import plain
from ...core.wording.plans import load_plan_wording
from .columns import field_of

_WORDING = load_plan_wording()
_HEADER, _CELLS = _WORDING.header, _WORDING.cells
#: A longer cell is no label of a table of other things.
_LONGEST_LABEL = 60
#: A row that counts columns has so many at least, and no longer numbers.
_FEWEST_COLUMNS = 3
#: A list of contents has no more columns.
_MOST_OF_CONTENTS = 3
_LONGEST_NUMBER = 4
_NO_LETTER_OR_DIGIT = re.compile(r"[^a-z0-9]")


def is_label_of_others(text: str) -> bool:
    """
    Tell whether a text is a label that tables of other things have.

    >>> is_label_of_others("Telephone no."), is_label_of_others("Dataset")
    (True, False)
    """
    label = plain(text).strip() if len(text) <= _LONGEST_LABEL else ""
    return any(sign.fullmatch(label) for sign in (_HEADER.persons, _HEADER.counting, _HEADER.versions))


def are_labels_of_others(cells: Sequence[str], columns: Sequence[tuple[str, ...]]) -> bool:
    """
    Tell whether the labels of a table say that it is of other things than datasets: figures, versions, persons.

    Args:
        cells: The labels, in order.

        columns: The columns that each of them names.

    >>> are_labels_of_others(["版本", "日期", "說明"], [(), ("date_released",), ("description",)])
    True
    >>> labels = ["No.", "Officer", "Name", "Telephone"]
    >>> are_labels_of_others(labels, [("number",), (), ("title",), ()])
    True
    >>> are_labels_of_others([*labels, "Update frequency"], [("number",), (), ("title",), (), ("frequency",)])
    False
    """
    named_columns = {plain(cell).strip(): names for cell, names in zip(cells, columns, strict=True)}
    labels = [label for label in named_columns if 0 < len(label) <= _LONGEST_LABEL]
    persons = [label for label in labels if _HEADER.persons.fullmatch(label)]
    # A figure is no label: a row that begins with "Total" sums up, and so does one that has its figure.
    counting = [label for label in labels[1:] if _HEADER.counting.fullmatch(label)]
    if any(_CELLS.counted.fullmatch(label) for label in labels):
        return False
    is_versions = len(labels) > 1 and bool(_HEADER.versions.fullmatch(labels[0]))
    if not (persons or counting or is_versions):
        return False
    named = [label for label in labels if _HEADER.named.fullmatch(label)]
    rest = [label for label in labels if label not in (*persons, *counting, *named)]
    fields = {field_of(name) for label in rest for name in named_columns[label]}
    if "title" in fields:
        return False
    if counting and not named:
        # A mere "number" may count anything beside labels that nobody knows.
        is_told = (
            len(labels) == 2
            or all(named_columns[label] for label in rest)
            or any(_HEADER.naming.search(label) for label in counting)
        )
        return is_told and bool(fields & {"category", "number"} or len(labels) == 2)
    if is_versions:
        return "category" not in fields
    is_of_persons = (len(persons) + len(named)) * 2 >= len(labels) > 2
    return is_of_persons and fields.isdisjoint({"category", "frequency", "format", "description"})


def are_labels_of_figures(cells: Sequence[str]) -> bool:
    """
    Tell whether the labels of a table say that it counts datasets, such as by year, or lists the pages of the plan.

    >>> are_labels_of_figures(["Year", "Planned", "Released"]), are_labels_of_figures(["年份", "計劃發放", "已發放"])
    (True, True)
    >>> are_labels_of_figures(["Section", "Title", "Page"]), are_labels_of_figures(["Category", "Dataset", "Released"])
    (True, False)
    """
    labels = [plain(cell).strip() for cell in cells if cell.strip()]
    if 1 < len(labels) <= _MOST_OF_CONTENTS and _HEADER.pages.fullmatch(labels[-1]):
        return True
    if len(labels) < _FEWEST_COLUMNS or any(len(label) > _LONGEST_LABEL for label in labels):
        return False
    counted = (any(sign.fullmatch(label) for sign in (_HEADER.stages, _HEADER.counting)) for label in labels[1:])
    return bool(_HEADER.figured.fullmatch(labels[0])) and all(counted)


def is_part_of_unit(text: str) -> bool:
    """
    Tell whether a text is one part of a unit, as it stands under a label where year and month have a column each.

    >>> is_part_of_unit("年"), is_part_of_unit("(Month)"), is_part_of_unit("2026")
    (True, True, False)
    """
    return bool(_HEADER.part_of_unit.fullmatch(plain(text).strip()))


def are_column_numbers(cells: Sequence[str]) -> bool:
    """
    Tell whether the cells of a row do no more than count its columns, as a row below a header may do.

    >>> are_column_numbers(["(1)", "(2)", "(3)"]), are_column_numbers(["a", "b", "c"]), are_column_numbers(["1", "2"])
    (True, True, False)
    >>> are_column_numbers(["1", "Environment", "Drains"])
    False
    """
    if len(cells) < _FEWEST_COLUMNS or any(len(cell) > _LONGEST_NUMBER for cell in cells):
        return False
    bare = [_NO_LETTER_OR_DIGIT.sub("", plain(cell)) for cell in cells]
    if all(cell.isdecimal() for cell in bare):
        places = list(map(int, bare))
    elif all(len(cell) == 1 and cell.isascii() and cell.isalpha() for cell in bare):
        places = [ord(cell) - ord("a") + 1 for cell in bare]
    else:
        return False
    return places == list(range(places[0], places[0] + len(places))) and places[0] in {0, 1}
