"""Fetching the portal: page by page, and on from where a run ended."""

import itertools
import json
from datetime import date

import pytest
from support.csw_answers import make_answer, make_iso_record
from support.portal_servers import FAULTS, PortalServer, portal_server, recorded_packages

from dcat_hk.core.errors import UsageError
from dcat_hk.portal import fetching
from dcat_hk.portal.asking import PortalClient, PortalFailed
from dcat_hk.portal.fetching import PAGES, FetchPlan, fetched_portal, find_languages
from dcat_hk.portal.reading import read_portal

LISTS = {
    "open-data-dataset-list-en.json": json.dumps(
        {"Data": [{"Dataset ID": "hk-hkpf-0", "Dataset Name": "Piers 0"}]}
    ).encode()
}


def packages(count, title="Piers"):
    """Return packages in English and in Chinese."""
    return {
        "en": [{"name": f"hk-hkpf-{number}", "title": f"{title} {number}"} for number in range(count)],
        "tc": [{"name": f"hk-hkpf-{number}", "title": f"碼頭 {number}"} for number in range(count)],
        "sc": [{"name": f"hk-hkpf-{number}", "title": f"码头 {number}"} for number in range(count)],
    }


def fetch(server, folder, restart=False, **plan):
    """Return what is read of a server's answers."""
    with portal_server(server) as address:
        lists = f"{address}lists" if server.lists else ""
        csdi = f"{address}csw" if server.csdi else ""
        asked = FetchPlan("https://portal.example/", **{"rows": 10, "lists": lists, "csdi": csdi, **plan})
        # Where the server listens differs from run to run, and is no part of what is asked for.
        client = _Elsewhere(address)
        with client, fetched_portal(asked, folder, client, restart=restart) as fetched:
            return read_portal(fetched.inputs, date=fetched.date, more=fetched.findings)


class _Elsewhere(PortalClient):
    """A client to which a server on the loopback is the portal."""

    def __init__(self, address):
        super().__init__([address], 0)
        self.address = address

    def ask(self, address, *arguments):
        """Ask the server."""
        return super().ask(address.replace("https://portal.example/", self.address), *arguments)


def test_every_page_of_every_language_is_fetched(tmp_path):
    """Sorted by name, so that no record moves from page to page; nothing is left behind."""
    server = PortalServer(packages(25))
    reading = fetch(server, tmp_path)
    assert reading.snapshot.head.stated == {"en": 25, "zh-Hant": 25, "zh-Hans": 25}
    assert reading.snapshot.head.complete
    assert reading.findings == []
    assert [path.partition("?")[2] for path in server.paths[:3]] == [
        f"rows=10&start={start}&sort=name+asc" for start in (0, 10, 20)
    ]
    assert len(server.paths) == 9
    assert list(tmp_path.iterdir()) == []


def test_the_recorded_records_come_through_a_bad_line(shared, tmp_path):
    """Thousands of recorded records with every fault between: the snapshot is that of a good line."""
    recorded = recorded_packages(shared)
    faults = itertools.cycle(sorted({*FAULTS} - {"busy for hours", "gone"}))
    bad = PortalServer(recorded, {number: next(faults) for number in range(1, 60, 2)})
    plan = {"rows": 500, "languages": ("en", "zh-Hant")}
    found, expected = (fetch(server, tmp_path, **plan) for server in (bad, PortalServer(recorded)))
    assert len(found.snapshot.records) == 3652
    assert found.snapshot == expected.snapshot
    assert found.snapshot.head.stated == {"en": 3651, "zh-Hant": 12}
    assert found.snapshot.head.complete
    assert found.snapshot.records["hk-dh-chpsebcdde-ha-hfm"].titles.keys() == {"en", "zh-Hant"}


def test_a_run_that_ended_is_gone_on_with(tmp_path):
    """Pages that are there are not asked for again; a page that was cut off on the disk is."""
    stopping = PortalServer(packages(25), {4: "gone"})
    with pytest.raises(PortalFailed):
        fetch(stopping, tmp_path)
    kept = sorted(path.name for path in (tmp_path / PAGES).glob("*.json"))
    assert kept == ["en-000000.json", "en-000010.json", "en-000020.json", "state.json"]
    page = tmp_path / PAGES / "en-000010.json"
    page.write_bytes(page.read_bytes()[:-5])
    going_on = PortalServer(packages(25))
    reading = fetch(going_on, tmp_path)
    assert reading.snapshot.head.complete
    assert len(going_on.paths) == 7
    assert not (tmp_path / PAGES).exists()


