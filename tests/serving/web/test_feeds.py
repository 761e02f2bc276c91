"""Feeds are read by readers of feeds and calendars; entries are what plans say."""

import json

import pytest

from dcat_hk.core.languages import LANGUAGES
from dcat_hk.serving.web.feeds import FeedWriter, make_feed_path, read_feed_path
from dcat_hk.serving.web.promise_months import PromiseMonths

feedparser = pytest.importorskip("feedparser")
icalendar = pytest.importorskip("icalendar")


@pytest.fixture(scope="module")
def feeds(followed):
    """Return the writer of the feeds of three plans."""
    return FeedWriter(followed, PromiseMonths(followed.snapshot))


def test_every_feed_is_read(feeds, followed):
    """Atom without a fault, JSON with what the format asks for, calendars; in three languages."""
    paths = feeds.list_paths()
    assert len(paths) == len(set(paths)) > 30
    for path in paths:
        body = feeds.write(path, "2023-12")
        if path.endswith(".atom"):
            found = feedparser.parse(body)
            assert not found.bozo, (path, found.get("bozo_exception"))
            assert found.feed.id == followed.base + path
            assert len({entry.id for entry in found.entries}) == len(found.entries)
        elif path.endswith(".json"):
            feed = json.loads(body)
            assert feed["version"] == "https://jsonfeed.org/version/1.1"
            assert all(item["id"] and item["content_text"] for item in feed["items"])
        else:
            assert icalendar.Calendar.from_ical(body).errors == []


def test_entries_say_what_became_of_a_promise(feeds):
    """In the language of the feed, with a link to the page in that language, dated as the plan."""
    titles = {"en": "released late (2 months)", "zh-Hant": "逾期發放（2個月）", "zh-Hans": "逾期发放（2个月）"}
    for language, words in titles.items():
        found = feedparser.parse(feeds.write(make_feed_path("all", language, "atom"), "2023-12"))
        entry, *_older = [one for one in found.entries if words in one.title]
        assert entry.updated == "2022-12-01T00:00:00Z"
        assert entry.link.endswith({"en": ".en.html", "zh-Hant": ".html", "zh-Hans": ".zh-Hans.html"}[language])
        assert found.feed.language == language


def test_what_is_overdue_is_as_of_a_month(feeds):
    """The title says which; an entry stays the same as long as the promise does."""
    early, late = (json.loads(feeds.write("follow/overdue.en.json", month)) for month in ("2023-08", "2023-12"))
    assert early["title"].endswith("as of August 2023")
    assert {item["id"] for item in early["items"]} < {item["id"] for item in late["items"]}
    (item,) = [one for one in late["items"] if "April 2023" in one["title"]]
    assert "As of December 2023 that is 8 months ago" in item["content_text"]
    assert item["date_published"] == "2023-05-01T00:00:00Z"


def test_a_calendar_has_the_last_day_of_each_promised_month(feeds):
    """With the title in full, however long, and lines within 75 octets."""
    body = feeds.write("follow/all.ics", "2023-12")
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))
    events = icalendar.Calendar.from_ical(body).walk("VEVENT")
    days = {str(event["SUMMARY"]): event.decoded("DTSTART").isoformat() for event in events}
    assert days["髹漆工程時間表"] == "2023-04-30"
    assert len({str(event["UID"]) for event in events}) == len(events)


def test_feeds_of_bodies_and_categories_are_parts_of_the_whole(feeds):
    """Nothing else is in them."""
    whole = {item["id"] for item in json.loads(feeds.write("follow/all.json", "2023-12"))["items"]}
    for stem in feeds.list_stems()[2:]:
        part = {item["id"] for item in json.loads(feeds.write(make_feed_path(stem, "en", "json"), "2023-12"))["items"]}
        assert part <= whole


@pytest.mark.parametrize(
    "path",
    [
        "follow/body/nobody.atom",
        "follow/category/none.en.ics",
        "follow/all.rss",
        "follow/overdue.ics",
        "follow/all.fr.atom",
    ],
)
def test_there_is_no_feed_of_what_is_not_there(feeds, path):
    """404, and no empty feed."""
    assert feeds.write(path, "2023-12") is None


def test_paths_are_read_as_they_are_made():
    """In every language and format."""
    for language in LANGUAGES:
        for suffix in ("atom", "json", "ics"):
            found = read_feed_path(make_feed_path("body/hk-td.x", language, suffix))
            assert (found.of.body, found.language, found.suffix) == ("hk-td.x", language, suffix)


def test_the_server_sends_feeds(send):
    """With their media types and languages."""
    reply = send("follow/all.en.atom")
    assert reply.headers["content-type"] == "application/atom+xml; charset=utf-8"
    assert reply.headers["content-language"] == "en"
    assert send("follow/overdue.json").headers["content-type"].startswith("application/feed+json")
    assert send("follow/body/hk-hkpf.ics").headers["content-type"].startswith("text/calendar")
    assert send("follow/body/nobody.atom").status_code == 404
