"""Small PDF files, written command by command."""

from __future__ import annotations

from dcat_hk.reading.documents import Line


def pdf(*pages, page="", extra=(), trailer=""):
    """Return a PDF whose pages have these drawing commands; object 3 is Latin letters, 4 Chinese ones."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    chinese = "<< /Type /Font /Subtype /Type0 /BaseFont /Ming /Encoding /UniCNS-UTF16-H /DescendantFonts [5 0 R] >>"
    cid = (
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Ming /DW 1000 "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (CNS1) /Supplement 4 >> >>"
    )
    first = 6 + len(extra)
    kids = " ".join(f"{first + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
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
