"""Text that says one thing in two languages."""

import pytest

from dcat_hk.reading.recognisers.languages import choose_language, split_languages


@pytest.mark.parametrize(
    ("text", "latin", "han"),
    [
        ("Port statistics 港口統計 (CSV)", "Port statistics (CSV)", "港口統計 (CSV)"),
        ("港口統計 (CSV) Port statistics (CSV)", "Port statistics (CSV)", "港口統計 (CSV)"),
        ("Category類別", "Category", "類別"),
        ("Transport\n交通", "Transport", "交通"),
        ("交通／Transport", "Transport", "交通"),
        ("船隻 (Vessel arrivals (CSV))", "Vessel arrivals (CSV)", "船隻"),
        ("A. Datasets in 2025 於2025年發放", "A. Datasets in 2025", "A. 於2025年發放"),
        ("Open Data Plan for 2025 to 2027 2025至2027年度計劃", "Open Data Plan for 2025 to 2027", "2025至2027年度計劃"),
        ("GPS 定位資料 GPS location data", "GPS location data", "GPS 定位資料"),
        ("Cargo 以CSV格式提供的貨物", "Cargo", "以CSV格式提供的貨物"),
        ("(i) Spatial data 空間數據", "(i) Spatial data", "(i) 空間數據"),
        ("Tai Ping Shan \U000282cd\U00029fde Port 統計", "Tai Ping Shan", "\U000282cd\U00029fde Port 統計"),
        ("\U000282cd\U00029fde Rain gauges", "Rain gauges", "\U000282cd\U00029fde"),
        ("December 2024 二零二四年十二月", "December 2024", "二零二四年十二月"),
    ],
)
def test_a_text_is_split_where_fewest_letters_are_astray(text, latin, han):
    """A name in Latin letters stays with the Chinese it stands in; formats and a heading's letter are in both."""
    assert split_languages(text).texts(text) == (latin, han)


@pytest.mark.parametrize(
    "text", ["Port statistics", "港口統計", "09/2025", "", "港口統計 (CSV)", "第A區", "以 CSV 格式提供"]
)
def test_a_text_in_one_language_is_not_split(text):
    """Formats and single letters are no second language."""
    assert split_languages(text) is None


def test_every_character_is_in_a_part():
    """What is in neither language is a sign between them."""
    text = "A. 船隻 / Vessels (CSV)"
    parts = split_languages(text)
    covered = {i for stretches in parts for start, end in stretches for i in range(start, end)}
    assert covered == set(range(len(text)))


def test_a_name_in_two_languages_is_given_in_one():
    """The language of the text beside it chooses."""
    assert choose_language("Marine Department 海事處", "Annual Open Data Plan") == "Marine Department"
    assert choose_language("Marine Department 海事處", "開放數據計劃") == "海事處"
