"""
Words of public administration in English and Chinese, as Hong Kong spells them.

In: `glossary.tsv`. Out: pairs of words. It knows nothing of who looks them up.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_glossary() -> tuple[tuple[str, str], ...]:
    """
    Return the pairs of the glossary: a word in English, and the same in Traditional Chinese.

    >>> ("bus", "巴士") in read_glossary()
    True
    """
    lines = files(__package__).joinpath("glossary.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple((one, other) for one, other in pairs)
