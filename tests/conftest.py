"""What tests share: folders, golden files, a built catalogue."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from support.paths import GOLDEN, SEEDS, SHARED

from dcat_hk.core import forked, processes

# How long an example takes depends on the machine, and so does how long it takes to make one.
# Nor do examples depend on chance: a run that is green here is green elsewhere. To look for more, run
# `pytest --hypothesis-profile exploring`.
_ANY_MACHINE = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)
settings.register_profile("any-machine", _ANY_MACHINE)
settings.register_profile("exploring", settings(_ANY_MACHINE, derandomize=False))
settings.load_profile("any-machine")


def pytest_addoption(parser):
    """Add the option that rewrites golden files."""
    parser.addoption("--write-golden", action="store_true", help="rewrite golden files and generated pages")


@pytest.fixture(scope="session", autouse=True)
def _own_environment(tmp_path_factory):
    """Let commands keep what they read in a folder of this run, and speak English, whoever the user is."""
    patch = pytest.MonkeyPatch()
    for name in [*(name for name in os.environ if name.startswith("DCAT_HK_")), "LC_ALL", "LC_MESSAGES", "LANG"]:
        patch.delenv(name, raising=False)
    patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
    yield
    patch.undo()


@pytest.fixture(scope="session", autouse=True)
def _own_signals():
    """Let Ctrl-C and a terminal that closes end what tests start, also where the run itself is in the background."""
    for number, usual in (
        (signal.SIGINT, signal.default_int_handler),
        (getattr(signal, "SIGHUP", None), signal.SIG_DFL),
    ):
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, usual)


@pytest.fixture(autouse=True)
def _forks(monkeypatch):
    """Let processes be copied as in a command, whatever threads fixtures of the web server have left in this one."""
    for module in (forked, processes):
        monkeypatch.setattr(module, "can_fork", lambda: hasattr(os, "fork"))


@pytest.fixture(scope="session")
def shared():
    """Return the folder of reference files; a stranger's clone has none, CI must."""
    if SHARED.is_dir():
        return SHARED
    if os.environ.get("CI") == "true":
        pytest.fail(f"no {SHARED}: CI must have it")
    pytest.skip("needs the folder ../shared, which a clone alone has not")


@pytest.fixture
def golden(request):
    """Compare text with tests/golden/<name>, or rewrite it under --write-golden."""

    def check(name: str, actual: str, folder: Path = GOLDEN) -> None:
        path = folder / name
        if request.config.getoption("--write-golden"):
            if not path.exists() or path.read_text(encoding="utf-8") != actual:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(actual, encoding="utf-8", newline="\n")
                pytest.fail(f"wrote {path}; read the diff, then run again without --write-golden")
            return
        assert path.exists(), f"no {path}: run pytest --write-golden"
        assert path.read_text(encoding="utf-8") == actual

    return check


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """Build the seeds' catalogue once and return its folder and the outcome."""
    from dcat_hk.build import build
    from dcat_hk.core.settings import Settings

    folder = tmp_path_factory.mktemp("catalogue") / "output"
    return folder, build([SEEDS], folder, Settings(), jobs=1)


@pytest.fixture(scope="session")
def catalogue(built):
    """Return the folder of the seeds' catalogue."""
    folder, outcome = built
    assert outcome.published
    return folder


@pytest.fixture(scope="session")
def turtle_graph(catalogue):
    """Return the whole catalogue as an rdflib graph; tests that change it must copy it."""
    from rdflib import Graph

    return Graph().parse(catalogue / "catalogue.ttl")
