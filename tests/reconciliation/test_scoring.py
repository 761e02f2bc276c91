"""Scores, signal by signal."""

from support.compared_plans import make_plan, planned, released

from dcat_hk.reconciliation.features import find_features
from dcat_hk.reconciliation.scoring import find_context, score
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
