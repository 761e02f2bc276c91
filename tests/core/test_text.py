"""Characters and languages."""

import csv

import pytest

from dcat_hk.core.text import fold, normalise, transform


@pytest.mark.parametrize(
    ("simplified", "traditional"),
    [
        ("推行的核准资讯科技项目", "推行的核准資訊科技項目"),
        ("已获批准的项目", "已獲批准的項目"),
        ("不准进入，数据不准确", "不准進入，數據不準確"),
        ("标准许可证", "標準許可證"),
        ("卫生及税务", "衞生及稅務"),
        ("户外温度及湿度", "戶外溫度及濕度"),
        ("污水处理", "污水處理"),
        ("每周汇报", "每周匯報"),
        ("合作伙伴", "合作伙伴"),
        ("尽快了解", "盡快了解"),
        ("后台系统", "後台系統"),
        ("皇后大道", "皇后大道"),
        ("升降机里面", "升降機裏面"),
        ("沿着著名古迹", "沿着著名古蹟"),
        ("复核及恢复", "覆核及恢復"),
        ("出版发行", "出版發行"),
    ],
)
def test_simplified_becomes_what_hong_kong_prints(simplified, traditional):
    """Of several traditional characters that one simplified stands for, the one that the word needs is taken."""
    assert transform(simplified, "Hans") == traditional
    assert fold(simplified) == fold(traditional)


@pytest.mark.parametrize(("name", "count"), [("providers", 118), ("categories", 20)])
def test_the_portal_s_own_names_agree(name, count, shared):
    """The names that the portal gives in both scripts turn into one another."""
    (path,) = (shared / "reference/portal").glob(f"{name}_trilingual_*.tsv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert len(rows) == count
    # A name of one ferry company stands in Simplified characters in the portal's Traditional list.
    pairs = [(row["zh-Hans"], normalise(row["zh-Hant"])) for row in rows if row["zh-Hans"] != row["zh-Hant"]]
    pairs = [(hans, hant) for hans, hant in pairs if "轮" not in hant]
    assert len(pairs) >= count * 0.7
    assert [transform(hans, "Hans") for hans, _hant in pairs] == [hant for _hans, hant in pairs]


def test_folding_forgets_script_and_printing():
    """Folded text is the same for both scripts, any width, spaces, punctuation and variants of a character."""
    assert fold("醫務衞生局（HHB）") == fold("医务 卫生局(hhb)") == fold("醫務衛生局 HHB")
