"""
The bytes of a file or an answer -> its entries, whatever of the portal's forms it has.

In: bytes. Out: `Contents`: entries in the form of CKAN's packages, and what is said of all of them. Known are answers
of `package_search` and `package_show`, packages as a list or a line each, the official list of datasets, a table with a
column `slug`, answers of a catalogue service, and the lines of a snapshot. The content decides, not the name.

Spec: CKAN 2.9, action API; RFC 8259; IANA text/tab-separated-values; RFC 4180.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ..core.errors import Finding, FindingText, InputError
from ..core.text import printable
from .dates import day_of
from .packages import find_tag

ContentKind = Literal["package_search", "package_show", "packages", "list", "table", "snapshot", "csw"]
#: Bytes of a file when unpacked.
LARGEST = 500_000_000
_GZIP = b"\x1f\x8b"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: What a web page begins with, in small letters.
_PAGES = ("<!doctype html", "<html", "<head", "<body")
#: The most characters of a cell of a table, as they are told: the limit of the reader of tables.
LONGEST_CELL = f"{csv.field_size_limit():,}"
#: The most characters of a reason that are repeated.
_SHOWN = 200
#: Columns of tables and the fields of packages that they are: with a name of a language behind, or without.
_COLUMNS = {
    "title": "title",
    "name": "title",
    "notes": "notes",
    "description": "notes",
    "frequency": "update_frequency",
    "update_frequency": "update_frequency",
}
#: The same of columns that have names in a table of their own.
_NAMES = {
    "organisation": "organization",
    "organization": "organization",
    "provider": "organization",
    "category": "group",
}
_DATES = {
    "created": "metadata_created",
    "metadata_created": "metadata_created",
    "modified": "metadata_modified",
    "metadata_modified": "metadata_modified",
}


class NotPortalData(InputError):
    """A file or an answer is not what the portal gives: a web page, a refusal, text that was cut off."""

    finding: Finding


def refuse_content(code: str, name: str, **values: str) -> NotPortalData:
    """
    Return what to raise for what is nothing of the portal; it has the finding that says so.

    Args:
        code: The code of the finding.

        name: What it is found in.

        values: What is filled in.

    >>> refuse_content("portal-empty", "a.json").finding.code
    'portal-empty'
    """
    finding = Finding(code, name, None, values)
    message, advice = FindingText(finding, "message"), FindingText(finding, "advice")
    error = NotPortalData.of("portal.finding", name, message=message, advice=advice)
    error.finding = finding
    return error


@dataclass(frozen=True)
class Contents:
    """
    What is in a file or an answer.

    Args:
        kind: What it is.

        packages: Its entries; of a snapshot, its lines.

        stated: How many entries the portal says that there are in all; None if it does not say.

        address: The address that it names itself; empty if it names none.

        date: The day or month that it says it is of; empty if it does not say.

        bad: What could not be used: the place in the file, and why.

        cut: The line from which on a table cannot be read, because a cell has no end; empty where all was read.
    """

    kind: ContentKind
    packages: Sequence[Mapping[str, Any]]
    stated: int | None = None
    address: str = ""
    date: str = ""
    bad: Sequence[tuple[str, str]] = field(default_factory=list)
    cut: str = ""


def read_contents(data: bytes, name: str) -> Contents:
    """
    Return what is in a file or an answer.

    Args:
        data: Its bytes.

        name: What it is called, for errors.

    Raises:
        NotPortalData: It is nothing of the portal.

    >>> read_contents(b'{"success": true, "result": {"count": 1, "results": [{"name": "hk-xyz-a"}]}}', "a.json").stated
    1
    """
    text = _decode(_unpack(data, name), name)
    start = text.lstrip()[:100].lower()
    if start.startswith(_PAGES):
        raise refuse_content("portal-web-page", name)
    if start.startswith(("{", "[")):
        return _read_json(text, name)
    if start.startswith("<"):
        return _read_xml(text, name)
    if not start:
        raise refuse_content("portal-empty", name)
    header = text.partition("\n")[0]
    if any("slug" in _cells(header, delimiter) for delimiter in "\t,"):
        return _read_table(text)
    raise refuse_content("portal-unknown-content", name)


# ---- bytes


def _unpack(data: bytes, name: str) -> bytes:
    """Return bytes without compression."""
    if data.startswith(_GZIP):
        try:
            with gzip.GzipFile(fileobj=io.BytesIO(data)) as file:
                data = file.read(LARGEST + 1)
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            raise refuse_content("portal-damaged", name) from error
    if len(data) > LARGEST:
        raise refuse_content("portal-too-large", name, most=f"{LARGEST:,}")
    return data


def _decode(data: bytes, name: str) -> str:
    """Return text: in UTF-8, or in UTF-16 with a mark, as spreadsheets save it."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse_content("portal-not-utf-8", name, byte=f"{error.start:,}") from error


