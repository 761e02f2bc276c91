"""Lists about promises as feeds: read as readers of feeds do, beside the same list as JSON."""

import json

import feedparser
import pytest

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.serving.web.addresses import get_page_suffix
from dcat_hk.serving.web.promise_months import PromiseMonths
from dcat_hk.serving.web.view_files import ViewFiles

LISTS = ["overdue", "promises", "promises/kept", "months/2024-12", "body/hk-hhb", "new", "categories/health"]


@pytest.fixture(scope="module")
def views(library):
    """Return the files of the seeds, for a static host."""
    return ViewFiles(library, PromiseMonths(library.snapshot), queries=False)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("stem", [*LISTS, "no-open-format", "format-changes", "entry-changes"])
def test_every_list_is_a_feed(views, stem, language):
    """What a reader of feeds takes from it: title, page of the list, entries with addresses, each once."""
    body = views.write(stem, "atom", language)
    feed = feedparser.parse(body)
    assert not feed.bozo
    ids = [entry.id for entry in feed.entries]
    assert len(ids) == len(set(ids)) <= 100
    rows = json.loads(views.write(stem, "json", ""))["rows"]
    assert len(ids) == min(len(rows), 100)
    listed = sorted(row["dataset"] for row in rows)[:100] if len(rows) <= 100 else None
    assert listed in (None, sorted(e.link.removesuffix(get_page_suffix(language)) for e in feed.entries))
    links = {one.rel: one.href for one in feed.feed.links}
    assert links["self"].endswith(f"/{stem}.{language}.atom")
    assert links["alternate"].endswith(f"/{stem}{get_page_suffix(language)}")
    assert feed.feed.updated == max((entry.updated for entry in feed.entries), default="1970-01-01T00:00:00Z")


def test_a_feed_keeps_what_was_asked(views):
    """A filter and an order are in the addresses of the feed, and hold for its entries."""
    asked = {"body": ["hk-itc"], "sort": ["name"]}
    feed = feedparser.parse(views.write("promises", "atom", "en", asked))
    rows = json.loads(views.write("promises", "json", "", asked))["rows"]
    assert 0 < len(feed.entries) == len(rows) < len(json.loads(views.write("promises", "json", ""))["rows"])
    assert {row["body"] for row in rows} == {"hk-itc"}
    assert feed.feed.link.endswith("/promises.en.html?body=hk-itc&sort=name")


def test_pages_of_lists_name_their_feed(views):
    """Readers of feeds find it by the head of the page."""
    page = views.write("overdue", "html", "en").decode()
    feed = 'type="application/atom+xml" title="Overdue datasets, as of January 2026" href="./overdue.en.atom"'
    assert f'<link rel="alternate" {feed}>' in page.partition("</head>")[0]
    assert page.count('type="application/atom+xml"') == 1
    assert "about.en.atom" not in views.write("about", "html", "en").decode()


def test_changes_are_entries_of_a_feed(followed):
    """What became of rows from one plan to the next: each is an entry, as new as the later plan."""
    views = ViewFiles(followed, PromiseMonths(followed.snapshot))
    for stem in ("entry-changes", "format-changes"):
        rows = json.loads(views.write(stem, "json", ""))["rows"]
        feed = feedparser.parse(views.write(stem, "atom", "en"))
        assert 0 < len(rows) == len({entry.id for entry in feed.entries})
        assert sorted(row["issued"] for row in rows) == sorted(entry.updated[:7] for entry in feed.entries)
