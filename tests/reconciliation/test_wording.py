"""The words for fates and differences."""

from dcat_hk.core.text import transform
from dcat_hk.reconciliation.outcomes import DIFFERENCES, FATES
from dcat_hk.reconciliation.wording import load_comparison_wording, name_term


def test_every_fate_and_difference_has_a_name_of_its_own():
    """The vocabulary names each fate and each difference in three languages."""
    for language in ("en", "zh-Hant", "zh-Hans"):
        for names in (FATES, DIFFERENCES):
            assert len({name_term(name, language) for name in names}) == len(names)


def test_the_two_chinese_scripts_say_the_same():
    """The Simplified text is the Traditional one in other characters."""
    wording = load_comparison_wording()
    for table in (wording.classes, wording.texts):
        for names in table.values():
            assert transform(names["zh-Hant"], "Hant") == names["zh-Hans"]
