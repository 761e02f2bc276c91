"""Web pages are read as a browser shows them."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.paths import SEEDS
from support.plan_texts import PlanText, Row, as_tabs
from support.seed_truth import says_what_is_true, spaced
from support.word_and_web_files import as_page, as_word, beside, page_body, shown

from dcat_hk.core.errors import NotAPlan
from dcat_hk.core.plan_values import plan_as_json
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import Limits, read_bytes
from dcat_hk.reading.documents import document as document_model
from dcat_hk.reading.parsing import read_plan

HEAD = ["編號", "數據種類", "數據集名稱", "一般說明", "目標發放日期 (月/年)", "更新頻率"]
ENTRY = ["1", "衛生", "急症室等候時間", "以 CSV 格式提供", "12/2024", "每月"]


def read(body, head="<meta charset=utf-8>", limits=None):
    """Return the document of a page with a body."""
    text = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    return read_bytes(text.encode(), "plan.html", limits or Limits())


def row(*cells):
    """Return a row of plain cells."""
    return f"<tr>{''.join(f'<td>{text}' for text in cells)}"


@pytest.mark.parametrize("number", ["002", "003", "004"])
def test_a_seed_as_web_page_reads_as_the_text(number):
    """Every row and field of a seed rebuilt as a page is what its transcript says, and nothing is left over."""
    path = next(SEEDS.glob(f"{number}_*.txt"))
    says_what_is_true(as_page(path.read_text(encoding="utf-8")), path.name, number)


PLAN = as_tabs(
    PlanText(
        "衞生署",
        2025,
        {
            ("A", "i"): [Row("衛生", "母嬰健康院位置", "03/2025", "每年", "以GeoJSON格式提供")],
            ("A", "ii"): [Row("衛生", "流感監測", "06/2025", "每星期", "以CSV及JSON格式提供")],
            ("D", "ii"): [Row("衛生", "註冊中醫名單", "10/2016", "每季", "名單 (XLSX)")],
        },
        "2024年12月",
    )
)

SITE = """<html lang="zh-HK"><head><meta charset="utf-8"><title>衞生署 - 開放數據計劃 2025</title>
<style>td {{ color: red }}</style><script>document.write("<table>")</script></head><body>
<a class="skip-link" href="#main">跳到主要內容</a>
<div id="header"><div class="logo"><a href="/"><img alt="logo"></a></div><ul class="lang"><li><a href="/en">English</a>
<li><a href="/sc">简体</a></ul></div>
<div class="main-menu"><ul><li><a href="/a">主頁</a>
<li><a href="/b">關於我們</a><ul><li><a href="/c">組織</a></ul></ul></div>
<p><a href="/">主頁</a> &gt; <a href="/d">公開資料</a> &gt; 2025-2027年度開放數據計劃</p>
<div class="content">{body}</div>
<p><a href="#top">返回頁首</a></p>
<footer><p>覆檢日期：2025年1月2日</p><a href="/p">私隱政策</a> | <a href="/n">重要告示</a> &copy; 2025 衞生署</footer>
<noscript>請開啟 JavaScript</noscript></body></html>"""


def facts(reading):
    """Return what a plan says, whatever the file: without where it stands and the digests, of which one is of that."""
    plan = plan_as_json(reading.require())
    entries = [{k: spaced(v) for k, v in entry.items() if k not in {"place", "read_as"}} for entry in plan["entries"]]
    return [spaced(plan[name]) for name in ("bureau", "plan_title", "years", "script", "dated")], entries


@pytest.mark.parametrize(
    "data",
    [
        as_page(PLAN),
        as_word(PLAN),
        SITE.format(body=page_body(PLAN)).encode(),
        SITE.replace("utf-8", "big5").format(body=page_body(PLAN)).replace("简体", "簡體").encode("big5hkscs"),
        SITE.replace('<meta charset="utf-8">', "").format(body=page_body(PLAN)).encode("utf-16"),
        f"<html><body><main>{page_body(PLAN)}</main><div>網頁指南</div></body></html>".encode(),
        f"<table><tr><td><a href=1>甲</a><br><a href=2>乙</a><td>{page_body(PLAN)}</table>".encode(),
    ],
    ids=["page", "word", "site", "big5", "utf-16", "main", "laid out"],
)
def test_the_same_plan_in_any_file_gives_the_same_entries(data):
    """Text, Word file and web pages of one plan, with a site around it, read alike; nothing is left over."""
    reading = read_plan(read_bytes(data, "plan"), load())
    assert facts(reading) == facts(read_plan(read_bytes(PLAN.encode(), "plan"), load()))
    assert reading.ledger.leftovers == ()


def test_blocks_lines_and_blanks():
    """Blocks are lines of their own, a break ends a line, blanks in a row are one, none between ideographs."""
    document = read("<p>香港\n  警務處<br>a  b\n c<div>甲<span>乙</span>&nbsp;丙<p>丁</div><pre>x  y\nz</pre>")
    assert document.lines == ("香港警務處", "a b c", "甲乙\xa0丙", "丁", "x  y", "z")
    assert [block.apart for block in document.blocks] == [True, False, True, True, True, False]


def test_places_are_lines_of_the_source():
    """Each line says where in the file it stands."""
    document = read("\n<p>\n甲</p>\n<table>\n<tr>\n<td>乙<td>\n\n丙<td>丁<tr><td>1<td>2<td>3</table>")
    assert document.places[:4] == ("line 3", "line 6", "line 8", "line 8")


def test_what_is_no_text_is_not_read():
    """Scripts, styles, templates, comments and data of programs are no text."""
    body = "甲<script>var x = '<p>乙</p>'</script><style>p{}</style><!-- 丙 --><template><p>丁</p></template>"
    assert read(body + "<svg><desc>戊</desc></svg><?php echo ?>").lines == ("甲",)


def test_hidden_text_is_told_of_but_for_what_a_reader_can_open():
    """Hidden elements are not read and a finding quotes them; panels that a control opens are read."""
    body = (
        '<p hidden>甲</p><div style="color:red; DISPLAY : none">乙</div>'
        '<p>丙<span style="visibility:hidden">丁</span></p>'
        '<h3><button aria-controls="p1" aria-expanded="false">戊</button></h3><div id="p1" hidden>己</div>'
        "<details><summary>庚</summary>辛</details>"
    )
    document = read(body)
    assert [f.values["text"] for f in document.findings] == ["甲", "乙", "丁"]
    assert shown(document) == ["丙", "戊", "己", "庚", "辛"]


def test_labels_of_tabs_head_what_they_open():
    """A tab's label stands before its panel, unless the panel begins with it."""
    tabs = '<ul role="tablist"><li><a href="#a">A. 甲</a><li><a href="#b">B. 乙</a></ul>'
    document = read(f'{tabs}<div id="a"><p>一</div><div id="b" style="display:none"><h3>B.&nbsp;乙</h3>二</div>')
    assert shown(document) == ["A. 甲", "一", "B.\xa0乙", "二"]
    assert beside(document) == [("furniture", "B. 乙")]


