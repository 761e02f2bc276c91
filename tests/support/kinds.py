"""Makes plans of further kinds: Markdown, saved pages, OpenDocument, old Excel files; and says what is read of them."""

from __future__ import annotations

import html
import struct
from datetime import datetime
from email.message import EmailMessage
from typing import NamedTuple

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan
from support.sheet_files import as_zip
from support.word_and_web_files import as_page, parts_of


def fields_of(data: bytes, name: str) -> tuple[object, ...]:
    """Return what is read of a plan but for places: its head, its entries, how much is left over."""
    reading = read_plan(read_bytes(data, name), load())
    plan = reading.require()
    assert reading.ledger.characters == sum(reading.ledger.accounted.values())
    entries = [entry._replace(place=None)._asdict() for entry in plan.entries]
    return plan.bureau, plan.plan_title, plan.years, plan.script, plan.dated, entries, reading.ledger.leftovers


def as_markdown(text: str, in_html: bool = False) -> bytes:
    """Return a plan's text as Markdown, its tables with bars or in HTML."""
    parts = []
    for part in parts_of(text):
        if isinstance(part, str):
            parts.append(f"## {part}")
        elif in_html:
            rows = ["".join(f"<td>{html.escape(cell)}</td>" for cell in row) for row in part]
            parts.append("<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>")
        else:
            rows = ["|" + "|".join(row) + "|" for row in part]
            parts.append("\n".join([rows[0], "|---" * len(part[0]) + "|", *rows[1:]]))
    return "\n\n".join(parts).encode()


def as_saved_page(text: str, encoding: str = "utf-8", transfer: str = "quoted-printable") -> bytes:
    """Return a plan's text as a web page with a picture, saved as one file."""
    page = as_page(text).decode().replace("utf-8", encoding)
    made = EmailMessage()
    made["From"] = "<Saved by Blink>"
    made.add_related(b"\x89PNG", "image", "png", cid="<logo>")
    part = EmailMessage()
    part.set_content(page, subtype="html", charset=encoding, cte=transfer)
    made.get_payload().insert(0, part)
    made["MIME-Version"] = "1.0"
    return made.as_bytes()


# ---- OpenDocument

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing")),
        ("meta", "meta"),
    )
)


def odf_file(kind: str, body: str, styles: str = "", more: str = "", flat: bool = False) -> bytes:
    """Return an OpenDocument file of a kind (`text`, `spreadsheet`) from XML; `more` is what `styles.xml` holds."""
    inner = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:{kind}>{body}"
    inner += f"</office:{kind}></office:body>"
    if flat:
        return f'<?xml version="1.0"?>\n<office:document {_SPACES}>{more}{inner}</office:document>'.encode()
    return as_zip(
        {
            "mimetype": f"application/vnd.oasis.opendocument.{kind}",
            "content.xml": f"<office:document-content {_SPACES}>{inner}</office:document-content>",
            "styles.xml": f"<office:document-styles {_SPACES}>{more}</office:document-styles>",
            "META-INF/manifest.xml": "<manifest/>",
        }
    )


def odf_row(*cells: str, attributes: str = "") -> str:
    """Return a row of a table; a cell that is no XML becomes a paragraph, an empty one has none."""
    made = [
        cell
        if cell.startswith("<table:")
        else f"<table:table-cell><text:p>{html.escape(cell)}</text:p></table:table-cell>"
        if cell
        else "<table:table-cell/>"
        for cell in cells
    ]
    return f"<table:table-row {attributes}>{''.join(made)}</table:table-row>"


def as_odt(text: str, flat: bool = False) -> bytes:
    """Return a plan's text as an OpenDocument text."""
    parts = []
    for part in parts_of(text):
        if isinstance(part, str):
            parts.append(f"<text:p>{html.escape(part)}</text:p>")
        else:
            parts.append(f"<table:table>{''.join(odf_row(*row) for row in part)}</table:table>")
    return odf_file("text", "".join(parts), flat=flat)


def as_ods(rows: list[list[str]], flat: bool = False) -> bytes:
    """Return rows as an OpenDocument spreadsheet, each filled up with one empty cell that is repeated."""
    rest = '<table:table-cell table:number-columns-repeated="1000"/>'
    table = f'<table:table table:name="S">{"".join(odf_row(*row, rest) for row in rows)}</table:table>'
    return odf_file("spreadsheet", table, flat=flat)


# ---- old Excel files


def _record(kind: int, data: bytes = b"") -> bytes:
    """Return a record of a workbook."""
    return struct.pack("<HH", kind, len(data)) + data


def _string(text: str, size: str) -> bytes:
    """Return a text with its length before it."""
    return struct.pack(f"<{size}B", len(text), 1) + text.encode("utf-16-le")


class XlsLook(NamedTuple):
    """
    A text in a cell of an old Excel file and how it looks.

    Colours are numbers of the usual palette; `start` is where in the text the look begins.
    """

    text: str
    struck: bool = False
    colour: int = 0x7FFF
    shift: int = 0
    fill: int = 0
    start: int = 0


