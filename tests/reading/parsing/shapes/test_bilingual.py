"""Plans in two languages side by side."""

import pytest
from support.plan_readings import codes, leftovers, read
from support.shaped_plans import WORDS, both_languages, expected_rows, plan_of, rows_of


@pytest.mark.parametrize("chinese_first", [False, True])
@pytest.mark.parametrize("sign", [" ", " / ", "／", "  "])
def test_two_languages_are_two_editions(sign, chinese_first):
    """Each row is read once, in Chinese, with what it says in English; one finding tells of it."""
    reading = read(both_languages(sign, chinese_first))
    plan = reading.require()
    assert rows_of(reading) == expected_rows("zh-Hant")
    assert [entry.also[0][1].title for entry in plan.entries] == [row[3] for row in expected_rows("en")]
    assert (plan.bureau, plan.plan_title, plan.script, plan.dated) == (*WORDS["zh-Hant"][0], "Hant", "2024-12")
    (edition,) = plan.editions
    assert (edition.bureau, edition.plan_title, edition.script) == (*WORDS["en"][0], "Latn")
    assert codes(reading) == ["bilingual-cells"]
    assert not leftovers(reading)


def rows_in_turn(labels, rows):
    """Return a table whose rows are said again in the other language below."""
    again = WORDS["zh-Hant"]
    others = again[2] if len(rows) > 1 else again[3]
    lines = [labels, [*again[1][:4], again[1][4] if len(rows) > 1 else again[6][0], again[1][5]]]
    for row, other in zip(rows, others, strict=True):
        lines += [row, ["", *other[1:]]]
    return ["\t".join(line) for line in lines]


def columns_in_turn(labels, rows):
    """Return a table with a column for each language."""
    again = WORDS["zh-Hant"]
    others = again[2] if len(rows) > 1 else again[3]
    twice = (1, 2, 3, 5)
    lines = [[x for i in range(6) for x in ([labels[i], again[1][i]] if i in twice else [labels[i]])]]
    for row, other in zip(rows, others, strict=True):
        lines.append([x for i in range(6) for x in ([row[i], other[i]] if i in twice else [row[i]])])
    return ["\t".join(line) for line in lines]


@pytest.mark.parametrize("shape", [rows_in_turn, columns_in_turn], ids=lambda shape: shape.__name__)
def test_rows_or_columns_in_turn_are_two_editions(shape):
    """A Chinese row under an English one, or a Chinese column beside an English one, is the same dataset."""
    reading = read(plan_of("en", shape))
    assert rows_of(reading) == expected_rows("zh-Hant")
    assert [entry.also[0][1].title for entry in reading.plan.entries] == [row[3] for row in expected_rows("en")]
    assert codes(reading) == ["bilingual-cells"]
    assert not leftovers(reading)


@pytest.mark.parametrize("language", ["en", "zh-Hant"])
def test_labels_in_two_languages_do_not_make_two_editions(language):
    """Rows in one language under a header in two are one edition, and nothing is said about it."""
    both = [f"{one} {other}" for one, other in zip(WORDS["en"][1], WORDS["zh-Hant"][1], strict=True)]
    reading = read(plan_of(language, lambda _labels, rows: ["\t".join(row) for row in (both, *rows)]))
    assert rows_of(reading)[:2] == expected_rows(language)[:2]
    assert reading.plan.editions == ()
    assert "bilingual-cells" not in codes(reading)
    assert reading.plan.script == ("Latn" if language == "en" else "Hant")


def test_english_names_in_a_chinese_plan_are_no_second_language():
    """A Chinese plan with a few titles that end in an English name stays in one language."""
    text = plan_of("zh-Hant", lambda labels, rows: ["\t".join(row) for row in (labels, *rows)])
    reading = read(text.replace("港口統計", "智方便 iAM Smart"))
    assert [row[3] for row in rows_of(reading)][-1] == "智方便 iAM Smart"
    assert not codes(reading)


def test_what_two_lines_say_in_two_languages_is_said_once():
    """A name that no list has and a month are each of its language, as is a word for a date that is open."""
    text = both_languages(" / ", chinese_first=True)
    for whole, parts in (
        ("海事處 / Marine Department", "漁港署\nFishing Ports Department"),
        ("2024年12月 / December 2024", "2024年12月\nDecember 2024"),
        ("09/2025", "待定 / TBC"),
    ):
        assert whole in text
        text = text.replace(whole, parts)
    reading = read(text)
    plan = reading.require()
    assert (plan.bureau, plan.dated, plan.editions[0].bureau) == ("漁港署", "2024-12", "Fishing Ports Department")
    assert (plan.entries[0].date_raw, plan.entries[0].also[0][1].date_raw) == ("待定", "TBC")
    assert not leftovers(reading)


