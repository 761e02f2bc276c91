"""Makes plan documents from entries, in the two families of text, as the tools that departments use leave them."""

from __future__ import annotations

from dataclasses import dataclass, field

from dcat_hk.core.text import width


@dataclass(frozen=True)
class Row:
    """One row as a plan prints it."""

    category: str
    title: str
    date: str
    frequency: str
    remark: str
    group: str = ""


@dataclass(frozen=True)
class PlanText:
    """A plan as its parts: rows by section, and by subsection where the plan splits."""

    bureau: str
    first: int
    rows: dict[tuple[str, str], list[Row]] = field(default_factory=dict)
    dated: str = ""


HEADINGS = {
    "A": "A. 在 {0} 年發放的局／部門數據集",
    "B": "B. 在 {1} 年及 {2} 年發放的局／部門數據集",
    "C": "C. 其他機構計劃開放的數據集",
    "D": "D. 進度：局／部門及其他機構已經上載至「開放數據平台」網站的數據集",
}
SUBSECTIONS = {"i": "i. 空間數據", "ii": "ii. 非空間數據"}


def as_tabs(plan: PlanText, rows_on_a_page: int = 0, cut: bool = False) -> str:
    """Return the plan as tab-separated tables; pages repeat the header, and may cut a row's remark."""
    years = [plan.first + i for i in range(3)]
    lines = ["", plan.bureau, "", f"{years[0]}-{years[2]}年度整合開放數據計劃（包含空間數據計劃）", ""]
    for section, heading in HEADINGS.items():
        lines += [heading.format(*years), ""]
        for subsection, title in SUBSECTIONS.items():
            released = section == "D"
            date = "發放日期(月/年)" if released else "目標發放日期 (月/年)"
            header = f"編號\t數據種類\t數據集名稱\t一般說明\t{date}\t更新頻率"
            lines += [title, "", header]
            rows = plan.rows.get((section, subsection), [])
            for number, row in enumerate(rows, 1):
                page = rows_on_a_page and number > 1 and (number - 1) % rows_on_a_page == 0
                if page:
                    lines += ["", header]
                half = len(row.remark) // 2 if cut and not row.remark.isascii() else 0
                cells = [str(number), row.category, row.title, row.remark, row.date, row.frequency]
                if half and number % 2:
                    lines.append("\t".join([*cells[:3], row.remark[:half] + "、", *cells[4:]]))
                    lines += ["", header, "\t".join(["", "", "", row.remark[half:], "", ""])]
                else:
                    lines.append("\t".join(cells))
            if not rows:
                lines.append("\t不適用\t\t\t\t")
            lines.append("")
    lines += [plan.bureau, plan.dated, ""] if plan.dated else []
    return "\n".join(lines)


def as_layout(plan: PlanText, title_width: int = 26, remark_width: int = 36, dot: bool = False) -> str:
    """Return the plan as text pulled from a PDF without cell borders: cells follow one another, wrapped."""
    years = [plan.first + i for i in range(3)]
    lines = ["", plan.bureau + " ", "", f"{years[0]}至{years[2]}年的開放數據計劃 ", ""]
    for section, heading in HEADINGS.items():
        lines += [heading.format(*years), ""]
        date = "發放日期" if section == "D" else "目標發放日期"
        lines += ["# 數據種類／數據集名稱 ", "", date, "(月/年) ", "更新頻率 備註 ", ""]
        group = ""
        for number, row in enumerate(plan.rows.get((section, ""), []), 1):
            if row.group != group:
                group = row.group
                lines.append(group + " ")
            opening = f"{number}. " if dot else f"{number}  "
            lines += _wrapped(f"{opening}{row.category}／{row.title}", title_width)
            first, *rest = _wrapped(row.remark, remark_width) or [""]
            lines.append(f"{row.date} {row.frequency} {first}".rstrip() + " ")
            for line in rest:
                lines += [line + " ", ""]
    lines += ["", plan.bureau + " ", plan.dated + " "] if plan.dated else []
    return "\n".join(lines)


def _wrapped(text: str, most: int) -> list[str]:
    """Return text in lines of some width; Latin words are kept whole."""
    lines, line = [], ""
    words: list[str] = []
    for character in text:
        narrow = character.isascii() and character != " "
        if narrow and words and words[-1][-1:].isascii() and words[-1][-1:] != " ":
            words[-1] += character
        else:
            words.append(character)
    for word in words:
        if width(line + word) > most and line:
            lines.append(line.strip())
            line = ""
        line += word
    return [*lines, line.strip()] if line.strip() else lines


def plan_with(
    head: str = "環境保護署\n2024-2026年度整合開放數據計劃",
    section: str = "A. 在 2024 年發放的局／部門數據集",
    subsection: str = "",
    header: str = "編號\t數據種類\t數據集名稱\t一般說明\t目標發放日期 (月/年)\t更新頻率",
    rows: str = "1\t環境\t空氣質素\t各區讀數\t3/2024\t每月",
    foot: str = "",
) -> str:
    """Return a small plan with one table of cells, any part of it as given."""
    return "\n".join([head, "", section, "", *([subsection, ""] if subsection else []), header, rows, foot])


def english_plan(
    head: str = "Environmental Protection Department\nAnnual Open Data Plan for 2024 to 2026",
    section: str = "A. Departmental datasets to be released in 2024",
    subsection: str = "",
    header: str = "No.\tType of Data\tDataset Name\tRemarks\tTarget Release Date (mm/yyyy)\tUpdate Frequency",
    rows: str = "1\tEnvironment\tAir quality\tReadings by district (CSV)\t3/2024\tHalf-yearly",
    foot: str = "\nEnvironmental Protection Department\nDecember 2023\n",
) -> str:
    """Return the same in English."""
    return plan_with(head, section, subsection, header, rows, foot)
