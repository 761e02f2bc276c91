"""`dcat-hk validate`: syntaxes, results and exit codes."""

import gzip
import json

import pytest
from support.commands import run
from support.dask_clusters import dask_cluster
from support.paths import SEEDS

POLICE = next(SEEDS.glob("004*"))


@pytest.mark.parametrize("name", ["catalogue.ttl", "catalogue.jsonld", "catalogue.nq", "plans/hk-hkpf/2024-2026.ttl"])
def test_validate_reads_any_syntax(catalogue, name):
    """Every file of the output conforms, whatever its syntax."""
    done = run("validate", catalogue / name)
    assert done.exit_code == 0, done.output
    assert "Violations: 0." in done.output


def test_validate_reads_other_syntaxes_and_gzip(catalogue, tmp_path):
    """N-Triples, TriG and RDF/XML, gzipped or from standard input, are told apart by name or content."""
    for syntax, ending in (("ntriples", "nt"), ("trig", "trig"), ("rdfxml", "rdf")):
        text = run("export", "--format", syntax, "--from", catalogue, "--plan", "hk-itib/2026-2028").stdout
        path = tmp_path / f"x.{ending}.gz"
        path.write_bytes(gzip.compress(text.encode()))
        assert "Violations: 0." in run("validate", path).output
        assert "Violations: 0." in run("validate", "-", input=text.encode()).output


def test_validate_says_what_is_wrong_and_what_to_do(catalogue, tmp_path):
    """A violation is grouped by cause, with advice in the language asked for, and exits with 4."""
    text = (catalogue / "plans/hk-itib/2026-2028.ttl").read_text(encoding="utf-8")
    broken = tmp_path / "broken.ttl"
    broken.write_text(text.replace("adms:status plan:planned ;\n", ""), encoding="utf-8")
    done = run("validate", "--lang", "zh-HK", broken)
    assert done.exit_code == 4
    assert "違規 × 4: 數據集的階段不明" in done.output
    report = json.loads(run("validate", "--format", "json", broken).stdout)
    assert report["conforms"] is False
    assert sum(r["severity"] == "Violation" for r in report["results"]) == 4


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.ttl", b"this is no turtle"),
        ("x.jsonld", b'{"@context": "https://far.example/context.jsonld", "@id": "urn:x", "title": "x"}'),
        ("x.json", b"{"),
        ("x", b"\xff\xff"),
    ],
)
def test_validate_refuses_what_is_no_rdf_and_fetches_nothing(tmp_path, name, data):
    """Broken files, and JSON-LD with a context elsewhere, are refused with exit code 3."""
    path = tmp_path / name
    path.write_bytes(data)
    done = run("validate", path)
    assert done.exit_code == 3, done.output
    assert ("nothing is fetched unasked" if b"@context" in data else "holds no RDF") in done.stderr


def broken(folder, catalogue, old, new):
    """Return a plan's Turtle with something replaced."""
    text = (catalogue / "plans/hk-itib/2026-2028.ttl").read_text(encoding="utf-8")
    assert old in text
    path = folder / "broken.ttl"
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def test_fail_on_lowers_the_severity_that_counts(catalogue):
    """A catalogue with warnings passes by default and fails if warnings count."""
    path = catalogue / "catalogue.ttl"
    report = json.loads(run("validate", "--format", "json", path).stdout)
    assert {result["severity"] for result in report["results"]} == {"Warning"}
    assert run("validate", "--fail-on", "warning", "-q", path).exit_code == 4


def test_a_summary_has_causes_and_counts_only(catalogue, tmp_path):
    """--summary names no dataset; without it the datasets concerned are listed."""
    path = broken(tmp_path, catalogue, "adms:status plan:planned ;\n", "")
    whole, summary = run("validate", path).stdout, run("validate", "--summary", path).stdout
    assert "/dataset/hk-itib-" in whole
    assert "/dataset/hk-itib-" not in summary
    assert "× 4" in summary


@pytest.mark.parametrize("arguments", [["--profile", "dcat"], ["--engine", "x"], ["--lang", "fr"], []])
def test_wrong_options_are_wrong_usage(arguments):
    """An unknown profile, engine or language, and no file at all, end with exit code 2."""
    assert run("validate", *arguments, *(["x.ttl"] if arguments else [])).exit_code == 2


def test_a_base_iri_that_is_none_is_told(catalogue):
    """It stands in the shapes: what is no IRI would break them."""
    done = run("validate", "--base-iri", "<x/>", catalogue)
    assert done.exit_code == 2
    assert "--base-iri: “base-iri” is “<x/>”" in done.output


def test_a_cluster_validates_and_scores_alike(catalogue, tmp_path):
    """What is printed is the same; an engine that runs on no cluster is refused."""
    text = (catalogue / "plans/hk-itib/2026-2028.ttl").read_text(encoding="utf-8")
    broken = tmp_path / "broken.ttl"
    broken.write_text(text.replace("adms:status plan:planned ;\n", ""), encoding="utf-8")
    with dask_cluster(tmp_path) as cluster:
        for words in (("validate", "--format", "json", broken), ("score", "--format", "json", broken)):
            here, there = run(*words), run(*words, "--dask", cluster.address)
            assert (there.stdout, there.exit_code) == (here.stdout, here.exit_code)
            assert here.stdout
        done = run("validate", "--engine", "pyshacl", "--dask", cluster.address, broken)
    assert done.exit_code == 2
    assert "pyshacl does not run on a cluster" in done.stderr
