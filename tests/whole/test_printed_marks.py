"""Text of a PDF that is crossed out, raised, white, turned or stamped is read as the reader of the page takes it."""

import shutil
import subprocess
from html import escape

import pytest
from support.pdf_files import marked
from support.stores import missing

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

OFFICE, BROWSER = shutil.which("soffice"), shutil.which("chromium") or shutil.which("google-chrome")
SECTION = "A. Departmental datasets to be released in 2025"
HEADS = ["Fire Services Department", "Annual Open Data Plan for 2025 to 2027", SECTION]
LABELS = ["No.", "Category", "Name of Dataset", "Description", "Target Release Date", "Update Frequency"]
LOOKS = {"-": "struck", "^": "raised", "?": "hidden", "/": "turned"}
#: The cells of rows; parts of a cell are parted by a tilde and may begin with the sign of a look.
ROWS = [
    "1 | Transport | -Old name of ~Fireboat movements | Movements by base (CSV) | -03/2025~ 09/2025 | Daily",
    "2 | Environment | Hydrants~^1 | Hydrants in km~^2~ (CSV, ~-XML, ~JSON) | 11/2025~^(a) | Monthly~^#",
    "-3 | -Housing | -Withdrawn | -Not to be released (CSV) | -12/2025 | -Daily",
    "3~^* | Housing | Fire calls~? a remark in white | Calls by district (CSV) | 10/2025 | Weekly",
    "?9 | ?Housing | ?Hidden | ?Nobody sees it (CSV) | ?12/2025 | ?Daily",
    "4 | /Transport | Ambulance calls | Calls by month (CSV) | 06/2025 | Quarterly",
]
#: What a reader of the page sees: number, category, title, description, date.
SEEN = [
    (1, "Transport", "Fireboat movements", "Movements by base (CSV)", "2025-09"),
    (2, "Environment", "Hydrants", "Hydrants in km2 (CSV, JSON)", "2025-11"),
    (3, "Housing", "Fire calls", "Calls by district (CSV)", "2025-10"),
    (4, "Transport", "Ambulance calls", "Calls by month (CSV)", "2025-06"),
]
STRUCK = ["Old name of", "03/2025", "XML,", "3", "Housing", "Withdrawn", "Not to be released (CSV)", "12/2025", "Daily"]


def cells_of(row):
    """Return the cells of a row, each as parts of text and look."""
    return [
        [(part[1:], LOOKS[part[0]]) if part[0] in LOOKS else (part, "") for part in cell.split("~")]
        for cell in row.split(" | ")
    ]


def printed_by_office(folder):
    """Return the PDF that an office program makes of a Word file."""
    from docx import Document
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    document = Document()
    document.styles["Normal"].font.size = Pt(10)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(297), Mm(210)
    for line in HEADS:
        document.add_paragraph(line)
    made = document.add_table(1 + len(ROWS), len(LABELS), "Table Grid")
    for row, texts in zip(made.rows, [" | ".join(LABELS), *ROWS], strict=True):
        for cell, parts in zip(row.cells, cells_of(texts), strict=True):
            for text, look in parts:
                run = cell.paragraphs[0].add_run(text)
                run.font.strike, run.font.superscript = look == "struck", look == "raised"
                if look == "hidden":
                    run.font.color.rgb = RGBColor(255, 255, 255)
                elif look == "turned":
                    direction = OxmlElement("w:textDirection")
                    direction.set(qn("w:val"), "btLr")
                    cell._tc.get_or_add_tcPr().append(direction)
                    row.height = Mm(30)
    document.add_paragraph("December 2024")
    document.save(folder / "plan.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "plan.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return (folder / "plan.pdf").read_bytes()


def printed_by_browser(folder):
    """Return the PDF that a browser makes of a web page with a stamp over it."""
    looks = {
        "": "{}",
        "struck": "<s>{}</s>",
        "raised": "<sup>{}</sup>",
        "hidden": "<span style='color:#fff'>{}</span>",
        "turned": "<span style='writing-mode:vertical-rl;transform:rotate(180deg);display:inline-block'>{}</span>",
    }
    rows = ""
    for row in [" | ".join(LABELS), *ROWS]:
        cells = ("".join(looks[look].format(escape(text)) for text, look in cell) for cell in cells_of(row))
        rows += "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
    style = "@page{size:A4 landscape} body{font:10pt serif} td{border:1px solid} table{border-collapse:collapse}"
    style += ".stamp{position:fixed;top:60px;left:40px;font-size:60px;color:#ccc;z-index:-1}"
    heads = "<div class=stamp>DRAFT</div>" + "".join(f"<p>{line}</p>" for line in HEADS)
    page = f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style>{heads}<table>{rows}</table><p>December 2024"
    (folder / "plan.html").write_text(page, "utf-8")
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--print-to-pdf={folder / 'plan.pdf'}", (folder / "plan.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return (folder / "plan.pdf").read_bytes()


#: Who prints, and the program that it takes.
MAKERS = {"office": (printed_by_office, OFFICE, "LibreOffice"), "browser": (printed_by_browser, BROWSER, "Chromium")}


@pytest.mark.parametrize("maker", MAKERS)
def test_a_printed_plan_is_read_as_its_page_looks(maker, tmp_path):
    """Withdrawn, hidden and stamped text is no row, raised signs are no part of values, and turned text is one."""
    printed, program, name = MAKERS[maker]
    if not program:
        missing(name)
    document = read_bytes(printed(tmp_path), "plan.pdf")
    assert " ".join(words for _kind, words in marked(document, "struck")) == " ".join(STRUCK)
    assert [words for _kind, words in marked(document, "raised")] == ["1", "2", "(a)", "#", "*"]
    assert marked(document, "turned", "stamp") == [("turned", "Transport")] + [("stamp", "DRAFT")] * (
        maker == "browser"
    )
    reading = read_plan(document, load())
    entries = reading.require().entries
    assert [
        (entry.number, entry.category, entry.title, entry.description, str(entry.date)[:7]) for entry in entries
    ] == SEEN
    assert reading.ledger.leftovers == ()