def test_lists_are_numbered_as_browsers_do():
    """Items of an ordered list have their numbers; paragraphs of an item stand apart."""
    document = read("<ol type=A><li>甲<li>乙<ol type=i start=3><li>丙</ol><li value=9>丁</ol><ul><li>戊</ul>")
    assert document.lines == ("A. 甲", "B. 乙", "iii. 丙", "I. 丁", "戊")


def test_the_number_of_an_empty_item_is_what_its_cell_holds():
    """Word processors save a column of automatic numbers as lists of one empty item each."""
    items = [f"<td><ol start={number}><li><p></p></ol></td>" for number in (1, 2)]
    table = "".join(f"<tr>{item}<td>甲</td><td><ul><li></ul></td></tr>" for item in items)
    assert shown(read(f"<table>{table}</table>")) == [["1.", "甲", ""], ["2.", "甲", ""]]


def test_cells_hold_paragraphs_lines_and_items():
    """A break wraps within a paragraph of a cell; paragraphs and items stand apart."""
    document = read(f"<table>{row('1', '甲<br>乙', '<p>丙<p>丁', '<ul><li>戊<li>己</ul>')}{row(*'abcd')}</table>")
    assert shown(document)[0] == ["1", "甲/乙", "丙|丁", "戊|己"]


def test_spans_of_any_size():
    """Cells over columns and rows leave the places they cover empty; nought is the rest of the group."""
    body = (
        "<table><thead><tr><th rowspan=2>一<th colspan=2>二<th rowspan=65534>三<tr><th>四<th>五</thead>"
        "<tbody><tr><td rowspan=0>甲<td>乙<td>丙<td>丁<tr><td>戊<td>己<td>庚</tbody>"
        "<tbody><tr><td>辛<td colspan=1000000000>壬</tbody></table>"
    )
    assert shown(read(body)) == [
        ["一", "二", "", "三"],
        ["", "四", "五", ""],
        ["甲", "乙", "丙", "丁"],
        ["", "戊", "己", "庚"],
        ["辛", "壬", "", ""],
    ]


