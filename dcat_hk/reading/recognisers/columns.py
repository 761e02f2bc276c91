"""
The columns of a plan's tables, as the wording file describes them.

In: `plans.toml`. Out: one record for each column, by name and by label. Ways of parsing loop over these records; none
has a list of columns of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from ...core.text import fold
from ...core.wording.plans import PlanColumn, load_plan_wording
from ...core.wording.records import WordingError

#: The parts of a row that a column can fill, in their order.
FIELDS = (
    *("number", "category", "title", "description", "date", "frequency", "format", "organisation", "status"),
    "revised",
)
#: Those that are text; beside a date, that of another column of dates is the actual one.
TEXT_FIELDS = (*FIELDS[1:], "actual")


def check_columns(columns: Iterable[PlanColumn]) -> dict[str, PlanColumn]:
    """
    Return columns by name.

    Args:
        columns: As the wording file has them.

    Raises:
        WordingError: A column fills no part of a row, has no label or the name of another, or shares a label with one.

    >>> check_columns([PlanColumn("colour", "colour", ("red",), (), False, False, False, 0, 0.0)])
    Traceback (most recent call last):
    dcat_hk.core.wording.records.WordingError: plans.toml: columns: "colour" fills "colour", which is no part of a row.
    """
    by_name: dict[str, PlanColumn] = {}
    names_by_label: dict[str, str] = {}
    for column in columns:
        if column.fills not in FIELDS:
            raise _error(f'"{column.name}" fills "{column.fills}", which is no part of a row')
        if column.name in by_name:
            raise _error(f'"{column.name}" is there twice')
        if not column.labels + column.cell_labels:
            raise _error(f'"{column.name}" has no label')
        by_name[column.name] = column
        for label in dict.fromkeys(fold(label) for label in column.labels + column.cell_labels if fold(label)):
            other = names_by_label.setdefault(label, column.name)
            if other != column.name:
                raise _error(f'"{label}" is a label of "{other}" and of "{column.name}"')
    return by_name


def _error(message: str) -> WordingError:
    """Return the error for the columns of the wording file."""
    return WordingError(f"plans.toml: columns: {message}.")


#: Every column by its name, in the order of the file.
COLUMNS = check_columns(load_plan_wording().columns)


#: The fields that a further part of a dataset may have of its own.
PART_FIELDS = tuple(name for name in TEXT_FIELDS if any(c.fills == name and c.by_part for c in COLUMNS.values()))
#: The fields whose text shows by its words what it is.
TELLING_FIELDS = frozenset(column.fills for column in COLUMNS.values() if column.telling)


def field_of(column: str) -> str:
    """
    Return the field that a column fills; what is beside the columns, such as a group, fills its own.

    >>> field_of("date_target"), field_of("title"), field_of("group")
    ('date', 'title', 'group')
    """
    return COLUMNS[column].fills if column in COLUMNS else column


class LabelFinder:
    """Finds the longest of many folded labels that stands at a place of a folded text."""

    def __init__(self, labels: Iterable[str]) -> None:
        """
        Take labels.

        Args:
            labels: Folded labels, none of them empty.
        """
        self._labels = frozenset(labels)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for label in self._labels:
            lengths[label[:2]].add(len(label))
        #: The lengths of labels by their first two letters, the longest first.
        self._lengths = {opening: sorted(many, reverse=True) for opening, many in lengths.items()}

    def find(self, text: str, start: int = 0) -> str:
        """
        Return the longest label that stands at a place, nothing if none does.

        Args:
            text: Folded text.

            start: Where to look.

        >>> finder = LabelFinder(["data", "datatype", "x"])
        >>> finder.find("datatypes"), finder.find("axd", 1), finder.find("datum")
        ('datatype', 'x', '')
        """
        for opening in (text[start : start + 2], text[start : start + 1]):
            for length in self._lengths.get(opening, ()):
                if text[start : start + length] in self._labels:
                    return text[start : start + length]
        return ""


def title_before(label: str, columns: Mapping[str, str]) -> str:
    """
    Return the label of titles that a folded label is when another one follows it; nothing if it is no two labels.

    Args:
        label: A folded label of something other than titles.

        columns: Columns by folded label.

    >>> columns = {"dataset": "title", "remarks": "description", "datasetremarks": "description"}
    >>> title_before("datasetremarks", columns), title_before("remarks", columns)
    ('dataset', '')
    """
    return next(
        (
            label[:length]
            for length in range(len(label) - 1, 0, -1)
            if columns.get(label[:length]) == "title" and label[length:] in columns
        ),
        "",
    )


def columns_by_label(cells: bool = False) -> dict[str, str]:
    """
    Return the names of columns by folded label.

    Args:
        cells: Whether it is the labels that count only in a cell of their own.

    >>> columns_by_label()["datasetname"], columns_by_label(cells=True)["owner"]
    ('title', 'organisation')
    """
    return {
        fold(label): column.name
        for column in COLUMNS.values()
        for label in (column.cell_labels if cells else column.labels)
        if fold(label)
    }
