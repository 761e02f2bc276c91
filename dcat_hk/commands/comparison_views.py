"""
What `dcat-hk reconcile` shows of pairs of plans: a table, JSON, CSV, a page.

In: pairs of plans with the outcomes of their items. Out: text.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from typing import Any

from ..core.text import guard_formula
from ..reconciliation.items import Item
from ..reconciliation.outcomes import FATES, Outcome, PlanPair
from ..reconciliation.wording import load_comparison_wording, name_term
from .output import format_table

_ARROW = " → "


def pairs_as_json(pairs: Sequence[PlanPair], fates: Collection[str], _language: str) -> str:
    """
    Return pairs of plans as JSON: one object for each pair, one line for each item.

    Args:
        pairs: The pairs.

        fates: The fates that are shown.
    """
    objects = []
    for pair in pairs:
        head = {
            "body": pair.before.body,
            "before": {"plan": pair.before.iri, "doc": pair.before.head.doc},
            "after": {"plan": pair.after.iri, "doc": pair.after.head.doc},
        }
        items = ",".join("\n  " + _as_line(_outcome_as_json(one)) for one in pair.outcomes if one.fate in fates)
        objects.append(_as_line(head)[:-1] + ', "items": [' + items + "]}")
    return "[" + ",\n ".join(objects) + "]\n"


def _as_line(value: object) -> str:
    """Return JSON on one line, which takes a third of the time that indented JSON takes."""
    return json.dumps(value, ensure_ascii=False)


def _outcome_as_json(outcome: Outcome) -> dict[str, Any]:
    """Return an outcome with its keys in order; the evidence of an open one is that of its best candidate."""
    best = outcome.candidates[0].evidence if outcome.candidates else {}
    return {
        "before": outcome.before.key._asdict() if outcome.before else None,
        "after": [item.key._asdict() for item in outcome.after],
        "fate": outcome.fate,
        "months": outcome.months,
        "differs": list(outcome.differs),
        "class": outcome.link_class,
        "confidence": outcome.confidence,
        "candidates": [{"after": one.after.key._asdict(), "score": one.score} for one in outcome.candidates],
        "evidence": dict(outcome.evidence or best),
    }


def pairs_as_csv(pairs: Sequence[PlanPair], fates: Collection[str], _language: str) -> str:
    """
    Return one line for each outcome, with the two plans; fates and differences by their codes.

    Args:
        pairs: The pairs.

        fates: The fates that are shown.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = ("body", "plan_before", "plan_after", "doc_before", "doc_after", "before", "after", "title", "title_after")
    writer.writerow([*names, "fate", "months", "differs", "class", "confidence", "candidates"])
    for pair in pairs:
        head = (pair.before.body, pair.before.iri, pair.after.iri, pair.before.head.doc, pair.after.head.doc)
        for one in pair.outcomes:
            if one.fate in fates:
                before = (name_item(one.before), one.before.entry.title) if one.before else ("", "")
                after = one.after[0].entry.title if one.after else ""
                cells = (*head, before[0], " ".join(map(name_item, one.after)), before[1], after)
                candidates = " ".join(name_item(candidate.after) for candidate in one.candidates)
                last = (one.fate, one.months, " ".join(one.differs), one.link_class, one.confidence, candidates)
                writer.writerow([_cell(value) for value in (*cells, *last)])
    return out.getvalue()


def _cell(value: object) -> object:
    """Return a value as CSV has it; a text that a spreadsheet would run as a formula is quoted."""
    return guard_formula(value) if isinstance(value, str) else value


def pairs_as_table(pairs: Sequence[PlanPair], fates: Collection[str], language: str) -> str:
    """
    Return a table for each pair of plans, one line for each outcome, and a summary.

    Args:
        pairs: The pairs.

        fates: The fates that are shown.

        language: The language of the words.
    """
    word = partial(_word, language)
    columns = [word(name) for name in ("place", "dataset", "fate", "months", "class", "differs")]
    tables = []
    for pair in pairs:
        rows = [_line(one, language) for one in pair.outcomes if one.fate in fates]
        tables.append(format_table(title_of(pair, language), columns, rows, (columns[3],)))
    counts = [[label, str(count)] for label, count in count_fates(pairs, fates, language)]
    if counts:
        tables.append(format_table(word("summary"), (word("fate"), word("count")), counts, (word("count"),)))
    return "".join(tables)


