"""Items with the same title."""

from support.compared_plans import compare, fates, make_plan, outcome_of, planned, released


def test_titles_in_two_scripts_and_signs_are_equal():
    """The script, signs and white space of a title do not matter."""
    (pair,) = compare(
        make_plan(2021, planned("「車位」 數目", "2021-06")), make_plan(2022, released("车位数目", "2021-06"))
    )
    assert fates(pair) == {"「車位」 數目": "released-on-time"}
    assert outcome_of(pair, "「車位」 數目").link_class == "same"


def test_a_heading_that_is_gone_and_a_spatial_split_do_not_matter():
    """A title that each plan has once is enough where the template changed."""
    old = make_plan(2021, released("遊艇牌照數目", group="牌照"))
    (pair,) = compare(old, make_plan(2022, released("遊艇牌照數目", spatial=False)))
    assert fates(pair) == {"遊艇牌照數目": "kept"}
    assert outcome_of(pair, "遊艇牌照數目").differs == ()


def test_the_same_title_of_another_body_is_another_dataset():
    """The annual report of one body is not that of another: a person has to say."""
    old = make_plan(2021, planned("年報", "2021-06", section="C", organisation="甲會"))
    (pair,) = compare(old, make_plan(2022, planned("年報", "2022-06", section="C", organisation="乙會")))
    assert fates(pair) == {"年報": "open", "+年報": "open"}


def test_a_released_row_may_name_its_body_as_a_heading():
    """A dataset of another organisation is found in section D under a heading of that name, or under none."""
    old = make_plan(2021, planned("年報", "2021-06", section="C", organisation="甲會"), released("年報", number=2))
    for heading in ("甲會 (A)", None):
        new = make_plan(2022, released("年報"), released("年報", "2021-06", number=3, group=heading))
        (pair,) = compare(old, new)
        assert [one.fate for one in pair.outcomes] == ["released-on-time", "kept"]


def test_other_headings_tell_datasets_of_one_title_apart():
    """Rows with one title under several headings are compared heading by heading."""
    old = make_plan(2021, released("牌照數目", group="漁船"), planned("牌照數目", "2021-05", group="遊艇", number=2))
    new = make_plan(2022, released("牌照數目", "2021-07", group="遊艇"), released("牌照數目", group="漁船", number=2))
    (pair,) = compare(old, new)
    assert [(one.fate, one.months) for one in pair.outcomes] == [("kept", None), ("released-late", 2)]


def test_rows_that_nothing_tells_apart_are_left_to_a_person():
    """Of two promises of one title and month, and one release, nobody knows which was kept."""
    old = make_plan(2021, planned("牌照數目", "2021-05"), planned("牌照數目", "2021-05", number=2))
    (pair,) = compare(old, make_plan(2022, released("牌照數目", "2021-07", number=7)))
    assert [one.fate for one in pair.outcomes] == ["open", "open", "open"]


def test_a_spatial_version_joins_its_dataset():
    """A row that is released, and planned anew as spatial data, is judged by the release."""
    old = make_plan(2021, planned("浮標位置", "2021-06"))
    new = make_plan(2022, planned("浮標位置", "2022-09", spatial=True), released("浮標位置", "2021-08", spatial=False))
    (pair,) = compare(old, new)
    (outcome,) = pair.outcomes
    assert (outcome.fate, outcome.months, outcome.differs) == ("released-late", 2, ("spatial-version-added",))
    assert [item.key[:2] for item in outcome.after] == [("D", False), ("A", True)]


def test_a_version_that_is_gone_is_open_while_the_other_is_listed():
    """Whether the spatial version is meant by the row that is left, a person has to say."""
    old = make_plan(2021, released("目錄", spatial=True), planned("目錄", "2021-06", spatial=False))
    (pair,) = compare(old, make_plan(2022, released("目錄", "2021-06", spatial=False)))
    assert {one.before.entry.spatial: one.fate for one in pair.outcomes} == {True: "open", False: "released-on-time"}


