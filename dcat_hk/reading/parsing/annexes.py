"""
Annexes of a letter: which section each is, where the text above says what the annex has.

In: the blocks of a document and the years of its plan. Out: codes of sections by the letters of annexes. The letter of
an annex of which the text says something else is no letter of a section.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...core.text import plain
from ...core.wording.plans import load_plan_wording
from ..documents import Block, Document
from ..recognisers.headings import CODES, SectionHeading, choose_section, read_signs
from .head import text_of_line

_SIGNS = load_plan_wording().section_signs
#: A longer line is no text of a letter.
_LONGEST = 600


def read_annexes(document: Document, blocks: Sequence[Block], plan: tuple[int, ...]) -> Mapping[str, str]:
    """
    Return the code of the section that each annex is, by its letter as a code; nothing where sentences disagree.

    Args:
        document: Where the blocks are.

        blocks: All blocks.

        plan: The first and the last year of the plan.
    """
    codes: dict[str, str] = {}
    for block in blocks:
        text = plain(text_of_line(document, block)).strip()
        if not text or len(text) > _LONGEST or not _SIGNS.annex.search(text):
            continue
        for sentence in _SIGNS.between_annexes.split(text):
            mentions = list(_SIGNS.annex.finditer(sentence))
            if len(mentions) != 1 or is_annex(sentence):
                continue
            code = _read_sentence(sentence[: mentions[0].start()] + " " + sentence[mentions[0].end() :], plan)
            letter = mentions[0]["letter"]
            key = _SIGNS.letters.get(letter, letter.upper())
            if code:
                codes[key] = code if codes.get(key, code) == code else ""
    return codes


def is_annex(text: str) -> bool:
    """
    Tell whether a plain text is the heading of an annex and nothing else.

    >>> is_annex("annex a"), is_annex("附件甲:"), is_annex("annex a: datasets to be released in 2026")
    (True, True, False)
    """
    signs = read_signs(text)
    return signs.bare and bool(signs.letter) and bool(_SIGNS.annex.match(text.strip(" [(")))


def names_annex(text: str) -> bool:
    """
    Tell whether a text speaks of an annex and is not the heading of one.

    >>> names_annex("What we released is at Annex B."), names_annex("Annex B")
    (True, False)
    """
    folded = plain(text).strip()
    return bool(_SIGNS.annex.search(folded)) and not _SIGNS.annex.match(folded)


def match_annex(annexes: Mapping[str, str], text: str) -> SectionHeading | None:
    """
    Return the section that the heading of an annex opens, None if a text is none or nothing was said of it.

    Args:
        annexes: The sections that annexes are, by letter.

        text: A plain text.

    >>> match_annex({"A": "D"}, "annex a").code, match_annex({"A": "D"}, "annex b")
    ('D', None)
    """
    code = annexes.get(read_signs(text).letter) if annexes and is_annex(text) else None
    return None if code is None else SectionHeading(code, (), 1, lettered=True, decided=True)


def _read_sentence(words: str, plan: tuple[int, ...]) -> str:
    """Return the code of the section that a sentence without its annex speaks of, nothing if it says none."""
    signs = read_signs(words.strip())
    if not signs.codes and not signs.years:
        return ""
    return choose_section(signs, plan, ("", ""), frozenset(CODES))