def _line(outcome: Outcome, language: str) -> list[str]:
    """Return an outcome as the cells of a line."""
    wording = load_comparison_wording()
    before, after = outcome.before, outcome.after
    maybe = [_word(language, "maybe") + " " + name_item(one.after) for one in outcome.candidates]
    place = _ARROW.join(
        filter(None, [name_item(before) if before else "", " + ".join([name_item(item) for item in after] or maybe)])
    )
    if before is None:
        place = _ARROW.lstrip() + place
    months = "" if outcome.months is None else f"{outcome.months:+d}"
    differs = ", ".join(name_term(name, language) for name in outcome.differs)
    return [
        place,
        titles_of(outcome),
        name_term(outcome.fate, language),
        months,
        wording.classes[outcome.link_class][language],
        differs,
    ]


def titles_of(outcome: Outcome) -> str:
    """Return the title of an item, and that of the newer row where it is another."""
    shown = [outcome.before] if outcome.before else []
    if not outcome.before or "renamed" in outcome.differs:
        shown += outcome.after[:1]
    return _ARROW.join(item.entry.title for item in shown)


def name_item(item: Item) -> str:
    """Return what a person would call an item: D.ii.21, or the organisation and number in section C."""
    key = item.key
    name = item.entry._replace(part=0).row_name
    return f"{name} ({key.organisation})" if key.organisation else name


def title_of(pair: PlanPair, language: str) -> str:
    """Return the title of a pair of plans: the body and the two documents."""
    before, after = (f"{'–'.join(map(str, plan.head.years))} ({plan.head.doc})" for plan in (pair.before, pair.after))
    body = pair.before.head.bureau or pair.before.body
    return _word(language, "plans").format(body=body, before=before, after=after)


def count_fates(pairs: Sequence[PlanPair], fates: Collection[str], language: str) -> list[tuple[str, int]]:
    """Return how many items have each fate, in the order of the vocabulary, of those that occur."""
    counts = Counter(one.fate for pair in pairs for one in pair.outcomes)
    return [(name_term(fate, language), counts[fate]) for fate in FATES if fate in fates and counts[fate]]


def remark_lines(pairs: Sequence[PlanPair], language: str) -> Iterator[str]:
    """
    Yield what limits the comparison: years that were skipped, plans that cannot be compared.

    Args:
        pairs: The pairs of plans.

        language: The language of the remarks.
    """
    if not pairs:
        yield _word(language, "no-pair")
    for pair in pairs:
        for text in _limits_of(pair, language):
            yield f"{title_of(pair, language)}: {text}"


def _limits_of(pair: PlanPair, language: str) -> Iterator[str]:
    """Yield what limits the comparison of two plans."""
    if pair.skipped:
        yield _word(language, "skipped").format(years=", ".join(map(str, pair.skipped)))
    if not pair.comparable:
        yield _word(language, "no-common-language")
    if pair.partly_unknown:
        yield _word(language, "successor-unread")


def pairs_as_page(pairs: Sequence[PlanPair], fates: Collection[str], language: str) -> str:
    """
    Return an HTML page that loads nothing, with the same tables.

    Args:
        pairs: The pairs.

        fates: The fates that are shown.

        language: The language of the words.
    """
    from ..core.pages import page_templates

    tables = [
        (
            title_of(pair, language),
            list(_limits_of(pair, language)),
            [_line(one, language) for one in pair.outcomes if one.fate in fates],
        )
        for pair in pairs
    ]
    values = {
        "language": language,
        "title": _word(language, "title"),
        "word": partial(_word, language),
        "tables": tables,
        "counts": count_fates(pairs, fates, language),
    }
    return page_templates(__package__).get_template("comparison.html").render(values) + "\n"


def _word(language: str, name: str) -> str:
    """Return a text in a language."""
    return load_comparison_wording().texts[name][language]


FORMATS: dict[str, Callable[[Sequence[PlanPair], Collection[str], str], str]] = {
    "table": pairs_as_table,
    "json": pairs_as_json,
    "csv": pairs_as_csv,
    "html": pairs_as_page,
}
