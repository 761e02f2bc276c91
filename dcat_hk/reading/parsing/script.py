"""
Which script a plan is in.

In: a document. Out: the code of the script of most of its text.
"""

from __future__ import annotations

from typing import Literal

from ...core.text import count_letters, script_of
from ..documents import Document
from ..documents.document import spans_of_block

#: A plan with this many times more Latin letters than ideographs is in English: a Chinese one names formats in Latin
#: letters, an English one quotes Chinese names.
_LATIN_TO_AN_IDEOGRAPH = 4


def find_script(document: Document, is_chinese: bool = False) -> Literal["Hant", "Hans", "Latn"]:
    """
    Return the script of most of the text in a document's blocks; of its lines if it has no blocks.

    Args:
        document: Any document.

        is_chinese: Whether it is known to be in Chinese, whatever else stands in it.
    """
    texts: list[str] = []
    for block in document.blocks:
        texts += [document.slice(span) for span in spans_of_block(block)]
    text = "".join(texts or document.lines)
    ideographs, latin = count_letters(text)
    if not is_chinese and latin > ideographs * _LATIN_TO_AN_IDEOGRAPH:
        return "Latn"
    return script_of(text)  # type: ignore[return-value]
