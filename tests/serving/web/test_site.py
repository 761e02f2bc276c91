"""The web server gives every thing in the form that is wanted, and pages for people, harvesters and search engines."""

from __future__ import annotations

import gzip
import json
import re
from html.parser import HTMLParser

import pyoxigraph
import pytest
from support.web_servers import BASE, DATASET, PLANNED, serving, wait

from dcat_hk.core.terms import expand
from dcat_hk.serving.web.media import FORMATS

SYNTAXES = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
}
HYDRA = "http://www.w3.org/ns/hydra/core#"


@pytest.fixture(scope="module")
def server(built, tmp_path_factory):
    """Serve the seeds' catalogue, ten datasets on a page."""
    folder = tmp_path_factory.mktemp("web")
    options = ("--page-size", "10", "--history", str(folder / "history"))
    with serving(built[0], folder / "log", *options) as found:
        yield found


@pytest.fixture(scope="module")
def count(server):
    """Return how many datasets there are."""
    return int(server.rows(f"SELECT (COUNT(DISTINCT ?d) AS ?n) {{ ?d a <{expand('dcat:Dataset')}> }}")[0]["n"])


def triples(body, form):
    """Return the triples of a document."""
    options = {} if form == "nt" else {"base_iri": BASE}
    return {(str(q.subject), str(q.predicate), str(q.object)) for q in
            pyoxigraph.parse(body, format=SYNTAXES[form], **options)}  # fmt: skip


