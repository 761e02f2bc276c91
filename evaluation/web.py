"""
Writes plans as HTML: a department's page with what stands around it, a page laid out with tables, pages to print.

In: the blocks of a plan. Out: HTML files, and the files that a browser prints to PDF.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from inline import runs
from letters import write_font
from source import BULLET, Cell, Cells, Plan, Table, Text, blocks

_LANGUAGE = {"tc": "zh-Hant-HK", "sc": "zh-Hans-CN", "en": "en", "both": "zh-Hant-HK"}
_ENCODINGS = {"tc": "big5-hkscs", "sc": "gb18030", "en": "windows-1252", "both": "big5-hkscs"}
_MARKS = {"struck": "s", "raised": "sup"}
_LEVEL = {"bureau": "h1", "title": "h2", "section": "h3", "body": "h4", "split": "h4"}
_MENU = [
    ["主頁", "Home"],
    ["關於我們", "About Us"],
    ["公共服務", "Public Services"],
    ["刊物及新聞稿", "Publications and Press Releases"],
    ["開放數據", "Open Data"],
    ["聯絡我們", "Contact Us"],
]
_FOOT = [["重要告示", "Important Notices"], ["私隱政策", "Privacy Policy"], ["網頁指南", "Site Map"]]
_REVIEW = ["覆檢日期：2026年1月5日", "Last Review Date: 5 January 2026"]
_SKIP = ["跳到主要內容", "Skip to main content"]
_STYLE = (
    "body{font-family:%s;font-size:10.5pt} table{border-collapse:collapse;width:100%%} %s"
    " ul{margin:0;padding-left:1.2em} p{margin:0 0 .2em}"
)
_PAPER = "@page{size:A4;margin:18mm 15mm} thead{display:table-header-group}"


def write_page(plan: Plan, path: Path) -> None:
    """
    Write a page of a department's site: menu, breadcrumb, the plan, footer; HTML 5 in UTF-8.

    Args:
        plan: What to write.

        path: Where to.
    """
    say = plan.say_on_a_line
    name, title = escape(say(plan.data["name"])), escape(say(plan.data["title"]))
    menu = "".join(f'<li><a href="/{i}.html">{escape(say(item))}</a></li>' for i, item in enumerate(_MENU))
    trail = f'<a href="/">{say(_MENU[0])}</a> &gt; <a href="/data/">{say(_MENU[4])}</a> &gt; <span>{title}</span>'
    foot = " | ".join(f'<a href="#">{say(item)}</a>' for item in _FOOT)
    main = "\n".join(_html(block, lists=True) for block in blocks(plan))
    path.write_text(
        f"""<!DOCTYPE html>
<html lang="{_LANGUAGE[plan.language]}"><head><meta charset="utf-8"><title>{name} - {title}</title>
<style>{_STYLE % ("sans-serif", "td,th{border:1px solid #333}")}</style>
<script>document.documentElement.className = "js"; var table = "<table><tr><td>1</td></tr></table>";</script></head>
<body><header><a class="skip" href="#main">{say(_SKIP)}</a><nav><ul>{menu}</ul></nav></header>
<div class="breadcrumb">{trail}</div>
<main id="main">
{main}
</main>
<footer><p>{foot}</p><p>{say(_REVIEW)}</p><p>&copy; 2026 {name}</p></footer></body></html>
""",
        encoding="utf-8",
    )


def write_old_page(plan: Plan, path: Path) -> None:
    """
    Write a page as sites of twenty years ago: laid out with tables, in an encoding of that time, tags left open.

    Args:
        plan: What to write.

        path: Where to.
    """
    say, encoding = plan.say_on_a_line, _ENCODINGS[plan.language]
    label = {"gb18030": "gb2312", "windows-1252": "iso-8859-1"}.get(encoding, encoding)
    menu = "".join(f'<tr><td><a href="{i}.htm">{say(item)}</a>' for i, item in enumerate(_MENU))
    main = "\n".join(_html(block, lists=False, old=True) for block in blocks(plan))
    text = f"""<HTML><HEAD><META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset={label}">
