"""The command that validates: files, shapes, engines, forms, exit codes."""

import gzip
import json
import re
from xml.dom import minidom

import pytest
from click.testing import CliRunner
from rdflib import RDF, SH, Graph

from dcat_hk.commands.cli import main

PLAN = "plans/hk-itib/2026-2028.ttl"
NAMES = "@prefix ex: <urn:ex:> . @prefix sh: <http://www.w3.org/ns/shacl#> . "
#: A shape without words of its own, and one that only pyshacl knows.
SHAPE = f"{NAMES} ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:p ; sh:minCount 1 ; sh:severity sh:Warning ] ."
QUERY = "SELECT $this WHERE { $this ?p ?o }"
SPARQL = f'{NAMES} ex:s a sh:NodeShape ; sh:targetNode ex:a ; sh:sparql [ sh:select "{QUERY}" ] .'
HOSTILE = '<urn:ex:a> <urn:ex:q> "<script>alert(1)</script>\\u0001\\u009b]]>\\n" .\n'
HOSTILE_SHAPE = f"{NAMES} ex:s sh:targetNode ex:a ; sh:property [ sh:path ex:q ; sh:maxLength 2 ] ."


def run(*arguments, **options):
    """Run the command."""
    return CliRunner().invoke(main, ["validate", *map(str, arguments)], **options)


@pytest.fixture
def broken(catalogue, make_file):
    """Return a plan's catalogue whose planned datasets have lost their stage: four violations."""
    text = (catalogue / PLAN).read_text(encoding="utf-8")
    return make_file("broken.ttl", text.replace("adms:status plan:planned ;\n", ""))


def test_a_folder_and_several_files_are_read(catalogue, tmp_path):
    """The folder of a build stands for its catalogue; several files, also gzipped, are one graph."""
    whole = json.loads(run("--format", "json", catalogue).stdout)
    assert whole["counts"] == {"Violation": 0, "Warning": 433, "Info": 0}
    packed = tmp_path / "plan.unknown"
    packed.write_bytes(gzip.compress((catalogue / PLAN).read_bytes()))
    both = json.loads(run("--format", "json", packed, catalogue / "plans/hk-hkpf/2024-2026.ttl").stdout)
    assert both["counts"] == {"Violation": 0, "Warning": 101, "Info": 0}


def test_engines_agree_on_the_smallest_plan(broken):
    """Compiled and pyshacl give the same results, word for word."""
    reports = [json.loads(run("--engine", name, "--format", "json", broken).stdout) for name in ("compiled", "pyshacl")]
    assert [one["engine"] for one in reports] == ["compiled", "pyshacl"]
    assert reports[0]["results"] == reports[1]["results"]
    assert reports[0]["counts"]["Violation"] == 4


def test_queries_are_checked_and_what_is_not_checked_is_refused(make_file):
    """Shapes with SPARQL are validated; shapes with what neither engine checks end with 3, in either of them."""
    shapes, data = make_file("shapes.ttl", SPARQL), make_file("data.ttl", "<urn:ex:a> <urn:ex:q> 1 .")
    for engine in ("auto", "compiled", "pyshacl"):
        assert run("--shapes", shapes, "--engine", engine, data).exit_code == 4
        unknown = make_file("unknown.ttl", SPARQL.replace("sh:sparql", "sh:js [] ; sh:sparql"))
        refused = run("--shapes", unknown, "--engine", engine, data)
        assert (refused.exit_code, "sh:js is not checked" in refused.stderr) == (3, True)
        assert "unknown.ttl" in refused.stderr


@pytest.mark.parametrize(("least", "code"), [("violation", 0), ("warning", 4), ("info", 4)])
def test_what_fails_is_for_the_user_to_say(least, code, make_file):
    """A warning fails only if warnings are to fail."""
    done = run(
        "--shapes", make_file("s.ttl", SHAPE), "--fail-on", least, make_file("d.ttl", "<urn:ex:a> <urn:ex:q> 1 .")
    )
    assert done.exit_code == code
    assert "Warning × 1: urn:ex:p is missing. Add it." in done.stdout


