"""Scores, signal by signal."""

from support.compared_plans import make_plan, planned, released

from dcat_hk.reconciliation.features import find_features
from dcat_hk.reconciliation.scoring import find_context, find_pairs, score
from dcat_hk.reconciliation.weights import load_weighting


def evidence(old, new, *others):
    """Return what each signal adds for two rows, in plans that have other rows, too."""
    olds = find_features(make_plan(2021, old, *others), 0, "zh")
    news = find_features(make_plan(2022, new, *others), 0, "zh")
    scores = score(olds[:1], news, find_context([*olds, *news], load_weighting()))
    signals = scores.evidence(0, 0)
    assert abs(sum(signals.values()) - float(scores.total[0, 0])) < 0.05
    return signals


def test_every_signal_is_told():
    """Each signal stands in the evidence with what it added."""
    signals = evidence(planned("帆船學校名單", "2021-06"), planned("認可帆船學校一覽", "2021-06"))
    assert set(signals) == {"title", "remark", "frequency", "category", "formats", "date"}


def test_what_speaks_against_one_dataset_is_taken_away():
    """Other numbers, another body, another category and an older stage lower the score."""
    signals = evidence(
        released("2019年成績", category="康樂", organisation="甲會", section="C"),
        planned("2020年成績", category="環境", organisation="乙會", section="C", frequency="DAILY", formats=("JSON",)),
    )
    negative = {name for name, value in signals.items() if value < 0}
    assert negative == {"words", "owner", "category", "stage", "frequency", "formats"}


def test_what_all_rows_share_counts_little():
    """Words that every title of the plans has make two titles less alike than rare ones."""
    series = [released(f"按{word}劃分的牌照數目", number=n) for n, word in enumerate("甲乙丙丁戊己庚辛", 2)]
    common = evidence(released("按子劃分的牌照數目"), released("按丑劃分的牌照數目"), *series)
    alone = evidence(released("按子劃分的牌照數目"), released("按丑劃分的牌照數目"))
    assert common["title"] <= alone["title"]


def test_pairs_that_a_person_is_asked_about():
    """They may be linked, are alike in their text, and of those of one newer row the best and what is near it."""
    rows = [planned("認可帆船學校", "2021-06"), planned("浮標位置", "2021-06", number=2)]
    olds = find_features(make_plan(2021, *rows), 0, "zh")
    news = find_features(
        make_plan(2022, planned("帆船學校名單", "2021-06"), planned("潮汐", "2021-06", number=2)), 0, "zh"
    )
    weighting = load_weighting()
    scores = score(olds, news, find_context([*olds, *news], weighting))
    every = [[True, True], [True, True]]
    pairs = find_pairs(scores, [0, 1], every, weighting.classes)
    assert pairs.asked.tolist() == [[True, False], [False, False]]
    assert pairs.worth == [[float(scores.total[0, 0]), 0.0], [0.0, 0.0]]
    assert (pairs.near(0, None), pairs.near(0, 1), pairs.near(1, 0)) == ([0], [0], [])
    denied = find_pairs(scores, [0, 1], [[False, True], [True, True]], weighting.classes)
    assert not denied.asked.any()
    assert find_pairs(scores, [], [[], []], weighting.classes).worth == [[], []]
    assert find_pairs(scores, [1], [[True], [True]], weighting.classes).near(0, 0) == []
