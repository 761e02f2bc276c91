"""
Comments -> an Excel file with notes at the cells that they are on.

In: the bytes of an Excel file and comments. Out: the file with a part for the notes of each sheet and one for the boxes
in which they are shown; all other parts keep their bytes, but for the reference to the boxes at the end of a sheet. A
comment on a row is at its first filled cell, one on the document as a whole at the first cell of the first sheet. Notes
that were there stay: another one goes to the next cell without any.

Spec: ECMA-376 part 1, 18.7 (comments) and 18.3.1.51 (legacyDrawing); part 4, 19.1 (VML).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from ..core.limits import Budget
from ..core.place import Place
from ..reading.documents.sheetattributes import REFERENCE, column_letters, column_number
from .annotate import AUTHOR, Comment
from .markup import Insertion, Markup, append, find_elements, find_filled, insert
from .packages import OFFICE, XML_HEAD
from .parts import EditedPackage

_WORKBOOK = "xl/workbook.xml"
_MEDIA = "application/vnd.openxmlformats-officedocument"
#: What a place says: the sheet, and a cell or a row of it.
_PLACE = re.compile(
    r"sheet (?P<title>.*?)(?:, cell (?P<cell>[A-Z]+[0-9]+)|, row (?P<row>[0-9]+)|, text box)?", re.DOTALL
)
#: What comes behind the reference to the boxes in a sheet.
_BEHIND = {
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts", "extLst"),
}
_SHAPE = re.compile(rb'id="_x0000_s([0-9]{1,9})"')
#: How many columns and rows the box of a note covers.
_WIDE, _HIGH = 4, 6
#: So many columns to the right a cell without a note is looked for.
_MOST_COLUMNS = 16_384
_VML = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
    ' xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/>'
    '</o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202"'
    ' path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>{shapes}</xml>'
)


@dataclass(slots=True)
class _NotedSheet:
    """
    A sheet of a workbook: its part, its outermost elements, and the notes that it gets by row and column.

    `filled` names the first cell of each row that holds anything.
    """

    part: str
    elements: list[Markup]
    filled: dict[str, str]
    notes: dict[tuple[int, int], list[str]] = field(default_factory=dict)
    taken: set[tuple[int, int]] = field(default_factory=set)


def annotate_sheet(data: bytes, comments: Sequence[Comment], budget: Budget) -> bytes:
    """
    Return an Excel file with notes.

    Args:
        data: The file.

        comments: The comments, in the order of the document.

        budget: What looking for the places may cost; it has the file's name.
    """
    package = EditedPackage(data)
    sheets = _read_sheets(package)
    if not sheets:
        return package.save()
    first = next(iter(sheets.values()))
    for comment in comments:
        budget.check_time()
        sheet, cell = _find_cell(sheets, comment.place)
        told = [*([comment.where] if comment.where and sheet is None else []), *comment.paragraphs]
        sheet = sheet or first
        sheet.notes.setdefault(_free_cell(sheet, cell), []).append("\n".join(told))
    for sheet in sheets.values():
        if sheet.notes:
            _write_notes(package, sheet)
    return package.save()


def _read_sheets(package: EditedPackage) -> dict[str, _NotedSheet]:
    """Return the sheets that are shown, by title, with the cells that have notes."""
    targets = {one.identifier: one for one in package.relations(_WORKBOOK)}
    sheets: dict[str, _NotedSheet] = {}
    for stated in find_elements(package.read(_WORKBOOK)):
        relation = targets.get(stated.attributes.get("id", ""))
        is_shown = stated.attributes.get("state", "visible") == "visible"
        if stated.local != "sheet" or not is_shown or relation is None or relation.kind != "worksheet":
            continue
        data = package.read(relation.target)
        sheet = _NotedSheet(relation.target, find_elements(data, 1), find_filled(data, "c", "row"))
        notes = package.find_related(relation.target, "comments")
        for one in find_elements(package.read(notes)) if notes else ():
            place = REFERENCE.fullmatch(one.attributes.get("ref", "")) if one.local == "comment" else None
            if place:
                sheet.taken.add((int(place[2]), column_number(place[1])))
        sheets[stated.attributes.get("name", "")] = sheet
    return sheets


def _find_cell(sheets: dict[str, _NotedSheet], place: Place | None) -> tuple[_NotedSheet | None, tuple[int, int]]:
    """Return the sheet and the row and column that a place names, no sheet if it names none of them."""
    match = _PLACE.fullmatch(place.start) if place else None
    sheet = sheets.get(match["title"]) if match else None
    if match is None or sheet is None:
        return None, (1, 1)
    if match["cell"]:
        reference = REFERENCE.fullmatch(match["cell"])
        assert reference
        return sheet, (int(reference[2]), column_number(reference[1]))
    first = REFERENCE.fullmatch(sheet.filled.get(match["row"] or "", ""))
    return sheet, (int(match["row"] or 1), column_number(first[1]) if first else 1)


def _free_cell(sheet: _NotedSheet, cell: tuple[int, int]) -> tuple[int, int]:
    """Return a cell, or the next one to the right that had no note before."""
    row, column = cell
    while (row, column) in sheet.taken and column < _MOST_COLUMNS:
        column += 1
    return row, column


# ---- parts


def _write_notes(package: EditedPackage, sheet: _NotedSheet) -> None:
    """Add the notes of a sheet, and the boxes in which they are shown."""
    namespace = sheet.elements[0].namespace
    known = package.find_related(sheet.part, "comments")
    if known:
        package.write(known, _add_notes(package.read(known), sheet, namespace))
    else:
        part = package.free_name("xl/comments{}.xml")
        empty = f'{XML_HEAD}<comments xmlns="{namespace}"><authors></authors><commentList></commentList></comments>'
        package.write(part, _add_notes(empty.encode(), sheet, namespace))
        package.relate(sheet.part, "comments", part)
        package.state_type(part, f"{_MEDIA}.spreadsheetml.comments+xml")
    drawing = next((one for one in sheet.elements if one.local == "legacyDrawing" and one.depth == 1), None)
    relations = {one.identifier: one.target for one in package.relations(sheet.part)}
    boxes = relations.get(drawing.attributes.get("id", "")) if drawing else None
    if boxes and package.has(boxes):
        # Excel writes such parts as pages of the web once were: what is open in them need not be closed.
        data = package.read(boxes)
        end = data.rfind(b"</xml")
        package.write(boxes, insert(data, [Insertion(end if end >= 0 else len(data), _draw_boxes(sheet, data))]))
        return
    part = package.free_name("xl/drawings/vmlDrawing{}.vml")
    package.write(part, _VML.format(shapes=_draw_boxes(sheet, b"")).encode())
    package.state_type(part, f"{_MEDIA}.vmlDrawing")
    if drawing is None:
        _refer(package, sheet, package.relate(sheet.part, "vmlDrawing", part))


def _add_notes(data: bytes, sheet: _NotedSheet, namespace: str) -> bytes:
    """Return the part for notes with those of a sheet in it, by an author of their own."""
    elements = find_elements(data)
    number = sum(1 for one in elements if one.local == "author")
    notes = "".join(
        f'<comment xmlns="{namespace}" ref="{column_letters(column)}{row}" authorId="{number}"><text><r>'
        f'<t xml:space="preserve">{escape(chr(10).join(texts))}</t></r></text></comment>'
        for (row, column), texts in sorted(sheet.notes.items())
    )
    last = next(one for one in elements if one.local == "commentList")
    data = append(data, last, notes)
    authors = next(one for one in find_elements(data) if one.local == "authors")
    return append(data, authors, f'<author xmlns="{namespace}">{escape(AUTHOR)}</author>')


def _refer(package: EditedPackage, sheet: _NotedSheet, identifier: str) -> None:
    """Let a sheet refer to its boxes."""
    root = sheet.elements[0]
    office = (
        OFFICE if "purl.oclc.org" not in root.namespace else "http://purl.oclc.org/ooxml/officeDocument/relationships"
    )
    reference = f'<legacyDrawing xmlns="{root.namespace}" xmlns:r="{office}" r:id={quoteattr(identifier)}/>'
    behind = next((one.start for one in sheet.elements if one.depth == 1 and one.local in _BEHIND), root.end)
    package.write(sheet.part, insert(package.read(sheet.part), [Insertion(behind, reference)]))


def _draw_boxes(sheet: _NotedSheet, known: bytes) -> str:
    """Return the boxes in which the notes of a sheet are shown."""
    number = max((int(one) for one in _SHAPE.findall(known)), default=1024)
    boxes: list[str] = []
    for row, column in sorted(sheet.notes):
        number += 1
        anchor = f"{column},15,{max(row - 2, 0)},10,{column + _WIDE},15,{max(row - 2, 0) + _HIGH},4"
        boxes.append(
            f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
            f' xmlns:x="urn:schemas-microsoft-com:office:excel" id="_x0000_s{number}" type="#_x0000_t202"'
            ' style=\'position:absolute;visibility:hidden\' fillcolor="#ffffe1" o:insetmode="auto">'
            '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
            "<v:textbox style='mso-direction-alt:auto'><div style='text-align:left'></div></v:textbox>"
            f'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{anchor}</x:Anchor>'
            f"<x:AutoFill>False</x:AutoFill><x:Row>{row - 1}</x:Row><x:Column>{column - 1}</x:Column></x:ClientData>"
            "</v:shape>"
        )
    return "".join(boxes)
