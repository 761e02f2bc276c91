"""Files in pieces: cut only where statements end, with blank nodes of two files apart."""

import sys
from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat
from rdflib import BNode, Literal, URIRef
from support.large_files import run_looking, write_large_triples

from dcat_hk.checking.shacl import triples as reading
from dcat_hk.checking.sources import Intake, RdfFile
from dcat_hk.core.errors import NotRdf, NotReadable


def test_every_piece_of_turtle_ends_with_a_statement(tmp_path, monkeypatch):
    """A file with marks of ends in texts, IRIs and comments is cut only where statements end."""
    monkeypatch.setattr(reading, "PIECE", 60)
    lines = [
        "<urn:s{n}> <urn:p> \"a . # <x> \\\" . \" ;\n  <urn:q> 'it . \\' .', <urn:a#b.> . # done .\n",
        "<urn:s{n}> <urn:p> [ <urn:q> 1 ;\n <urn:r> ( 1.5\n 2 ) ] , ex:a.b .\n",
        "# <urn:s> <urn:p> <urn:o> .\n<urn:s{n}> a <urn:C>\n.\n",
        "<urn:s{n}> ex:p\n  1. <urn:t{n}> ex:p 2 .\n",
    ]
    text = "@prefix ex: <urn:x:> .\n" + "".join(lines[n % 4].replace("{n}", str(n)) for n in range(400))
    path = tmp_path / "a.ttl"
    path.write_text(text, encoding="utf-8")
    files = Intake().files([path])
    pieces = reading.divide(files)
    triples = [triple for piece in pieces for triple in blocks_of(piece)]
    assert len(pieces) > 20
    assert Counter(map(no_blank, triples)) == Counter(map(no_blank, blocks_of(reading.FilePiece(*files))))


def blocks_of(piece):
    """Return the triples of a piece."""
    return [(s, p, value) for s, block in reading.blocks(piece) for p, values in block.items() for value in values]


def no_blank(triple):
    """Return a triple without the names of blank nodes."""
    return tuple("_" if term.startswith("_:") else term for term in triple)


@pytest.mark.parametrize("line", ['<urn:a> <urn:p> """x\n. """ .', "PREFIX ex: <urn:y:>", "@base <urn:z:> ."])
def test_turtle_that_may_not_be_cut_is_one_piece(tmp_path, monkeypatch, line):
    """Texts over several lines, and prefixes after the beginning, forbid cutting."""
    monkeypatch.setattr(reading, "PIECE", 60)
    text = "@prefix ex: <urn:x:> .\n" + "<urn:a> ex:p <urn:b> .\n" * 9000 + f"{line}\n" + "<urn:a> ex:p <urn:b> .\n" * 9
    path = tmp_path / "a.ttl"
    path.write_text(text, encoding="utf-8")
    assert len(reading.divide(Intake().files([path]))) == 1


HEADS = ["@prefix ex: <urn:x:> .\n", "@base <urn:x:> .\nPREFIX ex: <urn:x:>\n"]


@pytest.mark.parametrize("head", HEADS)
def test_a_right_guess_cuts_as_a_look_does(tmp_path, monkeypatch, head):
    """A file that may be cut has the same pieces either way."""
    monkeypatch.setattr(reading, "PIECE", 60)
    path = tmp_path / "a.ttl"
    path.write_text(head + "<urn:a> ex:p <urn:b> .\n" * 9000, encoding="utf-8")
    files = Intake().files([path])
    looked, guessed = reading.divide(files), reading.divide(files, guess=True)
    assert len(looked) > 20
    assert [(p.start, p.end, p.head) for p in looked] == [(p.start, p.end, p.head) for p in guessed]
    assert [triple for piece in guessed for triple in blocks_of(piece)] == [
        triple for piece in looked for triple in blocks_of(piece)
    ]


@pytest.mark.parametrize(
    "line",
    [
        '<urn:a> <urn:p> """x\n<urn:a> ex:p <urn:b> .\n""" .',
        "<urn:a> <urn:p> '''x\n. ''' .",
        "PREFIX ex: <urn:y:>",
        "@prefix other: <urn:y:> .",
        "@base <urn:z:> .",
        "<urn:a> <urn:p> <urn:b .",
    ],
)
def test_a_wrong_guess_is_noticed(tmp_path, monkeypatch, line):
    """Whoever reads all pieces of a file that may not be cut, or that is broken, is told that it was a guess."""
    for name in ("PIECE", "_STRETCH", "_HEAD"):
        monkeypatch.setattr(reading, name, 60)
    statement = "<urn:a> ex:p <urn:b> .\n"
    text = HEADS[0] + statement * 9000 + f"{line}\n" + statement * 9000
    path = tmp_path / "a.ttl"
    path.write_text(text, encoding="utf-8")
    pieces = reading.divide(Intake().files([path]), guess=True)
    assert len(pieces) > 20
    with pytest.raises(reading.WronglyCut):
        list(map(blocks_of, pieces))


