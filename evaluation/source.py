"""
Plans as data: `plans/*.toml` -> rows, the page they are printed as, and the truth about them.

In: what a person wrote down about an invented plan. Out: `Plan` in one of three languages, its blocks for the
writers, its truth for the evaluation. It knows nothing of dcat-hk: the truth is stated, not computed by a reader.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from inline import counted

PLANS = Path(__file__).parent / "plans"
LANGUAGES = ("tc", "sc", "en")
SCRIPTS = {"tc": "Hant", "sc": "Hans", "en": "Latn", "both": "Hant"}

#: What an English heading does not repeat beside the Chinese one.
_LEADER = re.compile(r"(?:[A-D]\.|\(\w+\)) ")
#: The columns whose cells go down over the further parts of a dataset.
_DOWN = {"number", "category", "title", "name", "unit"}

#: Paragraphs that begin so are items of a list: writers print a bullet, the truth has none.
BULLET = "* "

Data = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its paragraphs, over how many columns and rows it goes, whether it is a field to fill in."""

    paragraphs: tuple[str, ...] = ()
    across: int = 1
    down: int = 1
    field: bool = False


#: A row of a table; None where a cell from above or from the left goes on.
Cells = list[Cell | None]


@dataclass(frozen=True)
class Table:
    """A table: labels over one row or two, rows, widths of its columns in percent."""

    section: str
    headers: list[Cells]
    rows: list[Cells]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Text:
    """A paragraph outside tables; kind is bureau, title, section, body, split, note, none, name or date."""

    kind: str
    text: str


class Plan:
    """One department's plan in one language, or in Chinese and English side by side."""

    def __init__(self, department: str, language: str) -> None:
        """Read the department's file."""
        self.department = department
        self.language = language
        self.data: Data = _load(department)

    def say(self, pair: Sequence[str]) -> str:
        """Return the wording in this plan's language: a pair is [Traditional Chinese, English]."""
        if self.language == "en":
            return pair[1]
        if self.language == "both":
            return pair[0] if pair[0] == pair[1] else f"{pair[0]}\n{pair[1]}"
        return pair[0] if self.language == "tc" else simplified(pair[0], self.data.get("hans", {}))

    def say_on_a_line(self, pair: Sequence[str]) -> str:
        """Return the wording of a heading: both languages on one line, with one letter or number."""
        return " ".join(
            self.say((pair[0], _LEADER.sub("", pair[1]) if self.language == "both" else pair[1])).split("\n")
        )

    def stated(self, value: str | Sequence[str]) -> str:
        """Return a wording that may be the same in all languages."""
        return value if isinstance(value, str) else self.say(value)

    @property
    def columns(self) -> list[str]:
        """Return the names of the columns in order."""
        return list(self.data["columns"])


@cache
def _load(department: str) -> Data:
    """Return a department's data."""
    return tomllib.loads((PLANS / f"{department}.toml").read_text(encoding="utf-8"))


@cache
def vocabulary() -> Data:
    """Return the words that the plans share."""
    return tomllib.loads((PLANS / "vocabulary.toml").read_text(encoding="utf-8"))


def departments() -> list[str]:
    """Return the departments there are."""
    return sorted(path.stem for path in PLANS.glob("*.toml") if path.stem != "vocabulary")


def languages(department: str) -> tuple[str, ...]:
    """Return the languages of a department's plans; `both` is one plan in Chinese and English."""
    return tuple(_load(department).get("languages", LANGUAGES))


def simplified(text: str, corrections: dict[str, str]) -> str:
    """Return Traditional text in Simplified characters; corrections come after the converter."""
    result = str(_converter().convert(text))
    for wrong, right in corrections.items():
        result = result.replace(wrong, right)
    return result


@cache
def _converter() -> Any:
    """Return the converter from Hong Kong's Traditional characters."""
    from opencc import OpenCC

    return OpenCC("hk2s")


# ---- what is printed


def blocks(plan: Plan, merge: bool = True) -> Iterator[Text | Table]:
    """Yield what the plan prints, from its name to its date; what is not merged over rows is repeated in each."""
    data = plan.data
    head = [Text("bureau", plan.say(data["heading"] if "heading" in data else data["name"]))]
    head.append(Text("title", plan.say(data["title"])))
    yield from reversed(head) if data.get("title_first") else head
    before: tuple[str, str] = ("", "")
    for table in data["tables"]:
        section, body = plan.say_on_a_line(table["heading"]), plan.say_on_a_line(table.get("organisation", ["", ""]))
        if section != before[0]:
            yield Text("section", section)
        if body and (section, body) != before:
            yield Text("body", body)
        before = (section, body)
        yield from _one_table(plan, table, merge)
    if "dated" in data:
        if data.get("signed"):
            yield Text("name", plan.say(data["name"]))
        yield Text("date", plan.say(data["dated"]))


