"""
Why rows of several plans are one dataset, in words.

In: the records of a dataset, its identifier, and the folder of links. Out: lines of text: the judgement, the link or
the rule that unites each row with the one before it, and the lines of the ledger that keep its identifier.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..core.terms import Iri
from ..core.wording.refusals import Phrase, say
from .linkfiles import IDENTITIES, JUDGEMENTS, PLANS, LinkFiles
from .sssom import LEXICAL, SssomMapping

_YEARS = re.compile(r"/record/[^/]+/(\d{4}-\d{4})/")


def find_reasons(records: Sequence[Iri], identifier: str, links: LinkFiles, language: str = "en") -> list[str]:
    """
    Return why the rows of some records are one dataset; nothing for rows of one plan.

    Args:
        records: The records that state the dataset.

        identifier: The identifier that it is published under.

        links: The folder of links.

        language: The language of the reasons.
    """
    by_plan: dict[str, list[Iri]] = {}
    for record in sorted(set(records)):
        years = _YEARS.search(record)
        by_plan.setdefault(years[1] if years else "", []).append(record)
    if len(by_plan) < 2:
        return []
    plans = [by_plan[years] for years in sorted(by_plan)]
    return [
        *(_reason(older, newer, links, language) for older, newer in pairwise(plans)),
        *_ledger_lines(identifier, links, language),
    ]


def _reason(older: Sequence[Iri], newer: Sequence[Iri], links: LinkFiles, language: str) -> str:
    """Return why rows of two plans are one dataset."""
    written = links.written_pairs
    for one in older:
        for other in newer:
            rows = f"{_short(one)} → {_short(other)}"
            judgement = links.judgements.source(one, other)
            if judgement and judgement.verdict == "same":
                comment = Phrase("explain.comment", {"text": judgement.comment}) if judgement.comment else ""
                who = {"author": judgement.author, "dated": judgement.dated, "comment": comment}
                where = {"file": JUDGEMENTS, "line": judgement.line}
                return say("explain.judged", language, rows=rows, **who, **where)
            if (one, other) in written:
                return _link(rows, written[one, other], language)
    rows = f"{_short(older[0])} → {_short(newer[0])}"
    return say("explain.by-rule", language, rows=rows)


def _link(rows: str, link: SssomMapping, language: str) -> str:
    """Return what a link of two rows was made by."""
    how = Phrase("explain.same-title" if link.justification == LEXICAL else "explain.several-signals")
    signals = [f"{name} {value:+g}" for name, value in link.evidence.items()]
    evidence = Phrase("explain.evidence", {"signals": signals}) if signals else ""
    return say("explain.linked", language, rows=rows, how=how, evidence=evidence, file=PLANS, line=link.line)


def _ledger_lines(identifier: str, links: LinkFiles, language: str) -> list[str]:
    """Return the lines of the ledger that let an identifier stand for others."""
    identities = links.identities
    return [
        say("explain.published-as", language, other=other, identifier=identifier, file=IDENTITIES, line=line)
        for other, kept in identities.resolved.items()
        if kept == identifier
        for line in (identities.lines[other],)
    ]


def _short(record: Iri) -> str:
    """Return a record's IRI from the base IRI on."""
    return f"record/{record.partition('/record/')[2]}"
