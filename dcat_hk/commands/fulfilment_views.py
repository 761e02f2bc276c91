"""
What `dcat-hk fulfilment` shows: promises and figures as a table, JSON, CSV, a page.

In: the states of promises and their figures. Out: text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from ..core.reporting import format_json
from ..core.tables import table_layouts, write_csv
from ..core.terms import Iri
from ..core.vocabularies import load
from ..reconciliation.fulfilment_wording import load_fulfilment_wording
from ..reconciliation.listings import ListedPlan
from ..reconciliation.promise_rows import name_row, promise_values, rows_of_promises
from ..reconciliation.promises import Promise
from ..reconciliation.states import PromiseState
from ..reconciliation.summaries import Dimension, PromiseSummary
from .output import format_table

#: The columns of the table of promises, and those of them that are numbers.
_COLUMNS = ("row", "dataset", "first-target", "last-target", "state", "months", "delivered", "delay", "basis")
_FIGURES = (
    *("promises", "due", "kept", "late", "overdue", "unknown"),
    *("on-time", "median-delay", "largest-delay", "moved"),
)


@dataclass(frozen=True, slots=True)
class Fulfilment:
    """
    What became of promises as of a month.

    Args:
        month: The month.

        judged: Whether promises are judged by the first or the last target.

        base: The base IRI of the datasets.

        states: The states of all promises.

        dimensions: What the figures are given by.

        summaries: The figures, those of all promises last.
    """

    month: str
    judged: str
    base: Iri
    states: Sequence[PromiseState]
    dimensions: Sequence[Dimension]
    summaries: Sequence[PromiseSummary]


def as_json(result: Fulfilment, _language: str) -> str:
    """Return promises and figures as JSON."""
    return format_json(
        {
            "as_of": result.month,
            "promises": [promise_values(one, result.base) for one in result.states],
            "bodies": [
                _summary_as_json(one, result.dimensions, is_last=one is result.summaries[-1])
                for one in result.summaries
            ],
        }
    )


def _summary_as_json(summary: PromiseSummary, dimensions: Sequence[Dimension], *, is_last: bool) -> dict[str, Any]:
    """Return the figures of a group; the last group, of all promises, is called `all`."""
    group = dict(zip(dimensions, summary.group, strict=True))
    names: dict[str, Any] = {"body": "all" if is_last else group.get("body"), "year": group.get("year")}
    if "category" in group:
        names["category"] = group["category"]
    return names | {
        "due": summary.due,
        "kept": summary.kept,
        "late": summary.late,
        "overdue": summary.overdue,
        "unknown": summary.unknown,
        "median_delay": summary.median_delay,
    }


def as_csv(result: Fulfilment, _language: str) -> str:
    """Return one line for each promise, with the rows that promised and delivered it; without any, the columns."""
    rows = rows_of_promises(result.states, result.base, result.month)
    return "".join(write_csv(table_layouts()["fulfilment"], rows))


def as_table(result: Fulfilment, language: str) -> str:
    """Return the promises as a table, and the figures as another; nothing where there is no promise."""
    if not result.states:
        return ""
    word = partial(_word, language)
    columns = [word(name) for name in _COLUMNS]
    right = [word(name) for name in ("months", "delay")]
    title = word("title").format(month=result.month)
    heads = [word(name) for name in (*result.dimensions, *_FIGURES)]
    return "".join(
        [
            format_table(title, columns, promise_lines(result, language), right),
            format_table(word("summary"), heads, summary_lines(result, language), heads[len(result.dimensions) :]),
        ]
    )


def promise_lines(result: Fulfilment, language: str) -> list[list[str]]:
    """Return the cells of the table of promises: both printed rows, months, state, and what it rests on."""
    wording = load_fulfilment_wording()
    return [
        [
            f"{name_body(one.promise.first.plan, language)} {_years(one.promise)} {_rows_of(one)}",
            one.promise.first.listing.title,
            one.promise.first_target or "",
            one.promise.last_target or "",
            wording.states[one.state][language],
            "" if one.months is None else str(one.months),
            one.delivered or one.bounds,
            "" if one.delay is None else f"{one.delay:+d}" if one.delay else "0",
            f"{wording.bases[one.basis][language]} {one.told}",
        ]
        for one in result.states
    ]


def name_body(plan: ListedPlan, language: str) -> str:
    """
    Return what the body of a plan is called: as the vocabulary has it, else as the plan prints it, else its code.

    Args:
        plan: The plan.

        language: The language of the name.
    """
    concept = load().organisations.get(plan.body)
    return concept.label(language) if concept else plan.name or plan.body


def _years(promise: Promise) -> str:
    """Return the years of the plan that promised first."""
    return "–".join(map(str, promise.first.plan.years))


def _rows_of(one: PromiseState) -> str:
    """Return the row that promised, and the one that says that it was delivered."""
    delivery = one.promise.delivery if one.basis == "stated-release" else None
    rows = [one.promise.first.listing, *([delivery.listing] if delivery else [])]
    return " → ".join(map(name_row, rows))


def summary_lines(result: Fulfilment, language: str) -> list[list[str]]:
    """Return the cells of the table of figures."""
    names = {one.promise.first.plan.body: name_body(one.promise.first.plan, language) for one in result.states}
    lines = []
    for number, summary in enumerate(result.summaries, 1):
        group = ["" if value is None else names.get(str(value), str(value)) for value in summary.group]
        if number == len(result.summaries):
            group = [_word(language, "all"), *group[1:]]
        counts = (summary.promises, summary.due, summary.kept, summary.late, summary.overdue, summary.unknown)
        delays = (summary.median_delay, summary.largest_delay)
        lines.append(
            [
                *group,
                *map(str, counts),
                _share(summary, language),
                *("" if value is None else f"{value:g}" for value in delays),
                str(summary.moved),
            ]
        )
    return lines


def _share(summary: PromiseSummary, language: str) -> str:
    """Return the share that was kept on time; nothing of too few."""
    if summary.rate is None:
        return ""
    text = _word(language, "share-unknown" if summary.unknown else "share")
    return text.format(kept=summary.kept, judged=summary.judged, unknown=summary.unknown)


def remark_lines(result: Fulfilment, undated: Sequence[tuple[str, str]], language: str) -> Iterator[str]:
    """
    Yield what limits the answer: no plan that is old enough, plans without a date.

    Args:
        result: The answer.

        undated: Documents without a date, and the months that they count from.

        language: The language of the remarks.
    """
    if not result.states:
        yield _word(language, "none").format(month=result.month)
    for name, month in undated:
        yield _word(language, "undated-plan").format(plan=name, month=month)


def as_page(result: Fulfilment, language: str) -> str:
    """Return an HTML page that loads nothing, with the same tables."""
    from ..core.pages import page_templates

    word = partial(_word, language)
    values = {
        "language": language,
        "title": word("title").format(month=result.month),
        "judged": word(f"judged-{result.judged}"),
        "word": word,
        "columns": [word(name) for name in _COLUMNS],
        "promises": promise_lines(result, language),
        "heads": [word(name) for name in (*result.dimensions, *_FIGURES)],
        "summaries": summary_lines(result, language),
        "groups": len(result.dimensions),
    }
    return page_templates(__package__).get_template("fulfilment.html").render(values) + "\n"


def _word(language: str, name: str) -> str:
    """Return a text in a language."""
    return load_fulfilment_wording().texts[name][language]


FORMATS: dict[str, Callable[[Fulfilment, str], str]] = {
    "table": as_table,
    "csv": as_csv,
    "json": as_json,
    "html": as_page,
}