def _fonts_and_styles(looks: list[XlsLook]) -> tuple[bytes, bytes]:
    """Return the records of fonts, of which there is no number 4, and of two usual styles and one for each look."""
    fonts, styles = b"", b""
    for look in [XlsLook("")] * 4 + looks:
        options = 8 if look.struck else 0
        fonts += _record(
            0x31, struct.pack("<HHHHHBBBB", 200, options, look.colour, 400, look.shift, 0, 0, 0, 0) + _string("A", "B")
        )
    for form in (0, 17):
        styles += _record(0xE0, struct.pack("<HHHBBBBIIH", 0, form, 1, 0, 0, 0, 0, 0, 0, 0))
    for number, look in enumerate(looks, 5):
        pattern = 1 << 26 if look.fill else 0
        font = 0 if look.start else number
        styles += _record(0xE0, struct.pack("<HHHBBBBIIH", font, 0, 1, 0, 0, 0, 0, 0, pattern, look.fill))
    return fonts, styles


def _rich(look: XlsLook, number: int) -> bytes:
    """Return a text whose font changes once."""
    return _string(look.text, "H") + struct.pack("<HHH", 1, look.start, number)


def _sheet(
    rows: list[list[object]],
    merged: list[tuple[int, int, int, int]],
    looks: list[XlsLook],
    hidden: tuple[list[int], list[int]],
) -> bytes:
    """Return the records of a sheet: texts, numbers, and days as numbers in a cell format that shows months."""
    records = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for column in hidden[1]:
        records += _record(0x7D, struct.pack("<HHHHHH", column, column, 2000, 0, 1, 0))
    for number in hidden[0]:
        records += _record(0x208, struct.pack("<HHHHHHI", number, 0, 9, 255, 0, 0, 0x120))
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            place = struct.pack("<HH", number, column)
            if isinstance(value, XlsLook):
                style = struct.pack("<H", 2 + looks.index(value))
                if value.start:
                    records += _record(0xD6, place + style + _rich(value, 5 + looks.index(value)))
                else:
                    records += _record(0x204, place + style + _string(value.text, "H"))
                continue
            if isinstance(value, datetime):
                days = (value - datetime(1899, 12, 30)).total_seconds() / 86_400
                records += _record(0x203, place + struct.pack("<Hd", 1, days))
            elif isinstance(value, (int, float)):
                records += _record(0x203, place + struct.pack("<Hd", 0, value))
            elif value:
                records += _record(0x204, place + b"\0\0" + _string(str(value), "H"))
    if merged:
        records += _record(
            0xE5, struct.pack("<H", len(merged)) + b"".join(struct.pack("<4H", *area) for area in merged)
        )
    return records + _record(0x0A)


def as_xls(
    sheets: dict[str, list[list[object]]],
    hidden: tuple[str, ...] = (),
    merged: list[tuple[int, int, int, int]] | None = None,
    stream: str = "Workbook",
    unseen: tuple[list[int], list[int]] = ([], []),
    broken: bool = False,
) -> bytes:
    """
    Return rows by the names of sheets as an old Excel file.

    Args:
        sheets: Rows of texts, numbers, days and `XlsLook`s.

        hidden: The sheets that are hidden.

        merged: Areas that are merged in every sheet.

        stream: What the part with the sheets is called.

        unseen: The rows and the columns that are hidden in every sheet, counted from 0.

        broken: Whether the list of colours ends too early.
    """
    values = [value for rows in sheets.values() for row in rows for value in row]
    looks = list(dict.fromkeys(value for value in values if isinstance(value, XlsLook)))
    cells = [_sheet(rows, merged or [], looks, unseen) for rows in sheets.values()]
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0)) + _record(0x42, struct.pack("<H", 1200))
    start += b"".join(_fonts_and_styles(looks)) + (_record(0x92, struct.pack("<H", 56)) if broken else b"")
    bounds = [_string(name, "B") for name in sheets]
    place = len(start) + sum(10 + len(bound) for bound in bounds) + 4
    for name, bound, records in zip(sheets, bounds, cells, strict=True):
        start += _record(0x85, struct.pack("<IBB", place, name in hidden, 0) + bound)
        place += len(records)
    return as_ole({stream: start + _record(0x0A) + b"".join(cells)})


def as_ole(streams: dict[str, bytes]) -> bytes:
    """Return streams as an OLE file, its table and its directory in one sector each."""
    table, content, entries = [0xFFFFFFFD, 0xFFFFFFFE], b"", [_entry("Root Entry", 5, 0xFFFFFFFE, 0, 1)]
    for number, (name, data) in enumerate(streams.items(), 1):
        padded = data.ljust(4096, b"\0")
        padded += bytes(-len(padded) % 512)
        first, sectors = len(table), len(padded) // 512
        table += [*range(first + 1, first + sectors), 0xFFFFFFFE]
        content += padded
        following = number + 1 if number < len(streams) else 0xFFFFFFFF
        entries.append(_entry(name, 2, first, len(padded), 0xFFFFFFFF, following))
    assert len(table) <= 128
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    header += b"\xff" * (512 - len(header))
    table += [0xFFFFFFFF] * (128 - len(table))
    return header + struct.pack("<128I", *table) + b"".join(entries).ljust(512, b"\0") + content


def _entry(name: str, kind: int, first: int, size: int, child: int, right: int = 0xFFFFFFFF) -> bytes:
    """Return an entry of the directory of an OLE file."""
    title = (name + "\0").encode("utf-16-le")
    links = struct.pack("<HBBIII", len(title), kind, 1, 0xFFFFFFFF, right, child)
    return title.ljust(64, b"\0") + links + bytes(36) + struct.pack("<IQ", first, size)
