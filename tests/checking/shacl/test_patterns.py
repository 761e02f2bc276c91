"""Patterns of XPath as trees: what is read, and what is refused with its place."""

import pytest

from dcat_hk.checking.shacl.matching import make_search
from dcat_hk.checking.shacl.patterns import MalformedPattern, read_pattern

#: Pattern, flags, a text with a match and a text without.
READ = [
    (r"^\p{L}+$", "", "漢字é", "a1"),
    (r"^\P{L}+$", "", "123", "a"),
    (r"^\p{IsBasicLatin}*$", "", "a~", "é"),
    (r"^\p{IsGreek}+$", "", "αβ", "a"),
    (r"^\p{Lu}\p{Nd}$", "", "A٣", "a1"),
    (r"^\i\c*$", "", "_a-1", "1a"),
    (r"^\I\C$", "", "1 ", "ab"),
    ("^[a-z-[aeiou]]+$", "", "xyz", "xaz"),
    ("^[^a-z-[0-9]]+$", "", "AB", "A1"),
    (r"^[\p{L}-[\p{Lu}]]$", "", "a", "A"),
    (r"^\w$", "", "é", "_"),
    (r"^\d$", "", "٣", "²"),
    (r"^\s$", "", "\t", "\u00a0"),
    (r"^[\w.-]+$", "", "a.b-c", "a b"),
    (r"^[\d\-]+$", "", "1-2", "1_2"),
    (r"^[\[\]]$", "", "[", "\\"),
    ("a.b", "", "a\tb", "a\nb"),
    ("a.b", "", "a\u2028b", "a\rb"),
    ("a.b", "s", "a\nb", "ab"),
    ("[.]$", "", "a.", "ab"),
    ("^a.$", "", "ab", "ab\n"),
    ("^b", "m", "a\nb", "ab"),
    ("^$", "m", "\n\na", "a\n"),
    ("a$", "m", "a\nb", "ab"),
    ("a.b", "q", "xa.bx", "axb"),
    ("A.B", "qi", "a.b", "axb"),
    ("A B", "ix", "ab", "a b"),
    ("[ ]#", "x", " #", "#"),
    ("straße", "i", "STRAßE", "strasse"),
    ("k", "i", "\u212a", "q"),
    ("(?i)abc", "", "ABC", "ab"),
    (r"^(a)(b)?\1$", "", "aa", "ab"),
    (r"(?=ab)a", "", "ab", "ac"),
    (r"\bab\b", "", "x ab", "xab"),
    (r"^https?:\/\/", "", "http://a", "http:a"),
    ("^a{2,3}$", "", "aa", "a"),
    ("^a{2,}$", "", "aaaa", "a"),
    ("a|b|c", "", "xc", "x"),
    ("^(?:ab|cd)+?$", "", "abcd", "abc"),
    (r"\\p", "", r"\p", "p"),
    ("", "", "", None),
    ("^[]-a]$".replace("]-", r"\]-"), "", "^", "b"),
    ("^}]$", "", "}]", "}"),
]


@pytest.mark.parametrize(("pattern", "flags", "good", "bad"), READ)
def test_patterns_mean_what_xpath_says(pattern, flags, good, bad):
    """Categories, blocks, escapes, subtraction, flags, points and line ends have the meaning of XPath."""
    search = make_search(pattern, flags)
    assert search(good) is True
    assert bad is None or search(bad) is False


REFUSED = {
    "(": ("“(” is never closed", 1),
    "a)": ("“)” closes nothing", 2),
    "a{,3}": ("braces that are no quantifier of XPath, such as {0,3}", 2),
    "a{ 1, 3 }": ("braces that are no quantifier of XPath, such as {0,3}", 2),
    "a{1234567890}": ("braces that are no quantifier of XPath, such as {0,3}", 2),
    "*a": ("there is nothing to repeat", 1),
    "a|+": ("there is nothing to repeat", 3),
    "{2}": ("there is nothing to repeat", 1),
    "a**": ("a quantifier follows another", 3),
    "a{2}{3}": ("a quantifier follows another", 5),
    "a{3,2}": ("a quantifier ends before it begins", 2),
    "[a": ("“[” is never closed", 1),
    "[]": ("a class is empty", 1),
    "[z-a]": ("a range ends before it begins", 2),
    r"[a-\d]": ("a range has no end", 2),
    "[a-[b]c]": ("a subtraction is not the end of its class", 7),
    r"\p{Han}": ("there is no category or block “Han”", 1),
    r"\p{IsNowhere}": ("there is no category or block “IsNowhere”", 1),
    r"\pL": ("“\\p” names no category", 1),
    r"a\q": ("there is no escape “\\q”", 2),
    r"\Z": ("there is no escape “\\Z”", 1),
    r"(a)\2": ("“\\2” refers to no group before it", 4),
    r"(a\1)": ("“\\1” refers to no group before it", 3),
    "(?P<n>a)": ("“(?” begins nothing that XPath knows", 1),
    "a\\": ("the pattern ends too early", 2),
    "(" * 70 + ")" * 70: ("brackets lie more than 60 deep", 61),
}


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_is_no_pattern_is_refused_with_its_place(pattern):
    """The error says what is wrong and at which character, counted from one."""
    what, place = REFUSED[pattern]
    with pytest.raises(MalformedPattern) as caught:
        read_pattern(pattern)
    assert str(caught.value) == f"{what}, at character {place}"


def test_unknown_flags_are_refused():
    """A letter that is no flag is named."""
    with pytest.raises(MalformedPattern, match="there is no flag “g”"):
        read_pattern("a", "ig")


def test_alternatives_of_single_characters_are_one_set():
    """A choice among characters is read as a class, which needs no backtracking."""
    assert read_pattern("(?:a|[bc]|d)").parts[0].chars == ((97, 100),)
