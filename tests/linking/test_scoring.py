"""What facts and titles add."""

import numpy
import pytest
from support.linked_rows import make_plan, make_portal, make_record, make_row

from dcat_hk.core.vocabularies import load
from dcat_hk.linking.blocks import ProviderNames, make_block
from dcat_hk.linking.comparing import Comparer
from dcat_hk.linking.glossary import load_glossary
from dcat_hk.linking.rows import PlacedItem, find_lines
from dcat_hk.linking.scoring import Scorer, titles_of_item, titles_of_record
from dcat_hk.linking.titles import count_english
from dcat_hk.linking.weights import load_linking

WEIGHTS = load_linking().weights


def score(row, record, model="none", embed=None, created=None):
    """Return the scores of one row and one record."""
    snapshot = make_portal(record)
    (line,) = find_lines([make_plan(row, dated="2021-12")], {}, "2024-01")
    comparer = Comparer(load_glossary(), count_english([]), 0, load_linking())
    scorer = Scorer(model, comparer, load_linking(), created or {}, embed)
    return scorer.score(make_block(line, snapshot, ProviderNames(load(), snapshot, {})))


@pytest.mark.parametrize(
    ("row", "record", "signal", "expected"),
    [
        ({"category": "運輸"}, {"category": "transport"}, "category", WEIGHTS.same_category),
        ({"category": "環境"}, {"category": "transport"}, "category", WEIGHTS.other_category),
        ({"formats": ("CSV",)}, {"formats": ("API", "CSV")}, "formats", WEIGHTS.formats + WEIGHTS.formats_base),
        ({"formats": ("CSV",)}, {"formats": ("API",)}, "formats", 0.0),
        ({}, {"title": "Piers of 2019"}, "year", WEIGHTS.year),
        ({"description": "2019年"}, {"title": "Piers of 2019"}, "year", 0.0),
        ({"section": "A", "date": "2022-06"}, {"created": "2020-03-01"}, "stage", WEIGHTS.existed),
        ({"section": "A", "date": "2022-06"}, {"created": "2022-06-01"}, "stage", 0.0),
        ({"spatial": True}, {"formats": ("API",)}, "spatial", WEIGHTS.spatial),
    ],
)
def test_facts_speak_for_or_against(row, record, signal, expected):
    """Each fact that both state adds or takes away; one that is missing says nothing."""
    titles = {"title": "Piers", **record}
    scores = score(make_row("碼頭", **row), make_record("hk-hsd-a", **titles))
    assert scores.signals[signal].tolist() == [[pytest.approx(expected)]]


def test_a_month_counts_where_the_day_of_creation_means_something():
    """The day itself is decided elsewhere."""
    row, record = make_row("碼頭", date="2022-06"), make_record("hk-hsd-a", "Piers", created="2022-06-30")
    assert score(row, record).signals["date"].item() == 0
    assert score(row, record, created={"hk-hsd-a": "2022-06"}).signals["date"].item() == WEIGHTS.same_month


def test_vectors_are_centred_on_each_side():
    """What all titles of one side have in common says nothing."""
    rng = numpy.random.default_rng(1)
    shift = rng.normal(size=8) * 50
    own = rng.normal(size=(3, 8))
    vectors = numpy.concatenate([own, own + shift]).astype(numpy.float32)
    records = [make_record(f"hk-hsd-{n}", f"Title {n}") for n in range(3)]
    snapshot = make_portal(*records)
    rows = [make_row(title, number=n) for n, title in enumerate(("甲乙", "丙丁", "戊己"), 1)]
    (line,) = find_lines([make_plan(*rows)], {}, "2024-01")
    comparer = Comparer(load_glossary(), count_english([]), 0, load_linking())
    scorer = Scorer("use", comparer, load_linking(), {}, lambda _texts: {"use": vectors})
    scores = scorer.score(make_block(line, snapshot, ProviderNames(load(), snapshot, {})))
    assert scores.similarity.argmax(axis=1).tolist() == [0, 1, 2]
    assert scores.similarity.max() == pytest.approx(1.0, abs=1e-4)


def test_titles_are_taken_in_all_languages():
    """Of rows and of records."""
    plan = make_plan(make_row("碼頭", description="位置", group="水域"))
    titles = titles_of_item(PlacedItem(plan, plan.items[0]))
    assert (titles.chinese, titles.support, titles.printed) == ("码头", "水域位置", "碼頭")
    record = titles_of_record(make_record("hk-hsd-team1-piers", "Piers", "碼頭"))
    assert (record.chinese, record.english, record.name) == ("码头", "Piers", "-team1-piers")


def test_others_are_no_more_alike_across_languages_than_in_one_where_there_is_the_same_title():
    """What a glossary says of another record does not keep the record of the same title from being linked."""
    records = [
        make_record("hk-hsd-piers", "Jetties", "公眾碼頭位置"),
        make_record("hk-hsd-lists", "Location of Public Piers", "泊位收費"),
        make_record("hk-hsd-more", "Public Piers"),
    ]
    snapshot = make_portal(*records)
    comparer = Comparer(load_glossary(), count_english([]), 0, load_linking())
    for title, is_limited in (("公眾碼頭位置", True), ("可登岸的碼頭", False)):
        (line,) = find_lines([make_plan(make_row(title))], {}, "2024-01")
        block = make_block(line, snapshot, ProviderNames(load(), snapshot, {}))
        scores = Scorer("none", comparer, load_linking(), {}).score(block)
        by_name = dict(zip((one.slug for one in block.records), scores.signals["language"][0], strict=True))
        assert (by_name["hk-hsd-lists"] < 0) == is_limited
        assert by_name["hk-hsd-piers"] == by_name["hk-hsd-more"] == 0
