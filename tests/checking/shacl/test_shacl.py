"""The compiled engine: the same results as pyshacl, from any syntax, in any number of processes; the rest refused."""

import csv
import gzip
import random
import re
import tomllib
from collections import Counter
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import Graph
from support.paths import GOLDEN, ROOT
from support.shacl_agreement import is_listed, of_ours, of_pyshacl
from support.shacl_mutants import CHANGES, mutant

from dcat_hk.checking.shacl import Unsupported, compile_shapes, spool
from dcat_hk.checking.shacl import engine as running
from dcat_hk.checking.shacl import triples as reading
from dcat_hk.checking.shacl.literals import XSD, compare, well_formed
from dcat_hk.checking.shacl.paths import read_path
from dcat_hk.checking.shacl.shapes import graph_of, vocabulary
from dcat_hk.checking.shacl.triples import read_triples
from dcat_hk.checking.sources import Intake
from dcat_hk.checking.sources.syntaxes import syntax_of
from dcat_hk.checking.validating.profiles import load_shapes
from dcat_hk.core.errors import NotRdf, NotReadable

BASE = "https://example.org/dcat-hk/"
CATALOGUE = ROOT / "output" / "catalogue.ttl"
OFFICIAL = ("shapes", "range", "shapes_recommended", "mdr-vocabularies.shape", "deprecateduris", "dcat-ap-SHACL")
PREFIXES = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix ex: <urn:x:> .
"""
DIFFERENCES = tomllib.loads((ROOT / "tests/truth/shacl-differences.toml").read_text(encoding="utf-8"))["difference"]


def turtle(text):
    """Return a graph of rdflib."""
    return Graph().parse(data=PREFIXES + text, format="turtle")


@pytest.fixture(scope="module")
def ours():
    """Return the Hong Kong profile, its constraints on the future as patterns."""
    return load_shapes("dcat-ap-hk", BASE, "2026-11-20")


@pytest.fixture(scope="module")
def small():
    """Return the smallest plan's catalogue."""
    return Graph().parse(ROOT / "output/plans/hk-itib/2026-2028.ttl")


@pytest.fixture(scope="module")
def sets(ours, shared):
    """Return every set of shapes as a graph and as a program."""
    graphs = {"ours": ours}
    for name in OFFICIAL:
        graphs[name] = Graph().parse(shared / "reference/dcat-ap-3.0.1" / f"{name}.ttl")
    return {name: (graph, compile_shapes(graph)) for name, graph in graphs.items()}


# ---- the same results


def test_both_engines_agree_on_the_catalogue(sets, small):
    """On a catalogue as it is built, every set of shapes gives the same results in both engines."""
    for name, (graph, program) in sets.items():
        assert of_ours(program, small) == of_pyshacl(small, graph), name


@pytest.mark.parametrize("seed", range(8))
def test_both_engines_agree_on_mutants(sets, small, seed):
    """On broken catalogues, every set of shapes gives the same results, but for what is listed as different."""
    broken = mutant(small, seed, 2 * len(CHANGES))
    for name, (graph, program) in sets.items():
        compiled, reference = of_ours(program, broken), of_pyshacl(broken, graph)
        assert {result for result in compiled ^ reference if not is_listed(result)} == set(), name


@pytest.mark.parametrize("difference", DIFFERENCES, ids=lambda row: row["title"])
def test_where_the_engines_differ(difference):
    """Every listed difference is there: each engine finds as much as the list says."""
    shapes = turtle(difference["shapes"])
    data = turtle(difference["data"].replace("\n", "\\n"))
    assert len(of_ours(compile_shapes(shapes), data)) == difference["compiled"]
    assert len(of_pyshacl(data, shapes)) == difference["pyshacl"]