def _one_table(plan: Plan, table: Data, merge: bool) -> Iterator[Text | Table]:
    """Yield one table with its subheading and its notes."""
    if "split" in table:
        yield Text("split", plan.say_on_a_line(table["split"]))
    if "above" in table:
        yield Text("note", plan.say(table["above"]))
    if "none" in table:
        yield Text("none", plan.say_on_a_line(table["none"]))
        return
    covered: dict[str, int] = {}
    rows = [row for entry in _banded(plan, table) for row in _rows_of(plan, entry, covered if merge else None)]
    if "empty" in table:
        rows = [_empty_row(plan, table)]
    labels = _labels(plan, table["section"])
    yield Table(table["section"], _headers(plan, labels) if merge else [labels], rows, _widths(plan))
    for note in _lines(plan.say(table["note"])) if "note" in table else ():
        yield Text("note", note)


def _lines(text: str) -> tuple[str, ...]:
    """Return the paragraphs of a text."""
    return tuple(text.split("\n")) if text else ()


def _labels(plan: Plan, section: str) -> Cells:
    """Return the header of a table; the date's label depends on the section."""
    labels = plan.data["labels"]
    date = "released" if section == "D" else "target"
    return [Cell(_lines(plan.say(labels[date if name == "date" else name]))) for name in plan.columns]


def _headers(plan: Plan, labels: Cells) -> list[Cells]:
    """Return the header as printed: a label may stand over two columns, with or without labels below it."""
    if "over" not in plan.data:
        return [labels]
    over = plan.data["over"]
    first, *others = (plan.columns.index(name) for name in over["columns"])
    upper = [Cell(cell.paragraphs, down=1 + ("below" in over)) if cell else None for cell in labels]
    upper[first] = Cell(_lines(plan.say(over["label"])), across=1 + len(others))
    upper[first + 1 : first + 1 + len(others)] = [None] * len(others)
    if "below" not in over:
        return [upper]
    lower: Cells = [None] * len(labels)
    for position, label in zip((first, *others), over["below"], strict=True):
        lower[position] = Cell(_lines(plan.say(label)))
    return [upper, lower]


def _widths(plan: Plan) -> tuple[int, ...]:
    """Return the widths of the columns in percent."""
    if "widths" in plan.data:
        return tuple(plan.data["widths"])
    wide = {"number": 6, "name": 28, "category": 13, "title": 21, "date": 14, "frequency": 14, "format": 11, "unit": 11}
    known = [wide.get(name, 0) for name in plan.columns]
    return tuple(width or 100 - sum(known) for width in known)


def _empty_row(plan: Plan, table: Data) -> Cells:
    """Return the row that says there is nothing: over all columns, in the second cell, or in each."""
    word, count = plan.say(table["empty"]), len(plan.columns)
    how = table.get("empty_as", "across")
    if how == "across":
        return [Cell((word,), across=count), *[None] * (count - 1)]
    if how == "second":
        return [Cell(), Cell((word,)), *[Cell()] * (count - 2)]
    return [Cell((word,)) for _ in range(count)]


def _banded(plan: Plan, table: Data) -> Iterator[Data]:
    """Yield the entries of a table; where categories stand over rows, the first of each has it as its band."""
    before = None
    for entry in table.get("rows", []):
        bands = plan.data.get("bands") and entry["category"] != before
        yield entry | {"band": vocabulary()["categories"][entry["category"]]} if bands else entry
        before = entry["category"]


