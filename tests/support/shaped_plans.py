"""Plans in unusual shapes, in English and in both Chinese scripts, made of the same three datasets."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from dcat_hk.core.text import transform
from dcat_hk.reading.parsing import Reading

Rows = Sequence[Sequence[str]]

_ENGLISH = [
    ("Marine Department", "Annual Open Data Plan for 2025 to 2027"),
    ("No.", "Category", "Name of Dataset", "Description", "Target Release Date", "Update Frequency"),
    [
        ("1", "Transport", "Vessel arrivals", "Vessels at each anchorage (CSV)", "09/2025", "Daily"),
        ("2", "Environment", "Marine refuse collected", "By district (CSV, JSON)", "11/2025", "Monthly"),
    ],
    [("1", "Transport", "Port statistics", "Cargo throughput (CSV, XLSX)", "03/2019", "Quarterly")],
    ("Datasets to be released in 2025", "Datasets to be released in 2026 and 2027"),
    ("Datasets of other organisations", "Datasets already released"),
    ("Release Date", "Not applicable", "December 2024"),
]
_TRADITIONAL = [
    ("海事處", "2025至2027年度開放數據計劃"),
    ("編號", "數據種類", "數據集名稱", "數據集說明", "目標發放日期", "更新頻率"),
    [
        ("1", "交通", "船隻抵港資料", "各碇泊處的抵港船隻 (CSV)", "09/2025", "每日"),
        ("2", "環境", "海上垃圾收集量", "按地區劃分 (CSV, JSON)", "11/2025", "每月"),
    ],
    [("1", "交通", "港口統計", "貨物吞吐量 (CSV, XLSX)", "03/2019", "每季")],
    ("將於2025年發放的數據集", "將於2026年及2027年發放的數據集"),
    ("其他機構數據集", "已發放的數據集"),
    ("發放日期", "不適用", "2024年12月"),
]


def _simplified(value: object) -> object:
    """Return Traditional texts, at any depth, in Simplified characters."""
    if isinstance(value, str):
        return transform(value, "Hant")
    return type(value)(map(_simplified, value))  # type: ignore[call-arg, call-overload, no-any-return]


WORDS = {"en": _ENGLISH, "zh-Hant": _TRADITIONAL, "zh-Hans": _simplified(_TRADITIONAL)}
LANGUAGES = tuple(WORDS)


def plan_of(language: str, shape: Callable[[Sequence[str], Rows], list[str]]) -> str:
    """Return the text of a plan whose tables have a shape: what it makes of the labels and rows of each."""
    head, labels, planned, released, years, others, (release, nothing, month) = WORDS[language]
    lines = [*head, "", f"A. {years[0]}", "", *shape(labels, planned), ""]
    lines += [f"B. {years[1]}", "", nothing, "", f"C. {others[0]}", "", nothing, "", f"D. {others[1]}", ""]
    return "\n".join([*lines, *shape([*labels[:4], release, *labels[5:]], released), "", month])


def rows_of(reading: Reading) -> list[tuple[object, ...]]:
    """Return what is compared of each row that was read."""
    return [
        (e.section, e.number, e.category, e.title, e.date, e.frequency, e.formats) for e in reading.require().entries
    ]


def expected_rows(language: str) -> list[tuple[object, ...]]:
    """Return what is to be read of a plan in any shape."""
    one, two, three = (*WORDS[language][2], *WORDS[language][3])
    return [
        ("A", 1, one[1], one[2], "2025-09", "DAILY", ("CSV",)),
        ("A", 2, two[1], two[2], "2025-11", "MONTHLY", ("CSV", "JSON")),
        ("D", 1, three[1], three[2], "2019-03", "QUARTERLY", ("CSV", "XLSX")),
    ]


def both_languages(join: str, chinese_first: bool = False) -> str:
    """Return a plan that says everything in English and in Traditional Chinese, with a sign between them."""
    pair = lambda one, other: join.join((other, one) if chinese_first else (one, other))  # noqa: E731
    english, chinese = WORDS["en"], WORDS["zh-Hant"]

    def tables(labels: Sequence[str], others: Sequence[str], rows: Rows, again: Rows) -> list[str]:
        cells = [[pair(*both) for both in zip(labels, others, strict=True)]]
        cells += [
            [one if one == other else pair(one, other) for one, other in zip(row, same, strict=True)]
            for row, same in zip(rows, again, strict=True)
        ]
        return ["\t".join(row) for row in cells]

    lines = [pair(one, other) for one, other in zip(english[0], chinese[0], strict=True)]
    headings = [pair(*both) for both in zip((*english[4], *english[5]), (*chinese[4], *chinese[5]), strict=True)]
    nothing = pair(english[6][1], chinese[6][1])
    lines += ["", f"A. {headings[0]}", "", *tables(english[1], chinese[1], english[2], chinese[2]), ""]
    lines += [f"B. {headings[1]}", "", nothing, "", f"C. {headings[2]}", "", nothing, "", f"D. {headings[3]}", ""]
    released = [(*each[1][:4], each[6][0], each[1][5]) for each in (english, chinese)]
    return "\n".join([*lines, *tables(*released, english[3], chinese[3]), "", pair(english[6][2], chinese[6][2])])
