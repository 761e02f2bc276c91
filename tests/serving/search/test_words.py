"""Texts and questions give the same terms however they are written, and no question can break the search."""

import re
import sqlite3
import time
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.bounds import is_within
from support.paths import ROOT

from dcat_hk.core.wording.glossary import read_glossary
from dcat_hk.serving.search.words import (
    EVERYWHERE,
    MAX_PARTS,
    SearchColumns,
    load_glossary,
    make_expression,
    make_name,
    split_question,
    split_terms,
)

#: Words may stand apart in titles.
NAMING = SearchColumns(apart=("title",))
ALIKE = [
    ("衛生", "衞生"),
    ("衛生署", "卫生署"),
    ("ＣＳＶ", "csv"),
    ("臺", "台"),
    ("２０２４", "2024"),
    ("Wi-Fi", "wi fi"),
    ("A&E", "ａ ＆ ｅ"),
    ("醫院牀位", "醫院床位"),
    ("organizations", "organisations"),
    ("Labor", "labour"),
    ("minibuses", "minibus"),
    ("children", "child"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_ways_to_write_a_word_give_the_same_terms(one, other):
    """Scripts, variants, width and capital letters make no difference."""
    assert split_terms(one) == split_terms(other)
    assert make_expression(split_question(one)) == make_expression(split_question(other))


def test_every_pair_and_the_last_ideograph_are_terms():
    """So a word of any length is found wherever it stands, and a single character, too."""
    assert split_terms("交通，CSV") == ["交通", "通", "csv"]


@pytest.mark.parametrize("text", ["2019冠狀病毒", "T合約員工", "18區診所", "IT易學站", "冠狀病毒2019", "ＡＢ合約"])
def test_ideographs_beside_digits_and_letters_are_terms_of_their_own(text):
    """A number or letters in front of Chinese words do not hide them."""
    ideographs = "".join(sign for sign in text if "\u4e00" <= sign <= "\u9fff")
    assert set(split_terms(ideographs)) <= set(split_terms(text))


def find(question, *texts, columns=EVERYWHERE, names=()):
    """Return the numbers of the texts, each the title of a dataset, that a question finds."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(title, other, tokenize='porter unicode61')")
    for text in texts:
        pair = text.split("|")
        database.execute("INSERT INTO words VALUES (?, ?)", [" ".join(split_terms(one)) for one in [*pair, ""][:2]])
    expression = make_expression(split_question(question, names), columns)
    found = database.execute("SELECT rowid - 1 FROM words WHERE words MATCH ? ORDER BY rowid", (expression,)).fetchall()
    database.close()
    return [row[0] for row in found]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("圖書館借閱統計", "按圖書館劃分的借閱統計"),
        ("醫院病床", "醫院的專科病床"),
        ("小巴路線", "專線小巴及其路線"),
        ("急症室輪候時間", "急症室的等候時間"),
        ("bus arrival time", "巴士預計抵達時間"),
        ("public libraries", "公共圖書館"),
        ("public transport", "transport for the public"),
        ("swimming pool attendance", "公眾游泳池入場人次"),
        ("accident and emergency waiting time", "各急症室等候時間"),
    ],
)
def test_the_words_of_a_question_may_stand_apart_in_a_title(question, text):
    """Chinese words that are typed without blanks, and English ones that the glossary has together."""
    assert find(question, text, columns=NAMING) == [0]


def test_words_that_belong_together_are_not_gathered_from_a_whole_description():
    """Only in what names a dataset may they stand far from each other."""
    between = "有關香港各區的地址和電話號碼以及每日開放時間的詳細列表"
    texts = (f"地圖|醫院{between}病床", f"醫院{between}病床", "地圖|醫院的病床")
    assert find("醫院病床", *texts, columns=NAMING) == [1, 2]


@pytest.mark.parametrize(("question", "text"), [("water", "水警"), ("station", "政府一站通"), ("road", "路演")])
def test_a_short_word_does_not_find_others_that_contain_it(question, text):
    """The glossary says such words in full."""
    assert find(question, text) == []


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("parking", "parks"),
        ("parks", "parking"),
        ("communications", "community"),
        ("trains", "training"),
        ("plans", "planned"),
        ("organization", "organ"),
        ("generation", "general"),
        ("news", "new"),
        ("housing", "houses"),
        ("customs", "customers"),
    ],
)
def test_words_of_other_meaning_are_kept_apart_where_they_have_one_stem(question, other):
    """The stemmer takes away the ending that tells them apart; the word itself is found."""
    assert find(question, f"All {other}", f"All {question}") == [1]


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("flooding", "水浸黑點"),
        ("A&E", "急症室"),
        ("car parks", "Parking vacancy"),
        ("tidal", "潮汐"),
        ("內視鏡", "內窺鏡檢查"),
        ("急诊室", "急症室"),
        ("懸賞", "懸紅公告"),
        ("颱風", "Tropical cyclones"),
        ("licences", "licensed restaurants"),
        ("organization of libraries", "Library organisations"),
        ("Chinese medicine clinics", "中醫診所"),
        ("vacant parking spaces", "空置車位"),
        ("罪案統計", "罪案數字比較"),
        ("泊车位", "空置車位"),
        ("电邮服务", "郵件收發服務"),
        ("康復服務", "復康服務"),
        ("reproductive centres", "生殖科技中心"),
        ("elderly people", "elderly persons"),
    ],
)
def test_other_ways_to_say_a_word_find_it(question, text):
    """By its stem, by words that mean the same, and by translation."""
    assert find(question, text, columns=NAMING) == [0]


@pytest.mark.parametrize(
    ("question", "text"),
    [("食水", "Water quality of beaches"), ("人數", "Statistics on trade"), ("急症", "Emergency vehicular access")],
)
def test_a_chinese_word_does_not_find_all_that_an_english_one_means(question, text):
    """An English word that has it among its meanings is no translation of it; the reverse is."""
    assert find(question, text) == []
    assert find(text.split()[0], question) == [0]


def test_translations_are_not_looked_for_where_there_are_names_in_every_language():
    """“Emergency” in the English name of a body is no urgent ward; typed in English, it is found."""
    columns = SearchColumns(labels=("other",))
    texts = ("名單|Application programming interface", "申請|", "Applications|")
    assert find("申請", *texts, columns=columns) == [1, 2]
    assert find("applications", *texts, columns=columns) == [0, 1, 2]


def test_the_name_of_a_body_does_not_find_bodies_whose_names_contain_it():
    """But it is found in a title, and with further words."""
    columns = SearchColumns(apart=("title",), labels=("body",), named=("body",))
    bodies = ("衞生署", "食物環境衞生署", "Department of Health", "Health Promotion Department")
    names = {make_name(body): number for number, body in enumerate(bodies)}
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(title, body, other, tokenize='porter unicode61')")
    for title, body in [*(("出生統計", body) for body in bodies), ("衞生署的統計", "統計處")]:
        row = [" ".join(split_terms(title)), " ".join(split_terms(body)), make_name(body)]
        database.execute("INSERT INTO words VALUES (?, ?, ?)", row)

    def ask(question):
        expression = make_expression(split_question(question, names), columns)
        return [row[0] - 1 for row in database.execute("SELECT rowid FROM words WHERE words MATCH ?", (expression,))]

    assert ask("衛生署") == [0, 4]
    assert ask("卫生署 出生") == [0]
    assert ask("the department of health") == [2]
    assert ask("衛生") == [0, 1, 4]
    assert ask("health department") == [2, 3]
    database.close()


def test_idle_words_are_not_looked_for():
    """English words without content do not keep anything from being found."""
    assert [part.text for part in split_question("the List of Hospitals")] == ["list", "hospitals"]


def test_the_glossary_knows_words_in_both_directions():
    """An English word has Chinese ones, in the plural, too, and a Chinese word English ones."""
    assert split_question("buses")[0].alternatives == split_question("bus")[0].alternatives
    assert split_question("巴士")[0].alternatives == ("bus",)


def test_the_glossary_is_well_formed():
    """Each line is an English word and a Chinese one, each pair once, and every word has search terms."""
    assert all(key and meanings for key, meanings in load_glossary().items())
    assert all(split_terms(meaning) for meanings in load_glossary().values() for meaning in meanings)


@given(st.text(max_size=300))
def test_no_question_breaks_the_search(question):
    """Whatever is typed, the expression is one that the search understands."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(a, tokenize='porter unicode61')")
    parts = split_question(question)
    assert len(parts) <= MAX_PARTS
    if parts:
        for columns in (SearchColumns(), SearchColumns(("a",), ("a",), ("a",))):
            database.execute("SELECT * FROM words WHERE words MATCH ?", (make_expression(parts, columns),)).fetchall()
    database.close()


def test_the_longest_question_takes_no_longer_than_it_should():
    """A question without an end is cut."""
    started = time.process_time()
    split_question("急a " * 100_000)
    assert is_within(time.process_time() - started, 5)


def test_the_synonyms_say_nothing_twice():
    """What another line or the glossary says both ways is not said again; what is refused is said there."""
    lines = (ROOT / "dcat_hk/serving/search/synonyms.txt").read_text(encoding="utf-8").splitlines()
    table = [re.fullmatch("(.+) ([=>!]) (.+)", line).groups() for line in lines if not line.startswith("#")]
    pairs = {sign: [frozenset((one, other)) for one, own, other in table if own == sign] for sign in "=!"}
    one_way = Counter((one, other) for one, sign, other in table if sign == ">")
    both_ways = Counter([*map(frozenset, read_glossary()), *pairs["="]])
    assert [pair for counts in (one_way, both_ways) for pair, count in counts.items() if count > 1] == []
    assert [pair for pair in one_way if frozenset(pair) in both_ways] == []
    assert [pair for pair in pairs["!"] if pair not in both_ways] == []
    alike = (ROOT / "dcat_hk/serving/search/chinese.tsv").read_text(encoding="utf-8").splitlines()[1:]
    chinese = Counter(frozenset(pair) for line in alike for pair in combinations(line.split("\t"), 2))
    assert [pair for pair, count in chinese.items() if count > 1 or pair in both_ways or len(pair) < 2] == []
    assert [pair for pair in one_way if frozenset(pair) in chinese] == []
    assert alike == sorted(alike)
