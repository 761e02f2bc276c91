"""The words for fates and differences."""

from dcat_hk.core.text import transform
from dcat_hk.reconciliation.wording import load_comparison_wording


def test_no_two_fates_have_one_name():
    """In each language a fate is known by its name."""
    fates = load_comparison_wording().fates
    for language in ("en", "zh-Hant", "zh-Hans"):
        assert len({names[language] for names in fates.values()}) == len(fates)


def test_the_two_chinese_scripts_say_the_same():
    """The Simplified text is the Traditional one in other characters."""
    wording = load_comparison_wording()
    for table in (wording.fates, wording.differences, wording.classes, wording.texts):
        for names in table.values():
            assert transform(names["zh-Hant"], "Hant") == names["zh-Hans"]