def test_groups_of_rows_stand_where_they_are_shown():
    """A head is shown first, a foot last, a caption above; text between cells is not lost."""
    body = (
        f"<table>散<caption>題</caption><tfoot>{row('終', '2', '3')}</tfoot><tbody>{row('中', '2', '3')}</tbody>"
        "<form><tr><form><td>末<td>2<td>3</form></form><thead><tr><th>首<th>2<th>3</thead></table>"
    )
    document = read(body)
    assert [block for block in shown(document) if isinstance(block, str)] == ["散", "題"]
    assert [block[0] for block in shown(document) if isinstance(block, list)] == ["首", "中", "末", "終"]


@pytest.mark.parametrize(
    "opening", ["<b>", "<div>", "<center>", "<span>", "<form>", "<ul><li>", "<p><b>", "<a href=x>"]
)
def test_cells_end_where_the_next_begins(opening):
    """What an author left open in a cell ends with the cell, as in browsers, for any number of rows."""
    rows = [[f"{r}", f"乙{r}", f"丙{r}"] for r in range(100)]
    body = "".join(f"<tr>{''.join(f'<td>{opening}{text}' for text in cells)}\n" for cells in rows)
    assert shown(read(f"<table>{body}<tfoot><tr><td>終</table>"))[:-1] == rows


def test_a_table_in_a_cell_of_data_is_text_of_the_cell():
    """A small table in a description belongs to the description; one that lays out a page does not."""
    nested = f"<table>{row('CSV', '每月', '是')}{row('JSON', '每年', '否')}</table>"
    entry = [*ENTRY[:3], "格式：" + nested, *ENTRY[4:]]
    assert shown(read(f"<table>{row(*HEAD)}{row(*entry)}</table>"))[1][3] == "格式：|CSV|每月|是|JSON|每年|否"
    framed = f"<table><tr><td>左<td><h3>A. 標題</h3><table>{row(*HEAD)}{row(*ENTRY)}</table></table>"
    assert shown(read(framed)) == ["左", "A. 標題", HEAD, ENTRY]


def test_ways_through_a_site_stand_beside_the_text():
    """Menus, breadcrumbs and links to the top are furniture wherever they stand; links in data are data."""
    body = (
        "<ul><li><a href=1>一</a><li><a href=2>二</a></ul><p><a href=1>主頁</a> &raquo; 計劃</p><p>正文</p>"
        "<div role=navigation>導覽</div><p><a href='#top'>頁首</a></p><h2><a href='#x'>標題</a></h2>"
        "<form><select><option>選項</select><button>搜尋</button></form>"
        f"<table>{row('1', '名', '<a href=1>CSV</a> <a href=2>JSON</a>')}{row('2', '名', '無')}</table>"
    )
    document = read(body)
    assert shown(document) == ["正文", "標題", ["1", "名", "CSV JSON"], ["2", "名", "無"]]
    assert [text for _kind, text in beside(document)] == ["一", "二", "主頁 » 計劃", "導覽", "頁首", "選項", "搜尋"]


