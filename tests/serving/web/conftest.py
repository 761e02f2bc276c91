"""What unit tests of the website share: the library of the seeds' catalogue, and a client of the application."""

from __future__ import annotations

import asyncio

import httpx
import pytest
from support.lighthouse_plans import build_followed

from dcat_hk.serving.web.app import make_app
from dcat_hk.serving.web.host import BuildHost, ServerOptions
from dcat_hk.serving.web.library import Library, fill_store
from dcat_hk.serving.web.query_workers import QueryLimits
from dcat_hk.serving.web.snapshot import take_snapshot


@pytest.fixture(scope="session")
def library(catalogue):
    """Give the library of the seeds' catalogue."""
    snapshot = take_snapshot(catalogue)
    fill_store(snapshot)
    yield Library(snapshot)
    snapshot.discard()


@pytest.fixture(scope="session")
def followed(tmp_path_factory):
    """Give the library of three plans of one body, of years that follow each other, with every fate."""
    snapshot = take_snapshot(build_followed(tmp_path_factory.mktemp("followed")))
    fill_store(snapshot)
    yield Library(snapshot)
    snapshot.discard()


@pytest.fixture(scope="session")
def send(catalogue):
    """Give a function that sends a request to the application, without a server, and returns the response."""
    loop = asyncio.new_event_loop()
    host = BuildHost(catalogue, ServerOptions(limits=QueryLimits(running=1)))
    loop.run_until_complete(host.open())
    client = httpx.AsyncClient(transport=httpx.ASGITransport(make_app(host)), base_url="http://site.example")

    def request(path, method="GET", lines=(), **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        given = list(lines) or {"Accept": "*/*", **named}
        return loop.run_until_complete(client.request(method, path, headers=given))

    yield request
    loop.run_until_complete(client.aclose())
    loop.run_until_complete(host.close())
    loop.close()
