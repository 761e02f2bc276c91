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

PLANS = Path(__file__).parent / "plans"
LANGUAGES = ("tc", "sc", "en")
SCRIPTS = {"tc": "Hant", "sc": "Hans", "en": "Latn"}

#: Paragraphs that begin so are items of a list: writers print a bullet, the truth has none.
BULLET = "* "

Data = dict[str, Any]


@dataclass(frozen=True)
class Cell:
    """A cell of a table: its paragraphs, over how many columns and rows it goes, whether it is a header."""

    paragraphs: tuple[str, ...] = ()
    across: int = 1
    down: int = 1


#: A row of a table; None where a cell from above or from the left goes on.
Cells = list[Cell | None]


@dataclass(frozen=True)
class Table:
    """A table: labels, rows, widths of its columns in percent."""

    section: str
    labels: Cells
    rows: list[Cells]
    widths: tuple[int, ...]


@dataclass(frozen=True)
class Text:
    """A paragraph outside tables; kind is bureau, title, section, body, split, note, none, name or date."""

    kind: str
    text: str


class Plan:
    """One department's plan in one language."""

    def __init__(self, department: str, language: str) -> None:
        """Read the department's file."""
        self.department = department
        self.language = language
        self.data: Data = _load(department)

    def say(self, pair: Sequence[str]) -> str:
        """Return the wording in this plan's language: a pair is [Traditional Chinese, English]."""
        if self.language == "en":
            return pair[1]
        return pair[0] if self.language == "tc" else simplified(pair[0], self.data.get("hans", {}))

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


def blocks(plan: Plan) -> Iterator[Text | Table]:
    """Yield what the plan prints, from its name to its date."""
    data = plan.data
    head = [Text("bureau", plan.say(data["heading"] if "heading" in data else data["name"]))]
    head.append(Text("title", plan.say(data["title"])))
    yield from reversed(head) if data.get("title_first") else head
    before: tuple[str, str] = ("", "")
    for table in data["tables"]:
        section, body = plan.say(table["heading"]), plan.say(table.get("organisation", ["", ""]))
        if section != before[0]:
            yield Text("section", section)
        if body and (section, body) != before:
            yield Text("body", body)
        before = (section, body)
        yield from _one_table(plan, table)
    if "dated" in data:
        if data.get("signed"):
            yield Text("name", plan.say(data["name"]))
        yield Text("date", plan.say(data["dated"]))


def _one_table(plan: Plan, table: Data) -> Iterator[Text | Table]:
    """Yield one table with its subheading and its notes."""
    if "split" in table:
        yield Text("split", plan.say(table["split"]))
    if "above" in table:
        yield Text("note", plan.say(table["above"]))
    if "none" in table:
        yield Text("none", plan.say(table["none"]))
        return
    rows = [row for entry in table.get("rows", []) for row in _rows_of(plan, entry)]
    if "empty" in table:
        rows = [_empty_row(plan, table)]
    yield Table(table["section"], _labels(plan, table["section"]), rows, _widths(plan))
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


def _rows_of(plan: Plan, entry: Data) -> Iterator[Cells]:
    """Yield the rows of one entry: its group's title, its own row, its continuations."""
    count = len(plan.columns)
    if "group" in entry:
        yield [Cell((plan.say(entry["group"]),), across=count), *[None] * (count - 1)]
    parts = [entry, *entry.get("parts", [])]
    for position, part in enumerate(parts):
        row: Cells = []
        for name in plan.columns:
            merged = name in {"number", "category", "title", "name", "unit"}
            if merged and position:
                row.append(None)
            else:
                row.append(
                    Cell(_lines(_wording(plan, name, entry if merged else part)), 1, len(parts) if merged else 1)
                )
        yield row


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


def _true_entries(plan: Plan, table: Data) -> Iterator[Data]:
    """Yield the entries of one table."""
    group = None
    for row in table.get("rows", []):
        group = plan.say(row["group"]) if "group" in row else group
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
        "title": plan.say(row["title"]),
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
    return " ".join(line.removeprefix(BULLET) for line in text.split("\n"))


def _month(stated: str | Sequence[str]) -> str | None:
    """Return the month of a date: the third member says it, unless the date is plainly month/year."""
    if not isinstance(stated, str):
        return stated[2] or None
    plainly = re.fullmatch(r"(\d{1,2})/(\d{4})", stated)
    assert plainly, f"say which month {stated!r} is"
    return f"{plainly[2]}-{int(plainly[1]):02}"
