"""The syntax of a file: by name, media type, beginning, or by reading it."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from dcat_hk.checking.sources.syntaxes import find_syntax, likely_syntaxes, refusal, statements, syntax_of


@pytest.mark.parametrize(
    ("start", "first"),
    [
        (b"[] a <urn:x> .", "TURTLE"),
        (b"[ a <urn:x> ] .", "TURTLE"),
        (b'[\n{"@id"', "JSON_LD"),
        (b'{ "a"', "JSON_LD"),
        (b"{ <urn:a> <urn:b> 1 }", "TURTLE"),
        (b"\xef\xbb\xbf<?xml", "RDF_XML"),
        (b"<urn:a>", "TURTLE"),
        (b"", "TURTLE"),
    ],
)
def test_beginnings_are_told_apart(start, first):
    """What Turtle, TriG and JSON-LD may all begin with is told apart by what follows."""
    assert likely_syntaxes(start)[0] == getattr(RdfFormat, first)


def test_endings_count_in_any_case_and_before_gz():
    """An ending says the syntax in capitals and compressed; another one says nothing."""
    names = ("A.TTL", "b.nq.gz", "c.json", "d.owl", "e.gz", "ttl")
    kinds = [syntax_of(Path(name)) for name in names]
    assert kinds == [RdfFormat.TURTLE, RdfFormat.N_QUADS, RdfFormat.JSON_LD, RdfFormat.RDF_XML, None, None]


@pytest.mark.parametrize(
    ("text", "syntax"),
    [
        ("<urn:a> <urn:b> <c> .", RdfFormat.TURTLE),
        ("<urn:a> <urn:b> <urn:c> .\n<urn:a> <urn:b> <urn:c> <urn:g> .", RdfFormat.N_QUADS),
        ("@prefix : <urn:x:> . :g { :a :b :c }", RdfFormat.TRIG),
    ],
)
def test_the_syntax_is_that_in_which_the_whole_file_can_be_read(tmp_path, text, syntax):
    """Files that begin alike are told apart by what follows."""
    path = tmp_path / "x"
    path.write_text(text, encoding="utf-8")
    assert find_syntax(path, "https://a.example/") == syntax


def test_the_syntax_is_that_which_got_furthest(tmp_path):
    """Of the syntaxes that fail the one in which most lines could be read is meant."""
    path = tmp_path / "x"
    path.write_text("@prefix : <urn:x:> .\n:a :b :c .\n:a :b .\n", encoding="utf-8")
    assert find_syntax(path, "https://a.example/") == RdfFormat.TURTLE


def test_a_literal_that_no_parser_reads_is_refused_in_words():
    """A parser that gives up on a long literal is no lack of memory."""
    assert "too long to be read" in str(refusal(MemoryError(), "a.nt"))


def test_line_numbers_start_in_the_whole_file():
    """An error in a piece is told with the line of the file."""
    error = SyntaxError("odd")
    error.lineno = 3
    assert refusal(error, "a.ttl", before=10).where == "a.ttl:13"


@pytest.mark.parametrize(
    "document", ['{"@id": "urn:a b", "urn:p": 1}', '{"urn:p": {"@value": "x", "@language": "a_b"}}']
)
def test_json_ld_with_a_term_that_is_none_is_refused(document):
    """An IRI with a space or a tag with an underscore is an error, where the standard would drop the statement."""
    with pytest.raises(SyntaxError, match=r"no IRI|no language tag"):
        list(statements(document.encode(), RdfFormat.JSON_LD, None))
    assert len(list(statements(b'{"@id": "urn:a", "urn:p": 1, "key": 2}', RdfFormat.JSON_LD, None))) == 1


def test_a_reason_is_one_short_line_of_printable_text():
    """A parser quotes what it cannot read; that must neither move a cursor nor fill a screen."""
    text = str(refusal(SyntaxError("odd: \x1b[2J\n" + "x" * 10_000), "a.ttl"))
    assert (len(text.splitlines()), "\x1b" in text, len(text) < 500) == (1, False, True)


def test_language_tags_are_in_small_letters_in_every_syntax():
    """Tags are compared as strings, so each syntax gives them alike."""
    texts = {
        RdfFormat.JSON_LD: '{"@id": "urn:a", "urn:p": {"@value": "x", "@language": "zh-Hant-HK"}}',
        RdfFormat.TURTLE: '<urn:a> <urn:p> "x"@zh-Hant-HK .',
        RdfFormat.N_QUADS: '<urn:a> <urn:p> "x"@zh-Hant-HK .',
    }
    seen = {str(quad) for kind, text in texts.items() for quad in statements(text.encode(), kind, "https://a.example/")}
    assert seen == {'<urn:a> <urn:p> "x"@zh-hant-hk'}
