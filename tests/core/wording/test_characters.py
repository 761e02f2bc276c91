"""Tables of characters."""

import pytest
from opencc import OpenCC

from dcat_hk.core.wording.characters import load_characters, read_characters
from dcat_hk.core.wording.records import WordingError

TABLES = {"neutral": "丨", "radicals": {"⽔": "水"}, "variants": {"週": "周"}, "hong_kong": {"里面": "裏面"}}


def test_tables_become_a_record():
    """Each table of the file is a field of the record."""
    characters = read_characters(TABLES)
    assert (characters.radicals, characters.hong_kong) == ({"⽔": "水"}, {"里面": "裏面"})


@pytest.mark.parametrize("table", ["radicals", "variants"])
@pytest.mark.parametrize("key", ["", "每週"])
def test_only_one_character_can_be_replaced(table, key):
    """A word among the characters would never be replaced; it is refused with its key."""
    with pytest.raises(WordingError, match=rf"^characters\.toml: {table}\.{key}: Expected one character"):
        read_characters(TABLES | {table: {key: "x"}})


def test_no_replacement_is_replaced_again():
    """What stands for a variant is no variant itself, so that one pass over a text is enough."""
    variants = load_characters().variants
    assert not {character for text in variants.values() for character in text} & set(variants)


def test_neutral_ideographs_are_those_that_nobody_simplified():
    """Of the ideographs that only the mainland's code table has, the converter leaves the neutral ones alone."""
    rows, cells = range(0xB0, 0xF8), range(0xA1, 0xFF)
    encoded = (bytes([row, cell]).decode("gb2312", "ignore") for row in rows for cell in cells)
    alone = [character for character in encoded if character and not character.encode("big5", "ignore")]
    unchanged = OpenCC("s2t")
    assert set(load_characters().neutral) == {each for each in alone if unchanged.convert(each) == each}


def test_the_tables_are_read_once():
    """Every caller has the same record."""
    assert load_characters() is load_characters()
