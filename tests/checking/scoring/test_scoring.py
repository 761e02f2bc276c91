"""The command that scores a catalogue: the seeds' catalogue, what is refused, files and options."""

import gzip
import json

import pytest
from support.scored_catalogues import WHOLE, command, scored

from dcat_hk.checking.scoring.report_json import as_json
from dcat_hk.checking.scoring.report_text import as_text
from dcat_hk.checking.scoring.run import ScoringOptions, score_catalogue


def test_the_seeds(published, golden):
    """The tables of the seeds' catalogue are those that were looked at; planned datasets are as the study computed."""
    assessment = score_catalogue([published], ScoringOptions())
    golden("score.txt", as_text(assessment, width=160))
    # A title without words that can stand alone gives no keyword, which is worth 30 points.
    assert {scored.score.points for scored in assessment.datasets if scored.stage == "planned"} == {155, 125}
    assert {loss.cause for one in assessment.datasets for loss in assessment.losses(one)} == {
        "",
        "plan",
        "publisher",
        "terms",
    }


def test_blank_nodes_are_scored(tmp_path):
    """Datasets and distributions without an IRI are scored; in RDF nothing is said of such a dataset."""
    text = WHOLE.replace(":x ", "_:x ").replace(":d ", "_:d ").replace("dcat:distribution :x", "dcat:distribution _:x")
    text = text.replace("dcat:dataset :d", "dcat:dataset _:d")
    assessment = scored(tmp_path, text, validated=True)
    assert assessment.datasets[0].score.points == 325
    assert json.loads("".join(as_json(assessment)))["datasets"][0]["iri"] is None
    done = command(tmp_path / "made.ttl", "--format", "ttl", "--skip-validation")
    assert "1 dataset without an IRI" in done.stderr
    assert "keywordAvailability" not in done.stdout


@pytest.mark.parametrize(
    ("name", "data", "code", "message"),
    [
        ("x.ttl", b"no turtle", 3, "holds no RDF"),
        ("x.ttl", b"<urn:a> <urn:b> <urn:c> .", 3, "no dataset"),
        (
            "x.jsonld",
            b'{"@context": "https://far.example/c.jsonld", "@id": "urn:x"}',
            3,
            "https://far.example/c.jsonld",
        ),
        ("x.ttl.gz", gzip.compress(WHOLE.encode(), mtime=0)[:300], 3, "x.ttl.gz"),
        ("x", b"\x1f\x8bgarbage", 3, "damaged"),
    ],
)
def test_what_cannot_be_scored_is_refused(tmp_path, name, data, code, message):
    """Broken files, files without datasets and contexts elsewhere are refused in one line."""
    path = tmp_path / name
    path.write_bytes(data)
    done = command(path)
    assert (done.exit_code, done.stdout) == (code, "")
    assert message in done.stderr
    assert command(tmp_path / "missing.ttl").exit_code == 3
    (tmp_path / "empty").mkdir()
    assert "holds no RDF" in command(tmp_path / "empty").stderr


def test_the_command_writes_files_and_refuses_nonsense(published, count, tmp_path):
    """A file is written whole; impossible codes, datasets and base IRIs are refused with exit code 2."""
    done = command(published, "--format", "html", "--skip-validation", "-o", tmp_path / "score.html")
    assert (done.exit_code, done.stdout) == (0, "")
    assert (tmp_path / "score.html").read_text(encoding="utf-8").endswith("</html>\n")
    for wrong in (["--status-codes", "2xx"], ["--dataset", "nothing"], ["--base-iri", "x"], ["--lang", "fr"]):
        assert command(published, "--skip-validation", *wrong).exit_code == 2, wrong
    text = (published / "catalogue.ttl").read_bytes()
    assert str(count) in command("-", "--skip-validation", input=text).stdout
