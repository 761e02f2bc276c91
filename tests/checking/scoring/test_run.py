"""Files and options to an assessment: which datasets, whose base, and every format."""

import pytest
from support.scored_catalogues import WHOLE

from dcat_hk.checking.scoring.run import FORMATS, ScoringOptions, score_catalogue
from dcat_hk.core.errors import InputError, UsageError

SECOND = ':c dcat:dataset :other-d . :other-d a dcat:Dataset ; dct:title "E"@en .'


@pytest.fixture
def path(tmp_path):
    """Return a catalogue of two datasets, the end of one of whose IRIs is that of the other."""
    path = tmp_path / "made.ttl"
    path.write_text(WHOLE + SECOND, encoding="utf-8")
    return path


def score(path, **options):
    """Return the assessment of a file, without validation."""
    return score_catalogue([path], ScoringOptions(validated=False, **options))


def test_a_dataset_is_named_by_the_end_of_its_iri(path):
    """The end of one IRI, or a whole IRI, chooses one dataset."""
    for ending in ("other-d", "https://far.example/other-d"):
        assert [dataset.iri for dataset in score(path, dataset=ending).datasets] == ["https://far.example/other-d"]


@pytest.mark.parametrize(("ending", "reason"), [("d", "2 datasets end"), ("nothing", "No dataset ends")])
def test_an_ending_of_none_or_several_is_refused(path, ending, reason):
    """An end that no dataset has, or that several have, is an error of usage."""
    with pytest.raises(UsageError, match=reason):
        score(path, dataset=ending)


def test_files_without_a_dataset_are_refused(tmp_path):
    """RDF without a dataset is an error of the input that names the file."""
    path = tmp_path / "none.ttl"
    path.write_text("<urn:a> <urn:b> <urn:c> .", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        score(path)
    assert caught.value.where == str(path)


def test_progress_counts_the_datasets(path):
    """Progress is told the stage, the datasets that are validated, and how many there are."""
    calls = []
    score_catalogue([path], ScoringOptions(), lambda *call: calls.append(call))
    assert calls[-1] == ("validate", 2, 2)


def test_every_format_can_be_written(path):
    """Each format of the table yields text that names the dataset or its score."""
    assessment = score(path)
    for name, write in FORMATS.items():
        assert "295" in "".join(write(assessment)), name


def test_what_is_not_a_dataset_is_counted_and_told(tmp_path):
    """Series, services and records are not scored; a catalogue with nothing else says so."""
    others = (
        "@prefix dcat: <http://www.w3.org/ns/dcat#> . <urn:s> a dcat:DatasetSeries . <urn:r> a dcat:CatalogRecord . "
        "<urn:a> a dcat:DataService . <urn:b> a dcat:DataService . "
    )
    path = tmp_path / "a.ttl"
    path.write_text(others, encoding="utf-8")
    with pytest.raises(InputError, match="1 × dcat:DatasetSeries, 2 × dcat:DataService, 1 × dcat:CatalogRecord"):
        score_catalogue([path], ScoringOptions())
    path.write_text(others + "<urn:d> a dcat:Dataset ; dcat:landingPage <x y> .", encoding="utf-8")
    assessment = score_catalogue([path], ScoringOptions(validated=False))
    assert (len(assessment.datasets), list(assessment.not_scored.values())) == (1, [1, 2, 1])
    assert [finding.rule for finding in assessment.findings] == ["invalid-iri"]
