"""
What fulfilment is told in, in three languages.

In: `fulfilment.toml`. Out: texts by name and language. Every state and basis has one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, get_args

from ..core.wording.messages import Translations
from ..core.wording.records import TableReader, read_toml
from .states import STATES, Basis

TEXTS = (
    *("title", "judged-first", "judged-last", "none", "undated-plan", "summary", "all", "row", "dataset"),
    *("first-target", "last-target", "state", "months", "delivered", "delay", "basis", "body", "year", "category"),
    *("promises", "due", "kept", "late", "overdue", "unknown", "on-time", "share", "share-unknown"),
    *("median-delay", "largest-delay", "moved"),
)


@dataclass(frozen=True, slots=True)
class FulfilmentWording:
    """The words for states and for what they rest on, and the texts of tables."""

    states: Annotated[Mapping[str, Translations], STATES]
    bases: Annotated[Mapping[str, Translations], get_args(Basis)]
    texts: Annotated[Mapping[str, Translations], TEXTS]


@cache
def load_fulfilment_wording() -> FulfilmentWording:
    """
    Return what fulfilment is told in.

    Raises:
        WordingError: `fulfilment.toml` lacks a key, has one too many, or holds a value that cannot be used.

    >>> load_fulfilment_wording().states["kept-late"]["en"]
    'kept late'
    """
    return TableReader("fulfilment.toml").read_record(FulfilmentWording, read_toml(__package__, "fulfilment.toml"))
