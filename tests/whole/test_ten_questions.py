"""
Ten questions of people, each answered after two clicks from the start page at most, and by one named query.

In three languages, on the server and on a host of files, on a desktop and on a phone, in light and dark.
"""

from __future__ import annotations

import csv
import datetime
import io
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from click.testing import CliRunner
from lxml import html
from support.asked_plans import QUICK, SLOW, SLOW_CODE, build_asked, choose_day, make_plans
from support.browsers import LANGUAGES, SCREENS, SiteHost, host_files, open_browser
from support.web_servers import serving

from dcat_hk.commands.cli import main
from dcat_hk.core.text import transform
from dcat_hk.serving.queries import load_named_queries
from dcat_hk.serving.web.addresses import get_page_suffix
from dcat_hk.serving.web.static import SiteSelection, write_site

#: The names of the two bodies by language.
NAMES = {
    SLOW: {"zh-Hant": SLOW, "zh-Hans": "渠务署", "en": "Drainage Services Department"},
    QUICK: {"zh-Hant": QUICK, "zh-Hans": QUICK, "en": "Hong Kong Observatory"},
}
PROMISED = [
    "污水泵房位置",
    "渠道維修紀錄",
    "雨水渠巡查紀錄",
    "河道水位",
    "水浸黑點圖冊",
    "排水隧道截面",
    "防洪工程進度",
]
RELEASED = ["河道水位", "渠務工程年報", "渠道維修紀錄", "雨水渠巡查紀錄"]
#: The most bytes of a page with its style and scripts, as they are sent.
MAX_BYTES = 60_000


@pytest.fixture(scope="module")
def browser():
    """Give the function that opens pages."""
    with open_browser() as page:
        yield page


@pytest.fixture(scope="module")
def day():
    """Give the months of today."""
    return choose_day()


@pytest.fixture(scope="module")
def output(tmp_path_factory, day):
    """Build the plans of the questions."""
    return build_asked(tmp_path_factory.mktemp("asked"), day)


@pytest.fixture(scope="module")
def server(output, tmp_path_factory):
    """Serve them."""
    with serving(output, tmp_path_factory.mktemp("log") / "log") as started:
        yield started


@pytest.fixture(scope="module", params=["server", "static"])
def site(request, output, tmp_path_factory, day):
    """Give the site on each kind of host; files are as of this month, as a nightly job writes them."""
    if request.param == "server":
        yield SiteHost("server", request.getfixturevalue("server").address)
        return
    folder = tmp_path_factory.mktemp("static") / "site"
    write_site(output, folder, SiteSelection(formats=("html",), month=day.today), jobs=1)
    with host_files(folder) as address:
        yield SiteHost("static", address)


# ---- what people click


def ask_question(place):
    """Return how to click on a question of the start page."""
    return lambda page, _tag: page.click(page.page.locator("ol.questions a").nth(place))


def ask_body(page, tag):
    """Click on the body in the table of the start page."""
    page.click(page.page.locator("main table.stacked").first.get_by_role("link", name=NAMES[SLOW][tag], exact=True))


def ask_word(page, tag):
    """Search from the start page for a word in the language of the reader."""
    page.page.locator("main form[role=search] input").fill({"en": "tide forecast"}.get(tag, "潮汐"))
    page.click(page.page.locator("main form[role=search] button"))
    page.page.locator("ol.found li").first.wait_for()


def in_script(text, tag):
    """Return a title in the script of a reader."""
    return transform(text, "Hant") if tag == "zh-Hans" else text


def titles(*wanted):
    """Return the check that a list has these titles, in this order, in the script of the reader."""

    def check(page, tag, _day):
        assert page.texts("ol.found :is(h2, h3)") == [in_script(title, tag) for title in wanted]

    return check


def check_slowest(page, tag, _day):
    """The slow body stands before the other, with its median."""
    assert page.texts("main table.stacked tbody th") == [NAMES[SLOW][tag], NAMES[QUICK][tag]]
    assert page.texts("main table.stacked tbody tr td:last-child") == ["7", "0.5"]


def check_share(page, tag, day):
    """The table of bodies by year has what was kept of what was due."""
    first, before, last = day.first - 2, day.first - 1, day.first
    years = page.texts("main table >> nth=0 >> thead th")
    assert years[1:] == [str(year) for year in (first, before, last, last + 1)]
    cells = page.texts("main table >> nth=0 >> tbody >> :is(th, td)")
    assert cells == [NAMES[SLOW][tag], "1/4", "", "0/1", "", NAMES[QUICK][tag], "", "1/2", "", ""]


class Question(NamedTuple):
    """A question: its name, what is clicked, what the page must say, the query, its parameters and what it finds."""

    name: str
    click: object
    check: object
    query: str
    column: str
    found: list[str]
    parameters: tuple[tuple[str, str], ...] = ()


