"""
What pages say of promises: states, sentences, shares, in the language of the page.

In: rows of `PromiseMonth`. Out: text. The words for states are those of `reconciliation`; nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...reconciliation.fulfilment_wording import load_fulfilment_wording
from .wording import format_count, format_month, format_span, get_label


def name_state(state: str, language: str) -> str:
    """
    Return what a state is called.

    >>> name_state("kept-late", "en")
    'kept late'
    """
    return load_fulfilment_wording().states[state][language]


def label_state(promise: Mapping[str, Any], language: str) -> str:
    """
    Return what the state of a promise is called; of an overdue one also if no later plan says so.

    Args:
        promise: A row of promises.

        language: The language of the label.

    >>> label_state({"state": "overdue", "confirmed": 0}, "en"), label_state({"state": "kept", "confirmed": 1}, "en")
    ('overdue; no later plan', 'kept on time')
    """
    if promise["state"] == "overdue" and not promise["confirmed"]:
        return get_label("overdue-unconfirmed", language)
    return name_state(promise["state"], language)


def style_state(promise: Mapping[str, Any]) -> str:
    """
    Return what the style sheet calls the state of a promise.

    Args:
        promise: A row of promises.

    >>> style_state({"state": "overdue", "confirmed": 0}), style_state({"state": "kept", "confirmed": 0})
    ('overdue unconfirmed', 'kept')
    """
    is_sure = promise["state"] != "overdue" or promise["confirmed"]
    return promise["state"] if is_sure else f"{promise['state']} unconfirmed"


def name_basis(basis: str, language: str) -> str:
    """
    Return what the word of a state is called: a stated release, a person's judgement, or a plan.

    >>> name_basis("stated-release", "en")
    'stated release'
    """
    return load_fulfilment_wording().bases[basis][language]


def describe_state(promise: Mapping[str, Any], language: str) -> str:
    """
    Return in a sentence what became of a promise, and which month's plan is the newest word on it.

    Args:
        promise: A row of promises.

        language: The language of the sentence.

    >>> row = {"state": "kept-late", "target": "2024-03", "first_target": "2024-03", "months": 2, "confirmed": 1}
    >>> row |= {"start": "2024-01", "first_start": "2024-01", "told": "2025-01", "delivered": "2024-05"}
    >>> describe_state(row, "en")
    'Promised for January 2024 to March 2024, released in May 2024, 2 months late.'
    """
    state = promise["state"]
    if state == "overdue" and not promise["confirmed"]:
        state = "overdue-unconfirmed"
    elif state == "undated" and promise["delivered"]:
        state = "released-undated"
    elif state == "delivered-month-unknown" and promise.get("basis") == "portal":
        state = "portal-month-unknown"
    return get_label(f"say-{state}", language).format(
        target=format_span(promise["start"], promise["target"], language),
        first=format_span(promise["first_start"], promise["first_target"], language),
        delivered=format_month(promise["delivered"] or "", language),
        told=format_month(promise["told"], language),
        months=format_count("months", promise["months"] or 0, language),
    )


def describe_share(figure: Mapping[str, Any], language: str) -> str:
    """
    Return the share that was kept on time; that there are too few if it says nothing.

    Args:
        figure: A row of figures.

        language: The language of the text.

    >>> describe_share({"share": 0.6, "due": 12, "unknown": 2, "kept": 6}, "en")
    '6 of 10 (60 %)'
    >>> describe_share({"share": 0.4286, "due": 14, "unknown": 0, "kept": 6}, "en")
    '6 of 14 (43 %)'
    """
    judged = figure["due"] - figure["unknown"]
    if figure["share"] is None:
        return get_label("few", language) if judged else ""
    text = get_label("share", language).format(kept=figure["kept"], judged=judged)
    rounded = get_label("per-cent", language).format(share=_round_share(figure["kept"], judged))
    return get_label("in-brackets", language).format(text=text, note=rounded)


def _round_share(kept: int, judged: int) -> int:
    """Return a share in whole per cent: 0 only of none, 100 only of all."""
    if kept in (0, judged):
        return 100 if kept else 0
    return min(max((200 * kept + judged) // (2 * judged), 1), 99)
