"""
An empty plan -> a Word file, with drop-down lists in the cells where there is something to choose.

In: a `PlanTemplate`. Out: the bytes of a .docx file. It is written as XML and not with a library for Word files: none
of them knows content controls, which are what drop-down lists are.

Spec: ECMA-376 part 1, 17 (WordprocessingML); 17.5.2, structured document tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from xml.sax.saxutils import escape, quoteattr

from .packages import CONTENT_TYPES, OFFICE, RELATED, write_package
from .template import OPEN_COLUMNS, PlanTemplate, TemplateTable

MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: How wide columns are, in twentieths of a point, by their names; a page of A4 in landscape holds them.
_WIDTHS = {
    "number": 700,
    "organisation": 1700,
    "category": 2100,
    "name": 3000,
    "description": 3300,
    "format": 1500,
    "target": 1500,
    "released": 1500,
    "frequency": 1600,
}
#: What an empty control shows: blanks that one can click on, so that nothing of it is read as text.
_BLANK = "\u2003" * 3
#: Fonts of each language for ideographs.
_FONTS = {"zh-Hant": "PMingLiU", "zh-Hans": "SimSun", "en": "PMingLiU"}
#: Language tags as Word has them.
_TAGS = {"zh-Hant": "zh-HK", "zh-Hans": "zh-CN", "en": "en-GB"}


def write_word_template(template: PlanTemplate) -> bytes:
    """
    Return an empty plan as a Word file.

    Args:
        template: What it says.

    >>> from dcat_hk.drafting.template import make_template
    >>> write_word_template(make_template("en", (2026, 2028)))[:2]
    b'PK'
    """
    return write_package(
        {
            CONTENT_TYPES: (
                f'<Types xmlns="{_TYPES}">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                f'<Override PartName="/word/document.xml" ContentType="{_PARTS}.document.main+xml"/>'
                f'<Override PartName="/word/styles.xml" ContentType="{_PARTS}.styles+xml"/></Types>'
            ),
            "_rels/.rels": _relations("officeDocument", "word/document.xml"),
            "word/document.xml": _document(template),
            "word/_rels/document.xml.rels": _relations("styles", "styles.xml"),
            "word/styles.xml": _styles(template.language),
        }
    )


def _relations(kind: str, target: str) -> str:
    """Return the part that says to which other part one is related."""
    relation = f'<Relationship Id="rId1" Type="{OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{RELATED}">{relation}</Relationships>'


def _document(template: PlanTemplate) -> str:
    """Return the text of the plan."""
    numbers = count(1)
    bureau = _run(template.bureau) if template.named else _prompt(template.bureau, next(numbers))
    parts = [_paragraph(bureau, "Title"), _paragraph(_run(template.title), "Title")]
    for table in template.tables:
        section, part = (table.headings[0], table.headings[-1]) if len(table.headings) > 1 else ("", table.headings[0])
        parts += [_paragraph(_run(section), "Heading1")] if section else []
        parts += [_paragraph(_run(part), "Heading2"), _table(template, table, numbers), _paragraph("")]
    parts.append(_paragraph(_run(template.month)))
    page = '<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    margins = (
        '<w:pgMar w:top="850" w:right="850" w:bottom="850" w:left="850" w:header="425" w:footer="425" w:gutter="0"/>'
    )
    end = f"<w:sectPr>{page}{margins}</w:sectPr>"
    return f'<w:document xmlns:w="{MAIN}"><w:body>{"".join(parts)}{end}</w:body></w:document>'


def _paragraph(content: str, style: str = "") -> str:
    """Return a paragraph."""
    stated = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{stated}{content}</w:p>"


def _run(text: str, properties: str = "") -> str:
    """Return text that looks alike."""
    stated = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{stated}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _prompt(text: str, number: int) -> str:
    """Return a control that shows what belongs into it."""
    shown = _run(text, '<w:rStyle w:val="PlaceholderText"/>')
    stated = f'<w:id w:val="{number}"/><w:showingPlcHdr/><w:text/>'
    return f"<w:sdt><w:sdtPr>{stated}</w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"


def _choice(label: str, choices: Sequence[str], chosen: str, kind: str, number: int) -> str:
    """
    Return a drop-down list.

    Args:
        label: What is chosen.

        choices: What there is to choose.

        chosen: What is chosen already; empty for nothing.

        kind: The element of the list: one that other text can be written into, or one that it cannot.

        number: The number of the control in the document.
    """
    items = "".join(f"<w:listItem w:displayText={quoteattr(one)} w:value={quoteattr(one)}/>" for one in choices)
    showing = "" if chosen else "<w:showingPlcHdr/>"
    shown = _run(chosen) if chosen else _run(_BLANK, '<w:rStyle w:val="PlaceholderText"/>')
    return (
        f'<w:sdt><w:sdtPr><w:alias w:val={quoteattr(label)}/><w:id w:val="{number}"/>{showing}'
        f"<w:{kind}>{items}</w:{kind}></w:sdtPr><w:sdtContent>{shown}</w:sdtContent></w:sdt>"
    )


def _table(template: PlanTemplate, table: TemplateTable, numbers: Iterator[int]) -> str:
    """Return a table: its header, which is repeated on each page, the example, and empty rows."""
    widths = [_WIDTHS[column] for column in table.columns]
    if "organisation" not in table.columns:
        widths[table.columns.index("description")] += _WIDTHS["organisation"]
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = "".join(_cell(_run(label, "<w:b/>"), width) for label, width in zip(table.labels, widths, strict=True))
    rows = [f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{head}</w:tr>"]
    for example in [*([table.example] if table.example else []), *[("",) * len(widths)] * template.rows]:
        cells = [
            _cell(_content(template, column, label, text, numbers), width)
            for column, label, text, width in zip(table.columns, table.labels, example, widths, strict=True)
        ]
        rows.append(f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(cells)}</w:tr>")
    stated = f'<w:tblStyle w:val="TableGrid"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
    return f"<w:tbl><w:tblPr>{stated}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def _content(template: PlanTemplate, column: str, label: str, text: str, numbers: Iterator[int]) -> str:
    """Return what is in a cell: a list where there is something to choose."""
    choices = template.choices.get(column)
    if choices is None:
        return _run(text)
    return _choice(label, choices, text, "comboBox" if column in OPEN_COLUMNS else "dropDownList", next(numbers))


def _cell(content: str, width: int) -> str:
    """Return a cell of a width."""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{_paragraph(content)}</w:tc>'


def _styles(language: str) -> str:
    """Return the styles that the text uses."""
    font = f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial" w:eastAsia="{_FONTS[language]}"/>'
    tag = _TAGS[language]
    spoken = (
        f'<w:lang w:val="{tag if language == "en" else "en-GB"}" w:eastAsia="{tag if language != "en" else "zh-HK"}"/>'
    )
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for edge in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    head = '<w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/><w:outlineLvl w:val="{level}"/></w:pPr>'
    heads = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level + 1}"><w:name w:val="heading {level + 1}"/>'
        f'<w:basedOn w:val="Normal"/><w:next w:val="Normal"/>{head.format(level=level)}'
        f'<w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for level, size in enumerate((24, 22))
    )
    return (
        f'<w:styles xmlns:w="{MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>{font}<w:sz w:val="20"/>{spoken}</w:rPr>'
        "</w:rPrDefault><w:pPrDefault/></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f"{heads}"
        '<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>'
        '<w:pPr><w:spacing w:after="120"/><w:jc w:val="center"/></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="28"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/>'
        '<w:rPr><w:color w:val="808080"/></w:rPr></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:tblPr><w:tblCellMar><w:left w:w="108" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr></w:style>"
        '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/><w:basedOn w:val="TableNormal"/>'
        f"<w:tblPr><w:tblBorders>{edges}</w:tblBorders></w:tblPr></w:style></w:styles>"
    )
