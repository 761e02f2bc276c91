"""TOML tables as records."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Literal

import pytest

from dcat_hk.core.wording.records import TableReader, WordingError, inline, read_toml

READER = TableReader("x.toml")


@dataclass(frozen=True)
class Size:
    """A record with a field of each kind of value."""

    most: int
    share: float
    unit: Literal["cm", "m"]
    marks: tuple[re.Pattern[str], ...]
    pair: tuple[str, int]
    names: Annotated[Mapping[str, str], ("en",)]


TABLE = {"most": 3, "share": 1, "unit": "cm", "marks": ["a+"], "pair": ["week", 2], "names": {"en": "size"}}


def test_a_table_becomes_a_record():
    """Every value has the type of its field: a pattern is compiled, a list a tuple, a whole number a fraction."""
    size = READER.read_record(Size, TABLE)
    assert (size.most, size.share, type(size.share), size.pair) == (3, 1.0, float, ("week", 2))
    assert size.marks[0].fullmatch("aaa")


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("most", True, "most"),
        ("most", 3.0, "most"),
        ("unit", "km", "unit"),
        ("marks", [], "marks"),
        ("marks", "a", "marks"),
        ("marks", ["a", "("], r"marks\[1\]"),
        ("marks", ["{month}"], r"marks\[0\]"),
        ("pair", ["week"], "pair"),
        ("pair", ["week", "2"], r"pair\[1\]"),
        ("names", {"en": "x", "fr": "y"}, r"names\.fr"),
        ("names", {}, r"names\.en"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(key, value, place):
    """The error names file and key; a truth value is no number, and a text no list of texts."""
    with pytest.raises(WordingError, match=rf"^x\.toml: size\.{place}: "):
        READER.read_record(Size, TABLE | {key: value}, "size")


def test_a_pattern_of_several_lines_stays_one_alternative():
    """Inside another pattern the blanks of a verbose pattern do not count, and those around it still do."""
    inner = inline("day  # one of them\n | week")
    assert re.fullmatch(f"every {inner}", "every week")
    assert not re.fullmatch(f"every {inner}", "everyweek")


def test_counts_of_a_pattern_are_no_placeholders():
    """Braces around numbers are left to the regular expression; filled in, a placeholder is gone."""
    reader = TableReader("x.toml", lambda _key, pattern: pattern.replace("{month}", "(?:May|June)"))
    assert reader.compile(r"{month} \d{4}", "date").fullmatch("June 2024")


def test_a_file_that_is_no_toml_is_named(tmp_path, monkeypatch):
    """A mistake of writing is told with the name of the file."""
    package = tmp_path / "a_package_of_words"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "words.toml").write_text("[[a", encoding="utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(WordingError, match=r"^words\.toml: The file is not valid TOML"):
        read_toml("a_package_of_words", "words.toml")