def test_what_was_planned_as_an_addition_is_found_as_a_part():
    """A row planned under the title of a released dataset is released as a further part of it."""
    old = make_plan(2021, planned("服務量", "2021-08"), released("服務量", "2017-12", number=1))
    new = make_plan(2022, released("服務量", "2017-12"), released("服務量", "2021-09", part=1))
    (pair,) = compare(old, new)
    assert [(one.fate, one.months) for one in pair.outcomes] == [("released-late", 1), ("kept", None)]
    assert pair.outcomes[1].differs == ("part-added",)


def test_an_addition_that_cannot_be_found_is_open():
    """If the dataset is listed without a further part, nobody knows what became of the addition."""
    old = make_plan(2021, planned("服務量", "2021-08"), released("服務量", "2017-12", number=1))
    (pair,) = compare(old, make_plan(2022, released("服務量", "2017-12")))
    assert [one.fate for one in pair.outcomes] == ["open", "kept"]


def test_what_was_released_long_before_the_plan_is_not_what_it_planned():
    """A row that was released years before the older plan is no promise kept early: a person has to say."""
    old = make_plan(2021, planned("服務量", "2021-08"))
    (pair,) = compare(old, make_plan(2022, released("服務量", "2017-12")))
    assert fates(pair) == {"服務量": "open", "+服務量": "open"}
    (pair,) = compare(old, make_plan(2022, released("服務量", "2020-11")))
    assert fates(pair) == {"服務量": "released-early"}


def test_two_versions_with_months_of_their_own_are_two_datasets():
    """A spatial row released in another month than the other row of its title is a dataset of its own."""
    old = make_plan(2021, released("目錄", "2020-01", spatial=False))
    (pair,) = compare(old, make_plan(2022, released("目錄", "2020-12", spatial=True)))
    assert [one.fate for one in pair.outcomes] == ["open", "open"]
    (pair,) = compare(old, make_plan(2022, released("目錄", "2020-01", spatial=True)))
    assert pair.outcomes[0].differs == ("now-spatial",)


def test_a_release_after_the_older_plan_is_what_it_planned():
    """Of a released and a planned row with one title, the planned one is what was released since."""
    old = make_plan(2021, planned("服務量", "2021-08"), released("服務量", "2017-12", number=1), dated="2020-12")
    (pair,) = compare(old, make_plan(2022, released("服務量", "2021-09")))
    assert [one.fate for one in pair.outcomes] == ["released-late", "open"]


def test_a_dataset_planned_anew_by_another_body_is_left_to_a_person():
    """A released row and a plan of another organisation with the same title need a judgement."""
    old = make_plan(2021, released("服務量"))
    (pair,) = compare(old, make_plan(2022, planned("服務量", "2022-08", section="C", organisation="甲會")))
    assert [one.fate for one in pair.outcomes] == ["open", "open"]
    (pair,) = compare(old, make_plan(2022, planned("服務量", "2022-08")))
    assert [one.fate for one in pair.outcomes] == ["reopened"]


def test_a_part_that_became_a_row_of_its_own_stays_with_its_dataset():
    """The two rows that a row with a further part became are one dataset, and the released one tells its fate."""
    old = make_plan(2021, planned("服務量", "2021-03"), planned("服務量", "2021-09", part=1))
    new = make_plan(2022, released("服務量", "2021-03"), planned("服務量", "2022-03", number=2))
    (pair,) = compare(old, new)
    (outcome,) = pair.outcomes
    assert (outcome.fate, len(outcome.after), outcome.differs) == ("released-on-time", 2, ())


def test_a_row_that_became_a_part_is_kept():
    """Two released rows with one title that the newer plan lists under one number are both kept."""
    old = make_plan(2021, released("服務量", "2019-05"), released("服務量", "2020-03", number=2))
    new = make_plan(2022, released("服務量", "2019-05"), released("服務量", "2020-03", part=1))
    (pair,) = compare(old, new)
    assert [one.fate for one in pair.outcomes] == ["kept", "kept"]
