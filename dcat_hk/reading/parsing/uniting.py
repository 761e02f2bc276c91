"""
The Chinese and the English text of one document -> one plan with two editions.

In: what was read of each. Out: one plan, and findings.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...core.errors import Finding
from ...core.plan import Plan
from ...core.text import count_letters, fold
from ...core.vocabularies import Vocabularies
from ..alignment import are_editions, merge_plans

_ENGLISH_WORD = re.compile(r"\b[A-Za-z]?[a-z]{2,}\b")
#: Fewer words are a name in a text in the other language.
_FEWEST = 2


def unite_editions(plan: Plan, other: Plan | None, vocabularies: Vocabularies) -> tuple[Plan, Sequence[Finding]]:
    """
    Return a plan with what its text in another language says, as far as that says the same of the same rows.

    Args:
        plan: What was read of the language that leads.

        other: What was read of the other language, None if that is no plan.

        vocabularies: Tell which categories and bodies are the same.
    """
    if not other or len(other.entries) != len(plan.entries):
        return plan, [_report(plan)]
    pairs = zip(plan.entries, other.entries, strict=True)
    different = sum(1 for one, same in pairs if fold(one.title) != fold(same.title))
    if not different:
        return plan, []
    if different * 2 < len(plan.entries) or not are_editions(plan, other, vocabularies):
        return plan, [_report(plan)]
    merged = merge_plans([plan, other], vocabularies)
    return merged.plan, [_report(merged.plan), *merged.findings.get(plan.doc, ())]


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


def _report(plan: Plan) -> Finding:
    """Return the finding on a plan in two languages."""
    count = sum(1 for entry in plan.entries if entry.also)
    return Finding("bilingual-cells", plan.doc, None, {"count": str(count), "rows": str(len(plan.entries))})
