"""Plans of a lighthouse department that does not exist, of three years in three languages, with every fate."""

from __future__ import annotations

from dcat_hk.core.text import transform

#: Texts in Chinese and English.
_HEADS = {
    "zh": ("離島燈塔署", "2021至2023年的開放數據計劃", "{0}-{1}年度整合開放數據計劃（包含空間數據計劃）"),
    "en": (
        "Lighthouse Department",
        "Annual Open Data Plan for 2021 to 2023",
        "Consolidated Annual Open Data Plan (Spatial Data Plan included) for {0}-{1}",
    ),
}
_SECTIONS = {
    "zh": {
        "A": "A. 在 {0} 年發放的局／部門數據集",
        "B": "B. 在 {1} 年及 {2} 年發放的局／部門數據集",
        "C": "C. 其他機構計劃開放的數據集",
        "D": "D. 進度：局／部門及其他機構已經上載至「開放數據平台」網站的數據集",
        "i": "i. 空間數據",
        "ii": "ii. 非空間數據",
    },
    "en": {
        "A": "A. Departmental datasets to be released in {0}",
        "B": "B. Departmental datasets to be released in {1} and {2}",
        "C": "C. Datasets planned to be opened by other organisations",
        "D": "D. Progress: departmental datasets already uploaded to DATA.GOV.HK",
        "i": "i. Spatial data",
        "ii": "ii. Non-spatial data",
    },
}
_COLUMNS = {
    "zh": ("編號", "數據種類", "數據集名稱", "一般說明", "目標發放日期 (月/年)", "更新頻率", "發放日期(月/年)"),
    "en": (
        *("No.", "Data category", "Dataset name", "General description", "Target release date (mm/yyyy)"),
        *("Update frequency", "Release date (mm/yyyy)"),
    ),
}
_NONE = {"zh": "不適用", "en": "N/A"}
_CATEGORIES = {"t": ("運輸", "Transport"), "e": ("環境", "Environment"), "r": ("康樂及文化", "Recreation and Culture")}
_FREQUENCIES = {
    "y": ("每年", "Annually"),
    "m": ("每月", "Monthly"),
    "d": ("每日", "Daily"),
    "n": ("有需要時", "As and when necessary"),
}
_UNKNOWN = {"zh": "待定", "en": "To be confirmed"}
_CLUB = {"zh": "燈塔之友協會", "en": "Friends of Lighthouses Association"}

#: Datasets by a short name: title and remark in Chinese and English.
DATASETS = {
    "beams": (
        ("燈光射程", "各燈塔的射程、燈質及高度 (CSV)"),
        ("Ranges of lights", "Range, character and height of each light (CSV)"),
    ),
    "keepers": (
        ("守塔人員編制", "各職級的編制及實際人數 (CSV)"),
        ("Establishment of keepers", "Posts and strength by rank (CSV)"),
    ),
    "fog": (
        ("霧號啟動紀錄", "每次啟動的日期及時間 (JSON)"),
        ("Log of fog signals", "Date and time of each sounding (JSON)"),
    ),
    "visits": (("參觀人次", "按月份的參觀人次 (CSV)"), ("Numbers of visitors", "Visitors month by month (CSV)")),
    "lamps": (("燈泡更換紀錄", "更換日期及型號 (CSV)"), ("Replacements of bulbs", "Dates and models (CSV)")),
    "ferries": (
        ("補給船班次", "補給船的開航時間及目的地 (CSV)"),
        ("Sailings of supply boats", "Departures and destinations (CSV)"),
    ),
    "birds": (("塔上雀鳥紀錄", "雀鳥的品種及數目 (CSV)"), ("Birds at the towers", "Species and counts (CSV)")),
    "paint": (("髹漆工程時間表", "工程的地點及日期 (CSV)"), ("Schedule of painting works", "Places and dates (CSV)")),
    "wrecks": (
        ("歷史沉船位置", "沉船的名稱及座標 (CSV)"),
        ("Positions of historic wrecks", "Names and coordinates (CSV)"),
    ),
    "diesel": (
        ("發電機用油量", "按季度的用油量 (XLSX)"),
        ("Fuel used by generators", "Litres quarter by quarter (XLSX)"),
    ),
    "cables": (
        ("海底電纜登岸點", "登岸點的編號及座標 (CSV)"),
        ("Landing points of submarine cables", "Numbers and coordinates (CSV)"),
    ),
    "signals": (
        ("旗號通訊詞典", "旗號的圖案及意義 (JSON)"),
        ("Dictionary of flag signals", "Patterns and meanings (JSON)"),
    ),
    "essays": (("徵文比賽得獎名單", "得獎者及作品 (CSV)"), ("Winners of the essay contest", "Winners and works (CSV)")),
    "stamps": (
        ("紀念郵票圖錄", "郵票的圖樣及面值 (CSV)"),
        ("Catalogue of commemorative stamps", "Designs and face values (CSV)"),
    ),
    "schools": (
        ("航海學校名單", "學校的名稱、地址及電話 (CSV)"),
        ("List of nautical schools", "Names, addresses and telephone numbers (CSV)"),
    ),
    "academies": (
        ("註冊航海學校及導師一覽", "學校及導師的名稱、地址及電話 (CSV)"),
        ("List of registered nautical schools and instructors", "Names, addresses and telephone numbers of both (CSV)"),
    ),
    "accounts": (("部門開支", "按總目的開支 (CSV)"), ("Expenditure of the department", "By head of expenditure (CSV)")),
    "drones": (
        ("航拍影像目錄", "影像的日期及範圍 (JSON)"),
        ("Index of aerial photographs", "Dates and extents (JSON)"),
    ),
    "fog2": (
        ("霧號啟動紀錄", "每次啟動的日期及時間 (JSON, CSV)"),
        ("Log of fog signals", "Date and time of each sounding (JSON, CSV)"),
    ),
    "diesel2": (
        ("發電機用油量", "按季度的用油量 (CSV)"),
        ("Fuel used by generators", "Litres quarter by quarter (CSV)"),
    ),
    "rescues": (
        ("救援行動統計", "每宗行動的日期及人數 (CSV)"),
        ("Statistics on rescues", "Date and number of people (CSV)"),
    ),
}


