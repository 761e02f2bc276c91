"""Every kind of page in a browser: no barriers for people who hear or see otherwise, nothing that moves, light."""

from __future__ import annotations

import pytest
from support.asked_plans import choose_day, make_plans
from support.browsers import host_files, open_browser
from support.paths import SEEDS
from support.plan_texts import english_plan
from support.web_servers import serving

from dcat_hk.build import build
from dcat_hk.core.settings import Settings
from dcat_hk.serving.web.addresses import get_page_suffix
from dcat_hk.serving.web.static import SiteSelection, write_site

#: Language and screen: each kind of page is looked at in each of these.
VIEWS = [("zh-Hant", "desktop-light"), ("zh-Hans", "desktop-dark"), ("en", "phone-dark"), ("en", "phone-light")]
#: Pages that only a server has; {} is the ending of a language.
SERVED = {
    "found": "search{}?q=數目",
    "found-nothing": "search{}?q=xyzzy",
    "filtered": "search{}?q=&body=hk-dsd&stage=released",
    "list-filtered": "promises{}?sort=name&body=hk-dsd",
    "list-empty": "overdue{}?body=no-such-body",
    "month-wrong": "overdue{}?as_of=yesterday",
    "compared": "compare{}?a=hk-dsd&b=hk-hko",
    "to-compare": "compare{}",
    "queries": "sparql{}",
    "query-form": "sparql{}?named=body&body=hk-dsd",
    "query-graph": "sparql{}?named=provenance",
    "query-own": "sparql?query=SELECT%20%2A%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%205&format=html&lang={tag}",
    "query-wrong": "sparql{}?named=overdue&as_of=yesterday",
    "check": "check{}",
    "missing": "no/such/page{}",
}
MAX_BYTES = 60_000


@pytest.fixture(scope="module")
def browser():
    """Give the function that opens pages."""
    with open_browser() as page:
        yield page


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    """Build the seeds and plans of three years, so that every kind of page has something on it."""
    folder = tmp_path_factory.mktemp("pages")
    for name, text in make_plans(choose_day()).items():
        (folder / name).write_text(text, encoding="utf-8")
    settings = Settings(contact="mailto:data@example.org")
    assert build([SEEDS, folder], folder / "output", settings, jobs=1).published
    return folder / "output"


@pytest.fixture(scope="module")
def server(output, tmp_path_factory):
    """Serve them, with the page on which plans are checked."""
    with serving(output, tmp_path_factory.mktemp("log") / "log", "--check") as started:
        yield started


@pytest.fixture(scope="module")
def files(output, tmp_path_factory):
    """Write the site in English as files."""
    folder = tmp_path_factory.mktemp("static") / "site"
    write_site(output, folder, SiteSelection(formats=("html",), languages=("en",)), jobs=1)
    return folder


def list_kinds(files):
    """Return the longest page of each kind without its ending; a kind is the first part of the path and its depth."""
    kinds = {}
    for path in sorted(files.rglob("*.en.html")):
        name = path.relative_to(files).as_posix()
        kind = (name.partition("/")[0].removesuffix(".en.html"), name.count("/"))
        kinds.setdefault(kind, []).append((path.stat().st_size, name.removesuffix(".en.html")))
    return {f"{name}-{depth}": max(pages)[1] + "{}" for (name, depth), pages in kinds.items()}


def find_faults(page, name):
    """Return what is wrong with the page that is open, after a picture of it."""
    measured = page.measure()
    page.keep_picture(name)
    faults = [*page.find_barriers(), *page.problems]
    faults += [f"{measured['bytes']} bytes"] if measured["bytes"] > MAX_BYTES else []
    return faults + [f"{key}: {measured[key]}" for key in ("wider", "shifts", "narrow") if measured[key]]


@pytest.mark.parametrize(("tag", "screen"), VIEWS)
def test_every_kind_of_page_is_for_everybody(browser, tag, screen, server, files):
    """On the server, in a language and on a screen."""
    kinds, faults = list_kinds(files) | SERVED, {}
    page = browser(screen)
    for kind, path in kinds.items():
        page.open(server.address + path.format(get_page_suffix(tag), tag=tag))
        faults[kind] = find_faults(page, f"page.{kind}.{tag}")
    assert [f"{kind}: {fault}" for kind, found in faults.items() for fault in found] == []
    assert len(kinds) > 40


def test_pages_of_a_static_host_are_for_everybody(browser, files):
    """What they have otherwise than a server: the search, and how to cite."""
    page, faults = browser("phone-light"), {}
    with host_files(files) as address:
        for kind, path in {"found": "search.en.html?q=numbers", "cite": "cite.en.html"}.items():
            page.open(address + path)
            if kind == "found":
                page.page.locator("ol.found li").first.wait_for()
            faults[kind] = find_faults(page, f"static.{kind}.en")
    assert [f"{kind}: {fault}" for kind, found in faults.items() for fault in found] == []


def test_a_static_host_without_scripts_says_so(browser, files):
    """And leads to lists."""
    page = browser("desktop-light", scripts=False)
    with host_files(files) as address:
        page.open(address + "search.en.html?q=numbers")
        assert "JavaScript" in page.texts("noscript")[0]
        page.click(page.page.locator("main p a").first)
        assert page.texts("main table tbody th") != []


@pytest.mark.parametrize(("tag", "screen"), VIEWS)
def test_a_plan_is_checked_in_a_browser(browser, tag, screen, server):
    """An officer chooses a file, sends it, and sees the table with what is found."""
    page = browser(screen)
    page.open(f"{server.address}check{get_page_suffix(tag)}")
    plan = english_plan(rows="1\tEnvironment\tAir quality\tReadings (CSV)\t13/2024\tHalf-yearly").encode()
    page.page.locator("input[type=file]").set_input_files(
        {"name": "plan.txt", "mimeType": "text/plain", "buffer": plan}
    )
    page.click(page.page.locator("main form button").first)
    assert "13/2024" in page.texts("main")[0]
    assert find_faults(page, f"page.checked.{tag}") == []
