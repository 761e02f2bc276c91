"""What `dcat-hk review` says."""

import pytest

from dcat_hk.reconciliation.review_wording import ANSWERS, find_answer, load_review_wording


@pytest.mark.parametrize("language", ["en", "zh-Hant", "zh-Hans"])
def test_an_answer_is_known_by_its_words_in_every_language(language):
    """What an answer is called is understood in a spreadsheet, whatever the case and the spaces."""
    wording = load_review_wording()
    assert [find_answer(f" {wording.answers[verdict][language].upper()}") for verdict in ANSWERS] == list(ANSWERS)
    assert all(wording.texts[name][language] for name in wording.texts)


def test_other_words_are_no_answer():
    """Nothing is guessed."""
    assert find_answer("maybe the same") is None
    assert find_answer("") is None
