"""
Writes plans as DOCX in two layouts, with python-docx.

In: the blocks of a plan. Out: files that LibreOffice turns to PDF. Layout one is a plain portrait page with ruled (or
unruled) tables; layout two is landscape, nested in a table for the page, with a text box and a running header.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt
from inline import runs
from source import BULLET, Cell, Cells, Plan, Table, Text, blocks
from tables import repack

_SIZES = {"bureau": 16, "title": 14, "section": 12}


def write_plain(plan: Plan, path: Path, ruled: bool = True) -> None:
    """
    Write layout one: portrait, page numbers below, tables on the page.

    Args:
        plan: What to write; `repeat` and `font` in its data say whether headers repeat and in which letters.

        path: Where to.

        ruled: Whether cells have borders.
    """
    document = _new(plan.data.get("font", "Noto Sans CJK HK"), 10.5, plan.data.get("latin", "Liberation Sans"))
    _add_page_number(document.sections[0].footer.paragraphs[0], plan.say(plan.data.get("page", ["{}", "{}"])))
    if "running" in plan.data:
        document.sections[0].header.paragraphs[0].add_run(plan.say(plan.data["running"])).font.size = Pt(8)
    for block in blocks(plan):
        if isinstance(block, Text):
            _add_text(document, block)
        else:
            _add_table(document, block, 17.0, plan.data.get("repeat", True), ruled, bullets=True)
    _save(document, path)


def write_framed(plan: Plan, path: Path) -> None:
    """
    Write layout two: landscape, all of it in the cell of a page-wide table, the date in a text box.

    Args:
        plan: What to write.

        path: Where to.
    """
    document = _new(plan.data.get("framed_font", "AR PL UMing HK"), 9)
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.header.paragraphs[0].add_run(
        f"{plan.say_on_a_line(plan.data['name'])}\t\t{plan.say_on_a_line(plan.data['title'])}"
    )
    _add_page_number(section.footer.paragraphs[0], "- {} -")
    everything = list(blocks(plan))
    dated = everything.pop() if isinstance(everything[-1], Text) and everything[-1].kind == "date" else None
    frame = document.add_table(1, 1).cell(0, 0)
    for block in everything:
        if isinstance(block, Text):
            _add_text(frame, block)
        else:
            _add_table(frame, block, 24.0, not plan.data.get("repeat", True), True, bullets=False)
    frame.paragraphs[0]._p.getparent().remove(frame.paragraphs[0]._p)
    if isinstance(dated, Text):
        _add_box(document.add_paragraph(), dated.text)
    _save(document, path)


def _new(font: str, size: float, latin: str = "Liberation Sans") -> Any:
    """Return an empty A4 document whose text is in one font."""
    document = Document()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = latin, Pt(size)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    return document


def _add_text(parent: Any, block: Text) -> None:
    """Add a paragraph outside tables."""
    for run in _add_runs(parent.add_paragraph(), block.text):
        run.bold = block.kind not in {"note", "none", "name", "date"}
        if block.kind in _SIZES:
            run.font.size = Pt(_SIZES[block.kind])


def _add_table(parent: Any, block: Table, width: float, repeat: bool, ruled: bool, bullets: bool) -> None:
    """Add a table with merged cells; its header may repeat on every page."""
    count = len(block.widths)
    nested = not hasattr(parent, "sections")
    table = parent.add_table(0, count) if nested else parent.add_table(0, count, "Table Grid" if ruled else None)
    if nested and ruled:
        table.style = "Table Grid"
    table.autofit = False
    for position, share in enumerate(block.widths):
        table.columns[position].width = Cm(width * share / 100)
    rows = [*block.headers, *block.rows]
    for _ in rows:
        table.add_row()
    grid = [row.cells for row in table.rows]
    for number, cells in enumerate(rows):
        _fill_row(grid, number, cells, [width * share / 100 for share in block.widths], bullets)
    if repeat:
        for row in table.rows[: len(block.headers)]:
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    parent.add_paragraph() if not nested else None


def _fill_row(grid: list[Any], number: int, cells: Cells, widths: list[float], bullets: bool) -> None:
    """Write the cells of one row, merging those that go over several columns or rows."""
    for position, cell in enumerate(cells):
        place = grid[number][position]
        place.width = Cm(widths[position])
        if cell is None:
            continue
        if cell.across > 1 or cell.down > 1:
            place = place.merge(grid[number + cell.down - 1][position + cell.across - 1])
        _fill_cell(place, cell, bullets)


def _fill_cell(place: Any, cell: Cell, bullets: bool) -> None:
    """Write a cell's paragraphs; items of a list as Word's own list or with a typed bullet."""
    for surplus in place.paragraphs[1:]:
        surplus._p.getparent().remove(surplus._p)
    for position, text in enumerate(cell.paragraphs):
        paragraph = place.paragraphs[0] if position == 0 else place.add_paragraph()
        item = text.startswith(BULLET)
        paragraph.paragraph_format.space_after = Pt(0)
        if item and bullets:
            paragraph.style = "List Bullet"
        added = _add_runs(paragraph, ("" if bullets or not item else "• ") + text.removeprefix(BULLET))
        if cell.field:
            _wrap_in_control(paragraph, added)


def _add_runs(paragraph: Any, text: str) -> list[Any]:
    """Add a wording with its marks; return its runs."""
    added = []
    for part, kind in runs(text):
        run = paragraph.add_run(part)
        if kind == "struck":
            run.font.strike = True
        elif kind:
            run.font.superscript = True
        added.append(run)
    return added


def _wrap_in_control(paragraph: Any, added: list[Any]) -> None:
    """Put runs into a content control, as forms have for what is filled in."""
    control = parse_xml(f"<w:sdt {nsdecls('w')}><w:sdtPr><w:text/></w:sdtPr><w:sdtContent/></w:sdt>")
    paragraph._p.append(control)
    for run in added:
        control.find(qn("w:sdtContent")).append(run._r)


def _add_page_number(paragraph: Any, form: str) -> None:
    """Add a field that prints the page's number."""
    before, after = form.split("{}")
    paragraph.add_run(before)
    run = f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    paragraph._p.append(parse_xml(run))
    paragraph.add_run(after)


def _add_box(paragraph: Any, text: str) -> None:
    """Add a text box, in the form that Word writes for programs older than 2010."""
    shape = (
        f'<w:r {nsdecls("w")} xmlns:v="urn:schemas-microsoft-com:vml"><w:pict>'
        '<v:shape style="width:200pt;height:24pt"><v:textbox><w:txbxContent>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    paragraph._p.append(parse_xml(shape))


def _save(document: Any, path: Path) -> None:
    """Write the file."""
    buffer = io.BytesIO()
    document.save(buffer)
    path.write_bytes(repack(buffer.getvalue()))
