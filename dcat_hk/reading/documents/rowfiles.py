"""
Rows that `parse` printed, as CSV or JSON, perhaps edited by a person -> cells with their places.

In: the bytes of a file. Out: plans as cells by column, each row with its line. What a spreadsheet program does to CSV
is undone where that is certain: a mark of UTF-8, semicolons or tabs, other line ends, a line that names the separator.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NoReturn

from ...core.errors import NotAPlan
from ...core.rowdigests import ENTRY_FIELDS
from ...core.text import printable
from ...core.wording.refusals import EnglishReason

#: The columns of a plan, and those of a row; the last two say where it was read.
PLAN_COLUMNS = ("doc", "bureau", "plan_title", "script", "dated", "first_year", "last_year", "sha256")
ROW_COLUMNS = (*ENTRY_FIELDS, "read_as")
_COLUMNS = frozenset((*PLAN_COLUMNS, *ROW_COLUMNS))
#: A table with these columns is one of rows; what may be missing is what older versions did not print.
_TELLING = frozenset({"doc", "bureau", "section", "title", "date_role"})
_OPTIONAL = frozenset({"sha256", "read_as"})
_SEPARATORS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
#: So much of a file is looked at to tell whether it has rows.
_GLANCE = 4096


@dataclass(frozen=True, slots=True)
class RowCells:
    """One row: its cells by column, and where it stands."""

    cells: Mapping[str, Any]
    where: str


@dataclass(frozen=True, slots=True)
class PlanCells:
    """One plan: its cells by column, where they stand, and its rows."""

    cells: Mapping[str, Any]
    where: str
    rows: tuple[RowCells, ...]

    @property
    def name(self) -> str:
        """Return what the file was called that the rows were read from."""
        return printable(str(self.cells.get("doc") or ""))


def has_rows(data: bytes) -> bool:
    """
    Tell whether a file has rows that `parse` printed.

    Args:
        data: The file, or at least its beginning.

    >>> has_rows(b"doc;bureau;section;title;date_role"), has_rows(b"number,title")
    (True, False)
    """
    glance = data[: _GLANCE * 4]
    if glance.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = glance.decode("utf-16", "ignore")
    else:
        text = glance.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "ignore")
    if text.lstrip()[:1] == "[":
        # Whatever the order of the keys: what stands behind the entries may be far away.
        return all(f'"{name}"' in text for name in ("doc", "bureau", "entries"))
    return _separator_of(text) is not None


def _separator_of(text: str) -> str | None:
    """Return what separates the cells of a table of rows, None if the text is none."""
    named = _SEPARATOR_LINE.match(text)
    first = (text[named.end() :] if named else text).partition("\n")[0].rstrip("\r")
    for separator in _SEPARATORS:
        if {cell.strip().strip('"').lower() for cell in first.split(separator)} >= _TELLING:
            return separator
    return None


def read_rows(data: bytes, name: str) -> tuple[PlanCells, ...]:
    """
    Return the plans of a file of rows as cells.

    Args:
        data: The file.

        name: What it is called.

    Raises:
        NotAPlan: It is not in UTF-8, is no JSON, or has a column too many or too few; the error has line and column.
    """
    try:
        return _read(data)
    except NotAPlan as error:
        where = f"{name}: {error.where}" if error.where else name
        raise NotAPlan.from_refusal(error.refusal._replace(where=where)) from error


@lru_cache(maxsize=2)
def _read(data: bytes) -> tuple[PlanCells, ...]:
    """Return the plans of a file of rows as cells; asked for one plan after the other, it is read once."""
    text = _decode(data)
    return _read_json(text) if text.lstrip()[:1] == "[" else _read_table(text)


def _decode(data: bytes) -> str:
    """Return the text of a file, or raise."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise NotAPlan.of("rows.not-utf-8", f"line {line}") from error


# ---- CSV


def _read_table(text: str) -> tuple[PlanCells, ...]:
    """Return the plans of a table."""
    separator = _separator_of(text)
    assert separator
    named = _SEPARATOR_LINE.match(text)
    lines = csv.reader(io.StringIO(text[named.end() :] if named else text, newline=""), delimiter=separator)
    skipped = 1 if named else 0
    header: list[str] = []
    plans: dict[tuple[str, str], list[RowCells]] = {}
    start = 1
    try:
        for cells in lines:
            where, start = f"line {start + skipped}", lines.line_num + 1
            if not header:
                header = [cell.strip().lower() for cell in cells]
                while not header[-1]:
                    header.pop()
                _check_header(header, where)
            elif any(cell.strip() for cell in cells):
                row = _row_of(header, cells, where)
                plans.setdefault((row.cells["doc"], row.cells.get("sha256", "")), []).append(row)
    except csv.Error as error:
        where = f"line {lines.line_num + skipped}"
        raise NotAPlan.of("rows.table", where, reason=EnglishReason(str(error))) from error
    return tuple(_plan_of_rows(rows) for rows in plans.values())


