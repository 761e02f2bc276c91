"""What is known beside the data: shapes find it, and it is not judged itself."""

import pytest

from dcat_hk.checking.shacl.triples import read_text
from dcat_hk.checking.sources import Intake
from dcat_hk.checking.validating.background import validate_beside
from dcat_hk.checking.validating.pyshacl_adapter import as_graph
from dcat_hk.checking.validating.validator import make_validator

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix ex: <https://a.example/> . @prefix dcat: <http://www.w3.org/ns/dcat#> .
"""
#: Themes must be concepts of a list, concepts need a label, and what a dataset has as a theme must be of the list.
SHAPES = """
ex:D a sh:NodeShape ; sh:targetClass dcat:Dataset ; sh:property [ sh:path dcat:theme ; sh:class skos:Concept ] .
ex:C a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ] .
ex:T a sh:NodeShape ; sh:targetObjectsOf dcat:theme ; sh:property [ sh:path skos:inScheme ; sh:hasValue ex:list ] .
"""
CODES = """
ex:buses a skos:Concept ; skos:inScheme ex:list ; skos:prefLabel "buses" .
ex:trains a skos:Concept ; skos:inScheme ex:list .
ex:other a skos:Concept ; skos:inScheme ex:elsewhere ; skos:prefLabel "other" .
[] a skos:Concept ; skos:inScheme ex:list .
"""


def judge(tmp_path, data, codes, engine="auto"):
    """Return focus node and path of each result of data beside code lists."""
    paths = []
    for name, text in (("data.ttl", data), *(("codes.ttl", codes),) * bool(codes)):
        paths.append(tmp_path / name)
        paths[-1].write_text(PREFIXES + text, encoding="utf-8")
    validator = make_validator(as_graph(read_text(PREFIXES + SHAPES)), engine)
    with Intake() as intake:
        results = validate_beside(validator, intake.files(paths[:1]), intake.files(paths[1:]))
    return [(r.focus_node.removeprefix("https://a.example/"), r.path.rpartition("#")[2]) for r in results]


@pytest.mark.parametrize("engine", ["compiled", "pyshacl"])
def test_background_is_known_and_not_judged(tmp_path, engine):
    """A theme that the code list describes is a concept; what the list lacks itself is not told, named or blank."""
    data = "ex:a a dcat:Dataset ; dcat:theme ex:buses, ex:trains ."
    assert judge(tmp_path, data, CODES, engine) == []
    assert ("a", "theme") in judge(tmp_path, data, "", engine)


def test_what_the_data_say_of_a_code_is_judged(tmp_path):
    """A wrong theme is the data's fault though the list describes it; so is a concept that the data describe."""
    assert judge(tmp_path, "ex:a a dcat:Dataset ; dcat:theme ex:other .", CODES) == [("other", "inScheme")]
    assert judge(tmp_path, "ex:trains a skos:Concept .", CODES) == [("trains", "prefLabel")]
    assert judge(tmp_path, "ex:planes a skos:Concept .", CODES) == [("planes", "prefLabel")]


def test_blank_nodes_of_the_data_are_judged(tmp_path):
    """A blank node is of the file that it stands in."""
    (found,) = judge(tmp_path, "[] a skos:Concept ; skos:inScheme ex:list .", CODES)
    assert found[1] == "prefLabel"


def test_what_the_validator_tells_is_about_all_files(tmp_path):
    """After validation the focus nodes are those of data and background, so that data is not taken for nothing."""
    for name, text in (("d.ttl", "ex:a a dcat:Dataset ; dcat:theme ex:none ."), ("c.ttl", "ex:x a ex:Y .")):
        (tmp_path / name).write_text(PREFIXES + text, encoding="utf-8")
    validator = make_validator(as_graph(read_text(PREFIXES + SHAPES)))
    with Intake() as intake:
        results = validate_beside(validator, intake.files([tmp_path / "d.ttl"]), intake.files([tmp_path / "c.ttl"]))
    assert results
    assert validator.focus_nodes == 2
