"""The script of a plan."""

import pytest

from dcat_hk.reading.documents import read_bytes
from dcat_hk.reading.parsing.script import find_script


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Names of streets in Chinese (街道名稱) and English (CSV)", "Latn"),
        ("以CSV、JSON、XML格式提供街道名稱及建築物名單", "Hant"),
        ("以CSV、JSON、XML格式提供街道名称及建筑物名单", "Hans"),
        ("12/2024", "Hant"),
    ],
)
def test_most_of_the_text_decides(text, script):
    """An English text that quotes Chinese is English; a Chinese one that names formats is Chinese."""
    assert find_script(read_bytes(text.encode(), "plan.txt")) == script


def test_text_that_is_known_to_be_chinese_is_in_a_chinese_script():
    """The Chinese half of a plan in two languages is Chinese, however much English stands beside it."""
    document = read_bytes("Name of Dataset and its Description in English: 船隻".encode(), "plan.txt")
    assert (find_script(document), find_script(document, is_chinese=True)) == ("Latn", "Hant")