def test_blank_nodes_of_a_second_file_have_other_labels(tmp_path):
    """The blank nodes of a further file are marked, as subjects and as objects, and nothing else is."""
    for name in "ab":
        (tmp_path / f"{name}.nt").write_text('_:x <urn:p> _:x .\n_:x <urn:p> "_:x" .\n', encoding="utf-8")
    triples = list(reading.read_triples([tmp_path / "a.nt", tmp_path / "b.nt"]))
    assert triples == [
        ("_:x", "<urn:p>", "_:x"),
        ("_:x", "<urn:p>", '"_:x"'),
        ("_:f1.x", "<urn:p>", "_:f1.x"),
        ("_:f1.x", "<urn:p>", '"_:x"'),
    ]


XML = (
    '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:u="urn:x#">'
    "<r:Description><u:p r:parseType='Resource'><u:q>1</u:q></u:p></r:Description></r:RDF>"
)
HEX = "b320103ea4812bb6834a9924910afcb3"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ttl", "[] <urn:p> [ <urn:q> _:b1 ], ( [] 2 ) . " * 40),
        ("a.trig", "<urn:g> { [] <urn:p> [] . }"),
        ("a.jsonld", '{"urn:p": [{"urn:q": "x"}, {"@id": "_:b0"}]}'),
        ("a.rdf", XML),
    ],
)
def test_a_blank_node_has_the_same_label_each_time_that_a_file_is_read(tmp_path, name, text):
    """What has no label in the file is numbered, in every syntax."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    first, second = (list(reading.read_triples([path])) for _time in range(2))
    assert first == second
    assert any(term.startswith("_:") for triple in first for term in triple)


def test_a_text_at_hand_is_read_in_blocks():
    """Neighbouring triples of a subject come together, repeated values once, blank nodes under their own labels."""
    text = "_:b1 <urn:p> 1, 1, [ <urn:q> _:b1 ] . <urn:a> <urn:p> <urn:o> . _:b1 <urn:q> <urn:o> ."
    blocks = list(reading.blocks_of_text(text))
    own = [block for subject, block in blocks if subject == "_:b1"]
    assert ("<urn:a>", {"<urn:p>": ["<urn:o>"]}) in blocks
    assert sum(len(values) for block in own for values in block.values()) == 3
    assert {value for _subject, block in blocks for value in block.get("<urn:q>", ())} == {"_:b1", "<urn:o>"}


def test_labels_that_look_made_up_are_kept_across_pieces(tmp_path):
    """Blank nodes without labels differ from piece to piece; labels of the file are the same in all of them."""
    path = tmp_path / "a.ttl"
    rows = [f"_:{HEX} <urn:p> [ <urn:q> {number} ], _:anonymous.0.1 .\n" for number in range(9000)]
    path.write_text("".join(rows), encoding="utf-8")
    assert len(reading.divide(Intake().files([path]))) > 20
    triples = list(reading.read_triples([path]))
    assert {subject for subject, predicate, _value in triples if predicate == "<urn:p>"} == {f"_:{HEX}"}
    blanks = {value for _subject, predicate, value in triples if predicate == "<urn:p>"}
    assert (len(blanks), len({subject for subject, predicate, _value in triples if predicate == "<urn:q>"})) == (
        9001,
        9000,
    )


def test_terms_of_rdflib_are_as_n_triples_has_them():
    """Infinity has the text of XML Schema, tags are in lower case, and quotation marks are escaped."""
    double = URIRef("http://www.w3.org/2001/XMLSchema#double")
    assert reading.term(Literal("-inf", datatype=double, normalize=False)) == f'"-INF"^^<{double}>'
    assert reading.term(Literal('a "b"\n', lang="zh-Hant")) == r'"a \"b\"\n"@zh-hant'
    assert (reading.term(URIRef("urn:a")), reading.term(BNode("x"))) == ("<urn:a>", "_:x")


def test_a_broken_line_is_counted_from_the_start_of_the_file(tmp_path, monkeypatch):
    """The line of an error is that of the whole file, whichever piece it lies in and whatever stands before it."""
    monkeypatch.setattr(reading, "PIECE", 60)
    text = "@prefix ex: <urn:x:> .\n" + "<urn:a> ex:p <urn:b> .\n" * 20 + "<urn:a> ex:p <urn:b \n"
    path = tmp_path / "a.ttl"
    path.write_text(text, encoding="utf-8")
    pieces = reading.divide(Intake().files([path]))
    assert len(pieces) > 3
    with pytest.raises(NotRdf) as caught:
        list(reading.blocks(pieces[-1]))
    assert caught.value.where == f"{path}:22"


def test_a_missing_file_is_not_readable():
    """A file that went away between naming and reading is an error of the input."""
    file = RdfFile(Path("no/such.nt"), RdfFormat.N_TRIPLES, "no/such.nt", "")
    with pytest.raises(NotReadable, match=r"no/such\.nt"):
        reading.divide([file])


@pytest.mark.skipif(sys.platform != "linux", reason="needs what Linux says of memory")
def test_a_file_that_is_cut_is_no_memory_of_the_process(tmp_path):
    """Pages of a file come with those around them, and all of them count until they are given back."""
    path = tmp_path / "data.nt"
    write_large_triples(path)
    code = """
from dcat_hk.checking.shacl.triples import divide
from dcat_hk.checking.sources import Intake
with Intake() as intake:
    files, before = intake.files([Path(sys.argv[1])]), look()
    print(len(divide(files)), look() - before)
"""
    pieces, more = run_looking(code, path)
    assert pieces > 100
    assert more < 40