QUESTIONS = [
    Question("overdue", ask_question(0), titles("污水泵房位置"), "overdue", "title", ["污水泵房位置"]),
    Question("slowest", ask_question(1), check_slowest, "slowest-bodies", "publisher", [SLOW, QUICK]),
    Question(
        "body",
        ask_body,
        titles(*PROMISED, "渠務工程年報"),
        "body",
        "title",
        sorted({*PROMISED, *RELEASED}),
        (("body", SLOW_CODE),),
    ),
    Question("formats", ask_question(3), titles("河道水位"), "format-changes", "title", ["河道水位"]),
    Question("word", ask_word, titles("潮汐預報"), "search", "title", ["潮汐預報"], (("word", "潮汐"),)),
    Question("share", ask_question(5), check_share, "kept-on-time", "publisher", [SLOW, QUICK]),
    Question("gone", ask_question(6), titles("水浸黑點圖冊"), "not-listed", "title", ["水浸黑點圖冊"]),
    Question("next-month", ask_question(7), titles("排水隧道截面"), "due", "title", ["排水隧道截面"]),
    Question("closed", ask_question(8), titles("渠務工程年報"), "no-open-format", "title", ["渠務工程年報"]),
    Question(
        "new",
        ask_question(9),
        titles("排水隧道截面", "防洪工程進度"),
        "new-since",
        "title",
        ["排水隧道截面", "防洪工程進度"],
    ),
]
each_question = pytest.mark.parametrize("question", QUESTIONS, ids=[one.name for one in QUESTIONS])
each_language = pytest.mark.parametrize("tag", LANGUAGES)


@each_language
@each_question
def test_people_are_answered_after_two_clicks(browser, question, tag, site, day):
    """On every screen, files on two of them; the page does not move while it loads, is light, and fits."""
    for screen in SCREENS if site.kind == "server" else ("desktop-light", "phone-dark"):
        page = browser(screen)
        page.open(f"{site.address}index{get_page_suffix(tag)}")
        question.click(page, tag)
        question.check(page, tag, day)
        measured = page.measure()
        page.keep_picture(f"{question.name}.{site.kind}.{tag}")
        assert page.clicks <= 2
        assert page.page.evaluate("document.documentElement.lang") == tag
        assert page.problems == []
        assert measured.pop("bytes") <= MAX_BYTES
        assert measured == {"wider": 0, "shifts": 0, "narrow": []}


@each_language
@each_question
def test_programs_are_answered_by_one_named_query(question, tag, server, output):
    """The command and the form of the site give the same, with names and titles in the language that is asked for."""
    wanted = sorted(NAMES.get(one, {}).get(tag) or in_script(one, tag) for one in question.found)
    values = {**dict(question.parameters), "language": tag}
    settings = [word for name, value in values.items() for word in ("--set", f"{name}={value}")]
    done = CliRunner().invoke(main, ["query", question.query, "--from", str(output), "--format", "csv", *settings])
    assert done.exit_code == 0, done.output
    rows = csv.DictReader(io.StringIO(done.stdout))
    assert sorted({row[question.column] for row in rows}) == wanted
    asked = urlencode({"named": question.query, **dict(question.parameters)})
    page = html.fromstring(server.ask(f"sparql{get_page_suffix(tag)}?{asked}").body)
    kind = "/dataset/" if question.column == "title" else "/organisation/"
    links = page.xpath(f"//table[@class='rows']//a[contains(@href, '{kind}')]")
    assert sorted({link.text_content() for link in links}) == wanted


@each_language
def test_every_named_query_is_two_clicks_away(browser, tag, server):
    """From the start page to the list, and from there to what one finds; a third of them in each language."""
    for place in range(LANGUAGES.index(tag), len(load_named_queries()), len(LANGUAGES)):
        page = browser("phone-light")
        page.open(f"{server.address}index{get_page_suffix(tag)}")
        page.click(page.page.locator("footer a[href*=sparql]"))
        page.click(page.page.locator("main a[href*='named=']").nth(place))
        assert page.texts("main h1") != []
        assert page.page.locator("main [role=alert]").count() == 0
        assert page.problems == []


@pytest.mark.parametrize("today", ["2026-11-30", "2026-12-01", "2027-01-31", "2027-02-01"])
def test_plans_are_alike_in_every_month(today):
    """At the turn of a year, what is due next moves to another section, and stays in its place in lists."""
    asked = choose_day(datetime.date.fromisoformat(today))
    newest = make_plans(asked)["slow-3.txt"]
    places = [newest.index(title) for title in ("污水泵房位置", "排水隧道截面", "防洪工程進度")]
    assert places == sorted(places)
    assert asked.today == today[:7] < asked.following
    assert asked.today > f"{asked.first}-01"


def test_people_without_scripts_are_answered_too(browser, server):
    """A browser with JavaScript turned off."""
    page = browser("desktop-light", scripts=False)
    for question in QUESTIONS:
        page.open(f"{server.address}index.html")
        question.click(page, "zh-Hant")
        question.check(page, "zh-Hant", choose_day())
