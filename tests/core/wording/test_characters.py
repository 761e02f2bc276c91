"""Tables of characters."""

import pytest

from dcat_hk.core.wording.characters import load_characters, read_characters
from dcat_hk.core.wording.records import WordingError

TABLES = {"radicals": {"⽔": "水"}, "variants": {"週": "周"}, "hong_kong": {"里面": "裏面"}}


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


def test_the_tables_are_read_once():
    """Every caller has the same record."""
    assert load_characters() is load_characters()
