"""Vectors of titles: kept by model and text, and near one another where titles mean the same."""

import numpy
import pytest
from support.extras import need

from dcat_hk.core import caching
from dcat_hk.core.caching import Cache
from dcat_hk.linking import models
from dcat_hk.linking.models import LanguageModels, open_models
from dcat_hk.linking.packages import load_packages

TITLES = ["水警分區基地", "罪案數字比較", "Marine Police Divisional Bases", "Crime Statistics Comparison"]


@pytest.fixture
def counted(monkeypatch):
    """Put a model of tests in the place of a real one, and return what it was asked."""
    asked = []

    def encode(texts):
        asked.extend(texts)
        return numpy.array([[len(text), 1.5] for text in texts], dtype=numpy.float32)

    monkeypatch.setitem(models._ENCODERS, "use", lambda: encode)
    return asked


def test_a_second_run_computes_nothing(counted, tmp_path):
    """And gives the same numbers."""
    one = LanguageModels(("use",), Cache(tmp_path)).embed(TITLES)["use"]
    assert len(counted) == len(TITLES)
    other = LanguageModels(("use",), Cache(tmp_path)).embed([*TITLES, TITLES[0]])["use"]
    assert len(counted) == len(TITLES)
    assert other[:4].tolist() == one.tolist()


def test_another_version_of_the_program_computes_nothing(counted, tmp_path, monkeypatch):
    """What a model says of a title does not depend on the program."""
    monkeypatch.setattr(models, "find_package", lambda _name: None)
    open_models("use", Cache(tmp_path)).embed(TITLES)
    monkeypatch.setattr(caching, "digest_of_program", lambda: "another")
    monkeypatch.setattr(caching, "state_of_program", lambda: ("another", 0))
    open_models("use", Cache(tmp_path)).embed(TITLES)
    assert len(counted) == len(TITLES)


def test_vectors_of_another_model_are_not_taken(counted, tmp_path, monkeypatch):
    """Another digest of its file is another key."""
    LanguageModels(("use",), Cache(tmp_path)).embed(TITLES)
    package = load_packages()["use"]
    files = dict.fromkeys(package.files, "0" * 64)
    monkeypatch.setitem(load_packages(), "use", type(package)(package.package, package.module, package.version, files))
    LanguageModels(("use",), Cache(tmp_path)).embed(TITLES)
    assert len(counted) == 2 * len(TITLES)


def test_no_model_needs_nothing():
    """The usual case."""
    assert open_models("none").embed(TITLES) == {}


@pytest.mark.parametrize("name", ["use", "e5"])
def test_titles_that_mean_the_same_are_near(name):
    """Across languages, nearer than to another title."""
    need(load_packages()[name].module, "link")
    vectors = LanguageModels((name,)).embed(TITLES)[name]
    likeness = vectors[:2] @ vectors[2:].T
    assert likeness.argmax(axis=1).tolist() == [0, 1]
