"""Small PDF files, written command by command."""

from __future__ import annotations

from dcat_hk.reading.documents import Line


def pdf(*pages, page="", extra=(), trailer="", catalogue=""):
    """Return a PDF whose pages have these commands; object 3 is Latin letters, 4 Chinese ones, 6 the first extra."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    chinese = "<< /Type /Font /Subtype /Type0 /BaseFont /Ming /Encoding /UniCNS-UTF16-H /DescendantFonts [5 0 R] >>"
    cid = (
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ming /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (CNS1) /Supplement 4 >> >>"
    )
    first = 6 + len(extra)
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalogue} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} /MediaBox [0 0 600 400] >>",
        font,
        chinese,
        cid,
        *extra,
    ]
    forms = " ".join(f"/X{number} {number} 0 R" for number in range(6, first))
    fonts = "/Font << /F 3 0 R /C 4 0 R >>"
    for number, commands in enumerate(pages, first):
        own = first + 2 * (number - first)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Contents {own + 1} 0 R {page} "
            f"/Resources << {fonts} /XObject << {forms} >> >> >>"
        )
        objects.append(f"<< /Length {len(commands)} >>\nstream\n{commands}\nendstream")
    return file_of(objects, trailer)


def plan_in_columns(xs, rows, *drawn):
    """
    Return a PDF of a small plan in English, whose table has no borders.

    Args:
        xs: Where its columns begin.

        rows: The height of each line of the table, and its words, one for each column.

        drawn: More drawing commands.
    """
    head = [
        text(40, 380, "Transport Department"),
        text(40, 366, "Annual Open Data Plan 2025-2027"),
        text(40, 350, "A. Departmental datasets to be released in 2025"),
    ]
    cells = [text(x, y, word) for y, words in rows for x, word in zip(xs, words, strict=True) if word]
    return pdf("\n".join([*head, *cells, *drawn]))


def file_of(objects, trailer=""):
    """Return a PDF file of objects, the first being its catalogue."""
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        body = content if isinstance(content, bytes) else content.encode("latin-1")
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    return out + f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()


def pdf_of_glyphs(commands, letters, program, width=800, mapped=True):
    """
    Return a PDF of one page with an embedded font, /G, whose glyphs are numbered from 1.

    Args:
        commands: The drawing commands; text in them is hexadecimal, four digits a glyph.

        letters: What each glyph stands for, one or several letters.

        program: The font as a TrueType file with a glyph for every character.

        width: How wide a glyph is, in thousandths of the font's size.

        mapped: Whether the file states the letters.
    """
    entries = "".join(f"<{code:04x}> <{word.encode('utf-16-be').hex()}>\n" for code, word in enumerate(letters, 1))
    ranges = "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
    cmap = (
        f"/CIDInit /ProcSet findresource begin begincmap /CMapName /Own def\n{ranges}"
        f"{len(letters)} beginbfchar\n{entries}endbfchar\nendcmap end"
    )
    font = (
        "<< /Type /Font /Subtype /Type0 /BaseFont /Own /Encoding /Identity-H /DescendantFonts [10 0 R] "
        f"{'/ToUnicode 7 0 R' if mapped else ''} >>"
    )
    cid_font = (
        f"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Own /DW {width} /FontDescriptor 5 0 R "
        "/CIDToGIDMap /Identity /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    descriptor = (
        "<< /Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 -120 200 880] /ItalicAngle 0 /Ascent 880 "
        "/Descent -120 /CapHeight 700 /StemV 80 /FontFile2 6 0 R >>"
    )
    fonts = "/Font << /G 4 0 R /F 9 0 R >>"
    return file_of(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 /MediaBox [0 0 600 400] >>",
            f"<< /Type /Page /Parent 2 0 R /Contents 8 0 R /Resources << {fonts} >> >>",
            font,
            descriptor,
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(program), program),
            f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
            f"<< /Length {len(commands)} >>\nstream\n{commands}\nendstream",
            "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            cid_font,
        ]
    )


def text(x, y, words, size=10, matrix="1 0 0 1"):
    """Return the commands that write words."""
    if words.isascii():
        escaped = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return f"BT /F {size} Tf {matrix} {x} {y} Tm ({escaped}) Tj ET\n"
    return f"BT /C {size} Tf {matrix} {x} {y} Tm <{words.encode('utf-16-be').hex()}> Tj ET\n"


def lines(*ends):
    """Return the commands that draw lines."""
    return "".join(f"{x} {y} m {x2} {y2} l S\n" for x, y, x2, y2 in ends)


def grid(xs, ys):
    """Return the ends of the lines of a grid."""
    return [(xs[0], y, xs[-1], y) for y in ys] + [(x, ys[0], x, ys[-1]) for x in xs]


def field(name, box, entries):
    """Return a form field that is its own widget on the page."""
    edges = " ".join(map(str, box))
    return f"<< /Type /Annot /Subtype /Widget /T ({name}) /Rect [{edges}] /F 4 /DA (/F 9 Tf) {entries} >>"


def pdf_of_fields(commands, *fields):
    """Return a PDF of one page with these drawing commands and form fields or other annotations."""
    numbers = " ".join(f"{6 + index} 0 R" for index in range(len(fields)))
    catalogue = f"/AcroForm << /Fields [{numbers}] /DR << /Font << /F 3 0 R >> >> >>"
    return pdf(commands, page=f"/Annots [{numbers}]", extra=fields, catalogue=catalogue)


def form(number, body):
    """Return a form that can draw itself and the next one."""
    return (
        f"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /Self {number} 0 R "
        f"/Next {number + 1} 0 R >> >> /Length {len(body)} >>\nstream\n{body}\nendstream"
    )


def running(document):
    """Return the lines outside of tables, runs joined by a stroke."""
    return [
        "|".join(document.slice(run.span) for run in block.runs) for block in document.blocks if isinstance(block, Line)
    ]


def marked(document, *kinds):
    """Return the marked text of a document and its kind, of some kinds or of all."""
    return [(mark.kind, document.slice(mark.span)) for mark in document.marks if not kinds or mark.kind in kinds]
