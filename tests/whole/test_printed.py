"""The text of a PDF is, letter by letter, that of the document that it was printed from."""

import json
import shutil
import subprocess
from html import escape

import pytest
from support.paths import ROOT
from support.seed_truth import spaced
from support.stores import missing

from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

OFFICE, BROWSER = shutil.which("soffice"), shutil.which("chromium") or shutil.which("google-chrome")
FONTS = ["Liberation Serif", "Liberation Sans", "Carlito"]
LABELS = ["No.", "Category", "Name of Dataset", "Description", "Target Release Date", "Update Frequency"]
TITLE = ["Drainage Services Department", "Annual Open Data Plan for 2025 to 2027"]
SECTION = "A. Departmental datasets to be released in 2025"
#: How wide the columns are, in millimetres, on an upright and on a broad page, and so narrow that words are broken.
COLUMNS = {
    "portrait": (10, 25, 25, 25, 25, 25),
    "landscape": (12, 32, 45, 60, 28, 30),
    "narrow": (11, 20, 19, 20, 18, 18),
}
#: Words with letters that fonts draw by one glyph, words that fill a column, and signs at the ends of lines.
WORDS = [
    "Traffic affecting offshore tariffs of ferries",
    "Effluent of different official offices, first shift",
    "Cutting and setting of committee attendance figures",
    "Establishment Figures of Telecommunications Services",
    "Rehabilitation and Development Expenditure by Constituency",
    "Cross-harbour and non-franchised traffic, 2011-2020",
    "Table 990-94032: Inspection/maintenance of fill banks",
    "Waterworks intranet/extranet sites (approximately)",
]


def names():
    """Return the names and descriptions of the datasets of the English plans of the evaluation set, and WORDS."""
    truths = sorted((ROOT / "evaluation" / "truth").glob("*-en.json"))
    titles = [entry["title"] for path in truths for entry in json.loads(path.read_text("utf-8"))["entries"]]
    titles = list(dict.fromkeys(WORDS + [title for title in titles if title.isascii() and '"' not in title]))
    return [(title, f"{other} by district (CSV)") for title, other in zip(titles, reversed(titles), strict=True)]


def table():
    """Return the rows of a plan's table, without its header."""
    return [
        [str(number), "Environment", title, description, "02/2025", "As and when necessary"]
        for number, (title, description) in enumerate(names(), 1)
    ]


def has_font(name):
    """Tell whether the machine has a font."""
    lister = shutil.which("fc-list")
    return bool(lister and subprocess.run([lister, name], capture_output=True, check=False).stdout)


def printed_by_office(folder, font, page):
    """Return the PDF that an office program makes of a Word file."""
    from docx import Document
    from docx.shared import Mm, Pt

    document = Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = font, Pt(10)
    section = document.sections[0]
    sides = (Mm(210), Mm(297))
    section.page_width, section.page_height = sides[::-1] if page == "landscape" else sides
    for line in [*TITLE, SECTION]:
        document.add_paragraph(line)
    rows = [LABELS, *table()]
    made = document.add_table(len(rows), len(LABELS), "Table Grid")
    made.autofit = False
    for column, width in zip(made.columns, COLUMNS[page], strict=True):
        column.width = Mm(width)
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text, width in zip(row.cells, texts, COLUMNS[page], strict=True):
            cell.text, cell.width = text, Mm(width)
    document.save(folder / "plan.docx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / "plan.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return (folder / "plan.pdf").read_bytes()


def printed_by_browser(folder, font, page):
    """Return the PDF that a browser makes of a web page."""
    rows = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in cells)}</tr>" for cells in [LABELS, *table()])
    widths = "".join(f'<col style="width:{width}mm">' for width in COLUMNS[page])
    side = "landscape" if page == "landscape" else "portrait"
    style = f"@page{{size:A4 {side};margin:20mm}} body{{font:10pt '{font}'}} td{{border:1px solid}}"
    style += " table{border-collapse:collapse}"
    if page == "narrow":
        style += (
            f" table{{table-layout:fixed;width:{sum(COLUMNS[page])}mm}} td{{overflow-wrap:anywhere;text-align:justify}}"
        )
    heads = "".join(f"<p>{line}</p>" for line in [*TITLE, SECTION])
    (folder / "plan.html").write_text(
        f"<!DOCTYPE html><meta charset=utf-8><style>{style}</style>{heads}<table>{widths}{rows}</table>", "utf-8"
    )
    command = [BROWSER, "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    command += [f"--print-to-pdf={folder / 'plan.pdf'}", (folder / "plan.html").as_uri()]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return (folder / "plan.pdf").read_bytes()


#: Who prints, and the program that it takes.
MAKERS = {"office": (printed_by_office, OFFICE, "LibreOffice"), "browser": (printed_by_browser, BROWSER, "Chromium")}


@pytest.mark.parametrize("page", COLUMNS)
@pytest.mark.parametrize("font", FONTS)
@pytest.mark.parametrize("maker", MAKERS)
def test_the_names_in_a_pdf_are_those_of_its_source(maker, font, page, tmp_path):
    """No letter is lost, no two words are joined and none is cut, whatever the font, the maker and the columns."""
    printed, program, name = MAKERS[maker]
    if not program:
        missing(name)
    if not has_font(font):
        missing(f"the font {font}")
    reading = read_plan(read_bytes(printed(tmp_path, font, page), "plan.pdf"), load())
    entries = reading.require().entries
    read = [(spaced(entry.title), spaced(entry.description)) for entry in entries]
    assert [
        pair for pair in zip(read, ((spaced(a), spaced(b)) for a, b in names()), strict=True) if pair[0] != pair[1]
    ] == []
    assert reading.ledger.leftovers == ()
