"""Word files are read as Word shows them."""

import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.paths import SEEDS
from support.seed_truth import says_what_is_true
from support.word_and_web_files import (
    RELATION,
    WORD,
    as_word,
    beside,
    cell,
    package,
    paragraph,
    shown,
    table,
    word_file,
)

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Limits, read_bytes
from dcat_hk.reading.parsing import read_plan

HEAD = ["編號", "數據種類", "數據集名稱", "一般說明", "目標發放日期 (月/年)", "更新頻率"]
ENTRY = ["1", "衛生", "急症室等候時間", "以 CSV 格式提供", "12/2024", "每月"]


def read(body, **parts):
    """Return the document of a Word file with a body."""
    return read_bytes(word_file(body, **parts), "plan.docx")


def row(*cells):
    """Return a row of plain cells as XML."""
    return "".join(cell(text) for text in cells)


@pytest.mark.parametrize("number", ["002", "003", "004"])
def test_a_seed_as_word_file_reads_as_the_text(number):
    """Every row and field of a seed rebuilt in Word is what its transcript says, and nothing is left over."""
    path = next(SEEDS.glob(f"{number}_*.txt"))
    says_what_is_true(as_word(path.read_text(encoding="utf-8")), path.name, number)


def test_paragraphs_and_tables_come_in_order_with_their_places():
    """Paragraphs without text have no place; rows are counted within their table."""
    document = read(paragraph("計劃") + "<w:p/>" + paragraph("甲") + table(row(*HEAD), row(*ENTRY)) + paragraph("註"))
    assert shown(document) == ["計劃", "甲", HEAD, ENTRY, "註"]
    assert list(dict.fromkeys(document.places)) == [
        "paragraph 1",
        "paragraph 2",
        "table 1, row 1",
        "table 1, row 2",
        "paragraph 3",
    ]


def test_breaks_tabs_and_signs_in_a_run():
    """A break ends a line, a tab is white space, a hyphen that does not break is one, a soft one is nothing."""
    run = "<w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>Wi</w:t><w:noBreakHyphen/><w:t>Fi</w:t></w:r>"
    soft = '<w:r><w:t>ab</w:t><w:softHyphen/><w:t>c</w:t><w:sym w:font="Wingdings" w:char="F06C"/></w:r>'
    document = read(f"<w:p>{run}</w:p><w:p>{soft}</w:p>")
    assert document.lines == ("甲", "乙\tWi-Fi", "abc\uf06c")
    assert [block.apart for block in document.blocks] == [True, False, True]


def test_merged_cells_stand_in_their_first_place():
    """Cells merged over columns or rows leave the places they cover empty."""
    tall, below = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    document = read(
        table(
            cell("標題", '<w:gridSpan w:val="3"/>') + cell("日期"),
            cell("甲", tall) + cell("乙") + cell("丙") + cell("丁"),
            cell("", below) + cell("戊") + cell("己") + cell("庚"),
            widths=(1000, 1000, 1000, 1000),
        )
    )
    assert shown(document) == [["標題", "", "", "日期"], ["甲", "乙", "丙", "丁"], ["", "戊", "己", "庚"]]


def test_rows_that_begin_late_or_end_early_keep_their_columns():
    """A row with columns left out before or after it is matched by the grid."""
    late = '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + cell("乙") + cell("丙")
    early = '<w:trPr><w:gridAfter w:val="2"/></w:trPr>' + cell("甲")
    document = read(table(row("一", "二", "三"), late, early, row("1", "2", "3"), widths=(900, 900, 900)))
    assert shown(document)[1:3] == [["", "乙", "丙"], ["甲", "", ""]]


def test_borders_that_were_dragged_do_not_make_columns():
    """Cells whose left edges differ by little stand in one column, those that differ by much do not."""
    first = cell("一") + cell("二", '<w:gridSpan w:val="2"/>') + cell("三")
    second = cell("1", '<w:gridSpan w:val="2"/>') + cell("2") + cell("3")
    document = read(table(first, second, widths=(1000, 60, 2000, 1500)))
    assert shown(document) == [["一", "二", "三"], ["1", "2", "3"]]