def test_shapes_in_a_folder_and_beside_a_profile(make_file, tmp_path, broken):
    """A folder's shapes are all read; a profile that is named stands beside them."""
    make_file("s.ttl", SHAPE)
    only = json.loads(run("--shapes", tmp_path / "s.ttl", "--format", "json", broken).stdout)
    both = json.loads(run("--shapes", tmp_path / "s.ttl", "--profile", "dcat-ap-hk", "--format", "json", broken).stdout)
    assert only["counts"] == {"Violation": 0, "Warning": 1, "Info": 0}
    assert both["counts"]["Violation"] == 4
    assert run("--shapes", make_file("none.ttl", "<urn:a> <urn:b> 1 ."), broken).exit_code == 3


def test_things_of_ours_are_followed_to_the_plan(broken):
    """Each result names the file and the lines of the row it comes from, in text, JSON and SARIF."""
    text = run(broken).stdout
    assert "002_f2f1e164b36fa55a.txt, lines " in text
    report = json.loads(run("--format", "json", broken).stdout)
    bad = [result for result in report["results"] if result["severity"] == "Violation"]
    assert all(result["plan"] == "002_f2f1e164b36fa55a.txt" and result["locator"] for result in bad)
    log = json.loads(run("--format", "sarif", broken).stdout)
    grave = [result for result in log["runs"][0]["results"] if result["level"] == "error"]
    places = [result["locations"][0]["physicalLocation"] for result in grave]
    assert len(places) == len(bad)
    assert all(place["artifactLocation"]["uri"] == "002_f2f1e164b36fa55a.txt" for place in places)
    assert all(place["region"]["startLine"] > 0 for place in places)


def test_results_are_grouped_and_counted(broken):
    """Causes come gravest first with how often; things with how many results; a summary has the causes alone."""
    report = json.loads(run("--format", "json", broken).stdout)
    assert report["causes"][0]["severity"] == "Violation"
    assert sum(cause["count"] for cause in report["causes"]) == len(report["results"])
    assert sum(thing["count"] for thing in report["things"]) == len(report["results"])
    short = run("--summary", "--lang", "zh-HK", broken).stdout
    assert "違規 × 4: 數據集的階段不明" in short
    simplified = run("--summary", "--lang", "zh-Hans", broken).stdout
    assert "违规 × 4: 数据集的阶段不明" in simplified
    assert simplified.endswith("违规：4 项。其他结果：35 项。\n")
    assert "https://example.org/dcat-hk/dataset" not in short
    assert "results" not in json.loads(run("--summary", "--format", "json", broken).stdout)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.ttl", "", True),
        ("a.ttl", "<urn:a> a <urn:ex:Dataset> .", True),
        ("a.ttl", "@prefix dct: <http://purl.org/dc/terms/> . <urn:a> a dct:RightsStatement .", True),
        ("a.ttl", "@prefix vcard: <http://www.w3.org/2006/vcard/ns#> . <urn:a> a vcard:Kind .", False),
    ],
)
def test_files_without_anything_to_validate_are_refused(make_file, name, text, told):
    """A file of which the shapes look at nothing ends with 3, unless that is allowed; then it is told of."""
    path = make_file(name, text)
    done, allowed = run(path), run("--allow-empty", path)
    assert (done.exit_code == 3, "nothing was validated" in done.stderr) == (told, told)
    assert "nothing was validated" in allowed.stderr or not told
    assert allowed.exit_code == (0 if told else done.exit_code)


def test_the_report_in_rdf_is_one(broken):
    """The Turtle is a validation report with every result, and one that conforms without results."""
    graph = Graph().parse(data=run("--format", "ttl", broken).stdout, format="turtle")
    assert len(set(graph.subjects(RDF.type, SH.ValidationResult))) == 39
    assert [str(value) for value in graph.objects(None, SH.conforms)] == ["false"]
    assert len(list(graph.subject_objects(SH.resultPath))) == 35


