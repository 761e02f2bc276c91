"""Stems of English words."""

from dcat_hk.linking.english import stem_word, stem_words


def test_forms_of_a_word_have_one_stem():
    """Number, tense and hyphens make no difference."""
    assert stem_words("Out-patient attendances") == stem_words("outpatient attendance")
    assert stem_word("accredited") == stem_word("accreditation")
    assert stem_words("Operator’s List") == stem_words("Operator List")


def test_numbers_and_short_names_stay():
    """A year, and an abbreviation of two letters."""
    assert stem_words("EV 2019 (PSTS)") == ("ev", "2019", "psts")
