"""
Rows of lists and figures -> files that people take away: CSV, Excel, JSON.

In: rows of `PromiseMonth`. Out: bytes, with the columns of `core/columns.toml`. What all formats say is the same.

Spec: RFC 4180 (CSV, with a byte order mark, which spreadsheets need).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...catalogue.publishing.spreadsheets import write_workbook
from ...core.languages import LANGUAGES
from ...core.namespaces import DCT
from ...core.tables import Row, TableLayout, table_layouts, write_csv
from ..promises.asking import PromiseMonth
from .library import Library
from .wording import find_translations

#: The formats of a list besides the page.
TABLE_FORMATS = ("csv", "xlsx", "json")
#: The table that a list is written as.
TABLE_OF_LIST: Mapping[str, str] = {"promise": "listed", "arrival": "arrivals", "change": "entry_changes"}
#: What a row of a list calls otherwise than the table.
_RENAMED = {"told": "basis_month", "told_plan": "basis_plan", "told_record": "basis_record"}
_ENDINGS = {tag: tag.lower().replace("-", "_") for tag in LANGUAGES}


def write_table(layout_name: str, rows: Iterable[Row], suffix: str, about: Mapping[str, Any]) -> bytes:
    """
    Return rows as a file.

    Args:
        layout_name: A table of `core/columns.toml`.

        rows: The rows.

        suffix: A format of `TABLE_FORMATS`.

        about: What JSON says of the rows, such as the month that they are as of.
    """
    return write_rows(table_layouts()[layout_name], rows, suffix, about)


def write_rows(layout: TableLayout, rows: Iterable[Row], suffix: str, about: Mapping[str, Any]) -> bytes:
    """
    Return rows of a table as a file.

    Args:
        layout: The table.

        rows: The rows.

        suffix: A format of `TABLE_FORMATS`.

        about: What JSON says of the rows.
    """
    if suffix == "csv":
        return "".join(write_csv(layout, rows, bom=True)).encode()
    if suffix == "xlsx":
        return write_workbook([(layout, rows)])
    listed = [{name: row.get(name) for name in layout.names} for row in rows]
    return (json.dumps({**about, "count": len(listed), "rows": listed}, ensure_ascii=False, indent=1) + "\n").encode()


class RowMaker:
    """
    Makes rows of tables of what a month says.

    Args:
        library: The library, for the names of bodies.

        month: What is known as of a month.
    """

    def __init__(self, library: Library, month: PromiseMonth) -> None:
        """Keep both."""
        self._library, self._month = library, month

    def make_list_rows(self, name: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
        """
        Yield the rows of a list as those of its table.

        Args:
            name: The list.

            rows: Its rows.
        """
        for row in rows:
            made: dict[str, Any] = {_RENAMED.get(column, column): row[column] for column in row}
            # The index has a title for each language, if need be that of another one.
            titles = find_translations(self._library.find_values(row["dataset"], DCT.title))
            made |= {f"title_{_ENDINGS[tag]}": titles.get(tag) for tag in LANGUAGES}
            if name == "promise":
                made["confirmed"] = bool(row["confirmed"]) if row["state"] == "overdue" else None
            else:
                made["issued"] = row["month"]
            if name == "change":
                made["differs"] = row["differs"].split()
            yield {**made, **self._name_body(row["body"]), "as_of": self._month.month}

    def make_figure_rows(self, figures: Sequence[Mapping[str, Any]]) -> Iterator[Row]:
        """
        Yield figures as rows of their table.

        Args:
            figures: Rows of figures.
        """
        for figure in figures:
            names = self._name_body(figure["body"]) if figure["body"] else {}
            yield {**figure, **names, "overdue_confirmed": figure["confirmed"], "as_of": self._month.month}

    def make_month_rows(self, months: Iterable[Mapping[str, Any]]) -> Iterator[Row]:
        """
        Yield promised months as rows of their table.

        Args:
            months: Rows of months.
        """
        return ({**row, "target_month": row["month"], "as_of": self._month.month} for row in months)

    def make_category_rows(self, counted: Iterable[tuple[str, int]]) -> Iterator[Row]:
        """
        Yield categories with the number of their datasets as rows of their table.

        Args:
            counted: Codes and numbers.
        """
        for code, count in counted:
            labels = {
                f"category_{ending}": self._library.index.find_label("category", code, tag) or None
                for tag, ending in _ENDINGS.items()
            }
            yield {"category": code, **labels, "datasets": count}

    def _name_body(self, code: str) -> dict[str, str | None]:
        """Return the names of a body in all languages."""
        texts = find_translations(self._library.find_labels(f"{self._library.base}organisation/{code}"))
        return {f"body_{ending}": texts.get(tag) for tag, ending in _ENDINGS.items()}
