"""The digest of a row tells which of its fields were changed, and is read as it was written."""

from support.entries import make_entry

from dcat_hk.core.place import Place
from dcat_hk.core.rowdigests import ENTRY_FIELDS, digest_row, digest_value, read_digest


def test_a_digest_is_read_as_it_was_written():
    """Number, count and the digits of each field come back."""
    entry = make_entry()
    digest = digest_row(entry, 3, 120)
    assert str(digest).startswith("3/120 ")
    assert read_digest(str(digest)) == digest
    other = digest_row(entry._replace(title="another", formats=("JSON",)), 3, 120)
    assert [name for name in ENTRY_FIELDS if other.fields[name] != digest.fields[name]] == ["title", "formats"]


def test_what_prints_the_same_has_the_same_digits():
    """A list is its text, and so is a place, whatever it was made of."""
    assert digest_value(("2024-01", "2024-03")) == digest_value("2024-01 2024-03")
    assert digest_value(Place(8, 8, "sheet A, row 7", "sheet A, row 7")) == digest_value("sheet A, row 7")


def test_other_texts_are_no_digest():
    """What is cut off, or of another version with other fields, says nothing."""
    text = str(digest_row(make_entry(), 1, 1))
    assert [read_digest(each) for each in ("", text[:-1], f"{text}0", text.replace(" ", ""))] == [None] * 4
