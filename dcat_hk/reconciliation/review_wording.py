"""
What `dcat-hk review` says, in three languages.

In: `review.toml`. Out: texts by name and language, and the answer that a person's word means.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from ..core.text import fold
from ..core.wording.messages import Translations
from ..core.wording.records import TableReader, read_toml
from .judgements import Verdict

#: The answers that a person can give.
ANSWERS: tuple[Verdict, ...] = ("same", "not-same", "part-of", "split", "replaced", "dropped", "cannot-tell")
#: What is said of one row alone.
OF_ONE_ROW: frozenset[Verdict] = frozenset({"dropped", "cannot-tell"})
ROWS = (
    *("plan", "place", "category", "group", "title", "description", "date", "frequency", "formats", "file"),
    *("score", "evidence"),
)
_TEXTS = (
    *("title", "question", "before", "keys", "which", "why", "written", "undone", "no-key", "nothing", "end", "paste"),
    *("portal", "question-portal", "keys-portal"),
    *("answer", "line", "last"),
)


@dataclass(frozen=True, slots=True)
class ReviewWording:
    """The words for answers, for what is shown of a row, and for the conversation."""

    answers: Annotated[Mapping[str, Translations], ANSWERS]
    rows: Annotated[Mapping[str, Translations], ROWS]
    texts: Annotated[Mapping[str, Translations], _TEXTS]


@cache
def load_review_wording() -> ReviewWording:
    """
    Return what `dcat-hk review` says.

    Raises:
        WordingError: `review.toml` lacks a key, has one too many, or holds a value that cannot be used.

    >>> load_review_wording().answers["dropped"]["en"]
    'dropped'
    """
    return TableReader("review.toml").read_record(ReviewWording, read_toml(__package__, "review.toml"))


def find_answer(words: str) -> Verdict | None:
    """
    Return the answer that words mean: its code, or what it is called in any language; None for other words.

    Args:
        words: What a person wrote.

    >>> find_answer("Not the same"), find_answer("part-of"), find_answer("perhaps")
    ('not-same', 'part-of', None)
    """
    return _by_words().get(fold(words))


@cache
def _by_words() -> Mapping[str, Verdict]:
    """Return answers by their folded words."""
    answers = load_review_wording().answers
    words = {fold(text): verdict for verdict in ANSWERS for text in answers[verdict].values()}
    return words | {fold(verdict): verdict for verdict in ANSWERS}
