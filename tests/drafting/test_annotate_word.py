"""Comments of a Word file: at which paragraph, beside which others, and what else of the file changes."""

import io
import shutil
import subprocess
import zipfile

import pytest
from lxml import etree
from support.filled_plans import FILLERS, rows_of
from support.stores import missing
from support.word_and_web_files import ROOT_RELATIONS, TYPES, WORD, cell, paragraph, table, word_file

from dcat_hk.core.errors import Finding
from dcat_hk.core.limits import Budget
from dcat_hk.core.vocabularies import load
from dcat_hk.drafting.annotate import annotate
from dcat_hk.drafting.annotate_word import annotate_word
from dcat_hk.drafting.template import make_template
from dcat_hk.drafting.template_word import write_word_template
from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing import read_plan

NAMESPACE = WORD.partition('"')[2].rstrip('"')
OFFICE = shutil.which("soffice")


def comments_of(data):
    """Return what each comment is on, and its paragraphs."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = etree.fromstring(package.read("word/document.xml"))
        related = etree.fromstring(package.read("word/_rels/document.xml.rels"))
        name = next(one.get("Target") for one in related if one.get("Type").endswith("/comments"))
        comments = etree.fromstring(package.read(f"word/{name}"))
    own = f"{{{NAMESPACE}}}"
    marked = {one.get(f"{own}id"): one.getparent() for one in body.iter(f"{own}commentRangeStart")}
    assert set(marked) == {one.get(f"{own}id") for one in body.iter(f"{own}commentRangeEnd")}
    return [
        ("".join(marked[one.get(f"{own}id")].itertext()), ["".join(text.itertext()) for text in one.iter(f"{own}p")])
        for one in comments
    ]


def plan(body=""):
    """Return a plan in Word with an impossible date and a footer."""
    head = "".join(cell(text) for text in ("編號", "數據種類", "數據集名稱", "一般說明", "目標發放日期", "更新頻率"))
    row = "".join(cell(text) for text in ("1", "氣象", "潮汐", "潮汐高度 (CSV)", "13/2026", "每日"))
    lines = ["香港天文台", "2026至2028年度開放數據計劃", "A. 將於2026年發放的部門數據集"]
    return "".join(map(paragraph, lines)) + body + table(head, row) + paragraph("2025年12月")


def read(data):
    """Return the findings on a Word file."""
    return read_plan(read_bytes(data, "plan.docx"), load()).findings


def test_a_comment_stands_at_its_cell():
    """The paragraph of the cell is between the marks; all other parts keep their bytes."""
    data = word_file(plan())
    commented = annotate(data, "plan.docx", read(data), "zh-Hant")
    ((place, texts),) = comments_of(commented)
    assert place == "13/2026"
    assert texts == ["錯誤：「13/2026」不是有效日期。 [impossible-date]", "請寫明月份（01至12）和年份，例如03/2024。"]
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(commented)) as after:
        changed = {name for name in before.namelist() if before.read(name) != after.read(name)}
        assert changed == {"word/document.xml", "[Content_Types].xml"}
        assert set(after.namelist()) - set(before.namelist()) == {"word/comments.xml", "word/_rels/document.xml.rels"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("<w:p/>", "香港天文台"),
        ('<w:p><w:pPr><w:jc w:val="left"/></w:pPr></w:p>', ""),
    ],
    ids=["one tag", "empty"],
)
def test_what_is_on_the_whole_document_is_at_its_first_paragraph(text, told):
    """A paragraph of one tag can hold no marks."""
    data = word_file(text + plan())
    commented = annotate(data, "plan.docx", [Finding("missing-bureau", "plan.docx")], "en")
    ((place, texts),) = comments_of(commented)
    assert place == told
    assert texts[0] == "error: The plan does not name its bureau or department. [missing-bureau]"


def test_comments_that_were_there_stay():
    """New ones have numbers of their own, in the part that there is."""
    mine = '<w:comment w:id="4" w:author="me"><w:p><w:r><w:t>mine</w:t></w:r></w:p></w:comment>'
    related = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments" Target="notes.xml"/>'
        "</Relationships>"
    )
    marked = '<w:p><w:commentRangeStart w:id="4"/><w:r><w:t>x</w:t></w:r><w:commentRangeEnd w:id="4"/></w:p>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", ROOT_RELATIONS)
        file.writestr("word/document.xml", f"<w:document {WORD}><w:body>{plan(marked)}</w:body></w:document>")
        file.writestr("word/_rels/document.xml.rels", related)
        file.writestr("word/notes.xml", f"<w:comments {WORD}>{mine}</w:comments>")
    data = made.getvalue()
    commented = annotate(data, "plan.docx", [one for one in read(data) if one.code == "impossible-date"], "en")
    assert [place for place, _texts in comments_of(commented)] == ["x", "13/2026"]
    assert "word/comments.xml" not in zipfile.ZipFile(io.BytesIO(commented)).namelist()


def test_other_prefixes_and_text_boxes():
    """Whatever the prefix of elements is, marks are understood; a comment on a text box is where the box hangs."""
    box = (
        '<w:p><w:r><w:t>Before</w:t></w:r><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
        "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        "</w:p>"
    )
    data = word_file(plan(box))
    document = read_bytes(data, "plan.docx")
    line = document.lines.index("In a box")
    finding = Finding("unassigned-text", "plan.docx", document.place_of_lines(line, line), {"text": "In a box"})
    ((place, _texts),) = comments_of(annotate(data, "plan.docx", [finding], "en"))
    assert place.startswith("Before")
    body = plan().replace("<w:", "<q:").replace("</w:", "</q:")
    renamed = f'<q:document xmlns:q="{NAMESPACE}"><q:body>{body}</q:body></q:document>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", ROOT_RELATIONS)
        file.writestr("word/document.xml", renamed)
    ((place, _texts),) = comments_of(annotate(made.getvalue(), "plan.docx", read(made.getvalue()), "en"))
    assert place == "13/2026"


def test_without_comments_nothing_changes():
    """A document without a finding comes back with the same parts."""
    data = write_word_template(make_template("en", (2026, 2028), "hk-hko"))
    commented = annotate_word(data, [], Budget("plan.docx"))
    with zipfile.ZipFile(io.BytesIO(data)) as before, zipfile.ZipFile(io.BytesIO(commented)) as after:
        assert {name: before.read(name) for name in before.namelist()} == {
            name: after.read(name) for name in after.namelist()
        }


def test_libreoffice_shows_the_comments(tmp_path):
    """It opens the file, and has every comment with its author and text."""
    if not OFFICE:
        missing("soffice")
    template = make_template("zh-Hant", (2026, 2028), "hk-hko")
    rows = rows_of(template)
    rows[0][0][5], rows[3][1][6] = "13/2026", "看心情"
    data = FILLERS["docx"](write_word_template(template), rows)
    source = tmp_path / "checked.docx"
    source.write_bytes(annotate(data, "plan.docx", read(data), "zh-Hant"))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [OFFICE, profile, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "checked.odt") as made:
        text = made.read("content.xml").decode()
    assert text.count("<dc:creator>dcat-hk</dc:creator>") == 2
    assert "未能理解更新頻率「看心情」" in text
