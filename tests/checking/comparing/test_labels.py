"""What things are called in reports."""

from support.compared_builds import BASE, TWO_PLANS, compare_turtle

from dcat_hk.checking.comparing.labels import choose_label


def test_the_newer_name_wins_and_old_things_keep_theirs(tmp_path):
    """A thing in both builds is called as the newer one calls it, one that is gone as the older one did."""
    new = TWO_PLANS.replace('"b"@en', '"B"@en').replace("roads-c", "roads-d")
    labels = compare_turtle(tmp_path, TWO_PLANS, new).labels
    assert labels[f"{BASE}dataset/roads-b"] == {"en": "B"}
    assert labels[f"{BASE}dataset/roads-c"] == {"en": "c"}


def test_known_terms_have_the_names_of_the_vocabularies(tmp_path):
    """A concept that a fact points at is named although the build does not describe it."""
    frequency = "http://publications.europa.eu/resource/authority/frequency"
    text = f"<{BASE}dataset/parks-a> dct:accrualPeriodicity <{frequency}/{{}}> ."
    labels = compare_turtle(tmp_path, TWO_PLANS + text.format("MONTHLY"), TWO_PLANS + text.format("DAILY")).labels
    assert labels[f"{frequency}/MONTHLY"]["zh-Hant"] == "每月"


def test_names_are_looked_up_only_if_asked_for(tmp_path):
    """JSON needs no names."""
    assert compare_turtle(tmp_path, TWO_PLANS, TWO_PLANS.replace('"b"', '"B"'), labelled=False).labels == {}


def test_a_name_in_another_language_is_better_than_none():
    """The name in the reader's language comes first, then others, with their language."""
    labels = {"zh-Hans-t-zh-hant": "罪案", "zh-Hant": "罪案"}
    assert choose_label(labels, "zh-Hans") == ("罪案", "zh-Hans-t-zh-hant")
    assert choose_label({"fr": "délits"}, "en") == ("délits", "fr")
