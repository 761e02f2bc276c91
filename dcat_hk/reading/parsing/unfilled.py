"""
What of an empty plan nobody has filled in: prompts, and the row that shows how rows are written.

In: a document. Out: the same without prompts, which are claimed as furniture; whether a name is that of the example.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from ...core.errors import Finding
from ...core.text import fold
from ...core.wording.templates import load_template_texts
from ..documents import Document
from ..documents.document import spans_of_block
from .ledger import Claims


@cache
def _folded(name: str) -> frozenset[str]:
    """Return one of the words of templates in every language, as texts are compared."""
    return frozenset(map(fold, load_template_texts()[name].values()))


def is_example(title: str) -> bool:
    """
    Tell whether a name of a dataset is that of the example row of a template.

    >>> is_example("Example: write over this row or delete it"), is_example("Air quality")
    (True, False)
    """
    return fold(title) in _folded("example-name")


def leave_out_prompts(document: Document, claims: Claims) -> tuple[Document, list[Finding]]:
    """
    Return a document without the lines that say what belongs in their place, and a finding on each.

    Args:
        document: Any document.

        claims: Where the prompts are claimed.
    """
    prompts = _folded("bureau")
    longest = max(map(len, prompts)) * 2
    findings: list[Finding] = []
    left = []
    for block in document.blocks:
        spans = spans_of_block(block)
        text = document.slice(spans[0]) if len(spans) == 1 else ""
        if text and len(text) <= longest and fold(text) in prompts:
            claims.add(spans, "furniture")
            findings.append(Finding("unfilled-field", document.name, document.place(spans), {"text": text}))
        else:
            left.append(block)
    return (replace(document, blocks=tuple(left)), findings) if findings else (document, [])