PATHS = (
    "( ex:p ex:q )",
    "[ sh:inversePath ex:p ]",
    "[ sh:alternativePath ( ex:p ex:q ) ]",
    "[ sh:zeroOrMorePath ex:p ]",
    "[ sh:oneOrMorePath ex:p ]",
    "[ sh:zeroOrOnePath ex:p ]",
    "( [ sh:inversePath ex:p ] ex:q )",
    "[ sh:alternativePath ( ( ex:p ex:q ) [ sh:inversePath ex:p ] ) ]",
    "( ex:p [ sh:zeroOrMorePath ex:q ] )",
    "( ex:p ( ex:q ex:r ) )",
    "[ sh:zeroOrMorePath [ sh:alternativePath ( ex:p [ sh:inversePath ex:q ] ) ] ]",
    "[ sh:oneOrMorePath ( ex:p ex:q ) ]",
)


@pytest.mark.parametrize("path", PATHS)
def test_both_engines_agree_on_paths(path):
    """Every kind of path leads to the same values, and is written the same way."""
    shapes = turtle(f"ex:s sh:targetSubjectsOf ex:p, ex:q ; sh:path {path} ; sh:nodeKind sh:Literal ; sh:maxCount 0 .")
    data = turtle(
        'ex:a ex:p ex:b, ex:c . ex:b ex:q ex:d, 1 . ex:c ex:q ex:a ; ex:p ex:c . ex:d ex:r 5, ex:a ; ex:p ex:a, "x" .'
    )
    found = of_ours(compile_shapes(shapes), data)
    assert found == of_pyshacl(data, shapes)
    assert found


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("[ sh:inversePath ( ex:p ex:q ) ]", "^(<urn:x:p>/<urn:x:q>)"),
        ("[ sh:zeroOrMorePath [ sh:inversePath ex:p ] ]", "(^<urn:x:p>)*"),
        ("[ sh:alternativePath ( ex:p ( ex:q ex:r ) ) ]", "<urn:x:p>|<urn:x:q>/<urn:x:r>"),
        ("( [ sh:alternativePath ( ex:p ex:q ) ] ex:r )", "(<urn:x:p>|<urn:x:q>)/<urn:x:r>"),
        ("[ sh:inversePath [ sh:oneOrMorePath ex:p ] ]", "^<urn:x:p>+"),
    ],
)
def test_paths_are_written_as_sparql_has_them(path, written):
    """A path has brackets where SPARQL needs them."""
    graph = graph_of(reading.strings(turtle(f"ex:s sh:path {path} .")))
    (node,) = graph["<urn:x:s>"]["<http://www.w3.org/ns/shacl#path>"]
    assert str(read_path(graph, node)) == written


