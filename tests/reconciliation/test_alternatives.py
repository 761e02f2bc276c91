"""Items whose title is not found again."""

import pytest
from support.compared_plans import compare, fates, make_plan, outcome_of, planned, released

OTHERS = [
    released(f"{word}統計數字", number=n) for n, word in enumerate(("潮汐", "渡輪", "船員", "燈塔", "錨地", "海圖"), 10)
]
REMARK = "各水域內已登記的漁船和養殖魚排的編號、長度、船主名稱及登記日期"


def test_a_reworded_title_is_linked_where_nothing_else_is_as_like():
    """A title with a word changed, the same remark, month and formats are one dataset."""
    old = make_plan(2021, planned("漁船和養殖魚排登記名冊", "2021-06", description=REMARK), *OTHERS)
    new = make_plan(2022, planned("已登記漁船和養殖魚排名冊", "2021-06", description=REMARK), *OTHERS)
    (pair,) = compare(old, new)
    outcome = outcome_of(pair, "漁船和養殖魚排登記名冊")
    assert (outcome.fate, outcome.link_class, outcome.differs) == ("unchanged", "renamed", ("renamed",))
    assert outcome.confidence is not None
    assert sum(outcome.evidence.values()) >= 7.2


def test_a_build_only_asks_where_titles_differ():
    """Without renames the same pair is a candidate, and open on both sides."""
    old = make_plan(2021, planned("漁船和養殖魚排登記名冊", "2021-06", description=REMARK), *OTHERS)
    new = make_plan(2022, planned("已登記漁船和養殖魚排名冊", "2021-06", description=REMARK), *OTHERS)
    (pair,) = compare(old, new, renames=False)
    assert [one.fate for one in pair.outcomes if one.fate != "kept"] == ["open", "open"]
    assert outcome_of(pair, "漁船和養殖魚排登記名冊").candidates[0].evidence["title"] > 0


def test_siblings_of_a_series_are_never_linked():
    """Titles that differ in what they count by are two datasets, however alike the rows are."""
    for old_word, new_word in (("年齡", "性別"), ("船種", "地區")):
        row = "按{}劃分的已登記本地船隻數目"
        old = make_plan(2021, planned(row.format(old_word), "2021-06", description=REMARK), *OTHERS)
        new = make_plan(2022, planned(row.format(new_word), "2021-06", description=REMARK), *OTHERS)
        (pair,) = compare(old, new)
        assert outcome_of(pair, row.format(old_word)).after == ()


@pytest.mark.parametrize(
    ("old_title", "new_title"),
    [
        ("漁船和養殖魚排登記名冊", "非漁船和養殖魚排登記名冊"),
        ("漁船和養殖魚排登記名冊", "已停用漁船和養殖魚排登記名冊"),
        ("漁船和養殖魚排登記名冊", "漁船和養殖魚排登記名冊（離島）"),
    ],
)
def test_a_title_that_is_limited_or_denied_is_not_linked(old_title, new_title):
    """A word of denial or something in brackets makes another dataset, however alike the rows are: a person says."""
    old = make_plan(2021, planned(old_title, "2021-06", description=REMARK), *OTHERS)
    new = make_plan(2022, planned(new_title, "2021-06", description=REMARK), *OTHERS)
    (pair,) = compare(old, new)
    assert outcome_of(pair, old_title).fate == "open"


def test_siblings_in_english_are_never_linked():
    """Number of vessels by age is not number of vessels by sex."""
    old = make_plan(2021, planned("Number of vessels by age", "2021-06", description="By year"), script="Latn")
    new = make_plan(2022, planned("Number of vessels by sex", "2021-06", description="By year"), script="Latn")
    (pair,) = compare(old, new)
    assert fates(pair) == {"Number of vessels by age": "open", "+Number of vessels by sex": "open"}


def test_what_is_nowhere_is_no_longer_listed():
    """A dataset with nothing like it in the newer plan is no longer listed; the word dropped is not used."""
    old = make_plan(2021, planned("繩結比賽成績", "2021-05"), *OTHERS)
    (pair,) = compare(old, make_plan(2022, planned("水警基地", "2022-05", category="保安"), *OTHERS))
    assert fates(pair)["繩結比賽成績"] == "no-longer-listed"
    assert fates(pair)["+水警基地"] == "new"


