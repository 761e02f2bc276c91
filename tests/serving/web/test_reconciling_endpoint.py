"""The reconciliation service over HTTP."""

import json
from urllib.parse import quote, urlencode

import pytest
from jsonschema import validate
from support.reconciliation_schemas import BATCH, EXTENSION, MANIFEST, PROPOSAL, RESULT, SUGGESTIONS
from support.web_servers import serving

from dcat_hk.serving.web import reconciling_endpoint

QUERIES = {"q0": {"query": "醫務衞生局"}, "q1": {"query": "急症", "type": "dcat:Dataset", "limit": 2}}
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def server(built, tmp_path_factory):
    """Serve the seeds' catalogue."""
    with serving(built[0], tmp_path_factory.mktemp("reconciling") / "log") as found:
        yield found


def test_the_manifest_leads_to_the_parts_of_the_service(send):
    """Each address in it is answered, in the language of the path, of `lang`, or of the client."""
    for path, language in (
        ("reconcile", "en"),
        ("reconcile/zh-Hans", "zh-Hans"),
        ("reconcile?lang=zh-Hant", "zh-Hant"),
    ):
        reply = send(path, Accept_Language="en")
        manifest = reply.json()
        validate(manifest, MANIFEST)
        assert manifest["name"] == f"dcat-hk ({language})"
        assert reply.headers["access-control-allow-origin"] == "*"
        for kind, part in manifest["suggest"].items():
            address = part["service_url"] + part["service_path"]
            assert address.startswith("http://site.example/reconcile")
            suggested = send(address.removeprefix("http://site.example/") + "?prefix=a", Accept_Language="en")
            assert suggested.status_code == 200, kind
            validate(suggested.json(), SUGGESTIONS)
        propose = manifest["extend"]["propose_properties"]
        validate(send(propose["service_path"][1:] + "?type=dcat:Dataset").json(), PROPOSAL)
        preview = manifest["preview"]["url"].replace("{{id}}", quote("organisation/hk-hhb", safe=""))
        assert send(preview.removeprefix("http://site.example/"), Accept_Language="en").status_code == 200


def test_a_batch_is_answered_by_get_and_by_post(send, server):
    """As a parameter and as a form; one query alone, too."""
    parameters = urlencode({"queries": json.dumps(QUERIES)})
    by_get = send(f"reconcile/en?{parameters}").json()
    validate(by_get, BATCH)
    posted = server.ask("reconcile/en", "POST", parameters, **{"Content-Type": FORM})
    assert json.loads(posted.body) == by_get
    assert by_get["q0"]["result"][0]["name"] == "Health Bureau"
    assert len(by_get["q1"]["result"]) == 2
    single = send(f"reconcile/en?{urlencode({'query': '醫務衞生局'})}").json()
    validate(single, RESULT)
    assert single == by_get["q0"]


def test_data_is_extended_by_post(server):
    """Values for many things at once."""
    query = {"ids": ["organisation/hk-hhb"], "properties": [{"id": "dct:title"}, {"id": "dct:identifier"}]}
    reply = server.ask("reconcile/en", "POST", urlencode({"extend": json.dumps(query)}), **{"Content-Type": FORM})
    found = json.loads(reply.body)
    validate(found, EXTENSION)
    assert found["rows"]["organisation/hk-hhb"]["dct:title"] == [{"str": "Health Bureau"}]


def test_clients_without_cross_origin_requests_get_a_call(send):
    """Only of what can be a function, and only with GET."""
    reply = send("reconcile?callback=jQuery1_2.done")
    assert reply.headers["content-type"].startswith("application/javascript")
    assert reply.text.startswith("/**/jQuery1_2.done({")
    assert reply.text.endswith("});")
    for name in ("alert(1)//", "a b", "<script>", "1a"):
        refused = send(f"reconcile?{urlencode({'callback': name})}")
        assert (refused.status_code, refused.headers["content-type"]) == (400, "application/json")
        assert name not in refused.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("reconcile?queries={", 400),
        ("reconcile?queries=[]", 400),
        ('reconcile?queries={"q":{}}', 400),
        ("reconcile?extend={}", 400),
        ("reconcile/en/suggest/entity?prefix=a&cursor=x", 400),
        ("reconcile/suggest/nothing?prefix=a", 404),
        ("reconcile/preview?id=dataset/none", 404),
        ("reconcile/preview", 404),
        ("reconcile/propose?limit=-1", 400),
        ("reconcile/fr", 404),
    ],
)
def test_requests_that_cannot_be_answered_are_refused(send, path, status):
    """In JSON, with what is wrong; other paths are those of the site."""
    reply = send(path)
    assert reply.status_code == status
    if path != "reconcile/fr":
        assert reply.json()["status"] == "error"


def test_bodies_have_limits_and_are_forms(server):
    """As those of the other interfaces."""
    assert server.ask("reconcile", "POST", "{}", **{"Content-Type": "application/json"}).status == 415
    assert server.ask("reconcile", "POST", "", **{"Content-Type": FORM}).status == 400
    assert server.ask("reconcile", "POST", "queries=" + "a" * 1_100_000, **{"Content-Type": FORM}).status == 413


def test_a_preview_can_be_shown_inside_of_another_page(send):
    """Its text is escaped, and nothing in it is loaded."""
    reply = send("reconcile/en/preview?id=organisation/hk-hhb")
    policy = reply.headers["content-security-policy"]
    assert "frame-ancestors *" in policy
    assert "default-src 'none'" in policy
    assert "Health Bureau" in reply.text
    assert "<script" not in reply.text


@pytest.mark.parametrize("host", ["evil.example/x", "a b", 'evil.example"><script>', ""])
def test_a_host_that_is_none_comes_into_no_address(send, host):
    """Then addresses begin with the base IRI."""
    manifest = send("reconcile", Host=host).json()
    assert manifest["view"]["url"] == manifest["identifierSpace"] + "{{id}}"


def test_a_batch_that_takes_too_long_is_refused(send, monkeypatch):
    """What others ask waits no longer than that."""
    monkeypatch.setattr(reconciling_endpoint, "_SECONDS", -1.0)
    reply = send('reconcile?queries={"q":{"query":"Piers"}}')
    assert (reply.status_code, reply.json()["status"]) == (503, "error")
    assert "send fewer" in reply.json()["message"]


@pytest.mark.parametrize(
    ("path", "client", "message"),
    [
        ("reconcile?queries=[]", "", "queries must be a JSON object: a query for each name."),
        ("reconcile?queries=[]&lang=zh-Hant", "", "queries須為JSON物件，每個名稱一項查詢。"),
        ("reconcile/zh-Hans?queries=[]", "en", "queries须为JSON对象，每个名称一项查询。"),
        ("reconcile/zh-Hant/preview?id=dataset/none", "", "沒有這項事物。"),
        ("reconcile/propose?limit=-1", "zh-CN", "limit须为整数。"),
        ("reconcile/en/propose?limit=-1", "zh-HK", "limit must be a whole number."),
        ("reconcile?callback=a-b&lang=zh-Hant", "", "callback須為函式名稱。"),
    ],
)
def test_what_is_wrong_is_told_in_the_language_asked_for(send, path, client, message):
    """By the path, by `lang`, or by the client; else in English."""
    reply = send(path, **({"Accept_Language": client} if client else {}))
    assert reply.json()["message"] == message
