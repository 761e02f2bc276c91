"""
Words of public administration in English and Chinese, as Hong Kong spells them.

In: the files of `words/`, one for each field; a line is a word in English and what it is in Traditional Chinese,
separated by tabs. Out: pairs of words. It knows nothing of who looks them up.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable


@cache
def read_glossary() -> tuple[tuple[str, str], ...]:
    """
    Return the pairs of the glossary: a word in English, and the same in Traditional Chinese.

    >>> ("bus", "巴士") in read_glossary()
    True
    """
    tables = sorted(files(__package__).joinpath("words").iterdir(), key=lambda file: file.name)
    return tuple(pair for file in tables if file.name.endswith(".tsv") for pair in read_pairs(file))


def read_pairs(file: Traversable) -> list[tuple[str, str]]:
    """
    Return the pairs of a file of words.

    Args:
        file: The file: on each line a word, and those that mean the same in the other language, separated by tabs.

    >>> len(read_pairs(files(__package__).joinpath("words", "transport.tsv"))) > 300
    True
    """
    lines = file.read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return [(one, other) for one, *others in cells for other in others]
