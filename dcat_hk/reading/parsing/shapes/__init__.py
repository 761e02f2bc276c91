"""
Unusual shapes of plans -> usual ones: pure passes over a document's blocks before it is read.

In: a document. Out: a document with tables as the parser knows them, and claims on what was taken out.
"""

from __future__ import annotations

from ....core.errors import Finding
from ...documents import Document
from ..ledger import Claims
from .labels import drop_repeated_labels
from .records import join_records
from .sectionbands import lower_headers
from .sectioncolumns import raise_sections
from .transposed import turn_tables
from .wide import join_wide_tables
from .widelines import leave_out_halves

__all__ = ["read_shapes"]


def read_shapes(document: Document, claims: Claims) -> tuple[Document, list[Finding]]:
    """
    Return a document whose tables have a header and a row for each dataset, and findings on tables that cannot have.

    Args:
        document: Any document.

        claims: Where text that is taken out is claimed.
    """
    document = lower_headers(raise_sections(turn_tables(document), claims))
    document, findings = join_wide_tables(drop_repeated_labels(document, claims), claims)
    document, more_findings = leave_out_halves(document, claims)
    return join_records(document, claims), [*findings, *more_findings]