#: A row: dataset, category, date, frequency; and where one year differs, another ending of the remark.
_Row = tuple[str, str, str, str]
_Rows = dict[tuple[str, str], list[_Row]]

FIRST: _Rows = {
    ("A", ""): [
        ("beams", "t", "06/2021", "y"),
        ("keepers", "t", "03/2021", "y"),
        ("fog", "e", "09/2021", "d"),
        ("visits", "r", "?", "m"),
        ("lamps", "t", "04/2021", "m"),
        ("ferries", "t", "10/2021", "d"),
    ],
    ("B", ""): [
        ("birds", "e", "2022", "y"),
        ("paint", "t", "12/2022", "n"),
        ("wrecks", "r", "?", "n"),
        ("schools", "r", "?", "y"),
        ("signals", "t", "05/2023", "n"),
    ],
    ("C", ""): [("essays", "r", "05/2021", "y")],
    ("D", ""): [("diesel", "e", "12/2018", "m"), ("cables", "t", "03/2019", "n"), ("stamps", "r", "06/2019", "n")],
}
SECOND: _Rows = {
    ("A", "i"): [("beams", "t", "09/2022", "y"), ("drones", "e", "11/2022", "m")],
    ("A", "ii"): [
        ("ferries", "t", "03/2022", "d"),
        ("academies", "r", "11/2022", "y"),
        ("cables", "t", "10/2022", "n"),
        ("wrecks", "r", "08/2022", "n"),
    ],
    ("B", "ii"): [
        ("birds", "e", "09/2022", "y"),
        ("paint", "t", "?", "n"),
        ("signals", "t", "02/2023", "n"),
    ],
    ("D", "ii"): [
        ("beams", "t", "06/2021", "y"),
        ("keepers", "t", "02/2021", "m"),
        ("fog", "e", "11/2021", "d"),
        ("visits", "r", "07/2021", "m"),
        ("lamps", "t", "?", "m"),
        ("diesel", "e", "12/2018", "m"),
        ("accounts", "r", "01/2020", "y"),
    ],
}
THIRD: _Rows = {
    ("A", "ii"): [
        ("ferries", "t", "06/2023", "d"),
        ("birds", "e", "?", "y"),
        ("paint", "t", "04/2023", "n"),
        ("rescues", "t", "11/2023", "m"),
    ],
    ("D", "i"): [("beams", "t", "09/2022", "y"), ("wrecks", "r", "08/2022", "n")],
    ("D", "ii"): [
        ("beams", "t", "06/2021", "y"),
        ("keepers", "e", "02/2021", "m"),
        ("fog2", "e", "11/2021", "d"),
        ("visits", "r", "07/2021", "m"),
        ("lamps", "t", "?", "m"),
        ("diesel2", "e", "12/2018", "m"),
        ("accounts", "r", "01/2020", "m"),
        ("academies", "r", "01/2023", "y"),
        ("cables", "t", "10/2022", "n"),
        ("signals", "t", "01/2023", "n"),
    ],
}
#: What became of the rows of the second plan, by dataset and section.
LATER_FATES = {
    ("beams", "A"): ("released-on-time", None, []),
    ("drones", "A"): ("no-longer-listed", None, []),
    ("ferries", "A"): ("slipped", 15, []),
    ("academies", "A"): ("released-late", 2, []),
    ("cables", "A"): ("released-on-time", None, []),
    ("wrecks", "A"): ("released-on-time", None, ["now-spatial"]),
    ("birds", "B"): ("undated", None, []),
    ("paint", "B"): ("dated", None, []),
    ("signals", "B"): ("released-early", -1, []),
    ("beams", "D"): ("kept", None, []),
    ("keepers", "D"): ("kept", None, ["category-changed"]),
    ("fog", "D"): ("kept", None, ["formats-added"]),
    ("visits", "D"): ("kept", None, []),
    ("lamps", "D"): ("kept", None, []),
    ("diesel", "D"): ("kept", None, ["formats-added", "formats-removed"]),
    ("accounts", "D"): ("kept", None, ["frequency-changed"]),
}
#: What became of the rows of the first plan: fate, months, what differs.
FATES = {
    "beams": ("released-on-time", None, ["spatial-version-added"]),
    "keepers": ("released-early", -1, ["frequency-changed"]),
    "fog": ("released-late", 2, []),
    "visits": ("released", None, []),
    "lamps": ("released", None, []),
    "ferries": ("slipped", 5, []),
    "birds": ("unchanged", None, []),
    "paint": ("undated", None, []),
    "wrecks": ("dated", None, []),
    "schools": ("open", None, []),
    "signals": ("brought-forward", -3, []),
    "essays": ("no-longer-listed", None, []),
    "diesel": ("kept", None, []),
    "cables": ("reopened", None, []),
    "stamps": ("no-longer-listed", None, []),
}
#: What is said of the rows that only the second plan has.
ADDED = {"drones": "new", "academies": "open", "accounts": "new"}