def _rows_of(plan: Plan, entry: Data, covered: dict[str, int] | None) -> Iterator[Cells]:
    """
    Yield the rows of one entry: its category or group as a band, its own row, its continuations.

    Args:
        plan: The plan.

        entry: The entry.

        covered: Over how many more rows the cell above each column goes; None where cells are not merged downwards.
    """
    count = len(plan.columns)
    for name in ("band", "group"):
        if name in entry:
            yield [Cell((plan.say_on_a_line(entry[name]),), across=count), *[None] * (count - 1)]
    parts = [entry, *entry.get("parts", [])]
    for position, part in enumerate(parts):
        row: Cells = []
        for name in plan.columns:
            if name in _DOWN and position:
                row.append(None)
            elif covered and covered.get(name):
                covered[name] -= 1
                row.append(None)
            else:
                down = len(parts) if name in _DOWN else 1
                if covered is not None and name in entry.get("merged", {}):
                    down = entry["merged"][name]
                    covered[name] = down - 1
                row.append(_cell(plan, name, entry if name in _DOWN else part, down))
        yield row


def _cell(plan: Plan, name: str, entry: Data, down: int) -> Cell:
    """Return one cell of an entry; the row of a withdrawn one is crossed out."""
    text = _wording(plan, name, entry)
    if entry.get("struck"):
        text = "\n".join(f"~~{line}~~" for line in _lines(text))
    return Cell(_lines(text), 1, down, name in plan.data.get("fields", []))


def _wording(plan: Plan, name: str, entry: Data) -> str:
    """Return what one cell prints."""
    if name == "number":
        return str(plan.data["number"]).format(entry["number"])
    if name == "category":
        return plan.say(vocabulary()["categories"][entry["category"]])
    if name == "name":
        return f"{_wording(plan, 'category', entry)}{plan.say(plan.data['slash'])}{plan.say(entry['title'])}"
    if name == "frequency":
        return plan.say(_frequency(entry))
    if name == "date":
        return plan.stated(entry["date"])
    return plan.say(entry.get({"description": "text"}.get(name, name), ["", ""]))


def _frequency(entry: Data) -> Sequence[str]:
    """Return the wordings and the code of an entry's frequency."""
    stated = entry["frequency"]
    found: Sequence[str] = vocabulary()["frequencies"][stated] if isinstance(stated, str) else stated
    return found


# ---- what is true


def truth(plan: Plan) -> Data:
    """Return the plan as `dcat-hk parse --format json` should print it, without names of files and places."""
    data = plan.data
    return {
        "bureau": plan.say(data["name"]),
        "plan_title": plan.say(data["title"]),
        "years": data["years"],
        "script": SCRIPTS[plan.language],
        "dated": data["dated"][2] if "dated" in data else None,
        "entries": [entry for table in data["tables"] for entry in _true_entries(plan, table)],
    }


def truth_of_both(department: str) -> Data:
    """Return the truth of a plan in Chinese and English: that of the Chinese text, and the English as its edition."""
    return truth(Plan(department, "tc")) | {"edition": truth(Plan(department, "en"))}


def _true_entries(plan: Plan, table: Data) -> Iterator[Data]:
    """Yield the entries of one table; a group ends with the band of the category that it stands in."""
    group = None
    for row in _banded(plan, table):
        group = plan.say(row["group"]) if "group" in row else None if "band" in row else group
        if row.get("struck"):
            continue
        for position, part in enumerate([row, *row.get("parts", [])]):
            yield _true_entry(plan, table, row, part) | {"group": group, "part": position}


def _true_entry(plan: Plan, table: Data, row: Data, part: Data) -> Data:
    """Return one entry but for its group and part."""
    say: Callable[[str], str] = lambda name: _joined(_wording(plan, name, part))  # noqa: E731
    return {
        "section": table["section"],
        "spatial": table.get("spatial"),
        "organisation": plan.say(table["body"]) if "body" in table else None,
        "group": None,
        "number": row["number"],
        "part": 0,
        "category": _wording(plan, "category", row),
        "title": counted(plan.say(row["title"])),
        "description": say("description"),
        "date_raw": say("date"),
        "date": _month(part["date"]),
        "date_role": "released" if table["section"] == "D" else "target",
        "frequency_raw": say("frequency"),
        "frequency": _frequency(part)[2] or None,
        "formats": part["formats"],
    }


def _joined(text: str) -> str:
    """Return a cell's paragraphs on one line, without bullets."""
    return " ".join(counted(line.removeprefix(BULLET)) for line in text.split("\n"))


def _month(stated: str | Sequence[str]) -> str | None:
    """Return the month of a date: the third member says it, unless the date is plainly month/year."""
    if not isinstance(stated, str):
        return stated[2] or None
    plainly = re.fullmatch(r"(\d{1,2})/(\d{4})", stated)
    assert plainly, f"say which month {stated!r} is"
    return f"{plainly[2]}-{int(plainly[1]):02}"