RULES = {
    "closed": ("sh:node [ sh:closed true ; sh:ignoredProperties ( rdf:type ) ; sh:property [ sh:path ex:p ] ]",
               "ex:a ex:p ex:b . ex:b a ex:C ; ex:p ex:c ; ex:q 1 ."),
    "closed at values": ("sh:closed true ; sh:property [ sh:path ex:p ]", "ex:a ex:p ex:b . ex:b ex:p ex:c ; ex:q 1 ."),
    "or": ("sh:or ( [ sh:nodeKind sh:IRI ] [ sh:datatype xsd:integer ] )", 'ex:a ex:p ex:b, 1, "x" .'),
    "or of paths": ("sh:or ( [ sh:path ex:q ; sh:minCount 1 ] [ sh:path ex:r ; sh:minCount 1 ] )",
                    "ex:a ex:p ex:b, 1, ex:c . ex:c ex:r 1 ."),
    "xone": ("sh:xone ( [ sh:nodeKind sh:IRI ] [ sh:class ex:C ] )", "ex:a ex:p ex:b, 1, ex:c . ex:c a ex:C ."),
    "not": ("sh:not [ sh:class ex:C ]", "ex:a ex:p ex:b, ex:c . ex:c a ex:D . ex:D rdfs:subClassOf ex:C ."),
    "qualified": ("sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 2 ; sh:qualifiedMaxCount 0",
                  "ex:a ex:p ex:b, 1, ex:c . ex:c a ex:C ."),
    "inner property": ('sh:property [ sh:path ex:q ; sh:minCount 1 ; sh:message "m"@en ; sh:severity sh:Warning ]',
                       "ex:a ex:p ex:b, 1 ."),
    "severity of one's own": ("sh:severity ex:grave ; sh:nodeKind sh:IRI", "ex:a ex:p 1 ."),
    "inner severity": ("sh:node [ sh:severity sh:Info ; sh:nodeKind sh:IRI ] ; sh:severity sh:Warning",
                       "ex:a ex:p 1 ."),
    "deactivated inner": ("sh:node [ sh:deactivated true ; sh:nodeKind sh:IRI ]", "ex:a ex:p 1 ."),
    "messages": ('sh:nodeKind sh:IRI ; sh:message "a"@en, "b"@zh-Hant, "c"', "ex:a ex:p 1 ."),
    "equals": ("sh:equals ex:q", "ex:a ex:p 1, 2 ; ex:q 2, 3 ."),
    "disjoint": ("sh:disjoint ex:q", "ex:a ex:p 1, 2 ; ex:q 2, 3 ."),
    "less": ("sh:lessThanOrEquals ex:q", 'ex:a ex:p 1, 2, "x" ; ex:q 2, 3, "y" .'),
    "lengths": ("sh:minLength 2 ; sh:maxLength 3", 'ex:a ex:p "a", "ab", "abcd", 12, ex:a, _:b, "數據"@zh .'),
    "languages": ('sh:uniqueLang true ; sh:languageIn ( "en" )',
                  'ex:a ex:p "x"@en, "y"@en, "z"@en-GB, "q"@fr, "r"@fr, "s" .'),
    "in": ('sh:in ( 1 "a" "b"@en ex:c )', 'ex:a ex:p 1, 1.0, "a", "a"@en, "b"@en, ex:c, _:b .'),
    "values": ("sh:hasValue 1, 2", "ex:a ex:p 1 ."),
    "escapes": ("sh:nodeKind sh:IRI", r'ex:a ex:p "a\tb\n\"c\" \\ \u0007" .'),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_both_engines_agree_on_rules(rule):
    """Each kind of constraint gives the same results, values and messages."""
    asked, said = RULES[rule]
    shapes, data = turtle(f"ex:s sh:targetNode ex:a ; sh:path ex:p ; {asked} ."), turtle(said)
    assert of_ours(compile_shapes(shapes), data) == of_pyshacl(data, shapes)


# ---- refusals

REFUSED = {
    "sh:sparql": "ex:s sh:targetNode ex:a ; sh:sparql [ sh:select 'SELECT' ] .",
    "sh:entailment": "<urn:g> sh:entailment ex:RDFS . ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI .",
    "sh:target": "ex:s sh:target [ sh:select 'SELECT' ] ; sh:nodeKind sh:IRI .",
    "recursive shape": "ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:node ex:s ] .",
    "malformed sh:path": "ex:s sh:targetNode ex:a ; sh:path [ sh:alternativePath ( ex:p ) ] .",
    "malformed sh:minCount": "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:minCount 'x' .",
    "malformed sh:qualifiedMinCount": (
        "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:qualifiedValueShape [ sh:class ex:C ] ; sh:qualifiedMinCount 'x' ."
    ),
    "malformed sh:property": "ex:s sh:targetNode ex:a ; sh:property ex:t . ex:t sh:minCount 1 .",
    "malformed sh:or": "ex:s sh:targetNode ex:a ; sh:or ( 'x' ) .",
    "malformed sh:targetClass": "ex:s sh:targetClass 'x' ; sh:nodeKind sh:IRI .",
    "malformed sh:message": "ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI ; sh:message ex:m .",
    "malformed sh:severity": "ex:s sh:targetNode ex:a ; sh:nodeKind sh:IRI ; sh:severity 'x' .",
    "malformed sh:languageIn": "ex:s sh:targetNode ex:a ; sh:languageIn ( 1 ) .",
    "malformed sh:deactivated": "ex:s sh:targetNode ex:a ; sh:deactivated 'x' .",
    "malformed list": "ex:s sh:targetNode ex:a ; sh:in 'x' .",
    "several values of sh:datatype": "ex:s sh:targetNode ex:a ; sh:path ex:p ; sh:datatype ex:d, ex:e .",
    "sh:minCount at a node shape": "ex:s sh:targetNode ex:a ; sh:minCount 1 .",
    "property shape without sh:path": "ex:s a sh:PropertyShape ; sh:targetNode ex:a ; sh:minCount 1 .",
    "sh:pattern with \\p": r"ex:s sh:targetNode ex:a ; sh:pattern '\\p{L}' .",
    "sh:pattern with subtraction": "ex:s sh:targetNode ex:a ; sh:pattern '[a-z-[aeiou]]' .",
    "sh:pattern that cannot be read": "ex:s sh:targetNode ex:a ; sh:pattern '(' .",
    "constraint component with parameter urn:x:max": (
        "ex:c a sh:ConstraintComponent ; sh:parameter [ sh:path ex:max ] . ex:s sh:targetNode ex:a ; ex:max 1 ."
    ),
    "owl:Class that is a shape but no rdfs:Class": "ex:C a owl:Class, sh:NodeShape ; sh:nodeKind sh:IRI .",
}


@pytest.mark.parametrize("construct", REFUSED)
def test_what_is_not_compiled_is_refused_by_name(construct):
    """A construct outside the subset is named, with the shape that has it."""
    with pytest.raises(Unsupported) as caught:
        compile_shapes(turtle(REFUSED[construct]))
    assert construct in {name for name, _shape in caught.value.constructs}


def test_published_shapes_are_refused_for_sparql_only():
    """Our shapes as published ask for the present in SPARQL; nothing else of them is refused."""
    with pytest.raises(Unsupported) as caught:
        compile_shapes(load_shapes("dcat-ap-hk", BASE))
    assert {name for name, _shape in caught.value.constructs} == {"sh:sparql"}


def test_shapes_that_no_target_reaches_are_not_looked_at():
    """What nothing can reach has no effect and is no reason to refuse."""
    assert compile_shapes(turtle("ex:s sh:sparql [ sh:select 'SELECT' ] .")).shapes == 0


# ---- the same from any syntax, however it is shared out


@pytest.fixture(scope="module")
def broken(tmp_path_factory, small):
    """Return a broken catalogue as a file of Turtle, without blank nodes."""
    path = tmp_path_factory.mktemp("broken") / "catalogue.ttl"
    text = CATALOGUE.read_text(encoding="utf-8")
    path.write_text(re.sub(r"\n  dct:identifier[^;]*;", "", text, count=20), encoding="utf-8")
    assert len(small)
    return path


@pytest.fixture(scope="module")
def expected(ours, broken):
    """Return the results of the broken catalogue, in one process."""
    found = compile_shapes(ours).validate(broken, 1)
    assert len(found) > 255
    return found


@pytest.fixture
def cut(monkeypatch):
    """Make pieces small and memory smaller, so that a small file is shared out as a large one is."""
    monkeypatch.setattr(reading, "PIECE", 40_000)
    monkeypatch.setattr(running, "SMALL", 0)
    monkeypatch.setattr(spool.Spool.__init__, "__defaults__", (5_000,))


@pytest.mark.usefixtures("cut")
@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_processes_share_the_work(ours, broken, expected, jobs):
    """Any number of processes finds the same."""
    assert compile_shapes(ours).validate(broken, jobs) == expected


def test_without_copies_of_the_process_one_does_the_work(ours, broken, expected, monkeypatch):
    """Where a process cannot be copied, the one there is finds the same."""
    monkeypatch.delattr("os.fork")
    assert compile_shapes(ours).validate(broken) == expected


@pytest.mark.usefixtures("cut")
@pytest.mark.parametrize("suffix", ["nt", "nq", "trig", "rdf", "jsonld", "ttl.gz", "nt.gz"])
def test_every_syntax_gives_the_same(ours, broken, expected, tmp_path, suffix):
    """The same catalogue in another syntax, compressed or not, has the same results."""
    kind = syntax_of(Path(f"x.{suffix}"))
    data = pyoxigraph.serialize(
        (quad.triple for quad in pyoxigraph.parse(path=str(broken), base_iri=BASE)), format=kind
    )
    path = tmp_path / f"catalogue.{suffix}"
    path.write_bytes(gzip.compress(data) if suffix.endswith(".gz") else data)
    assert compile_shapes(ours).validate(path, 2) == expected


@pytest.mark.usefixtures("cut")
def test_the_order_of_triples_does_not_matter(ours, broken, expected, tmp_path):
    """Triples of a subject that lie apart come together again, those said twice count once."""
    lines = [f"{quad.triple} .\n" for quad in pyoxigraph.parse(path=str(broken), base_iri=BASE)]
    lines += lines[:500]
    random.Random(5).shuffle(lines)
    path = tmp_path / "shuffled.nt"
    path.write_text("".join(lines), encoding="utf-8")
    assert compile_shapes(ours).validate(path, 2) == expected


def test_triples_and_files_give_the_same(ours, broken, expected):
    """Triples as strings, as pyoxigraph has them and from a file have the same results."""
    program = compile_shapes(ours)
    assert program.validate(list(read_triples([broken]))) == expected
    assert program.validate(pyoxigraph.parse(path=str(broken), base_iri=BASE)) == expected


def test_several_files_are_one_graph_with_blank_nodes_apart(tmp_path):
    """Files are put together, and a blank node of one is not that of another."""
    for name in "ab":
        (tmp_path / f"{name}.nt").write_text(f'_:x <urn:p> "{name}" .\n', encoding="utf-8")
    program = compile_shapes(turtle("ex:s sh:targetSubjectsOf <urn:p> ; sh:path <urn:p> ; sh:maxCount 0 ."))
    assert len(program.validate([tmp_path / "a.nt", tmp_path / "b.nt"])) == 2


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
    pieces = reading.divide(files, 8)
    found = [triple for piece in pieces for triple in blocks_of(piece)]
    assert len(pieces) > 20
    assert Counter(map(no_blank, found)) == Counter(map(no_blank, blocks_of(reading.FilePiece(*files))))


def blocks_of(piece):
    """Return the triples of a piece."""
    return [(s, said[n], said[n + 1]) for s, said in reading.blocks(piece) for n in range(0, len(said), 2)]


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
    assert len(reading.divide(Intake().files([path]), 8)) == 1


@pytest.mark.usefixtures("cut")
def test_a_broken_line_is_named(broken, tmp_path, ours):
    """A file that is no RDF is refused with the line, in whichever piece it is."""
    path = tmp_path / "bad.ttl"
    text = broken.read_text(encoding="utf-8")
    path.write_text(f"{text}\n<urn:a> <urn:b .\n", encoding="utf-8")
    with pytest.raises(NotRdf) as caught:
        compile_shapes(ours).validate(path, 2)
    assert caught.value.where == f"{path}:{text.count(chr(10)) + 2}"


def test_a_missing_file_is_not_readable(tmp_path, ours):
    """A file that is not there, or holds no RDF under a name that says nothing, is an error of the input."""
    with pytest.raises(NotReadable):
        compile_shapes(ours).validate(tmp_path / "none.ttl")
    (tmp_path / "none.xyz").write_text("no RDF", encoding="utf-8")
    with pytest.raises(NotRdf):
        compile_shapes(ours).validate(tmp_path / "none.xyz")


# ---- literals


@pytest.mark.parametrize(
    ("datatype", "good", "bad"),
    [
        ("date", "2024-02-29 -0044-03-15 2024-01-01Z 12024-01-01+14:00", "2023-02-29 24-1-1 2024-01-01+14:30 banana"),
        ("gYearMonth", "2024-12 2024-12Z", "2024-13 2024 banana"),
        ("dateTime", "2024-01-01T24:00:00 2024-01-01T00:00:00.12Z", "2024-01-01 2024-01-01T25:00:00"),
        ("decimal", "1 -1.5 .5 1.", "1e3 INF x"),
        ("double", "1e3 INF -INF NaN .5", "inf 1e x"),
        ("boolean", "true 0", "TRUE yes"),
        ("byte", "127 -128 +1", "128 c"),
        ("nonNegativeInteger", "0 99999999999999999999", "-1 1.0"),
        ("duration", "P1Y PT1.5S -P1DT1H", "P PT P1YT 1Y"),
        ("hexBinary", "0aFF", "0 zz"),
        ("language", "zh-Hant en", "zh_Hant toolongtag"),
    ],
)
def test_texts_of_datatypes(datatype, good, bad):
    """Each datatype takes its texts and no others."""
    check = well_formed(f"{XSD}{datatype}")
    assert [text for text in good.split() if not check(text)] == []
    assert [text for text in bad.split() if check(text)] == []


def test_what_cannot_be_compared_is_not_ordered():
    """Values of different kinds have no order, nor have times of which only one has a zone, unless they lie apart."""
    moment = f"^^<{XSD}dateTime>"
    assert compare(f'"2024-01-01T12:00:00"{moment}', f'"2024-01-01T13:00:00Z"{moment}') is None
    assert compare(f'"2024-01-01T12:00:00"{moment}', f'"2024-01-03T13:00:00Z"{moment}') == -1
    assert compare(f'"2024-01-01T12:00:00+08:00"{moment}', f'"2024-01-01T04:00:00Z"{moment}') == 0
    assert compare('"a"', '"b"') == -1
    assert compare('"a"@en', '"b"@en') is None


# ---- the page

PAGE = ROOT / "docs" / "reference" / "shacl.md"
_BLOCK = re.compile(r"(<!-- begin: ([a-z ]+) -->\n)(.*?)(<!-- end: \2 -->)", re.DOTALL)


def table(columns, lines):
    """Return a table in Markdown."""
    cells = [columns, ["---"] * len(columns), *lines]
    return "".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |\n" for line in cells)


def suite():
    """Return how many cases of the W3C suite pass, fail and are refused, folder by folder."""
    with (GOLDEN / "shacl-suite.csv").open(encoding="utf-8", newline="") as file:
        cases = list(csv.DictReader(file))
    folders = sorted({case["case"].split("/")[0] for case in cases})
    counts = Counter((case["case"].split("/")[0], case["ending"]) for case in cases)
    endings = ("passed", "failed", "refused")
    lines = [[f"`{folder}`", *(counts[folder, ending] for ending in endings)] for folder in folders]
    total = ["all", *(sum(counts[folder, ending] for folder in folders) for ending in endings)]
    named = [[f"`{case['case']}`", case["ending"], case["why"]] for case in cases if case["ending"] != "passed"]
    return table(["folder", *endings], [*lines, total]) + (table(["case", "ending", "why"], named) if named else "")


def parts():
    """Return the generated parts of the page."""
    refused = vocabulary()["refused"]
    benchmark, agreement = (
        f"```text\n{(ROOT / 'benchmarks' / name).read_text(encoding='utf-8').strip(chr(10))}\n```\n"
        for name in ("validate.txt", "agreement.txt")
    )
    return {
        "suite": suite(),
        "compiled": ", ".join(f"`sh:{name}`" for name in vocabulary()["compiled"]) + ".\n",
        "refused": ", ".join(f"`sh:{name}`" for name in (*refused["terms"], *refused["anywhere"])) + ".\n",
        "differences": table(
            ["on", "what pyshacl does", "why the compiled engine does not", "shapes and data", "compiled", "pyshacl"],
            [[row["on"], row["title"], row["why"],
              f"`{row['shapes']}`<br>`{row['data']}`",
              row["compiled"], row["pyshacl"]] for row in DIFFERENCES],
        ),
        "benchmark": benchmark,
        "agreement": agreement,
    }  # fmt: skip


def test_the_page_is_current(golden):
    """What docs/reference/shacl.md says of the suite, the subset, the differences and the benchmark is so."""
    made = parts()
    text = PAGE.read_text(encoding="utf-8")
    assert {match[2] for match in _BLOCK.finditer(text)} == set(made)
    golden(PAGE.name, _BLOCK.sub(lambda match: match[1] + made[match[2]] + match[4], text), PAGE.parent)