def test_a_table_without_a_grid_is_read_by_the_widths_of_its_cells():
    """Rows with fewer, wider cells are matched by where the cells are."""

    def wide(text, width):
        return cell(text, f'<w:tcW w:w="{width}" w:type="dxa"/>')

    whole_row = [wide(text, 1000) for text in "甲乙丙丁"]
    document = read(table("".join(whole_row), wide("一", 1000) + wide("二", 2000) + wide("三", 1000)))
    assert shown(document) == [["甲", "乙", "丙", "丁"], ["一", "二", "", "三"]]


def test_a_table_that_only_lays_out_is_read_as_the_page():
    """A frame around headings and tables, and a box around a heading, are not tables of data."""
    inner = paragraph("A. 標題") + table(row(*HEAD), row(*ENTRY)) + paragraph("")
    document = read(table(cell(paragraph("盒中標題"))) + table(cell(paragraph("徽號")) + cell(inner)))
    assert shown(document) == ["盒中標題", "徽號", "A. 標題", HEAD, ENTRY]
    assert document.places[-1] == "table 1, row 2"


def test_a_table_in_a_cell_of_data_is_text_of_the_cell():
    """A small table in a description belongs to the description."""
    nested = paragraph("格式：") + table(row("CSV", "每月", "是"), row("JSON", "每年", "否")) + paragraph("")
    cells = "".join(cell(nested if place == 3 else text) for place, text in enumerate(ENTRY))
    document = read(table(row(*HEAD), cells))
    assert shown(document)[1][3] == "格式：|CSV|每月|是|JSON|每年|否"
    assert len(document.blocks) == 2


def test_text_boxes_are_read_once():
    """A box is drawn in two ways for two programs; its text counts once, where the box hangs."""
    box = f"<w:txbxContent>{paragraph('盒中文字')}</w:txbxContent>"
    drawing = (
        '<mc:AlternateContent xmlns:mc="urn:mc"><mc:Choice Requires="wps"><w:drawing><a:x xmlns:a="urn:a">'
        f"{box}</a:x></w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document = read(
        f"<w:p><w:r>{drawing}</w:r><w:r><w:t>正文</w:t></w:r></w:p><w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>"
    )
    assert document.lines == ("盒中文字", "正文", "盒中文字")


def test_controls_links_and_fields_show_what_they_show():
    """Content controls and links are text; of a field only the result is."""
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph('控制項')}</w:sdtContent></w:sdt>"
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE \\* code</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>結果</w:t></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    link = "<w:hyperlink><w:r><w:t>連結</w:t></w:r></w:hyperlink>"
    simple = '<w:fldSimple w:instr="DATE"><w:r><w:t>日期</w:t></w:r></w:fldSimple>'
    document = read(f"{control}<w:p>{field}{link}{simple}</w:p>")
    assert document.lines == ("控制項", "結果連結日期")


LISTS = (
    '<w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerRoman"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%3"/></w:lvl>'
    '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="8"/>'
    '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
)


def numbered(text, number, level=0):
    """Return a paragraph of a list."""
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_headings_that_word_numbers_have_their_numbers():
    """Levels count on, begin anew below a higher one, and can name the levels above."""
    body = [numbered("甲", 1), numbered("乙", 1, 1), numbered("丙", 1, 1), numbered("丁", 1), numbered("戊", 1, 1)]
    document = read("".join(body) + numbered("己", 1, 2), numbering=LISTS)
    assert document.lines == ("A. 甲", "i. 乙", "ii. 丙", "B. 丁", "i. 戊", "B.1 己")


def test_numbers_of_rows_that_word_counts_are_in_their_column():
    """Empty paragraphs of a list number the rows; a list of another number begins anew if it says so."""
    rows = [cell(numbered("", number)) + cell("名") + cell("日") for number in (2, 2, 3, 3, 2)]
    document = read(table(*rows), numbering=LISTS)
    assert [cells[0] for cells in shown(document)] == ["1.", "2.", "1.", "2.", "3."]


def test_a_style_can_number_and_number_nought_ends_that():
    """A heading style that belongs to a list numbers its paragraphs, one based on it too."""
    styles = (
        '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="G"><w:basedOn w:val="H"/></w:style>'
    )
    off = '<w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = paragraph("甲", '<w:pStyle w:val="H"/>') + paragraph("乙", '<w:pStyle w:val="G"/>') + paragraph("丙", off)
    assert read(body, styles=styles, numbering=LISTS).lines == ("A. 甲", "B. 乙", "丙")


