"""Makes Word files and web pages of a plan's lines and rows, as departments write them."""

from __future__ import annotations

import html
import io
import zipfile

from dcat_hk.reading.documents import Document, Line, read_bytes

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ROOT_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{RELATION}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def parts_of(text: str) -> list[str | list[list[str]]]:
    """Return the lines and tables of a plan's text, in order: a line is a string, a table a list of rows."""
    document = read_bytes(text.encode(), "plan.txt")
    parts: list[str | list[list[str]]] = []
    for block in document.blocks:
        if isinstance(block, Line):
            parts.append(document.slice(block.span))
            continue
        cells = ["".join(document.slice(fragment.span) for fragment in cell) for cell in block.cells]
        if block.apart or not parts or isinstance(parts[-1], str):
            parts.append([])
        parts[-1].append(cells)
    return parts


def package(document: str, **others: str) -> bytes:
    """Return a Word file of parts as XML: the document, and others by name in the folder `word`."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", TYPES)
        made.writestr("_rels/.rels", ROOT_RELATIONS)
        made.writestr("word/document.xml", document)
        for name, text in others.items():
            made.writestr(f"word/{name.replace('__', '/').replace('_rels/document', '_rels/document.xml')}", text)
    return held.getvalue()


def word_file(body: str, **parts: str) -> bytes:
    """Return a Word file with a body and other parts (`numbering`, `styles`, ...), all as XML without their roots."""
    roots = {"numbering": "numbering", "styles": "styles", "footnotes": "footnotes"}
    others = {f"{name}.xml": f"<w:{roots[name]} {WORD}>{text}</w:{roots[name]}>" for name, text in parts.items()}
    return package(f"<w:document {WORD}><w:body>{body}</w:body></w:document>", **others)


def paragraph(text: str, properties: str = "") -> str:
    """Return a paragraph of a Word file."""
    inner = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f'<w:p>{inner}<w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r></w:p>'


def cell(content: str, properties: str = "") -> str:
    """Return a cell of a Word file; content that is no XML becomes a paragraph."""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """Return a table of a Word file, of rows of cells as XML."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def as_word(text: str) -> bytes:
    """Return a plan's text as a Word file made by python-docx."""
    import docx

    made = docx.Document()
    for part in parts_of(text):
        if isinstance(part, str):
            made.add_paragraph(part)
            continue
        built = made.add_table(rows=0, cols=len(part[0]))
        for row in part:
            for place, words in zip(built.add_row().cells, row, strict=True):
                place.text = words
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def page_body(text: str) -> str:
    """Return a plan's text as paragraphs and tables of a web page."""
    parts = []
    for part in parts_of(text):
        if isinstance(part, str):
            parts.append(f"<p>{html.escape(part)}</p>")
            continue
        rows = ["".join(f"<td>{html.escape(words)}</td>" for words in row) for row in part]
        parts.append("<table>\n" + "\n".join(f"<tr>{row}</tr>" for row in rows) + "\n</table>")
    return "\n".join(parts)


def as_page(text: str) -> bytes:
    """Return a plan's text as a bare web page."""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{page_body(text)}</body></html>".encode()


def shown(document: Document) -> list[str | list[str]]:
    """Return lines as text and rows as lists of text; a stroke parts paragraphs of a cell, a slash its lines."""
    result: list[str | list[str]] = []
    for block in document.blocks:
        if isinstance(block, Line):
            result.append(document.slice(block.span))
            continue
        cells = [[("|" if one.apart else "/") + document.slice(one.span) for one in held] for held in block.cells]
        result.append(["".join(texts).removeprefix("/") for texts in cells])
    return result


def beside(document: Document) -> list[tuple[str, str]]:
    """Return the text beside a document's own, with its kind."""
    return [(aside.kind, document.slice(aside.span)) for aside in document.asides]
