"""
The Chinese and the English text of one document -> one plan with two editions.

In: what was read of each. Out: one plan, and findings.
"""

from __future__ import annotations

from collections.abc import Sequence

from ...core.errors import Finding
from ...core.plan import Plan
from ...core.text import fold
from ...core.vocabularies import Vocabularies
from ..editions import are_editions, merge


def unite_editions(plan: Plan, other: Plan | None, vocabularies: Vocabularies) -> tuple[Plan, Sequence[Finding]]:
    """
    Return a plan with what its text in another language says, as far as that says the same of the same rows.

    Args:
        plan: What was read of the language that leads.

        other: What was read of the other language, None if that is no plan.

        vocabularies: Tell which categories and bodies are the same.
    """
    merged = plan
    differences: Sequence[Finding] = ()
    if other and len(other.entries) == len(plan.entries) and are_editions(plan, other, vocabularies):
        pairs = zip(plan.entries, other.entries, strict=True)
        different = sum(1 for one, same in pairs if fold(one.title) != fold(same.title))
        if different * 2 >= len(plan.entries):
            both = merge([plan, other], vocabularies)
            merged, differences = both.plan, both.findings.get(plan.doc, ())
    count = sum(1 for entry in merged.entries if entry.also)
    values = {"count": str(count), "rows": str(len(merged.entries))}
    return merged, [Finding("bilingual-cells", plan.doc, None, values), *differences]