def test_a_title_in_the_head_of_a_page_is_text():
    """Where a page has a main part, all else is beside it, but for a title of a plan in the page's head."""
    document = read(
        "<header><h1>2024至2026年度開放數據計劃</h1><nav>2023年開放數據計劃</nav></header>"
        f"<main><p>正文</p><table>{row(*HEAD)}{row(*ENTRY)}</table></main><div>其他</div>"
    )
    assert shown(document) == ["2024至2026年度開放數據計劃", "正文", HEAD, ENTRY]
    assert [text for _kind, text in beside(document)] == ["2023年開放數據計劃", "其他"]
    twice = "<header><h1>甲署 2024年開放數據計劃</h1></header><div title=header><p>頁首</div>"
    twice += "<h2>甲署</h2><h2>2024年開放數據計劃</h2>"
    assert shown(read(twice)) == ["甲署", "2024年開放數據計劃"]


def test_small_print():
    """Raised figures stay, marks that lead to notes go aside, pronunciations are in brackets, entities are signs."""
    document = read("<p>m<sup>2</sup>數據<sup><a href='#n1'>1</a></sup> <ruby>漢<rt>hon</rt></ruby> A&amp;B&#8211;&lt;")
    assert shown(document) == ["m2數據 漢(hon) A&B–<"]
    assert beside(document) == [("furniture", "1")]


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8-sig", "<meta charset=big5>"),
        ("utf-16", "<meta charset=utf-8>"),
        ("big5hkscs", '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=Big5-HKSCS">'),
        ("gb18030", "<meta charset='gb2312'>"),
        ("utf-8", "<meta charset=gb2312>"),
        ("big5", ""),
        ("hz", "<meta charset=hz-gb-2312>"),
    ],
)
def test_encodings(encoding, head):
    """A page is read in its own encoding, whether it says so, says nothing or says it wrongly."""
    text = f"<html><head>{head}</head><body><p>2024年政府部門公布的香港公共事件清單</p>"
    text += "<p>公布部門：香港公共科</p></body></html>"
    if encoding == "big5":
        text = text.replace("清單", "開放數據集")
    made = text if encoding not in {"hz", "gb18030"} else text.translate(str.maketrans("門單開數據", "门单开数据"))
    lines = read_bytes(made.encode(encoding, "replace"), "plan.html").lines
    assert lines == tuple(
        re.findall(r"<p>(.*?)</p>", made.encode(encoding, "replace").decode(encoding).lstrip("\ufeff"))
    )


# ---- hostile pages


@pytest.mark.parametrize("opening", ["<table><tr><td>", "<div>", "<b>", "<ul><li>", "<details>"])
@pytest.mark.parametrize("count", [230, 10_000])
def test_elements_in_elements_without_end_are_refused(opening, count):
    """Nesting beyond the limit is refused, however deep it goes, and nothing is cut off in silence."""
    with pytest.raises(NotAPlan, match="levels"):
        read(opening * count + "x")


