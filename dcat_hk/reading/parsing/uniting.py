"""
The Chinese and the English text of one document -> one plan with two editions.

In: what was read of each. Out: one plan, and findings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from ...core.errors import Finding
from ...core.plan import Edition, Entry, Plan
from ...core.text import count_letters, fold
from ...core.vocabularies import Vocabularies
from ..alignment import merge_plans

_ENGLISH_WORD = re.compile(r"\b[A-Za-z]?[a-z]{2,}\b")
#: Fewer words are a name in a text in the other language.
_FEWEST = 2


def unite_editions(plan: Plan, other: Plan | None) -> tuple[Plan, Sequence[Finding]]:
    """
    Return a plan with what its text in another language says, if that has the same rows.

    Args:
        plan: What was read of the language that leads.

        other: What was read of the other language, None if that is no plan.
    """
    if not other or list(map(_row, plan.entries)) != list(map(_row, other.entries)):
        return plan, [_report(plan)]
    other = _leave_own_words(other, plan)
    pairs = list(zip(plan.entries, other.entries, strict=True))
    different = sum(1 for one, same in pairs if fold(one.title) != fold(same.title))
    if not different:
        return plan, []
    if different * 2 < len(pairs):
        return plan, [_report(plan)]
    edition = Edition(other.doc, other.sha256, other.bureau, other.plan_title, other.script, other.dated)
    entries = tuple(one._replace(also=((1, same),)) for one, same in pairs)
    united = replace(plan, entries=entries, editions=(edition,), dated=plan.dated or other.dated)
    return united, [_report(united)]


def _leave_own_words(other: Plan, plan: Plan) -> Plan:
    """
    Return the reading of a document in its other language without the words of the first that both readings share.

    A table may give the names alone in two languages: what its other cells say in Chinese is no English text.
    """
    if is_in_english(other) == is_in_english(plan):
        return other
    is_shared = _is_shared if is_in_english(other) else _is_shared_in_english
    entries = tuple(
        _leave_own_texts(each, one, is_shared) for each, one in zip(other.entries, plan.entries, strict=True)
    )
    bureau = "" if is_shared(other.bureau, plan.bureau) else other.bureau
    title = "" if is_shared(other.plan_title, plan.plan_title) else other.plan_title
    script = "Latn" if is_in_english(other) else other.script
    return replace(other, script=script, entries=entries, bureau=bureau, plan_title=title)


def _leave_own_texts(entry: Entry, same: Entry, is_shared: Callable[[str, str], bool]) -> Entry:
    """Return the other reading of a row without the texts of the first one's language that both share."""

    def own(text: str, other: str) -> str:
        return "" if is_shared(text, other) else text

    return entry._replace(
        category=own(entry.category, same.category),
        title=own(entry.title, same.title),
        description=own(entry.description, same.description),
        date_raw=own(entry.date_raw, same.date_raw),
        frequency_raw=own(entry.frequency_raw, same.frequency_raw),
    )


def _is_shared(text: str, same: str) -> bool:
    """Tell whether a text is the same in both readings and has ideographs."""
    return text == same and count_letters(text)[0] > 0


def _is_shared_in_english(text: str, same: str) -> bool:
    """Tell whether a text is the same in both readings and is in English words."""
    return text == same and count_letters(text)[0] == 0 and bool(_ENGLISH_WORD.search(text))


def unite_parts(plans: Sequence[Plan], vocabularies: Vocabularies) -> tuple[Plan, list[Finding]]:
    """
    Return one plan of its editions in one file, the one that leads first, and findings on what differs.

    Args:
        plans: At least one plan.

        vocabularies: Tell which categories and bodies are the same.
    """
    if len(plans) == 1:
        return plans[0], []
    merged = merge_plans(plans, vocabularies)
    report = Finding("editions-in-one-file", plans[0].doc, None, {"count": str(len(plans))})
    return merged.plan, [report, *merged.findings.get(plans[0].doc, ())]


def _row(entry: Entry) -> tuple[str, int | None, int]:
    """Return what tells which row of the document an entry is."""
    return entry.section, entry.number, entry.part


def leave_out_mixed_rows(plan: Plan, findings: Sequence[Finding]) -> tuple[Plan, list[Finding]]:
    """
    Return a plan in two languages that was read from text without cells, without its rows if they mix the languages.

    Where most rows do, no row is certain: a cell may hold one language of two.

    Args:
        plan: What was read.

        findings: Findings on it; one on all rows takes the place of those on single ones.
    """
    mixed = [entry for entry in plan.entries if _is_mixed(f"{entry.title} {entry.description}")]
    if not mixed or len(mixed) * 2 < len(plan.entries):
        return plan, list(findings)
    others = [finding for finding in findings if not finding.place]
    count = {"count": str(len(plan.entries))}
    return replace(plan, entries=()), [*others, Finding("bilingual-text", plan.doc, None, count)]


def _is_mixed(text: str) -> bool:
    """Tell whether a text has Chinese and English words; formats and names in capitals are none."""
    return count_letters(text)[0] >= _FEWEST and len(_ENGLISH_WORD.findall(text)) >= _FEWEST


def is_in_english(plan: Plan) -> bool:
    """Tell whether most datasets of a plan have names without ideographs."""
    return sum(1 for entry in plan.entries if not count_letters(entry.title)[0]) * 2 > len(plan.entries)


def says_rest_in_english(plan: Plan) -> bool:
    """
    Tell whether all that a plan says besides the names of its datasets is in English: it gives these in Chinese, too.

    Args:
        plan: What was read of the Chinese text of a document.
    """
    rest = [plan.bureau, plan.plan_title]
    rest += [text for each in plan.entries for text in (each.category, each.description, each.frequency_raw)]
    return not any(count_letters(text)[0] for text in rest) and any(map(_ENGLISH_WORD.search, rest))


def _report(plan: Plan) -> Finding:
    """Return the finding on a plan in two languages."""
    count = sum(1 for entry in plan.entries if entry.also)
    return Finding("bilingual-cells", plan.doc, None, {"count": str(count), "rows": str(len(plan.entries))})