<TITLE>{escape(say(plan.data["title"]))}</TITLE></HEAD><BODY BGCOLOR=#FFFFFF>
<TABLE WIDTH="100%" BORDER=0><TR><TD VALIGN=top WIDTH=120><TABLE BORDER=0>{menu}</TABLE></TD><TD>
<TABLE BORDER=0 CELLPADDING=4><TR><TD>
{main}
</TD></TR></TABLE></TD></TR><TR><TD COLSPAN=2 ALIGN=center><FONT SIZE=1>{say(_REVIEW)}</FONT></TD></TR></TABLE>
</BODY></HTML>
"""
    path.write_bytes(text.encode(encoding, "xmlcharrefreplace"))


def write_print(plan: Plan, path: Path, ruled: bool) -> None:
    """
    Write the page that a browser prints: the plan alone, with or without lines around its cells.

    Args:
        plan: What to write.

        path: Where to.

        ruled: Whether cells have borders; without, they stand at the top of their row.
    """
    cells = (
        "td,th{border:1px solid #000;padding:3px}"
        if ruled
        else "td,th{padding:3px 8px;vertical-align:top;text-align:left}"
    )
    whole = ruled and plan.language in plan.data.get("whole_font", [])
    latin = plan.data.get("web_font", f"Liberation {'Serif' if ruled else 'Sans'}")
    font = f"'{latin}',{'Noto Serif CJK HK' if whole else 'letters'}"
    main = "\n".join(_html(block, lists=ruled) for block in blocks(plan))
    if not whole and plan.language != "en":
        write_font(main, path.with_suffix(".ttf"))
    path.write_text(
        f'<!DOCTYPE html><html lang="{_LANGUAGE[plan.language]}"><meta charset="utf-8"><title>{plan.department}</title>'
        f"<style>@font-face{{font-family:letters;font-weight:100 900;src:url({path.stem}.ttf)}}"
        f"{_PAPER}{_STYLE % (font, cells)}</style>"
        f"<body>{main}</body></html>",
        encoding="utf-8",
    )


def _html(block: Text | Table, lists: bool, old: bool = False) -> str:
    """Return one block as HTML."""
    if isinstance(block, Text):
        tag = _LEVEL.get(block.kind, "p") if not old else "p"
        lines = block.text.split("\n")
        if old and block.kind in _LEVEL:
            return f"<{tag}><b>{'<br>'.join(map(_entities, lines))}</b></{tag}>"
        return f"<{tag}>{'<br>'.join(map(_inline, lines))}</{tag}>"
    widths = "".join(f'<col style="width:{width}%">' for width in block.widths)
    body = "\n".join(_row(row, "td", lists, old) for row in block.rows)
    if old:
        return f"<TABLE BORDER=1>{''.join(_row(row, 'TD', lists, old) for row in block.headers)}\n{body}</TABLE>"
    head = f"<thead>{''.join(_row(row, 'th', lists, old) for row in block.headers)}</thead>"
    return f"<table><colgroup>{widths}</colgroup>{head}<tbody>\n{body}\n</tbody></table>"


def _row(cells: Cells, tag: str, lists: bool, old: bool) -> str:
    """Return a row; old pages do not close cells."""
    close = "" if old else f"</{tag}>"
    return (
        "<tr>" + "".join(f"<{tag}{_spans(cell)}>{_inside(cell, lists, old)}{close}" for cell in cells if cell) + "</tr>"
    )


def _spans(cell: Cell) -> str:
    """Return the attributes of a merged cell."""
    return (f' colspan="{cell.across}"' if cell.across > 1 else "") + (
        f' rowspan="{cell.down}"' if cell.down > 1 else ""
    )


def _inside(cell: Cell, lists: bool, old: bool) -> str:
    """Return what is in a cell: paragraphs, lists, or lines parted by breaks."""
    if old:
        return "<br>".join(_entities(text).replace(BULLET, "&#8226; ", 1) for text in cell.paragraphs) or "&nbsp;"
    if len(cell.paragraphs) < 2:
        return "".join(map(_inline, cell.paragraphs))
    return "".join(_paragraphs(cell.paragraphs, lists))


def _paragraphs(texts: tuple[str, ...], lists: bool) -> Iterator[str]:
    """Yield paragraphs; items of a list as a list or with a typed bullet."""
    for position, text in enumerate(texts):
        if not text.startswith(BULLET):
            yield f"<p>{_inline(text)}</p>"
        elif not lists:
            yield f"<p>• {_inline(text.removeprefix(BULLET))}</p>"
        else:
            first = position == 0 or not texts[position - 1].startswith(BULLET)
            last = position + 1 == len(texts) or not texts[position + 1].startswith(BULLET)
            yield f"{'<ul>' if first else ''}<li>{_inline(text.removeprefix(BULLET))}</li>{'</ul>' if last else ''}"


def _inline(text: str) -> str:
    """Return a wording with the tags of its marks."""
    return "".join(
        f"<{_MARKS[kind]}>{escape(part)}</{_MARKS[kind]}>" if kind else escape(part) for part, kind in runs(text)
    )


def _entities(text: str) -> str:
    """Return text with the entities that old editors wrote."""
    return _inline(text).replace("–", "&ndash;").replace("「", "&#12300;").replace("」", "&#12301;")