def test_one_row_that_became_several_is_a_candidate():
    """Titles that each contain the old title are its parts; only a person says so."""
    old = make_plan(2021, released("遊艇牌照數目"), *OTHERS)
    news = [released("新界遊艇牌照數目", "2022-01"), released("港島遊艇牌照數目", "2022-01", number=2)]
    (pair,) = compare(old, make_plan(2022, *news, *OTHERS))
    outcome = outcome_of(pair, "遊艇牌照數目")
    assert (outcome.fate, [one.kind for one in outcome.candidates]) == ("open", ["split", "split"])


def test_several_rows_that_became_one_are_candidates():
    """The mirror of a split: each old row may have merged into the new one."""
    olds = [released("新界遊艇牌照數目"), released("港島遊艇牌照數目", number=2)]
    (pair,) = compare(make_plan(2021, *olds, *OTHERS), make_plan(2022, released("遊艇牌照數目", "2022-01"), *OTHERS))
    assert [one.candidates[0].kind for one in pair.outcomes[:2]] == ["merged", "merged"]
    assert [one.fate for one in pair.outcomes if one.fate != "kept"] == ["open"] * 3


def test_at_most_five_candidates_best_first():
    """A person is asked about five rows at most."""
    news = [released(f"{word}遊艇牌照數目", "2022-01", number=n) for n, word in enumerate("甲乙丙丁戊己庚", 1)]
    (pair,) = compare(make_plan(2021, released("遊艇牌照數目"), *OTHERS), make_plan(2022, *news, *OTHERS))
    scores = [one.score for one in outcome_of(pair, "遊艇牌照數目").candidates]
    assert len(scores) == 5
    assert scores == sorted(scores, reverse=True)


def test_a_title_that_another_row_now_names_may_have_merged_into_it():
    """A row that is gone, and that the remarks of another row name for the first time, is asked about."""
    olds = [released("遊艇牌照數目"), released("船隻統計", number=2, description="各類船隻")]
    new = released("船隻統計", number=2, description="各類船隻，包括遊艇牌照數目")
    (pair,) = compare(make_plan(2021, *olds, *OTHERS), make_plan(2022, new, *OTHERS))
    outcome = outcome_of(pair, "遊艇牌照數目")
    assert (outcome.fate, [one.kind for one in outcome.candidates]) == ("open", ["merged"])
    named = [olds[0], released("船隻統計", number=2, description="各類船隻，包括遊艇牌照數目")]
    (pair,) = compare(make_plan(2021, *named, *OTHERS), make_plan(2022, new, *OTHERS))
    assert outcome_of(pair, "遊艇牌照數目").fate == "no-longer-listed"


def test_rows_that_the_remarks_listed_may_be_what_a_row_was_split_into():
    """Rows whose titles the older remarks list are candidates for a split."""
    old = released("服務量", description="急症室就診人次、專科門診就診人次")
    news = [released("急症室就診人次", "2022-01"), released("專科門診就診人次", "2022-01", number=2)]
    (pair,) = compare(make_plan(2021, old, *OTHERS), make_plan(2022, *news, *OTHERS))
    assert [one.kind for one in outcome_of(pair, "服務量").candidates] == ["split", "split"]


def test_a_category_that_the_whole_plan_renamed_speaks_against_nothing():
    """Where linked rows have another name of their category, the others are compared by that name."""
    new_others = [one._replace(category="天文") for one in OTHERS]
    old = make_plan(2021, planned("漁船和養殖魚排登記名冊", "2021-06", description=REMARK), *OTHERS)
    row = planned("已登記漁船和養殖魚排名冊", "2021-06", description=REMARK, category="天文")
    (pair,) = compare(old, make_plan(2022, row, *new_others))
    outcome = outcome_of(pair, "漁船和養殖魚排登記名冊")
    assert outcome.evidence["category"] > 0
    assert outcome.differs == ("renamed", "category-changed")


def test_words_that_many_datasets_have_are_no_evidence():
    """Two rows with the position of something, the same usual remark, month and format are not alike."""
    remark = "名稱及座標 (CSV)"
    old = make_plan(2021, planned("停車場位置", "2021-06", description=remark), *OTHERS)
    (pair,) = compare(old, make_plan(2022, planned("公廁位置", "2021-06", description=remark), *OTHERS))
    assert fates(pair)["停車場位置"] == "no-longer-listed"
