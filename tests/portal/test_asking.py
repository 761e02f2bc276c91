"""Asking the portal: politely, again where it is busy, and no other host."""

from datetime import UTC, datetime

import pytest
from support.portal_servers import FAULTS, PortalServer, portal_server

from dcat_hk.core.errors import DcatHkError, UsageError
from dcat_hk.portal import asking
from dcat_hk.portal.asking import LONGEST, TRIES, PortalClient, PortalFailed, find_wait
from dcat_hk.portal.contents import read_contents

PACKAGES = {"en": [{"name": "hk-hkpf-a", "title": "Piers"}]}
PATH = "en-data/api/3/action/package_search?rows=10&start=0"
PASSING = sorted({*FAULTS} - {"busy for hours", "gone"})


def check(data):
    """Look at an answer."""
    return read_contents(data, "page")


@pytest.fixture
def slept():
    """Return the pauses that were made."""
    return []


def ask(server, slept, pause=1.0, path=PATH, told=lambda _reason, _pause: None, hosts=()):
    """Ask a server once, and return the answer."""
    with (
        portal_server(server) as address,
        PortalClient([address, *hosts], pause, sleep=slept.append, told=told) as client,
    ):
        return client.ask(address + path, check)


@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_asked_for_again(fault, slept):
    """Whatever a busy portal sends instead of data, the next answer counts."""
    server = PortalServer(PACKAGES, {1: fault, 2: fault})
    assert check(ask(server, slept)).stated == 1
    assert len(server.paths) == 3
    growing = [pause for pause in slept if pause >= 2]
    assert growing[:2] == [2.0, 4.0]


@pytest.mark.parametrize("fault", PASSING)
def test_what_does_not_pass_is_told(fault, slept):
    """After some tries the work ends, in three languages, with what to do."""
    server = PortalServer(PACKAGES, dict.fromkeys(range(1, 99), fault))
    reasons = []
    with pytest.raises(PortalFailed) as caught:
        ask(server, slept, told=lambda reason, pause: reasons.append((reason, pause)))
    assert (len(server.paths), len(reasons)) == (TRIES, TRIES - 1)
    assert [pause for _reason, pause in reasons] == [2.0, 4.0, 8.0, 16.0, 32.0]
    assert len({caught.value.tell(language) for language in ("en", "zh-Hant", "zh-Hans")}) == 3
    assert "run the same command again" in str(caught.value)
    assert ".." not in str(caught.value).removeprefix("http://127.0.0.1")


def test_how_long_a_server_asks_to_wait_counts(slept):
    """Longer than that is no pause but the end, which can be gone on from."""
    wait = lambda handler, _body: FAULTS_WAIT(handler)  # noqa: E731
    assert ask(PortalServer(PACKAGES, {1: wait}), slept)
    assert 77.0 in slept
    with pytest.raises(PortalFailed, match="429"):
        ask(PortalServer(PACKAGES, {1: "busy for hours"}), slept)
    assert max(slept) <= LONGEST


def FAULTS_WAIT(handler):  # noqa: N802 - a fault like the others
    """Ask to wait for some seconds."""
    handler.send_response(503)
    handler.send_header("Retry-After", "77")
    handler.send_header("Content-Length", "0")
    handler.end_headers()
    handler.close_connection = True


def test_what_is_not_there_is_asked_for_once(slept):
    """A page that is gone does not come back within minutes."""
    server = PortalServer(PACKAGES, {1: "gone"})
    with pytest.raises(PortalFailed, match="404"):
        ask(server, slept)
    assert len(server.paths) == 1


def test_there_is_a_pause_between_two_requests(slept):
    """Also where the first one was good."""
    server = PortalServer(PACKAGES)
    with portal_server(server) as address, PortalClient([address], 5.0, "mailto:a@b.example", slept.append) as client:
        for _time in range(3):
            client.ask(address + PATH, check)
    assert len(slept) == 2
    assert all(4 < pause <= 5 for pause in slept)
    (agent,) = server.agents
    assert agent.startswith("dcat-hk/")
    assert "+mailto:a@b.example" in agent


@pytest.mark.parametrize(
    "host", ["http://localhost:1/", "http://169.254.169.254/", "https://127.0.0.1/", "file:///etc/"]
)
def test_no_other_host_is_asked(host, slept):
    """Neither at once nor because an answer leads there: scheme, host and port count."""
    lead = lambda handler, _body: _redirect(handler, host + "x")  # noqa: E731
    with pytest.raises(UsageError) as caught:
        ask(PortalServer(PACKAGES, {1: lead}), slept)
    assert caught.value.code == "portal.other-host"
    with PortalClient(["https://data.gov.hk/"], 0, sleep=slept.append) as client, pytest.raises(UsageError):
        client.ask(host + "x", check)


def _redirect(handler, target):
    """Lead elsewhere."""
    handler.send_response(302)
    handler.send_header("Location", target)
    handler.send_header("Content-Length", "0")
    handler.end_headers()
    handler.close_connection = True


def test_an_answer_may_lead_to_another_place_of_the_host(slept):
    """But not for ever."""
    server = PortalServer(PACKAGES, {1: lambda handler, _body: _redirect(handler, f"/{PATH}")})
    assert check(ask(server, slept)).stated == 1
    circle = dict.fromkeys(range(1, 99), lambda handler, _body: _redirect(handler, f"/{PATH}"))
    with pytest.raises(PortalFailed, match="redirections"):
        ask(PortalServer(PACKAGES, circle), slept)


def test_answers_have_limits_of_size_and_time(slept, monkeypatch):
    """Neither a body without end nor a server that is silent holds the work."""
    monkeypatch.setattr(asking, "SIZE", 10)
    with pytest.raises(PortalFailed, match="more than 10 bytes"):
        ask(PortalServer(PACKAGES), slept)
    monkeypatch.setattr(asking, "SIZE", 10_000)
    monkeypatch.setattr(asking, "TIME", 0.2)
    import time

    slow = dict.fromkeys(range(1, 99), lambda _handler, _body: time.sleep(0.6))
    with pytest.raises(PortalFailed, match="in time"):
        ask(PortalServer(PACKAGES, slow), slept)


def test_nobody_there_is_told(slept):
    """A connection that is refused is tried again, and then told."""
    with portal_server(PortalServer(PACKAGES)) as address:
        pass
    with (
        PortalClient([address], 0, sleep=slept.append) as client,
        pytest.raises(DcatHkError, match="connection failed"),
    ):
        client.ask(address + PATH, check)


@pytest.mark.parametrize(
    "stated",
    ["", "-5", "soon", "1e9", "Fri, 32 Jan 2027 00:00:30 GMT", "Fri, 01 Jan 99999999999 00:00:30 GMT", "\u0665"],
)
def test_what_is_no_time_to_wait_is_none(stated):
    """Nothing that a server says stops the work with a fault."""
    assert find_wait(stated) == 0.0


def test_dates_to_wait_for_are_understood():
    """A date in the past is no time to wait."""
    now = datetime(2027, 1, 1, tzinfo=UTC)
    assert find_wait("Thu, 31 Dec 2026 00:00:00 GMT", now) == 0.0
    assert find_wait("Fri, 01 Jan 2027 01:00:00 GMT", now) == 3600.0
    assert find_wait("Fri, 01 Jan 2027 01:00:00", now) == 3600.0
