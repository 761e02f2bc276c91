"""How many names look like translations of one another."""

import json

import pytest
from support.paths import ROOT

from dcat_hk.reading.translations import compare_names, find_translated

TRUTH = ROOT / "evaluation" / "truth"
PLANS = sorted(path.name.removesuffix("-en.json") for path in TRUTH.glob("*-en.json"))


def names_of(plan):
    """Return the names of a plan's rows in Chinese and in English."""
    texts = [json.loads((TRUTH / f"{plan}-{language}.json").read_text(encoding="utf-8")) for language in ("tc", "en")]
    rows = [text["entries"] if isinstance(text, dict) else text for text in texts]
    return [(chinese["title"], english["title"]) for chinese, english in zip(*rows, strict=True)]


@pytest.mark.parametrize("plan", PLANS)
def test_names_of_a_translation_are_like_and_those_of_other_plans_unlike(plan):
    """Of every plan of the evaluation set, beside its own translation and beside those of the others."""
    names = names_of(plan)
    assert not compare_names(names).are_unlike
    assert not any(compare_names(names[start : start + 5]).are_unlike for start in range(0, len(names) - 5, 5))
    chinese = [name for name, _english in names]
    others = [[english for _chinese, english in names_of(other)] for other in PLANS if other != plan]
    unlike = [compare_names(zip(chinese, other, strict=False)).are_unlike for other in others]
    assert sum(unlike) >= 0.8 * len(unlike)


def test_simplified_names_and_other_endings_are_understood():
    """Names are folded to one script; a word may end otherwise than in the glossary."""
    names = [("公共图书馆", "Public library"), ("游泳池", "A swimming pool"), ("巴士路线", "Bus-routes")]
    assert compare_names(names).translated == 3


def test_names_are_found_wherever_they_stand():
    """A name that looks like a translation of two is told with both."""
    found = find_translated(["游泳池水質", "圖書館", "無線電"], ["Libraries", "Swimming pools", "Public library books"])
    assert list(found) == [(0, 1), (1, 0), (1, 2)]
