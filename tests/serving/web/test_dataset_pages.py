"""The page of a dataset begins with words: what plans say of it, in a sentence, in three languages."""

import re
from html import unescape

import pytest
from support.kite_plans import build_kites
from support.linked_datasets import RAIN, TIDES, build_linked, write_every_link, write_links

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.core.namespaces import PlanTerms
from dcat_hk.serving.web.dataset_pages import make_portal_address
from dcat_hk.serving.web.entries import EntryReader
from dcat_hk.serving.web.library import Library, fill_store
from dcat_hk.serving.web.pages import SitePageWriter
from dcat_hk.serving.web.snapshot import take_snapshot


@pytest.fixture(scope="module")
def datasets(followed):
    """Return the datasets of the rows of all plans, by years and name of the row."""
    reader = EntryReader(followed)
    plans = followed.list_instances(PlanTerms(followed.base).Plan)
    return {(plan[-9:-5], row.name): row.dataset for plan in plans for row in reader.list_entries(plan)}


@pytest.fixture(scope="module")
def write(followed):
    """Return a function that gives the page of a dataset as text."""
    pages = SitePageWriter(followed)

    def page(dataset, language="en"):
        path = dataset.removeprefix(followed.base)
        return unescape(pages.write_thing_page(path, followed.find_document(dataset), language).decode())

    return page


def sentences(page):
    """Return what a page says first."""
    return re.search(r'<p class="told">(.*?)</p>', page)[1]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("2023", "A.ii.4"), "Promised for November 2023. The newest plan, of December 2022, lists it as planned."),
        (
            ("2023", "D.ii.8"),
            (
                "Released in January 2023, as the plan of December 2022 says. It was first promised for November 2022: "
                "2 months late."
            ),
        ),
        (
            ("2023", "D.ii.10"),
            (
                "Released in January 2023, as the plan of December 2022 says. It was first promised for May 2023: "
                "4 months early."
            ),
        ),
        (("2023", "D.ii.2"), "Released in February 2021, as the plan of December 2022 says."),
    ],
)
def test_what_plans_say_is_said_in_a_sentence(datasets, write, row, said):
    """With the month of the plan that says so, and nothing that depends on the day."""
    assert sentences(write(datasets[row])).startswith(said)


def test_what_is_gone_is_not_said_to_be_dropped(datasets, write):
    """A plan that does not list it says nothing about it."""
    page = write(datasets["2022", "A.i.2"])
    assert "the plan after it does not list it." in sentences(page)
    assert "dropped" not in page.partition('class="fold"')[0]
    assert "no longer listed" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_plan_has_a_line_in_the_history(datasets, write, language):
    """With links to the row on the page of the plan, and what each plan says of the one before."""
    page = write(datasets["2023", "D.ii.8"], language)
    ending = {"zh-Hant": "", "zh-Hans": ".zh-Hans", "en": ".en"}[language]
    history = page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert re.findall(r'href="\.\./plan/[^"]+/([0-9-]+[^"#]*)#([^"]+)"', history) == [
        (f"2022-2024{ending}.html", "A-ii-2"),
        (f"2023-2025{ending}.html", "D-ii-8"),
    ]
    late = {"zh-Hant": "逾期發放（2個月）", "zh-Hans": "逾期发放（2个月）", "en": "released late (2 months)"}
    assert late[language] in history


def test_statements_stand_behind_words(datasets, write):
    """Identifiers and all statements are in a fold, after what was printed."""
    page = write(datasets["2023", "A.ii.4"])
    places = [
        page.index(text) for text in ("Promised for", "As plans print it", '<details class="fold">', "Identifier")
    ]
    assert places == sorted(places)


def test_promises_are_no_printed_rows(datasets, write):
    """Only records of rows are shown as printed."""
    page = write(datasets["2023", "A.ii.4"])
    assert page.count('<div class="row">') == 1