def test_insertions_count_and_deletions_are_told_of():
    """Tracked insertions are text; deleted text and rows are not, and a finding quotes them."""
    change = "<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>舊</w:delText></w:r></w:del>"
    gone = '<w:trPr><w:del w:id="1"/></w:trPr>' + row("刪", "去", "行")
    document = read(f"<w:p>{change}</w:p>" + table(row(*HEAD), row(*ENTRY), gone))
    assert shown(document) == ["新", HEAD, ENTRY]
    told = [(f.code, f.values["text"], str(f.place)) for f in document.findings]
    assert told == [("deleted-text", "舊", "paragraph 1"), ("deleted-text", "刪去行", "table 1, row 1")]


def test_hidden_text_is_told_of():
    """Text that is hidden, by itself or by its style, is not read, and a finding quotes it."""
    styles = '<w:style w:type="character" w:styleId="X"><w:rPr><w:vanish/></w:rPr></w:style>'
    runs = (
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r>"
        '<w:r><w:rPr><w:rStyle w:val="X"/></w:rPr><w:t>匿</w:t></w:r>'
        '<w:r><w:rPr><w:rStyle w:val="X"/><w:vanish w:val="0"/></w:rPr><w:t>見</w:t></w:r>'
    )
    document = read(f"<w:p>{runs}</w:p>", styles=styles)
    assert document.lines == ("見",)
    assert [(f.code, f.values["text"]) for f in document.findings] == [("hidden-text", "藏匿")]


def test_notes_heads_and_feet_stand_beside_the_text():
    """Footnotes come after the text, heads and feet of pages once, all outside the blocks."""
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    body = (
        '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="5"/></w:r></w:p>'
        f'<w:sectPr xmlns:r="{relation}"><w:headerReference r:id="h"/><w:footerReference r:id="f"/>'
        '<w:headerReference r:id="h"/></w:sectPr>'
    )
    made = package(
        f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        **{
            "_rels/document.rels": f'<R xmlns="{relation}"><Relationship Id="h" Target="header1.xml"/>'
            '<Relationship Id="f" Target="/word/footer1.xml"/>'
            '<Relationship Id="x" Target="http://example.org/x.xml" TargetMode="External"/></R>',
            "header1.xml": f"<w:hdr {WORD}>{paragraph('頁首')}</w:hdr>",
            "footer1.xml": f"<w:ftr {WORD}>{paragraph('第1頁')}</w:ftr>",
            "footnotes.xml": f'<w:footnotes {WORD}><w:footnote w:id="0">{paragraph("-")}</w:footnote>'
            f'<w:footnote w:id="5">{paragraph("腳註")}</w:footnote></w:footnotes>',
        },
    )
    document = read_bytes(made, "plan.docx")
    assert shown(document) == ["正文"]
    assert beside(document) == [("furniture", "頁首"), ("note", "腳註"), ("furniture", "第1頁")]
    assert document.places == ("page header 1", "paragraph 1", "footnote 1", "page footer 1")


def test_a_table_of_contents_is_not_the_headings():
    """Paragraphs that list the contents repeat headings and are none."""
    styles = '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    document = read(paragraph("A. 標題 1", '<w:pStyle w:val="T1"/>') + paragraph("A. 標題"), styles=styles)
    assert (shown(document), beside(document)) == (["A. 標題"], [("furniture", "A. 標題 1")])


def test_embedded_objects_are_told_of():
    """What is kept in another file is not opened, and a finding says so."""
    document = read('<w:p><w:r><w:t>表</w:t><w:object><o:OLEObject xmlns:o="urn:o"/></w:object></w:r></w:p>')
    assert [f.code for f in document.findings] == ["unread-part"]


# ---- hostile files


@pytest.mark.parametrize(
    "declaration",
    [
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>',
        '<!DOCTYPE x [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd">',
    ],
)
def test_document_types_are_refused(declaration):
    """XML with a document type, so with entities of its own, is no Word file."""
    entity = "&b;" if "ENTITY" in declaration else ""
    body = f"<w:document {WORD}><w:body><w:p><w:r><w:t>{entity}x</w:t></w:r></w:p></w:body></w:document>"
    with pytest.raises(NotAPlan, match="broken"):
        read_bytes(package(declaration + body), "plan.docx")


