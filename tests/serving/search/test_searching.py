"""Questions find what has all their words, filters and orders hold, and pages fit together."""

import re
import sqlite3
import threading

import pytest
from support.linked_datasets import build_linked, write_links

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.namespaces import DCT
from dcat_hk.serving.search.searching import ORDERS, SearchIndex, SearchQuestion
from dcat_hk.serving.web.library import Library, fill_store
from dcat_hk.serving.web.snapshot import take_snapshot


@pytest.fixture(scope="module")
def index(library):
    """Return the index of the seeds' catalogue."""
    return library.index


def test_nothing_asked_finds_everything(index, library):
    """Page by page, each dataset comes once."""
    pages = [index.search(SearchQuestion(start=start, rows=50)) for start in range(0, 200, 50)]
    assert {page.count for page in pages} == {len(library.datasets)}
    assert sorted(iri for page in pages for iri in page.datasets) == library.datasets


@pytest.mark.parametrize("words", ["!!", "the of", "\0", '" OR "', "ＮＥＡＲ(無", "無此字詞"])
def test_what_cannot_be_searched_for_finds_nothing(index, words):
    """Signs, idle words and words that nothing has."""
    assert index.search(SearchQuestion(words)).count == 0


def test_all_parts_must_be_found(index):
    """Each further word finds less."""
    counts = [index.search(SearchQuestion(words)).count for words in ("醫院", "醫院 急症", "醫院 急症 csv")]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[1] > 0


def test_a_title_counts_more_than_a_description(index, library):
    """The first dataset found has the word in its title."""
    first = index.search(SearchQuestion("急症", rows=1)).datasets[0]
    assert any("急症" in label.value for label in library.find_labels(first))


def test_a_body_is_found_by_its_name_and_code(index):
    """In any language, and by the identifier of the portal."""
    counts = {
        index.search(SearchQuestion(words, {"body": ("hk-hkpf",)})).count
        for words in ("警務處", "Police", "警务处", "hk-hkpf")
    }
    assert len(counts) == 1
    assert counts != {0}


def test_filters_of_one_kind_add_and_of_two_kinds_meet(index):
    """Two bodies find the datasets of both; a body and a stage only what has both."""

    def count(**filters):
        return index.search(SearchQuestion(filters=filters)).count

    both = count(body=("hk-hhb", "hospital"))
    assert both == count(body=("hk-hhb",)) + count(body=("hospital",))
    assert both == count(body=("hk-hhb", "hospital"), stage=("planned",)) + count(
        body=("hk-hhb", "hospital"), stage=("released",)
    )
    assert count(body=("' OR 1=1 --",)) == 0


def test_facets_count_what_was_found(index):
    """The stages of what was found add up to its number, and have labels in the language of the question."""
    found = index.search(SearchQuestion("醫院", language="en"))
    assert sum(value.count for value in found.facets["stage"]) == found.count
    assert {value.label for value in found.facets["stage"]} <= {"planned", "released"}


@pytest.mark.parametrize("order", ORDERS)
def test_orders_list_the_same_datasets(index, order):
    """An order changes only the order, and is the same each time."""
    found = [index.search(SearchQuestion("醫院", order=order, rows=1000)).datasets for _ in range(2)]
    assert found[0] == found[1]
    assert sorted(found[0]) == sorted(index.search(SearchQuestion("醫院", rows=1000)).datasets)


def test_threads_do_not_mix_their_questions(index):
    """Each thread gets the answer to its own question."""
    expected = {words: index.search(SearchQuestion(words)).count for words in ("醫院", "急症", "csv", "衛生")}
    wrong = []

    def ask(words):
        for _ in range(30):
            wrong.extend([words] if index.search(SearchQuestion(words)).count != expected[words] else [])

    threads = [threading.Thread(target=ask, args=(words,)) for words in expected]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_threads_that_end_leave_nothing_open(library, monkeypatch):
    """The file is open as often as searches run at a time, however many threads there were; closing closes it."""
    connect, opened = sqlite3.connect, []
    monkeypatch.setattr(
        sqlite3, "connect", lambda *args, **options: opened.append(connect(*args, **options)) or opened[-1]
    )
    index = SearchIndex(library.snapshot.index)
    for _ in range(5):
        thread = threading.Thread(target=index.search, args=(SearchQuestion("醫院"),))
        thread.start()
        thread.join()
    assert len(opened) == 1
    index.close()
    assert index.search(SearchQuestion("醫院")).count
    for connection in opened:
        with pytest.raises(sqlite3.ProgrammingError, match="closed"):
            connection.execute("SELECT 1")


