"""Every request passes the middleware: security headers, the path of the base IRI, limits, and the log."""

from __future__ import annotations

import logging

import pytest
from support.web_servers import DATASET


@pytest.mark.parametrize("path", ["health", "nothing", f"{DATASET}.ttl", "sparql?query=x"])
def test_every_response_has_security_headers(send, path):
    """Errors and redirects have them, too."""
    headers = send(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["access-control-allow-origin"] == "*"


def test_the_path_of_the_base_iri_is_optional(send):
    """A proxy may leave or strip the path; without a trailing slash it redirects to a relative address."""
    assert send(f"dcat-hk/{DATASET}.ttl").content == send(f"{DATASET}.ttl").content
    redirect = send("dcat-hk")
    assert (redirect.status_code, redirect.headers["location"]) == (308, "./dcat-hk/")


def test_a_preflight_request_is_answered(send):
    """OPTIONS lists the methods and headers that scripts of other sites may use."""
    reply = send("sparql", "OPTIONS", Origin="https://a.example")
    assert reply.status_code == 204
    assert "POST" in reply.headers["access-control-allow-methods"]
    assert "If-None-Match" in reply.headers["access-control-allow-headers"]


def test_a_long_path_is_refused(send):
    """A path of more than 2,000 characters gives 414, one of 2,000 is looked up."""
    assert send("a" * 2000).status_code == 414
    assert send("a" * 1999).status_code == 404


def test_a_request_is_one_line_of_the_log(send, caplog):
    """Client, method, target, status, size and time; escaped characters of the target stay escaped."""
    with caplog.at_level(logging.INFO, "dcat_hk.web.access"):
        reply = send("nothing%0Ahere?a=%0D")
    (record,) = caplog.records
    line = record.getMessage()
    assert "GET /nothing%0Ahere?a=%0D 404" in line
    assert f" {len(reply.content)} " in line
    assert line.isprintable()


@pytest.mark.parametrize(("unit", "status"), [("bytes", 206), ("Bytes", 206), ("octets", 200), ("", 200)])
def test_ranges_of_an_unknown_unit_are_ignored(send, unit, status):
    """A file is sent whole to who asks for a part of it in another unit than bytes."""
    reply = send("catalogue.ttl", Range=f"{unit}=0-9")
    assert reply.status_code == status
    assert (len(reply.content) == 10) == (status == 206)
