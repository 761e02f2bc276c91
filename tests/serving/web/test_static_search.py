"""On a static host a script finds what the server finds, in the files beside the page; without it the page says so."""

import json
import shutil
import sqlite3
import subprocess

import pytest
from support.paths import ROOT

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.serving.search.searching import SearchQuestion
from dcat_hk.serving.search.words import load_glossary
from dcat_hk.serving.web.static_search import read_script, write_static_index, write_static_search_page

NODE = shutil.which("node")
HARNESS = ROOT / "tests" / "support" / "static_search.cjs"
NAMES = ["Hospital Authority", "hospital authority csv", "應用程式介面", "buses", "organization", "應用程式", "急诊室"]
CHINESE = ["巴士", "医院", "衞生", "衛生 統計", "急", "的", "醫院病床"]
QUESTIONS = [
    *CHINESE,
    *NAMES,
    "ＣＳＶ",
    "hospital",
    "statistics",
    "waiting time",
    "crime figures",
    "licences",
    "A&E",
    "parking",
    "parks",
    "vacant parking spaces",
    "Chinese medicine clinics",
    "accident and emergency waiting time",
]
ENDINGS = (
    "",
    "s",
    "ed",
    "ing",
    "er",
    "ation",
    "ational",
    "ness",
    "fulness",
    "ly",
    "ies",
    "y",
    "e",
    "ment",
    "ization",
    "ll",
)


@pytest.fixture(scope="module")
def site(library, tmp_path_factory):
    """Write the files of the index."""
    folder = tmp_path_factory.mktemp("search")
    count, size = write_static_index(library, folder)
    written = list((folder / "search").iterdir())
    assert (count, size) == (len(written), sum(file.stat().st_size for file in written))
    return folder


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """Give a function that runs the script on the files in a folder, or its stems on words."""
    if NODE is None:
        pytest.skip("needs the program node")
    script = tmp_path_factory.mktemp("script") / "search.js"
    script.write_bytes(read_script())

    def run_script(folder, questions):
        given = json.dumps([str(script), folder and str(folder), questions])
        done = subprocess.run([NODE, HARNESS], input=given, capture_output=True, text=True, check=True, timeout=300)
        return json.loads(done.stdout)

    return run_script


def test_the_script_finds_what_the_server_finds(site, library, run):
    """In both scripts and English, by the glossary and by stems; the script may find more where words stand apart."""
    for question, (status, addresses, titles) in zip(QUESTIONS, run(site, QUESTIONS), strict=True):
        found = library.index.search(SearchQuestion(question, rows=1000), ())
        expected = {f"{iri.removeprefix(library.base)}.en.html" for iri in found.datasets}
        assert len(addresses) == len(set(addresses)) == int(status.split()[0]), question
        assert expected <= set(addresses), question
        assert len(addresses) <= len(expected) * 1.2 + 1, question
        assert all(titles)


def test_nothing_is_found_for_what_is_not_there(site, run):
    """And it is said."""
    for status, addresses, _titles in run(
        site, ["zzzz", "<b>", "醫院 zzzz", "%00", "。", "constructor", "toString hospital", "__proto__"]
    ):
        assert (status.split()[0], addresses) == ("0", [])


def test_stems_are_those_of_the_index(run):
    """For the English words of the glossary with many endings: the stemmer of SQLite and that of the script agree."""
    plain = {word for key in load_glossary() for word in key if word.isascii() and word.isalpha() and len(word) > 2}
    words = sorted({word + ending for word in plain for ending in ENDINGS if 2 < len(word + ending) < 30})
    with sqlite3.connect(":memory:") as database:
        database.execute("CREATE VIRTUAL TABLE words USING fts5(word, tokenize='porter unicode61')")
        database.executemany("INSERT INTO words (rowid, word) VALUES (?, ?)", enumerate(words))
        database.execute("CREATE VIRTUAL TABLE terms USING fts5vocab('words', 'instance')")
        stems = dict(database.execute("SELECT doc, term FROM terms"))
    found = run(None, words)
    assert [(word, stems[n], found[n]) for n, word in enumerate(words) if stems[n] != found[n]] == []


def test_files_are_the_same_each_time(site, library, tmp_path):
    """Byte for byte."""
    write_static_index(library, tmp_path)
    for file in (site / "search").iterdir():
        assert file.read_bytes() == (tmp_path / "search" / file.name).read_bytes()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_there_is_without_a_script(language):
    """Lists that lead to every dataset; the script is the only one that may run."""
    page = write_static_search_page(language).decode()
    assert "<noscript><p" in page
    assert "script-src 'self'" in page
    assert page.count("<script") == 1
    ending = {"zh-Hant": ".html", "zh-Hans": ".zh-Hans.html", "en": ".en.html"}[language]
    assert f'href="bodies{ending}"' in page
