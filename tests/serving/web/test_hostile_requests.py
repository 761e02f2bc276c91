"""No request holds the server: whatever is sent, /health answers the others; each pattern and loop is linear."""

from __future__ import annotations

import contextlib
import importlib
import pkgutil
import re
import statistics
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace

import h11
import pytest
from starlette.datastructures import MultiDict
from support.bounds import is_within
from support.hostile_requests import list_attacks
from support.web_servers import serving

from dcat_hk.serving import web
from dcat_hk.serving.stores import query_parsing
from dcat_hk.serving.web import app, connections, endpoint, media, query_checks, requests

sys.path.insert(0, str(Path(__file__).parents[3] / "benchmarks"))

from fuzz_server import run_trials

#: Characters of a run, and seconds of processor time in which it is read; quadratic work takes several times that.
RUN, BOUND = 20_000, 0.25
#: Clients that attack at a time, and seconds that each kind of attack lasts.
CLIENTS, LENGTH = 8, 0.25


@pytest.fixture(scope="module")
def server(built, tmp_path_factory):
    """Serve the seeds' catalogue; a query may take two seconds."""
    log = tmp_path_factory.mktemp("hostile") / "log"
    with serving(built[0], log, "--query-seconds", "2") as found:
        yield found
    text = log.read_text(encoding="utf-8", errors="replace")
    assert "Traceback" not in text
    assert " 500 " not in re.sub(r" \d+ [\d.]+ms$", "", text, flags=re.MULTILINE)


def attack(server, data, stop):
    """Send a request again and again until told to stop."""
    while not stop.is_set():
        with contextlib.suppress(OSError), server.connect() as connection:
            connection.settimeout(0.3)
            connection.sendall(data)
            connection.recv(1000)


def measure_health(server, data):
    """Return how long each answer of /health takes while clients send a request again and again."""
    stop = threading.Event()
    threads = [threading.Thread(target=attack, args=(server, data, stop)) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    times = []
    try:
        end = time.monotonic() + LENGTH
        while len(times) < 3 or time.monotonic() < end:
            began = time.monotonic()
            assert server.ask("health").status == 200
            times.append(time.monotonic() - began)
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    return times


@pytest.mark.parametrize("name", list(list_attacks()))
def test_health_is_answered_while_eight_clients_attack(server, name):
    """Answers come within a second; a machine that does much else gets three trials for it."""
    data, trials = list_attacks()[name](), []
    while len(trials) < 3 and not (trials and statistics.median(trials[-1]) < 1):
        trials.append(measure_health(server, data))
        assert max(trials[-1]) < 20
    assert statistics.median(trials[-1]) < 1


def list_patterns():
    """Return the patterns of the modules of the website, and of the parser of HTTP, by name."""
    modules = [importlib.import_module(f"{web.__name__}.{one.name}") for one in pkgutil.iter_modules(web.__path__)]
    modules += [importlib.import_module(f"{h11.__name__}.{name}") for name in ("_readers", "_headers", "_events")]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, re.Pattern)
    }


PIECES = (
    *(" ", "\t", "\n", "\r\n", " \n", "a", "A", "0", "9", ".", "-", "/", "\\", "'", '"', "<", "(", "[", "{", ";", ","),
    *(
        "%41",
        "a:",
        "a-",
        "a.",
        "from-a",
        "changes/1",
        "SERVICE",
        "SERVICE ",
        "service\n",
        "FROM",
        "\\u0041",
        "a b",
        ": ",
    ),
)


@pytest.mark.parametrize("name", list(list_patterns()))
@pytest.mark.parametrize("end", ["", "$", "\0"])
@pytest.mark.exhaustive
def test_every_pattern_is_linear(name, end):
    """Long runs of what patterns may match, and of what makes them fail at the end, at once or at every place."""
    pattern = list_patterns()[name]
    for before in ("", "feed/datasets/from-", "changes/1", "sitemap-1", "SERVICE", "a:", "GET /"):
        for piece in PIECES:
            text = before + piece * (RUN // len(piece)) + end
            value = text.encode() if isinstance(pattern.pattern, bytes) else text
            began = time.process_time()
            pattern.fullmatch(value)
            if not name.startswith(("h11", connections.__name__)):  # where they are matched as a whole only
                sum(1 for _ in pattern.finditer(value))
            assert is_within(time.process_time() - began, BOUND), (before, piece)


def is_current(value):
    """Read a value as If-None-Match and as If-Modified-Since."""
    for header in ("if-none-match", "if-modified-since"):
        app._is_current(SimpleNamespace(headers=MultiDict({header: value})), '"x"', 0)


def read_form(value):
    """Read a form, valid or not."""
    with contextlib.suppress(requests.RequestError):
        endpoint._parse_form(value)


READERS = {
    "Accept": lambda value: media.choose_media_type(value, ("text/turtle", "text/html")),
    "Accept-Language": media.choose_language,
    "conditions": is_current,
    "form": read_form,
    "length of a query": lambda value: query_checks.check_request(
        query_checks.QueryRequest("a" + value[: RUN - 1], "")
    ),
    "nesting of a query": query_parsing._measure_nesting,
}


@pytest.mark.parametrize("name", list(READERS))
def test_every_reader_is_linear(name):
    """What reads a part of a request in the event loop does so in a bounded time, however it is made."""
    for piece in (*PIECES, "a;q=1,", "zh-", "en,", "&", "&a=1", "%", "%ff", "W/", '"a",', "1:", "=", "*/*", "\u6578"):
        began = time.process_time()
        READERS[name](piece * (RUN // len(piece)))
        assert is_within(time.process_time() - began, BOUND), piece


def test_caches_hold_no_long_headers():
    """A header is shortened before its result is remembered; langcodes, which forgets nothing, is given few tags."""
    import langcodes

    known = len(langcodes.Language._PARSE_CACHE)
    for number in range(300):
        tags = (
            f"x-{number}, de-{number}, zh-a{number}-b, en-x-{number}, zh-Hant-HK-u-{number}, yue-{number}" + "z" * 9000
        )
        assert media.choose_language(tags) in {"en", "zh-Hant", "zh-Hans"}
    assert len(langcodes.Language._PARSE_CACHE) - known < 20
    assert media.choose_language("zh-yue-HK") == media.choose_language("zh-HK, en") == "zh-Hant"
    assert media.choose_language("zh-cmn-Hans-CN") == media.choose_language("zh-SG") == "zh-Hans"


def test_requests_at_random(server):
    """A short run of the fuzz; `benchmarks/fuzz_server.py` does many more."""
    counts, times = run_trials(server, 400, 0, 8)
    assert sum(counts.values()) == 400
    assert counts["500"] == 0
    assert counts["200"] > 10
    assert counts["400"] > 10
    assert statistics.median(times) < 1
    assert server.process.poll() is None
