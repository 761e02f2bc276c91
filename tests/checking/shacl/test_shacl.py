"""The compiled engine: the same results as pyshacl, from any syntax, in any number of processes; the rest refused."""

import csv
import re
import tomllib
from collections import Counter

import pytest
from rdflib import Graph
from support.paths import GOLDEN, ROOT
from support.shacl_agreement import is_listed, of_ours, of_pyshacl
from support.shacl_graphs import turtle
from support.shacl_mutants import CHANGES, mutant

from dcat_hk.checking.shacl import compile_shapes
from dcat_hk.checking.shacl.terms import other_terms, vocabulary

OFFICIAL = ("shapes", "range", "shapes_recommended", "mdr-vocabularies.shape", "deprecateduris", "dcat-ap-SHACL")
DIFFERENCES = tomllib.loads((ROOT / "tests/truth/shacl-differences.toml").read_text(encoding="utf-8"))["difference"]


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
    results = of_ours(compile_shapes(shapes), data)
    assert results == of_pyshacl(data, shapes)
    assert results


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
    constraint, statements = RULES[rule]
    shapes, data = turtle(f"ex:s sh:targetNode ex:a ; sh:path ex:p ; {constraint} ."), turtle(statements)
    assert of_ours(compile_shapes(shapes), data) == of_pyshacl(data, shapes)


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
    refused, harmless = other_terms()["refused"], other_terms()["harmless"]["terms"]

    def listed(names, prefix="sh"):
        return ", ".join(f"`{prefix}:{name}`" for name in names)

    benchmark, agreement = (
        f"```text\n{(ROOT / 'benchmarks' / name).read_text(encoding='utf-8').strip(chr(10))}\n```\n"
        for name in ("validate.txt", "agreement.txt")
    )
    return {
        "suite": suite(),
        "compiled": f"{listed(vocabulary()['compiled'])}.\n",
        "refused": table(
            ["refused", "terms"],
            [["at a shape that a target reaches", listed(refused["shape"])],
             ["wherever they stand", listed(refused["anywhere"])],
             ["at a shape, unless the graph defines them", listed(refused["dash"], "dash")]],
        ),
        "harmless": f"{listed(harmless)}.\n",
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
