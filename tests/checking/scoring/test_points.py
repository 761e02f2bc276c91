"""Points: which distribution counts, what dates count, and how many points apply to a planned dataset."""

from support.scored_catalogues import DATASET, DISTRIBUTION, points, without

from dcat_hk.checking.scoring.measuring import IndicatorOutcome, ScoringRules
from dcat_hk.checking.scoring.points import applicable
from dcat_hk.checking.scoring.rubric import load_rubric


def test_all_true_is_405():
    """Oracle 1: a dataset that fulfils everything with one distribution has 405 points."""
    assert points(DATASET, DISTRIBUTION).points == load_rubric().maximum == 405


def test_two_distributions_are_never_mixed():
    """Oracle 2: of one with a format only and one with a media type only, one counts, never both."""
    only_format = without(DISTRIBUTION, "mediaTypeAvailability")
    only_media = without(DISTRIBUTION, "formatAvailability")
    assert points(DATASET, only_media, only_format).points == 395
    assert points(DATASET, only_media, only_format).best == 1
    assert points(DATASET, only_format, only_format).best == 0


def test_no_distribution_is_185_at_most():
    """Oracle 3: without a distribution no more than 185 points can be had."""
    assert points(DATASET).points == 185


def test_dates_of_the_dataset_count_only_without_a_distribution():
    """Oracle 4: a distribution without a date of issue gives 0 strictly, 5 kindly, though the dataset has one."""
    total = points(DATASET, without(DISTRIBUTION, "dateIssuedAvailability"))
    assert (total.points, total.kind) == (400, 405)
    assert IndicatorOutcome(False, "only-dataset") in total.outcomes


def test_the_penalty_is_an_option():
    """Five points each are taken off for a missing format and media type, if that is wanted."""
    lost = without(DISTRIBUTION, "formatAvailability", "mediaTypeAvailability")
    assert points(DATASET, lost).points == 375
    assert points(DATASET, lost, rules=ScoringRules(penalty=True)).points == 365


def test_ceilings_of_the_study():
    """The totals that the rubric's study computed for Hong Kong come out."""
    released = without(DATASET, "temporalAvailability")
    as_planned = without(
        DISTRIBUTION, "downloadUrlAvailability", "downloadUrlStatusCode", "byteSizeAvailability", "knownLicence",
        "dateModifiedAvailability",
    )  # fmt: skip
    assert points(DATASET, without(DISTRIBUTION, "knownLicence")).points == 395
    assert points(released, as_planned).points == 315
    honest = without(released, "dateIssuedAvailability", "dateModifiedAvailability")
    assert points(honest, without(as_planned, "dateIssuedAvailability")).points == 310
    assert points(honest).points == 155


def test_a_planned_dataset_is_not_blamed_for_having_no_download():
    """Of a planned dataset without distribution 155 points apply; what it has all the same is counted."""
    honest = without(DATASET, "temporalAvailability", "dateIssuedAvailability", "dateModifiedAvailability")
    assert applicable(points(honest).outcomes, "planned") == 155
    assert applicable(points(honest).outcomes, "released") == 405
    assert applicable(points(DATASET).outcomes, "planned") == 185
    assert applicable(points(DATASET, DISTRIBUTION).outcomes, "planned") == 405
