"""What nobody sees, and which marks turned text has; files of several programs look alike."""

import io
import shutil
import subprocess

import docx
import pytest
from docx.oxml import parse_xml
from docx.shared import Pt, RGBColor
from support.stores import missing
from support.word_and_web_files import WORD

from dcat_hk.reading.documents import Row, read_bytes
from dcat_hk.reading.documents.looks import UNKNOWN, WHITE, Surroundings, is_unseen, kind_of_turn, read_colour


def test_letters_are_unseen_only_on_their_own_colour():
    """Where nothing is known of what is behind, or one of several colours differs, letters are seen."""
    assert not is_unseen(WHITE, frozenset())
    assert is_unseen(WHITE, frozenset({WHITE, (250, 250, 250)}))
    assert not is_unseen(WHITE, frozenset({WHITE, (242, 242, 242)}))
    assert read_colour("FFF") is None


def test_right_angles_turn_text_and_others_make_a_stamp():
    """Text that runs up or down is turned, upside down or straight it is not, across it is a stamp."""
    assert [kind_of_turn(angle) for angle in (-45, -90, 360, 90.2)] == ["stamp", "turned", "", "turned"]


def test_a_box_has_its_own_ground_and_direction():
    """Nothing is known of what is behind a box without a colour; text in it runs as the box does."""
    around = Surroundings(kinds=("turned", "typed"))
    assert around.boxed(None, "") == Surroundings(UNKNOWN, ("typed",))
    assert around.boxed(WHITE, "stamp") == Surroundings(frozenset({WHITE}), ("typed", "stamp"))
    assert around.marked("typed", "") is around


# ---- one plan from several programs

OFFICE = shutil.which("soffice")
LABELS = ["No.", "Category", "Name of Dataset", "Target Release Date"]
ROWS = [
    ["1", "Transport", "Vessel arrivals", "08/2025"],
    ["2", "", "Vessel departures", "10/2025"],
    ["3", "", "Ghost", "11/2025"],
    ["4", "Leisure", "Beaches", "12/2025"],
]
DARK = f'<w:shd {WORD} w:val="clear" w:color="auto" w:fill="1F3864"/>'
UPWARDS = f'<w:textDirection {WORD} w:val="btLr"/>'
EXPECTED = {
    ("Transport", "turned"),
    ("1", "raised"),
    ("08/2025", "struck"),
    ("tiny", "hidden"),
    *((text, "hidden") for text in ("3", "Ghost", "11/2025")),
}


def made_by_python_docx():
    """Return a Word file with merged, struck, raised, turned and unseen text, white letters on a dark header too."""
    made = docx.Document()
    made.add_paragraph("Plan ").add_run("tiny").font.size = Pt(1)
    table = made.add_table(rows=0, cols=4)
    table.style = "Table Grid"
    for cell, text in zip(table.add_row().cells, LABELS, strict=True):
        cell.paragraphs[0].add_run(text).font.color.rgb = RGBColor(255, 255, 255)
        cell._tc.get_or_add_tcPr().append(parse_xml(DARK))
    for number, texts in enumerate(ROWS, 1):
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            run = cell.paragraphs[0].add_run(text)
            if number == 3:
                run.font.color.rgb = RGBColor(255, 255, 255)
    first = table.rows[1].cells
    first[2].paragraphs[0].add_run("1").font.superscript = True
    first[3].paragraphs[0].runs[0].font.strike = True
    first[3].paragraphs[0].add_run(" 09/2025")
    first[1].merge(table.rows[2].cells[1])._tc.get_or_add_tcPr().append(parse_xml(UPWARDS))
    band = table.add_row().cells
    band[0].merge(band[3]).text = "Other"
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def check(data, name):
    """Check the marks and the merged cells of the plan in a file."""
    document = read_bytes(data, name)
    assert {(document.slice(mark.span), mark.kind) for mark in document.marks} == EXPECTED
    rows = [block for block in document.blocks if isinstance(block, Row)]
    assert [len(row.cells) for row in rows] == [4] * 6
    wide = {
        (number, place, tuple(row.extent(place)))
        for number, row in enumerate(rows)
        for place in range(4)
        if tuple(row.extent(place)) != (1, 1)
    }
    assert wide == {(1, 1, (1, 2)), (5, 0, (4, 1))}


def test_a_file_of_python_docx_has_its_marks():
    """What the library formats and merges is marked and reaches over what it covers."""
    check(made_by_python_docx(), "plan.docx")


@pytest.mark.parametrize("kind", ["odt", "fodt", "docx"])
def test_files_that_an_office_program_saved_again_have_the_same(kind, tmp_path):
    """The marks and merged cells are those of the file that was saved again as another kind, or as the same."""
    if not OFFICE:
        missing("LibreOffice")
    (tmp_path / "plan.docx").write_bytes(made_by_python_docx())
    command = [OFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless", "--convert-to", kind]
    command += ["--outdir", str(tmp_path / "saved"), str(tmp_path / "plan.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    check((tmp_path / "saved" / f"plan.{kind}").read_bytes(), f"plan.{kind}")
