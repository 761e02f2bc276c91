"""Turtle and its relatives with wrong IRIs and tags, and all that only looks like one."""

import time

import pytest
from support.bounds import is_within

from dcat_hk.checking.sources.iris import TermFixer
from dcat_hk.checking.sources.turtletext import rewrite_turtle, tokens


def rewritten(tmp_path, text, base="http://a.example/"):
    """Return a text rewritten, and the lines and values of findings."""
    (tmp_path / "a").write_text(text, encoding="utf-8")
    fixer = TermFixer("a", base)
    rewrite_turtle(tmp_path / "a", tmp_path / "b", fixer)
    return (tmp_path / "b").read_text(encoding="utf-8"), [(f.line, f.value) for f in fixer.findings]


@pytest.mark.parametrize(
    "text",
    [
        '<urn:a> <urn:b> "<x y>" .',
        "<urn:a> <urn:b> '''\n<x y> \" ' '' ''' .",
        '<urn:a> <urn:b> """a\\"""<x y>""" .',
        '# <x y> "\n<urn:a> <urn:b> <urn:c> .',
        "<urn:a> <urn:b> <urn:c#d> . # it's\n",
        "@prefix e: <urn:e:> . e:a\\'b e:p <urn:c> .",
        "<urn:a> <urn:b> << <urn:a> <urn:b> <urn:c> >> .",
        "<urn:a> <urn:b> 'x'@en-GB , 'y'@en--ltr , 3 .",
        "<> <#a> <b> .",
        "<a <b> <c\n",
    ],
)
def test_what_is_right_or_no_term_stays_as_it_is(tmp_path, text):
    """Signs in texts and comments are no IRIs; what has no syntax is left to the parser."""
    changed, found = rewritten(tmp_path, text)
    assert changed == text or text.startswith("<a <b>")
    assert not found or text.startswith("<a <b>")


def test_terms_change_in_their_lines(tmp_path):
    """Each wrong term is told with its line; all else, texts over several lines included, stays."""
    text = (
        '@prefix d: <http://a.example/d# > .\n<a b> d:p """x\n<y z>"""@zh_Hant ;\n'
        "  d:q <http://a.example/\\u0020x> , \"1\"^^<d t> . # <n o>\n<%zz> d:p 'v'@de_AT ."
    )
    changed, found = rewritten(tmp_path, text)
    assert changed == (
        '@prefix d: <http://a.example/d#> .\n<a%20b> d:p """x\n<y z>"""@zh-Hant ;\n'
        "  d:q <http://a.example/%20x> , \"1\"^^<d%20t> . # <n o>\n<%25zz> d:p 'v'@de-AT ."
    )
    lines = [(1, "http://a.example/d# "), (2, "a b"), (3, "zh_Hant"), (4, "http://a.example/ x"), (4, "d t")]
    assert found == [*lines, (5, "%zz"), (5, "de_AT")]


def test_half_a_character_is_no_end(tmp_path):
    """An escape of a surrogate, which no character is, makes a wrong IRI and nothing worse."""
    changed, found = rewritten(tmp_path, "<urn:a> <urn:b> <http://a.example/\\ud800x> .")
    assert (changed, found) == ("<urn:a> <urn:b> <http://a.example/%3Fx> .", [(1, "http://a.example/?x")])


@pytest.mark.parametrize("piece", ["<", '"', '"""', "'''\\", "<a", "@", "#", "\\", '"""\\"', "< ", "'\\", ">"])
def test_time_is_linear_whatever_the_text(piece):
    """No run of signs makes it slow."""
    started = time.process_time()
    list(tokens((piece * 100_000).encode()))
    assert is_within(time.process_time() - started, 1)  # Quadratic work takes a hundred times as long.
