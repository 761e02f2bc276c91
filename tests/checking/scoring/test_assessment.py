"""The assessment of a catalogue: which datasets are in it, its figures, and the causes of losses."""

from support.scored_catalogues import WHOLE, scored

from dcat_hk.checking.scoring.assessment import Figure, Tally, addresses, rounded
from dcat_hk.checking.scoring.measuring import ScoringRules
from dcat_hk.checking.scoring.things import Catalogue


def test_points_are_rounded_up_from_a_half():
    """A catalogue's score is the mean of its datasets', a half rounded up."""
    assert [rounded(value) for value in (226.5, 227.5, 226.49)] == [227, 228, 226]


def test_catalogues_of_others_get_no_cause(tmp_path):
    """Who is to blame is only said of catalogues that this program made."""
    assessment = scored(tmp_path, WHOLE.replace("dct:temporal :t ;", ""))
    assert [loss.cause for loss in assessment.losses(assessment.datasets[0])] == [""] * 4
    assert not assessment.ours


def test_what_is_no_dataset_is_not_scored(tmp_path):
    """Catalogues and series that are also typed as datasets are left out."""
    text = WHOLE + ":c a dcat:Dataset . :s a dcat:DatasetSeries, dcat:Dataset ."
    assert [scored.iri for scored in scored(tmp_path, text).datasets] == ["https://far.example/d"]


def test_shares_are_over_all_distributions(tmp_path):
    """By shares a second distribution without a format costs half of its points; by datasets it costs nothing."""
    text = WHOLE + ":d dcat:distribution :y . :y a dcat:Distribution ; dcat:accessURL <http://HOST/y> ."
    whole = scored(tmp_path, text).figures()["strict"][1].points
    shares = scored(tmp_path, text, rules=ScoringRules(share=True)).figures()["strict"][1].points
    assert (whole, shares) == (405 - 80 - 30, 145 + 150 / 2)


def test_labels_are_chosen_by_language(tmp_path):
    """A name is given in the language of the assessment, else in the script that fits, else in the first there is."""
    titles = 'dct:title "D"@en, "計劃"@zh-Hant'
    text = WHOLE.replace('dct:title "<b>D</b>"@en', titles)
    labels = {language: scored(tmp_path, text, language=language).datasets[0].label for language in ("en", "zh-Hant")}
    assert labels == {"en": ("D", "en"), "zh-Hant": ("計劃", "zh-Hant")}
    derived = text.replace(titles, 'dct:title "計劃"@zh-Hant, "计划"@zh-Hans-t-zh-hant')
    assert scored(tmp_path, derived, language="zh-Hans").datasets[0].label.text == "计划"
    assert scored(tmp_path, text.replace(titles, 'dct:title "Plan"@fr'), language="en").datasets[0].label.text == "Plan"


def test_planned_datasets_are_left_out_of_the_released_figure(tmp_path):
    """The three figures are of all datasets, of those that are released, and of what applies to each."""
    planned = (
        ':c dcat:dataset :e . :e a dcat:Dataset ; dct:title "E"@en ; dct:publisher :p ; '
        "adms:status <https://far.example/def/plan#planned> ."
    )
    assessment = scored(tmp_path, WHOLE + planned)
    figures = assessment.figures()
    assert {code: count for code, (count, _figure) in figures.items()} == {"strict": 2, "released": 1, "applicable": 2}
    # The planned dataset has no indicator that gives points but the publisher's, worth 10.
    assert figures["released"][1].points == 295
    assert figures["strict"][1].points == (295 + 10) / 2
    assert figures["applicable"][1].of < figures["strict"][1].of
    assert assessment.figures_of("https://far.example/p") == figures


def test_figures_of_nothing_are_zero():
    """Without a dataset, or with nothing measured, points and share are 0 and nothing is divided by."""
    assert Tally().figure(ScoringRules()) == Figure(0, 405, 0)
    assert Tally().figure_of_applicable() == Figure(0, 405, 0)
    assert Figure(0, 80, 80).share == 0
    assert Figure(-10, 405, 0).share == 0


def test_only_addresses_of_wanted_datasets_are_collected(tmp_path):
    """Addresses are those of access and download, each once, of the datasets that are asked for."""
    path = tmp_path / "made.ttl"
    other = ":e a dcat:Dataset ; dcat:distribution :y . :y dcat:accessURL <http://HOST/other>, <http://HOST/a> ."
    path.write_text(WHOLE + other, encoding="utf-8")
    with Catalogue() as catalogue:
        catalogue.load([path], "https://far.example/")
        assert addresses(catalogue) == {"http://HOST/a", "http://HOST/f.csv", "http://HOST/other"}
        assert addresses(catalogue, lambda iri: iri.endswith("/d")) == {"http://HOST/a", "http://HOST/f.csv"}
