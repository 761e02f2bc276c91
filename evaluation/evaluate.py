"""
Measures how well dcat-hk reads the documents of the evaluation set.

In: documents/ and truth/. Out: a table of accuracy for each kind and field; exit code 1 if a threshold is missed.
Text is compared exactly, but white space counts only between two Latin letters or digits. A document
that cannot be read has all cells wrong.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dcat_hk.core.errors import DcatHkError
from dcat_hk.core.plan import Edition, Plan
from dcat_hk.core.text import fold
from dcat_hk.core.vocabularies import load
from dcat_hk.reading.documents import read_file
from dcat_hk.reading.parsing import read_plan

HERE = Path(__file__).parent
DOCUMENTS = HERE / "documents"
TRUTH = HERE / "truth"

HEAD = ("bureau", "plan_title", "years", "script", "dated")
FIELDS = (
    *("section", "spatial", "organisation", "group", "number", "part", "category", "title", "description"),
    *("date_raw", "date", "date_role", "frequency_raw", "frequency", "formats"),
)

#: The kind of document by the end of its name; texts and printed pages have further words before.
KINDS = {
    "docx": r"\.docx$",
    "html": r"\.html$",
    "xlsx": r"\.xlsx$",
    "csv": r"\.csv$",
    "tsv": r"\.tsv$",
    "md": r"\.md$",
    "pdf ruled": r"\.(web-|form-)?ruled\.pdf$",
    "pdf unruled": r"\.(web-)?unruled\.pdf$",
    "text -layout": r"\.layout\.txt$",
    "text -raw": r"\.raw\.txt$",
    "text plain": r"\.pdftotext\.txt$",
    "text pypdf": r"\.pypdf\.txt$",
    "text pdfminer": r"\.pdfminer\.txt$",
}

#: What is required, in percent of rows and of cells.
REQUIRED = {
    **dict.fromkeys(("docx", "html", "xlsx", "csv", "tsv", "md"), 100.0),
    "pdf ruled": 99.8,
    "pdf unruled, old template": 99.5,
    "pdf unruled, consolidated template": 99.5,
    "text -layout": 99.5,
    "text -raw, old template": 97.0,
    "text -raw, consolidated template": 97.0,
    "text pypdf, old template": 97.0,
    "text pypdf, consolidated template": 97.0,
}

#: Kinds whose figures are shown for each template.
BY_TEMPLATE = ("pdf unruled", "text -raw", "text plain", "text pypdf", "text pdfminer")

Entry = dict[str, Any]

_SPACE = re.compile(r"\s+")
#: Latin letters and digits: a blank between two of them parts words, anywhere else it is a matter of taste.
_LATIN = r"[0-9A-Za-z\u00c0-\u024f]"
_IGNORED_SPACE = re.compile(rf"(?<!{_LATIN}) | (?!{_LATIN})")

#: What a reader may raise for a document: a bug in one must not hide how the others do.
_FAILURES = (
    DcatHkError,
    ImportError,
    LookupError,
    ValueError,
    TypeError,
    AttributeError,
    AssertionError,
    RecursionError,
)


@dataclass
class Score:
    """How one document was read: rows, right and wrong cells by field, text left over, or why it was not read."""

    name: str
    kind: str
    template: str
    rows: int
    found: int = 0
    extra: int = 0
    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    leftover: int = 0
    balanced: bool = True
    error: str = ""


def evaluate(paths: Sequence[Path], jobs: int = 1) -> list[Score]:
    """
    Return the score of each document.

    Args:
        paths: Documents of the set.

        jobs: How many processes read them.
    """
    if jobs < 2:
        return [score(path) for path in paths]
    with ProcessPoolExecutor(jobs) as pool:
        return list(pool.map(score, paths, chunksize=4))


def documents(words: Sequence[str] = ()) -> list[Path]:
    """
    Return the documents whose names contain one of the words, all of them without words.

    Args:
        words: Parts of names.
    """
    paths = sorted(path for path in DOCUMENTS.iterdir() if _kind(path.name))
    return [path for path in paths if not words or any(word in path.name for word in words)]


def score(path: Path) -> Score:
    """
    Read one document and compare it with the truth.

    Args:
        path: The document; its truth is found by its name.
    """
    truth = json.loads((TRUTH / f"{path.name.split('.')[0]}.json").read_text(encoding="utf-8"))
    split = any(entry["spatial"] is not None for entry in truth["entries"])
    texts = [truth, truth["edition"]] if "edition" in truth else [truth]
    rows = len(truth["entries"]) * len(texts)
    result = Score(path.name, _kind(path.name), "consolidated" if split else "old", rows)
    try:
        reading = read_plan(read_file(path), load())
        plan = reading.require()
    except _FAILURES as error:
        result.error = f"{type(error).__name__}: {error}"
        for text in texts:
            _compare(result, text, dict.fromkeys(HEAD), [])
        return result
    ledger = reading.ledger
    result.leftover = ledger.accounted["leftover"]
    result.balanced = ledger.characters == sum(ledger.accounted.values())
    _compare(result, truth, _head(plan, plan), list(map(_read_entry, plan.entries)))
    if "edition" in truth:
        edition = next(iter(plan.editions), None)
        head = _head(plan, edition) if edition else dict.fromkeys(HEAD)
        also = [_read_entry(same) for entry in plan.entries for _number, same in entry.also]
        _compare(result, truth["edition"], head, also)
    return result


def _head(plan: Plan, edition: Plan | Edition) -> Entry:
    """Return the head of a plan as one of its editions states it."""
    return {name: getattr(edition, name) for name in HEAD if name != "years"} | {"years": list(plan.years)}


def _read_entry(entry: Any) -> Entry:
    """Return an entry in the form of the truth."""
    return dict(entry._asdict()) | {"formats": list(entry.formats)}


def _kind(name: str) -> str:
    """Return the kind of a document, nothing if it is none."""
    return next((kind for kind, pattern in KINDS.items() if re.search(pattern, name)), "")


def _compare(result: Score, truth: Entry, head: Entry, entries: list[Entry]) -> None:
    """Count right and wrong cells of the head and of all rows."""
    for name in HEAD:
        _count(result, name, "head", truth[name], head[name])
    pairs, extra = _align(truth["entries"], entries)
    result.extra = len(extra)
    for expected, actual in pairs:
        place = f"{expected['section']}{expected['number']}.{expected['part']} {expected['title'][:12]}"
        result.found += actual is not None
        if actual is None:
            result.wrong.append(f"{result.name}: missing row {place}")
        for name in FIELDS:
            if actual is None:
                result.total[name] += 1
            else:
                _count(result, name, place, expected[name], actual[name])
    for actual in extra:
        result.wrong.append(f"{result.name}: extra row {actual['section']}{actual['number']} {actual['title'][:40]}")
        result.total.update(FIELDS)


def _count(result: Score, name: str, place: str, expected: object, actual: object) -> None:
    """Count one cell."""
    result.total[name] += 1
    if _spaced(expected) == _spaced(actual):
        result.right[name] += 1
    else:
        result.wrong.append(f"{result.name}: {place}: {name}\n    expected {expected!r}\n    read     {actual!r}")


def _spaced(value: object) -> object:
    """Return text with one blank for white space between Latin letters and none elsewhere, anything else as it is."""
    return _IGNORED_SPACE.sub("", _SPACE.sub(" ", value)) if isinstance(value, str) else value


_Pairs = list[tuple[Entry, Entry | None]]


def _align(expected: Sequence[Entry], actual: Sequence[Entry]) -> tuple[_Pairs, list[Entry]]:
    """
    Return each true row with the row that was read for it, and rows that stand for none.

    First rows that agree in place, number, part and title; then in section, part and title; then in place and
    number, so that a wrong title is one wrong cell and not a row lost.
    """
    found: dict[int, Entry] = {}
    left = list(actual)
    for key in _KEYS:
        for position, entry in enumerate(expected):
            if position in found:
                continue
            match = next((other for other in left if key(other) == key(entry)), None)
            if match is not None:
                found[position] = match
                left = [other for other in left if other is not match]
    return [(entry, found.get(position)) for position, entry in enumerate(expected)], left


def _place(entry: Entry) -> tuple[Hashable, ...]:
    """Return where a row stands."""
    return entry["section"], entry["spatial"], fold(entry["organisation"] or ""), entry["number"], entry["part"]


_KEYS: tuple[Callable[[Entry], Hashable], ...] = (
    lambda entry: (*_place(entry), fold(entry["title"])),
    lambda entry: (entry["section"], entry["part"], fold(entry["title"])),
    _place,
)


# ---- figures


@dataclass(frozen=True)
class Figure:
    """The sum over documents of one kind: percent of rows and cells, and by field."""

    kind: str
    documents: int
    unread: int
    rows: float
    extra: int
    cells: float
    leftover: int
    fields: dict[str, float]
    required: float | None

    @property
    def missed(self) -> bool:
        """Return whether a required threshold is missed."""
        return self.required is not None and min(self.rows, self.cells) < self.required


def figures(scores: Sequence[Score]) -> list[Figure]:
    """
    Return the figures of each kind in the order of the issue.

    Args:
        scores: What `evaluate` gave.
    """
    return [_figure(kind, chosen) for kind, chosen in _kinds(scores) if chosen]


def _kinds(scores: Sequence[Score]) -> Iterator[tuple[str, list[Score]]]:
    """Yield kinds, where it matters for each template, with their scores."""
    for kind in KINDS:
        chosen = [score for score in scores if score.kind == kind]
        if kind not in BY_TEMPLATE:
            yield kind, chosen
            continue
        for template in ("old", "consolidated"):
            yield f"{kind}, {template} template", [score for score in chosen if score.template == template]


def _figure(kind: str, scores: Sequence[Score]) -> Figure:
    """Return the sum of some scores."""
    right, total = Counter[str](), Counter[str]()
    for one in scores:
        right.update(one.right)
        total.update(one.total)
    rows, extra = sum(one.rows for one in scores), sum(one.extra for one in scores)
    return Figure(
        kind=kind,
        documents=len(scores),
        unread=sum(bool(one.error) for one in scores),
        rows=100 * sum(one.found for one in scores) / (rows + extra),
        extra=extra,
        cells=100 * right.total() / total.total(),
        leftover=sum(one.leftover for one in scores),
        fields={name: 100 * right[name] / total[name] for name in (*HEAD, *FIELDS)},
        required=REQUIRED.get(kind),
    )


_SHORT = {"organisation": "organ.", "description": "descr.", "frequency_raw": "freq_raw", "frequency": "freq"}
_SHORT |= {"plan_title": "ptitle", "date_role": "role", "category": "categ."}


def table(found: Sequence[Figure]) -> str:
    """
    Return the figures as text: one line for each kind, percent by field.

    Args:
        found: What `figures` gave.
    """
    names = [_SHORT.get(name, name) for name in (*HEAD, *FIELDS)]
    head = ["kind", "files", "unread", "rows", "extra", "cells", "needed", "left over", *names]
    lines = [head]
    for one in found:
        needed = f"{one.required:g}{' MISSED' if one.missed else ''}" if one.required else ""
        cells = [one.kind, str(one.documents), str(one.unread), _percent(one.rows), str(one.extra), _percent(one.cells)]
        lines.append([*cells, needed, str(one.leftover), *map(_percent, one.fields.values())])
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines
    )


def _percent(value: float) -> str:
    """Return percents with two decimals, rounded down: 100 means all."""
    return "100" if value == 100 else f"{int(value * 100) / 100:.2f}"


def main(arguments: Sequence[str] | None = None) -> int:
    """
    Print the table and return the exit code.

    Args:
        arguments: As on the command line.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("words", nargs="*", help="only documents whose names contain one of these")
    parser.add_argument("--verbose", "-v", action="store_true", help="list every wrong cell with its document")
    parser.add_argument("--json", action="store_true", help="print figures and scores as JSON")
    parser.add_argument("--jobs", "-j", type=int, default=2, help="processes")
    options = parser.parse_args(arguments)
    scores = evaluate(documents(options.words), options.jobs)
    found = figures(scores)
    if options.json:
        print(
            json.dumps(
                {"kinds": list(map(vars, found)), "documents": list(map(vars, scores))}, ensure_ascii=False, indent=1
            )
        )
    else:
        _print(scores, found, options.verbose)
    return int(any(one.missed for one in found) or not all(one.balanced for one in scores))


def _print(scores: Sequence[Score], found: Sequence[Figure], verbose: bool) -> None:
    """Print what went wrong and the table."""
    for one in scores:
        if one.error:
            print(f"{one.name}: not read: {one.error}")
        if not one.balanced:
            print(f"{one.name}: the ledger does not balance")
        if verbose and not one.error:
            print(*one.wrong, sep="\n", end="\n" if one.wrong else "")
            if one.leftover:
                print(f"{one.name}: {one.leftover} characters left over")
    print(table(found))


if __name__ == "__main__":
    sys.exit(main())