def _check_header(header: Sequence[str], where: str) -> None:
    """Raise for a column that is not known, is there twice, or is missing."""
    for number, column in enumerate(header, 1):
        at = f"{where}, column {number}"
        if column not in _COLUMNS:
            _refuse("no-column", at, column=printable(column))
        if column in header[: number - 1]:
            _refuse("column-twice", at, column=column)
    for column in (*PLAN_COLUMNS, *ROW_COLUMNS):
        if column not in header and column not in _OPTIONAL:
            _refuse("column-missing", where, column=column, form="csv")


def _row_of(header: Sequence[str], cells: Sequence[str], where: str) -> RowCells:
    """Return a row of a table; empty cells behind its last column are left out."""
    if len(cells) < len(header) or any(cell.strip() for cell in cells[len(header) :]):
        _refuse("cells", where, count=len(cells), columns=len(header))
    return RowCells(dict(zip(header, cells, strict=False)), where)


def _plan_of_rows(rows: Sequence[RowCells]) -> PlanCells:
    """Return the plan of rows that state it, each in the same words, or raise."""
    first = rows[0]
    for row in rows:
        for column in PLAN_COLUMNS:
            if row.cells.get(column) != first.cells.get(column):
                at = f"{row.where}, column “{column}”"
                _refuse("differs", at, value=printable(row.cells[column]), first=printable(first.cells[column]))
    head = {column: first.cells[column] for column in PLAN_COLUMNS if column in first.cells}
    return PlanCells(head, first.where, tuple(rows))


# ---- JSON


def _read_json(text: str) -> tuple[PlanCells, ...]:
    """Return the plans of a list in JSON."""
    try:
        plans = json.loads(text)
    except RecursionError:
        _refuse("nested", "")
    except ValueError as error:
        _refuse("not-json", "", reason=EnglishReason(str(error)))
    return tuple(_plan_of_object(plan, f"plan {number}") for number, plan in enumerate(plans, 1))


def _plan_of_object(plan: Any, where: str) -> PlanCells:
    """Return a plan of JSON."""
    keys = [*(name for name in PLAN_COLUMNS if not name.endswith("_year")), "years", "entries"]
    _check_object(plan, keys, where)
    years, entries = plan["years"], plan["entries"]
    if not (isinstance(years, list) and len(years) == 2):
        _refuse("years", where)
    if not isinstance(entries, list):
        _refuse("entries", where, form="json")
    head = {name: value for name, value in plan.items() if name not in {"years", "entries"}}
    rows = []
    for number, entry in enumerate(entries, 1):
        at = f"{where}, entry {number}"
        _check_object(entry, ROW_COLUMNS, at)
        rows.append(RowCells({**entry, "place": _place_of(entry["place"], at)}, at))
    return PlanCells({**head, "first_year": years[0], "last_year": years[1]}, where, tuple(rows))


def _check_object(value: Any, keys: Sequence[str], where: str) -> None:
    """Raise for what is no object with some keys."""
    if not isinstance(value, dict):
        _refuse("object", where, form="json")
    for key in value:
        if key not in keys:
            _refuse("no-key", where, key=printable(key))
    for key in keys:
        if key not in value and key not in _OPTIONAL:
            _refuse("key-missing", where, key=key, form="json")


def _place_of(place: Any, where: str) -> str:
    """Return a place of JSON as the text that CSV has."""
    stated = place if isinstance(place, dict) else {}
    lines, first, last = stated.get("lines"), stated.get("from"), stated.get("to")
    if isinstance(lines, list) and len(lines) == 2:
        return f"lines {lines[0]}-{lines[1]}"
    if not (isinstance(first, str) and isinstance(last, str)):
        _refuse("place", where)
    return first if first == last else f"{first} to {last}"


def _refuse(code: str, where: str, **values: object) -> NoReturn:
    """Raise the error for a file of rows."""
    raise NotAPlan.of(f"rows.{code}", where, **values)