class Page(HTMLParser):
    """What a page consists of."""

    def __init__(self, text):
        """Read a page."""
        super().__init__()
        self.tags, self.words, self.links, self.data = [], [], [], ""
        self._script = False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Note an element."""
        self.tags.append((tag, dict(attrs)))
        self._script = tag == "script"
        if tag in {"a", "link"}:
            self.links.append(dict(attrs))

    def handle_data(self, data):
        """Note text."""
        if self._script:
            self.data += data
        else:
            self.words.append(data.strip())

    def handle_endtag(self, tag):
        """Note the end of a script."""
        self._script = self._script and tag != "script"


# ---- negotiation


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        ("text/turtle", ".ttl"),
        ("application/ld+json", ".jsonld"),
        ("application/rdf+xml", ".rdf"),
        ("application/n-triples", ".nt"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ".html"),
        ("*/*", ".ttl"),
        ("application/json", ".jsonld"),
        ("text/turtle;q=0.2, application/rdf+xml;q=0.9", ".rdf"),
        ("", ".ttl"),
        (";;;,,q=1,text", ".ttl"),
        ("text/html;q=nan, text/turtle;q=-1", ".ttl"),
        ("a" * 9000, ".ttl"),
    ],
)
def test_a_thing_redirects_to_the_form_that_is_wanted(server, accept, ending):
    """303 to a name, by Accept, however strange."""
    reply = server.ask(DATASET, Accept=accept)
    if accept == "a" * 9000:
        assert reply.status == 406
        return
    if accept.startswith(";;;"):
        assert reply.status in {303, 406}
        return
    assert reply.status == 303
    assert reply.headers["Location"] == f"./{DATASET.rpartition('/')[2]}{ending}"
    assert reply.headers["Vary"] == "Accept, Accept-Language"
    assert 'rel="alternate"; type="text/turtle"' in reply.headers["Link"]


@pytest.mark.parametrize(
    ("wanted", "ending"),
    [
        ("zh-HK", ".html"),
        ("zh-CN,zh;q=0.9", ".zh-Hans.html"),
        ("en-US", ".en.html"),
        ("fr", ".html"),
        ("\u00e9;q=x", ".html"),
    ],
)
def test_pages_come_in_the_language_that_is_wanted(server, wanted, ending):
    """By Accept-Language, Traditional Chinese for those who read none of ours."""
    reply = server.ask(DATASET, Accept="text/html", Accept_Language=wanted)
    assert reply.headers["Location"].endswith(ending)
    tag = {".html": "zh-Hant", ".zh-Hans.html": "zh-Hans", ".en.html": "en"}[ending]
    assert server.ask(DATASET + ending).headers["Content-Language"] == tag


def test_a_form_that_is_not_there_is_refused_with_those_that_are(server):
    """406 lists the forms, as text and as links."""
    reply = server.ask(DATASET, Accept="image/png")
    assert reply.status == 406
    assert all(media in reply.text and media in reply.headers["Link"] for media in FORMATS.values())


# ---- every thing


def test_every_iri_of_the_catalogue_leads_to_its_description(server, built):
    """Subjects and objects under the base IRI, from the quads and the vocabularies, each with all its triples."""
    quads = list(pyoxigraph.parse(path=built[0] / "catalogue.nq", format=pyoxigraph.RdfFormat.N_QUADS))
    for path in sorted((built[0] / "vocabularies").glob("*.ttl")):
        quads += pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE, base_iri=BASE)
    said = {}
    for quad in quads:
        said.setdefault(quad.subject.value, set()).add((str(quad.subject), str(quad.predicate), str(quad.object)))
    pointed = {q.object.value for q in quads if isinstance(q.object, pyoxigraph.NamedNode)}
    ours = sorted({iri.partition("#")[0] for iri in said.keys() | pointed if iri.startswith(BASE)} - {BASE + "def/"})
    assert len(ours) > 700
    missing = []
    for iri in ours:
        path = iri.removeprefix(BASE)
        if path == "catalogue":
            continue
        reply = server.follow(path, Accept="application/n-triples")
        found = triples(reply.body, "nt") if reply.status == 200 else set()
        about = [name for name in said if name.partition("#")[0] == iri]
        missing += [iri] if reply.status != 200 or any(not said[name] <= found for name in about) else []
    assert missing == []


@pytest.mark.parametrize("path", [DATASET, "def/plan", "organisation/hk-dpo", "plan/hk-hkpf/2024-2026", "organisation",
                                  "record/hk-hkpf/2024-2026/D-ii-7.1", "catalogue/hk-hkpf/2024-2026"])  # fmt: skip
def test_all_forms_say_the_same(server, path):
    """Turtle, JSON-LD, RDF/XML and N-Triples hold one graph."""
    graphs = [triples(server.ask(f"{path}.{form}").body, form) for form in SYNTAXES]
    assert graphs[0]
    assert graphs[0] == graphs[1] == graphs[2] == graphs[3]


def test_paths_work_under_the_path_of_the_base_iri_and_without(server):
    """A proxy may strip the path or not; nothing in a page depends on it."""
    assert server.ask(f"dcat-hk/{DATASET}.html").body == server.ask(f"{DATASET}.html").body
    assert server.ask("dcat-hk").headers["Location"] == "./dcat-hk/"
    assert server.follow("", Accept="text/html").status == 200
    assert "example.org" not in server.ask(DATASET).headers["Location"]


# ---- HTTP


def test_what_a_client_has_is_not_sent_again(server):
    """ETag and Last-Modified, both asked about; HEAD says the same without a body."""
    first = server.ask(f"{DATASET}.ttl")
    assert first.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert server.ask(f"{DATASET}.ttl", If_None_Match=f'"x", W/{first.headers["ETag"]}').status == 304
    assert server.ask(f"{DATASET}.ttl", If_Modified_Since=first.headers["Last-Modified"]).status == 304
    assert server.ask(f"{DATASET}.ttl", If_Modified_Since="Thu, 01 Jan 1970 00:00:00 GMT").status == 200
    assert server.ask(f"{DATASET}.ttl", If_Modified_Since="yesterday").status == 200
    head = server.ask(f"{DATASET}.ttl", "HEAD")
    assert head.body == b""
    assert head.headers["Content-Length"] == str(len(first.body))


def test_scripts_of_other_sites_may_read(server):
    """CORS for reading, and an answer to those who ask first."""
    assert server.ask(f"{DATASET}.ttl").headers["Access-Control-Allow-Origin"] == "*"
    asked = server.ask("sparql", "OPTIONS", Origin="https://a.example", Access_Control_Request_Method="POST")
    assert asked.status == 204
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(server, method):
    """Other methods are refused everywhere."""
    assert server.ask(f"{DATASET}.ttl", method, b"x").status == 405
    assert server.ask("catalogue.nq", method, b"x").status == 405


def test_dumps_are_whole_and_come_in_parts(server, built):
    """The files of the build, other syntaxes of them, compressed, and by ranges."""
    whole = (built[0] / "catalogue.ttl").read_bytes()
    assert server.ask("catalogue.ttl").body == whole
    assert gzip.decompress(server.ask("catalogue.ttl.gz").body) == whole
    part = server.ask("catalogue.ttl", Range="bytes=10-19")
    assert (part.status, part.body) == (206, whole[10:20])
    graph = triples(whole, "ttl")
    assert triples(server.ask("catalogue.nt").body, "nt") == graph
    assert triples(gzip.decompress(server.ask("catalogue.rdf.gz").body), "rdf") == graph
    assert server.ask("plans/hk-hkpf/2024-2026.jsonld").status == 200
    assert server.ask("report.ttl").status == 200


# ---- pages


def test_a_page_shows_every_property_and_where_it_was_printed(server):
    """By labels of the language, with neighbours as links and the printed row."""
    page = Page(server.ask(f"{DATASET}.html").text)
    assert {"罪案數字比較", "更新頻率", "每季", "香港警務處", "法律及保安", "2016-10"} <= set(page.words)
    assert {"每三個月及有需要時", "10/2016", "004_0a61bf397c99dad3.txt", "第64行"} <= set(page.words)
    assert "../organisation/hk-hkpf.html" in {link["href"] for link in page.links}
    english = Page(server.ask(f"{DATASET}.en.html").text)
    assert {"Update frequency", "quarterly", "Hong Kong Police Force", "released", "line 64"} <= set(english.words)
    simplified = Page(server.ask(f"{DATASET}.zh-Hans.html").text)
    assert {"罪案数字比较", "更新频率"} <= set(simplified.words)
    assert ("html", {"lang": "zh-Hans", "dir": "ltr"}) in simplified.tags


def test_links_of_pages_lead_somewhere(server):
    """Every relative link of some pages has an answer."""
    from urllib.parse import urljoin, urlsplit

    seen = set()
    for start in ("catalogue.html", f"{DATASET}.en.html", "def/plan.html", "record/hk-hkpf/2024-2026/D-ii-7.1.html"):
        for link in Page(server.ask(start).text).links:
            parts = urlsplit(urljoin(f"http://here/{start}", link["href"]))
            if parts.netloc == "here":
                seen.add(parts.path[1:] + (f"?{parts.query}" if parts.query else ""))
    assert len(seen) > 200
    wrong = {path: reply.status for path in seen if (reply := server.ask(path, Accept="*/*")).status not in {200, 303}}
    assert wrong == {}


def test_terms_are_shown_where_their_iri_leads(server):
    """A fragment of an IRI is an element of the page."""
    page = Page(server.ask("def/plan.html").text)
    assert {"released", "planned", "targetDate"} <= {attributes.get("id") for _tag, attributes in page.tags}


def test_search_engines_are_told_what_a_dataset_is(server):
    """schema.org in the page; distributions only of what is released."""
    released = json.loads(Page(server.ask(f"{DATASET}.html").text).data)
    assert released["@type"] == "Dataset"
    assert released["name"] == "罪案數字比較"
    assert 50 <= len(released["description"]) <= 5000
    assert released["publisher"]["name"] == "香港警務處"
    assert released["license"] == "https://data.gov.hk/en/terms-and-conditions"
    assert [one["encodingFormat"] for one in released["distribution"]] == ["text/csv"]
    planned = server.rows(PLANNED)[0]["d"].removeprefix(BASE)
    found = json.loads(Page(server.ask(f"{planned}.en.html").text).data)
    assert "distribution" not in found
    assert "isAccessibleForFree" not in found
    assert len(found["description"]) >= 50


def test_other_forms_are_discovered_from_a_page(server):
    """Links in the head, and in the header."""
    reply = server.ask(f"{DATASET}.html")
    links = [link for link in Page(reply.text).links if link.get("rel") == "alternate"]
    assert {link.get("type") for link in links} >= set(FORMATS.values()) - {"text/html"}
    assert {link.get("hreflang") for link in links} >= {"zh-Hant", "zh-Hans", "en"}
    assert 'rel="describes"' in reply.headers["Link"]


def test_pages_run_nothing_and_load_nothing_from_elsewhere(server):
    """A strict policy, no inline style or script but data, nothing from other hosts."""
    reply = server.ask(f"{DATASET}.html")
    assert reply.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert reply.headers["X-Content-Type-Options"] == "nosniff"
    page = Page(reply.text)
    scripts = [attributes for tag, attributes in page.tags if tag == "script"]
    assert scripts == [{"type": "application/ld+json"}]
    assert not any(name == "style" or name.startswith("on") for _tag, found in page.tags for name in found)
    assert [a["href"] for a in page.links if a.get("rel") == "stylesheet"] == ["../assets/style.css"]
    assert server.ask("assets/style.css").headers["Content-Type"].startswith("text/css")


def test_a_page_that_is_not_there_says_so(server):
    """404 as a page or a line."""
    page = server.ask("nothing", Accept="text/html", Accept_Language="en")
    assert (page.status, page.headers["Content-Language"]) == (404, "en")
    assert server.ask("nothing").status == 404
    assert server.ask(f"{DATASET}.pdf").status == 404


# ---- feeds


def walk(server, form):
    """Return the graphs of all pages, following next as a harvester does."""
    address, pages = f"{BASE}feed/datasets.{form}", []
    while address:
        body = server.ask(address.removeprefix(BASE)).body
        graph = triples(body, form)
        pages.append(graph)
        views = [s for s, p, o in graph if o == f"<{HYDRA}PartialCollectionView>"]
        assert views == [f"<{address}>"]
        following = [o for s, p, o in graph if p == f"<{HYDRA}next>"]
        assert len(following) <= 1
        address = following[0][1:-1] if following else ""
        assert len(pages) < 100
    return pages


@pytest.mark.parametrize("form", list(SYNTAXES))
def test_pages_of_the_feed_hold_every_dataset_once(server, form, count):
    """From the first to the last, which has no next; totals are told; previous leads back."""
    pages = walk(server, form)
    kind = f"<{expand('dcat:Dataset')}>"
    listed = [sorted(s for s, _p, o in page if o == kind) for page in pages]
    together = [iri for page in listed for iri in page]
    assert together == sorted(set(together))
    assert len(together) == count
    assert [len(page) for page in listed[:-1]] == [10] * (len(pages) - 1)
    totals = {o for page in pages for _s, p, o in page if p == f"<{HYDRA}totalItems>"}
    assert totals == {f'"{count}"^^<http://www.w3.org/2001/XMLSchema#integer>'}
    assert all(any(p == f"<{HYDRA}previous>" for _s, p, _o in page) == bool(n) for n, page in enumerate(pages))


def test_a_page_of_the_feed_is_complete_in_itself(server, built):
    """It passes the shapes alone, describes what it points at, and says nothing that the catalogue does not."""
    from rdflib import Graph

    from dcat_hk.checking.validating.profiles import load_shapes
    from dcat_hk.checking.validating.validator import validate
    from dcat_hk.core.results import violations

    body = server.ask("feed/datasets.ttl").body
    graph = Graph().parse(data=body, format="turtle")
    extra = triples(body, "ttl") - triples((built[0] / "catalogue.ttl").read_bytes(), "ttl")
    assert [triple for triple in extra if HYDRA not in "".join(triple)] == []
    assert violations(validate(graph, load_shapes("dcat-ap-hk", BASE, "2026-11-20"))) == []
    assert len(graph) > 500


def test_changes_are_told_as_activities(server):
    """The start leads to pages, each change has its payload in a graph of its own."""
    start = list(pyoxigraph.parse(server.ask("changes.trig").body, format=pyoxigraph.RdfFormat.TRIG))
    nodes = sorted({q.object.value for q in start if q.predicate.value == "https://w3id.org/tree#node"})
    assert nodes == [f"{BASE}changes/1.trig", f"{BASE}changes/2.trig"]
    reply = server.ask("changes/1.trig")
    assert "immutable" in reply.headers["Cache-Control"]
    quads = list(pyoxigraph.parse(reply.body, format=pyoxigraph.RdfFormat.TRIG))
    typed = [q for q in quads if q.predicate.value.endswith("#type")]
    made = {q.subject.value for q in typed if q.object.value == "https://www.w3.org/ns/activitystreams#Create"}
    assert len(made) == 250
    assert made == {q.graph_name.value for q in quads if isinstance(q.graph_name, pyoxigraph.NamedNode)}
    times = {q.object.value for q in quads if q.predicate.value == "https://www.w3.org/ns/activitystreams#published"}
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", time) for time in times)
    assert len(times) == 250
    assert server.ask("changes", Accept="application/n-quads").headers["Location"] == "./changes.nq"


def test_robots_find_all_pages(server, count):
    """robots.txt names the sitemap, which names every dataset in three languages."""
    assert f"Sitemap: {BASE}sitemap.xml" in server.ask("robots.txt").text
    assert f"<loc>{BASE}sitemap-1.xml</loc>" in server.ask("sitemap.xml").text
    listed = re.findall("<loc>([^<]+)</loc>", server.ask("sitemap-1.xml").text)
    assert f"{BASE}{DATASET}.html" in listed
    assert len([address for address in listed if "/dataset/" in address]) == count
    assert server.ask("sitemap-2.xml").status == 404


def test_health_tells_the_build(server, built, count):
    """For those who watch over servers."""
    import hashlib

    found = json.loads(server.ask("health").body)
    assert found["status"] == "ok"
    assert found["datasets"] == count
    assert found["build"] == hashlib.sha256((built[0] / "manifest.json").read_bytes()).hexdigest()


def test_requests_are_noted(server):
    """Who asked for what, and what came of it, on one line."""
    server.ask("health?a=%0Ab")
    line = r"127\.0\.0\.1 GET /health\?a=%0Ab 200 \d+ [\d.]+ms"
    wait(lambda: re.search(line, server.log.read_text(encoding="utf-8")))