def test_a_billion_laughs_are_refused():
    """Entities in one another are never expanded."""
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12))
    body = f'<w:document {WORD} x="&a11;"><w:body>{paragraph("x")}</w:body></w:document>'
    with pytest.raises(NotAPlan):
        read_bytes(package(f"<!DOCTYPE x [{entities}]>{body}"), "plan.docx")


@pytest.mark.parametrize("count", [60, 10_000])
def test_tables_in_tables_without_end_are_refused(count):
    """Nesting beyond the limit is refused, however deep it goes."""
    body = "<w:tbl><w:tr><w:tc>" * count + paragraph("x") + "</w:tc></w:tr></w:tbl>" * count
    limits = Limits(depth=50)
    with pytest.raises(NotAPlan, match="levels"):
        read_bytes(word_file(body), "plan.docx", limits)


def test_bombs_are_refused():
    """A part that unpacks to too much, in all or for its size, is refused."""
    with pytest.raises(NotAPlan, match=r"packed size|unpacked"):
        read_bytes(word_file(paragraph("x") + " " * 30_000_000), "plan.docx")
    with pytest.raises(NotAPlan, match="bytes when unpacked"):
        read_bytes(word_file(paragraph("甲" * 5000)), "plan.docx", Limits(unpacked=4000))
    with pytest.raises(NotAPlan, match="elements"):
        read_bytes(word_file("<w:p/>" * 4000), "plan.docx", Limits(elements=1000))


def test_huge_cells_and_tables_are_refused():
    """A cell or a table beyond the limits is refused; a span beyond reason counts as one column."""
    with pytest.raises(NotAPlan, match="characters in one cell"):
        read(paragraph("甲" * 100_001))
    with pytest.raises(NotAPlan, match="cells"):
        read_bytes(word_file(table(*[row("甲", "乙")] * 20)), "plan.docx", Limits(cells=10))
    wide = cell("甲", '<w:gridSpan w:val="1000000000"/>') + cell("乙", '<w:gridSpan w:val="900000"/>')
    assert shown(read(table(wide, row("丙", "丁")))) == [["甲", "乙"], ["丙", "丁"]]


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused(data):
    """Whatever bytes of the document's XML are changed, there is a document or an error in words."""
    source = word_file(paragraph("計劃") + table(row(*HEAD), row(*ENTRY)) + numbered("甲", 1), numbering=LISTS)
    with zipfile.ZipFile(io.BytesIO(source)) as held:
        parts = {name: bytearray(held.read(name)) for name in held.namelist()}
    part = parts[data.draw(st.sampled_from(["word/document.xml", "word/numbering.xml"]))]
    for _change in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(part)))
        part[start : start + data.draw(st.integers(0, 30))] = data.draw(st.binary(max_size=8))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as changed:
        for name, content in parts.items():
            changed.writestr(name, bytes(content))
    try:
        ledger = read_plan(read_bytes(made.getvalue(), "plan.docx"), load()).ledger
    except NotAPlan:
        return
    assert sum(ledger.accounted.values()) == ledger.characters


def test_a_file_that_was_edited_on_the_web_is_read():
    """The main part and the styles may have numbers; the package says where they are."""
    plain = word_file('<w:p><w:pPr><w:pStyle w:val="Old"/></w:pPr><w:r><w:t>計劃</w:t></w:r></w:p>')
    styles = '<w:style w:type="paragraph" w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style>'
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain)) as made, zipfile.ZipFile(held, "w") as moved:
        for name in made.namelist():
            text = made.read(name).decode().replace("word/document.xml", "/word/document2.xml")
            moved.writestr(name.replace("word/document.xml", "word/document2.xml"), text)
        moved.writestr("word/styles2.xml", f"<w:styles {WORD}>{styles}</w:styles>")
        moved.writestr(
            "word/_rels/document2.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="r1" Type="{RELATION}/styles" Target="styles2.xml"/></Relationships>',
        )
    document = read_bytes(held.getvalue(), "plan.docx")
    assert document.lines == ("計劃",)
    assert [mark.kind for mark in document.marks] == ["struck"]
