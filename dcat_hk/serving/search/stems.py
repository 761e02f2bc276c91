"""
English words -> the form in which a text and a question have the same word.

In: words in lower case. Out: what SQLite's stemmer is given, or makes of it. Plurals that it does not know, American
spelling and words whose stem is that of another word (parking and parks) are turned into words that it treats well.

Spec: the stemmer of SQLite's FTS5, which is that of M. F. Porter.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

from ...core.wording.characters import IDEOGRAPH

#: What stands at the end of a word that is not stemmed: the stemmer knows endings of letters only.
_KEPT = "0"
#: American spelling: organization, labor.
_IZE = re.compile(r"(?<=[a-z]{3})iz(?=(?:e|es|ed|er|ers|ing|ation|ations|ational)$)")
_OR = re.compile(r"^(col|lab|harb|neighb|behavi|fav|hon|vap)or(?!at)")


def spell_word(word: str) -> str:
    """
    Return a word as it is written into the index, and looked for.

    Args:
        word: A word in lower case.

    >>> spell_word("buses"), spell_word("organization"), spell_word("labor"), spell_word("parking")
    ('bus', 'organisation', 'labour', 'parking0')
    """
    if not word.isascii():
        return word
    return read_spellings().get(word) or _OR.sub(r"\1our", _IZE.sub("is", word))


@cache
def read_spellings() -> Mapping[str, str]:
    """
    Return the words that are read as another one.

    >>> read_spellings()["children"]
    'child'
    """
    spellings: dict[str, str] = {}
    text = files(__package__).joinpath("stems.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            word, _tab, other = line.partition("\t")
            kept = word.startswith("=")
            word = word.removeprefix("=")
            spellings[word] = (other or word) + (_KEPT if kept else "")
    return spellings


def find_stems(words: Iterable[str]) -> list[str]:
    """
    Return the stems of words, as the index has them.

    Args:
        words: Words in lower case, ideographs among them.

    >>> find_stems(["buses", "flooding", "parking", "巴士"])
    ['bu', 'flood', 'parking0', '巴士']
    >>> find_stems(["licences"]) == find_stems(["licensed"]), find_stems(["facilities"])
    (True, ['facil'])
    """
    listed = [spell_word(word) for word in words]
    if all(IDEOGRAPH.match(word) for word in listed):
        return listed  # Ideographs have no endings.
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE VIRTUAL TABLE words USING fts5(word, tokenize='porter unicode61')")
        database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('words', 'instance')")
        database.executemany("INSERT INTO words (rowid, word) VALUES (?, ?)", enumerate(listed))
        stems = dict(database.execute("SELECT doc, term FROM terms"))
    database.close()
    return [stems.get(number, word) for number, word in enumerate(listed)]