@pytest.mark.parametrize("form", ["json", "ttl", "sarif", "html", "junit", "text"])
def test_every_form_bears_hostile_text(form, make_file):
    """Mark-up and control characters in data do no harm in any form."""
    done = run("--shapes", make_file("s.ttl", HOSTILE_SHAPE), "--format", form, make_file("d.ttl", HOSTILE))
    assert done.exit_code == 4
    text = done.stdout
    if form in {"json", "sarif"}:
        json.loads(text)
    elif form == "text":
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", text)
    elif form == "ttl":
        assert len(Graph().parse(data=text, format="turtle")) > 5
    elif form == "junit":
        assert minidom.parseString(text).documentElement.getAttribute("failures") == "1"  # noqa: S318 - ours
    elif form == "html":
        assert "<script" not in text
        assert "&lt;script&gt;" in text
        assert "http://" not in text.partition("</style>")[0]


def test_junit_passes_what_is_not_grave_enough(make_file):
    """A warning is a passed case unless warnings fail; nothing found is one passed case."""
    shapes, data = make_file("s.ttl", SHAPE), make_file("d.ttl", "<urn:ex:a> <urn:ex:q> 1 .")
    cases = [
        run("--shapes", shapes, "--format", "junit", "--fail-on", least, data).stdout for least in ("violation", "info")
    ]
    assert ['failures="0"' in cases[0], 'failures="1"' in cases[1]] == [True, True]
    assert (
        'name="conforms"'
        in run("--shapes", shapes, "--format", "junit", make_file("n.ttl", "<urn:ex:a> <urn:ex:p> 1 .")).stdout
    )


def test_imports_are_not_fetched(make_file):
    """Shapes that import others are used as they stand."""
    shapes = make_file("s.ttl", f"{SHAPE} <urn:o> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/none> .")
    for engine in ("compiled", "pyshacl"):
        done = run("--shapes", shapes, "--engine", engine, make_file("d.ttl", "<urn:ex:a> <urn:ex:q> 1 ."))
        assert done.exit_code == 0, done.output


def test_causes_lead_to_the_specification(broken):
    """Where a shape says which sentence it follows, every form for machines and the page have the link."""
    report = json.loads(run("--format", "json", broken).stdout)
    see = {cause["path"].rpartition("#")[2]: cause["see"] for cause in report["causes"]}
    address = "https://semiceu.github.io/DCAT-AP/releases/3.0.1#Dataset.datasetdistribution"
    assert see["distribution"] == address
    assert f'<a href="{address}">' in run("--format", "html", broken).stdout
    rules = json.loads(run("--format", "sarif", broken).stdout)["runs"][0]["tool"]["driver"]["rules"]
    assert address in {rule.get("helpUri") for rule in rules}


def test_a_value_that_breaks_two_constraints_of_a_shape_has_two_causes(make_file):
    """Each constraint is a cause of its own, and lists a thing once for each value."""
    shape = make_file(
        "s.ttl", HOSTILE_SHAPE.replace("sh:maxLength 2", 'sh:maxLength 2 ; sh:pattern "^x" ; sh:message "No"')
    )
    data = make_file("d.ttl", '<urn:ex:a> <urn:ex:q> "abc" .\n')
    lines = run("--shapes", shape, data).stdout.splitlines()
    assert len([line for line in lines if "urn:ex:a" in line]) == len([line for line in lines if "× 1:" in line]) == 2
    assert lines[-1] == "Violations: 2. Other results: 0."


def test_text_by_thing(broken):
    """Each thing comes once with how many results it has, its place in the plan, and all that is wrong."""
    report = json.loads(run("--format", "json", broken).stdout)
    lines = run("--by", "thing", "--lang", "zh-HK", broken).stdout.splitlines()
    heads = [line for line in lines if re.match(r"\d+ ×  ", line)]
    assert [line.split("  ")[1] for line in heads] == [thing["thing"] for thing in report["things"]]
    assert heads[0].startswith(f"{report['things'][0]['count']} ×")
    assert "002_f2f1e164b36fa55a.txt" in heads[0]
    assert lines[1].startswith("    違規: ")