@pytest.mark.parametrize(
    ("address", "language", "goal"),
    [
        ("https://data.gov.hk/tc-datasets/provider/hk-td", "zh-Hans", "https://data.gov.hk/sc-datasets/provider/hk-td"),
        ("https://data.gov.hk/en-data/dataset/a-b", "zh-Hant", "https://data.gov.hk/tc-data/dataset/a-b"),
        ("https://data.gov.hk/tc-datasets", "en", "https://data.gov.hk/en-datasets"),
        ("https://data.gov.hk/tc/", "en", "https://data.gov.hk/en/"),
        ("https://data.gov.hk/technical", "en", "https://data.gov.hk/technical"),
        ("https://elsewhere.example/tc-data/x", "en", "https://elsewhere.example/tc-data/x"),
    ],
)
def test_pages_of_the_portal_are_in_the_language_of_the_reader(address, language, goal):
    """Those that exist in three languages."""
    assert make_portal_address(address, language) == goal


def test_a_page_has_a_card_for_other_sites(datasets, write):
    """OpenGraph: title, address, languages."""
    page = write(datasets["2023", "A.ii.4"])
    card = dict(re.findall(r'<meta property="(og:[a-z_:]+)" content="([^"]*)">', page))
    assert {"og:title", "og:type", "og:url", "og:site_name", "og:description"} <= set(card)
    assert (card["og:locale"], card["og:url"]) == ("en_GB", f"{datasets['2023', 'A.ii.4']}.en.html")


@pytest.fixture(scope="module", params=[write_links, write_every_link], ids=["months", "bounds"])
def linked(request, tmp_path_factory):
    """Give the library of a plan whose datasets are linked with records, of which months or only bounds are known."""
    folder = tmp_path_factory.mktemp("linked")
    _result, output = build_linked(folder, request.param(folder / "links"))
    snapshot = take_snapshot(output)
    fill_store(snapshot)
    yield Library(snapshot)
    snapshot.discard()


@pytest.mark.parametrize(("language", "tag"), [("en", "en"), ("zh-Hant", "tc"), ("zh-Hans", "sc")])
def test_the_record_of_a_dataset_is_one_link_in_the_language_of_the_reader(linked, language, tag):
    """The record has a page in each language; words lead to one of them."""
    path = f"dataset/{RAIN}"
    page = SitePageWriter(linked).write_thing_page(path, linked.find_document(f"{linked.base}{path}"), language)
    words = unescape(page.decode()).partition("<details")[0]
    found = re.findall(r'href="https://data\.gov\.hk/(\w+)-data/dataset/hk-hko-rain"', words)
    assert found == [tag]


def test_what_the_portal_shows_is_not_said_to_be_a_plans_word(linked, request):
    """A printed month is the plan's, any other the portal's; where none is known, the bound is said."""
    pages = SitePageWriter(linked)

    def said(identifier):
        path = f"dataset/{identifier}"
        page = pages.write_thing_page(path, linked.find_document(f"{linked.base}{path}"), "en")
        return sentences(unescape(page.decode()))

    assert "as the plan of" in said(RAIN)
    is_known = "months" in request.node.name
    assert said(TIDES).startswith(
        "On DATA.GOV.HK since May 2024." if is_known else "On DATA.GOV.HK, by July 2021 at the latest"
    )


@pytest.fixture(scope="module")
def kites(tmp_path_factory):
    """Give the library of plans that promise for a quarter and for a year."""
    snapshot = take_snapshot(build_kites(tmp_path_factory.mktemp("kites")))
    fill_store(snapshot)
    yield Library(snapshot)
    snapshot.discard()


@pytest.mark.parametrize(
    ("title", "language", "said"),
    [
        ("夜光風箏許可證", "en", "It was first promised for July 2021 to September 2021: on time."),
        ("夜光風箏許可證", "zh-Hant", "最初承諾於2021年7月至2021年9月發放，如期。"),
        ("孩童工作坊名額", "en", "It was first promised for January 2021 to December 2021: 1 month late."),
        ("線軸檢定紀錄", "en", "It was promised for that month, September 2021."),
        (
            "竹材進口數量",
            "en",
            "Promised for January 2022 to December 2022. It was first promised for April 2022 to June 2022.",
        ),
    ],
)
def test_no_month_is_said_where_a_quarter_or_a_year_was_promised(kites, title, language, said):
    """Neither its last month as if it were printed, nor early what came within it."""
    wanted = (iri for iri in kites.datasets if any(label.value == title for label in kites.find_labels(iri)))
    dataset = next(wanted)
    page = SitePageWriter(kites).write_thing_page(
        dataset.removeprefix(kites.base), kites.find_document(dataset), language
    )
    assert said in sentences(unescape(page.decode()))
