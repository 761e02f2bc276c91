"""
Makes chromium.pdf, libreoffice.pdf and rows.json: one small plan, printed by two programs.

Needs Chromium, LibreOffice Writer and a Chinese font. The table is long enough for two pages; some rows are cut by the
end of a page, some cells go over rows. `rows.json` has each row as the document model states it, without blanks.
"""

import html
import json
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
HEADER = ["編號", "數據種類", "數據集名稱", "一般說明", "發放日期(月/年)", "更新頻率"]
SENTENCE = "以CSV格式的表格列出每年及每月的數字，包括各區的總數、分項數字及與上年的比較；"
STYLE = "body{font-family:'Noto Sans CJK TC';font-size:10pt} table{border-collapse:collapse;width:100%}"
STYLE += "td,th{border:1px solid black;padding:3px;font-weight:normal}@page{size:A5 landscape;margin:12mm}"


def plan_rows() -> list[list[str]]:
    """Return the rows of the table; one that begins with nothing belongs to the row above."""
    rows = [
        [str(n), "法律及保安", f"第{n}項統計數字", SENTENCE * (1 + n % 3), f"{n:02}/2021", "每三個月"]
        for n in range(1, 17)
    ]
    rows.insert(2, ["", "", "", "以JSON格式列出趨勢", "", "每年"])
    return rows


def as_html(rows: list[list[str]], spans: bool) -> str:
    """Return a web page with the table; if `spans`, a row with a part has cells that go over both."""
    lines = ["<tr>" + "".join(f"<th>{cell}</th>" for cell in HEADER) + "</tr></thead><tbody>"]
    for index, row in enumerate(rows):
        part = index + 1 < len(rows) and not rows[index + 1][0]
        cells = []
        for column, cell in enumerate(row):
            over = spans and column in {0, 1, 2, 4}
            if over and not row[0]:
                continue
            cells.append(f"<td{' rowspan=2' if over and part else ''}>{html.escape(cell)}</td>")
        lines.append("<tr>" + "".join(cells) + "</tr>")
    head = f"<!DOCTYPE html><html><head><meta charset='utf-8'><style>{STYLE}</style></head><body><p>開放數據計劃</p>"
    return f"{head}<table border='1'><thead>{''.join(lines)}</tbody></table></body></html>"


def main() -> None:
    """Write the files."""
    rows = plan_rows()
    (HERE / "rows.json").write_text(json.dumps([HEADER, *rows], ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "libreoffice.html"
        page.write_text(as_html(rows, spans=True), encoding="utf-8")
        to_pdf = ["soffice", "--headless", "--infilter=HTML (StarWriter)", "--convert-to", "pdf:writer_pdf_Export"]
        subprocess.run([*to_pdf, "--outdir", str(HERE), str(page)], check=True)
        printed = ["chromium", "--headless", "--no-sandbox", "--no-pdf-header-footer"]
        subprocess.run([*printed, f"--print-to-pdf={HERE / 'chromium.pdf'}", page.as_uri()], check=True)


if __name__ == "__main__":
    main()