@pytest.mark.parametrize("change", ["plan", "day", "state", "restart"])
def test_pages_of_another_run_are_fetched_anew(tmp_path, monkeypatch, change):
    """Pages of other days, of another question, or of nobody knows what do not belong to this snapshot."""
    with pytest.raises(PortalFailed):
        fetch(PortalServer(packages(25), {4: "gone"}), tmp_path)
    plan = {"rows": 5} if change == "plan" else {}
    if change == "day":
        monkeypatch.setattr(fetching, "find_today", lambda: date.fromisoformat("2099-01-01"))
    if change == "state":
        (tmp_path / PAGES / "state.json").write_text("{", encoding="utf-8")
    server = PortalServer(packages(25, "Quays"))
    reading = fetch(server, tmp_path, restart=change == "restart", **plan)
    assert {one.titles["en"][:5] for one in reading.snapshot.records.values()} == {"Quays"}


def test_the_day_is_that_on_which_the_run_began(tmp_path, monkeypatch):
    """Who goes on after midnight finishes the snapshot of the day before."""
    monkeypatch.setattr(fetching, "find_today", lambda: date.fromisoformat("2026-11-29"))
    with pytest.raises(PortalFailed):
        fetch(PortalServer(packages(5), {2: "gone"}), tmp_path)
    monkeypatch.setattr(fetching, "find_today", lambda: date.fromisoformat("2026-11-30"))
    assert fetch(PortalServer(packages(5)), tmp_path).snapshot.head.date == "2026-11-29"


def test_a_portal_that_gives_fewer_records_on_a_page_is_followed(tmp_path):
    """A page is as long as the portal makes it."""
    server = PortalServer(packages(25))
    server.most = 4
    assert len(fetch(server, tmp_path, languages=("en",)).snapshot.records) == 25
    assert len(server.paths) == 7


def test_a_count_that_is_never_reached_ends_the_run(tmp_path):
    """The portal says more than it has: that is told, and the snapshot is incomplete."""
    server = PortalServer(packages(5), count=100)
    reading = fetch(server, tmp_path, languages=("en",))
    assert [one.code for one in reading.findings] == ["portal-count-not-reached"]
    assert not reading.snapshot.head.complete
    assert len(server.paths) == 2


def test_the_lists_of_the_portal_are_no_must(tmp_path):
    """One that is not there is told, and the snapshot is complete without it."""
    reading = fetch(PortalServer(packages(2), lists=LISTS), tmp_path, languages=("en", "zh-Hant"))
    assert [one.code for one in reading.findings] == ["portal-no-list"]
    assert reading.snapshot.head.complete
    assert {one.kind for one in reading.snapshot.head.sources} == {"package_search", "list"}


def test_the_catalogue_of_csdi_is_paged(tmp_path):
    """Its records are beside those of the portal."""

    def answer(start, rows):
        numbers = range(start, min(start + rows, 121))
        return make_answer([make_iso_record(f"landsd_rcd_1637221775627_{one}") for one in numbers], 120).encode()

    server = PortalServer(packages(2), csdi=answer)
    reading = fetch(server, tmp_path, languages=("en",))
    assert reading.snapshot.head.stated == {"csw": 120, "en": 2}
    assert len(reading.snapshot.records) == 122
    assert len(server.paths) == 4


@pytest.mark.parametrize(
    ("names", "tags"), [("en,tc,sc", ("en", "zh-Hant", "zh-Hans")), (" sc , en,en", ("en", "zh-Hans"))]
)
def test_languages_are_those_of_the_portal(names, tags):
    """Their order and repetitions make no difference."""
    assert find_languages(names) == tags


@pytest.mark.parametrize("names", ["", ",", "en,fr"])
def test_other_languages_are_refused(names):
    """None at all, too."""
    with pytest.raises(UsageError) as caught:
        find_languages(names)
    assert caught.value.code == "portal.no-language"
