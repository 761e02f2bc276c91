"""Compliance with the shapes of DCAT-AP: what counts for a dataset, and what only others can say."""

import pytest
from support.dask_clusters import dask_cluster
from support.scored_catalogues import WHOLE, scored

from dcat_hk.checking.scoring import compliance as scoring
from dcat_hk.checking.scoring.compliance import find_failing
from dcat_hk.checking.scoring.measuring import MET, IndicatorOutcome
from dcat_hk.checking.scoring.rubric import load_rubric
from dcat_hk.checking.scoring.things import Catalogue
from dcat_hk.core import cluster as clusters
from dcat_hk.core.cluster import ClusterAnswer


def test_a_format_that_is_text_violates_the_shapes(tmp_path):
    """A dataset with the text "CSV" as a format does not comply; with the concept it does."""
    text = WHOLE.replace("dct:format ft:CSV", 'dct:format "CSV"')
    (bad,) = scored(tmp_path, text, validated=True).datasets
    (good,) = scored(tmp_path, WHOLE, validated=True).datasets
    compliance = list(load_rubric().metrics).index("dcatApCompliance")
    assert good.score.outcomes[compliance] == MET
    assert bad.score.outcomes[compliance] == IndicatorOutcome(False, "violates")


def test_compliance_asks_nothing_that_only_others_can_say(tmp_path):
    """A dataset complies that names concepts, formats and licences without describing them, as most catalogues do."""
    compliance = list(load_rubric().metrics).index("dcatApCompliance")
    bare = WHOLE[: WHOLE.index(":r a dct:RightsStatement")]
    (one,) = scored(tmp_path, bare, validated=True).datasets
    assert one.score.outcomes[compliance] == MET
    (bad,) = scored(tmp_path, bare.replace("dcat:accessURL", "dcat:other"), validated=True).datasets
    assert bad.score.outcomes[compliance] == IndicatorOutcome(False, "violates")


def test_a_violation_counts_for_every_dataset_that_refers_to_it(tmp_path):
    """A publisher without a name fails the datasets that name it and no other; progress tells how many are done."""
    extra = (
        ":c dcat:dataset :e, :f . :nameless a foaf:Agent ."
        ':e a dcat:Dataset ; dct:title "E"@en ; dct:description "E"@en ; dct:publisher :nameless .'
        ':f a dcat:Dataset ; dct:title "F"@en ; dct:description "F"@en ; dct:publisher :p ; dct:relation :e .'
    )
    path = tmp_path / "made.ttl"
    path.write_text(WHOLE + extra, encoding="utf-8")
    done = []
    with Catalogue() as catalogue:
        catalogue.load([path], "https://far.example/")
        failing = find_failing(catalogue, catalogue.datasets, done.append)
    assert failing == {"https://far.example/e"}
    assert done == [3]


@pytest.mark.parametrize("is_lost", [False, True])
def test_a_cluster_finds_the_same(tmp_path, monkeypatch, is_lost):
    """Chunk by chunk, in order, and whatever no worker answers is validated here."""
    monkeypatch.setattr(scoring, "_CHUNK", 2)
    real = clusters.Cluster.map

    def forgetting(self, *given):
        for answer in real(self, *given):
            assert not answer.lost
            yield ClusterAnswer(None, "KilledWorker") if is_lost else answer

    monkeypatch.setattr(clusters.Cluster, "map", forgetting)
    things = [
        f':d{number} a dcat:Dataset ; dct:title "T"@en ; dct:description "D"@en ; '
        f"dct:publisher {':nameless' if number % 3 == 0 else ':p'} . :c dcat:dataset :d{number} ."
        for number in range(9)
    ]
    path = tmp_path / "made.ttl"
    path.write_text(f"{WHOLE} :nameless a foaf:Agent . {' '.join(things)}", encoding="utf-8")
    done, again = [], []
    with Catalogue() as catalogue, dask_cluster(tmp_path) as cluster:
        catalogue.load([path], "https://far.example/")
        expected = find_failing(catalogue, catalogue.datasets, done.append)
        found = find_failing(catalogue, catalogue.datasets, again.append, cluster.address)
    assert found == expected == {f"https://far.example/d{number}" for number in (0, 3, 6)}
    assert again == done == [2, 4, 6, 8, 10]