def plan_with_names(names, sign):
    """Return an English plan as a web page whose datasets have names in two languages, all else in one."""
    labels = "<tr><th>No.<th>Category<th>Name of Dataset<th>Description<th>Target Release Date<th>Update Frequency"
    rows = (
        f"<tr><td>{i}<td>Housing<td>{sign.join(name)}<td>By area<td>06/2025<td>Annually"
        for i, name in enumerate(names, 1)
    )
    head = "<h1>Architectural Services Department</h1><h1>Annual Open Data Plan 2025-2027</h1>"
    return f"{head}<h2>A. Datasets to be released in 2025</h2><table>{labels}{''.join(rows)}</table>"


NAMES = [("Green roofs", "綠化屋頂"), ("Use of energy", "能源用量"), ("Contractors", "承辦商")]


@pytest.mark.parametrize(("count", "sign"), [(3, " "), (3, " / "), (3, "<br>"), (2, "<br>")])
def test_names_alone_may_stand_in_two_languages(count, sign):
    """Each is a name in English and one in Chinese; the plan is in the language of all else, and nothing is in both."""
    plan = read(plan_with_names(NAMES[:count], sign), "plan.html").require()
    assert [(entry.title, entry.also[0][1].title) for entry in plan.entries] == NAMES[:count]
    assert (plan.script, plan.editions[0].script, plan.editions[0].plan_title) == ("Latn", "Hant", "")
    assert {(entry.description, entry.also[0][1].description) for entry in plan.entries} == {("By area", "")}


def test_names_in_lines_of_their_own_are_cut_between_the_lines():
    """Figures and brackets at the end of a line are of the name that stands in it."""
    names = [
        ("Predicted tides for 2026", "潮汐預報（2026年）"),
        ("Rainfall", "雨量（毫米）"),
        ("Wind speed 2025", "風速"),
    ]
    entries = read(plan_with_names(names, "<br>"), "plan.html").require().entries
    assert [(entry.title, entry.also[0][1].title) for entry in entries] == names


@pytest.mark.parametrize(
    "names",
    [
        [("eHealth", "登記人數"), ("YouTube", "頻道瀏覽人次"), ("Octopus", "增值紀錄")],
        [("Green roofs", "綠化屋頂"), ("Use of energy", ""), ("Contractors", "承辦商")],
        [("Green roofs", "綠化屋頂"), ("Use of energy", "能源用量")],
    ],
    ids=["names of things", "not all", "few on one line"],
)
def test_english_words_in_chinese_names_are_no_translation(names):
    """Names of things, names of which not all have two languages, and two names on one line each are not cut."""
    entries = read(plan_with_names(names, " "), "plan.html").require().entries
    assert [entry.title for entry in entries] == [" ".join(name).strip() for name in names]
    assert not any(entry.also for entry in entries)


LABELS_IN_BOTH = (
    "編號 No.|類別 Category|數據集名稱 Name of Dataset|目標發放日期 Target Release Date|更新頻率 Update Frequency"
)
BOTH = (
    "<h1>香港天文台 Hong Kong Observatory</h1><h1>{}</h1>"
    "<h2>A. 將於2025年發放的數據集 Datasets to be released in 2025</h2>"
    f"<table><tr><th>{LABELS_IN_BOTH.replace('|', '<th>')}"
    "<tr><td>1<td>氣象 Climate and Weather<td>降雨 Rainfall<td>06/2025<td>每日 Daily"
    "<tr><td>2<td>氣象 Climate and Weather<td>潮汐 Tides<td>09/2025<td>每日 Daily</table>"
)


@pytest.mark.parametrize(
    "title",
    [
        "年度開放數據計劃 Annual Open Data Plan 2025-2027",
        "2025-2027 年度開放數據計劃 Annual Open Data Plan",
        "Annual Open Data Plan (2025-2027) 年度開放數據計劃",
        "年度開放數據計劃 (2025-2027) Annual Open Data Plan",
        "年度開放數據計劃（2025-2027） Annual Open Data Plan (2025-2027)",
        "2025至2027年度開放數據計劃 Annual Open Data Plan",
    ],
)
def test_the_years_of_a_title_are_those_of_both_languages(title):
    """They may be printed once, behind or before either, or in brackets behind each."""
    plan = read(BOTH.format(title), "plan.html").require()
    assert (plan.script, plan.years) == ("Hant", (2025, 2027))
    assert "年度開放數據計劃" in plan.plan_title
    assert "Open Data Plan" in plan.editions[0].plan_title


@pytest.mark.parametrize("labels", [("數據集英文名稱", "數據集中文名稱"), ("English title", "Title in Chinese")])
def test_labels_may_say_the_language_of_names(labels):
    """A column for names in each language gives names in each, whatever the language of the rest."""
    lines = ["香港天文台", "2025至2027年度開放數據計劃", "", "A. 將於2025年發放的數據集", ""]
    lines += ["\t".join(["編號", "類別", *labels, "目標發放日期", "更新頻率"])]
    lines += ["1\t氣象\tRainfall\t降雨\t06/2025\t每日", "2\t氣象\tTides\t潮汐\t09/2025\t每日"]
    reading = read("\n".join(lines))
    assert [(e.title, e.also[0][1].title) for e in reading.require().entries] == [
        ("降雨", "Rainfall"),
        ("潮汐", "Tides"),
    ]
    assert not leftovers(reading)
