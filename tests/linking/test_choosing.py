"""What is sure enough to be written."""

import numpy
import pytest

from dcat_hk.linking.choosing import choose, find_probabilities
from dcat_hk.linking.explaining import TitleShares
from dcat_hk.linking.scoring import BlockScores
from dcat_hk.linking.weights import load_linking

NONE = load_linking().models["none"].none


def scores_of(total, **tables):
    """Return scores with a total, in which nothing stands against a link."""
    table = numpy.array(total, dtype=float)
    ones, none, unknown = (numpy.full(table.shape, value) for value in (1.0, 0.0, numpy.nan))
    usual = {
        "allowed": ones > 0,
        "equal": ones < 0,
        "like": unknown,
        **dict(zip(TitleShares._fields, (ones, ones, none, none, none), strict=True)),
        "responsible": ones > 0,
        "characters": numpy.full(len(table), 9.0),
        "similarity": unknown,
        "signals": {"glossary": table},
        "titles": table,
        "total": table,
    }
    given = usual | {name: numpy.array(value) for name, value in tables.items()}
    shares = TitleShares(*(given.pop(name) for name in TitleShares._fields))
    return BlockScores(shares=shares, **given)


def choices(scores, sure=True):
    """Return what is chosen for each line, without a model."""
    lines, columns = scores.total.shape
    return choose(scores, "none", load_linking(), [sure] * lines, [f"r{column}" for column in range(columns)])


def test_a_clear_winner_is_written_and_a_near_tie_is_asked():
    """How much better it is than the next one decides."""
    assert choices(scores_of([[NONE + 9, NONE]]))[0].column == 0
    tie = choices(scores_of([[NONE + 9, NONE + 8.5]]))[0]
    assert tie.column is None
    assert tie.candidates == (0, 1)


@pytest.mark.parametrize(
    ("unexplained", "ahead", "column"),
    [
        ([[0.0, 1.0]], 1.2, 0),  # of two records nearly alike it is the only one that leaves nothing over
        ([[0.0, 0.0]], 1.2, None),  # both do
        ([[1.0, 1.0]], 1.2, None),  # none does
        ([[0.0, 1.0]], 0.8, None),  # it is no better than the other
    ],
)
def test_the_only_one_that_leaves_nothing_over_need_not_be_far_ahead(unexplained, ahead, column):
    """What is left over tells it from its siblings."""
    scores = scores_of([[NONE + 9, NONE + 9 - ahead]], unexplained=unexplained)
    assert choices(scores)[0].column == column


@pytest.mark.parametrize(
    "table",
    [
        {"explained": [[0.5]]},
        {"explaining": [[0.4]]},
        {"unsaid": [[1.0]]},
        {"unsaid": [[numpy.nan]]},
        {"unsaid": [[1.0]], "contrary": [[1.0]]},
        {"unexplained": [[1.0]]},
        {"responsible": [[False]]},
        {"characters": [2.0]},
        {"like": [[0.3]]},
    ],
)
def test_each_kind_of_doubt_keeps_a_link_from_being_written(table):
    """It stays a candidate."""
    (choice,) = choices(scores_of([[NONE + 9]], **table))
    assert (choice.column, choice.candidates) == (None, (0,))


@pytest.mark.parametrize(
    ("table", "is_written"),
    [
        ({"unsaid": [[2.0]], "similarity": [[0.4]]}, True),
        ({"unsaid": [[2.0]], "similarity": [[0.1]]}, False),
        ({"unsaid": [[2.0]], "contrary": [[1.0]], "similarity": [[0.9]]}, False),
        ({"unexplained": [[1.0]], "similarity": [[0.9]]}, False),
    ],
)
def test_models_see_further_only_where_nobody_knows_what_a_word_means(table, is_written):
    """What is left over of words that are known makes a sibling of it, however alike models find the titles."""
    scores = scores_of([[30.0]], **table)
    (choice,) = choose(scores, "use+e5", load_linking(), [True], ["r0"])
    assert (choice.column == 0) is is_written


def test_titles_as_good_as_equal_need_no_glossary():
    """A likeness in one language is enough."""
    (choice,) = choices(scores_of([[NONE + 9]], like=[[0.95]], explained=[[0.0]]))
    assert (choice.column, choice.why) == (0, "like")


def test_equal_titles_are_written_where_they_are_the_only_ones():
    """Two records of one title are asked about."""
    only = choices(scores_of([[NONE, NONE]], equal=[[True, False]]))[0]
    assert (only.column, only.why) == (0, "equal")
    assert choices(scores_of([[NONE, NONE]], equal=[[True, True]]))[0].column is None


def test_what_may_not_be_written_never_is():
    """A promise without a month."""
    assert choices(scores_of([[NONE + 9]], equal=[[True]]), sure=False)[0].column is None


def test_two_rows_that_want_one_record_share_its_chance():
    """None of them is sure."""
    chances = find_probabilities(numpy.array([[NONE + 9.0], [NONE + 9.0]]), NONE)
    assert chances.max() < 0.6
    assert all(choice.column is None for choice in choices(scores_of([[NONE + 9], [NONE + 9]])))


def test_what_does_not_come_into_question_is_no_candidate():
    """Whatever its score."""
    (choice,) = choices(scores_of([[NONE + 9, NONE + 20]], allowed=[[True, False]]))
    assert choice.candidates == (0,)


def test_no_records_no_choice():
    """An empty block."""
    (choice,) = choices(scores_of(numpy.zeros((1, 0)), characters=[9.0]))
    assert (choice.column, choice.candidates) == (None, ())
