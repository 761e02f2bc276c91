"""Sets of characters: operations, and the data of Unicode that patterns name."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dcat_hk.checking.shacl.charsets import (
    ALL,
    contains,
    escape_set,
    joined,
    others,
    property_set,
    with_variants,
    without,
)

RANGES = st.lists(st.tuples(st.integers(0, 300), st.integers(0, 20)).map(lambda pair: (pair[0], sum(pair))), max_size=6)


@given(RANGES, RANGES)
def test_operations_are_those_of_sets(left, right):
    """Union, complement and difference of ranges are those of the sets of their members."""

    def of(ranges):
        return {code for first, last in ranges for code in range(first, last + 1)}

    one, two = joined(left), joined(right)
    assert of(joined(one, two)) == of(left) | of(right)
    assert of(without(one, two)) == of(left) - of(right)
    assert others(others(one)) == one
    assert joined(one, others(one)) == ALL


#: The kinds of each kind of characters.
_KINDS = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "S": "mcko", "Z": "slp", "C": "cfson"}
CATEGORIES = [first + second for first, seconds in _KINDS.items() for second in seconds]


def test_categories_are_complete():
    """Every character is in exactly one category, and in the one that Unicode's data of Python state unless newer."""
    assert sum(last - first + 1 for name in CATEGORIES for first, last in property_set(name)) == ALL[0][1] + 1
    assert joined(*(property_set(name) for name in CATEGORIES)) == ALL
    known = [chr(code) for code in range(0x30000) if unicodedata.category(chr(code)) != "Cn"]
    different = [char for char in known if not contains(property_set(unicodedata.category(char)), char)]
    assert len(different) < 40


@pytest.mark.parametrize("name", ["L", "M", "N", "P", "S", "Z", "C"])
def test_a_category_of_one_letter_holds_those_of_two(name):
    """The letter L stands for all letters, and so on."""
    assert property_set(name) == joined(*(property_set(other) for other in CATEGORIES if other.startswith(name)))


@pytest.mark.parametrize("letter", ["s", "d", "w", "i", "c"])
def test_capital_escapes_are_the_rest(letter):
    """A capital escape stands for what the small one does not."""
    assert escape_set(letter.upper()) == others(escape_set(letter))


def test_case_variants_go_both_ways():
    """Letters with the same small or capital letter are variants of each other; marks and digits have none."""
    assert [with_variants(((ord(char), ord(char)),)) for char in "ſ7漢"] == [
        ((83, 83), (115, 115), (0x17F, 0x17F)),
        ((55, 55),),
        ((0x6F22, 0x6F22),),
    ]
