"""`dcat-hk score`: options and formats."""

import json

import pytest
from support.commands import run


@pytest.fixture
def tiny(tmp_path):
    """Return a file with one dataset that has a title."""
    path = tmp_path / "tiny.ttl"
    path.write_text(
        "<https://a.example/d> a <http://www.w3.org/ns/dcat#Dataset> ;"
        ' <http://purl.org/dc/terms/title> "Rain"@en ; <http://www.w3.org/ns/dcat#keyword> "rain"@en .',
        encoding="utf-8",
    )
    return path


@pytest.mark.parametrize("codes", ["200", "299-200", "99-200", "200-600", "a-b", "-200", "200-299-300"])
def test_a_range_of_status_codes_is_checked(tiny, codes):
    """A range that is open, reversed or beyond HTTP is wrong usage."""
    done = run("score", "--status-codes", codes, tiny)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--status-codes" in done.stderr


@pytest.mark.parametrize("options", [["--base-iri", "a.example"], ["--lang", "fr"], ["--url-pause", "-1"]])
def test_other_nonsense_is_wrong_usage(tiny, options):
    """A base IRI, a language and a pause that cannot be are refused."""
    assert run("score", *options, tiny).exit_code == 2


def test_a_score_is_out_of_405_points(tiny):
    """JSON states the points of the whole method and those that were reached, more than none for a keyword."""
    done = run("score", "--skip-validation", "--format", "json", tiny)
    assert done.exit_code == 0, done.output
    assert "405" in done.stdout
    assert json.loads(done.stdout)


def test_a_report_goes_to_a_file(tiny, tmp_path):
    """-o writes what standard output would have, and says so."""
    path = tmp_path / "score.txt"
    done = run("score", "--skip-validation", "-o", path, tiny)
    assert done.stdout == ""
    assert "Wrote " in done.stderr
    assert path.read_text(encoding="utf-8") == run("score", "--skip-validation", tiny).stdout


def test_datasets_without_iri_are_left_out_of_measurements(tmp_path):
    """Measurements need a name for what they measure; that some have none is told."""
    path = tmp_path / "blank.ttl"
    path.write_text(
        '[] a <http://www.w3.org/ns/dcat#Dataset> ; <http://purl.org/dc/terms/title> "Rain"@en .', encoding="utf-8"
    )
    done = run("score", "--skip-validation", "--format", "ttl", path)
    assert done.stderr.startswith("Left out of the measurements: 1 dataset without an IRI.")