@pytest.mark.parametrize("opening", ["<div>", "<table><tr><td>", "<span>", "<ul><li>"])
def test_the_deepest_page_allowed_is_read(opening):
    """The limit of depth can be reached."""
    assert read(opening * (190 // opening.count("<")) + "末").lines == ("末",)


def test_entities_of_a_page_are_never_expanded_or_fetched():
    """A page can declare no entities, nor have anything fetched."""
    page = '<!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/passwd"><!ENTITY b "&a;&a;">]><html><body><p>x&a;&b;</p>'
    assert "root:" not in "".join(read_bytes(page.encode(), "plan.html").lines)
    assert read('<p>y</p><iframe src="http://127.0.0.1:9/"></iframe><img src="http://127.0.0.1:9/">').lines == ("y",)


def test_huge_pages_are_refused():
    """Cells, elements, texts and spans keep to the limits."""
    with pytest.raises(NotAPlan, match="characters in one cell"):
        read("<p>" + "甲" * 100_001)
    with pytest.raises(NotAPlan, match="characters in one cell"):
        read("<p>前</p><p title='" + "a" * 11_000_000 + "'>後</p>")
    with pytest.raises(NotAPlan, match="elements"):
        read("<p>" * 2000, limits=Limits(elements=1000))
    with pytest.raises(NotAPlan, match="cells"):
        read(f"<table>{'<tr><td colspan=1000 rowspan=65534>甲' * 200}</table>", limits=Limits(cells=10_000))


pieces = st.sampled_from(
    [
        *("<table>", "</table>", "<tr>", "<td>", "<td rowspan=3>", "<th colspan=2>", "<tbody>", "<thead>", "<caption>"),
        *("<p>", "</p>", "<br>", "<ul>", "<li>", "</ul>", "<a href=#x>", "</a>", "<div>", "</div>", "<nav>", "</nav>"),
        *(
            "<main>",
            "</main>",
            "<span hidden>",
            "</span>",
            "<sup>",
            "<form>",
            "<b>",
            "</b>",
            "<ol start=3>",
            "<dialog>",
        ),
        *("甲", "乙", "1", "&amp;", "&#0;", "<!--", "-->", "2024年開放數據計劃", " ", "<", "]]>", '"', "\x01", "\n"),
        *("<details>", "<summary>", "<pre>", "<ruby>", "<rt>", "<header>", "</header>", "<h1>", "<button>", "<select>"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(pieces, max_size=40))
def test_any_page_is_read_with_every_character_in_one_place(tags):
    """However broken a page is, blocks and asides cover each line once and the ledger balances."""
    document = read_bytes(("<html><body>頁" + "".join(tags)).encode(), "plan.html")
    spans = [aside.span for aside in document.asides]
    for block in document.blocks:
        spans += [block.span] if hasattr(block, "span") else [f.span for cell in block.cells for f in cell]
    assert sorted({span.line for span in spans}) == list(range(len(document.lines)))
    assert len(spans) == len(document.lines)
    ledger = read_plan(document, load()).ledger
    assert sum(ledger.accounted.values()) == ledger.characters == sum(not c.isspace() for c in "".join(document.lines))


@settings(max_examples=100, deadline=None)
@given(st.lists(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4), st.booleans()), max_size=5), max_size=6))
def test_any_table_keeps_its_cells_in_rows_of_one_width(shape):
    """Whatever cells span, each one's text stands once, in its row."""
    rows = [
        "".join(f"<{'th' if head else 'td'} colspan={a} rowspan={b}>r{r}c{c}" for c, (a, b, head) in enumerate(cells))
        for r, cells in enumerate(shape)
    ]
    document = read("<p>頁</p><table>" + "".join(f"<tr>{cells}" for cells in rows) + "</table>")
    table = [block for block in shown(document)[1:] if isinstance(block, list)]
    assert len({len(cells) for cells in table}) <= 1
    if table:
        expected = [[f"r{r}c{c}" for c in range(len(cells))] for r, cells in enumerate(shape) if cells]
        assert [[text for text in cells if text] for cells in table] == expected


# ---- how text looks


def marked(page):
    """Return the text and the kind of each mark of a page."""
    document = read(page)
    return [(document.slice(mark.span), mark.kind) for mark in document.marks]


def test_marks_stand_where_their_text_does():
    """Blanks that a browser joins, ideographs over line ends and numbers of lists do not move marks."""
    page = (
        "<ol><li>one  \n <s>two \n three</s>  four<li><i>數\n據</i><s>開\n放</s></ol>"
        "<table><tr><td> 1 <td>A<sup>2</sup> <del>old <b>text</b></del> new<td>C"
        "<tr><td>2<td><pre>a  <s>b  c</s></pre><td>D</table>"
    )
    assert marked(page) == [
        ("two three", "struck"),
        ("開放", "struck"),
        ("2", "raised"),
        ("old text", "struck"),
        ("b  c", "struck"),
    ]


def test_labels_for_small_screens_are_not_read():
    """What a style sheet hides on a desktop screen is told of and not read; what it writes itself is no text."""
    page = (
        "<style>.m{display:none} @media(max-width:600px){.m{display:inline}}"
        "td::before{content:attr(data-label)}</style>"
        "<table><tr><td data-label=No.><span class=m>No.:</span> 1<td><span class=m>Name:</span> Crime<td>x"
        "<tr><td>2<td>y<td>z</table>"
    )
    document = read(page)
    assert document.lines[:3] == ("1", "Crime", "x")
    assert [(finding.code, finding.values) for finding in document.findings] == [
        ("hidden-text", {"text": "No.:; Name:", "count": "2"})
    ]


def test_text_that_nobody_sees_stays_with_a_mark():
    """White letters and labels for screen readers are in the text; their marks say that they cannot be seen."""
    page = (
        "<style>.sr-only{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0,0,0,0)}</style>"
        "<p>Plan <span class=sr-only>opens a window</span></p><p><font color=#ffffff>Withdrawn</font></p>"
    )
    assert marked(page) == [("opens a window", "hidden"), ("Withdrawn", "hidden")]


def test_letters_may_be_shown_where_those_around_are_not():
    """Only what is not shown is left out, and cells that are taken out of a table leave no gap."""
    page = (
        "<p style='visibility:hidden'>a<b style='visibility:visible'>b</b></p>"
        "<table><tr><td>1<td style='display:none'>x<td>2<td>3<tr><td>4<td style='visibility:hidden'>y<td>5<td>6"
        "<tbody style='display:none'><tr><td>7<td>8<td>9</table>"
    )
    document = read(page)
    assert [document.slice(block.span) for block in document.blocks if isinstance(block, document_model.Line)] == ["b"]
    rows = [[len(cell) for cell in block.cells] for block in document.blocks if isinstance(block, document_model.Row)]
    assert rows == [[1, 1, 1, 0], [1, 0, 1, 1]]
    assert [finding.values["text"] for finding in document.findings] == ["a", "x", "789", "y"]


@pytest.mark.parametrize(
    "page",
    [
        "<button class=accordion>A</button><div class=panel>Data</div>",
        "<h3><button>A</button></h3><div class=panel>Data</div>",
        "<div class=tab><a onclick=\"show(event, 'one')\">A</a></div><div id=one class=panel>Data</div>",
        "<input type=radio id=t><label for=t>A</label><div class='panel two'>Data</div>",
    ],
)
def test_what_a_reader_can_open_is_read_though_a_style_sheet_closes_it(page):
    """Panels that stand behind what opens them, or that it names, are text."""
    style = "<style>.panel{display:none} input:checked ~ .two{display:block}</style>"
    document = read(f"{style}<body>{page}")
    assert "Data" in document.lines
    assert not document.findings


def test_cells_say_how_far_they_reach():
    """Spans count rows and columns of the table, end with their group, and go to its end where they say 0."""
    page = (
        "<table><thead><tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d</thead>"
        "<tbody><tr><td rowspan=0>1<td>2<td>3<tr><td rowspan=9>4<td>5</tbody>"
        "<tbody><tr><td>6<td>7<td colspan=99>8</tbody></table>"
    )
    rows = [block for block in read(page).blocks if isinstance(block, document_model.Row)]
    extents = [[tuple(row.extent(place)) for place in range(3)] for row in rows]
    assert extents == [
        [(1, 2), (2, 1), (1, 1)],
        [(1, 1), (1, 1), (1, 1)],
        [(1, 2), (1, 1), (1, 1)],
        [(1, 1), (1, 1), (1, 1)],
        [(1, 1), (1, 1), (1, 1)],
    ]


def test_lines_of_long_pages_are_counted_to_the_end():
    """Rows have the lines that they stand on, however many lines a page has, with broken tags and comments between."""
    rows = "".join(f"<tr><td>{n}<td title='a\nb'>x<!--\n--><td>y</tr>\n" for n in range(23_000))
    document = read(f"<table>\n{rows}</table>")
    assert {document.places[place] for place in (-3, -1)} == {f"line {2 + 3 * 22_999}", f"line {3 + 3 * 22_999 + 1}"}