# ---- XML


def _read_xml(text: str, name: str) -> Contents:
    """Return what is in an answer of a catalogue service."""
    # The library of XML is only loaded for those who need it.
    from .csw import NotCsw, read_answer

    try:
        packages, stated = read_answer(text)
    except NotCsw as error:
        raise refuse_content("portal-not-xml", name, reason=printable(str(error)[:_SHOWN])) from error
    return Contents("csw", packages, stated)


# ---- JSON


def _read_json(text: str, name: str) -> Contents:
    """Return what is in JSON: one value, or one a line."""
    try:
        return _read_value(json.loads(text), name)
    except RecursionError as error:
        raise refuse_content("portal-not-json", name, line="1", column="1") from error
    except ValueError as error:
        lines = [line for line in text.split("\n") if line.strip()]
        if len(lines) > 1 and _parse_line(lines[0]) is not None:
            return _read_lines(text, name)
        line, column = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (1, 1)
        raise refuse_content("portal-not-json", name, line=f"{line:,}", column=f"{column:,}") from error


def _parse_line(line: str) -> dict[str, Any] | None:
    """Return the table that a line is; None if it is none."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _read_lines(text: str, name: str) -> Contents:
    """Return what is in a file with a table on each line: packages, answers, records of a snapshot."""
    packages: list[Mapping[str, Any]] = []
    bad: list[tuple[str, str]] = []
    stated: int | None = None
    kind: ContentKind = "packages"
    # Only these end a line: what else Unicode counts as one may stand in a text of JSON.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        value = _parse_line(line)
        if value is None:
            bad.append((str(number), "JSON"))
        elif "success" in value:
            try:
                inner = _read_value(value, name)
            except NotPortalData as error:
                bad.append((str(number), error.finding.values.get("reason", "JSON")))
                continue
            packages += inner.packages
            kind, stated = inner.kind, inner.stated if stated is None else stated
        else:
            packages.append(value)
            kind = "snapshot" if _is_snapshot_line(value) else kind
    return Contents(kind, packages, stated, bad=bad)


def _is_snapshot_line(value: Mapping[str, Any]) -> bool:
    """Return whether a table is a record of a snapshot."""
    return isinstance(value.get("slug"), str) and "name" not in value


def _read_value(value: Any, name: str) -> Contents:
    """Return what is in one JSON value."""
    if isinstance(value, list):
        return Contents("packages", _tables(value, name))
    if not isinstance(value, dict):
        raise refuse_content("portal-unknown-content", name)
    if value.get("success") is False or ("error" in value and "result" not in value):
        raise refuse_content("portal-refused", name, reason=_reason(value.get("error")))
    if isinstance(value.get("Data"), list):
        return Contents("list", list(_group_rows(value["Data"])), date=_as_of(value))
    result = value.get("result", value)
    address = value.get("help") if isinstance(value.get("help"), str) else ""
    if isinstance(result, list):
        return Contents("packages", _tables(result, name), address=str(address))
    if isinstance(result, dict) and isinstance(result.get("results"), list):
        count = result.get("count")
        stated = count if isinstance(count, int) and not isinstance(count, bool) and count >= 0 else None
        # The entries of a page that is empty are none, which is no fault.
        packages = _tables(result["results"], name) if result["results"] else []
        return Contents("package_search", packages, stated, str(address))
    if isinstance(result, dict) and _is_snapshot_line(result):
        return Contents("snapshot", [result])
    if isinstance(result, dict) and isinstance(result.get("name"), str):
        return Contents("package_show", [result], address=str(address))
    raise refuse_content("portal-unknown-content", name)


def _tables(values: Sequence[Any], name: str) -> list[Mapping[str, Any]]:
    """Return the tables in a list that has some."""
    tables: list[Mapping[str, Any]] = [one for one in values if isinstance(one, dict)]
    if not tables:
        raise refuse_content("portal-unknown-content", name)
    return tables


def _reason(error: Any) -> str:
    """Return why the portal refuses."""
    if isinstance(error, Mapping):
        error = error.get("message") or error.get("__type") or error
    text = error if isinstance(error, str) else json.dumps(error, ensure_ascii=False) if error else "success: false"
    return printable(text[:_SHOWN])


# ---- the official list of datasets


def _as_of(value: Mapping[str, Any]) -> str:
    """Return the day of the official list."""
    stated = value.get("As of Date")
    return day_of(stated) if isinstance(stated, str) else ""


def _group_rows(rows: Sequence[Any]) -> Iterator[Mapping[str, Any]]:
    """Yield an entry for each dataset of the official list, which has a row for each resource."""
    grouped: dict[str, dict[str, Any]] = {}
    for number, row in enumerate(rows):
        if not isinstance(row, dict):
            continue
        slug = row.get("Dataset ID")
        package: dict[str, Any] = {
            "name": slug,
            "title": row.get("Dataset Name") or row.get("Name of Dataset"),
            "organization": {"title": row.get("Data Provider")},
            "group": {"title": row.get("Category")},
            "formats": [],
        }
        own = grouped.setdefault(slug if isinstance(slug, str) and slug else f" {number}", package)
        formats = row.get("Data Format")
        if isinstance(formats, str):
            own["formats"] += [one for one in formats.replace("/", ",").split(",") if one.strip()]
    yield from grouped.values()


# ---- tables


def _cells(line: str, delimiter: str) -> list[str]:
    """Return the names of columns that a line states, in small letters."""
    return [cell.strip().strip('"').lower() for cell in line.rstrip("\r\n").split(delimiter)]


def _read_table(text: str) -> Contents:
    """Return what is in a table with a column `slug`; cells of one with tabs are as they stand."""
    delimiter = "\t" if "slug" in _cells(text.partition("\n")[0], "\t") else ","
    lines = io.StringIO(text, newline="")
    rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE) if delimiter == "\t" else csv.reader(lines)
    packages: list[Mapping[str, Any]] = []
    bad: list[tuple[str, str]] = []
    cut = ""
    try:
        columns = [cell.strip().strip('"').lower() for cell in next(rows)]
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            if len(row) != len(columns):
                bad.append((str(rows.line_num), f"{len(row)} ≠ {len(columns)}"))
            else:
                packages.append(_row_package(dict(zip(columns, row, strict=True))))
    except csv.Error:
        # The only thing that a reader of text refuses is a cell of more characters than it may have.
        cut = f"{rows.line_num:,}"
    return Contents("table", packages, bad=bad, cut=cut)


def _row_package(row: Mapping[str, str]) -> dict[str, Any]:
    """Return a row in the form of a package; texts by language where a column names one."""
    package: dict[str, Any] = {"name": row["slug"]}
    for column, cell in row.items():
        stem, tag = _split_column(column)
        if column in _DATES:
            package[_DATES[column]] = cell
        elif column == "formats":
            package["formats"] = [one for one in cell.replace(";", "/").replace(",", "/").split("/") if one.strip()]
        elif stem in _COLUMNS:
            _put_text(package, _COLUMNS[stem], tag, cell)
        elif stem in _NAMES:
            _put_text(package.setdefault(_NAMES[stem], {}), "title", tag, cell)
    return package


def _split_column(column: str) -> tuple[str, str]:
    """Return the name of a column without that of its language, and the tag of the language."""
    for position, character in enumerate(column):
        if character in "_-" and (tag := find_tag(column[position + 1 :])):
            return column[:position], tag
    return column, ""


def _put_text(table: dict[str, Any], key: str, tag: str, text: str) -> None:
    """Put a text where it belongs: by language if the column names one."""
    if not tag:
        table.setdefault(key, text)
    elif isinstance(table.get(key, {}), dict):
        table.setdefault(key, {})[tag] = text
    else:
        table[key] = {tag: text}
