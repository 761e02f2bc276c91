"""The glossary of public administration."""

from importlib.resources import files

import pytest

import dcat_hk.core.wording
import dcat_hk.linking
from dcat_hk.core.text import fold
from dcat_hk.core.wording.characters import IDEOGRAPH
from dcat_hk.core.wording.glossary import read_glossary, read_pairs

OWN = files(dcat_hk.linking).joinpath("pairs.tsv")
TABLES = [*sorted(files(dcat_hk.core.wording).joinpath("words").iterdir(), key=str), OWN]
by_table = pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)


def test_every_line_has_two_words():
    """No pair stands twice, in any of the files; a few are two words of one language."""
    pairs = read_glossary()
    assert len(set(pairs)) == len(pairs) > 5000
    assert all(fold(one) and fold(other) for one, other in pairs)
    across = [pair for pair in pairs if not IDEOGRAPH.search(pair[0]) and IDEOGRAPH.search(pair[1])]
    assert len(across) > 0.99 * len(pairs)


@by_table
def test_lines_are_in_order_and_have_words_only(table):
    """Each English word stands on one line, in the order of the alphabet; what it means has no space around it."""
    title, *lines = table.read_text(encoding="utf-8").splitlines()
    assert title.startswith("# ")
    cells = [line.split("\t") for line in lines]
    words = [one for one, *_others in cells]
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
    assert all(len(own) > 1 and all(cell and cell == " ".join(cell.split()) for cell in own) for own in cells)


@by_table
def test_chinese_is_in_traditional_characters(table):
    """What means the same is folded into one script later; the files have one."""
    opencc = pytest.importorskip("opencc")
    simplified = opencc.OpenCC("hk2s")
    changed = [other for _one, other in read_pairs(table) if simplified.convert(other) != other]
    assert len(changed) > 0.5 * len(read_pairs(table))