def as_old_template(language: str) -> str:
    """Return the first plan in the old template, as tab-separated tables."""
    return _as_text(language, FIRST, 2021, "")


def as_consolidated(language: str) -> str:
    """Return the second plan in the consolidated template, as tab-separated tables."""
    return _as_text(language, SECOND, 2022, "2")


def as_third_plan(language: str) -> str:
    """Return the plan of the year after, in the consolidated template."""
    return _as_text(language, THIRD, 2023, "2")


def title_of(name: str, language: str) -> str:
    """Return the title of a dataset."""
    chinese, english = DATASETS[name]
    return _in_script(english[0] if language == "en" else chinese[0], language)


def _as_text(language: str, rows: _Rows, first: int, template: str) -> str:
    """Return a plan as text."""
    own = "en" if language == "en" else "zh"
    years = (first, first + 1, first + 2)
    head, old, new = _HEADS[own]
    lines = [head, "", new.format(years[0], years[2]) if template else old, ""]
    for section in "ABCD":
        lines += [_SECTIONS[own][section].format(*years), ""]
        if section == "C" and not template:
            lines += [f"(1) {_CLUB[own]}", ""]
        for part in ("i", "ii") if template else ("",):
            lines += [_SECTIONS[own][part], ""] if part else []
            lines += [*_table(own, section, rows.get((section, part), [])), ""]
    dated = {"zh": f"{first - 1}年12月", "en": f"December {first - 1}"}[own]
    return _in_script("\n".join([*lines, head, dated, ""]), language)


def _table(language: str, section: str, rows: list[_Row]) -> list[str]:
    """Return a table of a section: a header and rows of cells."""
    columns, released = _COLUMNS[language], section == "D"
    place = 1 if language == "en" else 0
    lines = ["\t".join([*columns[:4], columns[6] if released else columns[4], columns[5]])]
    for number, (name, category, date, frequency) in enumerate(rows, 1):
        title, remark = DATASETS[name][place]
        cells = [str(number), _CATEGORIES[category][place], title, remark]
        lines.append("\t".join([*cells, date.replace("?", _UNKNOWN[language]), _FREQUENCIES[frequency][place]]))
    return lines if rows else [*lines, f"\t{_NONE[language]}\t\t\t\t"]


def _in_script(text: str, language: str) -> str:
    """Return a Chinese text in the script of a language."""
    return transform(text, "Hant") if language == "zh-Hans" else text


def build_followed(folder, language="zh"):
    """Build a catalogue of the three plans in a folder, and return its output."""
    from dcat_hk.build import build
    from dcat_hk.core.settings import Settings

    plans = folder / "plans"
    plans.mkdir()
    for write in (as_old_template, as_consolidated, as_third_plan):
        (plans / f"{write.__name__}.txt").write_text(write(language), encoding="utf-8")
    build([plans], folder / "output", Settings(), jobs=1)
    return folder / "output"