def test_a_dataset_is_found_by_what_the_portal_calls_it(tmp_path):
    """Titles and descriptions of a linked record, in languages that the plan lacks, are in the index."""
    _result, output = build_linked(tmp_path, write_links(tmp_path / "links"))
    snapshot = take_snapshot(output)
    fill_store(snapshot)
    try:
        index = Library(snapshot).index
        for words in ("automatic weather stations", "rain in each district", "雨量（各区）"):
            found = index.search(SearchQuestion(words))
            assert found.count >= 1, words
    finally:
        snapshot.discard()


@pytest.mark.parametrize("word", ["school", "學年", "academic"])
def test_phrases_for_a_frequency_are_not_what_a_dataset_is_about(index, library, word):
    """“Every school year” is one of the ways to say “annual”: only what the rows themselves say is found."""
    for iri in index.search(SearchQuestion(word, rows=1000)).datasets:
        texts = " ".join(term.value for name in (DCT.title, DCT.description) for term in library.find_values(iri, name))
        assert word[:5] in texts.lower()


@pytest.mark.parametrize("word", ["yearly", "annual", "每年", "按年"])
def test_a_frequency_is_found_by_its_words(index, word):
    """By its label, and by other words for it."""
    assert index.search(SearchQuestion(word)).count > 50


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_body_without_a_name_in_a_language_is_shown_by_another(followed, language):
    """Never by its code."""
    bodies = followed.index.search(SearchQuestion(language=language)).facets["body"]
    assert bodies
    for body in bodies:
        assert body.label == followed.index.find_label("body", body.code, language) != body.code


@pytest.mark.parametrize("words", ["application", "應用程式", "programming", "interface"])
def test_words_of_a_format_are_not_what_a_dataset_is_about(index, library, words):
    """“Application programming interface” is a format; its whole name and its code find it."""
    for iri in index.search(SearchQuestion(words, rows=1000)).datasets:
        texts = " ".join(term.value for name in (DCT.title, DCT.description) for term in library.find_values(iri, name))
        assert any(word in texts for word in ("應用程式", "申請", "应用程式", "介面")), texts


@pytest.mark.parametrize("language", LANGUAGES)
def test_formats_frequencies_and_stages_are_found_by_their_whole_names(index, language):
    """As by the filter; and by other words, if they are in a text, too."""
    facets = index.search(SearchQuestion(language=language)).facets
    for kind in ("format", "frequency", "stage"):
        for value in facets[kind]:
            expected = index.search(SearchQuestion(filters={kind: (value.code,)}, rows=1000)).datasets
            assert set(expected) <= set(index.search(SearchQuestion(value.label, rows=1000)).datasets), value


#: Questions as people type them, with what all titles found by the script of the plans have; each finds all of these.
ASKED = [
    ("急诊室等候", "急症室等候時間"),
    ("A&E waiting time", "急症室等候時間"),
    ("醫院牀位", "病床數目"),
    ("內視鏡", "內窺鏡"),
    ("endoscopy", "內窺鏡"),
    ("懸賞", "懸紅"),
    ("AI supercomputing", "人工智能超算"),
    ("demonstrations", "公眾活動"),
    ("fertility treatment", "生殖科技.*治療|治療.*生殖科技"),
    ("parking vacancies", "空置車位"),
    ("新冠疫苗", "疫苗接種數目|新冠疫苗"),
    ("traffic offences", "交通違例"),
    ("mobile apps", "流動應用程式"),
    ("tenders", "招標"),
    ("水警", "水警"),
    ("失踪人士", "失蹤人士"),
    ("crimes", "罪案"),
    ("job vacancies", "職位空缺"),
    ("R&D", "研發"),
    ("technology vouchers", "科技券"),
]


@pytest.mark.parametrize(("words", "titles"), ASKED)
def test_questions_in_three_languages_find_the_titles_they_mean(index, words, titles):
    """And few others, by their descriptions."""
    with index.use_connection() as database:
        rows = database.execute('SELECT iri, "title-zh-Hant" FROM dataset').fetchall()
    expected = {iri for iri, title in rows if re.search(titles, title)}
    found = set(index.search(SearchQuestion(words, rows=1000)).datasets)
    assert expected
    assert expected <= found
    assert len(found) <= 2 * len(expected) + 1


def test_parking_finds_no_parks(index):
    """The stemmer has one stem for both, and a body has parks in its name."""
    assert 3 <= index.search(SearchQuestion("parking")).count < 8
    assert index.search(SearchQuestion("parks", {"body": ("hkstp",)})).count == 14
