"""The rows that reports of the score share: figures, organisations, losses, and their order."""

import pytest
from support.scored_catalogues import WHOLE, scored

from dcat_hk.checking.scoring.assessment import Figure
from dcat_hk.checking.scoring.report_rows import (
    band_code,
    band_name,
    figure_rows,
    group_rows,
    loss_rows,
    lowest,
    organisation_rows,
)

#: A dataset that lacks nearly everything and names nobody as its publisher.
POOR = ':c dcat:dataset :e . :e a dcat:Dataset ; dct:title "E"@en .'


@pytest.fixture
def assessment(tmp_path):
    """Return the assessment of a dataset that has everything and of one that has a title only."""
    return scored(tmp_path, WHOLE + POOR)


def test_losses_come_by_points_with_the_unmeasured_last(assessment):
    """What was measured stands before what was not, and within each the most points first."""
    rows = loss_rows(assessment, assessment.whole)
    measured = [row.measured for row in rows]
    assert measured == sorted(measured, reverse=True)
    assert not all(measured)
    points = [row.points for row in rows if row.measured]
    assert points == sorted(points, reverse=True)
    keyword = next(row for row in rows if row.metric == "keywordAvailability")
    # One of two datasets has no keyword, which is worth 30 points.
    assert (keyword.datasets, keyword.points, keyword.mean) == (1, 30, 15)


def test_losses_with_one_reason_are_one_group(assessment):
    """In a catalogue of others losses are grouped by reason; means of all groups add up to all that is lost."""
    groups = group_rows(assessment, assessment.whole)
    rows = loss_rows(assessment, assessment.whole)
    assert len(groups) <= len(rows)
    assert sum(group.mean for group in groups) == pytest.approx(sum(row.mean for row in rows))


def test_bands_are_named_only_where_there_are_any(assessment):
    """The figure of applicable points has no band, nor has a figure of no dataset."""
    bands = {row.code: row.band for row in figure_rows(assessment, assessment.figures())}
    assert bands["strict"]
    assert bands["applicable"] == ""
    nothing = {"released": (0, Figure(0, 405, 0))}
    assert [row.band for row in figure_rows(assessment, nothing)] == [""]
    assert (band_name("", "en"), band_code(Figure(350.5, 405, 0))) == ("", "excellent")


def test_organisations_without_a_name_come_last(assessment):
    """A dataset without a publisher counts for a row of its own, after those with names."""
    assert [(row.iri, row.datasets) for row in organisation_rows(assessment)] == [("https://far.example/p", 1), ("", 1)]


def test_the_lowest_score_comes_first(assessment):
    """Datasets are listed from the fewest points to the most."""
    assert [dataset.iri for dataset in lowest(assessment)] == ["https://far.example/e", "https://far.example/d"]
